-- Why: takes away days off, extra hours and what was computed of them.
DROP TABLE ward.availability_overviews, ward.availability_exceptions;
DROP TRIGGER note_insert ON ward.resources;
DROP TRIGGER note_update ON ward.resources;
DROP TRIGGER note_delete ON ward.resources;
DROP TRIGGER note_insert ON ward.working_hours;
DROP TRIGGER note_update ON ward.working_hours;
DROP TRIGGER note_delete ON ward.working_hours;
ALTER TABLE ward.working_hours DROP COLUMN is_active, DROP COLUMN average_minutes;
ALTER TABLE ward.locations DROP COLUMN time_zone;
