"""Two Wards on one database at the scale of a big house: each step once, take-over, and a clock that is wrong."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hospital import Hospital, moment
from test_escalation import escalations_total
from ward_process import wait_for

ALERTS = 1000


@pytest.fixture
def nodes(ward_factory):
    """A house of its own with a second node on the same database."""
    first = ward_factory()
    return first, ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})


@pytest.fixture
def an_hour_ahead():
    """The environment in which a program's wall clock is an hour ahead; what it waits for takes as long as ever.

    The shared memory belongs to another process that holds it: where the library makes its own it moves `environ`,
    and a Swift program then does not find its arguments.
    """
    holder = subprocess.Popen(
        ["faketime", "-m", "-f", "+3600s", "sh", "-c", "echo $FAKETIME_SHARED; echo $LD_PRELOAD; read line"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        shared, library = holder.stdout.readline().strip(), holder.stdout.readline().strip()
        assert shared and library
        yield {"FAKETIME": "+3600s", "FAKETIME_SHARED": shared, "LD_PRELOAD": library, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    finally:
        holder.communicate("\n", timeout=10)


def test_each_of_a_thousand_alerts_climbs_once(nodes):
    """131: two nodes that look at the same moment take each of 1,000 alerts through each tier once: one step, one row
    of the audit log and one event for each, and both nodes have done some of it"""
    first, second = nodes
    hospital = Hospital(first)
    hospital.token("operator")
    with ThreadPoolExecutor(8) as pool:
        alerts = list(pool.map(lambda _: hospital.raise_alert(5), range(ALERTS)))
    last = max(alerts, key=lambda alert: moment(alert["createdAt"]))
    before = [escalations_total(node) for node in nodes]
    for minute in (5, 10, 15):
        hospital.shift_to(last, minute, seconds=0.2)
        hospital.catch_up(60)
    wrong = first.sql(
        """SELECT alert_id, array_agg((from_tier, to_tier, reason)::text ORDER BY from_tier) AS steps
        FROM alert_escalations GROUP BY alert_id
        HAVING array_agg((from_tier, to_tier, reason)::text ORDER BY from_tier)
          <> ARRAY['(1,2,timeout)', '(2,3,timeout)', '(3,4,timeout)']""")
    assert wrong == []
    early = first.sql("SELECT alert_id FROM alert_escalations WHERE escalated_at < due_at")
    assert early == []
    counts = first.sql(
        """SELECT (SELECT count(*) FROM alert_escalations) AS steps,
          (SELECT count(*) FROM audit_log WHERE action = 'alert_escalated') AS audited,
          (SELECT count(*) FROM events WHERE name = 'alert:escalated') AS told""")[0]
    assert tuple(counts) == (3 * ALERTS,) * 3
    made = lambda: [escalations_total(node) - earlier for node, earlier in zip(nodes, before)]
    wait_for(lambda: sum(made()) >= 3 * ALERTS, 3, "all steps are counted")
    assert sum(made()) == 3 * ALERTS
    assert min(made()) > 0, "both nodes work"


def test_the_other_node_takes_over(nodes):
    """131: the node on which alerts were raised is killed; the other makes their steps, none early and none more than
    two seconds late by the database's clock, in real time"""
    first, second = nodes
    hospital = Hospital(first)
    first.sql(
        "INSERT INTO escalation_ladders (hospital_id, id, urgency, alert_type, step_seconds, repeats, response_seconds)"
        " VALUES (%s, gen_random_uuid(), 5, 'fall', '{5,10}', false, 600)", parameters=[hospital.id])
    # Killed, the first leaves its PostgreSQL running, on which the second goes on.
    alerts = [hospital.raise_alert(5, alertType="fall") for _ in range(10)]
    first.kill9()
    try:
        done = lambda: first.sql("SELECT alert_id, due_at, escalated_at FROM alert_escalations WHERE to_tier = 3")
        wait_for(lambda: len(done()) == len(alerts), 20, "every alert climbs twice")
        rows = first.sql("SELECT due_at, escalated_at FROM alert_escalations")
        assert len(rows) == 2 * len(alerts)
        late = [(row.escalated_at - row.due_at).total_seconds() for row in rows]
        assert 0 <= min(late) and max(late) <= 2, late
    finally:
        first.start()


def test_a_node_whose_clock_is_an_hour_ahead_fires_nothing_early(nodes, ward_factory, an_hour_ahead):
    """131: due times are the database's: a node that believes it is an hour later makes each step when it is due, and
    neither sessions nor alerts end early on it"""
    first, second = nodes
    hospital = Hospital(first)
    second.stop()
    ahead = ward_factory(
        demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving"), **an_hour_ahead})
    assert ahead.call("GET", "/api/v1/session").status_code == 401
    line = json.loads(wait_for(lambda: [each for each in ahead.log().splitlines() if each[:1] == "{"], 2, "a line")[-1])
    assert moment(line["time"]) - first.now() > timedelta(minutes=50), "its own clock is ahead"
    told = lambda: moment(ahead.call("GET", "/health").json()["time"])
    wait_for(lambda: abs((told() - first.now()).total_seconds()) < 5, 5, "it goes by the database's clock")
    token = ahead.sign_in("operator@demo.ward")
    raised = lambda urgency: ahead.call("POST", "/api/v1/alerts", token, json={
        "roomNumber": f"A-{urgency}", "alertType": "medical", "urgencyLevel": urgency}).json()["data"]
    soon, later = raised(5), raised(4)
    # Only the node that is ahead is there to make the steps.
    first.kill9()
    try:
        steps = lambda alert: first.sql(
            "SELECT due_at, escalated_at FROM alert_escalations WHERE alert_id = %s", parameters=[alert["id"]])
        first.shift_clock(301)
        wait_for(lambda: steps(soon), 5, "the step that is due")
        wait_for(lambda: not first.sql("SELECT 1 FROM alert_timers WHERE due_at <= ward.now()"), 5, "all is done")
        assert len(steps(soon)) == 1 and steps(later) == []
        first.shift_clock(300)
        wait_for(lambda: steps(later), 5, "the step that is due by now")
        assert all(row.escalated_at >= row.due_at for alert in (soon, later) for row in steps(alert))
        assert ahead.call("GET", "/api/v1/session", token).status_code == 200
    finally:
        first.start()
