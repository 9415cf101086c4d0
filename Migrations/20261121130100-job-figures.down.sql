-- Nobody sees or steers the queues any more; jobs go on.
DROP FUNCTION ward.replay_jobs(text), ward.cancel_job(uuid), ward.retry_job(uuid), ward.jobs_of_queue(text, text),
  ward.sees_jobs_of(uuid), ward.forget_job_figures(),
  ward.ask_for_period(uuid, bigint, text, integer, uuid, text, text), ward.lead_jobs(uuid, double precision),
  ward.job_nodes_alive(), ward.queue_numbers(),
  ward.note_job_counts(uuid, text, integer, integer, integer, integer, integer[]), ward.forget_job_node(uuid),
  ward.note_job_node(uuid, text, timestamptz, jsonb);
DROP TABLE ward.periods, ward.leaders, ward.job_counts, ward.job_nodes;
