ALTER TABLE ward.hospitals DROP COLUMN IF EXISTS currency;
