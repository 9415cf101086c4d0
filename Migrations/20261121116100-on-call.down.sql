-- Why: takes the schedules on call back.

DROP TABLE ward.on_call_overrides;
DROP TABLE ward.on_call_schedules;
