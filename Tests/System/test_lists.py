"""Every list of the API, found in the published document: all forms of pages, a choice of fields, and its cost."""

import base64
import json
import uuid
from contextlib import contextmanager

import psycopg
import pytest
import areas
import channels_support
import delivery_support
import emergency_support
import jobs_support
import staff_support
import tenancy_support
from api_inputs import document_of, operations_of, target
from api_raw import assert_refused
from api_support import Complaints, Events
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


@pytest.fixture(scope="module")
def lists(ward, api):
    """The path of each list, by the name of its operation, with enough rows in it to be walked."""
    department = api.department()
    alert = api.raise_alert(4, "admin", departmentId=department)
    for _ in range(5):  # sessions
        ward.sign_in("admin@demo.ward")
    for n in range(6):
        api.do("admin", "POST", "/alert-templates", {"name": f"Template {n}", "alertType": "fall", "urgencyLevel": 2})
        api.do("admin", "POST", "/screens", {"name": f"Wall {n}", "departmentId": department})
        api.raise_alert(1 + n % 5, "admin")
        api.do("admin", "PATCH", f"/alerts/{alert['id']}", {"version": n + 1, "title": f"Title {n}"})
    for n in range(6):
        person = {"name": f"Person {n % 3}", "email": f"person{n}@demo.ward", "role": "doctor", "password": "ward-demo-2026"}
        api.do("admin", "POST", "/users", person)
        api.do(person["email"], "PUT", "/duty", {"isOnDuty": True})
    # Who is connected is a list as well.
    lines = [Events(ward, api.token(who)) for who in ("admin",) * 4 + ("nurse", "doctor", "head", "operator")]
    wait_for(lambda: len(api.do("admin", "GET", "/presence")) >= 5, 5, "all of them are present")
    # Steps of one alert, alerts of several days, and of two departments.
    for _ in range(3):
        api.do("head", "POST", f"/alerts/{alert['id']}/escalation", {})
    api.raise_alert(2, "admin", departmentId=api.department("ICU"))
    ward.sql("INSERT INTO alerts (hospital_id, id, room_number, alert_type, title, urgency, status, step_seconds, repeats,"
             " response_seconds, created_at) SELECT %s, gen_random_uuid(), '1', 'fall', 'Fall', 3, 'cancelled', '{900}',"
             " false, 900, ward.now() - make_interval(days => n) FROM generate_series(1, 3) AS n", role="admin",
             parameters=[api.hospital()])
    # Patients in the administrator's care, each looked at.
    patients = [api.do("admin", "POST", "/patients", {"name": f"Patient {n}"})["id"] for n in range(6)]
    ward.sql("INSERT INTO care_team (hospital_id, id, patient_id, user_id, role, assigned_by)"
             " SELECT %s, gen_random_uuid(), id, %s, 'specialist', %s FROM unnest(%s::uuid[]) AS id", role="admin",
             parameters=[api.hospital(), api.user("admin"), api.user("admin"), patients])
    for n in range(6):
        api.do("nurse", "GET", f"/patients/{patients[0]}")
        api.raise_alert(1 + n % 5, "admin", patientId=patients[n])
    # The administrator is a patient, too, and may see who saw his own record.
    ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", role="admin",
             parameters=[api.user("admin"), patients[0]])
    jobs_support.dead(ward, api.hospital(), count=6)
    known = {"queue": "tasks", "alertId": alert["id"], "departmentId": department, "patientId": patients[0], "userId": api.user("doctor")}
    tenancy_support.fill_lists(api)
    staff_support.fill_lists(api)
    emergency_support.fill_lists(api)
    delivery_support.fill_lists(api)
    known |= channels_support.fill_lists(api)
    known |= areas.gathered("fill_lists", api)
    found = {}
    for operation in operations_of(document_of(ward)):
        if {"limit", "cursor"} <= {each.name for each in operation.fields_in("query")}:
            found[operation.name] = target(operation, {
                each.name: known.get((operation.name, each.name)) or known[each.name] for each in operation.fields_in("path")}, {})
    yield found
    for line in lines:
        line.close()


def rows_of(answer) -> list:
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    return data["users"] if isinstance(data, dict) else data


def page_of(answer) -> dict:
    body = answer.json()
    if "page" in body:
        return body["page"]
    data = body["data"]
    return {"total": data["total"], "limit": data["limit"], "offset": (data["page"] - 1) * data["limit"], "next": data["next"]}


def test_every_list_is_a_page(ward):
    """15: every read that answers a list of rows takes limit, page, offset, cursor and fields"""
    bare = []
    for operation in operations_of(document_of(ward)):
        data = operation.document["responses"][operation.success]["content"]["application/json"]["schema"]["properties"]["data"]
        if operation.method == "GET" and data.get("type") == "array":
            if not {"limit", "page", "offset", "cursor", "fields"} <= {each.name for each in operation.fields_in("query")}:
                bare.append(operation.name)
    assert bare == []


MOVING = {"workers", "waiting", "delayed", "running", "dead", "doneLastHour", "failedLastHour", "oldestSeconds",
          "p95StartMilliseconds"}


def steady(rows: list[dict]) -> list[dict]:
    """The rows without what grows while somebody is on duty, and without the numbers of a queue at which the house works."""
    moves = lambda row, name: "staffhour" in name.lower() or {"queue", "waiting"} <= row.keys() and name in MOVING  # noqa: E731
    return [{name: value for name, value in row.items() if not moves(row, name)} for row in rows]


def test_every_list_is_walked_in_each_way(api, lists):
    """15: page and limit, limit and offset, and the cursor walk each list once, in the same order, with the same total"""
    assert len(lists) >= 7
    complaints = Complaints()
    for name, path in lists.items():
        with complaints.about(name):
            whole = api.call("admin", "GET", f"{path}?limit=100".removeprefix("/api/v1"))
            everything = rows_of(whole)
            assert len(everything) >= 3 and page_of(whole)["total"] == len(everything), len(everything)
            plain = page_of(api.call("admin", "GET", path.removeprefix("/api/v1")))
            assert (plain["limit"], plain["offset"]) == (20, 0)
            for way in ("page", "offset", "cursor"):
                found, place = [], {"page": "&page=1", "offset": "&offset=0", "cursor": ""}[way]
                for n in range(1, 60):
                    answer = api.call("admin", "GET", f"{path}?limit=2{place}".removeprefix("/api/v1"))
                    rows, page = rows_of(answer), page_of(answer)
                    assert page["total"] == len(everything) and len(rows) <= 2, f"{way} {page}"
                    found += rows
                    if not page["next"]:
                        break
                    place = {"page": f"&page={n + 1}", "offset": f"&offset={2 * n}", "cursor": f"&cursor={page['next']}"}[way]
                assert steady(found) == steady(everything), way
    complaints.settle(at_least=7)


def test_every_list_takes_fields(api, ward, lists):
    """17: with `fields` every list answers these fields only, in both tongues; an unknown one is named with the known"""
    complaints = Complaints()
    for name, path in lists.items():
        with complaints.about(name):
            path = path.removeprefix("/api/v1")
            known = sorted(rows_of(api.call("admin", "GET", f"{path}?limit=1"))[0])
            for wanted in (known[:1], known[1:3], known):
                rows = rows_of(api.call("admin", "GET", f"{path}?limit=3&fields={','.join(wanted)}"))
                assert rows and {frozenset(each) for each in rows} == {frozenset(wanted)}
                paged = api.call("admin", "GET", f"{path}?limit=1&fields={','.join(wanted)}")
                again = api.call("admin", "GET", f"{path}?limit=1&fields={','.join(wanted)}&cursor={page_of(paged)['next']}")
                assert {frozenset(each) for each in rows_of(again)} == {frozenset(wanted)}
            fields = assert_refused(api.call("admin", "GET", f"{path}?fields={known[0]},passwordHash"), 400)["details"]["fields"]
            assert [each["path"] for each in fields] == ["fields"] and known[0] in fields[0]["message"]
    complaints.settle(at_least=7)


def test_a_cursor_that_somebody_wrote_is_refused(api, lists):
    """15: a cursor that somebody wrote, with the list's own mark on it, is a bad field or a place behind the end, never a fault"""
    complaints = Complaints()
    for name, path in lists.items():
        path = path.removeprefix("/api/v1")
        cursor = page_of(api.call("admin", "GET", f"{path}?limit=1"))["next"]
        offset, mark, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        for forged in ([], ["x"], ["x"] * len(key), key + ["x"], ["' OR 1=1 --"] * len(key), ["\ud83d\ude00"] * len(key)):
            with complaints.about(f"{name} {forged}"):
                text = base64.urlsafe_b64encode(json.dumps([offset, mark, forged]).encode()).decode().rstrip("=")
                answer = api.call("admin", "GET", f"{path}?cursor={text}")
                assert answer.status_code == 200 and len(forged) == len(key) or [
                    each["path"] for each in assert_refused(answer, 400)["details"]["fields"]] == ["cursor"]
    complaints.settle(at_least=40)


def test_a_list_with_its_people_costs_two_queries(api, ward):
    """18: listing 50 alerts with creator and acknowledger takes at most two queries on tables, however many people"""
    for n in range(60):
        alert = api.raise_alert(3, ("operator", "nurse", "doctor", "admin")[n % 4])
        if n % 2:
            api.do("doctor", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    api.me("admin")
    with logged(ward) as statements:
        for query in ("status=all", "status=active,acknowledged", "status=all&sortBy=createdAt"):
            statements()
            rows = api.call("admin", "GET", f"/alerts?{query}&limit=50").json()["data"]
            found = [each for each in statements() if "FROM alerts" in each or "users" in each or "memberships" in each]
            assert 1 <= len(found) <= 2, found
            assert len(rows) == 50 and len({each["createdByName"] for each in rows} - {None}) >= 4


@contextmanager
def logged(ward):
    """PostgreSQL writes every statement into its log; gives what came since the last look."""
    log = next(ward.data.rglob("postgresql-*.log"))
    mark = log.stat().st_size

    def lines_until(sentinel: str) -> str:
        with log.open() as file:
            file.seek(mark)
            text = file.read()
        return text if sentinel in text else ""

    def new() -> list[str]:
        """The log is written by a process of its own: what is behind a further statement has arrived."""
        nonlocal mark
        sentinel = f"looked {uuid.uuid4().hex}"
        connection.execute(f"SELECT '{sentinel}'")
        text = wait_for(lambda: lines_until(sentinel), 10, "statements are logged")
        mark += len(text.encode())
        return [each for each in text.split("LOG:  ") if each.startswith("execute")]

    with psycopg.connect(**ward.address("admin"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
        wait_for(lambda: ward.call("GET", "/health").ok and new(), 10, "the server's own statements are logged")
        try:
            yield new
        finally:
            connection.execute("ALTER SYSTEM RESET log_statement")
            connection.execute("SELECT pg_reload_conf()")
