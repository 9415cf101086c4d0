"""Ways to sign in, by domain: each is registered for some, and is chosen by the domain of who signs in."""

import json
import subprocess
import uuid

import pytest
from api_raw import assert_refused
from api_support import Api
from providers import GitHub, openid
from tenancy_support import problems
from test_providers import Browser, person
from ward_process import PASSWORD, WardProcess, binary, free_port


@pytest.fixture(scope="module")
def provider():
    with openid() as running:
        yield running


@pytest.fixture(scope="module")
def ward(provider):
    port, github = free_port(), GitHub()
    client = {"clientId": "ward-here", "clientSecret": "kept", "issuer": provider.url}
    running = WardProcess(port=port, environment={
        "WARD_PUBLIC_URL": f"http://localhost:{port}", "WARD_OWN_DOMAINS": "healthcare,Kiosk",
        "WARD_SIGN_IN_PROVIDERS": json.dumps([
            {"name": "shop", "domains": ["fashion", "shop.example"], **client},
            {"name": "both", "domains": ["fashion", "healthcare"], **client}, github.setting])})
    try:
        running.start()
        yield running
    finally:
        running.close()
        github.close()


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


def methods(api, **asked) -> tuple[str, list[str]]:
    data = api.do(None, "POST", "/auth/methods", asked)
    assert {each["name"] for each in data["methods"] if not each["isElsewhere"]} <= {"password", "code"}
    return data["domain"], [each["name"] for each in data["methods"]]


def test_each_domain_has_its_ways(api):
    """110: the ways to sign in are those that were registered for the domain: of the one asked for, or of the address"""
    own = ["both", "code", "github", "password"]
    assert methods(api) == ("healthcare", own)
    assert methods(api, domain="HealthCare") == ("healthcare", own)
    assert methods(api, domain="fashion") == ("fashion", ["both", "shop"])
    assert methods(api, domain="kiosk") == ("kiosk", ["code", "password"])
    assert methods(api, email="anna@shop.example") == ("shop.example", ["shop"])
    assert methods(api, email="anna@shop.example", domain="healthcare") == ("shop.example", ["shop"])
    assert methods(api, email="anna@elsewhere.example") == ("healthcare", own)
    assert api.do(None, "GET", "/auth/providers")["providers"] == ["both", "github"]
    assert api.do(None, "GET", "/auth/providers?domain=fashion")["providers"] == ["both", "shop"]


def test_a_domain_that_is_none(api, ward):
    """110: a domain for which nothing is registered is refused everywhere, with the names of those that are"""
    nurse = {"email": "nurse@demo.ward", "password": PASSWORD}
    for method, path, body in (("POST", "/auth/methods", {"domain": "moon"}), ("POST", "/sessions", {**nurse, "domain": "moon"}),
                               ("POST", "/auth/otp/verification", {"email": "a@b.example", "code": "123456", "domain": "moon"}),
                               ("GET", "/auth/sign-in/shop?domain=moon", None), ("GET", "/auth/providers?domain=moon", None)):
        answer = api.call(None, method, path, body)
        assert problems(answer) == {"domain": "enum"}, path
        assert "fashion, healthcare, kiosk, shop.example" in answer.text


def test_a_password_counts_in_its_domains(api, ward):
    """110: the password's plugin is chosen in its domains alone; elsewhere it is refused, for whoever it is, with the
    ways that there are, and no guess is counted"""
    nurse = {"email": "nurse@demo.ward", "password": PASSWORD}
    for domain in (None, "healthcare", "kiosk"):
        assert api.call(None, "POST", "/sessions", {**nurse, "domain": domain}).status_code == 201
    known = f"{uuid.uuid4().hex}@shop.example"
    api.do("admin", "POST", "/users", {"name": "Anna", "email": known, "role": "nurse", "password": PASSWORD})
    before = ward.sql("SELECT count(*) FROM guess_lanes", "admin")[0][0]
    for body in ({**nurse, "domain": "fashion"}, {"email": known, "password": PASSWORD},
                 {"email": known, "password": PASSWORD, "domain": "healthcare"},
                 {"email": "nobody@shop.example", "password": "wrong horse battery"}):
        for _ in range(2):
            refused = assert_refused(api.call(None, "POST", "/sessions", body), 403)
            assert "shop" in refused["details"]["methods"] and "password" not in refused["details"]["methods"]
    code = {"email": known, "code": "123456"}
    assert_refused(api.call(None, "POST", "/auth/otp/verification", code), 403)
    assert ward.sql("SELECT count(*) FROM guess_lanes", "admin")[0][0] == before


def test_a_provider_counts_in_its_domains(api, ward, provider):
    """110: another provider's plugin is chosen in its domains: there people sign in by it to the end, elsewhere it is
    refused at the beginning"""
    subject, email = person()
    provider.claims(subject, email=email, email_verified=True, name="Anna Schneider")
    for name, domain in (("shop", "fashion"), ("shop", "shop.example"), ("both", "fashion"), ("both", "healthcare")):
        browser = Browser(ward)
        back = provider.consent(browser.begin(name, domain=domain), subject)
        assert browser.get(back).status_code == 303
        assert browser.session()["user"]["email"] == email
    plain = {"Accept": "application/json"}
    for name, query in (("shop", ""), ("shop", "?domain=healthcare"), ("github", "?domain=fashion")):
        answer = Browser(ward).get(f"/api/auth/sign-in/{name}{query}", plain)
        assert_refused(answer, 403)
    assert_refused(Browser(ward).get("/api/auth/sign-in/nobody?domain=fashion", plain), 404)
    assert_refused(Browser(ward).get("/api/auth/sign-in/password", plain), 404)


@pytest.mark.parametrize("setting, value", [
    ("WARD_OWN_DOMAINS", "health care"), ("WARD_OWN_DOMAINS", ""),
    ("WARD_SIGN_IN_PROVIDERS", '[{"name": "google", "clientId": "a", "clientSecret": "b", "domains": []}]'),
    ("WARD_SIGN_IN_PROVIDERS", '[{"name": "google", "clientId": "a", "clientSecret": "b", "domains": "fashion"}]'),
])
def test_wrong_settings(tmp_path, setting, value):
    """110: a list of domains that is none stops the start with its setting's name"""
    ended = subprocess.run([binary(), "serve", "--port", "0", "--data", tmp_path], capture_output=True, text=True,
                           env={setting: value, "WARD_PUBLIC_URL": "http://localhost:1"}, timeout=30)
    assert ended.returncode != 0 and setting in ended.stderr
