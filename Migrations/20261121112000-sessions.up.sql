-- Why: a session ends by itself thirty days after its sign-in however much it is used, and where a hospital says so
-- after some idle minutes; it remembers how somebody signed in and when a second factor was last shown; and who holds
-- it may end his other sessions. Safe while a previous version serves: its `SELECT *` reads the new columns over.

ALTER TABLE ward.sessions
  ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'code', 'provider')),
  ADD COLUMN verified_at timestamptz;
ALTER TABLE ward.hospitals ADD COLUMN IF NOT EXISTS idle_minutes integer CHECK (idle_minutes BETWEEN 1 AND 1440);

-- When a session ends unless it is used: the earliest of its own end, its absolute end, and the idle limit of the
-- hospital in which it was opened.
CREATE FUNCTION ward.session_end(s ward.sessions) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT LEAST(s.expires_at, s.created_at + interval '30 days', (
    SELECT s.last_seen_at + make_interval(mins => h.idle_minutes) FROM ward.hospitals h WHERE h.id = s.hospital_id))
$$;

DROP FUNCTION ward.bearer_of(bytea);
-- Who stands behind a token: one row for each of the person's hospitals, or the one row of a screen.
CREATE FUNCTION ward.bearer_of(wanted bytea)
RETURNS TABLE (
  kind text, id uuid, user_id uuid, name text, email text, session_hospital_id uuid, expires_at timestamptz,
  last_seen_at timestamptz, hospital_id uuid, hospital_name text, organization_id uuid, time_zone text,
  subdomain text, hospital_is_active boolean, nurses_resolve boolean, role text, department_id uuid,
  verified_at timestamptz, idle_minutes integer, scopes text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT 'person', s.id, u.id, u.name, u.email, s.hospital_id, ward.session_end(s), s.last_seen_at,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, m.role, m.department_id,
    s.verified_at, (SELECT o.idle_minutes FROM ward.hospitals o WHERE o.id = s.hospital_id), NULL
  FROM ward.sessions s
  JOIN ward.users u ON u.id = s.user_id AND u.is_active AND NOT u.is_locked
  LEFT JOIN ward.memberships m ON m.user_id = u.id AND m.is_active
  LEFT JOIN ward.hospitals h ON h.id = m.hospital_id
  WHERE s.token_hash = wanted AND s.revoked_at IS NULL AND ward.session_end(s) > ward.now()
  UNION ALL
  SELECT 'screen', w.id, NULL, w.name, NULL, w.hospital_id, NULL, NULL,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, NULL, w.department_id,
    NULL, NULL, NULL
  FROM ward.screens w JOIN ward.hospitals h ON h.id = w.hospital_id
  WHERE w.token_hash = wanted AND w.revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION ward.bearer_of(bytea), ward.session_end(ward.sessions) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.bearer_of(bytea), ward.session_end(ward.sessions) TO ward_serving;

-- Another token is another session to every node: what is cached under the old one is forgotten.
CREATE TRIGGER tell_token AFTER UPDATE OF token_hash, verified_at ON ward.sessions
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
