"""What a person is and says of himself: into a hospital by the profile, last sign-in, flags, addresses, no more rights."""

import uuid
from types import SimpleNamespace

import pytest
import requests
from api_support import Api, own_ward
from test_mail import PASSWORD, sign_up, somebody
from ward_process import wait_for

CONSENT = {"acceptTerms": True, "acceptPrivacy": True}


@pytest.fixture(scope="module")
def house():
    with own_ward() as ward:
        yield SimpleNamespace(ward=ward, api=Api(ward))


def new_person(ward, **changes) -> tuple[str, str]:
    email = sign_up(ward, **changes)
    return email, ward.sign_in(email, PASSWORD)


def session(ward, token: str) -> dict:
    answer = ward.call("GET", "/api/v1/session", token)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def profile(ward, token: str) -> dict:
    answer = ward.call("GET", "/api/v1/profile", token)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def join_code(api, role: str = "nurse", **more) -> str:
    return api.do("admin", "POST", "/join-codes", {"role": role, "maxUses": 1, **more})["code"]


# Into a hospital

def test_a_new_person_is_nowhere_until_the_profile_is_saved(house):
    """31: somebody new has no hospital; the saved profile with an organisation's name gives him one for this session"""
    email, token = new_person(house.ward)
    assert house.ward.call("GET", "/api/v1/alerts", token).status_code == 403
    assert profile(house.ward, token)["isComplete"] is False and "hospital" not in session(house.ward, token)
    answer = house.ward.call("POST", "/api/v1/auth/profile", token, json={
        "name": "Dr New", "jobTitle": "Surgeon", "organizationName": "Näe & Söhne Klinik", **CONSENT})
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["needsProfileCompletion"] is False and data["hospitalId"]
    wait_for(lambda: session(house.ward, token).get("role") == "organization_admin", 2, "he speaks for his hospital")
    assert session(house.ward, token)["hospital"]["id"] == data["hospitalId"]
    assert house.ward.call("GET", "/api/v1/alerts", token).json()["data"] == []
    mine = profile(house.ward, token)
    assert mine["isComplete"] is True and mine["jobTitle"] == "Surgeon" and mine["name"] == "Dr New"


def test_a_profile_without_a_way_in_leads_nowhere(house):
    """31: a complete profile alone gives no hospital; a hospital that is none of his is refused"""
    email, token = new_person(house.ward)
    foreign = house.ward.call("POST", "/api/v1/auth/profile", token, json={
        "name": "N", "defaultHospitalId": house.api.hospital(), **CONSENT})
    assert foreign.status_code == 400 and foreign.json()["details"]["fields"][0]["path"] == "defaultHospitalId"
    assert house.ward.call("POST", "/api/v1/auth/profile", token, json={"name": "N", **CONSENT}).status_code == 200
    assert "hospital" not in session(house.ward, token)
    assert house.ward.call("GET", "/api/v1/alerts", token).status_code == 403


def test_a_join_code_lets_in_with_its_role(house):
    """29: a sign-up with a join code belongs to its hospital with its role; a used-up code makes no account"""
    code = join_code(house.api)
    _, token = new_person(house.ward, organizationCode=code.lower())
    mine = session(house.ward, token)
    assert mine["hospital"]["id"] == house.api.hospital() and mine["role"] == "nurse"
    email = somebody()
    answer = requests.post(house.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": email, "password": PASSWORD, "name": "N", "organizationCode": code, **CONSENT})
    assert answer.status_code == 400, answer.text
    assert house.ward.sql("SELECT 1 FROM users WHERE email = %s", parameters=[email]) == []
    _, outsider = new_person(house.ward)
    body = {"name": "N", "organizationCode": join_code(house.api, "doctor"), **CONSENT}
    assert house.ward.call("POST", "/api/v1/auth/profile", outsider, json=body).status_code == 200
    wait_for(lambda: session(house.ward, outsider).get("role") == "doctor", 2, "the code lets him in")


def test_an_invitation_is_for_who_was_invited(house):
    """29: a sign-up by the mailed invitation belongs to its hospital; with another address it is refused and makes nobody"""
    email, thief = somebody(), somebody()
    house.api.do("admin", "POST", "/invitations", {"emails": [email], "role": "doctor"})

    def letter():
        found = house.api.do("admin", "GET", "/development/outbox")["letters"]
        return next((each for each in found if each["to"] == email), None)

    token = wait_for(letter, 10, "the invitation is mailed")["text"].split("token=")[1].split()[0]
    stolen = requests.post(house.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": thief, "password": PASSWORD, "name": "N", "invitationToken": token, **CONSENT})
    assert stolen.status_code == 403, stolen.text
    assert house.ward.sql("SELECT 1 FROM users WHERE email = %s", parameters=[thief]) == []
    sign_up(house.ward, email, invitationToken=token)
    mine = session(house.ward, house.ward.sign_in(email, PASSWORD))
    assert mine["hospital"]["id"] == house.api.hospital() and mine["role"] == "doctor"


def test_an_organisation_of_ones_own(house):
    """29: a sign-up with an organisation's name makes it and its first hospital, apart from all others; two ways in at
    once are refused"""
    email = sign_up(house.ward, organizationName="Nord")
    mine = session(house.ward, house.ward.sign_in(email, PASSWORD))
    assert mine["role"] == "organization_admin" and mine["hospital"]["name"] == "Nord"
    assert [each["hospitalId"] for each in mine["memberships"]] == [mine["hospital"]["id"]]
    again = session(house.ward, house.ward.sign_in(sign_up(house.ward, organizationName="Nord"), PASSWORD))
    assert again["hospital"]["id"] != mine["hospital"]["id"]
    both = requests.post(house.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": somebody(), "password": PASSWORD, "name": "N", "organizationName": "Nord",
        "organizationCode": join_code(house.api), **CONSENT})
    assert both.status_code == 400 and both.json()["details"]["fields"][0]["rule"] == "oneOf"


# The profile

def test_the_own_profile_is_read_and_changed(house):
    """99: a person reads and changes his own profile; what is not given stays"""
    email, token = new_person(house.ward)
    change = {"name": "Ann Other", "phone": "+49 30 1234567", "department": "Surgery", "jobTitle": "Surgeon",
              "bio": "Twenty years.", "licenseNumber": "MD-12345", "availabilityStatus": "busy",
              "contactPreferences": {"sms": True}}
    answer = house.ward.call("PATCH", "/api/v1/profile", token, json=change)
    assert answer.status_code == 200, answer.text
    flat = {**{k: v for k, v in change.items() if k != "contactPreferences"}, "email": email, "contactBySms": True,
            "contactByEmail": True, "contactByPush": True, "isEmailVerified": False}
    assert flat.items() <= answer.json()["data"].items()
    assert house.ward.call("PATCH", "/api/v1/profile", token, json={"bio": "Less."}).status_code == 200
    assert {**flat, "bio": "Less."}.items() <= profile(house.ward, token).items()
    assert house.ward.call("GET", "/api/v1/profile").status_code == 401


@pytest.mark.parametrize("field, value", [
    ("role", "super_admin"), ("email", "other@example.org"), ("hospitalId", "00000000-0000-4000-8000-0000000000ff"),
    ("organizationId", "00000000-0000-4000-8000-0000000000ff"), ("isActive", True), ("isEmailVerified", True), ("permissions", ["manage_users"]),
])
def test_nobody_raises_himself(house, field, value):
    """99: role, address, hospital and flags are no part of the profile: a change that names one is refused whole"""
    token = house.api.ward.sign_in("nurse@demo.ward")
    before = (profile(house.ward, token), session(house.ward, token)["role"])
    answer = house.ward.call("PATCH", "/api/v1/profile", token, json={"bio": "Now I am more.", field: value})
    assert answer.status_code == 400 and [each["path"] for each in answer.json()["details"]["fields"]] == [field]
    saved = house.ward.call("POST", "/api/v1/auth/profile", token, json={"name": "N", **CONSENT, field: value})
    assert saved.status_code == 400 and [each["path"] for each in saved.json()["details"]["fields"]] == [field]
    assert (profile(house.ward, token), session(house.ward, token)["role"]) == before


# Sign-in's traces and flags

def test_the_last_sign_in_is_kept(house):
    """58: time and address of the last sign-in change with each success and with no failure"""
    email = sign_up(house.ward)

    def seen():
        return house.ward.sql("SELECT last_login_at, last_login_address FROM users WHERE email = %s", parameters=[email])[0]

    house.ward.sql("UPDATE users SET last_login_at = NULL, last_login_address = NULL WHERE email = %s", parameters=[email])
    wrong = house.ward.call("POST", "/api/v1/sessions", json={"email": email, "password": "wrong horse battery"})
    assert wrong.status_code == 401 and tuple(seen()) == (None, None)
    token = house.ward.sign_in(email, PASSWORD)
    first = seen()
    assert first.last_login_at is not None and first.last_login_address == "127.0.0.1"
    mine = profile(house.ward, token)
    assert mine["lastLoginAddress"] == "127.0.0.1" and mine["lastLoginAt"]
    house.ward.sign_in(email, PASSWORD)
    assert seen().last_login_at > first.last_login_at


@pytest.mark.parametrize("flag", ["is_active = false", "is_locked = true"])
def test_a_flag_ends_everything(house, flag):
    """59: an account that is not active or is locked is refused at sign-in with the words of a wrong password, and its
    sessions end within a second"""
    email, token = new_person(house.ward)
    wrong = house.ward.call("POST", "/api/v1/sessions", json={"email": email, "password": "wrong horse battery"})
    assert session(house.ward, token)
    house.ward.sql(f"UPDATE users SET {flag} WHERE email = %s", parameters=[email])
    wait_for(lambda: house.ward.call("GET", "/api/v1/session", token).status_code == 401, 1.5, "the session ends")
    answer = house.ward.call("POST", "/api/v1/sessions", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 401 and answer.text == wrong.text


# Addresses

def test_an_address_is_kept_in_one_form(house):
    """92: an address in capitals and with spaces around is stored small and trimmed, and signs in in any form"""
    email = somebody()
    sign_up(house.ward, f"\t {email.upper()} ")
    assert house.ward.sql("SELECT email FROM users WHERE lower(btrim(email, E' \\t')) = %s", parameters=[email])[0][0] == email
    assert house.ward.sign_in(f"  {email.title()} ", PASSWORD)


@pytest.mark.parametrize("email", [
    "аnna@example.org", "anna@exаmple.org", "anna@example．org", "a@b", "a b@example.org", "a@@example.org",
    "a>b@example.org", "a,b@example.org", "a(b)@example.org", "a\r\nb@example.org", "a@example.org\r\nBcc: c@example.org",
    "a\u202e@example.org", "@example.org", "a@example..org",
])
def test_an_address_that_looks_like_another_is_none(house, email):
    """92: look-alike letters, line ends, brackets and other texts that are no address are refused by name"""
    answer = requests.post(house.ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": email, "password": PASSWORD, "name": "N", **CONSENT})
    assert answer.status_code == 400 and [each["path"] for each in answer.json()["details"]["fields"]] == ["email"]


def test_whether_an_address_is_taken(house):
    """29: the check says what sign-up would say, and only so often"""
    email = sign_up(house.ward)

    def check(address):
        return house.ward.call("POST", "/api/v1/auth/email-check", json={"email": address}).json()["data"]

    assert check(email.upper()) == {"exists": True, "isAvailable": False}
    assert check(somebody()) == {"exists": False, "isAvailable": True}
    with own_ward(environment={"WARD_RATE_LIMITS": "on"}) as limited:
        answers = [limited.call("POST", "/api/v1/auth/email-check", json={"email": somebody()}) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429]
