"""Requests a second: Ward beside Express and pgbench, on one private PostgreSQL server."""

import statistics

from . import capture, contenders, report, system


def measure(options, jobs):
    """The tables of these jobs, the SQL that Ward sent, the facts of the machine, and Ward's memory after all load."""
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        express = contenders.Express(ward, space)
        tables, statements = [], {}
        for job in jobs:
            ward.fill(alerts=50)
            contenders.compare_answers(job, ward, express)
            statements[job] = capture.statements(ward, job)
            ward.database.as_superuser("VACUUM ANALYZE alerts, alert_timers, alert_pages, events")
            runners = {"ward": ward, "express": express}
            runners["pgbench"] = contenders.Pgbench(ward, space, job, statements[job])
            print(f"\n{job}: {options.rounds} rounds of {options.seconds} s, {options.connections} connections")
            tables.append(rounds(job, runners, options))
        return tables, statements, report.machine(ward, express), ward.memory()


def rounds(job, runners, options):
    """Alternating rounds after two warm-ups each; the median of each contender's rounds counts."""
    for _ in range(2):
        for runner in runners.values():
            runner.load(job, seconds=min(3, options.seconds), connections=options.connections)
    results = {name: [] for name in runners}
    for number in range(options.rounds):
        for name, runner in runners.items():
            result = runner.load(job, seconds=options.seconds, connections=options.connections)
            results[name].append(result)
            line = f"  round {number + 1}  {name:8} {result.per_second:9,.0f}/s   p99 {result.p99_ms:7.2f} ms"
            print(line, flush=True)
    middle = {}
    for name, found in results.items():
        rate = statistics.median(result.per_second for result in found)
        middle[name] = min(found, key=lambda result: abs(result.per_second - rate))
    return report.Table(job, middle, {name: runner.memory() for name, runner in runners.items()})
