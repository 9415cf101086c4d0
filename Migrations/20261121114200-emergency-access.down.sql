-- Why: takes emergency access back, with what was opened and reviewed.

DROP TABLE ward.emergency_accesses;
ALTER TABLE ward.hospitals DROP COLUMN restrict_records;
