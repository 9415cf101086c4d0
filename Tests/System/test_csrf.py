"""What other sites make a browser send."""

import pytest
import requests
from own_house import ward  # noqa: F401 (fixtures by name)
from ward_process import PASSWORD

PUBLIC = "https://ward.example"

WARD = {"environment": {"WARD_PUBLIC_URL": PUBLIC}}


def write(ward, headers, token=None, path="/api/v1/duty", method="PUT", json=None):
    cookie = {"Cookie": f"ward_session={token or ward.sign_in('nurse@demo.ward')}"}
    return ward.call(method, path, json=json or {"isOnDuty": True}, headers={**cookie, **headers})


@pytest.mark.parametrize("headers", [
    {"Origin": PUBLIC}, {"Origin": PUBLIC, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"},
    {"Origin": PUBLIC, "Sec-Fetch-Site": "cross-site"}])
def test_our_own_pages_write(ward, headers):
    """40: the cookie writes from the public address and from sites that are allowed"""
    assert write(ward, headers).status_code == 200


@pytest.mark.parametrize("headers", [
    {}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": PUBLIC + ".evil.example"},
    {"Origin": "http://ward.example"}, {"Origin": "https://ward.example:444"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site", "X-Ward-Console": "1"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "X-Ward-Console": "1"}])
def test_other_sites_do_not(ward, headers):
    """40: a write with the cookie alone is refused from anywhere else, and nothing happens, by REST and by tRPC"""
    token = ward.sign_in("nurse@demo.ward")
    answer = write(ward, headers, token, method="DELETE", path="/api/v1/sessions")
    assert answer.status_code == 403 and answer.json()["code"] == "FORBIDDEN"
    assert write(ward, headers, token, "/api/trpc/auth.signOut", "POST").status_code == 403
    assert ward.call("GET", "/api/v1/session", token).status_code == 200


def test_a_token_that_was_put_there_by_a_program_is_free(ward):
    """40: a Bearer token writes from anywhere: no browser sends it by itself"""
    token = ward.sign_in("nurse@demo.ward")
    for headers in ({}, {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}):
        answer = ward.call("PUT", "/api/v1/duty", token, json={"isOnDuty": True}, headers=headers)
        assert answer.status_code == 200


def test_nobody_is_signed_in_by_another_site(ward):
    """40: a page elsewhere cannot sign its visitor in as somebody else, nor does a form without JSON do anything"""
    body = {"email": "nurse@demo.ward", "password": PASSWORD}
    for site in ("cross-site",):
        answer = ward.call("POST", "/api/v1/sessions", json=body, headers={
            "Origin": "https://evil.example", "Sec-Fetch-Site": site})
        assert answer.status_code == 403 and "Set-Cookie" not in answer.headers
    form = requests.post(f"{ward.url}/api/v1/sessions", timeout=10, headers={
        "Content-Type": "text/plain", "Origin": "https://evil.example"},
        data='{"email":"nurse@demo.ward","password":"%s"}' % PASSWORD)
    assert form.status_code == 415 and "Set-Cookie" not in form.headers


def test_reading_needs_no_origin(ward):
    """40: what only reads is answered with the cookie alone, and to no other origin"""
    token = ward.sign_in("nurse@demo.ward")
    answer = ward.call("GET", "/api/v1/session", headers={
        "Cookie": f"ward_session={token}", "Origin": "https://evil.example"})
    assert answer.status_code == 200 and "Access-Control-Allow-Origin" not in answer.headers
