-- Why: takes the waiting lines away; who waits asks at the desk again.
DROP TABLE ward.line_entries;
