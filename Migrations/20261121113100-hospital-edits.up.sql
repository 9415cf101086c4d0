-- Why: a wrong code before a change of a hospital's particulars counts even though the call that brings it fails, also
-- when it comes on many nodes at once. Safe while a previous version serves: it only adds.

-- Counts a try, and tells whether it was right: 'right' opens the one change for ten minutes, anything else is 'wrong'.
-- The third wrong one ends the code.
CREATE FUNCTION ward.try_hospital_edit(target uuid, person uuid, given bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  is_right boolean;
BEGIN
  UPDATE ward.hospital_edits e SET tries = e.tries + 1
  WHERE e.hospital_id = target AND e.user_id = person AND e.code_hash IS NOT NULL AND e.tries < 3
    AND e.expires_at > ward.now()
  RETURNING e.code_hash = given INTO is_right;
  IF NOT FOUND OR NOT is_right THEN
    RETURN 'wrong';
  END IF;
  UPDATE ward.hospital_edits SET code_hash = NULL, verified_until = ward.now() + interval '10 minutes'
  WHERE hospital_id = target;
  RETURN 'right';
END $$;
REVOKE ALL ON FUNCTION ward.try_hospital_edit(uuid, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.try_hospital_edit(uuid, uuid, bytea) TO ward_serving;
