-- Takes second factors away; sign-in asks for the password alone.
DROP FUNCTION ward.take_backup_code(uuid, text[]);
DROP FUNCTION ward.take_step(uuid, bigint);
DROP FUNCTION ward.factor_of(uuid);
DROP TABLE ward.backup_codes;
DROP TABLE ward.second_factors;
