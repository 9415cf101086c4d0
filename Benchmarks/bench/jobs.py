"""Jobs that do nothing, claimed, run and completed: Ward beside pgqueuer (batch 100, unmodified) and pgbench."""

import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from . import contenders, system
from .report import gate

QUEUE = "notification"  # 100 at once: the batch of the others
MANY = 1_000_000
BATCH = """\
SELECT gen_random_uuid() AS token \\gset
SELECT array_agg(id) AS ids, array_agg(attempts) AS tries, count(*) AS found FROM ward.claim_jobs(
  ARRAY['notification'], ARRAY[100], ARRAY[NULL]::uuid[], ARRAY['drill.nothing'], :token, 30) \\gset
\\if :found > 0
SELECT count(*) FROM ward.finish_jobs(:ids::uuid[], array_fill(:token::uuid, ARRAY[:found::integer]), :tries::integer[]);
\\endif
"""


@dataclass
class Result:
    ward: float
    pgqueuer: float
    pgbench: float
    after_many: float
    start_p50: float
    start_p99: float


def measure(options):
    print("\njobs")
    count = 20_000 if options.seconds >= 4 else 5000
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        found = {"ward": [], "pgqueuer": [], "pgbench": []}
        for number in range(options.rounds + 1):  # the first one warms
            rates = {"ward": run_ward(ward, count), "pgqueuer": run_pgqueuer(ward, count // 4),
                     "pgbench": run_pgbench(ward, space, options)}
            if number:
                for name, rate in rates.items():
                    found[name].append(rate)
        middle = {name: statistics.median(rates) for name, rates in found.items()}
        for name, rate in middle.items():
            print(f"  {name:10} {rate:9,.0f} jobs/s", flush=True)
        p50, p99 = starts(ward)
        print(f"  commit to start: p50 {p50:.1f} ms, p99 {p99:.1f} ms", flush=True)
        finish_many(ward)
        after = statistics.median([run_ward(ward, count) for _ in range(options.rounds)])
        print(f"  after {MANY:,} finished ones {after:9,.0f} jobs/s", flush=True)
        return Result(middle["ward"], middle["pgqueuer"], middle["pgbench"], after, p50, p99)


def fill(ward, count, wakes=True):
    """Jobs that wait, in one transaction; the last thing in it tells the nodes."""
    wake = "SELECT pg_notify('ward_jobs', 'bench ');" if wakes else ""
    ward.database.ask(f"""BEGIN; INSERT INTO jobs (id, queue, kind, payload, due_at)
        SELECT gen_random_uuid(), '{QUEUE}', 'drill.nothing', '', ward.now() FROM generate_series(1, {count}); {wake} COMMIT""")


def run_ward(ward, count):
    """Jobs a second from the first begin to the last end, by the database's clock."""
    ward.database.as_superuser("VACUUM ANALYZE ward.jobs")
    mark = ward.database.ask("SELECT ward.now()")
    fill(ward, count)
    mine = f"FROM finished_jobs WHERE queue = '{QUEUE}' AND created_at > '{mark}'"
    deadline = time.monotonic() + 120
    while int(ward.database.ask(f"SELECT count(*) {mine}")) < count:
        if time.monotonic() > deadline:
            sys.exit("Ward did not do the jobs in two minutes")
        time.sleep(0.2)
    return count / float(ward.database.ask(f"SELECT EXTRACT(epoch FROM max(finished_at) - min(started_at)) {mine}"))


def run_pgqueuer(ward, count):
    peers = contenders.HERE / ".build-peers/pgqueuer"
    if not (peers / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(peers)], check=True)
        subprocess.run([str(peers / "bin/pip"), "-q", "install", "pgqueuer[asyncpg]==1.6.0"], check=True)
    if not ward.database.as_superuser("SELECT 1 FROM pg_database WHERE datname = 'pgqueuer'"):
        ward.database.as_superuser("CREATE DATABASE pgqueuer")
    environment = {**os.environ, **ward.database.environment("postgres"), "PGDATABASE": "pgqueuer"}
    environment.pop("PGOPTIONS")
    output = subprocess.run([str(peers / "bin/python"), str(contenders.HERE / "jobs/pgqueuer_peer.py"), str(count)],
                            env=environment, capture_output=True, text=True)
    if output.returncode != 0:
        sys.exit(f"pgqueuer: {output.stderr[-2000:]}")
    return float(output.stdout.split()[-1])


def run_pgbench(ward, space, options):
    """The same SQL in the same batches by two connections, without anybody who does the jobs; Ward stands still."""
    script = space.folder / "jobs.sql"
    script.write_text(BATCH)
    seconds = min(4, options.seconds)
    ward.process.send_signal(19)  # SIGSTOP
    try:
        fill(ward, 60_000 * seconds // 2, wakes=False)
        environment = ward.database.environment("ward_serving")
        environment["PGOPTIONS"] += " -c role=ward_engine"
        before = waiting(ward)
        result = subprocess.run(
            [ward.database.program("pgbench"), "-n", "-M", "prepared", "-c", "2", "-j", "1", "-T", str(seconds), "-f", str(script)],
            env={**os.environ, **environment}, capture_output=True, text=True)
        if result.returncode != 0 or "aborted" in result.stderr:
            sys.exit(f"pgbench failed:\n{result.stdout}{result.stderr}")
        took = float(re.search(r"duration: (\d+) s", result.stdout)[1])
        return (before - waiting(ward)) / took
    finally:
        ward.database.ask(f"DELETE FROM jobs WHERE queue = '{QUEUE}'")
        ward.process.send_signal(18)  # SIGCONT


def waiting(ward):
    return int(ward.database.ask(f"SELECT count(*) FROM jobs WHERE queue = '{QUEUE}'"))


def starts(ward):
    """(p50, p99) in ms from a commit to the begin, for single jobs, one each 20 ms."""
    mark = ward.database.ask("SELECT ward.now()")
    for _ in range(300):
        fill(ward, 1)
    time.sleep(1)
    return tuple(float(each) * 1000 for each in ward.database.ask(f"""
        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY s), percentile_disc(0.99) WITHIN GROUP (ORDER BY s) FROM (
          SELECT EXTRACT(epoch FROM started_at - created_at) AS s FROM finished_jobs
          WHERE queue = '{QUEUE}' AND created_at > '{mark}') AS waits""").split("|"))


def finish_many(ward):
    ward.database.ask(f"""INSERT INTO finished_jobs SELECT gen_random_uuid(), NULL, '{QUEUE}', 'drill.nothing', 5, 1, 'done',
        ward.now() - interval '1 minute', ward.now(), ward.now() FROM generate_series(1, {MANY})""")


def section(result):
    yield "## Jobs"
    yield ""
    times, share = result.ward / result.pgqueuer, result.ward / result.pgbench
    yield (f"* Jobs that do nothing, claimed, run and completed: **{result.ward:,.0f} a second**, **{times:.2f}× pgqueuer** "
           f"({gate(times >= 1.5, '1.5×')}), **{share:.0%} of pgbench** ({gate(share >= 0.35, '35 %')}).")
    slower = result.ward / result.after_many
    yield (f"* After a million finished ones: {result.after_many:,.0f} a second, {slower:.2f}× slower "
           f"({gate(slower <= 1.5, '≤ 1.5×')}).")
    yield (f"* From a commit to the begin: p50 {result.start_p50:.1f} ms, p99 {result.start_p99:.1f} ms "
           f"({gate(result.start_p99 <= 20, '≤ 20 ms')}).")
    yield ""
    yield ("Ward claims at most 100 of its queue at once and completes in batches of what is over, with a fence on every row; "
           "pgqueuer 1.6 runs unmodified over asyncpg with a batch of 100 in its drain mode; pgbench repeats Ward's two "
           "statements in batches of 100 over two connections and does nothing between them.")
    yield ""
