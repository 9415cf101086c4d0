-- Why: takes away payments, their steps and receipts; appointments stay with their price.
DROP FUNCTION ward.stuck_payments();
DROP TRIGGER open_payment ON ward.appointments;
DROP TRIGGER close_payment ON ward.appointments;
DROP FUNCTION ward.follow_appointment();
DROP TABLE ward.receipt_counters, ward.payment_steps, ward.payments;
