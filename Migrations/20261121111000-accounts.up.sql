-- Why: a person proves by mail that an address is his, takes a forgotten password back by mail, and has a profile of
-- his own. Nobody is signed in at those moments, so narrow functions do what the serving role may not: each finds its
-- person by a secret that only his mailbox has. And: in development letters are kept to be looked at, not sent.
-- Safe while a previous version serves: it only adds.

-- Letters of a development Ward without a mail server, sealed like the jobs they come from.
CREATE TABLE ward.mail_outbox (
  id uuid PRIMARY KEY,
  letter bytea NOT NULL CHECK (length(letter) <= 131072),
  created_at timestamptz NOT NULL DEFAULT ward.now()
);
CREATE INDEX mail_outbox_time ON ward.mail_outbox (created_at DESC, id DESC);

-- What was mailed to prove something: a link's token and perhaps a code, both as hashes. A code has three tries.
CREATE TABLE ward.mail_proofs (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  purpose text NOT NULL CHECK (purpose IN ('verify_email', 'reset_password')),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  code_hash bytea CHECK (length(code_hash) = 16),
  tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX mail_proofs_user ON ward.mail_proofs (user_id, purpose) WHERE used_at IS NULL;
CREATE INDEX mail_proofs_expiry ON ward.mail_proofs (expires_at);

-- What a person says of himself. Role, hospital and organisation are no part of it: those are given, never taken.
CREATE TABLE ward.profiles (
  user_id uuid PRIMARY KEY REFERENCES ward.users (id),
  phone text CHECK (length(phone) <= 20),
  department text CHECK (length(department) <= 50),
  job_title text CHECK (length(job_title) <= 100),
  bio text CHECK (length(bio) <= 500),
  license_number text CHECK (length(license_number) <= 50),
  availability text NOT NULL DEFAULT 'available' CHECK (availability IN ('available', 'busy', 'offline')),
  by_email boolean NOT NULL DEFAULT true,
  by_push boolean NOT NULL DEFAULT true,
  by_sms boolean NOT NULL DEFAULT false,
  completed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now()
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.profiles FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Letters and proofs are reached through the functions below alone.
ALTER TABLE ward.profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ward.profiles TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY owner ON ward.profiles TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON ward.profiles TO ward_serving;

-- A new proof for whoever has this address; the ones before it are over. Null, and nothing written, for nobody.
CREATE FUNCTION ward.begin_proof(
  new_id uuid, wanted text, wanted_purpose text, token bytea, code bytea, seconds integer)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person ward.users;
BEGIN
  SELECT * INTO person FROM ward.users WHERE email = wanted AND is_active FOR NO KEY UPDATE;
  IF NOT FOUND OR (wanted_purpose = 'verify_email' AND person.email_verified_at IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  UPDATE ward.mail_proofs SET used_at = ward.now()
  WHERE user_id = person.id AND purpose = wanted_purpose AND used_at IS NULL;
  INSERT INTO ward.mail_proofs (id, user_id, purpose, token_hash, code_hash, expires_at)
  VALUES (new_id, person.id, wanted_purpose, token, code, ward.now() + make_interval(secs => seconds));
  RETURN person.name;
END $$;

-- Counts a try of the mailed code before it looks whether it is right; the proof's id if it is, null if not, and null
-- for ever after the third try. The row lock makes parallel guesses stand in line.
CREATE FUNCTION ward.try_code(wanted text, wanted_purpose text, codes bytea[]) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  proof ward.mail_proofs;
BEGIN
  UPDATE ward.mail_proofs p SET tries = p.tries + 1
  FROM ward.users u
  WHERE u.email = wanted AND p.user_id = u.id AND p.purpose = wanted_purpose AND p.used_at IS NULL
    AND p.expires_at > ward.now() AND p.tries < 3
  RETURNING p.* INTO proof;
  IF proof.code_hash = ANY (codes) THEN
    RETURN proof.id;
  END IF;
  RETURN NULL;
END $$;

-- Whose open proof a token is, and his address.
CREATE FUNCTION ward.proof_of(token bytea, wanted_purpose text) RETURNS TABLE (id uuid, email text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.id, u.email, u.name FROM ward.mail_proofs p JOIN ward.users u ON u.id = p.user_id AND u.is_active
  WHERE p.token_hash = token AND p.purpose = wanted_purpose AND p.used_at IS NULL AND p.expires_at > ward.now()
$$;

-- Uses an open proof up, once and no second time; its person, or null.
CREATE FUNCTION ward.use_proof(wanted uuid, wanted_purpose text) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  UPDATE ward.mail_proofs SET used_at = ward.now()
  WHERE id = wanted AND purpose = wanted_purpose AND used_at IS NULL AND expires_at > ward.now()
  RETURNING user_id
$$;
REVOKE ALL ON FUNCTION ward.use_proof(uuid, text) FROM PUBLIC;

CREATE FUNCTION ward.verify_email(proof uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.use_proof(proof, 'verify_email');
BEGIN
  UPDATE ward.users SET email_verified_at = ward.now() WHERE id = person AND email_verified_at IS NULL;
  RETURN person;
END $$;

-- A new password for whoever holds the proof. All his sessions end; that he has the mailbox is known by now.
CREATE FUNCTION ward.reset_password(proof uuid, new_secret text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  person uuid := ward.use_proof(proof, 'reset_password');
BEGIN
  IF person IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO ward.credentials (user_id, kind, algorithm, secret) VALUES (person, 'password', 'argon2id', new_secret)
  ON CONFLICT (user_id, kind) DO UPDATE SET algorithm = excluded.algorithm, secret = excluded.secret;
  UPDATE ward.sessions SET revoked_at = ward.now() WHERE user_id = person AND revoked_at IS NULL;
  UPDATE ward.users SET email_verified_at = COALESCE(email_verified_at, ward.now()), failed_attempts = 0,
    lockout_until = NULL
  WHERE id = person;
  RETURN person;
END $$;

-- An administrator of the transaction's hospital takes somebody's password away; his sessions end with it. His
-- address, for the letter by which he sets a new one; null when he does not belong to the hospital.
CREATE FUNCTION ward.take_password(target uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ward.memberships
    WHERE hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid AND user_id = target)
  THEN
    RETURN NULL;
  END IF;
  DELETE FROM ward.credentials WHERE user_id = target AND kind = 'password';
  UPDATE ward.sessions SET revoked_at = ward.now() WHERE user_id = target AND revoked_at IS NULL;
  RETURN (SELECT email FROM ward.users WHERE id = target);
END $$;

CREATE FUNCTION ward.is_taken(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT EXISTS (SELECT FROM ward.users WHERE email = wanted)
$$;

-- Keeps a letter, once.
CREATE FUNCTION ward.keep_letter(new_id uuid, new_letter bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.mail_outbox (id, letter) VALUES (new_id, new_letter) ON CONFLICT (id) DO NOTHING
$$;

-- What is in them is sealed, and only a development Ward has an operation that opens it.
CREATE FUNCTION ward.kept_letters() RETURNS TABLE (id uuid, letter bytea, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT o.id, o.letter, o.created_at FROM ward.mail_outbox o ORDER BY o.created_at DESC, o.id DESC LIMIT 100
$$;

-- Proofs and letters that nobody needs any more, and finished work; called by the housekeeping.
CREATE FUNCTION ward.forget_accounts() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  forgotten bigint;
BEGIN
  DELETE FROM ward.mail_proofs WHERE expires_at < ward.now() - interval '1 day';
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  DELETE FROM ward.mail_outbox WHERE created_at < ward.now() - interval '7 days';
  RETURN forgotten;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'begin_proof(uuid, text, text, bytea, bytea, integer)', 'try_code(text, text, bytea[])',
    'proof_of(bytea, text)', 'verify_email(uuid)', 'reset_password(uuid, text)', 'take_password(uuid)',
    'is_taken(text)', 'kept_letters()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION ward.%s FROM PUBLIC', name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ward.%s TO ward_serving', name);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION ward.forget_accounts(), ward.keep_letter(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_accounts(), ward.keep_letter(uuid, bytea) TO ward_engine;
