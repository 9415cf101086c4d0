"""What the tests of charts and consultations share, and what the nets have to know of them."""

import uuid
from datetime import timedelta

from api_support import NOBODY
from booking_support import LATER, at, told
from roles import ADMINS, CARE, DOCTORS, EVERYBODY, LAB, PHARMACIST, RADIOLOGIST

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
KNOWN = {"takenAt": TAKEN, ("prescriptions.verify", "code"): "7KQ2M-9TZ4D-0HXVB-3RWNE",
         ("prescriptions.present", "code"): "7KQ2M-9TZ4D-0HXVB-3RWNE"}
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
            "search": "d", "specialization": "c", "city": "x", "departmentId": api.department(), "minRating": 4.5,
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
    return calls | visit_calls(api) | consultation_calls(api)


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    name = f"rater {uuid.uuid4().hex[:6]}"
    patient = patient_with_account(api, name, who)
    for path in CHART:
        chart(api, patient, path, who)
    sees = doctor_of(api, who)
    seen = visit(api, patient, api.user(sees), who=who)
    api.do(name, "PUT", f"/appointments/{seen}/rating", {"score": 4})
    api.do(sees, "POST", f"/appointments/{seen}/notes", {"text": "Cough."})
    prescribe(api, seen, who=sees)


def fill_lists(api) -> None:
    """Four rows and more in every list of this area: the administrator reads a patient's who is himself."""
    mine = api.ward.sql("SELECT id FROM patients WHERE user_id = %s", parameters=[api.user("admin")])[0].id
    for path in CHART:
        for _ in range(4):
            chart(api, str(mine), path)
    seen = [visit(api, str(mine), api.user("doctor"), days=-n) for n in range(1, 5)]
    for n, each in enumerate(seen):
        prescribe(api, each, ("Vitamin", "Metformin", "Omeprazole", "Loratadine")[n])
        api.do("doctor", "POST", f"/appointments/{seen[0]}/notes", {"text": "Cough."})
    return {("appointments.getNotes", "appointmentId"): seen[0]}


DRUG = {"name": "Paracetamol", "dosage": "500 mg", "frequency": "3 a day", "duration": "5 days"}


def prescribe(api, visit_id: str, *names: str, who: str = "doctor", **more) -> dict:
    body = {"appointmentId": visit_id, "medications": [DRUG | {"name": name} for name in names or ("Paracetamol",)], **more}
    return api.do(who, "POST", "/prescriptions", body)


def doctor_of(api, who: str) -> str:
    """A doctor of the hospital who signs in under the name that is answered."""
    from tenancy_support import member
    name = f"doc{uuid.uuid4().hex[:8]}"
    member(api, name, "doctor", who)
    return name


GRID |= {
    f"POST /appointments/{NOBODY}/notes": ("conduct_visits", WRITERS),
    f"POST /appointments/{NOBODY}/notes/{NOBODY}/amendments": ("conduct_visits", WRITERS),
    f"GET /appointments/{NOBODY}/notes": ("view_patients", READERS),
    "POST /prescriptions": ("conduct_visits", WRITERS),
    f"GET /prescriptions/{NOBODY}": ("view_patients", READERS),
    f"GET /prescriptions/{NOBODY}/page": ("view_patients", READERS),
    f"GET /patients/{NOBODY}/prescriptions": ("view_patients", READERS),
    f"POST /prescriptions/{NOBODY}/cancellation": ("conduct_visits", WRITERS),
    f"POST /prescriptions/{NOBODY}/dispensation": ("dispense_medication", {"admin"}),
    "POST /prescription-presentations": ("dispense_medication", {"admin"}),
}
ROLES |= {
    "appointments.addNote": DOCTORS, "appointments.amendNote": DOCTORS, "appointments.getNotes": CARE,
    "prescriptions.create": DOCTORS, "prescriptions.get": CARE, "prescriptions.list": CARE, "prescriptions.print": CARE,
    "prescriptions.mine": EVERYBODY, "prescriptions.printMine": EVERYBODY, "prescriptions.cancel": DOCTORS,
    "prescriptions.dispense": ADMINS | {PHARMACIST}, "prescriptions.present": ADMINS | {PHARMACIST}, "prescriptions.verify": EVERYBODY,
}
ROLES |= {f"consultations.{name}": EVERYBODY for name in ("book", "get", "list", "update", "cancel", "join")}
IDS |= {"consultationId": "appointments", "noteId": "visit_notes", "prescriptionId": "prescriptions"}
KNOWN |= {"medications": [DRUG], "scheduledAt": told(LATER), "consultationId": NOBODY}
OWN |= {"prescriptions.mine", "prescriptions.printMine"}
# Only those two whose visit it is have it; for others there is none.
PARTY = {"consultations.get"}
SERVING_DEFINERS = {"prescription_of"}


def known(api) -> dict:
    """The administrator is a patient, too, so that he can ask for a consultation."""
    if not api.ward.sql("SELECT 1 FROM patients WHERE user_id = %s", parameters=[api.user("admin")]):
        record = api.do("admin", "POST", "/patients", {"name": "Admin as a patient"})["id"]
        api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "admin",
                     parameters=[api.user("admin"), record])
    return {}


def present(api) -> dict:
    """One of each kind in the chart of the demo's patient, a prescription of the administrator's own, a consultation."""
    mine = api.ward.sql("SELECT id FROM patients WHERE user_id = %s", parameters=[api.user("admin")])[0].id
    return {key: chart(api, api.patient(), path)["id"] for path, (key, *_) in CHART.items()} | {
        "prescriptionId": prescribe(api, visit(api, str(mine), api.user("doctor"), days=-40))["id"],
        "consultationId": consult(api, "admin", api.user(doctor_of(api, "admin")))["id"]}


def consult(api, who: str, doctor: str, start=None, kind: str = "video", **more) -> dict:
    """A consultation that a patient books for himself."""
    body = {"doctorId": doctor, "scheduledAt": told(start or at(api)), "type": kind, **more}
    return api.do(who, "POST", "/consultations", body)


def consultation_calls(api) -> dict[str, list]:
    patient_with_account(api, "consulting")
    sees = doctor_of(api, "admin")
    doctor = api.user(sees)
    one, two = (consult(api, "consulting", doctor, at(api, hour=hour))["id"] for hour in (8, 9))
    return {
        "consultations.book": [("consulting", {}, {}, {"doctorId": doctor, "scheduledAt": told(at(api, hour=10)), "type": "chat"}),
                               ("consulting", {}, {}, {"doctorId": doctor, "scheduledAt": told(at(api, hour=11)),
                                                 "type": "in_person", "symptoms": "Cough."})],
        "consultations.get": [("consulting", {"consultationId": one}, {}, None), (sees, {"consultationId": one}, {}, None)],
        "consultations.list": [("consulting", {}, {}, None), (sees, {}, {"status": "scheduled", "limit": 1, "fields": "id"}, None)],
        "consultations.update": [(sees, {"consultationId": one}, {}, {"status": "confirmed", "version": 1})],
        "consultations.cancel": [("consulting", {"consultationId": two}, {}, {"reason": "I feel well."})],
    }


def visit_calls(api) -> dict[str, list]:
    """Of notes and prescriptions."""
    mine = patient_with_account(api, "treated")
    seen = visit(api, mine, api.user("doctor"))
    here, path = {"appointmentId": seen}, f"/appointments/{seen}/notes"
    note = api.do("doctor", "POST", path, {"text": "Cough."})["id"]
    shown = prescribe(api, seen)
    item = {"prescriptionId": shown["id"]}
    gone, given = (prescribe(api, visit(api, mine, api.user("doctor"), days=-n), drug)["id"]
                   for n, drug in ((2, "Omeprazole"), (3, "Loratadine")))
    other = visit(api, mine, api.user("doctor"), days=-4)
    return {
        "appointments.addNote": [("doctor", here, {}, {"text": "Cough.", "diagnosis": "Bronchitis"})],
        "appointments.amendNote": [("doctor", here | {"noteId": note}, {}, {"text": "No cough.", "reason": "A slip."})],
        "appointments.getNotes": [("nurse", here, {}, None), ("nurse", here, {"limit": 1, "fields": "id,text"}, None)],
        "prescriptions.create": [
            ("doctor", {}, {}, {"appointmentId": other, "medications": [DRUG | {"name": "Metformin", "instructions": "After meals"}],
                                "instructions": "Rest.", "followUpDate": "2030-01-01"}),
            ("doctor", {}, {}, {"appointmentId": other, "medications": [DRUG | {"name": "Ibuprofen"}, DRUG | {"name": "Naproxen"}],
                                "overrideReason": "For a day."})],
        "prescriptions.get": [("nurse", item, {}, None)], "prescriptions.print": [("nurse", item, {}, None)],
        "prescriptions.list": [("nurse", {"patientId": mine}, {}, None),
                               ("nurse", {"patientId": mine}, {"fields": "id,status", "limit": 1}, None)],
        "prescriptions.mine": [("treated", {}, {}, None)], "prescriptions.printMine": [("treated", item, {}, None)],
        "prescriptions.cancel": [("doctor", {"prescriptionId": gone}, {}, {})],
        "prescriptions.dispense": [("admin", {"prescriptionId": given}, {}, {})],
        "prescriptions.present": [("admin", {}, {}, {"code": shown["verificationCode"]})],
        "prescriptions.verify": [(None, {}, {}, {"code": shown["verificationCode"]})],
    }
