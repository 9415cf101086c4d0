-- Why: fees are numbers of the hospital's currency, and no hospital could say which that is, so that nothing that was booked
-- had a price. Once there are fees the currency stays: 5,000 of one is not 5,000 of another.
-- Safe while a previous version serves: it only adds.
ALTER TABLE ward.hospitals ADD COLUMN IF NOT EXISTS currency text CHECK (currency ~ '^[A-Z]{3}$');
GRANT UPDATE (currency) ON ward.hospitals TO ward_serving;

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
