#!/usr/bin/env python3
"""Keeps Ward under mixed load and watches its memory; fails when it grows without end, loses a request or dies.

    make soak MINUTES=10
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import contenders, system  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
GROWTH = 1.15  # of the resident memory, from the end of the first third to the end


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--connections", type=int, default=24)
    parser.add_argument("--ward", default=str(ROOT / ".build/release/ward"), help="the program to watch")
    options = parser.parse_args()

    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        ward.fill(alerts=60)
        began, settled, requests = time.monotonic(), None, 0
        print("minute  list/s  create/s  p99 list ms  RSS MiB  peak MiB")
        while (passed := time.monotonic() - began) < options.minutes * 60:
            reads = ward.load("list", seconds=10, connections=options.connections)
            writes = ward.load("create", seconds=5, connections=options.connections)
            requests += reads.per_second * 10 + writes.per_second * 5
            now, peak = ward.memory()
            if settled is None and passed > options.minutes * 20:
                settled = now
            print(f"{passed / 60:6.1f}  {reads.per_second:6,.0f}  {writes.per_second:8,.0f}  {reads.p99_ms:11.1f}  "
                  f"{now:7.1f}  {peak:8.1f}", flush=True)
        settled = settled or now
        print(f"about {requests:,.0f} requests, none failed; memory {settled:.0f} → {now:.0f} MiB")
        if now > settled * GROWTH + 4:
            sys.exit(f"memory grew by {now / settled - 1:.0%}: more than {GROWTH - 1:.0%}")


if __name__ == "__main__":
    main()
