"""From the operator's click to the end: an alert rings, climbs while nobody answers, and stops when somebody does.

Every message of every client counts: one that should not be there fails the test.
"""

import uuid

import pytest
from hospital import RESOLUTION, moment
from ward_process import wait_for

REACHED = ["", "nurse", "doctor", "head", "admin"]


def audit(hospital, since) -> list[tuple]:
    """Who did what, with which outcome, without the duty changes that settle() makes and the sign-ins."""
    rows = hospital.ward.sql(
        "SELECT l.action, l.outcome, coalesce(u.name, l.actor_kind) AS actor, l.code FROM audit_log l"
        " LEFT JOIN users u ON u.id = l.actor_id WHERE l.occurred_at > %s AND l.action NOT IN ('duty_changed', 'login')"
        " ORDER BY l.occurred_at, l.id", parameters=[since])
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_an_alert_rings_climbs_and_is_answered(hospital, transport):
    """129, 132, 133, 136, 142, 143, 144, 147: an alert that nobody answers climbs at 5, 10 and 15 minutes to doctor,
    head doctor and administrator, each of whom hears it, until the nurse acknowledges and the doctor resolves it"""
    # The end of a process writes the refusals that it has only counted: those of earlier tests, before this begins.
    hospital.ward.restart()
    began = hospital.ward.now()
    operator, nurse = (hospital.listen(who, transport, subscribe=True) for who in ("operator", "nurse"))
    upper = {who: hospital.listen(who, transport) for who in ("doctor", "head", "admin")}
    patient = hospital.listen("patient", transport)
    for who in ("other nurse", "other admin"):
        hospital.listen(who, transport, subscribe=True)
    assert {ear.client.transport() for ear in hospital.ears} == {transport}
    named = lambda **messages: {
        (who if transport == "websocket" else f"{who} (polling)"): heard for who, heard in messages.items()}

    # Raised: every board has the whole alert, once, and the nurse is paged.
    alert = hospital.raise_alert(5, description="Chest pain.")
    fresh = hospital.do("nurse", "GET", f"/alerts/{alert['id']}")
    assert fresh == alert
    for ear in (operator, nurse):
        assert ear.wait(lambda event, _: event == "alert:new", 5, "the alert")[1] == alert
    notice = nurse.wait(lambda event, _: event == "notification:new", 5, "the page")[1]
    assert notice == {
        "kind": "alert_created", "alertId": alert["id"], "tier": 1, "urgencyLevel": 5, "priority": "critical",
        "roomNumber": alert["roomNumber"], "title": alert["title"], "reason": None}
    hospital.hears(named(operator=["alert:new"], nurse=["alert:new", "notification:new alert_created 1"]))

    # Nobody answers: just before each due time nothing, at it one step.
    for tier, minutes in ((2, 5), (3, 10), (4, 15)):
        hospital.shift_to(alert, minutes, seconds=-1.5)
        hospital.hears({})
        assert len(hospital.escalations(alert)) == tier - 2
        ear = upper[REACHED[tier]]
        _, told = ear.wait(lambda event, _: event == "alert:escalated", 4, f"the step to tier {tier}")
        step = hospital.escalations(alert)[-1]
        created = moment(alert["createdAt"])
        assert (step.due_at - created).total_seconds() == minutes * 60
        assert 0 <= (step.escalated_at - step.due_at).total_seconds() < 1
        following = moment(told.pop("nextEscalationAt"))
        assert (following - created).total_seconds() == (minutes + 5) * 60
        assert told == {"alertId": alert["id"], "tier": tier}
        seen = hospital.alert(alert)
        assert (seen["escalationTier"], moment(seen["nextEscalationAt"])) == (tier, following)
        step = f"alert:escalated {tier}"
        hospital.hears(named(**{
            "operator": [step], "nurse": [step],
            REACHED[tier]: [step, f"notification:new alert_escalated {tier}"]}))

    # Answered: it stops, and whoever is second learns who was first.
    answered = hospital.acknowledge(alert, notes="On my way.")
    second = hospital.call("doctor", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    assert second.status_code == 409
    assert second.json()["code"] == "CONFLICT" and hospital.name("nurse") in second.json()["error"]
    details = second.json()["details"]
    assert (details["status"], details["acknowledgedBy"]) == ("acknowledged", hospital.user("nurse"))
    for ear in (operator, nurse):
        assert ear.wait(lambda event, _: event == "alert:updated", 5, "the answer")[1] == answered
    hospital.shift_to(alert, minutes=20, seconds=1)
    hospital.catch_up()
    # Everybody who was paged hears that it is in hand.
    hospital.hears(named(**dict.fromkeys(
        ("operator", "nurse", "doctor", "head", "admin"), ["alert:updated acknowledged"])))

    ended = hospital.resolve(alert)
    assert ended["status"] == "resolved"
    assert operator.wait(lambda event, _: event == "alert:updated", 5, "the end")[1] == ended
    hospital.ward.shift_clock(3600)
    hospital.catch_up()
    hospital.hears(named(**dict.fromkeys(
        ("operator", "nurse", "doctor", "head", "admin"), ["alert:updated resolved"])))
    assert patient.heard == []

    nurse_name, doctor_name = hospital.name("nurse"), hospital.name("doctor")
    story = [(e["kind"], e["actorName"], e["tier"], e["reason"], e["notes"]) for e in hospital.timeline(alert)]
    assert story == [
        ("created", hospital.name("operator"), 1, None, None),
        ("escalated", None, 2, "timeout", None), ("escalated", None, 3, "timeout", None),
        ("escalated", None, 4, "timeout", None), ("acknowledged", nurse_name, None, None, "On my way."),
        ("resolved", doctor_name, None, None, RESOLUTION)]
    written = [
        ("alert_created", "success", hospital.name("operator"), None),
        *[("alert_escalated", "success", "system", None)] * 3,
        ("alert_acknowledged", "success", nurse_name, None),
        ("alert_acknowledged", "failure", doctor_name, "CONFLICT"),
        ("alert_resolved", "success", doctor_name, None)]
    wait_for(lambda: len(audit(hospital, began)) >= len(written), 5, "the refusal is audited")
    assert audit(hospital, began) == written


@pytest.fixture
def quick_ladder(hospital):
    """Steps of seconds for security alerts: `quick_ladder(urgency, step_seconds, …)`."""
    def make(urgency: int, steps: list[int], repeats: bool = False, response_seconds: int | None = None):
        hospital.ward.sql(
            "INSERT INTO escalation_ladders (hospital_id, id, urgency, alert_type, step_seconds, repeats,"
            " response_seconds) VALUES (%s, %s, %s, 'security', %s, %s, %s)",
            parameters=[hospital.id, uuid.uuid4(), urgency, steps, repeats, response_seconds])

    yield make
    hospital.ward.sql("DELETE FROM escalation_ladders WHERE alert_type = 'security'")


@pytest.mark.slow
def test_twenty_alerts_climb_in_real_time(hospital, quick_ladder):
    """130: twenty alerts on steps of five seconds: no step comes early, none is a second late"""
    quick_ladder(5, [5, 10])
    began = hospital.ward.now()
    alerts = [hospital.raise_alert(5, alertType="security") for _ in range(20)]
    ids = [alert["id"] for alert in alerts]
    count = lambda: hospital.ward.sql(
        "SELECT count(*) FROM alert_escalations WHERE alert_id = ANY (%s::uuid[])", parameters=[ids])[0][0]
    wait_for(lambda: count() == 40, 15, lambda: f"40 steps, but {count()}", pause=0.25)
    steps = hospital.ward.sql(
        "SELECT e.to_tier, extract(epoch FROM e.due_at - a.created_at)::float AS due,"
        " extract(epoch FROM e.escalated_at - e.due_at)::float AS late FROM alert_escalations e"
        " JOIN alerts a ON a.id = e.alert_id WHERE e.alert_id = ANY (%s::uuid[])", parameters=[ids])
    assert {(step.to_tier, step.due) for step in steps} == {(2, 5.0), (3, 10.0)}
    late = sorted(step.late for step in steps)
    print(f"\n40 steps, late by {late[len(late) // 2] * 1000:.1f} ms in the median, {late[-1] * 1000:.1f} ms at most")
    assert late[0] >= 0 and late[-1] <= 1
    # The numbers above are PostgreSQL's; those of the audit rows are of the same transactions.
    rows = hospital.ward.sql(
        "SELECT count(*) FROM audit_log WHERE action = 'alert_escalated' AND occurred_at > %s", parameters=[began])
    assert rows[0][0] == 40


@pytest.mark.slow
def test_a_ladder_of_twenty_steps_does_not_drift(hospital, quick_ladder):
    """129, 130: the twentieth step of five seconds is due 100 s after the creation, to the microsecond"""
    quick_ladder(4, [5 * step for step in range(1, 21)])
    alert = hospital.raise_alert(4, alertType="security")
    wait_for(lambda: hospital.escalations(alert), 7, "the first step, in real time")
    for step in range(2, 21):
        hospital.ward.shift_clock(5)
        wait_for(lambda: len(hospital.escalations(alert)) == step, 6, f"step {step}")
    created = moment(alert["createdAt"])
    steps = hospital.escalations(alert)
    assert [(row.from_tier, row.to_tier) for row in steps] == [(tier, tier + 1) for tier in range(1, 21)]
    assert [(row.due_at - created).total_seconds() for row in steps] == [5.0 * step for step in range(1, 21)]
    assert max((row.escalated_at - row.due_at).total_seconds() for row in steps) <= 3
    assert min((row.escalated_at - row.due_at).total_seconds() for row in steps) >= 0
    assert hospital.alert(alert)["nextEscalationAt"] is None
