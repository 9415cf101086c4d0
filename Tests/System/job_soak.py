#!/usr/bin/env python3
"""Kills a worker again and again while it does jobs, and counts what that did: `job_soak.py --kills 100`.

Half of the jobs leave an audit row in the transaction that completes them, half only take their time. In the end each
job must be done, and each audit row be there exactly once. A killed node's leases are let run out by the shifted clock.
The exit status is 1 with a violation.
"""

import argparse
import random
import sys
import time

from api_support import Api, own_ward, shift
from jobs_support import drill, jobs, own_node
from ward_process import wait_for


def soak(ward, kills: int, each: int = 60, seed: int = 1) -> dict[str, int]:
    """The counts of what happened and of what must not."""
    chance, hospital = random.Random(seed), Api(ward).hospital()
    earlier = {job.id for job in jobs(ward)}
    for _ in range(kills):
        with own_node(ward) as node:
            drill(ward, "tasks", "note", each, hospital=hospital, attempts=50)
            drill(ward, "analytics", "pause", each // 4, hospital=hospital, attempts=50)
            time.sleep(chance.uniform(0, 0.3))
            node.kill9()
    total = kills * (each + each // 4)
    open_jobs = lambda: jobs(ward, "state NOT IN ('done', 'dead') AND kind LIKE 'drill.%%'")
    shift(ward, 31)
    wait_for(lambda: not open_jobs(), 120, lambda: f"{len(open_jobs())} jobs are open")
    found = [job for job in jobs(ward) if job.id not in earlier]
    notes = [row.resource_id for row in Api(ward).audit("action = 'queue.drill'") if row.resource_id not in earlier]
    made = {job.id for job in found if job.kind == "drill.note"}
    return {
        "kills": kills, "jobs": total, "begun more than once": sum(job.attempts > 1 for job in found),
        "lost": total - len({job.id for job in found if job.state == "done"}),
        "done twice": len(found) - len({job.id for job in found}), "effects doubled": len(notes) - len(set(notes)),
        "effects missing": len(made - set(notes)), "effects of nothing": len(set(notes) - made),
    }


def violations(counts: dict[str, int]) -> int:
    return sum(counts[each] for each in ("lost", "done twice", "effects doubled", "effects missing", "effects of nothing"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    with own_ward() as running:
        result = soak(running, parser.parse_args().kills)
    print(*(f"{name:24}{count:8}" for name, count in result.items()), sep="\n")
    sys.exit(1 if violations(result) else 0)
