"""Signed access tokens and what they are renewed with, read and forged by PyJWT."""

import base64
import hashlib
import hmac
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import jwt
from api_support import shift
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from own_house import ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


def pair(ward, email="nurse@demo.ward", **more) -> dict:
    answer = ward.call("POST", "/api/v1/auth/token", ward.sign_in(email), json={}, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def status(ward, token: str, path: str = "/session", **more) -> int:
    return ward.call("GET", f"/api/v1{path}", token, **more).status_code


def refresh(ward, token: str):
    return ward.call("POST", "/api/v1/auth/refresh", json={"refreshToken": token})


def part(value) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def parts(token: str) -> tuple[dict, dict, str]:
    head, body, signature = token.split(".")
    read = lambda text: json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return read(head), read(body), signature


def test_a_signed_token_is_accepted_and_verified_by_anybody(ward):
    """41: an unmodified PyJWT verifies our token by the published keys; with it one calls as the person"""
    tokens = pair(ward)
    key = jwt.PyJWKClient(f"{ward.url}/.well-known/jwks.json").get_signing_key_from_jwt(tokens["accessToken"])
    claims = jwt.decode(tokens["accessToken"], key, algorithms=["EdDSA"], audience="ward", issuer="ward")
    session = ward.call("GET", "/api/v1/session", tokens["accessToken"]).json()["data"]
    assert claims["sub"] == session["user"]["id"] and session["user"]["email"] == "nurse@demo.ward"
    assert claims["hospital"] == session["hospital"]["id"]
    assert claims["exp"] - claims["iat"] == tokens["expiresIn"] == 86_400
    assert tokens["tokenType"] == "Bearer"
    alert = ward.call("POST", "/api/v1/alerts", tokens["accessToken"], json={
        "roomNumber": "J1", "alertType": "medical", "urgencyLevel": 2})
    assert alert.status_code == 201


def test_the_published_keys_are_public(ward):
    """41: the key set has no private half"""
    pair(ward)
    keys = ward.call("GET", "/.well-known/jwks.json").json()["keys"]
    assert keys and all(set(key) == {"kty", "crv", "use", "alg", "kid", "x"} for key in keys)
    stored = ward.sql("SELECT private_key FROM signing_keys")
    assert all(len(row.private_key) > 60 for row in stored), "the private half is sealed"


def forgeries(token: str, keys: list[dict]) -> dict[str, str]:
    """Every way to make a token that we did not sign look as if we had."""
    head, body, signature = parts(token)
    text, payload = token.split(".")[0], token.split(".")[1]
    public = base64.urlsafe_b64decode(keys[0]["x"] + "==")
    own = Ed25519PrivateKey.generate()
    own_public = part(own.public_key().public_bytes_raw())
    sign = lambda header, claims=body, key=own: jwt.encode(claims, key, algorithm="EdDSA", headers=header)
    mac = lambda header, key: ".".join([
        part(header), payload, part(hmac.digest(key, f"{part(header)}.{payload}".encode(), hashlib.sha256))])
    twice = json.dumps(head).replace('"alg"', '"alg": "none", "alg"').encode()
    doctor = {**body, "sub": str(uuid.uuid4())}
    return {
        "no algorithm": f"{part({**head, 'alg': 'none'})}.{payload}.",
        "no algorithm in capitals": f"{part({**head, 'alg': 'NONE'})}.{payload}.",
        "no algorithm, old signature": f"{part({**head, 'alg': 'none'})}.{payload}.{signature}",
        "the public key as a shared secret": mac({**head, "alg": "HS256"}, public),
        "the published text as a shared secret": mac({**head, "alg": "HS256"}, keys[0]["x"].encode()),
        "the empty secret": mac({**head, "alg": "HS256"}, b""),
        "another's key under our name": sign({"kid": head["kid"]}),
        "another's key under its own name": sign({"kid": "mine"}),
        "a key by address": sign({"kid": head["kid"], "jku": "http://127.0.0.1:9/jwks.json"}),
        "a key by certificate address": sign({"kid": head["kid"], "x5u": "http://127.0.0.1:9/x"}),
        "a key that it brings": sign(
            {"kid": head["kid"], "jwk": {"kty": "OKP", "crv": "Ed25519", "x": own_public}}),
        "a name with SQL": sign({"kid": "x' UNION SELECT 'x"}),
        "a name that is a path": sign({"kid": "../../../../dev/null"}),
        "a critical header": sign({"kid": head["kid"], "crit": ["b64"], "b64": False}),
        "other claims": f"{text}.{part(doctor)}.{signature}",
        "a signature cut short": token[:-4],
        "a signature with more": f"{token}AAAA",
        "a signature of zeros": f"{text}.{payload}.{part(bytes(64))}",
        "no signature": f"{text}.{payload}.",
        "two parts": f"{text}.{payload}",
        "four parts": f"{token}.{signature}",
        "padding": f"{token}==",
        "a name twice": f"{part(twice)}.{payload}.{signature}",
        "claims that are a list": f"{text}.{part([body])}.{signature}",
    }


def test_forged_tokens_are_refused(ward):
    """41: alg none, algorithm confusion, kid and jku injection, altered claims and malformed texts are all 401"""
    token = pair(ward)["accessToken"]
    keys = ward.call("GET", "/.well-known/jwks.json").json()["keys"]
    assert status(ward, token) == 200
    let_in = {what: forged for what, forged in forgeries(token, keys).items() if status(ward, forged) != 401}
    assert let_in == {}
    assert status(ward, token) == 200


def test_a_token_is_over_when_it_says_so(ward_factory):
    """42: WARD_JWT_EXPIRES_IN_SECONDS changes exp, and behind it the token is refused though its session lives on"""
    ward = ward_factory(environment={"WARD_JWT_EXPIRES_IN_SECONDS": "60"})
    session = ward.sign_in("nurse@demo.ward")
    tokens = ward.call("POST", "/api/v1/auth/token", session, json={}).json()["data"]
    _, claims, _ = parts(tokens["accessToken"])
    assert claims["exp"] - claims["iat"] == 60 and status(ward, tokens["accessToken"]) == 200
    ward.shift_clock(58)
    assert status(ward, tokens["accessToken"]) == 200
    ward.shift_clock(4)
    wait_for(lambda: status(ward, tokens["accessToken"]) == 401, 3, "the token is over")
    assert status(ward, session) == 200


def test_a_token_from_the_future_is_refused(ward):
    """41: a token whose time has not come yet is no token"""
    shift(ward, 120)
    try:
        ahead = pair(ward)["accessToken"]
        # Nobody has looked at it yet: what a node has checked it knows for a minute.
        shift(ward, -120)
        assert status(ward, ahead) == 401
    finally:
        shift(ward, -ward.clock_shift)


def test_tokens_end_with_their_session(ward):
    """44: signing out ends the session's access token within a second, and its refresh token with it"""
    session = ward.sign_in("nurse@demo.ward")
    tokens = ward.call("POST", "/api/v1/auth/token", session, json={}).json()["data"]
    assert status(ward, tokens["accessToken"]) == 200
    assert ward.call("DELETE", "/api/v1/session", session).status_code == 200
    wait_for(lambda: status(ward, tokens["accessToken"]) == 401, 1, "the token is over with its session")
    assert refresh(ward, tokens["refreshToken"]).status_code == 401


def test_a_refresh_token_is_good_once(ward):
    """45: a refresh token gives a new pair once; used again it is refused, and the whole family ends"""
    first = pair(ward)
    second = refresh(ward, first["refreshToken"])
    assert second.status_code == 201
    second = second.json()["data"]
    assert second["refreshToken"] != first["refreshToken"]
    assert status(ward, second["accessToken"]) == 200
    third = refresh(ward, second["refreshToken"]).json()["data"]
    assert status(ward, third["accessToken"]) == 200
    assert refresh(ward, first["refreshToken"]).status_code == 401
    for token in (first, second, third):
        wait_for(lambda: status(ward, token["accessToken"]) == 401, 1, "the family is over")
        assert refresh(ward, token["refreshToken"]).status_code == 401


def test_a_stolen_refresh_token_raced(ward_factory):
    """45: of a hundred that come with one refresh token, on two nodes at once, one is served; then the family is over"""
    first = ward_factory()
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    tokens = pair(first)
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda n: refresh((first, second)[n % 2], tokens["refreshToken"]), range(100)))
    assert sorted(answer.status_code for answer in answers) == [201] + [401] * 99
    served = next(answer for answer in answers if answer.status_code == 201).json()["data"]
    for node in (first, second):
        wait_for(lambda: status(node, served["accessToken"]) == 401, 1, "the family is over")
    assert refresh(first, served["refreshToken"]).status_code == 401


def test_an_old_refresh_token_is_refused(ward):
    """45: after a week without use a refresh token is over; texts that are none are told apart from wrong ones"""
    tokens = pair(ward)
    assert refresh(ward, "wr_" + "A" * 43).status_code == 401
    assert refresh(ward, "none").status_code == 400
    assert refresh(ward, tokens["accessToken"]).status_code == 400
    shift(ward, 8 * 86_400)
    try:
        assert refresh(ward, tokens["refreshToken"]).status_code == 401
    finally:
        shift(ward, -8 * 86_400)


def test_the_tokens_hospital_comes_before_the_sessions(ward):
    """78: a signed token speaks for its own hospital unless the request names another, to which one must belong"""
    admin = ward.sign_in("admin@demo.ward")
    user = ward.call("GET", "/api/v1/session", admin).json()["data"]["user"]["id"]
    other = ward.call("GET", "/api/v1/session", ward.sign_in("admin@other.ward")).json()["data"]["hospital"]["id"]
    own = ward.call("GET", "/api/v1/session", admin).json()["data"]["hospital"]["id"]
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')", parameters=[other, user])
    try:
        hospital = lambda token, **more: ward.call("GET", "/api/v1/session", token, **more).json()["data"]["hospital"]["id"]
        wait_for(lambda: status(ward, admin, headers={"X-Hospital-ID": other}) == 200, 1, "the membership is in force")
        token = ward.call("POST", "/api/v1/auth/token", admin, json={}, headers={"X-Hospital-ID": other}).json()["data"]
        assert hospital(admin) == own
        assert hospital(token["accessToken"]) == other
        assert hospital(token["accessToken"], headers={"X-Clinic-ID": own}) == own
        assert ward.call("GET", f"/api/v1/session?hospital={own}", token["accessToken"]).json()["data"]["hospital"]["id"] == own
        stranger = ward.call("GET", "/api/v1/session", ward.sign_in("nurse@demo.ward"), headers={"X-Hospital-ID": other})
        assert stranger.status_code == 403
    finally:
        ward.sql("DELETE FROM memberships WHERE hospital_id = %s AND user_id = %s", parameters=[other, user])


def test_screens_get_no_tokens(ward):
    """41: tokens are for persons who have signed in; without a session there are none"""
    assert ward.call("POST", "/api/v1/auth/token", json={}).status_code == 401


def test_a_new_key_signs_and_the_old_one_is_believed(ward_factory):
    """41: after 90 days another key signs; what the one before signed is good as long as it says"""
    ward = ward_factory(environment={"WARD_JWT_EXPIRES_IN_SECONDS": "2592000"})
    live_on = lambda: ward.sql("UPDATE sessions SET expires_at = ward.now() + interval '200 days'", "admin")
    pair(ward)
    ward.shift_clock(80 * 86_400)
    old = pair(ward)
    live_on()
    ward.shift_clock(11 * 86_400)
    ward.restart()
    new = pair(ward)
    assert parts(old["accessToken"])[0]["kid"] != parts(new["accessToken"])[0]["kid"]
    assert len(ward.call("GET", "/.well-known/jwks.json").json()["keys"]) == 2
    assert status(ward, new["accessToken"]) == status(ward, old["accessToken"]) == 200
