"""Two Wards on one database are one to a client: sessions, limits of rights, streams."""

import uuid

import pytest
from api_support import RESOLUTION, Api, room
from trpc_stream import Subscription
from ward_process import PASSWORD, wait_for


@pytest.fixture
def nodes(ward_factory):
    first = ward_factory()
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    return first, second


def test_one_session_is_served_alternately(nodes):
    """28: two instances on one database serve one session turn by turn, through an alert's whole life and its end"""
    first, second = nodes
    token = first.sign_in("admin@demo.ward")
    call = lambda node, method, path, body=None: node.call(method, f"/api/v1{path}", token, json=body)
    alert = call(second, "POST", "/alerts", {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 5}).json()["data"]
    path = f"/alerts/{alert['id']}"
    assert call(first, "GET", path).json()["data"] == alert
    assert call(first, "POST", f"{path}/acknowledgement", {}).json()["data"]["version"] == 2
    assert call(second, "GET", path).json()["data"]["status"] == "acknowledged"
    assert call(second, "POST", f"{path}/resolution", {"resolution": RESOLUTION}).status_code == 200
    for n in range(10):
        node = nodes[n % 2]
        assert [each["kind"] for each in call(node, "GET", f"{path}/timeline").json()["data"]] == [
            "created", "acknowledged", "resolved"]
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 2}
    answers = [node.call("POST", "/api/v1/alerts", token, json=body, headers=key).json() for node in (first, second, first)]
    assert answers[0] == answers[1] == answers[2], "a request that is sent again to the other instance is the same request"
    assert call(second, "DELETE", "/session").status_code == 200
    wait_for(lambda: call(first, "GET", "/session").status_code == 401, 1, "the session is over on the other instance, too")


def test_rights_change_on_both_at_once(nodes):
    """95: a role that one instance changes is in force on the other within a second"""
    first, second = nodes
    api = Api(first)
    email = f"{uuid.uuid4().hex}@demo.ward"
    user = api.do("admin", "POST", "/users", {"name": "New", "email": email, "role": "nurse", "password": PASSWORD})
    token = second.sign_in(email)
    rights = lambda: second.call("GET", "/api/v1/session", token).json()["data"]["permissions"]
    assert "resolve_alerts" not in rights()
    api.do("admin", "PUT", f"/users/{user['id']}/role", {"role": "doctor"})
    wait_for(lambda: "resolve_alerts" in rights(), 1, "the other instance knows the new role")
    api.do("admin", "DELETE", f"/users/{user['id']}")
    wait_for(lambda: second.call("GET", "/api/v1/session", token).status_code == 401, 1, "the session is over there")


def test_a_subscription_moves_to_the_other_instance(nodes):
    """153: a subscription whose instance is killed goes on at the other one with its last event id and misses nothing"""
    first, second = nodes
    api = Api(first)
    stream = Subscription(second, api.token("admin"))
    stream.connected()
    alerts = [api.raise_alert(2)]
    last = stream.alert(alerts[0]["id"])[1]
    second.kill9()
    assert stream.is_over.wait(5)
    alerts += [api.raise_alert(2) for _ in range(3)]
    again = Subscription(first, api.token("admin"), headers={"Last-Event-ID": last})
    try:
        again.alert(alerts[-1]["id"])
        told = [item[2]["data"]["id"] for item in again.seen if item[0] == "data" and item[2]["type"] == "alert:new"]
        assert told == [alert["id"] for alert in alerts[1:]]
    finally:
        again.close()
        second.start()


def wait_until_both_listen(node) -> None:
    """A listener is known by its query until its first sign of life, so each one that was seen counts."""
    seen = set()

    def both() -> bool:
        seen.update(node.sql("SELECT pid FROM pg_stat_activity WHERE usename = 'ward_serving' AND query LIKE 'LISTEN%'",
                             "admin"))
        return len(seen) == 2

    wait_for(both, 20, "both listen")


@pytest.fixture
def deaf(nodes):
    """Both instances with LISTEN broken and not coming back, while the connections of their pools still serve."""
    first, second = nodes
    hang_up = ("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'ward_serving'"
               " AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')")
    first.sql(hang_up, "admin")
    wait_until_both_listen(first)
    heard = [node.sign_in("admin@demo.ward") for node in nodes]
    for token in heard:
        assert all(node.call("GET", "/api/v1/session", token).status_code == 200 for node in nodes)
    first.sql("ALTER ROLE ward_serving CONNECTION LIMIT 0", "admin")
    assert first.sql(hang_up, "admin")[0][0] >= 2
    try:
        yield heard
    finally:
        first.sql("ALTER ROLE ward_serving CONNECTION LIMIT -1", "admin")


def test_without_listen_nothing_is_cached(nodes, deaf):
    """234: with LISTEN broken on every instance a session's end is in force on each of them at its next call"""
    first, second = nodes
    status = lambda node, token: node.call("GET", "/api/v1/session", token).status_code
    # What was cached before it broke is forgotten with it.
    first.sql("UPDATE sessions SET revoked_at = ward.now()")
    for token in deaf:
        for node in nodes:
            wait_for(lambda: status(node, token) == 401, 1, "a session that was cached before")
    for n in range(6):
        here, there = nodes[n % 2], nodes[1 - n % 2]
        token = here.sign_in("nurse@demo.ward")
        assert [status(node, token) for node in (there, here, there, here)] == [200] * 4
        assert here.call("DELETE", "/api/v1/session", token).status_code == 200
        assert (status(there, token), status(here, token)) == (401, 401), f"round {n}"
    token = first.sign_in("nurse@demo.ward")
    assert [status(node, token) for node in nodes] == [200, 200]
    # Both hear again: kept again, and still over within a second.
    first.sql("ALTER ROLE ward_serving CONNECTION LIMIT -1", "admin")
    wait_until_both_listen(first)
    assert [status(node, token) for node in nodes] == [200, 200]
    assert first.call("DELETE", "/api/v1/session", token).status_code == 200
    wait_for(lambda: status(second, token) == 401, 1, "the session is over on the other instance")


def test_without_listen_no_answer_is_kept(nodes, deaf):
    """234, 235: with LISTEN broken a change is in every node's next answer: what was kept before is not given any more"""
    first, second = nodes
    hospital = lambda node: node.call("GET", "/api/v1/hospital", deaf[0]).json()["data"]
    for zone in ("Europe/Paris", "Europe/Rome", "Europe/Madrid"):
        assert first.call("PATCH", "/api/v1/hospital", deaf[0], json={"timeZone": zone}).status_code == 200
        assert [hospital(node)["timeZone"] for node in (second, first, second)] == [zone] * 3
