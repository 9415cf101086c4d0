"""Calendars elsewhere that read somebody's appointments."""

from datetime import timedelta

import icalendar
import recurring_ical_events
import requests
from api_raw import assert_refused
from availability_support import own_record
from booking_support import at, booked, new_doctor, told
from own_house import api, ward  # noqa: F401 (fixtures by name)


def read(api, path: str) -> icalendar.Calendar:
    answer = requests.get(f"{api.ward.url}{path}", timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar"), answer.text
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    return icalendar.Calendar.from_ical(answer.text)


def events(calendar: icalendar.Calendar) -> dict[str, icalendar.Event]:
    return {str(each["UID"]).removesuffix("@ward"): each for each in calendar.walk("VEVENT")}


def test_a_calendar_follows(api):
    """184: a calendar shows an appointment; a move and a cancellation follow under the same name with a higher number"""
    patient = own_record(api)
    start = at(api, 7, 9)
    made = booked(api, new_doctor(api), start, patientId=patient, minutes=30)
    path = api.do("patient", "POST", "/calendar-feed", {})["path"]
    one = events(read(api, path))[made["id"]]
    assert (one.start, one.end) == (start, start + timedelta(minutes=30))
    assert str(one["STATUS"]) == "CONFIRMED" and str(one["SUMMARY"]) == "General consultation"
    found = recurring_ical_events.of(read(api, path)).between(start, start + timedelta(hours=1))
    assert [str(each["UID"]) for each in found] == [f"{made['id']}@ward"]
    moved = api.do("nurse", "POST", f"/appointments/{made['id']}/move", {
        "version": made["version"], "startsAt": told(start + timedelta(days=1))})
    two = events(read(api, path))[made["id"]]
    assert two.start == start + timedelta(days=1) and two["SEQUENCE"] > one["SEQUENCE"]
    assert recurring_ical_events.of(read(api, path)).between(start, start + timedelta(hours=1)) == []
    api.do("nurse", "POST", f"/appointments/{made['id']}/cancellation", {"cause": "patient", "version": moved["version"]})
    three = events(read(api, path))[made["id"]]
    assert str(three["STATUS"]) == "CANCELLED" and three["SEQUENCE"] > two["SEQUENCE"]


def test_whose_calendar_it_is(api):
    """184: a calendar holds its person's appointments alone, of doctor or patient, with nobody's name; its address is
    signed, a new one ends the old one, and each reading is on record"""
    doctor = api.user("doctor")
    name = f"Secret {told(at(api))}"
    patient = api.do("admin", "POST", "/patients", {"name": name})["id"]
    made = booked(api, doctor, at(api, 9, 15), patientId=patient, details={"reason": "Unmentionable"})
    other = booked(api, new_doctor(api), at(api, 9, 15))
    path = api.do("doctor", "POST", "/calendar-feed", {})["path"]
    text = requests.get(f"{api.ward.url}{path}", timeout=10).text
    assert made["id"] in text and other["id"] not in text
    assert name not in text and "Unmentionable" not in text and patient not in text and patient not in path
    assert api.audit("actor_id = %s AND action = 'calendar_feed_read'", doctor)
    for wrong in (path[:-8] + "AAAA.ics", path.removesuffix(".ics"), "/calendars/x.ics", "/calendars/"):
        assert requests.get(f"{api.ward.url}{wrong}", timeout=10).status_code == 404, wrong
    newer = api.do("doctor", "POST", "/calendar-feed", {})["path"]
    assert requests.get(f"{api.ward.url}{path}", timeout=10).status_code == 404
    assert made["id"] in requests.get(f"{api.ward.url}{newer}", timeout=10).text
    api.do("doctor", "DELETE", "/calendar-feed")
    assert requests.get(f"{api.ward.url}{newer}", timeout=10).status_code == 404
    assert_refused(api.call("doctor", "DELETE", "/calendar-feed"), 404)
