-- Why: takes back what administrators need for people; the people stay.
DROP INDEX ward.alerts_acknowledged;
DROP FUNCTION ward.end_membership(uuid);
DROP FUNCTION ward.rename_user(uuid, text);
DROP FUNCTION ward.create_user(uuid, text, text, text);
