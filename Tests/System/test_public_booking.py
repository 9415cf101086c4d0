"""Booking by a signed link, for people without an account."""

import base64
import json

from api_raw import assert_refused
from api_support import shift
from flow_support import book, by_link, doctor, link, moved, soon
from own_house import api, ward  # noqa: F401 (fixtures by name)

DAY = 86_400


def track(api, token: str, what: str = "status") -> dict:
    return api.do(None, "POST", f"/public-bookings/{what}", {"token": token})


def test_booked_by_a_link(api, ward):
    """193: who holds a hospital's link books without an account, and follows and gives up what he booked by another link"""
    one, at = doctor(api), soon(ward, days=6)
    made = link(api, one)
    shown = api.do(None, "POST", "/public-bookings/details", {"token": made["token"]})
    assert (shown["hospitalName"], shown["service"]) == ("Demo General", "general-consultation")
    booked = by_link(api, made["token"], at, email="guest@example.org", reason="A cough since Monday.")
    assert booked["status"] == "scheduled" and booked["startsAt"] == at
    assert track(api, booked["trackingToken"])["status"] == "scheduled"
    # The same as what the desk books: it takes the doctor's time, and has history, audit and event.
    answer = api.call("nurse", "POST", "/appointments", {
        "patientId": api.patient(), "doctorId": one, "service": "general-consultation", "startsAt": at})
    assert_refused(answer, 409)
    row = ward.sql("SELECT id, patient_id FROM appointments WHERE doctor_id = %s", "admin", parameters=[one])[0]
    assert api.do("doctor", "GET", f"/patients/{row.patient_id}")["email"] == "guest@example.org"
    audit = api.audit("action = 'appointment_booked_by_link' AND resource_id = %s", row.id)
    assert len(audit) == 1 and str(audit[0].hospital_id) == api.hospital() and audit[0].actor_id is None
    assert ward.sql("SELECT 1 FROM events WHERE hospital_id = %s AND name = 'appointment:updated' AND payload::jsonb ->>"
                    " 'appointmentId' = %s", parameters=[api.hospital(), str(row.id)])
    assert track(api, booked["trackingToken"], "cancellation")["status"] == "cancelled"
    assert_refused(api.call(None, "POST", "/public-bookings/cancellation", {"token": booked["trackingToken"]}), 409)
    assert book(api, one, at)["status"] == "scheduled"


def test_what_opens_nothing(api, ward):
    """193: a link that was altered, is of another kind, is over or was withdrawn answers 401, and books nothing"""
    one, at = doctor(api), soon(ward, days=6)
    made = link(api, one, expiresAt=soon(ward, days=1))
    booked = by_link(api, made["token"], at)
    raw = bytearray(base64.urlsafe_b64decode(made["token"] + "=" * (-len(made["token"]) % 4)))
    wrong = ["x", made["token"][:-3], made["token"] + "AAAA", booked["trackingToken"], api.token("nurse")[:90]]
    # A bit each of the kind, the hospital, the link, the time and the signature.
    for position in (0, 3, 20, 34, len(raw) - 1):
        raw[position] ^= 1
        wrong.append(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="))
        raw[position] ^= 1
    body = {"name": "Somebody", "phone": "+4915112345678", "startsAt": moved(at, hours=1)}
    for token in wrong:
        assert_refused(api.call(None, "POST", "/public-bookings", {**body, "token": token}), 401)
        assert_refused(api.call(None, "POST", "/public-bookings/details", {"token": token}), 401)
    for what in ("status", "cancellation", "check-in-code"):
        assert_refused(api.call(None, "POST", f"/public-bookings/{what}", {"token": made["token"]}), 401)
    gone = link(api, one)
    api.do("nurse", "DELETE", f"/booking-links/{gone['id']}")
    assert_refused(api.call(None, "POST", "/public-bookings", {**body, "token": gone["token"]}), 401)
    shift(ward, DAY + 60)
    api.forget()
    assert_refused(api.call(None, "POST", "/public-bookings", {**body, "token": made["token"]}), 401)
    rows = ward.sql("SELECT 1 FROM appointments WHERE doctor_id = %s", "admin", parameters=[one])
    assert len(rows) == 1


def test_a_link_to_follow_lasts_two_days(api, ward):
    """193: the link to follow works for two days and no longer"""
    booked = by_link(api, link(api, doctor(api))["token"], soon(ward, days=6))
    shift(ward, 2 * DAY - 60)
    api.forget()
    assert track(api, booked["trackingToken"])["status"] == "scheduled"
    shift(ward, 120)
    api.forget()
    assert_refused(api.call(None, "POST", "/public-bookings/status", {"token": booked["trackingToken"]}), 401)


def test_a_link_runs_out(api, ward):
    """193: a link books as often as it may; a time that is taken books nothing and makes no record"""
    one, at = doctor(api), soon(ward, days=6)
    made = link(api, one, mostBookings=2)
    by_link(api, made["token"], at)
    before = ward.sql("SELECT count(*) AS n FROM patients", "admin")[0].n
    body = {"token": made["token"], "name": "Somebody", "phone": "+4915112345678", "startsAt": at}
    assert_refused(api.call(None, "POST", "/public-bookings", body), 409)
    assert ward.sql("SELECT count(*) AS n FROM patients", "admin")[0].n == before
    by_link(api, made["token"], moved(at, hours=1))
    assert_refused(api.call(None, "POST", "/public-bookings", {**body, "startsAt": moved(at, hours=2)}), 409)
    assert next(each for each in api.do("nurse", "GET", "/booking-links?limit=100") if each["id"] == made["id"])["bookings"] == 2


def test_who_booked_by_a_link_comes(api, ward):
    """192: who booked by a link shows a code of his at the desk, and follows his place afterwards"""
    one = doctor(api)
    booked = by_link(api, link(api, one)["token"], soon(ward, minutes=5))
    token = booked["trackingToken"]
    assert track(api, token).get("position") is None
    code = track(api, token, "check-in-code")["code"]
    api.do("nurse", "POST", "/check-ins", {"code": code})
    shown = track(api, token)
    assert (shown["status"], shown["position"], shown["number"]) == ("checked_in", 1, 1)


def test_nothing_of_a_link_is_told(api, ward):
    """193: neither the link nor who books by it stands in the log of the process, in a job or in an event"""
    one = doctor(api)
    made = link(api, one)
    booked = by_link(api, made["token"], soon(ward, days=6), name="Xaver Unverwechselbar")
    told = ward.log(2000) + json.dumps([str(row) for row in ward.sql(
        "SELECT payload::text FROM events WHERE hospital_id = %s", parameters=[api.hospital()])])
    for mark in (made["token"], booked["trackingToken"], "Unverwechselbar"):
        assert mark not in told
