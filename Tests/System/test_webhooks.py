"""Events for other programs: in their order, signed, however slow or dead an endpoint is, and never into the house."""

import hashlib
import hmac
import threading
import time

import pytest
from api_support import NOBODY, Api, own_ward, shift
from own_house import api, ward  # noqa: F401 (fixtures by name)
from peers import Sink, serving
from ward_process import lived, wait_for

WARD = {"environment": {"WARD_WEBHOOK_PRIVATE": "allow"}}


@pytest.fixture
def sink():
    with serving(Sink()) as peer:
        yield peer


@pytest.fixture
def clean(api):
    """No endpoint is left to the next test, and the clock is the world's again."""
    yield
    for who in ("admin", "other admin"):
        for each in api.do(who, "GET", "/webhooks"):
            api.do(who, "DELETE", f"/webhooks/{each['id']}")
    api.ward.reset_clock()


def hook(api, sink, who="admin", **more) -> dict:
    return api.do(who, "POST", "/webhooks", {"url": f"{sink.url}/hook", "events": ["alert:new"], **more})


def state(api, made, who="admin") -> dict:
    return next(each for each in api.do(who, "GET", "/webhooks") if each["id"] == made["id"])


def deliveries(api, made, who="admin") -> list[dict]:
    return api.do(who, "GET", f"/webhooks/{made['id']}/deliveries?limit=100")


def raise_many(api, count, who="operator") -> list[str]:
    return [api.raise_alert(2, who)["id"] for _ in range(count)]


def verify(call, secret) -> None:
    parts = dict(part.split("=", 1) for part in call.headers["ward-signature"].split(","))
    signed = parts["t"].encode() + b"." + call.body
    assert hmac.compare_digest(parts["v1"], hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest())
    assert abs(int(parts["t"]) - time.time()) < 300


def test_an_endpoint_hears_events_signed_and_without_a_patient(api, sink, clean):
    """152: an endpoint hears what it asked for, signed over time and body; ids and closed words, no title, no patient"""
    made = hook(api, sink)
    patient = api.patient()
    alert = api.raise_alert(2, title="Herr Meyer has fallen", description="bleeding", patientId=patient)
    api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    call = sink.wait_for(1)[0]
    verify(call, made["secret"])
    event = call.json
    assert event["event"] == "alert:new" and event["data"]["id"] == alert["id"]
    assert event["data"]["roomNumber"] == alert["roomNumber"] and event["data"]["urgencyLevel"] == 2
    assert b"Meyer" not in call.body and b"bleeding" not in call.body and patient.encode() not in call.body
    assert call.headers["ward-event-id"] == event["id"] and call.headers["ward-event"] == "alert:new"
    # The acknowledgement is no event that was asked for; the cursor is past it all the same.
    wait_for(lambda: state(api, made)["behind"] == 0, 10, "the cursor is at the end")
    assert len(sink.calls) == 1
    assert [(each["status"], each["attempts"]) for each in deliveries(api, made)] == [("delivered", 1)]


def test_a_burst_keeps_its_order(api, sink, clean):
    """152: a burst of 150, more than one look at the log holds, arrives whole and in the order of the log"""
    hook(api, sink)
    raised = raise_many(api, 150)
    sink.wait_for(150, 60)
    assert [event["data"]["id"] for event in sink.events()] == raised
    numbers = [event["number"] for event in sink.events()]
    assert numbers == sorted(set(numbers))


def test_a_failing_sink_opens_its_breaker_and_hears_all_later(api, sink, clean):
    """152: a sink that fails opens its breaker and is left alone; when it is well it is handed everything in order"""
    made = hook(api, sink)
    sink.temper = "fail"
    raised = raise_many(api, 3)
    for _ in range(6):
        count = len(sink.calls)
        if state(api, made)["breaker"] == "open":
            break
        shift(api.ward, api.ward.clock_shift + 20)
        wait_for(lambda: len(sink.calls) > count or state(api, made)["breaker"] == "open", 10, "it is tried again")
    assert wait_for(lambda: state(api, made)["breaker"] == "open", 10, "the breaker opens")
    assert state(api, made)["failures"] == 5 and state(api, made)["behind"] >= 3
    waiting = deliveries(api, made)
    assert [(each["status"], each["reason"], each["responseStatus"]) for each in waiting] == \
        [("waiting", "answered 503", 503)]
    tried = len(sink.calls)
    raised += raise_many(api, 2)
    assert len(sink.calls) == tried, "an open breaker lets nothing through"
    sink.temper = None
    shift(api.ward, api.ward.clock_shift + 40)
    wait_for(lambda: len(sink.calls) >= tried + 5, 15, "the half-open breaker lets one through, then all")
    assert [event["data"]["id"] for event in sink.events()[tried:]] == raised
    wait_for(lambda: state(api, made)["breaker"] == "closed", 10, "the breaker is closed")
    assert {each["status"] for each in deliveries(api, made)} == {"delivered"}


def test_a_hanging_sink_holds_up_nobody_else(api, sink, clean):
    """152: while a sink of one hospital hangs, another hospital's and its own other endpoints hear at once"""
    with serving(Sink()) as dead, serving(Sink()) as other:
        dead.temper = "hang"
        for _ in range(4):
            hook(api, dead)
        api.raise_alert(2)
        dead.wait_for(4)
        theirs = hook(api, other, "other admin")
        began = lived()
        alert = api.do("other nurse", "POST", "/alerts", {"roomNumber": "9", "alertType": "medical", "urgencyLevel": 2})
        call = other.wait_for(1, 5)[0]
        assert call.json["data"]["id"] == alert["id"] and lived() - began < 5
        assert state(api, theirs, "other admin")["failures"] == 0


@pytest.mark.parametrize("temper", [(301, {}, {"Location": "/elsewhere"}), "rubbish-500", "die"])
def test_what_is_no_yes_is_tried_again(api, sink, clean, temper):
    """152: a redirect is not followed, a rubbish answer is no yes, and a connection that dies is tried again under one id"""
    sink.temper = (500, b"\xff\x00<") if temper == "rubbish-500" else temper
    made = hook(api, sink)
    api.raise_alert(2)
    sink.wait_for(1)
    wait_for(lambda: state(api, made)["failures"] >= 1, 12, "the failure is noted")
    sink.temper = None
    shift(api.ward, api.ward.clock_shift + 60)
    wait_for(lambda: [each["status"] for each in deliveries(api, made)] == ["delivered"], 15, "it arrives")
    assert len({call.headers["ward-event-id"] for call in sink.calls}) == 1


def test_what_is_refused_ten_times_is_passed_over_and_can_be_sent_again(api, sink, clean):
    """152: an event that an endpoint refuses is passed over after ten tries, so later ones come; by hand it is sent again"""
    made = hook(api, sink)
    first = api.raise_alert(2)["id"]
    sink.temper = lambda call: (400, {}) if call.json["data"]["id"] == first else (200, {})
    second = api.raise_alert(2)["id"]
    for _ in range(14):
        if second in [event["data"]["id"] for event in sink.events()]:
            break
        count = len(sink.calls)
        shift(api.ward, api.ward.clock_shift + 310)
        deliveries(api, made)  # or his session is over for idleness
        wait_for(lambda: len(sink.calls) > count, 10, "it is tried again")
    wait_for(lambda: [each["status"] for each in deliveries(api, made)] == ["delivered", "failed"], 15, "passed over")
    sink.temper = None
    failed = deliveries(api, made)[1]
    assert failed["attempts"] == 10 and failed["responseStatus"] == 400
    assert api.do("admin", "POST", f"/webhook-deliveries/{failed['id']}/redelivery")["status"] == "waiting"
    wait_for(lambda: deliveries(api, made)[1]["status"] == "delivered", 15, "it was sent again")
    assert api.call("admin", "POST", f"/webhook-deliveries/{NOBODY}/redelivery").status_code == 404


def test_what_is_gone_is_switched_off(api, sink, clean):
    """152: an endpoint that says 410 is switched off; switched on again it hears what it missed"""
    made = hook(api, sink)
    sink.temper = (410, {})
    alert = api.raise_alert(2)["id"]
    wait_for(lambda: not state(api, made)["isActive"], 10, "it is switched off")
    sink.temper = None
    edit = {"version": state(api, made)["version"], "isActive": True}
    api.do("admin", "PATCH", f"/webhooks/{made['id']}", edit)
    assert sink.wait_for(2)[1].json["data"]["id"] == alert
    assert api.call("admin", "PATCH", f"/webhooks/{made['id']}", edit).status_code == 409


def test_a_new_secret_signs_from_then_on(api, sink, clean):
    """152: the secret is shown once and never in a list; a new one takes its place"""
    made = hook(api, sink)
    assert "secret" not in state(api, made)
    fresh = api.do("admin", "POST", f"/webhooks/{made['id']}/secret")["secret"]
    assert fresh != made["secret"]
    api.raise_alert(2)
    verify(sink.wait_for(1)[0], fresh)


def test_the_other_hospital_knows_nothing_of_it(api, sink, clean):
    """152: another hospital sees no endpoint and no delivery, changes none, and its events do not come"""
    made = hook(api, sink)
    api.do("other nurse", "POST", "/alerts", {"roomNumber": "9", "alertType": "medical", "urgencyLevel": 2})
    own = api.raise_alert(2)["id"]
    assert [call.json["data"]["id"] for call in sink.wait_for(1)] == [own]
    assert api.do("other admin", "GET", "/webhooks") == []
    path = f"/webhooks/{made['id']}"
    assert api.call("other admin", "GET", f"{path}/deliveries").status_code == 404
    assert api.call("other admin", "PATCH", path, {"version": 1}).status_code == 404
    assert api.call("other admin", "DELETE", path).status_code == 404
    assert api.call("nurse", "GET", "/webhooks").status_code == 403


def test_never_into_the_house():
    """152: without leave no event goes to a private, loopback or link-local address, whatever it is called or hidden in"""
    addresses = ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433",
                 "0x7f.1", "[64:ff9b::7f00:1]", "0.0.0.0"]
    with own_ward() as ward, serving(Sink()) as sink:
        api = Api(ward)
        made = [api.do("admin", "POST", "/webhooks", {"url": f"https://{each}:{sink.port}/hook"}) for each in addresses]
        assert api.call("admin", "POST", "/webhooks", {"url": f"http://ward.example:{sink.port}"}).status_code == 400
        api.raise_alert(2)
        for address, each in zip(addresses, made):
            wait_for(lambda: deliveries(api, each), 20, f"{address} was tried")
            assert deliveries(api, each)[0]["reason"] == "private_address", address
        assert sink.calls == []


def test_bad_addresses_are_refused(api):
    """152: what is no address of an endpoint is refused by name, and nothing is kept"""
    before = len(api.do("admin", "GET", "/webhooks"))
    for url in ["ftp://a.example/", "https://", "https://user:word@a.example/", "https://a.example/#x", "nothing at all",
                "https://a.exam ple/", "https://a.example:0/", "https://a.example:99999/", "https://a%00b.example/",
                "https://" + "a" * 500]:
        answer = api.call("admin", "POST", "/webhooks", {"url": url})
        assert answer.status_code == 400, url
        assert answer.json()["details"]["fields"][0]["path"] == "url"
    assert len(api.do("admin", "GET", "/webhooks")) == before


def test_an_address_that_was_left_hears_no_more(api, sink, clean):
    """152: an endpoint that gets another address or secret in the middle of a burst sends no more to the one it had"""
    with serving(Sink()) as other:
        api.cancel_all()
        sink.temper = "fail"
        made = hook(api, sink)
        raised = raise_many(api, 12)
        sink.wait_for(1)
        # Every answer takes its time, so that the burst is on its way for a while.
        gate = threading.Semaphore(0)
        sink.temper = lambda call: (gate.acquire(timeout=20), (200, {}))[1]
        wait_for(lambda: state(api, made)["failures"] >= 1, 12, "the failure is noted")
        count = len(sink.calls)
        shift(api.ward, api.ward.clock_shift + 60)
        wait_for(lambda: len(sink.calls) > count, 15, "it is tried again")
        version = state(api, made)["version"]
        api.do("admin", "PATCH", f"/webhooks/{made['id']}", {"version": version, "url": f"{other.url}/hook"})
        gate.release(20)
        wait_for(lambda: {event["data"]["id"] for event in other.events()} >= set(raised[1:]), 20, "the other hears all")
        assert len(sink.calls) == count + 1
