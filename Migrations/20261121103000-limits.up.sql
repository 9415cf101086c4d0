-- Why: a limit holds over all nodes. Windows are counted here, by hashed keys that name nobody; the table is unlogged,
-- since a crash that forgets a minute's counts loses nothing that matters. Safe while a previous version serves.

CREATE UNLOGGED TABLE ward.rate_windows (
  key text PRIMARY KEY CHECK (length(key) = 32),
  ends_at timestamptz NOT NULL,
  count bigint NOT NULL
);
CREATE INDEX rate_windows_ends ON ward.rate_windows (ends_at);

-- Adds calls to windows, which begin with the first of them, and says how far each has come on all nodes.
CREATE FUNCTION ward.count_calls(keys text[], seconds integer[], added integer[])
RETURNS TABLE (key text, count bigint, ends_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.rate_windows AS w (key, ends_at, count)
  SELECT u.key, ward.now() + make_interval(secs => u.seconds), u.added
  FROM unnest(keys, seconds, added) AS u (key, seconds, added) ORDER BY u.key
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN w.ends_at <= ward.now() THEN excluded.count ELSE w.count + excluded.count END,
    ends_at = CASE WHEN w.ends_at <= ward.now() THEN excluded.ends_at ELSE w.ends_at END
  RETURNING w.key, w.count, w.ends_at
$$;
REVOKE ALL ON FUNCTION ward.count_calls(text[], integer[], integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.count_calls(text[], integer[], integer[]) TO ward_serving;

-- Forgets windows that are over, at most 10,000 a call.
CREATE FUNCTION ward.forget_windows() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.rate_windows WHERE key IN (
      SELECT w.key FROM ward.rate_windows w WHERE w.ends_at < ward.now() ORDER BY w.ends_at LIMIT 10000
      FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION ward.forget_windows() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_windows() TO ward_engine;
