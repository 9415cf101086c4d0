-- Why: takes suspension and doctors' profiles back; who is suspended stays deactivated.

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
    SET is_active = true, role = excluded.role, department_id = excluded.department_id WHERE NOT m.is_active;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'member', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  UPDATE ward.invitations i SET accepted_at = ward.now(), accepted_by = person
  WHERE i.hospital_id = found_one.hospital_id AND i.id = found_one.id;
  RETURN QUERY SELECT 'joined', found_one.hospital_id, found_one.role;
END $$;

DROP FUNCTION ward.restore_membership(uuid);
ALTER TABLE ward.memberships
  DROP CONSTRAINT memberships_suspension,
  DROP COLUMN suspended_at,
  DROP COLUMN suspended_by,
  DROP COLUMN suspension_reason;
DROP TABLE ward.doctor_profiles;
DROP INDEX ward.memberships_license;
