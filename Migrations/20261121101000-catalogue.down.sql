-- Why: takes back templates and what is counted about interruptions; the catalogue and the ladders stay as they are.

DROP TRIGGER note_interruptions ON ward.alert_pages;
DROP TRIGGER note_interruptions_added ON ward.alert_pages;
DROP TRIGGER note_duty ON ward.memberships;
DROP TRIGGER note_duty_added ON ward.memberships;
DROP FUNCTION ward.note_repetitions();
DROP FUNCTION ward.note_interruptions();
DROP FUNCTION ward.note_duty();
DROP TABLE ward.alert_interruptions;
DROP TABLE ward.duty_periods;
DROP TABLE ward.alert_templates;
REVOKE INSERT, UPDATE ON ward.alert_types FROM ward_serving;
REVOKE INSERT, UPDATE, DELETE ON ward.escalation_ladders FROM ward_serving;
ALTER TABLE ward.escalation_ladders DROP COLUMN version;
ALTER TABLE ward.alert_types DROP COLUMN version;
