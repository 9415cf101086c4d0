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
