-- Why: takes the tickets of push messages away; what became of those that are on their way is not asked any more.
DROP TABLE ward.push_tickets;
