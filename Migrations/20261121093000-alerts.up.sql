-- Why: the main job: an alert, who was paged for it, who answered, and when it climbs next.

CREATE TABLE ward.alert_types (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,49}$'),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
  class text NOT NULL CHECK (class IN ('medical', 'security', 'fire', 'equipment', 'other')),
  default_urgency smallint NOT NULL CHECK (default_urgency BETWEEN 1 AND 5),
  requires_confirmation boolean NOT NULL DEFAULT false,
  is_active boolean NOT NULL DEFAULT true,
  position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (hospital_id, code)
);

-- The hospital's own steps, the most specific row first; without one the design's table counts.
CREATE TABLE ward.escalation_ladders (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  urgency smallint NOT NULL CHECK (urgency BETWEEN 1 AND 5),
  department_id uuid,
  alert_type text,
  step_seconds integer[] NOT NULL
    CHECK (cardinality(step_seconds) BETWEEN 1 AND 50 AND 5 <= ALL (step_seconds) AND 604800 >= ALL (step_seconds)),
  repeats boolean NOT NULL,
  response_seconds integer CHECK (response_seconds BETWEEN 5 AND 604800),
  PRIMARY KEY (hospital_id, id),
  UNIQUE NULLS NOT DISTINCT (hospital_id, urgency, department_id, alert_type),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_type) REFERENCES ward.alert_types (hospital_id, code)
);

CREATE TABLE ward.alerts (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  department_id uuid,
  patient_id uuid,
  room_number text NOT NULL CHECK (length(room_number) BETWEEN 1 AND 50),
  alert_type text NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
  description text CHECK (length(description) <= 500),
  urgency smallint NOT NULL CHECK (urgency BETWEEN 1 AND 5),
  status text NOT NULL DEFAULT 'active'
    CHECK (status IN ('active', 'acknowledged', 'resolved', 'cancelled', 'expired')),
  tier smallint NOT NULL DEFAULT 1 CHECK (tier >= 1),
  step_seconds integer[] NOT NULL,
  repeats boolean NOT NULL,
  response_seconds integer NOT NULL,
  next_escalation_at timestamptz,
  acknowledged_by uuid REFERENCES ward.users (id),
  acknowledged_by_name text,
  acknowledged_at timestamptz,
  resolved_by uuid REFERENCES ward.users (id),
  resolved_at timestamptz,
  resolution text CHECK (length(resolution) <= 2000),
  created_by uuid REFERENCES ward.users (id),
  created_by_name text,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_type) REFERENCES ward.alert_types (hospital_id, code),
  CHECK ((status = 'acknowledged') <= (acknowledged_by IS NOT NULL AND acknowledged_at IS NOT NULL)),
  CHECK ((status = 'resolved') <= (resolved_at IS NOT NULL)),
  CHECK ((next_escalation_at IS NULL) OR status = 'active')
);
CREATE INDEX alerts_status ON ward.alerts (hospital_id, status, urgency DESC, created_at DESC, id DESC);
CREATE INDEX alerts_created ON ward.alerts (hospital_id, created_at DESC, id DESC);
CREATE INDEX alerts_department ON ward.alerts (hospital_id, department_id, status, urgency DESC, created_at DESC);
CREATE INDEX alerts_patient ON ward.alerts (hospital_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE TRIGGER touch BEFORE UPDATE ON ward.alerts FOR EACH ROW EXECUTE FUNCTION ward.touch();

CREATE TABLE ward.alert_acknowledgments (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  user_name text NOT NULL,
  notes text CHECK (length(notes) <= 500),
  response_seconds integer,
  acknowledged_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX alert_acknowledgments_alert ON ward.alert_acknowledgments (hospital_id, alert_id);

CREATE TABLE ward.alert_escalations (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  from_tier smallint NOT NULL,
  to_tier smallint NOT NULL,
  reason text NOT NULL CHECK (reason IN ('timeout', 'manual', 'no_response', 'empty_tier', 'declined')),
  due_at timestamptz NOT NULL,
  escalated_at timestamptz NOT NULL,
  actor_id uuid REFERENCES ward.users (id),
  actor_name text,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX alert_escalations_alert ON ward.alert_escalations (hospital_id, alert_id);

-- Changes that are neither acknowledgement nor escalation: resolved, cancelled, updated, declined, paged again.
CREATE TABLE ward.alert_changes (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'resolved', 'cancelled', 'expired', 'updated', 'declined', 'reminded', 'reactivated', 'paged_again')),
  actor_id uuid REFERENCES ward.users (id),
  actor_name text,
  notes text CHECK (length(notes) <= 2000),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX alert_changes_alert ON ward.alert_changes (hospital_id, alert_id);

-- Who was paged in which tier, and who of them said that they cannot come.
CREATE TABLE ward.alert_pages (
  hospital_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  tier smallint NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  paged_at timestamptz NOT NULL,
  times integer NOT NULL DEFAULT 1,
  declined_at timestamptz,
  PRIMARY KEY (hospital_id, alert_id, tier, user_id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);

-- Time is data: the next due moment of each open alert. Ids and times only, so that one engine may see all of it.
CREATE TABLE ward.alert_timers (
  hospital_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('escalation', 'response', 'expiry')),
  due_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, alert_id, kind),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX alert_timers_due ON ward.alert_timers (due_at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alert_types', 'escalation_ladders', 'alerts', 'alert_acknowledgments',
    'alert_escalations', 'alert_changes', 'alert_pages', 'alert_timers']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
  END LOOP;
END $$;
CREATE POLICY engine ON ward.alert_timers FOR SELECT TO ward_engine USING (true);

GRANT SELECT ON ward.alert_types, ward.escalation_ladders TO ward_serving;
GRANT SELECT, INSERT, UPDATE ON ward.alerts, ward.alert_pages TO ward_serving;
GRANT SELECT, INSERT ON ward.alert_acknowledgments, ward.alert_escalations, ward.alert_changes TO ward_serving;
GRANT SELECT, INSERT, UPDATE, DELETE ON ward.alert_timers TO ward_serving;
GRANT SELECT ON ward.alert_timers TO ward_engine;
