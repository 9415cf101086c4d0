"""Locations, departments and rooms of a hospital."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import NOBODY
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import problems


HOURS = [{"day": 1, "opens": "08:00", "closes": "12:30"}, {"day": 1, "opens": "14:00", "closes": "24:00"}]


def test_a_location_lives(api):
    """80: a location with opening hours is made, read, changed and removed; an edit of an old version is a conflict"""
    made = api.call("admin", "POST", "/locations", {"name": "East wing", "phone": "+49 30 1", "hours": HOURS[::-1]})
    assert made.status_code == 201
    location = made.json()["data"]
    assert location["hours"] == HOURS and location["version"] == 1
    path = f"/locations/{location['id']}"
    assert api.do("nurse", "GET", path) == location and location in api.do("nurse", "GET", "/locations")
    changed = api.do("admin", "PATCH", path, {"version": 1, "hours": [], "address": "1 Main Street"})
    assert (changed["hours"], changed["address"], changed["name"]) == ([], "1 Main Street", "East wing")
    assert_refused(api.call("admin", "PATCH", path, {"version": 1, "name": "X"}), 409)
    assert_refused(api.call("admin", "POST", "/locations", {"name": "East wing"}), 409)
    for who, status in (("nurse", 403), ("other admin", 404)):
        assert_refused(api.call(who, "PATCH", path, {"version": 2, "name": "X"}), status)
        assert_refused(api.call(who, "DELETE", path), status)
    assert_refused(api.call("other admin", "GET", path), 404)
    assert api.do("admin", "DELETE", path)["id"] == location["id"]
    assert_refused(api.call("nurse", "GET", path), 404)
    rows = api.audit("resource_id = %s AND outcome = 'success'", location["id"])
    assert [row.action for row in rows] == ["location_created", "location_updated", "location_deleted"]


@pytest.mark.parametrize("hours, rule", [
    ([{"day": 8, "opens": "08:00", "closes": "12:00"}], "format"), ([{"day": 1, "opens": "12:00", "closes": "08:00"}], "format"),
    ([{"day": 1, "opens": "8:00", "closes": "12:00"}], "format"), ([{"day": 1, "opens": "08:00"}], "format"),
    ([{"day": 1, "opens": "08:00", "closes": "24:01"}], "format"), ([{"day": 1, "opens": "0a:00", "closes": "12:00"}], "format"),
    ([{"day": 2, "opens": "08:00", "closes": "12:00"}, {"day": 2, "opens": "11:59", "closes": "13:00"}], "overlap"),
    ([{"day": 1, "opens": "08:00", "closes": "12:00"}] * 22, "maxItems"), ("always", "type"),
])
def test_hours_that_make_no_sense(api, hours, rule):
    """80: hours on no day, backwards, one over another or too many are refused by name"""
    assert problems(api.call("admin", "POST", "/locations", {"name": "W", "hours": hours})) == {"hours": rule}


def test_the_51st_location(api, ward):
    """79: a hospital has at most 50 locations, also when many are added at the same moment; removing one makes room"""
    existing = len(api.do("other admin", "GET", "/locations"))
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda n: api.call("other admin", "POST", "/locations", {"name": f"L{n}"}), range(60)))
    assert sorted(each.status_code for each in answers) == [201] * (50 - existing) + [409] * (10 + existing)
    assert assert_refused(answers[[each.status_code for each in answers].index(409)], 409)["details"] == {"limit": 50}
    assert api.call("other admin", "GET", "/locations").json()["page"]["total"] == 50
    first = api.do("other admin", "GET", "/locations")[0]["id"]
    api.do("other admin", "DELETE", f"/locations/{first}")
    assert api.call("other admin", "POST", "/locations", {"name": "again"}).status_code == 201
    assert api.call("admin", "POST", "/locations", {"name": "here"}).status_code == 201


def test_departments_have_codes(api):
    """83: departments have codes, unique in their hospital and not between hospitals; one out of use is not offered and can come back"""
    listed = {each["code"]: each["name"] for each in api.do("nurse", "GET", "/departments")}
    assert listed == {"ER": "Emergency", "ICU": "Intensive Care", "CARD": "Cardiology"}
    made = api.call("admin", "POST", "/departments", {"name": "Radiology", "code": "rad"})
    assert made.status_code == 201
    department = made.json()["data"]
    assert (department["code"], department["isActive"]) == ("RAD", True)
    taken = api.call("admin", "POST", "/departments", {"name": "Other", "code": "RAD"})
    assert assert_refused(taken, 409)["details"] == {"field": "code"}
    assert api.call("other admin", "POST", "/departments", {"name": "Radiology", "code": "RAD"}).status_code == 201
    path = f"/departments/{department['id']}"
    location = api.do("admin", "POST", "/locations", {"name": f"L {uuid.uuid4().hex[:6]}"})["id"]
    changed = api.do("admin", "PATCH", path, {"version": 1, "name": "Imaging", "locationId": location})
    assert (changed["name"], changed["locationId"], changed["version"]) == ("Imaging", location, 2)
    assert_refused(api.call("admin", "PATCH", path, {"version": 1, "name": "Old"}), 409)
    assert_refused(api.call("admin", "PATCH", path, {"version": 2, "code": "ER"}), 409)
    assert api.do("admin", "DELETE", path)["isActive"] is False
    assert_refused(api.call("nurse", "GET", path), 404)
    everything = {each["code"]: each["isActive"] for each in api.do("nurse", "GET", "/departments?includeInactive=true")}
    assert everything == {"ER": True, "ICU": True, "CARD": True, "RAD": False}
    assert "RAD" not in {each["code"] for each in api.do("nurse", "GET", "/departments")}
    alert = {"roomNumber": "1", "alertType": "fall", "urgencyLevel": 2, "departmentId": department["id"]}
    assert problems(api.call("operator", "POST", "/alerts", alert)) == {"departmentId": "exists"}
    assert api.do("admin", "PATCH", path, {"version": 3, "isActive": True})["isActive"] is True
    assert api.call("operator", "POST", "/alerts", alert).status_code == 201
    for code in ("", "TOOLONGCODE", "A-B", "Ä"):
        assert set(problems(api.call("admin", "POST", "/departments", {"name": "N", "code": code}))) == {"code"}
    assert_refused(api.call("head", "POST", "/departments", {"name": "N", "code": "N"}), 403)
    assert_refused(api.call("other admin", "DELETE", path), 404)


def test_a_persons_department_is_the_hospitals(api, ward):
    """84: a person's department is one of the hospital's, wherever it is given: another's or none at all is refused"""
    foreign = api.department("ER", "other admin")
    for bad in (foreign, NOBODY):
        person = {"name": "N", "email": f"{uuid.uuid4().hex}@demo.ward", "role": "nurse", "departmentId": bad}
        ways = [("POST", "/users", person), ("PUT", f"/users/{api.user('nurse')}", {"departmentId": bad}),
                ("POST", "/invitations", {"emails": ["n@example.org"], "role": "nurse", "departmentId": bad}),
                ("POST", "/join-codes", {"role": "nurse", "departmentId": bad})]
        for method, path, body in ways:
            assert problems(api.call("admin", method, path, body)) == {"departmentId": "exists"}, path
    own = api.department("CARD")
    made = api.do("admin", "POST", "/users", {**person, "departmentId": own})
    assert made["departmentId"] == own


def test_rooms(api):
    """80: rooms have a number of their own, a department and beds; they are made, listed, changed and removed"""
    er = api.department("ER")
    made = api.call("admin", "POST", "/rooms", {"number": "A-101", "departmentId": er, "beds": 2})
    assert made.status_code == 201
    one = made.json()["data"]
    two = api.do("admin", "POST", "/rooms", {"number": "A-102"})
    assert [each["number"] for each in api.do("nurse", "GET", "/rooms")] == ["A-101", "A-102"]
    assert api.do("nurse", "GET", f"/rooms?departmentId={er}") == [one]
    assert_refused(api.call("admin", "POST", "/rooms", {"number": "A-101"}), 409)
    assert_refused(api.call("admin", "PATCH", f"/rooms/{two['id']}", {"version": 1, "number": "A-101"}), 409)
    assert api.do("admin", "PATCH", f"/rooms/{two['id']}", {"version": 1, "beds": 4})["beds"] == 4
    foreign = api.department("ER", "other admin")
    assert problems(api.call("admin", "PATCH", f"/rooms/{two['id']}", {"version": 2, "departmentId": foreign})) == {
        "departmentId": "exists"}
    for who, status in (("nurse", 403), ("other admin", 404)):
        assert_refused(api.call(who, "DELETE", f"/rooms/{one['id']}"), status)
    api.do("admin", "DELETE", f"/rooms/{one['id']}")
    assert [each["number"] for each in api.do("nurse", "GET", "/rooms")] == ["A-102"]
    assert api.call("admin", "POST", "/rooms", {"number": "A-101"}).status_code == 201
    assert api.do("other nurse", "GET", "/rooms") == []
