"""A person's sessions: how they end by themselves, where they are listed, and how they are ended."""

import uuid

import pytest
from api_support import Api, shift
from hospital import moment
from own_house import ward  # noqa: F401 (fixtures by name)
from ward_process import PASSWORD, wait_for

DAY = 86_400


@pytest.fixture
def back(ward):
    yield
    ward.reset_clock()


def status(ward, token: str) -> int:
    return ward.call("GET", "/api/v1/session", token).status_code


def sessions(ward, token: str) -> list[dict]:
    answer = ward.call("GET", "/api/v1/sessions", token)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def signed_in(ward, email="head@demo.ward", agent="tests") -> str:
    answer = ward.call("POST", "/api/v1/sessions", json={"email": email, "password": PASSWORD},
                       headers={"User-Agent": agent})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]["token"]


def test_a_sign_in_is_listed_and_ended_at_once(ward):
    """43: sign-in lists a session with device, address and times; ended from another device it is over within a second"""
    mine, phone = signed_in(ward, agent="Desk/1"), signed_in(ward, agent="Phone/2")
    listed = sessions(ward, mine)
    assert [each["device"] for each in listed if each["isCurrent"]] == ["Desk/1"]
    other = next(each for each in listed if each["device"] == "Phone/2")
    assert other["address"] == "127.0.0.1" and other["method"] == "password" and other["secondFactorAt"] is None
    assert moment(other["createdAt"]) <= moment(other["lastSeenAt"]) < moment(other["expiresAt"])
    assert status(ward, phone) == 200
    assert ward.call("DELETE", f"/api/v1/sessions/{other['id']}", mine).json()["data"] == {
        "id": other["id"], "wasCurrent": False}
    wait_for(lambda: status(ward, phone) == 401, 1, "the session is over")
    assert other["id"] not in [each["id"] for each in sessions(ward, mine)]
    assert ward.call("DELETE", f"/api/v1/sessions/{other['id']}", mine).status_code == 404
    assert status(ward, mine) == 200


def test_all_others_end(ward):
    """43: signing out everywhere else ends every other session and leaves this one and other people's"""
    mine, colleague = signed_in(ward), signed_in(ward, "doctor@demo.ward")
    others = [signed_in(ward) for _ in range(3)]
    revoked = ward.call("DELETE", "/api/v1/sessions", mine).json()["data"]["revoked"]
    assert len(revoked) >= 3
    for token in others:
        wait_for(lambda: status(ward, token) == 401, 1, "the session is over")
    assert status(ward, mine) == status(ward, colleague) == 200
    assert len(sessions(ward, mine)) == 1


def test_nobody_ends_anothers_session(ward):
    """43: another person's session is not there: neither listed nor ended, whoever asks, whatever his rights"""
    nurse, admin = signed_in(ward, "nurse@demo.ward"), signed_in(ward, "admin@demo.ward")
    his = next(each["id"] for each in sessions(ward, nurse) if each["isCurrent"])
    assert his not in [each["id"] for each in sessions(ward, admin)]
    assert ward.call("DELETE", f"/api/v1/sessions/{his}", admin).status_code == 404
    assert status(ward, nurse) == 200


def test_a_session_ends_on_every_node(ward_factory):
    """43: a session that one node ends is over on the other within a second, though both know it"""
    first = ward_factory()
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    mine, lost = signed_in(first), signed_in(first)
    assert status(second, lost) == status(first, lost) == 200
    his = next(each["id"] for each in sessions(second, lost) if each["isCurrent"])
    assert first.call("DELETE", f"/api/v1/sessions/{his}", mine).status_code == 200
    for node in (first, second):
        wait_for(lambda: status(node, lost) == 401, 1, "the session is over")


def test_another_token_for_the_same_session(ward):
    """43: a rotated session goes on under another token, the old token is refused within a second"""
    old = signed_in(ward)
    before = next(each["id"] for each in sessions(ward, old) if each["isCurrent"])
    answer = ward.call("POST", "/api/v1/session/rotation", old, json={})
    assert answer.status_code == 201
    new = answer.json()["data"]["token"]
    assert new != old and f"ward_session={new}" in answer.headers["Set-Cookie"]
    wait_for(lambda: status(ward, old) == 401, 1, "the old token is refused")
    assert next(each["id"] for each in sessions(ward, new) if each["isCurrent"]) == before


def test_sliding_seven_days(ward, back):
    """39: used every few days a session lives on; seven days without use end it"""
    token, idle = signed_in(ward), signed_in(ward)
    for _ in range(3):
        shift(ward, 5 * DAY)
        assert status(ward, token) == 200
    assert status(ward, idle) == 401


def test_thirty_days_are_the_end(ward_factory):
    """39: thirty days after the sign-in a session is over however much it was used"""
    ward = ward_factory()
    token = signed_in(ward)
    for _ in range(6):
        shift(ward, 4.8 * DAY)
        assert status(ward, token) == 200
    listed = next(each for each in sessions(ward, token) if each["isCurrent"])
    assert moment(listed["expiresAt"]) <= ward.sql(
        "SELECT max(created_at) + interval '30 days' AS at FROM sessions WHERE token_hash = sha256(%s::bytea)",
        parameters=[token.encode()])[0].at
    shift(ward, 1.3 * DAY)
    wait_for(lambda: status(ward, token) == 401, 3, "thirty days are over")


def test_idle_in_a_clinic(ward_factory):
    """39: where a hospital sets an idle limit, a session that is used lives on and an idle one ends"""
    ward = ward_factory()
    ward.sql("UPDATE hospitals SET idle_minutes = 15 WHERE subdomain = 'demo-general'", "admin")
    used, idle, elsewhere = signed_in(ward), signed_in(ward), signed_in(ward, "nurse@other.ward")
    for _ in range(4):
        shift(ward, 5 * 60)
        assert status(ward, used) == 200
    assert status(ward, idle) == 401
    assert status(ward, elsewhere) == 200
    shift(ward, 15 * 60 + 1)
    wait_for(lambda: status(ward, used) == 401, 3, "nobody used it for a quarter of an hour")
    assert status(ward, elsewhere) == 200


def test_the_session_stands_in_audit_rows(ward):
    """60: a session has address, agent and end, and its id stands in the audit rows of what is done with it"""
    token = signed_in(ward, "operator@demo.ward", "Audit/1")
    session = next(each["id"] for each in sessions(ward, token) if each["isCurrent"])
    answer = ward.call("POST", "/api/v1/alerts", token, json={
        "roomNumber": f"A{uuid.uuid4().hex[:5]}", "alertType": "medical", "urgencyLevel": 1})
    assert answer.status_code == 201
    rows = ward.sql("SELECT action, session_id FROM audit_log WHERE session_id = %s ORDER BY occurred_at",
                    parameters=[session])
    assert [row.action for row in rows][0] == "login" and len(rows) == 2


def test_nobody_chooses_his_token(ward):
    """38: a token that the client brings along is never taken for the new session: each sign-in makes its own"""
    planted = "ws_" + "B" * 43
    answer = ward.call("POST", "/api/v1/sessions", json={"email": "nurse@demo.ward", "password": PASSWORD},
                       headers={"Cookie": f"ward_session={planted}", "Origin": ward.url})
    assert answer.status_code == 201 and answer.json()["data"]["token"] != planted
    assert f"ward_session={planted}" not in answer.headers["Set-Cookie"]
    assert status(ward, planted) == 401
    # Nor does a session that somebody planted become that of who signs in over it.
    attacker = signed_in(ward, "operator@demo.ward")
    answer = ward.call("POST", "/api/v1/sessions", json={"email": "nurse@demo.ward", "password": PASSWORD},
                       headers={"Cookie": f"ward_session={attacker}", "Origin": ward.url})
    assert answer.json()["data"]["token"] != attacker
    assert ward.call("GET", "/api/v1/session", attacker).json()["data"]["user"]["email"] == "operator@demo.ward"


def test_a_flag_closes_sessions_and_sign_in(ward):
    """59: locked or deactivated, a person's sessions are refused and he cannot sign in; freed again he can"""
    for column, closed, free in (("is_locked", "true", "false"), ("is_active", "false", "true")):
        token = signed_in(ward, "operator@demo.ward")
        assert status(ward, token) == 200
        try:
            ward.sql(f"UPDATE users SET {column} = {closed} WHERE email = 'operator@demo.ward'")
            wait_for(lambda: status(ward, token) == 401, 1, column)
            answer = ward.call("POST", "/api/v1/sessions", json={"email": "operator@demo.ward", "password": PASSWORD})
            assert answer.status_code == 401
        finally:
            ward.sql(f"UPDATE users SET {column} = {free} WHERE email = 'operator@demo.ward'")
        assert status(ward, signed_in(ward, "operator@demo.ward")) == 200


def test_the_last_sign_in_is_noted(ward):
    """58: time and address of the last sign-in change with each"""
    noted = lambda: ward.sql("SELECT last_login_at, last_login_address FROM users WHERE email = 'head@demo.ward'")[0]
    signed_in(ward)
    before = noted()
    signed_in(ward)
    assert before.last_login_address == noted().last_login_address == "127.0.0.1"
    assert noted().last_login_at > before.last_login_at


def test_a_hospital_is_chosen_for_the_session(ward):
    """43: the session's hospital is chosen among one's own; another's hospital is not there"""
    api = Api(ward)
    admin = signed_in(ward, "admin@demo.ward")
    user, own, other = api.user("admin"), api.hospital(), api.hospital("other admin")
    choose = lambda hospital: ward.call("PUT", "/api/v1/session/hospital", admin, json={"hospitalId": hospital})
    assert choose(other).status_code == 400
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')", parameters=[other, user])
    try:
        assert choose(other).status_code == 200
        now = lambda: ward.call("GET", "/api/v1/session", admin).json()["data"]["hospital"]["id"]
        wait_for(lambda: now() == other, 1, "the other hospital is the session's")
        assert choose(own).status_code == 200
        wait_for(lambda: now() == own, 1, "its own again")
    finally:
        ward.sql("DELETE FROM memberships WHERE hospital_id = %s AND user_id = %s", parameters=[other, user])
