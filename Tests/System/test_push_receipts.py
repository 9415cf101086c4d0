"""What a push service says of its tickets a quarter of an hour later."""

import uuid
from types import SimpleNamespace

import pytest
from api_support import Api, own_ward, shift
from channel_peers import Expo, Twilio
from mail_server import mail_server
from peers import serving
from test_channels import Carer
from ward_process import wait_for

QUARTER = 15 * 60 + 300


@pytest.fixture(scope="module")
def house():
    with mail_server() as post, serving(Expo()) as expo, serving(Twilio()) as twilio, own_ward(environment={
            **post.environment, "WARD_PUSH_URL": expo.setting, "WARD_SMS_URL": twilio.setting}) as ward:
        yield SimpleNamespace(ward=ward, api=Api(ward), post=post, expo=expo, twilio=twilio)


@pytest.fixture(autouse=True)
def fresh(house):
    house.api.cancel_all()
    house.expo.later.clear()
    house.expo.temper = None
    yield


def device(house, carer) -> str:
    token = f"ExponentPushToken[{uuid.uuid4().hex}]"
    house.api.do(carer.email, "POST", "/push-tokens", {"token": token, "platform": "ios"})
    return token


def devices(house, carer) -> int:
    return len(house.api.do(carer.email, "GET", "/push-tokens"))


def tickets(house) -> dict:
    rows = house.ward.sql("SELECT outcome, count(*) AS n FROM push_tickets GROUP BY 1", "admin")
    return {row.outcome: row.n for row in rows}


def later(house, seconds: float) -> None:
    """Some time passes; people sign in again."""
    shift(house.ward, seconds)
    house.api.forget()
    house.api.cancel_all()


def asked_about(house, count: int) -> None:
    wait_for(lambda: sum(len(ids) for ids in house.expo.asked) >= count, 15, lambda: f"{count} tickets are asked about")


def told(house, carer, **more) -> dict:
    """An alert whose push is on its way. The least urgent climbs after an hour, later than receipts come."""
    alert = carer.alert(urgencyLevel=1, **more)
    carer.wait(alert, "push", "sent")
    return alert


def pass_quarter(house, carer) -> None:
    shift(house.ward, QUARTER)
    house.api.forget()
    house.api.token(carer.email)


def test_a_device_whose_app_is_gone_is_forgotten_by_its_receipt(house):
    """156: a push that was taken is asked about a quarter of an hour later, not before; when the app is gone its token
    is forgotten, on record, the message has failed and the next channel has it"""
    house.expo.asked.clear()
    carer = Carer(house, channels=("push", "sms"))
    token = device(house, carer)
    house.expo.later[token] = "DeviceNotRegistered"
    alert = told(house, carer)
    due = house.ward.sql("SELECT min(due_at) - ward.now() AS rest FROM jobs WHERE kind = 'push.receipts'", "admin")
    assert 14 * 60 < due[0].rest.total_seconds() <= 20 * 60
    assert house.expo.asked == [] and devices(house, carer) == 1 and carer.log(alert, "sms") is None
    pass_quarter(house, carer)
    assert carer.wait(alert, "push", "failed")["reason"] == "device_unregistered"
    carer.wait(alert, "sms", "sent")
    assert devices(house, carer) == 0
    rows = house.ward.sql("SELECT actor_kind FROM audit_log WHERE action = 'push_token_removed' AND outcome = 'success'"
                          " AND actor_kind = 'system'", "admin")
    assert len(rows) == 1
    assert house.expo.unexpected == []


def test_one_device_that_has_it_is_enough(house):
    """156: of two devices one has the message: it stays sent; a receipt of a device that failed for another reason forgets
    no token"""
    carer = Carer(house, channels=("push", "sms"))
    good, gone, big = device(house, carer), device(house, carer), device(house, carer)
    house.expo.later |= {gone: "DeviceNotRegistered", big: "MessageTooBig"}
    alert = told(house, carer)
    pass_quarter(house, carer)
    wait_for(lambda: devices(house, carer) == 2, 15, "one device is forgotten")
    wait_for(lambda: tickets(house).get("waiting", 0) == 0, 15, "all tickets are answered")
    assert carer.log(alert, "push")["status"] == "sent" and carer.log(alert, "sms") is None
    assert good not in house.expo.later


def test_what_is_not_known_yet_is_asked_again(house):
    """156: a ticket without a receipt, or a service that fails or answers rubbish, is asked again; after a day nobody is"""
    house.expo.asked.clear()
    carer = Carer(house, channels=("push", "sms"))
    token = device(house, carer)
    house.expo.later[token] = None
    alert = told(house, carer)
    pass_quarter(house, carer)
    wait_for(lambda: len(house.expo.asked) == 1, 15, "the first question")
    wait_for(lambda: house.ward.sql("SELECT 1 FROM jobs WHERE kind = 'push.receipts' AND state = 'delayed'"
                                    " AND attempts = 0", "admin"), 15, "no attempt is used up")
    assert tickets(house).get("waiting") == 1
    house.expo.temper = "rubbish"
    pass_quarter(house, carer)
    wait_for(lambda: house.ward.sql("SELECT 1 FROM jobs WHERE kind = 'push.receipts'"
                                    " AND last_error = 'provider_answer_unreadable'", "admin"), 15, "rubbish is no answer")
    house.expo.temper = None
    house.expo.later[token] = "MessageRateExceeded"
    pass_quarter(house, carer)
    assert carer.wait(alert, "push", "failed")["reason"] == "provider_busy"
    carer.wait(alert, "sms", "sent")
    assert devices(house, carer) == 1
    house.expo.later[token] = None
    house.api.cancel_all()
    told(house, carer)
    later(house, 25 * 3600)
    wait_for(lambda: tickets(house) == {}, 15, "a day later nothing is kept")
    wait_for(lambda: not house.ward.sql("SELECT 1 FROM jobs WHERE kind = 'push.receipts'", "admin"), 15, "nor asked")


def test_one_job_for_a_window(house):
    """221: messages of one window ask for one job, by its unique key; after it has run the next message asks for a new one"""
    keys = lambda: [row.unique_key for row in house.ward.sql(  # noqa: E731
        "SELECT unique_key FROM jobs WHERE kind = 'push.receipts' ORDER BY due_at", "admin")]
    house.ward.sql("DELETE FROM jobs WHERE kind = 'push.receipts'", "admin")
    carer = Carer(house, channels=("push",))
    device(house, carer)
    for _ in range(4):
        told(house, carer)
    windows = {row.due_at for row in house.ward.sql("SELECT due_at FROM push_tickets WHERE outcome = 'waiting'", "admin")}
    first = keys()
    assert len(first) == len(set(first)) == len(windows) <= 2, "the clock may have passed into the next window"
    pass_quarter(house, carer)
    wait_for(lambda: keys() == [], 15, "the job is done")
    told(house, carer)
    assert len(keys()) == 1 and not set(keys()) & set(first)


def test_many_tickets_go_in_thousands(house):
    """156: 2,300 tickets are asked about in three requests of at most a thousand, by one job of the hospital"""
    house.expo.asked.clear()
    carer = Carer(house, channels=("push",))
    device(house, carer)
    told(house, carer)
    told(house, carer)
    rows = house.ward.sql("SELECT count(*) AS n FROM jobs WHERE kind = 'push.receipts'", "admin")
    assert rows[0].n <= 2, "one job for a hospital and five minutes"
    real = house.ward.sql("SELECT * FROM push_tickets LIMIT 1", "admin")[0]
    house.ward.sql("INSERT INTO push_tickets (hospital_id, ticket, delivery_id, token_id, taken_at, due_at)"
                   " SELECT %s, 'many-' || n, %s, %s, %s, %s FROM generate_series(1, 2298) n RETURNING 1", "admin",
                   parameters=[real.hospital_id, real.delivery_id, real.token_id, real.taken_at, real.due_at])
    pass_quarter(house, carer)
    asked_about(house, 2300)
    assert [len(ids) for ids in house.expo.asked[:2]] == [1000, 1000] and 300 <= len(house.expo.asked[2]) < 400
    assert house.expo.unexpected == []
