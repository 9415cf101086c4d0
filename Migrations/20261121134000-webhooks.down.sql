-- Why: takes away what other programs hear; they miss what happens from then on.
DROP FUNCTION ward.forget_webhook_deliveries();
DROP TABLE ward.webhook_deliveries, ward.webhook_cursors, ward.webhooks;
