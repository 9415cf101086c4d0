"""Workers that are killed or sleep past their leases, and a node that leads and dies."""

import os
import signal
import time
from contextlib import contextmanager

from api_support import Api, own_ward, shift
from fault_rows import Row
from job_soak import soak, violations
from jobs_support import drill, jobs, own_node, states
from ward_process import WardProcess, wait_for

TAKE_OVER_SECONDS = 15.0


def killed_row(ward, kills: int) -> Row:
    counts = soak(ward, kills)
    return Row(
        f"worker killed with -9 × {kills}", counts["jobs"], lost=counts["lost"] + counts["effects missing"],
        doubled=counts["done twice"] + counts["effects doubled"], wrong=counts["effects of nothing"],
        notes=f"{counts['begun more than once']} begun more than once, {violations(counts)} violations")


def sleeper_row(ward, count: int) -> Row:
    """A node sleeps with its leases in hand, another does its work, and it wakes: what it says then changes no row."""
    before = len(jobs(ward, "queue = 'service'"))
    done = lambda: states(ward, "service") == {"done": before + count}
    with own_node(ward) as sleeper:
        drill(ward, "service", "note", count // 2, hospital=Api(ward).hospital())
        drill(ward, "service", "pause", count - count // 2)
        wait_for(lambda: ward.sql("SELECT count(*) FROM jobs WHERE queue = 'service' AND state = 'running'")[0][0] >= 20,
                 10, "both are at work")
        os.kill(sleeper.process.pid, signal.SIGSTOP)
        try:
            shift(ward, 31)
            wait_for(done, 60, lambda: f"the other does all: {states(ward, 'service')}")
            found = jobs(ward, "queue = 'service'")
        finally:
            os.kill(sleeper.process.pid, signal.SIGCONT)
        taken = sum(job.attempts > 1 for job in found)
        if taken:
            wait_for(lambda: "changed nothing" in sleeper.log(2000) or "lease was lost" in sleeper.log(2000), 20,
                     "the sleeper notices that its leases are gone")
        changed = sum(now != then for now, then in zip(jobs(ward, "queue = 'service'"), found, strict=True))
    notes = [row.resource_id for row in ward.sql(
        "SELECT resource_id FROM audit_log WHERE action = 'queue.drill' AND resource_id IN"
        " (SELECT id FROM finished_jobs WHERE queue = 'service')", "admin")]
    return Row("worker asleep past its leases, then awake", count, lost=before + count - len(found), wrong=changed,
               doubled=len(notes) - len(set(notes)), notes=f"{taken} taken from it, {changed} rows changed by it")


def leader(ward):
    rows = ward.sql("SELECT node, term, until > ward.now() AS leads FROM leaders WHERE name = 'jobs'", "admin")
    return rows[0] if rows and rows[0].leads else None


class Nodes:
    """Three nodes of one database that lives with a fourth, which sleeps; who leads is told by its row."""

    def __init__(self, ward):
        self.ward = ward
        self.environment = {"WARD_DATABASE_URL": ward.database_url("serving")}
        self.by_id: dict[str, WardProcess] = {}

    def known(self) -> set[str]:
        return {str(row.node) for row in self.ward.sql("SELECT node FROM job_nodes", "admin")}

    def add(self) -> None:
        before = self.known()
        node = WardProcess(demo=False, environment=self.environment)
        node.start()
        new = wait_for(lambda: self.known() - before, 20, "the node has told of itself")
        self.by_id[new.pop()] = node

    def close(self) -> None:
        for node in self.by_id.values():
            node.close()


@contextmanager
def nodes_of(ward, count: int):
    nodes = Nodes(ward)
    os.kill(ward.process.pid, signal.SIGSTOP)  # its PostgreSQL goes on
    try:
        for _ in range(count):
            nodes.add()
        yield nodes
    finally:
        nodes.close()
        os.kill(ward.process.pid, signal.SIGCONT)


def leader_row(ward, kills: int) -> Row:
    """The node that leads is killed with -9; each hour's pass runs once, whoever asks for it."""
    passes = lambda: ward.sql(
        "SELECT date_trunc('hour', created_at) AS hour, count(*) AS n FROM finished_jobs WHERE kind = 'house.tidy' GROUP BY 1",
        "admin")
    times, doubled, lost = [], 0, 0
    with nodes_of(ward, 2) as nodes:
        for _ in range(kills):
            first = wait_for(lambda: (now := leader(ward)) and str(now.node) in nodes.by_id and now, 30, "somebody leads")
            count = sum(row.n for row in passes())
            began = time.monotonic()
            nodes.by_id[str(first.node)].kill9()
            last = wait_for(lambda: (now := leader(ward)) and now.term > first.term and now, 60, "another one leads")
            times.append(time.monotonic() - began)
            assert last.node != first.node
            nodes.by_id.pop(str(first.node)).close()
            nodes.add()
            ward.shift_clock(3600)
            # It may have been asked for by who died, and is done by who is left.
            wait_for(lambda: sum(row.n for row in passes()) > count, 60, "the pass of the next hour")
        doubled = sum(row.n - 1 for row in passes())
        slots = ward.sql("SELECT count(*) FROM finished_jobs WHERE kind = 'house.tidy'", "admin")[0][0]
        lost = max(0, kills - slots)
    return Row(f"leader killed × {kills}", kills, lost=lost, doubled=doubled,
               beyond=sum(each > TAKE_OVER_SECONDS for each in times),
               notes=f"taken over after {sorted(times)[len(times) // 2]:.1f} s in the median, {max(times):.1f} s at most")


def job_rows(kills: int, sleepers: int, leaders: int):
    with own_ward() as ward:
        yield killed_row(ward, kills)
    with own_ward() as ward:
        yield sleeper_row(ward, sleepers)
    with own_ward() as ward:
        yield leader_row(ward, leaders)
