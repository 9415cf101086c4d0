DROP TRIGGER IF EXISTS hold_currency ON ward.resources;
DROP TRIGGER IF EXISTS hold_currency_of_new ON ward.resources;
DROP FUNCTION IF EXISTS ward.hold_currency();
