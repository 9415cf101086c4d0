"""tRPC subscriptions over server-sent events: start, data, stop, resumption by the last event id, rights."""

import uuid

import pytest
from api_support import Api, streaming
from trpc_stream import Subscription
from ward_process import PASSWORD, wait_for


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


@pytest.fixture
def subscribe(ward, api):
    opened: list[Subscription] = []

    def open_one(who, **options) -> Subscription:
        opened.append(Subscription(ward, api.token(who), **options))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def test_a_subscription_starts_and_brings_data(api, subscribe):
    """153: a subscription starts with `connected`, brings each alert event as tracked data, and stops when it is closed"""
    stream = subscribe("admin")
    assert stream.head.status == 200 and stream.head.header("content-type") == "text/event-stream"
    options = stream.connected()
    assert options["reconnectAfterInactivityMs"] > 15_000
    alert = api.raise_alert(3)
    _, first, value = stream.alert(alert["id"])
    assert value == {"type": "alert:new", "data": alert}
    acknowledged = api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    _, second, value = stream.alert(alert["id"], "alert:updated")
    assert value["data"] == acknowledged and int(second) > int(first)
    stream.close()


def open_streams(ward) -> int:
    line, = [each for each in ward.call("GET", "/metrics").text.splitlines() if each.startswith("ward_event_streams ")]
    return int(float(line.split()[1]))


def test_a_subscription_that_is_closed_is_gone(api, ward, subscribe):
    """153: when the client stops the subscription its place is free again"""
    wait_for(lambda: open_streams(ward) == 0, 5, "no stream is open")
    streams = [subscribe("admin") for _ in range(3)]
    for each in streams:
        each.connected()
    assert open_streams(ward) == 3
    for each in streams:
        each.close()
    api.raise_alert(1)
    wait_for(lambda: open_streams(ward) == 0, 20, "the places are free")


@pytest.mark.parametrize("way", ["header", "input", "both"])
def test_a_subscription_goes_on_where_it_broke_off(api, subscribe, way):
    """153: with the last event id, in the header or in the input, it is told exactly what it missed, in order"""
    first = subscribe("admin")
    first.connected()
    alerts = [api.raise_alert(2)]
    last = first.alert(alerts[0]["id"])[1]
    first.close()
    alerts += [api.raise_alert(2) for _ in range(5)]
    old = str(max(0, int(last) - 1))
    again = subscribe("admin", data={"lastEventId": last if way == "input" else old} if way != "header" else None,
                      headers={"Last-Event-ID": last} if way != "input" else None)
    again.connected()
    alerts.append(api.raise_alert(2))
    again.alert(alerts[-1]["id"])
    told = [item for item in again.seen if item[0] == "data" and item[2]["type"] == "alert:new"]
    assert [item[2]["data"]["id"] for item in told] == [alert["id"] for alert in alerts[1:]]
    numbers = [int(item[1]) for item in told]
    assert numbers == sorted(set(numbers)) and numbers[0] > int(last)


def test_nothing_is_missed_before_the_first_message(api, subscribe):
    """153: the start itself tells a number: a client that breaks off before any data misses nothing either"""
    first = subscribe("admin")
    first.connected()
    start = first.last_id
    first.close()
    alert = api.raise_alert(2)
    again = subscribe("admin", headers={"Last-Event-ID": start})
    again.alert(alert["id"])


def test_the_names_of_the_seeds_and_the_hospital(api, subscribe):
    """153: `healthcare.subscribeToAlerts {hospitalId}` is the same subscription; a hospital of others is refused"""
    stream = subscribe("admin", name="healthcare.subscribeToAlerts", data={"hospitalId": api.hospital()})
    stream.connected()
    alert = api.raise_alert(2)
    stream.alert(alert["id"])
    theirs = api.hospital("other admin")
    for options, status in (
        ({"data": {"hospitalId": theirs}}, 403), ({"data": {"hospitalId": "nonsense"}}, 400),
        ({"data": {"lastEventId": "x"}}, 400), ({"data": {"lastEventId": 5}}, 400), ({"data": {"unknown": 1}}, 400),
        ({"headers": {"Last-Event-ID": "-1"}}, 400), ({"data": [1]}, 400),
        ({"data": {"hospitalId": theirs}, "headers": {"X-Hospital-ID": api.hospital()}}, 400),
        ({"headers": {"X-Hospital-ID": theirs}}, 403),
    ):
        assert subscribe("admin", **options).head.status == status, options


def test_who_may_not_hear_is_refused(api, ward, subscribe):
    """153: without a session 401, without the permission 403 with its name, by POST 405, in a batch 400, all in tRPC's shape"""
    assert subscribe(None).head.status == 401
    answers = [(api.query(None, "alerts.onEvent"), 401, "UNAUTHORIZED"), (api.query("patient", "alerts.onEvent"), 403, "FORBIDDEN"),
               (api.mutate("admin", "alerts.onEvent"), 405, "METHOD_NOT_SUPPORTED"),
               (ward.call("GET", "/api/trpc/alerts.onEvent?batch=1", api.token("admin")), 400, "BAD_REQUEST")]
    for answer, status, code in answers:
        assert (answer.status_code, answer.json()["error"]["data"]["code"]) == (status, code), answer.text
        assert answer.json()["error"]["data"]["path"] == "alerts.onEvent"
    assert answers[1][0].json()["error"]["data"]["requiredPermission"] == "view_alerts"


def test_each_hears_what_is_for_him(api, subscribe):
    """153: a nurse hears her department's alerts, the other hospital hears none; events that are no alerts are left out"""
    nurse, other, admin = subscribe("nurse"), subscribe("other admin"), subscribe("admin")
    for each in (nurse, other, admin):
        each.connected()
    api.do("nurse", "PUT", "/duty", {"isOnDuty": True})
    card = api.raise_alert(2, departmentId=api.department("CARD"))
    er = api.raise_alert(2, departmentId=api.department("ER"))
    theirs = api.raise_alert(2, "other admin")
    nurse.alert(er["id"])
    admin.alert(er["id"])
    other.alert(theirs["id"])
    heard = lambda stream: {item[2]["data"].get("id") for item in stream.seen if item[0] == "data"}
    assert card["id"] not in heard(nurse) and card["id"] in heard(admin)
    assert heard(other) == {theirs["id"]}
    assert {item[2]["type"].split(":")[0] for stream in (nurse, admin, other) for item in stream.seen
            if item[0] == "data"} == {"alert"}


def test_the_end_of_the_session_ends_it(api, ward, subscribe):
    """153: a subscription ends within a second of its session, and says so with tRPC's UNAUTHORIZED"""
    api.tokens["leaver"] = ward.sign_in("head@demo.ward")
    stream = subscribe("leaver")
    stream.connected()
    ward.call("DELETE", "/api/v1/session", api.tokens.pop("leaver"))
    kind, _, error = stream.wait(lambda item: item[0] == "serialized-error", 1.5)
    assert (error["code"], error["data"]["code"], error["data"]["httpStatus"]) == (-32001, "UNAUTHORIZED", 401)
    assert stream.is_over.wait(2)


def test_other_rights_begin_it_anew(api, ward, subscribe):
    """153: when the rights of a caller change the stream ends without a word, so that the client comes back with them"""
    email = f"{uuid.uuid4().hex}@demo.ward"
    user = api.do("admin", "POST", "/users", {"name": "Changer", "email": email, "role": "doctor", "password": PASSWORD})
    api.tokens["changer"] = ward.sign_in(email)
    stream = subscribe("changer")
    stream.connected()
    api.do("admin", "PUT", f"/users/{user['id']}", {"departmentId": api.department("ER")})
    api.do("admin", "PUT", f"/users/{user['id']}/role", {"role": "nurse"})
    assert stream.is_over.wait(2)
    again = subscribe("changer", headers={"Last-Event-ID": stream.last_id})
    again.connected()
    card, er = (api.raise_alert(2, departmentId=api.department(code)) for code in ("CARD", "ER"))
    again.alert(er["id"])
    assert card["id"] not in {item[2]["data"].get("id") for item in again.seen if item[0] == "data"}
    api.do("admin", "DELETE", f"/users/{user['id']}")
    assert again.wait(lambda item: item[0] == "serialized-error", 1.5)


def test_a_number_too_old_is_told(api, ward, subscribe):
    """153: a last event id that is too old to replay is answered with `reset` and the number from which it goes on"""
    stream = subscribe("admin", data={"lastEventId": "9" * 15})
    stream.connected()
    _, number, value = stream.wait(lambda item: item[0] == "data")
    assert value["type"] == "reset" and value["data"]["number"] == int(number)
    with streaming(ward, api.token("admin")) as other:
        alert = api.raise_alert(2)
        other.wait_alert(alert["id"])
    assert int(stream.alert(alert["id"])[1]) > int(number)
