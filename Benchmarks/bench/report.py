"""The page of results: ratios first, then the machine they were measured on."""

import datetime
import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

TITLES = {
    "list": "List 50 active alerts, signed in, row-level security",
    "create": "Create an alert with its audit row and numbered event, in one transaction",
}
# What is asked for: times Express, and share of pgbench where one is named.
GATES = {"list": (2.0, 0.35), "create": (1.5, None)}
NOTES = {
    "list": "The board: exactly 50 alerts are active, so nobody needs a count. Everybody reads the same rows.",
    "create": (
        "One hospital, and so one event counter, which is taken last and held until the commit. Ward gives it back before "
        "the commit is on disk and answers when it is, so that waiting writers share a flush (ADR 3); Express commits "
        "plainly. pgbench sends Ward's statements in one flush and does no work of its own: it is the limit. PROFILE.md "
        "says where the time goes."),
}


@dataclass
class Table:
    job: str
    results: dict
    memory: dict

    def lines(self):
        ward, express, pgbench = (self.results[name].per_second for name in ("ward", "express", "pgbench"))
        times, share = GATES[self.job]
        missed = "" if ward / express >= times else ", missed"
        yield f"## {TITLES[self.job]}"
        yield ""
        yield (f"Ward: **{ward / express:.2f}× Express** (gate {times:g}×{missed}), **{ward / pgbench:.0%} of pgbench**"
               + (f" (gate {share:.0%})." if share else "."))
        yield ""
        yield NOTES[self.job]
        yield ""
        yield "| | requests/s | × Express | % of pgbench | p50 ms | p99 ms | RSS MiB | peak MiB |"
        yield "|---|---:|---:|---:|---:|---:|---:|---:|"
        for name, result in self.results.items():
            memory = self.memory[name]
            now, peak = (f"{value:.0f}" for value in memory) if memory else ("", "")
            yield (f"| {name} | {result.per_second:,.0f} | {result.per_second / express:.2f} | "
                   f"{result.per_second / pgbench:.0%} | {result.p50_ms:.2f} | {result.p99_ms:.2f} | {now} | {peak} |")
        yield ""


def first_line(*command):
    try:
        lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    except FileNotFoundError:
        return "?"
    return lines[0].strip() if lines else "?"


def machine(ward, express):
    """What the numbers were measured on, as (name, value) pairs."""
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    total = int(Path("/proc/meminfo").read_text().split()[1]) // 1024
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    peers = Path(__file__).resolve().parent.parent / ".build-peers/root/usr/share/nodejs"
    version = "JSON.parse(require('fs').readFileSync(process.argv[1])).version"
    express_version, pg_version = (
        first_line("node", "-p", version, str(peers / name / "package.json")) for name in ("express", "pg"))
    return [
        ("date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("cpu", f"{cpu}, {len(os.sched_getaffinity(0))} cores"),
        ("memory", f"{total:,} MiB"),
        ("system", f"{release['PRETTY_NAME'].strip(chr(34))}, Linux {platform.release()}"),
        ("ward", first_line(ward.process.args[0], "--version")),
        ("PostgreSQL", first_line(ward.database.program("postgres"), "--version").removeprefix("postgres ")),
        ("node", f"{first_line('node', '--version')}, Express {express_version}, node-pg {pg_version}"),
        ("load", first_line("wrk", "--version").split(" Copyright")[0]),
    ]


def gate(is_met, text):
    return f"gate {text}" if is_met else f"gate {text}, **missed**"


def memory_section(memory):
    now, peak = memory
    yield "## Memory of the process"
    yield ""
    yield (f"After all load on list and create Ward holds **{now:.0f} MiB** ({gate(now <= 60, '≤ 60 MiB')}); at most it was "
           f"{peak:.0f} MiB.")
    yield ""


def page(parts, tables, facts, options, statements):
    """The whole page; `parts` are sections as lines."""
    lines = ["# Results of `make bench`", ""]
    lines += [
        "Everything in one run on one machine, which PostgreSQL (fsync on), the servers and the load share; only ratios "
        "within a run mean something.",
        "",
    ]
    if tables:
        lines += [
            "List and create: Ward, an Express server that does the same work on the same database, and pgbench with the "
            "same SQL",
            f"took turns: {options.rounds} rounds of {options.seconds} s each after two warm-ups, {options.connections} "
            "connections; the median counts.",
            "wrk is closed-loop: its latencies hide stalls.",
            "",
        ]
    for table in tables:
        lines += table.lines()
    for part in parts:
        lines += part
    if facts:
        lines += ["## Measured on", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {value} |" for name, value in facts]
    if statements:
        lines += ["", "## The SQL", ""]
        lines += ["What Ward sent for one request, read in PostgreSQL's log, and what pgbench repeated:", ""]
    for table in tables:
        sql = "\n".join(f"{text};" for text, _ in statements[table.job])
        lines += [TITLES[table.job] + ":", "", "```sql", sql, "```", ""]
    return "\n".join(lines).rstrip() + "\n"
