-- Why: takes the event log and the stored answers away; clients reload their lists.
DROP FUNCTION ward.prune();
DROP TRIGGER count_events ON ward.hospitals;
DROP FUNCTION ward.count_events();
DROP TABLE ward.idempotency_keys, ward.events, ward.event_counters;
