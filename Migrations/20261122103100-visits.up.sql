-- Why: what a doctor leaves behind after a visit: notes that are amended and never changed, and one prescription that is
-- in force, which a pharmacy far away can tell from a forged one by its code.
-- Safe while a previous version serves: it only adds.

-- An amendment stands beside the note that it corrects.
CREATE TABLE ward.visit_notes (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  author_id uuid NOT NULL,
  amends uuid,
  content bytea NOT NULL CHECK (length(content) <= 262144),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, author_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, amends) REFERENCES ward.visit_notes (hospital_id, id)
);
CREATE INDEX visit_notes_appointment ON ward.visit_notes (hospital_id, appointment_id, id);

CREATE TABLE ward.prescriptions (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'replaced', 'cancelled')),
  content bytea NOT NULL CHECK (length(content) <= 262144),
  -- Of a code of 100 random bits, so that a plain hash tells nothing.
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  dispensed_at timestamptz,
  dispensed_by uuid REFERENCES ward.users (id),
  ended_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  CHECK ((status = 'active') = (ended_at IS NULL)),
  CHECK ((dispensed_at IS NULL) = (dispensed_by IS NULL))
);
CREATE UNIQUE INDEX prescriptions_active ON ward.prescriptions (hospital_id, appointment_id) WHERE status = 'active';
CREATE UNIQUE INDEX prescriptions_code ON ward.prescriptions (code_hash);
CREATE INDEX prescriptions_patient ON ward.prescriptions (hospital_id, patient_id, id DESC);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['visit_notes', 'prescriptions']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE (status, ended_at, dispensed_at, dispensed_by, version) ON ward.prescriptions TO ward_serving;

-- What anybody who holds the code may know: that the prescription is genuine, and whose signature it bears; nothing of
-- the patient and nothing of what was prescribed.
CREATE FUNCTION ward.prescription_of(code bytea)
RETURNS TABLE (status text, issued_at timestamptz, dispensed_at timestamptz, doctor_name text, hospital_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.status, p.created_at, p.dispensed_at, u.name, h.name
  FROM ward.prescriptions p JOIN ward.users u ON u.id = p.doctor_id JOIN ward.hospitals h ON h.id = p.hospital_id
  WHERE p.code_hash = code
$$;
REVOKE ALL ON FUNCTION ward.prescription_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.prescription_of(bytea) TO ward_serving;
