-- Why: an alert knows how it is being answered: by whom, with what action, until when, by how many of those it asks
-- for, and how often it was called. Safe while a previous version serves: columns with defaults, wider checks.

ALTER TABLE ward.alert_types
  ADD COLUMN merge_window_seconds integer NOT NULL DEFAULT 120 CHECK (merge_window_seconds BETWEEN 0 AND 86400),
  -- [{"label", "role", "specialization" or null, "count"}]; null asks for nobody in particular.
  ADD COLUMN quorum jsonb CHECK (jsonb_typeof(quorum) = 'array'),
  ADD COLUMN quorum_repage_seconds integer NOT NULL DEFAULT 60 CHECK (quorum_repage_seconds BETWEEN 5 AND 3600);

ALTER TABLE ward.alerts
  ADD COLUMN quorum jsonb CHECK (jsonb_typeof(quorum) = 'array'),
  ADD COLUMN quorum_repage_seconds integer CHECK (quorum_repage_seconds BETWEEN 5 AND 3600),
  ADD COLUMN responders jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(responders) = 'array'),
  ADD COLUMN response_action text
    CHECK (response_action IN ('responding', 'delayed', 'delegating', 'monitoring')),
  ADD COLUMN estimated_arrival_at timestamptz,
  ADD COLUMN delegated_to uuid REFERENCES ward.users (id),
  ADD COLUMN delegated_to_name text,
  ADD COLUMN repeat_count integer NOT NULL DEFAULT 0 CHECK (repeat_count >= 0),
  ADD COLUMN last_repeat_at timestamptz,
  ADD COLUMN repeat_of uuid,
  ADD FOREIGN KEY (hospital_id, repeat_of) REFERENCES ward.alerts (hospital_id, id),
  ADD CHECK ((quorum IS NULL) = (quorum_repage_seconds IS NULL)),
  ADD CHECK ((delegated_to IS NULL) = (delegated_to_name IS NULL)),
  ADD CHECK (delegated_to IS NULL OR status <> 'active');
-- The open alerts of a room, to which a repeated call may belong.
CREATE INDEX alerts_room ON ward.alerts (hospital_id, room_number, alert_type)
  WHERE status IN ('active', 'acknowledged');

ALTER TABLE ward.alert_acknowledgments
  ADD COLUMN response_action text
    CHECK (response_action IN ('responding', 'delayed', 'delegating', 'monitoring')),
  ADD COLUMN urgency_assessment text CHECK (urgency_assessment IN ('maintain', 'increase', 'decrease')),
  ADD COLUMN delegate_to uuid REFERENCES ward.users (id);

ALTER TABLE ward.alert_changes
  DROP CONSTRAINT alert_changes_kind_check,
  ADD CONSTRAINT alert_changes_kind_check CHECK (kind IN (
    'resolved', 'cancelled', 'expired', 'updated', 'declined', 'reminded', 'reactivated', 'paged_again',
    'transferred', 'commented', 'repeated', 'responding', 'arrived', 'withdrawn', 'quorum_paged'));

ALTER TABLE ward.alert_timers
  DROP CONSTRAINT alert_timers_kind_check,
  ADD CONSTRAINT alert_timers_kind_check CHECK (kind IN ('escalation', 'response', 'expiry', 'quorum'));
