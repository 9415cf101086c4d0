-- Why: takes the alerts away, on a development database.
DROP TABLE ward.alert_timers, ward.alert_pages, ward.alert_changes, ward.alert_escalations,
  ward.alert_acknowledgments, ward.alerts, ward.escalation_ladders, ward.alert_types;
