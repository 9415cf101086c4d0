"""Calls of the same room and type: counted on the open alert, unless they are urgent; under racers, too."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hospital import moment


def room() -> str:
    return f"R-{uuid.uuid4().hex[:8]}"


def again(hospital, alert, who="operator", **more) -> dict:
    """The same call once more, but for what is named."""
    return hospital.raise_alert(**{"who": who, "urgency": alert["urgencyLevel"], "roomNumber": alert["roomNumber"],
                                   "alertType": alert["alertType"], **more})


def count(hospital, alert) -> int:
    return hospital.ward.sql("SELECT count(*) FROM alerts WHERE room_number = %s",
                             parameters=[alert["roomNumber"]])[0][0]


def race(calls: list, threads: int = 50) -> list:
    with ThreadPoolExecutor(threads) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_a_repeat_is_counted_and_told(hospital):
    """111, 128: the same room and type again is the same alert: its count, its timeline, one event and no page"""
    alert = hospital.raise_alert(3)
    assert (alert["repeatCount"], alert["lastRepeatAt"], alert["repeatOf"]) == (0, None, None)
    hospital.listen("operator", subscribe=True)
    nurse = hospital.listen("nurse")
    hospital.listen("other nurse", subscribe=True)
    pages = hospital.pages(alert)
    told = again(hospital, alert, who="doctor", title="Again", description="Still on the floor.")
    heard = nurse.wait(lambda event, _: event == "alert:updated", 5, "the repeat")[1]
    assert heard == told == hospital.alert(alert)
    assert (told["id"], told["repeatCount"], told["version"]) == (alert["id"], 1, alert["version"] + 1)
    assert told["lastRepeatAt"] == told["updatedAt"]
    assert moment(told["updatedAt"]) > moment(alert["createdAt"])
    unchanged = set(alert) - {"repeatCount", "lastRepeatAt", "version", "updatedAt"}
    assert {name: told[name] for name in unchanged} == {name: alert[name] for name in unchanged}
    hospital.hears({"operator": ["alert:updated active"], "nurse": ["alert:updated active"]})
    assert hospital.pages(alert) == pages and count(hospital, alert) == 1
    entry = hospital.timeline(alert)[-1]
    assert (entry["kind"], entry["actorName"], entry["notes"]) == (
        "repeated", hospital.name("doctor"), "Again: Still on the floor.")
    audit = hospital.ward.sql(
        "SELECT outcome, actor_id::text AS actor, details->>'repeatCount' AS repeats FROM audit_log"
        " WHERE resource_id = %s AND action = 'alert_created' ORDER BY occurred_at, id", parameters=[alert["id"]])
    assert [tuple(row) for row in audit] == [
        ("success", hospital.user("operator"), None), ("success", hospital.user("doctor"), "1")]


def test_who_has_the_alert_hears_of_the_repeat(hospital):
    """111, 128: an acknowledged alert stays acknowledged, and its responder is told that it was called for again"""
    alert = hospital.raise_alert(2)
    hospital.acknowledge(alert)
    nurse, doctor = hospital.listen("nurse"), hospital.listen("doctor")
    told = again(hospital, alert)
    assert (told["status"], told["acknowledgedBy"], told["repeatCount"]) == ("acknowledged", hospital.user("nurse"), 1)
    notice = nurse.wait(lambda event, _: event == "notification:new", 5, "the repeat")[1]
    assert (notice["kind"], notice["alertId"]) == ("alert_repeated", alert["id"])
    hospital.hears({"nurse": ["notification:new alert_repeated 1", "alert:updated acknowledged"]})
    assert not doctor.heard
    timers = hospital.ward.sql("SELECT kind FROM alert_timers WHERE alert_id = %s", parameters=[alert["id"]])
    assert [row.kind for row in timers] == ["response"]


@pytest.mark.parametrize("opened, called, merges", [
    (3, 3, True), (3, 2, True), (5, 3, True), (2, 3, False), (4, 4, False), (5, 5, False), (5, 4, False), (1, 5, False)])
def test_nothing_urgent_merges(hospital, opened, called, merges):
    """111: urgencies 4 and 5 always ring by themselves and name what they repeat; so does what is more urgent"""
    alert = hospital.raise_alert(opened)
    second = again(hospital, alert, urgency=called)
    assert (second["id"] == alert["id"]) is merges
    assert count(hospital, alert) == 2 - merges
    if not merges:
        assert (second["repeatOf"], second["repeatCount"], second["status"]) == (alert["id"], 0, "active")
        assert hospital.alert(second) == second and hospital.alert(alert) == alert
        assert hospital.pages(second) == [(1, "nurse", 1)]


def test_the_most_fitting_alert_is_repeated(hospital):
    """111: of several open alerts of a room the call joins one that is urgent enough"""
    low = hospital.raise_alert(1)
    high = again(hospital, low, urgency=4)
    assert again(hospital, low, urgency=1)["id"] == high["id"]
    assert again(hospital, low, urgency=3)["id"] == high["id"]
    assert hospital.alert(low)["repeatCount"] == 0


def test_the_window_begins_anew_with_each_call(hospital):
    """111: the type's seconds count from the last call; afterwards it is a new alert that repeats nothing"""
    alert = hospital.raise_alert(1)
    for seconds in (100, 200, 300):
        hospital.shift_to(alert, seconds=seconds)
        assert again(hospital, alert)["id"] == alert["id"]
    hospital.shift_to(alert, seconds=430)
    later = again(hospital, alert)
    assert later["id"] != alert["id"] and later["repeatOf"] is None
    assert hospital.alert(alert)["repeatCount"] == 3


def test_a_type_without_a_window_never_merges(hospital):
    """111: the window is the type's; 0 seconds is none"""
    hospital.ward.sql("UPDATE alert_types SET merge_window_seconds = 0 WHERE code = 'equipment'")
    try:
        alert = hospital.raise_alert(2, alertType="equipment")
        assert again(hospital, alert)["id"] != alert["id"]
    finally:
        hospital.ward.sql("UPDATE alert_types SET merge_window_seconds = 120 WHERE code = 'equipment'")


def test_only_the_same_is_a_repeat(hospital):
    """111, 116: another type, room, patient, department or hospital, or an alert that is over, takes no repeat"""
    patients = [str(row.id) for row in hospital.ward.sql(
        "SELECT id FROM patients WHERE hospital_id = %s ORDER BY id LIMIT 2", parameters=[hospital.id])]
    department = hospital.department("ER")
    alert = hospital.raise_alert(3, patientId=patients[0], departmentId=department)
    others = [again(hospital, alert, alertType="fall"), again(hospital, alert, roomNumber=room()),
              again(hospital, alert, patientId=patients[1], departmentId=department),
              again(hospital, alert, departmentId=hospital.department("ICU"))]
    foreign = hospital.do("other admin", "POST", "/alerts", {
        "roomNumber": alert["roomNumber"], "alertType": alert["alertType"], "urgencyLevel": 3})
    assert len({each["id"] for each in [alert, foreign, *others]}) == 6
    assert [each["repeatOf"] for each in [foreign, *others]] == [None] * 5
    for same in ({"patientId": patients[0]}, {"departmentId": department}):
        assert again(hospital, alert, **same)["id"] == alert["id"]
    hospital.call("other admin", "POST", f"/alerts/{foreign['id']}/cancellation", {"reason": "test"})

    over = hospital.raise_alert(3)
    hospital.cancel(over)
    assert again(hospital, over)["repeatOf"] is None
    done = hospital.raise_alert(3)
    hospital.acknowledge(done)
    hospital.resolve(done)
    assert again(hospital, done)["id"] != done["id"]


def test_the_longer_life_counts(hospital):
    """111, 121: an alert that was to expire lasts as long as the last of its calls, for ever if one has no end"""
    alert = hospital.raise_alert(1)
    now = moment(alert["createdAt"])
    times = [(now + timedelta(seconds=seconds)).isoformat() for seconds in (60, 600, 30)]
    alert = hospital.raise_alert(1, expiresAt=times[0])
    for wanted in times[1:]:
        assert moment(again(hospital, alert, expiresAt=wanted)["expiresAt"]) == moment(times[1])
    due = "SELECT due_at FROM alert_timers WHERE kind = 'expiry' AND alert_id = %s"
    assert hospital.ward.sql(due, parameters=[alert["id"]])[0].due_at == moment(times[1])
    hospital.shift_to(alert, seconds=70)
    hospital.catch_up()
    assert hospital.alert(alert)["status"] == "active"
    assert again(hospital, alert)["expiresAt"] is None
    assert hospital.ward.sql(due, parameters=[alert["id"]]) == []


def test_a_replayed_call_is_no_repeat(hospital):
    """111: the same idempotency key gives the first answer again and counts nothing; another key counts"""
    body = {"roomNumber": room(), "alertType": "fall", "urgencyLevel": 2}
    keys = [uuid.uuid4().hex for _ in range(2)]
    first, replayed, other = (hospital.call("operator", "POST", "/alerts", body, {"Idempotency-Key": key})
                              for key in (keys[0], keys[0], keys[1]))
    assert replayed.json() == first.json() and first.status_code == 201
    assert other.json()["data"]["repeatCount"] == 1


def test_a_thousand_racers_make_no_second_alert(hospital):
    """111, 119: a thousand calls, fifty at the same moment for each of twenty rooms: one alert a room, the others
    counted with a row each, and one message for each call to each board"""
    operator = hospital.listen("operator", subscribe=True)
    rooms = [room() for _ in range(20)]
    callers = ("operator", "nurse", "doctor", "head")
    for who in callers:
        hospital.token(who)
    start = threading.Barrier(50)

    def call(number: int, name: str) -> dict:
        start.wait(30)
        body = {"roomNumber": name, "alertType": "fall", "urgencyLevel": 3}
        return hospital.do(callers[number % 4], "POST", "/alerts", body)

    answers = race([lambda n=n, name=name: call(n, name) for name in rooms for n in range(50)])
    hospital.settle()
    heard = [(event, data) for event, data in operator.take_all() if data.get("roomNumber") in rooms]
    for name in rooms:
        mine = [alert for alert in answers if alert["roomNumber"] == name]
        assert len({alert["id"] for alert in mine}) == 1 and count(hospital, mine[0]) == 1
        assert sorted(alert["repeatCount"] for alert in mine) == list(range(50))
        kinds = hospital.ward.sql("SELECT kind FROM alert_changes WHERE alert_id = %s", parameters=[mine[0]["id"]])
        assert [row.kind for row in kinds] == ["repeated"] * 49
        told = [(event, data["repeatCount"]) for event, data in heard if data["roomNumber"] == name]
        assert told == [("alert:new", 0)] + [("alert:updated", number) for number in range(1, 50)]


def test_urgent_racers_all_ring(hospital):
    """111: urgent calls at once are as many alerts as calls, also among lesser ones, which are at most one more"""
    name = room()

    def call(urgency):
        return hospital.do("operator", "POST", "/alerts", {
            "roomNumber": name, "alertType": "fall", "urgencyLevel": urgency})

    answers = race([lambda urgency=5 if n % 2 else 2: call(urgency) for n in range(60)], 20)
    urgent = {alert["id"] for alert in answers[1::2]}
    assert len(urgent) == 30
    assert len({alert["id"] for alert in answers[::2]} - urgent) <= 1
    assert all(alert["urgencyLevel"] == 5 and alert["repeatCount"] == 0 for alert in answers[1::2])
    repeats = hospital.ward.sql("SELECT sum(repeat_count) AS repeats, count(*) AS alerts FROM alerts WHERE room_number = %s",
                                parameters=[name])[0]
    assert repeats.repeats + repeats.alerts == 60


@pytest.mark.parametrize("noun, body, legal", [
    ("acknowledgement", {}, {"acknowledged"}), ("cancellation", {"reason": "test"}, {"cancelled"})])
def test_a_repeat_races_with_an_answer(hospital, noun, body, legal):
    """111, 117: a call at the moment of an answer counts on the alert while it is open, or rings anew; none is lost"""
    for _ in range(15):
        alert = hospital.raise_alert(2)
        calls = [lambda: again(hospital, alert) for _ in range(6)]
        calls.insert(3, lambda: hospital.do("operator" if noun == "cancellation" else "nurse", "POST",
                                            f"/alerts/{alert['id']}/{noun}", body))
        race(calls, 7)
        rows = hospital.ward.sql("SELECT id, status, repeat_count FROM alerts WHERE room_number = %s ORDER BY created_at",
                                 parameters=[alert["roomNumber"]])
        assert rows[0].status in legal
        assert sum(row.repeat_count for row in rows) + len(rows) == 7
        assert len(rows) == 1 if noun == "acknowledgement" else len(rows) <= 2
        for row in rows[1:]:
            hospital.cancel({"id": row.id})


def test_the_demo_has_a_team_that_its_people_fill(hospital):
    """118: the demo's trauma team asks for a doctor and a nurse, and both of its people make it whole"""
    alert = hospital.raise_alert(5, alertType="trauma_team")
    assert [(each["role"], each["count"], each["filled"]) for each in alert["quorum"]] == [
        ("doctor", 1, 0), ("nurse", 1, 0)]
    assert hospital.acknowledge(alert, "nurse")["status"] == "active"
    assert hospital.acknowledge(alert, "doctor")["status"] == "acknowledged"
