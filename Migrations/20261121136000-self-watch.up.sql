-- Why: Ward watches itself. An alert of nobody's goes the whole way, every half minute, in a hospital that has no people
-- and stands in no list; it is made when a Ward that watches starts, and what happens in it is forgotten after a day.
-- Safe while a previous version serves: it only adds, and a number that counted the hidden hospital counts it no more.

CREATE FUNCTION ward.watch_hospital() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT '00000000-0000-7000-8000-0000000a1e27'::uuid $$;

-- Makes the hidden hospital, once. Its names in addresses are drawn, so that nobody asks to join it.
CREATE FUNCTION ward.prepare_watch() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  hidden uuid := ward.watch_hospital();
  drawn text := 'w' || replace(gen_random_uuid()::text, '-', '');
BEGIN
  IF EXISTS (SELECT FROM ward.hospitals h WHERE h.id = hidden) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ward.prepare_watch'));
  IF EXISTS (SELECT FROM ward.hospitals h WHERE h.id = hidden) THEN
    RETURN;
  END IF;
  INSERT INTO ward.organizations (id, name, slug) VALUES (hidden, 'Self-watch', drawn);
  -- Not active: nobody signs in there, and it takes no alerts but the watch's own.
  INSERT INTO ward.hospitals (id, organization_id, name, subdomain, is_active)
  VALUES (hidden, hidden, 'Self-watch', drawn, false);
  INSERT INTO ward.users (id, email, name, is_active) VALUES (hidden, drawn || '@ward.invalid', 'Ward', false);
  PERFORM ward.furnish_hospital(hidden);
END $$;

-- Forgets what the watch did more than a day ago, at most 5,000 alerts a call.
CREATE FUNCTION ward.forget_watch() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  hidden uuid := ward.watch_hospital();
  old uuid[];
BEGIN
  SELECT COALESCE(array_agg(a.id), '{}') INTO old FROM (
    SELECT id FROM ward.alerts WHERE hospital_id = hidden AND created_at < ward.now() - interval '1 day'
    ORDER BY created_at LIMIT 5000) AS a;
  DELETE FROM ward.alert_timers WHERE hospital_id = hidden AND alert_id = ANY (old);
  DELETE FROM ward.alert_pages WHERE hospital_id = hidden AND alert_id = ANY (old);
  DELETE FROM ward.alert_changes WHERE hospital_id = hidden AND alert_id = ANY (old);
  DELETE FROM ward.alert_escalations WHERE hospital_id = hidden AND alert_id = ANY (old);
  DELETE FROM ward.alert_acknowledgments WHERE hospital_id = hidden AND alert_id = ANY (old);
  DELETE FROM ward.alerts WHERE hospital_id = hidden AND id = ANY (old);
  DELETE FROM ward.events WHERE hospital_id = hidden AND created_at < ward.now() - interval '1 day';
  RETURN cardinality(old);
END $$;

REVOKE ALL ON FUNCTION ward.prepare_watch(), ward.forget_watch() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.prepare_watch(), ward.forget_watch() TO ward_engine;

-- As before, without what is Ward's own.
CREATE OR REPLACE FUNCTION ward.platform_numbers()
RETURNS TABLE (organizations bigint, hospitals bigint, active_hospitals bigint, users bigint, active_users bigint,
  memberships bigint, sessions bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
#variable_conflict use_column
DECLARE
  hidden uuid := ward.watch_hospital();
BEGIN
  IF NOT EXISTS (SELECT FROM ward.memberships m WHERE m.user_id = ward.me() AND m.is_active AND m.role = 'super_admin') THEN
    RAISE EXCEPTION 'only for super administrators' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT (SELECT count(*) FROM ward.organizations o WHERE o.id <> hidden),
    (SELECT count(*) FROM ward.hospitals h WHERE h.id <> hidden),
    (SELECT count(*) FROM ward.hospitals h WHERE h.is_active),
    (SELECT count(*) FROM ward.users u WHERE u.id <> hidden),
    (SELECT count(*) FROM ward.users u WHERE u.is_active),
    (SELECT count(*) FROM ward.memberships m WHERE m.is_active),
    (SELECT count(*) FROM ward.sessions s WHERE s.revoked_at IS NULL AND ward.session_end(s) > ward.now());
END $$;
