-- Why: takes API keys back; every key is refused from then on.

DROP FUNCTION ward.key_bearer_of(bytea[]), ward.key_grants_of(bytea[]);
DROP TABLE ward.api_keys;
