"""Making an account from outside, by every name that the address has."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from api_support import Api, own_ward
from own_house import ward  # noqa: F401 (fixtures by name)

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def limited():
    with own_ward(environment={"WARD_RATE_LIMITS": "on"}) as running:
        yield running


def somebody() -> str:
    return f"new-{uuid.uuid4().hex[:10]}@example.org"


def sign_up(ward, email: str, path: str = "/api/auth/sign-up", **changes) -> requests.Response:
    body = {"email": email, "password": PASSWORD, "name": "New Person", "acceptTerms": True, "acceptPrivacy": True}
    return requests.post(ward.url + path, json={**body, **changes}, timeout=10)


def people(ward, email: str) -> list:
    return ward.sql("SELECT id, name FROM users WHERE email = %s", parameters=[email])


@pytest.mark.parametrize("path", ["/api/auth/sign-up", "/api/v1/auth/sign-up"])
def test_an_account_is_made_once(ward, path):
    """29: sign-up makes a person once and signs him in, without a hospital; the same address again is a conflict"""
    email = somebody()
    answer = sign_up(ward, f"  {email.upper()} ", path)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert data["user"] == {"id": data["user"]["id"], "email": email, "name": "New Person"}
    assert PASSWORD not in answer.text
    session = ward.call("GET", "/api/v1/session", data["token"]).json()["data"]
    assert session["user"]["id"] == data["user"]["id"] and "hospital" not in session and session["permissions"] == []
    assert ward.call("GET", "/api/v1/alerts", data["token"]).status_code == 403

    again = sign_up(ward, email, path, name="Somebody Else", password="another password")
    assert again.status_code == 409 and again.json()["code"] == "CONFLICT", again.text
    assert [row.name for row in people(ward, email)] == ["New Person"]
    assert ward.sign_in(email, PASSWORD)
    rows = ward.sql("SELECT outcome FROM audit_log WHERE action = 'sign_up' AND resource_id = %s",
                    parameters=[data["user"]["id"]])
    assert [row.outcome for row in rows] == ["success"]


def test_it_works_by_the_other_tongue(ward):
    """29: auth.signUp in the tRPC protocol does the same"""
    email = somebody()
    answer = requests.post(f"{ward.url}/api/trpc/auth.signUp", timeout=10, json={
        "email": email, "password": PASSWORD, "name": "New Person", "acceptTerms": True, "acceptPrivacy": True})
    assert answer.status_code == 200 and answer.json()["result"]["data"]["user"]["email"] == email


def test_of_many_at_once_one_is_made(ward):
    """29: of 16 sign-ups with one address at the same moment exactly one succeeds"""
    email = somebody()
    with ThreadPoolExecutor(16) as pool:
        statuses = sorted(answer.status_code for answer in pool.map(lambda _: sign_up(ward, email), range(16)))
    assert statuses == [201] + [409] * 15
    assert len(people(ward, email)) == 1


@pytest.mark.parametrize("changes, field", [
    ({"password": "short"}, "password"), ({"password": "x" * 129}, "password"),
    ({"acceptTerms": False}, "acceptTerms"), ({"acceptPrivacy": False}, "acceptPrivacy"), ({"name": " "}, "name"),
])
def test_what_is_wrong_is_named_and_makes_nobody(ward, changes, field):
    """29: a weak password, a consent that was not given or an empty name is refused by name, and nobody is made"""
    email = somebody()
    answer = sign_up(ward, email, **changes)
    assert answer.status_code == 400 and [each["path"] for each in answer.json()["details"]["fields"]] == [field]
    assert people(ward, email) == []


def test_the_password_must_not_be_the_address(ward):
    """29: a password that contains the address's first part is refused"""
    answer = sign_up(ward, f"longname{uuid.uuid4().hex[:6]}@example.org")
    assert answer.status_code == 201
    email = f"longname{uuid.uuid4().hex[:6]}@example.org"
    answer = sign_up(ward, email, password=f"my-{email.split('@')[0].upper()}-1")
    assert answer.status_code == 400 and answer.json()["details"]["fields"][0]["path"] == "password"
    assert people(ward, email) == []


def test_the_fourth_sign_up_of_a_minute_is_refused(limited):
    """243: three sign-ups a minute from one address, the fourth is 429 with Retry-After; sign-in goes on"""
    for _ in range(3):
        assert sign_up(limited, somebody()).status_code == 201
    email = somebody()
    answer = sign_up(limited, email)
    assert answer.status_code == 429 and answer.json()["details"]["limit"] == "auth.signUp"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert people(limited, email) == []
    assert Api(limited).token("nurse")


def test_who_is_signed_in_already_makes_another_account(ward):
    """29: somebody whose browser still sends an old session makes an account like everybody else"""
    token = ward.sign_in("admin@demo.ward")
    body = {"email": somebody(), "password": "correct horse battery", "name": "New Person", "acceptTerms": True,
            "acceptPrivacy": True}
    answer = ward.call("POST", "/api/auth/sign-up", token, json=body)
    assert answer.status_code == 201, answer.text
    rows = ward.sql("SELECT outcome, hospital_id, actor_id FROM audit_log WHERE action = 'sign_up' AND resource_id = %s",
                    parameters=[answer.json()["data"]["user"]["id"]])
    assert [(row.outcome, row.hospital_id, str(row.actor_id)) for row in rows] == [
        ("success", None, answer.json()["data"]["user"]["id"])]
