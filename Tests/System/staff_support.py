"""What the tests of shifts, schedules on call and handovers share, and what the nets have to know of them."""

import uuid
from datetime import datetime, timedelta, timezone

import pytest
from api_support import NOBODY
from ward_process import PASSWORD

WATCH = {"operator", "nurse", "doctor", "head", "admin"}
GRID = {
    "GET /shifts": ("view_schedule", WATCH),
    "POST /shifts": ("manage_schedule", {"head", "admin"}),
    f"PATCH /shifts/{NOBODY}": ("manage_schedule", {"head", "admin"}),
    f"DELETE /shifts/{NOBODY}": ("manage_schedule", {"head", "admin"}),
    f"GET /users/{NOBODY}/shift-schedule": ("view_schedule", WATCH),
    f"PUT /users/{NOBODY}/shift-schedule": ("manage_schedule", {"head", "admin"}),
    "GET /on-call-schedules": ("view_schedule", WATCH),
    "POST /on-call-schedules": ("manage_schedule", {"head", "admin"}),
    f"GET /on-call-schedules/{NOBODY}": ("view_schedule", WATCH),
    f"PATCH /on-call-schedules/{NOBODY}": ("manage_schedule", {"head", "admin"}),
    f"DELETE /on-call-schedules/{NOBODY}": ("manage_schedule", {"head", "admin"}),
    f"POST /on-call-schedules/{NOBODY}/overrides": ("manage_schedule", {"head", "admin"}),
    f"DELETE /on-call-schedules/{NOBODY}/overrides/{NOBODY}": ("manage_schedule", {"head", "admin"}),
    f"GET /on-call-schedules/{NOBODY}/calendar": ("view_schedule", WATCH),
    "GET /on-call-gaps": ("view_schedule", WATCH),
    "GET /on-call": ("view_schedule", WATCH),
    "GET /readiness": ("view_schedule", WATCH),
    "POST /shift/end": ("start_shift", WATCH),
    "GET /shift-summary": ("start_shift", WATCH),
    "GET /handovers": ("start_shift", WATCH),
    f"POST /handovers/{NOBODY}/acceptance": ("start_shift", WATCH),
    f"POST /handovers/{NOBODY}/refusal": ("start_shift", WATCH),
    "GET /handover-metrics": ("view_analytics", {"head", "admin"}),
}
LAYER = {"participants": [NOBODY], "rotation": "daily", "handover": "08:00", "startDate": "2030-01-01"}
KNOWN = {"shiftId": NOBODY, "week": {}, "from": "2030-01-01T08:00:00Z", "to": "2030-01-01T16:00:00Z",
         "scheduleId": NOBODY, "overrideId": NOBODY, "layers": [LAYER],
         "handoverId": NOBODY}
IDS = {"shiftId": "shifts", "scheduleId": "on_call_schedules", "overrideId": "on_call_overrides",
       "handoverId": "handovers"}

HOUR = timedelta(hours=1)


@pytest.fixture
def department(api) -> str:
    """One of the test's own, with nobody in it; afterwards no alert and no schedule is left."""
    code = uuid.uuid4().hex[:8].upper()
    yield api.do("admin", "POST", "/departments", {"name": f"Unit {code}", "code": code})["id"]
    api.cancel_all()
    for each in api.do("admin", "GET", "/on-call-schedules?limit=100"):
        api.do("admin", "DELETE", f"/on-call-schedules/{each['id']}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def told(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def person(api, role: str = "nurse", who: str = "admin", **more) -> str:
    """Somebody new of the staff; his id."""
    body = {"name": f"P {uuid.uuid4().hex[:6]}", "email": f"{uuid.uuid4().hex}@demo.ward", "role": role, **more}
    return api.do(who, "POST", "/users", body)["id"]


def colleague(api, name: str, role: str = "nurse", who: str = "admin", **more) -> str:
    """As above, signed in under a name that the api knows."""
    email = f"{uuid.uuid4().hex}@demo.ward"
    made = api.do(who, "POST", "/users", {"name": name, "email": email, "role": role, "password": PASSWORD, **more})
    api.tokens[name] = api.ward.sign_in(email)
    api.sessions.pop(name, None)
    return made["id"]


def plan(api, user: str, start: datetime, hours: float = 8, who: str = "admin", **more) -> dict:
    body = {"userId": user, "from": told(start), "to": told(start + hours * HOUR), **more}
    return api.do(who, "POST", "/shifts", body)


def rota(api, *people: str, who: str = "admin", **more) -> dict:
    """A schedule on call of these people, a day each."""
    body = {"name": f"R {uuid.uuid4().hex[:8]}", "layers": [LAYER | {"participants": list(people)}], **more}
    return api.do(who, "POST", "/on-call-schedules", body)


def stand_in(api, schedule: str, user: str, start: str = "2031-01-01T00:00:00Z", end: str = "2031-01-02T00:00:00Z",
             who: str = "admin") -> dict:
    return api.do(who, "POST", f"/on-call-schedules/{schedule}/overrides", {"userId": user, "from": start, "to": end})


NOTES = "Room 12 waits for the laboratory."


def handed_over(api, who: str) -> str:
    """A handover that somebody leaves for his department; its id."""
    api.do(who, "PUT", "/duty", {"isOnDuty": True})
    api.do(who, "PUT", "/duty", {"isOnDuty": False, "handoverNotes": NOTES})
    return api.do(who, "GET", "/handovers?box=given")[0]["id"]


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    some = person(api)
    one, two = plan(api, some, at("2031-01-01 08:00")), plan(api, some, at("2031-01-01 18:00"))
    schedule, gone = rota(api, some)["id"], rota(api, some)["id"]
    stand = stand_in(api, schedule, some)["id"]
    period = {"from": "2029-12-30T00:00:00Z", "to": "2030-01-03T12:00:00Z"}
    layer = LAYER | {"participants": [some], "rotation": "custom", "hours": 12, "endDate": "2030-05-01",
                     "week": {"monday": [{"start": "08:00", "end": "06:00"}]}}
    for name in ("gives", "takes"):
        colleague(api, name, departmentId=api.department("ICU"))
    first, second = handed_over(api, "gives"), handed_over(api, "gives")
    api.do("gives", "PUT", "/duty", {"isOnDuty": True})
    api.ward.sql("UPDATE memberships SET shift_started_at = shift_started_at - interval '1 hour' WHERE user_id = %s"
                 " RETURNING 1", "admin", parameters=[api.user("gives")])
    return {
        "onCall.getReadiness": [("nurse", {}, {}, None), ("other nurse", {}, {"at": "2030-01-01T12:30:00Z"}, None)],
        "healthcare.endShift": [("gives", {}, {}, {
            "handoverNotes": NOTES, "followUpRequired": ["Call the family"], "toUserId": api.user("nurse")})],
        "healthcare.getShiftSummary": [("nurse", {}, {}, None), ("takes", {}, {}, None)],
        "handovers.getPending": [("takes", {}, {}, None), ("gives", {}, {"box": "given", "fields": "id,status"}, None)],
        "handovers.accept": [("takes", {"handoverId": first}, {}, {"acknowledgment": "Mine."})],
        "handovers.decline": [("takes", {"handoverId": second}, {}, {"reason": "No hands."})],
        "handovers.getMetrics": [("admin", {}, {"timeRange": "24h"}, None), ("other admin", {}, {}, None)],
        "onCall.listSchedules": [("nurse", {}, {}, None), ("head", {}, {"departmentId": api.department()}, None)],
        "onCall.getSchedule": [("nurse", {"scheduleId": schedule}, {}, None)],
        "onCall.createSchedule": [("head", {}, {}, {"name": "Everything", "departmentId": api.department(),
                                                    "role": "doctor", "layers": [layer, LAYER | {"participants": [some]}]})],
        "onCall.updateSchedule": [("head", {"scheduleId": schedule}, {}, {"version": 1, "layers": [layer]})],
        "onCall.deleteSchedule": [("admin", {"scheduleId": gone}, {}, None)],
        "onCall.addOverride": [("head", {"scheduleId": schedule}, {}, {
            "userId": some, "from": "2030-01-01T12:00:00Z", "to": "2030-01-01T13:00:00Z"})],
        "onCall.getCalendar": [("nurse", {"scheduleId": schedule}, period, None), ("nurse", {"scheduleId": schedule}, {}, None)],
        "onCall.getGaps": [("nurse", {}, period, None), ("other nurse", {}, {}, None)],
        "onCall.getCurrent": [("nurse", {}, {"at": "2030-01-01T12:30:00Z"}, None), ("nurse", {}, {}, None)],
        "onCall.removeOverride": [("admin", {"scheduleId": schedule, "overrideId": stand}, {}, None)],
        "shifts.list": [("nurse", {}, {}, None), ("head", {}, {"userId": some, "fields": "id,from"}, None)],
        "shifts.create": [("head", {}, {}, {"userId": some, "departmentId": api.department(),
                                            "from": "2031-02-01T22:00:00Z", "to": "2031-02-02T06:00:00+01:00"})],
        "shifts.update": [("head", {"shiftId": one["id"]}, {}, {"version": 1, "from": "2031-01-01T09:00:00Z"})],
        "shifts.delete": [("admin", {"shiftId": two["id"]}, {}, None)],
        "shifts.getSchedule": [("nurse", {"userId": some}, {}, None)],
        "shifts.setSchedule": [("head", {"userId": some}, {}, {"version": 0, "week": {
            "monday": [{"start": "08:00", "end": "16:00"}], "sunday": [{"start": "22:00", "end": "06:00"}]}})],
    }


def own(api) -> dict[str, str]:
    """Things of Demo General, where a call needs one that is there."""
    return {"scheduleId": api.do("admin", "GET", "/on-call-schedules")[0]["id"]}


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    some = person(api, who=who)
    plan(api, some, at("2032-01-01 08:00"), who=who)
    api.do(who, "PUT", f"/users/{some}/shift-schedule", {"version": 0, "week": {}})
    stand_in(api, rota(api, some, who=who)["id"], some, who=who)
    handed_over(api, who)


def fill_lists(api) -> None:
    """Four rows and more in every list of this area."""
    some = person(api)
    colleague(api, "drifter")  # of no department: what he hands over is for everybody
    for day in range(4):
        plan(api, some, at("2033-01-01 08:00") + timedelta(days=day))
        rota(api, some)
        handed_over(api, "drifter")
