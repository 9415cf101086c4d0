-- Why: what Ward tells the world outside (a mail first) is work that must survive its transaction and happen after it.
-- A job is written with the deed that asks for it, and done by whichever node is awake. Its payload is sealed, since a
-- mail holds what opens an account. Safe while a previous version serves: it only adds.

CREATE TABLE ward.jobs (
  id uuid PRIMARY KEY,
  hospital_id uuid REFERENCES ward.hospitals (id),
  queue text NOT NULL CHECK (queue ~ '^[a-z][a-z0-9_-]{0,49}$'),
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_.]{0,49}$'),
  payload bytea NOT NULL CHECK (length(payload) <= 65536),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'dead')),
  priority smallint NOT NULL DEFAULT 5 CHECK (priority BETWEEN 0 AND 10),
  due_at timestamptz NOT NULL,
  attempts smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  max_attempts smallint NOT NULL DEFAULT 10 CHECK (max_attempts BETWEEN 1 AND 100),
  -- Who works on it, and until when nobody else may; the token fences off a worker that was too slow.
  lease_token uuid,
  leased_until timestamptz,
  last_error text CHECK (length(last_error) <= 200),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  finished_at timestamptz,
  CHECK ((state = 'waiting') = (finished_at IS NULL)),
  CHECK ((lease_token IS NULL) = (leased_until IS NULL))
);
CREATE INDEX jobs_due ON ward.jobs (queue, priority, due_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_finished ON ward.jobs (finished_at) WHERE finished_at IS NOT NULL;

ALTER TABLE ward.jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.jobs FORCE ROW LEVEL SECURITY;
-- Whoever serves may ask for work, for his hospital or for none, and sees none of it.
CREATE POLICY ask ON ward.jobs FOR INSERT TO ward_serving WITH CHECK (
  hospital_id IS NULL OR hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY engine ON ward.jobs TO ward_engine USING (true);
CREATE POLICY owner ON ward.jobs TO CURRENT_USER USING (true);
GRANT INSERT ON ward.jobs TO ward_serving;
GRANT SELECT, UPDATE, DELETE ON ward.jobs TO ward_engine;
