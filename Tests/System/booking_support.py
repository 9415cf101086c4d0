"""What the tests of bookings share, and what the nets have to know of them."""

import uuid
from datetime import datetime, timedelta, timezone

from api_support import NOBODY
from roles import ADMINS, ASSISTANT, BILLING, CLINICIANS, DOCTORS, EVERYBODY, HEADS, MANAGER, PATIENT, RECEPTIONIST

DESK = CLINICIANS | {RECEPTIONIST, ASSISTANT}
VIEWERS = DESK | {MANAGER, BILLING}
STAFF = {"nurse", "doctor", "head", "admin"}
VISITS = {"doctor", "head", "admin"}
OWN_ONLY = {"patient", "admin"}

GRID = {
    "POST /appointments": ("manage_appointments", STAFF),
    "GET /appointments": ("view_appointments", STAFF),
    f"GET /appointments/{NOBODY}": ("view_appointments", STAFF),
    f"POST /appointments/{NOBODY}/cancellation": ("manage_appointments", STAFF),
    f"POST /appointments/{NOBODY}/confirmation": ("manage_appointments", STAFF),
    f"POST /appointments/{NOBODY}/check-in": ("manage_appointments", STAFF),
    f"POST /appointments/{NOBODY}/beginning": ("conduct_visits", VISITS),
    f"POST /appointments/{NOBODY}/completion": ("conduct_visits", VISITS),
    f"POST /appointments/{NOBODY}/no-show": ("manage_appointments", STAFF),
    f"POST /appointments/{NOBODY}/move": ("manage_appointments", STAFF),
    f"POST /appointments/{NOBODY}/service-operations": ("manage_appointments", STAFF),
    f"GET /appointments/{NOBODY}/history": ("view_appointments", STAFF),
    "GET /resources": ("view_appointments", STAFF),
    "POST /resources": ("manage_availability", {"head", "admin"}),
    f"PATCH /resources/{NOBODY}": ("manage_availability", {"head", "admin"}),
    "POST /my-appointments": ("book_appointments", OWN_ONLY),
    "GET /my-appointments": ("book_appointments", OWN_ONLY),
    f"POST /my-appointments/{NOBODY}/cancellation": ("book_appointments", OWN_ONLY),
}
ROLES = {
    "appointments.create": DESK, "appointments.list": VIEWERS, "appointments.get": VIEWERS, "appointments.cancel": DESK,
    "appointments.book": ADMINS | {PATIENT}, "appointments.mine": ADMINS | {PATIENT},
    "appointments.cancelMine": ADMINS | {PATIENT},
    "appointments.confirm": DESK, "appointments.checkIn": DESK, "appointments.noShow": DESK, "appointments.move": DESK,
    "appointments.start": DOCTORS, "appointments.complete": DOCTORS, "appointments.perform": DESK,
    "appointments.history": VIEWERS, "appointments.getServices": EVERYBODY,
    "resources.list": VIEWERS, "resources.create": HEADS | {MANAGER, RECEPTIONIST},
    "resources.update": HEADS | {MANAGER, RECEPTIONIST},
}
IDS = {"appointmentId": "appointments", "doctorId": "memberships", "locationId": "locations", "resourceId": "resources"}
OWN = {"appointments.mine"}
SERVING_DEFINERS = {"make_appointment_partitions"}
# A whole minute a month ahead, so that it lies in the future of every clock that a test has not moved far.
LATER = (datetime.now(timezone.utc) + timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
KNOWN = {("resources.create", "kind"): "room", ("appointments.perform", "operation"): "triage", ("appointments.perform", "data"): {"level": 3},
         "resourceId": NOBODY, "service": "general-consultation", "startsAt": LATER.isoformat().replace("+00:00", "Z")}
SERVICE = "general-consultation"


def own_record(api) -> str:
    """The record that belongs to the account of the demo's patient; it is made when there is none."""
    found = api.ward.sql("SELECT id FROM patients WHERE user_id = %s AND hospital_id = %s", "admin",
                         parameters=[api.user("patient"), api.hospital()])
    if found:
        return str(found[0].id)
    made = new_patient(api)
    api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "admin", parameters=[api.user("patient"), made])
    return made


def known(api) -> dict:
    """The administrator has a record of his own, so that he can book for himself."""
    if api.call("admin", "GET", "/my-appointments").status_code == 403:
        api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "admin",
                     parameters=[api.user("admin"), new_patient(api)])
    return {"doctorId": api.user("doctor"), "appointmentId": booked(api)["id"], "resourceId": room(api)["id"]}


def told(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def at(api, days: float = 7, hour: int = 9, minute: int = 0) -> datetime:
    """A whole minute some days after the day that the clock of this Ward shows."""
    today = api.ward.now().astimezone(timezone.utc).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today + timedelta(days=days)


def new_doctor(api, who: str = "admin") -> str:
    """A doctor whom nobody else books."""
    email = f"{uuid.uuid4().hex}@demo.ward"
    return api.do(who, "POST", "/users", {"name": f"Dr {email[:6]}", "email": email, "role": "doctor"})["id"]


def new_patient(api, who: str = "admin") -> str:
    return api.do(who, "POST", "/patients", {"name": f"Patient {uuid.uuid4().hex[:6]}"})["id"]


def wanted(api, doctor: str | None = None, start: datetime | None = None, who: str = "admin", **more) -> dict:
    """The body of a booking."""
    body = {"patientId": more.pop("patientId", None) or new_patient(api, who), "doctorId": doctor or new_doctor(api, who),
            "service": SERVICE, "startsAt": told(start or at(api))}
    return body | more


def booked(api, doctor: str | None = None, start: datetime | None = None, who: str = "admin", **more) -> dict:
    return api.do(who, "POST", "/appointments", wanted(api, doctor, start, who, **more))


def step(api, appointment: dict, noun: str, who: str = "doctor", **body) -> dict:
    return api.do(who, "POST", f"/appointments/{appointment['id']}/{noun}", body)


def room(api, who: str = "admin", **more) -> dict:
    """A treatment room that can be booked."""
    return api.do(who, "POST", "/resources", {"kind": "room", "name": f"Room {uuid.uuid4().hex[:6]}", **more})


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    own_record(api)
    doctor = new_doctor(api)
    first = booked(api, doctor, details={"reason": "A cough"})["id"]
    own = api.do("patient", "POST", "/my-appointments", {
        "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, hour=11))})["id"]
    full = wanted(api, doctor, at(api, hour=12), minutes=30, medium="video", priority="urgent", holdSeconds=600,
                  details={"reason": "A cough", "symptoms": "Coughing"}, overrideReason="Cannot wait",
                  locationId=api.do("admin", "POST", "/locations", {"name": f"Branch {uuid.uuid4().hex[:6]}"})["id"], resources=[])
    return {
        "appointments.create": [("nurse", {}, {}, wanted(api, doctor, at(api, hour=10))), ("doctor", {}, {}, full)],
        "appointments.get": [("nurse", {"appointmentId": first}, {}, None)],
        "appointments.list": [("nurse", {}, {}, None), ("doctor", {}, {
            "doctorId": doctor, "status": "scheduled,held", "from": told(at(api, 1)), "to": told(at(api, 20)),
            "service": SERVICE, "limit": 2}, None)],
        "appointments.mine": [("patient", {}, {}, None)],
        "appointments.book": [("patient", {}, {}, {
            "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, hour=13)), "medium": "video"})],
        "appointments.cancelMine": [("patient", {"appointmentId": own}, {}, {"reason": "I feel well."})],
        "appointments.cancel": [("nurse", {"appointmentId": booked(api, doctor, at(api, hour=14))["id"]}, {}, {
            "cause": "doctor", "reason": "Ill", "version": 1})],
        **step_calls(api, doctor),
        "appointments.getServices": [("nurse", {}, {}, None), ("patient", {}, {}, None)],
        "resources.list": [("nurse", {}, {}, None), ("admin", {}, {"kind": "room", "onlyActive": True, "limit": 2}, None)],
        "resources.create": [("head", {}, {}, {
            "kind": "equipment", "name": "ECG", "capacity": 2, "averageMinutes": 20, "feeMinor": 1500,
            "locationId": api.do("admin", "POST", "/locations", {"name": f"Branch {uuid.uuid4().hex[:6]}"})["id"]})],
        "resources.update": [("head", {"resourceId": room(api)["id"]}, {}, {
            "version": 1, "name": "Room 9", "capacity": 3, "averageMinutes": 30, "feeMinor": 0, "isActive": False})],
    }


def step_calls(api, doctor: str) -> dict[str, list]:
    """For each step an appointment that has come so far."""
    made = {noun: booked(api, doctor, at(api, 8, 9 + n)) for n, noun in enumerate(
        ("confirmation", "check-in", "beginning", "completion", "no-show", "move", "operation", "history"))}
    step(api, made["confirmation"], "confirmation")
    confirmed = booked(api, doctor, at(api, 9))
    for noun, before in (("beginning", ["check-in"]), ("completion", ["check-in", "beginning"])):
        for each in before:
            step(api, made[noun], each)
    asked = lambda noun: {"appointmentId": made[noun]["id"]}
    return {
        "appointments.confirm": [("nurse", {"appointmentId": confirmed["id"]}, {}, {"version": 1})],
        "appointments.checkIn": [("nurse", asked("check-in"), {}, {})],
        "appointments.start": [("doctor", asked("beginning"), {}, {})],
        "appointments.complete": [("doctor", asked("completion"), {}, {})],
        "appointments.noShow": [("nurse", asked("no-show"), {}, {})],
        "appointments.move": [("nurse", asked("move"), {}, {
            "startsAt": told(at(api, 10)), "minutes": 20, "version": 1})],
        "appointments.perform": [("nurse", asked("operation"), {}, {
            "operation": "triage", "data": {"level": 2, "note": "Pale"}})],
        "appointments.history": [("nurse", asked("history"), {}, None), (
            "nurse", asked("confirmation"), {"limit": 1, "fields": "step,status"}, None)],
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    made = booked(api, who=who)
    api.ward.sql("INSERT INTO working_hours (hospital_id, id, resource_id, weekday, starts_at, ends_at) SELECT hospital_id,"
                 " gen_random_uuid(), id, 7, '01:00', '02:00' FROM resources WHERE user_id = %s RETURNING 1", "admin",
                 parameters=[made["doctorId"]])


def fill_lists(api) -> dict:
    """Six rows in every list of this area; the administrator has a record of his own there."""
    doctor = new_doctor(api)
    moved = booked(api, doctor, at(api, 12))
    for n in range(5):
        moved = step(api, moved, "move", startsAt=told(at(api, 13 + n)), version=moved["version"])
    for n in range(6):
        api.do("admin", "POST", "/my-appointments", {
            "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, 3 + n % 3, 9 + n // 3))})
    return {"appointmentId": moved["id"]}
