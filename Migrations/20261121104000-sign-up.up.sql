-- Why: somebody who is nobody yet makes an account: the serving role may not write people, so a narrow function does.
-- Safe while a previous version serves: it only adds.

-- The new person with a password; false when the address is taken, and nothing is written.
CREATE FUNCTION ward.sign_up(new_id uuid, new_email text, new_name text, new_secret text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  INSERT INTO ward.users (id, email, name) VALUES (new_id, new_email, new_name) ON CONFLICT (email) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO ward.credentials (user_id, kind, algorithm, secret)
  VALUES (new_id, 'password', 'argon2id', new_secret);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION ward.sign_up(uuid, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.sign_up(uuid, text, text, text) TO ward_serving;
