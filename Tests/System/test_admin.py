"""The administrators' views: the people in every order, who is kept out and let in again, and the numbers."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from admin_support import new_doctor
from api_raw import assert_refused
from api_support import NOBODY, Api, own_ward, streaming
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import invite, member, problems
from ward_process import PASSWORD, wait_for


def suspend(api, user: str, who: str = "admin", reason: str | None = "Under inquiry"):
    return api.call(who, "POST", f"/admin/users/{user}/status", {"action": "suspend", "reason": reason})


def activate(api, user: str, who: str = "admin"):
    return api.call(who, "POST", f"/admin/users/{user}/status", {"action": "activate"})


def listed(api, query: str = "", who: str = "admin") -> list[dict]:
    return api.do(who, "GET", f"/admin/users?limit=100{query}")


def test_listing(api, ward):
    """103: the list narrows by search, role and status, walks its pages in every order, and shows the hospital alone"""
    mark = f"zz{uuid.uuid4().hex[:8]}"
    made = [api.do("admin", "POST", "/users", {"name": f"{mark} {n}", "email": f"{mark}{9 - n}@example.org",
                                               "role": ("nurse", "doctor", "manager")[n % 3], "password": PASSWORD})["id"]
            for n in range(9)]
    ward.sign_in(f"{mark}5@example.org")
    ward.sign_in(f"{mark}7@example.org")
    assert suspend(api, made[0]).ok
    api.do("admin", "DELETE", f"/users/{made[1]}")
    search = f"&search={mark}"
    assert {each["id"] for each in listed(api, search)} == set(made)
    assert {each["id"] for each in listed(api, search + "&role=nurse")} == set(made[0::3])
    for status, wanted in (("suspended", made[:1]), ("inactive", made[1:2]), ("active", made[2:])):
        found = listed(api, f"{search}&status={status}")
        assert {each["id"] for each in found} == set(wanted) and {each["status"] for each in found} == {status}
    assert [each["id"] for each in listed(api, f"{search}&role=doctor&status=active")] == [made[4], made[7]]
    for sort, key in (("name", "name"), ("email", "email"), ("createdAt", "createdAt"), ("lastLoginAt", "lastLoginAt")):
        rising = [each[key] or "" for each in listed(api, f"{search}&sortBy={sort}&sortOrder=asc")]
        falling = [each[key] or "" for each in listed(api, f"{search}&sortBy={sort}&sortOrder=desc")]
        assert rising == sorted(rising) == falling[::-1] and len(set(rising)) > 1, sort
        walked, cursor = [], ""
        while cursor is not None:
            page = api.call("admin", "GET", f"/admin/users?limit=4&sortBy={sort}{search}{cursor}").json()
            walked += [each["id"] for each in page["data"]]
            assert page["page"]["total"] == 9
            cursor = page["page"]["next"] and f"&cursor={page['page']['next']}"
        assert walked == [each["id"] for each in listed(api, f"{search}&sortBy={sort}")], sort
    assert listed(api, search, "other admin") == []
    assert api.do("admin", "GET", f"/admin/users/{made[0]}")["suspensionReason"] == "Under inquiry"
    for id in (made[0], NOBODY):
        assert_refused(api.call("other admin" if id != NOBODY else "admin", "GET", f"/admin/users/{id}"), 404)
    assert problems(api.call("admin", "GET", "/admin/users?status=gone&sortBy=age")) == {"status": "enum", "sortBy": "enum"}


def test_suspension(api, ward):
    """103: who is suspended is out within a second, everywhere, with a reason on record, and comes back when he is let in"""
    user = member(api, "vera", "doctor")
    email = api.do("admin", "GET", f"/admin/users/{user}")["email"]
    api.do("vera", "PUT", "/duty", {"isOnDuty": True})
    assert problems(suspend(api, user, reason=None)) == {"reason": "required"}
    with streaming(ward, api.token("vera")) as stream:
        answer = suspend(api, user, reason="Under inquiry")
        assert answer.ok and answer.json()["data"] | {"status": "suspended", "isOnDuty": False,
                                                      "suspensionReason": "Under inquiry",
                                                      "suspendedBy": api.user("admin")} == answer.json()["data"]
        wait_for(lambda: api.call("vera", "GET", "/session").status_code == 401, 1, "the session is over")
        wait_for(stream.is_over.is_set, 2, "the stream is over")
    assert ward.call("POST", "/api/v1/sessions", json={"email": email, "password": PASSWORD}).status_code == 401
    assert user not in {each["userId"] for each in api.do("nurse", "GET", "/duty/staff?limit=100")}
    assert_refused(suspend(api, user), 409)
    # Neither an invitation nor another way in brings him back.
    _, token = invite(api, email)
    assert_refused(api.call("vera", "POST", "/invitations/acceptance", {"token": token}), 401)
    back = activate(api, user).json()["data"]
    assert (back["status"], back["suspendedAt"], back["suspensionReason"]) == ("active", None, None)
    assert_refused(activate(api, user), 409)
    api.tokens["vera"] = ward.sign_in(email)
    assert api.me("vera")["role"] == "doctor"
    rows = api.audit("resource_id = %s AND action = 'user_status_changed'", user)
    assert [(row.outcome, row.details.get("change"), str(row.actor_id)) for row in rows if row.outcome == "success"] == [
        ("success", "suspend", api.user("admin")), ("success", "activate", api.user("admin"))]


def test_suspended_here_at_work_there(api, ward):
    """103: who is suspended in one hospital works on in another; no invitation of the first lets him in again"""
    user = member(api, "both")
    email = api.do("admin", "GET", f"/admin/users/{user}")["email"]
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse') RETURNING 1", "admin",
             parameters=[api.hospital("other admin"), user])
    there = {"X-Hospital-ID": api.hospital("other admin")}
    assert suspend(api, user).ok
    api.tokens["both"] = ward.sign_in(email)
    assert api.call("both", "GET", "/departments", headers=there).ok
    assert_refused(api.call("both", "GET", "/departments", headers={"X-Hospital-ID": api.hospital()}), 403)
    _, token = invite(api, email)
    assert_refused(api.call("both", "POST", "/invitations/acceptance", {"token": token}), 409)
    assert api.do("admin", "GET", f"/admin/users/{user}")["status"] == "suspended"
    assert_refused(suspend(api, user, "other nurse"), 403)


def test_who_may_not_be_suspended(api, ward):
    """103: nobody suspends himself, the last administrator, somebody above his role or of another hospital"""
    assert_refused(suspend(api, api.user("admin")), 403)
    above = member(api, "above", "super_admin")
    assert_refused(suspend(api, above), 403)
    assert_refused(activate(api, above), 403)
    assert_refused(suspend(api, api.user("other nurse")), 404)
    assert_refused(suspend(api, NOBODY), 404)
    # Two administrators who suspend each other at the same moment: one stays.
    with own_ward() as other:
        two = Api(other)
        member(two, "second", "hospital_admin")
        pairs = [("admin", two.user("second")), ("second", two.user("admin"))]
        with ThreadPoolExecutor(2) as pool:
            codes = list(pool.map(lambda pair: suspend(two, pair[1], pair[0]).status_code, pairs))
        assert codes.count(200) == 1 and set(codes) <= {200, 401, 403, 409}, codes
        active = other.sql("SELECT count(*) FROM memberships WHERE hospital_id = %s AND is_active AND role = 'hospital_admin'",
                           parameters=[two.hospital()])
        assert active[0][0] == 1


def test_the_last_administrator_stays(api, ward):
    """103: an administrator who works elsewhere cannot suspend the only one of the hospital"""
    lord = member(api, "lord", "super_admin", "other admin")
    ward.sql("UPDATE memberships SET role = 'manager' WHERE user_id = %s", parameters=[lord])
    ward.sql("INSERT INTO role_grants (hospital_id, id, user_id, role, granted_by) VALUES (%s, gen_random_uuid(), %s,"
             " 'super_admin', %s) RETURNING 1", "admin", parameters=[api.hospital("other admin"), lord, lord])
    wait_for(lambda: "manage_users" in ward.call("GET", "/api/v1/session", api.token("lord")).json()["data"]["permissions"],
             2, "the granted role counts")
    refused = assert_refused(suspend(api, api.user("other admin"), "lord"), 409)
    assert "last administrator" in refused["error"]


def test_analytics(api, ward):
    """103: the numbers of people, sign-ins, refusals and changes equal direct counts, for each range of time"""
    user = member(api, "counted")
    assert suspend(api, user).ok
    assert_refused(api.call("nurse", "GET", "/admin/users"), 403)
    for range_, days in (("day", 1), ("week", 7), ("month", 30), ("year", 365)):
        told = api.do("admin", "GET", f"/admin/analytics?range={range_}")
        here = [api.hospital()]
        counted = ward.sql(
            "SELECT count(*) AS users, count(*) FILTER (WHERE m.is_active AND u.is_active) AS active, count(*) FILTER"
            " (WHERE m.suspended_at IS NOT NULL) AS suspended, count(*) FILTER (WHERE m.is_on_duty) AS on_duty FROM"
            " memberships m JOIN users u ON u.id = m.user_id WHERE m.hospital_id = %s AND m.role <> 'patient'", parameters=here)[0]
        assert (told["users"], told["active"], told["suspended"], told["onDuty"]) == tuple(counted)
        assert told["inactive"] == told["users"] - told["active"] - told["suspended"]
        log = ward.sql("SELECT action, outcome, actor_id, category, repeats FROM audit_log WHERE hospital_id = %s"
                       " AND occurred_at > ward.now() - make_interval(days => %s)", parameters=[*here, days])
        logins = [row for row in log if (row.action, row.outcome) == ("login", "success")]
        assert told["signIns"] == len(logins) > 0 and told["signedInPeople"] == len({row.actor_id for row in logins})
        assert told["refusals"] == sum(row.repeats for row in log if row.outcome == "denied") > 0
        assert told["changes"] == sum(row.category in ("identity", "security") and row.outcome == "success"
                                      and row.action != "login" for row in log) > 0
        assert sum(each["active"] for each in told["byRole"]) == told["active"]
    before = api.do("admin", "GET", "/admin/analytics?range=day")
    new_doctor(api)
    after = api.do("admin", "GET", "/admin/analytics?range=day")
    assert after["newUsers"] == before["newUsers"] + 1 and after["changes"] == before["changes"] + 1
    ward.sql("UPDATE memberships SET created_at = ward.now() - interval '8 days' WHERE user_id = %s", parameters=[user])
    assert api.do("admin", "GET", "/admin/analytics?range=week")["newUsers"] == after["newUsers"] - 1
    assert problems(api.call("admin", "GET", "/admin/analytics?range=decade")) == {"range": "enum"}
