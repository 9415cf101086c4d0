-- Why: who works when is planned: the hours of a person's usual week, and shifts on certain days, never two of one
-- person at the same time.
-- Safe while a previous version serves: it only adds. The extension lets a constraint compare ids and spans at once.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TABLE ward.shift_schedules (
  hospital_id uuid NOT NULL,
  user_id uuid NOT NULL,
  -- {"monday": [{"start": "22:00", "end": "06:00"}], …}, in the hospital's time zone.
  week jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, user_id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id)
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.shift_schedules FOR EACH ROW EXECUTE FUNCTION ward.touch();

CREATE TABLE ward.shifts (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  department_id uuid,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  CHECK (ends_at >= starts_at + interval '30 minutes' AND ends_at <= starts_at + interval '24 hours'),
  CONSTRAINT shifts_apart EXCLUDE USING gist
    (hospital_id WITH =, user_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX shifts_starts ON ward.shifts (hospital_id, starts_at, id);
CREATE INDEX shifts_user ON ward.shifts (hospital_id, user_id, starts_at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['shift_schedules', 'shifts']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.shifts TO ward_serving;
