-- Why: people sign in with the account of another provider (OAuth 2.0, OpenID Connect), or call with a token that
-- another issuer signed. Who that is here stands in one table, once for each account there.
-- Safe while a previous version serves: it only adds.

CREATE TABLE ward.linked_accounts (
  provider text NOT NULL CHECK (length(provider) BETWEEN 1 AND 200),
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  user_id uuid NOT NULL REFERENCES ward.users (id),
  -- What the provider gave for calls in the person's name, sealed; null where nothing is called.
  tokens bytea CHECK (length(tokens) <= 20000),
  scope text CHECK (length(scope) <= 500),
  tokens_expire_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  last_used_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (provider, subject)
);
CREATE INDEX linked_accounts_user ON ward.linked_accounts (user_id);
ALTER TABLE ward.linked_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.linked_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ward.linked_accounts TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY owner ON ward.linked_accounts TO CURRENT_USER USING (true);
GRANT SELECT, DELETE ON ward.linked_accounts TO ward_serving;
GRANT UPDATE (tokens, scope, tokens_expire_at) ON ward.linked_accounts TO ward_serving;

-- Sign-ins that were begun and not finished: by the hash of their state, bound to one browser. Reached through the two
-- functions alone.
CREATE TABLE ward.begun_sign_ins (
  state_hash bytea PRIMARY KEY CHECK (length(state_hash) = 32),
  provider text NOT NULL,
  browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
  sealed bytea NOT NULL CHECK (length(sealed) <= 4096),
  expires_at timestamptz NOT NULL
);
CREATE INDEX begun_sign_ins_expires ON ward.begun_sign_ins (expires_at);

CREATE FUNCTION ward.begin_sign_in(state bytea, provider text, browser bytea, sealed bytea, seconds integer)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.begun_sign_ins WHERE state_hash IN (
    SELECT state_hash FROM ward.begun_sign_ins WHERE expires_at < ward.now() ORDER BY expires_at LIMIT 100
    FOR UPDATE SKIP LOCKED);
  INSERT INTO ward.begun_sign_ins (state_hash, provider, browser_hash, sealed, expires_at)
  VALUES (state, provider, browser, sealed, ward.now() + make_interval(secs => seconds))
$$;

-- What was begun with this state; given back once, and to the browser that began it.
CREATE FUNCTION ward.take_sign_in(state bytea, wanted text, browser bytea) RETURNS bytea
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH taken AS (DELETE FROM ward.begun_sign_ins WHERE state_hash = state RETURNING *)
  SELECT sealed FROM taken WHERE provider = wanted AND browser_hash = browser AND expires_at > ward.now()
$$;

-- Who an account elsewhere is here. Known: that person. Unknown: the person of that address, if the provider and Ward
-- have both verified it; a new person if nobody has the address. An address that only one side has verified links
-- nothing: whoever made the other account may not be the one who reads that mail.
CREATE FUNCTION ward.account_of(
  wanted_provider text, wanted_subject text, address text, is_verified boolean, new_id uuid, new_name text)
RETURNS TABLE (outcome text, user_id uuid, email text, name text, hospital_id uuid, is_usable boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
#variable_conflict use_column
DECLARE
  person uuid;
  what text := 'known';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('account ' || wanted_provider || ' ' || wanted_subject, 0));
  SELECT a.user_id INTO person FROM ward.linked_accounts a
  WHERE a.provider = wanted_provider AND a.subject = wanted_subject;
  IF person IS NULL THEN
    IF address IS NULL OR NOT is_verified THEN
      RETURN QUERY SELECT 'unverified', NULL::uuid, NULL::text, NULL::text, NULL::uuid, false;
      RETURN;
    END IF;
    INSERT INTO ward.users (id, email, name, email_verified_at) VALUES (new_id, address, new_name, ward.now())
    ON CONFLICT (email) DO NOTHING;
    IF FOUND THEN
      person := new_id;
      what := 'new';
    ELSE
      SELECT u.id INTO person FROM ward.users u WHERE u.email = address AND u.email_verified_at IS NOT NULL;
      what := 'linked';
    END IF;
    IF person IS NULL THEN
      RETURN QUERY SELECT 'taken', NULL::uuid, NULL::text, NULL::text, NULL::uuid, false;
      RETURN;
    END IF;
    INSERT INTO ward.linked_accounts (provider, subject, user_id) VALUES (wanted_provider, wanted_subject, person);
  END IF;
  UPDATE ward.linked_accounts SET last_used_at = ward.now()
  WHERE provider = wanted_provider AND subject = wanted_subject;
  RETURN QUERY SELECT what, u.id, u.email, u.name,
    (SELECT m.hospital_id FROM ward.memberships m WHERE m.user_id = u.id AND m.is_active
      ORDER BY m.created_at, m.hospital_id LIMIT 1),
    u.is_active AND NOT u.is_locked
  FROM ward.users u WHERE u.id = person;
END $$;

-- The session of a token that another issuer signed: made when the token is seen first, over when the token is.
CREATE FUNCTION ward.foreign_session(new_id uuid, person uuid, hospital uuid, hash bytea, ends_at timestamptz)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.sessions (id, user_id, hospital_id, token_hash, address, user_agent, expires_at)
  VALUES (new_id, person, hospital, hash, '', 'a token of another issuer', ends_at)
  ON CONFLICT (token_hash) DO NOTHING
$$;

REVOKE ALL ON FUNCTION ward.begin_sign_in(bytea, text, bytea, bytea, integer), ward.take_sign_in(bytea, text, bytea),
  ward.account_of(text, text, text, boolean, uuid, text),
  ward.foreign_session(uuid, uuid, uuid, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.begin_sign_in(bytea, text, bytea, bytea, integer),
  ward.take_sign_in(bytea, text, bytea), ward.account_of(text, text, text, boolean, uuid, text),
  ward.foreign_session(uuid, uuid, uuid, bytea, timestamptz) TO ward_serving;
