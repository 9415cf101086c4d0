-- Why: a hospital may keep records to their departments, and then a clinician must still be able to open one in an
-- emergency: with a reason, for an hour at most, and somebody looks at it afterwards. Reasons are sealed.
-- Safe while a previous version serves: it only adds.

CREATE TABLE ward.emergency_accesses (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  reason bytea NOT NULL CHECK (length(reason) <= 16384),
  granted_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  reviewed_by uuid REFERENCES ward.users (id),
  reviewed_at timestamptz,
  verdict text CHECK (verdict IN ('justified', 'unjustified')),
  review_note bytea CHECK (length(review_note) <= 16384),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  CHECK (expires_at > granted_at AND expires_at <= granted_at + interval '60 minutes'),
  CHECK ((verdict IS NULL) = (reviewed_at IS NULL) AND (verdict IS NULL) = (reviewed_by IS NULL)),
  CHECK (reviewed_by <> user_id)
);
CREATE INDEX emergency_accesses_user ON ward.emergency_accesses (hospital_id, user_id, patient_id, expires_at);
CREATE INDEX emergency_accesses_waiting ON ward.emergency_accesses (hospital_id, id DESC) WHERE verdict IS NULL;

ALTER TABLE ward.emergency_accesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.emergency_accesses FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.emergency_accesses TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.emergency_accesses TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.emergency_accesses TO ward_serving;
GRANT UPDATE (reviewed_by, reviewed_at, verdict, review_note) ON ward.emergency_accesses TO ward_serving;
