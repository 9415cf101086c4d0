-- Why: takes back the making of accounts; those that were made stay.
DROP FUNCTION ward.sign_up(uuid, text, text, text);
