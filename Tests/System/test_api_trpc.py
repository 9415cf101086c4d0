"""The wire protocol of tRPC 11: envelopes, batches, error codes, names of the seeds; the same operations as REST."""

import json
import uuid
from urllib.parse import quote

import pytest
from api_inputs import document_of, operations_of
from api_support import RESOLUTION, Api, room
from ward_process import PASSWORD

# The names that the seeds write for what this version can do.
NAMES = {
    "healthcare.createAlert": "alerts.create", "healthcare.getActiveAlerts": "alerts.list", "alerts.getActive": "alerts.list",
    "healthcare.acknowledgeAlert": "alerts.acknowledge", "healthcare.resolveAlert": "alerts.resolve",
    "healthcare.getAlert": "alerts.get", "healthcare.triggerEscalation": "alerts.escalate",
    "healthcare.getAlertTimeline": "alerts.getTimeline", "auth.getMe": "auth.getSession",
}


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


def data_of(answer):
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert set(body) == {"result"} and set(body["result"]) == {"data"}, body
    return body["result"]["data"]


def error_of(answer) -> dict:
    body = answer.json()
    assert set(body) == {"error"} and set(body["error"]) == {"message", "code", "data"}, body
    return body["error"]


def new(**more) -> dict:
    return {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 2, **more}


def test_queries_and_mutations_by_name(api):
    """1: a GET query and a POST mutation by name answer the result envelope; an unknown name answers NOT_FOUND"""
    made = data_of(api.mutate("operator", "alerts.create", new()))
    assert data_of(api.query("operator", "alerts.get", {"alertId": made["id"]})) == made
    page = data_of(api.query("operator", "alerts.list", {"limit": 1}))
    assert set(page) == {"items", "page"} and len(page["items"]) == 1
    assert data_of(api.query("operator", "auth.getSession"))["role"] == "operator"
    answer = api.query("operator", "alerts.nothing")
    assert answer.status_code == 404
    error = error_of(answer)
    assert (error["code"], error["data"]["code"], error["data"]["path"]) == (-32004, "NOT_FOUND", "alerts.nothing")


def test_batches(api, ward):
    """2: one request with two names and indexed inputs answers an array of two results in order"""
    one, two = (data_of(api.mutate("operator", "alerts.create", new())) for _ in range(2))
    inputs = quote(json.dumps({"0": {"alertId": two["id"]}, "1": {"alertId": one["id"]}}))
    answer = ward.call("GET", f"/api/trpc/alerts.get,alerts.get?batch=1&input={inputs}", api.token("operator"))
    assert answer.status_code == 200
    assert [each["result"]["data"] for each in answer.json()] == [two, one]
    made = ward.call("POST", "/api/trpc/alerts.create,alerts.create?batch=1", api.token("operator"),
                     json={"0": new(roomNumber="first"), "1": new(roomNumber="second")})
    assert [each["result"]["data"]["roomNumber"] for each in made.json()] == ["first", "second"]
    alone = ward.call("GET", f"/api/trpc/alerts.get?batch=1&input={quote(json.dumps({'0': {'alertId': one['id']}}))}",
                      api.token("operator"))
    assert [each["result"]["data"]["id"] for each in alone.json()] == [one["id"]]


def test_one_bad_call_does_not_spoil_a_batch(api, ward):
    """2: a batch of a good, an invalid and an unknown call answers 207 with each outcome in its place"""
    inputs = quote(json.dumps({"0": {"limit": 1}, "1": {"limit": 0}}))
    answer = ward.call("GET", f"/api/trpc/alerts.list,alerts.list,alerts.nothing?batch=1&input={inputs}",
                       api.token("operator"))
    assert answer.status_code == 207
    good, bad, unknown = answer.json()
    assert len(good["result"]["data"]["items"]) == 1
    assert bad["error"]["data"]["code"] == "BAD_REQUEST" and bad["error"]["data"]["fields"][0]["path"] == "limit"
    assert unknown["error"]["data"]["code"] == "NOT_FOUND"
    names = ",".join(["auth.getSession"] * 20)
    assert len(ward.call("GET", f"/api/trpc/{names}?batch=1", api.token("operator")).json()) == 20


def test_error_codes(api):
    """8: UNAUTHORIZED, FORBIDDEN, BAD_REQUEST, NOT_FOUND and CONFLICT answer 401, 403, 400, 404 and 409"""
    alert = data_of(api.mutate("operator", "alerts.create", new()))
    data_of(api.mutate("nurse", "alerts.acknowledge", {"alertId": alert["id"]}))
    cases = [
        (api.query(None, "alerts.list"), 401, "UNAUTHORIZED", -32001),
        (api.mutate("patient", "alerts.create", new()), 403, "FORBIDDEN", -32003),
        (api.mutate("operator", "alerts.create", new(roomNumber="")), 400, "BAD_REQUEST", -32600),
        (api.query("operator", "alerts.get", {"alertId": str(uuid.uuid4())}), 404, "NOT_FOUND", -32004),
        (api.mutate("doctor", "alerts.acknowledge", {"alertId": alert["id"]}), 409, "CONFLICT", -32009),
    ]
    for answer, status, code, number in cases:
        error = error_of(answer)
        assert (answer.status_code, error["data"]["code"], error["data"]["httpStatus"], error["code"]) == (
            status, code, status, number)
        assert error["message"]


def test_too_many_requests(ward_factory):
    """8: TOO_MANY_REQUESTS answers 429 with Retry-After"""
    ward = ward_factory(environment={"WARD_RATE_LIMITS": "on"})
    statuses = []
    for _ in range(6):
        answer = ward.call("POST", "/api/trpc/auth.signIn", json={"email": "a@b.cd", "password": "x"})
        statuses.append(answer.status_code)
    assert statuses == [401] * 5 + [429]
    error = error_of(answer)
    assert (error["data"]["code"], error["code"]) == ("TOO_MANY_REQUESTS", -32029)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_a_refused_permission_names_itself(api):
    """9: a missing permission answers requiredPermission and userPermissions here as well"""
    data = error_of(api.mutate("nurse", "alerts.cancel", {"alertId": str(uuid.uuid4())}))["data"]
    assert data["requiredPermission"] == "cancel_alerts"
    assert "view_alerts" in data["userPermissions"] and "cancel_alerts" not in data["userPermissions"]


def test_the_seeds_names(api, ward):
    """1: the names that the seeds write lead to the same operations"""
    alert = data_of(api.mutate("operator", "healthcare.createAlert", new(urgencyLevel=4)))
    key = {"alertId": alert["id"]}
    assert alert["id"] in {each["id"] for each in data_of(api.query("operator", "healthcare.getActiveAlerts"))["items"]}
    assert data_of(api.mutate("head", "healthcare.triggerEscalation", key))["escalationTier"] == 2
    assert data_of(api.mutate("doctor", "healthcare.acknowledgeAlert", key))["status"] == "acknowledged"
    assert data_of(api.mutate("doctor", "healthcare.resolveAlert", {**key, "resolution": RESOLUTION}))["status"] == "resolved"
    assert data_of(api.query("admin", "healthcare.getAlert", key))["resolution"] == RESOLUTION
    assert len(data_of(api.query("admin", "healthcare.getAlertTimeline", key))["items"]) == 4
    for name in NAMES:
        assert api.query(None, name).status_code in (400, 401, 405), name


def test_the_hospital_may_stand_in_the_input(api, ward):
    """1: the seeds' clients name the hospital in the input: it is the call's, and one of others or of nobody is refused"""
    mine, theirs = api.hospital(), api.hospital("other admin")
    made = data_of(api.mutate("operator", "healthcare.createAlert", new(hospitalId=mine)))
    assert made["hospitalId"] == mine
    page = data_of(api.query("operator", "healthcare.getActiveAlerts", {"hospitalId": mine, "limit": 1}))
    assert [each["hospitalId"] for each in page["items"]] == [mine]
    assert api.mutate("operator", "healthcare.createAlert", new(hospitalId=theirs)).status_code == 403
    assert api.query("operator", "healthcare.getActiveAlerts", {"hospitalId": theirs}).status_code == 403
    for bad in ("nonsense", "", 5):
        assert api.query("operator", "alerts.list", {"hospitalId": bad}).status_code == 400, bad
    both = api.query("operator", "alerts.list", {"hospitalId": theirs}, headers={"X-Hospital-ID": mine})
    assert error_of(both)["data"]["fields"][0]["path"] == "hospitalId"
    assert api.query("operator", "alerts.list", {"hospitalId": mine}, headers={"X-Hospital-ID": mine}).status_code == 200
    assert api.query(None, "alerts.list", {"hospitalId": "nonsense"}).status_code == 401


def test_every_operation_has_a_name(api, ward):
    """1: every operation of the REST document is called by its operationId; mutations only by POST, queries only by GET"""
    for operation in operations_of(document_of(ward)):
        is_query = operation.kind == "query"
        right = api.query(None, operation.name) if is_query else api.mutate(None, operation.name, {})
        wrong = api.mutate(None, operation.name, {}) if is_query else api.query(None, operation.name)
        needs = any(each.required for each in operation.fields)
        # Where no field alone is required, one of several may be.
        wanted = {401} if operation.needs_sign_in else {400} if needs else {200, 400}
        if operation.name == "auth.finishSecondFactor":
            wanted = {401}  # its ticket is a cookie, and without it nothing else is looked at
        assert right.status_code in wanted, operation.name
        assert (wrong.status_code, error_of(wrong)["data"]["code"]) == (405, "METHOD_NOT_SUPPORTED"), operation.name


def test_both_worlds_say_the_same(api):
    """1: a list, an alert, a session and a refused input are the same data over tRPC and REST"""
    api.raise_alert(2)
    listed = api.call("admin", "GET", "/alerts?limit=5").json()
    assert data_of(api.query("admin", "alerts.list", {"limit": 5})) == {"items": listed["data"], "page": listed["page"]}
    mine, theirs = api.do("admin", "GET", "/session"), data_of(api.query("admin", "auth.getSession"))
    assert {**mine, "serverTime": 0} == {**theirs, "serverTime": 0}
    rest = api.call("operator", "POST", "/alerts", {"roomNumber": "", "urgencyLevel": 9}).json()
    trpc = error_of(api.mutate("operator", "alerts.create", {"roomNumber": "", "urgencyLevel": 9}))
    assert trpc["message"] == rest["error"] and trpc["data"]["fields"] == rest["details"]["fields"]
    assert len(rest["details"]["fields"]) == 3


def test_signing_in_and_out(api, ward):
    """44: auth.signIn gives the token and the cookie, auth.signOut ends both"""
    answer = ward.call("POST", "/api/trpc/auth.signIn", json={"email": "nurse@demo.ward", "password": PASSWORD})
    token = data_of(answer)["token"]
    assert f"ward_session={token};" in answer.headers["Set-Cookie"]
    api.tokens["leaving"] = token
    assert data_of(api.query("leaving", "auth.getSession"))["user"]["email"] == "nurse@demo.ward"
    assert data_of(api.mutate("leaving", "auth.signOut"))["done"] is True
    deadline_reached = [api.query("leaving", "auth.getSession").status_code for _ in range(50)]
    assert deadline_reached[-1] == 401


def test_repeated_mutations(api):
    """23: the same Idempotency-Key and body replays the first answer over tRPC too, another body is 422"""
    key, body = {"Idempotency-Key": str(uuid.uuid4())}, new()
    one = data_of(api.mutate("operator", "alerts.create", body, key))
    assert data_of(api.mutate("operator", "alerts.create", body, key)) == one
    again = api.call("operator", "POST", "/alerts", body, key)
    assert again.status_code == 201 and again.json()["data"] == one, "the key counts for the operation, not for the tongue"
    other = api.mutate("operator", "alerts.create", {**body, "roomNumber": "other"}, key)
    assert (other.status_code, error_of(other)["data"]["code"]) == (422, "UNPROCESSABLE_CONTENT")


def test_an_empty_input_is_no_input(api, ward):
    """1: a query without input, with null and with an empty object are the same call"""
    token = api.token("admin")
    answers = [ward.call("GET", f"/api/trpc/hospitals.getDepartments{query}", token).json()
               for query in ("", "?input=null", "?input=%7B%7D")]
    assert answers[0] == answers[1] == answers[2] and len(answers[0]["result"]["data"]["items"]) >= 3
    assert data_of(ward.call("POST", "/api/trpc/alerts.cancel", token,
                             json={"alertId": api.raise_alert(1)["id"], "reason": None}))["status"] == "cancelled"


def test_nobody_learns_whether_input_was_json_before_signing_in(ward):
    """24: authentication comes before reading the input: without a token even an unreadable input is 401"""
    for method, path, data in (("POST", "/api/trpc/alerts.create", b"{"), ("GET", "/api/trpc/alerts.list?input=%7B", None)):
        answer = ward.call(method, path, data=data, headers={"Content-Type": "application/json"})
        assert answer.status_code == 401, f"{method} {path}: {answer.text}"
