"""What surrounds an appointment: queues, waiting list, courses, further visits, links; what its tests share and the nets
have to know of it."""

import uuid
from datetime import datetime, timedelta, timezone

from api_support import NOBODY, shift
from roles import ADMINS, ASSISTANT, BILLING, DOCTORS, EVERYBODY, MANAGER, NURSE, PATIENT, RECEPTIONIST
from staff_support import person
from ward_process import wait_for

SEES = {"nurse", "doctor", "head", "admin"}
OWN_PEOPLE = {"admin", "patient"}
VISITS = {"doctor", "head", "admin"}
GRID = {
    f"GET /doctors/{NOBODY}/queue": ("view_appointments", SEES),
    f"PUT /doctors/{NOBODY}/queue": ("manage_appointments", SEES),
    f"POST /queue-entries/{NOBODY}/emergency": ("manage_appointments", SEES),
    f"GET /appointments/{NOBODY}/queue-position": ("view_appointments", SEES),
    f"POST /appointments/{NOBODY}/queue-ticket": ("manage_appointments", SEES),
    f"POST /my-appointments/{NOBODY}/queue-ticket": ("book_appointments", OWN_PEOPLE),
    "GET /doctor-queues": ("view_appointments", SEES),
    f"POST /appointments/{NOBODY}/check-in-code": ("manage_appointments", SEES),
    f"POST /my-appointments/{NOBODY}/check-in-code": ("book_appointments", OWN_PEOPLE),
    "POST /check-ins": ("manage_appointments", SEES),
    "POST /waiting-list": ("manage_appointments", SEES),
    "GET /waiting-list": ("view_appointments", SEES),
    "GET /waiting-list/figures": ("view_appointments", SEES),
    f"PATCH /waiting-list/{NOBODY}": ("manage_appointments", SEES),
    f"DELETE /waiting-list/{NOBODY}": ("manage_appointments", SEES),
    f"POST /waiting-list/{NOBODY}/acceptance": ("manage_appointments", SEES),
    f"POST /waiting-list/{NOBODY}/refusal": ("manage_appointments", SEES),
    "POST /courses": ("manage_appointments", SEES),
    "GET /courses": ("view_appointments", SEES),
    f"GET /courses/{NOBODY}": ("view_appointments", SEES),
    f"POST /courses/{NOBODY}/cancellation": ("manage_appointments", SEES),
    f"POST /appointments/{NOBODY}/follow-ups": ("conduct_visits", VISITS),
    "GET /follow-up-types": ("view_appointments", SEES),
    "GET /follow-ups": ("view_appointments", SEES),
    f"GET /follow-ups/{NOBODY}": ("view_appointments", SEES),
    f"POST /follow-ups/{NOBODY}/appointment": ("manage_appointments", SEES),
    f"POST /follow-ups/{NOBODY}/completion": ("conduct_visits", VISITS),
    f"DELETE /follow-ups/{NOBODY}": ("conduct_visits", VISITS),
    "POST /appointment-bundles": ("manage_appointments", SEES),
    f"GET /appointment-bundles/{NOBODY}": ("view_appointments", SEES),
    "POST /booking-links": ("manage_appointments", SEES),
    "GET /booking-links": ("manage_appointments", SEES),
    f"DELETE /booking-links/{NOBODY}": ("manage_appointments", SEES),
}
DESK = DOCTORS | {NURSE, RECEPTIONIST, ASSISTANT}
VIEWERS = DESK | {MANAGER, BILLING}
ROLES = {
    **{f"queue.{name}": VIEWERS for name in ("getDoctorQueue", "getPatientQueuePosition", "getQueueMetrics")},
    **{f"queue.{name}": DESK for name in ("reorderQueue", "handleEmergencyAppointment", "giveTicket")},
    "queue.getMyTicket": ADMINS | {PATIENT}, "checkIn.getMyCode": ADMINS | {PATIENT},
    "checkIn.createCode": DESK, "checkIn.scan": DESK,
    "waitingList.list": VIEWERS, "waitingList.getMetrics": VIEWERS,
    **{f"waitingList.{name}": DESK for name in ("add", "update", "remove", "accept", "decline")},
    "courses.list": VIEWERS, "courses.get": VIEWERS, "courses.book": DESK, "courses.cancel": DESK,
    **{f"followUps.{name}": VIEWERS for name in ("getTemplates", "list", "get")},
    **{f"followUps.{name}": DOCTORS for name in ("create", "complete", "cancel")}, "followUps.schedule": DESK,
    "appointments.createEnhanced": DESK, "appointments.getEnhanced": VIEWERS,
    **{f"publicBooking.{name}": DESK for name in ("createLink", "listLinks", "revokeLink")},
    **{f"publicBooking.{name}": EVERYBODY for name in ("getDetails", "book", "track", "cancel", "getCheckInCode")},
}
FAR = "2099-01-01T09:00:00Z"
IDS = {"queueEntryId": "queue_entries", "waitingEntryId": "waiting_entries", "courseId": "courses",
       "followUpId": "follow_ups", "bundleId": "bundles", "bookingLinkId": "booking_links"}
KNOWN = {
    ("queue.reorderQueue", "entryIds"): [NOBODY], "queueEntryId": NOBODY, "waitingEntryId": NOBODY, "followUpId": NOBODY,
    "bookingLinkId": NOBODY, ("checkIn.scan", "code"): "x", ("courses.book", "service"): "panchakarma",
    ("waitingList.add", "service"): "general-consultation", ("publicBooking.createLink", "service"): "general-consultation",
    ("followUps.create", "type"): "routine",
    **{(f"publicBooking.{name}", "token"): "x" for name in ("getDetails", "book", "track", "cancel", "getCheckInCode")},
    ("publicBooking.book", "name"): "Somebody", ("publicBooking.book", "phone"): "+4915112345678",
}


def soon(ward, **span) -> str:
    """A time from now on, in whole minutes."""
    at = (ward.now() + timedelta(**span)).astimezone(timezone.utc).replace(second=0, microsecond=0)
    return at.isoformat().replace("+00:00", "Z")


def moved(moment: str, **span) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**span)).isoformat().replace("+00:00", "Z")


def doctor(api, who: str = "admin") -> str:
    """A doctor with whom nothing is booked; his id."""
    return person(api, "doctor", who)


def sick(api, who: str = "admin") -> str:
    return api.do(who, "POST", "/patients", {"name": f"Patient {uuid.uuid4().hex[:8]}"})["id"]


def book(api, with_doctor: str, at: str, who: str = "admin", patient: str | None = None, **more) -> dict:
    body = {"patientId": patient or sick(api, who), "doctorId": with_doctor, "service": "general-consultation",
            "startsAt": at, "minutes": 15, **more}
    return api.do(who, "POST", "/appointments", body)


def come(api, appointment: dict, who: str = "admin") -> None:
    """Checks somebody in, by a code."""
    code = api.do(who, "POST", f"/appointments/{appointment['id']}/check-in-code")["code"]
    api.do(who, "POST", "/check-ins", {"code": code})


def far_from_midnight(api) -> None:
    """Goes on to the next day where this one is nearly over, so that what is of today is of one day."""
    now = api.ward.now().astimezone(timezone.utc)
    if now.hour >= 22:
        shift(api.ward, (now.replace(hour=0, minute=1) + timedelta(days=1) - now).total_seconds())


def arrivals(api, with_doctor: str, count: int, who: str = "admin", **more) -> list[dict]:
    """Appointments of today whose patients have come, in this order."""
    far_from_midnight(api)
    start = soon(api.ward, minutes=2)
    made = [book(api, with_doctor, moved(start, minutes=5 * n), who, minutes=5, **more) for n in range(count)]
    for each in made:
        come(api, each, who)
    return made


def queue(api, of_doctor: str, who: str = "admin") -> dict:
    return api.do(who, "GET", f"/doctors/{of_doctor}/queue")


def wait_for_time(api, who: str = "admin", **more) -> dict:
    body = {"patientId": more.pop("patient", None) or sick(api, who), "service": "general-consultation", "latest": soon(api.ward, days=90),
            **more}
    return api.do(who, "POST", "/waiting-list", body)


def waiting(api, entry: str, who: str = "admin") -> dict:
    return next(each for each in api.do(who, "GET", "/waiting-list?limit=100") if each["id"] == entry)


def offered(api, who: str = "admin") -> dict:
    """Somebody for whom a time is held that another gave back."""
    one, at = doctor(api, who), soon(api.ward, days=30)
    taken, entry = book(api, one, at, who), wait_for_time(api, who, doctorId=one, priority="urgent")
    api.do(who, "POST", f"/appointments/{taken['id']}/cancellation", {})
    wait_for(lambda: waiting(api, entry["id"], who)["status"] == "notified", 60, "the time is offered")
    return waiting(api, entry["id"], who)


def course(api, who: str = "admin", **more) -> dict:
    body = {"patientId": sick(api, who), "doctorId": more.pop("doctorId", None) or doctor(api, who),
            "service": "panchakarma", "startsAt": soon(api.ward, days=7), "sessions": 3, **more}
    return api.do(who, "POST", "/courses", body)


def settled(api, made: dict, who: str = "admin") -> dict:
    def show() -> dict:
        return api.do(who, "GET", f"/courses/{made['id']}")

    wait_for(lambda: show()["status"] != "booking", 60, "all sessions were tried")
    return show()


def plan(api, appointment: str, who: str = "admin", **more) -> dict:
    return api.do(who, "POST", f"/appointments/{appointment}/follow-ups", {"type": "routine", **more})


def bundle(api, steps: list[dict], who: str = "admin", **more) -> dict:
    """A booking of several steps, as it is when its job is done."""
    made = api.do(who, "POST", "/appointment-bundles", {"patientId": sick(api, who), "steps": steps, **more})

    def show() -> dict:
        return api.do(who, "GET", f"/appointment-bundles/{made['id']}")

    wait_for(lambda: show()["status"] != "pending", 60, "the steps were tried")
    return show()


def step(with_doctor: str, at: str, **more) -> dict:
    return {"doctorId": with_doctor, "service": "general-consultation", "startsAt": at, "minutes": 30, **more}


def link(api, with_doctor: str, who: str = "admin", **more) -> dict:
    return api.do(who, "POST", "/booking-links", {"doctorId": with_doctor, "service": "general-consultation", **more})


def by_link(api, token: str, at: str, **more) -> dict:
    body = {"token": token, "name": f"Guest {uuid.uuid4().hex[:8]}", "phone": "+4915112345678", "startsAt": at, **more}
    return api.do(None, "POST", "/public-bookings", body)


def own_record(api) -> str:
    """The record that belongs to the patient's account; one is made where he has none."""
    account = api.user("patient")
    found = api.ward.sql("SELECT id FROM patients WHERE user_id = %s", "admin", parameters=[account])
    if found:
        return str(found[0].id)
    made = sick(api)
    api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "admin", parameters=[account, made])
    return made


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    one = doctor(api)
    here = arrivals(api, one, 3)
    record = own_record(api)
    own = book(api, one, soon(api.ward, minutes=30), patient=record)
    come(api, own)
    entries = queue(api, one)
    ids = [each["id"] for each in entries["entries"]]
    later = [book(api, one, soon(api.ward, days=10 + n)) for n in range(4)]
    code = api.do("nurse", "POST", f"/appointments/{later[0]['id']}/check-in-code")["code"]
    mine = book(api, one, soon(api.ward, days=20), patient=record)
    waits = wait_for_time(api, doctorId=one)
    gone = wait_for_time(api, doctorId=one)
    accepted, declined = offered(api), offered(api)
    course_one, course_two = settled(api, course(api)), settled(api, course(api))
    plans = [plan(api, later[1]["id"], note="Look at the wound.") for _ in range(3)]
    done = plan(api, later[2]["id"])
    api.ward.sql("UPDATE follow_ups SET status = 'due', due_at = ward.now() WHERE id = %s RETURNING 1", "admin",
                 parameters=[done["id"]])
    several = bundle(api, [step(doctor(api), soon(api.ward, days=3))])
    links = [link(api, one) for _ in range(2)]
    tracks = [by_link(api, links[0]["token"], soon(api.ward, days=40 + n))["trackingToken"] for n in range(2)]
    patient = sick(api)
    appointment = {"appointmentId": here[0]["id"]}
    return {
        "queue.getDoctorQueue": [("nurse", {"doctorId": one}, {}, None), ("nurse", {"doctorId": one}, {"date": "2031-01-01"}, None)],
        "queue.reorderQueue": [("nurse", {"doctorId": one}, {}, {"version": entries["version"], "entryIds": ids[::-1]})],
        "queue.handleEmergencyAppointment": [("doctor", {"queueEntryId": ids[1]}, {}, None)],
        "queue.getPatientQueuePosition": [("nurse", appointment, {}, None), ("nurse", {"appointmentId": later[3]["id"]}, {}, None)],
        "queue.giveTicket": [("nurse", appointment, {}, None)],
        "queue.getMyTicket": [("patient", {"appointmentId": own["id"]}, {}, None)],
        "queue.getQueueMetrics": [("nurse", {}, {}, None), ("nurse", {}, {"fields": "doctorId,waiting"}, None)],
        "checkIn.createCode": [("nurse", {"appointmentId": later[3]["id"]}, {}, None)],
        "checkIn.getMyCode": [("patient", {"appointmentId": mine["id"]}, {}, None)],
        "checkIn.scan": [("nurse", {}, {}, {"code": code})],
        "waitingList.add": [("nurse", {}, {}, {
            "patientId": patient, "doctorId": one, "service": "general-consultation", "minutes": 20, "priority": "high",
            "earliest": soon(api.ward, days=1), "latest": soon(api.ward, days=30)})],
        "waitingList.list": [("nurse", {}, {}, None), ("nurse", {}, {"status": "waiting", "doctorId": one, "fields": "id"}, None)],
        "waitingList.getMetrics": [("nurse", {}, {}, None)],
        "waitingList.update": [("nurse", {"waitingEntryId": waits["id"]}, {}, {
            "version": 1, "priority": "urgent", "earliest": soon(api.ward, days=2), "latest": soon(api.ward, days=60)})],
        "waitingList.remove": [("nurse", {"waitingEntryId": gone["id"]}, {}, None)],
        "waitingList.accept": [("nurse", {"waitingEntryId": accepted["id"]}, {}, None)],
        "waitingList.decline": [("nurse", {"waitingEntryId": declined["id"]}, {}, None)],
        "courses.book": [("nurse", {}, {}, {
            "patientId": patient, "doctorId": doctor(api), "service": "vidhakarma", "startsAt": soon(api.ward, days=7),
            "sessions": 2, "everyDays": 7, "minutes": 45, "locationId": api.do("admin", "GET", "/locations")[0]["id"],
            "resourceIds": []})],
        "courses.list": [("nurse", {}, {}, None), ("nurse", {}, {"status": "booked", "doctorId": one}, None)],
        "courses.get": [("nurse", {"courseId": course_one["id"]}, {}, None)],
        "courses.cancel": [("nurse", {"courseId": course_two["id"]}, {}, None)],
        "followUps.create": [("doctor", {"appointmentId": later[1]["id"]}, {}, {
            "type": "surgery", "afterDays": 9, "note": "Take the stitches out."})],
        "followUps.getTemplates": [("nurse", {}, {}, None)],
        "followUps.list": [("nurse", {}, {}, None), ("nurse", {}, {"overdue": True, "status": "due", "doctorId": one}, None)],
        "followUps.get": [("nurse", {"followUpId": plans[0]["id"]}, {}, None), ("nurse", {"followUpId": done["id"]}, {}, None)],
        "followUps.schedule": [("nurse", {"followUpId": plans[0]["id"]}, {}, {
            "startsAt": soon(api.ward, days=50), "doctorId": doctor(api), "minutes": 10})],
        "followUps.complete": [("doctor", {"followUpId": done["id"]}, {}, None)],
        "followUps.cancel": [("doctor", {"followUpId": plans[1]["id"]}, {}, None)],
        "appointments.createEnhanced": [("nurse", {}, {}, {"patientId": patient, "steps": [step(doctor(api), soon(api.ward, days=3))]})],
        "appointments.getEnhanced": [("nurse", {"bundleId": several["id"]}, {}, None)],
        "publicBooking.createLink": [("nurse", {}, {}, {
            "doctorId": one, "service": "general-consultation", "expiresAt": soon(api.ward, days=5), "mostBookings": 5})],
        "publicBooking.listLinks": [("nurse", {}, {}, None)],
        "publicBooking.revokeLink": [("nurse", {"bookingLinkId": links[1]["id"]}, {}, None)],
        "publicBooking.getDetails": [(None, {}, {}, {"token": links[0]["token"]})],
        "publicBooking.book": [(None, {}, {}, {
            "token": links[0]["token"], "name": "Guest", "phone": "+4915112345678", "email": "guest@example.org",
            "startsAt": soon(api.ward, days=45), "reason": "A cough."})],
        "publicBooking.track": [(None, {}, {}, {"token": tracks[0]})],
        "publicBooking.getCheckInCode": [(None, {}, {}, {"token": tracks[0]})],
        "publicBooking.cancel": [(None, {}, {}, {"token": tracks[1]})],
    }


def fill(api, who: str) -> None:
    """A row in every table of this area, in one hospital."""
    arrivals(api, doctor(api, who), 1, who)
    offered(api, who)
    settled(api, course(api, who), who)
    plan(api, book(api, doctor(api, who), soon(api.ward, days=60), who)["id"], who)
    bundle(api, [step(doctor(api, who), soon(api.ward, days=3))], who)
    link(api, doctor(api, who), who)


def fill_lists(api) -> dict:
    """Six rows in every list of this area."""
    made = [course(api) for _ in range(6)]
    visit = book(api, doctor(api), soon(api.ward, days=60))["id"]
    for _ in range(6):
        arrivals(api, doctor(api), 1)
        wait_for_time(api, doctorId=doctor(api))
        plan(api, visit)
        link(api, doctor(api))
    for each in made:
        settled(api, each)
    return {}


def known(api) -> dict:
    """Things of this area that a call needs to be there; nothing of them changes by itself afterwards."""
    made = settled(api, course(api))
    visit = book(api, doctor(api), soon(api.ward, days=60))["id"]
    several = bundle(api, [step(doctor(api), soon(api.ward, days=3))])
    return {
        "courseId": made["id"], "followUpId": plan(api, visit)["id"], "bundleId": several["id"],
        ("waitingList.add", "latest"): soon(api.ward, days=30), ("waitingList.add", "patientId"): sick(api),
        ("courses.book", "startsAt"): soon(api.ward, days=7),
        ("followUps.schedule", "startsAt"): soon(api.ward, days=70),
        ("followUps.create", "appointmentId"): visit,
        ("appointments.createEnhanced", "steps"): [step(doctor(api), soon(api.ward, days=5))],
        ("publicBooking.book", "startsAt"): soon(api.ward, days=9),
        ("publicBooking.createLink", "expiresAt"): soon(api.ward, days=9),
    }
