"""Weekly hours and planned shifts."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from api_raw import assert_refused
from api_support import NOBODY
from own_house import api, ward  # noqa: F401 (fixtures by name)
from staff_support import HOUR, at, person, plan, told
from tenancy_support import problems


def span(start: str, end: str) -> dict:
    return {"start": start, "end": end}


EMPTY = {day: [] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}


def test_weekly_hours_live(api):
    """97: a person's weekly hours are set and shown, nights included; an edit of an old version is a conflict"""
    some = person(api)
    path = f"/users/{some}/shift-schedule"
    assert api.do("nurse", "GET", path) == {"userId": some, "week": EMPTY, "version": 0, "updatedAt": None}
    week = {"monday": [span("14:00", "18:30"), span("08:00", "12:00")], "sunday": [span("22:00", "06:00")]}
    made = api.do("head", "PUT", path, {"version": 0, "week": week})
    assert made["week"] == EMPTY | {"monday": week["monday"][::-1], "sunday": week["sunday"]} and made["version"] == 1
    assert api.do("nurse", "GET", path) == made
    assert_refused(api.call("head", "PUT", path, {"version": 0, "week": {}}), 409)
    assert_refused(api.call("head", "PUT", path, {"version": 2, "week": {}}), 409)
    assert api.do("nurse", "GET", path) == made
    assert api.do("head", "PUT", path, {"version": 1, "week": {"friday": [span("00:00", "24:00")]}})["version"] == 2
    for who, status in (("nurse", 403), ("other admin", 404)):
        assert_refused(api.call(who, "PUT", path, {"version": 2, "week": {}}), status)
    assert_refused(api.call("other nurse", "GET", path), 404)
    assert_refused(api.call("admin", "GET", f"/users/{api.user('patient')}/shift-schedule"), 404)
    rows = api.audit("resource_id = %s AND action = 'shift_schedule_set' AND outcome = 'success'", some)
    assert len(rows) == 2


@pytest.mark.parametrize("week, fields", [
    ({"monday": [span("8:00", "12:00")]}, {"week.monday": "format"}),
    ({"monday": [span("08:00", "24:01")]}, {"week.monday": "format"}),
    ({"monday": [span("24:00", "08:00")]}, {"week.monday": "format"}),
    ({"monday": [span("08:60", "12:00")]}, {"week.monday": "format"}),
    ({"monday": [span("٠٨:00", "12:00")]}, {"week.monday": "format"}),
    ({"monday": [{"start": "08:00"}]}, {"week.monday": "format"}),
    ({"monday": [span("08:00", "12:00") | {"pause": 1}]}, {"week.monday": "format"}),
    ({"monday": "always"}, {"week.monday": "type"}),
    ({"monday": [span("08:00", "08:30")] * 7}, {"week.monday": "maxItems"}),
    ({"someday": []}, {"week.someday": "unknown"}),
    ([], {"week": "type"}),
    ({"monday": ["x"], "friday": 7}, {"week.monday": "format", "week.friday": "type"}),
    ({"tuesday": [span("08:00", "12:00"), span("11:59", "13:00")]}, {"week.tuesday": "overlap"}),
    ({"monday": [span("22:00", "06:00")], "tuesday": [span("05:59", "08:00")]}, {"week.tuesday": "overlap"}),
    ({"sunday": [span("22:00", "06:00")], "monday": [span("05:00", "08:00")]}, {"week.monday": "overlap"}),
    ({"monday": [span("08:00", "08:00")], "tuesday": [span("08:00", "09:00")]}, {"week.tuesday": "range"}),
    ({"sunday": [span("12:00", "24:00")], "monday": [span("00:00", "12:01")]}, {"week.monday": "range"}),
])
def test_hours_that_make_no_sense(api, week, fields):
    """97: hours that are no times, lie over one another, go over 24 hours or are too many are refused by their day"""
    some = person(api)
    assert problems(api.call("head", "PUT", f"/users/{some}/shift-schedule", {"version": 0, "week": week})) == fields
    assert api.do("head", "GET", f"/users/{some}/shift-schedule")["version"] == 0


def test_hours_that_just_make_sense(api):
    """97: hours that touch, a span of 24 hours and a night into Monday are taken"""
    for week in ({"monday": [span("08:00", "12:00"), span("12:00", "16:00")]}, {"monday": [span("08:00", "08:00")]},
                 {"sunday": [span("22:00", "06:00")], "monday": [span("06:00", "22:00")]}):
        some = person(api)
        assert api.do("head", "PUT", f"/users/{some}/shift-schedule", {"version": 0, "week": week})["version"] == 1


def test_a_shift_lives(api):
    """97: a shift is planned, listed, moved and removed; each is audited, and an old version is a conflict"""
    some, er = person(api), api.department("ER")
    one = plan(api, some, at("2027-03-01 08:00"), departmentId=er)
    assert (one["userId"], one["departmentId"], one["from"], one["to"], one["version"], one["warnings"]) == (
        some, er, "2027-03-01T08:00:00Z", "2027-03-01T16:00:00Z", 1, [])
    path = f"/shifts/{one['id']}"
    moved = api.do("head", "PATCH", path, {"version": 1, "from": "2027-03-01T07:00:00Z"})
    assert (moved["from"], moved["to"], moved["version"]) == ("2027-03-01T07:00:00Z", one["to"], 2)
    assert_refused(api.call("head", "PATCH", path, {"version": 1, "to": "2027-03-01T15:00:00Z"}), 409)
    assert problems(api.call("head", "PATCH", path, {"version": 2, "to": "2027-03-01T06:00:00Z"})) == {"to": "order"}
    assert api.do("nurse", "GET", f"/shifts?userId={some}") == [moved]
    for query, count in (("from=2027-03-01T16:00:00Z", 0), ("from=2027-03-01T15:59:59Z", 1), ("to=2027-03-01T07:00:00Z", 0),
                         ("to=2027-03-01T07:00:01Z", 1), (f"departmentId={api.department('ICU')}", 0)):
        assert len(api.do("nurse", "GET", f"/shifts?userId={some}&{query}")) == count, query
    for who, status in (("nurse", 403), ("other admin", 404)):
        assert_refused(api.call(who, "PATCH", path, {"version": 2}), status)
        assert_refused(api.call(who, "DELETE", path), status)
    assert api.do("admin", "DELETE", path)["id"] == one["id"]
    assert_refused(api.call("admin", "DELETE", path), 404)
    assert api.do("nurse", "GET", f"/shifts?userId={some}") == []
    rows = api.audit("resource_id = %s AND outcome = 'success'", one["id"])
    assert [row.action for row in rows] == ["shift_planned", "shift_changed", "shift_removed"]


@pytest.mark.parametrize("change, fields", [
    ({"to": "2027-04-01T08:29:59Z"}, {"to": "range"}), ({"to": "2027-04-02T08:00:01Z"}, {"to": "range"}),
    ({"to": "2027-04-01T08:00:00Z"}, {"to": "order"}), ({"to": "soon"}, {"to": "format"}),
    ({"userId": NOBODY}, {"userId": "exists"}), ({"departmentId": NOBODY}, {"departmentId": "exists"}),
    ({"userId": "patient"}, {"userId": "exists"}), ({"userId": "other nurse"}, {"userId": "exists"}),
])
def test_shifts_that_make_no_sense(api, change, fields):
    """97: a shift under 30 minutes or over 24 hours, of nobody or in no department is refused by name"""
    body = {"userId": api.user("nurse"), "from": "2027-04-01T08:00:00Z", "to": "2027-04-01T16:00:00Z"} | change
    if body["userId"] in ("patient", "other nurse"):
        body["userId"] = api.user(body["userId"])
    assert problems(api.call("head", "POST", "/shifts", body)) == fields


def test_who_left_is_not_planned(api):
    """97: nobody is planned who has left the hospital"""
    some = person(api)
    api.do("admin", "DELETE", f"/users/{some}")
    body = {"userId": some, "from": "2027-04-01T08:00:00Z", "to": "2027-04-01T16:00:00Z"}
    assert problems(api.call("head", "POST", "/shifts", body)) == {"userId": "exists"}


def test_two_shifts_of_one_person(api, ward):
    """97: a shift over another of the same person is a conflict that names it; touching ones and other people's are not"""
    some, other = person(api), person(api)
    one = plan(api, some, at("2027-05-01 08:00"))
    for start, hours in ((at("2027-05-01 07:00"), 1.5), (at("2027-05-01 15:59"), 4), (at("2027-05-01 09:00"), 1),
                         (at("2027-05-01 00:00"), 24)):
        refused = api.call("head", "POST", "/shifts", {"userId": some, "from": told(start), "to": told(start + hours * HOUR)})
        assert assert_refused(refused, 409)["details"] == {"shiftId": one["id"], "from": one["from"], "to": one["to"]}
    plan(api, some, at("2027-05-01 16:00"), 4)
    plan(api, other, at("2027-05-01 08:00"))
    later = plan(api, some, at("2027-05-03 08:00"))
    moved = api.call("head", "PATCH", f"/shifts/{later['id']}", {
        "version": 1, "from": "2027-05-01T10:00:00Z", "to": "2027-05-01T12:00:00Z"})
    assert assert_refused(moved, 409)["details"]["shiftId"] == one["id"]
    # The database itself knows it, too.
    with pytest.raises(Exception, match="shifts_apart"):
        ward.sql("UPDATE shifts SET starts_at = %s, ends_at = %s WHERE id = %s RETURNING 1", "owner",
                 parameters=[at("2027-05-01 10:00"), at("2027-05-01 12:00"), later["id"]])


def test_forty_plan_the_same_hours(api, ward):
    """97: of 40 who plan one person's same hours at once exactly one does, and 20 moves at once leave no two over another"""
    some = person(api)
    body = {"userId": some, "from": "2027-06-01T08:00:00Z", "to": "2027-06-01T16:00:00Z"}
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: api.call("admin", "POST", "/shifts", body).status_code, range(40)))
    assert sorted(answers) == [201] + [409] * 39
    shifts = [plan(api, some, at("2027-06-02 00:00") + timedelta(days=day), 4) for day in range(20)]
    target = {"version": 1, "from": "2027-07-01T08:00:00Z", "to": "2027-07-01T10:00:00Z"}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(
            lambda each: api.call("admin", "PATCH", f"/shifts/{each['id']}", target).status_code, shifts))
    assert sorted(answers) == [200] + [409] * 19
    assert ward.sql("SELECT count(*) FROM shifts a JOIN shifts b ON a.user_id = b.user_id AND a.id < b.id"
                    " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at")[0][0] == 0


def test_a_plan_of_random_shifts(api):
    """97: of random shifts of one person the same are taken as a count of minutes says, with a warning for short rest"""
    draw = random.Random(97)
    some = person(api)
    taken: list[tuple] = []
    for _ in range(80):
        start = at("2028-01-01 00:00") + timedelta(minutes=draw.randrange(0, 20 * 1440))
        end = start + timedelta(minutes=draw.randrange(30, 1441))
        answer = api.call("admin", "POST", "/shifts", {"userId": some, "from": told(start), "to": told(end)})
        if any(start < to and begin < end for begin, to in taken):
            assert answer.status_code == 409, (start, end)
            continue
        assert answer.status_code == 201, answer.text
        near = any(timedelta() <= start - to < 8 * HOUR or timedelta() <= begin - end < 8 * HOUR for begin, to in taken)
        assert answer.json()["data"]["warnings"] == (["rest_under_8_hours"] if near else []), (start, end)
        taken.append((start, end))
    listed = api.do("admin", "GET", f"/shifts?userId={some}&limit=100")
    assert [(at(each["from"][:-1]), at(each["to"][:-1])) for each in listed] == sorted(taken)
