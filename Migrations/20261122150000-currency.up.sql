-- Why: fees are numbers of the hospital's currency, and no hospital could say which that is, so that nothing that was booked
-- had a price. Safe while a previous version serves: it only adds.
ALTER TABLE ward.hospitals ADD COLUMN IF NOT EXISTS currency text CHECK (currency ~ '^[A-Z]{3}$');
GRANT UPDATE (currency) ON ward.hospitals TO ward_serving;
