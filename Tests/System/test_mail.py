"""Letters over real SMTP: they leave after the commit, once for who reads, and no trouble of the server loses one."""

import os
import signal
import threading
import uuid
from types import SimpleNamespace

import pytest
import requests
from api_support import own_ward, shift
from jobs_support import jobs
from mail_server import hanging_server, link_token, mail_server
from ward_process import free_port, wait_for

PASSWORD = "correct horse battery"


def somebody() -> str:
    return f"mail-{uuid.uuid4().hex[:10]}@example.org"


def sign_up(ward, email: str | None = None, **changes) -> str:
    email = email or somebody()
    body = {"email": email, "password": PASSWORD, "name": "New Person", "acceptTerms": True, "acceptPrivacy": True}
    answer = requests.post(ward.url + "/api/auth/sign-up", json={**body, **changes}, timeout=15)
    assert answer.status_code == 201, answer.text
    return email


def is_open(job) -> bool:
    return job.state in ("waiting", "delayed", "running")


@pytest.fixture(scope="module")
def post():
    """A Ward with a mail server of its own."""
    with mail_server() as server, own_ward(environment=server.environment) as ward:
        yield SimpleNamespace(ward=ward, server=server, box=server.box)


def test_a_sign_up_brings_a_letter(post):
    """30: a sign-up enqueues a mail, which a real mail server receives: to him alone, readable, with link and code"""
    email = sign_up(post.ward, name="Zoë Łukasiewicz")
    letter = post.box.wait_for(email)
    envelope = next(each for each in post.box.envelopes if each.rcpt_tos == [email])
    assert envelope.mail_from == "ward@hospital.example" and letter["From"].addresses[0].addr_spec == envelope.mail_from
    text = letter.get_content()
    assert "Hello Zoë Łukasiewicz," in text and f"http://ward.example/verify#token={link_token(letter)}" in text
    assert letter["Subject"] == "Is this your e-mail address?" and letter["Date"].datetime.tzinfo is not None
    assert PASSWORD not in text and not letter.defects
    wait_for(lambda: all(job.state == "done" for job in jobs(post.ward)), 5, "the job is done")
    assert all(job.size == 0 for job in jobs(post.ward)), "what a letter said is forgotten once it is sent"


def test_what_fails_sends_nothing(post):
    """30: a sign-up that is refused sends no letter"""
    before = len(jobs(post.ward))
    email = sign_up(post.ward)
    again = requests.post(post.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": email, "password": PASSWORD, "name": "N", "acceptTerms": True, "acceptPrivacy": True})
    assert again.status_code == 409 and len(jobs(post.ward)) == before + 1


def test_a_letter_waits_sealed(post):
    """30: what stands in the database of a waiting letter says neither to whom it goes nor what opens the account"""
    post.box.answer = lambda count: "451 later"
    try:
        email = sign_up(post.ward)
        wait_for(lambda: any(job.last_error for job in jobs(post.ward)), 10, "the first try failed")
        rows = post.ward.sql("SELECT payload, last_error FROM jobs WHERE state IN ('waiting', 'delayed', 'running')")
        assert rows and all(email.encode() not in row.payload and b"token" not in row.payload for row in rows)
        assert all(email not in (row.last_error or "") for row in rows) and email not in post.ward.log(10_000)
    finally:
        post.box.answer = lambda count: None
    assert post.box.wait_for(email, seconds=25)


def test_an_address_that_does_not_exist_is_given_up(post):
    """30: an address that the server refuses for good is not tried for a day; the job is dead and says why"""
    post.box.answer = lambda count: "550 no such mailbox"
    try:
        sign_up(post.ward)
        dead = wait_for(lambda: [job for job in jobs(post.ward) if job.state == "dead"], 10, "the job is given up")
    finally:
        post.box.answer = lambda count: None
    assert dead[-1].attempts == 1 and "550" in dead[-1].last_error


def test_a_server_that_is_away_is_waited_for():
    """30: with the mail server refused, then hanging, then back, sign-ups go on and each letter arrives, none twice"""
    port = free_port()
    environment = {"WARD_SMTP_URL": f"smtp://127.0.0.1:{port}", "WARD_MAIL_FROM": "ward@hospital.example"}
    with own_ward(environment=environment) as ward:
        people = [sign_up(ward) for _ in range(3)]
        wait_for(lambda: all(job.last_error for job in jobs(ward)), 10, "each letter was tried")
        assert all(is_open(job) for job in jobs(ward))
        with mail_server(port) as server:
            shift(ward, 10)
            for person in people:
                server.box.wait_for(person, seconds=25)
            wait_for(lambda: all(job.state == "done" for job in jobs(ward)), 10, "all is done")
            assert len(server.box.letters) == 3


def test_a_hanging_server_holds_up_nobody():
    """30: while the mail server hangs in the middle of a talk, requests are answered as ever and Ward stops well"""
    with hanging_server() as port:
        environment = {"WARD_SMTP_URL": f"smtp://127.0.0.1:{port}", "WARD_MAIL_FROM": "ward@hospital.example"}
        with own_ward(environment=environment) as ward:
            for _ in range(6):
                sign_up(ward)
            wait_for(lambda: any(job.attempts for job in jobs(ward)), 10, "letters are on their way")
            assert ward.sign_in("nurse@demo.ward")
            assert all(is_open(job) for job in jobs(ward))


def test_a_kill_between_sent_and_noted_repeats_the_same_letter():
    """30: killed after the server took the letter and before that is on record, Ward sends it again under the same
    Message-ID, byte for byte, so the reader's program knows it"""
    with mail_server() as server, own_ward(environment=server.environment) as ward:
        taken = threading.Event()

        def kill(letter):
            if not taken.is_set():
                os.kill(ward.process.pid, signal.SIGKILL)
                taken.set()

        server.box.before_answer = kill
        email = sign_up(ward)
        assert taken.wait(15)
        ward.process.wait()
        assert [is_open(job) for job in jobs(ward)] == [True]
        ward.start()
        shift(ward, 61)
        second = server.box.wait_for(email, count=2)
        first = server.box.to(email)[0]
        assert first["Message-ID"] == second["Message-ID"] and first.as_bytes() == second.as_bytes()
        wait_for(lambda: [job.state for job in jobs(ward)] == ["done"], 10, "the job is done")


def test_a_development_ward_keeps_its_letters():
    """30, 166: without a mail server a development Ward shows its letters to who may see the system, and to nobody else"""
    with own_ward() as ward:
        email = sign_up(ward)
        token = ward.sign_in("admin@demo.ward")

        def mine():
            answer = ward.call("GET", "/api/v1/development/outbox", token)
            assert answer.status_code == 200, answer.text
            return [letter for letter in answer.json()["data"]["letters"] if letter["to"] == email]

        letter = wait_for(mine, 10, "the letter is kept")[0]
        assert "/verify#token=" in letter["text"] and letter["subject"]
        nurse = ward.call("GET", "/api/v1/development/outbox", ward.sign_in("nurse@demo.ward"))
        assert nurse.status_code == 403 and email not in nurse.text
        assert all(email.encode() not in row.letter for row in ward.sql("SELECT letter FROM mail_outbox"))
    with own_ward(environment={"WARD_ENVIRONMENT": "staging", "WARD_RATE_LIMITS": "on"}) as ward:
        answer = ward.call("GET", "/api/v1/development/outbox", ward.sign_in("admin@demo.ward"))
        assert answer.status_code == 404


@pytest.mark.parametrize("environment, problem", [
    ({"WARD_SMTP_URL": "http://127.0.0.1:25", "WARD_MAIL_FROM": "a@b.example"}, "WARD_SMTP_URL"),
    ({"WARD_SMTP_URL": "smtp://127.0.0.1:25"}, "WARD_MAIL_FROM"),
    ({"WARD_SMTP_URL": "smtp://127.0.0.1:25", "WARD_MAIL_FROM": "nobody"}, "WARD_MAIL_FROM"),
])
def test_wrong_settings_stop_the_start(ward_factory, environment, problem):
    """30: a mail server that is none or a sender that is none stops the start with a clear line"""
    ward = ward_factory(start=False, environment=environment)
    ward.launch()
    assert ward.process.wait(20) != 0
    assert problem in ward.log() and "Sources/" not in ward.log()
