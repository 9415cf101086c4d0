"""What the tests of hours and free times share, and what the nets have to know of them."""

from api_support import NOBODY
from roles import ASSISTANT, BILLING, DOCTORS, EVERYBODY, HEADS, MANAGER, NURSE, RECEPTIONIST, SYSTEM
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
}
MANAGES = HEADS | {MANAGER, RECEPTIONIST}
VIEWS = DOCTORS | {NURSE, MANAGER, RECEPTIONIST, ASSISTANT, BILLING}
ROLES = {
    "availability.setHours": MANAGES, "availability.addException": MANAGES, "availability.removeException": MANAGES,
    "availability.getHours": EVERYBODY, "availability.getSlots": EVERYBODY, "availability.check": EVERYBODY,
    "availability.listExceptions": VIEWS, "availability.getOverview": VIEWS,
}
IDS = {"doctorId": "memberships", "exceptionId": "availability_exceptions"}
HOURS = [{"day": day, "start": "09:00", "end": "17:00"} for day in (1, 2, 3, 4, 5)]
KNOWN = {"doctorId": NOBODY, "exceptionId": NOBODY, "hours": HOURS,
         ("availability.setHours", "version"): 0, ("availability.addException", "date"): "2031-01-06",
         ("locations.create", "hours"): [], ("locations.update", "hours"): [],
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


def openapi_calls(api) -> dict[str, list]:
    some = doctor(api)
    one = day_off(api, some)["id"]
    at = {"doctorId": some}
    return {
        "availability.setHours": [("head", at, {}, {"version": 1, "hours": [
            HOURS[0] | {"averageMinutes": 20, "isActive": False, "from": "2030-01-01", "until": "2032-01-01"}, HOURS[1]],
            "averageMinutes": 30, "capacity": 2})],
        "availability.getHours": [("patient", at, {}, None)],
        "availability.addException": [
            ("admin", at, {}, {"kind": "off", "date": "2031-02-01", "untilDate": "2031-02-03"}),
            ("head", at, {}, {"kind": "extra", "from": "2031-02-08T08:00:00Z", "to": "2031-02-08T12:00:00Z"})],
        "availability.listExceptions": [("nurse", at, {}, None), ("doctor", at, {"fields": "id,kind"}, None)],
        "availability.removeException": [("admin", {"exceptionId": one}, {}, None)],
        "availability.check": [("patient", at, {"startsAt": "2031-01-06T09:00:00Z", "minutes": 30}, None),
                               ("nurse", at, {"startsAt": "2031-01-05T03:00:00Z"}, None)],
        "availability.getOverview": [("nurse", at, {}, None)],
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


def fill_lists(api) -> dict:
    some = doctor(api)
    for day in range(1, 7):
        day_off(api, some, date=f"2031-03-0{day}")
    return {"doctorId": some}


def known(api) -> dict:
    some = doctor(api)
    return {"doctorId": some, "exceptionId": day_off(api, some)["id"]}
