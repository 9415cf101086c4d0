"""The life of an appointment: steps, moves, holds, overrides."""

import pytest
from api_raw import assert_refused
from api_support import Complaints, shift
from booking_support import at, booked, new_doctor, room, step, told, wanted
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for

NOUNS = {"confirmed": "confirmation", "checked_in": "check-in", "in_progress": "beginning", "completed": "completion",
         "cancelled": "cancellation", "no_show": "no-show"}
# Written by hand from the inventory's 2.4, with holds and check-in.
LEGAL = {
    "held": {"confirmed", "cancelled"}, "scheduled": {"confirmed", "checked_in", "cancelled", "no_show"},
    "confirmed": {"checked_in", "cancelled", "no_show"}, "checked_in": {"in_progress", "cancelled", "no_show"},
    "in_progress": {"completed", "cancelled"}, "completed": set(), "cancelled": set(), "no_show": set(),
}
WAYS = {"scheduled": [], "held": [], "confirmed": ["confirmation"], "checked_in": ["check-in"],
        "in_progress": ["check-in", "beginning"], "completed": ["check-in", "beginning", "completion"],
        "cancelled": ["cancellation"], "no_show": ["no-show"]}


def reached(api, status: str, doctor: str, start) -> dict:
    made = booked(api, doctor, start, **({"holdSeconds": 3600} if status == "held" else {}))
    for noun in WAYS[status]:
        made = step(api, made, noun)
    assert made["status"] == status
    return made


def test_only_legal_steps(api):
    """179: from each state only the steps of the table are taken; another answers 409 and names those"""
    complaints, doctor, n = Complaints(), new_doctor(api), 0
    for status, legal in LEGAL.items():
        for target, noun in NOUNS.items():
            n += 1
            with complaints.about(f"{status} to {target}"):
                made = reached(api, status, doctor, at(api, 5 + n // 8, 8 + n % 8))
                answer = api.call("doctor", "POST", f"/appointments/{made['id']}/{noun}", {})
                if target in legal:
                    assert answer.json()["data"]["status"] == target, answer.text
                    assert answer.json()["data"]["version"] == made["version"] + 1
                else:
                    refused = assert_refused(answer, 409)
                    assert set(refused["details"]["allowed"]) - {"scheduled", "expired"} == legal, refused
                    assert api.do("nurse", "GET", f"/appointments/{made['id']}") == made
    complaints.settle(at_least=48)


def test_check_in(api):
    """192: a second check-in is refused, and who comes in person is not seen before it; by video he is once confirmed"""
    doctor = new_doctor(api)
    made = booked(api, doctor)
    step(api, made, "confirmation")
    refused = assert_refused(api.call("doctor", "POST", f"/appointments/{made['id']}/beginning", {}), 409)
    assert "checked_in" in refused["details"]["allowed"] and "in_progress" not in refused["details"]["allowed"]
    there = step(api, made, "check-in", "nurse")
    assert there["checkedInAt"] and there["startedAt"] is None
    assert_refused(api.call("nurse", "POST", f"/appointments/{made['id']}/check-in", {}), 409)
    assert step(api, made, "beginning")["startedAt"]
    over = step(api, made, "completion")
    assert over["endedAt"] and over["status"] == "completed"
    assert booked(api, doctor)["status"] == "scheduled"  # what is over takes no time
    by_video = booked(api, doctor, at(api, hour=12), medium="video")
    step(api, by_video, "confirmation")
    assert step(api, by_video, "beginning")["status"] == "in_progress"


def test_history(api):
    """Every step of an appointment is shown in order, with who took it"""
    made = booked(api)
    step(api, made, "confirmation", "nurse")
    step(api, made, "check-in", "head")
    steps = api.do("nurse", "GET", f"/appointments/{made['id']}/history")
    assert [(each["step"], each["status"]) for each in steps] == [
        ("booked", "scheduled"), ("confirmed", "confirmed"), ("checked_in", "checked_in")]
    assert [each["actorId"] for each in steps] == [api.user("admin"), api.user("nurse"), api.user("head")]
    assert_refused(api.call("other admin", "GET", f"/appointments/{made['id']}/history"), 404)


def test_a_stale_version_is_refused(api):
    """175: a change that was made from an earlier version answers 409 and changes nothing"""
    doctor = new_doctor(api)
    made = booked(api, doctor)
    moved = step(api, made, "move", startsAt=told(at(api, hour=10)), version=1)
    assert (moved["startsAt"], moved["version"], moved["status"]) == (told(at(api, hour=10)), 2, "scheduled")
    for noun, body in (("move", {"startsAt": told(at(api, hour=11)), "version": 1}), ("cancellation", {"version": 1}),
                       ("confirmation", {"version": 1}), ("check-in", {"version": 1})):
        refused = assert_refused(api.call("nurse", "POST", f"/appointments/{made['id']}/{noun}", body), 409)
        assert refused["details"]["version"] == 2
    assert api.do("nurse", "GET", f"/appointments/{made['id']}") == moved


def test_a_move_keeps_or_gives(api):
    """178: a move to a taken time leaves everything as it was; to a free one it gives the old time back"""
    doctor = new_doctor(api)
    first, second = booked(api, doctor), booked(api, doctor, at(api, hour=10))
    body = {"startsAt": second["startsAt"], "version": 1}
    refused = assert_refused(api.call("nurse", "POST", f"/appointments/{first['id']}/move", body), 409)
    assert [each["startsAt"] for each in refused["details"]["conflicts"]] == [second["startsAt"]]
    assert api.do("nurse", "GET", f"/appointments/{first['id']}") == first
    assert_refused(api.call("nurse", "POST", "/appointments", wanted(api, doctor)), 409)
    # Over a part of its own old time it does not stand in its own way.
    moved = step(api, first, "move", startsAt=told(at(api, minute=5)), version=1)
    moved = step(api, moved, "move", startsAt=told(at(api, hour=11)), minutes=30, version=2)
    assert moved["endsAt"] == told(at(api, hour=11, minute=30))
    assert booked(api, doctor)["status"] == "scheduled"
    gone = step(api, second, "cancellation")
    assert_refused(api.call("nurse", "POST", f"/appointments/{gone['id']}/move", {"startsAt": told(at(api, 9)), "version": 2}), 409)
    missed = step(api, booked(api, doctor, at(api, hour=15)), "no-show")
    assert step(api, missed, "move", startsAt=told(at(api, 9)), version=2)["status"] == "scheduled"


def test_an_emergency_overrides(api):
    """178: with a reason and the permission an emergency stands above what is taken; the hour is busy for others"""
    doctor = new_doctor(api)
    first = booked(api, doctor)
    urgent = wanted(api, doctor, priority="urgent", overrideReason="Marker6021 cannot wait")
    refused = assert_refused(api.call("nurse", "POST", "/appointments", urgent), 403)
    assert refused["details"]["requiredPermission"] == "override_bookings"
    above = api.do("doctor", "POST", "/appointments", urgent)
    assert (above["isOverride"], above["overrideReason"]) == (True, "Marker6021 cannot wait")
    assert above["overrideBy"] == api.user("doctor")
    seats = api.ward.sql("SELECT appointment_id, seat FROM occupancy WHERE appointment_id = ANY (%s::uuid[]) ORDER BY seat",
                         parameters=[[first["id"], above["id"]]])
    assert [(str(each.appointment_id), each.seat) for each in seats] == [(first["id"], 0), (above["id"], 100)]
    note, = api.audit("resource_id = %s AND outcome = 'success'", above["id"])
    assert note.details["isOverride"] is True and "Marker6021" not in str(note)
    step(api, first, "cancellation")
    assert_refused(api.call("doctor", "POST", "/appointments", wanted(api, doctor)), 409)
    assert api.do("doctor", "POST", "/appointments", wanted(api, doctor, overrideReason="One more"))["isOverride"]


def test_every_conflict_is_named(api):
    """178: the answer names each thing in the way with its kind and severity: the doctor, the room, the closed device"""
    doctor, chamber = new_doctor(api), room(api)["id"]
    scanner = api.do("admin", "POST", "/resources", {"kind": "equipment", "name": "Scanner"})["id"]
    booked(api, doctor, minutes=60)
    booked(api, start=at(api, minute=40), minutes=60, resources=[chamber])
    api.do("admin", "PATCH", f"/resources/{scanner}", {"version": 1, "isActive": False})
    body = wanted(api, doctor, minutes=60, resources=[chamber, scanner])
    details = assert_refused(api.call("nurse", "POST", "/appointments", body), 409)["details"]
    found = {each["resource"]: (each["kind"], each["severity"]) for each in details["conflicts"]}
    assert found[chamber] == ("resource_conflict", "high") and found[scanner] == ("resource_conflict", "critical")
    assert sorted(found.values()) == [("resource_conflict", "critical"), ("resource_conflict", "high"), ("time_overlap", "critical")]
    assert details["strategies"] == ["reschedule", "override"] and isinstance(details["alternatives"], list)


def test_capacity(api):
    """190: a resource of several seats takes so many at once and no more"""
    ring = room(api, capacity=3)["id"]
    for _ in range(3):
        booked(api, resources=[ring])
    refused = assert_refused(api.call("nurse", "POST", "/appointments", wanted(api, resources=[ring])), 409)
    assert {each["kind"] for each in refused["details"]["conflicts"]} == {"capacity_exceeded"}
    assert len(refused["details"]["conflicts"]) == 3


def test_a_hold_runs_out(api):
    """A held place is taken until its end, and then free again by itself, also where its job did not come yet"""
    doctor = new_doctor(api)
    held = booked(api, doctor, holdSeconds=600)
    assert held["status"] == "held" and held["holdEndsAt"]
    assert_refused(api.call("nurse", "POST", "/appointments", wanted(api, doctor)), 409)
    kept = booked(api, doctor, at(api, hour=10), holdSeconds=600)
    assert step(api, kept, "confirmation")["holdEndsAt"] is None
    try:
        shift(api.ward, 700)
        api.forget()
        assert booked(api, doctor)["status"] == "scheduled"
        wait_for(lambda: api.do("nurse", "GET", f"/appointments/{held['id']}")["status"] == "expired", 20, "the hold is over")
        assert api.do("nurse", "GET", f"/appointments/{kept['id']}")["status"] == "confirmed"
        steps = [each["step"] for each in api.do("nurse", "GET", f"/appointments/{held['id']}/history")]
        assert steps == ["booked", "expired"]
        alone = booked(api, doctor, at(api, hour=12), holdSeconds=60)
        shift(api.ward, 1400)
        wait_for(lambda: api.do("nurse", "GET", f"/appointments/{alone['id']}")["status"] == "expired", 20, "its job came")
        assert len(api.audit("resource_id = %s AND action = 'appointment_expired'", alone["id"])) == 1
    finally:
        api.ward.reset_clock()
        api.forget()


def test_a_hold_ends_though_its_job_came_early(api):
    """205: a job that finds the hold lasting yet, by a clock that is behind, comes again: no hold is for ever"""
    made = booked(api, holdSeconds=600)
    try:
        api.ward.sql("UPDATE jobs SET due_at = ward.now() WHERE kind = 'appointment.expire' AND due_at > ward.now() RETURNING 1",
                     "admin")
        tried = "SELECT 1 FROM jobs WHERE kind = 'appointment.expire' AND attempts > 0 AND state = 'waiting' AND lease_token IS NULL"
        wait_for(lambda: api.ward.sql(tried, "admin"), 30, "the job was done too early, and is there still")
        assert api.do("nurse", "GET", f"/appointments/{made['id']}")["status"] == "held"
        shift(api.ward, 1200)
        api.forget()
        wait_for(lambda: api.do("nurse", "GET", f"/appointments/{made['id']}")["status"] == "expired", 30, "the hold is over")
    finally:
        api.ward.reset_clock()
        api.forget()


@pytest.mark.parametrize("path", ["", "/history"])
def test_another_hospital_finds_nothing(api, path):
    """An appointment of another hospital is not there"""
    made = booked(api)
    assert_refused(api.call("other admin", "GET", f"/appointments/{made['id']}{path}"), 404)
    for noun in (*NOUNS.values(), "move"):
        body = {"startsAt": told(at(api)), "version": 1} if noun == "move" else {}
        assert_refused(api.call("other admin", "POST", f"/appointments/{made['id']}/{noun}", body), 404)
    assert api.do("nurse", "GET", f"/appointments/{made['id']}") == made
