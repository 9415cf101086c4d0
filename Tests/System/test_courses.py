"""Courses of sessions through their own queues, plans for further visits, and bookings of several steps."""

from datetime import datetime, timedelta

import pytest
from api_raw import assert_refused
from api_support import shift
from flow_support import arrivals, book, bundle, come, course, doctor, moved, plan, settled, sick, soon, step
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


def appointment(api, which: str) -> dict:
    return api.do("nurse", "GET", f"/appointments/{which}")


@pytest.mark.parametrize("service", ["vidhakarma", "panchakarma", "chequp", "ayurveda-therapy"])
def test_a_course_is_booked_through_its_own_queue(api, ward, service):
    """188: each kind of course books its sessions by jobs of its own queue, all at the same time of day"""
    one, at = doctor(api), soon(ward, days=7)
    made = course(api, doctorId=one, service=service, startsAt=at, sessions=3, everyDays=2)
    found = settled(api, made)
    assert found["status"] == "booked" and [each["status"] for each in found["sessionStates"]] == ["booked"] * 3
    booked = [appointment(api, each["appointmentId"]) for each in found["sessionStates"]]
    assert {each["startsAt"] for each in booked} == {moved(at, days=2 * n) for n in range(3)}
    assert {(each["service"], each["courseId"], each["doctorId"]) for each in booked} == {(service, made["id"], one)}
    queues = ward.sql("SELECT DISTINCT queue FROM (SELECT queue, kind, created_at FROM jobs UNION ALL"
                      " SELECT queue, kind, created_at FROM finished_jobs) j WHERE kind = 'course.book' AND queue = %s", "admin",
                      parameters=[service])
    assert [row.queue for row in queues] == [service]


def test_a_session_that_finds_no_time(api, ward):
    """188: a session whose day is taken has the next free one before the next session; without one it is told as failed"""
    one, at = doctor(api), soon(ward, days=7)
    book(api, one, at, minutes=120)
    for day in range(3):
        book(api, one, moved(at, days=3 + day), minutes=120)
    found = settled(api, course(api, doctorId=one, startsAt=at, sessions=2, everyDays=3))
    assert found["status"] == "incomplete"
    assert [each["status"] for each in found["sessionStates"]] == ["booked", "failed"]
    assert appointment(api, found["sessionStates"][0]["appointmentId"])["startsAt"] == moved(at, days=1)


def test_a_course_that_is_given_up(api, ward):
    """188: what is still to come of a course is given back; what was ends it"""
    one, at = doctor(api), soon(ward, days=7)
    made = settled(api, course(api, doctorId=one, startsAt=at, sessions=2))
    ended = api.do("nurse", "POST", f"/courses/{made['id']}/cancellation")
    assert ended["status"] == "cancelled" and [each["status"] for each in ended["sessionStates"]] == ["cancelled"] * 2
    assert {appointment(api, each["appointmentId"])["status"] for each in made["sessionStates"]} == {"cancelled"}
    assert book(api, one, at)["startsAt"] == at
    assert_refused(api.call("nurse", "POST", f"/courses/{made['id']}/cancellation"), 409)
    other = settled(api, course(api, startsAt=soon(ward, days=7), sessions=1))
    only = other["sessionStates"][0]["appointmentId"]
    come(api, {"id": only})
    api.do("doctor", "POST", f"/appointments/{only}/beginning", {})
    api.do("doctor", "POST", f"/appointments/{only}/completion", {})
    assert api.do("nurse", "GET", f"/courses/{other['id']}")["status"] == "completed"


def test_what_is_no_course(api, ward):
    """188: a service of one visit, somebody who does not do it, a place that is not there: all are named at once"""
    body = {"patientId": sick(api), "doctorId": api.user("nurse"), "service": "general-consultation",
            "startsAt": soon(ward, days=-1), "locationId": api.department()}
    told = assert_refused(api.call("nurse", "POST", "/courses", body), 400)["details"]["fields"]
    assert {each["path"] for each in told} == {"service", "doctorId", "startsAt", "locationId"}


def visit(api, one: str) -> dict:
    """One that has begun."""
    made = arrivals(api, one, 1)[0]
    api.do("doctor", "POST", f"/appointments/{made['id']}/beginning", {})
    return made


def test_a_further_visit_is_due(api, ward):
    """187: a completed visit with a plan yields one due further visit at its time, counted from the end, and one reminder"""
    one = doctor(api)
    made = visit(api, one)
    planned = plan(api, made["id"], "doctor", type="therapy", note="Look at the knee.")
    assert (planned["status"], planned["dueAt"], planned["afterDays"]) == ("planned", None, 7)
    api.do("doctor", "POST", f"/appointments/{made['id']}/completion", {})

    def shown() -> dict:
        return api.do("doctor", "GET", f"/follow-ups/{planned['id']}")

    pending = shown()
    assert (pending["status"], pending["note"]) == ("pending", "Look at the knee.")
    due = datetime.fromisoformat(pending["dueAt"]) - ward.now()
    assert timedelta(days=6, hours=23) < due < timedelta(days=7)
    shift(ward, timedelta(days=7, minutes=1).total_seconds())
    api.forget()
    wait_for(lambda: shown()["status"] == "due", 60, "it is due")
    assert planned["id"] in [each["id"] for each in api.do("nurse", "GET", "/follow-ups?overdue=true&limit=100")]
    rows = ward.sql("SELECT 1 FROM reminders WHERE patient_id = %s AND kind = 'follow_up'", "admin", parameters=[made["patientId"]])
    assert len(rows) == 1
    booked = api.do("nurse", "POST", f"/follow-ups/{planned['id']}/appointment", {"startsAt": soon(ward, days=1)})
    assert booked["status"] == "scheduled"
    following = appointment(api, booked["nextAppointmentId"])
    assert (following["service"], following["patientId"]) == ("follow-up", made["patientId"])
    come(api, following)
    api.do("doctor", "POST", f"/appointments/{following['id']}/beginning", {})
    api.do("doctor", "POST", f"/appointments/{following['id']}/completion", {})
    assert shown()["status"] == "completed"
    stored = ward.sql("SELECT note FROM follow_ups WHERE id = %s", "admin", parameters=[planned["id"]])[0].note
    assert b"knee" not in bytes(stored)


def test_a_further_visit_that_is_not(api, ward):
    """187: a visit that never came leaves no plan; one booked for it that is cancelled makes it due again; taken back it is over"""
    one = doctor(api)
    never = book(api, one, soon(ward, days=3))
    lost = plan(api, never["id"])
    api.do("nurse", "POST", f"/appointments/{never['id']}/cancellation", {})
    assert api.do("nurse", "GET", f"/follow-ups/{lost['id']}")["status"] == "cancelled"
    made = visit(api, one)
    kept = plan(api, made["id"], afterDays=2)
    api.do("doctor", "POST", f"/appointments/{made['id']}/completion", {})
    booked = api.do("nurse", "POST", f"/follow-ups/{kept['id']}/appointment", {"startsAt": soon(ward, days=2)})
    api.do("nurse", "POST", f"/appointments/{booked['nextAppointmentId']}/cancellation", {})
    assert api.do("nurse", "GET", f"/follow-ups/{kept['id']}")["status"] == "pending"
    assert api.do("doctor", "DELETE", f"/follow-ups/{kept['id']}")["status"] == "cancelled"
    assert_refused(api.call("doctor", "POST", f"/follow-ups/{kept['id']}/completion"), 409)
    assert_refused(api.call("other admin", "GET", f"/follow-ups/{kept['id']}"), 404)


def test_all_steps_or_none(api, ward):
    """180: a booking of several steps has all its appointments, or none and the word which step could not be, and why"""
    doctors, at = [doctor(api) for _ in range(3)], soon(ward, days=9)
    steps = [step(each, moved(at, hours=n)) for n, each in enumerate(doctors)]
    done = bundle(api, steps)
    assert done["status"] == "booked"
    assert [appointment(api, each["appointmentId"])["startsAt"] for each in done["steps"]] == [each["startsAt"] for each in steps]
    # The last one's time is taken now, the others' are another day's.
    again = [step(each, moved(at, days=1, hours=n)) for n, each in enumerate(doctors[:2])] + [steps[2]]
    failed = bundle(api, again)
    assert (failed["status"], failed["failedStep"]) == ("failed", 3)
    assert [each["appointmentId"] for each in failed["steps"]] == [None] * 3
    assert failed["problem"]["conflicts"][0]["kind"] == "time_overlap"
    for each in again[:2]:
        assert book(api, each["doctorId"], each["startsAt"])["status"] == "scheduled"
    steps = ward.sql("SELECT count(*) AS n FROM appointment_history h JOIN appointments a ON a.id = h.appointment_id"
                     " WHERE a.patient_id = %s", "admin", parameters=[failed["patientId"]])
    assert steps[0].n == 0


def test_steps_that_make_no_sense(api, ward):
    """180: each bad step is named with its place"""
    body = {"patientId": sick(api), "steps": [step(doctor(api), soon(ward, days=1)), step(api.user("other admin"), soon(ward, days=-1), service="nothing")]}
    told = assert_refused(api.call("nurse", "POST", "/appointment-bundles", body), 400)["details"]["fields"]
    assert {each["path"] for each in told} == {f"steps[1].{name}" for name in ("doctorId", "startsAt", "service")}
    assert_refused(api.call("nurse", "POST", "/appointment-bundles", {"patientId": sick(api), "steps": []}), 400)
