#!/usr/bin/env python3
"""Every fault that engines must bear, one after the other, with counts of what was lost, doubled or wrong.

    python Tests/System/fault_soak.py --kills 100 --outage 600

The exit status is 1 when there is a violation.
"""

import argparse
import sys
import time

from broker_faults import broker_rows
from cache_faults import cache_rows
from fault_rows import HEAD
from job_faults import job_rows
from mail_faults import mail_rows


def rows(chosen):
    if "jobs" in chosen.only:
        yield from job_rows(chosen.kills, chosen.sleepers, chosen.leaders)
    if "broker" in chosen.only:
        yield from broker_rows(chosen.outage, chosen.rounds)
    if "cache" in chosen.only:
        yield from cache_rows(chosen.seconds)
    if "mail" in chosen.only:
        yield from mail_rows(chosen.letters, chosen.hold)


def main() -> int:
    parts = ["jobs", "broker", "cache", "mail"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=parts, nargs="*", default=parts)
    parser.add_argument("--kills", type=int, default=100, help="of workers")
    parser.add_argument("--sleepers", type=int, default=400, help="jobs that a sleeper and another node share")
    parser.add_argument("--leaders", type=int, default=5, help="kills of the node that leads")
    parser.add_argument("--outage", type=float, default=600, help="seconds without a broker")
    parser.add_argument("--rounds", type=int, default=20, help="of duplicates in disorder")
    parser.add_argument("--seconds", type=float, default=10, help="for which Redis is in trouble")
    parser.add_argument("--letters", type=int, default=50, help="asked for during a fault of the mail server")
    parser.add_argument("--hold", type=float, default=25, help="seconds for which the mail server is in trouble")
    began, violations = time.monotonic(), 0
    print(HEAD)
    for row in rows(parser.parse_args()):
        print(row, flush=True)
        violations += row.violations
    print(f"{violations} violations in {time.monotonic() - began:.0f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
