-- Why: what clients hear of. Each hospital numbers its events without a gap, in the order of its commits, so a client
-- that was away can ask for what it missed by one number. And: the first answer of a repeated request.

CREATE TABLE ward.event_counters (
  hospital_id uuid PRIMARY KEY REFERENCES ward.hospitals (id),
  last_number bigint NOT NULL DEFAULT 0 CHECK (last_number >= 0)
) WITH (fillfactor = 10);

CREATE TABLE ward.events (
  hospital_id uuid NOT NULL,
  number bigint NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) <= 50),
  rooms text NOT NULL,                    -- the rooms that hear it, separated by spaces
  payload text NOT NULL,                  -- JSON, sent as it stands
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, number)
);
CREATE INDEX events_age ON ward.events (created_at);

CREATE TABLE ward.idempotency_keys (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  actor_id uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
  answer text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, actor_id, operation, key)
);
CREATE INDEX idempotency_keys_age ON ward.idempotency_keys (created_at);

CREATE FUNCTION ward.count_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  INSERT INTO ward.event_counters (hospital_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ward.count_events() FROM PUBLIC;
CREATE TRIGGER count_events AFTER INSERT ON ward.hospitals FOR EACH ROW EXECUTE FUNCTION ward.count_events();

ALTER TABLE ward.event_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.event_counters FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.events FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.event_counters TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.events TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.idempotency_keys TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
-- The dispatcher serves every hospital: it sees which of them have news, and nothing of the news.
CREATE POLICY engine ON ward.event_counters FOR SELECT TO ward_engine USING (true);
CREATE POLICY owner ON ward.event_counters TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.events TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.idempotency_keys TO CURRENT_USER USING (true);
GRANT SELECT, UPDATE ON ward.event_counters TO ward_serving;
GRANT SELECT ON ward.event_counters TO ward_engine;
GRANT SELECT, INSERT ON ward.events TO ward_serving;
GRANT SELECT, INSERT, UPDATE ON ward.idempotency_keys TO ward_serving;

-- Forgets events older than a week and answers older than a day, at most 10,000 rows a call.
CREATE FUNCTION ward.prune() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH old_events AS (
    DELETE FROM ward.events WHERE ctid IN (
      SELECT ctid FROM ward.events WHERE created_at < ward.now() - interval '7 days' LIMIT 10000) RETURNING 1),
  old_keys AS (
    DELETE FROM ward.idempotency_keys WHERE ctid IN (
      SELECT ctid FROM ward.idempotency_keys WHERE created_at < ward.now() - interval '24 hours' LIMIT 10000)
    RETURNING 1)
  SELECT (SELECT count(*) FROM old_events) + (SELECT count(*) FROM old_keys)
$$;
REVOKE ALL ON FUNCTION ward.prune() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.prune() TO ward_engine;
