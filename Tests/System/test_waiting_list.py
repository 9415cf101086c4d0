"""Who waits for a time: the first whom a freed one fits has it held for him; and reminders that follow their appointment."""

from datetime import timedelta

import pytest
from api_raw import assert_refused
from api_support import shift
from flow_support import book, doctor, moved, sick, soon, wait_for_time, waiting
from own_house import api, post, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


def give_back(api, appointment: dict) -> None:
    api.do("nurse", "POST", f"/appointments/{appointment['id']}/cancellation", {})


def becomes(api, entry: dict, status: str) -> dict:
    wait_for(lambda: waiting(api, entry["id"])["status"] == status, 60, f"the entry is {status}")
    return waiting(api, entry["id"])


def no_job_waits(api) -> None:
    """What was given back has been offered, or fitted nobody."""
    wait_for(lambda: not api.ward.sql("SELECT 1 FROM jobs WHERE kind = 'appointment.freed' AND state <> 'dead'", "admin"), 60,
             "every freed time was looked at")


def test_the_first_whom_it_fits(api, ward):
    """183: a time given back is held for the most urgent and then the first come of those whom it fits, and for nobody else"""
    one, at = doctor(api), soon(ward, days=30)
    taken = book(api, one, at, minutes=30)
    wrong = [wait_for_time(api, doctorId=doctor(api), priority="urgent"),  # another doctor
             wait_for_time(api, doctorId=one, priority="urgent", latest=soon(ward, days=20)),  # too late
             wait_for_time(api, doctorId=one, priority="urgent", earliest=soon(ward, days=40)),  # too soon
             wait_for_time(api, doctorId=one, priority="urgent", minutes=45)]  # too short
    normal, later, high = (wait_for_time(api, doctorId=one, priority=each) for each in ("normal", "normal", "high"))
    give_back(api, taken)
    offered = becomes(api, high, "notified")
    held = api.do("nurse", "GET", f"/appointments/{offered['appointmentId']}")
    assert (held["status"], held["startsAt"], held["doctorId"], held["patientId"]) == ("held", at, one, high["patientId"])
    # Who says no is passed over; the next has it.
    assert api.do("nurse", "POST", f"/waiting-list/{high['id']}/refusal")["status"] == "waiting"
    offered = becomes(api, normal, "notified")
    assert api.do("nurse", "POST", f"/waiting-list/{normal['id']}/acceptance")["status"] == "scheduled"
    assert api.do("nurse", "GET", f"/appointments/{offered['appointmentId']}")["status"] == "scheduled"
    no_job_waits(api)
    assert [waiting(api, each["id"])["status"] for each in (*wrong, later, high)] == ["waiting"] * 6
    for again in ("acceptance", "refusal"):
        assert_refused(api.call("nurse", "POST", f"/waiting-list/{normal['id']}/{again}"), 409)


def test_an_offer_runs_out(api, ward):
    """183: a time that nobody takes within half an hour goes to the next; who let it pass waits on and is not asked again"""
    one, at = doctor(api), soon(ward, days=30)
    taken = book(api, one, at)
    first, second = (wait_for_time(api, doctorId=one) for _ in range(2))
    give_back(api, taken)
    becomes(api, first, "notified")
    shift(ward, 30 * 60 + 5)
    api.forget()
    becomes(api, second, "notified")
    assert waiting(api, first["id"])["status"] == "waiting"
    api.do("nurse", "DELETE", f"/waiting-list/{second['id']}")
    no_job_waits(api)
    assert waiting(api, first["id"])["status"] == "waiting" and waiting(api, second["id"])["status"] == "removed"
    assert book(api, one, at)["startsAt"] == at


def test_who_can_wait(api, ward):
    """183: every bad field is named at once; twenty a day may begin to wait for one doctor; a change needs what was seen"""
    body = {"patientId": sick(api), "doctorId": api.user("other admin"), "service": "nothing-of-ours", "latest": soon(ward, days=-1)}
    told = assert_refused(api.call("nurse", "POST", "/waiting-list", body), 400)["details"]["fields"]
    assert {each["path"] for each in told} == {"doctorId", "service", "latest"}
    one = doctor(api)
    entries = [wait_for_time(api, doctorId=one) for _ in range(20)]
    body = {"patientId": sick(api), "doctorId": one, "service": "general-consultation", "latest": soon(ward, days=9)}
    assert_refused(api.call("nurse", "POST", "/waiting-list", body), 409)
    path = f"/waiting-list/{entries[0]['id']}"
    assert api.do("nurse", "PATCH", path, {"version": 1, "priority": "high"})["priority"] == "high"
    assert_refused(api.call("nurse", "PATCH", path, {"version": 1, "priority": "low"}), 409)
    figures = api.do("nurse", "GET", "/waiting-list/figures")
    assert figures["waiting"] >= 20 and figures["longestWaitMinutes"] >= 0
    assert_refused(api.call("other nurse", "DELETE", path), 404)


def letters(post, email: str) -> list:
    return post.box.to(email)


@pytest.fixture
def patient(post) -> tuple[str, str]:
    """Somebody with an address."""
    email = f"w{post.ward.now().timestamp()}@example.org"
    made = post.api.do("doctor", "POST", "/patients", {"name": "Wanda Wartet", "email": email})
    return made["id"], email


def test_reminders_follow_their_appointment(post, patient):
    """163: an appointment reminds its patient once at each of its times; moved it does at the new ones, cancelled at none"""
    api, ward = post.api, post.ward
    who, email = patient
    one, at = doctor(api), soon(ward, days=5)
    made = book(api, one, at, patient=who)

    def due() -> list:
        return [row.due_at for row in ward.sql(
            "SELECT due_at FROM reminders WHERE patient_id = %s AND status = 'scheduled' ORDER BY due_at", "admin",
            parameters=[who])]

    def told(moment: str) -> list[str]:
        return [moved(moment, days=-1), moved(moment, hours=-1)]

    def shown() -> list[str]:
        return [each.isoformat().replace("+00:00", "Z") for each in due()]

    assert shown() == told(at)
    other = moved(at, days=2)
    api.do("nurse", "POST", f"/appointments/{made['id']}/move", {"version": made["version"], "startsAt": other})
    assert shown() == told(other)
    gone = book(api, one, moved(at, hours=1), patient=who)
    api.do("nurse", "POST", f"/appointments/{gone['id']}/cancellation", {})
    assert shown() == told(other)
    shift(ward, timedelta(days=6, minutes=1).total_seconds())
    api.forget()
    letter = post.box.wait_for(email)
    assert "Your appointment" in letter.get_content()
    shift(ward, timedelta(days=1).total_seconds())
    api.forget()
    wait_for(lambda: len(letters(post, email)) == 2, 60, "both reminders came")
    wait_for(lambda: not due(), 60, "none is left")
    assert len(letters(post, email)) == 2
