-- Why: takes emergency access back, with what was opened and reviewed.

DROP TABLE ward.emergency_accesses;
