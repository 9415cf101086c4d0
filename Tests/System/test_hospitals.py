"""Hospitals: what they are called and how they work, how they are registered and changed, and for which one a call speaks."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import room, streaming
from jobs_support import jobs
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import letter_to, member, open_edit, outsider, problems
from ward_process import wait_for

WARD = {"environment": {"WARD_PUBLIC_URL": "http://ward.example"}}


def mails(ward) -> int:
    return len(jobs(ward, "kind = 'mail.send'"))


def new_name() -> str:
    return f"h-{uuid.uuid4().hex[:10]}"


def test_the_own_hospital(api):
    """86: hospitals.getCurrent shows the caller's own hospital, in both tongues, to everybody in it"""
    for who, name in (("nurse", "Demo General"), ("patient", "Demo General"), ("other admin", "Other General")):
        shown = api.do(who, "GET", "/hospital")
        assert (shown["id"], shown["name"]) == (api.hospital(who), name)
        assert api.query(who, "hospitals.getCurrent").json()["result"]["data"] == shown
    outsider(api, "nobody")
    assert_refused(api.call("nobody", "GET", "/hospital"), 403)
    assert api.do("nobody", "GET", "/hospitals") == []
    assert [each["role"] for each in api.do("nurse", "GET", "/hospitals")] == ["nurse"]


def test_settings_last(api, ward):
    """85: updateSettings persists what is given and leaves the rest, is the administrator's alone and stands in the audit log"""
    before = api.do("admin", "GET", "/hospital")
    changed = api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin", "idleMinutes": 20, "nursesResolve": True})
    assert changed == {**before, "timeZone": "Europe/Berlin", "idleMinutes": 20, "nursesResolve": True,
                       "updatedAt": changed["updatedAt"]}
    assert api.do("nurse", "GET", "/hospital") == changed
    wait_for(lambda: "resolve_alerts" in api.do("nurse", "GET", "/session")["permissions"], 1, "nurses may resolve")
    back = {"timeZone": "UTC", "idleMinutes": 0, "nursesResolve": False}
    assert api.do("admin", "PATCH", "/hospital", back)["idleMinutes"] is None
    for who in ("nurse", "head", "patient"):
        assert_refused(api.call(who, "PATCH", "/hospital", {"idleMinutes": 5}), 403)
    assert problems(api.call("admin", "PATCH", "/hospital", {"idleMinutes": 1441, "timeZone": "x"})) == {
        "idleMinutes": "range", "timeZone": "minLength"}
    assert problems(api.call("admin", "PATCH", "/hospital", {"timeZone": "Mars/Olympus"})) == {"timeZone": "exists"}
    assert problems(api.call("admin", "PATCH", "/hospital", {"name": "X"})) == {"name": "unknown"}
    assert api.do("other admin", "GET", "/hospital")["timeZone"] == "UTC"
    rows = api.audit("action = 'hospital_settings_updated' AND resource_id = %s AND outcome = 'success'", api.hospital())
    assert rows[0].details == {"timeZone": "Europe/Berlin", "idleMinutes": 20, "nursesResolve": True} and len(rows) == 2


def test_an_inactive_hospital_takes_no_new_alerts(api):
    """87: a hospital with a licence that is made inactive refuses new alerts with 409 and goes on with the open ones; active again it takes them"""
    open_edit(api)
    api.do("admin", "POST", "/hospital/edit-verification/confirmation", {"code": "271828"})
    assert api.do("admin", "PUT", "/hospital/details", {"licenseNumber": "HL-2026-01"})["licenseNumber"] == "HL-2026-01"
    alert = api.raise_alert(3)
    call = {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 5}
    api.do("admin", "PATCH", "/hospital", {"isActive": False})
    try:
        wait_for(lambda: api.call("operator", "POST", "/alerts", call).status_code == 409, 1, "new alerts are refused")
        assert api.call("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {}).status_code == 200
    finally:
        api.do("admin", "PATCH", "/hospital", {"isActive": True})
    wait_for(lambda: api.call("operator", "POST", "/alerts", call).status_code == 201, 1, "alerts are taken again")


def test_registration(api, ward):
    """106: a registered hospital is there whole, takes alerts, and one welcome mail is queued; what it is not told it leaves empty"""
    outsider(api, "registrar")
    name, before = new_name(), mails(ward)
    made = api.call("registrar", "POST", "/hospitals", {
        "name": "Small Clinic", "subdomain": name, "type": "clinic", "timeZone": "Asia/Kolkata", "taxNumber": "22AAAAA0000A1Z5",
        "email": "clinic@example.org", "address": "1 Main Street"})
    assert made.status_code == 201 and mails(ward) == before + 1
    assert "Small Clinic is registered" in letter_to(api, "clinic@example.org")
    hospital = made.json()["data"]
    assert (hospital["subdomain"], hospital["type"], hospital["email"]) == (name, "clinic", "clinic@example.org")
    wait_for(lambda: api.do("registrar", "GET", "/session").get("role") == "organization_admin", 1, "he administers it")
    assert api.do("registrar", "GET", "/hospital") == hospital
    assert api.raise_alert(2, "registrar")["hospitalId"] == hospital["id"]
    rows = api.audit("action = 'hospital_registered' AND resource_id = %s", hospital["id"])
    assert [(row.outcome, str(row.hospital_id)) for row in rows] == [("success", hospital["id"])]


def test_a_further_hospital(api, ward):
    """74, 106: an organisation's administrator registers further hospitals of it and works in them at once; a nurse cannot"""
    outsider(api, "group")
    first = api.do("group", "POST", "/hospitals", {"name": "First", "subdomain": new_name()})
    wait_for(lambda: api.do("group", "GET", "/session").get("role"), 1, "the first is his")
    second = api.do("group", "POST", "/hospitals", {"name": "Second", "subdomain": new_name()})
    assert second["organizationId"] == first["organizationId"]
    wait_for(lambda: len(api.do("group", "GET", "/hospitals")) == 2, 1, "both are his")
    there = api.call("group", "GET", "/hospital", headers={"X-Hospital-ID": second["id"]}).json()["data"]
    assert there == second
    assert api.do("group", "GET", "/organization")["defaultHospitalId"] == first["id"]
    assert_refused(api.call("nurse", "POST", "/hospitals", {"name": "Third", "subdomain": new_name()}), 403)
    assert_refused(api.call("admin", "POST", "/hospitals", {"name": "Third", "subdomain": new_name()}), 403)


def everything(ward) -> list:
    return [ward.sql(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("organizations", "hospitals", "memberships", "alert_types", "event_counters")] + [len(jobs(ward))]


def test_a_failed_registration_leaves_nothing(api, ward):
    """82, 106: a subdomain that is taken is a conflict, a bad field is named; neither leaves a row or a mail"""
    outsider(api, "unlucky")
    before = everything(ward)
    taken = api.call("unlucky", "POST", "/hospitals", {"name": "Copy", "subdomain": "demo-general"})
    assert assert_refused(taken, 409)["details"] == {"field": "subdomain"}
    bad = {"name": "C", "subdomain": "-bad-", "timeZone": "Nowhere", "email": "x"}
    assert set(problems(api.call("unlucky", "POST", "/hospitals", bad))) == set(bad)
    nowhere = {"name": "Copy", "subdomain": new_name(), "timeZone": "Europe/Nowhere"}
    assert problems(api.call("unlucky", "POST", "/hospitals", nowhere)) == {"timeZone": "exists"}
    assert everything(ward) == before


def test_of_many_registrations_one_is_made(api, ward):
    """82, 106: of eight registrations of one subdomain at the same moment one is made, with one welcome mail"""
    names = [f"rival {n}" for n in range(8)]
    for name in names:
        outsider(api, name)
    subdomain, before = new_name(), mails(ward)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda who: api.call(who, "POST", "/hospitals", {"name": "Race", "subdomain": subdomain}), names))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 7
    assert mails(ward) == before + 1
    assert ward.sql("SELECT count(*) FROM hospitals WHERE subdomain = %s", parameters=[subdomain])[0][0] == 1


def test_found_by_subdomain(api, ward):
    """82: a hospital is found by its subdomain through the index, without a sign-in and without what is not public"""
    shown = ward.call("GET", "/api/v1/hospitals/by-subdomain/demo-general").json()["data"]
    assert shown == {"id": api.hospital(), "name": "Demo General", "type": "hospital", "subdomain": "demo-general",
                     "timeZone": "UTC", "isActive": True}
    assert_refused(ward.call("GET", "/api/v1/hospitals/by-subdomain/no-such-one"), 404)
    with ward.connect("owner") as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute("EXPLAIN SELECT * FROM hospitals WHERE subdomain = 'demo-general'").fetchall()
    assert "hospitals_subdomain_key" in str(plan)


def change(api, who="admin", **body):
    return api.call(who, "PUT", "/hospital/details", body)


def test_a_change_needs_a_code(api, ward):
    """107: without a confirmed code a change is 403; after it one change is made, everybody sees it at once, and the next is 403"""
    ward.sql("DELETE FROM hospital_edits", "admin")
    before = mails(ward)
    assert_refused(change(api, phone="+49 30 111"), 403)
    api.do("admin", "POST", "/hospital/edit-verification", {})
    assert mails(ward) == before + 1
    assert re.search(r"^\d{6}$", letter_to(api, "admin@demo.ward"), re.MULTILINE)
    assert_refused(change(api, phone="+49 30 111"), 403)
    assert assert_refused(api.call("admin", "POST", "/hospital/edit-verification", {}), 429)
    code = open_edit(api)
    api.do("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code})
    assert_refused(api.call("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code}), 403)
    member(api, "second admin", "hospital_admin")
    assert_refused(change(api, "second admin", phone="+49 30 222"), 403)
    taken = change(api, subdomain="other-general", name="Taken")
    assert_refused(taken, 409)
    assert api.do("nurse", "GET", "/hospital")["name"] == "Demo General", "what failed changed nothing, and used nothing up"
    assert change(api, phone="+49 30 333", name="Demo Renamed").status_code == 200
    wait_for(lambda: api.do("nurse", "GET", "/session")["hospital"]["name"] == "Demo Renamed", 1, "no cache holds the old name")
    assert ward.sql("SELECT 1 FROM hospital_edits WHERE hospital_id = %s", parameters=[api.hospital()]) == []
    assert_refused(change(api, phone="+49 30 444"), 403)
    assert api.do("admin", "GET", "/hospital")["phone"] == "+49 30 333"
    code = open_edit(api)
    api.do("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code})
    assert change(api, name="Demo General").status_code == 200


def test_three_tries_and_ten_minutes(api, ward):
    """107: twenty wrong codes at the same moment are three tries, after which the right one is wrong too; a confirmed code is over after ten minutes"""
    code = open_edit(api)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda n: api.call(
            "admin", "POST", "/hospital/edit-verification/confirmation", {"code": f"{n:06}"}), range(20)))
    assert {each.status_code for each in answers} == {403}
    assert ward.sql("SELECT tries FROM hospital_edits WHERE hospital_id = %s", parameters=[api.hospital()])[0].tries == 3
    assert_refused(api.call("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code}), 403)
    code = open_edit(api)
    api.do("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code})
    ward.sql("UPDATE hospital_edits SET verified_until = ward.now()")
    assert_refused(change(api, phone="+49 30 555"), 403)
    code = open_edit(api)
    ward.sql("UPDATE hospital_edits SET expires_at = ward.now()")
    assert_refused(api.call("admin", "POST", "/hospital/edit-verification/confirmation", {"code": code}), 403)
    assert_refused(api.call("nurse", "POST", "/hospital/edit-verification", {}), 403)


# For which hospital a call speaks

@pytest.fixture(scope="module")
def both(api, ward) -> dict:
    """Somebody who is a nurse in one hospital and a doctor in the other; the session's is the first."""
    user = member(api, "both")
    other = api.hospital("other admin")
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'doctor')", parameters=[other, user])
    wait_for(lambda: len(api.do("both", "GET", "/session")["memberships"]) == 2, 1, "both count")
    return {"mine": api.hospital(), "other": other}


def where(api, path="/session", headers=None) -> str:
    answer = api.call("both", "GET", path, headers=headers)
    return answer.json()["data"]["hospital"]["id"] if answer.ok else answer.status_code


def test_the_context_of_a_call(api, both):
    """73: each call carries hospital, organisation, role and permissions of the hospital that it speaks for"""
    mine = api.call("both", "GET", "/session").json()["data"]
    other = api.call("both", "GET", "/session", headers={"X-Hospital-ID": both["other"]}).json()["data"]
    assert (mine["hospital"]["id"], mine["role"]) == (both["mine"], "nurse")
    assert (other["hospital"]["id"], other["role"]) == (both["other"], "doctor")
    assert "resolve_alerts" in other["permissions"] and "resolve_alerts" not in mine["permissions"]
    shown = api.call("both", "GET", "/hospital", headers={"X-Hospital-ID": both["other"]}).json()["data"]
    assert shown["organizationId"] == api.do("both", "GET", "/hospital")["organizationId"]
    made = api.call("both", "POST", "/alerts", {"roomNumber": room(), "alertType": "fall", "urgencyLevel": 2},
                    {"X-Hospital-ID": both["other"]}).json()["data"]
    assert made["hospitalId"] == both["other"]


def test_the_order_of_sources(api, both):
    """77, 78: header before query before subdomain before the token's claim before the session; each of them works alone"""
    mine, other = both["mine"], both["other"]
    host = {mine: "demo-general.ward.example", other: "other-general.ward.example"}
    claims = {}
    for hospital in (mine, other):
        claims[hospital] = api.call("both", "POST", "/auth/token", {}, {"X-Hospital-ID": hospital}).json()["data"]["accessToken"]
    assert where(api) == mine
    assert where(api, headers={"X-Clinic-ID": other}) == where(api, headers={"X-Hospital-ID": other}) == other
    assert where(api, f"/session?hospital={other}") == other
    bearer = lambda hospital: {"Authorization": f"Bearer {claims[hospital]}"}
    assert where(api, headers=bearer(other)) == other
    assert where(api, f"/session?hospital={mine}", {"X-Hospital-ID": other}) == other
    assert where(api, f"/session?hospital={mine}", bearer(other)) == mine
    assert where(api, headers={"X-Hospital-ID": mine, **bearer(other)}) == mine
    assert where(api, headers={"Host": host[other]}) == other
    assert where(api, f"/session?hospital={mine}", {"Host": host[other]}) == mine
    assert where(api, headers={"Host": host[mine], **bearer(other)}) == mine


def test_a_hospital_that_is_not_his(api, both):
    """78: a hospital or clinic to which the caller does not belong is 403, whatever names it"""
    outsider(api, "elsewhere")
    foreign = api.do("elsewhere", "POST", "/hospitals", {"name": "Elsewhere", "subdomain": new_name()})["id"]
    for headers, path in (({"X-Clinic-ID": foreign}, "/session"), ({"X-Hospital-ID": foreign}, "/session"),
                          (None, f"/session?hospital={foreign}")):
        assert where(api, path, headers) == 403


def test_nothing_crosses_over(api, ward, both):
    """81: neither events nor answers that were kept nor logs nor queued work of one hospital reach the other"""
    key = {"Idempotency-Key": f"k-{uuid.uuid4()}"}
    body = {"roomNumber": room(), "alertType": "fall", "urgencyLevel": 2}
    with streaming(ward, api.token("admin")) as stream:
        theirs = api.do("other admin", "POST", "/alerts", body, key)
        mine = api.do("admin", "POST", "/alerts", body, key)
        assert mine["hospitalId"] == both["mine"] and theirs["hospitalId"] == both["other"] and mine["id"] != theirs["id"]
        stream.wait_alert(mine["id"])
        assert theirs["id"] not in str(stream.seen)
    for table in ("audit_log", "events", "idempotency_keys"):
        seen = ward.sql(f"SELECT DISTINCT hospital_id FROM {table}", "serving", hospital=both["mine"])
        assert [str(row.hospital_id) for row in seen] == [both["mine"]], table
    with ward.connect("serving") as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute("SELECT set_config('ward.hospital', %s, true)", [both["mine"]])
        connection.execute("SELECT 1 FROM jobs")
