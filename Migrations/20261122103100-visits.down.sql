-- Takes back what doctors leave behind after visits.
DROP FUNCTION ward.prescription_of(bytea);
DROP TABLE ward.prescriptions;
DROP TABLE ward.visit_notes;
