-- Why: a hospital group moves in by itself: organisations with several hospitals, locations, departments and rooms,
-- people who are invited, come with a code or ask to be let in, and roles that are given for a while.
-- Safe while a previous version serves: columns with defaults, new tables and functions.

ALTER TABLE ward.organizations
  ADD COLUMN kind text NOT NULL DEFAULT 'business' CHECK (kind IN ('business', 'nonprofit', 'education', 'personal')),
  ADD COLUMN size text CHECK (size IN ('solo', 'small', 'medium', 'large', 'enterprise')),
  ADD COLUMN industry text CHECK (length(industry) BETWEEN 1 AND 100),
  ADD COLUMN website text CHECK (length(website) BETWEEN 1 AND 300),
  ADD COLUMN description text CHECK (length(description) BETWEEN 1 AND 1000),
  ADD COLUMN email text CHECK (length(email) BETWEEN 3 AND 254),
  ADD COLUMN phone text CHECK (length(phone) BETWEEN 3 AND 20),
  ADD COLUMN address text CHECK (length(address) BETWEEN 1 AND 500),
  -- One column holds the default: to set one clears the earlier one.
  ADD COLUMN default_hospital_id uuid REFERENCES ward.hospitals (id);
UPDATE ward.organizations o SET default_hospital_id =
  (SELECT h.id FROM ward.hospitals h WHERE h.organization_id = o.id ORDER BY h.created_at, h.id LIMIT 1);

ALTER TABLE ward.hospitals
  ADD COLUMN license_number text CHECK (length(license_number) BETWEEN 5 AND 50),
  ADD COLUMN tax_number text CHECK (length(tax_number) BETWEEN 1 AND 50),
  ADD COLUMN email text CHECK (length(email) BETWEEN 3 AND 254),
  ADD COLUMN phone text CHECK (length(phone) BETWEEN 3 AND 20),
  ADD COLUMN address text CHECK (length(address) BETWEEN 1 AND 500),
  ADD COLUMN IF NOT EXISTS idle_minutes integer CHECK (idle_minutes BETWEEN 1 AND 1440),
  ADD COLUMN IF NOT EXISTS restrict_records boolean NOT NULL DEFAULT false;
GRANT UPDATE (kind, subdomain, license_number, tax_number, email, phone, address, idle_minutes, restrict_records)
  ON ward.hospitals TO ward_serving;

CREATE TABLE ward.locations (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  address text CHECK (length(address) BETWEEN 1 AND 500),
  phone text CHECK (length(phone) BETWEEN 3 AND 20),
  -- [{"day": 1, "opens": "08:00", "closes": "12:30"}], 1 is Monday.
  hours jsonb NOT NULL DEFAULT '[]',
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id)
);
CREATE UNIQUE INDEX locations_name ON ward.locations (hospital_id, name) WHERE is_active;

ALTER TABLE ward.departments
  ADD COLUMN location_id uuid,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT departments_location_id FOREIGN KEY (hospital_id, location_id)
    REFERENCES ward.locations (hospital_id, id);

CREATE TABLE ward.rooms (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  number text NOT NULL CHECK (length(number) BETWEEN 1 AND 50),
  department_id uuid,
  beds smallint NOT NULL DEFAULT 1 CHECK (beds BETWEEN 0 AND 100),
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);
CREATE UNIQUE INDEX rooms_number ON ward.rooms (hospital_id, number) WHERE is_active;

-- Somebody is asked by mail; the link's token stands here as a hash, and only the invited address can use it.
CREATE TABLE ward.invitations (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  email text NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  role text NOT NULL,
  department_id uuid,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  invited_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  accepted_by uuid REFERENCES ward.users (id),
  revoked_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
);
CREATE INDEX invitations_created ON ward.invitations (hospital_id, created_at);
CREATE UNIQUE INDEX invitations_open ON ward.invitations (hospital_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A code that several people may use; unique over all hospitals, since who types it belongs to none yet.
CREATE TABLE ward.join_codes (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  code text NOT NULL UNIQUE CHECK (code ~ '^[A-Z0-9]{4,12}$'),
  role text NOT NULL,
  department_id uuid,
  max_uses integer NOT NULL CHECK (max_uses BETWEEN 1 AND 1000),
  uses integer NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
  created_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);

CREATE TABLE ward.join_requests (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  role text NOT NULL,
  message text CHECK (length(message) BETWEEN 1 AND 500),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'cancelled')),
  reviewed_by uuid REFERENCES ward.users (id),
  reviewed_at timestamptz,
  note text CHECK (length(note) BETWEEN 1 AND 500),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id)
);
CREATE UNIQUE INDEX join_requests_open ON ward.join_requests (hospital_id, user_id) WHERE status = 'pending';
CREATE INDEX join_requests_user ON ward.join_requests (user_id);

-- A role in addition to the membership's: for a while, or only as long as somebody works in a department.
CREATE TABLE ward.role_grants (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL,
  department_id uuid,
  reason text CHECK (length(reason) BETWEEN 1 AND 500),
  granted_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);
CREATE INDEX role_grants_user ON ward.role_grants (user_id) WHERE revoked_at IS NULL;

-- The one-time code before a hospital's particulars are changed: one at a time, good for three tries and five minutes.
CREATE TABLE ward.hospital_edits (
  hospital_id uuid PRIMARY KEY REFERENCES ward.hospitals (id),
  user_id uuid NOT NULL REFERENCES ward.users (id),
  code_hash bytea CHECK (length(code_hash) = 32),
  tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Until when the one change may be made that the code allows.
  verified_until timestamptz
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'locations', 'rooms', 'invitations', 'join_codes', 'join_requests', 'role_grants', 'hospital_edits']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.hospital_edits TO ward_serving;

-- A grant changes what its person may do: every node forgets within the second.
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON ward.role_grants
  FOR EACH ROW EXECUTE FUNCTION ward.tell_identity_changed();

-- The roles that are granted to whoever holds a session's token, beside those of the memberships.
CREATE FUNCTION ward.role_grants_of(wanted bytea)
RETURNS TABLE (hospital_id uuid, role text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT g.hospital_id, g.role, g.expires_at
  FROM ward.sessions s
  JOIN ward.role_grants g ON g.user_id = s.user_id AND g.revoked_at IS NULL
  JOIN ward.memberships m ON m.hospital_id = g.hospital_id AND m.user_id = g.user_id AND m.is_active
  WHERE s.token_hash = wanted AND (g.expires_at IS NULL OR g.expires_at > ward.now())
    AND (g.department_id IS NULL OR g.department_id = m.department_id)
$$;

-- What follows is done by people who belong to no hospital yet, or above hospitals, where no policy lets anybody
-- write. Each function speaks for the person of the transaction alone.
CREATE FUNCTION ward.me() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  person uuid := NULLIF(current_setting('ward.user', true), '')::uuid;
BEGIN
  IF person IS NULL THEN
    RAISE EXCEPTION 'nobody speaks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN person;
END $$;

-- Whether the server knows a time zone of this name.
CREATE FUNCTION ward.is_time_zone(name text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM ward.now() AT TIME ZONE name;
  RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END $$;

-- The types of alert with which every hospital begins.
CREATE FUNCTION ward.furnish_hospital(target uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ward.alert_types (hospital_id, code, title, class, default_urgency, requires_confirmation, position)
  VALUES
    (target, 'cardiac_arrest', 'Cardiac arrest', 'medical', 5, true, 0),
    (target, 'code_blue', 'Code blue', 'medical', 5, true, 1),
    (target, 'medical', 'Medical emergency', 'medical', 4, false, 2),
    (target, 'fall', 'Fall', 'medical', 3, false, 3),
    (target, 'security', 'Security', 'security', 4, true, 4),
    (target, 'fire', 'Fire', 'fire', 5, true, 5),
    (target, 'equipment', 'Equipment failure', 'equipment', 2, false, 6),
    (target, 'nurse_call', 'Nurse call', 'medical', 1, false, 7)
$$;

-- A new organisation with its first hospital, whose administrator is the person of the transaction.
-- Tells 'made', or what is taken; who hears the latter rolls back.
CREATE FUNCTION ward.create_organization(
  new_organization uuid, organization_name text, new_slug text, organization_kind text,
  new_hospital uuid, hospital_name text, new_subdomain text, hospital_kind text, new_time_zone text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.me();
BEGIN
  INSERT INTO ward.organizations (id, name, slug, kind)
  VALUES (new_organization, organization_name, new_slug, organization_kind) ON CONFLICT (slug) DO NOTHING;
  IF NOT FOUND THEN
    RETURN 'slug';
  END IF;
  INSERT INTO ward.hospitals (id, organization_id, name, subdomain, kind, time_zone)
  VALUES (new_hospital, new_organization, hospital_name, new_subdomain, hospital_kind, new_time_zone)
  ON CONFLICT (subdomain) DO NOTHING;
  IF NOT FOUND THEN
    RETURN 'subdomain';
  END IF;
  UPDATE ward.organizations SET default_hospital_id = new_hospital WHERE id = new_organization;
  INSERT INTO ward.memberships (hospital_id, user_id, role) VALUES (new_hospital, person, 'organization_admin');
  PERFORM ward.furnish_hospital(new_hospital);
  RETURN 'made';
END $$;

-- A further hospital of the organisation in which the person of the transaction is an administrator of organisations.
-- All of these administer it from the first moment.
CREATE FUNCTION ward.add_hospital(
  new_hospital uuid, hospital_name text, new_subdomain text, hospital_kind text, new_time_zone text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.me();
  organization uuid;
BEGIN
  SELECT h.organization_id INTO organization FROM ward.memberships m JOIN ward.hospitals h ON h.id = m.hospital_id
  WHERE m.user_id = person AND m.is_active AND m.role IN ('organization_admin', 'super_admin')
    AND m.hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid;
  IF NOT FOUND THEN
    RETURN 'forbidden';
  END IF;
  INSERT INTO ward.hospitals (id, organization_id, name, subdomain, kind, time_zone)
  VALUES (new_hospital, organization, hospital_name, new_subdomain, hospital_kind, new_time_zone)
  ON CONFLICT (subdomain) DO NOTHING;
  IF NOT FOUND THEN
    RETURN 'subdomain';
  END IF;
  INSERT INTO ward.memberships (hospital_id, user_id, role)
  SELECT DISTINCT ON (m.user_id) new_hospital, m.user_id, m.role
  FROM ward.memberships m JOIN ward.hospitals h ON h.id = m.hospital_id
  WHERE h.organization_id = organization AND m.is_active AND m.role IN ('organization_admin', 'super_admin')
  ORDER BY m.user_id, m.role DESC;
  PERFORM ward.furnish_hospital(new_hospital);
  RETURN 'made';
END $$;

-- Changes the organisation of the transaction's hospital; null leaves a field as it is.
CREATE FUNCTION ward.update_organization(
  new_name text, new_kind text, new_size text, new_industry text, new_website text, new_description text,
  new_email text, new_phone text, new_address text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  UPDATE ward.organizations SET name = COALESCE(new_name, name), kind = COALESCE(new_kind, kind),
    size = COALESCE(new_size, size), industry = COALESCE(new_industry, industry),
    website = COALESCE(new_website, website), description = COALESCE(new_description, description),
    email = COALESCE(new_email, email), phone = COALESCE(new_phone, phone), address = COALESCE(new_address, address)
  WHERE id = (SELECT organization_id FROM ward.hospitals
    WHERE id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
  RETURN FOUND;
END $$;

-- Makes a hospital of the same organisation its default; false when it is none.
CREATE FUNCTION ward.set_default_hospital(wanted uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  UPDATE ward.organizations o SET default_hospital_id = wanted
  FROM ward.hospitals here, ward.hospitals there
  WHERE here.id = NULLIF(current_setting('ward.hospital', true), '')::uuid AND there.id = wanted
    AND there.organization_id = here.organization_id AND o.id = here.organization_id;
  RETURN FOUND;
END $$;

-- What somebody sees who holds the link of an invitation.
CREATE FUNCTION ward.invitation_of(wanted bytea)
RETURNS TABLE (
  hospital_id uuid, hospital_name text, organization_name text, email text, role text, state text,
  expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT i.hospital_id, h.name, o.name, i.email, i.role,
    CASE WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.accepted_at IS NOT NULL THEN 'accepted'
      WHEN i.expires_at <= ward.now() THEN 'expired' ELSE 'open' END,
    i.expires_at
  FROM ward.invitations i JOIN ward.hospitals h ON h.id = i.hospital_id
  JOIN ward.organizations o ON o.id = h.organization_id
  WHERE i.token_hash = wanted
$$;

-- Makes the person of the transaction a member by the invitation of this token: once, and only the person who was
-- invited. Tells 'joined', or why not: 'unknown', 'revoked', 'accepted', 'expired', 'address', 'member'.
CREATE FUNCTION ward.accept_invitation(wanted bytea)
RETURNS TABLE (outcome text, joined_hospital uuid, joined_role text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.me();
  found_one ward.invitations;
BEGIN
  SELECT * INTO found_one FROM ward.invitations i WHERE i.token_hash = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM ward.users u WHERE u.id = person AND u.email = found_one.email) THEN
    RETURN QUERY SELECT 'address', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  IF found_one.revoked_at IS NOT NULL OR found_one.accepted_at IS NOT NULL OR found_one.expires_at <= ward.now() THEN
    RETURN QUERY SELECT CASE WHEN found_one.revoked_at IS NOT NULL THEN 'revoked'
      WHEN found_one.accepted_at IS NOT NULL THEN 'accepted' ELSE 'expired' END, NULL::uuid, NULL::text;
    RETURN;
  END IF;
  INSERT INTO ward.memberships AS m (hospital_id, user_id, role, department_id)
  VALUES (found_one.hospital_id, person, found_one.role, found_one.department_id)
  ON CONFLICT (hospital_id, user_id) DO UPDATE
    SET is_active = true, role = excluded.role, department_id = excluded.department_id WHERE NOT m.is_active;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'member', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  UPDATE ward.invitations i SET accepted_at = ward.now(), accepted_by = person
  WHERE i.hospital_id = found_one.hospital_id AND i.id = found_one.id;
  RETURN QUERY SELECT 'joined', found_one.hospital_id, found_one.role;
END $$;

-- Makes the person of the transaction a member by a code, and counts the use in the same statement that checks it.
-- Tells 'joined', or why not: 'unknown', 'expired', 'used up', 'member'; only the first of them may be committed.
CREATE FUNCTION ward.use_join_code(wanted text)
RETURNS TABLE (outcome text, joined_hospital uuid, joined_role text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.me();
  taken ward.join_codes;
BEGIN
  UPDATE ward.join_codes c SET uses = c.uses + 1
  WHERE c.code = wanted AND c.revoked_at IS NULL AND c.expires_at > ward.now() AND c.uses < c.max_uses
  RETURNING c.* INTO taken;
  IF NOT FOUND THEN
    RETURN QUERY SELECT COALESCE(
      (SELECT CASE WHEN c.revoked_at IS NOT NULL OR c.expires_at <= ward.now() THEN 'expired' ELSE 'used up' END
        FROM ward.join_codes c WHERE c.code = wanted), 'unknown'), NULL::uuid, NULL::text;
    RETURN;
  END IF;
  INSERT INTO ward.memberships (hospital_id, user_id, role, department_id)
  VALUES (taken.hospital_id, person, taken.role, taken.department_id) ON CONFLICT (hospital_id, user_id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'member', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  RETURN QUERY SELECT 'joined', taken.hospital_id, taken.role;
END $$;

-- Asks to be let into the hospital of this subdomain. Tells 'asked', or why not: 'unknown', 'member', 'pending'.
CREATE FUNCTION ward.ask_to_join(new_id uuid, wanted_subdomain text, wanted_role text, new_message text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.me();
  target uuid;
BEGIN
  SELECT h.id INTO target FROM ward.hospitals h WHERE h.subdomain = wanted_subdomain AND h.is_active;
  IF NOT FOUND THEN
    RETURN 'unknown';
  END IF;
  IF EXISTS (SELECT FROM ward.memberships m WHERE m.hospital_id = target AND m.user_id = person) THEN
    RETURN 'member';
  END IF;
  INSERT INTO ward.join_requests (hospital_id, id, user_id, role, message)
  VALUES (target, new_id, person, wanted_role, new_message)
  ON CONFLICT (hospital_id, user_id) WHERE status = 'pending' DO NOTHING;
  IF NOT FOUND THEN
    RETURN 'pending';
  END IF;
  RETURN 'asked';
END $$;

-- What the person of the transaction asked for, wherever.
CREATE FUNCTION ward.my_join_requests()
RETURNS TABLE (
  id uuid, hospital_name text, role text, message text, status text, note text, created_at timestamptz,
  reviewed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT r.id, h.name, r.role, r.message, r.status, r.note, r.created_at, r.reviewed_at
  FROM ward.join_requests r JOIN ward.hospitals h ON h.id = r.hospital_id WHERE r.user_id = ward.me()
$$;

-- Takes back what the person of the transaction asked for; false when nothing of his waits under this id.
CREATE FUNCTION ward.cancel_join_request(wanted uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  UPDATE ward.join_requests SET status = 'cancelled' WHERE id = wanted AND user_id = ward.me() AND status = 'pending';
  RETURN FOUND;
END $$;

-- Who asks to be let in, as those see him who decide about it: a colleague he is not yet.
CREATE FUNCTION ward.join_requests_here()
RETURNS TABLE (
  hospital_id uuid, id uuid, user_id uuid, name text, email text, role text, message text, status text, note text,
  created_at timestamptz, reviewed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT r.hospital_id, r.id, r.user_id, u.name, u.email, r.role, r.message, r.status, r.note, r.created_at,
    r.reviewed_at
  FROM ward.join_requests r JOIN ward.users u ON u.id = r.user_id
  WHERE r.hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid
$$;

-- What everybody may know of the hospital of a subdomain.
CREATE FUNCTION ward.hospital_named(wanted text)
RETURNS TABLE (id uuid, name text, kind text, subdomain text, time_zone text, is_active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT h.id, h.name, h.kind, h.subdomain, h.time_zone, h.is_active FROM ward.hospitals h WHERE h.subdomain = wanted
$$;

DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'role_grants_of(bytea)', 'create_organization(uuid, text, text, text, uuid, text, text, text, text)',
    'add_hospital(uuid, text, text, text, text)',
    'update_organization(text, text, text, text, text, text, text, text, text)', 'set_default_hospital(uuid)',
    'invitation_of(bytea)', 'accept_invitation(bytea)', 'use_join_code(text)', 'ask_to_join(uuid, text, text, text)',
    'my_join_requests()', 'cancel_join_request(uuid)', 'join_requests_here()', 'hospital_named(text)']
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION ward.%s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ward.%s TO ward_serving', signature);
  END LOOP;
END $$;
