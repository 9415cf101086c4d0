"""Messages by services of others: push, SMS, WhatsApp; what they tell back, and answers by reply and by link."""

import re
import uuid
from types import SimpleNamespace

import pytest
import requests
from api_support import Api, own_ward, room, shift
from channel_peers import (
    TOKEN, Expo, Gateway, Twilio, WhatsApp, gateway_call, query_of, twilio_call, whatsapp_call,
)
from mail_server import mail_server
from peers import serving
from ward_process import PASSWORD, wait_for

PUBLIC = "http://ward.example"


@pytest.fixture(scope="module")
def house():
    """A Ward with a service for every channel."""
    with mail_server() as post, serving(Twilio()) as twilio, serving(WhatsApp()) as whatsapp, serving(Expo()) as expo, \
            own_ward(environment={
                **post.environment, "WARD_SMS_URL": twilio.setting, "WARD_WHATSAPP_URL": whatsapp.setting,
                "WARD_PUSH_URL": expo.setting, "WARD_WEBHOOK_PRIVATE": "allow"}) as ward:
        yield SimpleNamespace(ward=ward, api=Api(ward), post=post, twilio=twilio, whatsapp=whatsapp, expo=expo)


class Carer:
    """Somebody new on duty, in a department of his own, who is paged alone; with a telephone, proved or not."""

    count = 0

    def __init__(self, house, channels=("sms",), phone="+4915112", proved=False, who="admin"):
        Carer.count += 1
        self.house, self.api = house, house.api
        self.phone = phone if phone.endswith("0000") else f"{phone}{Carer.count:05}"
        code = uuid.uuid4().hex[:8].upper()
        self.department = self.api.do(who, "POST", "/departments", {"name": code, "code": code})["id"]
        self.email = f"{uuid.uuid4().hex}@demo.ward"
        self.id = self.api.do(who, "POST", "/users", {
            "name": "Carer", "email": self.email, "role": "nurse", "password": PASSWORD,
            "departmentId": self.department})["id"]
        self.api.token(self.email)
        house.ward.sql("UPDATE memberships SET phone = %s WHERE user_id = %s RETURNING 1", "admin",
                       parameters=[self.phone, self.id])
        self.api.do(self.email, "PUT", "/duty", {"isOnDuty": True})
        house.ward.sql("INSERT INTO notification_preferences (hospital_id, user_id, channels, email)"
                       " VALUES (%s, %s, %s, false) RETURNING 1", "admin",
                       parameters=[self.api.hospital(who), self.id, list(channels)])
        if proved:
            prove(house, self.email, self.phone)

    def alert(self, **more) -> dict:
        return self.api.do("operator", "POST", "/alerts", {
            "roomNumber": room(), "alertType": "medical", "urgencyLevel": 4, "departmentId": self.department, **more})

    def log(self, alert, channel: str) -> dict | None:
        rows = self.api.do("admin", "GET", f"/alerts/{alert['id']}/deliveries?limit=100")
        return next((each for each in rows if each["userId"] == self.id and each["channel"] == channel), None)

    def wait(self, alert, channel: str, status: str, seconds: float = 15) -> dict:
        def reached():
            row = self.log(alert, channel)
            return row if row and row["status"] == status else None
        return wait_for(reached, seconds, lambda: f"{channel} is {status}: {self.log(alert, channel)}")


def prove(house, email: str, phone: str) -> None:
    """Proves a number by the code that comes to it."""
    house.api.do(email, "POST", "/own-phone", {"number": phone, "password": PASSWORD})
    code = re.search(r"\d{6}", house.twilio.to(phone)[-1]["text"])[0]
    house.api.do(email, "POST", "/own-phone/verification", {"code": code})


def status(house, alert) -> str:
    return house.api.do("admin", "GET", f"/alerts/{alert['id']}")["status"]


def code_in(text: str) -> str:
    return re.search(r"ACK (\d{4})", text)[1]


def link_in(text: str) -> str:
    return re.search(rf"{PUBLIC}(/answers/\S+)", text)[1]


# Sending

def test_an_sms_goes_out_by_twilio(house):
    """159: an SMS about an alert goes to the service under its delivery's id; the log has it, the receipt moves it on"""
    carer = Carer(house)
    alert = carer.alert(title="Herr Meyer", description="secret")
    row = carer.wait(alert, "sms", "sent")
    sent = house.twilio.to(carer.phone)
    assert len(sent) == 1 and alert["roomNumber"] in sent[0]["text"]
    assert "Meyer" not in sent[0]["text"] and "secret" not in sent[0]["text"]
    assert row["attempts"] == 1 and row["secondsAfterAlert"] >= 0
    answer = twilio_call(house.ward, sent[0]["callback"], {"MessageSid": sent[0]["id"], "MessageStatus": "delivered"})
    assert answer.status_code == 200 and "<Response>" in answer.text
    assert carer.log(alert, "sms")["status"] == "delivered"


def test_messages_share_a_connection(house):
    """159: what follows a message goes to the platform's service over the connection that is there"""
    before = len(house.twilio.calls)
    for _ in range(3):
        carer = Carer(house)
        carer.wait(carer.alert(), "sms", "sent")
    lines = [call.line for call in house.twilio.calls[before:]]
    assert len(lines) == 3 and len(set(lines)) == 1


def test_whatsapp_takes_template_and_number(house):
    """160: a WhatsApp message goes out as a template to the number; delivered and read come back"""
    carer = Carer(house, channels=("whatsapp",))
    alert = carer.alert()
    carer.wait(alert, "whatsapp", "sent")
    [sent] = house.whatsapp.to(carer.phone)
    assert sent["template"] == "ward_alert" and alert["roomNumber"] in sent["title"] + sent["text"]
    for word in ("delivered", "read"):
        told = {"statuses": [{"id": sent["id"], "status": word, "biz_opaque_callback_data": sent["reference"]}]}
        assert whatsapp_call(house.ward, told).status_code == 200
        assert carer.log(alert, "whatsapp")["status"] == word


def test_push_reaches_every_device_and_forgets_a_dead_one(house):
    """156: a push goes to all devices of the person; one whose app is gone is forgotten, a foreign one is not seen"""
    carer = Carer(house, channels=("push",))
    tokens = [f"ExponentPushToken[{uuid.uuid4().hex}]" for _ in range(2)]
    ids = [house.api.do(carer.email, "POST", "/push-tokens", {"token": each, "platform": "ios"})["id"] for each in tokens]
    again = house.api.do(carer.email, "POST", "/push-tokens", {"token": tokens[0]})
    assert again["id"] == ids[0], "twice the same device is one"
    alert = carer.alert()
    carer.wait(alert, "push", "sent")
    assert {each["to"] for each in house.expo.sent.values()} >= set(tokens)
    house.expo.gone.add(tokens[0])
    carer.wait(carer.alert(), "push", "sent")
    listed = house.api.do(carer.email, "GET", "/push-tokens")
    assert [each["id"] for each in listed] == [ids[1]] and "token" not in listed[0]
    house.expo.gone.add(tokens[1])
    last = carer.alert()
    assert carer.wait(last, "push", "failed")["reason"] == "device_unregistered"
    assert house.api.do(carer.email, "GET", "/push-tokens") == []
    assert not house.ward.sql("SELECT 1 FROM push_tokens WHERE position(%s::bytea IN token) > 0", "admin",
                              parameters=[tokens[1].encode()])


def test_a_device_belongs_to_whoever_signed_in_last(house):
    """156: a token that somebody else registers is his from then on; unregistering takes it away, others' cannot be"""
    one, other = Carer(house, channels=("push",)), Carer(house, channels=("push",))
    token = f"ExponentPushToken[{uuid.uuid4().hex}]"
    first = house.api.do(one.email, "POST", "/push-tokens", {"token": token})["id"]
    second = house.api.do(other.email, "POST", "/push-tokens", {"token": token})["id"]
    assert house.api.do(one.email, "GET", "/push-tokens") == []
    assert house.api.call(one.email, "DELETE", f"/push-tokens/{second}").status_code == 404
    assert house.api.call(one.email, "DELETE", f"/push-tokens/{first}").status_code == 404
    house.api.do(other.email, "DELETE", f"/push-tokens/{second}")
    assert house.api.do(other.email, "GET", "/push-tokens") == []
    assert house.api.call(one.email, "POST", "/push-tokens", {"token": "ExponentPushToken[a b]"}).status_code == 400


@pytest.mark.parametrize("temper, reason", [
    ("fail", "provider_failed"), ("rubbish", "provider_answer_unreadable"), ("die", "provider_unreachable"),
    ((429, {"code": 20429}), "provider_busy"), ((200, []), "provider_answer_unreadable"),
    ((201, {"sid": 7}), "provider_answer_unreadable"), ("hang", "provider_timeout")])
def test_what_may_pass_is_tried_again_under_one_key(house, temper, reason):
    """159: a service that fails, dies, is busy or answers rubbish is asked again under the same key; one SMS arrives"""
    carer = Carer(house)
    before = len(house.twilio.calls)
    house.twilio.released.clear()
    house.twilio.temper = temper
    try:
        alert = carer.alert()
        wait_for(lambda: (row := carer.log(alert, "sms")) and row["reason"] == reason, 25,
                 lambda: f"{reason}: {carer.log(alert, 'sms')}")
    finally:
        house.twilio.temper = None
        house.twilio.released.set()
    carer.wait(alert, "sms", "sent", 20)
    mine = [call for call in house.twilio.calls[before:] if call.form.get("To") == carer.phone]
    assert len(mine) >= 2 and len({call.headers["idempotency-key"] for call in mine}) == 1
    assert len(house.twilio.to(carer.phone)) == 1


def test_an_unknown_number_gives_way_to_the_next_channel(house):
    """159: a number that nobody has is final; the next channel of the person is used, and the log says so"""
    carer = Carer(house, channels=("sms", "whatsapp"), phone="+491510000000")
    house.ward.sql("UPDATE memberships SET phone = '+491510000000' WHERE user_id = %s RETURNING 1", "admin",
                   parameters=[carer.id])
    alert = carer.alert()
    assert carer.wait(alert, "sms", "failed")["reason"] == "number_unknown"
    assert carer.wait(alert, "whatsapp", "failed")["reason"] == "number_unknown"


def test_a_service_that_refuses_its_credentials_is_not_asked_again(house):
    """160: refused credentials are final: the message goes the next way at once"""
    carer = Carer(house, channels=("whatsapp", "sms"))
    house.whatsapp.temper = (401, {"error": {"code": 190}})
    try:
        alert = carer.alert()
        row = carer.wait(alert, "whatsapp", "failed")
    finally:
        house.whatsapp.temper = None
    assert row["reason"] == "provider_refused_credentials" and row["attempts"] == 1
    carer.wait(alert, "sms", "sent")


# Answers

def test_a_reply_takes_the_alert(house):
    """159: a reply with the message's code acknowledges that alert as that person, audited; the same reply does it once"""
    carer = Carer(house, proved=True)
    alert, other = carer.alert(), carer.alert(alertType="fall")
    carer.wait(alert, "sms", "sent")
    carer.wait(other, "sms", "sent")
    text = next(each["text"] for each in house.twilio.to(carer.phone) if alert["roomNumber"] in each["text"])
    form = {"MessageSid": "SM1", "From": carer.phone, "To": "+4930555000", "Body": f" ack {code_in(text)}! "}
    answer = twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", form)
    assert answer.status_code == 200 and "Thank you" in answer.text
    taken = house.api.do("admin", "GET", f"/alerts/{alert['id']}")
    assert (taken["status"], taken["acknowledgedBy"]) == ("acknowledged", carer.id)
    assert status(house, other) == "active"
    rows = house.ward.sql("SELECT actor_id, user_agent FROM audit_log WHERE action = 'alert_acknowledged'"
                          " AND resource_id = %s", "admin", parameters=[alert["id"]])
    assert [(str(row.actor_id), row.user_agent) for row in rows] == [(carer.id, "reply")]
    assert twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", form).status_code == 200
    assert house.api.do("admin", "GET", f"/alerts/{alert['id']}")["version"] == taken["version"]
    # One alert is left: a bare yes means that.
    twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", {**form, "MessageSid": "SM2", "Body": "1"})
    assert status(house, other) == "acknowledged"


def test_a_yes_to_two_alerts_is_no_answer(house):
    """160: a yes without a code answers nothing while two alerts are open; with the code by WhatsApp it answers one"""
    carer = Carer(house, channels=("whatsapp",), proved=True)
    one, two = carer.alert(), carer.alert(alertType="fall")
    carer.wait(one, "whatsapp", "sent")
    carer.wait(two, "whatsapp", "sent")
    text = next(each["text"] for each in house.whatsapp.to(carer.phone) if one["roomNumber"] in each["text"] + each["title"])
    for body in ("OK", "yes please", "ACK 99999", "no", ""):
        assert whatsapp_call(house.ward, {"messages": [
            {"from": carer.phone[1:], "id": "w", "type": "text", "text": {"body": body}}]}).status_code == 200
    assert (status(house, one), status(house, two)) == ("active", "active")
    assert whatsapp_call(house.ward, {"messages": [
        {"from": carer.phone[1:], "id": "w", "type": "text", "text": {"body": code_in(text)}}]}).status_code == 200
    assert (status(house, one), status(house, two)) == ("acknowledged", "active")


def test_replies_from_others_change_nothing(house):
    """159: a reply from an unknown number, with a foreign code, or to a message to an unproved number answers nothing"""
    carer, unproved = Carer(house, proved=True), Carer(house)
    alert, theirs = carer.alert(), unproved.alert()
    carer.wait(alert, "sms", "sent")
    unproved.wait(theirs, "sms", "sent")
    code = code_in(house.twilio.to(carer.phone)[-1]["text"])
    assert "ACK" not in house.twilio.to(unproved.phone)[-1]["text"], "an unproved number is offered no answer"
    for number, body in (("+4915199999999", f"ACK {code}"), (unproved.phone, f"ACK {code}"), (unproved.phone, "1"),
                         ("nobody", "1"), ("", ""), (carer.phone, "ACK 12 34 56")):
        answer = twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", {
            "MessageSid": "SM3", "From": number, "Body": body})
        assert answer.status_code == 200 and "<Message>" not in answer.text
    assert (status(house, alert), status(house, theirs)) == ("active", "active")


def test_a_link_answers_by_a_press_alone(house):
    """159: the link of a message shows a page and does nothing; its button takes the alert as the person; no scanner
    does"""
    carer = Carer(house, proved=True)
    alert = carer.alert()
    carer.wait(alert, "sms", "sent")
    url = house.ward.url + link_in(house.twilio.to(carer.phone)[-1]["text"])
    for _ in range(3):
        page = requests.get(url, timeout=10)
        assert page.status_code == 200 and page.text.count("<button") == 1 and "text/html" in page.headers["Content-Type"]
        requests.head(url, timeout=10)
    assert status(house, alert) == "active"
    assert requests.post(url, headers={"Sec-Fetch-Site": "cross-site"}, timeout=10).status_code == 403
    assert status(house, alert) == "active"
    pressed = requests.post(url, timeout=10)
    assert pressed.status_code == 200 and "Thank you" in pressed.text
    taken = house.api.do("admin", "GET", f"/alerts/{alert['id']}")
    assert (taken["status"], taken["acknowledgedBy"]) == ("acknowledged", carer.id)
    assert requests.post(url, timeout=10).status_code == 409, "it is taken already"


def with_mail(house, carer) -> str:
    """Mail besides the other channels, to an address that is proved; the address."""
    house.ward.sql("UPDATE notification_preferences SET email = true WHERE user_id = %s RETURNING 1", "admin",
                   parameters=[carer.id])
    house.ward.sql("UPDATE users SET email_verified_at = ward.now() WHERE id = %s RETURNING 1", "admin",
                   parameters=[carer.id])
    return carer.email


def test_a_mail_carries_the_link_too(house):
    """159, 161: a letter about an alert carries the link in its text and in its HTML; a scanner that opens it answers
    nothing, the button does, once; a letter to an address that nobody proved carries none"""
    words = {"subject": "{{type}} {{room}}", "body": "Room {{room}}.", "html": "<html><body><p>{{room}}</p></body></html>"}
    house.api.do("admin", "PUT", "/notification-templates/alert-created/en", words)
    try:
        carer, unproved = Carer(house), Carer(house)
        with_mail(house, carer)
        with_mail(house, unproved)
        house.ward.sql("UPDATE users SET email_verified_at = NULL WHERE id = %s RETURNING 1", "admin",
                       parameters=[unproved.id])
        alert, theirs = carer.alert(), unproved.alert()
        letter, bare = house.post.box.wait_for(carer.email), house.post.box.wait_for(unproved.email)
    finally:
        house.api.do("admin", "DELETE", "/notification-templates/alert-created/en")
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    path = link_in(text)
    assert f'<a href="{PUBLIC}{path}">' in html and html.index("<a href") < html.index("</body>")
    assert alert["roomNumber"] in text
    for kind in ("plain", "html"):
        assert "/answers/" not in bare.get_body((kind,)).get_content()
    url = house.ward.url + path
    for _ in range(3):
        assert requests.get(url, timeout=10).status_code == 200
        requests.head(url, timeout=10)
    assert status(house, alert) == "active"
    assert requests.post(url, timeout=10).status_code == 200
    taken = house.api.do("admin", "GET", f"/alerts/{alert['id']}")
    assert (taken["status"], taken["acknowledgedBy"]) == ("acknowledged", carer.id)
    assert requests.post(url, timeout=10).status_code == 409 and status(house, theirs) == "active"


def test_ones_own_number_comes_first(house):
    """159: an SMS about an alert goes to the number that its person has proved himself, before the one that an
    administrator wrote down; to that one again when he takes his own back"""
    carer = Carer(house, proved=False)
    own = carer.phone[:-1] + ("1" if carer.phone[-1] != "1" else "2") + "77"
    house.api.do(carer.email, "POST", "/own-phone", {"number": own, "password": PASSWORD})
    first = carer.alert()
    carer.wait(first, "sms", "sent")
    assert len(house.twilio.to(carer.phone)) == 1, "a number that is not proved yet is good for nothing"
    prove(house, carer.email, own)
    codes = len(house.twilio.to(own))
    second = carer.alert()
    carer.wait(second, "sms", "sent")
    assert len(house.twilio.to(carer.phone)) == 1 and len(house.twilio.to(own)) == codes + 1
    assert second["roomNumber"] in house.twilio.to(own)[-1]["text"]
    house.api.do(carer.email, "DELETE", "/own-phone")
    third = carer.alert()
    carer.wait(third, "sms", "sent")
    assert len(house.twilio.to(carer.phone)) == 2 and len(house.twilio.to(own)) == codes + 1


def test_a_bent_or_old_link_does_nothing(house):
    """159: a link that was changed, cut short or is over answers 403, and the alert stays open"""
    carer = Carer(house, proved=True)
    alert = carer.alert()
    carer.wait(alert, "sms", "sent")
    path = link_in(house.twilio.to(carer.phone)[-1]["text"])
    for wrong in (path[:-1], path + "A", path[:20] + ("A" if path[20] != "A" else "B") + path[21:], "/answers/",
                  "/answers/" + "A" * 92, "/answers/x/y"):
        assert requests.post(house.ward.url + wrong, timeout=10).status_code in (403, 404), wrong
    shift(house.ward, 13 * 3600)
    try:
        assert requests.get(house.ward.url + path, timeout=10).status_code == 403
        assert requests.post(house.ward.url + path, timeout=10).status_code == 403
    finally:
        house.ward.reset_clock()
    rows = house.ward.sql("SELECT 1 FROM alert_acknowledgments WHERE alert_id = %s", "admin", parameters=[alert["id"]])
    assert rows == []


# Callbacks

def test_callbacks_want_their_signature(house):
    """159: a callback without a signature is 401, with a wrong one 403, of another address 403; nothing changes"""
    carer = Carer(house)
    alert = carer.alert()
    carer.wait(alert, "sms", "sent")
    [sent] = house.twilio.to(carer.phone)
    form = {"MessageSid": sent["id"], "MessageStatus": "delivered"}
    assert twilio_call(house.ward, sent["callback"], form, signature="").status_code == 401
    assert twilio_call(house.ward, sent["callback"], form, token="another").status_code == 403
    assert twilio_call(house.ward, sent["callback"], form, signature="not base64").status_code == 403
    moved = sent["callback"].replace(query_of(sent["callback"])["delivery"], str(uuid.uuid4()))
    assert requests.post(house.ward.url + moved.removeprefix(PUBLIC), data=form, timeout=10, headers={
        "X-Twilio-Signature": "AAAA"}).status_code == 403
    told = {"statuses": [{"id": "x", "status": "delivered", "biz_opaque_callback_data": "x"}]}
    assert whatsapp_call(house.ward, told, signature="").status_code == 401
    assert whatsapp_call(house.ward, told, secret="another").status_code == 403
    assert gateway_call(house.ward, {"type": "reply", "from": "+49", "text": "1"}).status_code == 403, "no such service"
    nobody = str(uuid.uuid4())
    assert whatsapp_call(house.ward, told, scope=nobody).status_code == 403
    assert whatsapp_call(house.ward, told, scope="elsewhere").status_code == 404
    assert requests.post(f"{house.ward.url}/callbacks/", timeout=10).status_code == 404
    assert requests.put(f"{house.ward.url}/callbacks/twilio/platform", timeout=10).status_code == 405
    assert carer.log(alert, "sms")["status"] == "sent"


def test_malformed_callbacks_are_400(house):
    """159: well-signed rubbish is refused as unreadable, words that nobody knows are left out, and nothing changes"""
    for form in ({"a": "b"}, {"MessageStatus": "sublimated"}, {"From": "+4915112345678"}):
        assert twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", form).status_code == 400, form
    for value in ([], "x", {"statuses": "x"}, {"statuses": [7, None, {"status": "melted"}], "messages": [{}]}):
        assert whatsapp_call(house.ward, value).status_code in (200, 400)
    twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform?hospital=x&delivery=y", {"MessageStatus": "delivered"})
    big = {"MessageStatus": "delivered", "Body": "x" * 70_000}
    assert twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", big).status_code == 413


def test_a_late_failure_takes_the_next_way(house):
    """159: a service that takes an SMS and says later that it failed lets the next channel try"""
    carer = Carer(house, channels=("sms", "whatsapp"))
    alert = carer.alert()
    carer.wait(alert, "sms", "sent")
    [sent] = house.twilio.to(carer.phone)
    twilio_call(house.ward, sent["callback"], {"MessageSid": sent["id"], "MessageStatus": "undelivered", "ErrorCode": "30003"})
    assert carer.log(alert, "sms")["reason"] == "number_unknown"
    carer.wait(alert, "whatsapp", "sent")
    late = twilio_call(house.ward, sent["callback"], {"MessageSid": sent["id"], "MessageStatus": "delivered"})
    assert late.status_code == 200 and carer.log(alert, "sms")["status"] == "failed", "words out of order change nothing"


def test_three_ways_one_after_the_other(house):
    """155, 159, 160: a push that cannot be had starts the SMS, its failed receipt starts WhatsApp, in the order that the
    person prefers; whoever answers on the way ends it"""
    carer = Carer(house, channels=("push", "sms", "whatsapp"))
    token = f"ExponentPushToken[{uuid.uuid4().hex}]"
    house.api.do(carer.email, "POST", "/push-tokens", {"token": token, "platform": "android"})
    house.expo.gone.add(token)
    alert = carer.alert()
    assert carer.wait(alert, "push", "failed")["reason"] == "device_unregistered"
    carer.wait(alert, "sms", "sent")
    assert carer.log(alert, "whatsapp") is None and not house.whatsapp.to(carer.phone)
    [sms] = house.twilio.to(carer.phone)
    for _ in range(2):
        twilio_call(house.ward, sms["callback"], {"MessageSid": sms["id"], "MessageStatus": "failed", "ErrorCode": "30005"})
    carer.wait(alert, "whatsapp", "sent")
    [message] = house.whatsapp.to(carer.phone)
    rows = house.api.do("admin", "GET", f"/alerts/{alert['id']}/deliveries?limit=100")
    rings = [each for each in rows if each["userId"] == carer.id and each["channel"] in ("push", "sms", "whatsapp")]
    assert [(each["channel"], each["status"]) for each in rings] == [
        ("push", "failed"), ("sms", "failed"), ("whatsapp", "sent")], "each way once, one after the other"
    other = Carer(house, channels=("whatsapp", "sms"))
    theirs = other.alert()
    other.wait(theirs, "whatsapp", "sent")
    house.api.do(other.email, "POST", f"/alerts/{theirs['id']}/acknowledgement")
    [first] = house.whatsapp.to(other.phone)
    whatsapp_call(house.ward, {"statuses": [{
        "id": first["id"], "status": "failed", "biz_opaque_callback_data": first["reference"],
        "errors": [{"code": 131026}]}]})
    assert other.log(theirs, "whatsapp")["status"] == "failed"
    assert other.log(theirs, "sms") is None, "somebody has it in hand"
    assert message["text"]


def test_meta_asks_whether_the_address_is_ours(house):
    """160: the question with the agreed word is answered with its challenge, another with 403"""
    ask = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": WhatsApp.verify}
    url = f"{house.ward.url}/callbacks/whatsapp/platform"
    right = requests.get(url, params=ask, timeout=10)
    assert (right.status_code, right.text) == (200, "1158201444")
    assert requests.get(url, params={**ask, "hub.verify_token": "x"}, timeout=10).status_code == 403


# A hospital's own service

def test_a_hospital_sends_by_its_own_gateway(house):
    """159: a hospital that names its own gateway sends by it; its receipts and replies count there and nowhere else, old
    or wrongly signed ones not at all; of the secret nothing is answered"""
    with serving(Gateway()) as gateway:
        state = next(each for each in house.api.do("admin", "GET", "/channels")["channels"] if each["kind"] == "sms")
        assert (state["mode"], state["provider"], state["isConfigured"]) == ("platform", "twilio", True)
        body = {"version": state["version"], "mode": "own", "url": gateway.setting}
        changed = house.api.call("admin", "PUT", "/channels/sms", body)
        assert changed.status_code == 200 and "modem" not in changed.text and gateway.secret not in changed.text
        assert house.api.call("admin", "PUT", "/channels/sms", body).status_code == 409
        try:
            carer = Carer(house, phone="+4915177")
            own_proof(house, carer)
            scope = house.api.hospital()
            # Each node knows of it within a second: who is called until then is called by the platform's service.
            probe = Carer(house)
            wait_for(lambda: probe.wait(probe.alert(), "sms", "sent") and gateway.to(probe.phone), 15, "it is in force")
            alert, other = carer.alert(), carer.alert(alertType="fall")
            for each in (alert, other):
                carer.wait(each, "sms", "sent")
            messages = gateway.to(carer.phone)
            assert len(messages) == 2 and messages[0]["callback"] == f"{PUBLIC}/callbacks/sms/{scope}"
            mine = next(each for each in messages if alert["roomNumber"] in each["text"])
            word = {"type": "status", "reference": mine["reference"], "status": "delivered"}
            assert gateway_call(house.ward, word, scope=scope, header="").status_code == 401
            assert gateway_call(house.ward, word, scope=scope, secret="another").status_code == 403
            assert gateway_call(house.ward, word, scope=scope, age=3600).status_code == 403
            assert gateway_call(house.ward, word, scope=scope, age=-3600).status_code == 403
            assert carer.log(alert, "sms")["status"] == "sent"
            assert gateway_call(house.ward, word, scope=scope).status_code == 200
            assert carer.log(alert, "sms")["status"] == "delivered"
            reply = {"type": "reply", "from": carer.phone, "text": f"ACK {code_in(mine['text'])}"}
            twilio_call(house.ward, f"{PUBLIC}/callbacks/twilio/platform", {"From": carer.phone, "Body": reply["text"]})
            assert status(house, alert) == "active", "the platform's service brings no reply to a hospital's own"
            assert gateway_call(house.ward, reply, scope=scope).status_code == 200
            assert (status(house, alert), status(house, other)) == ("acknowledged", "active")
            theirs = next(each for each in house.api.do("other admin", "GET", "/channels")["channels"] if each["kind"] == "sms")
            assert theirs["provider"] == "twilio"
            dump = str(house.ward.sql("SELECT to_jsonb(c) AS row FROM channel_settings c", "admin"))
            assert "modem" not in dump and gateway.secret not in dump
        finally:
            house.api.do("admin", "PUT", "/channels/sms", {"version": changed.json()["data"]["version"], "mode": "platform"})
            probe = Carer(house)
            wait_for(lambda: probe.wait(probe.alert(), "sms", "sent") and house.twilio.to(probe.phone), 15, "and back")


def own_proof(house, carer) -> None:
    """Codes go by the platform's service whatever the hospital has."""
    prove(house, carer.email, carer.phone)


def test_bad_services_are_refused(house):
    """159: a URL that is no service, of another channel, without TLS or without its parts is refused by name"""
    for kind, url in (("sms", "ftp://x"), ("sms", "expo://exp.host"), ("sms", "twilio://SID@api.twilio.com?from=1"),
                      ("sms", "twilio://SID:T@api.twilio.com"), ("sms", "http://:t@gateway.example/sms"),
                      ("sms", "sns://K:S@eu-central-1?endpoint=http://x.example"), ("push", "twilio://S:T@x?from=1"),
                      ("whatsapp", "whatsapp://1:t@graph.facebook.com"), ("sms", "twilio://S:T@x?from=1&to=2")):
        answer = house.api.call("admin", "PUT", f"/channels/{kind}", {"version": 0, "mode": "own", "url": url})
        assert answer.status_code == 400, url
        assert answer.json()["details"]["fields"][0]["path"] == "url"
        assert "T@" not in answer.text
    assert house.api.call("admin", "PUT", "/channels/push", {"version": 0, "mode": "own"}).status_code == 400
    assert house.api.call("nurse", "GET", "/channels").status_code == 403
    assert TOKEN not in house.api.call("admin", "GET", "/channels").text
