"""What the tests of bookings share, and what the nets have to know of them."""

import uuid
from datetime import datetime, timedelta, timezone

from api_support import NOBODY
from roles import ADMINS, ASSISTANT, BILLING, CLINICIANS, DOCTORS, HEADS, MANAGER, PATIENT, RECEPTIONIST  # noqa: F401

DESK = CLINICIANS | {RECEPTIONIST, ASSISTANT}
VIEWERS = DESK | {MANAGER, BILLING}
STAFF = {"nurse", "doctor", "head", "admin"}
OWN_ONLY = {"patient", "admin"}

GRID = {
    "POST /appointments": ("manage_appointments", STAFF),
    "GET /appointments": ("view_appointments", STAFF),
    f"GET /appointments/{NOBODY}": ("view_appointments", STAFF),
    f"POST /appointments/{NOBODY}/cancellation": ("manage_appointments", STAFF),
    "POST /my-appointments": ("book_appointments", OWN_ONLY),
    "GET /my-appointments": ("book_appointments", OWN_ONLY),
    f"POST /my-appointments/{NOBODY}/cancellation": ("book_appointments", OWN_ONLY),
}
ROLES = {
    "appointments.create": DESK, "appointments.list": VIEWERS, "appointments.get": VIEWERS, "appointments.cancel": DESK,
    "appointments.book": ADMINS | {PATIENT}, "appointments.mine": ADMINS | {PATIENT},
    "appointments.cancelMine": ADMINS | {PATIENT},
}
IDS = {"appointmentId": "appointments", "doctorId": "memberships", "locationId": "locations"}
OWN = {"appointments.mine"}
# A whole minute a month ahead, so that it lies in the future of every clock that a test has not moved far.
LATER = (datetime.now(timezone.utc) + timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
KNOWN = {"service": "general-consultation", "startsAt": LATER.isoformat().replace("+00:00", "Z")}
SERVICE = "general-consultation"


def known(api) -> dict:
    return {"doctorId": api.user("doctor"), "appointmentId": booked(api)["id"]}


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


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", role="admin",
                 parameters=[api.user("patient"), new_patient(api)])
    doctor = new_doctor(api)
    first = booked(api, doctor, details={"reason": "A cough"})["id"]
    own = api.do("patient", "POST", "/my-appointments", {
        "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, hour=11))})["id"]
    full = wanted(api, doctor, at(api, hour=12), minutes=30, medium="video", priority="urgent", holdSeconds=600,
                  details={"reason": "A cough", "symptoms": "Coughing"}, overrideReason="Cannot wait",
                  locationId=api.do("admin", "GET", "/locations")[0]["id"], resources=[])
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
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    booked(api, who=who)


def fill_lists(api) -> None:
    """Six rows in every list of this area; the administrator has a record of his own there."""
    doctor = new_doctor(api)
    for n in range(6):
        api.do("admin", "POST", "/my-appointments", {
            "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, 3 + n % 3, 9 + n // 3))})
