"""What Ward says and when: a hospital's own words, reminders at their time, how a mail stands, and how many go out."""

from datetime import timedelta

import pytest
from api_support import Api, own_ward, shift
from mail_server import mail_server
from own_house import post  # noqa: F401 (a fixture by name)
from patients import take_in
from ward_process import wait_for


@pytest.fixture(autouse=True)
def in_time(post):
    yield
    post.box.answer = lambda count: None


def later(ward, **span) -> str:
    return (ward.now() + timedelta(**span)).isoformat()


def forward(post, seconds: float) -> None:
    """Onwards from where the clock stands; sessions may have run out meanwhile."""
    shift(post.ward, seconds)
    post.api.forget()


def remind(api, who: str = "doctor", **body) -> dict:
    return api.do(who, "POST", "/reminders", {"kind": "appointment", **body})


def patient_with_mail(api, **more) -> tuple[dict, str]:
    patient = take_in(api)
    email = f"p-{patient['id'][-12:]}@example.org"
    api.do("doctor", "PATCH", f"/patients/{patient['id']}", {"email": email, "version": patient["version"], **more})
    return patient, email


def status(api, reminder: dict) -> str:
    found = api.do("doctor", "POST", "/reminders/list", {"limit": 100})
    return next(each["status"] for each in found if each["id"] == reminder["id"])


def test_a_reminder_fires_once_at_its_time(post):
    """163: a reminder waits for its time and then goes out once, by mail, with what it was given; not a second before"""
    patient, email = patient_with_mail(post.api)
    reminder = remind(post.api, patientId=patient["id"], at=later(post.ward, hours=3),
                      eventAt=later(post.ward, hours=27), values={"with": "Dr. Grey & Co", "note": "Please come sober."})
    assert reminder["status"] == "scheduled" and patient["name"] not in str(reminder)
    forward(post, 3 * 3600 - 30)
    assert post.box.to(email) == [] and status(post.api, reminder) == "scheduled"
    forward(post, 35)
    letter = post.box.wait_for(email)
    text = letter.get_content()
    assert f"Hello {patient['name']}," in text and "with Dr. Grey & Co" in text and "Please come sober." in text
    wait_for(lambda: status(post.api, reminder) == "sent", 10, "the reminder is sent")
    forward(post, 6 * 3600)
    assert len(post.box.to(email)) == 1
    stored = post.ward.sql("SELECT content FROM reminders WHERE id = %s", parameters=[reminder["id"]])[0].content
    assert b"Grey" not in stored, "what a reminder says is sealed"


def test_a_cancelled_reminder_is_not_sent(post):
    """163: a reminder that was taken back before its time sends nothing; one that went out cannot be taken back"""
    patient, email = patient_with_mail(post.api)
    reminder = remind(post.api, patientId=patient["id"], at=later(post.ward, hours=1))
    cancelled = post.api.do("doctor", "DELETE", f"/reminders/{reminder['id']}")
    assert cancelled["status"] == "cancelled" and cancelled["cancelledAt"]
    other = remind(post.api, patientId=patient["id"], at=later(post.ward, hours=1), kind="payment",
                   values={"amount": "40 EUR"})
    forward(post, 3700)
    letter = post.box.wait_for(email)
    assert "40 EUR" in letter.get_content()
    wait_for(lambda: status(post.api, other) == "sent", 10, "the other one is sent")
    assert len(post.box.to(email)) == 1
    late = post.api.call("doctor", "DELETE", f"/reminders/{other['id']}")
    assert late.status_code == 409 and "sent" in late.json()["error"]


def test_a_due_follow_up_makes_one_job(post):
    """164: a follow-up that falls due produces exactly one job, and one message"""
    patient, email = patient_with_mail(post.api)
    reminder = remind(post.api, patientId=patient["id"], at=later(post.ward, days=14), kind="follow_up")
    jobs = "SELECT id FROM jobs WHERE queue = 'follow-up' AND state IN ('waiting', 'delayed', 'running')"
    assert len(post.ward.sql(jobs)) == 1
    forward(post, 14 * 86_400 + 5)
    post.box.wait_for(email)
    wait_for(lambda: status(post.api, reminder) == "sent" and not post.ward.sql(jobs), 10, "it is done")
    done = post.ward.sql("SELECT attempts FROM finished_jobs WHERE queue = 'follow-up' AND kind = 'reminder.send'")
    sent = post.ward.sql("SELECT 1 FROM deliveries WHERE reminder_id = %s", parameters=[reminder["id"]])
    assert len(done) == 1 and len(sent) == 1 and len(post.box.to(email)) == 1


def test_a_patient_is_reached_as_he_prefers(post):
    """167: a patient's reminders go by the channel that he prefers, the next when it is not to be had; who is reached
    on none is noted as undeliverable"""
    patient, email = patient_with_mail(post.api)
    chosen = post.api.do("doctor", "PUT", f"/patients/{patient['id']}/channels",
                         {"channels": ["whatsapp", "email"], "language": "de"})
    assert chosen == {"channels": ["whatsapp", "email"], "language": "de"}
    remind(post.api, patientId=patient["id"], at=later(post.ward, minutes=10))
    forward(post, 700)
    assert "Guten Tag" in post.box.wait_for(email).get_content()
    post.api.do("doctor", "PUT", f"/patients/{patient['id']}/channels", {"channels": ["sms"]})
    lost = remind(post.api, patientId=patient["id"], at=later(post.ward, minutes=10))
    forward(post, 700)
    wait_for(lambda: status(post.api, lost) == "undeliverable", 10, "nobody can be reached")
    assert len(post.box.to(email)) == 1
    assert post.api.call("nurse", "PUT", "/patients/00000000-0000-4000-8000-00000000dead/channels",
                         {"channels": ["sms"]}).status_code in (403, 404)


def test_a_hospital_has_its_own_words(post):
    """161: a hospital's own words are checked, previewed and used, in its language, and taken back; values are escaped
    in HTML and nowhere else"""
    words = {"subject": "[{{priority}}] {{type}}", "body": "Room {{room}}{{#tier}}, tier {{tier}}{{/tier}}. {{link}}",
             "html": "<p>Room <b>{{room}}</b></p>"}
    seen = post.api.do("admin", "POST", "/notification-templates/preview", {"name": "alert-created", **words})
    assert seen == {"subject": "[critical] Cardiac arrest", "html": "<p>Room <b>4B</b></p>",
                    "body": "Room 4B, tier 1. https://ward.example/alerts/1"}
    kept = post.api.do("admin", "PUT", "/notification-templates/alert-created/en", words)
    assert kept["isOwn"] and "room" in kept["values"]
    post.api.do("operator", "POST", "/alerts", {"alertType": "fall", "urgencyLevel": 5, "roomNumber": "<A&B>"})
    letter = wait_for(lambda: [each for each in post.box.letters if each["Subject"].startswith("[critical]")], 10,
                      "the letter")[0]
    assert "Room <A&B>, tier 1." in letter.get_body(("plain",)).get_content()
    assert "<b>&lt;A&amp;B&gt;</b>" in letter.get_body(("html",)).get_content()
    post.api.do("admin", "DELETE", "/notification-templates/alert-created/en")
    listed = post.api.do("admin", "GET", "/notification-templates?limit=100")
    assert not any(each["isOwn"] for each in listed) and {"en", "de"} <= {each["language"] for each in listed}
    post.api.cancel_all()


@pytest.mark.parametrize("path, text, says", [
    ("body", "{{room", "without }}"), ("body", "{{#room}}x", "does not close"), ("subject", "{{/room}}", "closes"),
    ("body", "{{patient}}", "has no value patient; there are"), ("body", "{{> secrets}}", "other templates"),
    ("html", "{{{room}}}", "unescaped"), ("html", "{{&room}}", "unescaped"), ("body", "{{=<% %>=}}", "signs"),
    ("body", "{{}}", "empty"), ("body", "{{#room}}{{#tier}}{{/room}}{{/tier}}", "closes the section"),
])
def test_words_that_do_not_render_are_refused(post, path, text, says):
    """161: words that do not render, take in others, or ask for values that the message has not are refused with the
    place and the reason, and nothing is kept"""
    words = {"subject": "s", "body": "b", path: text}
    for answer in (post.api.call("admin", "PUT", "/notification-templates/alert-created/en", words),
                   post.api.call("admin", "POST", "/notification-templates/preview", {"name": "alert-created", **words})):
        assert answer.status_code == 400
        fields = answer.json()["details"]["fields"]
        assert [each["path"] for each in fields] == [path] and says in fields[0]["message"]
    assert not post.ward.sql("SELECT 1 FROM notification_templates")


def mails(api, who: str = "admin") -> list:
    return api.do(who, "GET", "/mails?limit=100")


def test_a_mails_way_can_be_followed(post):
    """161: a mail that is asked for stands as queued at once, then as sent, or as failed with a reason; its hospital's
    administrator sees how it stands, and nobody else's"""
    before = len(mails(post.api))
    post.box.answer = lambda count: "451 later"
    sent = post.api.do("admin", "POST", "/notification-tests", {"channel": "email"})
    mail = wait_for(lambda: (each := post.api.do("admin", "GET", f"/mails/{sent['id']}"))["attempts"] == 1 and each, 10,
                    "it was tried")
    assert mail["status"] == "queued" and mail["reason"] == "mail_server_451" and mail["sentAt"] is None
    post.box.answer = lambda count: None
    forward(post, 3)
    wait_for(lambda: post.api.do("admin", "GET", f"/mails/{sent['id']}")["status"] == "sent", 10, "it is sent")
    assert "this is a test" in post.box.wait_for("admin@demo.ward").get_content()
    post.box.answer = lambda count: "550 nobody here"
    post.api.do("admin", "POST", "/invitations", {"emails": ["nobody@example.org"], "role": "nurse"})
    newest = wait_for(lambda: (each := mails(post.api)[0])["status"] == "failed" and each, 10, "it failed")
    assert newest["template"] == "invitation" and newest["reason"] == "mail_server_550" and newest["failedAt"]
    assert len(mails(post.api)) == before + 2 and "nobody@" not in str(mails(post.api))
    assert post.api.call("other admin", "GET", f"/mails/{sent['id']}").status_code == 404
    assert post.api.call("nurse", "GET", "/mails").status_code == 403


def test_a_request_is_answered_before_its_mail_is_sent():
    """227: with a mail server that never answers a request is answered at once, and its mail stands as queued"""
    from mail_server import hanging_server
    with hanging_server() as port:
        environment = {"WARD_SMTP_URL": f"smtp://127.0.0.1:{port}", "WARD_MAIL_FROM": "ward@hospital.example"}
        with own_ward(environment=environment) as ward:
            api = Api(ward)
            api.do("admin", "POST", "/invitations", {"emails": ["somebody@example.org"], "role": "nurse"})
            alert = api.raise_alert(5)
            wait_for(lambda: len(api.do("admin", "GET", f"/alerts/{alert['id']}/deliveries")) >= 3, 10, "it is told")
            assert mails(api)[0]["status"] == "queued" and mails(api)[0]["sentAt"] is None
            assert api.do("nurse", "GET", "/notifications")[0]["alertId"] == alert["id"]


def test_ordinary_mails_are_counted_by_the_hour(post):
    """165: the hundred and first ordinary mail of a hospital waits for the next hour; another hospital's, a code and a
    mail about an alert do not"""
    post.ward.sql("DELETE FROM mail_hours")
    start = post.ward.sql("SELECT date_trunc('hour', ward.now()) AS hour")[0].hour
    post.ward.sql("INSERT INTO mail_hours (hospital_id, hour, mails) VALUES (%s, %s, 98)",
                  parameters=[post.api.hospital(), start])
    people = [f"guest-{number}@limit.example" for number in range(4)]
    post.api.do("admin", "POST", "/invitations", {"emails": people, "role": "nurse"})
    for person in people[:2]:
        post.box.wait_for(person)
    waiting = post.ward.sql("SELECT due_at FROM jobs WHERE kind = 'mail.send' AND state = 'delayed'")
    assert [row.due_at for row in waiting] == [start + timedelta(hours=1)] * 2
    assert not any(post.box.to(person) for person in people[2:])
    post.api.do("other admin", "POST", "/invitations", {"emails": ["elsewhere@limit.example"], "role": "nurse"})
    post.box.wait_for("elsewhere@limit.example")
    alert = post.api.raise_alert(1)
    wait_for(lambda: [each for each in post.box.letters if alert["roomNumber"] in each["Subject"]], 10, "the alert's mail")
    forward(post, 3600)
    for person in people[2:]:
        post.box.wait_for(person)
    assert all(len(post.box.to(person)) == 1 for person in people)
    post.api.cancel_all()


def test_a_new_hospital_is_bidden_welcome_once(post):
    """162: registering a hospital writes one mail of welcome, and a registration that is refused none"""
    body = {"name": "Welcome General", "subdomain": "welcome-general", "email": "head@welcome.example"}
    post.ward.sql("DELETE FROM mail_hours")
    post.ward.sql("UPDATE memberships SET role = 'organization_admin' WHERE user_id = %s", "admin",
                  parameters=[post.api.user("admin")])
    post.api.forget()
    post.api.do("admin", "POST", "/hospitals", body)
    letter = post.box.wait_for("head@welcome.example")
    assert "Welcome General" in letter["Subject"]
    assert post.api.call("admin", "POST", "/hospitals", body).status_code == 409
    wait_for(lambda: not post.ward.sql("SELECT 1 FROM jobs WHERE kind = 'mail.send' AND state = 'waiting'"), 10, "all sent")
    assert len(post.box.to("head@welcome.example")) == 1
