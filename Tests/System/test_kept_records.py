"""Records that a hospital keeps to their departments."""

import pytest
from api_raw import assert_refused
from api_support import Api, own_ward
from patients import accesses, search, take_in


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        running.sql("UPDATE hospitals SET restrict_records = true RETURNING 1", "owner")
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


@pytest.fixture
def kept(api) -> dict:
    """A patient of another department than the demo's clinicians, who are in the emergency room."""
    return take_in(api, "admin", departmentId=api.department("ICU"), roomNumber="I1", notes="Secret",
                   flags={"dnr": True})


def test_a_kept_record_is_closed(api, kept):
    """71: where records are kept to departments, another department finds the head of a record and opens none of it"""
    path = f"/patients/{kept['id']}"
    for who in ("nurse", "doctor", "head"):
        for method, rest, body in (("GET", "", None), ("GET", "/vitals", None), ("GET", "/vitals/current", None),
                                   ("GET", "/care-team", None), ("POST", "/vitals", {"heartRate": 70})):
            refused = assert_refused(api.call(who, method, path + rest, body), 403, f"{who} {rest}")
            assert refused["details"]["isKept"] is True
        listed = api.do(who, "POST", "/patients/list", {"limit": 100})
        assert kept["id"] not in [each["id"] for each in listed] and not any(each["isRestricted"] for each in listed)
        found = search(api, who, kept["name"])
        assert [(each["id"], each["mrn"], each["isRestricted"], each["roomNumber"], each["flags"]) for each in found] == [
            (kept["id"], kept["mrn"], True, None, None)]
    for method, rest, body in (("PATCH", "", {"version": 1, "notes": "x"}), ("POST", "/discharge", {"dischargeNotes": "x"})):
        assert_refused(api.call("doctor", method, path + rest, body), 403)
    assert api.do("admin", "GET", path)["notes"] == "Secret"
    assert {action for action, _ in accesses(api, kept)} == {"patient_created", "patients_searched", "patient_viewed"}


def test_who_belongs_to_the_patient_opens_the_record(api, kept):
    """71: a kept record is open to its department, to the care team, and to everybody when it has no department"""
    path = f"/patients/{kept['id']}"
    api.do("admin", "POST", f"{path}/care-team", {"userId": api.user("nurse"), "role": "attending_nurse"})
    assert api.do("nurse", "GET", path)["notes"] == "Secret"
    assert_refused(api.call("doctor", "GET", path), 403)
    assert [each["id"] for each in api.do("nurse", "GET", "/my-patients?limit=100")] == [kept["id"]]
    api.do("admin", "DELETE", f"{path}/care-team/{api.user('nurse')}")
    assert_refused(api.call("nurse", "GET", path), 403)
    api.do("admin", "PATCH", path, {"version": 1, "departmentId": api.department("ER")})
    assert api.do("doctor", "GET", path)["isRestricted"] is False
    api.do("admin", "PATCH", path, {"version": 2, "clear": ["departmentId"]})
    assert api.do("nurse", "GET", path)["departmentId"] is None


def test_who_has_no_department_finds_kept_records_closed(api, ward, kept):
    """71: somebody without a department opens no kept record, and is told so"""
    ward.sql("UPDATE memberships SET department_id = NULL WHERE user_id = %s RETURNING 1", "owner",
             parameters=[api.user("head")])
    api.forget()
    refused = assert_refused(api.call("head", "GET", f"/patients/{kept['id']}"), 403)
    assert refused["details"]["isKept"] is True
    assert [each["isRestricted"] for each in search(api, "head", kept["name"])] == [True]
    assert kept["id"] not in [each["id"] for each in api.do("head", "POST", "/patients/list", {"limit": 100})]
