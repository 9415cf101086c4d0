"""What the tests of hours and free times share, and what the nets have to know of them."""

from api_support import NOBODY
from roles import ASSISTANT, BILLING, DOCTORS, EVERYBODY, HEADS, MANAGER, NURSE, RECEPTIONIST, SYSTEM
from booking_support import SERVICE, at, new_patient, own_record, told
from staff_support import person

ALL = {"operator", "nurse", "doctor", "head", "admin", "patient"}
SEES = {"nurse", "doctor", "head", "admin"}
GRID = {
    f"PUT /doctors/{NOBODY}/hours": ("manage_availability", {"head", "admin"}),
    f"GET /doctors/{NOBODY}/hours": ("view_hospital", ALL),
    f"POST /doctors/{NOBODY}/availability-exceptions": ("manage_availability", {"head", "admin"}),
    f"GET /doctors/{NOBODY}/availability-exceptions": ("view_appointments", SEES),
    f"DELETE /availability-exceptions/{NOBODY}": ("manage_availability", {"head", "admin"}),
    f"GET /doctors/{NOBODY}/availability": ("view_hospital", ALL),
    f"GET /doctors/{NOBODY}/availability-overview": ("view_appointments", SEES),
    "GET /slots": ("view_hospital", ALL),
    f"GET /patients/{NOBODY}/booking-preferences": ("manage_appointments", SEES),
    f"PUT /patients/{NOBODY}/booking-preferences": ("manage_appointments", SEES),
    "POST /appointment-alternatives": ("manage_appointments", SEES),
    "POST /appointment-series": ("manage_appointments", SEES),
    f"GET /appointment-series/{NOBODY}": ("view_appointments", SEES),
    f"PATCH /appointment-series/{NOBODY}": ("manage_appointments", SEES),
    f"POST /appointment-series/{NOBODY}/cancellation": ("manage_appointments", SEES),
}
DESK = DOCTORS | {NURSE, RECEPTIONIST, ASSISTANT}
MANAGES = HEADS | {MANAGER, RECEPTIONIST}
VIEWS = DOCTORS | {NURSE, MANAGER, RECEPTIONIST, ASSISTANT, BILLING}
ROLES = {
    "availability.setHours": MANAGES, "availability.addException": MANAGES, "availability.removeException": MANAGES,
    "availability.getHours": EVERYBODY, "availability.getSlots": EVERYBODY, "availability.check": EVERYBODY,
    "availability.listExceptions": VIEWS, "availability.getOverview": VIEWS,
    "appointments.getPreferences": DESK, "appointments.setPreferences": DESK, "appointments.getAlternatives": DESK,
    "appointments.getMyPreferences": EVERYBODY, "appointments.setMyPreferences": EVERYBODY,
    "calendar.createFeed": EVERYBODY, "calendar.deleteFeed": EVERYBODY,
    "appointments.createSeries": DESK, "appointments.updateSeries": DESK, "appointments.cancelSeries": DESK,
    "appointments.getSeries": VIEWS,
}
OWN = {"appointments.getMyPreferences", "calendar.deleteFeed"}
IDS = {"doctorId": "memberships", "exceptionId": "availability_exceptions", "seriesId": "appointment_series"}
HOURS = [{"day": day, "start": "09:00", "end": "17:00"} for day in (1, 2, 3, 4, 5)]
KNOWN = {"doctorId": NOBODY, "exceptionId": NOBODY, "seriesId": NOBODY,
         ("appointments.updateSeries", "from"): "2030-01-01T08:00:00Z",
         ("availability.setHours", "version"): 0, ("availability.addException", "date"): "2031-01-06", ("availability.addException", "kind"): "off",
         ("availability.check", "startsAt"): "2031-01-06T09:00:00Z",
         ("availability.getSlots", "from"): "2031-01-06T00:00:00Z", ("availability.getSlots", "to"): "2031-01-08T00:00:00Z",
         ("availability.setHours", "hours"): HOURS}


def doctor(api, who: str = "admin") -> str:
    """A doctor of a test's own; his id."""
    return person(api, "doctor", who)


def set_hours(api, doctor_id: str, hours, who: str = "admin", version: int = 0, **more) -> dict:
    return api.do(who, "PUT", f"/doctors/{doctor_id}/hours", {"version": version, "hours": hours, **more})


def slots(api, doctor_id: str, start: str, end: str, who: str = "patient", more: str = "") -> list[str]:
    """The free times of one doctor, at whatever place."""
    board = api.do(who, "GET", f"/slots?doctorId={doctor_id}&from={start}&to={end}{more}")
    return sorted(each for group in board["openings"] for each in group["starts"])


def day_off(api, doctor_id: str, who: str = "admin", **more) -> dict:
    body = {"kind": "off", "date": "2031-01-07", "title": "Conference", **more}
    return api.do(who, "POST", f"/doctors/{doctor_id}/availability-exceptions", body)


def series(api, doctor_id: str, start, rule: str = "FREQ=WEEKLY;COUNT=4", who: str = "admin", **more) -> dict:
    body = {"patientId": more.pop("patientId", None) or new_patient(api, who), "doctorId": doctor_id,
            "service": SERVICE, "startsAt": told(start), "rule": rule, **more}
    return api.do(who, "POST", "/appointment-series", body)


def prefer(api, patient: str, who: str = "admin", version: int = 0, **wishes) -> dict:
    return api.do(who, "PUT", f"/patients/{patient}/booking-preferences", {"version": version, **wishes})


def own_version(api) -> int:
    return api.do("patient", "GET", "/my-record/booking-preferences")["version"]


def hours_version(api, doctor_id: str) -> int:
    return api.do("admin", "GET", f"/doctors/{doctor_id}/hours")["version"]


def openapi_calls(api) -> dict[str, list]:
    some = doctor(api)
    one = day_off(api, some)["id"]
    here = {"doctorId": some}
    patient = new_patient(api)
    own_record(api)
    api.do("doctor", "POST", "/calendar-feed", {})
    come, go, end = (series(api, doctor(api), at(api, 14), patientId=patient, rule="FREQ=DAILY;COUNT=3") for _ in range(3))
    wanted = {"patientId": patient, "doctorId": some, "startsAt": told(at(api, 14, 10))}
    return {
        "appointments.setPreferences": [("nurse", {"patientId": patient}, {}, {
            "version": 0, "doctorId": some, "weekdays": [1, 5], "earliest": "09:00", "latest": "12:30"})],
        "appointments.getPreferences": [("nurse", {"patientId": patient}, {}, None)],
        "appointments.setMyPreferences": [("patient", {}, {}, {"version": own_version(api), "weekdays": []})],
        "appointments.getMyPreferences": [("patient", {}, {}, None)],
        "appointments.getAlternatives": [("nurse", {}, {}, wanted), ("doctor", {}, {}, wanted | {
            "minutes": 30, "isUrgent": True, "locationId": api.do("admin", "GET", "/locations")[0]["id"]})],
        "calendar.createFeed": [("nurse", {}, {}, {})],
        "calendar.deleteFeed": [("doctor", {}, {}, None)],
        "appointments.createSeries": [("nurse", {}, {}, wanted | {
            "doctorId": doctor(api), "service": SERVICE, "rule": "FREQ=DAILY;INTERVAL=2;COUNT=3", "minutes": 20,
            "skipsConflicts": True, "locationId": api.do("admin", "GET", "/locations")[0]["id"]})],
        "appointments.getSeries": [("nurse", {"seriesId": come["id"]}, {}, None)],
        "appointments.updateSeries": [("nurse", {"seriesId": go["id"]}, {}, {
            "version": 1, "from": told(at(api, 15)), "startsAt": told(at(api, 15, 11)), "minutes": 30,
            "rule": "FREQ=DAILY;COUNT=2", "skipsConflicts": False})],
        "appointments.cancelSeries": [("nurse", {"seriesId": end["id"]}, {}, {"version": 1})],
        "availability.setHours": [("head", here, {}, lambda: {"version": hours_version(api, some), "hours": [
            HOURS[0] | {"averageMinutes": 20, "isActive": False, "from": "2030-01-01", "until": "2032-01-01"}, HOURS[1]],
            "averageMinutes": 30, "capacity": 2})],
        "availability.getHours": [("patient", here, {}, None)],
        "availability.addException": [
            ("admin", here, {}, {"kind": "off", "date": "2031-02-01", "untilDate": "2031-02-03"}),
            ("head", here, {}, {"kind": "extra", "from": "2031-02-08T08:00:00Z", "to": "2031-02-08T12:00:00Z"})],
        "availability.listExceptions": [("nurse", here, {}, None), ("doctor", here, {"fields": "id,kind"}, None)],
        "availability.removeException": [("admin", {"exceptionId": one}, {}, None)],
        "availability.check": [("patient", here, {"startsAt": "2031-01-06T09:00:00Z", "minutes": 30}, None),
                               ("nurse", here, {"startsAt": "2031-01-05T03:00:00Z"}, None)],
        "availability.getOverview": [("nurse", here, {}, None)],
        "availability.getSlots": [
            ("patient", {}, {"from": "2031-01-06T00:00:00Z", "to": "2031-01-08T00:00:00Z"}, None),
            ("nurse", {}, {"from": "2031-01-06T00:00:00Z", "to": "2031-01-08T00:00:00Z", "doctorId": some,
                           "minutes": 30}, None)],
    }


def fill(api, who: str) -> None:
    some = doctor(api, who)
    set_hours(api, some, HOURS, who)
    day_off(api, some, who)
    # The overview is made by a job; here as it would make it.
    api.ward.sql("INSERT INTO availability_overviews (hospital_id, resource_id, days, outside)"
                 " SELECT hospital_id, id, '[]', '{}' FROM resources WHERE user_id = %s ON CONFLICT DO NOTHING",
                 "admin", parameters=[some])
    patient = new_patient(api, who)
    prefer(api, patient, who, doctorId=some)
    series(api, doctor(api, who), at(api, 14), "FREQ=DAILY;COUNT=2", who, patientId=patient)
    api.do(who, "POST", "/calendar-feed", {})


def fill_lists(api) -> dict:
    some = doctor(api)
    for day in range(1, 7):
        day_off(api, some, date=f"2031-03-0{day}")
    return {"doctorId": some}


def known(api) -> dict:
    some = doctor(api)
    return {"doctorId": some, "exceptionId": day_off(api, some)["id"],
            "seriesId": series(api, doctor(api), at(api, 21), "FREQ=DAILY;COUNT=2")["id"]}
