-- Why: takes planned shifts and weekly hours back. The extension stays: others may use it.

DROP TABLE ward.shifts;
DROP TABLE ward.shift_schedules;
