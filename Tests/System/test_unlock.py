"""Locks of wrong tries are lifted by an administrator and by a new password; accounts elsewhere are taken away again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from accounts_support import SECRET, proof
from api_raw import assert_refused
from api_support import shift
from emergency_support import clinician, colleague, link
from own_house import api, ward  # noqa: F401 (fixtures by name)
from test_lockout import WRONG, device, sign_in
from ward_process import PASSWORD


@pytest.fixture(autouse=True)
def back(ward):
    shift(ward, 31 - ward.now().timestamp() % 30)
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")


def lock(ward, email, cookie=None) -> None:
    for _ in range(5):
        sign_in(ward, email, WRONG, cookie)
    assert sign_in(ward, email, PASSWORD, cookie).status_code == 429


def test_an_administrator_lifts_a_lock(api, ward):
    """56: an administrator lifts the locks of wrong passwords and codes, for strangers' devices and the person's own"""
    person = clinician(api)
    cookie = device(person.sign_in(code=person.code()))
    lock(ward, person.email)
    lock(ward, person.email, cookie)
    for _ in range(5):
        person.call("POST", "/two-factor/backup-codes", {"code": "000000"})
    told = api.do("admin", "POST", f"/users/{person.id}/unlock")
    assert told["id"] == person.id
    row = ward.sql("SELECT failed_attempts, lockout_until FROM users WHERE id = %s", parameters=[person.id])[0]
    assert tuple(row) == (0, None)
    for each in (None, cookie):
        answer = sign_in(ward, person.email, PASSWORD, each)
        assert answer.status_code == 401 and answer.json()["details"] == {"secondFactor": True}
    assert person.sign_in(code=person.code(1)).status_code == 201
    assert api.audit("action = 'user_unlocked' AND resource_id = %s", person.id)[0].outcome == "success"


def test_who_lifts_no_lock(api, ward):
    """56: nobody lifts the lock of somebody above himself or of another hospital, and without the right of nobody"""
    email, user = colleague(api, "nurse")
    lock(ward, email)
    for who, status in (("nurse", 403), ("head", 403), ("other admin", 404)):
        assert_refused(api.call(who, "POST", f"/users/{user}/unlock"), status)
    ward.sql("UPDATE memberships SET role = 'organization_admin' WHERE user_id = %s", "owner", parameters=[user])
    assert_refused(api.call("admin", "POST", f"/users/{user}/unlock"), 403)
    assert sign_in(ward, email, PASSWORD).status_code == 429


def test_a_new_password_lifts_the_lock(api, ward):
    """61: who sets a new password by a mailed link signs in with it at once, whatever was guessed before"""
    email, _ = colleague(api, "nurse")
    lock(ward, email)
    answer = ward.call("POST", "/api/v1/auth/reset-password",
                       json={"token": proof(api, email, "reset_password"), "newPassword": SECRET})
    assert answer.status_code == 200, answer.text
    assert sign_in(ward, email, SECRET).status_code == 201


def test_a_new_password_keeps_the_second_factor_fresh(api):
    """61: after a change of the password the new session knows when the second factor was shown, as the old one did"""
    person = clinician(api)
    before = next(each for each in person.call("GET", "/sessions").json()["data"] if each["isCurrent"])
    changed = person.call("POST", "/auth/change-password", {"currentPassword": PASSWORD, "newPassword": SECRET})
    assert changed.status_code == 200, changed.text
    after = person.call("GET", "/sessions", token=changed.json()["data"]["token"]).json()["data"]
    assert [each["secondFactorAt"] for each in after] == [before["secondFactorAt"]] and before["secondFactorAt"]
    plain = clinician(api, enabled=False)
    changed = plain.call("POST", "/auth/change-password", {"currentPassword": PASSWORD, "newPassword": SECRET})
    assert [each["secondFactorAt"] for each in plain.call(
        "GET", "/sessions", token=changed.json()["data"]["token"]).json()["data"]] == [None]


def test_old_devices_and_tries_are_forgotten(api, ward):
    """56: devices that nobody used for as long as their cookie lives are forgotten, those in use are not"""
    _, user = colleague(api, "nurse")
    for days in (399, 401):
        ward.sql("INSERT INTO sign_in_devices (user_id, device_hash, seen_at)"
                 " VALUES (%s, sha256(%s::text::bytea), ward.now() - make_interval(days => %s))", "admin",
                 parameters=[user, str(days), days])
    ward.sql("SELECT ward.forget_guesses()", "admin")
    rows = ward.sql("SELECT seen_at < ward.now() - interval '400 days' AS is_old FROM sign_in_devices WHERE user_id = %s",
                    "admin", parameters=[user])
    assert rows and not any(row.is_old for row in rows)


def test_linked_accounts_are_listed_and_taken_away(api, ward):
    """37: a person lists his accounts elsewhere and takes one away, and sees or touches nobody else's"""
    email, user = colleague(api, "nurse")
    other, stranger = colleague(api, "nurse")
    mine, theirs = link(api, user), link(api, stranger)
    listed = api.do(email, "GET", "/linked-accounts")
    assert [(each["id"], each["provider"]) for each in listed] == [(mine, "google")]
    assert_refused(api.call(email, "DELETE", f"/linked-accounts/{theirs}"), 404)
    assert api.do(email, "DELETE", f"/linked-accounts/{mine}") == {"id": mine}
    assert api.do(email, "GET", "/linked-accounts") == [] and len(api.do(other, "GET", "/linked-accounts")) == 1
    assert_refused(api.call(email, "DELETE", f"/linked-accounts/{mine}"), 404)
    assert api.audit("action = 'account_unlinked' AND actor_id = %s AND outcome = 'success'", user)


def test_the_only_way_in_stays(api, ward):
    """37: the last account elsewhere of somebody without a password is not taken away, also of two at once"""
    for _ in range(5):
        email, user = colleague(api, "nurse")
        ward.sql("DELETE FROM credentials WHERE user_id = %s", "admin", parameters=[user])
        both = [link(api, user), link(api, user, "github")]
        with ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(
                lambda each: api.call(email, "DELETE", f"/linked-accounts/{each}").status_code, both))  # noqa: B023
        assert statuses == [200, 409]
        assert len(api.do(email, "GET", "/linked-accounts")) == 1
