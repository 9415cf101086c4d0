"""Patients of a hospital: taken in, shown, changed, listed, discharged; and every look is on record."""

import uuid

import pytest
from api_raw import assert_refused
from api_support import Api, NOBODY, own_ward
from patients import accesses, search, take_in, unique_name


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


WHOLE = {
    "dateOfBirth": "1980-03-31", "gender": "female", "bloodType": "A+", "nationalId": "A123456780",
    "phone": "+49 30 1234567", "email": "maria@example.org", "address": "1 Way, Town", "roomNumber": "4B",
    "bedNumber": "2", "primaryDiagnosis": "Pneumonia", "secondaryDiagnoses": ["Diabetes"], "allergies": ["Penicillin"],
    "medications": [{"name": "Insulin", "dosage": "4 IE", "frequency": "3 a day"}], "notes": "Walks with help.",
    "emergencyContact": {"name": "Max", "relationship": "husband", "phone": "+49 30 7654321"},
    "flags": {"dnr": True, "fallRisk": False, "allergyAlert": True},
}


def test_a_patient_is_taken_in_and_shown(api):
    """100: what was given is what is shown, and a number is made of the hospital's letters, the year and the count"""
    given = WHOLE | {"name": unique_name(), "departmentId": api.department("ICU")}
    made = api.do("doctor", "POST", "/patients", given)
    assert {name: made[name] for name in given} == given
    assert (made["status"], made["version"], made["hospitalId"]) == ("active", 1, api.hospital())
    assert made["mrn"].startswith("DEMO-") and len(made["mrn"]) == len("DEMO-2026-00042")
    assert api.do("nurse", "GET", f"/patients/{made['id']}") == made
    following = take_in(api)
    assert int(following["mrn"][-5:]) == int(made["mrn"][-5:]) + 1
    least = api.do("doctor", "GET", f"/patients/{following['id']}")
    assert (least["gender"], least["allergies"], least["medications"], least["phone"]) == ("unknown", [], [], None)
    assert least["flags"] == {"dnr": False, "fallRisk": False, "allergyAlert": False}


def test_a_record_number_is_taken_once(api):
    """108: a record number is unique in its hospital, small or large; another hospital may use it, too"""
    mrn = f"T-{uuid.uuid4().hex[:8]}".upper()
    assert take_in(api, mrn=mrn.lower())["mrn"] == mrn
    refused = api.call("doctor", "POST", "/patients", {"name": unique_name(), "mrn": mrn})
    assert assert_refused(refused, 409)["details"]["field"] == "mrn"
    assert take_in(api, "other admin", mrn=mrn)["mrn"] == mrn


def test_bad_patients_are_refused_whole(api, ward):
    """100: every bad field is named and nothing is stored"""
    before = ward.sql("SELECT count(*) FROM patients")[0][0]
    bad = {"name": "", "dateOfBirth": "1980-02-30", "gender": "x", "bloodType": "C", "mrn": "a b", "roomNumber": "x" * 11,
           "medications": [{"name": "Insulin"}], "emergencyContact": {"name": "Max"}, "phone": "call me"}
    refused = assert_refused(api.call("doctor", "POST", "/patients", bad), 400)
    named = {each["path"].split(".")[0] for each in refused["details"]["fields"]}
    assert named == set(bad)
    for later in ({"dateOfBirth": "2150-01-01"}, {"dateOfBirth": "1700-01-01"}, {"departmentId": NOBODY},
                  {"departmentId": api.department("ER", "other admin")}):
        refused = assert_refused(api.call("doctor", "POST", "/patients", {"name": "A", **later}), 400)
        assert [each["path"] for each in refused["details"]["fields"]] == list(later)
    assert ward.sql("SELECT count(*) FROM patients")[0][0] == before


def test_another_hospitals_patient_is_none(api):
    """100: a patient of another hospital is not found by id nor by name"""
    made = take_in(api)
    assert_refused(api.call("other nurse", "GET", f"/patients/{made['id']}"), 404)
    assert search(api, "other nurse", made["name"]) == []


def test_each_look_is_on_record(api, ward):
    """100: each read of a record leaves an audit row and a row under the patient, written before the answer"""
    made = take_in(api)
    api.do("nurse", "GET", f"/patients/{made['id']}")
    found = search(api, "head", made["name"])
    assert [each["id"] for each in found] == [made["id"]]
    assert accesses(api, made) == [
        ("patient_created", api.user("doctor")), ("patient_viewed", api.user("nurse")),
        ("patients_searched", api.user("head"))]
    rows = ward.sql("SELECT action, outcome, details FROM audit_log WHERE patient_id = %s ORDER BY id",
                    parameters=[made["id"]])
    assert [(row.action, row.outcome) for row in rows] == [("patient_created", "success"), ("patient_viewed", "success")]
    listed = ward.sql("SELECT details, category FROM audit_log WHERE action = 'patients_searched' ORDER BY id DESC LIMIT 1")
    assert (listed[0].details, listed[0].category) == ({"records": 1}, "patient")
