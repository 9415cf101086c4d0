-- Why: whoever changed the currency while somebody else wrote the first fee saw none, and the fee stood in the other
-- currency. A fee now holds its hospital's currency until it is committed.
-- Safe while a previous version serves: it writes fees through the same trigger.
CREATE FUNCTION ward.hold_currency() RETURNS trigger LANGUAGE plpgsql SET search_path = ward, pg_temp AS $$
BEGIN
  PERFORM FROM ward.hospitals h WHERE h.id = NEW.hospital_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_currency_of_new BEFORE INSERT ON ward.resources FOR EACH ROW
  WHEN (NEW.fee_minor > 0) EXECUTE FUNCTION ward.hold_currency();
CREATE TRIGGER hold_currency BEFORE UPDATE OF fee_minor ON ward.resources FOR EACH ROW
  WHEN (NEW.fee_minor > 0 AND OLD.fee_minor IS DISTINCT FROM NEW.fee_minor) EXECUTE FUNCTION ward.hold_currency();
