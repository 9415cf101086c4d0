"""How an alert climbs: its table of times, its tiers, and everything that brings a step forward, back or to an end."""

import re
from datetime import timedelta

import pytest
from hospital import moment
from ward_process import WardProcess, wait_for

MINUTES = {5: [5, 10, 15], 4: [10, 20, 30], 3: [15, 30, 45], 2: [30, 60, 90], 1: [60]}


def steps(hospital, alert) -> list[tuple]:
    return [(row.from_tier, row.to_tier, row.reason) for row in hospital.escalations(alert)]


def minutes_due(hospital, alert) -> float | None:
    seen = hospital.alert(alert)
    if seen["nextEscalationAt"] is None:
        return None
    return (moment(seen["nextEscalationAt"]) - moment(seen["createdAt"])).total_seconds() / 60


def test_the_table_of_times(hospital):
    """129, 132: every urgency climbs at its minutes from creation and not before; after the last step the low ones
    have no next time and the high ones page the last tier again at the last interval"""
    alerts = {urgency: hospital.raise_alert(urgency) for urgency in MINUTES}
    last = alerts[1]
    for minute in (4.9, 5, 9.9, 10, 14.9, 15, 20, 29.9, 30, 44.9, 45, 59.9, 60, 89.9, 90):
        # The alerts were raised within a second of each other: a bit behind the last of them.
        hospital.shift_to(last, minute, seconds=0.2)
        hospital.catch_up()
        for urgency, alert in alerts.items():
            passed = [due for due in MINUTES[urgency] if due <= minute]
            seen = hospital.alert(alert)
            assert seen["escalationTier"] == len(passed) + 1, (urgency, minute)
            following = MINUTES[urgency][len(passed):]
            if following:
                assert minutes_due(hospital, alert) == following[0], f"urgency {urgency} at minute {minute}"
            elif urgency >= 4:
                interval = MINUTES[urgency][-1] - MINUTES[urgency][-2]
                assert minutes_due(hospital, alert) == (minute // interval + 1) * interval
            else:
                assert minutes_due(hospital, alert) is None, f"urgency {urgency} at minute {minute}"
    for urgency, alert in alerts.items():
        created = moment(alert["createdAt"])
        rows = hospital.escalations(alert)
        assert [(row.due_at - created).total_seconds() / 60 for row in rows] == MINUTES[urgency]
        assert {row.reason for row in rows} == {"timeout"}


def test_the_last_tier_is_paged_again_until_somebody_answers(hospital):
    """132: a critical alert in its last tier pages the administrators again every five minutes"""
    alert = hospital.raise_alert(5)
    hospital.shift_to(alert, 15, seconds=1)
    hospital.catch_up()
    hospital.listen("admin")
    for minute in (20, 25):
        hospital.shift_to(alert, minute, seconds=0.2)
        hospital.catch_up()
        assert minutes_due(hospital, alert) == minute + 5
    hospital.hears({"admin": ["notification:new alert_paged_again 4", "alert:updated active"] * 2})
    assert hospital.pages(alert)[-1] == (4, "hospital_admin", 3)
    hospital.acknowledge(alert, "admin")
    hospital.shift_to(alert, 31)
    hospital.catch_up()
    assert [e["kind"] for e in hospital.timeline(alert)].count("paged_again") == 2
    assert len(steps(hospital, alert)) == 3


def test_each_tier_is_its_role_on_duty(hospital):
    """138: the tiers reach nurses of the department, doctors, head doctors and administrators, whoever is on duty"""
    alert = hospital.raise_alert(5, departmentId=hospital.department("ER"))
    hospital.shift_to(alert, 15, seconds=1)
    hospital.catch_up()
    assert hospital.pages(alert) == [
        (1, "nurse", 1), (2, "doctor", 1), (3, "head_doctor", 1), (4, "hospital_admin", 1)]
    # The nurse belongs to another department: nobody of the first tier is there.
    elsewhere = hospital.raise_alert(5, departmentId=hospital.department("ICU"))
    assert steps(hospital, elsewhere) == [(1, 2, "empty_tier")]
    assert hospital.pages(elsewhere) == [(2, "doctor", 1)]


@pytest.mark.parametrize("away, tier, due", [
    (["nurse"], 2, 10), (["nurse", "doctor"], 3, 15), (["nurse", "doctor", "head"], 4, 20),
])
def test_an_empty_tier_is_skipped_at_once(hospital, away, tier, due):
    """134, 138: a new alert begins in the first tier with somebody in it, and the later due times stay"""
    for who in away:
        hospital.on_duty(who, False)
    reached = {2: "doctor", 3: "head", 4: "admin"}[tier]
    for who in ("nurse", "doctor", "head", "admin"):
        hospital.listen(who)
    alert = hospital.raise_alert(5)
    assert alert["escalationTier"] == tier and minutes_due(hospital, alert) == due
    assert steps(hospital, alert) == [(below, below + 1, "empty_tier") for below in range(1, tier)]
    hospital.hears({reached: ["alert:new", f"notification:new alert_created {tier}"]})


@pytest.mark.parametrize("urgency", [1, 2, 3, 4, 5])
def test_an_alert_always_reaches_somebody(hospital, urgency):
    """138: with neither nurse nor doctor on duty the head doctor is paged, however short the ladder is"""
    for who in ("nurse", "doctor"):
        hospital.on_duty(who, False)
    alert = hospital.raise_alert(urgency)
    assert hospital.pages(alert) == [(3, "head_doctor", 1)]
    assert alert["escalationTier"] == 3


def test_a_tier_that_empties_later_is_skipped_when_its_time_comes(hospital):
    """134, 138: with no doctor on duty the first due time leads straight to the head doctor"""
    alert = hospital.raise_alert(5)
    hospital.on_duty("doctor", False)
    for who in ("operator", "head", "admin"):
        hospital.listen(who, subscribe=who == "operator")
    hospital.shift_to(alert, 5, seconds=0.2)
    hospital.catch_up()
    assert steps(hospital, alert) == [(1, 2, "timeout"), (2, 3, "empty_tier")]
    assert minutes_due(hospital, alert) == 15
    hospital.hears({
        "operator": ["alert:escalated 2", "alert:escalated 3"],
        "head": ["alert:escalated 3", "notification:new alert_escalated 3"]})


def test_a_declined_tier_is_skipped_at_once(hospital):
    """134: when everybody of a tier cannot come the next one is paged at once; nobody else may decline"""
    alert = hospital.raise_alert(4)
    refused = hospital.call("doctor", "POST", f"/alerts/{alert['id']}/declination", {})
    assert refused.status_code == 409
    hospital.listen("doctor")
    risen = hospital.do("nurse", "POST", f"/alerts/{alert['id']}/declination", {"reason": "With another patient."})
    assert (risen["escalationTier"], minutes_due(hospital, alert)) == (2, 20)
    assert steps(hospital, alert) == [(1, 2, "declined")]
    hospital.hears({"doctor": ["alert:escalated 2", "notification:new alert_escalated 2"]})
    again = hospital.call("nurse", "POST", f"/alerts/{alert['id']}/declination", {})
    assert again.status_code == 409
    audited = hospital.ward.sql(
        "SELECT action, outcome, actor_kind, details FROM audit_log WHERE resource_id = %s"
        " AND action <> 'alert_created' ORDER BY occurred_at, id", parameters=[alert["id"]])
    assert [tuple(row) for row in audited] == [
        ("alert_declined", "success", "person", {}),
        ("alert_escalated", "success", "system", {"fromTier": 1, "toTier": 2, "reason": "declined"})]


def test_a_permitted_person_escalates_at_once(hospital):
    """134, 135: the head doctor raises an alert now; nurse, doctor and operator may not and are told what they lack"""
    alert = hospital.raise_alert(3)
    for who in ("nurse", "doctor", "operator"):
        refused = hospital.call(who, "POST", f"/alerts/{alert['id']}/escalation")
        assert (refused.status_code, refused.json()["code"]) == (403, "FORBIDDEN")
        details = refused.json()["details"]
        assert details["requiredPermission"] == "escalate_alerts"
        assert "escalate_alerts" not in details["userPermissions"]
    assert steps(hospital, alert) == []
    for who in ("doctor", "head"):
        hospital.listen(who)
    risen = hospital.do("head", "POST", f"/alerts/{alert['id']}/escalation")
    assert (risen["escalationTier"], minutes_due(hospital, alert)) == (2, 30)
    row = hospital.escalations(alert)[0]
    assert (row.reason, row.actor_name) == ("manual", hospital.name("head"))
    hospital.hears({"doctor": ["alert:escalated 2", "notification:new alert_escalated 2"]})
    for tier in (3, 4):
        assert hospital.do("admin", "POST", f"/alerts/{alert['id']}/escalation")["escalationTier"] == tier
    over = hospital.call("head", "POST", f"/alerts/{alert['id']}/escalation")
    assert (over.status_code, over.json()["details"]["tier"]) == (409, 4)
    audited = hospital.ward.sql(
        "SELECT outcome, actor_role, details FROM audit_log WHERE action = 'manual_escalation' AND resource_id = %s"
        " ORDER BY occurred_at", parameters=[alert["id"]])
    assert [(row.outcome, row.actor_role) for row in audited] == [
        ("success", "head_doctor"), ("success", "hospital_admin"), ("success", "hospital_admin")]
    assert audited[0].details == {"fromTier": 1, "toTier": 2}


@pytest.mark.parametrize("end", ["acknowledge", "resolve", "cancel"])
def test_an_answered_alert_climbs_no_more(hospital, end):
    """136: acknowledged, resolved or cancelled, it stays where it is"""
    alert = hospital.raise_alert(5)
    hospital.shift_to(alert, 5, seconds=0.2)
    hospital.catch_up()
    if end == "cancel":
        hospital.cancel(alert)
    else:
        # Within its time: what happens after it has a test of its own.
        hospital.acknowledge(alert, estimatedResponseTime=120)
        if end == "resolve":
            hospital.resolve(alert)
    hospital.shift_to(alert, 61)
    hospital.catch_up()
    assert steps(hospital, alert) == [(1, 2, "timeout")]
    assert hospital.alert(alert)["escalationTier"] == 2


def test_who_acknowledges_and_does_not_resolve_is_paged_again(hospital):
    """134: when the response time is over the responder is paged, and one step later the alert rings again"""
    alert = hospital.raise_alert(5)
    hospital.listen("operator", subscribe=True)
    hospital.listen("nurse")
    hospital.shift_to(alert, 1)
    answered = hospital.acknowledge(alert)
    hospital.hears({"operator": ["alert:updated acknowledged"], "nurse": ["alert:updated acknowledged"]})
    overdue = moment(answered["acknowledgedAt"]) - moment(alert["createdAt"]) + timedelta(minutes=10)
    hospital.shift_to(alert, seconds=overdue.total_seconds() - 1)
    hospital.hears({})
    hospital.shift_to(alert, seconds=overdue.total_seconds() + 0.2)
    hospital.catch_up()
    hospital.hears({"nurse": ["notification:new alert_response_overdue 1"]})
    assert hospital.alert(alert)["status"] == "acknowledged"

    hospital.shift_to(alert, minutes=5, seconds=overdue.total_seconds() + 0.2)
    hospital.catch_up()
    again = hospital.alert(alert)
    assert (again["status"], again["acknowledgedBy"], again["acknowledgedAt"]) == ("active", None, None)
    kinds = [entry["kind"] for entry in hospital.timeline(alert)]
    assert kinds[:4] == ["created", "acknowledged", "reminded", "reactivated"]
    # Its due times have not moved: what was missed in between is made up for at once.
    assert kinds[4:] == ["escalated"] * 3 and again["escalationTier"] == 4
    assert [row.reason for row in hospital.escalations(alert)] == ["no_response"] * 3
    messages = hospital.ears[1].take_all()
    assert [data["reason"] for event, data in messages if data.get("kind") == "alert_reactivated"] == ["no_response"]
    hospital.acknowledge(alert, "doctor")
    assert hospital.resolve(alert)["status"] == "resolved"


def test_a_stated_response_time_counts(hospital):
    """118: the minutes that a responder states take the place of the usual ones"""
    alert = hospital.raise_alert(5)
    hospital.acknowledge(alert, estimatedResponseTime=30)
    hospital.shift_to(alert, 29)
    hospital.catch_up()
    assert [entry["kind"] for entry in hospital.timeline(alert)] == ["created", "acknowledged"]
    hospital.shift_to(alert, 30, seconds=10)
    hospital.catch_up()
    assert [entry["kind"] for entry in hospital.timeline(alert)] == ["created", "acknowledged", "reminded"]


def escalations_total(ward: WardProcess) -> float:
    text = ward.call("GET", "/metrics").text
    return sum(float(value) for value in re.findall(r"^ward_escalations_total(?:\{.*\})? (\S+)$", text, re.MULTILINE))


def test_the_metric_counts_steps(hospital):
    """137: ward_escalations_total rises by one for each step"""
    before = escalations_total(hospital.ward)
    alert = hospital.raise_alert(5)
    assert escalations_total(hospital.ward) == before
    for count, minute in enumerate((5, 10, 15, 20), start=1):
        hospital.shift_to(alert, minute, seconds=0.2)
        hospital.catch_up()
        # The fourth is no step but the last tier paged again.
        wanted = before + min(count, 3)
        wait_for(lambda wanted=wanted: escalations_total(hospital.ward) >= wanted, 3, "the step is counted")
        assert escalations_total(hospital.ward) == wanted


def test_a_step_is_not_lost_by_a_crash(hospital):
    """130: killed before the due time and started after it, Ward makes the step, once"""
    ward = hospital.ward
    alert = hospital.raise_alert(5)
    ward.kill9()
    hospital.shift_to(alert, 5, seconds=30)
    ward.start()
    wait_for(lambda: hospital.escalations(alert), 3, "the step that was missed")
    hospital.catch_up()
    assert steps(hospital, alert) == [(1, 2, "timeout")]
    row = hospital.escalations(alert)[0]
    assert row.due_at - moment(alert["createdAt"]) == timedelta(minutes=5)
    assert minutes_due(hospital, alert) == 10
    ward.restart()
    hospital.catch_up()
    assert steps(hospital, alert) == [(1, 2, "timeout")]


def test_two_nodes_make_each_step_once(hospital, ward_factory):
    """131: two processes on one database raise each of 30 alerts once per tier"""
    first = hospital.ward
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    assert first.call("GET", "/health").ok and second.call("GET", "/health").ok
    before = [escalations_total(first), escalations_total(second)]
    alerts = [hospital.raise_alert(5) for _ in range(30)]
    for minute in (5, 10, 15):
        hospital.shift_to(alerts[-1], minute, seconds=0.2)
        hospital.catch_up()
    for alert in alerts:
        assert steps(hospital, alert) == [(1, 2, "timeout"), (2, 3, "timeout"), (3, 4, "timeout")]
    made = lambda: [escalations_total(first) - before[0], escalations_total(second) - before[1]]
    wait_for(lambda: sum(made()) >= 90, 3, "all steps are counted")
    assert sum(made()) == 90
