-- Nothing is forgotten by itself any more.
DROP FUNCTION ward.forget_notifications(integer, integer), ward.forget_messages(integer, integer),
  ward.forget_reminders(integer, integer), ward.forget_attempts(integer), ward.take_device(bytea[]);
DROP INDEX ward.notifications_age, ward.deliveries_age, ward.reminders_over, ward.own_phones_unproved,
  ward.push_tokens_print;
