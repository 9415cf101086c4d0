-- Why: who looks after a patient, and how he is: vital signs with the ranges in which they are possible, so that neither
-- a slip of the finger nor a program stores a pulse of 800. Free texts are sealed.
-- Safe while a previous version serves: it only adds.

CREATE TABLE ward.care_team (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('primary_doctor', 'attending_nurse', 'specialist', 'resident', 'intern')),
  notes bytea CHECK (length(notes) <= 16384),
  assigned_by uuid NOT NULL REFERENCES ward.users (id),
  assigned_at timestamptz NOT NULL DEFAULT ward.now(),
  ended_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id)
);
CREATE UNIQUE INDEX care_team_member ON ward.care_team (hospital_id, patient_id, user_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX care_team_primary ON ward.care_team (hospital_id, patient_id)
  WHERE ended_at IS NULL AND role = 'primary_doctor';
CREATE INDEX care_team_user ON ward.care_team (hospital_id, user_id, patient_id DESC) WHERE ended_at IS NULL;

CREATE TABLE ward.vitals (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  recorded_by uuid NOT NULL REFERENCES ward.users (id),
  recorded_at timestamptz NOT NULL DEFAULT ward.now(),
  heart_rate smallint CHECK (heart_rate BETWEEN 30 AND 250),
  systolic smallint CHECK (systolic BETWEEN 50 AND 300),
  diastolic smallint CHECK (diastolic BETWEEN 30 AND 200),
  temperature double precision CHECK (temperature BETWEEN 25 AND 45),
  respiratory_rate smallint CHECK (respiratory_rate BETWEEN 5 AND 60),
  oxygen_saturation smallint CHECK (oxygen_saturation BETWEEN 50 AND 100),
  blood_glucose smallint CHECK (blood_glucose BETWEEN 20 AND 600),
  pain smallint CHECK (pain BETWEEN 0 AND 10),
  notes bytea CHECK (length(notes) <= 16384),
  -- The signs that were out of their limits.
  critical text[] NOT NULL DEFAULT '{}',
  alert_id uuid,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id),
  CHECK ((systolic IS NULL) = (diastolic IS NULL)),
  CHECK (systolic > diastolic),
  CHECK (num_nonnulls(heart_rate, systolic, temperature, respiratory_rate, oxygen_saturation, blood_glucose, pain) > 0)
);
CREATE INDEX vitals_patient ON ward.vitals (hospital_id, patient_id, recorded_at DESC, id DESC);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['care_team', 'vitals'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON ward.care_team, ward.vitals TO ward_serving;
