"""A screen on a wall: its credential shows one department's board and nothing else, lasts, and can be taken away."""

import json
import uuid

import pytest
import socketio
from api_inputs import document_of, operations_of, target
from api_raw import assert_refused
from api_support import Complaints, shift, streaming
from ordered_client import OrderedClient
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for

DAYS = 86_400


@pytest.fixture
def screen(api):
    made = api.do("admin", "POST", "/screens", {"name": "Emergency, east", "departmentId": api.department("ER")})
    yield made
    api.call("admin", "POST", f"/screens/{made['id']}/revocation")


@pytest.fixture
def alerts(api):
    """One alert of the screen's department, one of another, one of none."""
    yield {code: api.raise_alert(3, departmentId=api.department(code) if code else None) for code in ("ER", "CARD", None)}
    api.cancel_all()


class Wall:
    """What the screen itself can reach."""

    def __init__(self, ward, screen):
        self.ward, self.token = ward, screen["token"]

    def call(self, method, path, body=None):
        return self.ward.call(method, f"/api/v1{path}", self.token, json=body)

    def listen(self) -> tuple[OrderedClient, list]:
        client, heard = OrderedClient(reconnection=False), []
        client.on("*", lambda event, *data: heard.append((event, *data)))
        client.connect(self.ward.url, auth={"token": self.token}, transports=["websocket"], wait_timeout=5)
        return client, heard


@pytest.fixture
def wall(ward, screen):
    return Wall(ward, screen)


def test_the_token_is_shown_once(ward, api, screen):
    """A screen's token is in the answer that makes it and nowhere else, neither in lists nor in the database"""
    assert screen["token"].startswith("wd_") and len(screen["token"]) == 46
    listed = api.call("admin", "GET", "/screens")
    assert screen["id"] in {each["id"] for each in listed.json()["data"]}
    assert screen["token"][3:] not in listed.text
    kept = ward.sql("SELECT count(*) FROM screens s WHERE s::text LIKE %s", parameters=[f"%{screen['token'][3:]}%"])
    assert kept[0][0] == 0
    assert len(api.audit("action = 'screen_created' AND outcome = 'success' AND resource_id = %s", screen["id"])) == 1


def test_a_name_of_a_request_never_repeats_a_token(api):
    """An answer that holds a secret is not stored: the same Idempotency-Key makes another screen"""
    body, key = {"name": "Wall", "departmentId": api.department("ER")}, {"Idempotency-Key": "screen-1"}
    one, two = (api.do("admin", "POST", "/screens", body, key) for _ in range(2))
    assert one["token"] != two["token"]
    for each in (one, two):
        assert api.do("admin", "POST", f"/screens/{each['id']}/revocation")["id"] == each["id"]


def test_who_makes_screens(api, screen):
    """Head doctors and administrators make, list and revoke screens; the others are refused"""
    body = {"name": "Wall", "departmentId": api.department("ER")}
    for who in ("operator", "nurse", "doctor", "patient"):
        for method, path in (("POST", "/screens"), ("GET", "/screens"), ("POST", f"/screens/{screen['id']}/revocation")):
            answer = api.call(who, method, path, body if path == "/screens" and method == "POST" else None)
            assert assert_refused(answer, 403)["details"]["requiredPermission"] == "manage_screens", f"{who} {path}"
    made = api.do("head", "POST", "/screens", body)
    assert api.do("head", "POST", f"/screens/{made['id']}/revocation")["revokedAt"]


def test_it_sees_its_departments_board_only(wall, alerts, api):
    """The list of a screen holds its department's alerts and those of none, whatever is asked for"""
    mine = {alerts["ER"]["id"], alerts[None]["id"]}
    for query in ("", "?status=all&limit=100", "?limit=100&offset=0", "?urgencyLevel=3"):
        answer = wall.call("GET", f"/alerts{query}")
        assert answer.status_code == 200
        found = {each["id"] for each in answer.json()["data"]}
        assert mine <= found and alerts["CARD"]["id"] not in found
    foreign = wall.call("GET", f"/alerts?departmentId={api.department('CARD')}")
    assert foreign.json()["data"] == []
    assert wall.call("GET", f"/alerts/{alerts['CARD']['id']}").status_code == 404
    assert wall.call("GET", f"/alerts/{alerts['ER']['id']}").status_code == 200


def test_it_knows_what_it_is(wall, screen, api):
    """A screen's session names its hospital, its department and what it may do, and no person"""
    me = wall.call("GET", "/session").json()["data"]
    assert (me["kind"], me.get("user"), me["screen"]["id"]) == ("screen", None, screen["id"])
    assert me["departmentId"] == api.department("ER") and me["hospital"]["id"] == api.hospital()
    assert set(me["permissions"]) == {"view_alerts", "view_departments"}


def test_it_cannot_write(wall, ward, alerts, screen, api):
    """Every operation that writes, and every list of people, refuses a screen; nothing changes"""
    known = {"alertId": alerts["ER"]["id"], "screenId": screen["id"], "userId": api.user("doctor"),
             "ladderId": str(uuid.uuid4()), "templateId": str(uuid.uuid4()), "code": "medical"}
    bodies = {
        "alerts.create": {"roomNumber": "1", "alertType": "medical", "urgencyLevel": 5},
        "alerts.update": {"version": 1, "title": "x"}, "alerts.resolve": {"resolution": "long enough for one"},
        "alerts.comment": {"text": "x"}, "screens.create": {"name": "x", "departmentId": api.department("ER")},
        "healthcare.toggleOnDuty": {"isOnDuty": True},
    }
    allowed = {"auth.getSession", "hospitals.getDepartments", "departments.get", "alerts.list", "alerts.get",
               "alerts.getTypes", "alerts.getLadders", "alerts.getTemplates", "locations.getAll", "locations.getById",
               "rooms.getAll", "rooms.getById"}
    before = api.do("admin", "GET", f"/alerts/{alerts['ER']['id']}")
    complaints = Complaints()
    for operation in operations_of(document_of(ward)):
        if operation.name in allowed or not operation.needs_sign_in:
            continue
        with complaints.about(operation.name):
            path = target(operation, {each.name: known.get(each.name, str(uuid.uuid4())) for each in operation.fields_in("path")}, {})
            body = None if operation.method == "GET" else bodies.get(operation.name, {})
            answer = ward.call(operation.method, path, wall.token, json=body)
            assert assert_refused(answer, 403)["code"] == "FORBIDDEN"
            kind = {"query": "query", "mutation": "mutate"}[operation.kind]
            data = {**(body or {}), **known} if operation.fields_in("path") else body
            data = {name: value for name, value in (data or {}).items()
                    if name in {each.name for each in operation.fields}}
            api.tokens["wall"] = wall.token
            assert getattr(api, kind)("wall", operation.name, data).status_code == 403
    api.tokens.pop("wall", None)
    complaints.settle(at_least=14)
    assert api.do("admin", "GET", f"/alerts/{alerts['ER']['id']}") == before
    assert wall.call("GET", "/session").status_code == 200, "a screen could sign itself out"


def test_it_sees_no_timeline(wall, alerts):
    """The history of an alert, with its names and notes, is not for a wall"""
    assert assert_refused(wall.call("GET", f"/alerts/{alerts['ER']['id']}/timeline"), 403)


def test_its_stream_is_its_departments(wall, ward, api, screen):
    """The stream of a screen brings the alerts of its department and of none, and nothing for persons"""
    with streaming(ward, wall.token) as stream:
        foreign = api.raise_alert(5, departmentId=api.department("CARD"))
        api.do("nurse", "PUT", "/duty", {"isOnDuty": True})
        undirected = api.raise_alert(4)
        mine = api.raise_alert(3, departmentId=api.department("ER"))
        stream.wait_alert(mine["id"])
        heard = [each for each in stream.seen if each["event"] != "hello"]
        assert [(each["event"], each["json"]["id"]) for each in heard] == [
            ("alert:new", undirected["id"]), ("alert:new", mine["id"])]
        assert foreign["id"] not in json.dumps(heard)
    with streaming(ward, wall.token, last=0) as stream:
        stream.wait_alert(mine["id"])
        assert not [each for each in stream.seen if foreign["id"] in each["data"]]
        assert {each["event"] for each in stream.seen} <= {"hello", "alert:new", "alert:updated", "alert:escalated"}
    api.cancel_all()


def test_its_socket_is_its_departments(wall, api):
    """The socket of a screen hears the same, and cannot subscribe to more"""
    client, heard = wall.listen()
    try:
        client.call("subscribe:alerts", {"hospitalId": api.hospital()}, timeout=5)
        assert client.call("subscribe:alerts", {"hospitalId": api.hospital("other admin")}, timeout=5) != {"ok": True}
        foreign = api.raise_alert(5, departmentId=api.department("CARD"))
        undirected = api.raise_alert(4)
        mine = api.raise_alert(3, departmentId=api.department("ER"))
        wait_for(lambda: [data for _, *rest in heard for data in rest if data.get("id") == mine["id"]], 5, "its alert")
        assert [(event, data["id"]) for event, data in heard] == [
            ("alert:new", undirected["id"]), ("alert:new", mine["id"])]
        assert foreign["id"] not in json.dumps(heard)
    finally:
        client.disconnect()
        api.cancel_all()


def test_a_revocation_reaches_open_lines(ward, api):
    """234: a revoked screen is refused, its stream ended and its socket closed within a second"""
    made = api.do("admin", "POST", "/screens", {"name": "Short", "departmentId": api.department("ER")})
    wall = Wall(ward, made)
    for _ in range(3):
        assert wall.call("GET", "/alerts").status_code == 200
    client, heard = wall.listen()
    try:
        with streaming(ward, wall.token) as stream:
            api.do("admin", "POST", f"/screens/{made['id']}/revocation")
            stream.wait(lambda each: each["event"] == "signed-out", 1)
            wait_for(lambda: not client.connected, 1, "the socket is closed")
            wait_for(lambda: wall.call("GET", "/alerts").status_code == 401, 1, "calls are refused")
            alert = api.raise_alert(5, departmentId=api.department("ER"))
            assert stream.is_over.wait(2)
            assert not [each for each in stream.seen if alert["id"] in each["data"]]
            assert alert["id"] not in json.dumps(heard)
    finally:
        client.disconnect()
        api.cancel_all()
    with pytest.raises(socketio.exceptions.ConnectionError):
        wall.listen()
    with streaming_refused(ward, wall.token) as status:
        assert status == 401
    again = api.do("admin", "POST", f"/screens/{made['id']}/revocation")
    assert again["revokedAt"], "revoking twice is no error"
    assert len(api.audit("action = 'screen_revoked' AND outcome = 'success' AND resource_id = %s", made["id"])) == 2


class streaming_refused:
    """The status of a stream that is not opened."""

    def __init__(self, ward, token):
        self.answer = ward.call("GET", "/api/v1/events", token, stream=True)

    def __enter__(self):
        return self.answer.status_code

    def __exit__(self, *_):
        self.answer.close()


def test_it_does_not_idle_out(ward, api, wall):
    """40 days later a screen still shows its board, while a person's unused session of 8 days is refused"""
    person = ward.sign_in("nurse@demo.ward")
    assert ward.call("GET", "/api/v1/session", person).status_code == 200
    assert wall.call("GET", "/alerts").status_code == 200
    shift(ward, 8 * DAYS)
    assert ward.call("GET", "/api/v1/session", person).status_code == 401
    shift(ward, 32 * DAYS)
    api.forget()
    assert wall.call("GET", "/alerts").status_code == 200
    alert = api.raise_alert(5, "admin", departmentId=api.department("ER"))
    with streaming(ward, wall.token, last=0) as stream:
        stream.wait(lambda each: each["event"] == "reset" or alert["id"] in each["data"])
    assert alert["id"] in wall.call("GET", "/alerts").text
    api.cancel_all()


def test_a_used_session_lives_on(ward):
    """39: a session that is used every few days is extended, one that is not runs out after seven"""
    used, idle = ward.sign_in("doctor@demo.ward"), ward.sign_in("doctor@demo.ward")
    for day in (3, 6, 9, 12):
        shift(ward, 3 * DAYS)
        assert ward.call("GET", "/api/v1/session", used).status_code == 200, f"day {day}"
        if day == 9:
            assert ward.call("GET", "/api/v1/session", idle).status_code == 401
    row = ward.sql("SELECT expires_at - ward.now() AS span FROM sessions WHERE token_hash = sha256(%s::bytea)",
                   parameters=[used.encode()])[0]
    assert 6.9 * DAYS < row.span.total_seconds() <= 7 * DAYS
