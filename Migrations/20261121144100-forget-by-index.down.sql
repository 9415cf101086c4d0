CREATE OR REPLACE FUNCTION ward.prune() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH old_events AS (
    DELETE FROM ward.events WHERE ctid IN (
      SELECT ctid FROM ward.events WHERE created_at < ward.now() - interval '7 days' LIMIT 10000) RETURNING 1),
  old_keys AS (
    DELETE FROM ward.idempotency_keys WHERE ctid IN (
      SELECT ctid FROM ward.idempotency_keys WHERE created_at < ward.now() - interval '24 hours' LIMIT 10000)
    RETURNING 1)
  SELECT (SELECT count(*) FROM old_events) + (SELECT count(*) FROM old_keys)
$$;
ALTER FUNCTION ward.forget_notifications(integer, integer)
  RESET enable_seqscan RESET enable_hashjoin RESET enable_mergejoin;
ALTER FUNCTION ward.forget_messages(integer, integer)
  RESET enable_seqscan RESET enable_hashjoin RESET enable_mergejoin;
ALTER FUNCTION ward.forget_reminders(integer, integer)
  RESET enable_seqscan RESET enable_hashjoin RESET enable_mergejoin;
ALTER FUNCTION ward.forget_webhook_deliveries()
  RESET enable_seqscan RESET enable_hashjoin RESET enable_mergejoin;
ALTER FUNCTION ward.forget_reply_codes()
  RESET enable_seqscan RESET enable_hashjoin RESET enable_mergejoin;
