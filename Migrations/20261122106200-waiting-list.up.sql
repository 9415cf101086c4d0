-- Why: who finds no time waits for one. When a time becomes free it is held for the first whom it fits, for a short
-- while; who does not take it is passed over for this time and waits on.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.waiting_entries (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  -- Null: any who becomes free.
  doctor_id uuid,
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  minutes smallint NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  -- The same as a number, the most urgent first.
  rank smallint NOT NULL GENERATED ALWAYS AS (
    CASE priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 2 WHEN 'normal' THEN 3 ELSE 4 END) STORED,
  -- A time that begins between these fits.
  earliest timestamptz NOT NULL,
  latest timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'notified', 'scheduled', 'removed')),
  -- Of the time that is held for him, or that he took.
  appointment_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  CHECK (latest >= earliest),
  CHECK (status NOT IN ('notified', 'scheduled') OR appointment_id IS NOT NULL)
);
CREATE INDEX waiting_entries_turn ON ward.waiting_entries (hospital_id, rank, created_at, id) WHERE status = 'waiting';
CREATE INDEX waiting_entries_list ON ward.waiting_entries (hospital_id, created_at, id);
CREATE INDEX waiting_entries_appointment ON ward.waiting_entries (hospital_id, appointment_id)
  WHERE status = 'notified';
CREATE TRIGGER touch BEFORE UPDATE ON ward.waiting_entries FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Every time that was offered to somebody; nobody is offered the same one twice.
CREATE TABLE ward.waiting_offers (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  entry_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  offered_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, entry_id, doctor_id, starts_at),
  FOREIGN KEY (hospital_id, entry_id) REFERENCES ward.waiting_entries (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['waiting_entries', 'waiting_offers'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE ON ward.waiting_entries TO ward_serving;
