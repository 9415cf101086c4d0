"""Guessing: how many wrong tries there are for whom, from where, and that no colleague is locked out by them."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from api_support import shift
from own_house import ward  # noqa: F401 (fixtures by name)
from ward_process import PASSWORD

WRONG = "wrong horse battery"


@pytest.fixture(autouse=True)
def fresh(ward):
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")
    ward.sql("UPDATE users SET failed_attempts = 0, lockout_until = NULL", "admin")


def sign_in(ward, email, password, cookie=None, session=None):
    return (session or requests).post(
        f"{ward.url}/api/v1/sessions", json={"email": email, "password": password}, timeout=30,
        headers={"Cookie": f"ward_device={cookie}"} if cookie else {})


def device(answer) -> str:
    assert answer.status_code == 201, answer.text
    return answer.headers["Set-Cookie"].split("ward_device=")[1].split(";")[0]


def state(ward, email="nurse@demo.ward"):
    return ward.sql("SELECT failed_attempts, lockout_until FROM users WHERE email = %s", parameters=[email])[0]


def test_after_five_wrong_ones_it_is_locked_until_it_is_not(ward):
    """56: after five wrong passwords the right one is refused with Retry-After until the lock ends, then it works"""
    assert [sign_in(ward, "nurse@demo.ward", WRONG).status_code for _ in range(5)] == [401] * 5
    locked = sign_in(ward, "nurse@demo.ward", PASSWORD)
    assert locked.status_code == 429 and locked.json()["details"]["limit"] == "guesses"
    assert 890 <= int(locked.headers["Retry-After"]) <= 901
    assert "Set-Cookie" not in locked.headers
    until = state(ward).lockout_until
    assert 890 <= (until - ward.now()).total_seconds() <= 901
    shift(ward, 14 * 60 + 50)
    assert sign_in(ward, "nurse@demo.ward", PASSWORD).status_code == 429
    shift(ward, 11)
    assert sign_in(ward, "nurse@demo.ward", PASSWORD).status_code == 201
    assert state(ward).lockout_until is None


def test_each_lock_takes_twice_as_long(ward):
    """56: who goes on guessing is locked for 15, 30, 60 minutes; a success begins anew"""
    for minutes in (15, 30, 60):
        assert [sign_in(ward, "doctor@demo.ward", WRONG).status_code for _ in range(5)] == [401] * 5
        answer = sign_in(ward, "doctor@demo.ward", PASSWORD)
        assert answer.status_code == 429
        assert minutes * 60 - 10 <= int(answer.headers["Retry-After"]) <= minutes * 60 + 1
        shift(ward, minutes * 60 + 1)
    assert sign_in(ward, "doctor@demo.ward", PASSWORD).status_code == 201
    for _ in range(5):
        sign_in(ward, "doctor@demo.ward", WRONG)
    assert int(sign_in(ward, "doctor@demo.ward", PASSWORD).headers["Retry-After"]) <= 901


def test_failures_count_and_a_success_clears_them(ward):
    """57: each failure counts by one, a success sets the count to nought, so four wrong ones are forgiven each time"""
    for round in range(2):
        for n in range(4):
            assert sign_in(ward, "nurse@demo.ward", WRONG).status_code == 401
            assert state(ward).failed_attempts == n + 1
        assert sign_in(ward, "nurse@demo.ward", PASSWORD).status_code == 201
        assert state(ward).failed_attempts == 0


def test_two_hundred_guesses_at_once(ward_factory):
    """56: of 200 parallel guesses on two nodes at once five are looked at, the right one among the rest is refused"""
    first = ward_factory()
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    guesses = [f"guess number {n}" for n in range(199)] + [PASSWORD]
    with ThreadPoolExecutor(40) as many:
        began = time.monotonic()
        answers = list(many.map(
            lambda n: sign_in((first, second)[n % 2], "nurse@demo.ward", guesses[n]), range(200)))
        took = time.monotonic() - began
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(401) == 5 and statuses.count(429) == 195, f"{statuses} in {took}"
    assert first.sql("SELECT failed_attempts FROM users WHERE email = 'nurse@demo.ward'")[0][0] == 5
    for node in (first, second):
        assert sign_in(node, "nurse@demo.ward", PASSWORD).status_code == 429


def test_the_right_one_many_times_at_once(ward):
    """56: twenty right sign-ins at once all succeed: what is still looked at is waited for, not refused"""
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda _: sign_in(ward, "doctor@demo.ward", PASSWORD).status_code, range(20)))
    assert answers == [201] * 20


def test_nobody_locks_a_colleague_out(ward):
    """56: strangers' guesses do not lock the owner's own device, and wrong tries on that device count by themselves"""
    own = device(sign_in(ward, "nurse@demo.ward", PASSWORD))
    for _ in range(6):
        sign_in(ward, "nurse@demo.ward", WRONG)
    assert sign_in(ward, "nurse@demo.ward", PASSWORD).status_code == 429
    assert device(sign_in(ward, "nurse@demo.ward", PASSWORD, own)) == own
    assert [sign_in(ward, "nurse@demo.ward", WRONG, own).status_code for _ in range(6)] == [401] * 5 + [429]
    assert sign_in(ward, "nurse@demo.ward", PASSWORD, own).status_code == 429


def test_a_colleagues_device_is_a_strangers(ward):
    """56: a device on which a colleague has signed in opens no lane to anothers's mailbox, nor does one made up"""
    colleagues = device(sign_in(ward, "doctor@demo.ward", PASSWORD))
    for cookie in (colleagues, "A" * 43, "nonsense", ""):
        sign_in(ward, "nurse@demo.ward", WRONG, cookie)
    assert sign_in(ward, "nurse@demo.ward", WRONG).status_code == 401
    assert sign_in(ward, "nurse@demo.ward", PASSWORD, colleagues).status_code == 429
    assert sign_in(ward, "doctor@demo.ward", PASSWORD, colleagues).status_code == 201


def test_a_device_is_never_what_the_client_chose(ward):
    """38: a device cookie that Ward never gave is replaced at sign-in"""
    made_up = "B" * 42 + "A"
    given = device(sign_in(ward, "nurse@demo.ward", PASSWORD, made_up))
    assert given != made_up and len(given) == 43
    cookie = sign_in(ward, "nurse@demo.ward", PASSWORD).headers["Set-Cookie"].split("ward_device=")[1]
    assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=Lax" in cookie


def test_one_address_guessing_at_many(ward):
    """56: two hundred wrong ones in a quarter of an hour lock a network address for strangers, not for known devices"""
    own = device(sign_in(ward, "nurse@demo.ward", PASSWORD))
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: sign_in(ward, f"nobody{n}@example.org", WRONG), range(205)))
    assert sign_in(ward, "doctor@demo.ward", PASSWORD).status_code == 429
    assert sign_in(ward, "nurse@demo.ward", PASSWORD, own).status_code == 201
    shift(ward, 16 * 60)
    assert sign_in(ward, "doctor@demo.ward", PASSWORD).status_code == 201


def test_answers_tell_nothing_about_people(ward):
    """56: an address that nobody has gets the same bytes as one that somebody has, before, at and behind the lock"""
    unknown = f"{uuid.uuid4().hex}@example.org"
    for _ in range(7):
        known, other = sign_in(ward, "head@demo.ward", WRONG), sign_in(ward, unknown, WRONG)
        assert known.status_code == other.status_code and known.content == other.content
        assert set(known.headers) == set(other.headers)
    assert known.status_code == 429


def test_a_huge_password(ward):
    """56: a password of a megabyte is refused before it is hashed or counted; the next sign-in works"""
    for size in (1001, 1 << 20):
        answer = sign_in(ward, "nurse@demo.ward", "x" * size)
        assert answer.status_code in (400, 413), answer.status_code
    assert state(ward).failed_attempts == 0
    assert sign_in(ward, "nurse@demo.ward", PASSWORD).status_code == 201
