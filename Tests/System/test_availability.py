"""Weekly hours, days off and free times."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import zone_check
from api_raw import assert_refused
from api_support import NOBODY
from availability_support import HOURS, day_off, doctor, set_hours, slots
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import problems
from ward_process import wait_for


def hours(day: int, start: str, end: str, **more) -> dict:
    return {"day": day, "start": start, "end": end, **more}


def test_hours_live(api):
    """190: hours with day, start, end, minutes and an active flag are set, shown and replaced; an old version is a
    conflict, and each change is audited"""
    some = doctor(api)
    path = f"/doctors/{some}/hours"
    shown = api.do("patient", "GET", path)
    assert shown["hours"] == [] and shown["version"] == 0 and shown["capacity"] == 1 and shown["isActive"]
    made = set_hours(api, some, [hours(2, "13:00", "24:00"), hours(1, "09:00", "12:30", averageMinutes=20)],
                     averageMinutes=30, capacity=2)
    rest = {"locationId": None, "averageMinutes": None, "isActive": True, "from": None, "until": None}
    assert made["hours"] == [rest | hours(1, "09:00", "12:30", averageMinutes=20), rest | hours(2, "13:00", "24:00")]
    assert (made["version"], made["averageMinutes"], made["capacity"]) == (1, 30, 2)
    assert api.do("patient", "GET", path) == made
    for version in (0, 2):
        assert_refused(api.call("head", "PUT", path, {"version": version, "hours": []}), 409)
    again = set_hours(api, some, [hours(3, "08:00", "09:00", isActive=False)], "head", 1)
    assert [each["day"] for each in again["hours"]] == [3] and not again["hours"][0]["isActive"] and again["version"] == 2
    assert api.do("patient", "GET", path) == again
    assert_refused(api.call("other admin", "PUT", path, {"version": 2, "hours": []}), 404)
    assert_refused(api.call("other nurse", "GET", path), 404)
    assert_refused(api.call("doctor", "PUT", path, {"version": 2, "hours": []}), 403)
    rows = api.audit("resource_id = %s AND action = 'availability_set' AND outcome = 'success'", some)
    assert len(rows) == 2


@pytest.mark.parametrize("given, fields", [
    ([hours(1, "09:00", "09:00")], {"hours[0].end": "order"}),
    ([hours(1, "17:00", "09:00")], {"hours[0].end": "order"}),
    ([hours(8, "09:00", "17:00"), hours(2, "9:00", "25:00")],
     {"hours[0].day": "range", "hours[1].start": "minLength", "hours[1].end": "pattern"}),
    ([hours(1, "09:00", "12:00"), hours(1, "11:59", "13:00")], {"hours[1]": "overlap"}),
    ([hours(1, "09:00", "12:00", until="2030-05-01"), hours(1, "11:00", "13:00", **{"from": "2030-05-01"})],
     {"hours[1]": "overlap"}),
    ([hours(1, "09:00", "12:00", until="2030-05-01", **{"from": "2030-05-02"})], {"hours[0].until": "order"}),
    ([hours(1, "09:00", "12:00", locationId=NOBODY)], {"hours[0].locationId": "exists"}),
    ([hours(1, "09:00", "12:00", averageMinutes=4)], {"hours[0].averageMinutes": "range"}),
    ("always", {"hours": "type"}),
])
def test_hours_that_make_no_sense(api, given, fields):
    """169: hours that are reversed, lie over one another or name nothing are refused by their place, all at once"""
    some = doctor(api)
    assert problems(api.call("head", "PUT", f"/doctors/{some}/hours", {"version": 0, "hours": given})) == fields
    assert api.do("head", "GET", f"/doctors/{some}/hours")["version"] == 0


def test_hours_that_just_make_sense(api):
    """169: hours that touch, or that follow one another in the calendar, are taken"""
    for given in ([hours(1, "09:00", "12:00"), hours(1, "12:00", "17:00")],
                  [hours(1, "09:00", "12:00", until="2030-05-01"), hours(1, "09:00", "12:00", **{"from": "2030-05-02"})]):
        assert len(set_hours(api, doctor(api), given)["hours"]) == 2


def test_slots_follow_hours(api):
    """169: free times follow the week, its breaks and the minutes of a visit, by the wall's clock of the hospital's zone"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin"})
    some = doctor(api)
    set_hours(api, some, [hours(1, "09:00", "10:00"), hours(1, "10:30", "11:30", averageMinutes=30)], averageMinutes=20)
    # 2031-01-06 and 2031-07-07 are Mondays.
    assert slots(api, some, "2031-01-06T00:00:00Z", "2031-01-08T00:00:00Z") == [
        f"2031-01-06T{each}:00Z" for each in ("08:00", "08:20", "08:40", "09:30", "10:00")]
    assert slots(api, some, "2031-07-07T00:00:00Z", "2031-07-08T00:00:00Z", more="&minutes=30") == [
        f"2031-07-07T{each}:00Z" for each in ("07:00", "07:30", "08:30", "09:00")]
    # Asked for a part of it, the grid is the same.
    assert slots(api, some, "2031-01-06T08:10:00Z", "2031-01-06T09:30:00Z") == [
        "2031-01-06T08:20:00Z", "2031-01-06T08:40:00Z"]
    board = api.do("patient", "GET", f"/slots?doctorId={some}&from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z")
    assert board["timeZone"] == "Europe/Berlin" and [each["doctorId"] for each in board["openings"]] == [some]
    # Nothing that is over is free.
    now = api.ward.now()
    set_hours(api, some, [hours(day, "00:00", "24:00") for day in range(1, 8)], version=1)
    found = slots(api, some, (now - timedelta(days=1)).isoformat().replace("+00:00", "Z"),
                  (now + timedelta(days=1)).isoformat().replace("+00:00", "Z"))
    assert found and all(datetime.fromisoformat(each) >= now for each in found)
    # Hours that are not active are closed.
    set_hours(api, some, [hours(1, "09:00", "17:00", isActive=False)], version=2)
    assert slots(api, some, "2031-01-06T00:00:00Z", "2031-01-08T00:00:00Z") == []


def test_places_in_other_zones(api):
    """169: hours at a location count by the clocks of its own time zone"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin"})
    far = api.do("admin", "POST", "/locations", {"name": "Far", "timeZone": "Asia/Kolkata"})
    assert far["timeZone"] == "Asia/Kolkata"
    assert problems(api.call("admin", "POST", "/locations", {"name": "Nowhere", "timeZone": "Europe/Nowhere"})) == {
        "timeZone": "exists"}
    some = doctor(api)
    set_hours(api, some, [hours(1, "09:00", "10:00"), hours(1, "14:00", "15:00", locationId=far["id"])], averageMinutes=60)
    board = api.do("patient", "GET", f"/slots?doctorId={some}&from=2031-01-06T00:00:00Z&to=2031-01-08T00:00:00Z")
    assert {(each["locationId"], each["timeZone"]): each["starts"] for each in board["openings"]} == {
        (None, "Europe/Berlin"): ["2031-01-06T08:00:00Z"], (far["id"], "Asia/Kolkata"): ["2031-01-06T08:30:00Z"]}
    assert slots(api, some, "2031-01-06T00:00:00Z", "2031-01-08T00:00:00Z", more=f"&locationId={far['id']}") == [
        "2031-01-06T08:30:00Z"]


def test_exceptions(api):
    """169: a day off takes its day away and extra hours add theirs; both can be taken back, and others are refused"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin"})
    some = doctor(api)
    set_hours(api, some, HOURS, averageMinutes=240)
    off = day_off(api, some, date="2031-01-07", untilDate="2031-01-08")
    assert (off["from"], off["to"]) == ("2031-01-06T23:00:00Z", "2031-01-08T23:00:00Z") and off["doctorId"] == some
    api.do("head", "POST", f"/doctors/{some}/availability-exceptions",
           {"kind": "extra", "from": "2031-01-11T10:00:00Z", "to": "2031-01-11T14:30:00Z"})
    week = lambda: [each[:16] for each in slots(api, some, "2031-01-06T00:00:00Z", "2031-01-12T00:00:00Z")]
    assert week() == [f"2031-01-{each}" for each in (
        "06T08:00", "06T12:00", "09T08:00", "09T12:00", "10T08:00", "10T12:00", "11T10:00")]
    listed = api.do("nurse", "GET", f"/doctors/{some}/availability-exceptions")
    assert [each["kind"] for each in listed] == ["off", "extra"] and listed[0] == off
    assert api.do("admin", "DELETE", f"/availability-exceptions/{off['id']}") == off
    assert "2031-01-07T08:00" in week()
    assert_refused(api.call("admin", "DELETE", f"/availability-exceptions/{off['id']}"), 404)
    for body, fields in (
            ({"kind": "off"}, {"to": "required"}), ({"kind": "away", "date": "2031-01-07"}, {"kind": "enum"}),
            ({"kind": "off", "from": "2031-01-07T00:00:00Z"}, {"to": "required"}),
            ({"kind": "off", "from": "2031-01-07T00:00:00Z", "to": "2031-01-06T00:00:00Z"}, {"to": "order"}),
            ({"kind": "off", "from": "2031-01-07T00:00:00Z", "to": "2032-01-09T00:00:00Z"}, {"to": "range"}),
            ({"kind": "off", "date": "2031-01-07", "from": "2031-01-07T00:00:00Z"}, {"date": "exclusive"}),
            ({"kind": "off", "date": "2031-01-07", "untilDate": "2031-01-06"}, {"untilDate": "order"}),
            ({"kind": "off", "date": "2031-01-07", "locationId": NOBODY}, {"locationId": "exclusive"}),
            ({"kind": "extra", "date": "2031-01-07", "locationId": NOBODY}, {"locationId": "exists"})):
        assert problems(api.call("admin", "POST", f"/doctors/{some}/availability-exceptions", body)) == fields, body


def test_the_check_says_why(api):
    """170: inside of the hours a doctor is free, outside of them, on his day off and in the past he is not, with the
    part that is closed and how grave that is"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
    some = doctor(api)
    set_hours(api, some, [hours(1, "09:00", "17:00"), hours(2, "09:00", "17:00")], averageMinutes=30)
    day_off(api, some, date="2031-01-07")

    def asked(start: str, more: str = "") -> list:
        answer = api.do("patient", "GET", f"/doctors/{some}/availability?startsAt={start}{more}")
        assert answer["isAvailable"] == (answer["conflicts"] == [])
        return [(each["kind"], each["startsAt"], each["endsAt"], each["severity"]) for each in answer["conflicts"]]

    assert asked("2031-01-06T09:00:00Z") == asked("2031-01-06T16:30:00Z") == []
    assert asked("2031-01-06T16:50:00Z") == [
        ("doctor_unavailable", "2031-01-06T17:00:00Z", "2031-01-06T17:20:00Z", "high")]
    assert asked("2031-01-06T08:00:00Z", "&minutes=60") == [
        ("doctor_unavailable", "2031-01-06T08:00:00Z", "2031-01-06T09:00:00Z", "critical")]
    assert asked("2031-01-07T10:00:00Z", "&minutes=10") == [
        ("doctor_unavailable", "2031-01-07T10:00:00Z", "2031-01-07T10:10:00Z", "medium")]
    assert [each[0] for each in asked("2020-01-06T10:00:00Z")] == ["business_rule"]
    assert_refused(api.call("other nurse", "GET", f"/doctors/{some}/availability?startsAt=2031-01-06T09:00:00Z"), 404)


def test_a_change_is_computed_and_forgotten(api):
    """181: a change of hours makes the overview anew in a job of its queue, and what was kept of it is forgotten"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
    some = doctor(api)
    path = f"/doctors/{some}/availability-overview"
    assert api.do("nurse", "GET", path)["computedAt"] is None
    for version, minutes in ((0, 480), (1, 60)):
        set_hours(api, some, [hours(day, "09:00", f"{9 + minutes // 60:02}:00") for day in range(1, 8)], version=version)
        wait_for(lambda: {each["minutes"] for each in api.do("nurse", "GET", path)["days"][1:]} == {minutes}, 30,
                 "the overview follows the hours")
    days = api.do("nurse", "GET", path)["days"]
    assert len(days) == 28 and days[0]["date"] == str(api.ward.now().date())
    ran = api.ward.sql("SELECT queue FROM finished_jobs WHERE kind = 'availability.recompute'", role="admin")
    assert {each.queue for each in ran} <= {"doctor-availability"}


def windows(zone: ZoneInfo, first: date, last: date, start: time, end: time) -> list[tuple[datetime, datetime]]:
    """The spans in which the clocks of a zone show a time of these hours, found minute by minute."""
    found: list[list[datetime]] = []
    at = datetime.combine(first, time(), timezone.utc)
    while at.date() <= last:
        clock = at.astimezone(zone).time()
        if start <= clock and (clock < end or end == time()):
            if found and found[-1][1] == at:
                found[-1][1] = at + timedelta(minutes=15)
            else:
                found.append([at, at + timedelta(minutes=15)])
        at += timedelta(minutes=15)
    return [(a, b) for a, b in found]


@pytest.mark.parametrize("name, around", [
    ("Europe/Berlin", "2031-03-30"), ("Europe/Berlin", "2031-10-26"), ("America/New_York", "2031-11-02"),
    ("Australia/Lord_Howe", "2031-04-06"), ("America/St_Johns", "2031-03-09"), ("Asia/Kathmandu", "2031-06-01"),
])
def test_days_on_which_clocks_change(api, name, around):
    """169: on a day on which the clocks change, the free times are those at which they show the hours"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": name})
    some, day = doctor(api), date.fromisoformat(around)
    set_hours(api, some, [hours(each, "01:15", "05:45") for each in range(1, 8)], averageMinutes=15)
    first, last = day - timedelta(days=2), day + timedelta(days=2)
    found = slots(api, some, f"{first}T00:00:00Z", f"{last}T00:00:00Z")
    expected = [a + n * timedelta(minutes=15) for a, b in windows(ZoneInfo(name), first - timedelta(days=1), last, time(1, 15), time(5, 45))
                for n in range((b - a) // timedelta(minutes=15))]
    begin, end = (datetime.combine(each, time(), timezone.utc) for each in (first, last))
    assert [datetime.fromisoformat(each) for each in found] == [each for each in expected if begin <= each < end]


def test_zones_of_the_world(api):
    """169: in zones from all over the world free times are as Python's zoneinfo has them, over ten years"""
    counts = zone_check.check(api, ["Africa/Casablanca", "America/Santiago", "Europe/Dublin", "Pacific/Chatham"])
    assert counts["changes"] >= 70 and counts["times"] > 10_000
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
