-- Why: whoever has a second factor shows it after another provider's sign-in, too, before a session begins; an
-- administrator lifts the locks that wrong tries left; and people take accounts elsewhere away again.
-- Safe while a previous version serves: it only adds, and forget_guesses forgets more.

-- Sign-ins that wait for a second factor: by the hash of a ticket that one browser holds. Reached through the functions
-- alone.
CREATE TABLE ward.second_steps (
  ticket_hash bytea PRIMARY KEY CHECK (length(ticket_hash) = 32),
  user_id uuid NOT NULL REFERENCES ward.users (id),
  return_to text NOT NULL CHECK (length(return_to) <= 500),
  expires_at timestamptz NOT NULL
);
CREATE INDEX second_steps_expires ON ward.second_steps (expires_at);
CREATE INDEX second_steps_user ON ward.second_steps (user_id);

CREATE FUNCTION ward.begin_second_step(ticket bytea, person uuid, wanted text, seconds integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.second_steps WHERE ticket_hash IN (
    SELECT ticket_hash FROM ward.second_steps WHERE expires_at < ward.now() ORDER BY expires_at LIMIT 100
    FOR UPDATE SKIP LOCKED);
  INSERT INTO ward.second_steps (ticket_hash, user_id, return_to, expires_at)
  VALUES (ticket, person, wanted, ward.now() + make_interval(secs => seconds))
$$;

-- Who waits with this ticket, if he may still sign in.
CREATE FUNCTION ward.second_step(ticket bytea)
RETURNS TABLE (user_id uuid, email text, name text, hospital_id uuid, return_to text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT u.id, u.email, u.name, (
    SELECT m.hospital_id FROM ward.memberships m WHERE m.user_id = u.id AND m.is_active
    ORDER BY m.created_at, m.hospital_id LIMIT 1), s.return_to
  FROM ward.second_steps s JOIN ward.users u ON u.id = s.user_id AND u.is_active AND NOT u.is_locked
  WHERE s.ticket_hash = ticket AND s.expires_at > ward.now()
$$;

-- Uses a ticket up: of many that come at once with it one goes on.
CREATE FUNCTION ward.take_second_step(ticket bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH taken AS (DELETE FROM ward.second_steps WHERE ticket_hash = ticket RETURNING expires_at)
  SELECT EXISTS (SELECT FROM taken WHERE expires_at > ward.now())
$$;

-- The devices on which somebody has signed in, whose tries are counted apart.
CREATE FUNCTION ward.devices_of(person uuid) RETURNS TABLE (device_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT d.device_hash FROM ward.sign_in_devices d WHERE d.user_id = person ORDER BY d.seen_at DESC LIMIT 1000
$$;

-- Lifts what wrong tries locked.
CREATE FUNCTION ward.clear_guesses(keys text[], person uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.guess_lanes WHERE key IN (
    SELECT g.key FROM ward.guess_lanes g WHERE g.key = ANY (keys) ORDER BY g.key FOR UPDATE);
  UPDATE ward.users SET failed_attempts = 0, lockout_until = NULL WHERE id = person
$$;

-- Forgets lanes in which nothing happened for a week, and devices that nobody has used for as long as their cookie
-- lives, at most 10,000 of each a call.
CREATE OR REPLACE FUNCTION ward.forget_guesses() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.guess_lanes WHERE key IN (
      SELECT g.key FROM ward.guess_lanes g WHERE g.window_ends_at < ward.now() - interval '7 days'
        AND (g.locked_until IS NULL OR g.locked_until < ward.now()) LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1),
  devices AS (
    DELETE FROM ward.sign_in_devices WHERE (user_id, device_hash) IN (
      SELECT d.user_id, d.device_hash FROM ward.sign_in_devices d WHERE d.seen_at < ward.now() - interval '400 days'
      LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM devices)
$$;

ALTER TABLE ward.linked_accounts ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX linked_accounts_id ON ward.linked_accounts (id);

REVOKE ALL ON FUNCTION ward.begin_second_step(bytea, uuid, text, integer), ward.second_step(bytea),
  ward.take_second_step(bytea), ward.devices_of(uuid), ward.clear_guesses(text[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.begin_second_step(bytea, uuid, text, integer), ward.second_step(bytea),
  ward.take_second_step(bytea), ward.devices_of(uuid), ward.clear_guesses(text[], uuid) TO ward_serving;
