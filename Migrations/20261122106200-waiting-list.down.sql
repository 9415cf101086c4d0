-- Why: takes the waiting list away; times that are held for somebody stay held until they run out.
DROP TABLE ward.waiting_offers;
DROP TABLE ward.waiting_entries;
