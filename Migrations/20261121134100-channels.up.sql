-- Why: messages leave by services that a hospital chooses, to devices and telephones, and what comes back counts: a reply
-- or a link answers for one person about one alert. Secrets, numbers and tokens are sealed; what must be found is found by
-- keyed hashes. Safe while a previous version serves: it only adds.

-- By which service a hospital sends; without a row the platform's.
CREATE TABLE ward.channel_settings (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  kind text NOT NULL CHECK (kind IN ('push', 'sms', 'whatsapp')),
  mode text NOT NULL CHECK (mode IN ('own', 'platform', 'off')),
  provider text CHECK (provider IN ('twilio', 'sns', 'gateway', 'expo', 'whatsapp')),
  sealed bytea CHECK (length(sealed) BETWEEN 1 AND 4096),
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, kind),
  CHECK ((provider IS NULL) = (sealed IS NULL)),
  CHECK ((mode = 'own') <= (sealed IS NOT NULL))
);

CREATE TRIGGER touch BEFORE UPDATE ON ward.channel_settings FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Devices that get push messages.
CREATE TABLE ward.push_tokens (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  print bytea NOT NULL CHECK (length(print) = 16),
  token bytea NOT NULL CHECK (length(token) BETWEEN 1 AND 1000),
  platform text NOT NULL CHECK (platform IN ('ios', 'android', 'web', 'other')),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, print)
);
CREATE INDEX push_tokens_user ON ward.push_tokens (hospital_id, user_id, id);

-- What a reply may answer: the code that stands in one message, and a keyed hash of the number it went to.
CREATE TABLE ward.reply_codes (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  delivery_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  alert_id uuid NOT NULL,
  print bytea NOT NULL CHECK (length(print) = 16),
  code text NOT NULL CHECK (code ~ '^[0-9]{4}$'),
  -- Whether it went by the hospital's own service: only that one may bring the reply.
  is_own boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (hospital_id, delivery_id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX reply_codes_print ON ward.reply_codes (print, created_at);
CREATE INDEX reply_codes_age ON ward.reply_codes (expires_at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['channel_settings', 'push_tokens', 'reply_codes']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.push_tokens TO ward_serving;

-- A person's own telephone number: good for codes and answers once a code that went there has come back.
CREATE TABLE ward.own_phones (
  user_id uuid PRIMARY KEY REFERENCES ward.users (id),
  number bytea NOT NULL CHECK (length(number) BETWEEN 1 AND 500),
  print bytea NOT NULL CHECK (length(print) = 16),
  fingerprint text CHECK (length(fingerprint) <= 50),
  tries smallint NOT NULL DEFAULT 0,
  asked_at timestamptz NOT NULL DEFAULT ward.now(),
  proved_at timestamptz
);
ALTER TABLE ward.own_phones ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.own_phones FORCE ROW LEVEL SECURITY;
CREATE POLICY person ON ward.own_phones TO ward_serving
  USING (user_id = NULLIF(current_setting('ward.user', true), '')::uuid);
CREATE POLICY owner ON ward.own_phones TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.own_phones TO ward_serving;

-- The number to which somebody's codes go, sealed; none that he has not proved.
CREATE FUNCTION ward.proved_phone(wanted uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.number FROM ward.own_phones p WHERE p.user_id = wanted AND p.proved_at IS NOT NULL
$$;

-- Counts a try before it looks whether the code is right; five tries, ten minutes.
CREATE FUNCTION ward.prove_phone(wanted uuid, fingerprints text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  held text;
BEGIN
  UPDATE ward.own_phones SET tries = tries + 1
  WHERE user_id = wanted AND proved_at IS NULL AND tries < 5 AND asked_at > ward.now() - interval '10 minutes'
  RETURNING fingerprint INTO held;
  IF held IS NULL OR held <> ALL (fingerprints) THEN
    RETURN false;
  END IF;
  UPDATE ward.own_phones SET proved_at = ward.now(), fingerprint = NULL WHERE user_id = wanted;
  RETURN true;
END $$;

-- Whether a number is proved to be this member's of the transaction's hospital.
CREATE FUNCTION ward.is_proved_phone(wanted uuid, prints bytea[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM ward.own_phones p JOIN ward.memberships m ON m.user_id = p.user_id AND m.is_active
    WHERE p.user_id = wanted AND p.proved_at IS NOT NULL AND p.print = ANY (prints)
      AND m.hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)
$$;

-- What a reply from this number may be about; `scope` is the hospital whose own service brought it, or none.
CREATE FUNCTION ward.replies_to(prints bytea[], scope uuid)
RETURNS TABLE (hospital_id uuid, delivery_id uuid, user_id uuid, alert_id uuid, code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT r.hospital_id, r.delivery_id, r.user_id, r.alert_id, r.code
  FROM ward.reply_codes r JOIN ward.alerts a ON a.hospital_id = r.hospital_id AND a.id = r.alert_id
  WHERE r.print = ANY (prints) AND r.used_at IS NULL AND r.expires_at > ward.now() AND a.status = 'active'
    AND CASE WHEN scope IS NULL THEN NOT r.is_own ELSE r.is_own AND r.hospital_id = scope END
  ORDER BY r.created_at DESC LIMIT 20
$$;

-- Who answers by a link or a reply, as bearer_of says it of a session: what he is there now, for one purpose.
CREATE FUNCTION ward.answerer_of(wanted uuid, tenant uuid)
RETURNS TABLE (
  kind text, id uuid, user_id uuid, name text, email text, session_hospital_id uuid, expires_at timestamptz,
  last_seen_at timestamptz, hospital_id uuid, hospital_name text, organization_id uuid, time_zone text,
  subdomain text, hospital_is_active boolean, nurses_resolve boolean, role text, department_id uuid,
  verified_at timestamptz, idle_minutes integer, scopes text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT 'answer', u.id, u.id, u.name, u.email, h.id, NULL::timestamptz, NULL::timestamptz,
    h.id, h.name, h.organization_id, h.time_zone, h.subdomain, h.is_active, h.nurses_resolve, m.role, m.department_id,
    NULL::timestamptz, NULL::integer, 'acknowledge_alerts'
  FROM ward.users u
  JOIN ward.memberships m ON m.user_id = u.id AND m.hospital_id = tenant AND m.is_active
  JOIN ward.hospitals h ON h.id = m.hospital_id
  WHERE u.id = wanted AND u.is_active AND NOT u.is_locked
$$;

CREATE FUNCTION ward.forget_reply_codes() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.reply_codes WHERE (hospital_id, delivery_id) IN (
      SELECT r.hospital_id, r.delivery_id FROM ward.reply_codes r WHERE r.expires_at < ward.now() - interval '1 day'
      LIMIT 10000)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION ward.proved_phone(uuid), ward.prove_phone(uuid, text[]), ward.is_proved_phone(uuid, bytea[]), ward.replies_to(bytea[], uuid),
  ward.answerer_of(uuid, uuid), ward.forget_reply_codes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.proved_phone(uuid), ward.prove_phone(uuid, text[]), ward.is_proved_phone(uuid, bytea[]),
  ward.replies_to(bytea[], uuid), ward.answerer_of(uuid, uuid) TO ward_serving;
GRANT EXECUTE ON FUNCTION ward.forget_reply_codes() TO ward_engine;
