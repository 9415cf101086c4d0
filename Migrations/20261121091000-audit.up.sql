-- Why: who did and saw what, written in the transaction of the deed itself, and never changed afterwards.

CREATE TABLE ward.audit_log (
  id uuid NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT ward.now(),
  hospital_id uuid,                       -- null: the platform's own
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'screen', 'system', 'anonymous')),
  actor_id uuid,
  actor_role text,
  session_id uuid,
  action text NOT NULL CHECK (length(action) <= 100),
  category text NOT NULL CHECK (category IN (
    'alert', 'patient', 'identity', 'tenancy', 'scheduling', 'billing', 'audit', 'system', 'security')),
  outcome text NOT NULL CHECK (outcome IN ('success', 'failure', 'denied')),
  code text,                              -- the failure's code
  resource_type text,
  resource_id uuid,
  patient_id uuid,
  address text,
  user_agent text,
  request_id text,
  details jsonb NOT NULL DEFAULT '{}',    -- ids, numbers and words of closed lists; nothing about a patient
  repeats integer NOT NULL DEFAULT 1 CHECK (repeats >= 1),
  retention_until timestamptz NOT NULL,
  PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);

CREATE TABLE ward.audit_log_default PARTITION OF ward.audit_log DEFAULT;

CREATE INDEX audit_log_time ON ward.audit_log (hospital_id, occurred_at);
CREATE INDEX audit_log_actor ON ward.audit_log (hospital_id, actor_id, occurred_at);
CREATE INDEX audit_log_action ON ward.audit_log (hospital_id, action, occurred_at);
CREATE INDEX audit_log_resource ON ward.audit_log (hospital_id, resource_id, occurred_at);

ALTER TABLE ward.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.audit_log FOR SELECT TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY written ON ward.audit_log FOR INSERT TO ward_serving
  WITH CHECK (hospital_id IS NULL OR hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.audit_log TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.audit_log TO ward_serving;

-- The privilege is one lock, this is the second: it holds for the owner too.
CREATE FUNCTION ward.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ward.audit_log
  FOR EACH ROW EXECUTE FUNCTION ward.refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON ward.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION ward.refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON ward.audit_log_default
  FOR EACH STATEMENT EXECUTE FUNCTION ward.refuse_change();

-- Makes the partitions of this month and the two after it. Called at start and once a day.
CREATE FUNCTION ward.make_audit_partitions() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  month date;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ward.make_audit_partitions'));
  FOR ahead IN 0..2 LOOP
    month := date_trunc('month', (ward.now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date;
    IF to_regclass(format('ward.audit_log_%s', to_char(month, 'YYYY_MM'))) IS NULL
      AND NOT EXISTS (SELECT FROM ward.audit_log_default
        WHERE occurred_at >= month::timestamp AT TIME ZONE 'UTC'
          AND occurred_at < (month + interval '1 month') AT TIME ZONE 'UTC')
    THEN
      EXECUTE format('CREATE TABLE ward.audit_log_%s PARTITION OF ward.audit_log FOR VALUES FROM (%L) TO (%L)',
        to_char(month, 'YYYY_MM'), month::text || ' 00:00:00+00',
        (month + interval '1 month')::date::text || ' 00:00:00+00');
      EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON ward.audit_log_%s
        FOR EACH STATEMENT EXECUTE FUNCTION ward.refuse_change()', to_char(month, 'YYYY_MM'));
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION ward.make_audit_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.make_audit_partitions() TO ward_serving, ward_engine;
SELECT ward.make_audit_partitions();
