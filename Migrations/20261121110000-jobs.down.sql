-- Takes the jobs away, and with them the mails that wait.
DROP TABLE ward.jobs;
