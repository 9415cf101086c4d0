-- Why: takes out what only a broker needs.

DROP FUNCTION ward.claim_brought_jobs(uuid[], text[], integer[], text[], uuid, double precision);
DROP FUNCTION ward.announce_jobs(text[], integer, double precision);
