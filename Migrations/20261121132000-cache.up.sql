-- What is kept of answers must never outlive what it was made from. Every change of a table from which answers are kept
-- leaves a mark here in its own transaction, whoever makes it, and is told to all nodes with the commit. The marks of a
-- table in a hospital, taken together, are its version; answers are kept under the version that was read before them.
-- A mark is a random number and a version the exclusive or of all of them: writers add rows and wait for nobody, and
-- marks that are folded into one leave the version as it was.
--
-- And the windows of limits take a floor: what a node knows of a window counts also where its counter was lost.

CREATE TABLE ward.cache_marks (
  topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 63),
  -- All zeros for a change that concerns every hospital.
  hospital_id uuid NOT NULL,
  mark bigint NOT NULL
);
CREATE INDEX cache_marks_topic ON ward.cache_marks (topic, hospital_id);

CREATE FUNCTION ward.mark_change(changed_topic text, hospital uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  INSERT INTO ward.cache_marks (topic, hospital_id, mark)
  VALUES (changed_topic, hospital, ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint);
  PERFORM pg_notify('ward_cache', changed_topic || ' ' || hospital);
END $$;
REVOKE ALL ON FUNCTION ward.mark_change(text, uuid) FROM PUBLIC;

-- Of a tenant's table: one mark for each hospital whose rows a statement changed.
CREATE FUNCTION ward.note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  PERFORM ward.mark_change(TG_TABLE_NAME, c.hospital_id) FROM (SELECT DISTINCT hospital_id FROM changed) AS c;
  RETURN NULL;
END $$;

CREATE FUNCTION ward.note_hospital_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  PERFORM ward.mark_change(TG_TABLE_NAME, c.id) FROM changed AS c;
  RETURN NULL;
END $$;

-- Of what stands above hospitals.
CREATE FUNCTION ward.note_global_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
BEGIN
  PERFORM ward.mark_change(TG_TABLE_NAME, '00000000-0000-0000-0000-000000000000');
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ward.note_change(), ward.note_hospital_change(), ward.note_global_change() FROM PUBLIC;

-- Puts a tenant's table under watch; a migration that lets answers depend on another table calls it for that one.
CREATE FUNCTION ward.watch_for_cache(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION ward.note_change()', watched);
  EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION ward.note_change()', watched);
  EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION ward.note_change()', watched);
END $$;
REVOKE ALL ON FUNCTION ward.watch_for_cache(regclass) FROM PUBLIC;

SELECT ward.watch_for_cache('ward.departments');
SELECT ward.watch_for_cache('ward.locations');
SELECT ward.watch_for_cache('ward.rooms');
SELECT ward.watch_for_cache('ward.memberships');
SELECT ward.watch_for_cache('ward.doctor_profiles');
SELECT ward.watch_for_cache('ward.alert_types');
SELECT ward.watch_for_cache('ward.alert_templates');
SELECT ward.watch_for_cache('ward.escalation_ladders');

CREATE TRIGGER note_insert AFTER INSERT ON ward.hospitals REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_hospital_change();
CREATE TRIGGER note_update AFTER UPDATE ON ward.hospitals REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_hospital_change();
CREATE TRIGGER note_delete AFTER DELETE ON ward.hospitals REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_hospital_change();

CREATE TRIGGER note_update AFTER UPDATE OF name, email, is_active, is_locked ON ward.users
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_global_change();
CREATE TRIGGER note_delete AFTER DELETE ON ward.users
  FOR EACH STATEMENT EXECUTE FUNCTION ward.note_global_change();

-- The versions of these tables in a hospital, or in all of them where none is named; `*` counts for each of them.
CREATE FUNCTION ward.cache_versions(topics text[], hospital uuid)
RETURNS TABLE (topic text, version bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT t.topic, COALESCE((
    SELECT bit_xor(m.mark) FROM ward.cache_marks m WHERE m.topic = t.topic
      AND (hospital IS NULL OR m.hospital_id IN (hospital, '00000000-0000-0000-0000-000000000000'))), 0)
  FROM unnest(topics) AS t (topic)
$$;
REVOKE ALL ON FUNCTION ward.cache_versions(text[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.cache_versions(text[], uuid) TO ward_serving;

-- Everything that is kept of the transaction's hospital is void.
CREATE FUNCTION ward.clear_cache() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT ward.mark_change('*', NULLIF(current_setting('ward.hospital', true), '')::uuid)
$$;
REVOKE ALL ON FUNCTION ward.clear_cache() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.clear_cache() TO ward_serving;

-- Makes one mark of many, at most 20,000 a call, without changing any version.
CREATE FUNCTION ward.fold_cache_marks() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH many AS (
    SELECT topic, hospital_id FROM ward.cache_marks GROUP BY topic, hospital_id HAVING count(*) > 16),
  gone AS (
    DELETE FROM ward.cache_marks WHERE ctid IN (
      SELECT m.ctid FROM ward.cache_marks m JOIN many USING (topic, hospital_id) LIMIT 20000
      FOR UPDATE OF m SKIP LOCKED)
    RETURNING topic, hospital_id, mark),
  folded AS (
    INSERT INTO ward.cache_marks (topic, hospital_id, mark)
    SELECT topic, hospital_id, bit_xor(mark) FROM gone GROUP BY topic, hospital_id)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION ward.fold_cache_marks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.fold_cache_marks() TO ward_engine;

ALTER TABLE ward.rate_windows ADD COLUMN added integer NOT NULL DEFAULT 0;

-- As count_calls; a window that has seen fewer calls than its floor is lifted to it first.
CREATE FUNCTION ward.count_windows(keys text[], seconds integer[], added integer[], floors integer[])
RETURNS TABLE (key text, count bigint, ends_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.rate_windows AS w (key, ends_at, count, added)
  SELECT u.key, ward.now() + make_interval(secs => u.seconds), u.floor + u.added, u.added
  FROM unnest(keys, seconds, added, floors) AS u (key, seconds, added, floor) ORDER BY u.key
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN w.ends_at <= ward.now() THEN excluded.count
      ELSE GREATEST(w.count + excluded.added, excluded.count) END,
    ends_at = CASE WHEN w.ends_at <= ward.now() THEN excluded.ends_at ELSE w.ends_at END,
    added = excluded.added
  RETURNING w.key, w.count, w.ends_at
$$;
REVOKE ALL ON FUNCTION ward.count_windows(text[], integer[], integer[], integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.count_windows(text[], integer[], integer[], integer[]) TO ward_serving;
