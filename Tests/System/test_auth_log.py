"""The log of who called what: a line for each call of somebody, audit rows for sign-ins and refusals, and the limits."""

import json
from concurrent.futures import ThreadPoolExecutor

import requests
from api_inputs import document_of, operations_of
from api_raw import assert_refused
from api_support import NOBODY, Api, own_ward
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import unique_name
from ward_process import PASSWORD, wait_for

WARD = {"environment": {"WARD_TRUSTED_PROXIES": "127.0.0.1"}}


def lines(ward) -> list[dict]:
    """The lines of category AUTH, as the process has written them."""
    found = [json.loads(line) for line in ward.log(100_000).splitlines() if line.startswith('{"time"')]
    return [each for each in found if each.get("category") == "AUTH"]


def line_of(ward, answer) -> dict:
    request = answer.headers["X-Request-Id"]
    return wait_for(lambda: [each for each in lines(ward) if each["request"] == request], 5, "the line of a call")[0]


def test_each_call_leaves_a_line(api, ward):
    """62: each authenticated call, also a refused one, leaves one AUTH line with request, person, hospital, address,
    operation and outcome, in either tongue, and nothing of a patient or of what was sent"""
    name = unique_name()
    here = {"X-Forwarded-For": "203.0.113.7"}
    made = api.call("doctor", "POST", "/patients", {"name": name, "notes": "Secretnote"}, here)
    calls = [
        (made, "patient.create", "OK", "doctor"),
        (api.call("doctor", "POST", "/patients/search", {"text": name}, here), "patient.search", "OK", "doctor"),
        (api.call("nurse", "GET", "/users", headers=here), "users.getAll", "FORBIDDEN", "nurse"),
        (api.call("nurse", "GET", f"/alerts/{NOBODY}", headers=here), "alerts.get", "NOT_FOUND", "nurse"),
        (api.call("nurse", "POST", "/alerts", {"roomNumber": "Secretnote"}, here), "alerts.create", "BAD_REQUEST", "nurse"),
        (api.query("operator", "alerts.list", {"limit": 1}, headers=here), "alerts.list", "OK", "operator"),
    ]
    for answer, operation, outcome, who in calls:
        line = line_of(ward, answer)
        assert {key: line[key] for key in ("operation", "outcome", "userId", "hospitalId", "address", "level")} == {
            "operation": operation, "outcome": outcome, "userId": api.user(who), "hospitalId": api.hospital(),
            "address": "203.0.113.7", "level": "info"}
        assert len([each for each in lines(ward) if each["request"] == line["request"]]) == 1
    for part in (*name.split(), "Secretnote", made.json()["data"]["id"], made.json()["data"]["mrn"], "doctor@demo.ward"):
        assert part not in json.dumps(lines(ward))


def test_calls_of_nobody(api, ward):
    """62: a call that asks for somebody and has nobody leaves a line without a person, a sign-in one with its outcome;
    what is for everybody leaves none"""
    line = line_of(ward, ward.call("GET", "/api/v1/alerts"))
    assert (line["outcome"], line["userId"], line["operation"]) == ("UNAUTHORIZED", "", "alerts.list")
    wrong = ward.call("POST", "/api/v1/sessions", json={"email": "nurse@demo.ward", "password": "wrong horse"})
    assert (line_of(ward, wrong)["operation"], line_of(ward, wrong)["outcome"]) == ("auth.signIn", "UNAUTHORIZED")
    right = ward.call("POST", "/api/v1/sessions", json={"email": "nurse@demo.ward", "password": PASSWORD})
    assert line_of(ward, right)["outcome"] == "OK"
    public = ward.call("GET", "/api/v1/auth/providers")
    line_of(ward, api.call("nurse", "GET", "/duty"))  # written after it
    assert public.headers["X-Request-Id"] not in {each["request"] for each in lines(ward)}


def test_sign_ins_refusals_and_lockouts_are_rows(api, ward):
    """62: sign-ins, wrong ones, locked ones and refused calls are rows of the audit log, with address and request"""
    here, email = {"X-Forwarded-For": "203.0.113.99"}, "head@demo.ward"
    head = api.user("head")

    def sign_in(password):
        return ward.call("POST", "/api/v1/sessions", json={"email": email, "password": password}, headers=here)

    answers = [sign_in(PASSWORD), *(sign_in("wrong horse battery") for _ in range(5)), sign_in(PASSWORD)]
    assert [each.status_code for each in answers] == [201] + [401] * 5 + [429]
    rows = api.audit("address = '203.0.113.99' AND action = 'login'")
    assert {(row.outcome, row.code) for row in rows} == {
        ("success", None), ("denied", "UNAUTHORIZED"), ("denied", "TOO_MANY_REQUESTS")}
    assert {row.request_id for row in rows} <= {each.headers["X-Request-Id"] for each in answers}
    assert {str(row.actor_id) for row in rows if row.outcome == "success"} == {head}
    assert {row.category for row in rows} == {"security"}
    refused = api.call("nurse", "POST", "/users", {}, here)
    assert assert_refused(refused, 403)
    row = api.audit("request_id = %s", refused.headers["X-Request-Id"])[0]
    assert (row.outcome, row.code, str(row.actor_id)) == ("denied", "FORBIDDEN", api.user("nurse"))
    ward.sql("DELETE FROM guess_lanes", "admin")


def test_a_person_counts_by_his_address(ward):
    """62: all that one person calls from one address counts together: 3,000 a minute; another address of his and a
    colleague at the same address go on"""
    with own_ward(environment={"WARD_RATE_LIMITS": "on", "WARD_TRUSTED_PROXIES": "127.0.0.1"}) as limited:
        api = Api(limited)
        token, colleague = api.token("admin"), api.token("head")
        reads = [each.template for each in operations_of(document_of(limited))
                 if each.method == "GET" and each.needs_sign_in and "{" not in each.template]
        reads.remove("/api/v1/session")
        assert len(reads) > 32

        def call(path: str, who: str = token, address: str = "203.0.113.1"):
            with requests.Session() as session:
                session.trust_env = False
                return session.get(f"{limited.url}{path}", timeout=60, headers={
                    "Authorization": f"Bearer {who}", "X-Forwarded-For": address})

        def hundred(path: str) -> list:
            with requests.Session() as session:
                session.trust_env = False
                return [session.get(f"{limited.url}{path}", timeout=60, headers={
                    "Authorization": f"Bearer {token}", "X-Forwarded-For": "203.0.113.1"}) for _ in range(100)]

        with ThreadPoolExecutor(8) as pool:
            answers = [each for many in pool.map(hundred, reads[:33]) for each in many]
        limits = [each.json()["details"]["limit"] for each in answers if each.status_code == 429]
        by_caller = limits.count("caller")
        assert by_caller >= 100 and len(answers) - by_caller == 3000, (by_caller, set(limits))
        refused = call("/api/v1/session")
        assert refused.status_code == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60
        assert call("/api/v1/session", address="203.0.113.2").status_code == 200
        assert call("/api/v1/session", colleague).status_code == 200


def test_it_can_be_off(ward):
    """62: WARD_AUTH_LOG=off leaves no such line, and the audit log as it is; another word stops the start"""
    with own_ward(environment={"WARD_AUTH_LOG": "off"}) as quiet:
        api = Api(quiet)
        assert api.call("nurse", "GET", "/duty").ok
        assert_refused(api.call("nurse", "GET", "/users"), 403)
        wait_for(lambda: "call failed" in quiet.log(200), 5, "another line")
        assert lines(quiet) == []
        assert api.audit("action = 'users.getAll' AND outcome = 'denied'")
        quiet.stop()
    with own_ward() as loud:
        api = Api(loud)
        last = api.call("nurse", "GET", "/duty").headers["X-Request-Id"]
        loud.stop()
        assert last in {each["request"] for each in lines(loud)}  # what waited is written at the end
