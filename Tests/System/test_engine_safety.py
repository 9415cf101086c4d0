"""What a hostile hospital, service or endpoint tries on the ways out of Ward: nothing of it ends the process, holds up
anybody else, or reaches whom it must not."""

import socket
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import SimpleNamespace

from api_support import Api, own_ward, room
from channel_peers import Gateway, Twilio, whatsapp_call
from peers import serving
from test_channels import Carer, code_in, house, status  # noqa: F401 (a fixture by name)
from ward_process import wait_for

DEVANAGARI = "कृपया तुरंत आएँ "


@contextmanager
def trickling():
    """An endpoint that says yes at once and then gives its answer away byte by byte, for hours."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()
    calls: list[float] = []

    def serve(connection):
        with connection:
            try:
                connection.recv(65536)
                calls.append(time.monotonic())
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n")
                while not over.wait(0.5):
                    connection.sendall(b" ")
            except OSError:
                return

    def accept():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=[connection], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    finally:
        over.set()
        server.close()


def test_an_answer_that_trickles_is_over_with_its_time(house):  # noqa: F811
    """152: an endpoint that gives its answer byte by byte has its ten seconds as any other, and failed then"""
    with trickling() as (url, calls):
        made = house.api.do("admin", "POST", "/webhooks", {"url": f"{url}/hook", "events": ["alert:new"]})
        house.api.raise_alert(2)
        wait_for(lambda: calls, 10, "it is called")

        def reasons():
            listed = house.api.do("admin", "GET", f"/webhooks/{made['id']}/deliveries")
            return [each["reason"] for each in listed]
        try:
            assert wait_for(reasons, 20, "the call is over") == ["timeout"]
        finally:
            house.api.do("admin", "DELETE", f"/webhooks/{made['id']}")


def test_a_port_that_is_none_ends_nothing(house):  # noqa: F811
    """159: an address with a port that there cannot be is refused, and ends nothing"""
    for port in (0, 65536, 99999, 2**63, 10**30):
        for url in (f"https://:t@gateway.example:{port}/sms", f"twilio://a:b@gateway.example:{port}?from=%2B49",
                    f"sns://a:b@eu-central-1?endpoint=https://gateway.example:{port}", f"expo://e.example:{port}"):
            kind = "push" if url.startswith("expo") else "sms"
            answer = house.api.call("admin", "PUT", f"/channels/{kind}", {"version": 0, "mode": "own", "url": url})
            assert answer.status_code == 400 and answer.json()["details"]["fields"][0]["path"] == "url", url
        assert house.api.call("admin", "POST", "/webhooks", {
            "url": f"https://hook.example:{port}/", "events": ["alert:new"]}).status_code == 400


def test_long_words_of_any_script_are_told(house):  # noqa: F811
    """155: a hospital's words in a script whose letters are many code points reach people all the same, cut to fit"""
    body = (DEVANAGARI * 300)[:3900]
    house.api.do("admin", "PUT", "/notification-templates/alert-created/en", {
        "subject": (DEVANAGARI * 20)[:180] + "{{type}}", "body": body})
    try:
        carer = Carer(house, channels=())
        alert = carer.alert()
        wait_for(lambda: carer.log(alert, "in_app"), 10, "it stands in the log")
        [line] = [each for each in house.api.do(carer.email, "GET", "/notifications") if each["alertId"] == alert["id"]]
        assert line["text"] and body.startswith(line["text"]) and len(line["text"]) <= 1000
    finally:
        house.api.do("admin", "DELETE", "/notification-templates/alert-created/en")


def test_sections_in_sections_end_nothing(house):  # noqa: F811
    """165: words of sections within sections, as deep as they fit, are rendered or refused, and end nothing"""
    words = {"name": "alert-created", "subject": "{{type}}", "body": "x"}
    # A comment that looks like the end of a section is none.
    for opening in ("{{#type}}", "{{#type}}{{!{{/}}"):
        depth = 16000 // (len(opening) + 9) - 1
        html = opening * depth + "x" + "{{/type}}" * depth
        answer = house.api.call("admin", "POST", "/notification-templates/preview", {**words, "html": html})
        assert answer.status_code == 400 and answer.json()["details"]["fields"][0]["path"] == "html"
    few = {**words, "html": "{{#type}}" * 20 + "<b>{{room}}</b>" + "{{/type}}" * 20}
    assert house.api.do("admin", "POST", "/notification-templates/preview", few)["html"] == "<b>4B</b>"


def test_a_device_that_changes_hands_between_hospitals_changes_hands(house):  # noqa: F811
    """156: a device on which somebody of another hospital signed in gets the messages of nobody before"""
    token = f"ExponentPushToken[{uuid.uuid4().hex}]"
    first = house.api.do("nurse", "POST", "/push-tokens", {"token": token})["id"]
    house.api.do("other nurse", "POST", "/push-tokens", {"token": token})
    assert first not in [each["id"] for each in house.api.do("nurse", "GET", "/push-tokens")]


def test_an_old_yes_by_whatsapp_answers_no_newer_alert(house):  # noqa: F811
    """160: a yes without a code that was on its way for long answers nothing; one with the code, and a fresh one, do"""
    carer = Carer(house, channels=("whatsapp",), proved=True)
    alert = carer.alert()
    carer.wait(alert, "whatsapp", "sent")
    [sent] = house.whatsapp.to(carer.phone)

    def says(text, seconds_ago):
        told = {"messages": [{"from": carer.phone.removeprefix("+"), "id": uuid.uuid4().hex, "type": "text",
                              "timestamp": str(int(time.time() - seconds_ago)), "text": {"body": text}}]}
        assert whatsapp_call(house.ward, told).status_code == 200
        return status(house, alert)
    assert says("OK", 3600) == "active"
    assert says("9" * 4 if code_in(sent["text"]) != "9999" else "1111", 3600) == "active"
    assert says(f"ACK {code_in(sent['text'])}", 3600) == "acknowledged"
    again = carer.alert()
    carer.wait(again, "whatsapp", "sent")
    alert = again
    assert says("OK", 1) == "acknowledged"


def test_a_message_whose_job_is_given_up_has_failed(house):  # noqa: F811
    """168: a message whose job fails inside to the last has failed in the log, so that others are tried; it waits not"""
    carer = Carer(house, channels=("sms",))
    house.twilio.temper = "fail"
    try:
        alert = carer.alert()
        wait_for(lambda: (carer.log(alert, "sms") or {}).get("attempts") == 1, 10, "it was tried once")
        house.ward.sql("REVOKE SELECT ON notification_templates FROM ward_serving", "admin")
        house.ward.sql("UPDATE jobs SET max_attempts = 1 WHERE queue = 'alerting-sms' RETURNING 1", "admin")
        try:
            assert carer.wait(alert, "sms", "failed")["reason"] == "failed_inside"
        finally:
            house.ward.sql("GRANT SELECT ON notification_templates TO ward_serving", "admin")
    finally:
        house.twilio.temper = None


OLD = {
    "notifications": "INSERT INTO notifications (hospital_id, id, user_id, kind, title, body, created_at, told_at)"
                     " SELECT %(hospital)s, gen_random_uuid(), %(user)s, 'test', 'T', 'B', t, t FROM times",
    "deliveries": "INSERT INTO deliveries (hospital_id, id, user_id, kind, occasion, channel, status, created_at)"
                  " SELECT %(hospital)s, gen_random_uuid(), %(user)s, 'test', t, 'email', 'sent', t FROM times",
    "reminders": "INSERT INTO reminders (hospital_id, id, user_id, kind, due_at, content, status)"
                 " SELECT %(hospital)s, gen_random_uuid(), %(user)s, 'payment', t, 'x', 'sent' FROM times",
    "mail_hours": "INSERT INTO mail_hours (hospital_id, hour, mails) SELECT %(hospital)s, t, 1 FROM times"
                  " ON CONFLICT DO NOTHING",
}


def test_what_is_over_is_forgotten_and_evidence_is_not(house):  # noqa: F811
    """168: what is over goes after its days, in parts and all of it; the log of an alert and what is newer stays"""
    api = house.api
    carer = Carer(house, channels=("sms",))
    alert = carer.alert()
    carer.wait(alert, "sms", "sent")
    names = {"hospital": api.hospital("admin"), "user": api.user("admin")}
    counts = lambda table, before: house.ward.sql(
        f"SELECT count(*) FROM {table} WHERE {before}", "admin")[0][0]
    old = {"notifications": "told_at < ward.now() - interval '91 days'",
           "deliveries": "alert_id IS NULL AND created_at < ward.now() - interval '366 days'",
           "reminders": "due_at < ward.now() - interval '366 days'", "mail_hours": "hour < ward.now() - interval '3 days'"}
    young = {"notifications": "told_at BETWEEN ward.now() - interval '89 days' AND ward.now() - interval '80 days'",
             "deliveries": "alert_id IS NULL AND created_at < ward.now() - interval '300 days'",
             "reminders": "due_at < ward.now() - interval '300 days'", "mail_hours": "hour > ward.now() - interval '2 days'"}
    for table, days, recent in (("notifications", 92, 88), ("deliveries", 367, 363), ("reminders", 367, 363),
                                ("mail_hours", 4, 1)):
        many = 25_000 if table != "mail_hours" else 24
        house.ward.sql("WITH times AS (SELECT ward.now() - make_interval(days => %(days)s, hours => n %% 24) AS t"
                       " FROM generate_series(1, %(many)s) AS n UNION ALL"
                       " SELECT ward.now() - make_interval(days => %(recent)s)), made AS ("
                       + OLD[table] + " RETURNING 1) SELECT count(*) FROM made", "admin",
                       parameters={**names, "days": days, "recent": recent, "many": many})
        assert counts(table, old[table]) >= many
    # The alert is older than all of it: its log stays.
    house.ward.sql("UPDATE deliveries SET created_at = ward.now() - interval '4000 days' WHERE alert_id = %s RETURNING 1",
                   "admin", parameters=[alert["id"]])
    evidence = counts("deliveries", f"alert_id = '{alert['id']}'")
    house.ward.sql("INSERT INTO own_phones (user_id, number, print, fingerprint, asked_at) VALUES (%s, 'x', %s, 'x',"
                   " ward.now() - interval '25 hours') ON CONFLICT DO NOTHING RETURNING 1", "admin",
                   parameters=[api.user("head"), uuid.uuid4().bytes])
    house.ward.sql("INSERT INTO jobs (id, queue, kind, payload, due_at, max_attempts) VALUES"
                   " (gen_random_uuid(), 'tasks', 'house.tidy', '', ward.now(), 3) RETURNING 1", "admin")
    for table, condition in old.items():
        wait_for(lambda: counts(table, condition) == 0, 30, lambda: f"{table}: {counts(table, condition)} are left")
        assert counts(table, young[table]) >= 1, table
    wait_for(lambda: counts("own_phones", "proved_at IS NULL AND asked_at < ward.now() - interval '1 day'") == 0, 10,
             "the number that nobody proved is forgotten")
    assert counts("deliveries", f"alert_id = '{alert['id']}'") == evidence >= 2


def test_a_service_that_hangs_takes_no_other_hospital_its_workers(house):  # noqa: F811
    """168: while the own service of one hospital hangs under a flood of its most urgent alerts, another's goes out"""
    with serving(Gateway()) as dead:
        dead.temper = "hang"
        house.api.do("other admin", "PUT", "/channels/sms", {"version": 0, "mode": "own", "url": dead.setting})
        theirs = Carer(house, who="other admin")
        carer = Carer(house)
        for _ in range(120):
            house.api.do("other nurse", "POST", "/alerts", {
                "roomNumber": room(), "alertType": "medical", "urgencyLevel": 5, "departmentId": theirs.department})
        dead.wait_for(30, 20)
        try:
            carer.wait(carer.alert(), "sms", "sent", 20)
        finally:
            house.api.do("other admin", "PUT", "/channels/sms", {"version": 1, "mode": "off"})


def test_a_burst_waits_for_no_second_connection():
    """155: with two connections a burst of alerts goes out, and records are opened besides: nobody holds one connection
    and waits for another, which those hold who wait for his"""
    with serving(Twilio()) as twilio, own_ward(environment={
            "WARD_SMS_URL": twilio.setting, "WARD_DATABASE_POOL_MINIMUM": "1", "WARD_DATABASE_POOL_MAXIMUM": "2",
            "WARD_RATE_LIMITS": "off"}) as small:
        api = Api(small)
        carer = Carer(SimpleNamespace(ward=small, api=api, twilio=twilio))
        patient = api.patient()
        api.token("operator"), api.token("doctor")
        with ThreadPoolExecutor(12) as pool:
            for _ in range(3):
                raised = [pool.submit(carer.alert) for _ in range(12)]
                opened = [pool.submit(api.call, "doctor", "GET", f"/patients/{patient}") for _ in range(12)]
                assert {each.result().status_code for each in opened} == {200}
                assert all(each.result()["id"] for each in raised)
        wait_for(lambda: len(twilio.to(carer.phone)) == 36, 8, lambda: f"{len(twilio.to(carer.phone))} of 36 went out")
        assert not small.sql("SELECT 1 FROM jobs WHERE last_error IS NOT NULL", "admin")


def test_what_forgets_reads_what_it_takes(house):  # noqa: F811
    """168: forgetting three old rows of twenty thousand reads tens of rows, however the table was analyzed"""
    person = [house.api.hospital("admin"), house.api.user("admin")]
    made = {
        "notifications": ("hospital_id, id, user_id, kind, title, body, created_at, told_at",
                          "%s, gen_random_uuid(), %s, 'test', 'T', 'B', ward.now(), ", "forget_notifications(90, 10000)"),
        "deliveries": ("hospital_id, id, user_id, kind, occasion, channel, status, created_at",
                       "%s, gen_random_uuid(), %s, 'test', ward.now(), 'push', 'sent', ", "forget_messages(365, 10000)"),
        "idempotency_keys": ("hospital_id, actor_id, operation, key, request_hash, answer, created_at",
                             "%s, %s, 'test', gen_random_uuid()::text, sha256(''), '', ", "prune()"),
    }
    with house.ward.connect("admin") as connection:
        for table, (columns, values, forget) in made.items():
            for count, days in ((20_000, 0), (3, 400)):
                connection.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {values} ward.now() - make_interval(days => {days})"
                    f" FROM generate_series(1, {count})", person)
            connection.execute(f"ANALYZE {table}")
            read = lambda: connection.execute(
                f"SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = '{table}'"
            ).fetchone()[0]
            before = read()
            assert connection.execute(f"SELECT ward.{forget}").fetchone()[0] >= 3
            assert read() - before < 1000, (table, read() - before)
        connection.rollback()
