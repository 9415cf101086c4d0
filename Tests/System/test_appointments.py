"""Appointments: booked once and only once, found again, given back."""

import pytest
from api_raw import assert_refused
from api_support import Complaints
from booking_support import SERVICE, at, booked, new_doctor, new_patient, told, wanted
from own_house import api, ward  # noqa: F401 (fixtures by name)


def occupied(api, appointment: dict) -> int:
    return len(api.ward.sql("SELECT 1 FROM occupancy WHERE appointment_id = %s", parameters=[appointment["id"]]))


def test_a_time_is_booked_once(api):
    """171: a second booking of a taken time answers 409 and names what is in the way, not who"""
    doctor = new_doctor(api)
    first = booked(api, doctor, details={"reason": "Marker7391"})
    assert (first["status"], first["version"], first["doctorId"]) == ("scheduled", 1, doctor)
    body = wanted(api, doctor, at(api, minute=10))
    refused = assert_refused(api.call("nurse", "POST", "/appointments", body), 409)
    conflict, = refused["details"]["conflicts"]
    assert (conflict["kind"], conflict["startsAt"], conflict["endsAt"]) == ("time_overlap", first["startsAt"], first["endsAt"])
    assert conflict["severity"] == "low" and refused["details"]["strategy"] == "reschedule"
    assert first["patientId"] not in str(refused) and "Marker7391" not in str(refused)
    assert api.ward.sql("SELECT 1 FROM appointments WHERE patient_id = %s", parameters=[body["patientId"]]) == []
    # Right after it is free.
    assert booked(api, doctor, at(api, minute=15))["status"] == "scheduled"


def test_the_same_again_is_the_same(api):
    """173: the same patient who sends the same booking again gets the same appointment, and it is booked once"""
    body = wanted(api)
    first = api.do("nurse", "POST", "/appointments", body)
    again = api.do("doctor", "POST", "/appointments", body)
    assert again == first
    assert len(api.ward.sql("SELECT 1 FROM appointments WHERE patient_id = %s", parameters=[body["patientId"]])) == 1
    assert [each.step for each in api.ward.sql(
        "SELECT step FROM appointment_history WHERE appointment_id = %s", parameters=[first["id"]])] == ["booked"]
    # Once it is given up it is not the same any more.
    api.do("nurse", "POST", f"/appointments/{first['id']}/cancellation", {})
    assert api.do("nurse", "POST", "/appointments", body)["id"] != first["id"]


def test_a_cancelled_time_is_free_at_once(api):
    """A cancellation gives the time back in its own transaction, and leaves history, audit row, event and job"""
    doctor = new_doctor(api)
    first = booked(api, doctor)
    assert occupied(api, first) == 1
    gone = api.do("nurse", "POST", f"/appointments/{first['id']}/cancellation", {"cause": "patient", "reason": "Marker88"})
    assert (gone["status"], gone["cancelCause"], gone["cancelReason"], gone["version"]) == ("cancelled", "patient", "Marker88", 2)
    assert occupied(api, first) == 0
    assert booked(api, doctor)["status"] == "scheduled"
    steps = api.ward.sql("SELECT step, status, reason, actor_id FROM appointment_history WHERE appointment_id = %s ORDER BY id",
                         parameters=[first["id"]])
    assert [(each.step, each.status, each.reason) for each in steps] == [
        ("booked", "scheduled", None), ("cancelled", "cancelled", "patient")]
    assert str(steps[1].actor_id) == api.user("nurse")
    actions = [each.action for each in api.audit("resource_id = %s AND outcome = 'success'", first["id"])]
    assert actions == ["appointment_booked", "appointment_cancelled"]
    asked = "SELECT 1 FROM jobs WHERE kind = 'appointment.freed' UNION ALL SELECT 1 FROM finished_jobs WHERE kind = 'appointment.freed'"
    assert len(api.ward.sql(asked, "admin")) >= 1
    told_of = api.ward.sql("SELECT payload FROM events WHERE name = 'appointment:updated' AND payload LIKE %s ORDER BY number",
                           parameters=[f"%{first['id']}%"])
    assert len(told_of) == 2 and '"status":"cancelled"' in told_of[1].payload
    assert first["patientId"] not in told_of[0].payload
    again = assert_refused(api.call("nurse", "POST", f"/appointments/{first['id']}/cancellation", {}), 409)
    assert again["details"]["allowed"] == []


def test_what_is_not_there_is_named(api):
    """All bad references of a booking are named at once"""
    theirs = new_patient(api, "other admin")
    body = {"patientId": theirs, "doctorId": api.user("nurse"), "service": SERVICE, "startsAt": "2020-01-01T00:00:30Z",
            "locationId": theirs, "resources": [theirs], "medium": "video", "details": {"colour": "red", "reason": 7}}
    refused = assert_refused(api.call("nurse", "POST", "/appointments", body), 400)
    assert {each["path"] for each in refused["details"]["fields"]} == {
        "patientId", "doctorId", "locationId", "resources[0]", "startsAt", "details.colour", "details.reason"}


def test_lists_by_hospital_and_doctor(api):
    """191: a hospital's and a doctor's appointments are listed in the order of their time, by indexes"""
    doctor, other = new_doctor(api), new_doctor(api)
    made = [booked(api, doctor, at(api, hour=hour)) for hour in (12, 9, 15)]
    booked(api, other)
    listed = api.do("nurse", "GET", f"/appointments?doctorId={doctor}")
    assert [each["id"] for each in listed] == [made[1]["id"], made[0]["id"], made[2]["id"]]
    morning = api.do("nurse", "GET", f"/appointments?doctorId={doctor}&to={told(at(api, hour=12))}")
    assert [each["id"] for each in morning] == [made[1]["id"]]
    assert api.do("nurse", "GET", f"/appointments?doctorId={doctor}&status=cancelled") == []
    everything = {each["id"] for each in api.do("nurse", "GET", "/appointments?limit=100")}
    assert {each["id"] for each in made} <= everything
    assert not everything & {each["id"] for each in api.do("other admin", "GET", "/appointments?limit=100")}


def test_ones_own(api):
    """A patient books for himself, sees his own appointments alone and gives up nobody else's"""
    mine = new_patient(api)
    api.ward.sql("UPDATE patients SET user_id = NULL WHERE user_id = %s RETURNING 1", "admin", parameters=[api.user("patient")])
    body = {"doctorId": new_doctor(api), "service": SERVICE, "startsAt": told(at(api))}
    assert_refused(api.call("patient", "POST", "/my-appointments", body), 403)
    api.ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "admin", parameters=[api.user("patient"), mine])
    own = api.do("patient", "POST", "/my-appointments", body)
    assert own["patientId"] == mine
    theirs = booked(api)
    assert [each["id"] for each in api.do("patient", "GET", "/my-appointments")] == [own["id"]]
    assert_refused(api.call("patient", "GET", f"/appointments/{own['id']}"), 403)
    assert_refused(api.call("patient", "POST", f"/my-appointments/{theirs['id']}/cancellation", {}), 404)
    gone = api.do("patient", "POST", f"/my-appointments/{own['id']}/cancellation", {})
    assert (gone["status"], gone["cancelCause"]) == ("cancelled", "patient")


@pytest.mark.parametrize("column", ["content"])
def test_what_somebody_comes_for_is_sealed(api, column):
    """Why somebody comes stands readable neither in the table nor in its history, its events or the log"""
    complaints = Complaints()
    mark = "Marker5150"
    made = booked(api, details={"reason": mark, "symptoms": mark})
    assert api.do("nurse", "GET", f"/appointments/{made['id']}")["details"] == {"reason": mark, "symptoms": mark}
    api.do("nurse", "POST", f"/appointments/{made['id']}/cancellation", {"reason": mark})
    for table in ("appointments", "appointment_history", "events", "audit_log", "jobs", "idempotency_keys"):
        with complaints.about(table):
            assert api.ward.sql(f"SELECT 1 FROM {table} t WHERE t::text LIKE %s", "admin", parameters=[f"%{mark}%"]) == []
    assert bytes(api.ward.sql(f"SELECT {column} FROM appointments WHERE id = %s", parameters=[made["id"]])[0][0])
    assert mark not in api.ward.log()
    complaints.settle(at_least=6)
