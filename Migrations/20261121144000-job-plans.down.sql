-- The functions as they were before.

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
  FROM late WHERE j.id = late.id;
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

CREATE OR REPLACE FUNCTION ward.finish_jobs(ids uuid[], tokens uuid[], tries integer[]) RETURNS SETOF uuid
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

CREATE OR REPLACE FUNCTION ward.put_back_jobs(
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

CREATE OR REPLACE FUNCTION ward.extend_jobs(ids uuid[], tokens uuid[], lease_seconds double precision) RETURNS SETOF uuid
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
    UPDATE ward.jobs j SET announced_at = time_now FROM news WHERE j.id = news.id
    RETURNING j.id, j.queue, j.priority;
END $$;

CREATE OR REPLACE FUNCTION ward.claim_brought_jobs(
  ids uuid[], queues text[], rooms integer[], kinds text[], token uuid, lease_seconds double precision)
RETURNS TABLE (
  id uuid, hospital_id uuid, queue text, kind text, payload bytea, attempts smallint, max_attempts smallint,
  created_at timestamptz, waited double precision)
LANGUAGE plpgsql SET search_path = ward, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  time_now timestamptz := ward.now();
  lease_end timestamptz := ward.now() + make_interval(secs => lease_seconds);
BEGIN
  RETURN QUERY
    WITH brought AS MATERIALIZED (
      SELECT j.id, row_number() OVER (PARTITION BY j.queue ORDER BY told.number) AS place, wanted.room
      FROM unnest(ids) WITH ORDINALITY AS told (id, number)
      JOIN ward.jobs j ON j.id = told.id AND j.state = 'waiting' AND j.due_at <= time_now AND j.kind = ANY (kinds)
      JOIN unnest(queues, rooms) AS wanted (name, room) ON wanted.name = j.queue),
    mine AS MATERIALIZED (
      SELECT free.id, free.due_at FROM brought b, LATERAL (
        SELECT j.id, j.due_at FROM ward.jobs j WHERE j.id = b.id AND j.state = 'waiting' FOR UPDATE SKIP LOCKED) AS free
      WHERE b.place <= b.room)
    UPDATE ward.jobs j SET state = 'running', attempts = j.attempts + 1, lease_token = token,
      leased_until = lease_end, due_at = lease_end, started_at = time_now
    FROM mine WHERE j.id = mine.id
    RETURNING j.id, j.hospital_id, j.queue, j.kind, j.payload, j.attempts, j.max_attempts, j.created_at,
      EXTRACT(epoch FROM time_now - mine.due_at)::double precision;
END $$;

ALTER TABLE ward.jobs DROP COLUMN waited_seconds;
