-- Why: takes away what ties reminders to appointments; those that are scheduled still go out.
DROP TABLE ward.appointment_reminders;
UPDATE ward.reminders SET kind = 'appointment' WHERE kind = 'waiting_list';
ALTER TABLE ward.reminders DROP CONSTRAINT reminders_kind_check;
ALTER TABLE ward.reminders ADD CONSTRAINT reminders_kind_check
  CHECK (kind IN ('appointment', 'follow_up', 'prescription', 'payment'));
