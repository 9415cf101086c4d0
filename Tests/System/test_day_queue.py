"""The queues of doctors: who has come, in which order, how long it takes; checked in by a code, followed by a ticket."""

import pytest
from api_raw import assert_refused
from api_support import NOBODY, shift
from flow_support import arrivals, book, come, doctor, own_record, queue, soon
from hospital import Ear
from own_house import api, ward  # noqa: F401 (fixtures by name)


def stand(api, of_doctor: str) -> list[tuple]:
    """(number, state, position, minutes) of each, in their order."""
    return [(each["number"], each["state"], each["position"], each["waitMinutes"])
            for each in queue(api, of_doctor)["entries"]]


def start(api, appointment: dict) -> None:
    api.do("doctor", "POST", f"/appointments/{appointment['id']}/beginning", {})


def finish(api, appointment: dict) -> None:
    api.do("doctor", "POST", f"/appointments/{appointment['id']}/completion", {})


def test_place_and_wait_change(api):
    """182: after each start and each end everybody behind has another place or another time to wait, and is shown it"""
    one = doctor(api)
    here = arrivals(api, one, 3)
    first = queue(api, one)
    assert stand(api, one) == [(1, "waiting", 1, 0), (2, "waiting", 2, 15), (3, "waiting", 3, 30)]
    start(api, here[0])
    assert stand(api, one) == [(1, "in_progress", 0, 0), (2, "waiting", 1, 15), (3, "waiting", 2, 30)]
    finish(api, here[0])
    assert stand(api, one) == [(2, "waiting", 1, 0), (3, "waiting", 2, 15)]
    api.do("nurse", "POST", f"/appointments/{here[1]['id']}/cancellation", {})
    assert stand(api, one) == [(3, "waiting", 1, 0)]
    place = api.do("nurse", "GET", f"/appointments/{here[2]['id']}/queue-position")
    assert (place["position"], place["waitMinutes"], place["state"]) == (1, 0, "waiting")
    left = api.do("nurse", "GET", f"/appointments/{here[1]['id']}/queue-position")
    assert (left["position"], left["state"]) == (0, "left")
    assert queue(api, one)["version"] == first["version"] + 3
    figures = next(each for each in api.do("nurse", "GET", "/doctor-queues?limit=100") if each["doctorId"] == one)
    assert (figures["waiting"], figures["inProgress"], figures["done"], figures["left"]) == (1, 0, 1, 1)


def test_an_emergency_goes_first(api):
    """182: an emergency is put in front of all but earlier emergencies, when it comes or later; the others keep their order"""
    one = doctor(api)
    arrivals(api, one, 2)
    urgent = [book(api, one, soon(api.ward, minutes=30 + 15 * n), priority="urgent") for n in range(2)]
    for each in urgent:
        come(api, each)
    assert [each[0] for each in stand(api, one)] == [3, 4, 1, 2]
    last = queue(api, one)["entries"][-1]
    shown = api.do("doctor", "POST", f"/queue-entries/{last['id']}/emergency")
    assert [each["number"] for each in shown["entries"]] == [3, 4, 2, 1]
    assert [each["isEmergency"] for each in shown["entries"]] == [True, True, True, False]
    start(api, urgent[0])
    assert_refused(api.call("doctor", "POST", f"/queue-entries/{shown['entries'][0]['id']}/emergency"), 409)


def test_an_order_of_ones_own(api):
    """182: who orders a queue names all who wait, each once, from the state that he saw"""
    one = doctor(api)
    arrivals(api, one, 3)
    seen = queue(api, one)
    ids = [each["id"] for each in seen["entries"]]
    path = f"/doctors/{one}/queue"
    for wrong in (ids[:2], ids + [NOBODY], [ids[0], ids[0], ids[1]], []):
        answer = api.call("nurse", "PUT", path, {"version": seen["version"], "entryIds": wrong})
        assert [each["path"] for each in assert_refused(answer, 400)["details"]["fields"]] == ["entryIds"]
    shown = api.do("nurse", "PUT", path, {"version": seen["version"], "entryIds": ids[::-1]})
    assert [each["number"] for each in shown["entries"]] == [3, 2, 1]
    assert [each["waitMinutes"] for each in shown["entries"]] == [0, 15, 30]
    assert_refused(api.call("nurse", "PUT", path, {"version": seen["version"], "entryIds": ids}), 409)
    come(api, book(api, one, soon(api.ward, minutes=60)))
    assert [each[0] for each in stand(api, one)] == [3, 2, 1, 4]


def test_a_queue_is_bounded(api):
    """182: the fifty-first who would wait for one doctor is told that the queue is full; an emergency finds room"""
    one = doctor(api)
    seed = arrivals(api, one, 1)[0]
    api.ward.sql(
        "INSERT INTO queue_entries (hospital_id, id, queue_id, appointment_id, number, place, state, ended_at)"
        " SELECT e.hospital_id, gen_random_uuid(), e.queue_id, e.appointment_id, n, n, 'left', ward.now()"
        " FROM queue_entries e, generate_series(2, 50) n WHERE e.appointment_id = %s RETURNING 1", "admin",
        parameters=[seed["id"]])
    # As if they were of other appointments: one appointment has one open entry.
    api.ward.sql("DROP INDEX queue_entries_once", "admin")
    try:
        api.ward.sql("UPDATE queue_entries SET state = 'waiting', ended_at = NULL WHERE appointment_id = %s RETURNING 1",
                     "admin", parameters=[seed["id"]])
        code = api.do("admin", "POST", f"/appointments/{book(api, one, soon(api.ward, minutes=45))['id']}/check-in-code")
        assert_refused(api.call("nurse", "POST", "/check-ins", {"code": code["code"]}), 409)
        come(api, book(api, one, soon(api.ward, minutes=60), priority="urgent"))
        assert queue(api, one)["entries"][0]["isEmergency"]
    finally:
        api.ward.sql("DELETE FROM queue_entries WHERE number BETWEEN 2 AND 50 AND appointment_id = %s RETURNING 1", "admin",
                     parameters=[seed["id"]])
        api.ward.sql("CREATE UNIQUE INDEX queue_entries_once ON queue_entries (hospital_id, appointment_id)"
                     " WHERE state IN ('waiting', 'in_progress')", "admin")


def test_what_the_log_tells(api, ward):
    """182: each change of a queue is an event that says which queue and nothing about who waits in it"""
    one = doctor(api)
    here = arrivals(api, one, 2)
    rows = ward.sql("SELECT payload::jsonb AS payload FROM events WHERE hospital_id = %s AND name = 'queue:updated'"
                    " AND payload::jsonb ->> 'doctorId' = %s ORDER BY number", parameters=[api.hospital(), one])
    assert [row.payload["version"] for row in rows] == [2, 3]
    assert all(set(row.payload) == {"queueId", "doctorId", "date", "version"} for row in rows)
    assert not [row for row in rows for each in here if each["patientId"] in str(row.payload)]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_place_is_followed(api, ward, transport):
    """154: who has come for an appointment follows his place by a ticket, without signing in, through starts and ends"""
    one = doctor(api)
    here = arrivals(api, one, 3)
    ticket = api.do("nurse", "POST", f"/appointments/{here[2]['id']}/queue-ticket")
    assert (ticket["place"]["position"], ticket["place"]["waitMinutes"]) == (3, 30)
    ear = Ear(ward, "holder", transport).connect(None)
    assert ear.ask("track-queue", {"token": ticket["token"]}) == {"ok": True}

    def hears(state: str, position: int, minutes: int) -> None:
        wanted = {"number": 3, "state": state, "position": position, "waitMinutes": minutes}
        ear.wait(lambda event, data: event == "queue:position" and data == wanted, 15, f"{wanted}")

    hears("waiting", 3, 30)
    start(api, here[0])
    hears("waiting", 2, 30)
    finish(api, here[0])
    hears("waiting", 2, 15)
    api.do("nurse", "POST", f"/appointments/{here[1]['id']}/cancellation", {})
    hears("waiting", 1, 0)
    start(api, here[2])
    hears("in_progress", 0, 0)
    assert {name for name, _ in ear.take_all()} == {"queue:position"}
    ear.close()


def test_checked_in_by_a_code(api, ward):
    """192: a code checks its patient in once, for five minutes, in its own hospital; a visit starts only afterwards"""
    one = doctor(api)
    appointment = book(api, one, soon(ward, hours=1))
    path = f"/appointments/{appointment['id']}"
    assert_refused(api.call("doctor", "POST", f"{path}/beginning", {}), 409)
    code = api.do("nurse", "POST", f"{path}/check-in-code")["code"]
    assert_refused(api.call("other nurse", "POST", "/check-ins", {"code": code}), 400)
    for wrong in (code[:-4] + "AAAA", "x", code + "A", api.token("nurse")[:90]):
        assert_refused(api.call("nurse", "POST", "/check-ins", {"code": wrong}), 400)
    assert api.do("nurse", "POST", "/check-ins", {"code": code})["status"] == "checked_in"
    assert_refused(api.call("nurse", "POST", "/check-ins", {"code": code}), 409)
    start(api, appointment)
    old = api.do("nurse", "POST", f"/appointments/{book(api, one, soon(ward, hours=2))['id']}/check-in-code")["code"]
    shift(ward, 301)
    api.forget()
    assert_refused(api.call("nurse", "POST", "/check-ins", {"code": old}), 400)


def test_a_patients_own_code(api, ward):
    """192: a patient has codes and tickets for his own appointments and for nobody else's"""
    one, patient = doctor(api), own_record(api)
    mine, other = (book(api, one, soon(ward, hours=4 + n), patient=who) for n, who in enumerate((patient, None)))
    code = api.do("patient", "POST", f"/my-appointments/{mine['id']}/check-in-code")["code"]
    for what in ("check-in-code", "queue-ticket"):
        assert_refused(api.call("patient", "POST", f"/my-appointments/{other['id']}/{what}"), 404)
    assert_refused(api.call("patient", "POST", f"/my-appointments/{mine['id']}/queue-ticket"), 409)
    api.do("nurse", "POST", "/check-ins", {"code": code})
    assert api.do("patient", "POST", f"/my-appointments/{mine['id']}/queue-ticket")["place"]["position"] == 1
