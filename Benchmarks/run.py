#!/usr/bin/env python3
"""Measures Ward beside Express + node-pg and beside pgbench, on one private PostgreSQL server, in one go.

    make bench                 three rounds of eight seconds for each, alternating; writes Benchmarks/RESULTS.md
    make bench SECONDS=2       a short run to try things; writes nothing
    Benchmarks/run.py --only list --seconds 4 --rounds 5

The three work on the very database that `ward serve --demo` makes: the same rows, role, row-level security and
durability (fsync on). Only ratios within one run mean anything; two machines' numbers do not compare.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import capture, contenders, report, system  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=8, help="length of one round (8)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each contender (3)")
    parser.add_argument("--connections", type=int, default=24, help="connections of the load (24)")
    parser.add_argument("--only", choices=["list", "create"], help="one of the two measurements alone")
    parser.add_argument("--ward", default=str(ROOT / ".build/release/ward"), help="the program to measure")
    parser.add_argument("--results", help="where to write the page (Benchmarks/RESULTS.md for a full run)")
    options = parser.parse_args()

    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        database = ward.database
        express = contenders.Express(ward, space)
        tables, statements = [], {}
        for job in [options.only] if options.only else ["list", "create"]:
            ward.fill(alerts=50)
            contenders.compare_answers(job, ward, express)
            statements[job] = capture.statements(ward, job)
            database.as_superuser("VACUUM ANALYZE alerts, alert_timers, alert_pages, events")
            runners = {"ward": ward, "express": express}
            runners["pgbench"] = contenders.Pgbench(ward, space, job, statements[job])
            print(f"\n{job}: {options.rounds} rounds of {options.seconds} s, {options.connections} connections")
            tables.append(measure(job, runners, options))
        text = report.page(tables, report.machine(ward, express), options, statements)
        print("\n" + text)
        target = options.results or (ROOT / "Benchmarks/RESULTS.md" if options.seconds >= 8 else None)
        if target:
            Path(target).write_text(text, encoding="utf-8")
            print(f"written to {target}")


def measure(job, runners, options):
    """Alternating rounds after two warm-ups each; the median of each contender's rounds counts."""
    for _ in range(2):
        for runner in runners.values():
            runner.load(job, seconds=min(3, options.seconds), connections=options.connections)
    rounds = {name: [] for name in runners}
    for number in range(options.rounds):
        for name, runner in runners.items():
            result = runner.load(job, seconds=options.seconds, connections=options.connections)
            rounds[name].append(result)
            line = f"  round {number + 1}  {name:8} {result.per_second:9,.0f}/s   p99 {result.p99_ms:7.2f} ms"
            print(line, flush=True)
    middle = {}
    for name, results in rounds.items():
        rate = statistics.median(result.per_second for result in results)
        middle[name] = min(results, key=lambda result: abs(result.per_second - rate))
    return report.Table(job, middle, {name: runner.memory() for name, runner in runners.items()})


if __name__ == "__main__":
    main()
