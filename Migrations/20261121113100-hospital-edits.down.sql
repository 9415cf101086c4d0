-- Why: takes the counting of codes before a hospital's change back.

DROP FUNCTION ward.try_hospital_edit(uuid, uuid, bytea);
