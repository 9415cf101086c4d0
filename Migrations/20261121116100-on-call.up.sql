-- Why: somebody has to be reachable at every hour: who it is follows from a rotation, unless somebody stands in.
-- Safe while a previous version serves: it only adds.

CREATE TABLE ward.on_call_schedules (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  department_id uuid,
  role text CHECK (length(role) BETWEEN 1 AND 50),
  -- [{"participants": [ids], "rotation": "weekly", "hours": null, "handover": "08:00", "startDate": "2026-11-23",
  --   "endDate": null, "week": null}], the first that has somebody at a moment counts.
  layers jsonb NOT NULL CHECK (jsonb_typeof(layers) = 'array'),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  CONSTRAINT on_call_schedules_name UNIQUE (hospital_id, name),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);

CREATE TABLE ward.on_call_overrides (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  schedule_id uuid NOT NULL,
  user_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  created_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, schedule_id) REFERENCES ward.on_call_schedules (hospital_id, id) ON DELETE CASCADE,
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id),
  CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '92 days'),
  CONSTRAINT on_call_overrides_apart EXCLUDE USING gist
    (hospital_id WITH =, schedule_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX on_call_overrides_schedule ON ward.on_call_overrides (hospital_id, schedule_id, starts_at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['on_call_schedules', 'on_call_overrides']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
