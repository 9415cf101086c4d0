-- Why: takes handovers back.

DROP INDEX ward.alerts_resolver;
DROP INDEX ward.alert_acknowledgments_user;
DROP INDEX ward.duty_periods_user;
DROP TABLE ward.handovers;
