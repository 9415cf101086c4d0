-- Takes sign-in by a mailed code away.
DROP FUNCTION ward.forget_sign_in_codes();
DROP FUNCTION ward.person_of(text);
DROP FUNCTION ward.use_sign_in_code(text, text[]);
DROP FUNCTION ward.try_sign_in_code(text, text[]);
DROP FUNCTION ward.begin_sign_in_code(text, text);
DROP TABLE ward.sign_in_codes;
