"""Alerts reach people: which messages an alert sends, on which channels, and what the log says of them."""

import pytest
from api_support import room, shift
from hospital import Ear, moment
from own_house import post  # noqa: F401 (a fixture by name)
from ward_process import wait_for

URGENT = {"alertType": "cardiac_arrest", "urgencyLevel": 5}


@pytest.fixture(autouse=True)
def quiet_house(post):
    yield
    post.box.answer = lambda count: None
    post.api.cancel_all()
    post.ward.sql("DELETE FROM notification_preferences")


def raise_alert(api, who: str = "operator", **changes) -> dict:
    return api.do(who, "POST", "/alerts", {**URGENT, "roomNumber": room(), **changes})


def log(api, alert: dict, who: str = "admin") -> list:
    return api.do(who, "GET", f"/alerts/{alert['id']}/deliveries?limit=100")


def settled(api, alert: dict, count: int = 3) -> list:
    """The log once nothing waits any more."""
    def done():
        rows = log(api, alert)
        return rows if len(rows) >= count and all(row["status"] != "queued" for row in rows) else None
    return wait_for(done, 15, "every message of the alert has an outcome")


def by_channel(rows: list, user: str) -> dict:
    return {row["channel"]: row for row in rows if row["userId"] == user}


def letters(box, alert: dict) -> list:
    with box.lock:
        return [letter for letter in box.letters if alert["roomNumber"] in letter["Subject"]]


def test_an_alert_goes_out_on_every_channel(post):
    """155: an alert is told in the notification centre, on open pages and by mail to whom it pages, and the log says
    when each of them had it"""
    alert = raise_alert(post.api, description="a secret about somebody", title="Mr Secret is blue")
    letter = wait_for(lambda: letters(post.box, alert), 10, "the letter")[0]
    mine = by_channel(settled(post.api, alert), post.api.user("nurse"))
    assert {channel: row["status"] for channel, row in mine.items()} == {
        "in_app": "delivered", "socket": "sent", "email": "sent"}
    assert mine["email"]["attempts"] == 1 and 0 <= mine["email"]["secondsAfterAlert"] < 15
    text = letter.get_content()
    assert letter["To"].addresses[0].addr_spec == "nurse@demo.ward"
    assert alert["roomNumber"] in letter["Subject"] and f"http://ward.example/alerts/{alert['id']}" in text
    assert "secret" not in (text + letter["Subject"]).lower(), "what people type is not sent"
    assert letter["Message-ID"].startswith(f"<{mine['email']['id']}@"), "the delivery's id is the idempotency key"
    nurse = post.api.call("other nurse", "GET", f"/alerts/{alert['id']}/deliveries")
    assert nurse.status_code == 404


def test_a_failing_channel_stops_no_other(post):
    """155: a mail server that refuses for good fails the mail alone; the other channels have their messages"""
    post.box.answer = lambda count: "550 nobody here"
    post.ward.sql("UPDATE memberships SET is_on_duty = false, shift_started_at = NULL WHERE role = 'doctor'")
    alert = raise_alert(post.api)
    nurse = post.api.user("nurse")
    mine = wait_for(lambda: (rows := by_channel(log(post.api, alert), nurse)).get("email", {}).get("status") == "failed"
                    and rows, 10, "the mail failed")
    assert mine["email"]["reason"] == "mail_server_550" and mine["email"]["attempts"] == 1
    assert mine["in_app"]["status"] == "delivered" and mine["socket"]["status"] == "sent"
    post.ward.sql("UPDATE memberships SET is_on_duty = true, shift_started_at = ward.now() WHERE role = 'doctor'")


def test_an_undeliverable_tier_is_skipped_at_once(post):
    """155: when every channel to all of a tier failed the alert is in the next tier at once, for reason empty_tier, and
    goes no further once somebody was reached"""
    doctor = post.api.user("doctor")
    first = post.box.tries + 1
    post.box.answer = lambda count: "550 nobody here" if count == first else None
    alert = raise_alert(post.api)
    wait_for(lambda: by_channel(log(post.api, alert), doctor).get("email", {}).get("status") == "sent", 10,
             "the doctor has it")
    now = post.api.do("admin", "GET", f"/alerts/{alert['id']}")
    assert now["escalationTier"] == 2 and now["status"] == "active"
    steps = [row for row in post.api.do("admin", "GET", f"/alerts/{alert['id']}/timeline") if row["kind"] == "escalated"]
    assert [(row["fromTier"], row["tier"], row["reason"]) for row in steps] == [(1, 2, "empty_tier")]
    assert moment(now["nextEscalationAt"]) > moment(alert["nextEscalationAt"]), "the ladder's other steps stay"


def test_whoever_wants_no_mail_gets_none(post):
    """157: with mail switched off nobody is written to, and the log says why; switched on again he is"""
    post.api.do("nurse", "PUT", "/notification-preferences", {"email": False})
    alert = raise_alert(post.api)
    mine = by_channel(settled(post.api, alert), post.api.user("nurse"))
    assert (mine["email"]["status"], mine["email"]["reason"]) == ("skipped", "disabled")
    assert mine["in_app"]["status"] == "delivered" and not letters(post.box, alert)
    post.api.do("nurse", "PUT", "/notification-preferences", {"email": True})
    again = raise_alert(post.api)
    assert by_channel(settled(post.api, again), post.api.user("nurse"))["email"]["status"] == "sent"


def test_preferences_are_ones_own_and_the_hospitals_stand_behind_them(post):
    """157: who has chosen nothing is told as his hospital has it; his own choice comes first, and can be taken back"""
    mine = post.api.do("nurse", "GET", "/notification-preferences")
    assert mine == {"channels": ["push", "sms", "whatsapp"], "email": True, "muted": False, "quietFrom": None,
                    "quietUntil": None, "language": "en", "isChosen": False}
    post.api.do("admin", "PUT", "/notification-defaults", {"channels": ["sms"], "language": "de"})
    assert post.api.do("nurse", "GET", "/notification-preferences")["channels"] == ["sms"]
    chosen = post.api.do("nurse", "PUT", "/notification-preferences", {
        "channels": ["whatsapp", "push", "whatsapp"], "quietFrom": "22:00", "quietUntil": "06:30"})
    assert chosen["channels"] == ["whatsapp", "push"] and chosen["isChosen"] and chosen["quietUntil"] == "06:30"
    assert post.api.do("doctor", "GET", "/notification-preferences")["language"] == "de"
    assert post.api.do("other nurse", "GET", "/notification-preferences")["language"] == "en"
    assert post.api.do("nurse", "DELETE", "/notification-preferences")["channels"] == ["sms"]
    bad = post.api.call("nurse", "PUT", "/notification-preferences", {"quietFrom": "22:00"})
    assert bad.status_code == 400 and bad.json()["details"]["fields"][0]["path"] == "quietUntil"
    assert post.api.call("nurse", "PUT", "/notification-defaults", {}).status_code == 403


def test_quiet_hours_hold_back_what_can_wait(post):
    """168: in somebody's quiet hours, by his hospital's clocks, and while he is muted, an alert of urgency 3 waits in
    the notification centre; one of urgency 4 or 5 rings"""
    nurse = post.api.user("nurse")
    zone = "Asia/Tokyo"
    post.ward.sql("UPDATE hospitals SET time_zone = %s", parameters=[zone])
    here = post.ward.sql("SELECT to_char(ward.now() AT TIME ZONE %s, 'HH24:MI') AS now, to_char((ward.now() "
                         "+ interval '2 hours') AT TIME ZONE %s, 'HH24:MI') AS later", parameters=[zone, zone])[0]
    for wish, reason in (({"quietFrom": here.now, "quietUntil": here.later}, "quiet_hours"), ({"muted": True}, "muted")):
        post.api.do("nurse", "PUT", "/notification-preferences", wish)
        calm = by_channel(settled(post.api, raise_alert(post.api, urgencyLevel=3)), nurse)
        assert (calm["email"]["status"], calm["email"]["reason"]) == ("skipped", reason)
        assert calm["in_app"]["status"] == "delivered"
        for urgency in (4, 5):
            urgent = by_channel(settled(post.api, raise_alert(post.api, urgencyLevel=urgency)), nurse)
            assert urgent["email"]["status"] == "sent"
    post.ward.sql("UPDATE hospitals SET time_zone = 'UTC'")


def test_a_message_is_tried_three_times(post):
    """168: a message that fails for now is tried again after 2 and 4 seconds and no more; then it has failed, and each
    try is counted"""
    post.box.answer = lambda count: "451 not now"
    post.ward.sql("UPDATE memberships SET is_active = false WHERE role IN ('hospital_admin', 'head_doctor', 'doctor') "
                  "AND hospital_id = %s AND user_id <> %s", parameters=[post.api.hospital(), post.api.user("admin")])
    try:
        alert = raise_alert(post.api, urgencyLevel=1)
        nurse = post.api.user("nurse")

        def mail() -> dict:
            return by_channel(log(post.api, alert), nurse).get("email", {})

        wait_for(lambda: mail().get("attempts") == 1 and mail()["status"] == "queued", 10, "the first try")
        waits = post.ward.sql("SELECT extract(epoch FROM due_at - ward.now())::float8 AS seconds FROM jobs "
                              "WHERE kind = 'delivery.send' AND state = 'delayed'")
        assert [0 < row.seconds <= 2 for row in waits] == [True]
        shift(post.ward, 2)
        wait_for(lambda: mail()["attempts"] == 2, 10, "the second try")
        assert mail()["status"] == "queued" and mail()["reason"] == "mail_server_451"
        shift(post.ward, 6)
        wait_for(lambda: mail()["status"] == "failed", 10, "the third try")
        assert mail()["attempts"] == 3
    finally:
        post.ward.sql("UPDATE memberships SET is_active = true")
        post.ward.reset_clock()


def test_taking_an_alert_cancels_what_waits(post):
    """155: once somebody has the alert in hand, no message that waits is sent any more"""
    post.box.answer = lambda count: "451 not now"
    alert = raise_alert(post.api)
    nurse = post.api.user("nurse")
    wait_for(lambda: by_channel(log(post.api, alert), nurse).get("email", {}).get("attempts") == 1, 10, "the first try")
    post.api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    mine = by_channel(log(post.api, alert), nurse)
    assert (mine["email"]["status"], mine["email"]["reason"]) == ("skipped", "closed")
    post.box.answer = lambda count: None
    try:
        shift(post.ward, 3)
        wait_for(lambda: not post.ward.sql("SELECT 1 FROM jobs WHERE kind = 'delivery.send' AND state <> 'dead'"), 10,
                 "nothing waits")
        assert not letters(post.box, alert)
    finally:
        post.ward.reset_clock()


def test_the_notification_centre(post):
    """158: what one was told stands in a list, unread until it is marked, one or all; the log knows who has read it, and
    nobody sees another's"""
    post.ward.sql("DELETE FROM notifications")
    alerts = [raise_alert(post.api) for _ in range(3)]
    for alert in alerts:
        settled(post.api, alert)
    mine = post.api.do("nurse", "GET", "/notifications?status=unread")
    assert [each["alertId"] for each in mine] == [alert["id"] for alert in reversed(alerts)]
    assert mine[0]["kind"] == "alert_created" and alerts[2]["roomNumber"] in mine[0]["title"]
    assert post.api.do("nurse", "GET", "/notifications/unread-count") == {"unread": 3}
    first = mine[-1]
    assert post.api.call("doctor", "POST", f"/notifications/{first['id']}/reading", {}).status_code == 404
    read = post.api.do("nurse", "POST", f"/notifications/{first['id']}/reading", {})
    assert read["readAt"] and post.api.do("nurse", "POST", f"/notifications/{first['id']}/reading", {}) == read
    row = by_channel(log(post.api, alerts[0]), post.api.user("nurse"))["in_app"]
    assert row["status"] == "read" and row["readAt"]
    assert len(post.api.do("nurse", "GET", "/notifications/unread")) == 2
    assert post.api.do("nurse", "POST", "/notifications/reading", {}) == {"marked": 2}
    assert post.api.do("nurse", "GET", "/notifications/unread-count") == {"unread": 0}
    assert len(post.api.do("nurse", "GET", "/notifications")) == 3
    assert post.api.do("doctor", "GET", "/notifications") == []


def subscribed(post, who: str, alert: dict) -> Ear:
    ear = Ear(post.ward, who).connect(post.api.token(who))
    assert ear.ask("subscribe:deliveries", {"alertId": alert["id"]}) == {"ok": True}
    return ear


def heard(ear: Ear, name: str) -> list:
    return [data for event, data in ear.take_all() if event == name]


def last_number(post) -> int:
    return post.ward.sql("SELECT max(number) AS last FROM events WHERE hospital_id = %s",
                         parameters=[post.api.hospital()])[0].last


def events_since(post, number: int, name: str) -> list:
    return post.ward.sql("SELECT rooms, payload::jsonb AS payload FROM events WHERE hospital_id = %s AND number > %s"
                         " AND name = %s ORDER BY number", parameters=[post.api.hospital(), number, name])


def told_of(post, alert: dict) -> None:
    """Waits until everything is told that has become of an alert's first messages: they are there, they were taken."""
    wait_for(lambda: sum(row.payload["alertId"] == alert["id"] for row in events_since(post, 0, "alert:deliveries")) >= 2,
             5, "what was taken is told")


def test_who_looks_at_a_log_hears_that_it_changed(post):
    """155: who looks at the log of an alert's messages is told of each change of it by an id and nothing else; nobody
    else is, and not who may not see the alert"""
    alert = raise_alert(post.api, departmentId=post.api.department("ER"))
    other = raise_alert(post.api)
    for each in (alert, other):
        settled(post.api, each)
        told_of(post, each)
    looking, elsewhere = subscribed(post, "admin", alert), subscribed(post, "admin", other)
    nurse, foreign = subscribed(post, "nurse", alert), subscribed(post, "other nurse", alert)
    icu = raise_alert(post.api, departmentId=post.api.department("ICU"))
    bound = subscribed(post, "nurse", icu)
    patient = Ear(post.ward, "patient").connect(post.api.token("patient"))
    assert patient.ask("subscribe:deliveries", {"alertId": alert["id"]})["code"] == "FORBIDDEN"
    for nonsense in (None, {}, {"alertId": 7}, [], "x"):
        assert looking.ask("subscribe:deliveries", nonsense)["code"] == "BAD_REQUEST"
    settled(post.api, icu)
    changed = lambda event, data: event == "alert:deliveries" and data == {"alertId": alert["id"]}  # noqa: E731
    # The next tier: rows of the log, and then what becomes of the letter.
    post.box.answer = lambda count: "550 nobody here"
    number = last_number(post)
    post.api.do("admin", "POST", f"/alerts/{alert['id']}/escalation", {})
    wait_for(lambda: any(row["status"] == "failed" for row in log(post.api, alert)), 10, "the letter has failed")
    for ear in (looking, nurse):
        ear.wait(changed, 5, "the change")
    wait_for(lambda: sum(row.payload["alertId"] == alert["id"] for row in events_since(post, number, "alert:deliveries")) >= 2, 5, "rows, and the failure")
    rows = [row for row in events_since(post, number, "alert:deliveries") if row.payload == {"alertId": alert["id"]}]
    assert len(rows) >= 2 and all(row.rooms.count(":alerts:" + alert["id"]) == 2 for row in rows)
    post.api.do("admin", "POST", f"/alerts/{icu['id']}/escalation", {})
    settled(post.api, icu, 6)
    for ear in (elsewhere, foreign, bound):
        ear.client.call("unsubscribe:deliveries", {"alertId": alert["id"]}, timeout=5)
        assert heard(ear, "alert:deliveries") == [], ear.who
    assert looking.ask("unsubscribe:deliveries", {"alertId": alert["id"]}) == {"ok": True}
    for ear in (looking, elsewhere, nurse, foreign, bound, patient):
        ear.close()


def test_what_was_taken_is_told_together(post):
    """155: who looks at the log hears that messages were taken, soon after and once for many, so that an alert that rings
    up a whole house keeps nobody waiting"""
    alert = raise_alert(post.api)
    settled(post.api, alert)
    told_of(post, alert)
    ear, number = subscribed(post, "admin", alert), last_number(post)
    post.api.do("admin", "POST", f"/alerts/{alert['id']}/escalation", {})
    settled(post.api, alert, 6)
    # One for the page's messages, one for all that were taken in the half second after the first.
    wait_for(lambda: len(events_since(post, number, "alert:deliveries")) >= 2, 5, "what was taken is told")
    wait_for(lambda: len([each for each in ear.heard if each[0] == "alert:deliveries"]) >= 2, 5, "and heard")
    assert len(events_since(post, number, "alert:deliveries")) <= 3
    ear.close()


def test_reading_is_told_to_ones_own_pages(post):
    """158: what is read on one page is read on all of that person's, which are told at once; once for many"""
    post.ward.sql("DELETE FROM notifications")
    alerts = [raise_alert(post.api) for _ in range(2)]
    for alert in alerts:
        settled(post.api, alert)
    mine, doctor = (Ear(post.ward, who).connect(post.api.token(who)) for who in ("nurse", "doctor"))
    looking = subscribed(post, "admin", alerts[0])
    line = post.api.do("nurse", "GET", "/notifications")[-1]
    post.api.do("nurse", "POST", f"/notifications/{line['id']}/reading", {})
    mine.wait(lambda event, data: (event, data) == ("notification:read", {}), 5, "that it was read")
    looking.wait(lambda event, data: event == "alert:deliveries", 5, "that the log knows")
    number = last_number(post)
    mine.take_all()
    assert post.api.do("nurse", "POST", "/notifications/reading", {}) == {"marked": 1}
    mine.wait(lambda event, data: event == "notification:read", 5, "that all were read")
    assert [row.rooms for row in events_since(post, number, "notification:read")] == [f"user:{post.api.user('nurse')}"]
    assert heard(doctor, "notification:read") == []
    for ear in (mine, doctor, looking):
        ear.close()


def test_repeats_are_merged(post):
    """158: who is paged again for the same alert finds one line, unread again and counted, and no second interruption for
    one page"""
    post.ward.sql("DELETE FROM notifications")
    alert = raise_alert(post.api)
    settled(post.api, alert)
    nurse = post.api.user("nurse")
    line = post.api.do("nurse", "GET", "/notifications")[0]
    post.api.do("nurse", "POST", f"/notifications/{line['id']}/reading", {})
    job = post.ward.sql("SELECT paged_at FROM alert_pages WHERE alert_id = %s", parameters=[alert["id"]])
    assert len(job) == 1
    post.api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    post.api.do("nurse", "POST", f"/alerts/{alert['id']}/withdrawal", {})
    wait_for(lambda: len([row for row in log(post.api, alert) if row["userId"] == nurse]) == 6, 10, "told again")
    lines = post.api.do("nurse", "GET", "/notifications")
    assert len(lines) == 1 and lines[0]["id"] == line["id"] and lines[0]["times"] == 2 and lines[0]["readAt"] is None
    assert lines[0]["kind"] == "alert_reactivated"
    pages = [row for row in log(post.api, alert) if row["userId"] == nurse and row["channel"] == "email"]
    assert [row["kind"] for row in pages] == ["alert_created", "alert_reactivated"]
