-- Why: programs call with short-lived signed tokens (JWT, RFC 7519) beside the browser's session. Each belongs to a
-- session, so that ending the session ends them all; a refresh token is good once, and one that comes back a second
-- time was stolen from somebody: then the session ends. Safe while a previous version serves: it only adds.

CREATE TABLE ward.signing_keys (
  kid text PRIMARY KEY CHECK (kid ~ '^[A-Za-z0-9_-]{8,64}$'),
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  -- Sealed by the key ring.
  private_key bytea NOT NULL CHECK (length(private_key) <= 200),
  created_at timestamptz NOT NULL DEFAULT ward.now()
);

CREATE TABLE ward.refresh_tokens (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  session_id uuid NOT NULL REFERENCES ward.sessions (id),
  hospital_id uuid REFERENCES ward.hospitals (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON ward.refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expires ON ward.refresh_tokens (expires_at);

ALTER TABLE ward.signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.signing_keys FORCE ROW LEVEL SECURITY;
-- Keys belong to the house; the private halves are sealed. Refresh tokens are reached through functions alone.
CREATE POLICY serve ON ward.signing_keys FOR SELECT TO ward_serving USING (true);
CREATE POLICY owner ON ward.signing_keys TO CURRENT_USER USING (true);
GRANT SELECT ON ward.signing_keys TO ward_serving;

-- A new key when there is none that is younger than the given days; false when another node was first.
CREATE FUNCTION ward.add_signing_key(new_kid text, new_public bytea, new_private bytea, days integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ward signing keys', 0));
  IF EXISTS (SELECT FROM ward.signing_keys WHERE created_at > ward.now() - make_interval(days => days)) THEN
    RETURN false;
  END IF;
  INSERT INTO ward.signing_keys (kid, public_key, private_key) VALUES (new_kid, new_public, new_private);
  DELETE FROM ward.signing_keys WHERE created_at < ward.now() - interval '1 year';
  RETURN true;
END $$;

-- The first refresh token of a session of the person who asks.
CREATE FUNCTION ward.begin_refresh(session uuid, hospital uuid, new_hash bytea, seconds integer) RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.refresh_tokens (token_hash, session_id, hospital_id, expires_at)
  SELECT new_hash, s.id, hospital, ward.now() + make_interval(secs => seconds) FROM ward.sessions s
  WHERE s.id = session AND s.user_id = NULLIF(current_setting('ward.user', true), '')::uuid AND s.revoked_at IS NULL
  RETURNING expires_at
$$;

-- Trades a refresh token for a new one. One that was traded before ends its session, whoever holds it now: of many
-- that come at once with the same token one is served and the others end the session.
CREATE FUNCTION ward.trade_refresh(old_hash bytea, new_hash bytea, seconds integer)
RETURNS TABLE (outcome text, session_id uuid, user_id uuid, hospital_id uuid, refresh_expires_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
#variable_conflict use_column
DECLARE
  held record;
BEGIN
  SELECT r.session_id, r.hospital_id, r.used_at, r.expires_at, s.user_id, s.revoked_at,
    s.expires_at AS session_expires_at, u.is_active AND NOT u.is_locked AS is_usable
  INTO held FROM ward.refresh_tokens r
  JOIN ward.sessions s ON s.id = r.session_id JOIN ward.users u ON u.id = s.user_id
  WHERE r.token_hash = old_hash FOR UPDATE OF r;
  IF NOT FOUND OR held.revoked_at IS NOT NULL OR NOT held.is_usable
    OR held.session_expires_at <= ward.now() OR (held.used_at IS NULL AND held.expires_at <= ward.now())
  THEN
    RETURN QUERY SELECT 'refused', NULL::uuid, NULL::uuid, NULL::uuid, NULL::timestamptz;
    RETURN;
  END IF;
  IF held.used_at IS NOT NULL THEN
    UPDATE ward.sessions SET revoked_at = ward.now() WHERE id = held.session_id AND revoked_at IS NULL;
    RETURN QUERY SELECT 'reused', held.session_id, held.user_id, held.hospital_id, NULL::timestamptz;
    RETURN;
  END IF;
  UPDATE ward.refresh_tokens SET used_at = ward.now() WHERE token_hash = old_hash;
  UPDATE ward.sessions SET last_seen_at = ward.now(),
    expires_at = GREATEST(expires_at, ward.now() + make_interval(secs => seconds)) WHERE id = held.session_id;
  INSERT INTO ward.refresh_tokens (token_hash, session_id, hospital_id, expires_at)
  VALUES (new_hash, held.session_id, held.hospital_id, ward.now() + make_interval(secs => seconds));
  RETURN QUERY SELECT 'traded', held.session_id, held.user_id, held.hospital_id,
    ward.now() + make_interval(secs => seconds);
END $$;

-- By which hash `bearer_of` knows a session whose id a signed token names.
CREATE FUNCTION ward.session_hash(session uuid, person uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT token_hash FROM ward.sessions WHERE id = session AND user_id = person
$$;

-- Forgets refresh tokens that are over, at most 10,000 a call.
CREATE FUNCTION ward.forget_refresh_tokens() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.refresh_tokens WHERE token_hash IN (
      SELECT token_hash FROM ward.refresh_tokens WHERE expires_at < ward.now() ORDER BY expires_at LIMIT 10000)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION ward.add_signing_key(text, bytea, bytea, integer),
  ward.begin_refresh(uuid, uuid, bytea, integer), ward.trade_refresh(bytea, bytea, integer),
  ward.session_hash(uuid, uuid), ward.forget_refresh_tokens() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.add_signing_key(text, bytea, bytea, integer),
  ward.begin_refresh(uuid, uuid, bytea, integer), ward.trade_refresh(bytea, bytea, integer),
  ward.session_hash(uuid, uuid) TO ward_serving;
GRANT EXECUTE ON FUNCTION ward.forget_refresh_tokens() TO ward_engine;
