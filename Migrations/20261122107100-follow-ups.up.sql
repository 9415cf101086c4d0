-- Why: at a visit it is said when the patient should come again. The plan is due so many days after the visit's end; then
-- he is reminded, and who books for him sees it until he has been.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.follow_ups (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The visit after which it is.
  appointment_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('routine', 'urgent', 'specialist', 'therapy', 'surgery')),
  after_days smallint NOT NULL CHECK (after_days BETWEEN 1 AND 730),
  -- Sealed: what is to be looked at.
  note bytea CHECK (length(note) <= 4096),
  -- planned: the visit is not over; pending: the time has not come.
  status text NOT NULL DEFAULT 'planned'
    CHECK (status IN ('planned', 'pending', 'due', 'scheduled', 'completed', 'cancelled')),
  due_at timestamptz,
  next_appointment_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, next_appointment_id) REFERENCES ward.appointments (hospital_id, id),
  CHECK (status NOT IN ('pending', 'due') OR due_at IS NOT NULL),
  CHECK (status <> 'scheduled' OR next_appointment_id IS NOT NULL)
);
CREATE INDEX follow_ups_list ON ward.follow_ups (hospital_id, (COALESCE(due_at, 'infinity'::timestamptz)), id);
CREATE INDEX follow_ups_appointment ON ward.follow_ups (hospital_id, appointment_id);
CREATE INDEX follow_ups_next ON ward.follow_ups (hospital_id, next_appointment_id) WHERE next_appointment_id IS NOT NULL;
CREATE TRIGGER touch BEFORE UPDATE ON ward.follow_ups FOR EACH ROW EXECUTE FUNCTION ward.touch();

ALTER TABLE ward.follow_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.follow_ups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.follow_ups TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.follow_ups TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.follow_ups TO ward_serving;
GRANT UPDATE (status, due_at, next_appointment_id, version, updated_at, note) ON ward.follow_ups TO ward_serving;
