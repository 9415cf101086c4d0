-- Why: what closes a resource may last for weeks, so its beginning says little; closings are few and asked for by their
-- end. Everything else that is taken lasts at most a day and is found by its beginning.
-- Safe while a previous version serves: it only adds.
CREATE INDEX occupancy_closings ON ward.occupancy (hospital_id, resource_id, ends_at, starts_at)
  WHERE appointment_id IS NULL;
