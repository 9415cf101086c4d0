-- Why: takes courses away; the appointments of their sessions stay.
DROP TABLE ward.course_sessions;
DROP TABLE ward.courses;
