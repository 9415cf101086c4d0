-- Why: a patient's record stands in the database sealed: name, number, address, diagnoses and all that is nobody's
-- business are one encrypted document, found again through keyed fingerprints of their words. And: who saw whose record.
-- Safe while a previous version serves: columns are added, and that version writes no patients but the demo's. What it
-- left readable is sealed by the next start.

ALTER TABLE ward.patients
  ALTER COLUMN mrn DROP NOT NULL,
  ALTER COLUMN name DROP NOT NULL,
  ADD COLUMN record bytea CHECK (length(record) <= 262144),
  -- Of the record number: unique in its hospital without standing there.
  ADD COLUMN mrn_fingerprint bytea CHECK (length(mrn_fingerprint) = 16),
  ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'discharged')),
  ADD COLUMN room_number text CHECK (length(room_number) <= 10),
  ADD COLUMN bed_number text CHECK (length(bed_number) <= 10),
  ADD COLUMN is_dnr boolean NOT NULL DEFAULT false,
  ADD COLUMN is_fall_risk boolean NOT NULL DEFAULT false,
  ADD COLUMN has_allergy_alert boolean NOT NULL DEFAULT false,
  ADD COLUMN admitted_at timestamptz NOT NULL DEFAULT ward.now(),
  ADD COLUMN discharged_at timestamptz,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CHECK ((status = 'discharged') = (discharged_at IS NOT NULL)),
  -- Readable, as an earlier version wrote it, or sealed; never both.
  ADD CHECK ((record IS NULL) = (name IS NOT NULL)),
  ADD CHECK ((record IS NULL) = (mrn IS NOT NULL)),
  ADD CHECK ((record IS NULL) = (mrn_fingerprint IS NULL));
CREATE UNIQUE INDEX patients_mrn ON ward.patients (hospital_id, mrn_fingerprint);
CREATE UNIQUE INDEX patients_user ON ward.patients (hospital_id, user_id) WHERE user_id IS NOT NULL;
-- Ids begin with the time of their making, so their order is that of admission.
CREATE INDEX patients_status ON ward.patients (hospital_id, status, id DESC);
CREATE INDEX patients_department ON ward.patients (hospital_id, department_id, status, id DESC);
CREATE INDEX patients_plain ON ward.patients (hospital_id) WHERE record IS NULL;

-- The fingerprints of a name's words and of their beginnings, of the record number and of the day of birth.
CREATE TABLE ward.patient_words (
  hospital_id uuid NOT NULL,
  fingerprint bytea NOT NULL CHECK (length(fingerprint) = 16),
  patient_id uuid NOT NULL,
  PRIMARY KEY (hospital_id, fingerprint, patient_id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id)
);
CREATE INDEX patient_words_patient ON ward.patient_words (hospital_id, patient_id);

-- The last number that a hospital gave out in a year.
CREATE TABLE ward.patient_numbers (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  year smallint NOT NULL,
  last_number integer NOT NULL CHECK (last_number >= 0),
  PRIMARY KEY (hospital_id, year)
);

-- Who saw or changed which record, one row for each record of a list; the audit log has one row for the whole call.
CREATE TABLE ward.patient_accesses (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'screen', 'system')),
  actor_id uuid,
  actor_role text,
  action text NOT NULL CHECK (length(action) <= 100),
  request_id text,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id)
);
CREATE INDEX patient_accesses_patient ON ward.patient_accesses (hospital_id, patient_id, occurred_at DESC, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ward.patient_accesses
  FOR EACH ROW EXECUTE FUNCTION ward.refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON ward.patient_accesses
  FOR EACH STATEMENT EXECUTE FUNCTION ward.refuse_change();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patient_words', 'patient_numbers', 'patient_accesses'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON ward.patient_words TO ward_serving;
GRANT SELECT, INSERT, UPDATE ON ward.patient_numbers TO ward_serving;
GRANT SELECT, INSERT ON ward.patient_accesses TO ward_serving;

-- In which hospitals something still stands readable; the engine then seals it hospital by hospital.
CREATE FUNCTION ward.hospitals_with_plain_patients() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT DISTINCT hospital_id FROM ward.patients WHERE record IS NULL
$$;
REVOKE ALL ON FUNCTION ward.hospitals_with_plain_patients() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.hospitals_with_plain_patients() TO ward_engine;
