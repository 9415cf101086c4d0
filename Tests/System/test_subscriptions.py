"""Plans and subscriptions: the price list, what a hospital has of it, how many doctors, and what it costs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from api_raw import assert_refused
from api_support import shift
from cache_support import counted, listens
from own_house import api, ward  # noqa: F401 (fixtures by name)
from pay_support import code, listed, rupees, subscribed
from staff_support import person
from tenancy_support import member
from ward_process import wait_for

DAY = 86_400


@pytest.fixture(scope="module")
def root(api) -> str:
    member(api, "root", "super_admin")
    return "root"


def offered(api) -> list[str]:
    return [each["planCode"] for each in api.do("patient", "GET", "/subscription-plans?limit=100")]


def test_plans_are_the_super_administrators(api, ward, root):
    """209: he adds, changes and removes plans; everybody else is refused; a removed one stays as a row"""
    plan = rupees()
    made = api.do(root, "POST", "/subscription-plans", plan)
    assert made | plan == made and made["version"] == 1 and made["isActive"]
    assert_refused(api.call(root, "POST", "/subscription-plans", plan), 409)
    path = f"/subscription-plans/{plan['planCode']}"
    for who in ("admin", "head", "doctor", "patient", "other admin"):
        for method, where, body in (("POST", "/subscription-plans", rupees()), ("PUT", path, {"version": 1, "name": "X"}),
                                    ("DELETE", path, None)):
            assert_refused(api.call(who, method, where, body), 403)
    # A right that was granted is no membership: the price list is not his.
    granted = member(api, "granted", "manager")
    api.do(root, "POST", f"/users/{granted}/roles", {"role": "super_admin"})
    assert_refused(api.call("granted", "POST", "/subscription-plans", rupees()), 403)
    changed = api.do(root, "PUT", path, {"version": 1, "monthlyPriceMinor": 599_999})
    assert (changed["monthlyPriceMinor"], changed["version"], changed["maxDoctors"]) == (599_999, 2, 100)
    assert_refused(api.call(root, "PUT", path, {"version": 1, "name": "Late"}), 409)
    assert plan["planCode"] in offered(api)
    assert api.do(root, "DELETE", path)["isActive"] is False
    assert plan["planCode"] not in offered(api)
    assert_refused(api.call(root, "DELETE", path), 404)
    assert ward.sql("SELECT is_active FROM subscription_plans WHERE code = %s", "admin",
                    parameters=[plan["planCode"]])[0].is_active is False
    assert [row.action for row in api.audit("details->>'plan' = %s", plan["planCode"])] == [
        "plan_created", "plan_updated", "plan_deleted"]


def test_the_database_keeps_the_price_list(ward, api):
    """209: the serving role itself writes no plan for anybody but a super administrator"""
    listed(api)
    with ward.connect("serving") as connection:
        connection.execute("SELECT set_config('ward.user', %s, true)", [api.user("admin")])
        changed = connection.execute("UPDATE subscription_plans SET monthly_minor = 1 WHERE code = 'known-plan'")
        assert changed.rowcount == 0


def test_a_bad_plan_is_told_whole(api, root):
    """209: every bad field of a plan is named"""
    answer = api.call(root, "POST", "/subscription-plans", rupees(
        planCode="Not Good", currency="XXX", monthlyPriceMinor=-1, yearlyDiscountPoints=10_001,
        volumeDiscounts=[{"fromDoctors": 1, "points": 1}] * 2))
    assert_refused(answer, 400)
    assert {each["path"] for each in answer.json()["details"]["fields"]} == {
        "planCode", "currency", "monthlyPriceMinor", "yearlyDiscountPoints", "volumeDiscounts"}


def test_plans_are_kept(api, ward, root):
    """210: the second read asks no database, and a change of a plan is seen by the next"""
    listens(ward)
    plan = api.do(root, "POST", "/subscription-plans", rupees())["planCode"]

    def kept() -> bool:
        try:
            with counted(ward, {"memoryHits": 2}):
                assert plan in offered(api) and plan in offered(api)
            return True
        except AssertionError:
            return False

    wait_for(kept, 10, "both reads are answered from memory")
    api.do(root, "DELETE", f"/subscription-plans/{plan}")
    assert plan not in offered(api)


def active(ward, api) -> list:
    return ward.sql("SELECT id, ends_at FROM subscriptions WHERE hospital_id = %s AND status = 'active'",
                    parameters=[api.hospital()])


def test_a_hospital_has_one_subscription(api, ward):
    """211: with start, end and status; a second one ends the first, also when many are made at once"""
    trial = listed(api, code(), price=0, doctors=50)
    assert_refused(api.call("other admin", "GET", "/subscription"), 404)
    first = subscribed(api, doctors=50, plan=trial)
    assert first["status"] == "active" and first["totalMinor"] == 0
    length = datetime.fromisoformat(first["endsAt"]) - datetime.fromisoformat(first["startsAt"])
    assert 28 <= length.days <= 31
    yearly = subscribed(api, doctors=50, plan=trial, cycle="yearly")
    assert (datetime.fromisoformat(yearly["endsAt"]) - datetime.fromisoformat(yearly["startsAt"])).days in (365, 366)
    old = next(each for each in api.do("admin", "GET", "/subscriptions") if each["id"] == first["id"])
    assert old["status"] == "cancelled" and old["endsAt"] <= yearly["startsAt"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: api.call("admin", "POST", "/subscriptions", {
            "planCode": trial, "cycle": "monthly", "doctors": 20 + n}), range(8)))
    assert [each.status_code for each in answers] == [201] * 8
    [row] = active(ward, api)
    assert api.do("admin", "GET", "/subscription")["id"] == str(row.id)
    assert_refused(api.call("other admin", "GET", "/subscription"), 404)
    assert_refused(api.call("nurse", "GET", "/subscription"), 403)


def test_what_is_to_be_paid_waits(api, ward):
    """211: a subscription with a price waits for its payment and is not made twice; the running one goes on"""
    trial = listed(api, code(), price=0, doctors=60)
    running = subscribed(api, doctors=60, plan=trial)
    paid = listed(api, code(), price=1000)
    asked = subscribed(api, plan=paid)
    assert (asked["status"], asked["totalMinor"], asked["startsAt"]) == ("pending", 1000, None)
    assert subscribed(api, plan=paid)["id"] == asked["id"]
    assert subscribed(api, plan=paid, doctors=901)["id"] != asked["id"]
    assert api.do("admin", "GET", "/subscription")["id"] == running["id"]
    path = f"/subscriptions/{asked['id']}/cancellation"
    assert_refused(api.call("other admin", "POST", path, {"version": 1}), 404)
    assert_refused(api.call("admin", "POST", path, {"version": 7}), 409)
    assert api.do("admin", "POST", path, {"version": 1})["status"] == "cancelled"
    assert_refused(api.call("admin", "POST", path, {"version": 2}), 409)


def test_what_is_cancelled_stays_until_its_end(api):
    """211: a cancelled subscription is in force for the time that it has"""
    trial = listed(api, code(), price=0, doctors=70)
    running = subscribed(api, doctors=70, plan=trial)
    gone = api.do("admin", "POST", f"/subscriptions/{running['id']}/cancellation", {"version": running["version"]})
    assert (gone["status"], gone["endsAt"]) == ("cancelled", running["endsAt"])
    assert api.do("admin", "GET", "/subscription")["id"] == running["id"]
    person(api, "doctor")


def doctors(ward, api) -> int:
    return ward.sql("SELECT count(*) AS n FROM memberships WHERE hospital_id = %s AND is_active"
                    " AND role IN ('doctor', 'head_doctor')", parameters=[api.hospital()])[0].n


def test_as_many_doctors_as_are_paid(api, ward):
    """212: by whatever way somebody becomes a doctor, one more than the subscription has is refused with 403"""
    room = doctors(ward, api) + 1
    plan = listed(api, code(), price=0, doctors=room)
    subscribed(api, doctors=room, plan=plan)
    nurse = person(api, "nurse")
    last = person(api, "doctor")
    new = {"name": "One More", "email": f"{code()}@demo.ward", "role": "doctor"}
    assert_refused(api.call("admin", "POST", "/users", new), 403)
    assert_refused(api.call("admin", "POST", "/doctors", {
        "name": "One More", "email": new["email"], "licenseNumber": f"MD-{code()}"}), 403)
    assert_refused(api.call("admin", "PUT", f"/users/{nurse}/role", {"role": "doctor"}), 403)
    api.do("admin", "PUT", f"/users/{last}/role", {"role": "head_doctor"})
    person(api, "nurse")
    person(api, "doctor", who="other admin")
    api.do("admin", "DELETE", f"/users/{last}")
    api.do("admin", "PUT", f"/users/{nurse}/role", {"role": "doctor"})
    # Not fewer than there are.
    small = listed(api, code(), price=0, doctors=1000)
    answer = api.call("admin", "POST", "/subscriptions", {"planCode": small, "cycle": "monthly", "doctors": room - 1})
    assert_refused(answer, 409)


def test_many_new_doctors_at_once(api, ward):
    """212: of many who are made doctors at once, no more than there is room for"""
    room = doctors(ward, api) + 3
    subscribed(api, doctors=room, plan=listed(api, code(), price=0, doctors=room))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: api.call("admin", "POST", "/users", {
            "name": "Many", "email": f"{code()}@demo.ward", "role": "doctor"}).status_code, range(10)))
    assert sorted(answers) == [201] * 3 + [403] * 7
    assert doctors(ward, api) == room


@pytest.mark.parametrize(("doctors", "cycle", "total"), [
    (1, "monthly", 499_999), (10, "monthly", 4_499_991), (20, "monthly", 8_499_983), (50, "monthly", 19_999_960),
    (1, "yearly", 5_279_989), (10, "yearly", 47_519_905)])
def test_a_price_matches_to_the_cent(api, root, doctors, cycle, total):
    """213: the inventory's worked examples of volume and yearly discount"""
    plan = api.do(root, "POST", "/subscription-plans", rupees())["planCode"]
    told = api.do("other admin", "GET", f"/subscription/quote?planCode={plan}&cycle={cycle}&doctors={doctors}")
    assert told["totalMinor"] == total and told["currency"] == "INR"
    assert told["baseMinor"] - told["volumeDiscountMinor"] - told["yearlyDiscountMinor"] == told["netMinor"]
    assert_refused(api.call("admin", "GET", f"/subscription/quote?planCode={plan}&cycle={cycle}&doctors=101"), 400)
    assert_refused(api.call("admin", "GET", f"/subscription/quote?planCode=nothing&cycle={cycle}"), 400)


def letters(api, words: str) -> list[dict]:
    """What the development Ward keeps with these words in its subject, the newest first."""
    return [each for each in api.do("admin", "GET", "/development/outbox")["letters"] if words in each["subject"]]


def test_it_ends_at_its_end(api, ward, root):
    """212, 213: days that are left are credited; at its end it is over, then no doctor more until it is renewed"""
    plan = api.do(root, "POST", "/subscription-plans", rupees(feePoints=200, taxPoints=1800))["planCode"]
    trial = listed(api, code(), price=0, doctors=80)
    running = subscribed(api, doctors=80, plan=trial)
    # As if it had been paid in rupees.
    ward.sql("UPDATE subscriptions SET net_minor = 3000000, currency = 'INR' WHERE id = %s", parameters=[running["id"]])
    assert running["status"] == "active"
    days = (datetime.fromisoformat(running["endsAt"]) - datetime.fromisoformat(running["startsAt"])).days
    shift(ward, 10 * DAY - 60)
    api.forget()
    told = api.do("admin", "GET", f"/subscription/quote?planCode={plan}&cycle=monthly&doctors=80")
    credit = (3_000_000 * (days - 10) * 2 + days) // (2 * days)
    assert told["creditMinor"] == credit
    fee = (told["netMinor"] - credit) * 200 / 10_000
    assert abs(told["feeMinor"] - fee) <= 0.5 and abs(told["taxMinor"] - told["feeMinor"] * 0.18) <= 0.5
    assert told["totalMinor"] == told["netMinor"] - credit + told["feeMinor"] + told["taxMinor"]
    told = letters(api, "ends on")
    shift(ward, (days - 17) * DAY + 120)
    api.forget()
    letter = wait_for(lambda: (found := letters(api, "ends on")) != told and found[0], 20, "its end is told a week before")
    assert letter["to"] == "admin@demo.ward" and running["endsAt"][:10] in letter["subject"]
    assert "Demo General" in letter["subject"] and "/subscription" in letter["text"]
    # It is told once. Not longer than six days: a development Ward keeps its letters for seven.
    shift(ward, 6 * DAY)
    api.forget()
    assert [each for each in letters(api, "ends on") if each not in told] == [letter]
    shift(ward, 2 * DAY)
    api.forget()
    assert api.do("admin", "GET", "/subscription")["status"] == "expired"
    wait_for(lambda: not active(ward, api), 20, "its end is written down")
    assert [row.actor_kind for row in api.audit("action = 'subscription_expired' AND resource_id = %s", running["id"])] \
        == ["system"]
    new = {"name": "One More", "email": f"{code()}@demo.ward", "role": "doctor"}
    assert_refused(api.call("admin", "POST", "/users", new), 403)
    subscribed(api, doctors=80, plan=trial)
    api.do("admin", "POST", "/users", new)
