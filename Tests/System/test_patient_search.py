"""Patients are found by the words of sealed records, through an index that says nothing without the key."""

import re

import psycopg
import pytest
from api_database import acting
from api_raw import assert_refused
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import search, take_in, unique_name


def test_by_name_number_and_birthday(api):
    """100: a patient is found by beginnings of words in any order, accents or not, by number, by day of birth"""
    first, last = unique_name().split()
    made = take_in(api, name=f"{first} Éloïse {last}", dateOfBirth="1931-07-08")
    for text in (first, last.upper(), f"{last[:4]} {first[:5]}", f"eloise {last}", f"ÉLOÏ {first}", made["mrn"],
                 made["mrn"].lower(), f"1931-07-08 {last}"):
        assert [each["id"] for each in search(api, "nurse", text)] == [made["id"]], text
    for text in (first[:2], first[1:], f"{first} {unique_name()}", made["mrn"] + "1", f"1931-07-09 {last}"):
        assert made["id"] not in [each["id"] for each in search(api, "nurse", text)], text


def test_a_search_in_pages(api):
    """101: the found are walked by cursor without loss or repeat, and fields are chosen"""
    word = unique_name().split()[0]
    made = [take_in(api, name=f"{word} {unique_name()}")["id"] for _ in range(5)]
    first = api.call("nurse", "POST", "/patients/search", {"text": word, "limit": 2, "fields": ["id", "version"]}).json()
    assert [set(each) for each in first["data"]] == [{"id", "version"}] * 2
    seen, page = [each["id"] for each in first["data"]], first["page"]
    while page["next"]:
        answer = api.call("nurse", "POST", "/patients/search", {"text": word, "limit": 2, "cursor": page["next"]}).json()
        seen, page = seen + [each["id"] for each in answer["data"]], answer["page"]
    assert seen == made[::-1]
    foreign = {"text": unique_name(), "cursor": first["page"]["next"]}
    assert_refused(api.call("nurse", "POST", "/patients/search", foreign), 400)


def test_no_name_in_a_url(api, ward):
    """100: what names a patient is sent by POST in both worlds"""
    for path in ("/api/v1/patients/search?text=maria", "/api/trpc/patient.search?input=%7B%22text%22%3A%22maria%22%7D"):
        assert ward.call("GET", path, api.token("nurse")).status_code in (404, 405), path
    made = take_in(api)
    answer = ward.call("POST", "/api/trpc/patient.search", api.token("nurse"), json={"text": made["name"]})
    assert [each["id"] for each in answer.json()["result"]["data"]["items"]] == [made["id"]]


def test_a_text_without_words_is_refused(api):
    """100: a search for nothing lists nobody"""
    refused = assert_refused(api.call("nurse", "POST", "/patients/search", {"text": "-- !"}), 400)
    assert refused["details"]["fields"][0]["path"] == "text"


# The statements of Patients+Queries, Access+Queries and Vitals+Queries with their values, and the index each must use.
SCOPE = """(NOT (SELECT h.restrict_records FROM ward.hospitals h WHERE h.id = %(hospital)s) OR p.department_id IS NULL
  OR p.department_id = %(department)s OR EXISTS (SELECT 1 FROM ward.care_team c WHERE c.hospital_id = %(hospital)s
    AND c.patient_id = p.id AND c.user_id = %(user)s AND c.ended_at IS NULL)
  OR EXISTS (SELECT 1 FROM ward.emergency_accesses e WHERE e.hospital_id = %(hospital)s AND e.patient_id = p.id
    AND e.user_id = %(user)s AND e.expires_at > ward.now()))"""
FOUND = """SELECT p.id FROM ward.patient_words w JOIN ward.patients p ON p.hospital_id = w.hospital_id AND p.id = w.patient_id
  WHERE w.hospital_id = %(hospital)s AND w.fingerprint = %(word)s ORDER BY w.patient_id DESC LIMIT 21"""
HOT = {
    "a word": (FOUND, "patient_words_pkey", 200),
    "two words": (FOUND.replace("ORDER", """AND EXISTS (SELECT 1 FROM ward.patient_words o WHERE
        o.hospital_id = %(hospital)s AND o.patient_id = w.patient_id AND o.fingerprint = %(other)s) ORDER"""),
                  "patient_words_(pkey|patient)", 2000),
    "a record number": ("SELECT p.id FROM ward.patients p WHERE p.hospital_id = %(hospital)s"
                        " AND p.mrn_fingerprint = ANY (ARRAY[%(number)s]::bytea[])", "patients_mrn", 10),
    "who is here": (f"SELECT p.id, {SCOPE} FROM ward.patients p WHERE p.hospital_id = %(hospital)s AND {SCOPE}"
                    " AND p.status = 'active' ORDER BY p.id DESC LIMIT 21", "patients_here", 100),
    "a department": (f"SELECT p.id FROM ward.patients p WHERE p.hospital_id = %(hospital)s AND {SCOPE}"
                     " AND p.status = 'active' AND p.department_id = %(department)s ORDER BY p.id DESC LIMIT 21",
                     "patients_(department|here)", 100),
    "one's own record": ("SELECT p.id FROM ward.patients p WHERE p.hospital_id = %(hospital)s AND p.user_id = %(user)s",
                         "patients_user", 10),
    "who saw a record": ("SELECT a.id FROM ward.patient_accesses a WHERE a.hospital_id = %(hospital)s"
                         " AND a.patient_id = %(patient)s ORDER BY a.occurred_at DESC, a.id DESC LIMIT 21",
                         "patient_accesses_patient", 50),
    "the last vital signs": ("SELECT v.id FROM ward.vitals v WHERE v.hospital_id = %(hospital)s AND v.patient_id = %(patient)s"
                             " AND v.recorded_at > ward.now() - make_interval(hours => 72)"
                             " ORDER BY v.recorded_at DESC, v.id DESC LIMIT 50", "vitals_patient", 50),
}


@pytest.fixture(scope="module")
def crowded(ward, api):
    """Twenty thousand patients, each under four words, in a transaction that is taken back at the end."""
    known = {"hospital": api.hospital(), "department": api.department("ICU"), "user": api.user("nurse"),
             "patient": api.patient()}
    with psycopg.connect(**ward.address("admin")) as connection:
        for statement in (
            """INSERT INTO ward.patients (hospital_id, id, record, mrn_fingerprint, department_id, status, discharged_at)
               SELECT %(hospital)s, gen_random_uuid(), decode(md5(n::text), 'hex'), decode(md5('m' || n), 'hex'),
                 CASE WHEN n %% 5 > 0 THEN %(department)s::uuid END, CASE WHEN n %% 4 > 0 THEN 'discharged' ELSE 'active' END,
                 CASE WHEN n %% 4 > 0 THEN now() END FROM generate_series(1, 20000) AS n""",
            """INSERT INTO ward.patient_words (hospital_id, fingerprint, patient_id)
               SELECT hospital_id, decode(md5('w' || (hashtext(id::text) %% 500 + k * 1000)), 'hex'), id
               FROM ward.patients, generate_series(1, 4) AS k""",
            """INSERT INTO ward.patient_accesses (hospital_id, id, patient_id, occurred_at, actor_kind, action)
               SELECT hospital_id, gen_random_uuid(), id, now(), 'system', 'x' FROM ward.patients""",
            """INSERT INTO ward.vitals (hospital_id, id, patient_id, recorded_by, heart_rate)
               SELECT hospital_id, gen_random_uuid(), id, %(user)s, 80 FROM ward.patients""",
        ):
            connection.execute(statement, known)
        for table in ("patients", "patient_words", "patient_accesses", "vitals"):
            connection.execute(f"ANALYZE ward.{table}")
        words = connection.execute("SELECT fingerprint FROM ward.patient_words GROUP BY 1 ORDER BY count(*) DESC LIMIT 2")
        known["word"], known["other"] = (row[0] for row in words.fetchall())
        known["number"] = connection.execute("SELECT decode(md5('m7'), 'hex')").fetchone()[0]
        connection.execute("SET LOCAL jit = off")
        yield connection, known
        connection.rollback()


@pytest.mark.parametrize("what", HOT)
def test_the_planner_uses_an_index(crowded, what):
    """101: as the serving role, under row-level security, each query of patients goes by its index and reads few rows"""
    connection, known = crowded
    statement, index, most = HOT[what]
    with acting(connection, "ward_serving", known["hospital"], known["user"]):
        plan = "\n".join(row[0] for row in connection.execute(
            "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) " + statement, known).fetchall())
    assert re.search(rf"(Index|Index Only|Bitmap Index) Scan .*{index}", plan), plan
    assert not re.search(r"Seq Scan on (patients|patient_words|patient_accesses|vitals)", plan), plan
    read = [int(rows) * int(loops) for rows, loops in re.findall(r"Scan.*actual rows=(\d+) loops=(\d+)", plan)]
    assert sum(read) <= most, plan
