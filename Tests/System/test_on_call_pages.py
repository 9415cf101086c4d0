"""Whoever is on call is paged like whoever is on duty."""


from api_support import shift
from own_house import api, ward  # noqa: F401 (fixtures by name)
from staff_support import HOUR, LAYER, department, person, rota, stand_in, told  # noqa: F401 (a fixture)
from ward_process import wait_for

PAST = {"startDate": "2026-01-01"}


def pages(api, alert: dict) -> set[tuple]:
    rows = api.ward.sql("SELECT tier, user_id::text FROM alert_pages WHERE alert_id = %s", parameters=[alert["id"]])
    return {tuple(row) for row in rows}


def on_call(api, user: str, **more) -> dict:
    return rota(api, user, layers=[LAYER | PAST | {"participants": [user]}], **more)


def test_a_nurse_on_call_stands_in_for_an_empty_department(api, department):
    """97: who is on call is paged in the tier of his role, for his department and for nobody else's"""
    assert api.raise_alert(4, departmentId=department)["escalationTier"] == 2
    nurse = person(api)
    made = on_call(api, nurse, departmentId=department)
    alert = api.raise_alert(4, departmentId=department)
    assert alert["escalationTier"] == 1 and pages(api, alert) == {(1, nurse)}
    elsewhere = api.raise_alert(4, departmentId=api.department("ICU"))
    assert nurse not in {user for _, user in pages(api, elsewhere)}
    undirected = api.raise_alert(4)
    assert (1, nurse) in pages(api, undirected)
    api.do("admin", "DELETE", f"/on-call-schedules/{made['id']}")
    assert api.raise_alert(4, departmentId=department)["escalationTier"] == 2


def test_whoever_stands_in_is_paged(api, ward, department):
    """97: an override moves the page to who stands in, and somebody who left the house is passed over"""
    nurse, other = person(api), person(api)
    made = on_call(api, nurse, departmentId=department)
    now = ward.now().replace(microsecond=0)
    stand_in(api, made["id"], other, told(now), told(now + 24 * HOUR))
    alert = api.raise_alert(3, departmentId=department)
    assert pages(api, alert) == {(1, other)}
    api.do("admin", "DELETE", f"/users/{other}")
    alert = api.raise_alert(3, departmentId=department)
    assert pages(api, alert) == {(1, nurse)}


def test_the_climb_finds_doctors_on_call(api, ward, department):
    """97: a tier reached by time pages its doctors on call, too, and the last tier again does so"""
    doctor = person(api, "doctor")
    on_call(api, doctor)
    nurse = person(api)
    on_call(api, nurse, departmentId=department)
    alert = api.raise_alert(5, departmentId=department)
    assert pages(api, alert) == {(1, nurse)}
    shift(ward, 301)
    wait_for(lambda: (2, doctor) in pages(api, alert), 5, "the doctor on call is paged")


def test_readiness_and_the_dry_run_know_who_is_on_call(api, department):
    """97: readiness and dry run show who is on call, and a department with somebody on call is not without a nurse"""
    assert department in {each["departmentId"] for each in api.do("nurse", "GET", "/readiness")["unreachable"]}
    nurse = person(api)
    on_call(api, nurse, departmentId=department)
    found = api.do("nurse", "GET", "/readiness")
    tier = next(each for each in found["ladders"] if each["urgencyLevel"] == 5)["tiers"][0]
    shown = next(each for each in tier["people"] if each["id"] == nurse)
    assert (shown["isOnDuty"], shown["isOnCall"]) == (False, True)
    assert department not in {each["departmentId"] for each in found["unreachable"]}
    steps = api.do("admin", "POST", "/escalation-ladders/dry-run", {"urgencyLevel": 5, "departmentId": department})["steps"]
    assert [each["id"] for each in steps[0]["people"]] == [nurse] and steps[0]["skipped"] is False
