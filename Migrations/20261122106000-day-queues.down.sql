-- Why: takes the queues of doctors away; who waits asks at the desk again.
DROP TABLE ward.queue_entries;
DROP TABLE ward.day_queues;
