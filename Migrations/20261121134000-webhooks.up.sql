-- Why: other programs of a house hear what happens in Ward: each event of the log is handed to them, signed, in the
-- order of its number, however long they were away (a week at most). A cursor for each endpoint says how far it is, so
-- nothing waits in memory, and an endpoint that is down holds up nobody else. Safe while a previous version serves: it
-- only adds.

CREATE TABLE ward.webhooks (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  url text NOT NULL CHECK (length(url) BETWEEN 8 AND 500),
  description text CHECK (length(description) BETWEEN 1 AND 100),
  events text[] NOT NULL CHECK (cardinality(events) BETWEEN 1 AND 20),
  -- Sealed; the endpoint knows it, too, and nobody else.
  secret bytea NOT NULL CHECK (length(secret) BETWEEN 1 AND 500),
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id)
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.webhooks FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- How far an endpoint is, and how it is: ids, numbers and due times alone, since the engine sees those of all tenants.
CREATE TABLE ward.webhook_cursors (
  hospital_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  position bigint NOT NULL CHECK (position >= 0),
  is_active boolean NOT NULL DEFAULT true,
  breaker text NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open', 'half_open')),
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  due_at timestamptz NOT NULL DEFAULT ward.now(),
  -- Which node hands over now; the token fences off one that was too slow.
  lease_token uuid,
  leased_until timestamptz,
  PRIMARY KEY (hospital_id, webhook_id),
  FOREIGN KEY (hospital_id, webhook_id) REFERENCES ward.webhooks (hospital_id, id) ON DELETE CASCADE,
  CHECK ((lease_token IS NULL) = (leased_until IS NULL))
);
CREATE INDEX webhook_cursors_due ON ward.webhook_cursors (due_at) WHERE is_active;

CREATE TABLE ward.webhook_deliveries (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_number bigint NOT NULL,
  event_id uuid NOT NULL,
  event_name text NOT NULL CHECK (length(event_name) <= 50),
  status text NOT NULL CHECK (status IN ('waiting', 'delivered', 'failed')),
  attempts integer NOT NULL CHECK (attempts >= 1),
  response_status smallint CHECK (response_status BETWEEN 100 AND 999),
  reason text CHECK (length(reason) <= 100),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  finished_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, webhook_id, event_number),
  FOREIGN KEY (hospital_id, webhook_id) REFERENCES ward.webhooks (hospital_id, id) ON DELETE CASCADE,
  CHECK ((status = 'waiting') = (finished_at IS NULL))
);
CREATE INDEX webhook_deliveries_age ON ward.webhook_deliveries (created_at);

ALTER TABLE ward.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.webhooks FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.webhook_cursors ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.webhook_cursors FORCE ROW LEVEL SECURITY;
ALTER TABLE ward.webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.webhook_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.webhooks TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.webhook_cursors TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY tenant ON ward.webhook_deliveries TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY engine ON ward.webhook_cursors TO ward_engine USING (true);
CREATE POLICY owner ON ward.webhooks TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.webhook_cursors TO CURRENT_USER USING (true);
CREATE POLICY owner ON ward.webhook_deliveries TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.webhooks TO ward_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.webhook_cursors TO ward_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.webhook_deliveries TO ward_serving;
GRANT SELECT, UPDATE ON ward.webhook_cursors TO ward_engine;

-- What was handed over, or not, is kept a month; at most 10,000 rows a call.
CREATE FUNCTION ward.forget_webhook_deliveries() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.webhook_deliveries WHERE (hospital_id, id) IN (
      SELECT d.hospital_id, d.id FROM ward.webhook_deliveries d WHERE d.created_at < ward.now() - interval '30 days'
      LIMIT 10000)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION ward.forget_webhook_deliveries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_webhook_deliveries() TO ward_engine;
