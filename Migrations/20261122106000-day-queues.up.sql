-- Why: people who have come for an appointment wait for their doctor in an order that everybody sees: a queue for each
-- doctor and day, whose entries are numbers; who follows one by a ticket learns nothing else.
-- Safe while a previous version serves: it only adds.
CREATE TABLE ward.day_queues (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  doctor_id uuid NOT NULL,
  -- By the hospital's calendar.
  day date NOT NULL,
  -- Numbers count from 1 in each queue.
  last_number integer NOT NULL DEFAULT 0 CHECK (last_number >= 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, doctor_id, day),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id)
);
CREATE INDEX day_queues_day ON ward.day_queues (hospital_id, day, doctor_id);

CREATE TABLE ward.queue_entries (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  queue_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  -- By which those who wait are seen; 1 is not always taken.
  place integer NOT NULL,
  is_emergency boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'in_progress', 'done', 'left')),
  joined_at timestamptz NOT NULL DEFAULT ward.now(),
  started_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, queue_id) REFERENCES ward.day_queues (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'left'))),
  CHECK (state <> 'in_progress' OR started_at IS NOT NULL)
);
CREATE INDEX queue_entries_open ON ward.queue_entries (hospital_id, queue_id, place, id)
  WHERE state IN ('waiting', 'in_progress');
CREATE INDEX queue_entries_queue ON ward.queue_entries (hospital_id, queue_id);
-- Nobody waits twice for one appointment.
CREATE UNIQUE INDEX queue_entries_once ON ward.queue_entries (hospital_id, appointment_id)
  WHERE state IN ('waiting', 'in_progress');

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['day_queues', 'queue_entries'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE (last_number, version) ON ward.day_queues TO ward_serving;
GRANT UPDATE (place, is_emergency, state, started_at, ended_at) ON ward.queue_entries TO ward_serving;
