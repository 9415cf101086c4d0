-- Why: who has an appointment is reminded of it, once, at the times that its service says; the reminders are moved and
-- taken back with it, so what belongs to which is kept. And who waits for a time is told of one that became free.
-- Safe while a previous version serves: it adds a table, and lets a column hold a word more.
CREATE TABLE ward.appointment_reminders (
  hospital_id uuid NOT NULL,
  reminder_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  PRIMARY KEY (hospital_id, reminder_id),
  FOREIGN KEY (hospital_id, reminder_id) REFERENCES ward.reminders (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id)
);
CREATE INDEX appointment_reminders_of ON ward.appointment_reminders (hospital_id, appointment_id);

ALTER TABLE ward.appointment_reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.appointment_reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.appointment_reminders TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.appointment_reminders TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.appointment_reminders TO ward_serving;

ALTER TABLE ward.reminders DROP CONSTRAINT reminders_kind_check;
ALTER TABLE ward.reminders ADD CONSTRAINT reminders_kind_check
  CHECK (kind IN ('appointment', 'follow_up', 'prescription', 'payment', 'waiting_list'));
