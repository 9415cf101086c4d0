'use strict'
// The statements, prepared once per connection: the heads give the parameters' types.

const COLUMNS = `id, hospital_id, department_id, room_number, alert_type, title, description, urgency, status, tier,
  next_escalation_at, acknowledged_by, acknowledged_by_name, acknowledged_at, resolved_by, resolved_at, resolution,
  created_by, created_by_name, created_at, updated_at, expires_at, version, response_action, estimated_arrival_at,
  delegated_to, delegated_to_name, quorum, responders, repeat_count, last_repeat_at, repeat_of`

const TEXTS = {
  'bearer(bytea)': 'SELECT * FROM bearer_of($1)',
  'list(uuid, text, int, int)': `SELECT ${COLUMNS} FROM alerts WHERE hospital_id = $1 AND status = $2
    ORDER BY urgency DESC, created_at DESC, id DESC LIMIT $3 OFFSET $4`,
  'count(uuid, text)': `SELECT count(*) AS total FROM (
    SELECT 1 FROM alerts WHERE hospital_id = $1 AND status = $2 LIMIT 10000) AS counted`,
  'type(uuid, text)': 'SELECT title FROM alert_types WHERE hospital_id = $1 AND code = $2 AND is_active',
  'ladder(uuid, int, text)': `SELECT step_seconds, repeats, response_seconds FROM escalation_ladders
    WHERE hospital_id = $1 AND urgency = $2 AND (alert_type = $3 OR alert_type IS NULL) AND department_id IS NULL
    ORDER BY alert_type IS NULL LIMIT 1`,
  'reachable(uuid)': `SELECT user_id, role FROM memberships WHERE hospital_id = $1 AND is_active AND (
      (role IN ('nurse', 'doctor', 'head_doctor') AND is_on_duty) OR role IN ('hospital_admin', 'organization_admin'))
    ORDER BY user_id LIMIT 5000`,
  clock: 'SELECT ward.now() AS now',
  'queue(text)': 'SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1, 0))',
  'earlier(uuid, text, text, int)': `SELECT a.id, a.urgency FROM alerts a
      JOIN alert_types t ON t.hospital_id = a.hospital_id AND t.code = a.alert_type
    WHERE a.hospital_id = $1 AND a.room_number = $2 AND a.alert_type = $3 AND a.status IN ('active', 'acknowledged')
      AND COALESCE(a.last_repeat_at, a.created_at) > ward.now() - make_interval(secs => t.merge_window_seconds)
    ORDER BY a.urgency >= $4 DESC, COALESCE(a.last_repeat_at, a.created_at) DESC, a.id DESC LIMIT 1 FOR UPDATE OF a`,
  'insert_alert(uuid, uuid, text, text, text, int, int[], bool, int, timestamptz, uuid, text, timestamptz)':
    `INSERT INTO alerts (hospital_id, id, room_number, alert_type, title, urgency, tier, step_seconds, repeats,
      response_seconds, next_escalation_at, created_by, created_by_name, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $13)`,
  'insert_timer(uuid, uuid, timestamptz)': `INSERT INTO alert_timers (hospital_id, alert_id, kind, due_at)
    VALUES ($1, $2, 'escalation', $3) ON CONFLICT (hospital_id, alert_id, kind) DO UPDATE SET due_at = excluded.due_at`,
  'insert_pages(uuid, uuid, uuid[], timestamptz)': `INSERT INTO alert_pages AS p
      (hospital_id, alert_id, tier, user_id, paged_at) SELECT $1, $2, 1, u.id, $4 FROM unnest($3) AS u (id)
    ON CONFLICT (hospital_id, alert_id, tier, user_id)
      DO UPDATE SET paged_at = excluded.paged_at, times = p.times + 1, declined_at = NULL`,
  'insert_audit(uuid, uuid, uuid, text, uuid, uuid, text, text, text, jsonb)': `INSERT INTO audit_log
      (id, hospital_id, actor_kind, actor_id, actor_role, session_id, action, category, outcome, resource_type,
       resource_id, address, user_agent, request_id, details, retention_until)
    VALUES ($1, $2, 'person', $3, $4, $5, 'alert_created', 'alert', 'success', 'alert', $6, $7, $8, $9, $10,
      ward.now() + interval '6 years')`,
  'insert_events(uuid, uuid[], text[], text[], text[])': `WITH counter AS (
      UPDATE event_counters SET last_number = last_number + cardinality($2) WHERE hospital_id = $1
      RETURNING last_number - cardinality($2) AS base)
    INSERT INTO events (hospital_id, number, id, name, rooms, payload)
    SELECT $1, counter.base + item.position, item.id, item.name, item.rooms, item.payload
    FROM counter, unnest($2, $3, $4, $5) WITH ORDINALITY AS item (id, name, rooms, payload, position)`,
}

exports.STATEMENTS = TEXTS
