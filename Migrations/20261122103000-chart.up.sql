-- Why: what a clinic knows of a patient besides his record: history, laboratory, imaging and allergies, each sealed; and
-- what patients think of their doctors once they have seen them.
-- Safe while a previous version serves: it only adds.

-- One thing of a chart. What it says is sealed; what is taken out keeps its row.
CREATE TABLE ward.chart_items (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('record', 'lab', 'imaging', 'allergy')),
  content bytea NOT NULL CHECK (length(content) <= 262144),
  version integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_by uuid NOT NULL REFERENCES ward.users (id),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  removed_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id)
);
CREATE INDEX chart_items_patient ON ward.chart_items (hospital_id, patient_id, kind, id DESC) WHERE removed_at IS NULL;
CREATE TRIGGER touch BEFORE UPDATE ON ward.chart_items FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- What a patient gave for a visit: one number for each.
CREATE TABLE ward.doctor_ratings (
  hospital_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  score smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, appointment_id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id)
);
CREATE TRIGGER touch BEFORE UPDATE ON ward.doctor_ratings FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Their sum, kept with each rating, so that a search does not add them up.
CREATE TABLE ward.doctor_scores (
  hospital_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  ratings integer NOT NULL CHECK (ratings >= 1),
  total integer NOT NULL CHECK (total BETWEEN ratings AND 5 * ratings),
  mean numeric NOT NULL GENERATED ALWAYS AS (round(total::numeric / ratings, 2)) STORED,
  PRIMARY KEY (hospital_id, doctor_id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['chart_items', 'doctor_ratings', 'doctor_scores']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE (content, version, updated_by, updated_at, removed_at) ON ward.chart_items TO ward_serving;
GRANT UPDATE (score, updated_at) ON ward.doctor_ratings TO ward_serving;
GRANT UPDATE (ratings, total) ON ward.doctor_scores TO ward_serving;
