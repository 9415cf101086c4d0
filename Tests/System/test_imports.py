"""Files of staff, rooms and patients: read as Python's csv writes them, checked line by line, taken over whole or not."""

import csv
import io
import random
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from admin_support import licence
from api_raw import assert_refused
from jobs_support import jobs
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import search, unique_name
from tenancy_support import member, new_address, problems
from ward_process import PASSWORD

WARD = {"environment": {"WARD_RATE_LIMITS": "off"}}


def written(rows: list[dict], **options) -> str:
    """The rows as Python's csv module writes them."""
    file = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(file, columns, **options)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def check(api, kind: str, text: str, who: str = "admin") -> dict:
    return api.do(who, "POST", f"/imports/{kind}/check", {"csv": text})


def run(api, kind: str, text: str, who: str = "admin", key: str | None = None):
    return api.call(who, "POST", f"/imports/{kind}", {"csv": text}, {"Idempotency-Key": key} if key else None)


def told(report: dict) -> set[tuple]:
    return {(each["line"], each["column"], each["rule"]) for each in report["problems"]}


def counts(ward) -> tuple:
    return tuple(ward.sql(f"SELECT count(*) FROM {table}", "admin")[0][0] for table in (
        "users", "memberships", "rooms", "patients", "patient_words", "patient_accesses", "patient_numbers",
        "idempotency_keys", "events")) + (len(jobs(ward)),)


def person(**more) -> dict:
    return {"email": new_address(), "name": "Vera Example", "role": "nurse", **more}


def number() -> str:
    return f"R-{uuid.uuid4().hex[:10]}"


def test_staff(api, ward):
    """90, 84: a file of staff makes the people as one by one: role, department by its code, licence; in force at once"""
    rows = [person(department="er", phone="+49 30 1"), person(role="doctor", licenseNumber=licence(), specialization="Heart"),
            person(email="  UPPER@Example.org ", name="  Ümläut, \"Jr.\"\nof Two Lines ")]
    text = written(rows)
    assert check(api, "staff", text) == {"kind": "staff", "lines": 3, "valid": 3, "imported": 0, "problems": []}
    answer = run(api, "staff", text)
    assert answer.status_code == 201
    assert answer.json()["data"] == {"kind": "staff", "lines": 3, "valid": 3, "imported": 3, "problems": []}
    first, second, third = (api.do("admin", "GET", f"/users?search={row['email'].strip().lower()}")["users"][0] for row in rows)
    assert (first["departmentId"], first["phone"], first["role"]) == (api.department("ER"), "+49 30 1", "nurse")
    assert (second["licenseNumber"], second["specialization"]) == (rows[1]["licenseNumber"], "Heart")
    assert (third["email"], third["name"]) == ("upper@example.org", 'Ümläut, "Jr."\nof Two Lines')
    # Nobody knows a password of theirs: a mailed link lets them choose one.
    assert ward.call("POST", "/api/v1/sessions", json={"email": first["email"], "password": PASSWORD}).status_code == 401
    row = api.audit("action = 'data_imported' AND outcome = 'success'")[-1]
    assert row.details["kind"] == "staff" and row.details["lines"] == 3 and str(row.actor_id) == api.user("admin")


def test_rooms(api):
    """83: a file of rooms makes them, in their departments, with their beds"""
    rows = [{"number": number(), "department": "ICU", "beds": 4}, {"number": number(), "department": "", "beds": ""}]
    assert run(api, "rooms", written(rows)).status_code == 201
    made = {each["number"]: each for each in api.do("admin", "GET", "/rooms?limit=100")}
    assert (made[rows[0]["number"]]["departmentId"], made[rows[0]["number"]]["beds"]) == (api.department("ICU"), 4)
    assert (made[rows[1]["number"]]["departmentId"], made[rows[1]["number"]]["beds"]) == (None, 1)


def test_patients(api, ward):
    """100: a file of patients takes them in sealed, found by their words and numbers; who has no number gets the next"""
    name = unique_name()
    rows = [{"mrn": f"x-{uuid.uuid4().hex[:8]}", "name": f"Älva {name}", "dateOfBirth": "1980-03-31", "gender": "female",
             "bloodType": "O-", "department": "ICU", "roomNumber": "4B", "secondaryDiagnoses": "Asthma; Gout",
             "allergies": "Nuts;Latex", "dnr": "yes", "fallRisk": "no", "notes": "Says \"hello\", then\r\nsleeps.",
             "emergencyContact.name": "Max", "emergencyContact.relationship": "brother", "emergencyContact.phone": "+49 30 1"},
            {"name": f"Bob {name}"}, {"name": f"Carl {name}"}]
    assert run(api, "patients", written(rows)).status_code == 201
    found = {each["name"].split()[0]: each for each in search(api, "doctor", name)}
    assert set(found) == {"Älva", "Bob", "Carl"}
    first = api.do("doctor", "GET", f"/patients/{found['Älva']['id']}")
    assert first["mrn"] == rows[0]["mrn"].upper() and first["departmentId"] == api.department("ICU")
    assert first["emergencyContact"] == {"name": "Max", "relationship": "brother", "phone": "+49 30 1"}
    assert (first["secondaryDiagnoses"], first["allergies"]) == (["Asthma", "Gout"], ["Nuts", "Latex"])
    assert first["flags"]["dnr"] is True and first["flags"]["fallRisk"] is False
    assert first["notes"] == 'Says "hello", then\r\nsleeps.'
    assert [each["id"] for each in search(api, "doctor", rows[0]["mrn"])] == [first["id"]]
    numbers = {found["Bob"]["mrn"], found["Carl"]["mrn"]}
    assert len(numbers) == 2 and all(each.startswith("DEMO-") for each in numbers)
    # Nothing of it stands readable, and who took them in is on record, for each of them.
    for row in ward.sql("SELECT p::text AS text FROM patients p WHERE id = %s", parameters=[first["id"]]):
        assert name.split()[0] not in row.text and rows[0]["mrn"].upper() not in row.text
    seen = ward.sql("SELECT action, actor_id FROM patient_accesses WHERE patient_id = %s ORDER BY occurred_at LIMIT 1",
                    parameters=[found["Bob"]["id"]])
    assert (seen[0].action, str(seen[0].actor_id)) == ("data_imported", api.user("admin"))
    # The next number follows.
    assert api.do("doctor", "POST", "/patients", {"name": name})["mrn"] > max(numbers)


def test_every_bad_line_is_listed(api, ward):
    """90, 100: a check lists every bad line, with its number, column and reason, and changes nothing; no run takes
    over even the good ones; nothing of the file is repeated"""
    taken = api.do("admin", "POST", "/users", {"name": "Taken", "email": new_address(), "role": "nurse"})["email"]
    twice, held = new_address(), licence()
    api.do("admin", "POST", "/doctors", {"name": "Has it", "email": new_address(), "licenseNumber": held})
    staff = [person(), person(role="hospital_admin"), person(email="secret-nobody"), person(email=taken.upper()),
             person(email=twice), person(email=twice.upper()), person(department="NOPE"), person(name="x" * 101),
             person(name="", phone="secret"), person(role="doctor", licenseNumber=held.lower()),
             person(role="doctor", licenseNumber="1234"), person(name="two\nlines"), person(role="patient")]
    wanted = {(3, "role", "enum"), (4, "email", "format"), (5, "email", "unique"), (7, "email", "unique"),
              (8, "department", "exists"), (9, "name", "maxLength"), (10, "name", "required"), (10, "phone", "pattern"),
              (11, "licenseNumber", "unique"), (12, "licenseNumber", "minLength"), (15, "role", "enum")}
    patient = api.do("doctor", "POST", "/patients", {"name": unique_name()})
    patients = [{"name": "Secretname", "mrn": "A/1"}, {"name": "Secretname", "mrn": "a/1"}, {"mrn": patient["mrn"].lower()},
                {"name": "Secretname", "mrn": patient["mrn"].lower(), "dateOfBirth": "1780-01-01"},
                {"name": "Secretname", "dateOfBirth": "31.3.1980", "gender": "secret", "dnr": "perhaps"},
                {"name": "Secretname", "emergencyContact.name": "Secret"}, {"name": "y" * 256},
                {"name": "Secretname", "admittedAt": "2099-01-01T00:00:00Z"}, {"name": "a\u202eb"}]
    bad_patients = {
        (3, "mrn", "unique"), (4, "name", "required"), (5, "mrn", "unique"), (5, "dateOfBirth", "range"),
        (6, "dateOfBirth", "minLength"), (6, "gender", "enum"), (6, "dnr", "type"),
        (7, "emergencyContact.relationship", "required"), (7, "emergencyContact.phone", "required"),
        (8, "name", "maxLength"), (9, "admittedAt", "past"), (10, "name", "characters")}
    door = api.do("admin", "POST", "/rooms", {"number": number()})["number"]
    rooms = [{"number": door, "beds": 1}, {"number": "N1", "beds": 101}, {"number": "N1", "beds": "many"}, {"beds": 3},
             {"number": "N2", "beds": 2}, {"number": "N2", "department": "no-such"}, {"number": "N2", "beds": 2}]
    bad_rooms = {(2, "number", "unique"), (3, "beds", "range"), (4, "beds", "type"), (5, "number", "required"),
                 (7, "department", "exists"), (8, "number", "unique")}
    before = counts(ward)
    for kind, rows, bad in (("staff", staff, wanted), ("patients", patients, bad_patients), ("rooms", rooms, bad_rooms)):
        text = written(rows)
        report = check(api, kind, text)
        assert told(report) == bad, kind
        assert report["lines"] == len(rows) and report["valid"] == len(rows) - len({line for line, _, _ in bad})
        refused = assert_refused(run(api, kind, text), 400)
        assert refused["details"]["problems"] == report["problems"]
        assert {each["path"] for each in refused["details"]["fields"]} == {"csv"}
        for answer in (str(report), str(refused)):
            assert "secret" not in answer.lower() and patient["mrn"] not in answer
    assert counts(ward) == before
    assert "ecretname" not in "".join(ward.log(400))


@pytest.mark.parametrize("text, line, what", [
    ('number\nA,B\n', 2, "fields"), ('number,beds\nA\n', 2, "fields"), ('number,beds\n"A,1\nB,2\n', 2, "nothing closes"),
    ('number\nA\n\n"B"x\n', 4, "behind a closing quote"), ('number\nA\n5" pipe\n', 3, "within a field"),
    ('number\r\n"A\r\nA"\r\nB,1\r\n', 4, "fields"), ('number\rA\rB,1\r', 3, "fields"),
])
def test_broken_lines(api, text, line, what):
    """90: a line that is no line of the file's columns is told with its number, also behind line breaks in quotes"""
    report = check(api, "rooms", text)
    assert [(each["line"], each["column"]) for each in report["problems"]] == [(line, None)]
    assert what in report["problems"][0]["message"]


@pytest.mark.parametrize("text", [
    "", "\n\n", "\ufeff", "nummer\nA\n", "number,number\nA,B\n", "beds\n1\n", "Secretname,number\nx,A\n", '"number\nA\n',
    ",number\n,A\n", "number;beds\nA;1\n", "number\n" + "A\n" * 5001, "number\n" + "A" * 1_000_000,
])
def test_what_is_no_file(api, ward, text):
    """90: a header with wrong, missing or repeated columns, too many lines and too long a text are refused whole"""
    before = counts(ward)
    for path in ("/imports/rooms/check", "/imports/rooms"):
        refused = assert_refused(api.call("admin", "POST", path, {"csv": text}), 400)
        assert [each["path"] for each in refused["details"]["fields"]] == ["csv"]
        assert "Secretname" not in str(refused)
    assert counts(ward) == before


def test_other_bodies(api, ward):
    """90: NUL, a body over 1 MiB, an unknown kind and an empty import are refused"""
    assert_refused(api.call("admin", "POST", "/imports/rooms", {"csv": "number\nA\u0000B\n"}), 400)
    assert_refused(api.call("admin", "POST", "/imports/rooms", {"csv": "number\n" + "ä" * 990_000}), 413)
    assert problems(api.call("admin", "POST", "/imports/houses", {"csv": "number\nA\n"})) == {"kind": "enum"}
    assert problems(run(api, "rooms", "number\n")) == {"csv": "minItems"}
    assert check(api, "rooms", "number\n")["lines"] == 0


PIECES = ['"', '""', ",", ";", "\n", "\r\n", "\r", " ", "a", "ß", "𝄞", "'", "\\", "\t", "=1+1", "x" * 20]


@pytest.mark.parametrize("seed", range(6))
def test_as_python_writes_it(api, seed):
    """100: random texts with quotes, commas and line breaks come in as Python's csv module wrote them, in each dialect"""
    dice = random.Random(seed)
    name = unique_name()

    def text() -> str:
        return "n" + "".join(dice.choice(PIECES) for _ in range(dice.randrange(40))) + "n"

    rows = [{"mrn": f"{seed}-{uuid.uuid4().hex[:10]}", "name": name, "notes": text(), "address": text()} for _ in range(30)]
    # With another end of line than CRLF Python leaves some of the others unquoted, and does not read its own file.
    options = {"quoting": dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL] if seed % 3 == 0 else [csv.QUOTE_ALL]),
               "lineterminator": ("\r\n", "\n", "\r")[seed % 3]}
    file = ("\ufeff" if seed % 2 else "") + written(rows, **options)
    # What Python itself reads is what was written.
    assert [row["notes"] for row in csv.DictReader(io.StringIO(file.removeprefix("\ufeff"), newline=""))] \
        == [row["notes"] for row in rows]
    answer = run(api, "patients", file)
    assert answer.status_code == 201, answer.text
    found = {each["mrn"]: each for each in search(api, "doctor", name, limit=100)}
    for row in rows:
        kept = api.do("doctor", "GET", f"/patients/{found[row['mrn'].upper()]['id']}")
        assert (kept["notes"], kept["address"]) == (row["notes"], row["address"])


def test_line_numbers_are_those_of_python(api):
    """90: the number of a bad line is where Python's csv module finds its beginning, whatever stands before it"""
    dice = random.Random(7)
    for _ in range(10):
        rows = [{"number": number() + dice.choice(["", "\n", "\r\n", "\r", ",", '"']) + "x", "beds": dice.choice([1, "bad"])}
                for _ in range(20)]
        text = written(rows)
        reader = csv.reader(io.StringIO(text, newline=""))
        begins = []
        while True:
            begins.append(reader.line_num + 1)
            if next(reader, None) is None:
                break
        # A lone CR ends no line for Python's count within a field, and a line for an editor and for Ward.
        if any("\r" in row["number"].replace("\r\n", "") for row in rows):
            continue
        wanted = {(begins[n + 1], "beds", "type") for n, row in enumerate(rows) if row["beds"] == "bad"}
        assert told(check(api, "rooms", text)) == wanted


def test_the_same_key_imports_once(api, ward):
    """90: an import that is sent again with its Idempotency-Key is answered as before and imports nothing; another
    file under the key is refused, and no hash of a file can be tried without Ward's key"""
    name, key = unique_name(), f"import-{uuid.uuid4().hex}"
    text = written([{"name": name}])
    first = run(api, "patients", text, key=key)
    assert first.status_code == 201
    again = run(api, "patients", text, key=key)
    assert again.json()["data"] == first.json()["data"] and len(search(api, "doctor", name)) == 1
    assert_refused(run(api, "patients", written([{"name": name + "x"}]), key=key), 422)
    row = ward.sql("SELECT answer FROM idempotency_keys WHERE key = %s", parameters=[key])[0]
    assert "imported" not in row.answer


def test_two_at_once(api, ward):
    """90, 100: of two imports of one file at the same moment one takes everything over and the other nothing"""
    for kind, row in (("staff", person), ("rooms", lambda: {"number": number()}),
                      ("patients", lambda: {"name": unique_name(), "mrn": uuid.uuid4().hex[:12]})):
        text, before = written([row() for _ in range(50)]), counts(ward)
        with ThreadPoolExecutor(4) as pool:
            codes = sorted(pool.map(lambda _: run(api, kind, text).status_code, range(4)))
        assert codes[0] == 201 and set(codes[1:]) <= {400, 409}, (kind, codes)
        table = {"staff": 1, "rooms": 2, "patients": 3}[kind]
        assert counts(ward)[table] == before[table] + 50


def test_who_imports(api, ward):
    """91, 63: only administrators import; the file's hospital is theirs, and codes and numbers of another are free"""
    text = written([{"number": number()}])
    for who in ("operator", "nurse", "doctor", "head", "patient"):
        for path in ("/imports/rooms", "/imports/rooms/check"):
            refused = assert_refused(api.call(who, "POST", path, {"csv": text}), 403)
            assert refused["details"]["requiredPermission"] == "import_data"
    assert run(api, "rooms", text).status_code == 201
    assert run(api, "rooms", text, "other admin").status_code == 201
    assert_refused(run(api, "rooms", text), 400)
    for role in ("super_admin", "organization_admin", "hospital_admin", "system_admin"):
        assert (2, "role", "enum") in told(check(api, "staff", written([person(role=role)])))


def test_a_large_file(api, ward):
    """100: five thousand patients, and five thousand people, come in by one call each, in one transaction"""
    name = unique_name()
    files = {"patients": written([{"mrn": f"L{n}", "name": f"{name} {n}", "dateOfBirth": "1980-03-31", "department": "ER",
                                   "allergies": "Nuts;Latex", "notes": "Came by train."} for n in range(5000)]),
             "staff": written([person(email=f"n{n}-{uuid.uuid4().hex[:6]}@example.org") for n in range(5000)])}
    for kind, text in files.items():
        started = time.monotonic()
        answer = api.call("admin", "POST", f"/imports/{kind}", {"csv": text}, timeout=120)
        print(f"{kind}: {time.monotonic() - started:.1f} s")
        assert answer.status_code == 201, answer.text
        assert answer.json()["data"]["imported"] == 5000
    assert len(search(api, "doctor", "l4711")) == 1
    total = api.call("doctor", "POST", "/patients/search", {"text": name, "limit": 1}).json()["page"]["total"]
    assert total == 100  # counted to a hundred
