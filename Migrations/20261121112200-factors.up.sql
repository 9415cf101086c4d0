-- Why: whoever has a second factor is asked for it at sign-in: a code that his telephone makes from the time (RFC 6238),
-- good once, or one of ten backup codes, each good once. Safe while a previous version serves: it only adds.

CREATE TABLE ward.second_factors (
  user_id uuid PRIMARY KEY REFERENCES ward.users (id),
  -- Sealed by the key ring.
  secret bytea NOT NULL CHECK (length(secret) <= 200),
  -- Null until a first code has shown that the telephone has it.
  confirmed_at timestamptz,
  -- The last half minute whose code was taken: no code of it or before is taken again.
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT ward.now()
);
CREATE TABLE ward.backup_codes (
  user_id uuid NOT NULL REFERENCES ward.users (id),
  -- A keyed hash: the code itself is shown once.
  fingerprint text NOT NULL CHECK (length(fingerprint) <= 50),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  used_at timestamptz,
  PRIMARY KEY (user_id, fingerprint)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['second_factors', 'backup_codes'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON ward.%I TO ward_serving
      USING (user_id = NULLIF(current_setting(''ward.user'', true), '''')::uuid)', name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.second_factors, ward.backup_codes TO ward_serving;

-- Asked at sign-in, when nobody is known yet.
CREATE FUNCTION ward.factor_of(person uuid)
RETURNS TABLE (secret bytea, last_step bigint, is_confirmed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT f.secret, f.last_step, f.confirmed_at IS NOT NULL FROM ward.second_factors f WHERE f.user_id = person
$$;

-- Takes a step's code, once: of many that come at once with it one is let in.
CREATE FUNCTION ward.take_step(person uuid, step bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH taken AS (
    UPDATE ward.second_factors SET last_step = step WHERE user_id = person AND last_step < step RETURNING 1)
  SELECT EXISTS (SELECT FROM taken)
$$;

CREATE FUNCTION ward.take_backup_code(person uuid, fingerprints text[]) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH taken AS (
    UPDATE ward.backup_codes SET used_at = ward.now()
    WHERE user_id = person AND fingerprint = ANY (fingerprints) AND used_at IS NULL RETURNING 1)
  SELECT EXISTS (SELECT FROM taken)
$$;

REVOKE ALL ON FUNCTION ward.factor_of(uuid), ward.take_step(uuid, bigint), ward.take_backup_code(uuid, text[])
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.factor_of(uuid), ward.take_step(uuid, bigint), ward.take_backup_code(uuid, text[])
  TO ward_serving;
