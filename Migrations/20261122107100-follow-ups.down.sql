-- Why: takes plans for further visits away; appointments that came of them stay.
DROP TABLE ward.follow_ups;
