-- Why: some treatments are a course of sessions. Each session is booked by a job of its service's own queue, so that a
-- hundred of one kind do not stand in the way of another; here stands which session came to what.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.courses (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  minutes smallint NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  location_id uuid,
  -- Rooms and devices that each session takes besides the doctor.
  resource_ids uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(resource_ids) <= 10),
  sessions smallint NOT NULL CHECK (sessions BETWEEN 1 AND 60),
  -- From one session to the next, by the hospital's clocks.
  every_days smallint NOT NULL CHECK (every_days BETWEEN 1 AND 90),
  -- booking: jobs are at work; incomplete: for some session no time was found.
  status text NOT NULL DEFAULT 'booking' CHECK (status IN ('booking', 'booked', 'incomplete', 'completed', 'cancelled')),
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id)
);
CREATE INDEX courses_list ON ward.courses (hospital_id, created_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON ward.courses FOR EACH ROW EXECUTE FUNCTION ward.touch();

CREATE TABLE ward.course_sessions (
  hospital_id uuid NOT NULL,
  course_id uuid NOT NULL,
  number smallint NOT NULL CHECK (number > 0),
  planned_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'booked', 'failed', 'completed', 'cancelled')),
  appointment_id uuid,
  PRIMARY KEY (hospital_id, course_id, number),
  FOREIGN KEY (hospital_id, course_id) REFERENCES ward.courses (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  CHECK (status NOT IN ('booked', 'completed') OR appointment_id IS NOT NULL)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['courses', 'course_sessions'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE (status, version, updated_at) ON ward.courses TO ward_serving;
GRANT UPDATE (status, appointment_id) ON ward.course_sessions TO ward_serving;
