-- Why: what a hospital pays for Ward, and how many doctors it may have for that. Plans are the installation's price list,
-- which anybody may read and only a super administrator writes; subscriptions belong to their hospital. A hospital that
-- never had a subscription has no limit: a house that runs Ward for itself needs no plan.
-- Safe while a previous version serves: it only adds, and the limit holds nobody who never had a subscription.

CREATE TABLE ward.subscription_plans (
  code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  description text CHECK (length(description) BETWEEN 1 AND 500),
  -- flat: one price up to max_doctors; per_doctor: the price of each of them.
  pricing text NOT NULL CHECK (pricing IN ('flat', 'per_doctor')),
  max_doctors integer NOT NULL CHECK (max_doctors BETWEEN 1 AND 10000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- Minor units.
  monthly_minor bigint NOT NULL CHECK (monthly_minor BETWEEN 0 AND 100000000000),
  -- Null: twelve months less the yearly discount.
  yearly_minor bigint CHECK (yearly_minor BETWEEN 0 AND 100000000000),
  -- Hundredths of a per cent, here and below.
  yearly_discount integer NOT NULL DEFAULT 0 CHECK (yearly_discount BETWEEN 0 AND 10000),
  -- [{"fromDoctors": 10, "points": 1000}, …], rising.
  volume_discounts jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(volume_discounts) = 'array'),
  -- Of what is left to pay: the platform's fee, and the tax on that fee.
  fee_points integer NOT NULL DEFAULT 0 CHECK (fee_points BETWEEN 0 AND 10000),
  tax_points integer NOT NULL DEFAULT 0 CHECK (tax_points BETWEEN 0 AND 10000),
  features jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(features) = 'array'),
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now()
);
CREATE INDEX subscription_plans_list ON ward.subscription_plans (name, code);
CREATE TRIGGER touch BEFORE UPDATE ON ward.subscription_plans FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER note_insert AFTER INSERT ON ward.subscription_plans
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_global_change();
CREATE TRIGGER note_update AFTER UPDATE ON ward.subscription_plans
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_global_change();
CREATE TRIGGER note_delete AFTER DELETE ON ward.subscription_plans
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_global_change();

ALTER TABLE ward.subscription_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.subscription_plans FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON ward.subscription_plans TO CURRENT_USER USING (true);
CREATE POLICY public ON ward.subscription_plans FOR SELECT TO ward_serving USING (true);
CREATE POLICY added ON ward.subscription_plans FOR INSERT TO ward_serving WITH CHECK (EXISTS (
  SELECT FROM ward.memberships m WHERE m.user_id = ward.me() AND m.is_active AND m.role = 'super_admin'));
CREATE POLICY changed ON ward.subscription_plans FOR UPDATE TO ward_serving USING (EXISTS (
  SELECT FROM ward.memberships m WHERE m.user_id = ward.me() AND m.is_active AND m.role = 'super_admin'));
GRANT SELECT, INSERT, UPDATE ON ward.subscription_plans TO ward_serving;

CREATE TABLE ward.subscriptions (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  -- A plan's code; plans are never deleted.
  plan text NOT NULL CHECK (length(plan) BETWEEN 2 AND 40),
  -- pending: waits for its payment. cancelled: is not renewed, and is in force until ends_at.
  status text NOT NULL CHECK (status IN ('pending', 'active', 'cancelled', 'expired')),
  cycle text NOT NULL CHECK (cycle IN ('monthly', 'yearly')),
  doctors integer NOT NULL CHECK (doctors BETWEEN 1 AND 10000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- What the time costs by itself; what is not used of it is credited when another one follows.
  net_minor bigint NOT NULL CHECK (net_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor BETWEEN 0 AND net_minor),
  fee_minor bigint NOT NULL CHECK (fee_minor >= 0),
  tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  starts_at timestamptz,
  ends_at timestamptz,
  cancelled_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
  CHECK (status NOT IN ('active', 'expired') OR starts_at IS NOT NULL),
  CHECK (ends_at >= starts_at),
  CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
);
CREATE UNIQUE INDEX subscriptions_active ON ward.subscriptions (hospital_id) WHERE status = 'active';
CREATE INDEX subscriptions_list ON ward.subscriptions (hospital_id, created_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON ward.subscriptions FOR EACH ROW EXECUTE FUNCTION ward.touch();
ALTER TABLE ward.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.subscriptions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.subscriptions TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.subscriptions TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON ward.subscriptions TO ward_serving;

-- One at a time in a hospital: subscribing, and becoming one doctor more.
CREATE FUNCTION ward.lock_subscription(hospital uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('subscription ' || hospital, 0))
$$;
GRANT EXECUTE ON FUNCTION ward.lock_subscription(uuid) TO ward_serving;

-- By whatever way somebody becomes a doctor of a hospital, the subscription's number is not passed.
CREATE FUNCTION ward.check_doctor_limit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  allowed integer;
BEGIN
  IF NOT NEW.is_active OR NEW.role NOT IN ('doctor', 'head_doctor') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.is_active AND OLD.role IN ('doctor', 'head_doctor') THEN RETURN NEW; END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM ward.subscriptions s
    WHERE s.hospital_id = NEW.hospital_id AND s.starts_at IS NOT NULL) THEN RETURN NEW; END IF;
  PERFORM ward.lock_subscription(NEW.hospital_id);
  SELECT COALESCE(max(s.doctors), 0) INTO allowed FROM ward.subscriptions s
  WHERE s.hospital_id = NEW.hospital_id AND s.status IN ('active', 'cancelled') AND s.ends_at > ward.now();
  IF (SELECT count(*) FROM ward.memberships m WHERE m.hospital_id = NEW.hospital_id AND m.is_active
      AND m.role IN ('doctor', 'head_doctor')) >= allowed THEN
    RAISE EXCEPTION 'more doctors than the subscription has'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'doctor_limit';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION ward.check_doctor_limit() FROM PUBLIC;
CREATE TRIGGER doctor_limit BEFORE INSERT OR UPDATE OF role, is_active ON ward.memberships
  FOR EACH ROW EXECUTE FUNCTION ward.check_doctor_limit();
