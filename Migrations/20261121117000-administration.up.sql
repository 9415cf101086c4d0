-- Why: a doctor has one professional profile in a hospital and a licence number that no colleague has; and a hospital's
-- administrators suspend somebody for a while, with a reason, which is another thing than having left.
-- Safe while a previous version serves: it only adds. Where two active doctors of a hospital stand with one licence
-- number it stops here and changes nothing: which of them is right is for people to say.

CREATE UNIQUE INDEX memberships_license ON ward.memberships (hospital_id, upper(license_number))
  WHERE license_number IS NOT NULL AND is_active AND role IN ('doctor', 'head_doctor');

CREATE TABLE ward.doctor_profiles (
  hospital_id uuid NOT NULL,
  user_id uuid NOT NULL,
  qualification text CHECK (length(qualification) BETWEEN 1 AND 200),
  experience_years smallint CHECK (experience_years BETWEEN 0 AND 80),
  bio text CHECK (length(bio) BETWEEN 1 AND 500),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, user_id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id) ON DELETE CASCADE
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.doctor_profiles FOR EACH ROW EXECUTE FUNCTION ward.touch();
ALTER TABLE ward.doctor_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.doctor_profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.doctor_profiles TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.doctor_profiles TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.doctor_profiles TO ward_serving;
GRANT UPDATE (qualification, experience_years, bio) ON ward.doctor_profiles TO ward_serving;

ALTER TABLE ward.memberships
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_by uuid REFERENCES ward.users (id),
  ADD COLUMN suspension_reason text CHECK (length(suspension_reason) BETWEEN 1 AND 500),
  ADD CONSTRAINT memberships_suspension CHECK (
    (suspended_at IS NULL) = (suspended_by IS NULL) AND (suspended_at IS NULL) = (suspension_reason IS NULL)
    AND NOT (is_active AND suspended_at IS NOT NULL));

-- Gives the account back to somebody whom the hospital of the transaction has just made active again.
CREATE FUNCTION ward.restore_membership(target uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ward.memberships WHERE user_id = target AND is_active
    AND hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)
  THEN
    RAISE EXCEPTION 'no active membership' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE ward.users SET is_active = true WHERE id = target AND NOT is_active;
END $$;
REVOKE ALL ON FUNCTION ward.restore_membership(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.restore_membership(uuid) TO ward_serving;

-- As before, but for one word: no invitation brings back who is suspended.
CREATE OR REPLACE FUNCTION ward.accept_invitation(wanted bytea)
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
    SET is_active = true, role = excluded.role, department_id = excluded.department_id
    WHERE NOT m.is_active AND m.suspended_at IS NULL;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'member', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  UPDATE ward.invitations i SET accepted_at = ward.now(), accepted_by = person
  WHERE i.hospital_id = found_one.hospital_id AND i.id = found_one.id;
  RETURN QUERY SELECT 'joined', found_one.hospital_id, found_one.role;
END $$;
