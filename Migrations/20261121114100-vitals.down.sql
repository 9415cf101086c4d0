-- Why: takes vital signs and care teams back, with all that was written into them.

DROP TABLE ward.vitals, ward.care_team;
