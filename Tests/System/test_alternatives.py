"""Bookings against the hours, and other times instead: ranked, with what the patient prefers first."""

import random
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

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


def is_open(moment: datetime, hours: list[dict], zones: dict, off: list, extra: list) -> bool:
    """Whether somebody can be booked in the minute that begins here: asked of each minute alone."""
    def shown(each: dict) -> bool:
        local = moment.astimezone(zones[each.get("locationId")])
        return (each.get("isActive", True) and local.isoweekday() == each["day"]
                and each["start"] <= f"{local:%H:%M}" < each["end"]
                and each.get("from", "") <= str(local.date()) <= each.get("until", "9999"))
    inside = lambda spans: any(a <= moment < b for a, b in spans)
    return (any(shown(each) for each in hours) or inside(extra)) and not inside(off)


def test_bookings_keep_to_the_hours_of_any_place(api):
    """170, 169: a doctor with hours at two places in two zones, with times off and times beside them, is booked exactly
    when he is there for each minute, also while clocks change: of 120 bookings counted minute by minute"""
    dice = random.Random(2026)
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Berlin"})
    place = api.do("admin", "POST", "/locations", {"name": f"Island {dice.random()}", "timeZone": "Australia/Lord_Howe"})["id"]
    zones = {None: ZoneInfo("Europe/Berlin"), place: ZoneInfo("Australia/Lord_Howe")}
    days = [(api.ward.now() + timedelta(days=n)).date() for n in range(10, 600)]
    changes = [day for day in days for zone in zones.values()
               if datetime.combine(day, time(), zone).utcoffset() != datetime.combine(day + timedelta(1), time(), zone).utcoffset()]
    assert len(changes) >= 6
    some = doctor(api)
    hours = [{"day": day, "start": start, "end": end} for day in (1, 3, 6) for start, end in (("01:00", "02:30"), ("02:30", "05:00"))]
    # On Sundays, when clocks change, there is a gap into which a clock that is put back falls.
    hours += [{"day": 7, "start": "01:00", "end": "01:45"}, {"day": 7, "start": "02:30", "end": "05:00"},
              {"day": 7, "start": "20:00", "end": "24:00"}, {"day": 1, "start": "00:00", "end": "01:00"}]
    hours += [{"day": 4, "start": "09:00", "end": "12:00", "from": str(days[100]), "until": str(days[200])}]
    hours += [{"day": 5, "start": "09:00", "end": "12:00", "isActive": False}]
    hours += [{"day": day, "start": "12:00", "end": "16:00", "locationId": place} for day in range(1, 8)]
    set_hours(api, some, hours, capacity=50)
    spans: dict[str, list] = {"off": [], "extra": []}
    for n, kind in enumerate(["off", "extra"] * 3):
        start = datetime.combine(changes[n], time(0, 40), timezone.utc)
        spans[kind].append((start, start + timedelta(minutes=45)))
        api.do("admin", "POST", f"/doctors/{some}/availability-exceptions", {
            "kind": kind, "from": told(start), "to": told(start + timedelta(minutes=45)), "title": "At another time"})
    berlin = lambda day, clock: datetime.combine(day, time.fromisoformat(clock), zones[None]).astimezone(timezone.utc)
    tries = [(berlin(day, clock), 60) for day in changes for clock in ("02:30", "02:45")]
    while len(tries) < 120:
        each = dice.choice(hours)
        day = dice.choice(changes) + timedelta(days=dice.choice((-1, 0, 0, 0, 1))) if dice.random() < 0.6 else dice.choice(days)
        edge = datetime.combine(day, time.fromisoformat(dice.choice((each["start"], "02:00", "03:00"))), zones[each.get("locationId")])
        start = edge.astimezone(timezone.utc) + timedelta(minutes=dice.choice((-20, -5, 0, 0, 5, 30)))
        tries.append((start, dice.choice((5, 30, 60, 90))))
    patient, outcomes = new_patient(api), {True: 0, False: 0}
    for start, minutes in tries:
        expected = all(is_open(start + timedelta(minutes=n), hours, zones, spans["off"], spans["extra"]) for n in range(minutes))
        answer = api.call("admin", "POST", "/appointments", wanted(api, some, start, patientId=patient, minutes=minutes))
        assert answer.status_code == (201 if expected else 409), (start, minutes, answer.text)
        if not expected:
            assert {found["kind"] for found in answer.json()["details"]["conflicts"]} == {"doctor_unavailable"}, answer.text
        outcomes[expected] += 1
    assert min(outcomes.values()) >= 30, outcomes


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


def test_other_times_follow_hours_and_bookings(api):
    """178: what a refusal offers follows at once what is booked and what changes in the doctor's hours, in how many
    he sees at once, in his days off and in the hospital's clocks, though his hours are kept between two refusals"""
    some, day = doctor(api), at(api, 7).date()
    shown = set_hours(api, some, every_day("09:00", "11:00"))
    booked(api, some, at(api, 7, 9))

    def offered(hour: int = 9) -> list[str]:
        refused = assert_refused(api.call("admin", "POST", "/appointments", wanted(api, some, at(api, 7, hour))), 409)
        return sorted(each["startsAt"][11:16] for each in refused["details"]["alternatives"]
                      if each["startsAt"][:10] == str(day))

    assert offered() == offered() == ["09:30", "10:00", "10:30"]
    booked(api, some, at(api, 7, 10))
    assert offered() == ["09:30", "10:30"]
    shown = set_hours(api, some, every_day("08:00", "10:00"), version=shown["version"])
    assert offered() == ["08:00", "08:30", "09:30"]
    api.do("admin", "PATCH", "/hospital", {"timeZone": "Etc/GMT+1"})
    assert offered() == ["09:30", "10:30"]
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
    assert offered() == ["08:00", "08:30", "09:30"]
    day_off(api, some, date=str(day))
    assert offered() == []


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
