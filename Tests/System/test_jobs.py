"""The engine of jobs: queues, order, fairness, retries, leases, exactly once. Drills stand for work of every kind."""

import pytest
from datetime import timedelta
from own_house import api, ward  # noqa: F401 (fixtures by name)
from uuid import uuid4

from api_raw import assert_refused
from api_support import own_ward, shift
from jobs_support import PLACES, drill, jobs, own_node, states
from job_depth import measure, problems
from mail_server import hanging_server
from tenancy_support import member
from test_mail import sign_up
from ward_process import lived, wait_for

SEEDED = {
    "appointment": 50, "enhanced-appointment": 30, "notification": 100, "email": 80, "vidhakarma": 20, "panchakarma": 20,
    "chequp": 25, "ayurveda-therapy": 15, "service": 40, "doctor-availability": 30, "queue-management": 20,
    "waiting-list": 25, "payment-processing": 35, "calendar-sync": 20, "patient-preference": 15, "analytics": 25,
    "reminder": 40, "follow-up": 30, "recurring-appointment": 20}


def done(ward, queue: str, count: int, seconds: float = 15):
    wait_for(lambda: states(ward, queue).get("done", 0) >= count, seconds, lambda: f"{queue}: {states(ward, queue)}")


def test_every_queue_has_a_consumer(ward):
    """214: each of the nineteen queues exists and does what is asked of it"""
    for queue in SEEDED:
        drill(ward, queue)
    for queue in SEEDED:
        done(ward, queue, 1)


def test_the_four_queues_of_the_other_seed(ward):
    """215: tasks, notifications, mail and SMS each have a consumer; alerting and webhooks, too"""
    queues = ("tasks", "notifications", "email", "sms", "alerting", "webhook")
    before = {queue: states(ward, queue).get("done", 0) for queue in queues}
    for queue in queues:
        drill(ward, queue)
    for queue in queues:
        done(ward, queue, before[queue] + 1)


def test_as_many_as_the_queue_allows(ward):
    """214: of 90 jobs of a queue of 15 never more than 15 run at once, and 15 do"""
    queue = "ayurveda-therapy"
    drill(ward, queue, "pause", 90)
    done(ward, queue, 90, 30)
    begun = sorted(job.started_at for job in jobs(ward, "queue = %s AND kind = 'drill.pause'", queue))
    # Each takes a quarter of a second: what began in such a span ran at once.
    span = timedelta(seconds=0.25)
    most = max(sum(1 for each in begun if first <= each < first + span) for first in begun)
    assert 10 <= most <= SEEDED[queue], most


def test_a_claim_reads_what_it_takes(ward):
    """217: though the queue was analyzed when it was empty, a claim, a completion and a repeat read tens of rows, not all"""
    with ward.connect() as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE ward.jobs")
        connection.autocommit = False
        connection.execute("""INSERT INTO ward.jobs (id, queue, kind, payload, due_at)
            SELECT gen_random_uuid(), 'nobody', 'drill.nothing', '', ward.now() FROM generate_series(1, 5000)""")

        def read() -> int:
            row = connection.execute("""SELECT sum(idx_tup_fetch + seq_tup_read) AS n
                FROM pg_stat_xact_user_tables WHERE relname = 'jobs'""").fetchone()
            return int(row.n)

        def read_by(statement: str, *parameters) -> tuple[int, list]:
            before = read()
            rows = connection.execute(statement, parameters).fetchall()
            return read() - before, rows

        token = str(uuid4())
        claim = "SELECT * FROM ward.claim_jobs(ARRAY['nobody'], ARRAY[%s], ARRAY[NULL]::uuid[], ARRAY['drill.nothing'], %s, 30)"
        cost, claimed = read_by(claim, 20, token)
        assert len(claimed) == 20 and cost < 200, cost
        ids, tries = [job.id for job in claimed], [job.attempts for job in claimed]
        cost, ended = read_by("SELECT ward.finish_jobs(%s, %s::uuid[], %s::integer[])", ids[:10], [token] * 10, tries[:10])
        assert len(ended) == 10 and cost < 200, cost
        cost, ended = read_by("SELECT ward.extend_jobs(%s, %s::uuid[], 30)", ids[10:], [token] * 10)
        assert len(ended) == 10 and cost < 200, cost
        cost, ended = read_by(
            """SELECT ward.put_back_jobs(%s, %s::uuid[], %s::integer[], array_fill('waiting'::text, ARRAY[10]),
                 array_fill(0::float8, ARRAY[10]), array_fill(NULL::timestamptz, ARRAY[10]), array_fill(1, ARRAY[10]),
                 array_fill(NULL::text, ARRAY[10]))""", ids[10:], [token] * 10, tries[10:])
        assert len(ended) == 10 and cost < 200, cost
        connection.rollback()


def test_the_most_urgent_begins_first(ward):
    """216: a critical job that was asked for last begins first, then high, normal, low and background"""
    queue = "panchakarma"
    for_last = ["background", "low", "normal", "high", "critical"]
    with ward.connect() as connection:
        for priority in for_last:
            connection.execute(
                "INSERT INTO jobs (id, queue, kind, payload, priority, due_at) SELECT gen_random_uuid(), %s, 'drill.pause', '',"
                " %s, ward.now() - interval '1 second' FROM generate_series(1, 3)", [queue, PLACES[priority]])
    wait_for(lambda: states(ward, queue) == {"done": 16}, 20, lambda: states(ward, queue))
    begun = jobs(ward, "queue = %s AND kind = 'drill.pause'", queue)
    order = [job.priority for job in sorted(begun, key=lambda job: (job.started_at, job.priority))]
    assert order == sorted(order)


def test_one_hospital_starves_no_other(api, ward):
    """216: behind 5,000 jobs of one hospital five of another, asked for last, are done with the first ones"""
    queue, mine, other = "reminder", api.hospital(), api.hospital("other admin")
    with ward.connect() as connection:
        for hospital, count in ((mine, 5000), (other, 5)):
            connection.execute(
                "INSERT INTO jobs (id, hospital_id, queue, kind, payload, due_at) SELECT gen_random_uuid(), %s, %s,"
                " 'drill.nothing', '', ward.now() FROM generate_series(1, %s)", [hospital, queue, count])
    done(ward, queue, 5005, 60)
    order = sorted(jobs(ward, "queue = %s AND kind = 'drill.nothing' AND hospital_id IS NOT NULL", queue),
                   key=lambda job: job.started_at)
    places = [place for place, job in enumerate(order) if str(job.hospital_id) == other]
    assert len(places) == 5 and max(places) < 500, places


def test_a_failed_job_waits_longer_each_time(ward):
    """217: a job that fails is tried again after two seconds, then four, and given up after its attempts"""
    queue = "chequp"
    drill(ward, queue, "failure")
    seen = {}

    def dead():
        for job in jobs(ward, "queue = %s AND kind = 'drill.failure'", queue):
            if job.state == "delayed":
                seen[job.attempts] = (job.due_at - job.started_at).total_seconds()
            if job.state == "dead":
                return job

    last = wait_for(dead, 20, lambda: f"dead; seen {seen}", pause=0.01)
    assert last.attempts == 3 and last.last_error == "a drill that fails"
    assert set(seen) == {1, 2} and 1.6 <= seen[1] <= 3 and 3.2 <= seen[2] <= 5.5, seen


def test_failures_do_not_come_back_together(ward):
    """218: jobs that failed together come back spread over ±20 %"""
    queue = "vidhakarma"
    drill(ward, queue, "failure", 60)
    waits = wait_for(
        lambda: (found := [(job.due_at - job.started_at).total_seconds() for job in jobs(
            ward, "queue = %s AND state = 'delayed' AND attempts = 1", queue)]) and len(found) >= 30 and found,
        10, "many wait for their second attempt")
    assert max(waits) - min(waits) > 0.3 and all(1.59 <= each <= 4 for each in waits), sorted(waits)
    assert len({round(each, 3) for each in waits}) > len(waits) * 0.7
    ward.sql("DELETE FROM jobs WHERE queue = %s", parameters=[queue])


def test_what_is_given_up_is_kept_and_done_again(ward, api):
    """219: a job without attempts left lies dead with its reason; an administrator of the system has it done again"""
    queue, hospital = "service", api.hospital()
    member(api, "engineer", "system_admin")
    drill(ward, queue, "failure", 2, hospital=hospital, attempts=1)
    listed = wait_for(lambda: (rows := api.do("admin", "GET", f"/queues/{queue}/jobs?state=dead")) and len(rows) == 2 and rows,
                      10, "both are dead")
    assert {(row["kind"], row["reason"], row["attempts"], row["priority"]) for row in listed} == {
        ("drill.failure", "a drill that fails", 1, "normal")}
    assert_refused(api.call("nurse", "GET", f"/queues/{queue}/jobs"), 403)
    assert_refused(api.call("admin", "POST", f"/queues/{queue}/replay"), 403)
    assert api.do("other admin", "GET", f"/queues/{queue}/jobs?state=dead") == []
    one, two = (row["id"] for row in listed)
    before = {job.id: job.started_at for job in jobs(ward, "queue = %s", queue)}
    api.do("engineer", "POST", f"/jobs/{one}/retry")
    again = lambda id: next((job for job in jobs(ward, "id = %s", id) if job.state == "dead" and job.started_at != before[job.id]), None)
    assert wait_for(lambda: again(one), 10, "it was done again").attempts == 1
    api.do("engineer", "DELETE", f"/jobs/{one}")
    assert [job.state for job in jobs(ward, "id = %s", one)] == ["cancelled"]
    assert_refused(api.call("engineer", "DELETE", f"/jobs/{one}"), 404)
    ward.sql("UPDATE jobs SET kind = 'drill.nothing' WHERE id = %s", parameters=[two])
    assert api.do("engineer", "POST", f"/queues/{queue}/replay") == {"queue": queue, "replayed": 1}
    wait_for(lambda: [job.state for job in jobs(ward, "id = %s", two)] == ["done"], 10, "the other one is done")
    assert {row.action for row in api.audit("category = 'system' AND action LIKE 'job%%' OR action = 'queue_replayed'")} == {
        "job_retried", "job_cancelled", "queue_replayed"}
    assert_refused(api.call("engineer", "POST", f"/jobs/{two}/retry"), 404)
    assert_refused(api.call("engineer", "GET", "/queues/nothing/jobs"), 400)


def test_a_poison_job_blocks_nobody(ward):
    """219: a payload that does not open, a kind that nobody knows and a job that always fails hold up no other job"""
    queue = "follow-up"
    with ward.connect() as connection:
        connection.execute(
            "INSERT INTO jobs (id, queue, kind, payload, priority, due_at, max_attempts) SELECT gen_random_uuid(), %s, kind,"
            " payload, 0, ward.now(), 1 FROM (VALUES ('drill.nothing', '\\x0102030405060708'::bytea), ('nobody.knows', ''),"
            " ('drill.failure', '')) AS poison (kind, payload), generate_series(1, 40)", [queue])
    drill(ward, queue, count=100)
    done(ward, queue, 100)
    wait_for(lambda: states(ward, queue).get("dead") == 80, 15, lambda: states(ward, queue))
    assert {job.last_error for job in jobs(ward, "queue = %s AND state = 'dead'", queue)} == {
        "sealed by another key", "a drill that fails"}
    assert states(ward, queue)["waiting"] == 40, "what nobody here knows waits for a node that does"
    ward.sql("DELETE FROM jobs WHERE queue = %s", parameters=[queue])


@pytest.mark.alone
def test_a_deep_queue_is_no_slower(ward):
    """214, 216, 219, 223: behind 60,000 jobs of another hospital urgent ones begin as soon as without them, a poison job
    ends as a dead letter, no more are leased than the queue allows, and every read of the dashboard answers"""
    found = measure(ward, 60_000, each=15)
    # Some of them run or are put on record at this moment: these are left for the next look.
    wait_for(lambda: not ward.sql("""
        WITH deleted AS (DELETE FROM jobs WHERE id IN (
          SELECT id FROM jobs WHERE queue = 'analytics' FOR UPDATE SKIP LOCKED))
        SELECT FROM jobs WHERE queue = 'analytics' LIMIT 1"""), 60, "the queue is empty")
    assert problems(found) == [], found


def test_queued_jobs_survive_a_kill(ward_factory):
    """220: what is queued, delayed or running when Ward is killed is done after its restart, each job once"""
    ward = ward_factory(demo=False)
    drill(ward, "analytics", "pause", 60)
    drill(ward, "analytics", "nothing", 20, delay=30)
    wait_for(lambda: states(ward, "analytics").get("running"), 10, "some run")
    ward.kill9()
    left = states(ward, "analytics") if ward.postmaster() else None
    ward.start()
    assert sum(states(ward, "analytics").values()) == 80, left
    ward.shift_clock(31)  # leases and delays are over
    wait_for(lambda: states(ward, "analytics") == {"done": 80}, 30, lambda: states(ward, "analytics"))


def test_not_before_its_time(ward):
    """221: a delayed job does not begin before its time, and begins then"""
    drill(ward, "calendar-sync", delay=3600)
    drill(ward, "calendar-sync", delay=0.8)
    done(ward, "calendar-sync", 1 + 1, 10)  # one was done for 214
    begun = [job for job in jobs(ward, "queue = 'calendar-sync' AND state = 'done'")][-1]
    late = max(jobs(ward, "queue = 'calendar-sync' AND state = 'done'"), key=lambda job: job.started_at)
    assert (late.started_at - late.created_at).total_seconds() >= 0.8, begun
    assert states(ward, "calendar-sync")["delayed"] == 1


def test_put_off_is_no_attempt(ward):
    """221: a job that puts itself off is called at its time, and none of its attempts is used up"""
    drill(ward, "waiting-list", "later", attempts=1)
    job = wait_for(lambda: next(iter(jobs(ward, "queue = 'waiting-list' AND state = 'delayed'")), None), 10, "it is put off")
    assert job.attempts == 0 and abs((job.due_at - job.created_at).total_seconds() - 60) < 0.01


def test_one_open_job_for_a_key(ward):
    """221: while a job with a unique key is open a second one is refused by the database; afterwards it is not"""
    insert = ("INSERT INTO jobs (id, queue, kind, payload, state, due_at, unique_key) VALUES (gen_random_uuid(), 'tasks',"
              " 'drill.nothing', '', 'delayed', ward.now() + interval '1 hour', 'k') ON CONFLICT DO NOTHING RETURNING id")
    first = ward.sql(insert)
    assert len(first) == 1 and ward.sql(insert) == []
    ward.sql("DELETE FROM jobs WHERE id = %s", parameters=[first[0].id])
    assert len(ward.sql(insert)) == 1
    ward.sql("DELETE FROM jobs WHERE unique_key = 'k'")


def test_a_transaction_is_done_exactly_once(ward, api):
    """220: a job with database effects leaves exactly one of them, though nodes are killed while it runs"""
    hospital = api.hospital()
    with own_node(ward) as other:
        drill(ward, "tasks", "note", 400, hospital=hospital)
        wait_for(lambda: api.audit("action = 'queue.drill'"), 10, "some are done")
        other.kill9()
    shift(ward, 31)
    wait_for(lambda: not jobs(ward, "kind = 'drill.note' AND state <> 'done'"), 30, "all are done")
    notes = [row.resource_id for row in api.audit("action = 'queue.drill'")]
    assert len(notes) == len(set(notes)) == 400
    assert set(notes) == {job.id for job in jobs(ward, "kind = 'drill.note'")}


def test_the_request_does_not_wait_for_the_mail():
    """227: with a mail server that hangs, the request that asks for a letter is answered at once; the letter is a job"""
    with hanging_server() as port:
        environment = {"WARD_SMTP_URL": f"smtp://127.0.0.1:{port}", "WARD_MAIL_FROM": "ward@hospital.example"}
        with own_ward(environment=environment) as ward:
            began = lived()
            sign_up(ward)
            assert lived() - began < 5
            assert [job.state for job in jobs(ward, "kind = 'mail.send'")][0] in ("waiting", "running")
