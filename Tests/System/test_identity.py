"""Who may come in: sign-in, sessions, cookies, limits, duty; and how fast a change is in force."""

import ctypes
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from api_raw import assert_refused
from api_support import Api, own_ward, room, shift, streaming
from ward_process import PASSWORD, lived, wait_for

ARGON2_OK = 0


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


def sign_in(ward, email, password, **options):
    return ward.call("POST", "/api/v1/sessions", json={"email": email, "password": password}, **options)


# Signing in

def test_sign_in_gives_a_session(ward):
    """32: the right pair gives user, token and expiry, the token works, and the session is in the database as its hash"""
    answer = sign_in(ward, "nurse@demo.ward", PASSWORD, headers={"User-Agent": "System test/1"})
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert set(data) == {"user", "token", "expiresAt"}
    assert data["user"]["email"] == "nurse@demo.ward"
    assert ward.call("GET", "/api/v1/session", data["token"]).json()["data"]["user"] == data["user"]
    rows = ward.sql("SELECT * FROM sessions WHERE token_hash = sha256(%s::bytea)", parameters=[data["token"].encode()])
    assert [(str(row.user_id), row.address, row.user_agent) for row in rows] == [
        (data["user"]["id"], "127.0.0.1", "System test/1")]
    kept = ward.sql("SELECT count(*) FROM sessions s WHERE s::text LIKE %s", parameters=[f"%{data['token'][3:]}%"])
    assert kept[0][0] == 0, "the token itself is kept"


def test_session_row_has_what_it_needs(ward):
    """38: a session row has the token (as a hash), address, user agent and an expiry of seven days"""
    token = sign_in(ward, "nurse@demo.ward", PASSWORD, headers={"User-Agent": "x" * 1000}).json()["data"]["token"]
    row = ward.sql("SELECT *, expires_at - created_at AS span FROM sessions WHERE token_hash = sha256(%s::bytea)",
                   parameters=[token.encode()])[0]
    assert row.address == "127.0.0.1" and row.user_agent == "x" * 300
    assert row.span.total_seconds() == 7 * 86_400 and row.revoked_at is None


def test_every_wrong_pair_reads_the_same(ward, api):
    """32: a wrong password, an unknown address and a closed account answer 401 with the same bytes"""
    ward.sql("UPDATE users SET is_active = false WHERE email = 'patient@demo.ward'")
    try:
        answers = [sign_in(ward, *pair) for pair in (
            ("nurse@demo.ward", "wrong"), ("nobody@demo.ward", PASSWORD), ("patient@demo.ward", PASSWORD),
            ("nurse@demo.ward", PASSWORD + " "), ("nurse@demo.ward", PASSWORD.upper()))]
    finally:
        ward.sql("UPDATE users SET is_active = true WHERE email = 'patient@demo.ward'")
    assert [each.status_code for each in answers] == [401] * 5
    assert len({each.content for each in answers}) == 1
    assert "Set-Cookie" not in answers[0].headers
    assert sign_in(ward, "patient@demo.ward", PASSWORD).status_code == 201


def test_wrong_pairs_take_as_long(ward):
    """32: an unknown address costs the same hashing as a wrong password: the time does not tell either"""
    def fastest(email: str) -> float:
        times = []
        for n in range(4):  # fewer than lock
            began = lived()
            assert sign_in(ward, email, "wrong").status_code == 401
            times.append(lived() - began)
        return min(times)

    ward.sign_in("nurse@demo.ward")
    known, unknown = fastest("nurse@demo.ward"), fastest(f"nobody{time.time_ns()}@demo.ward")
    ward.sign_in("nurse@demo.ward")
    assert unknown > known / 2, (known, unknown)


def test_an_address_is_taken_as_people_write_it(ward):
    """Upper case and white space around an e-mail address make no difference"""
    answer = sign_in(ward, "  Nurse@Demo.WARD ", PASSWORD)
    assert answer.status_code == 201 and answer.json()["data"]["user"]["email"] == "nurse@demo.ward"
    assert ward.sql("SELECT count(*) FROM users WHERE email <> lower(btrim(email))")[0][0] == 0


def test_passwords_are_kept_as_argon2id(ward):
    """33: what is stored is argon2id of at least 19 MiB, two passes, a salt for each, verifies and is not the text"""
    library = ctypes.CDLL("libargon2.so.1")
    rows = ward.sql("SELECT algorithm, secret FROM credentials WHERE kind = 'password'")
    assert len(rows) >= 8
    for row in rows:
        assert row.algorithm == "argon2id" and PASSWORD not in row.secret
        empty, kind, version, settings, salt, digest = row.secret.split("$")
        assert (empty, kind, version) == ("", "argon2id", "v=19")
        cost = dict(each.split("=") for each in settings.split(","))
        assert int(cost["m"]) >= 19 * 1024 and int(cost["t"]) >= 2 and int(cost["p"]) == 1
        assert len(salt) >= 22 and len(digest) >= 43
    secret = rows[0].secret.encode()
    assert library.argon2id_verify(secret, PASSWORD.encode(), len(PASSWORD)) == ARGON2_OK
    assert library.argon2id_verify(secret, b"another", 7) != ARGON2_OK


# Tokens and cookies

@pytest.mark.parametrize("token", [
    "", "ws_", "ws_" + "A" * 43, "wd_" + "A" * 43, "null", "ws_" + "ä" * 21, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."])
def test_what_is_no_token_is_refused(ward, token):
    """361: without a Bearer token, or with one that Ward never gave, the answer is 401"""
    answer = ward.call("GET", "/api/v1/session", headers={"Authorization": f"Bearer {token}".encode()})
    assert assert_refused(answer, 401)["code"] == "UNAUTHORIZED"


def test_the_cookie_is_for_ward_alone(ward):
    """40: Set-Cookie has HttpOnly, Secure and SameSite, holds the token, and works like it"""
    answer = sign_in(ward, "nurse@demo.ward", PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    pair, *flags = [each.strip() for each in cookie.split(";")]
    assert pair == f"ward_session={answer.json()['data']['token']}"
    assert {"HttpOnly", "Secure"} <= set(flags)
    assert {"SameSite=Lax", "SameSite=Strict"} & set(flags)
    assert "Path=/" in flags and not [each for each in flags if each.lower().startswith("domain")]
    assert next(int(each[8:]) for each in flags if each.startswith("Max-Age=")) <= 7 * 86_400
    assert ward.call("GET", "/api/v1/session", headers={"Cookie": f"a=b; {pair}; c=d"}).status_code == 200


def test_a_cookie_writes_from_our_pages_only(ward, api):
    """40: a write that the browser sends with the cookie by itself is refused when it comes from another site"""
    token = ward.sign_in("nurse@demo.ward")
    cookie = {"Cookie": f"ward_session={token}"}

    def write(path="/api/v1/duty", method="PUT", **headers):
        return ward.call(method, path, json={"isOnDuty": True}, headers={
            **cookie, **{name.replace("_", "-"): value for name, value in headers.items()}})

    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
                    {"Sec_Fetch_Site": "same-site"}, {"Origin": ward.url + ".evil.example"}):
        assert assert_refused(write(**headers), 403)["code"] == "FORBIDDEN"
        assert write("/api/trpc/healthcare.toggleOnDuty", "POST", **headers).status_code == 403, headers
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = ward.call(method, "/api/trpc/auth.signOut", headers=cookie)
        assert answer.status_code in (403, 405), f"{method}: {answer.status_code}"
    assert ward.call("GET", "/api/v1/session", token).status_code == 200, "another site could sign people out"
    for headers in ({"X_Ward_Console": "1"}, {"Origin": ward.url}, {"Sec_Fetch_Site": "same-origin"}):
        assert write(**headers).status_code == 200, headers


def test_a_stale_cookie_does_not_lock_anybody_out(ward):
    """32: with the cookie or token of a session that is over one can still sign in"""
    token = ward.sign_in("nurse@demo.ward")
    assert ward.call("DELETE", "/api/v1/session", token).status_code == 200
    wait_for(lambda: ward.call("GET", "/api/v1/session", token).status_code == 401, 1, "the session is over")
    for headers in ({"Cookie": f"ward_session={token}", "X-Ward-Console": "1"}, {"Authorization": f"Bearer {token}"},
                    {"Cookie": "ward_session=nonsense", "X-Ward-Console": "1"}):
        answer = sign_in(ward, "nurse@demo.ward", PASSWORD, headers=headers)
        assert answer.status_code == 201, f"{list(headers)}: {answer.text}"


def test_signing_out_ends_the_session_at_once(ward):
    """44: after signing out the token and the cookie are refused, other sessions of the person live on"""
    one, two = ward.sign_in("nurse@demo.ward"), ward.sign_in("nurse@demo.ward")
    assert ward.call("GET", "/api/v1/session", one).status_code == 200
    answer = ward.call("DELETE", "/api/v1/session", one)
    assert answer.status_code == 200
    assert "Max-Age=0" in answer.headers["Set-Cookie"] and "ward_session=;" in answer.headers["Set-Cookie"]
    # Again and again: a node that still has it in its cache would let it through now and then.
    wait_for(lambda: ward.call("GET", "/api/v1/session", one).status_code == 401, 1, "the token is refused")
    for _ in range(10):
        assert ward.call("GET", "/api/v1/session", one).status_code == 401
    assert ward.call("GET", "/api/v1/session", headers={"Cookie": f"ward_session={one}"}).status_code == 401
    assert ward.call("GET", "/api/v1/session", two).status_code == 200
    assert ward.call("DELETE", "/api/v1/session", one).status_code == 401


# Changes are in force within a second, although sessions are cached

CHANGES = {
    "the session is revoked": "UPDATE sessions SET revoked_at = ward.now() WHERE user_id = %s AND revoked_at IS NULL",
    "the session is deleted": "DELETE FROM sessions WHERE user_id = %s",
    "the session ran out": "UPDATE sessions SET expires_at = ward.now() WHERE user_id = %s",
    "the person is deactivated": "UPDATE users SET is_active = false WHERE id = %s",
    "the person is locked": "UPDATE users SET is_locked = true WHERE id = %s",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_revocation_is_in_force_within_a_second(ward, api, what):
    """234: a cached session is refused within a second of its end, on calls and on an open stream"""
    token = ward.sign_in("patient@demo.ward")
    user = ward.call("GET", "/api/v1/session", token).json()["data"]["user"]["id"]
    try:
        with streaming(ward, token) as stream:
            ward.sql(CHANGES[what], parameters=[user])
            wait_for(lambda: ward.call("GET", "/api/v1/session", token).status_code == 401, 1, what)
            stream.wait(lambda each: each["event"] == "signed-out", 1)
    finally:
        ward.sql("UPDATE users SET is_active = true, is_locked = false WHERE id = %s", parameters=[user])


def test_a_known_session_costs_no_query(ward, api):
    """234: authenticating a known session asks the database nothing"""
    def statements() -> float:
        text = requests.get(f"{ward.url}/metrics", timeout=5).text
        return next(float(line.split()[1]) for line in text.splitlines()
                    if line.startswith("ward_database_statements_total "))

    token = api.token("admin")
    for _ in range(3):
        assert ward.call("GET", "/api/v1/nothing-at-all", token).status_code == 404
        assert ward.call("POST", "/api/v1/alerts", token, json={}).status_code == 400
    wait_for(lambda: not ward.sql("SELECT 1 FROM pg_stat_activity WHERE usename = 'ward_serving' AND state = 'active'",
                                  "admin"), 5, "all is quiet")
    before = statements()
    for _ in range(20):
        assert ward.call("GET", "/health/detailed", api.token("admin")).status_code == 200
    # A probe of each health answer, and the once-a-second looks of the engines beside it.
    health = statements() - before
    before = statements()
    for _ in range(20):
        assert ward.call("GET", "/api/v1/alerts?limit=0", token).status_code == 400
    assert statements() - before <= 6, f"{statements() - before} statements for 20 refused calls ({health} for health)"


def test_a_role_takes_effect_without_a_new_sign_in(ward, api):
    """95: another role is in force on the next calls of the same session, at the latest after a second"""
    token = ward.sign_in("patient@demo.ward")
    user = ward.call("GET", "/api/v1/session", token).json()["data"]["user"]["id"]
    assert ward.call("GET", "/api/v1/alerts", token).status_code == 403
    try:
        ward.sql("UPDATE memberships SET role = 'nurse' WHERE user_id = %s", parameters=[user])
        wait_for(lambda: ward.call("GET", "/api/v1/alerts", token).status_code == 200, 1, "a nurse sees alerts")
        ward.sql("UPDATE memberships SET role = 'patient' WHERE user_id = %s", parameters=[user])
        wait_for(lambda: ward.call("GET", "/api/v1/alerts", token).status_code == 403, 1, "a patient does not")
    finally:
        ward.sql("UPDATE memberships SET role = 'patient' WHERE user_id = %s", parameters=[user])


def test_a_hospital_is_chosen_by_header(ward, api):
    """77: X-Clinic-ID and X-Hospital-ID select the hospital of a person who works in two; without them the session's"""
    token = ward.sign_in("patient@demo.ward")
    user = ward.call("GET", "/api/v1/session", token).json()["data"]["user"]["id"]
    mine, other = api.hospital(), api.hospital("other admin")
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'operator')", parameters=[other, user])
    try:
        def session(**headers) -> dict:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return ward.call("GET", "/api/v1/session", token, headers=named).json()["data"]

        wait_for(lambda: len(session()["memberships"]) == 2, 1, "both hospitals are known")
        assert (session()["hospital"]["id"], session()["role"]) == (mine, "patient")
        for header in ("X_Clinic_ID", "X_Hospital_ID"):
            chosen = session(**{header: other})
            assert (chosen["hospital"]["id"], chosen["role"]) == (other, "operator")
        made = ward.call("POST", "/api/v1/alerts", token, headers={"X-Clinic-ID": other}, json={
            "roomNumber": room(), "alertType": "medical", "urgencyLevel": 1})
        assert made.status_code == 201 and made.json()["data"]["hospitalId"] == other
        assert ward.call("GET", "/api/v1/alerts", token).status_code == 403
        assert api.call("admin", "GET", f"/alerts/{made.json()['data']['id']}").status_code == 404
    finally:
        ward.sql("DELETE FROM memberships WHERE hospital_id = %s AND user_id = %s", parameters=[other, user])
    wait_for(lambda: ward.call("GET", "/api/v1/session", token, headers={"X-Clinic-ID": other}).status_code == 403, 1,
             "the membership is over")


def test_duty_sets_and_clears_both(ward, api):
    """98: going on duty sets the flag and the shift's start, going off clears both; on twice keeps the start"""
    try:
        on = api.do("nurse", "PUT", "/duty", {"isOnDuty": False, "handoverNotes": "Nothing special happened."})
        assert (on["isOnDuty"], on["shiftStartedAt"]) == (False, None)
        assert api.user("nurse") not in {each["userId"] for each in api.do("admin", "GET", "/duty/staff")}
        first = api.do("nurse", "PUT", "/duty", {"isOnDuty": True})
        assert first["isOnDuty"] is True and first["shiftStartedAt"]
        again = api.do("nurse", "PUT", "/duty", {"isOnDuty": True})
        assert again["shiftStartedAt"] == first["shiftStartedAt"]
        assert api.do("nurse", "GET", "/duty") == again
        assert api.user("nurse") in {each["userId"] for each in api.do("admin", "GET", "/duty/staff")}
        row = ward.sql("SELECT is_on_duty, shift_started_at FROM memberships WHERE user_id = %s",
                       parameters=[api.user("nurse")])[0]
        assert row.is_on_duty and row.shift_started_at
        assert api.call("patient", "PUT", "/duty", {"isOnDuty": True}).status_code == 403
    finally:
        api.do("nurse", "PUT", "/duty", {"isOnDuty": True})


# Limits

@pytest.fixture(scope="module")
def limited():
    with own_ward(environment={"WARD_RATE_LIMITS": "on", "WARD_TRUSTED_PROXIES": "127.0.0.1"}) as running:
        yield running


def at(address: str) -> dict[str, str]:
    """As if from this address, behind the trusted proxy."""
    return {"X-Forwarded-For": address}


def assert_limited(answer, name: str, seconds: int = 60) -> None:
    envelope = assert_refused(answer, 429)
    assert envelope["code"] == "TOO_MANY_REQUESTS" and envelope["details"]["limit"] == name
    assert 1 <= int(answer.headers["Retry-After"]) <= seconds


def test_the_sixth_sign_in_is_refused(limited):
    """242: five sign-ins a minute for an address and a name, right or wrong; the sixth is 429 with Retry-After"""
    for n in range(5):
        assert sign_in(limited, "head@demo.ward", PASSWORD if n % 2 else "wrong", headers=at("10.1.0.1")).status_code in (
            201, 401)
    assert_limited(sign_in(limited, "head@demo.ward", PASSWORD, headers=at("10.1.0.1")), "auth.signIn")
    assert_limited(sign_in(limited, " HEAD@demo.ward ", PASSWORD, headers=at("10.1.0.1")), "auth.signIn")
    assert sign_in(limited, "doctor@demo.ward", PASSWORD, headers=at("10.1.0.1")).status_code == 201
    assert sign_in(limited, "head@demo.ward", PASSWORD, headers=at("10.1.0.2")).status_code == 201


def test_the_thirty_first_alert_is_refused_unless_it_is_urgent(limited):
    """244: the 31st alert of a minute is 429 for urgency 1–3, while urgency 4 and 5 pass"""
    api = Api(limited)

    def raise_alert(**urgency):
        return api.call("operator", "POST", "/alerts", {"roomNumber": room(), "alertType": "medical", **urgency})

    for n in range(30):
        assert raise_alert(urgencyLevel=1 + n % 3).status_code == 201
    assert_limited(raise_alert(urgencyLevel=3), "alerts.create")
    assert_limited(raise_alert(priority="medium"), "alerts.create")
    for urgency in ({"urgencyLevel": 5}, {"urgencyLevel": 4}, {"priority": "critical"}, {"priority": "high"}):
        assert raise_alert(**urgency).status_code == 201
    assert api.call("doctor", "POST", "/alerts", {
        "roomNumber": room(), "alertType": "medical", "urgencyLevel": 1}).status_code == 201


def test_urgent_alerts_meet_the_flood_guard_only(limited):
    """244: 300 urgent alerts in a minute pass, the 301st does not"""
    api = Api(limited)
    token = api.token("admin")

    def raise_alert(_) -> int:
        return limited.call("POST", "/api/v1/alerts", token, json={
            "roomNumber": "FLOOD", "alertType": "medical", "urgencyLevel": 5}).status_code

    with ThreadPoolExecutor(8) as many:
        statuses = list(many.map(raise_alert, range(304)))
    assert statuses.count(201) == 300 and statuses.count(429) == 4


def test_the_hundred_and_first_call_is_refused(limited):
    """245: a hundred calls of an operation in a minute, the next is 429; another person and operation count apart"""
    api = Api(limited)
    for _ in range(100):
        assert api.call("nurse", "GET", "/departments").status_code == 200
    assert_limited(api.call("nurse", "GET", "/departments"), "default")
    answer = api.query("nurse", "hospitals.getDepartments")
    assert (answer.status_code, answer.json()["error"]["data"]["code"]) == (429, "TOO_MANY_REQUESTS")
    assert int(answer.headers["Retry-After"]) >= 1
    assert api.call("nurse", "GET", "/duty").status_code == 200
    assert api.call("operator", "GET", "/departments").status_code == 200


def test_two_people_on_one_address_are_counted_apart(limited):
    """246: the limit of a person and operation is not the address': a colleague at the same address goes on"""
    api = Api(limited)
    where = at("10.1.0.9")
    for _ in range(100):
        assert api.call("doctor", "GET", "/duty", headers=where).status_code == 200
    assert_limited(api.call("doctor", "GET", "/duty", headers=where), "default")
    assert api.call("head", "GET", "/duty", headers=where).status_code == 200
    assert_limited(api.call("doctor", "GET", "/duty", headers=at("10.1.0.10")), "default")


def test_limits_end_with_their_window(limited):
    """248: the refused call carries Retry-After and works after it"""
    for _ in range(6):
        answer = sign_in(limited, "patient@demo.ward", PASSWORD, headers=at("10.1.0.3"))
    assert_limited(answer, "auth.signIn")
    wait = int(answer.headers["Retry-After"])
    shift(limited, wait - 10)
    assert sign_in(limited, "patient@demo.ward", PASSWORD, headers=at("10.1.0.3")).status_code == 429
    shift(limited, 11)
    assert sign_in(limited, "patient@demo.ward", PASSWORD, headers=at("10.1.0.3")).status_code == 201


def test_the_address_comes_first(limited):
    """24: the address' limit wins over the missing token, that over the person's limit, that over the permission,
    and the permission over the input"""
    api = Api(limited)
    where = at("10.2.0.1")
    bad = {"roomNumber": 7}
    assert assert_refused(api.call(None, "POST", "/alerts", bad, where), 401)
    assert assert_refused(api.call("patient", "POST", "/alerts", bad, where), 403)
    assert assert_refused(api.call("operator", "POST", "/alerts", {**bad, "urgencyLevel": 5}, where), 400)
    # The person's limit before the permission and the input: the patient's own 30 calls are spent.
    for _ in range(29):
        assert api.call("patient", "POST", "/alerts", bad, where).status_code == 403
    assert_limited(api.call("patient", "POST", "/alerts", bad, where), "alerts.create")
    # The address' limit before authentication: 20 calls to a batch, until 6,000 are spent.
    spend(limited, where)
    assert_limited(api.call(None, "POST", "/alerts", bad, where), "address")
    answer = limited.call("POST", "/api/v1/alerts", json=bad, headers={**where, "Authorization": "Bearer nonsense"})
    assert_limited(answer, "address")
    # Who was found good lately is not held up by what others do at his hospital's one address.
    assert_limited(api.call("patient", "POST", "/alerts", bad, where), "alerts.create")
    assert api.call("operator", "GET", "/alerts", headers=where).status_code == 200
    assert api.call("patient", "GET", "/alerts", headers=at("10.2.0.2")).status_code == 403


def spend(ward, where: dict) -> None:
    """All that the address may ask before anybody is known."""
    names = ",".join(["auth.getSession"] * 20)

    def batch(_) -> str:
        return ward.call("GET", f"/api/trpc/{names}?batch=1", "ws_" + "A" * 43, headers=where).text

    with ThreadPoolExecutor(4) as many:
        texts = list(many.map(batch, range(305)))
    assert '"limit":"address"' in texts[-1]


def test_an_untrusted_address_cannot_be_made_up(ward_factory):
    """246: without a trusted proxy X-Forwarded-For counts for nothing: the limit cannot be walked around"""
    ward = ward_factory(environment={"WARD_RATE_LIMITS": "on"})
    statuses = [sign_in(ward, "nurse@demo.ward", "wrong", headers=at(f"10.3.0.{n}")).status_code for n in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    row = ward.sql("SELECT DISTINCT address FROM audit_log WHERE action = 'login'", "admin")
    assert [each.address for each in row] == ["127.0.0.1"]


def test_tokens_never_reach_the_log_or_an_url(ward):
    """Neither the password nor the token stands in the process' log"""
    token = ward.sign_in("nurse@demo.ward")
    sign_in(ward, "nurse@demo.ward", "a-wrong-password-1")
    log = ward.log(100_000)
    lines = [line for line in log.splitlines() if "Demo sign-ins" not in line]
    for secret in (token, token[3:], "a-wrong-password-1", PASSWORD):
        assert not [line for line in lines if secret in line], secret
