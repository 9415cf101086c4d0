"""What the sockets of the desk and of those who are booked hear of appointments."""

import pytest
from booking_support import booked, new_doctor, own_record, step
from hospital import Ear
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import member

HEARD = {"appointmentId", "doctorId", "status", "startsAt", "version"}


@pytest.fixture
def listen(api):
    """A person's socket, which ends with the test."""
    ears = []

    def open_one(who: str, transport: str = "websocket") -> Ear:
        ears.append(Ear(api.ward, who, transport).connect(api.token(who)))
        return ears[-1]

    yield open_one
    for ear in ears:
        ear.close()


def updates(ear: Ear) -> list[dict]:
    return [message[1] for message in list(ear.heard) if message[0] == "appointment:updated"]


def about(ear: Ear, appointment: dict) -> list[dict]:
    """What was said of one appointment, until it was cancelled."""
    ear.wait(lambda event, data=None, *_: event == "appointment:updated" and data["appointmentId"] == appointment["id"]
             and data["status"] == "cancelled", 10, "the end of the appointment")
    return [each for each in updates(ear) if each["appointmentId"] == appointment["id"]]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_the_desk_hears_each_step(api, listen, transport):
    """179, 191: who subscribed to the appointments hears each step once, with ids and times and nothing of the patient"""
    member(api, "receptionist", "receptionist")
    desk = [listen(who, transport) for who in ("receptionist", "nurse")]
    for ear in desk:
        assert ear.ask("subscribe:appointments", {}) == {"ok": True}
    made = booked(api, new_doctor(api))
    step(api, made, "confirmation", "receptionist")
    step(api, made, "cancellation", "receptionist", cause="patient")
    for ear in desk:
        told = about(ear, made)
        assert [each["status"] for each in told] == ["scheduled", "confirmed", "cancelled"]
        assert [each["version"] for each in told] == sorted({each["version"] for each in told})
        assert all(set(each) == HEARD for each in told)


def test_others_hear_nothing(api, listen):
    """179, 71: a patient may not subscribe and hears of his own visits alone; another hospital hears of none"""
    patient, foreign, nurse = listen("patient"), listen("other admin"), listen("nurse")
    assert patient.ask("subscribe:appointments", {})["code"] == "FORBIDDEN"
    for ear in (foreign, nurse):
        assert ear.ask("subscribe:appointments", {}) == {"ok": True}
    theirs = booked(api, new_doctor(api))
    own = booked(api, new_doctor(api), patientId=own_record(api))
    there = booked(api, new_doctor(api, "other admin"), who="other admin")
    for who, made in (("nurse", theirs), ("nurse", own), ("other admin", there)):
        step(api, made, "cancellation", who, cause="patient")
    # What is heard of the last is heard after all that came before it.
    for ear, last, ids in ((nurse, own, {theirs["id"], own["id"]}), (patient, own, {own["id"]}), (foreign, there, {there["id"]})):
        assert [each["status"] for each in about(ear, last)] == ["scheduled", "cancelled"]
        assert {each["appointmentId"] for each in updates(ear)} == ids
