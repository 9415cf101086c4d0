-- Takes the absolute and the idle end of sessions away; who is signed in stays so.
DROP TRIGGER tell_token ON ward.sessions;
DROP FUNCTION ward.bearer_of(bytea);
DROP FUNCTION ward.session_end(ward.sessions);
CREATE FUNCTION ward.bearer_of(wanted bytea)
RETURNS TABLE (
  kind text, id uuid, user_id uuid, name text, email text, session_hospital_id uuid, expires_at timestamptz,
  last_seen_at timestamptz, hospital_id uuid, hospital_name text, organization_id uuid, time_zone text,
  subdomain text, hospital_is_active boolean, nurses_resolve boolean, role text, department_id uuid
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT 'person', s.id, u.id, u.name, u.email, s.hospital_id, s.expires_at, s.last_seen_at,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, m.role, m.department_id
  FROM ward.sessions s
  JOIN ward.users u ON u.id = s.user_id AND u.is_active AND NOT u.is_locked
  LEFT JOIN ward.memberships m ON m.user_id = u.id AND m.is_active
  LEFT JOIN ward.hospitals h ON h.id = m.hospital_id
  WHERE s.token_hash = wanted AND s.revoked_at IS NULL AND s.expires_at > ward.now()
  UNION ALL
  SELECT 'screen', w.id, NULL, w.name, NULL, w.hospital_id, NULL, NULL,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, NULL, w.department_id
  FROM ward.screens w JOIN ward.hospitals h ON h.id = w.hospital_id
  WHERE w.token_hash = wanted AND w.revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION ward.bearer_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.bearer_of(bytea) TO ward_serving;
ALTER TABLE ward.hospitals DROP COLUMN IF EXISTS idle_minutes;
ALTER TABLE ward.sessions DROP COLUMN method, DROP COLUMN verified_at;
