"""Bookings against the hours, and other times instead: ranked, with what the patient prefers first."""

from datetime import timedelta

import pytest
from api_raw import assert_refused
from api_support import NOBODY
from availability_support import day_off, doctor, own_record, prefer, set_hours, slots
from booking_support import at, booked, new_patient, told, wanted
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import problems


@pytest.fixture(autouse=True)
def clocks(api):
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})


def every_day(start: str, end: str) -> list[dict]:
    return [{"day": day, "start": start, "end": end} for day in range(1, 8)]


def test_bookings_keep_to_the_hours(api):
    """170: a booking inside of the hours is taken, one outside of them or on a day off is refused with the part that is
    closed, and stands only as an override; who has said no hours is bound by none"""
    some = doctor(api)
    set_hours(api, some, every_day("09:00", "17:00"))
    booked(api, some, at(api, 7, 9))
    refused = assert_refused(api.call("admin", "POST", "/appointments", wanted(api, some, at(api, 7, 18))), 409)
    conflicts = refused["details"]["conflicts"]
    assert [each["kind"] for each in conflicts] == ["doctor_unavailable"]
    assert conflicts[0]["startsAt"] == told(at(api, 7, 18))
    day_off(api, some, date=str(at(api, 8).date()))
    assert_refused(api.call("admin", "POST", "/appointments", wanted(api, some, at(api, 8, 10))), 409)
    booked(api, some, at(api, 8, 10), overrideReason="An emergency")
    booked(api, doctor(api), at(api, 7, 3))


def test_slots_keep_clear_of_bookings(api):
    """169: what is booked is not offered, and is again when it is given back; two at once where there are two seats"""
    one, two = doctor(api), doctor(api)
    for each, seats in ((one, 1), (two, 2)):
        set_hours(api, each, every_day("09:00", "10:00"), averageMinutes=30, capacity=seats)
    day = at(api, 7, 0)
    free = lambda who: [each[11:16] for each in slots(api, who, told(day), told(day + timedelta(days=1)), more="&minutes=30")]
    assert free(one) == free(two) == ["09:00", "09:30"]
    made = booked(api, one, at(api, 7, 9), minutes=30)
    assert free(one)[-1:] == ["09:30"] and "09:00" not in free(one)
    booked(api, two, at(api, 7, 9), minutes=30)
    assert free(two) == ["09:00", "09:30"]
    booked(api, two, at(api, 7, 9), minutes=30)
    assert "09:00" not in free(two)
    api.do("admin", "POST", f"/appointments/{made['id']}/cancellation", {"cause": "patient"})
    assert free(one) == ["09:00", "09:30"]


def test_a_conflict_brings_alternatives(api):
    """178: who finds a time taken is told what stands there and other times, ranked: near the wanted one first, with its
    score and what that means, all of them free"""
    some = doctor(api)
    set_hours(api, some, every_day("09:00", "17:00"))
    booked(api, some, at(api, 7, 12))
    refused = assert_refused(api.call("admin", "POST", "/appointments", wanted(api, some, at(api, 7, 12))), 409)
    assert [each["kind"] for each in refused["details"]["conflicts"]] == ["time_overlap"]
    found = refused["details"]["alternatives"]
    assert 5 <= len(found) <= 10 and {each["doctorId"] for each in found} == {some}
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True) and found[0]["label"] == "preferred"
    assert all(each["startsAt"][:10] == str(at(api, 7).date()) for each in found if each["score"] > 70)
    for each in found:
        asked = api.do("admin", "GET", f"/doctors/{some}/availability?startsAt={each['startsAt']}&minutes=15")
        assert asked["isAvailable"], each
    booked(api, some, at(api, 7, 9), patientId=new_patient(api))


def test_what_a_patient_prefers_comes_first(api):
    """185: the preferred doctor, days and hours of a patient rank first among the alternatives; without them the nearest"""
    one, two = doctor(api), doctor(api)
    for each in (one, two):
        set_hours(api, each, every_day("08:00", "18:00"))
    patient = new_patient(api)
    body = {"patientId": patient, "doctorId": one, "startsAt": told(at(api, 7, 12)), "minutes": 30}
    plain = api.do("nurse", "POST", "/appointment-alternatives", body)["alternatives"]
    assert plain[0]["doctorId"] == one and plain[0]["wishes"] == 0 and plain[0]["startsAt"][:10] == told(at(api, 7))[:10]
    shown = prefer(api, patient, "nurse", doctorId=two, weekdays=[(at(api, 9).isoweekday())], earliest="16:00", latest="18:00")
    assert shown["doctorId"] == two and shown["version"] == 1 and shown["earliest"] == "16:00"
    assert api.do("nurse", "GET", f"/patients/{patient}/booking-preferences") == shown
    found = api.do("nurse", "POST", "/appointment-alternatives", body)["alternatives"]
    assert (found[0]["doctorId"], found[0]["wishes"]) == (two, 3)
    assert found[0]["startsAt"] == told(at(api, 9, 16))
    assert [each["wishes"] for each in found] == sorted((each["wishes"] for each in found), reverse=True)
    # The same in the answer to a booking that finds its time taken.
    booked(api, one, at(api, 7, 12))
    refused = assert_refused(
        api.call("admin", "POST", "/appointments", wanted(api, one, at(api, 7, 12), patientId=patient)), 409)
    assert refused["details"]["alternatives"][0]["doctorId"] == two


def test_preferences_are_checked(api):
    """185: preferences that make no sense are refused by their fields, an old version is a conflict, and a patient sets
    his own and nobody else's"""
    patient = new_patient(api)
    path = f"/patients/{patient}/booking-preferences"
    assert api.do("nurse", "GET", path)["version"] == 0
    for body, fields in (({"earliest": "09:00"}, {"latest": "required"}), ({"latest": "09:00"}, {"earliest": "required"}),
                         ({"earliest": "09:00", "latest": "08:00"}, {"latest": "order"}),
                         ({"weekdays": [1, 8]}, {"weekdays": "range"}), ({"weekdays": [1, 1]}, {"weekdays": "unique"}),
                         ({"doctorId": NOBODY}, {"doctorId": "exists"})):
        assert problems(api.call("nurse", "PUT", path, {"version": 0, **body})) == fields, body
    prefer(api, patient, weekdays=[1])
    assert_refused(api.call("nurse", "PUT", path, {"version": 0}), 409)
    assert_refused(api.call("patient", "GET", path), 403)
    assert_refused(api.call("other nurse", "GET", path), 404)
    mine = own_record(api)
    before = api.do("patient", "GET", "/my-record/booking-preferences")
    assert before["patientId"] == mine
    after = api.do("patient", "PUT", "/my-record/booking-preferences", {"version": before["version"], "weekdays": [2, 3]})
    assert after["weekdays"] == [2, 3] and api.do("nurse", "GET", f"/patients/{mine}/booking-preferences") == after
    assert api.audit("patient_id = %s AND action = 'booking_preferences_viewed'", patient)
