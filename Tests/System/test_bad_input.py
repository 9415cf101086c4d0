"""Whatever is wrong with an operation's input: one complete 4xx that names it, nothing changed, the process lives."""

import json
import re
import uuid

import admin_support
import areas
import jobs_support
import psycopg
import pytest
import channels_support
import delivery_support
import emergency_support
import staff_support
import tenancy_support
from api_inputs import ABSENT, Sender, bad_values, document_of, operations_of, target
from api_raw import assert_refused
from api_support import Complaints
from own_house import api, ward  # noqa: F401 (fixtures by name)

# What only who has a record of his own is shown.
OWN = {"doctors.getProfile", "patient.getMyRecord", "patient.getMyVitals", "patient.getMyAccessLog"} | areas.united("OWN")
# Refusals are written down, and nodes say by themselves that they live; everything else stays as it was.
QUIET = ("audit_log", "patient_accesses", "job_nodes", "job_counts", "leaders", "periods", "finished_jobs")


@pytest.fixture(scope="module")
def operations(ward):
    return operations_of(document_of(ward))


@pytest.fixture(scope="module")
def sender(ward, api) -> Sender:
    tenancy_support.reign(ward)
    for who in ("patient", "operator"):  # A sign-in in the middle of a test would be a change.
        api.token(who)
    alert = api.raise_alert(2, "admin")
    delivery_support.all_told(ward, alert["id"])
    screen = api.do("admin", "POST", "/screens", {"name": "Wall", "departmentId": api.department()})
    return Sender(ward, api.token("admin"), {
        "alertId": alert["id"], "sessionId": str(uuid.uuid4()), "screenId": screen["id"], "departmentId": api.department(),
        "alertIds": [alert["id"]], "patientId": api.patient(), "patientIds": [api.patient()], "userId": api.user("nurse"), "alertType": "medical", ("alerts.create", "urgencyLevel"): 2,
        ("alerts.update", "title"): "New title", "version": 1, "resolution": "Long enough for a resolution.",
        "email": "admin@demo.ward", "password": "ward-demo-2026", "code": "medical", "stepSeconds": [60],
        "ladderId": str(uuid.uuid4()), "templateId": str(uuid.uuid4()),
        ("patient.recordVitals", "heartRate"): 70, "provider": "nobody", "state": "x",
        ("auth.verifyTwoFactor", "code"): "042137", ("auth.regenerateBackupCodes", "code"): "042137",
        ("auth.verifyOTP", "code"): "042137",
        **delivery_support.KNOWN, **tenancy_support.KNOWN,
        **staff_support.KNOWN,
        **admin_support.KNOWN,
        **jobs_support.KNOWN,
        **emergency_support.KNOWN,
        **channels_support.KNOWN,
        **areas.merged("KNOWN"), **areas.gathered("known", api),
    })


def contents(ward) -> dict[str, str]:
    with psycopg.connect(**ward.address("admin")) as connection:
        names = [row[0] for row in connection.execute("""
            SELECT relname FROM pg_class WHERE relnamespace = 'ward'::regnamespace AND relkind = 'r'""")]
        return {name: connection.execute(
            f"SELECT count(*) || ' ' || md5(COALESCE(string_agg(t::text, ',' ORDER BY t::text), ''))"
            f" FROM ward.{name} t").fetchone()[0] for name in names if not name.startswith(QUIET)}


@pytest.fixture(autouse=True)
def nothing_happens(ward, sender):
    """Before and after each test the tables hold the same and the same process answers."""
    pid, before = ward.process.pid, contents(ward)
    yield
    assert ward.process.poll() is None, ward.log()
    assert ward.process.pid == pid
    assert ward.call("GET", "/health").status_code == 200
    after = contents(ward)
    assert {name for name in before if before[name] != after[name]} == set()


def named(answer) -> set[str]:
    return {each["path"] for each in answer.json()["details"]["fields"]}


def roots(answer) -> set[str]:
    """The named fields; a part of an object, such as emergencyContact.phone, names the object."""
    return {re.split(r"[.[]", each)[0] for each in named(answer)}


def assert_names(answer, *names: str) -> None:
    assert_refused(answer, 400)
    fields = answer.json()["details"].get("fields", [])
    assert {each["path"] for each in fields} == set(names), answer.text
    for each in fields:
        assert set(each) == {"path", "message", "rule"} and each["message"] and each["rule"], each


def assert_named(each, answer) -> None:
    """A part of an object, such as emergencyContact.phone or hours[0], names the object."""
    holds_objects = each.type == "object" or each.schema.get("items", {}).get("type") == "object"
    if each.place == "body" and holds_objects:
        assert_refused(answer, 400)
        assert roots(answer) == {each.name}, answer.text
    else:
        assert_names(answer, each.name)


def test_every_operation_takes_its_good_input(operations, sender, ward, api):
    """the cases below differ from a valid input in one place: the rest of it is never the reason"""
    assert len(operations) >= 21
    for operation in operations:
        if operation.method == "GET":
            assert sender.send(operation).status_code in (200, 404) or operation.name in OWN, operation.name
    # The writes are tried as somebody who may not, so that they stop behind reading and before the change.
    refused = Sender(ward, api.token("patient"), sender.known)
    staff = Sender(ward, api.token("operator"), sender.known)
    for operation in operations:
        if operation.method != "GET" and operation.permission:
            kept = staff if operation.permission == "book_appointments" else refused  # what is the patient's alone
            assert kept.send(operation).status_code == 403, operation.name


def test_each_field_is_checked(operations, sender):
    """12: each operation refuses each field that is missing, null, of a wrong type, too long or out of range, by name"""
    complaints = Complaints()
    for operation in operations:
        for each in operation.fields:
            cases = bad_values(each)
            if each.required and each.place != "path":
                cases.append(("missing", ABSENT))
            for what, value in cases:
                with complaints.about(f"{operation.name}.{each.name} = {what}"):
                    assert_named(each, sender.send(operation, {each: value}))
    complaints.settle(at_least=400)


def test_all_bad_fields_are_named_at_once(operations, sender):
    """13: every bad field of an input is named in one answer, each with a message and a rule"""
    complaints = Complaints()
    several = 0
    for operation in operations:
        changes = {each: bad_values(each)[0][1] for each in operation.fields}
        if not changes:
            continue
        several += len(changes) > 1
        with complaints.about(operation.name):
            answer = sender.send(operation, changes)
            assert_refused(answer, 400)
            assert roots(answer) == {each.name for each in operation.fields}
            assert len(changes) == 1 or answer.json()["error"].startswith(str(len(named(answer))))
    complaints.settle(at_least=12)
    assert several >= 8


def test_unknown_fields_are_refused(operations, sender):
    """a field that an operation does not have is refused by name, in a body and in a query"""
    complaints = Complaints()
    for operation in operations:
        with complaints.about(operation.name):
            if operation.method == "GET":
                answer = sender.send(operation, query="&nonsense=1" if sender.good(operation)["query"] else "?nonsense=1")
            else:
                good = sender.good(operation)["body"]
                answer = sender.send(operation, body=json.dumps({**good, "nonsense": 1}).encode())
            assert_names(answer, "nonsense")
            if operation.method != "GET":
                answer = sender.send(operation, body=b'{"__proto__":{},"a.b":1,"":2}')
                assert_refused(answer, 400)
                assert {"__proto__", "a.b", ""} <= named(answer)
    complaints.settle(at_least=len(operations))


def test_a_path_cannot_be_overruled_by_the_body(operations, sender):
    """an id that stands in the path is refused in the body, instead of one silently winning"""
    complaints = Complaints()
    for operation in operations:
        if operation.method == "GET":
            continue
        for each in operation.fields_in("path"):
            with complaints.about(f"{operation.name}.{each.name}"):
                body = {**sender.good(operation)["body"], each.name: str(uuid.uuid4())}
                assert_names(sender.send(operation, body=json.dumps(body).encode()), each.name)
    complaints.settle(at_least=7)


NO_JSON = {
    "nothing but a brace": b"{",
    "text after the value": b"{} {}",
    "a trailing comma": b'{"a":1,}',
    "a comment": b"{} // no",
    "single quotes": b"{'a':1}",
    "an unquoted key": b"{a:1}",
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":-Infinity}',
    "a leading zero": b'{"a":01}',
    "a plus sign": b'{"a":+1}',
    "half a number": b'{"a":1.}',
    "1e400": b'{"a":1e400}',
    "-1e400": b'{"a":-1e400}',
    "a huge exponent": b'{"a":1e99999999999999999999}',
    "NUL escaped": b'{"a":"\\u0000"}',
    "NUL raw": b'{"a":"\x00"}',
    "NUL outside": b'{"a":1}\x00',
    "a raw control character": b'{"a":"\x1f"}',
    "a raw line break in a string": b'{"a":"\n"}',
    "a lone high surrogate": b'{"a":"\\ud800"}',
    "a lone low surrogate": b'{"a":"\\udc00"}',
    "surrogates the wrong way round": b'{"a":"\\udc00\\ud800"}',
    "a high surrogate before text": b'{"a":"\\ud800x"}',
    "a surrogate encoded in UTF-8": b'{"a":"\xed\xa0\x80"}',
    "invalid UTF-8": b'{"a":"\xff"}',
    "overlong UTF-8": b'{"a":"\xc0\xaf"}',
    "cut UTF-8": b'{"a":"\xe2\x82"}',
    "beyond Unicode": b'{"a":"\xf4\x90\x80\x80"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "half an escape": b'{"a":"\\u12"}',
    "an unknown escape": b'{"a":"\\x41"}',
    "a string without end": b'{"a":"b',
    "a duplicate key": b'{"a":1,"a":2}',
    "a duplicate key, once escaped": b'{"a":1,"\\u0061":2}',
    "a duplicate key inside": b'{"a":{"b":1,"b":2}}',
    "nested 66 arrays": b'{"a":' + b"[" * 65 + b"]" * 65 + b"}",
    "nested 100,000 arrays": b"[" * 100_000,
    "nested 100,000 objects": b'{"a":' * 100_000,
    "white space alone": b"   \n ",
    "half a word": b"tru",
}
NO_OBJECT = {"null": b"null", "an array": b"[]", "an array of objects": b"[{}]", "a text": b'"text"', "a number": b"1",
             "true": b"true", "an array of 200,000": b"[" + b"1," * 199_999 + b"1]"}


@pytest.mark.parametrize("what", [*NO_JSON, *NO_OBJECT])
def test_what_is_no_json_object(operations, sender, what):
    """a body that is not one strict JSON object is refused by every operation"""
    text = (NO_JSON | NO_OBJECT)[what]
    complaints = Complaints()
    for operation in operations:
        if operation.method != "GET":
            with complaints.about(operation.name):
                assert_refused(sender.send(operation, body=text), 400)
    complaints.settle(at_least=12)


def test_depth_64_is_the_limit(operations, sender):
    """64 levels are read (and refused for what they hold), 65 are not"""
    create = next(each for each in operations if each.name == "alerts.create")
    for levels, is_read in ((64, True), (65, False)):
        answer = sender.send(create, body=b'{"roomNumber":' + b"[" * (levels - 1) + b"1" + b"]" * (levels - 1) + b"}")
        assert_refused(answer, 400)
        assert ("fields" in answer.json()["details"]) == is_read, answer.text


def test_a_value_of_any_kind_in_any_field(operations, sender):
    """texts that other programs stumble over are refused or taken as text in every text field, never a 5xx"""
    nasty = ["' OR 1=1 --", "\"; DROP TABLE alerts; --", "${jndi:ldap://x}", "../../etc/passwd", "%00", "{{7*7}}",
             "\\", "\ufeff", "\uffff", "\U0010ffff", "𝄞" * 30, "e\u0301" * 20, "\u2028", "‮", "-1", "1e9", "true"]
    complaints = Complaints()
    for operation in operations:
        for each in operation.fields:
            if each.place != "path" and (each.type != "string" or operation.method != "GET"):
                continue
            for text in nasty:
                with complaints.about(f"{operation.name}.{each.name} = {text!r}"):
                    # An unknown field beside it lets nothing through, whatever becomes of the text.
                    if each.place == "path":
                        answer = sender.send(operation, {each: text})
                        assert_refused(answer, (400, 404))
                    else:
                        answer = sender.send(operation, {each: text}, query="&nonsense=1")
                        assert_refused(answer, 400)
                        assert {"nonsense"} <= named(answer) <= {"nonsense", each.name}
    complaints.settle(at_least=100)


ENDS = {"date-time": ("0001-01-01T00:00:00Z", "0001-01-01T23:59:59+14:00", "9999-12-31T23:59:59Z", "9999-12-31T00:00:00-12:00"),
        "date": ("0001-01-01", "9999-12-31")}


def test_the_ends_of_time(operations, sender, api):
    """12: a time or a day at either end of the calendar is answered or refused, never a 5xx"""
    complaints, somebody = Complaints(), {"doctorId": api.user("doctor"), "patientId": api.patient(), "userId": api.user("nurse")}
    for operation in operations:
        if operation.method != "GET":
            continue
        known = {each: somebody[each.name] for each in operation.fields if each.name in somebody}
        for each in operation.fields:
            for end in ENDS.get(each.schema.get("format"), ()):
                twins = {other: end for other in operation.fields if other.schema.get("format") == each.schema["format"]}
                for changes in ({each: end}, twins):
                    with complaints.about(f"{operation.name}.{each.name} = {end}, {len(changes)} of them"):
                        assert sender.send(operation, known | changes).status_code in (200, 400, 404)
    complaints.settle(at_least=100)


def test_other_content_types(operations, sender):
    """361: a body that does not say application/json is answered 415, one without a token 401"""
    complaints = Complaints()
    for operation in operations:
        if operation.method == "GET":
            continue
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                     "application/xml", "application/json-seq", "application", "", "text/html; application/json"):
            with complaints.about(f"{operation.name} as {kind!r}"):
                answer = sender.send(operation, body=b"{}", headers={"Content-Type": kind})
                assert assert_refused(answer, 415)["code"] == "UNSUPPORTED_MEDIA_TYPE"
        if operation.needs_sign_in:
            with complaints.about(f"{operation.name} without a token"):
                answer = sender.send(operation, body=b"{}", headers={"Content-Type": "text/plain"}, sign_in=False)
                assert assert_refused(answer, 401)["code"] == "UNAUTHORIZED"
    complaints.settle(at_least=100)


def test_json_may_say_more_of_itself(operations, sender):
    """application/json with a charset or in capitals is JSON"""
    create = next(each for each in operations if each.name == "alerts.create")
    for kind in ("application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"):
        assert_names(sender.send(create, body=b'{"roomNumber":1,"alertType":"medical"}',
                                 headers={"Content-Type": kind}), "roomNumber")


def test_wrong_methods(operations, sender, ward):
    """A method that an address does not take is answered 405 with the ones that it takes in Allow"""
    complaints = Complaints()
    templates = {each.template for each in operations}
    for template in sorted(templates):
        here = [each for each in operations if each.template == template]
        taken = {each.method for each in here}
        path = target(here[0], {each.name: sender.known.get(each.name, "alert-created") for each in here[0].fields_in("path")}, {})
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"} - taken:
            with complaints.about(f"{method} {template}"):
                answer = ward.call(method, path, headers=sender.authorization)
                assert assert_refused(answer, 405)["code"] == "METHOD_NOT_ALLOWED"
                allowed = {each.strip() for each in answer.headers["Allow"].split(",")}
                assert allowed == taken | ({"HEAD"} if "GET" in taken else set())
    complaints.settle(at_least=80)


def test_escapes_and_places(operations, sender, ward):
    """broken percent escapes, a place given twice, and queries that make no sense are refused"""
    alerts = next(each for each in operations if each.name == "alerts.list")
    complaints = Complaints()
    for query in ("?limit=%", "?limit=%4", "?limit=%zz", "?alertType=%ff", "?alertType=%c0%af", "?alertType=a%00b",
                  "?%ff=1", "?alertType=%ed%a0%80", "?" + "&".join(f"a{n}=1" for n in range(200))):
        with complaints.about(query[:40]):
            assert_refused(sender.send(alerts, query=query), 400)
    for query, name in (
        ("?offset=0&page=1", "page"), ("?offset=0&cursor=WzAsIiIsW11d", "page"), ("?page=1&cursor=WzAsIiIsW11d", "page"),
        ("?cursor=WzAsIiIsW11d", "cursor"), ("?limit=-1", "limit"), ("?limit=0", "limit"), ("?limit=101", "limit"), ("?offset=-1", "offset"),
        ("?page=0", "page"), ("?page=-3", "page"), ("?limit=5&limit=6", "limit"), ("?cursor=nonsense", "cursor"),
        ("?cursor=bw%3D%3D", "cursor"), ("?cursor=by0x", "cursor"), ("?cursor=bzk5OTk5OTk5OTk5", "cursor"),
        ("?status=active&status=resolved", "status"), ("?limit", "limit"), ("?limit=", "limit"), ("?=1", ""),
    ):
        with complaints.about(query):
            assert_names(sender.send(alerts, query=query), name)
    for template in ("/api/v1/alerts/%", "/api/v1/alerts/%ff", "/api/v1/alerts/%00", "/api/v1/alerts/%2e%2e%2falerts",
                     "/api/v1/alerts/..%2f..%2fhealth", "/api/v1/alerts/a/b/c/d", "/api/v1/alerts//timeline",
                     "/api/v1//alerts", "/api/v1/alerts/", "/api/v1/", "/api/v1", "/api/v1/nothing", "/api/v2/alerts"):
        with complaints.about(template):
            assert_refused(sender.session.get(ward.url + template, headers=sender.authorization), (400, 404))
    complaints.settle(at_least=35)


def test_who_speaks_is_checked_too(sender, operations):
    """a hospital, an Idempotency-Key or a place in the event log that is none is refused"""
    create = next(each for each in operations if each.name == "alerts.create")
    bad = b'{"roomNumber":""}'
    for headers, name in (({"X-Hospital-ID": "nonsense"}, "hospital"), ({"X-Clinic-ID": ""}, "hospital"),
                          ({"Idempotency-Key": "k" * 256}, "Idempotency-Key"), ({"Idempotency-Key": "a b"}, "Idempotency-Key"),
                          ({"Idempotency-Key": ""}, "Idempotency-Key")):
        answer = sender.send(create, headers=headers)
        assert_names(answer, name)
    for headers in ({"Authorization": "Bearer "}, {"Authorization": "Bearer " + "x" * 5000},
                    {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer ws_" + "A" * 43}, {"Authorization": ""}):
        assert assert_refused(sender.send(create, body=bad, headers=headers), 401)["code"] == "UNAUTHORIZED"
    for number in ("-1", "abc", "1.5", "9" * 30):
        answer = sender.session.get(sender.ward.url + "/api/v1/events",
                                    headers={**sender.authorization, "Last-Event-ID": number})
        assert_names(answer, "Last-Event-ID")


def test_a_refusal_is_no_larger_than_its_cause(operations, sender):
    """An input with 80,000 wrong fields is refused with a short answer, also to somebody who is not signed in"""
    text = ("{" + ",".join(f'"k{n}":1' for n in range(80_000)) + "}").encode()
    for operation in operations:
        if operation.name in ("auth.signIn", "alerts.create"):
            answer = sender.send(operation, body=text)
            assert_refused(answer, 400)
            assert len(answer.content) < 64 << 10, f"{operation.name}: {len(answer.content)} bytes"


TRPC = "/api/trpc/alerts.create"


@pytest.mark.parametrize("what", [*NO_JSON, *NO_OBJECT])
def test_trpc_refuses_what_is_no_input(ward, sender, what):
    """tRPC answers BAD_REQUEST in its own shape for the same bodies"""
    text = (NO_JSON | NO_OBJECT)[what]
    headers = {**sender.authorization, "Content-Type": "application/json"}
    answer = sender.session.post(ward.url + TRPC, data=text, headers=headers)
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert (error["code"], error["data"]["code"], error["data"]["httpStatus"]) == (-32600, "BAD_REQUEST", 400)


def test_trpc_checks_every_field(ward, sender, operations):
    """the same bad fields are refused and named in tRPC's shape"""
    complaints = Complaints()
    for operation in operations:
        fields = [each for each in operation.fields if each.place == "body"]
        for each in fields:
            for what, value in bad_values(each)[:6]:
                with complaints.about(f"{operation.name}.{each.name} = {what}"):
                    inputs = sender.good(operation)
                    body = {**inputs["path"], **inputs["body"], each.name: json.loads(value)}
                    answer = sender.session.post(
                        f"{ward.url}/api/trpc/{operation.name}", json=body,
                        headers=sender.authorization if operation.needs_sign_in else {})
                    data = answer.json()["error"]["data"]
                    assert (answer.status_code, data["code"], data["path"]) == (400, "BAD_REQUEST", operation.name)
                    assert {re.split(r"[.[]", every["path"])[0] for every in data["fields"]} == {each.name}
    complaints.settle(at_least=60)


def test_trpc_refuses_bad_calls(ward, sender):
    """unknown names, wrong methods, too large batches and inputs that fit no call are refused in tRPC's shape"""
    names = ",".join(["alerts.list"] * 21)
    cases = [
        ("GET", "/api/trpc/alerts.nothing", 404, "NOT_FOUND"), ("GET", "/api/trpc/", 404, "NOT_FOUND"),
        ("GET", "/api/trpc/alerts.create", 405, "METHOD_NOT_SUPPORTED"),
        ("POST", "/api/trpc/alerts.list", 405, "METHOD_NOT_SUPPORTED"),
        ("DELETE", "/api/trpc/alerts.cancel", 405, "METHOD_NOT_SUPPORTED"),
        ("PUT", "/api/trpc/alerts.cancel", 405, "METHOD_NOT_SUPPORTED"),
        ("GET", "/api/trpc/alerts.list?input=%7B", 400, "BAD_REQUEST"),
        ("GET", "/api/trpc/alerts.list?input=[]", 400, "BAD_REQUEST"),
        ("GET", "/api/trpc/alerts.list?input=%22%22", 400, "BAD_REQUEST"),
        ("GET", f"/api/trpc/{names}?batch=1", 400, "BAD_REQUEST"),
        ("GET", "/api/trpc/alerts.list?input=%7B%22limit%22%3A1000%7D", 400, "BAD_REQUEST"),
    ]
    complaints = Complaints()
    for method, path, status, code in cases:
        with complaints.about(f"{method} {path[:60]}"):
            answer = ward.call(method, path, headers=sender.authorization)
            assert answer.status_code == status, answer.text
            assert answer.json()["error"]["data"]["code"] == code
    answers = ward.call("GET", "/api/trpc/alerts.list,,alerts.nothing?batch=1&input=[1,2]", headers=sender.authorization)
    assert len(answers.json()) == 3, answers.text
    complaints.settle(at_least=10)
