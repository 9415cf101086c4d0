-- Why: people who wait follow their place in a line from where they are, without signing in. A line belongs to a
-- department; what stands here is a number on a ticket, and nothing about who holds it.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.line_entries (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  department_id uuid NOT NULL,
  -- Counts from 1 each day of the hospital.
  number integer NOT NULL CHECK (number > 0),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'called', 'left')),
  -- By which those who wait are called.
  place timestamptz NOT NULL DEFAULT ward.now(),
  joined_at timestamptz NOT NULL DEFAULT ward.now(),
  called_at timestamptz,
  left_at timestamptz,
  -- Nobody waits longer, whatever nobody told us.
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  CHECK (expires_at > joined_at),
  CHECK ((state = 'called') = (called_at IS NOT NULL) AND (state = 'left') = (left_at IS NOT NULL))
);
CREATE INDEX line_entries_waiting ON ward.line_entries (hospital_id, department_id, place, id)
  WHERE state = 'waiting';
CREATE INDEX line_entries_joined ON ward.line_entries (hospital_id, department_id, joined_at);

ALTER TABLE ward.line_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.line_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.line_entries TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.line_entries TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, DELETE ON ward.line_entries TO ward_serving;
GRANT UPDATE (state, called_at, left_at) ON ward.line_entries TO ward_serving;
