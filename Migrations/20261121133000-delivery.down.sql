-- Why: takes the delivery of messages away again; their log is lost.

DROP TRIGGER IF EXISTS cancel_deliveries ON ward.alerts;
DROP FUNCTION IF EXISTS ward.cancel_deliveries(), ward.mail_slot(integer);
DROP TABLE IF EXISTS ward.mail_hours, ward.reminders, ward.notification_templates, ward.deliveries,
  ward.notifications, ward.patient_channels, ward.notification_preferences;
