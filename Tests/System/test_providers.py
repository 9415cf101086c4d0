"""Signing in with accounts of other providers: an unmodified OpenID provider and GitHub's OAuth, and every trick on the way."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from api_inputs import document_of, operations_of
from api_support import shift
from console_support import browser, shot  # noqa: F401 (a fixture is found by name)
from playwright.sync_api import expect
from providers import GitHub, openid
from test_openapi import assert_conforms
from ward_process import PASSWORD, WardProcess, free_port

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def github():
    running = GitHub()
    yield running
    running.close()


@pytest.fixture(scope="module")
def provider():
    with openid() as running:
        yield running


@pytest.fixture(scope="module")
def ward(provider, github):
    port = free_port()
    running = WardProcess(port=port, environment={
        "WARD_PUBLIC_URL": f"http://localhost:{port}",
        "WARD_SIGN_IN_PROVIDERS": json.dumps([
            {"name": "google", "issuer": provider.url, "clientId": "ward-here", "clientSecret": "kept"}, github.setting]),
    })
    try:
        running.start()
        yield running
    finally:
        running.close()


class Browser:
    """Follows links and keeps cookies, as a browser does; stops at each answer to look at it."""

    def __init__(self, ward):
        self.ward = ward
        self.cookies: dict[str, str] = {}

    def get(self, address: str, headers=PAGE) -> requests.Response:
        path = address.removeprefix(f"http://localhost:{self.ward.port}")
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        answer = self.ward.call("GET", path, headers={**headers, **cookie}, allow_redirects=False)
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer

    def begin(self, provider: str = "google", **query) -> str:
        answer = self.get(f"/api/auth/sign-in/{provider}?{urlencode(query)}")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def session(self) -> dict:
        return self.get("/api/v1/session", {}).json()["data"]


def person() -> tuple[str, str]:
    name = uuid.uuid4().hex
    return f"sub-{name}", f"{name}@example.org"


def problem(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_new_person_comes_by_openid_to_complete_his_profile(ward, provider):
    """34, 36: sign-in/google redirects with state and PKCE; the callback makes the account once, with its address
    verified, opens a session by cookie, and sends a new person to completion and a known one where he was"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True, name="Ada Example")
    browser = Browser(ward)
    location = browser.begin(returnTo="/staff")
    query = parse_qs(urlsplit(location).query)
    assert query["code_challenge_method"] == ["S256"] and len(query["code_challenge"][0]) == 43
    assert len(query["state"][0]) == len(query["nonce"][0]) == 43 and query["scope"] == ["openid email profile"]
    answer = browser.get(provider.consent(location, subject))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/complete-profile")
    cookie = next(each for each in answer.raw.headers.getlist("Set-Cookie") if each.startswith("ward_session="))
    assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=Lax" in cookie
    session = browser.session()
    assert session["user"]["email"] == email and session["user"]["name"] == "Ada Example" and "hospital" not in session
    again = Browser(ward)
    answer = again.get(provider.consent(again.begin(returnTo="/staff"), subject))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff")
    assert again.session()["user"]["id"] == session["user"]["id"]
    rows = ward.sql("SELECT email_verified_at FROM users WHERE email = %s", parameters=[email])
    assert len(rows) == 1 and rows[0].email_verified_at


def test_a_program_is_given_the_same_as_json(ward, provider):
    """34: who asks for JSON is told the address, and given the session in the answer"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True)
    browser = Browser(ward)
    begun = browser.get("/api/auth/sign-in/google", {})
    assert begun.status_code == 200 and "ward_sign_in" in browser.cookies
    done = browser.get(provider.consent(begun.json()["data"]["location"], subject), {})
    assert done.status_code == 200, done.text
    data = done.json()["data"]
    document = document_of(ward)
    operations = {each.name: each for each in operations_of(document)}
    for name, answer in (("auth.socialSignIn", begun), ("auth.finishSignIn", done)):
        schema = operations[name].document["responses"]["200"]["content"]["application/json"]["schema"]
        assert_conforms(document, schema, answer.json(), name)
    assert data["isNewUser"] is True and data["user"]["email"] == email
    assert ward.call("GET", "/api/v1/session", data["token"]).status_code == 200


def test_github_without_openid(ward, github):
    """35: the same with GitHub: the code is traded with the verifier, who it is is asked of its API"""
    number, email = uuid.uuid4().int % 10**9, person()[1]
    user = {"id": number, "login": "octo", "name": None}
    emails = [{"email": "old@example.org", "primary": False, "verified": True},
              {"email": email.upper(), "primary": True, "verified": True}]
    browser = Browser(ward)
    answer = browser.get(github.consent(browser.begin("github"), user, emails))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/complete-profile")
    session = browser.session()
    assert session["user"]["email"] == email and session["user"]["name"] == "octo"
    again = Browser(ward)
    assert again.get(github.consent(again.begin("github"), user, emails)).headers["Location"] == "/"
    assert again.session()["user"]["id"] == session["user"]["id"]


def test_an_account_elsewhere_stands_once_and_sealed(ward, provider):
    """37: provider, subject, scope and tokens are kept once for each account there, the tokens sealed"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True)
    for _ in range(2):
        browser = Browser(ward)
        assert browser.get(provider.consent(browser.begin(), subject)).status_code == 303
    rows = ward.sql("SELECT * FROM linked_accounts WHERE subject = %s", parameters=[subject])
    assert len(rows) == 1 and rows[0].provider == "google" and "openid" in rows[0].scope
    assert rows[0].tokens_expire_at and b"accessToken" not in bytes(rows[0].tokens)


def test_first_sign_ins_raced(ward, provider):
    """34: ten first sign-ins of one account at once make one person"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True)

    def sign_in(_):
        browser = Browser(ward)
        return browser.get(provider.consent(browser.begin(), subject)).status_code

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(sign_in, range(10))) == {303}
    assert len(ward.sql("SELECT 1 FROM users WHERE email = %s", parameters=[email])) == 1
    assert len(ward.sql("SELECT 1 FROM linked_accounts WHERE subject = %s", parameters=[subject])) == 1


def test_an_address_that_one_side_has_not_verified_links_nothing(ward, provider, github):
    """37: an account is linked by its address only if the provider and Ward have both verified it; else nobody gets in
    and nothing is linked"""
    taken = f"{uuid.uuid4().hex}@example.org"
    made = ward.call("POST", "/api/auth/sign-up", json={
        "email": taken, "password": PASSWORD, "name": "First", "acceptTerms": True, "acceptPrivacy": True})
    assert made.status_code == 201
    subject = f"sub-{uuid.uuid4().hex}"

    def attempt(verified: bool):
        provider.claims(subject, email=taken, email_verified=verified)
        browser = Browser(ward)
        answer = browser.get(provider.consent(browser.begin(), subject), {})
        assert "ward_session" not in browser.cookies or answer.status_code == 200
        return answer

    linked = lambda: ward.sql("SELECT user_id FROM linked_accounts WHERE subject = %s", parameters=[subject])
    assert problem(attempt(False)) == (403, "FORBIDDEN") and not linked()
    # Somebody may have signed up with another's address and waits for its owner to come by the provider.
    assert problem(attempt(True)) == (409, "CONFLICT") and not linked()
    ward.sql("UPDATE users SET email_verified_at = ward.now() WHERE email = %s", parameters=[taken])
    assert problem(attempt(False)) == (403, "FORBIDDEN") and not linked()
    answer = attempt(True)
    assert answer.status_code == 200 and answer.json()["data"]["isNewUser"] is False
    assert str(linked()[0].user_id) == made.json()["data"]["user"]["id"]
    emails = [{"email": taken, "primary": True, "verified": False}]
    browser = Browser(ward)
    location = github.consent(browser.begin("github"), {"id": 77, "login": "x", "name": "X"}, emails)
    assert problem(browser.get(location, {})) == (403, "FORBIDDEN")


def test_a_code_comes_back_once_and_to_its_browser_alone(ward, provider):
    """34: a callback that is played again, comes to another browser, with another state or provider, or too late is
    refused, and burns the state"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True)
    refused = (401, "UNAUTHORIZED")
    browser = Browser(ward)
    back = provider.consent(browser.begin(), subject)
    answer = Browser(ward).get(back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?problem=UNAUTHORIZED"), "another browser"
    assert "Set-Cookie" not in answer.headers
    assert problem(browser.get(back, {})) == refused, "the state is burnt"

    back = provider.consent(browser.begin(), subject)
    kept = dict(browser.cookies)
    assert browser.get(back).status_code == 303
    browser.cookies = kept
    assert problem(browser.get(back, {})) == refused, "played again"

    back = provider.consent(browser.begin(), subject)
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert problem(browser.get(back.replace(state, state[::-1]), {})) == refused, "another state"
    assert problem(browser.get(back.replace("/callback/google", "/callback/github"), {})) == refused, "another provider"

    back = provider.consent(browser.begin(), subject)
    code = parse_qs(urlsplit(back).query)["code"][0]
    assert problem(browser.get(back.replace(code, "wrong"), {})) == refused, "another code"

    back = provider.consent(browser.begin(), subject)
    shift(ward, 601)
    try:
        assert problem(browser.get(back, {})) == refused, "too late"
    finally:
        shift(ward, -601)
    assert problem(browser.get(f"/api/auth/callback/google?state={state}&error=access_denied", {})) == refused
    assert problem(browser.get("/api/auth/callback/google", {})) == (400, "BAD_REQUEST")
    assert problem(browser.get("/api/auth/sign-in/nobody", {})) == (404, "NOT_FOUND")


def test_a_sign_in_ends_on_this_site(ward, provider):
    """36: returnTo is a path of this site; another site's address in any spelling is refused"""
    for place in ("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
                  "/%0d%0aSet-Cookie:x", "evil", "/ evil", "/\tx", "/ä"):
        answer = Browser(ward).get(f"/api/auth/sign-in/google?{urlencode({'returnTo': place})}", {})
        if place == "/%0d%0aSet-Cookie:x":  # stays a path, with its escapes as they are
            assert answer.status_code == 200
            continue
        assert problem(answer) == (400, "BAD_REQUEST"), place
        assert [each["path"] for each in answer.json()["details"]["fields"]] == ["returnTo"]


def test_an_id_token_for_somebody_else_is_refused(ward, provider, ward_factory):
    """34: an id token of another client or another issuer's is not ours: a Ward that knows the provider under another
    address takes none of its tokens"""
    port = free_port()
    other = ward_factory(start=False, port=port, environment={
        "WARD_PUBLIC_URL": f"http://localhost:{port}",
        # The same server under another name: its document says who it is, and it is not this.
        "WARD_SIGN_IN_PROVIDERS": json.dumps([
            {"name": "google", "issuer": provider.url.replace("localhost", "127.0.0.1") + "/", "clientId": "x",
             "clientSecret": "y"}])})
    other.start()
    answer = Browser(other).get("/api/auth/sign-in/google", {})
    assert problem(answer) == (503, "SERVICE_UNAVAILABLE") and answer.headers["Retry-After"]


def test_a_provider_that_is_gone_is_no_fault_of_ours(ward_factory):
    """34: a provider that does not answer is a clear 503, and the password still signs in"""
    port = free_port()
    ward = ward_factory(start=False, port=port, environment={
        "WARD_PUBLIC_URL": f"http://localhost:{port}",
        "WARD_SIGN_IN_PROVIDERS": json.dumps([
            {"name": "house", "issuer": f"http://127.0.0.1:{free_port()}", "clientId": "x", "clientSecret": "y"}])})
    ward.start()
    assert problem(Browser(ward).get("/api/auth/sign-in/house", {})) == (503, "SERVICE_UNAVAILABLE")
    assert ward.sign_in("nurse@demo.ward")


@pytest.mark.parametrize("setting, word", [
    ("{", "JSON array"), ("[{}]", "name"), ('[{"name":"x","clientId":"a","clientSecret":"b"}]', "issuer"),
    ('[{"name":"x","clientId":"a","clientSecret":"b","issuer":"http://far.example"}]', "https"),
    ('[{"name":"github","clientId":"a"}]', "clientSecret"), ('[{"name":"google","clientId":"a","clientSecret":"b","x":1}]', "x"),
])
def test_a_wrong_setting_stops_the_start(ward_factory, setting, word):
    """34: a provider's setting that is wrong stops the start with one line that names it"""
    ward = ward_factory(start=False, environment={"WARD_SIGN_IN_PROVIDERS": setting, "WARD_PUBLIC_URL": "http://localhost"})
    ward.launch()
    assert ward.process.wait(20) != 0
    assert "WARD_SIGN_IN_PROVIDERS" in ward.log() and word in ward.log()


def test_in_the_browser(ward, provider, browser):
    """34, 36: the sign-in page has a link for each provider; a person goes there, says yes, and is back signed in; one
    whose address is not verified is told why and signs in with the password"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=False, name="Eve Example")
    page = browser.new_page()
    try:
        page.goto(f"http://localhost:{ward.port}/")
        for name in ("Google", "GitHub"):
            expect(page.get_by_role("link", name=f"Sign in with {name}")).to_be_visible()
        page.get_by_role("link", name="Sign in with Google").click()
        page.locator("[name=sub]").first.fill(subject)
        page.get_by_role("button", name=re.compile("authorize|continue|sign|log", re.IGNORECASE)).first.click()
        expect(page.get_by_text("has not verified your email address")).to_be_visible()
        assert page.url == f"http://localhost:{ward.port}/", "the reason does not stay in the address"
        shot(page, "sign-in-providers")
        provider.claims(subject, email=email, email_verified=True, name="Eve Example")
        page.get_by_role("link", name="Sign in with Google").click()
        page.locator("[name=sub]").first.fill(subject)
        page.get_by_role("button", name=re.compile("authorize|continue|sign|log", re.IGNORECASE)).first.click()
        page.wait_for_url(f"http://localhost:{ward.port}/complete-profile")
        expect(page.get_by_label("Password")).to_have_count(0)
        cookies = {each["name"]: each for each in page.context.cookies()}
        assert cookies["ward_session"]["httpOnly"] and cookies["ward_session"]["secure"]
        assert "ward_sign_in" not in cookies
    finally:
        page.close()
