-- Back to answers that are made anew each time and windows without floors.
DROP FUNCTION ward.count_windows(text[], integer[], integer[], integer[]);
ALTER TABLE ward.rate_windows DROP COLUMN added;
DROP FUNCTION ward.note_change() CASCADE;
DROP FUNCTION ward.note_hospital_change() CASCADE;
DROP FUNCTION ward.note_global_change() CASCADE;
DROP FUNCTION ward.fold_cache_marks(), ward.clear_cache(), ward.cache_versions(text[], uuid),
  ward.watch_for_cache(regclass), ward.mark_change(text, uuid);
DROP TABLE ward.cache_marks;
