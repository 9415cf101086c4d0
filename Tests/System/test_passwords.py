"""Passwords: how they are kept, chosen, changed, forgotten and taken away; nobody learns who has an account."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import requests
from api_support import Api, own_ward, shift
from mail_server import link_token, mail_server
from test_mail import PASSWORD, sign_up, somebody
from ward_process import wait_for

NEW = "another long password"
# bcrypt of PASSWORD as other systems keep it, cost 10, and one of cost 4.
BCRYPT = {
    "2b": "$2b$10$yK6XbTuGSEqr/Oxsr0c3qODY7GrPhlFEZoNAjURQMGwU2UBfrmnZy",
    "2a": "$2a$10$Xh/R0bo8qY2mz/j2hCEoqOzI5KlAn8LvM9YXU83j2ZJQrsCtCIKK.",
    "2y": "$2y$10$X4FK5xQ95BI06743LJ8/QOo4Ac9.Haso8lI3d0gImBW7IL29wa4K.",
}
CHEAP = "$2b$04$gIyPNH/6xEaxEmAHiodbrOZE5jtysSLcDsmwwhB0F1sIEkHBvY2.2"


@pytest.fixture(scope="module")
def post():
    with mail_server() as server, own_ward(environment=server.environment) as ward:
        yield SimpleNamespace(ward=ward, box=server.box, api=Api(ward))


def sign_in(ward, email: str, password: str) -> requests.Response:
    return ward.call("POST", "/api/v1/sessions", json={"email": email, "password": password})


def is_good(ward, token: str) -> bool:
    return ward.call("GET", "/api/v1/session", token).status_code == 200


def forgot(ward, email: str) -> requests.Response:
    return ward.call("POST", "/api/v1/auth/forgot-password", json={"email": email})


def reset(ward, token: str, password: str = NEW) -> requests.Response:
    return ward.call("POST", "/api/v1/auth/reset-password", json={"token": token, "newPassword": password})


def reset_token(post, email: str) -> str:
    def letters():
        return [each for each in post.box.to(email) if each["Subject"] == "A new password for Ward"]

    before = len(letters())
    assert forgot(post.ward, email).status_code == 200
    return link_token(wait_for(lambda: letters()[before:], 15, "the letter with the link")[-1])


def stored(ward, email: str):
    return ward.sql("SELECT c.algorithm, c.secret FROM credentials c JOIN users u ON u.id = c.user_id"
                    " WHERE u.email = %s", parameters=[email])[0]


# Kept

def test_what_is_kept_is_a_slow_hash(post):
    """33: what is stored of a password verifies, is not the text, and costs 19 MiB and two passes of argon2id"""
    email = sign_up(post.ward)
    kept = stored(post.ward, email)
    assert kept.algorithm == "argon2id" and kept.secret.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in kept.secret and stored(post.ward, sign_up(post.ward)).secret != kept.secret
    assert sign_in(post.ward, email, PASSWORD).status_code == 201


@pytest.mark.parametrize("kind", sorted(BCRYPT))
def test_a_hash_of_bcrypt_is_taken_and_replaced(post, kind):
    """33: bcrypt of cost 10 from another system verifies, a wrong password does not, and the first sign-in replaces it"""
    email = sign_up(post.ward)
    post.ward.sql("UPDATE credentials SET algorithm = 'bcrypt', secret = %s FROM users u WHERE u.id = user_id"
                  " AND u.email = %s", parameters=[BCRYPT[kind], email])
    assert sign_in(post.ward, email, "wrong horse battery").status_code == 401
    assert stored(post.ward, email).secret == BCRYPT[kind]
    assert sign_in(post.ward, email, PASSWORD).status_code == 201
    assert stored(post.ward, email).secret.startswith("$argon2id$")
    assert sign_in(post.ward, email, PASSWORD).status_code == 201


def test_a_cheap_hash_is_refused(post):
    """33: bcrypt below cost 10 opens no account"""
    email = sign_up(post.ward)
    post.ward.sql("UPDATE credentials SET algorithm = 'bcrypt', secret = %s FROM users u WHERE u.id = user_id"
                  " AND u.email = %s", parameters=[CHEAP, email])
    assert sign_in(post.ward, email, PASSWORD).status_code == 401


def test_too_many_hashes_at_once_are_turned_away(post):
    """32: of 300 sign-ups at once some are told to come back, with Retry-After; the others are served, none fails"""
    def one(_):
        return requests.post(post.ward.url + "/api/auth/sign-up", timeout=30, json={
            "email": somebody(), "password": PASSWORD, "name": "N", "acceptTerms": True, "acceptPrivacy": True})

    with ThreadPoolExecutor(150) as pool:
        answers = list(pool.map(one, range(300)))
    statuses = {answer.status_code for answer in answers}
    assert statuses == {201, 503}, statuses
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status_code == 503)
    assert sign_up(post.ward)


def test_wrong_and_unknown_are_the_same(post):
    """32: a wrong password, an unknown address and an account without password get the same words and status"""
    email, bare = sign_up(post.ward), sign_up(post.ward)
    post.ward.sql("DELETE FROM credentials USING users u WHERE u.id = user_id AND u.email = %s", parameters=[bare])
    answers = [sign_in(post.ward, email, "wrong horse battery"), sign_in(post.ward, somebody(), PASSWORD),
               sign_in(post.ward, bare, PASSWORD)]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert len({answer.text for answer in answers}) == 1


# Chosen

@pytest.mark.parametrize("password", [
    "password1234", "P@ssw0rd2026!!", "Password!2025", "qwertyuiop12", "passwordpassword", "aaaaaaaaaaaa",
    "abcabcabcabc", "123456789012", "abcdefghijkl", "iloveyou2026!", "Football-2026", "1q2w3e4r5t6y",
])
def test_what_everybody_tries_first_is_refused(post, password):
    """29: a common password is refused by name, also with a year behind it, signs for letters, or written twice"""
    email = somebody()
    answer = requests.post(post.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": email, "password": password, "name": "N", "acceptTerms": True, "acceptPrivacy": True})
    assert answer.status_code == 400, answer.text
    assert [(each["path"], each["rule"]) for each in answer.json()["details"]["fields"]] == [("password", "common")]
    assert post.ward.sql("SELECT 1 FROM users WHERE email = %s", parameters=[email]) == []


@pytest.mark.parametrize("password", ["lantern grove whistle", "kq7-wiuzb-04hsd", "Übermorgen fällt Schnee", "ward-demo-2026"])
def test_a_password_of_ones_own_is_taken(post, password):
    """29: a long password that nobody else has is taken as it is"""
    email = sign_up(post.ward, password=password)
    assert sign_in(post.ward, email, password).status_code == 201


# Forgotten

def test_a_forgotten_password_is_replaced_by_the_mailed_link(post):
    """61: the mailed link sets a new password once; the old one and every session are over, and a letter says so"""
    email = sign_up(post.ward)
    sessions = [post.ward.sign_in(email, PASSWORD) for _ in range(2)]
    token = reset_token(post, email)
    assert all(is_good(post.ward, each) for each in sessions)
    letters = len(post.box.to(email))
    assert reset(post.ward, token).status_code == 200
    wait_for(lambda: not any(is_good(post.ward, each) for each in sessions), 1.5, "the sessions end")
    assert sign_in(post.ward, email, PASSWORD).status_code == 401
    assert sign_in(post.ward, email, NEW).status_code == 201
    again = reset(post.ward, token, "yet another password")
    assert again.status_code == 400 and sign_in(post.ward, email, NEW).status_code == 201
    assert "was changed" in post.box.wait_for(email, count=letters + 1)["Subject"]
    rows = post.ward.sql("SELECT a.action FROM audit_log a JOIN users u ON u.id = a.resource_id WHERE u.email = %s"
                         " AND a.action = 'password_reset'", parameters=[email])
    assert len(rows) == 1


def test_a_link_is_over_after_an_hour_and_by_the_next(post):
    """61: after an hour the link is over, and a newer letter ends it before; a link for an address resets nothing"""
    email = sign_up(post.ward)
    verification = link_token(post.box.wait_for(email))
    assert reset(post.ward, verification).status_code == 400
    first = reset_token(post, email)
    second = reset_token(post, email)
    assert reset(post.ward, first).status_code == 400
    shift(post.ward, 3601)
    try:
        assert reset(post.ward, second).status_code == 400
    finally:
        shift(post.ward, -3601)
    assert sign_in(post.ward, email, PASSWORD).status_code == 201


def test_one_link_raced_is_used_once(post):
    """61: of eight resets with one link at the same moment one succeeds"""
    email = sign_up(post.ward)
    token = reset_token(post, email)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: reset(post.ward, token, f"raced password {n}"), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7


def test_nobody_learns_who_has_an_account(post):
    """61: for an unknown address the answer, the audit row and the queued work are those of a known one; no letter"""
    known, unknown = sign_up(post.ward), somebody()
    post.box.wait_for(known)

    def seen(email):
        count = "SELECT (SELECT count(*) FROM jobs WHERE queue = 'email') + (SELECT count(*) FROM finished_jobs WHERE queue = 'email') AS jobs, (SELECT count(*) FROM audit_log) AS rows"
        before = post.ward.sql(count)[0]
        answer = forgot(post.ward, email)
        after = post.ward.sql(count)[0]
        return answer.status_code, answer.text, [b - a for a, b in zip(before, after)]

    assert seen(known) == seen(unknown)
    assert seen(known)[0] == 200
    post.box.wait_for(known, count=3)
    assert post.box.to(unknown) == []
    wait_for(lambda: post.ward.sql("SELECT count(*) FROM jobs WHERE state <> 'dead'")[0][0] == 0, 10, "all is done")
    assert post.box.to(unknown) == []


def test_a_weak_new_password_leaves_the_link_good(post):
    """61: a new password that is refused does not use the link up"""
    email = sign_up(post.ward)
    token = reset_token(post, email)
    for password in ("short", "password1234", email.split("@")[0] + "-long"):
        answer = reset(post.ward, token, password)
        assert answer.status_code == 400 and answer.json()["details"]["fields"][0]["path"] == "newPassword"
    assert reset(post.ward, token).status_code == 200


# Changed

def change(ward, token: str, current: str = PASSWORD, new: str = NEW) -> requests.Response:
    return ward.call("POST", "/api/v1/auth/change-password", token, json={"currentPassword": current, "newPassword": new})


def test_a_changed_password_ends_all_other_sessions(post):
    """61: the right current password sets a new one; other devices are signed out and this one gets a new token"""
    email = sign_up(post.ward)
    mine, other = post.ward.sign_in(email, PASSWORD), post.ward.sign_in(email, PASSWORD)
    answer = change(post.ward, mine)
    assert answer.status_code == 200, answer.text
    assert is_good(post.ward, answer.json()["data"]["token"])
    wait_for(lambda: not is_good(post.ward, mine) and not is_good(post.ward, other), 1.5, "the old tokens are over")
    assert sign_in(post.ward, email, PASSWORD).status_code == 401 and sign_in(post.ward, email, NEW).status_code == 201


@pytest.mark.parametrize("current, new, field", [
    ("wrong horse battery", NEW, "currentPassword"), (PASSWORD, PASSWORD, "newPassword"),
    (PASSWORD, "password1234", "newPassword"), (PASSWORD, "short", "newPassword"),
])
def test_a_change_that_is_refused_changes_nothing(post, current, new, field):
    """61: a wrong current password, the same one again or a weak one is refused by name; sessions and password stay"""
    email = sign_up(post.ward)
    token = post.ward.sign_in(email, PASSWORD)
    answer = change(post.ward, token, current, new)
    assert answer.status_code == 400 and answer.json()["details"]["fields"][0]["path"] == field
    assert is_good(post.ward, token) and sign_in(post.ward, email, PASSWORD).status_code == 201


def test_an_administrator_takes_a_password_away(post):
    """61: an administrator makes a colleague choose a new password: signed out at once, the old one is gone, the mailed
    link sets the next; not by a nurse, not for a foreigner, not for himself"""
    email = somebody()
    user = post.api.do("admin", "POST", "/users", {"name": "New", "email": email, "role": "nurse", "password": PASSWORD})["id"]
    token = post.ward.sign_in(email, PASSWORD)
    path, body = f"/api/v1/users/{user}/password-reset", {"reason": "Left his badge"}
    assert post.ward.call("POST", path, post.api.token("nurse"), json=body).status_code == 403
    assert post.ward.call("POST", path, post.api.token("other admin"), json=body).status_code == 404
    mine = post.api.user("admin")
    own = post.ward.call("POST", f"/api/v1/users/{mine}/password-reset", post.api.token("admin"), json=body)
    assert own.status_code == 403 and is_good(post.ward, token)
    assert post.ward.call("POST", path, post.api.token("admin"), json=body).status_code == 200
    wait_for(lambda: not is_good(post.ward, token), 1.5, "the session ends")
    assert sign_in(post.ward, email, PASSWORD).status_code == 401
    assert reset(post.ward, link_token(post.box.wait_for(email))).status_code == 200
    assert sign_in(post.ward, email, NEW).status_code == 201


def test_a_huge_password_costs_nothing(post):
    """32: a password of a mebibyte is refused before it is hashed"""
    answer = sign_in(post.ward, somebody(), "x" * (1 << 20))
    assert answer.status_code in (400, 413)
    assert reset(post.ward, uuid.uuid4().hex, "x" * 5000).status_code == 400
