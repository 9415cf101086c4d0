-- Why: what needs several appointments (see the doctor, be examined, come back) is booked all at once or not at all, by a
-- job; who asked sees how it stands. And people without an account book by a link that a hospital signs and may withdraw.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.bundles (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'booked', 'failed')),
  -- Which step could not be booked, and what stood in its way: kinds and times.
  failed_step smallint CHECK (failed_step > 0),
  problem jsonb,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  CHECK ((status = 'failed') = (failed_step IS NOT NULL))
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.bundles FOR EACH ROW EXECUTE FUNCTION ward.touch();

CREATE TABLE ward.bundle_steps (
  hospital_id uuid NOT NULL,
  bundle_id uuid NOT NULL,
  number smallint NOT NULL CHECK (number BETWEEN 1 AND 10),
  doctor_id uuid NOT NULL,
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  starts_at timestamptz NOT NULL,
  minutes smallint CHECK (minutes BETWEEN 5 AND 480),
  appointment_id uuid,
  PRIMARY KEY (hospital_id, bundle_id, number),
  FOREIGN KEY (hospital_id, bundle_id) REFERENCES ward.bundles (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id)
);

CREATE TABLE ward.booking_links (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  bookings integer NOT NULL DEFAULT 0 CHECK (bookings >= 0),
  most_bookings integer NOT NULL CHECK (most_bookings BETWEEN 1 AND 10000),
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id)
);
CREATE INDEX booking_links_list ON ward.booking_links (hospital_id, created_at, id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bundles', 'bundle_steps', 'booking_links'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE (status, failed_step, problem, updated_at) ON ward.bundles TO ward_serving;
GRANT UPDATE (appointment_id) ON ward.bundle_steps TO ward_serving;
GRANT UPDATE (revoked_at, bookings) ON ward.booking_links TO ward_serving;
