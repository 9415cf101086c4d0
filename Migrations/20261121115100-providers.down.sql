-- Takes other providers away; whoever has no password asks for a new one.
DROP FUNCTION ward.foreign_session(uuid, uuid, uuid, bytea, timestamptz);
DROP FUNCTION ward.account_of(text, text, text, boolean, uuid, text);
DROP FUNCTION ward.take_sign_in(bytea, text, bytea);
DROP FUNCTION ward.begin_sign_in(bytea, text, bytea, bytea, integer);
DROP TABLE ward.begun_sign_ins;
DROP TABLE ward.linked_accounts;
