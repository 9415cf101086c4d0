"""The life of an alert over HTTP: raised, listed, answered, ended, and what may not be done with it."""

import threading
import uuid
from datetime import timedelta

import psycopg
import pytest
from hospital import RESOLUTION, moment

NOBODY = "0192f000-0000-7000-8000-0000deadbeef"


def refused_fields(answer) -> set[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return {(field["path"], field["rule"]) for field in answer.json()["details"]["fields"]}


def test_an_alert_is_raised(hospital):
    """111, 128: a valid alert is active in tier 1 with its first due time, and is published once"""
    alert = hospital.raise_alert(4, description="Fell in the bathroom.", title="Help")
    assert set(alert) >= set(
        "id hospitalId departmentId roomNumber alertType title description urgencyLevel priority status escalationTier"
        " nextEscalationAt acknowledgedBy acknowledgedAt resolvedBy resolvedAt resolution createdBy createdAt updatedAt"
        " expiresAt version".split())
    assert (alert["status"], alert["escalationTier"], alert["priority"]) == ("active", 1, "high")
    assert (alert["hospitalId"], alert["createdBy"]) == (hospital.id, hospital.user("operator"))
    assert moment(alert["nextEscalationAt"]) - moment(alert["createdAt"]) == timedelta(minutes=10)
    # What follows from the birth, like how its pages fare, comes in a time of its own.
    rows = hospital.ward.sql(
        "SELECT name FROM events WHERE payload LIKE %s AND name <> 'alert:deliveries' ORDER BY number",
        parameters=[f"%{alert['id']}%"])
    assert [row.name for row in rows] == ["alert:new", "notification:new"]


@pytest.mark.parametrize("room", ["", "   ", "x" * 51, None, 7])
def test_a_room_is_needed(hospital, room):
    """112: an alert without a room, or with one of more than 50 characters, is refused by name"""
    body = {"roomNumber": room, "alertType": "medical", "urgencyLevel": 3}
    fields = refused_fields(hospital.call("operator", "POST", "/alerts", body))
    assert {path for path, _ in fields} == {"roomNumber"}


def test_a_room_of_fifty_characters_is_taken(hospital):
    """112: the longest room number is 50 characters, of any script"""
    assert hospital.raise_alert(2, roomNumber="病" * 50)["roomNumber"] == "病" * 50


@pytest.mark.parametrize("urgency", [0, 6, -1, 2**63, 1.5, "5"])
def test_urgency_is_one_to_five(hospital, urgency):
    """113: any other urgency is refused by the API"""
    body = {"roomNumber": "1", "alertType": "medical", "urgencyLevel": urgency}
    fields = refused_fields(hospital.call("operator", "POST", "/alerts", body))
    assert {path for path, _ in fields} == {"urgencyLevel"}


@pytest.mark.parametrize("urgency", [0, 6])
def test_the_database_refuses_other_urgencies_too(hospital, urgency):
    """113: 0 and 6 are refused by the database"""
    alert = hospital.raise_alert(3)
    with pytest.raises(psycopg.errors.CheckViolation):
        hospital.ward.sql("UPDATE alerts SET urgency = %s WHERE id = %s", parameters=[urgency, alert["id"]])


@pytest.mark.parametrize("priority, urgency", [("low", 2), ("medium", 3), ("high", 4), ("critical", 5)])
def test_a_priority_stands_for_an_urgency(hospital, priority, urgency):
    """114: either is taken and both are returned, by the answer and by every later look"""
    alert = hospital.raise_alert(None, priority=priority)
    for seen in (alert, hospital.do("operator", "GET", f"/alerts/{alert['id']}")):
        assert (seen["urgencyLevel"], seen["priority"]) == (urgency, priority)
    assert hospital.raise_alert(urgency)["priority"] == priority


def test_priority_and_urgency_must_agree(hospital):
    """114: a priority that contradicts the urgency is refused, and so is having neither"""
    assert hospital.raise_alert(1, priority="low")["urgencyLevel"] == 1
    body = {"roomNumber": "1", "alertType": "medical"}
    both = hospital.call("operator", "POST", "/alerts", {**body, "urgencyLevel": 1, "priority": "critical"})
    assert refused_fields(both) == {("priority", "consistent")}
    assert refused_fields(hospital.call("operator", "POST", "/alerts", body)) == {("urgencyLevel", "required")}


def test_the_type_comes_from_the_hospitals_catalogue(hospital):
    """115: every listed type is taken and gives the title; another is refused, and so is none"""
    types = hospital.do("operator", "GET", "/alert-types")
    codes = {kind["code"] for kind in types}
    assert codes >= {"medical", "cardiac_arrest", "code_blue", "fall", "security", "fire", "equipment", "nurse_call"}
    for kind in types:
        assert hospital.raise_alert(2, alertType=kind["code"])["title"] == kind["title"]
    assert hospital.raise_alert(2, title="Bed 4 again")["title"] == "Bed 4 again"
    body = {"roomNumber": "1", "urgencyLevel": 3}
    unknown = hospital.call("operator", "POST", "/alerts", {**body, "alertType": "earthquake"})
    assert refused_fields(unknown) == {("alertType", "exists")}
    assert refused_fields(hospital.call("operator", "POST", "/alerts", body)) == {("alertType", "required")}


def test_patient_and_department_must_be_of_the_hospital(hospital):
    """116: ids of another hospital, or of nothing, are refused as if they did not exist"""
    of = lambda table, place: str(hospital.ward.sql(
        f"SELECT id FROM {table} WHERE hospital_id = %s ORDER BY id LIMIT 1", parameters=[place])[0].id)
    own = {"patientId": of("patients", hospital.id), "departmentId": of("departments", hospital.id)}
    assert hospital.raise_alert(2, **own)["departmentId"] == own["departmentId"]
    for patient, department in (
        (of("patients", hospital.other_id), of("departments", hospital.other_id)), (NOBODY, NOBODY)
    ):
        body = {"roomNumber": "1", "alertType": "medical", "urgencyLevel": 2, "patientId": patient}
        answer = hospital.call("operator", "POST", "/alerts", {**body, "departmentId": department})
        assert refused_fields(answer) == {("patientId", "exists"), ("departmentId", "exists")}


def test_only_the_legal_moves_are_made(hospital):
    """117: active to acknowledged to resolved, or cancelled before; every other step is a conflict"""
    moves = {
        "acknowledgement": ("nurse", {}), "resolution": ("doctor", {"resolution": RESOLUTION}),
        "cancellation": ("operator", {}), "escalation": ("head", {}), "declination": ("nurse", {})}
    paths = {
        "active": [], "acknowledged": ["acknowledgement"], "resolved": ["acknowledgement", "resolution"],
        "cancelled": ["cancellation"]}
    legal = {
        ("active", "acknowledgement"), ("active", "cancellation"), ("active", "escalation"), ("active", "declination"),
        ("acknowledged", "resolution"), ("acknowledged", "cancellation")}
    for status, way in paths.items():
        for move, (who, body) in moves.items():
            alert = hospital.raise_alert(3)
            for step in way:
                hospital.do(moves[step][0], "POST", f"/alerts/{alert['id']}/{step}", moves[step][1])
            before = hospital.alert(alert)
            assert before["status"] == status
            answer = hospital.call(who, "POST", f"/alerts/{alert['id']}/{move}", body)
            if (status, move) in legal:
                assert answer.status_code == 200, (status, move, answer.text)
            else:
                assert (answer.status_code, answer.json()["code"]) == (409, "CONFLICT"), (status, move)
                assert answer.json()["details"]["status"] == status
                assert hospital.alert(alert) == before


def test_an_acknowledgement_leaves_its_row(hospital):
    """118, 136: who, when and why are kept, and the escalation is off"""
    alert = hospital.raise_alert(5)
    answered = hospital.acknowledge(alert, notes="Two minutes.")
    assert (answered["status"], answered["nextEscalationAt"]) == ("acknowledged", None)
    assert answered["acknowledgedBy"] == hospital.user("nurse")
    assert answered["version"] == alert["version"] + 1
    rows = hospital.ward.sql(
        "SELECT user_id::text, notes, acknowledged_at FROM alert_acknowledgments WHERE alert_id = %s",
        parameters=[alert["id"]])
    assert [tuple(row) for row in rows] == [
        (hospital.user("nurse"), "Two minutes.", moment(answered["acknowledgedAt"]))]
    timers = hospital.ward.sql("SELECT kind FROM alert_timers WHERE alert_id = %s", parameters=[alert["id"]])
    assert [row.kind for row in timers] == ["response"]


def test_two_acknowledge_at_once(hospital):
    """119: of two who acknowledge at the same moment one wins, and the other is told who"""
    winners = set()
    for _ in range(10):
        alert = hospital.raise_alert(3)
        answers = {}
        start = threading.Barrier(2)

        def answer(who, alert=alert, answers=answers, start=start):
            start.wait(5)
            answers[who] = hospital.call(who, "POST", f"/alerts/{alert['id']}/acknowledgement", {})

        threads = [threading.Thread(target=answer, args=[who]) for who in ("nurse", "doctor")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(15)
        first, second = sorted(answers, key=lambda who: answers[who].status_code)
        winners.add(first)
        assert [answers[who].status_code for who in (first, second)] == [200, 409]
        assert hospital.name(first) in answers[second].json()["error"]
        assert answers[second].json()["details"]["acknowledgedBy"] == hospital.user(first)
        assert hospital.alert(alert)["acknowledgedBy"] == hospital.user(first)
        rows = hospital.ward.sql(
            "SELECT count(*) FROM alert_acknowledgments WHERE alert_id = %s", parameters=[alert["id"]])
        assert rows[0][0] == 1


def test_an_alert_is_resolved_with_words(hospital):
    """120: who resolved it, when and how are kept; words too few or too many are refused"""
    alert = hospital.raise_alert(3)
    hospital.acknowledge(alert)
    for words in ("", "too short", "x" * 2001):
        answer = hospital.call("doctor", "POST", f"/alerts/{alert['id']}/resolution", {"resolution": words})
        assert {path for path, _ in refused_fields(answer)} == {"resolution"}
    ended = hospital.resolve(alert)
    assert (ended["status"], ended["resolution"]) == ("resolved", RESOLUTION)
    assert ended["resolvedBy"] == hospital.user("doctor")
    assert moment(ended["resolvedAt"]) >= moment(alert["createdAt"])


def test_an_alert_ends_by_itself_when_its_time_is_over(hospital):
    """121: exactly the alerts past their expiresAt end, answered or not"""
    now = hospital.ward.now()
    at = lambda seconds: (now + timedelta(seconds=seconds)).isoformat()
    short, answered, long = (hospital.raise_alert(1, expiresAt=at(seconds)) for seconds in (120, 120, 300))
    hospital.acknowledge(answered)
    past = hospital.call(
        "operator", "POST", "/alerts",
        {"roomNumber": "1", "alertType": "medical", "urgencyLevel": 1, "expiresAt": at(-1)})
    assert refused_fields(past) == {("expiresAt", "future")}
    hospital.ward.shift_clock(121)
    hospital.catch_up()
    assert [hospital.alert(alert)["status"] for alert in (short, answered, long)] == ["expired", "expired", "active"]
    assert [entry["kind"] for entry in hospital.timeline(short)] == ["created", "expired"]
    assert hospital.ward.sql("SELECT 1 FROM alert_timers WHERE alert_id = %s", parameters=[short["id"]]) == []


def test_the_list_is_the_roles_and_in_order(hospital):
    """122: the nurse sees her department and what belongs to none, the doctor all; the most urgent and newest first"""
    own, foreign = hospital.department("ER"), hospital.department("ICU")
    raised = [
        hospital.raise_alert(urgency, departmentId=department)
        for urgency, department in ((2, own), (5, foreign), (3, None), (5, own), (3, own), (1, foreign))]
    def listed(who):
        return [alert["id"] for alert in hospital.do(who, "GET", "/alerts?status=active&limit=100")]
    order = sorted(raised, key=lambda a: (a["urgencyLevel"], moment(a["createdAt"])), reverse=True)
    assert listed("doctor") == [alert["id"] for alert in order]
    assert listed("nurse") == [alert["id"] for alert in order if alert["departmentId"] != foreign]
    assert listed("other nurse") == []
    assert hospital.call("patient", "GET", "/alerts").status_code == 403
    icu = hospital.do("doctor", "GET", f"/alerts?departmentId={foreign}")
    assert [alert["id"] for alert in icu] == [alert["id"] for alert in order if alert["departmentId"] == foreign]


def test_updating_and_cancelling_need_permission(hospital):
    """123: the operator corrects and cancels, the nurse may not and is told what she lacks"""
    alert = hospital.raise_alert(2)
    change = {"version": alert["version"], "roomNumber": "Corridor", "title": "Mind the step"}
    for method, path, body, permission in (
        ("PATCH", "", change, "update_alerts"), ("POST", "/cancellation", {}, "cancel_alerts"),
    ):
        refused = hospital.call("nurse", method, f"/alerts/{alert['id']}{path}", body)
        assert refused.status_code == 403
        details = refused.json()["details"]
        assert details["requiredPermission"] == permission and permission not in details["userPermissions"]
        assert "view_alerts" in details["userPermissions"]
    assert hospital.alert(alert) == alert
    changed = hospital.do("operator", "PATCH", f"/alerts/{alert['id']}", change)
    assert (changed["roomNumber"], changed["title"]) == ("Corridor", "Mind the step")
    stale = hospital.call("operator", "PATCH", f"/alerts/{alert['id']}", change)
    assert (stale.status_code, stale.json()["details"]["version"]) == (409, changed["version"])
    assert hospital.cancel(alert)["status"] == "cancelled"
    assert hospital.call("operator", "GET", f"/alerts/{uuid.uuid4()}").status_code == 404


def test_the_timeline_has_every_change_in_order(hospital):
    """124: raised, corrected, declined, escalated, answered and resolved stand in the order in which they happened"""
    alert = hospital.raise_alert(4)
    changed = hospital.do("operator", "PATCH", f"/alerts/{alert['id']}", {"version": 1, "roomNumber": "2"})
    hospital.do("nurse", "POST", f"/alerts/{alert['id']}/declination", {"reason": "In surgery."})
    hospital.do("head", "POST", f"/alerts/{alert['id']}/escalation")
    hospital.acknowledge(alert, "head", notes="Coming.")
    hospital.resolve(alert, "head")
    entries = hospital.timeline(alert)
    assert [(e["kind"], e["actorName"] and e["actorName"].split()[1], e["fromTier"], e["tier"]) for e in entries] == [
        ("created", "Operator", None, 1), ("updated", "Operator", None, None), ("declined", "Nurse", None, None),
        ("escalated", None, 1, 2), ("escalated", "Head", 2, 3), ("acknowledged", "Head", None, None),
        ("resolved", "Head", None, None)]
    times = [moment(entry["at"]) for entry in entries]
    assert times == sorted(times) and times[0] == moment(alert["createdAt"])
    assert changed["version"] == 2 and hospital.alert(alert)["version"] == 6
