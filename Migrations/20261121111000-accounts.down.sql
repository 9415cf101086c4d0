-- Takes back what 20261121111000-accounts.up.sql added; open proofs, profiles and kept letters are lost.
DROP FUNCTION ward.forget_accounts();
DROP FUNCTION ward.kept_letters();
DROP FUNCTION ward.keep_letter(uuid, bytea);
DROP FUNCTION ward.is_taken(text);
DROP FUNCTION ward.take_password(uuid);
DROP FUNCTION ward.reset_password(uuid, text);
DROP FUNCTION ward.verify_email(uuid);
DROP FUNCTION ward.use_proof(uuid, text);
DROP FUNCTION ward.proof_of(bytea, text);
DROP FUNCTION ward.try_code(text, text, bytea[]);
DROP FUNCTION ward.begin_proof(uuid, text, text, bytea, bytea, integer);
DROP TABLE ward.profiles;
DROP TABLE ward.mail_proofs;
DROP TABLE ward.mail_outbox;
