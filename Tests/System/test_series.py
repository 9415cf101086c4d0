"""Appointments that come again."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from api_raw import assert_refused
from api_support import NOBODY, shift
from availability_support import doctor, series, set_hours
from booking_support import at, booked, new_patient, told
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import problems


@pytest.fixture(autouse=True)
def clocks(api):
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})


def starts(shown: dict, *statuses: str) -> list[str]:
    return [each["startsAt"] for each in shown["appointments"] if each["status"] in (statuses or ("scheduled",))]


def test_weekly_makes_four(api):
    """186: weekly, four times, makes four appointments, a week apart; each is an appointment like every other"""
    some, first = doctor(api), at(api, 7, 9)
    made = series(api, some, first)
    assert starts(made) == [told(first + n * timedelta(days=7)) for n in range(4)]
    assert made["status"] == "active" and made["rule"] == "FREQ=WEEKLY;COUNT=4" and made["version"] == 1
    assert api.do("nurse", "GET", f"/appointment-series/{made['id']}") == made
    one = api.do("nurse", "GET", f"/appointments/{made['appointments'][2]['id']}")
    assert one["startsAt"] == told(first + timedelta(days=14)) and one["doctorId"] == some
    for each in made["appointments"]:
        assert_refused(api.call("admin", "POST", "/appointments", {
            "patientId": new_patient(api), "doctorId": some, "service": "general-consultation",
            "startsAt": each["startsAt"]}), 409)
    assert_refused(api.call("other nurse", "GET", f"/appointment-series/{made['id']}"), 404)


def test_the_wall_clock_counts(api):
    """186: a series stays at its hour on the wall's clock when the clocks change"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin"})
    zone = ZoneInfo("Europe/Berlin")
    now = api.ward.now().astimezone(zone)
    local = (now + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)
    made = series(api, doctor(api), local.astimezone(timezone.utc), "FREQ=MONTHLY;BYMONTHDAY=%d;COUNT=8" % min(local.day, 28)
                  if local.day <= 28 else "FREQ=WEEKLY;INTERVAL=4;COUNT=10")
    clocks = {datetime.fromisoformat(each).astimezone(zone).time() for each in starts(made)}
    assert {str(each) for each in clocks} == {"09:00:00"}
    assert len({datetime.fromisoformat(each).time() for each in starts(made)}) == 2, "summer and winter"


def test_conflicts_by_instance(api):
    """186: what stands in the way of each instance is named; none is booked then, or, if wanted, the others are"""
    some, first = doctor(api), at(api, 7, 9)
    set_hours(api, some, [{"day": day, "start": "08:00", "end": "12:00"} for day in range(1, 8)])
    booked(api, some, first + timedelta(days=7))
    body = {"patientId": new_patient(api), "doctorId": some, "service": "general-consultation", "startsAt": told(first),
            "rule": "FREQ=WEEKLY;COUNT=3"}
    refused = assert_refused(api.call("nurse", "POST", "/appointment-series", body), 409)
    found = refused["details"]["instances"]
    assert [each["startsAt"] for each in found] == [told(first + timedelta(days=7))]
    assert [each["kind"] for each in found[0]["conflicts"]] == ["time_overlap"]
    assert api.do("nurse", "GET", f"/appointments?doctorId={some}&limit=100") and len(
        api.do("nurse", "GET", f"/appointments?doctorId={some}&limit=100")) == 1
    made = api.do("nurse", "POST", "/appointment-series", body | {"skipsConflicts": True})
    assert starts(made) == [told(first), told(first + timedelta(days=14))]
    # Nothing at all is no series.
    late = body | {"startsAt": told(first.replace(hour=20)), "skipsConflicts": True, "patientId": new_patient(api)}
    assert len(assert_refused(api.call("nurse", "POST", "/appointment-series", late), 409)["details"]["instances"]) == 3


def test_this_and_following(api):
    """186: a change of this and the following moves these alone; they go on as a series that continues the first"""
    some, first = doctor(api), at(api, 7, 9)
    made = series(api, some, first)
    body = {"version": 1, "from": told(first + timedelta(days=14)), "startsAt": told(first + timedelta(days=14, hours=2))}
    assert_refused(api.call("nurse", "PATCH", f"/appointment-series/{made['id']}", body | {"version": 7}), 409)
    rest = api.do("nurse", "PATCH", f"/appointment-series/{made['id']}", body)
    assert rest["continues"] == made["id"] and starts(rest) == [
        told(first + timedelta(days=14 + 7 * n, hours=2)) for n in range(2)]
    before = api.do("nurse", "GET", f"/appointment-series/{made['id']}")
    assert starts(before) == starts(made)[:2] and starts(before, "cancelled") == starts(made)[2:]
    assert before["version"] == 2 and before["status"] == "active"


@pytest.mark.parametrize("rule, wrong", [
    ("FREQ=HOURLY;COUNT=4", "pattern"), ("FREQ=WEEKLY", "end"), ("FREQ=WEEKLY;COUNT=4;UNTIL=20300101", "end"),
    ("FREQ=WEEKLY;COUNT=101", "pattern"), ("FREQ=WEEKLY;COUNT=0", "pattern"), ("FREQ=WEEKLY;COUNT=4;BYDAY=XX", "pattern"),
    ("FREQ=WEEKLY;UNTIL=20300231", "pattern"), ("COUNT=4;FREQ=WEEKLY", "pattern"), ("FREQ=WEEKLY;COUNT=4;COUNT=5", "pattern"),
    ("FREQ=WEEKLY;INTERVAL=0;COUNT=4", "pattern"), ("FREQ=WEEKLY;COUNT=4;RSCALE=GREGORIAN", "pattern"), ("WEEKLY", "minLength"),
])
def test_rules_that_are_none(api, rule, wrong):
    """186: what is no rule of RFC 5545 with an end, or comes too often, is refused"""
    body = {"patientId": new_patient(api), "doctorId": doctor(api), "service": "general-consultation",
            "startsAt": told(at(api, 7)), "rule": rule}
    assert problems(api.call("nurse", "POST", "/appointment-series", body)) == {"rule": wrong}


def test_what_a_series_needs(api):
    """186: the first time must be one of the rule's, and patient, doctor, place and service must be there"""
    monday = at(api, 7) + timedelta(days=(7 - at(api, 7).weekday()) % 7)
    body = {"patientId": new_patient(api), "doctorId": doctor(api), "service": "general-consultation",
            "startsAt": told(monday), "rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=2"}
    assert problems(api.call("nurse", "POST", "/appointment-series", body)) == {"startsAt": "consistent"}
    assert problems(api.call("nurse", "POST", "/appointment-series", body | {
        "patientId": NOBODY, "doctorId": NOBODY, "locationId": NOBODY})) == {
            "patientId": "exists", "doctorId": "exists", "locationId": "exists"}
    assert problems(api.call("nurse", "POST", "/appointment-series", body | {"service": "barber"})) == {"service": "exists"}


def test_a_cancelled_series_keeps_what_was(api):
    """186: cancelling a series stops the future only: what was, and what has begun, stays"""
    some, first = doctor(api), at(api, 7, 9)
    made = series(api, some, first)
    try:
        shift(api.ward, 15 * 86_400)
        api.forget()
        ended = api.do("nurse", "POST", f"/appointment-series/{made['id']}/cancellation", {"version": 1})
        assert starts(ended) == starts(made)[:2] and starts(ended, "cancelled") == starts(made)[2:]
        assert ended["status"] == "cancelled" and ended["version"] == 2
        assert_refused(api.call("nurse", "POST", f"/appointment-series/{made['id']}/cancellation", {}), 409)
        booked(api, some, first + timedelta(days=21))
    finally:
        api.ward.reset_clock()
        api.forget()
