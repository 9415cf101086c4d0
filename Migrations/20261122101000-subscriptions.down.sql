-- Why: takes away plans, subscriptions, and the limit that follows from them.
DROP TRIGGER doctor_limit ON ward.memberships;
DROP FUNCTION ward.check_doctor_limit();
DROP FUNCTION ward.lock_subscription(uuid);
DROP TABLE ward.subscriptions, ward.subscription_plans;
DELETE FROM ward.cache_marks WHERE topic = 'subscription_plans';
