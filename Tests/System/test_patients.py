"""Patients of a hospital: taken in, shown, changed, listed, discharged; and every look is on record."""

import uuid

from api_raw import assert_refused
from api_support import NOBODY
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import accesses, search, take_in, unique_name


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


def test_a_record_is_changed_from_its_version(api):
    """100: what is given is changed, the rest stays, what is cleared is gone; a stale version is told the present one"""
    made = api.do("doctor", "POST", "/patients", WHOLE | {"name": unique_name()})
    path = f"/patients/{made['id']}"
    name = unique_name()
    changed = api.do("head", "PATCH", path, {"version": 1, "name": name, "allergies": [], "roomNumber": "9",
                                             "flags": {"fallRisk": True}, "clear": ["notes", "bedNumber", "email"]})
    expected = made | {"name": name, "allergies": [], "roomNumber": "9", "notes": None, "bedNumber": None, "email": None,
                       "version": 2, "flags": {"dnr": True, "fallRisk": True, "allergyAlert": True}}
    assert changed | {"updatedAt": ""} == expected | {"updatedAt": ""}
    refused = assert_refused(api.call("doctor", "PATCH", path, {"version": 1, "notes": "late"}), 409)
    assert refused["details"]["version"] == 2
    assert api.do("nurse", "GET", path) == changed
    assert search(api, "nurse", made["name"]) == []
    assert [each["id"] for each in search(api, "nurse", name)] == [made["id"]]


def test_a_number_cannot_be_changed_to_a_taken_one(api):
    """108: a record number stays unique when it is changed"""
    one, two = take_in(api), take_in(api)
    answer = api.call("doctor", "PATCH", f"/patients/{one['id']}", {"version": 1, "mrn": two["mrn"].lower()})
    assert assert_refused(answer, 409)["details"]["field"] == "mrn"
    assert api.do("doctor", "PATCH", f"/patients/{one['id']}", {"version": 1, "mrn": one["mrn"]})["version"] == 2


def everybody(api, who: str = "nurse", **filters) -> tuple[list[str], int]:
    """Every page of a list: the ids in order, and the total that the first page told."""
    ids, cursor, total = [], None, None
    while True:
        body = {"limit": 3, **filters} | ({"cursor": cursor} if cursor else {})
        answer = api.call(who, "POST", "/patients/list", body).json()
        ids += [each["id"] for each in answer["data"]]
        total = answer["page"]["total"] if total is None else total
        cursor = answer["page"]["next"]
        if not cursor:
            return ids, total


def test_filters_and_pages(api, ward):
    """101: every combination of filters returns the right subset in pages, with its total"""
    departments = [api.department(code) for code in ("ER", "ICU")]
    for number in range(8):
        made = take_in(api, departmentId=departments[number % 2],
                       flags={"dnr": number % 4 < 2, "fallRisk": number < 4, "allergyAlert": False})
        if number % 3 == 0:
            api.do("head", "POST", f"/patients/{made['id']}/care-team",
                   {"userId": api.user("doctor"), "role": "primary_doctor"})
        if number in (2, 3):
            api.do("doctor", "POST", f"/patients/{made['id']}/discharge", {"dischargeNotes": "Well."})
    rows = ward.sql("""
        SELECT p.id, p.department_id, p.status, p.is_dnr, p.is_fall_risk, EXISTS (SELECT FROM care_team c
          WHERE c.patient_id = p.id AND c.user_id = %s AND c.ended_at IS NULL) AS mine
        FROM patients p WHERE p.hospital_id = %s ORDER BY p.id DESC""", parameters=[api.user("doctor"), api.hospital()])
    tried = 0
    for department in (None, *departments):
        for status in (None, "discharged", "all"):
            for dnr in (None, True, False):
                for doctor in (None, api.user("doctor")):
                    filters = {"departmentId": department, "status": status, "doctorId": doctor}
                    filters = {name: value for name, value in filters.items() if value}
                    if dnr is not None:
                        filters["flags"] = {"dnr": dnr}
                    wanted = [str(row.id) for row in rows
                              if (not department or str(row.department_id) == department)
                              and (status == "all" or row.status == (status or "active"))
                              and (dnr is None or row.is_dnr == dnr) and (not doctor or row.mine)]
                    assert everybody(api, **filters) == (wanted, len(wanted)), filters
                    tried += 1
    assert tried == 54
    mine = [str(row.id) for row in rows if row.mine]
    assert [each["id"] for each in api.do("doctor", "GET", "/my-patients?limit=100")] == mine


def test_a_list_of_ids_names_those_alone(api):
    """101: a list by ids holds those alone, discharged ones too, none of another hospital, and each once"""
    here, gone, apart = take_in(api), take_in(api), take_in(api)
    api.do("doctor", "POST", f"/patients/{gone['id']}/discharge", {"dischargeNotes": "Well."})
    theirs = take_in(api, "other admin")
    wanted = [here["id"], gone["id"], theirs["id"]]
    named = {each["id"]: each["name"] for each in api.do("nurse", "POST", "/patients/list", {"patientIds": wanted})}
    assert named == {here["id"]: here["name"], gone["id"]: gone["name"]} and apart["id"] not in named
    active = api.do("nurse", "POST", "/patients/list", {"patientIds": wanted, "status": "active"})
    assert [each["id"] for each in active] == [here["id"]]
    for bad in ([], [here["id"], here["id"]], [here["id"]] * 101, ["none"]):
        refused = api.call("nurse", "POST", "/patients/list", {"patientIds": bad})
        assert refused.status_code == 400, bad
        assert refused.json()["details"]["fields"][0]["path"].startswith("patientIds"), bad


def test_the_dashboard_counts(api, ward):
    """102: the numbers of the dashboard equal direct counts"""
    critical = take_in(api, departmentId=api.department("ICU"), flags={"allergyAlert": True})
    api.do("nurse", "POST", f"/patients/{critical['id']}/vitals", {"oxygenSaturation": 80})
    recovered = take_in(api)
    for saturation in (80, 97):
        api.do("nurse", "POST", f"/patients/{recovered['id']}/vitals", {"oxygenSaturation": saturation})
    api.do("doctor", "POST", f"/patients/{take_in(api)['id']}/discharge", {"dischargeNotes": "Well."})
    numbers = api.do("nurse", "GET", "/patient-dashboard")

    def count(condition: str) -> int:
        return ward.sql(f"SELECT count(*) FROM patients p WHERE hospital_id = %s AND {condition}",
                        parameters=[api.hospital()])[0][0]

    today = "(ward.now() AT TIME ZONE 'UTC')::date"
    assert numbers | {"byDepartment": []} == {
        "active": count("status = 'active'"), "discharged": count("status = 'discharged'"),
        "admittedToday": count(f"(admitted_at AT TIME ZONE 'UTC')::date = {today}"),
        "dischargedToday": count(f"(discharged_at AT TIME ZONE 'UTC')::date = {today}"),
        "dnr": count("status = 'active' AND is_dnr"), "fallRisk": count("status = 'active' AND is_fall_risk"),
        "allergyAlert": count("status = 'active' AND has_allergy_alert"),
        "withoutDoctor": count("status = 'active' AND id NOT IN (SELECT patient_id FROM care_team"
                               " WHERE role = 'primary_doctor' AND ended_at IS NULL)"),
        "critical": count("id IN (SELECT patient_id FROM vitals WHERE cardinality(critical) > 0) AND id <> '"
                          + recovered["id"] + "'"), "byDepartment": []}
    departments = {each["departmentId"]: each["active"] for each in numbers["byDepartment"]}
    assert sum(departments.values()) == numbers["active"] and numbers["critical"] >= 1
    assert departments[api.department("ICU")] == count(
        f"status = 'active' AND department_id = '{api.department('ICU')}'")


def test_a_care_team(api):
    """108: a patient has one primary doctor; only staff of a fitting role is taken; who leaves the team is out of it"""
    made = take_in(api)
    path = f"/patients/{made['id']}/care-team"
    api.do("head", "POST", path, {"userId": api.user("doctor"), "role": "primary_doctor", "notes": "Since Monday"})
    api.do("head", "POST", path, {"userId": api.user("nurse"), "role": "attending_nurse"})
    for body, status in (({"userId": api.user("head"), "role": "primary_doctor"}, 409),
                         ({"userId": api.user("nurse"), "role": "attending_nurse"}, 409),
                         ({"userId": api.user("operator"), "role": "attending_nurse"}, 400),
                         ({"userId": api.user("nurse"), "role": "specialist"}, 400),
                         ({"userId": api.user("other nurse"), "role": "attending_nurse"}, 400)):
        assert_refused(api.call("head", "POST", path, body), status)
    team = [(each["userId"], each["role"], each["notes"]) for each in api.do("nurse", "GET", path)["members"]]
    assert team == [(api.user("doctor"), "primary_doctor", "Since Monday"), (api.user("nurse"), "attending_nurse", None)]
    assert api.do("head", "DELETE", f"{path}/{api.user('doctor')}")["endedAt"]
    assert_refused(api.call("head", "DELETE", f"{path}/{api.user('doctor')}"), 404)
    api.do("head", "POST", path, {"userId": api.user("head"), "role": "primary_doctor"})
    assert [each["userId"] for each in api.do("nurse", "GET", path)["members"]] == [api.user("nurse"), api.user("head")]


def test_a_discharge_ends_what_was_open(api, ward):
    """108: a discharge resolves the patient's open alerts, active and acknowledged, and ends the care team"""
    made, other = take_in(api), take_in(api)
    api.do("head", "POST", f"/patients/{made['id']}/care-team", {"userId": api.user("nurse"), "role": "attending_nurse"})
    alerts = [api.raise_alert(4, "nurse", patientId=each["id"])["id"] for each in (made, made, made, other)]
    api.do("nurse", "POST", f"/alerts/{alerts[1]}/acknowledgement", {})
    api.do("operator", "POST", f"/alerts/{alerts[2]}/cancellation", {})
    path = f"/patients/{made['id']}/discharge"
    gone = api.do("doctor", "POST", path, {"dischargeNotes": "Well again.", "dischargeDiagnosis": "Pneumonia"})
    assert (gone["status"], gone["dischargeNotes"], gone["version"]) == ("discharged", "Well again.", 2)
    assert gone["dischargedAt"]
    found = [api.do("admin", "GET", f"/alerts/{each}") for each in alerts]
    assert [each["status"] for each in found] == ["resolved", "resolved", "cancelled", "active"]
    assert {each["resolvedBy"] for each in found[:2]} == {api.user("doctor")}
    assert api.do("admin", "GET", f"/alerts/{alerts[0]}/timeline?limit=100")[-1]["kind"] == "resolved"
    assert not ward.sql("SELECT 1 FROM alert_timers WHERE alert_id = ANY (%s::uuid[])", parameters=[alerts[:2]])
    assert api.do("nurse", "GET", f"/patients/{made['id']}/care-team") == {"members": []}
    rows = ward.sql("SELECT action, details FROM audit_log WHERE patient_id = %s AND action LIKE '%%ed'"
                    " AND actor_id = %s ORDER BY action", parameters=[made["id"], api.user("doctor")])
    written = [row.action for row in rows]
    assert written.count("alert_resolved") == 2
    assert [row.details for row in rows if row.action == "patient_discharged"] == [
        {"alertsResolved": 2, "careTeamEnded": 1}]
    assert_refused(api.call("doctor", "POST", path, {"dischargeNotes": "Again."}), 409)
    assert_refused(api.call("nurse", "POST", f"/patients/{made['id']}/vitals", {"heartRate": 70}), 409)
    api.cancel_all()
