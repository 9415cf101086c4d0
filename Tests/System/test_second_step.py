"""Whoever has a second factor shows it after another provider's sign-in, too, before there is a session."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from api_inputs import document_of, operations_of
from api_support import Api, shift
from factor_people import Person
from providers import openid
from test_openapi import assert_conforms
from test_providers import Browser
from ward_process import WardProcess, free_port

STEP = "/api/v1/auth/second-factor"


@pytest.fixture(scope="module")
def provider():
    with openid() as running:
        yield running


@pytest.fixture(scope="module")
def ward(provider):
    port = free_port()
    running = WardProcess(port=port, environment={
        "WARD_PUBLIC_URL": f"http://localhost:{port}",
        "WARD_SIGN_IN_PROVIDERS": json.dumps(
            [{"name": "google", "issuer": provider.url, "clientId": "ward-here", "clientSecret": "kept"}])})
    try:
        running.start()
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


@pytest.fixture(autouse=True)
def back(ward):
    shift(ward, 31 - ward.now().timestamp() % 30)
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")


def known(api, provider) -> Person:
    """Somebody with a telephone whose address both sides have verified."""
    found = Person(api).enable()
    api.ward.sql("UPDATE users SET email_verified_at = ward.now() WHERE id = %s", "admin", parameters=[found.id])
    provider.claims(found.email, email=found.email, email_verified=True)
    return found


def come(ward, provider, person, returnTo="/staff", headers=None) -> tuple[Browser, requests.Response]:
    browser = Browser(ward)
    location = browser.begin(returnTo=returnTo)
    return browser, browser.get(provider.consent(location, person.email), *([headers] if headers is not None else []))


def step(ward, browser, **body) -> requests.Response:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return ward.call("POST", STEP, json=body, headers={"Cookie": cookie})


def sessions(ward, person) -> int:
    return ward.sql("SELECT count(*) AS n FROM sessions WHERE user_id = %s AND method = 'provider'",
                    parameters=[person.id])[0].n


def test_no_session_before_the_code(api, ward, provider):
    """54: after another provider's sign-in somebody with a second factor has no session until its code came, once"""
    person = known(api, provider)
    browser, answer = come(ward, provider, person)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?sign-in=code")
    cookie = next(each for each in answer.raw.headers.getlist("Set-Cookie") if each.startswith("ward_second_step="))
    assert "HttpOnly" in cookie and "Max-Age=300" in cookie
    assert "ward_session" not in browser.cookies and sessions(ward, person) == 0
    assert browser.get("/api/v1/session", {}).status_code == 401
    missing = step(ward, browser)
    assert missing.status_code == 401 and missing.json()["details"] == {"secondFactor": True}
    assert sessions(ward, person) == 0
    done = step(ward, browser, code=person.code())
    assert done.status_code == 201, done.text
    operation = next(each for each in operations_of(document_of(ward)) if each.name == "auth.finishSecondFactor")
    assert_conforms(document_of(ward), operation.document["responses"]["201"]["content"]["application/json"]["schema"],
                    done.json(), "auth.finishSecondFactor")
    assert done.json()["data"]["location"] == "/staff" and sessions(ward, person) == 1
    mine = ward.call("GET", "/api/v1/sessions", done.json()["data"]["token"]).json()["data"]
    assert next(each for each in mine if each["isCurrent"])["secondFactorAt"]
    again = step(ward, browser, code=person.code(1))
    assert again.status_code == 401 and "secondFactor" not in again.json()["details"]


def test_a_program_learns_that_a_code_is_missing(api, ward, provider):
    """54: who asks for JSON is told that the second factor is needed, and given neither token nor person"""
    person = known(api, provider)
    browser, answer = come(ward, provider, person, headers={})
    data = answer.json()["data"]
    assert data["needsSecondFactor"] is True
    assert (data.get("token"), data.get("user"), data.get("expiresAt")) == (None, None, None)
    operation = next(each for each in operations_of(document_of(ward)) if each.name == "auth.finishSignIn")
    assert_conforms(document_of(ward), operation.document["responses"]["200"]["content"]["application/json"]["schema"],
                    answer.json(), "auth.finishSignIn")
    assert step(ward, browser, backupCode=person.backup[0]).status_code == 201


def test_five_wrong_codes_lock_it(api, ward, provider):
    """56: wrong codes after another provider's sign-in count: after five the right one opens nothing"""
    person = known(api, provider)
    browser, _ = come(ward, provider, person)
    near = {person.code(steps) for steps in (-1, 0, 1)}
    wrong = next(code for code in ("000000", "000001", "000002", "000003") if code not in near)
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda _: step(ward, browser, code=wrong).status_code, range(40)))
    assert statuses.count(401) == 5 and set(statuses) == {401, 429}
    assert step(ward, browser, code=person.code()).status_code == 429
    other, _ = come(ward, provider, person)
    assert step(ward, other, code=person.code()).status_code == 429, "a new ticket is no new count"
    assert sessions(ward, person) == 0


def test_the_ticket_is_one_browsers_and_is_over_soon(api, ward, provider):
    """54: without the browser's ticket, with another's, or after five minutes, no code opens a session"""
    person, other = known(api, provider), known(api, provider)
    browser, _ = come(ward, provider, person)
    for cookies in ({}, {"ward_second_step": "x"}, {"ward_second_step": "A" * 43}):
        stranger = Browser(ward)
        stranger.cookies = cookies
        assert step(ward, stranger, code=person.code()).status_code == 401
    theirs, _ = come(ward, provider, other)
    assert step(ward, theirs, code=person.code()).status_code == 401, "a code of somebody else"
    shift(ward, 301)
    late = step(ward, browser, code=person.code())
    assert late.status_code == 401 and "secondFactor" not in late.json()["details"]
    assert sessions(ward, person) == 0


def test_many_at_once_open_one(api, ward, provider):
    """54: of many that come at once with one ticket and good codes one has a session"""
    person = known(api, provider)
    browser, _ = come(ward, provider, person)
    shown = [{"backupCode": each} for each in person.backup[:8]] + [{"code": person.code()}] * 8
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda body: step(ward, browser, **body).status_code, shown))
    assert statuses.count(201) == 1 and set(statuses) <= {201, 401, 429}
    assert sessions(ward, person) == 1


def test_who_is_locked_out_meanwhile_stays_out(api, ward, provider):
    """59: who is deactivated between the provider and the code gets no session"""
    person = known(api, provider)
    browser, _ = come(ward, provider, person)
    ward.sql("UPDATE users SET is_locked = true WHERE id = %s", "admin", parameters=[person.id])
    assert step(ward, browser, code=person.code()).status_code == 401
    assert sessions(ward, person) == 0
