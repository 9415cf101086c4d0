-- Takes signed tokens away; whoever holds one signs in again.
DROP FUNCTION ward.forget_refresh_tokens();
DROP FUNCTION ward.session_hash(uuid, uuid);
DROP FUNCTION ward.trade_refresh(bytea, bytea, integer);
DROP FUNCTION ward.begin_refresh(uuid, uuid, bytea, integer);
DROP FUNCTION ward.add_signing_key(text, bytea, bytea, integer);
DROP TABLE ward.refresh_tokens;
DROP TABLE ward.signing_keys;
