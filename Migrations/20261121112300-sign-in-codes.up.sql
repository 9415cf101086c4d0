-- Why: who has no password at hand signs in with a code that is sent to him: six digits, five minutes, three tries, not
-- oftener than once a minute and three times an hour, at however many nodes. All is counted by a hash of the address,
-- so that an address that nobody has behaves as one that somebody has. Safe while a previous version serves: it only adds.

CREATE TABLE ward.sign_in_codes (
  key text PRIMARY KEY CHECK (length(key) = 43),
  -- A keyed hash of the address and the code.
  fingerprint text NOT NULL CHECK (length(fingerprint) <= 50),
  tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  hour_ends_at timestamptz NOT NULL,
  sent_in_hour smallint NOT NULL
);
CREATE INDEX sign_in_codes_hour ON ward.sign_in_codes (hour_ends_at);

-- A new code in place of the one before; how many seconds to wait where it is too soon, and nothing is written.
CREATE FUNCTION ward.begin_sign_in_code(wanted text, new_fingerprint text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  held ward.sign_in_codes;
BEGIN
  INSERT INTO ward.sign_in_codes (key, fingerprint, sent_at, expires_at, hour_ends_at, sent_in_hour)
  VALUES (wanted, new_fingerprint, ward.now(), ward.now() + interval '5 minutes', ward.now() + interval '1 hour', 1)
  ON CONFLICT (key) DO NOTHING;
  IF FOUND THEN
    RETURN 0;
  END IF;
  SELECT * INTO held FROM ward.sign_in_codes WHERE key = wanted FOR UPDATE;
  IF held.sent_at > ward.now() - interval '60 seconds' THEN
    RETURN ceil(extract(epoch FROM held.sent_at + interval '60 seconds' - ward.now()));
  ELSIF held.hour_ends_at > ward.now() AND held.sent_in_hour >= 3 THEN
    RETURN ceil(extract(epoch FROM held.hour_ends_at - ward.now()));
  END IF;
  UPDATE ward.sign_in_codes SET fingerprint = new_fingerprint, tries = 0, sent_at = ward.now(), used_at = NULL,
    expires_at = ward.now() + interval '5 minutes',
    sent_in_hour = CASE WHEN hour_ends_at <= ward.now() THEN 1 ELSE sent_in_hour + 1 END,
    hour_ends_at = CASE WHEN hour_ends_at <= ward.now() THEN ward.now() + interval '1 hour' ELSE hour_ends_at END
  WHERE key = wanted;
  RETURN 0;
END $$;

-- Counts a try before it looks whether the code is right; the row lock makes parallel tries stand in line.
CREATE FUNCTION ward.try_sign_in_code(wanted text, fingerprints text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  held text;
BEGIN
  UPDATE ward.sign_in_codes SET tries = tries + 1
  WHERE key = wanted AND used_at IS NULL AND expires_at > ward.now() AND tries < 3 RETURNING fingerprint INTO held;
  RETURN COALESCE(held = ANY (fingerprints), false);
END $$;

-- Uses the code up, once and no second time.
CREATE FUNCTION ward.use_sign_in_code(wanted text, fingerprints text[]) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH used AS (
    UPDATE ward.sign_in_codes SET used_at = ward.now()
    WHERE key = wanted AND used_at IS NULL AND fingerprint = ANY (fingerprints) RETURNING 1)
  SELECT EXISTS (SELECT FROM used)
$$;

-- Who has this address, as far as a sign-in by code needs it.
CREATE FUNCTION ward.person_of(wanted text) RETURNS TABLE (user_id uuid, name text, hospital_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT u.id, u.name,
    (SELECT m.hospital_id FROM ward.memberships m JOIN ward.hospitals h ON h.id = m.hospital_id
      WHERE m.user_id = u.id AND m.is_active ORDER BY m.created_at, m.hospital_id LIMIT 1)
  FROM ward.users u WHERE u.email = wanted AND u.is_active AND NOT u.is_locked
$$;

CREATE FUNCTION ward.forget_sign_in_codes() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.sign_in_codes WHERE key IN (
      SELECT c.key FROM ward.sign_in_codes c WHERE c.hour_ends_at < ward.now() AND c.expires_at < ward.now()
      LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION ward.begin_sign_in_code(text, text), ward.try_sign_in_code(text, text[]),
  ward.use_sign_in_code(text, text[]), ward.person_of(text), ward.forget_sign_in_codes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.begin_sign_in_code(text, text), ward.try_sign_in_code(text, text[]),
  ward.use_sign_in_code(text, text[]), ward.person_of(text) TO ward_serving;
GRANT EXECUTE ON FUNCTION ward.forget_sign_in_codes() TO ward_engine;
