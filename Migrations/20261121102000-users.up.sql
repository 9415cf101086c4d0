-- Why: an administrator makes, renames and deactivates the people of his hospital. People and sessions are above
-- hospitals and the serving role may change only its own person there, so three narrow functions do it, each bound to
-- the hospital of the transaction. And: alerts are listed by the time of their acknowledgement.
-- Safe while a previous version serves: it only adds.

-- A new person, with or without a password; false when the address is taken, and nothing is written.
CREATE FUNCTION ward.create_user(new_id uuid, new_email text, new_name text, new_secret text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  IF NULLIF(current_setting('ward.hospital', true), '') IS NULL THEN
    RAISE EXCEPTION 'a person is made in a hospital' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO ward.users (id, email, name) VALUES (new_id, new_email, new_name) ON CONFLICT (email) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF new_secret IS NOT NULL THEN
    INSERT INTO ward.credentials (user_id, kind, algorithm, secret)
    VALUES (new_id, 'password', 'argon2id', new_secret);
  END IF;
  RETURN true;
END $$;

-- Another name for somebody who belongs to the hospital of the transaction.
CREATE FUNCTION ward.rename_user(target uuid, new_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  UPDATE ward.users u SET name = new_name WHERE u.id = target AND EXISTS (
    SELECT FROM ward.memberships m WHERE m.user_id = target
      AND m.hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
  RETURN FOUND;
END $$;

-- Ends what is left of somebody whom the hospital of the transaction has just deactivated: the sessions there, and
-- where no other hospital counts on the person, the account and all its sessions. Tells how many sessions ended.
CREATE FUNCTION ward.end_membership(target uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  here uuid := NULLIF(current_setting('ward.hospital', true), '')::uuid;
  is_needed boolean;
  ended integer;
BEGIN
  IF NOT EXISTS (SELECT FROM ward.memberships
    WHERE hospital_id = here AND user_id = target AND NOT is_active)
  THEN
    RAISE EXCEPTION 'no deactivated membership' USING ERRCODE = 'insufficient_privilege';
  END IF;
  is_needed := EXISTS (SELECT FROM ward.memberships WHERE user_id = target AND is_active);
  IF NOT is_needed THEN
    UPDATE ward.users SET is_active = false WHERE id = target;
  END IF;
  UPDATE ward.sessions SET revoked_at = ward.now()
  WHERE user_id = target AND revoked_at IS NULL AND (hospital_id = here OR NOT is_needed);
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END $$;

REVOKE ALL ON FUNCTION ward.create_user(uuid, text, text, text), ward.rename_user(uuid, text),
  ward.end_membership(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.create_user(uuid, text, text, text), ward.rename_user(uuid, text),
  ward.end_membership(uuid) TO ward_serving;

-- CASE and not COALESCE: PostgreSQL does not count the latter among what leaks nothing, so it uses no index under RLS.
CREATE INDEX alerts_acknowledged ON ward.alerts 
  (hospital_id, (CASE WHEN acknowledged_at IS NULL THEN '-infinity' ELSE acknowledged_at END) DESC, id DESC);
