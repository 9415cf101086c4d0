-- Why: takes away the index of closings.
DROP INDEX ward.occupancy_closings;
