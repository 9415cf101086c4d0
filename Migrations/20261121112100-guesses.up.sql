-- Why: nobody guesses a password or a code, however many tries come at once and at however many nodes. A try is
-- counted here before it is looked at. What is counted is a lane: an address of a mailbox as strangers use it, one of
-- its owner's own devices, or an address of the network; so that a stranger's tries do not lock the owner out.
-- Safe while a previous version serves: it only adds; password_of no longer reads the lock, which is the lane's now.

CREATE TABLE ward.guess_lanes (
  -- A hash that names nobody.
  key text PRIMARY KEY CHECK (length(key) = 43),
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  -- Tries that began and have not ended; those of a node that died are forgotten after half a minute.
  pending integer NOT NULL DEFAULT 0 CHECK (pending >= 0),
  pending_until timestamptz,
  window_ends_at timestamptz NOT NULL,
  -- How often it was locked since the last success: each lock takes twice as long as the one before.
  locks integer NOT NULL DEFAULT 0 CHECK (locks >= 0),
  locked_until timestamptz
);
CREATE INDEX guess_lanes_window ON ward.guess_lanes (window_ends_at);

-- The devices on which a person has signed in before, by the hash of their cookie.
CREATE TABLE ward.sign_in_devices (
  user_id uuid NOT NULL REFERENCES ward.users (id),
  device_hash bytea NOT NULL CHECK (length(device_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  seen_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (user_id, device_hash)
);
CREATE INDEX sign_in_devices_hash ON ward.sign_in_devices (device_hash);

ALTER TABLE ward.sign_in_devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.sign_in_devices FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ward.sign_in_devices TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY owner ON ward.sign_in_devices TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.sign_in_devices TO ward_serving;

-- Whether this mailbox' owner has signed in on the device before, and whether anybody has.
CREATE FUNCTION ward.device_of(wanted text, device bytea) RETURNS TABLE (is_own boolean, is_known boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT COALESCE(bool_or(u.email = wanted), false), count(*) > 0
  FROM ward.sign_in_devices d JOIN ward.users u ON u.id = d.user_id WHERE d.device_hash = device
$$;

-- Counts a try in its lanes before it is looked at: `go`, `wait` when others are being looked at and may use up what
-- is left, or `locked`. The row locks, taken in one order, make parallel tries stand in line.
CREATE FUNCTION ward.begin_guess(keys text[], limits integer[], windows integer[])
RETURNS TABLE (outcome text, locked_until timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
#variable_conflict use_column
DECLARE
  wanted record;
  lane ward.guess_lanes;
  is_full boolean := false;
  lock_end timestamptz;
BEGIN
  FOR wanted IN SELECT w.key, w.most, w.seconds FROM unnest(keys, limits, windows) AS w (key, most, seconds) ORDER BY 1
  LOOP
    INSERT INTO ward.guess_lanes AS g (key, window_ends_at)
    VALUES (wanted.key, ward.now() + make_interval(secs => wanted.seconds))
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN g.window_ends_at <= ward.now() THEN 0 ELSE g.failures END,
      window_ends_at = CASE WHEN g.window_ends_at <= ward.now() THEN excluded.window_ends_at ELSE g.window_ends_at END,
      pending = CASE WHEN g.pending_until <= ward.now() THEN 0 ELSE g.pending END
    RETURNING * INTO lane;
    lock_end := GREATEST(lock_end, CASE WHEN lane.locked_until > ward.now() THEN lane.locked_until END);
    is_full := is_full OR lane.failures + lane.pending >= wanted.most;
  END LOOP;
  IF lock_end IS NOT NULL THEN
    RETURN QUERY SELECT 'locked', lock_end;
  ELSIF is_full THEN
    RETURN QUERY SELECT 'wait', NULL::timestamptz;
  ELSE
    UPDATE ward.guess_lanes SET pending = pending + 1, pending_until = ward.now() + interval '30 seconds'
    WHERE key = ANY (keys);
    RETURN QUERY SELECT 'go', NULL::timestamptz;
  END IF;
END $$;

-- Says how a try ended: `passed` clears the first lane, `failed` counts in all, `undecided` in none. A lane that is
-- full is locked: 15 minutes, then twice as long each time, up to a day. `wanted` is whose row shows it.
CREATE FUNCTION ward.end_guess(keys text[], limits integer[], result text, wanted text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  each record;
  lock_end timestamptz;
BEGIN
  FOR each IN SELECT w.key, w.most, w.place FROM unnest(keys, limits) WITH ORDINALITY AS w (key, most, place) ORDER BY 1
  LOOP
    UPDATE ward.guess_lanes g SET
      pending = GREATEST(g.pending - 1, 0),
      failures = CASE WHEN result = 'passed' AND each.place = 1 THEN 0
        WHEN result <> 'failed' THEN g.failures WHEN g.failures + 1 >= each.most THEN 0 ELSE g.failures + 1 END,
      locks = CASE WHEN result = 'passed' AND each.place = 1 THEN 0
        WHEN result = 'failed' AND g.failures + 1 >= each.most THEN g.locks + 1 ELSE g.locks END,
      locked_until = CASE WHEN result = 'failed' AND g.failures + 1 >= each.most
        THEN ward.now() + LEAST(interval '15 minutes' * power(2, LEAST(g.locks, 10)), interval '1 day')
        ELSE g.locked_until END
    WHERE g.key = each.key
    RETURNING CASE WHEN g.locked_until > ward.now() AND each.place = 1 THEN g.locked_until ELSE lock_end END INTO lock_end;
  END LOOP;
  IF result = 'failed' AND wanted IS NOT NULL THEN
    UPDATE ward.users SET failed_attempts = failed_attempts + 1, lockout_until = COALESCE(lock_end, lockout_until)
    WHERE email = wanted;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION ward.password_of(wanted text)
RETURNS TABLE (user_id uuid, name text, secret text, algorithm text, is_usable boolean, hospital_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT u.id, u.name, c.secret, c.algorithm, u.is_active AND NOT u.is_locked,
    (SELECT m.hospital_id FROM ward.memberships m JOIN ward.hospitals h ON h.id = m.hospital_id
      WHERE m.user_id = u.id AND m.is_active ORDER BY m.created_at, m.hospital_id LIMIT 1)
  FROM ward.users u JOIN ward.credentials c ON c.user_id = u.id AND c.kind = 'password'
  WHERE u.email = wanted
$$;

-- Forgets lanes in which nothing happened for a week, at most 10,000 a call.
CREATE FUNCTION ward.forget_guesses() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.guess_lanes WHERE key IN (
      SELECT g.key FROM ward.guess_lanes g WHERE g.window_ends_at < ward.now() - interval '7 days'
        AND (g.locked_until IS NULL OR g.locked_until < ward.now()) LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION ward.device_of(text, bytea), ward.begin_guess(text[], integer[], integer[]),
  ward.end_guess(text[], integer[], text, text), ward.forget_guesses() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.device_of(text, bytea), ward.begin_guess(text[], integer[], integer[]),
  ward.end_guess(text[], integer[], text, text) TO ward_serving;
GRANT EXECUTE ON FUNCTION ward.forget_guesses() TO ward_engine;
