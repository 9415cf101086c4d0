"""Nothing about a patient stands readable anywhere: tables, logs, metrics, notices, URLs, errors, jobs, kept answers."""

import os
import re
import subprocess

import uuid

import psycopg
from api_support import Api
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import search, take_in, unique_name
from factor_people import Person
from ward_process import binary


def dump(ward) -> dict[str, str]:
    """Every table's rows as text, as whoever has the disk may read them."""
    with psycopg.connect(**ward.address("admin")) as connection:
        names = [row[0] for row in connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'ward'::regnamespace AND relkind IN ('r', 'm')")]
        return {name: connection.execute(
            f"SELECT COALESCE(string_agg(t::text, E'\\n'), '') FROM ward.{name} t").fetchone()[0] for name in names}


class Notices:
    """What every channel of the database says while it is open."""

    def __init__(self, ward):
        self.connection = psycopg.connect(**ward.address("admin"), autocommit=True)
        for channel in ("ward_identity", "ward_wake", "ward_events", "ward_jobs"):
            self.connection.execute(f"LISTEN {channel}")

    def said(self) -> str:
        return "\n".join(f"{each.channel} {each.payload}" for each in self.connection.notifies(timeout=1))

    def close(self):
        self.connection.close()


# What is written into a record, and how each must not be found: as text, in any capitals, in UTF-8 as hex, in base64.
def traces(words: list[str]) -> list[re.Pattern]:
    import base64
    found = []
    for word in words:
        found.append(re.compile(re.escape(word), re.IGNORECASE))
        found.append(re.compile(word.encode().hex(), re.IGNORECASE))
        found += [re.compile(re.escape(base64.b64encode(b"x" * shift + word.encode()).decode()[4:-4])) for shift in range(3)]
    return found


def test_a_marker_is_found_nowhere(api, ward):
    """100: the words of a record are in no table, log, metric, notice or URL, whatever was done with them"""
    notices = Notices(ward)
    first, last = unique_name().split()
    words = [first, last] + [f"Marker{letter}{uuid.uuid4().hex[:8]}" for letter in "abcdefghijklmn"]
    given = {"name": f"{first} {last}", "mrn": words[2].upper(), "nationalId": words[3], "address": words[4],
             "email": f"{words[5]}@example.org", "primaryDiagnosis": words[6], "secondaryDiagnoses": [words[7]],
             "allergies": [words[8]], "notes": words[9], "dateOfBirth": "1911-03-04", "roomNumber": "7",
             "medications": [{"name": words[10], "dosage": "1", "frequency": "1"}],
             "emergencyContact": {"name": words[11], "relationship": "r", "phone": "+49 30 7654321"}}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    made = api.do("doctor", "POST", "/patients", given, key)
    path = f"/patients/{made['id']}"
    assert api.do("doctor", "POST", "/patients", given, key) == made, "the kept answer is given again"
    for _ in range(2):
        api.do("nurse", "GET", path)
        search(api, "nurse", first)
        search(api, "nurse", words[2])
    api.do("doctor", "PATCH", path, {"version": 1, "name": f"{last} {first}"}, {"Idempotency-Key": uuid.uuid4().hex})
    api.do("nurse", "POST", f"{path}/vitals", {"heartRate": 200, "notes": words[12]}, {"Idempotency-Key": uuid.uuid4().hex})
    api.do("head", "POST", f"{path}/care-team", {"userId": api.user("doctor"), "role": "specialist", "notes": words[13]})
    # What goes wrong must not tell either.
    api.call("doctor", "POST", "/patients", given)
    api.call("doctor", "POST", "/patients", given | {"name": f"{first}\u0001", "gender": words[9]})
    api.call("doctor", "POST", "/patients", {**given, words[9]: words[9]})
    api.call("doctor", "POST", "/patients", given | {"notes": "other"}, key)
    ward.call("GET", f"/api/v1/patients/search?text={first}", api.token("nurse"))
    ward.sql("ALTER TABLE ward.patients ADD CONSTRAINT broken CHECK (bed_number <> 'broken') NOT VALID", "owner")
    failed = api.call("doctor", "POST", "/patients", given | {"mrn": "M-1", "bedNumber": "broken"})
    ward.sql("ALTER TABLE ward.patients DROP CONSTRAINT broken", "owner")
    assert failed.status_code == 500
    api.do("doctor", "POST", f"{path}/discharge", {"dischargeNotes": words[14], "dischargeDiagnosis": words[15]})
    places = dump(ward) | {
        "log": ward.log(100_000), "metrics": ward.call("GET", "/metrics").text, "notices": notices.said(), "error": failed.text,
        "server log": "\n".join(each.read_text(errors="replace") for each in ward.data.rglob("*.log"))}
    notices.close()
    assert len(places) > 30 and len(places["log"]) > 1000 and len(places["server log"]) > 100
    leaks = [(name, pattern.pattern) for name, text in places.items() for pattern in traces(words) if pattern.search(text)]
    assert leaks == []
    assert "1911-03-04" not in places["patients"] and "19110304" not in "".join(places.values())
    wanted = api.do("nurse", "GET", path)
    assert (wanted["notes"], wanted["dischargeNotes"]) == (words[9], words[14]), "it is there, sealed"


def test_the_columns_are_sealed(api, ward):
    """100: no name and no record number stands in its old column, and the record's bytes open for this patient alone"""
    one, two = take_in(api), take_in(api)
    assert not ward.sql("SELECT 1 FROM patients WHERE name IS NOT NULL OR mrn IS NOT NULL OR record IS NULL", "admin")
    ward.sql("UPDATE patients p SET record = o.record FROM patients o WHERE p.id = %s AND o.id = %s RETURNING 1", "admin",
             parameters=[one["id"], two["id"]])
    answer = api.call("nurse", "GET", f"/patients/{one['id']}")
    assert answer.status_code == 500 and two["name"] not in answer.text


def test_what_an_earlier_version_left_readable_is_sealed(ward_factory):
    """100: patients that stand readable are sealed by the next start and found as before"""
    ward = ward_factory()
    api = Api(ward)
    hospital = api.hospital()
    names = [unique_name() for _ in range(250)]
    for number, name in enumerate(names):
        ward.sql("INSERT INTO patients (hospital_id, id, mrn, name) VALUES (%s, gen_random_uuid(), %s, %s)", "admin",
                 parameters=[hospital, f"OLD-{number}", name])
    found = api.do("nurse", "POST", "/patients/list", {"limit": 100})
    assert set(names) & {each["name"] for each in found}, "it serves them also before"
    ward.stop()
    ward.start()
    api.forget()
    assert not ward.sql("SELECT 1 FROM patients WHERE name IS NOT NULL OR mrn IS NOT NULL OR record IS NULL", "admin")
    for number in (0, 120, 249):
        assert [each["mrn"] for each in search(api, "nurse", names[number])] == [f"OLD-{number}"]
        assert [each["name"] for each in search(api, "nurse", f"old-{number}")] == [names[number]]


def rotate(ward, newest: str, earlier: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
    return subprocess.run([binary(), "secrets", "rotate", "--data", ward.data], capture_output=True, text=True, timeout=120,
                          env={**clean, "WARD_SECRET_KEY": newest, "WARD_SECRET_KEYS_EARLIER": earlier})


def test_the_keys_are_rotated(ward_factory):
    """100: the rotation moves everything to the newest key in batches, goes on where it was stopped, and loses nothing"""
    old, new = "the first key 0123456789abcdef0123456789", "the second key 0123456789abcdef01234567"
    ward = ward_factory(environment={"WARD_SECRET_KEY": old})
    api = Api(ward)
    made = [take_in(api, notes=f"Note {number}") for number in range(230)]
    path = f"/patients/{made[0]['id']}"
    api.do("nurse", "POST", f"{path}/vitals", {"heartRate": 70, "notes": "Calm"})
    api.do("head", "POST", f"{path}/care-team", {"userId": api.user("doctor"), "role": "specialist", "notes": "Nights"})
    person = Person(api).enable()
    ward.stop()

    # Both keys on the ring: what the first has sealed is found and opened, and its numbers are taken.
    ward.environment |= {"WARD_SECRET_KEY": new, "WARD_SECRET_KEYS_EARLIER": old}
    ward.start()
    api.forget()
    assert [each["id"] for each in search(api, "nurse", made[7]["name"])] == [made[7]["id"]]
    taken = api.call("doctor", "POST", "/patients", {"name": unique_name(), "mrn": made[7]["mrn"]})
    assert taken.status_code == 409
    made.append(take_in(api, notes="Note 230"))

    # A row that does not open stops the rotation in its second batch; what was moved stays moved.
    broken = made[220]["id"]
    kept = ward.sql("SELECT record FROM patients WHERE id = %s", "admin", parameters=[broken])[0].record
    ward.sql("UPDATE patients SET record = set_byte(record, 40, (get_byte(record, 40) + 1) %% 256) WHERE id = %s RETURNING 1",
             "admin", parameters=[broken])
    ward.stop()
    stopped = rotate(ward, new, old)
    assert stopped.returncode == 1 and "patients.record holds bytes that were altered" in stopped.stderr, stopped
    ward.start()
    ward.sql("UPDATE patients SET record = %s WHERE id = %s RETURNING 1", "admin", parameters=[kept, broken])
    ward.stop()
    moved = rotate(ward, new, old)
    assert moved.returncode == 0, moved.stderr
    counts = dict(re.findall(r"^(\w+\.\w+): (\d+)$", moved.stdout, re.MULTILINE))
    # 6 patients of the demo and 230 of the first key of which a batch of 200 is moved already.
    assert (counts["patients.record"], counts["vitals.notes"], counts["care_team.notes"]) == ("36", "1", "1"), counts
    assert set(dict(re.findall(r"^(\w+\.\w+): (\d+)$", rotate(ward, new, old).stdout, re.MULTILINE)).values()) == {"0"}

    # The first key is forgotten.
    ward.environment["WARD_SECRET_KEYS_EARLIER"] = ""
    ward.start()
    api.forget()
    for number in (0, 7, 199, 220, 230):
        assert [each["id"] for each in search(api, "nurse", made[number]["name"])] == [made[number]["id"]]
        assert api.do("nurse", "GET", f"/patients/{made[number]['id']}")["notes"] == f"Note {number}"
    assert api.do("nurse", "GET", f"{path}/vitals")["readings"][0]["notes"] == "Calm"
    assert api.do("nurse", "GET", f"{path}/care-team")["members"][0]["notes"] == "Nights"
    assert person.sign_in(code=person.code(1)).status_code == 201, "the second factor is known by the newest key"
    taken = api.call("doctor", "POST", "/patients", {"name": unique_name(), "mrn": made[7]["mrn"]})
    assert taken.status_code == 409


# Bytes that no key has sealed, and what is over in a few minutes.
UNSEALED = {"begun_sign_ins.sealed", "signing_keys.public_key"}


def test_every_sealed_column_is_rotated(ward_factory):
    """100: the rotation moves every column of sealed bytes that there is; only hashes and what is over at once are left,
    and a job without content does not stop it"""
    ward = ward_factory(demo=False)
    ward.sql("INSERT INTO jobs (id, queue, kind, payload, priority, state, due_at, finished_at) VALUES (gen_random_uuid(), 'email',"
             " 'none', '', 2, 'dead', ward.now(), ward.now()) RETURNING 1", "admin")
    columns = ward.sql(
        "SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relnamespace = 'ward'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped AND a.attname !~ '(_hash|print)$'")
    ward.stop()
    moved = rotate(ward, "the second key 0123456789abcdef01234567", "ward-development-secret")
    assert moved.returncode == 0, moved.stderr
    names = set(re.findall(r"^(\w+\.\w+): \d+$", moved.stdout, re.MULTILINE))
    assert {each.name for each in columns} - UNSEALED == names


def test_a_key_that_is_missing_is_told(ward_factory):
    """100: a rotation that lacks the key of what is sealed says which setting is missing, and changes nothing"""
    ward = ward_factory(environment={"WARD_SECRET_KEY": "the first key 0123456789abcdef0123456789"})
    before = ward.sql("SELECT md5(string_agg(record::text, ',' ORDER BY id)) AS sum FROM patients", "admin")[0].sum
    ward.stop()
    refused = rotate(ward, "the third key 0123456789abcdef012345678", "")
    assert refused.returncode == 1 and "WARD_SECRET_KEYS_EARLIER" in refused.stderr
    ward.start()
    assert ward.sql("SELECT md5(string_agg(record::text, ',' ORDER BY id)) AS sum FROM patients", "admin")[0].sum == before
