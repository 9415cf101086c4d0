-- Back to each node knowing its own connections alone.
DROP FUNCTION ward.presences_here(), ward.keep_presences(uuid, uuid[], text[], integer);
DROP TABLE ward.presences;
