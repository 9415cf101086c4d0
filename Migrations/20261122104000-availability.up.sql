-- Why: when somebody can be booked: weekly hours with their own pace, days off and extra hours, places in other time
-- zones, and what a change of hours means for what is booked already, computed by a job and kept for who asks.
-- Safe while a previous version serves: columns with defaults and new tables.

-- Null: that of the hospital.
ALTER TABLE ward.locations ADD COLUMN time_zone text CHECK (length(time_zone) BETWEEN 1 AND 64);

ALTER TABLE ward.working_hours
  -- How long one visit usually takes in these hours; null: as the resource says.
  ADD COLUMN average_minutes smallint CHECK (average_minutes BETWEEN 5 AND 480),
  ADD COLUMN is_active boolean NOT NULL DEFAULT true;

-- Days off, and hours beside the usual ones, as moments.
CREATE TABLE ward.availability_exceptions (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('off', 'extra')),
  location_id uuid,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  title text CHECK (length(title) BETWEEN 1 AND 100),
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, resource_id) REFERENCES ward.resources (hospital_id, id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id),
  CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '8784 hours'),
  CHECK (kind = 'extra' OR location_id IS NULL)
);
CREATE INDEX availability_exceptions_time ON ward.availability_exceptions (hospital_id, resource_id, starts_at);

-- What the hours of the next weeks come to, as a job computed it after the last change.
CREATE TABLE ward.availability_overviews (
  hospital_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  -- [{"date": "2026-11-23", "minutes": 420}]
  days jsonb NOT NULL,
  -- Appointments that the hours no longer hold, the first hundred.
  outside uuid[] NOT NULL,
  computed_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, resource_id),
  FOREIGN KEY (hospital_id, resource_id) REFERENCES ward.resources (hospital_id, id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['availability_exceptions', 'availability_overviews']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.availability_exceptions TO ward_serving;
GRANT UPDATE ON ward.availability_overviews TO ward_serving;

SELECT ward.watch_for_cache('ward.resources');
SELECT ward.watch_for_cache('ward.working_hours');
SELECT ward.watch_for_cache('ward.availability_overviews');
