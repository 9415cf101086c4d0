-- Why: the ground that every feature stands on: the roles that serve, the clock, the tenants, the people in them.
-- Safe while a previous version serves: it only adds.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ward_serving') THEN
    CREATE ROLE ward_serving NOLOGIN NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ward_engine') THEN
    CREATE ROLE ward_engine NOLOGIN;
  END IF;
  IF NOT pg_has_role('ward_serving', 'ward_engine', 'MEMBER') THEN
    GRANT ward_engine TO ward_serving;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- two databases of one cluster were migrated at the same moment
END $$;

CREATE SCHEMA IF NOT EXISTS ward;
GRANT USAGE ON SCHEMA ward TO ward_serving, ward_engine;

-- The one clock of SQL. A test replaces the body to shift time; nothing else in the system reads another clock.
CREATE FUNCTION ward.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT statement_timestamp()';

CREATE FUNCTION ward.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := ward.now();
  RETURN NEW;
END $$;

CREATE TABLE ward.organizations (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{3,50}$'),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now()
);

CREATE TABLE ward.hospitals (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES ward.organizations (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  kind text NOT NULL DEFAULT 'hospital' CHECK (kind IN ('hospital', 'clinic')),
  subdomain text NOT NULL UNIQUE CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  time_zone text NOT NULL DEFAULT 'UTC',
  is_active boolean NOT NULL DEFAULT true,
  nurses_resolve boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now()
);
CREATE INDEX hospitals_organization ON ward.hospitals (organization_id);

CREATE TABLE ward.departments (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  code text NOT NULL CHECK (code ~ '^[A-Z0-9]{1,10}$'),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, code)
);

CREATE TABLE ward.users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(btrim(email)) AND length(email) BETWEEN 3 AND 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  is_active boolean NOT NULL DEFAULT true,
  is_locked boolean NOT NULL DEFAULT false,
  lockout_until timestamptz,
  failed_attempts integer NOT NULL DEFAULT 0 CHECK (failed_attempts >= 0),
  last_login_at timestamptz,
  last_login_address text,
  email_verified_at timestamptz,
  is_demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now()
);

CREATE TABLE ward.credentials (
  user_id uuid NOT NULL REFERENCES ward.users (id),
  kind text NOT NULL CHECK (kind IN ('password')),
  algorithm text NOT NULL CHECK (algorithm IN ('argon2id', 'bcrypt')),
  secret text NOT NULL CHECK (length(secret) <= 500),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (user_id, kind)
);

CREATE TABLE ward.sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  hospital_id uuid REFERENCES ward.hospitals (id),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  address text NOT NULL,
  user_agent text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  last_seen_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX sessions_user ON ward.sessions (user_id);

CREATE TABLE ward.memberships (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  user_id uuid NOT NULL REFERENCES ward.users (id),
  role text NOT NULL CHECK (role IN (
    'super_admin', 'system_admin', 'organization_admin', 'hospital_admin', 'manager', 'support', 'operator', 'nurse',
    'doctor', 'head_doctor', 'pharmacist', 'lab_technician', 'radiologist', 'receptionist', 'medical_assistant',
    'billing_specialist', 'auditor', 'compliance_officer', 'data_analyst', 'patient')),
  department_id uuid,
  license_number text CHECK (length(license_number) <= 50),
  specialization text CHECK (length(specialization) <= 100),
  phone text CHECK (length(phone) <= 20),
  is_active boolean NOT NULL DEFAULT true,
  is_on_duty boolean NOT NULL DEFAULT false,
  shift_started_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, user_id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  CHECK (is_on_duty = (shift_started_at IS NOT NULL))
);
CREATE INDEX memberships_user ON ward.memberships (user_id);
CREATE INDEX memberships_role ON ward.memberships (hospital_id, role, is_on_duty) WHERE is_active;

CREATE TABLE ward.patients (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  mrn text NOT NULL CHECK (length(mrn) BETWEEN 1 AND 20),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  user_id uuid REFERENCES ward.users (id),
  department_id uuid,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, mrn),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);

-- A screen on a wall: may read one department's board, does not idle out, can be revoked.
CREATE TABLE ward.screens (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  department_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  revoked_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);

CREATE TRIGGER touch BEFORE UPDATE ON ward.organizations FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.hospitals FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.departments FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.users FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.credentials FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.memberships FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.patients FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.screens FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Rights.  Tenant rows: the hospital of the transaction.  People: themselves, and their hospital's colleagues.
-- The owner's policies exist for the SECURITY DEFINER functions below, since FORCE binds the owner as well.
ALTER TABLE ward.organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.hospitals ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.hospitals FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.departments ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.departments FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.users FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.credentials ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.credentials FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.patients FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.screens ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.screens FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON ward.departments TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.patients TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.screens TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.memberships TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY own ON ward.memberships FOR SELECT TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY tenant ON ward.hospitals TO ward_serving
  USING (id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY member ON ward.hospitals FOR SELECT TO ward_serving
  USING (id IN (SELECT hospital_id FROM ward.memberships
    WHERE user_id = NULLIF(current_setting('ward.user', true), '')::uuid));
CREATE POLICY member ON ward.organizations FOR SELECT TO ward_serving
  USING (id IN (SELECT organization_id FROM ward.hospitals));
CREATE POLICY own ON ward.users TO ward_serving
  USING (id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY colleague ON ward.users FOR SELECT TO ward_serving
  USING (id IN (SELECT user_id FROM ward.memberships
    WHERE hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid));
CREATE POLICY own ON ward.credentials TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY own ON ward.sessions TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);

CREATE POLICY owner ON ward.organizations TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.hospitals TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.departments TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.users TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.credentials TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.sessions TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.memberships TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.patients TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.screens TO CURRENT_USER USING (true);

GRANT SELECT ON ward.organizations, ward.hospitals TO ward_serving;
GRANT UPDATE (name, time_zone, is_active, nurses_resolve) ON ward.hospitals TO ward_serving;
GRANT SELECT, INSERT, UPDATE ON ward.departments, ward.patients, ward.screens, ward.memberships TO ward_serving;
GRANT SELECT, UPDATE ON ward.users, ward.credentials TO ward_serving;
GRANT SELECT, INSERT, UPDATE ON ward.sessions TO ward_serving;

-- Sign-in knows nobody yet, so these look past the policies, and give back no more than sign-in needs.
CREATE FUNCTION ward.password_of(wanted text)
RETURNS TABLE (user_id uuid, name text, secret text, algorithm text, is_usable boolean, hospital_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT u.id, u.name, c.secret, c.algorithm,
    u.is_active AND NOT u.is_locked AND (u.lockout_until IS NULL OR u.lockout_until <= ward.now()),
    (SELECT m.hospital_id FROM ward.memberships m JOIN ward.hospitals h ON h.id = m.hospital_id
      WHERE m.user_id = u.id AND m.is_active ORDER BY m.created_at, m.hospital_id LIMIT 1)
  FROM ward.users u JOIN ward.credentials c ON c.user_id = u.id AND c.kind = 'password'
  WHERE u.email = wanted
$$;

-- Who stands behind a token: one row for each of the person's hospitals, or the one row of a screen.
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

REVOKE ALL ON FUNCTION ward.password_of(text), ward.bearer_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.password_of(text), ward.bearer_of(bytea) TO ward_serving;

-- Every node forgets a cached session within the second: the change itself says so, whoever makes it.
CREATE FUNCTION ward.tell_identity_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(COALESCE(NEW, OLD));
BEGIN
  PERFORM pg_notify('ward_identity', COALESCE(changed ->> 'user_id', changed ->> 'id'));
  RETURN NULL;
END $$;

CREATE TRIGGER tell AFTER UPDATE OF revoked_at, expires_at, hospital_id ON ward.sessions
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell_removed AFTER DELETE ON ward.sessions
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell AFTER UPDATE OF is_active, is_locked, name, email ON ward.users
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell AFTER UPDATE OF role, department_id, is_active ON ward.memberships
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell_added AFTER INSERT OR DELETE ON ward.memberships
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();
CREATE TRIGGER tell AFTER UPDATE OF revoked_at ON ward.screens
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();

CREATE FUNCTION ward.tell_hospital_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ward_identity', '*');
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE ON ward.hospitals FOR EACH ROW EXECUTE FUNCTION ward.tell_hospital_changed();
