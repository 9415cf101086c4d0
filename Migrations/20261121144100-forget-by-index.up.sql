-- Why: what forgets takes a bounded part by an index, and then the planner, who does not know how little that is, read the
-- whole table to find it again: 300,300 rows for 300 that were old, once an hour. Now each goes by the key or the place.
-- Safe while a previous version serves: it only changes how.
ALTER FUNCTION ward.forget_notifications(integer, integer)
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION ward.forget_messages(integer, integer)
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION ward.forget_reminders(integer, integer)
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION ward.forget_webhook_deliveries()
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
ALTER FUNCTION ward.forget_reply_codes()
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;

CREATE OR REPLACE FUNCTION ward.prune() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp SET enable_seqscan = off AS $$
  WITH old_events AS (
    DELETE FROM ward.events WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ward.events WHERE created_at < ward.now() - interval '7 days' LIMIT 10000)) RETURNING 1),
  old_keys AS (
    DELETE FROM ward.idempotency_keys WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ward.idempotency_keys WHERE created_at < ward.now() - interval '24 hours' LIMIT 10000))
    RETURNING 1)
  SELECT (SELECT count(*) FROM old_events) + (SELECT count(*) FROM old_keys)
$$;
