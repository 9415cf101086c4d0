-- Why: 5,000 of one currency is not 5,000 of another, so that a hospital's currency stays while there are fees in it.
-- Safe while a previous version serves: its change of a currency under fees is refused too.
CREATE FUNCTION ward.keep_currency() RETURNS trigger LANGUAGE plpgsql SET search_path = ward, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM ward.resources r WHERE r.hospital_id = NEW.id AND r.fee_minor > 0) THEN
    RAISE EXCEPTION 'fees stand in another currency' USING ERRCODE = 'check_violation', CONSTRAINT = 'currency_of_fees';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_currency BEFORE UPDATE OF currency ON ward.hospitals FOR EACH ROW
  WHEN (OLD.currency IS NOT NULL AND NEW.currency IS DISTINCT FROM OLD.currency)
  EXECUTE FUNCTION ward.keep_currency();
