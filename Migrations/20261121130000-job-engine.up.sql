-- Why: a queue that loses nothing and stays fast. A job is waiting (it may begin), delayed (until its due time), running
-- (until its lease ends) or dead; what is done leaves the table for partitions by day, so that claims never wade through
-- what is over. Claims are fair between hospitals inside a priority. Functions, not bare statements, because a queue's
-- statistics are always wrong: each says that it goes by the index.
-- Safe while a previous version serves: that one claims waiting jobs whose due time has come and leaves the others alone.

ALTER TABLE ward.jobs DROP CONSTRAINT jobs_state_check, DROP CONSTRAINT jobs_check;
ALTER TABLE ward.jobs
  ADD CONSTRAINT jobs_state_check CHECK (state IN ('waiting', 'delayed', 'running', 'done', 'dead')),
  ADD CONSTRAINT jobs_finished_check CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL)),
  -- Of several jobs with the same key one is open at a time.
  ADD COLUMN unique_key text CHECK (length(unique_key) BETWEEN 1 AND 200),
  -- Whose turn it is: the hospital, or nobody's.
  ADD COLUMN tenant uuid NOT NULL
    GENERATED ALWAYS AS (COALESCE(hospital_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
  ADD COLUMN started_at timestamptz,
  -- When a broker was told of it; nil where none was.
  ADD COLUMN announced_at timestamptz;
ALTER TABLE ward.jobs ALTER COLUMN max_attempts SET DEFAULT 3;
UPDATE ward.jobs SET state = 'delayed' WHERE state = 'waiting' AND due_at > ward.now() AND lease_token IS NULL;

DROP INDEX ward.jobs_due;
DROP INDEX ward.jobs_finished;
CREATE INDEX jobs_ready ON ward.jobs (queue, priority, tenant, due_at, id) WHERE state = 'waiting';
-- What time moves: delays and leases.
CREATE INDEX jobs_later ON ward.jobs (due_at) WHERE state IN ('delayed', 'running');
CREATE INDEX jobs_over ON ward.jobs (queue, finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_unique ON ward.jobs (tenant, kind, unique_key)
  WHERE unique_key IS NOT NULL AND state IN ('waiting', 'delayed', 'running');
-- Rows come and go by thousands: the dead ones must go before a claim has to step over them.
ALTER TABLE ward.jobs SET (
  fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0);

CREATE TABLE ward.finished_jobs (
  id uuid NOT NULL,
  hospital_id uuid,
  queue text NOT NULL,
  kind text NOT NULL,
  priority smallint NOT NULL,
  attempts smallint NOT NULL,
  -- `done` or `cancelled`; dead ones stay among the jobs, to be done again.
  state text NOT NULL CHECK (state IN ('done', 'cancelled')),
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz NOT NULL
) PARTITION BY RANGE (finished_at);
CREATE INDEX finished_jobs_id ON ward.finished_jobs (id);
CREATE INDEX finished_jobs_queue ON ward.finished_jobs (queue, finished_at);
CREATE TABLE ward.finished_jobs_default PARTITION OF ward.finished_jobs DEFAULT;

ALTER TABLE ward.finished_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE ward.finished_jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ward.finished_jobs FOR SELECT TO ward_serving
  USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid);
CREATE POLICY engine ON ward.finished_jobs TO ward_engine USING (true);
CREATE POLICY owner ON ward.finished_jobs TO CURRENT_USER USING (true);
GRANT SELECT ON ward.finished_jobs TO ward_serving;
GRANT SELECT, INSERT ON ward.finished_jobs TO ward_engine;

-- Makes the partitions of today and the two days after, and drops those that ended more than seven days ago.
CREATE FUNCTION ward.tend_finished_jobs() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  today date := (ward.now() AT TIME ZONE 'UTC')::date;
  day date;
  name text;
  changed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ward.tend_finished_jobs'));
  FOR ahead IN 0..2 LOOP
    day := today + ahead;
    IF to_regclass(format('ward.finished_jobs_%s', to_char(day, 'YYYY_MM_DD'))) IS NULL
      AND NOT EXISTS (SELECT FROM ward.finished_jobs_default
        WHERE finished_at >= day::timestamp AT TIME ZONE 'UTC'
          AND finished_at < (day + 1)::timestamp AT TIME ZONE 'UTC')
    THEN
      EXECUTE format('CREATE TABLE ward.finished_jobs_%s PARTITION OF ward.finished_jobs FOR VALUES FROM (%L) TO (%L)',
        to_char(day, 'YYYY_MM_DD'), day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
      changed := changed + 1;
    END IF;
  END LOOP;
  FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'ward.finished_jobs'::regclass AND c.relname ~ '^finished_jobs_[0-9]{4}_[0-9]{2}_[0-9]{2}$'
  LOOP
    IF to_date(right(name, 10), 'YYYY_MM_DD') < today - 8 THEN
      EXECUTE format('DROP TABLE ward.%I', name);
      changed := changed + 1;
    END IF;
  END LOOP;
  DELETE FROM ward.finished_jobs_default WHERE finished_at < ward.now() - interval '8 days';
  RETURN changed;
END $$;
REVOKE ALL ON FUNCTION ward.tend_finished_jobs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.tend_finished_jobs() TO ward_engine;
SELECT ward.tend_finished_jobs();

-- Lets in what is due by now: delays that are over, and jobs whose worker was lost. One that loses its worker each time
-- (it may be what kills it) is given up after ten.
CREATE FUNCTION ward.let_in_jobs(most integer) RETURNS integer
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  counted integer;
BEGIN
  WITH late AS MATERIALIZED (
    SELECT j.id FROM ward.jobs j WHERE j.state IN ('delayed', 'running') AND j.due_at <= ward.now()
    ORDER BY j.due_at LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE ward.jobs j SET
    state = CASE WHEN j.state = 'running' AND j.attempts >= GREATEST(j.max_attempts, 10) THEN 'dead' ELSE 'waiting' END,
    finished_at = CASE WHEN j.state = 'running' AND j.attempts >= GREATEST(j.max_attempts, 10) THEN ward.now() END,
    last_error = CASE WHEN j.state = 'running' THEN 'its worker was lost' ELSE j.last_error END,
    lease_token = NULL, leased_until = NULL, announced_at = NULL
  FROM late WHERE j.id = late.id;
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
END $$;

-- Leases what may begin: at most rooms[n] of queues[n], the most urgent first, inside a priority turn by turn between
-- hospitals, beginning after the one that came last. In the order of their begin.
CREATE FUNCTION ward.claim_jobs(
  queues text[], rooms integer[], after uuid[], kinds text[], token uuid, lease_seconds double precision)
RETURNS TABLE (
  id uuid, hospital_id uuid, queue text, kind text, payload bytea, attempts smallint, max_attempts smallint,
  created_at timestamptz, waited double precision, claimed_at timestamptz)
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  time_now timestamptz := ward.now();
  lease_end timestamptz := ward.now() + make_interval(secs => lease_seconds);
  wanted text;
  last_tenant uuid;
  room integer;
  level smallint;
  next_tenant uuid;
  turns uuid[];
  share integer;
  counted integer;
BEGIN
  IF EXISTS (SELECT FROM ward.jobs j WHERE j.state IN ('delayed', 'running') AND j.due_at <= time_now) THEN
    PERFORM ward.let_in_jobs(1000);
  END IF;
  FOR place IN 1 .. COALESCE(cardinality(queues), 0) LOOP
    wanted := queues[place];
    room := rooms[place];
    last_tenant := after[place];
    level := -1;
    WHILE room > 0 LOOP
      SELECT j.priority INTO level FROM ward.jobs j
        WHERE j.state = 'waiting' AND j.queue = wanted AND j.priority > level ORDER BY j.priority LIMIT 1;
      EXIT WHEN NOT FOUND;
      -- Whose jobs wait: at most 32 hospitals, beginning after the last one's turn.
      turns := '{}';
      next_tenant := last_tenant;
      WHILE next_tenant IS NOT NULL AND cardinality(turns) < 32 LOOP
        SELECT j.tenant INTO next_tenant FROM ward.jobs j WHERE j.state = 'waiting' AND j.queue = wanted
          AND j.priority = level AND j.tenant > next_tenant ORDER BY j.tenant LIMIT 1;
        EXIT WHEN NOT FOUND;
        turns := turns || next_tenant;
      END LOOP;
      SELECT j.tenant INTO next_tenant FROM ward.jobs j WHERE j.state = 'waiting' AND j.queue = wanted
        AND j.priority = level ORDER BY j.tenant LIMIT 1;
      WHILE next_tenant IS NOT NULL AND cardinality(turns) < 32
        AND (last_tenant IS NULL OR next_tenant <= last_tenant)
      LOOP
        turns := turns || next_tenant;
        SELECT j.tenant INTO next_tenant FROM ward.jobs j WHERE j.state = 'waiting' AND j.queue = wanted
          AND j.priority = level AND j.tenant > next_tenant ORDER BY j.tenant LIMIT 1;
        EXIT WHEN NOT FOUND;
      END LOOP;
      CONTINUE WHEN cardinality(turns) = 0;
      share := (room + cardinality(turns) - 1) / cardinality(turns);
      RETURN QUERY
        WITH mine AS MATERIALIZED (
          SELECT picked.id, picked.due_at FROM unnest(turns) WITH ORDINALITY AS turn (tenant, number),
            LATERAL (
              SELECT j.id, j.due_at FROM ward.jobs j
              WHERE j.state = 'waiting' AND j.queue = wanted AND j.priority = level AND j.tenant = turn.tenant
                AND j.due_at <= time_now AND j.kind = ANY (kinds)
              ORDER BY j.due_at, j.id LIMIT share FOR UPDATE SKIP LOCKED) AS picked
          LIMIT room)
        UPDATE ward.jobs j SET state = 'running', attempts = j.attempts + 1, lease_token = token,
          leased_until = lease_end, due_at = lease_end, started_at = time_now
        FROM mine WHERE j.id = mine.id
        RETURNING j.id, j.hospital_id, j.queue, j.kind, j.payload, j.attempts, j.max_attempts, j.created_at,
          EXTRACT(epoch FROM time_now - mine.due_at)::double precision, time_now;
      GET DIAGNOSTICS counted = ROW_COUNT;
      room := room - counted;
      -- Somebody had less than his share, or there are more hospitals: once more before it is the less urgent ones' turn.
      IF counted > 0 THEN
        level := level - 1;
        last_tenant := turns[cardinality(turns)];
      END IF;
    END LOOP;
  END LOOP;
END $$;

-- Takes what is done off the table, if the lease is still the one under which it was done; the ids that were.
CREATE FUNCTION ward.finish_jobs(ids uuid[], tokens uuid[], tries integer[]) RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
BEGIN
  RETURN QUERY
    WITH gone AS (
      DELETE FROM ward.jobs j USING unnest(ids, tokens, tries) AS deed (id, token, attempt)
      WHERE j.id = deed.id AND j.state = 'running' AND j.lease_token = deed.token AND j.attempts = deed.attempt
      RETURNING j.id, j.hospital_id, j.queue, j.kind, j.priority, j.attempts, j.created_at, j.started_at),
    kept AS (
      INSERT INTO ward.finished_jobs (
        id, hospital_id, queue, kind, priority, attempts, state, created_at, started_at, finished_at)
      SELECT g.id, g.hospital_id, g.queue, g.kind, g.priority, g.attempts, 'done', g.created_at, g.started_at, ward.now()
      FROM gone g)
    SELECT g.id FROM gone g;
END $$;

-- Puts back what was not done: for later, for nobody any more (dead), or as if it had not begun (`given_back` 1).
CREATE FUNCTION ward.put_back_jobs(
  ids uuid[], tokens uuid[], tries integer[], states text[], seconds double precision[], due_times timestamptz[],
  given_back integer[], reasons text[])
RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
BEGIN
  RETURN QUERY
    UPDATE ward.jobs j SET state = deed.state, due_at = COALESCE(deed.due, ward.now() + make_interval(secs => deed.seconds)),
      attempts = j.attempts - deed.given_back, last_error = COALESCE(deed.reason, j.last_error),
      finished_at = CASE WHEN deed.state = 'dead' THEN ward.now() END, lease_token = NULL, leased_until = NULL,
      announced_at = NULL
    FROM unnest(ids, tokens, tries, states, seconds, due_times, given_back, reasons)
      AS deed (id, token, attempt, state, seconds, due, given_back, reason)
    WHERE j.id = deed.id AND j.state = 'running' AND j.lease_token = deed.token AND j.attempts = deed.attempt
    RETURNING j.id;
END $$;

-- Still at work; the ids that are still ours.
CREATE FUNCTION ward.extend_jobs(ids uuid[], tokens uuid[], lease_seconds double precision) RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  lease_end timestamptz := ward.now() + make_interval(secs => lease_seconds);
BEGIN
  RETURN QUERY
    UPDATE ward.jobs j SET leased_until = lease_end, due_at = lease_end
    FROM unnest(ids, tokens) AS deed (id, token)
    WHERE j.id = deed.id AND j.state = 'running' AND j.lease_token = deed.token
    RETURNING j.id;
END $$;

-- Inside the transaction of a hospital in which a job's whole effect is: done with it, or not at all. Only who holds the
-- lease knows the token.
CREATE FUNCTION ward.finish_job_here(job uuid, token uuid, attempt integer) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT EXISTS (SELECT FROM ward.finish_jobs(ARRAY[job], ARRAY[token], ARRAY[attempt]))
$$;

REVOKE ALL ON FUNCTION ward.let_in_jobs(integer), ward.claim_jobs(text[], integer[], uuid[], text[], uuid, double precision),
  ward.finish_jobs(uuid[], uuid[], integer[]),
  ward.put_back_jobs(uuid[], uuid[], integer[], text[], double precision[], timestamptz[], integer[], text[]),
  ward.extend_jobs(uuid[], uuid[], double precision), ward.finish_job_here(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.let_in_jobs(integer),
  ward.claim_jobs(text[], integer[], uuid[], text[], uuid, double precision),
  ward.finish_jobs(uuid[], uuid[], integer[]),
  ward.put_back_jobs(uuid[], uuid[], integer[], text[], double precision[], timestamptz[], integer[], text[]),
  ward.extend_jobs(uuid[], uuid[], double precision) TO ward_engine;
GRANT EXECUTE ON FUNCTION ward.finish_job_here(uuid, uuid, integer) TO ward_serving;
