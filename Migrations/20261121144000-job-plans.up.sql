-- Why: each of the engine's statements joined a handful of ids with the jobs, and left to the planner which came first.
-- A queue is analyzed when it is empty as often as not; then the planner read all the jobs through their key and looked
-- each up among the ids, so that a claim took as long as the queue was. Now no join is left that could be turned round:
-- rows are found by `id = ANY (…)`, and what is compared row by row comes from a lateral subquery behind OFFSET 0.
-- A claim also no longer waits for the disk: one that a crash of PostgreSQL takes back leaves a job that waits again, and
-- the fence refuses what was done under the lease that was lost. Outcomes and what is enqueued wait for the disk as ever.
-- Safe while a previous version serves: the functions take and return what they did.

-- How long it waited beyond its due time before it began.
ALTER TABLE ward.jobs ADD COLUMN waited_seconds double precision;

CREATE OR REPLACE FUNCTION ward.let_in_jobs(most integer) RETURNS integer
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
  WHERE j.id = ANY (ARRAY(SELECT l.id FROM late l));
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
END $$;

CREATE OR REPLACE FUNCTION ward.claim_jobs(
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
  PERFORM set_config('synchronous_commit', 'off', true);
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
          SELECT picked.id FROM unnest(turns) AS turn (tenant), LATERAL (
            SELECT j.id FROM ward.jobs j
            WHERE j.state = 'waiting' AND j.queue = wanted AND j.priority = level AND j.tenant = turn.tenant
              AND j.due_at <= time_now AND j.kind = ANY (kinds)
            ORDER BY j.due_at, j.id LIMIT share FOR UPDATE SKIP LOCKED) AS picked
          LIMIT room),
        begun AS (
          UPDATE ward.jobs j SET state = 'running', attempts = j.attempts + 1, lease_token = token,
            leased_until = lease_end, due_at = lease_end, started_at = time_now,
            waited_seconds = EXTRACT(epoch FROM time_now - j.due_at)
          WHERE j.id = ANY (ARRAY(SELECT m.id FROM mine m))
          RETURNING j.id, j.hospital_id, j.queue, j.kind, j.payload, j.attempts, j.max_attempts, j.created_at,
            j.waited_seconds)
        SELECT b.*, time_now FROM begun b ORDER BY b.waited_seconds DESC;
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

-- A lease is looked up under the statement's snapshot and once more, by its token alone, on the row that goes: whoever
-- leased the job in between did so under a token that cannot be among these, which are older than the statement.
CREATE OR REPLACE FUNCTION ward.finish_jobs(ids uuid[], tokens uuid[], tries integer[]) RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off SET enable_sort = off AS $$
BEGIN
  RETURN QUERY
    WITH mine AS MATERIALIZED (
      SELECT leased.id FROM unnest(ids, tokens, tries) AS deed (id, token, attempt), LATERAL (
        SELECT j.id FROM ward.jobs j WHERE j.id = deed.id AND j.state = 'running' AND j.lease_token = deed.token
          AND j.attempts = deed.attempt OFFSET 0) AS leased),
    gone AS (
      DELETE FROM ward.jobs j
      WHERE j.id = ANY (ARRAY(SELECT m.id FROM mine m)) AND j.state = 'running' AND j.lease_token = ANY (tokens)
      RETURNING j.id, j.hospital_id, j.queue, j.kind, j.priority, j.attempts, j.created_at, j.started_at),
    kept AS (
      INSERT INTO ward.finished_jobs (
        id, hospital_id, queue, kind, priority, attempts, state, created_at, started_at, finished_at)
      SELECT g.id, g.hospital_id, g.queue, g.kind, g.priority, g.attempts, 'done', g.created_at, g.started_at, ward.now()
      FROM gone g)
    SELECT g.id FROM gone g;
END $$;

CREATE OR REPLACE FUNCTION ward.put_back_jobs(
  ids uuid[], tokens uuid[], tries integer[], states text[], seconds double precision[], due_times timestamptz[],
  given_back integer[], reasons text[])
RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  time_now timestamptz := ward.now();
BEGIN
  FOR n IN 1 .. COALESCE(cardinality(ids), 0) LOOP
    UPDATE ward.jobs j SET state = states[n],
      due_at = COALESCE(due_times[n], time_now + make_interval(secs => seconds[n])),
      attempts = j.attempts - given_back[n], last_error = COALESCE(reasons[n], j.last_error),
      finished_at = CASE WHEN states[n] = 'dead' THEN time_now END, lease_token = NULL, leased_until = NULL,
      announced_at = NULL
    WHERE j.id = ids[n] AND j.state = 'running' AND j.lease_token = tokens[n] AND j.attempts = tries[n];
    IF FOUND THEN RETURN NEXT ids[n]; END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION ward.extend_jobs(ids uuid[], tokens uuid[], lease_seconds double precision)
RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  lease_end timestamptz := ward.now() + make_interval(secs => lease_seconds);
BEGIN
  FOR n IN 1 .. COALESCE(cardinality(ids), 0) LOOP
    UPDATE ward.jobs j SET leased_until = lease_end, due_at = lease_end
    WHERE j.id = ids[n] AND j.state = 'running' AND j.lease_token = tokens[n];
    IF FOUND THEN RETURN NEXT ids[n]; END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION ward.announce_jobs(queues text[], most integer, again_after_seconds double precision)
RETURNS TABLE (id uuid, queue text, priority smallint)
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  time_now timestamptz := ward.now();
  told_before timestamptz := ward.now() - make_interval(secs => again_after_seconds);
BEGIN
  IF EXISTS (SELECT FROM ward.jobs j WHERE j.state IN ('delayed', 'running') AND j.due_at <= time_now) THEN
    PERFORM ward.let_in_jobs(1000);
  END IF;
  RETURN QUERY
    WITH news AS MATERIALIZED (
      SELECT picked.id FROM unnest(queues) AS wanted (name), LATERAL (
        SELECT j.id FROM ward.jobs j
        WHERE j.state = 'waiting' AND j.queue = wanted.name AND j.due_at <= time_now
          AND (j.announced_at IS NULL OR j.announced_at < told_before)
        ORDER BY j.priority LIMIT most FOR UPDATE SKIP LOCKED) AS picked)
    UPDATE ward.jobs j SET announced_at = time_now WHERE j.id = ANY (ARRAY(SELECT n.id FROM news n))
    RETURNING j.id, j.queue, j.priority;
END $$;

CREATE OR REPLACE FUNCTION ward.claim_brought_jobs(
  ids uuid[], queues text[], rooms integer[], kinds text[], token uuid, lease_seconds double precision)
RETURNS TABLE (
  id uuid, hospital_id uuid, queue text, kind text, payload bytea, attempts smallint, max_attempts smallint,
  created_at timestamptz, waited double precision)
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
#variable_conflict use_column
DECLARE
  time_now timestamptz := ward.now();
  lease_end timestamptz := ward.now() + make_interval(secs => lease_seconds);
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT due.id, due.queue, told.number FROM unnest(ids) WITH ORDINALITY AS told (id, number), LATERAL (
        SELECT j.id, j.queue FROM ward.jobs j WHERE j.id = told.id AND j.state = 'waiting' AND j.due_at <= time_now
          AND j.kind = ANY (kinds) OFFSET 0) AS due),
    brought AS MATERIALIZED (
      SELECT f.id, row_number() OVER (PARTITION BY f.queue ORDER BY f.number) AS place, wanted.room
      FROM found f JOIN unnest(queues, rooms) AS wanted (name, room) ON wanted.name = f.queue),
    mine AS MATERIALIZED (
      SELECT free.id FROM brought b, LATERAL (
        SELECT j.id FROM ward.jobs j WHERE j.id = b.id AND j.state = 'waiting' FOR UPDATE SKIP LOCKED) AS free
      WHERE b.place <= b.room),
    begun AS (
      UPDATE ward.jobs j SET state = 'running', attempts = j.attempts + 1, lease_token = token,
        leased_until = lease_end, due_at = lease_end, started_at = time_now,
        waited_seconds = EXTRACT(epoch FROM time_now - j.due_at)
      WHERE j.id = ANY (ARRAY(SELECT m.id FROM mine m))
      RETURNING j.id, j.hospital_id, j.queue, j.kind, j.payload, j.attempts, j.max_attempts, j.created_at,
        j.waited_seconds)
    SELECT b.* FROM begun b ORDER BY b.waited_seconds DESC;
END $$;
