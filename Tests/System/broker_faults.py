"""A broker that is away for minutes, and one that brings each id three times and in another order."""

import random
import time
from collections import Counter
from contextlib import contextmanager

import pika
from api_support import own_ward
from fault_rows import Row
from jobs_support import drill, jobs, states
from rabbit import rabbit
from ward_process import wait_for

QUEUES = [f"ward.jobs.{name}" for name in ("critical", "high", "normal", "low", "background")]


def is_connected(ward) -> bool:
    answer = ward.call("GET", "/health")
    assert answer.status_code == 200, "a broker is never needed"
    return answer.json()["services"]["rabbitmq"]


@contextmanager
def broker_house():
    with rabbit() as server, own_ward(environment={"WARD_AMQP_URL": server.url}) as ward:
        wait_for(lambda: is_connected(ward), 30, "the broker is there")
        yield ward, server


def counted(ward, queue: str, asked: int) -> dict[str, int]:
    """Waits until all is over, and counts what was done and what it left."""
    is_over = lambda: (now := states(ward, queue)).get("done", 0) >= asked and not set(now) - {"done"}
    try:
        wait_for(is_over, 120, lambda: f"{states(ward, queue)}")
    except AssertionError:
        pass  # what is missing is counted
    found = jobs(ward, "queue = %s", queue)
    notes = Counter(row.resource_id for row in ward.sql(
        "SELECT resource_id FROM audit_log WHERE action = 'queue.drill' AND resource_id IN"
        " (SELECT id FROM finished_jobs WHERE queue = %s)", "admin", parameters=[queue]))
    done = {job.id for job in found if job.state == "done"}
    return {"lost": asked - len(done) + len(done - set(notes)), "doubled": sum(notes.values()) - len(notes),
            "wrong": len(set(notes) - done)}


def outage_row(ward, server, seconds: float, each: int = 20) -> Row:
    """Work is asked for all the while."""
    asked, gone_at = 0, time.monotonic()
    server.stop()
    while time.monotonic() - gone_at < seconds:
        drill(ward, "tasks", "note", each)
        asked += each
        time.sleep(1)
    open_jobs = sum(number for state, number in states(ward, "tasks").items() if state != "done")
    server.start()
    back_at = time.monotonic()
    wait_for(lambda: is_connected(ward), 90, "the broker is used again")
    back = time.monotonic() - back_at
    drill(ward, "tasks", "note", each)
    asked += each
    return Row(f"broker stopped for {seconds:g} s", asked, **counted(ward, "tasks", asked),
               notes=f"{open_jobs} open when it came back, used again after {back:.1f} s")


def disorder_row(ward, server, rounds: int, each: int = 100, seed: int = 1) -> Row:
    """Each id three times more, shuffled over all queues, while the real ones come."""
    dice, asked, copies = random.Random(seed), 0, 0
    with pika.BlockingConnection(pika.URLParameters(server.url)) as connection:
        line = connection.channel()
        for _ in range(rounds):
            drill(ward, "analytics", "note", each)
            asked += each
            ids = [str(job.id) for job in jobs(ward, "queue = 'analytics'")][-5 * each:] * 3
            dice.shuffle(ids)
            for id in ids:
                line.basic_publish("ward.jobs", dice.choice(QUEUES), id.encode())
            copies += len(ids)
    counts = counted(ward, "analytics", asked)
    again = sum(job.attempts > 1 for job in jobs(ward, "queue = 'analytics'"))
    return Row("broker brings ids × 3 in disorder", asked, **counts, notes=f"{copies} copies, {again} begun more than once")


def broker_rows(seconds: float, rounds: int):
    with broker_house() as (ward, server):
        yield disorder_row(ward, server, rounds)
        yield outage_row(ward, server, seconds)
