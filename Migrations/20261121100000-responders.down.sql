-- Why: takes back how alerts are answered; what was written about it is lost, the alerts stay.

DELETE FROM ward.alert_timers WHERE kind = 'quorum';
ALTER TABLE ward.alert_timers
  DROP CONSTRAINT alert_timers_kind_check,
  ADD CONSTRAINT alert_timers_kind_check CHECK (kind IN ('escalation', 'response', 'expiry'));

DELETE FROM ward.alert_changes WHERE kind IN (
  'transferred', 'commented', 'repeated', 'responding', 'arrived', 'withdrawn', 'quorum_paged');
ALTER TABLE ward.alert_changes
  DROP CONSTRAINT alert_changes_kind_check,
  ADD CONSTRAINT alert_changes_kind_check CHECK (kind IN (
    'resolved', 'cancelled', 'expired', 'updated', 'declined', 'reminded', 'reactivated', 'paged_again'));

ALTER TABLE ward.alert_acknowledgments
  DROP COLUMN response_action, DROP COLUMN urgency_assessment, DROP COLUMN delegate_to;

DROP INDEX ward.alerts_room;
ALTER TABLE ward.alerts
  DROP COLUMN quorum, DROP COLUMN quorum_repage_seconds, DROP COLUMN responders, DROP COLUMN response_action,
  DROP COLUMN estimated_arrival_at, DROP COLUMN delegated_to, DROP COLUMN delegated_to_name,
  DROP COLUMN repeat_count, DROP COLUMN last_repeat_at, DROP COLUMN repeat_of;

ALTER TABLE ward.alert_types
  DROP COLUMN merge_window_seconds, DROP COLUMN quorum, DROP COLUMN quorum_repage_seconds;
