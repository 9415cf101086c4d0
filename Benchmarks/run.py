#!/usr/bin/env python3
"""Measures Ward beside its peers on private servers, in one go, and writes Benchmarks/RESULTS.md.

    make bench                 everything; about ten minutes
    make bench SECONDS=2       a short run to try things; writes nothing
    make bench ONLY=fanout     one part (list, create, fanout, steady, growth, identity, jobs, cache, booking)
    Benchmarks/run.py --only list --seconds 4 --rounds 5

list, create   requests a second beside Express + node-pg and pgbench, on the database of `ward serve --demo`
fanout         one message to 1,000 and 5,000 sockets, beside python-socketio and node `ws`; memory per socket
steady         from the commit to the socket at 250, 500 and 1,000 alerts a second; writes with and without notices
growth         the list from 10⁴ to 10⁶ alerts and from 1 to 1,000 hospitals
identity       the same request from nobody, with a session and with a JWT; sign-ins a second beside argon2 alone
jobs           no-op jobs claimed, run and completed, beside pgqueuer and pgbench; from the commit to the begin
cache          a recorded mix of reads: how many answers are kept, in memory and in Redis
booking        bookings a second beside Express and pgbench; the search for free times; both from 10⁴ to 10⁶ appointments

Only ratios within one run mean anything; two machines' numbers do not compare.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import booking, cache, fanout, growth, identity, jobs, report, requests, steady  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
REQUESTS = ("list", "create")
PARTS = {
    "fanout": fanout, "steady": steady, "growth": growth, "identity": identity, "jobs": jobs, "cache": cache,
    "booking": booking}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=8, help="length of one round (8)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each contender (3)")
    parser.add_argument("--connections", type=int, default=24, help="connections of the load (24)")
    parser.add_argument("--only", action="append", choices=[*REQUESTS, *PARTS], help="this part alone; may be repeated")
    parser.add_argument("--ward", default=str(ROOT / ".build/release/ward"), help="the program to measure")
    parser.add_argument("--results", help="where to write the page (Benchmarks/RESULTS.md for a full run)")
    options = parser.parse_args()

    wanted = options.only or [*REQUESTS, *PARTS]
    tables, statements, facts, parts = [], {}, [], []
    if asked := [job for job in REQUESTS if job in wanted]:
        tables, statements, facts, memory = requests.measure(options, asked)
        parts.append(report.memory_section(memory))
    for name, module in PARTS.items():
        if name in wanted:
            parts.append(module.section(module.measure(options)))
    text = report.page(parts, tables, facts, options, statements)
    print("\n" + text)
    is_full = options.seconds >= 8 and not options.only
    target = options.results or (ROOT / "Benchmarks/RESULTS.md" if is_full else None)
    if target:
        Path(target).write_text(text, encoding="utf-8")
        print(f"written to {target}")


if __name__ == "__main__":
    main()
