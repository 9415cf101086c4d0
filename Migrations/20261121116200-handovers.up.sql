-- Why: whoever leaves duty says how things stand, and somebody takes over: once, and it shows when nobody does.
-- What is said may be about patients and is sealed.
-- Safe while a previous version serves: it only adds.

CREATE TABLE ward.handovers (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  from_user_id uuid NOT NULL,
  -- Nobody in particular: whoever of the department takes it.
  to_user_id uuid,
  department_id uuid,
  notes bytea NOT NULL CHECK (length(notes) <= 16384),
  follow_ups bytea CHECK (length(follow_ups) <= 131072),
  acknowledgment bytea CHECK (length(acknowledgment) <= 16384),
  alert_ids uuid[] NOT NULL CHECK (cardinality(alert_ids) <= 500),
  critical_alert_ids uuid[] NOT NULL CHECK (cardinality(critical_alert_ids) <= 500),
  shift_started_at timestamptz,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'declined')),
  -- Who of the department has said no.
  declined_by uuid[] NOT NULL DEFAULT '{}',
  answered_by uuid REFERENCES ward.users (id),
  answered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, from_user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, to_user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  CHECK (expires_at > created_at AND to_user_id <> from_user_id AND answered_by <> from_user_id),
  CHECK ((status = 'pending') = (answered_at IS NULL) AND (status = 'pending') = (answered_by IS NULL))
);
CREATE INDEX handovers_pending ON ward.handovers (hospital_id, id DESC) WHERE status = 'pending';
CREATE INDEX handovers_given ON ward.handovers (hospital_id, from_user_id, id DESC);
CREATE INDEX handovers_created ON ward.handovers (hospital_id, created_at);

ALTER TABLE ward.handovers ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.handovers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.handovers TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY owner ON ward.handovers TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON ward.handovers TO ward_serving;
GRANT UPDATE (status, declined_by, answered_by, answered_at, acknowledgment) ON ward.handovers TO ward_serving;

-- What a shift came to is asked by person and time.
CREATE INDEX duty_periods_user ON ward.duty_periods (hospital_id, user_id, started_at);
CREATE INDEX alert_acknowledgments_user ON ward.alert_acknowledgments (hospital_id, user_id, acknowledged_at);
CREATE INDEX alerts_resolver ON ward.alerts (hospital_id, resolved_by, resolved_at) WHERE resolved_by IS NOT NULL;
