"""From the commit to the socket at a steady rate, and what telling costs the writers."""

import statistics
import time
from dataclasses import dataclass

from . import contenders, sockets, system
from .report import gate

RATES = (250, 500, 1000)
LISTENERS = 20
SECONDS = 10


@dataclass
class Step:
    rate: int
    intended: tuple  # p50 and p99 from the intended moment, in ms
    commit: tuple  # and from the commit
    reached: float  # messages a second that were heard


def percentiles(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]


def measure(options):
    """Steps at rising rates, and creates a second with notices and sockets and without either."""
    program = sockets.build()
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        server = sockets.WardSockets(ward, LISTENERS)
        ward.database.as_superuser("ALTER SYSTEM SET track_commit_timestamp = on")
        ward.restart()
        server.port = int(ward.address.rpartition(":")[2])
        print(f"\ncommit → socket: {LISTENERS} sockets, {SECONDS} s at each rate")
        with sockets.Load(program, space, server, LISTENERS) as load:
            load.run(300, 100)
            steps = [step(load, ward, rate) for rate in RATES]
        ward.database.as_superuser("ALTER SYSTEM RESET track_commit_timestamp")
        print(f"\nwrites with and without notices: {options.rounds} rounds of {options.seconds} s")
        told, quiet = [], []
        for _ in range(options.rounds):
            ward.restart()
            server.port = int(ward.address.rpartition(":")[2])
            with sockets.Load(program, space, server, LISTENERS):
                told.append(writes(ward, options))
            ward.restart(WARD_NOTICES="off")
            quiet.append(writes(ward, options))
            print(f"  told {told[-1]:7,.0f}/s   quiet {quiet[-1]:7,.0f}/s", flush=True)
        return steps, statistics.median(told), statistics.median(quiet)


def writes(ward, options):
    ward.load("create", seconds=2, connections=options.connections)
    return ward.load("create", seconds=options.seconds, connections=options.connections).per_second


def step(load, ward, rate):
    time.sleep(1)
    answer = load.run(rate * SECONDS, rate)
    times = {}
    for line in load.receipts.read_text().splitlines():
        mark, intended, received, _ = line.split()
        times[mark] = (int(intended), int(received))
    wanted = ",".join(f"('{mark}')" for mark in times)
    committed = ward.database.ask(f"""
        SELECT mark, (extract(epoch FROM pg_xact_commit_timestamp(e.xmin)) * 1000000)::bigint
        FROM (SELECT xmin, substring(payload FROM '"roomNumber":"(B[0-9]{{7}})"') AS mark FROM events
          WHERE name = 'alert:new') AS e JOIN (VALUES {wanted}) AS w (mark) USING (mark)""")
    lags = []
    for line in committed.splitlines():
        mark, moment = line.split("|")
        lags.append((times[mark][1] - int(moment)) / 1000)
    if len(lags) != len(times) or answer["delivered"] != len(times) * LISTENERS:
        raise SystemExit(f"commit → socket: {answer['delivered']} of {len(times) * LISTENERS} messages were heard")
    found = Step(
        rate, (answer["receipt"]["p50"], answer["receipt"]["p99"]), percentiles(lags),
        answer["messages"] / answer["seconds"])
    print(f"  {rate:5}/s   from the commit p50 {found.commit[0]:6.2f}, p99 {found.commit[1]:6.2f} ms   "
          f"from the intended moment p50 {found.intended[0]:6.2f}, p99 {found.intended[1]:6.2f} ms", flush=True)
    return found


def section(found):
    steps, told, quiet = found
    last = steps[-1]
    yield "## From the commit to the socket"
    yield ""
    yield (f"* At a steady {last.rate:,} alerts a second: commit → socket p50 {last.commit[0]:.2f} ms, p99 "
           f"**{last.commit[1]:.2f} ms** ({gate(last.commit[1] <= 10, '≤ 10 ms')}); from the intended moment of the "
           f"request p50 {last.intended[0]:.2f} ms, p99 {last.intended[1]:.2f} ms.")
    yield (f"* Writes while everything is told: **{told / quiet:.0%}** of those without "
           f"({gate(told / quiet >= 0.85, '≥ 85 %')}): {told:,.0f}/s with notices and {LISTENERS} sockets, {quiet:,.0f}/s "
           "with `WARD_NOTICES=off` and none.")
    yield ""
    yield (f"Alerts are raised by HTTP in an open loop, {SECONDS} s at each rate, and heard by {LISTENERS} sockets in one "
           "process, all on this machine. The moment of the commit is PostgreSQL's (`track_commit_timestamp`; it is taken "
           "before the flush to disk, so the flush is counted); the first socket's receipt ends the time.")
    yield ""
    yield "| alerts/s | reached | commit → socket p50 ms | p99 ms | intended → every socket p50 ms | p99 ms |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for found in steps:
        yield (f"| {found.rate:,} | {found.reached:,.0f} | {found.commit[0]:.2f} | {found.commit[1]:.2f} | "
               f"{found.intended[0]:.2f} | {found.intended[1]:.2f} |")
    yield ""
