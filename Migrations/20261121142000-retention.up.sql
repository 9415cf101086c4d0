-- Why: what nobody looks at any more must go, or it grows for ever: lines of notification centres, messages about no
-- alert, reminders that are over, hours of mails, telephone numbers that nobody proved. The delivery log of an alert is
-- no less evidence than the alert and stays as long as that does. Each call takes a bounded part, by an index.
-- And a device that changes hands does so in every hospital, not only where the next one signs in.
-- Safe while a previous version serves: it only adds.

CREATE INDEX notifications_age ON ward.notifications (told_at);
CREATE INDEX deliveries_age ON ward.deliveries (created_at) WHERE alert_id IS NULL;
CREATE INDEX reminders_over ON ward.reminders (due_at) WHERE status <> 'scheduled';
CREATE INDEX own_phones_unproved ON ward.own_phones (asked_at) WHERE proved_at IS NULL;
CREATE INDEX push_tokens_print ON ward.push_tokens (print);

CREATE FUNCTION ward.forget_notifications(keep_days integer, most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.notifications WHERE (hospital_id, id) IN (
      SELECT n.hospital_id, n.id FROM ward.notifications n WHERE n.told_at < ward.now() - make_interval(days => keep_days)
      ORDER BY n.told_at LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

-- Those about no alert: mails, tests, what reminded patients.
CREATE FUNCTION ward.forget_messages(keep_days integer, most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.deliveries WHERE (hospital_id, id) IN (
      SELECT d.hospital_id, d.id FROM ward.deliveries d
      WHERE d.alert_id IS NULL AND d.created_at < ward.now() - make_interval(days => keep_days)
      ORDER BY d.created_at LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

CREATE FUNCTION ward.forget_reminders(keep_days integer, most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.reminders WHERE (hospital_id, id) IN (
      SELECT r.hospital_id, r.id FROM ward.reminders r
      WHERE r.status <> 'scheduled' AND r.due_at < ward.now() - make_interval(days => keep_days)
      ORDER BY r.due_at LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

-- Hours of mails that are over, and numbers whose code has not come back within a day.
CREATE FUNCTION ward.forget_attempts(most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH hours AS (
    DELETE FROM ward.mail_hours WHERE (hospital_id, hour) IN (
      SELECT m.hospital_id, m.hour FROM ward.mail_hours m WHERE m.hour < ward.now() - interval '2 days'
      LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING 1),
  phones AS (
    DELETE FROM ward.own_phones WHERE user_id IN (
      SELECT p.user_id FROM ward.own_phones p WHERE p.proved_at IS NULL AND p.asked_at < ward.now() - interval '1 day'
      ORDER BY p.asked_at LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT GREATEST((SELECT count(*) FROM hours), (SELECT count(*) FROM phones))
$$;

-- A device belongs to whoever signed in on it last, the transaction's person: nobody before gets messages there.
CREATE FUNCTION ward.take_device(prints bytea[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.push_tokens
  WHERE print = ANY (prints) AND user_id <> NULLIF(current_setting('ward.user', true), '')::uuid
$$;

REVOKE ALL ON FUNCTION ward.forget_notifications(integer, integer), ward.forget_messages(integer, integer),
  ward.forget_reminders(integer, integer), ward.forget_attempts(integer), ward.take_device(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_notifications(integer, integer), ward.forget_messages(integer, integer),
  ward.forget_reminders(integer, integer), ward.forget_attempts(integer) TO ward_engine;
GRANT EXECUTE ON FUNCTION ward.take_device(bytea[]) TO ward_serving;
