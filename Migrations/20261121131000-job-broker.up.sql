-- Why: with a broker the ids of due jobs travel through it. PostgreSQL stays the truth: these two functions tell which
-- jobs a broker has not heard of, and lease those that it brought, with the fence that every lease has.
-- Safe while a previous version serves: it only adds.

-- Ids for the broker: of each queue those that are due and that it was not told of lately, the most urgent first,
-- marked as told. What became due is let in before.
CREATE FUNCTION ward.announce_jobs(queues text[], most integer, again_after_seconds double precision)
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

-- Leases those of these jobs that are due and nobody's, at most rooms[n] of queues[n], in the order in which they came.
CREATE FUNCTION ward.claim_brought_jobs(
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

REVOKE ALL ON FUNCTION ward.announce_jobs(text[], integer, double precision),
  ward.claim_brought_jobs(uuid[], text[], integer[], text[], uuid, double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.announce_jobs(text[], integer, double precision),
  ward.claim_brought_jobs(uuid[], text[], integer[], text[], uuid, double precision) TO ward_engine;
