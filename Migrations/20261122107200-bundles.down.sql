-- Why: takes links and bookings of several steps away; their appointments stay.
DROP TABLE ward.booking_links;
DROP TABLE ward.bundle_steps;
DROP TABLE ward.bundles;
