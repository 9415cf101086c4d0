"""REST: the alert's whole life, envelopes, codes, pages, repeated requests, audit; one answer for each rule."""

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import admin_support
import areas
import channels_support
import jobs_support
import delivery_support
import psycopg
import pytest
import emergency_support
import staff_support
import tenancy_support
from api_inputs import document_of, operations_of
from api_raw import assert_refused
from api_support import NOBODY, RESOLUTION, Api, room
from ward_process import wait_for


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


def new(**more) -> dict:
    return {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 2, **more}


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def problems(answer) -> dict[str, str]:
    return {each["path"]: each["rule"] for each in assert_refused(answer, 400)["details"]["fields"]}


# Envelopes and codes

def test_one_request_for_each_status(api):
    """5: 200, 201, 400, 401 and 404 each come from one known request"""
    made = api.call("operator", "POST", "/alerts", new())
    assert made.status_code == 201
    assert api.call("operator", "GET", f"/alerts/{made.json()['data']['id']}").status_code == 200
    assert assert_refused(api.call("operator", "POST", "/alerts", {}), 400)["code"] == "BAD_REQUEST"
    assert assert_refused(api.call(None, "GET", "/alerts"), 401)["code"] == "UNAUTHORIZED"
    assert assert_refused(api.call("operator", "GET", f"/alerts/{NOBODY}"), 404)["code"] == "NOT_FOUND"


def test_a_fault_of_our_own_is_generic(ward_factory):
    """5: an injected internal fault answers a generic 500"""
    ward = ward_factory()
    api = Api(ward)
    api.token("operator")
    ward.sql("CREATE FUNCTION ward.fail() RETURNS trigger LANGUAGE plpgsql AS"
             " $$BEGIN RAISE EXCEPTION 'secret of table alerts'; END$$")
    ward.sql("CREATE TRIGGER fail BEFORE INSERT ON ward.alerts FOR EACH ROW EXECUTE FUNCTION ward.fail()")
    answer = api.call("operator", "POST", "/alerts", new())
    envelope = assert_refused(answer, 500)
    assert (envelope["code"], envelope["details"]) == ("INTERNAL_SERVER_ERROR", {})
    check_no_internals(answer.text)
    trpc = api.mutate("operator", "alerts.create", new())
    assert trpc.status_code == 500
    check_no_internals(trpc.text.replace('"path":"alerts.create"', ""))
    check_nothing_is_half_written(ward, api)


def test_a_fault_is_logged_once(ward_factory):
    """10: one thrown error yields one log line with code, message, type, path and userId"""
    ward = ward_factory()
    api = Api(ward)
    api.me("operator")
    ward.sql("ALTER TABLE ward.alerts RENAME TO gone")
    answer = api.call("operator", "POST", "/alerts", new(title="Not for the log"), {"X-Request-ID": "fault-10"})
    assert_refused(answer, 500)
    lines = [json.loads(line) for line in ward.log(1000).splitlines() if line.startswith("{") and "fault-10" in line]
    assert len(lines) == 1, lines
    line = lines[0]
    assert (line["level"], line["request"]) == ("error", "fault-10")
    assert {"code", "message", "type", "path", "userId"} <= set(line), line
    assert line["userId"] == api.user("operator") and line["code"] == "INTERNAL_SERVER_ERROR"
    assert "Not for the log" not in ward.log(1000)


def test_a_failing_query_ends_nothing(ward_factory):
    """26: a failing query gives an error answer; the process lives and serves everything else"""
    ward = ward_factory()
    api, pid = Api(ward), ward.process.pid
    api.token("admin")
    ward.sql("ALTER TABLE ward.alerts RENAME TO gone")
    for _ in range(20):
        for method, path, body in (("GET", "/alerts", None), ("POST", "/alerts", new()), ("GET", f"/alerts/{NOBODY}", None),
                                   ("POST", f"/alerts/{NOBODY}/acknowledgement", {})):
            assert_refused(api.call("admin", method, path, body), 500)
    assert ward.process.poll() is None and ward.process.pid == pid
    assert api.call("admin", "GET", "/departments").status_code == 200
    ward.sql("ALTER TABLE ward.gone RENAME TO alerts")
    assert api.call("admin", "GET", "/alerts").status_code == 200


def check_no_internals(text: str) -> None:
    for word in ("secret", "alerts", "INSERT", "SELECT", "ward.", "P0001", "PL/pgSQL", "swift", "Postgres", "trigger"):
        assert word not in text, text


def check_nothing_is_half_written(ward, api) -> None:
    for table in ("alerts", "alert_timers", "alert_pages", "alert_escalations", "events", "idempotency_keys"):
        assert ward.sql(f"SELECT count(*) FROM {table}")[0][0] == 0, table
    assert ward.sql("SELECT max(last_number) FROM event_counters")[0][0] == 0
    rows = wait_for(lambda: api.audit("action = 'alert_created'"), 3, "the failure is audited")
    assert {row.outcome for row in rows} == {"failure"}


# Where a failure is injected in the one transaction of a write: first, in the middle, last.
FAULTS = {"alerts": "INSERT", "alert_timers": "INSERT", "alert_pages": "INSERT", "audit_log": "INSERT", "events": "INSERT",
          "event_counters": "UPDATE", "idempotency_keys": "INSERT"}


def test_after_any_failure_nothing_is_half_written(ward_factory):
    """364: whichever statement of a write fails, no row of it is left, and the next call works"""
    ward = ward_factory()
    api = Api(ward)
    api.token("operator")
    ward.sql("CREATE FUNCTION ward.fail() RETURNS trigger LANGUAGE plpgsql AS"
             " $$BEGIN RAISE EXCEPTION 'injected'; END$$")
    for table, command in FAULTS.items():
        condition = "WHEN (NEW.outcome = 'success')" if table == "audit_log" else ""
        ward.sql(f"CREATE TRIGGER fail BEFORE {command} ON ward.{table} FOR EACH ROW {condition}"
                 " EXECUTE FUNCTION ward.fail()")
        answer = api.call("operator", "POST", "/alerts", new(
            title="injected-fault", urgencyLevel=5, departmentId=api.department("ER", "operator")),
            {"Idempotency-Key": "injected-fault-key"})
        assert assert_refused(answer, 500, table)["code"] == "INTERNAL_SERVER_ERROR"
        check_no_internals(answer.text)
        check_nothing_is_half_written(ward, api)
        ward.sql(f"DROP TRIGGER fail ON ward.{table}")
    assert api.call("operator", "POST", "/alerts", new(title="injected-fault"),
                    {"Idempotency-Key": "injected-fault-key"}).status_code == 201
    assert ward.sql("SELECT last_number FROM event_counters WHERE hospital_id = %s",
                    parameters=[api.hospital("operator")])[0][0] >= 1


def test_a_failed_database_is_not_told_about(ward_factory):
    """11: with tables gone and the server gone the text is generic, without SQL, table name or stack"""
    ward = ward_factory()
    api = Api(ward)
    api.token("admin")
    ward.sql("ALTER TABLE ward.departments RENAME TO gone")
    answer = api.call("admin", "GET", "/departments")
    assert_refused(answer, 500)
    for word in ("departments", "gone", "42P01", "relation", "SELECT"):
        assert word not in answer.text, answer.text
    ward.sql("ALTER TABLE ward.gone RENAME TO departments")
    assert api.call("admin", "GET", "/departments").status_code == 200


def test_a_forbidden_call_says_why(api):
    """9: a missing permission answers requiredPermission and userPermissions"""
    envelope = assert_refused(api.call("nurse", "POST", f"/alerts/{NOBODY}/resolution", {"resolution": RESOLUTION}), 403)
    assert envelope["code"] == "FORBIDDEN"
    assert envelope["details"]["requiredPermission"] == "resolve_alerts"
    assert set(envelope["details"]["userPermissions"]) == set(api.do("nurse", "GET", "/session")["permissions"])


def test_errors_have_one_shape(api):
    """7: a failed call answers error text, a stable code, and details"""
    alert = api.raise_alert()
    for answer, status, code in (
        (api.call(None, "GET", "/session"), 401, "UNAUTHORIZED"), (api.call("patient", "GET", "/alerts"), 403, "FORBIDDEN"),
        (api.call("admin", "GET", f"/alerts/{NOBODY}"), 404, "NOT_FOUND"),
        (api.call("admin", "PUT", "/alerts"), 405, "METHOD_NOT_ALLOWED"),
        (api.call("admin", "POST", f"/alerts/{alert['id']}/resolution", {"resolution": RESOLUTION}), 409, "CONFLICT"),
        (api.call("admin", "POST", "/alerts", {}), 400, "BAD_REQUEST"),
    ):
        assert assert_refused(answer, status)["code"] == code


def test_unknown_versions(api, ward):
    """4: a path under an unknown version answers 404"""
    for path in ("/api/v2/alerts", "/api/v0/alerts", "/api/v10/session", "/api/V1/alerts", "/api/alerts", "/api/v1x/alerts"):
        assert_refused(ward.call("GET", path, api.token("admin")), 404, path)
    assert ward.call("GET", "/api/v1/alerts", api.token("admin")).status_code == 200


def test_wrong_methods_on_other_addresses(ward):
    """405 names what is allowed on every address, not only on those of operations"""
    for path in ("/health", "/metrics", "/api/openapi.json", "/api/v1/events"):
        answer = ward.call("POST", path)
        assert_refused(answer, 405, path)
        assert "GET" in answer.headers.get("Allow", ""), path


def test_two_bad_fields_give_two_messages(api):
    """13: two bad fields give two messages in one answer"""
    assert problems(api.call("operator", "POST", "/alerts", new(roomNumber="", urgencyLevel=9))) == {
        "roomNumber": "minLength", "urgencyLevel": "range"}


# Lists

def test_pages(api, ward):
    """15: page and limit (1–100, 20 by default), limit and offset, and the cursor all walk the list once, and cap"""
    kind = "equipment"
    made = [api.raise_alert(2, alertType=kind)["id"] for _ in range(23)]
    base = f"/alerts?alertType={kind}"
    everything = [each["id"] for each in api.do("admin", "GET", f"{base}&limit=100")]
    assert set(made) <= set(everything) and everything[: len(made)] == made[::-1]
    first = api.call("admin", "GET", base).json()
    assert (len(first["data"]), first["page"]["limit"], first["page"]["offset"]) == (20, 20, 0)
    assert first["page"]["total"] == len(everything)
    for walk in (lambda n: f"&limit=7&page={n + 1}", lambda n: f"&limit=7&offset={7 * n}"):
        found = []
        for n in range(50):
            if not (rows := api.do("admin", "GET", base + walk(n))):
                break
            found += [each["id"] for each in rows]
        assert found == everything
    found, query = [], f"{base}&limit=7"
    while query:
        answer = api.call("admin", "GET", query).json()
        found += [each["id"] for each in answer["data"]]
        cursor = answer["page"]["next"]
        query = cursor and f"{base}&limit=7&cursor={cursor}"
    assert found == everything
    for query, rule in (("limit=0", "range"), ("limit=101", "range"), ("offset=-1", "range"), ("page=0", "range")):
        assert set(problems(api.call("admin", "GET", f"{base}&{query}")).values()) == {rule}
    assert set(problems(api.call("admin", "GET", f"{base}&page=1&offset=0"))) == {"page"}
    behind = api.call("admin", "GET", f"{base}&offset=1000").json()
    assert (behind["data"], behind["page"]["total"], behind["page"]["next"]) == ([], len(everything), None)


def test_only_the_wanted_fields(api):
    """17: `fields=id,title` returns only these"""
    api.raise_alert()
    answer = api.call("admin", "GET", "/alerts?fields=id,title&limit=3")
    assert answer.status_code == 200, answer.text
    assert {frozenset(each) for each in answer.json()["data"]} == {frozenset({"id", "title"})}


def test_a_cursor_is_a_place_and_no_number(api):
    """15: rows that come or go before a cursor neither repeat nor hide any row behind it, in each order"""
    kind = "security"
    made = [api.raise_alert(1 + n % 5, alertType=kind)["id"] for n in range(12)]
    for n in (0, 3, 6, 9):
        api.do("nurse", "POST", f"/alerts/{made[n]}/acknowledgement", {})
    for sort in ("createdAt", "urgencyLevel", "acknowledgedAt"):
        for order in ("asc", "desc"):
            base = f"/alerts?alertType={kind}&status=all&sortBy={sort}&sortOrder={order}"
            everything = api.do("admin", "GET", f"{base}&limit=100")
            values = [each[sort] or "" for each in everything]
            assert values == sorted(values, reverse=order == "desc"), f"{sort} {order}"
            found, query = [], f"{base}&limit=5"
            while query:
                answer = api.call("admin", "GET", query).json()
                found += [each["id"] for each in answer["data"]]
                cursor = answer["page"]["next"]
                query = cursor and f"{base}&limit=5&cursor={cursor}"
                api.raise_alert(1 + len(found) % 5, alertType=kind)
            old = [each["id"] for each in everything]
            assert len(found) == len(set(found)) and [each for each in found if each in old] == old, f"{sort} {order}"


def test_a_cursor_belongs_to_its_list(api):
    """15: a cursor of another filter, another order or another list is refused"""
    for _ in range(2):
        api.raise_alert(3, alertType="fire")
    cursor = api.call("admin", "GET", "/alerts?limit=1&alertType=fire").json()["page"]["next"]
    assert api.call("admin", "GET", f"/alerts?limit=7&alertType=fire&cursor={cursor}").status_code == 200
    for query in ("/alerts?", "/alerts?alertType=fall&", "/alerts?alertType=fire&sortOrder=asc&", "/users?", "/doctors?"):
        assert set(problems(api.call("admin", "GET", f"{query}cursor={cursor}"))) == {"cursor"}, query


def test_all_that_is_wrong_with_a_list_is_told(api):
    """13: an unknown field, a bad limit and two ways to name a place are told in one answer"""
    assert problems(api.call("admin", "GET", "/alerts?fields=id,secret&limit=0&page=1&offset=2")) == {
        "fields": "enum", "limit": "range", "page": "exclusive"}


def test_head_is_get_without_a_body(api):
    """3: HEAD on a read answers the status and headers of GET and no body; on a write it is not allowed"""
    for path in ("/alerts?limit=2", f"/alerts/{api.raise_alert()['id']}", "/departments", f"/alerts/{NOBODY}"):
        get, head = (api.call("admin", method, path) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (get.status_code, b""), path
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
        assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert api.call(None, "HEAD", "/alerts").status_code == 401
    assert api.call("admin", "HEAD", "/auth/sign-up").status_code == 405


def test_who_one_is_comes_before_which_hospital(api, ward):
    """24: a hospital that is no id is refused to somebody who is known; without a token it is 401"""
    for name in ("X-Hospital-ID", "X-Clinic-ID"):
        assert problems(api.call("admin", "GET", "/alerts", headers={name: "nonsense"})) == {"hospital": "format"}
        for headers in ({name: "nonsense"}, {name: "nonsense", "Authorization": "Bearer ws_nonsense"}):
            assert_refused(ward.call("GET", "/api/v1/alerts", headers=headers), 401)
            assert ward.call("GET", "/api/trpc/alerts.list", headers=headers).status_code == 401


def test_a_failed_call_says_nothing_of_anybody_in_the_log(api, ward):
    """10: the line of a failed call has the code and the caller's id, and no word of the answer"""
    alert = api.raise_alert(5)
    api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    answer = api.call("doctor", "POST", f"/alerts/{alert['id']}/acknowledgement", {}, {"X-Request-ID": "late-10"})
    assert_refused(answer, 409)
    line, = wait_for(lambda: [each for each in ward.log(2000).splitlines() if "late-10" in each], 10, "the line is written")
    assert api.me("nurse")["user"]["name"] in answer.text and api.me("nurse")["user"]["name"] not in line
    assert json.loads(line)["code"] == "CONFLICT" and answer.json()["error"] not in line


def test_filters_are_not_sql(api, ward):
    """22: `' OR 1=1 --` in each text filter and field changes nothing"""
    alert = api.raise_alert(1, title="Robert'); DROP TABLE alerts; --", roomNumber="' OR 1=1 --", description="\\'; --")
    found = api.do("admin", "GET", f"/alerts/{alert['id']}")
    assert (found["title"], found["roomNumber"], found["description"]) == (
        "Robert'); DROP TABLE alerts; --", "' OR 1=1 --", "\\'; --")
    before = ward.sql("SELECT count(*) FROM alerts")[0][0]
    for name in ("status", "alertType", "departmentId", "urgencyLevel", "cursor", "limit"):
        for text in ("%27%20OR%201%3D1%20--", "%27%3B%20DELETE%20FROM%20alerts%20--", "%22%29%3B--"):
            assert_refused(api.call("admin", "GET", f"/alerts?{name}={text}"), 400)
    assert api.call("admin", "POST", f"/alerts/{alert['id']}/cancellation", {"reason": "' OR 1=1 --"}).status_code == 200
    assert ward.sql("SELECT count(*) FROM alerts")[0][0] == before


def test_lists_by_filter_and_order(api):
    """122: active alerts only unless told otherwise, the most urgent first and the newest of them first"""
    made = {n: api.raise_alert(urgency)["id"] for n, urgency in enumerate((2, 5, 3, 5, 1))}
    listed = [each for each in api.do("admin", "GET", "/alerts?limit=100")]
    order = [(-each["urgencyLevel"], each["createdAt"]) for each in listed]
    assert [urgency for urgency, _ in order] == sorted(urgency for urgency, _ in order)
    mine = [each["id"] for each in listed if each["id"] in made.values()]
    assert mine == [made[3], made[1], made[2], made[0], made[4]]
    api.do("nurse", "POST", f"/alerts/{made[1]}/acknowledgement", {})
    assert made[1] not in {each["id"] for each in api.do("admin", "GET", "/alerts?limit=100")}
    for query in ("status=acknowledged", "status=active,acknowledged", "status=all"):
        assert made[1] in {each["id"] for each in api.do("admin", "GET", f"/alerts?{query}&limit=100")}, query
    assert {each["urgencyLevel"] for each in api.do("admin", "GET", "/alerts?urgencyLevel=5&limit=100")} == {5}


def test_a_nurse_sees_her_departments_alerts(api):
    """122: a nurse with a department sees its alerts and those of none; operators and doctors see all"""
    made = {code: api.raise_alert(4, departmentId=api.department(code) if code else None)["id"] for code in ("ER", "CARD", None)}

    def seen(who):
        return {code for code, alert in made.items()
                if alert in {each["id"] for each in api.do(who, "GET", "/alerts?limit=100")}}

    assert seen("nurse") == {"ER", None}
    assert seen("operator") == seen("doctor") == seen("admin") == {"ER", "CARD", None}


# The alert

def test_creating_an_alert(api):
    """111: valid input gives an active alert in tier 1 with its next escalation set"""
    before = datetime.now(timezone.utc)
    alert = api.raise_alert(5, departmentId=api.department("ER"), patientId=api.patient(), description="On the floor")
    assert (alert["status"], alert["escalationTier"], alert["version"]) == ("active", 1, 1)
    created, climbs = (datetime.fromisoformat(alert[name]) for name in ("createdAt", "nextEscalationAt"))
    assert climbs - created == timedelta(minutes=5)
    assert abs(created - before) < timedelta(seconds=60)
    assert alert["createdBy"] == api.user("operator") and alert["hospitalId"] == api.hospital()
    assert api.do("operator", "GET", f"/alerts/{alert['id']}") == alert
    assert uuid.UUID(alert["id"]).version == 7


@pytest.mark.parametrize("value, rule", [("", "minLength"), ("   ", "minLength"), ("x" * 51, "maxLength"), (None, "required")])
def test_the_room_is_needed(api, value, rule):
    """112: an empty, missing or longer room than 50 characters is refused"""
    assert problems(api.call("operator", "POST", "/alerts", new(roomNumber=value))) == {"roomNumber": rule}
    assert api.raise_alert(1, roomNumber="x" * 50)["roomNumber"] == "x" * 50


@pytest.mark.parametrize("urgency", [0, 6, -1, 100])
def test_urgency_is_one_to_five(api, ward, urgency):
    """113: 0 and 6 are refused by the API and by the database"""
    assert problems(api.call("operator", "POST", "/alerts", new(urgencyLevel=urgency))) == {"urgencyLevel": "range"}
    with pytest.raises(psycopg.errors.CheckViolation):
        ward.sql("UPDATE alerts SET urgency = %s WHERE id = (SELECT id FROM alerts LIMIT 1)", parameters=[urgency])


@pytest.mark.parametrize("given, urgency, priority", [
    ({"urgencyLevel": 1}, 1, "low"), ({"urgencyLevel": 2}, 2, "low"), ({"urgencyLevel": 3}, 3, "medium"),
    ({"urgencyLevel": 4}, 4, "high"), ({"urgencyLevel": 5}, 5, "critical"), ({"priority": "low"}, 2, "low"),
    ({"priority": "medium"}, 3, "medium"), ({"priority": "high"}, 4, "high"), ({"priority": "critical"}, 5, "critical"),
    ({"priority": "low", "urgencyLevel": 1}, 1, "low"),
])
def test_urgency_and_priority_agree(api, given, urgency, priority):
    """114: either is accepted and both come back, consistent with each other"""
    body = {"roomNumber": room(), "alertType": "medical", **given}
    alert = api.do("operator", "POST", "/alerts", body)
    assert (alert["urgencyLevel"], alert["priority"]) == (urgency, priority)


def test_urgency_and_priority_must_not_contradict(api):
    """114: a priority that does not fit the urgency is refused, and so is neither of them"""
    assert set(problems(api.call("operator", "POST", "/alerts", new(urgencyLevel=5, priority="low")))) == {"priority"}
    assert set(problems(api.call("operator", "POST", "/alerts", {"roomNumber": "1", "alertType": "fire"}))) == {"urgencyLevel"}


def test_title_and_type(api):
    """115: the type is required and from the hospital's catalogue, the title defaults from it"""
    assert problems(api.call("operator", "POST", "/alerts", {"roomNumber": "1", "urgencyLevel": 1})) == {
        "alertType": "required"}
    assert problems(api.call("operator", "POST", "/alerts", new(alertType="alien_landing"))) == {"alertType": "exists"}
    types = api.do("operator", "GET", "/alert-types")
    assert {"medical", "security", "fire"} <= {each["class"] for each in types}
    for each in types:
        alert = api.raise_alert(1, alertType=each["code"])
        assert (alert["alertType"], alert["title"]) == (each["code"], each["title"])
    assert api.raise_alert(1, title="  Own words ")["title"] == "Own words"


def test_links_are_of_the_hospital(api):
    """116: a department or patient that is unknown or another hospital's is refused, all of them at once"""
    theirs = {"departmentId": api.department("ER", "other admin"), "patientId": api.patient("other admin")}
    for ids in (theirs, {name: str(uuid.uuid4()) for name in theirs}):
        assert problems(api.call("operator", "POST", "/alerts", new(**ids))) == {
            "departmentId": "exists", "patientId": "exists"}
    alert = api.raise_alert(1, departmentId=api.department("ICU"))
    assert alert["departmentId"] == api.department("ICU")
    answer = api.call("operator", "PATCH", f"/alerts/{alert['id']}", {"version": 1, "departmentId": theirs["departmentId"]})
    assert problems(answer) == {"departmentId": "exists"}


STEPS = {
    "acknowledgement": ("doctor", {}), "resolution": ("doctor", {"resolution": RESOLUTION}),
    "cancellation": ("doctor", {}), "escalation": ("head", None),
}
LEGAL = {("active", "acknowledgement"): "acknowledged", ("acknowledged", "resolution"): "resolved",
         ("active", "cancellation"): "cancelled", ("acknowledged", "cancellation"): "cancelled",
         ("active", "escalation"): "active"}


@pytest.mark.parametrize("start", ["active", "acknowledged", "resolved", "cancelled"])
def test_the_machine_of_states(api, start):
    """117: active → acknowledged → resolved and active → cancelled; every other step is a conflict and changes nothing"""
    way = {"active": [], "acknowledged": ["acknowledgement"], "resolved": ["acknowledgement", "resolution"],
           "cancelled": ["cancellation"]}[start]
    for step, (who, body) in STEPS.items():
        alert = api.raise_alert(2)
        for each in way:
            api.do(STEPS[each][0], "POST", f"/alerts/{alert['id']}/{each}", STEPS[each][1])
        before = api.do("admin", "GET", f"/alerts/{alert['id']}")
        assert before["status"] == start
        answer = api.call(who, "POST", f"/alerts/{alert['id']}/{step}", body)
        if wanted := LEGAL.get((start, step)):
            assert answer.status_code == 200 and answer.json()["data"]["status"] == wanted, answer.text
            assert answer.json()["data"]["version"] == before["version"] + 1
        else:
            envelope = assert_refused(answer, 409, f"{start} {step}")
            assert envelope["details"]["status"] == start
            assert api.do("admin", "GET", f"/alerts/{alert['id']}") == before


def test_acknowledging(api, ward):
    """118: an acknowledgement with notes sets by and at, leaves its row, and ends the escalation"""
    alert = api.raise_alert(5)
    done = api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {"notes": "On my way", "estimatedResponseTime": 4})
    assert (done["status"], done["acknowledgedBy"], done["nextEscalationAt"]) == ("acknowledged", api.user("nurse"), None)
    rows = ward.sql("SELECT * FROM alert_acknowledgments WHERE alert_id = %s", parameters=[alert["id"]])
    assert [(str(row.user_id), row.notes, row.response_seconds) for row in rows] == [(api.user("nurse"), "On my way", 240)]
    assert datetime.fromisoformat(done["acknowledgedAt"]) == rows[0].acknowledged_at
    kinds = [row.kind for row in ward.sql("SELECT kind FROM alert_timers WHERE alert_id = %s", parameters=[alert["id"]])]
    assert kinds == ["response"]


def test_two_at_once(api, ward):
    """119: of many who acknowledge at once one wins, and every other is told who"""
    people = ("nurse", "doctor", "head", "admin")
    for who in people:
        api.me(who)
    for _ in range(5):
        alert = api.raise_alert(3)
        barrier = threading.Barrier(len(people))

        def acknowledge(who, alert=alert, barrier=barrier):
            barrier.wait()
            return who, api.call(who, "POST", f"/alerts/{alert['id']}/acknowledgement", {})

        with ThreadPoolExecutor(len(people)) as many:
            answers = dict(many.map(acknowledge, people))
        winners = [who for who, answer in answers.items() if answer.status_code == 200]
        assert len(winners) == 1
        for who, answer in answers.items():
            if who != winners[0]:
                details = assert_refused(answer, 409)["details"]
                assert details["acknowledgedBy"] == api.user(winners[0])
                assert details["acknowledgedByName"] == api.me(winners[0])["user"]["name"]
        assert ward.sql("SELECT count(*) FROM alert_acknowledgments WHERE alert_id = %s", parameters=[alert["id"]])[0][0] == 1


def test_editing(api):
    """123: update and cancel need their permission; an edit of an old version is told so"""
    alert = api.raise_alert(2, title="Before")
    path = f"/alerts/{alert['id']}"
    assert_refused(api.call("nurse", "PATCH", path, {"version": 1, "title": "x"}), 403)
    edited = api.do("operator", "PATCH", path, {"version": 1, "title": "After", "departmentId": api.department("ICU")})
    assert (edited["title"], edited["version"], edited["departmentId"]) == ("After", 2, api.department("ICU"))
    stale = api.call("doctor", "PATCH", path, {"version": 1, "title": "Late"})
    assert assert_refused(stale, 409)["details"]["version"] == 2
    assert_refused(api.call("operator", "PATCH", path, {"version": 2}), 400)
    assert_refused(api.call("nurse", "POST", f"{path}/cancellation", {}), 403)
    assert api.do("operator", "POST", f"{path}/cancellation", {"reason": "mistake"})["status"] == "cancelled"
    assert_refused(api.call("operator", "PATCH", path, {"version": 3, "title": "Dead"}), 409)


GRID = {
    "POST /alerts": ("create_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /alerts": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"GET /alerts/{NOBODY}": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"PATCH /alerts/{NOBODY}": ("update_alerts", {"operator", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/acknowledgement": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/declination": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/resolution": ("resolve_alerts", {"doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/cancellation": ("cancel_alerts", {"operator", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/escalation": ("escalate_alerts", {"head", "admin"}),
    f"GET /alerts/{NOBODY}/timeline": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "POST /alerts/batch-acknowledgement": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    "POST /alerts/batch-resolution": ("resolve_alerts", {"doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/transfer": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    "GET /alert-fatigue": ("view_analytics", {"head", "admin"}),
    "GET /alert-stats": ("view_analytics", {"head", "admin"}),
    "GET /alert-analytics": ("view_analytics", {"head", "admin"}),
    "GET /alert-response-analytics": ("view_analytics", {"head", "admin"}),
    "GET /alert-metrics": ("view_analytics", {"head", "admin"}),
    "GET /alert-history": ("view_analytics", {"head", "admin"}),
    f"GET /alerts/{NOBODY}/escalation-status": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"GET /alerts/{NOBODY}/escalations": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /connections": ("view_system", {"admin"}), "GET /system/broker": ("view_system", {"admin"}),
    "GET /presence": ("view_system", {"admin"}),
    "GET /cache": ("view_system", {"admin"}), "POST /cache-clearings": ("manage_system", set()),
    # accounts
    "GET /development/outbox": ("view_system", {"admin"}),
    f"POST /users/{NOBODY}/password-reset": ("manage_users", {"admin"}),
    # end of accounts
    "GET /active-escalations": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/arrival": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/withdrawal": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/comments": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/arrival": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    f"POST /alerts/{NOBODY}/withdrawal": ("acknowledge_alerts", {"nurse", "doctor", "head", "admin"}),
    "POST /alert-types": ("manage_alert_types", {"head", "admin"}),
    f"PATCH /alert-types/{NOBODY}": ("manage_alert_types", {"head", "admin"}),
    f"DELETE /alert-types/{NOBODY}": ("manage_alert_types", {"head", "admin"}),
    "GET /alert-templates": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "POST /alert-templates": ("manage_alert_types", {"head", "admin"}),
    f"PATCH /alert-templates/{NOBODY}": ("manage_alert_types", {"head", "admin"}),
    f"DELETE /alert-templates/{NOBODY}": ("manage_alert_types", {"head", "admin"}),
    "POST /alerts/from-template": ("create_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /escalation-ladders": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "POST /escalation-ladders": ("manage_ladders", {"head", "admin"}),
    f"PATCH /escalation-ladders/{NOBODY}": ("manage_ladders", {"head", "admin"}),
    f"DELETE /escalation-ladders/{NOBODY}": ("manage_ladders", {"head", "admin"}),
    "POST /escalation-ladders/dry-run": ("manage_ladders", {"head", "admin"}),
    "GET /alert-types": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /departments": ("view_departments", {"operator", "nurse", "doctor", "head", "admin"}),
    f"GET /departments/{NOBODY}": ("view_departments", {"operator", "nurse", "doctor", "head", "admin"}),
    "PUT /duty": ("start_shift", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /duty": ("view_shift_status", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /duty/staff": ("view_shift_status", {"operator", "nurse", "doctor", "head", "admin"}),
    "GET /screens": ("manage_screens", {"head", "admin"}),
    "POST /screens": ("manage_screens", {"head", "admin"}),
    f"POST /screens/{NOBODY}/revocation": ("manage_screens", {"head", "admin"}),
    "GET /users": ("view_users", {"head", "admin"}),
    f"GET /users/{NOBODY}": ("view_users", {"head", "admin"}),
    "POST /users": ("manage_users", {"admin"}),
    f"PUT /users/{NOBODY}": ("manage_users", {"admin"}),
    f"PUT /users/{NOBODY}/role": ("manage_users", {"admin"}),
    f"DELETE /users/{NOBODY}": ("manage_users", {"admin"}),
    "POST /doctors": ("manage_users", {"admin"}),
    f"PUT /doctors/{NOBODY}": ("manage_users", {"admin"}),
    f"DELETE /doctors/{NOBODY}": ("manage_users", {"admin"}),
    # Patients
    "POST /patients": ("create_patients", {"doctor", "head", "admin"}),
    f"GET /patients/{NOBODY}": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"PATCH /patients/{NOBODY}": ("manage_patients", {"doctor", "head", "admin"}),
    "POST /patients/list": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    "GET /my-patients": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"POST /patients/{NOBODY}/discharge": ("manage_patients", {"doctor", "head", "admin"}),
    "GET /patient-dashboard": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"POST /patients/{NOBODY}/vitals": ("record_vitals", {"nurse", "doctor", "head", "admin"}),
    f"GET /patients/{NOBODY}/vitals": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"GET /patients/{NOBODY}/vitals/current": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"POST /patients/{NOBODY}/care-team": ("manage_patients", {"doctor", "head", "admin"}),
    f"GET /patients/{NOBODY}/care-team": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"DELETE /patients/{NOBODY}/care-team/{NOBODY}": ("manage_patients", {"doctor", "head", "admin"}),
    f"GET /patients/{NOBODY}/access-log": ("view_audit_logs", {"admin"}),
    f"PUT /patients/{NOBODY}/account": ("manage_patients", {"doctor", "head", "admin"}),
    "POST /patients/search": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    "GET /doctors": ("view_shift_status", {"operator", "nurse", "doctor", "head", "admin"}),
    f"GET /doctors/{NOBODY}": ("view_shift_status", {"operator", "nurse", "doctor", "head", "admin"}),
    **tenancy_support.GRID,
    **staff_support.GRID,
    **admin_support.GRID,
    **jobs_support.GRID,
    **emergency_support.GRID,
    **channels_support.GRID,
    **delivery_support.GRID,
    **areas.merged("GRID"),
}


@pytest.mark.parametrize("call", GRID)
def test_roles_by_operations(api, call):
    """63: for the demo's roles × every operation each cell is allowed or denied as declared"""
    permission, allowed = GRID[call]
    method, path = call.split()
    for who in ("operator", "nurse", "doctor", "head", "admin", "patient"):
        answer = api.call(who, method, path, {"unknown": 1} if method != "GET" else None)
        if who in allowed:
            # He may, and is told that nothing of it is his own.
            has_none = answer.status_code == 403 and path.startswith("/my-") and "record of your own" in answer.text
            assert answer.status_code in (200, 400, 404) or has_none, f"{who}: {answer.text}"
        else:
            assert assert_refused(answer, 403, who)["details"]["requiredPermission"] == permission


def test_the_grid_is_whole(api, ward):
    """63: no operation with a permission is left out of the grid"""
    named = {tuple(each.replace(NOBODY, "{}").replace("/imports/rooms", "/imports/{}").replace("/channels/sms", "/channels/{}").split()) for each in GRID}
    for operation in operations_of(document_of(ward)):
        if operation.permission:
            path = operation.template.removeprefix("/api/v1")
            for each in operation.fields_in("path"):
                path = path.replace("{" + each.name + "}", "{}")
            assert (operation.method, path) in named, operation.name


# Requests that are sent again

def test_the_same_request_again(api, ward):
    """23: same key and body give the same answer and one row; another body is 422"""
    name, body = key(), new(urgencyLevel=5)
    first = api.call("operator", "POST", "/alerts", body, name)
    again = api.call("operator", "POST", "/alerts", body, name)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    rows = ward.sql("SELECT id FROM alerts WHERE room_number = %s", parameters=[body["roomNumber"]])
    assert [str(row.id) for row in rows] == [first.json()["data"]["id"]]
    assert len(api.audit("resource_id = %s", rows[0].id)) == 1
    other = api.call("operator", "POST", "/alerts", {**body, "urgencyLevel": 4}, name)
    assert assert_refused(other, 422)["code"] == "UNPROCESSABLE_CONTENT"
    assert api.call("doctor", "POST", "/alerts", body, name).json()["data"]["id"] != first.json()["data"]["id"]
    acknowledged = [api.call("nurse", "POST", f"/alerts/{rows[0].id}/acknowledgement", {}, name) for _ in range(2)]
    assert [each.status_code for each in acknowledged] == [200, 200]
    assert acknowledged[0].json() == acknowledged[1].json()


def test_a_refused_request_may_be_sent_again_put_right(api):
    """23: what was refused is not remembered: the same key with a good body works"""
    name = key()
    assert api.call("operator", "POST", "/alerts", new(urgencyLevel=9), name).status_code == 400
    assert api.call("operator", "POST", "/alerts", new(alertType="unknown_type"), name).status_code == 400
    assert api.call("operator", "POST", "/alerts", new(), name).status_code == 201


def test_the_same_request_at_once(api, ward):
    """23: while the first is running the second is told 409 at once, and afterwards gets the first answer"""
    name, body = key(), new()
    api.token("operator")
    with ward.connect("owner") as blocker, ThreadPoolExecutor(1) as other:
        blocker.execute("LOCK TABLE ward.alert_types IN ACCESS EXCLUSIVE MODE")
        first = other.submit(api.call, "operator", "POST", "/alerts", body, name)
        wait_for(lambda: ward.sql("SELECT 1 FROM pg_locks WHERE NOT granted", "admin"), 5, "the first waits")
        second = api.call("operator", "POST", "/alerts", body, name)
        assert assert_refused(second, 409)["code"] == "CONFLICT"
        assert not first.done()
        blocker.rollback()
        answer = first.result(15)
    assert answer.status_code == 201
    assert api.call("operator", "POST", "/alerts", body, name).json() == answer.json()
    assert ward.sql("SELECT count(*) FROM alerts WHERE room_number = %s", parameters=[body["roomNumber"]])[0][0] == 1


def test_many_of_the_same_request(api, ward):
    """23: twenty of the same request at once make one row; each is told the answer or that it is running"""
    name, body = key(), new()
    api.token("operator")
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda _: api.call("operator", "POST", "/alerts", body, name), range(20)))
    assert {each.status_code for each in answers} <= {201, 409}
    assert len({each.json()["data"]["id"] for each in answers if each.status_code == 201}) == 1
    assert ward.sql("SELECT count(*) FROM alerts WHERE room_number = %s", parameters=[body["roomNumber"]])[0][0] == 1


# Audit

def test_each_write_leaves_one_row(api):
    """250: each of the writes yields one audit row with its action, in the category of its thing"""
    department = api.department("ER")
    alert = api.raise_alert(3, "admin", patientId=api.patient())
    path = f"/alerts/{alert['id']}"
    api.do("admin", "PATCH", path, {"version": 1, "title": "New"})
    api.do("admin", "POST", f"{path}/escalation")
    api.do("admin", "POST", f"{path}/acknowledgement", {})
    api.do("admin", "POST", f"{path}/resolution", {"resolution": RESOLUTION})
    other = api.raise_alert(3, "admin")
    api.do("admin", "POST", f"/alerts/{other['id']}/cancellation", {})
    screen = api.do("admin", "POST", "/screens", {"name": "Wall", "departmentId": department})
    api.do("admin", "POST", f"/screens/{screen['id']}/revocation")
    rows = api.audit("resource_id = ANY (%s)", [alert["id"], other["id"], screen["id"]])
    assert sorted((row.action, row.category, row.outcome) for row in rows) == sorted([
        ("alert_created", "alert", "success"), ("alert_updated", "alert", "success"),
        ("manual_escalation", "alert", "success"), ("alert_acknowledged", "alert", "success"),
        ("alert_resolved", "alert", "success"), ("alert_created", "alert", "success"),
        ("alert_cancelled", "alert", "success"), ("screen_created", "security", "success"),
        ("screen_revoked", "security", "success")])
    created = next(row for row in rows if row.action == "alert_created" and str(row.resource_id) == alert["id"])
    assert str(created.patient_id) == api.patient()
    assert "Demo Patient" not in str(created) and "New" not in str(created.details)
    reads = len(api.audit("true"))
    api.do("admin", "GET", "/alerts")
    api.do("admin", "GET", path)
    assert len(api.audit("true")) == reads


def test_a_row_says_who_and_from_where(api, ward):
    """251: address, user agent, session, request id, actor, role and hospital are filled"""
    token = ward.sign_in("operator@demo.ward")
    answer = ward.call("POST", "/api/v1/alerts", token, json=new(), headers={
        "User-Agent": "System test/2", "X-Request-ID": "audit-251"})
    row = api.audit("resource_id = %s", answer.json()["data"]["id"])[0]
    session = ward.sql("SELECT id FROM sessions WHERE token_hash = sha256(%s::bytea)", parameters=[token.encode()])[0].id
    assert (row.address, row.user_agent, row.session_id, row.request_id) == (
        "127.0.0.1", "System test/2", session, "audit-251")
    assert (str(row.actor_id), row.actor_kind, row.actor_role, str(row.hospital_id)) == (
        api.user("operator"), "person", "operator", api.hospital())
    assert row.details["urgencyLevel"] == 2


def test_the_same_id_everywhere(api):
    """The id of a request is the same in the answer's header and in the audit row of it"""
    for given in ("my-request-1", None):
        headers = {"X-Request-ID": given} if given else None
        answer = api.call("operator", "POST", "/alerts", new(), headers)
        name = answer.headers["X-Request-ID"]
        assert name == given or (given is None and name)
        assert [row.request_id for row in api.audit("resource_id = %s", answer.json()["data"]["id"])] == [name]


def test_what_was_denied_is_written_too(api, ward):
    """252: a denied action and a failed one each write a row with their outcome; repeats are counted in one row"""
    who = api.token("other nurse")
    name = f"denied-{uuid.uuid4().hex[:8]}"
    answer = ward.call("POST", f"/api/v1/screens/{NOBODY}/revocation", who, headers={"X-Request-ID": name})
    assert answer.status_code == 403
    row = wait_for(lambda: api.audit("request_id = %s", name), 3, "the denial is written")[0]
    assert (row.action, row.outcome, row.code, row.actor_role) == ("screen_revoked", "denied", "FORBIDDEN", "nurse")
    for _ in range(5):
        ward.call("POST", f"/api/v1/screens/{NOBODY}/revocation", who)
    denied = api.audit("action = 'screen_revoked' AND outcome = 'denied' AND actor_id = %s", api.user("other nurse"))
    assert len(denied) == 1
    name = f"failed-{uuid.uuid4().hex[:8]}"
    ward.call("POST", f"/api/v1/screens/{NOBODY}/revocation", api.token("other admin"), headers={"X-Request-ID": name})
    row = wait_for(lambda: api.audit("request_id = %s", name), 3, "the failure is written")[0]
    assert (row.outcome, row.code) == ("failure", "NOT_FOUND")


def test_signing_in_is_written(api, ward):
    """A sign-in, a failed one and a sign-out are visible in the audit log, without the password"""
    token = ward.sign_in("nurse@demo.ward")
    ward.call("DELETE", "/api/v1/session", token, headers={"X-Request-ID": f"out-{token[3:9].replace('_', 'x')}"})
    name = f"wrong-{uuid.uuid4().hex[:8]}"
    ward.call("POST", "/api/v1/sessions", json={"email": f"{name}@demo.ward", "password": "hunter2-hunter2"},
              headers={"X-Request-ID": name})
    session = ward.sql("SELECT id FROM sessions WHERE token_hash = sha256(%s::bytea)", parameters=[token.encode()])[0].id
    rows = api.audit("session_id = %s", session)
    assert [(row.action, row.category, row.outcome) for row in rows] == [
        ("login", "security", "success"), ("logout", "security", "success")]
    assert str(rows[0].actor_id) == api.user("nurse") and str(rows[0].hospital_id) == api.hospital()
    assert ward.sql("SELECT count(*) FROM audit_log a WHERE a::text LIKE '%%hunter2%%'")[0][0] == 0
    # Failed ones are counted by address within a minute, so that a guesser cannot fill the log.
    failed = wait_for(lambda: api.audit("action = 'login' AND outcome = 'denied'"), 3, "a failed sign-in is written")
    assert {(row.actor_kind, row.hospital_id, row.code) for row in failed} == {("anonymous", None, "UNAUTHORIZED")}


def test_rows_are_kept_for_six_years(api, ward):
    """RetentionUntil of each row is six years after it"""
    api.raise_alert()
    rows = ward.sql("SELECT count(*) AS all, count(*) FILTER (WHERE retention_until >= occurred_at + interval '6 years'"
                    " - interval '1 minute') AS kept FROM audit_log")[0]
    assert rows.all == rows.kept > 0


# Health

def test_health_says_when_the_database_is_gone(ward_factory):
    """Healthy with the database, not healthy without it, healthy again afterwards"""
    ward = ward_factory()
    answer = ward.call("GET", "/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["services"]) == (
        200, "healthy", {"database": True, "websocket": True})
    assert abs(datetime.fromisoformat(answer.json()["time"]) - ward.now()) < timedelta(seconds=5)
    with psycopg.connect(**ward.address("admin") | {"dbname": "postgres"}, autocommit=True) as admin:
        admin.execute("ALTER DATABASE ward ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ward'")
        down = wait_for(lambda: [each for each in [ward.call("GET", "/health")] if each.status_code == 503], 10, "not healthy")
        assert (down[0].json()["status"], down[0].json()["services"]["database"]) == ("unhealthy", False)
        admin.execute("ALTER DATABASE ward ALLOW_CONNECTIONS true")
    wait_for(lambda: ward.call("GET", "/health").status_code == 200, 15, "healthy again")
    assert Api(ward).raise_alert()["status"] == "active"
