-- Why: takes second steps, lifted locks and the ids of linked accounts back.

DROP INDEX ward.linked_accounts_id;
ALTER TABLE ward.linked_accounts DROP COLUMN id;
CREATE OR REPLACE FUNCTION ward.forget_guesses() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.guess_lanes WHERE key IN (
      SELECT g.key FROM ward.guess_lanes g WHERE g.window_ends_at < ward.now() - interval '7 days'
        AND (g.locked_until IS NULL OR g.locked_until < ward.now()) LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
DROP FUNCTION ward.begin_second_step(bytea, uuid, text, integer), ward.second_step(bytea),
  ward.take_second_step(bytea), ward.devices_of(uuid), ward.clear_guesses(text[], uuid);
DROP TABLE ward.second_steps;
