"""What must be true of the database after any crash, whatever was going on."""

from collections import Counter, defaultdict

from ward_process import WardProcess

# Each gives one row for each trouble.
INVARIANTS = {
    "a step was made twice": """
        SELECT alert_id, to_tier FROM alert_escalations GROUP BY 1, 2 HAVING count(*) > 1""",
    "a step was left out on the way to the tier": """
        SELECT a.id, a.tier, count(e.id) FROM alerts a LEFT JOIN alert_escalations e ON e.alert_id = a.id
        GROUP BY a.id, a.tier HAVING a.tier <> count(e.id) + 1""",
    "a due step of an active alert was not made, or at another due time": """
        SELECT a.id, s.number FROM alerts a, unnest(a.step_seconds) WITH ORDINALITY AS s (seconds, number)
        WHERE a.status = 'active' AND a.created_at + make_interval(secs => s.seconds) < ward.now() - interval '1 s'
          AND NOT EXISTS (SELECT FROM alert_escalations e WHERE e.alert_id = a.id AND e.to_tier = s.number + 1
            AND e.due_at = a.created_at + make_interval(secs => s.seconds))""",
    "a step came early": "SELECT alert_id, to_tier FROM alert_escalations WHERE escalated_at < due_at",
    "a step came after the answer": """
        SELECT e.alert_id FROM alert_escalations e JOIN alert_acknowledgments k ON k.alert_id = e.alert_id
        WHERE e.escalated_at > k.acknowledged_at + interval '1 s'""",
    "a timer does not fit its alert": """
        SELECT a.id FROM alerts a LEFT JOIN alert_timers t ON t.alert_id = a.id AND t.kind = 'escalation'
        WHERE a.next_escalation_at IS DISTINCT FROM t.due_at""",
    "an alert was answered twice": """
        SELECT alert_id FROM alert_acknowledgments GROUP BY 1 HAVING count(*) > 1""",
    "an alert was resolved twice": """
        SELECT alert_id FROM alert_changes WHERE kind = 'resolved' GROUP BY 1 HAVING count(*) > 1""",
    "an alert's status does not fit what was done to it": """
        SELECT a.id FROM alerts a
        LEFT JOIN alert_acknowledgments k ON k.alert_id = a.id
        LEFT JOIN alert_changes c ON c.alert_id = a.id AND c.kind = 'resolved'
        WHERE a.status <> CASE WHEN c.id IS NOT NULL THEN 'resolved' WHEN k.id IS NOT NULL THEN 'acknowledged'
          ELSE 'active' END""",
    "the events of a hospital have a gap or are not unique": """
        SELECT c.hospital_id FROM event_counters c LEFT JOIN events e USING (hospital_id) GROUP BY c.hospital_id
        HAVING count(e.id) <> c.last_number OR count(DISTINCT e.id) <> c.last_number
          OR coalesce(max(e.number), 0) <> c.last_number OR coalesce(min(e.number), 1) <> 1""",
    "an alert was not published exactly once": """
        SELECT a.id FROM alerts a LEFT JOIN events e ON e.name = 'alert:new' AND e.payload::jsonb ->> 'id' = a.id::text
        GROUP BY a.id HAVING count(e.id) <> 1""",
    "changes and their events differ in number": """
        SELECT * FROM (SELECT (SELECT count(*) FROM alert_acknowledgments)
            + (SELECT count(*) FROM alert_changes WHERE kind = 'resolved') AS changes,
          (SELECT count(*) FROM events WHERE name = 'alert:updated') AS told,
          (SELECT count(*) FROM alert_escalations) AS steps,
          (SELECT count(*) FROM events WHERE name = 'alert:escalated') AS steps_told) AS both_
        WHERE changes <> told OR steps <> steps_told""",
    "writes and their audit rows differ in number": """
        SELECT done.action, done.number, count(l.id) FROM (
          SELECT 'alert_created' AS action, count(*) AS number FROM alerts
          UNION ALL SELECT 'alert_acknowledged', count(*) FROM alert_acknowledgments
          UNION ALL SELECT 'alert_resolved', count(*) FROM alert_changes WHERE kind = 'resolved'
          UNION ALL SELECT 'alert_escalated', count(*) FROM alert_escalations) AS done
        LEFT JOIN audit_log l ON l.action = done.action AND l.outcome = 'success'
        GROUP BY done.action, done.number HAVING count(l.id) <> done.number""",
    "a write is audited twice": """
        SELECT action, resource_id FROM audit_log WHERE outcome = 'success'
          AND action IN ('alert_created', 'alert_acknowledged', 'alert_resolved')
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "stored answers and writes differ in number": """
        SELECT * FROM (SELECT (SELECT count(*) FROM idempotency_keys) AS stored,
          (SELECT count(*) FROM alerts) + (SELECT count(*) FROM alert_acknowledgments)
            + (SELECT count(*) FROM alert_changes WHERE kind = 'resolved') AS written) AS both_
        WHERE stored <> written""",
}

# The key of each committed write, by which the ledger knows it, and its alert.
DONE = {
    "create": "SELECT room_number AS key, id::text AS alert FROM alerts",
    "acknowledge": "SELECT notes AS key, alert_id::text AS alert FROM alert_acknowledgments",
    "resolve": """
        SELECT k.key, c.alert_id::text AS alert FROM alert_changes c JOIN idempotency_keys k
          ON k.operation = 'alerts.resolve' AND k.answer::jsonb ->> 'id' = c.alert_id::text
        WHERE c.kind = 'resolved'""",
}


def check(ward: WardProcess, ledger: list[dict]) -> tuple[list[str], Counter]:
    """Every trouble in one line, and some numbers."""
    troubles = []
    for name, statement in INVARIANTS.items():
        rows = ward.sql(statement)
        if rows:
            troubles.append(f"{name}: {len(rows)} times, such as {tuple(map(str, rows[0]))}")
    sent, answered = defaultdict(set), defaultdict(dict)
    for record in ledger:
        if record["what"] == "sent":
            sent[record["operation"]].add(record["key"])
        else:
            answered[record["operation"]][record["key"]] = record["alert"]
    count = Counter()
    for operation, statement in DONE.items():
        rows = ward.sql(statement)
        done = {row.key: row.alert for row in rows}
        troubles += [f"{operation} {key}: done {times} times"
                     for key, times in Counter(row.key for row in rows).items() if times > 1]
        troubles += [f"{operation} {key}: was answered and is not there"
                     for key, alert in answered[operation].items() if done.get(key) != alert]
        troubles += [f"{operation} {key}: nobody asked for it" for key in done.keys() - sent[operation]]
        count[f"{operation}s"] = len(rows)
        count["done but not answered"] += len(done.keys() - answered[operation].keys())
    count["steps"] = ward.sql("SELECT count(*) FROM alert_escalations")[0][0]
    count["events"] = ward.sql("SELECT count(*) FROM events")[0][0]
    return troubles, count
