-- Why: what is owed, for what, and how far each payment has come. A payment stands beside its appointment from the same
-- transaction on, whoever books it and by whatever way, so that nothing with a price is ever booked without one; what
-- becomes of the appointment is told to the payment in the same way. Its steps are a list of what was done: whoever goes
-- on with it reads there where it stopped.
-- Safe while a previous version serves: it only adds; an appointment without a price is as before.

CREATE TABLE ward.payments (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  appointment_id uuid,
  subscription_id uuid,
  amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'refunded')),
  -- By which way: `desk`, or a service outside.
  provider text CHECK (length(provider) BETWEEN 1 AND 30),
  -- Of the desk: cash, upi, card, bank.
  method text CHECK (method IN ('cash', 'upi', 'card', 'bank')),
  -- The service's own name for it, on record before any money moves.
  provider_ref text CHECK (length(provider_ref) BETWEEN 1 AND 100),
  -- Who pays says it with the first try, and the same again with the next.
  transaction_id text CHECK (length(transaction_id) BETWEEN 8 AND 100),
  -- A word of ours.
  failure text CHECK (length(failure) BETWEEN 1 AND 50),
  receipt_number text CHECK (length(receipt_number) BETWEEN 1 AND 30),
  processing_at timestamptz,
  paid_at timestamptz,
  refunded_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  FOREIGN KEY (hospital_id, subscription_id) REFERENCES ward.subscriptions (hospital_id, id),
  UNIQUE (hospital_id, appointment_id),
  UNIQUE (hospital_id, subscription_id),
  UNIQUE (hospital_id, transaction_id),
  UNIQUE (hospital_id, receipt_number),
  UNIQUE (provider, provider_ref),
  CHECK (num_nonnulls(appointment_id, subscription_id) = 1),
  CHECK ((status IN ('completed', 'refunded')) = (paid_at IS NOT NULL)),
  CHECK ((status = 'refunded') = (refunded_at IS NOT NULL))
);
CREATE INDEX payments_list ON ward.payments (hospital_id, created_at, id);
CREATE INDEX payments_stuck ON ward.payments (processing_at) WHERE status = 'processing';
CREATE TRIGGER touch BEFORE UPDATE ON ward.payments FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- What was done about a payment, each step once; nobody changes it.
CREATE TABLE ward.payment_steps (
  hospital_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  step text NOT NULL CHECK (length(step) BETWEEN 1 AND 30),
  outcome text NOT NULL CHECK (outcome IN ('done', 'failed')),
  number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, payment_id, step),
  FOREIGN KEY (hospital_id, payment_id) REFERENCES ward.payments (hospital_id, id)
);

-- Receipts are numbered without gaps, by hospital and year.
CREATE TABLE ward.receipt_counters (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  year smallint NOT NULL,
  last_number integer NOT NULL,
  PRIMARY KEY (hospital_id, year)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['payments', 'payment_steps', 'receipt_counters'] LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE ON ward.payments, ward.receipt_counters TO ward_serving;

-- What is booked with a price is to be paid; what is given up is not to be paid any more, or to be paid back.
CREATE FUNCTION ward.follow_appointment() RETURNS trigger LANGUAGE plpgsql SET search_path = ward, pg_temp AS $$
DECLARE
  payment uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO ward.payments (hospital_id, id, appointment_id, amount_minor, currency)
    VALUES (NEW.hospital_id, gen_random_uuid(), NEW.id, NEW.fee_minor, NEW.currency) RETURNING id INTO payment;
    INSERT INTO ward.payment_steps (hospital_id, payment_id, step, outcome)
    VALUES (NEW.hospital_id, payment, 'reserve_slot', 'done'), (NEW.hospital_id, payment, 'create_consultation', 'done');
    RETURN NULL;
  END IF;
  UPDATE ward.payments SET status = 'failed', failure = 'appointment_' || NEW.status, version = version + 1
  WHERE hospital_id = NEW.hospital_id AND appointment_id = NEW.id AND status = 'pending';
  -- A payment that is on its way sees by itself that its appointment is gone.
  IF EXISTS (SELECT FROM ward.payments p
    WHERE p.hospital_id = NEW.hospital_id AND p.appointment_id = NEW.id AND p.status = 'completed') THEN
    INSERT INTO ward.jobs (id, hospital_id, queue, kind, payload, state, due_at, max_attempts)
    VALUES (gen_random_uuid(), NEW.hospital_id, 'payment-processing', 'payment.released', '', 'waiting', ward.now(), 30);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER open_payment AFTER INSERT ON ward.appointments FOR EACH ROW
  WHEN (NEW.fee_minor > 0) EXECUTE FUNCTION ward.follow_appointment();
CREATE TRIGGER close_payment AFTER UPDATE OF status ON ward.appointments FOR EACH ROW
  WHEN (NEW.fee_minor > 0 AND NEW.status IS DISTINCT FROM OLD.status AND NEW.status IN ('cancelled', 'expired'))
  EXECUTE FUNCTION ward.follow_appointment();

-- Payments of all hospitals that are on their way for longer than half an hour: ids only, for the engine.
CREATE FUNCTION ward.stuck_payments() RETURNS TABLE (hospital_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.hospital_id, p.id FROM ward.payments p
  WHERE p.status = 'processing' AND p.processing_at < ward.now() - interval '30 minutes'
  ORDER BY p.processing_at LIMIT 1000
$$;
REVOKE ALL ON FUNCTION ward.stuck_payments() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.stuck_payments() TO ward_engine;
