"""What jobs promise, whatever brings them: one suite for PostgreSQL alone and for RabbitMQ in front of it."""

from types import SimpleNamespace

import pytest
from api_support import own_ward, shift
from jobs_support import drill, jobs, states
from rabbit import rabbit
from ward_process import wait_for


@pytest.fixture(scope="module", params=["database", "broker"])
def transport(request):
    """A Ward whose jobs come from PostgreSQL alone, and one to which RabbitMQ brings them."""
    if request.param == "database":
        with own_ward() as ward:
            yield SimpleNamespace(ward=ward, way="database", rabbit=None)
        return
    with rabbit() as server, own_ward(environment={"WARD_AMQP_URL": server.url}) as ward:
        wait_for(lambda: ward.call("GET", "/health").json()["services"]["rabbitmq"], 20, "the broker is there")
        yield SimpleNamespace(ward=ward, way="broker", rabbit=server)


@pytest.fixture
def ward(transport):
    return transport.ward


def claimed(ward, way: str) -> int:
    """How many jobs this way has brought."""
    lines = ward.call("GET", "/metrics").text.splitlines()
    return sum(int(float(line.split()[-1])) for line in lines
               if line.startswith("ward_jobs_claimed_total{") and f'by="{way}"' in line)


def over(ward, queue: str, count: int, seconds: float = 40) -> list:
    def settled():
        now = states(ward, queue)
        return now.get("done", 0) + now.get("dead", 0) >= count and not set(now) - {"done", "dead"}

    wait_for(settled, seconds, lambda: f"{queue}: {states(ward, queue)}")
    return jobs(ward, "queue = %s", queue)


def notes(ward, queue: str) -> dict:
    """How often each job of the queue has left its row."""
    rows = ward.sql(
        f"""SELECT resource_id, count(*) AS n FROM audit_log WHERE action = 'queue.drill' AND resource_id IN (
              SELECT id FROM finished_jobs WHERE queue = '{queue}' UNION SELECT id FROM jobs WHERE queue = '{queue}')
            GROUP BY 1""")
    return {row.resource_id: row.n for row in rows}


def test_each_job_is_done_exactly_once(transport, ward):
    """222: every job of several hundred is done, each effect is there once, and they came by the way that is set"""
    before = claimed(ward, "broker")
    drill(ward, "analytics", "note", 300)
    found = over(ward, "analytics", 300)
    assert {job.state for job in found} == {"done"} and {job.attempts for job in found} == {1}
    counts = notes(ward, "analytics")
    assert len(counts) == 300 and set(counts.values()) == {1}
    if transport.way == "broker":
        assert claimed(ward, "broker") - before > 200, "the broker was hardly used"
    else:
        assert claimed(ward, "broker") == 0


def test_the_urgent_begin_before_the_others(ward):
    """216: what is critical and asked for last begins before what waits in the background"""
    drill(ward, "chequp", "pause", 120, priority="background")
    drill(ward, "chequp", "nothing", 5, priority="critical")
    found = over(ward, "chequp", 125, 60)
    urgent = max(job.started_at for job in found if job.priority == 0)
    rest = sorted(job.started_at for job in found if job.priority == 9)
    assert urgent < rest[-1] and sum(each > urgent for each in rest) >= 40


def test_never_more_at_once_than_the_queue_allows(ward):
    """214: of 60 jobs of a queue of 15 never more than 15 run at once, each for a quarter of a second from its beginning;
    leases, which last until the outcome is on record, are never more than twice as many"""
    drill(ward, "ayurveda-therapy", "pause", 60)
    leased = 0

    def finished():
        nonlocal leased
        now = states(ward, "ayurveda-therapy")
        leased = max(leased, now.get("running", 0))
        return now.get("done", 0) >= 60

    wait_for(finished, 40, "all are done", pause=0.01)
    assert 2 <= leased <= 30, leased
    begun = [job.started_at for job in over(ward, "ayurveda-therapy", 60)]
    most = max(sum(0 <= (each - other).total_seconds() < 0.24 for other in begun) for each in begun)
    assert 2 <= most <= 15, most


def test_a_delayed_job_does_not_begin_before_its_time(ward):
    """221: a job for later waits until then, and no longer"""
    drill(ward, "reminder", delay=600)
    drill(ward, "reminder")
    wait_for(lambda: states(ward, "reminder").get("done", 0) == 1, 20, "the one for now is done")
    assert states(ward, "reminder") == {"done": 1, "delayed": 1}
    shift(ward, 601)
    found = over(ward, "reminder", 2)
    assert all(job.started_at >= job.created_at for job in found)


def test_a_job_that_fails_is_tried_again_and_then_dead(ward):
    """219: a job that fails each time is tried as often as it may be, and lies dead with its reason"""
    drill(ward, "waiting-list", "failure", attempts=2)
    wait_for(lambda: states(ward, "waiting-list").get("delayed"), 20, "it failed once")
    shift(ward, 60)
    (dead,) = over(ward, "waiting-list", 1)
    assert (dead.state, dead.attempts, dead.last_error) == ("dead", 2, "a drill that fails")


def test_what_a_killed_node_had_begun_is_done_by_another(ward):
    """220: jobs that a node had begun when it was killed, and those that waited, are done once it is there again"""
    drill(ward, "follow-up", "pause", 90)
    wait_for(lambda: states(ward, "follow-up").get("running"), 20, "some run")
    ward.kill9()
    left = states(ward, "follow-up")
    assert left.get("running", 0) + left.get("waiting", 0) > 0
    ward.start()
    shift(ward, 60)
    found = over(ward, "follow-up", 90, 60)
    assert {job.state for job in found} == {"done"} and max(job.attempts for job in found) <= 2
    assert len(found) == len({job.id for job in found}) == 90
