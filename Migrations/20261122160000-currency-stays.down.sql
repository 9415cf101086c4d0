DROP TRIGGER IF EXISTS keep_currency ON ward.hospitals;
DROP FUNCTION IF EXISTS ward.keep_currency();
