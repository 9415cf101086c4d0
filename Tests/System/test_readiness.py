"""Whom an alert would reach, tier by tier: now, and at another moment."""

from own_house import api, ward  # noqa: F401 (fixtures by name)
from staff_support import HOUR, LAYER, at, person, plan, rota, told


def readiness(api, query: str = "") -> dict:
    return api.do("nurse", "GET", f"/readiness{query}")


def reached(found: dict, urgency: int, tier: int, ladder: str | None = None) -> set[str]:
    shown = next(each for each in found["ladders"] if each["urgencyLevel"] == urgency and each["ladderId"] == ladder)
    one = next(each for each in shown["tiers"] if each["tier"] == tier)
    assert one["isReachable"] is bool(one["people"])
    return {each["id"] for each in one["people"]}


def test_every_tier_shows_who_is_on_duty(api, ward):
    """97: each tier of each ladder shows exactly whom the dry run pages, and whoever leaves is gone from it"""
    found = readiness(api)
    assert found["basis"] == "on_duty_now" and [
        each["urgencyLevel"] for each in found["ladders"] if each["isDefault"]] == [5, 4, 3, 2, 1]
    for urgency, tiers in ((5, 4), (1, 2)):
        steps = api.do("admin", "POST", "/escalation-ladders/dry-run", {"urgencyLevel": urgency})["steps"]
        for tier in range(1, tiers + 1):
            wanted = {each["id"] for step in steps if step["tier"] == tier for each in step["people"]}
            assert reached(found, urgency, tier) == wanted and wanted
    api.do("doctor", "PUT", "/duty", {"isOnDuty": False})
    try:
        found = readiness(api)
        assert api.user("doctor") not in reached(found, 5, 2) and found["isReady"] is False
        empty = {(each["urgencyLevel"], each["tier"], each["group"]) for each in found["unreachable"] if each["departmentId"] is None}
        assert (5, 2, "doctors") in empty and (5, 1, "nurses") not in empty
        assert "Urgency 5, tier 2 (doctors): nobody reachable." in {each["words"] for each in found["unreachable"]}
    finally:
        api.do("doctor", "PUT", "/duty", {"isOnDuty": True})
    assert api.user("doctor") in reached(readiness(api), 5, 2)


def test_departments_without_a_nurse(api):
    """97: a department in which no nurse is on duty is named, for ladders of all departments and for its own"""
    found = readiness(api)
    nurses = {each["departmentId"] for each in api.do("admin", "GET", "/duty/staff") if each["role"] == "nurse"}
    names = {each["id"]: each["name"] for each in api.do("nurse", "GET", "/departments")}
    without = {name for each, name in names.items() if each not in nurses}
    tier = next(each for each in found["ladders"] if each["urgencyLevel"] == 3)["tiers"][0]
    assert {each["name"] for each in tier["emptyDepartments"]} == without
    told_of = {each["words"] for each in found["unreachable"] if each["urgencyLevel"] == 3 and each["tier"] == 1}
    assert told_of == {f"Urgency 3, tier 1 (nurses) of {name}: nobody reachable." for name in without}
    empty = next(each for each in names if each not in nurses)
    ladder = api.do("admin", "POST", "/escalation-ladders", {"urgencyLevel": 4, "stepSeconds": [60], "departmentId": empty})["id"]
    found = readiness(api)
    assert reached(found, 4, 1, ladder) == set() and reached(found, 4, 2, ladder)
    assert (ladder, 1, empty) in {(each["ladderId"], each["tier"], each["departmentId"]) for each in found["unreachable"]}
    api.do("admin", "DELETE", f"/escalation-ladders/{ladder}")


def test_at_another_moment_plans_count(api):
    """97: at another moment whoever has a shift then is reached, and whoever is on call; nobody else but administrators"""
    start = at("2034-05-01 08:00")
    nurse, doctor = person(api, departmentId=api.department("ICU")), person(api, "doctor")
    plan(api, nurse, start, 8)
    plan(api, doctor, start + 4 * HOUR, 8)
    duty = rota(api, nurse, name="Nights", layers=[LAYER | {"participants": [nurse], "startDate": "2034-05-02"}])
    for hours, nurses, doctors in ((-1, set(), set()), (0, {nurse}, set()), (7.99, {nurse}, {doctor}), (8, set(), {doctor})):
        found = readiness(api, f"?at={told(start + hours * HOUR)}")
        assert found["basis"] == "planned_shifts"
        assert (reached(found, 5, 1), reached(found, 5, 2)) == (nurses, doctors), hours
        assert api.user("admin") in reached(found, 5, 4)
        assert [(each["scheduleId"], each["isReachable"]) for each in found["schedules"]] == [(duty["id"], False)]
        assert "Nights: nobody reachable." in {each["words"] for each in found["unreachable"]}
    found = readiness(api, "?at=2034-05-03T00:00:00Z")
    assert [each["userId"] for each in found["schedules"]] == [nurse]
    assert api.do("other nurse", "GET", "/readiness")["schedules"] == []
