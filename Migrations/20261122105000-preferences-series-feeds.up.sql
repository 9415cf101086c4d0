-- Why: whom and when a patient prefers, appointments that come again, and calendars elsewhere that follow.
-- Safe while a previous version serves: new tables.

-- Ranks what is offered instead of a time that is taken.
CREATE TABLE ward.booking_preferences (
  hospital_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  doctor_id uuid,
  -- 1 is Monday; empty: any.
  weekdays smallint[] NOT NULL DEFAULT '{}' CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  -- In the hospital's clocks; both or none.
  earliest time,
  latest time,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, patient_id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  CHECK ((earliest IS NULL) = (latest IS NULL)),
  CHECK (latest > earliest)
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.booking_preferences FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Appointments that come again. The rule is RFC 5545's, counted on the clocks of a zone; instances are appointments with
-- the series' id. What was booked stays when a series ends: only what lies ahead is given back.
CREATE TABLE ward.appointment_series (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  rule text NOT NULL CHECK (length(rule) BETWEEN 1 AND 300),
  time_zone text NOT NULL,
  -- On the clocks of the zone.
  first_start timestamp NOT NULL,
  minutes smallint NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  location_id uuid,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'cancelled')),
  -- The series of which this one is the rest, after a change of "this and following".
  continues uuid,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id),
  FOREIGN KEY (hospital_id, continues) REFERENCES ward.appointment_series (hospital_id, id)
);
CREATE INDEX appointment_series_patient ON ward.appointment_series (hospital_id, patient_id, id);
CREATE TRIGGER touch BEFORE UPDATE ON ward.appointment_series FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Who has an address for his calendar: one for each person, as a doctor or as a patient. A new one ends the old one.
CREATE TABLE ward.calendar_feeds (
  hospital_id uuid NOT NULL,
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, user_id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['booking_preferences', 'appointment_series', 'calendar_feeds']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.calendar_feeds TO ward_serving;
