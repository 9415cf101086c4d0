-- Jobs go on as before; what is running begins again, and what was kept of finished ones is gone.
DROP FUNCTION ward.finish_job_here(uuid, uuid, integer), ward.extend_jobs(uuid[], uuid[], double precision),
  ward.put_back_jobs(uuid[], uuid[], integer[], text[], double precision[], timestamptz[], integer[], text[]),
  ward.finish_jobs(uuid[], uuid[], integer[]),
  ward.claim_jobs(text[], integer[], uuid[], text[], uuid, double precision), ward.let_in_jobs(integer),
  ward.tend_finished_jobs();
DROP TABLE ward.finished_jobs;
UPDATE ward.jobs SET state = 'waiting', lease_token = NULL, leased_until = NULL WHERE state IN ('delayed', 'running');
DROP INDEX ward.jobs_ready, ward.jobs_later, ward.jobs_over, ward.jobs_unique;
ALTER TABLE ward.jobs RESET (
  fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay);
ALTER TABLE ward.jobs
  DROP CONSTRAINT jobs_state_check, DROP CONSTRAINT jobs_finished_check,
  DROP COLUMN announced_at, DROP COLUMN started_at, DROP COLUMN tenant, DROP COLUMN unique_key,
  ADD CONSTRAINT jobs_state_check CHECK (state IN ('waiting', 'done', 'dead')),
  ADD CONSTRAINT jobs_check CHECK ((state = 'waiting') = (finished_at IS NULL)),
  ALTER COLUMN max_attempts SET DEFAULT 10;
CREATE INDEX jobs_due ON ward.jobs (queue, priority, due_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_finished ON ward.jobs (finished_at) WHERE finished_at IS NOT NULL;
