-- Why: programs call with a key of their own that a person made: with a part of his rights, for a time, taken back in
-- a second. The key is shown once; what stays is a keyed hash. Safe while a previous version serves: it only adds.

CREATE TABLE ward.api_keys (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The readable part of the key, to tell one from another.
  prefix text NOT NULL CHECK (prefix ~ '^[a-z2-7]{8}$'),
  key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 16),
  scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 100),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days')
);
CREATE INDEX api_keys_user ON ward.api_keys (hospital_id, user_id, id);
ALTER TABLE ward.api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.api_keys TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.api_keys TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.api_keys TO ward_serving;
GRANT UPDATE (revoked_at, last_used_at, key_hash) ON ward.api_keys TO ward_serving;

CREATE TRIGGER tell AFTER UPDATE OF revoked_at, expires_at ON ward.api_keys
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell_removed AFTER DELETE ON ward.api_keys
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();

-- Who stands behind a key, as bearer_of says it of a session: in the key's hospital alone, with what he is there now.
CREATE FUNCTION ward.key_bearer_of(wanted bytea[])
RETURNS TABLE (
  kind text, id uuid, user_id uuid, name text, email text, session_hospital_id uuid, expires_at timestamptz,
  last_seen_at timestamptz, hospital_id uuid, hospital_name text, organization_id uuid, time_zone text,
  subdomain text, hospital_is_active boolean, nurses_resolve boolean, role text, department_id uuid,
  verified_at timestamptz, idle_minutes integer, scopes text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT 'key', k.id, u.id, u.name, u.email, k.hospital_id, k.expires_at, k.last_used_at,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, m.role, m.department_id,
    NULL::timestamptz, NULL::integer, array_to_string(k.scopes, ' ')
  FROM ward.api_keys k
  JOIN ward.users u ON u.id = k.user_id AND u.is_active AND NOT u.is_locked
  JOIN ward.memberships m ON m.hospital_id = k.hospital_id AND m.user_id = k.user_id AND m.is_active
  JOIN ward.hospitals h ON h.id = k.hospital_id
  WHERE k.key_hash = ANY (wanted) AND k.revoked_at IS NULL AND k.expires_at > ward.now()
$$;

CREATE FUNCTION ward.key_grants_of(wanted bytea[])
RETURNS TABLE (hospital_id uuid, role text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT g.hospital_id, g.role, g.expires_at
  FROM ward.api_keys k
  JOIN ward.role_grants g ON g.hospital_id = k.hospital_id AND g.user_id = k.user_id AND g.revoked_at IS NULL
  JOIN ward.memberships m ON m.hospital_id = g.hospital_id AND m.user_id = g.user_id AND m.is_active
  WHERE k.key_hash = ANY (wanted) AND (g.expires_at IS NULL OR g.expires_at > ward.now())
    AND (g.department_id IS NULL OR g.department_id = m.department_id)
$$;
REVOKE ALL ON FUNCTION ward.key_bearer_of(bytea[]), ward.key_grants_of(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.key_bearer_of(bytea[]), ward.key_grants_of(bytea[]) TO ward_serving;
