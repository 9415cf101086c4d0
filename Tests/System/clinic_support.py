"""What the tests of charts and consultations share, and what the nets have to know of them."""

import uuid
from datetime import timedelta

from api_support import NOBODY
from roles import ADMINS, CARE, DOCTORS, EVERYBODY, LAB, RADIOLOGIST

READERS, WRITERS = {"nurse", "doctor", "head", "admin"}, {"doctor", "head", "admin"}
PEOPLE = {"operator", "nurse", "doctor", "head", "admin", "patient"}
TAKEN = "2026-01-02T08:00:00Z"

# kind: name of its id, names of operations, permission to write, who of the demo and which roles have it, an example
CHART = {
    "allergies": ("allergyId", "Allergy", "Allergies", "manage_patients", WRITERS, DOCTORS, {
        "substance": "Penicillin", "severity": "severe", "reaction": "Rash", "standing": "active", "notes": "As a child."}),
    "records": ("recordId", "Record", "Records", "manage_patients", WRITERS, DOCTORS, {
        "recordType": "surgery", "title": "Appendectomy", "code": "K35.8", "description": "Laparoscopic.",
        "occurredOn": "2011-05-06"}),
    "lab-reports": ("labReportId", "LabReport", "LabReports", "manage_lab_reports", {"admin"}, ADMINS | {LAB}, {
        "test": "Potassium", "code": "2823-3", "value": "5.9", "unit": "mmol/l", "referenceRange": "3.5 to 5.1",
        "flag": "high", "takenAt": TAKEN, "notes": "Not haemolysed."}),
    "imaging-reports": ("imagingReportId", "ImagingReport", "ImagingReports", "manage_imaging", {"admin"},
                        ADMINS | {RADIOLOGIST}, {
        "modality": "xray", "bodyPart": "Chest", "findings": "Clear lungs.", "impression": "No pneumonia.",
        "takenAt": TAKEN}),
}
GRID = {"GET /doctors/search": ("view_hospital", PEOPLE), f"GET /doctors/{NOBODY}/profile": ("view_hospital", PEOPLE)}
ROLES = {"doctors.search": EVERYBODY, "doctors.getPublicProfile": EVERYBODY, "doctors.rate": EVERYBODY}
IDS = {"appointmentId": "appointments"}
OWN = set()
KNOWN = {"takenAt": TAKEN}
for _path, (_id, _one, _many, _permission, _people, _roles, _) in CHART.items():
    _list = f"/patients/{NOBODY}/{_path}"
    GRID |= {f"GET {_list}": ("view_patients", READERS), f"GET {_list}/{NOBODY}": ("view_patients", READERS),
             f"POST {_list}": (_permission, _people), f"PUT {_list}/{NOBODY}": (_permission, _people),
             f"DELETE {_list}/{NOBODY}": (_permission, _people)}
    ROLES |= {f"patient.get{_many}": CARE, f"patient.get{_one}": CARE, f"patient.getMy{_many}": EVERYBODY,
              f"patient.add{_one}": _roles, f"patient.update{_one}": _roles, f"patient.remove{_one}": _roles}
    IDS[_id] = "chart_items"
    OWN.add(f"patient.getMy{_many}")


def chart(api, patient: str, path: str, who: str = "admin", **changes) -> dict:
    """One thing of a kind in a patient's chart."""
    return api.do(who, "POST", f"/patients/{patient}/{path}", CHART[path][-1] | changes)


def visit(api, patient: str, doctor: str, status: str = "completed", who: str = "admin", days: int = -1) -> str:
    """An appointment as if it had been booked, at a time that nothing else has; its id."""
    row = api.ward.sql("""
        INSERT INTO appointments (hospital_id, id, patient_id, doctor_id, service, medium, status, starts_at, ends_at,
          checked_in_at, started_at, ended_at)
        VALUES (%s, (substr(ward.first_id(ward.now())::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid,
          %s, %s, 'general-consultation', 'in_person', %s, ward.now() + %s, ward.now() + %s + interval '15 minutes',
          ward.now(), ward.now(), ward.now()) RETURNING id""", "admin",
        parameters=[api.hospital(who), patient, doctor, status, timedelta(days=days), timedelta(days=days)])
    return str(row[0].id)


def patient_with_account(api, name: str, who: str = "admin") -> str:
    """A patient who can sign in under this name; the record's id."""
    from tenancy_support import member
    user = member(api, name, "support", who)
    api.ward.sql("UPDATE memberships SET role = 'patient' WHERE user_id = %s", parameters=[user])
    api.tokens[name] = api.ward.sign_in(api.ward.sql("SELECT email FROM users WHERE id = %s", parameters=[user])[0].email)
    api.sessions.pop(name, None)
    record = api.do(who, "POST", "/patients", {"name": f"P {uuid.uuid4().hex[:8]}"})["id"]
    api.do(who, "PUT", f"/patients/{record}/account", {"userId": user})
    return record


def openapi_calls(api) -> dict[str, list]:
    patient = api.do("doctor", "POST", "/patients", {"name": "Maria Muster"})["id"]
    mine = patient_with_account(api, "rater")
    seen = visit(api, mine, api.user("doctor"))
    calls = {
        "doctors.search": [("patient", {}, {}, None), ("nurse", {}, {
            "search": "d", "specialization": "c", "city": "x", "departmentId": api.department(), "minRating": 4,
            "minExperienceYears": 1, "maxFeeMinor": 100, "isAvailable": "true", "fields": "id,rating"}, None)],
        "doctors.rate": [("rater", {"appointmentId": seen}, {}, {"score": 5})],
        "doctors.getPublicProfile": [("patient", {"userId": api.user("doctor")}, {}, None),
                                     ("nurse", {"userId": api.user("head")}, {}, None)],
    }
    for path, (key, one, many, *_, example) in CHART.items():
        least = {name: value for name, value in example.items()
                 if name in ("substance", "severity", "recordType", "title", "test", "value", "takenAt", "modality",
                             "bodyPart", "findings")}
        here, item = {"patientId": patient}, {"patientId": patient, key: chart(api, patient, path)["id"]}
        gone = {"patientId": patient, key: chart(api, patient, path)["id"]}
        calls |= {
            f"patient.add{one}": [("admin", here, {}, example), ("admin", here, {}, least)],
            f"patient.get{many}": [("nurse", here, {}, None), ("nurse", here, {"fields": "id,version", "limit": 1}, None)],
            f"patient.getMy{many}": [("rater", {}, {}, None)],
            f"patient.get{one}": [("nurse", item, {}, None)],
            f"patient.update{one}": [("admin", item, {}, least | {"version": 1})],
            f"patient.remove{one}": [("admin", gone, {}, None)],
        }
    return calls


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    name = f"rater {uuid.uuid4().hex[:6]}"
    patient = patient_with_account(api, name, who)
    for path in CHART:
        chart(api, patient, path, who)
    from tenancy_support import member
    doctor = member(api, f"doc{uuid.uuid4().hex[:8]}", "doctor", who)
    api.do(name, "PUT", f"/appointments/{visit(api, patient, doctor, who=who)}/rating", {"score": 4})


def fill_lists(api) -> None:
    """Four rows and more in every list of this area: the administrator reads a patient's who is himself."""
    mine = api.ward.sql("SELECT id FROM patients WHERE user_id = %s", parameters=[api.user("admin")])[0].id
    for path in CHART:
        for _ in range(4):
            chart(api, str(mine), path)
