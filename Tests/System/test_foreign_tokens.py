"""Tokens that another issuer signed, such as a Supabase project: with a secret that both know, or with its published keys."""

import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from ward_process import WardProcess, wait_for

SECRET = "a-secret-of-thirty-two-characters-or-more"
SUPABASE = "https://project.supabase.example/auth/v1"
KEYED = "https://issuer.example"


class Keys:
    """A published key set that can change."""

    def __init__(self):
        self.asked = 0
        self.keys = {"one": rsa.generate_private_key(65537, 2048), "curve": ec.generate_private_key(ec.SECP256R1())}
        keys = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                keys.asked += 1
                body = json.dumps({"keys": [keys.public(name) for name in keys.keys]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def public(self, name: str) -> dict:
        key = self.keys[name]
        kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
        return {**json.loads(kind.to_jwk(key.public_key())), "kid": name, "use": "sig"}


@pytest.fixture(scope="module")
def keys():
    running = Keys()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture(scope="module")
def ward(keys):
    running = WardProcess(environment={"WARD_TOKEN_ISSUERS": json.dumps([
        {"issuer": SUPABASE, "audience": "authenticated", "secret": SECRET, "trustEmails": True},
        {"issuer": KEYED, "audience": "ward", "jwksUrl": f"http://127.0.0.1:{keys.server.server_port}/jwks"}])})
    try:
        running.start()
        yield running
    finally:
        running.close()


def claims(**more) -> dict:
    now = int(time.time())
    return {"iss": SUPABASE, "aud": "authenticated", "sub": str(uuid.uuid4()), "email": f"{uuid.uuid4().hex}@example.org",
            "iat": now, "exp": now + 600, "role": "authenticated", **more}


def session(ward, token: str):
    return ward.call("GET", "/api/v1/session", token)


def test_a_token_of_the_providers_secret_brings_its_user(ward):
    """46: a token signed with the provider's secret is accepted, and its user is attached: made once, known again"""
    said = claims(name="Grace Example")
    first = session(ward, jwt.encode(said, SECRET, "HS256"))
    assert first.status_code == 200, first.text
    user = first.json()["data"]["user"]
    assert (user["email"], user["name"]) == (said["email"], "Grace Example")
    later = session(ward, jwt.encode({**said, "iat": said["iat"] + 1, "email": "changed@example.org"}, SECRET, "HS256"))
    assert later.json()["data"]["user"] == user, "it is the subject that counts"


def test_one_who_is_known_here_is_linked_by_a_verified_address(ward):
    """46, 47: a person of a hospital who comes with a foreign token is in that hospital with his role there"""
    ward.sql("UPDATE users SET email_verified_at = CASE WHEN email = 'doctor@demo.ward' THEN ward.now() END"
             " WHERE email IN ('doctor@demo.ward', 'head@demo.ward')")
    token = jwt.encode(claims(email="doctor@demo.ward"), SECRET, "HS256")
    data = session(ward, token).json()["data"]
    assert data["role"] == "doctor" and data["hospital"]["name"]
    alert = ward.call("POST", "/api/v1/alerts", token, json={"roomNumber": "F1", "alertType": "fall", "urgencyLevel": 2})
    assert alert.status_code == 201
    assert session(ward, jwt.encode(claims(email="head@demo.ward"), SECRET, "HS256")).status_code == 409


def test_a_stranger_has_no_hospital(ward):
    """47: one who belongs to no hospital is signed in and refused everything that needs one"""
    token = jwt.encode(claims(), SECRET, "HS256")
    assert "hospital" not in session(ward, token).json()["data"]
    assert ward.call("GET", "/api/v1/alerts", token).status_code == 403


def test_what_is_not_the_issuers_word_is_refused(ward, keys):
    """46: another secret, algorithm, audience or issuer, an expired, endless or early token, and one without a subject"""
    now = int(time.time())
    own = keys.keys["one"]
    bad = {
        "another secret": jwt.encode(claims(), SECRET[::-1], "HS256"),
        "another algorithm": jwt.encode(claims(), SECRET, "HS512"),
        "no algorithm": jwt.encode(claims(), None, "none"),
        "another audience": jwt.encode(claims(aud="anon"), SECRET, "HS256"),
        "no audience": jwt.encode({k: v for k, v in claims().items() if k != "aud"}, SECRET, "HS256"),
        "another issuer": jwt.encode(claims(iss="https://elsewhere.example"), SECRET, "HS256"),
        "the keyed issuer with the secret": jwt.encode(claims(iss=KEYED, aud="ward"), SECRET, "HS256"),
        "the secret's issuer with a key": jwt.encode(claims(), own, "RS256", headers={"kid": "one"}),
        "over": jwt.encode(claims(exp=now - 1), SECRET, "HS256"),
        "without an end": jwt.encode({k: v for k, v in claims().items() if k != "exp"}, SECRET, "HS256"),
        "too early": jwt.encode(claims(nbf=now + 300), SECRET, "HS256"),
        "from the future": jwt.encode(claims(iat=now + 300, exp=now + 900), SECRET, "HS256"),
        "without a subject": jwt.encode({k: v for k, v in claims().items() if k != "sub"}, SECRET, "HS256"),
        "a foreign key under a known name": jwt.encode(
            claims(iss=KEYED, aud="ward", email_verified=True), rsa.generate_private_key(65537, 2048), "RS256",
            headers={"kid": "one"}),
        "the public key as a secret": jwt.api_jws.encode(
            json.dumps(claims(iss=KEYED, aud="ward")).encode(), keys.public("one")["n"].encode(), "HS256",
            headers={"kid": "one"}),
        "a curve's name for the other kind": jwt.encode(
            claims(iss=KEYED, aud="ward", email_verified=True), own, "RS256", headers={"kid": "curve"}),
    }
    let_in = {what: session(ward, token).status_code for what, token in bad.items() if session(ward, token).status_code != 401}
    assert let_in == {}


def test_published_keys_of_both_kinds_and_a_new_one(ward, keys):
    """46: tokens by an issuer's published RSA and curve keys are accepted; a key that it published since is found, and a
    name that nobody published makes nobody ask without end"""
    say = lambda name, algorithm, **more: jwt.encode(
        claims(iss=KEYED, aud=["ward", "else"], email_verified=True, **more), keys.keys[name], algorithm, headers={"kid": name})
    assert session(ward, say("one", "RS256")).status_code == 200
    assert session(ward, say("curve", "ES256")).status_code == 200
    asked = keys.asked
    for _ in range(20):
        unknown = jwt.encode(claims(iss=KEYED, aud="ward"), keys.keys["one"], "RS256", headers={"kid": uuid.uuid4().hex})
        assert session(ward, unknown).status_code == 401
    assert keys.asked - asked <= 1
    unverified = jwt.encode(claims(iss=KEYED, aud="ward"), keys.keys["one"], "RS256", headers={"kid": "one"})
    assert session(ward, unverified).status_code == 403, "an address that the issuer has not verified tells nothing"


def test_it_is_a_session_like_any_other(ward):
    """46, 43: what a foreign token opened is over with the token, and at once when it is revoked, for good"""
    said = claims()
    token = jwt.encode(said, SECRET, "HS256")
    assert session(ward, token).status_code == 200
    row, = ward.sql("SELECT id, expires_at FROM sessions WHERE user_agent = 'a token of another issuer'"
                    " ORDER BY created_at DESC LIMIT 1")
    assert abs(row.expires_at.timestamp() - said["exp"]) < 1
    ward.sql("UPDATE sessions SET revoked_at = ward.now() WHERE id = %s", parameters=[row.id])
    wait_for(lambda: session(ward, token).status_code == 401, 1, "it is over")
    assert session(ward, token).status_code == 401
