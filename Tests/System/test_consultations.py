"""Consultations: booked whole or not at all, listed in pages, carried through their states by whoever may."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import NOBODY, Complaints
from booking_support import at, told
from clinic_support import consult, doctor_of, patient_with_account
from own_house import api, ward  # noqa: F401 (fixtures by name)

KINDS = ("in_person", "video", "audio", "chat")


@pytest.fixture
def doctor(api) -> str:
    """A doctor of the test's own, by the name under which he signs in."""
    return doctor_of(api, "admin")


def patient(api) -> str:
    name = f"p{uuid.uuid4().hex[:8]}"
    patient_with_account(api, name)
    return name


def ask(api, who: str, doctor: str, start, kind: str = "video", **more):
    body = {"doctorId": api.user(doctor), "scheduledAt": told(start), "type": kind, **more}
    return api.call(who, "POST", "/consultations", body)


@pytest.mark.parametrize("kind", KINDS)
def test_a_consultation_is_booked_whole(api, ward, doctor, kind):
    """194: a booking leaves the consultation, the doctor's taken time, its history and its audit row, all of them"""
    who = patient(api)
    made = consult(api, who, api.user(doctor), at(api), kind, symptoms="Marker4471 cough")
    assert (made["type"], made["status"], made["symptoms"]) == (kind, "scheduled", "Marker4471 cough")
    for each in (who, doctor):
        assert api.do(each, "GET", f"/consultations/{made['id']}") == made
    assert ward.sql("SELECT count(*) FROM occupancy WHERE appointment_id = %s", parameters=[made["id"]])[0][0] == 1
    assert ward.sql("SELECT count(*) FROM appointment_history WHERE appointment_id = %s", parameters=[made["id"]])[0][0] == 1
    rows = ward.sql("SELECT action, outcome, actor_id FROM audit_log WHERE resource_id = %s AND action = 'consultation_booked'",
                    parameters=[made["id"]])
    assert [(row.outcome, str(row.actor_id)) for row in rows] == [("success", api.user(who))]
    assert "Marker4471" not in ward.log()
    assert "Marker4471".encode().hex() not in ward.sql("SELECT a::text FROM appointments a WHERE id = %s", "admin",
                                                       parameters=[made["id"]])[0][0]


def test_a_refused_booking_leaves_nothing(api, ward, doctor):
    """194: of a booking that is refused nothing is there: no consultation, no time, no history"""
    first, second = patient(api), patient(api)
    consult(api, first, api.user(doctor), at(api))
    before = [ward.sql(f"SELECT count(*) FROM {table}")[0][0] for table in ("appointments", "occupancy", "appointment_history")]
    assert assert_refused(ask(api, second, doctor, at(api)), 409)["details"]["conflicts"]
    refused = assert_refused(ask(api, second, doctor, at(api, days=-2)), 400)
    assert [each["path"] for each in refused["details"]["fields"]] == ["scheduledAt"]
    wrong = api.call(second, "POST", "/consultations", {"doctorId": NOBODY, "scheduledAt": told(at(api, 8)), "type": "video"})
    assert [each["path"] for each in assert_refused(wrong, 400)["details"]["fields"]] == ["doctorId"]
    assert_refused(ask(api, "nurse", doctor, at(api, 8)), 403)  # she has no record of her own
    after = [ward.sql(f"SELECT count(*) FROM {table}")[0][0] for table in ("appointments", "occupancy", "appointment_history")]
    assert after == before and api.do(second, "GET", "/consultations") == []


def test_one_of_many_gets_the_time(api, doctor):
    """194: of twenty patients who ask for one time at once one gets it; the same asked again is the same consultation"""
    people = [patient(api) for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda who: ask(api, who, doctor, at(api)), people))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 19
    winner = next(n for n, each in enumerate(answers) if each.status_code == 201)
    again = ask(api, people[winner], doctor, at(api))
    assert again.status_code == 201 and again.json()["data"] == answers[winner].json()["data"]
    assert len(api.do(doctor, "GET", "/consultations")) == 1


def test_a_second_page_has_nothing_of_the_first(api, doctor):
    """195: consultations are listed by limit and offset, earliest first, to both sides; no item of a page is on another"""
    who, other = patient(api), patient(api)
    made = [consult(api, who, api.user(doctor), at(api, 3 + n))["id"] for n in range(7)]
    consult(api, other, api.user(doctor), at(api, 20))
    for reader, wanted in ((who, made), (doctor, made)):
        pages = [[each["id"] for each in api.do(reader, "GET", f"/consultations?limit=3&offset={n}")] for n in (0, 3, 6)]
        found = [each for page in pages for each in page]
        assert found[:7] == wanted and len(set(found)) == len(found)
    assert api.call(who, "GET", "/consultations?limit=3&offset=3").json()["page"]["total"] == 7
    api.do(who, "POST", f"/consultations/{made[0]}/cancellation", {"reason": "I feel well."})
    assert [each["id"] for each in api.do(who, "GET", "/consultations?status=cancelled")] == made[:1]
    assert [each["id"] for each in api.do(who, "GET", "/consultations?status=scheduled,confirmed")] == made[1:]
    assert len(api.do(other, "GET", "/consultations")) == 1


def step(api, who: str, made: dict, status: str):
    return api.call(who, "PUT", f"/consultations/{made['id']}/status", {"status": status})


# The states in which a consultation without a way can be, and the steps to them.
ROADS = {"scheduled": [], "confirmed": ["confirmed"], "in_progress": ["confirmed", "in_progress"],
         "completed": ["confirmed", "in_progress", "completed"], "cancelled": ["cancelled"], "no_show": ["no_show"]}
LEGAL = {"scheduled": {"confirmed", "cancelled", "no_show"}, "confirmed": {"in_progress", "cancelled", "no_show"},
         "in_progress": {"completed", "cancelled"}, "completed": set(), "cancelled": set(), "no_show": set()}
STEPS = ("confirmed", "in_progress", "completed", "no_show", "cancelled")


def test_only_legal_steps(api, doctor):
    """196: of all pairs of states exactly the legal ones are steps; a refused one names what would be legal"""
    who, complaints, day = patient(api), Complaints(), 2
    for state, road in ROADS.items():
        for wanted in STEPS:
            made, day = consult(api, who, api.user(doctor), at(api, day)), day + 1
            for each in road:
                assert step(api, doctor, made, each).status_code == 200
            with complaints.about(f"{state} to {wanted}"):
                answer = step(api, doctor, made, wanted)
                if wanted in LEGAL[state]:
                    assert answer.status_code == 200 and answer.json()["data"]["status"] == wanted
                else:
                    details = assert_refused(answer, 409)["details"]
                    assert details["status"] == state and set(details["allowed"]) - {"checked_in", "scheduled"} == LEGAL[state]
    complaints.settle(at_least=30)


def test_who_carries_it_on(api, doctor):
    """196: the doctor carries a consultation through its life; the patient only cancels it; to all others it is not there"""
    who, stranger = patient(api), patient(api)
    made = consult(api, who, api.user(doctor))
    for status in STEPS[:-1]:
        assert_refused(step(api, who, made, status), 403)
    for other in (stranger, "doctor", "head", "admin", "other admin"):
        assert_refused(step(api, other, made, "cancelled"), 404)
        assert_refused(api.call(other, "GET", f"/consultations/{made['id']}"), 404)
        assert_refused(api.call(other, "POST", f"/consultations/{made['id']}/cancellation", {}), 404)
    assert api.do(who, "GET", f"/consultations/{made['id']}")["version"] == 1
    gone = api.do(who, "POST", f"/consultations/{made['id']}/cancellation", {"reason": "I feel well."})
    assert (gone["status"], gone["cancelReason"]) == ("cancelled", "I feel well.")
    assert ask(api, stranger, doctor, at(api)).status_code == 201  # its time is free


def test_who_comes_in_person_is_checked_in(api, doctor):
    """196: a consultation in person begins after a check-in; the others begin as soon as they are confirmed"""
    who = patient(api)
    made = consult(api, who, api.user(doctor), kind="in_person")
    assert step(api, doctor, made, "confirmed").status_code == 200
    assert_refused(step(api, doctor, made, "in_progress"), 409)
    api.do("nurse", "POST", f"/appointments/{made['id']}/check-in", {})
    assert step(api, doctor, made, "in_progress").status_code == 200


def test_a_stale_version_is_refused(api, doctor):
    """196: a step from a version that is no more is refused with the present one"""
    who = patient(api)
    made = consult(api, who, api.user(doctor))
    assert step(api, doctor, made, "confirmed").status_code == 200
    body = {"status": "in_progress", "version": 1}
    refused = assert_refused(api.call(doctor, "PUT", f"/consultations/{made['id']}/status", body), 409)
    assert refused["details"]["version"] == 2
