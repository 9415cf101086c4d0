-- Why: whoever runs the system sees its queues: how many wait, who works, how long jobs wait for their begin, what died
-- and why, and he can act. And one node leads, by term: it asks for what has to happen once in the cluster at its time.
-- Safe while a previous version serves: it only adds.

-- Who works: each process says every few seconds how many of its workers are for what.
CREATE TABLE ward.job_nodes (
  node uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('serve', 'work')),
  started_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  queues jsonb NOT NULL
);

-- What happened in a minute, of each node: nobody waits for another's row.
CREATE TABLE ward.job_counts (
  minute timestamptz NOT NULL,
  node uuid NOT NULL,
  queue text NOT NULL,
  done integer NOT NULL,
  retried integer NOT NULL,
  dead integer NOT NULL,
  fenced integer NOT NULL,
  -- How many began after how long, by the bounds of QueueFigures.
  waits integer[] NOT NULL,
  PRIMARY KEY (minute, node, queue)
);

-- Who leads, in which term and until when; a term is never used twice.
CREATE TABLE ward.leaders (
  name text PRIMARY KEY,
  term bigint NOT NULL,
  node uuid NOT NULL,
  until timestamptz NOT NULL
);

-- The last time at which each periodic job was asked for.
CREATE TABLE ward.periods (
  name text PRIMARY KEY,
  last_slot timestamptz NOT NULL,
  term bigint NOT NULL
);

CREATE FUNCTION ward.note_job_node(this uuid, its_kind text, start timestamptz, workers jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.job_nodes (node, kind, started_at, seen_at, queues)
  VALUES (this, its_kind, start, ward.now(), workers)
  ON CONFLICT (node) DO UPDATE SET seen_at = excluded.seen_at, queues = excluded.queues
$$;

-- The node ends well: nobody counts its workers any more.
CREATE FUNCTION ward.forget_job_node(this uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.job_nodes WHERE node = this;
  UPDATE ward.leaders SET until = ward.now() WHERE node = this AND until > ward.now()
$$;

CREATE FUNCTION ward.note_job_counts(
  this uuid, its_queue text, more_done integer, more_retried integer, more_dead integer, more_fenced integer,
  more_waits integer[])
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.job_counts AS c (minute, node, queue, done, retried, dead, fenced, waits)
  VALUES (date_trunc('minute', ward.now()), this, its_queue, more_done, more_retried, more_dead, more_fenced, more_waits)
  ON CONFLICT (minute, node, queue) DO UPDATE SET done = c.done + excluded.done, retried = c.retried + excluded.retried,
    dead = c.dead + excluded.dead, fenced = c.fenced + excluded.fenced,
    waits = (SELECT array_agg(COALESCE(a, 0) + COALESCE(b, 0) ORDER BY place)
      FROM unnest(c.waits, excluded.waits) WITH ORDINALITY AS both_waits (a, b, place))
$$;

-- The numbers of every queue in which there is something to count; for the engines' role.
CREATE FUNCTION ward.queue_numbers()
RETURNS TABLE (queue text, waiting bigint, delayed bigint, running bigint, dead bigint, oldest_seconds double precision,
  done_last_hour bigint, failed_last_hour bigint, done_last_minute bigint, workers bigint, waits integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH depths AS (
    SELECT j.queue, count(*) FILTER (WHERE j.state = 'waiting') AS waiting,
      count(*) FILTER (WHERE j.state = 'delayed') AS delayed, count(*) FILTER (WHERE j.state = 'running') AS running,
      count(*) FILTER (WHERE j.state = 'dead') AS dead,
      EXTRACT(epoch FROM ward.now() - min(j.due_at) FILTER (WHERE j.state = 'waiting' AND j.due_at <= ward.now()))::double precision AS oldest
    FROM ward.jobs j GROUP BY 1),
  hours AS (
    SELECT c.queue, sum(c.done) AS done, sum(c.dead) AS dead,
      sum(c.done) FILTER (WHERE c.minute >= date_trunc('minute', ward.now() - interval '1 minute')
        AND c.minute < date_trunc('minute', ward.now())) AS last_minute
    FROM ward.job_counts c WHERE c.minute > ward.now() - interval '1 hour' GROUP BY 1),
  slots AS (
    SELECT c.queue, bucket.place, sum(bucket.count)::integer AS count
    FROM ward.job_counts c, unnest(c.waits) WITH ORDINALITY AS bucket (count, place)
    WHERE c.minute > ward.now() - interval '6 minutes' GROUP BY 1, 2),
  begun AS (SELECT s.queue, array_agg(s.count ORDER BY s.place) AS waits FROM slots s GROUP BY 1),
  hands AS (
    SELECT each.queue, sum(each.workers) AS workers
    FROM ward.job_nodes n, jsonb_to_recordset(n.queues) AS each (queue text, workers integer)
    WHERE n.seen_at > ward.now() - interval '15 seconds' GROUP BY 1)
  SELECT queue, COALESCE(d.waiting, 0), COALESCE(d.delayed, 0), COALESCE(d.running, 0), COALESCE(d.dead, 0), d.oldest,
    COALESCE(h.done, 0), COALESCE(h.dead, 0), COALESCE(h.last_minute, 0), COALESCE(w.workers, 0), b.waits
  FROM depths d FULL JOIN hours h USING (queue) FULL JOIN begun b USING (queue) FULL JOIN hands w USING (queue)
$$;

-- The processes that work, and who leads them; for the engines' role.
CREATE FUNCTION ward.job_nodes_alive()
RETURNS TABLE (node uuid, kind text, started_at timestamptz, seen_at timestamptz, workers bigint, running bigint, term bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT n.node, n.kind, n.started_at, n.seen_at,
    (SELECT COALESCE(sum(each.workers), 0) FROM jsonb_to_recordset(n.queues) AS each (workers integer)),
    (SELECT COALESCE(sum(each.running), 0) FROM jsonb_to_recordset(n.queues) AS each (running integer)),
    (SELECT l.term FROM ward.leaders l WHERE l.name = 'jobs' AND l.node = n.node AND l.until > ward.now())
  FROM ward.job_nodes n WHERE n.seen_at > ward.now() - interval '15 seconds' ORDER BY n.started_at, n.node
$$;

-- Leads, or goes on to; the term, or null while another node leads.
CREATE FUNCTION ward.lead_jobs(this uuid, seconds double precision) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.leaders AS l (name, term, node, until)
  VALUES ('jobs', 1, this, ward.now() + make_interval(secs => seconds))
  ON CONFLICT (name) DO UPDATE SET node = this, until = excluded.until,
    term = CASE WHEN l.node = this AND l.until > ward.now() THEN l.term ELSE l.term + 1 END
  WHERE l.node = this OR l.until <= ward.now()
  RETURNING l.term
$$;

-- Asks for a periodic job, if this node still leads in this term and nobody has asked for this time's yet. The time is
-- the last full period since the epoch, so that all nodes mean the same.
CREATE FUNCTION ward.ask_for_period(
  this uuid, its_term bigint, its_name text, every_seconds integer, id uuid, its_queue text, its_kind text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  slot timestamptz := to_timestamp(floor(EXTRACT(epoch FROM ward.now()) / every_seconds) * every_seconds);
BEGIN
  PERFORM FROM ward.leaders l WHERE l.name = 'jobs' AND l.node = this AND l.term = its_term AND l.until > ward.now()
    FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO ward.periods AS p (name, last_slot, term) VALUES (its_name, slot, its_term)
    ON CONFLICT (name) DO UPDATE SET last_slot = excluded.last_slot, term = excluded.term
    WHERE p.last_slot < excluded.last_slot;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO ward.jobs (id, queue, kind, payload, due_at, max_attempts, unique_key)
    VALUES (id, its_queue, its_kind, '', ward.now(), 3, 'period') ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

CREATE FUNCTION ward.forget_job_figures() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.job_counts WHERE minute < ward.now() - interval '3 hours';
  DELETE FROM ward.job_nodes WHERE seen_at < ward.now() - interval '1 hour'
$$;

REVOKE ALL ON FUNCTION ward.note_job_node(uuid, text, timestamptz, jsonb), ward.forget_job_node(uuid),
  ward.note_job_counts(uuid, text, integer, integer, integer, integer, integer[]), ward.queue_numbers(),
  ward.job_nodes_alive(), ward.lead_jobs(uuid, double precision),
  ward.ask_for_period(uuid, bigint, text, integer, uuid, text, text), ward.forget_job_figures() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.note_job_node(uuid, text, timestamptz, jsonb), ward.forget_job_node(uuid),
  ward.note_job_counts(uuid, text, integer, integer, integer, integer, integer[]), ward.queue_numbers(),
  ward.job_nodes_alive(), ward.lead_jobs(uuid, double precision),
  ward.ask_for_period(uuid, bigint, text, integer, uuid, text, text), ward.forget_job_figures() TO ward_engine;

-- What follows is for people with the right to it, who see the jobs of their own hospital; a super administrator sees
-- the installation's own as well. The database looks that up itself.
CREATE FUNCTION ward.sees_jobs_of(hospital uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT COALESCE(hospital = NULLIF(current_setting('ward.hospital', true), '')::uuid, false) OR hospital IS NULL AND EXISTS (
    SELECT FROM ward.memberships m WHERE m.user_id = NULLIF(current_setting('ward.user', true), '')::uuid AND m.is_active
      AND m.role = 'super_admin')
$$;

-- At most 10,000 jobs of a queue in a state.
CREATE FUNCTION ward.jobs_of_queue(its_queue text, its_state text)
RETURNS TABLE (id uuid, hospital_id uuid, kind text, state text, priority smallint, attempts smallint,
  max_attempts smallint, due_at timestamptz, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
  reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
#variable_conflict use_column
DECLARE
  mine uuid := NULLIF(current_setting('ward.hospital', true), '')::uuid;
  sees_house boolean := ward.sees_jobs_of(NULL);
BEGIN
  IF its_state = 'done' THEN
    RETURN QUERY SELECT f.id, f.hospital_id, f.kind, f.state, f.priority, f.attempts, NULL::smallint, NULL::timestamptz,
        f.created_at, f.started_at, f.finished_at, NULL::text
      FROM ward.finished_jobs f WHERE f.queue = its_queue AND (f.hospital_id = mine OR f.hospital_id IS NULL AND sees_house)
      ORDER BY f.finished_at DESC LIMIT 10000;
  ELSE
    RETURN QUERY SELECT j.id, j.hospital_id, j.kind, j.state, j.priority, j.attempts, j.max_attempts, j.due_at,
        j.created_at, j.started_at, j.finished_at, j.last_error
      FROM ward.jobs j WHERE j.queue = its_queue AND j.state = its_state AND (j.hospital_id = mine OR j.hospital_id IS NULL AND sees_house)
      LIMIT 10000;
  END IF;
END $$;

-- Each answers the state in which it found the job, and acts only where that allows it; null for a job out of sight,
-- `taken` where another job with its unique key is open.
CREATE FUNCTION ward.retry_job(job uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  found_state text;
BEGIN
  SELECT j.state INTO found_state FROM ward.jobs j WHERE j.id = job AND ward.sees_jobs_of(j.hospital_id) FOR UPDATE;
  IF found_state IN ('dead', 'delayed') THEN
    UPDATE ward.jobs SET state = 'waiting', due_at = ward.now(), finished_at = NULL, announced_at = NULL,
      attempts = CASE WHEN found_state = 'dead' THEN 0 ELSE attempts END WHERE id = job;
  END IF;
  RETURN found_state;
EXCEPTION WHEN unique_violation THEN RETURN 'taken';
END $$;

CREATE FUNCTION ward.cancel_job(job uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  found_state text;
BEGIN
  SELECT j.state INTO found_state FROM ward.jobs j WHERE j.id = job AND ward.sees_jobs_of(j.hospital_id) FOR UPDATE;
  IF found_state IN ('waiting', 'delayed', 'dead') THEN
    WITH gone AS (DELETE FROM ward.jobs WHERE id = job RETURNING *)
    INSERT INTO ward.finished_jobs (
      id, hospital_id, queue, kind, priority, attempts, state, created_at, started_at, finished_at)
    SELECT g.id, g.hospital_id, g.queue, g.kind, g.priority, g.attempts, 'cancelled', g.created_at, g.started_at,
      ward.now() FROM gone g;
  END IF;
  RETURN found_state;
END $$;

-- Lets the dead jobs of a queue begin again, the oldest first, at most 10,000 a call; how many.
CREATE FUNCTION ward.replay_jobs(its_queue text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  mine uuid := NULLIF(current_setting('ward.hospital', true), '')::uuid;
  sees_house boolean := ward.sees_jobs_of(NULL);
  counted integer;
BEGIN
  WITH dead AS MATERIALIZED (
    SELECT j.id FROM ward.jobs j WHERE j.queue = its_queue AND j.state = 'dead' AND j.finished_at IS NOT NULL
      AND (j.hospital_id = mine OR j.hospital_id IS NULL AND sees_house)
      AND (j.unique_key IS NULL OR NOT EXISTS (SELECT FROM ward.jobs k WHERE k.tenant = j.tenant AND k.kind = j.kind
        AND k.unique_key = j.unique_key AND k.state IN ('waiting', 'delayed', 'running')))
    ORDER BY j.finished_at LIMIT 10000 FOR UPDATE SKIP LOCKED)
  UPDATE ward.jobs j SET state = 'waiting', due_at = ward.now(), finished_at = NULL, attempts = 0, announced_at = NULL
  FROM dead WHERE j.id = dead.id;
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
END $$;

REVOKE ALL ON FUNCTION ward.sees_jobs_of(uuid), ward.jobs_of_queue(text, text), ward.retry_job(uuid),
  ward.cancel_job(uuid), ward.replay_jobs(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.sees_jobs_of(uuid), ward.jobs_of_queue(text, text), ward.retry_job(uuid),
  ward.cancel_job(uuid), ward.replay_jobs(text) TO ward_serving;
