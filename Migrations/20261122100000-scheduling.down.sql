-- Why: takes away all appointments, what they take, and the resources.
DROP FUNCTION ward.make_appointment_partitions();
DROP FUNCTION ward.first_id(timestamptz);
DROP TABLE ward.occupancy, ward.appointment_history, ward.appointments, ward.working_hours, ward.resources;
