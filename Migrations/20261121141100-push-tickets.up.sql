-- Why: a push service takes a message with a ticket and says later what became of it. Tickets are kept until they are
-- answered, so that an app that is gone is forgotten and a message that did not arrive goes the next way.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.push_tickets (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  -- The service's own name of it.
  ticket text NOT NULL CHECK (length(ticket) BETWEEN 1 AND 200),
  delivery_id uuid NOT NULL,
  token_id uuid NOT NULL,
  outcome text NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'taken', 'failed')),
  taken_at timestamptz NOT NULL DEFAULT ward.now(),
  -- When it is asked about for the first time.
  due_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, ticket)
);
CREATE INDEX push_tickets_waiting ON ward.push_tickets (hospital_id, due_at, ticket) WHERE outcome = 'waiting';
CREATE INDEX push_tickets_delivery ON ward.push_tickets (hospital_id, delivery_id);

ALTER TABLE ward.push_tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.push_tickets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.push_tickets TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.push_tickets TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, DELETE, UPDATE (outcome) ON ward.push_tickets TO ward_serving;
