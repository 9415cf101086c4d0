#!/usr/bin/env python3
"""A queue that is very deep: `job_depth.py --jobs 1000000`.

Jobs of the lowest urgency of one hospital fill a queue. It is measured how long urgent ones of another hospital wait from
their commit to their beginning, before and with it; every read of the dashboard is asked, within the time that a
statement may take; a poison job ends as a dead letter; and no more are leased at once than the queue allows. The exit status is
1 where an answer fails, a limit is passed or urgent jobs wait more than three times as long (and more than 50 ms longer).
"""

import argparse
import sys
import time

from api_support import Api, own_ward
from jobs_support import PLACES, drill, jobs
from ward_process import wait_for

# Of one node: as many as run, and as many again whose outcome is on its way to the database.
QUEUE, LIMIT = "analytics", 2 * 25
READS = ("/queues?limit=100", "/queue-metrics", f"/queues/{QUEUE}/jobs?state=waiting", f"/queues/{QUEUE}/jobs?state=running",
         f"/queues/{QUEUE}/jobs?state=done", f"/queues/{QUEUE}/jobs?state=dead", f"/queues/{QUEUE}/jobs?state=delayed")


def waits(ward, hospital: str, count: int) -> list[float]:
    """How long urgent jobs wait that are asked for one after the other, in seconds, the shortest first."""
    before = {job.id for job in jobs(ward, "queue = %s AND priority = 0", QUEUE)}
    for _ in range(count):
        drill(ward, QUEUE, hospital=hospital, priority="critical")
    mine = lambda: [job for job in jobs(ward, "queue = %s AND priority = 0 AND state = 'done'", QUEUE)  # noqa: E731
                    if job.id not in before]
    wait_for(lambda: len(mine()) == count, 60, lambda: f"{len(mine())} of {count} urgent jobs are done")
    return sorted((job.started_at - job.created_at).total_seconds() for job in mine())


def fill(ward, hospital: str, count: int) -> None:
    with ward.connect() as connection:
        connection.execute(
            """INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, state, due_at)
               SELECT gen_random_uuid(), %s::uuid, %s, 'drill.nothing', '', %s, 'waiting', ward.now()
               FROM generate_series(1, %s)""", [hospital, QUEUE, PLACES["background"], count])


def poison(ward, hospital: str) -> str:
    rows = ward.sql(
        """INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, due_at, max_attempts)
           VALUES (gen_random_uuid(), %s::uuid, %s, 'drill.nothing', '\\x0102030405060708', 0, ward.now(), 1)
           RETURNING id""", parameters=[hospital, QUEUE])
    return str(rows[0].id)


def measure(ward, count: int, each: int = 40) -> dict[str, float]:
    """What came out, in seconds, jobs and answers that failed."""
    api = Api(ward)
    mine, other = api.hospital(), api.hospital("other admin")
    shallow = waits(ward, mine, each)
    fill(ward, other, count)
    began = time.monotonic()
    deep = waits(ward, mine, each)
    left = jobs_left(ward)
    slowest, failed = 0.0, []
    for path in READS:
        asked = time.monotonic()
        answer = api.call("admin", "GET", path)
        slowest = max(slowest, time.monotonic() - asked)
        if answer.status_code != 200:
            failed.append(f"{path}: {answer.status_code}")
    bad = poison(ward, mine)
    running = 0

    def is_dead() -> bool:
        nonlocal running
        running = max(running, ward.sql("SELECT count(*) AS n FROM jobs WHERE queue = %s AND state = 'running'",
                                        parameters=[QUEUE])[0].n)
        return bool(ward.sql("SELECT 1 FROM jobs WHERE id = %s AND state = 'dead'", parameters=[bad]))

    wait_for(is_dead, 60, "the poison job is a dead letter")
    behind = jobs_left(ward)
    return {
        "jobs": count, "still waiting after the urgent ones": left, "urgent, median before": middle(shallow),
        "urgent, median with them": middle(deep), "urgent, longest with them": deep[-1],
        "slowest read of the dashboard": slowest, "reads that failed": len(failed), "most leased at once": running,
        "done per second meanwhile": (left - behind) / max(0.001, time.monotonic() - began),
    }


def jobs_left(ward) -> int:
    return ward.sql("SELECT count(*) AS n FROM jobs WHERE queue = %s AND state = 'waiting'", parameters=[QUEUE])[0].n


def middle(numbers: list[float]) -> float:
    return numbers[len(numbers) // 2]


def problems(found: dict[str, float]) -> list[str]:
    before, after = found["urgent, median before"], found["urgent, median with them"]
    wrong = []
    if found["reads that failed"]:
        wrong.append("a read of the dashboard failed")
    if found["most leased at once"] > LIMIT:
        wrong.append("more were leased at once than the queue allows")
    if after > 3 * before and after > before + 0.05:
        wrong.append("urgent jobs wait longer in a deep queue")
    if not found["still waiting after the urgent ones"]:
        wrong.append("the queue was empty before it could be looked at")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=1_000_000)
    with own_ward() as running_ward:
        result = measure(running_ward, parser.parse_args().jobs)
    print(*(f"{name:40}{number:12.3f}" for name, number in result.items()), sep="\n")
    print(*problems(result), sep="\n")
    sys.exit(1 if problems(result) else 0)
