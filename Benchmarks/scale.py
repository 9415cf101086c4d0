#!/usr/bin/env python3
"""Fills a system with clinics and patients and compares it with a nearly empty one, request by request.

    make scale                                  200 clinics × 50 locations, as many patients as fit into ten minutes
    Benchmarks/scale.py --clinics 5 --seconds 20    a small copy, to try things

Both systems run side by side and are asked in turns, so that what else the machine does meets both. The empty one is one
clinic with 300 patients: enough for a full page of each list. Fails when a list's or a search's p95 is more than 20 %
higher in the full system, or when the serving role's plan of any of their statements reads a large table in a row.
"""

import argparse
import http.client
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import system  # noqa: E402
from bench.contenders import HTTPServer  # noqa: E402
from bench.database import Database  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "ward-demo-2026"
LARGE = ("patients", "patient_words", "patient_accesses", "audit_log", "locations", "memberships", "users", "hospitals",
         "departments")
REQUESTS = {
    "list of patients": ("POST", "/api/v1/patients/list", {"status": "active", "limit": 20}),
    "list of all patients": ("POST", "/api/v1/patients/list", {"status": "all", "limit": 20}),
    "list of a department": ("POST", "/api/v1/patients/list", {"limit": 20, "departmentId": "?"}),
    "search by a word": ("POST", "/api/v1/patients/search", {"text": "mar", "limit": 20}),
    "search by two words": ("POST", "/api/v1/patients/search", {"text": "{name}", "limit": 1}),
    "search by record number": ("POST", "/api/v1/patients/search", {"text": "F1-42"}),
    "search by name and birthday": ("POST", "/api/v1/patients/search", {"text": "{name} {dateOfBirth}", "limit": 1}),
    "list of locations": ("GET", "/api/v1/locations?limit=20", None),
}


class Filled(HTTPServer):
    def __init__(self, name, program, space, data=None, **size):
        self.name = name
        data = Path(data) if data else space.folder / name
        command = [program, "fill", "--data", str(data)]
        for option, value in size.items():
            command += [f"--{option}", str(value)]
        self.told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        print(f"{name}: {self.told}", flush=True)
        port = system.free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.process = space.start(
            name, [program, "serve", "--data", str(data), "--port", str(port)], WARD_RATE_LIMITS="off")
        system.wait_for(self.address + "/health", self.process)
        self.database = Database(data)
        # What an earlier run left in a folder that is kept: its log of plans would be measured, too.
        self.database.as_superuser("ALTER SYSTEM RESET ALL; SELECT pg_reload_conf()")
        self.database.as_superuser("VACUUM ANALYZE; CHECKPOINT")
        self.sign_in()

    def sign_in(self):
        body = {"email": "nurse@fill-001.ward", "password": PASSWORD}
        self.token = self.request("POST", "/api/v1/sessions", body)["data"]["token"]

    def ask(self, method, path, body):
        """Over one connection that stays, so that what is measured is the request alone; the answer's data."""
        text = json.dumps(body) if body is not None else None
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.connection.request(method, path, text, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            sys.exit(f"{self.name}: {method} {path}: {answer.status} {content.decode(errors='replace')}")
        return json.loads(content)["data"]

    def prepare(self, body):
        """With this system's own department, and with the words of a patient who is in both."""
        body = dict(body or {})
        if "departmentId" in body:
            body["departmentId"] = self.ask("GET", "/api/v1/departments", None)[0]["id"]
        if "{" in body.get("text", ""):
            known = self.ask("POST", "/api/v1/patients/search", {"text": "F1-42"})[0]
            body["text"] = body["text"].format(**known)
        return body or None


def compare(empty, full, rounds):
    """{request: {system: [milliseconds]}}; the two take turns, and who begins changes."""
    found = {}
    for what, (method, path, body) in REQUESTS.items():
        bodies = {each.name: each.prepare(body) for each in (empty, full)}
        times = {each.name: [] for each in (empty, full)}
        for number in range(rounds + 20):
            for each in ((empty, full), (full, empty))[number % 2]:
                start = time.perf_counter()
                data = each.ask(method, path, bodies[each.name])
                passed = (time.perf_counter() - start) * 1000
                if not data:
                    sys.exit(f"{what} finds nothing in the {each.name} system")
                if number >= 20:
                    times[each.name].append(passed)
        found[what] = times
    return found


def plans(full):
    """The plans that PostgreSQL really took for the serving role, from its own log: (statement, plan)."""
    database = full.database
    for setting in ("log_destination = 'jsonlog'", "session_preload_libraries = 'auto_explain'",
                    "auto_explain.log_min_duration = 0", "auto_explain.log_nested_statements = on",
                    "auto_explain.log_format = json"):
        database.as_superuser(f"LOAD 'auto_explain'; ALTER SYSTEM SET {setting}")
    database.as_superuser("SELECT pg_reload_conf()")
    # Only new connections load it: the old ones are ended, and Ward opens others.
    database.as_superuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ward_serving'")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            full.request("GET", "/api/v1/locations?limit=1", token=full.token)
            break
        except SystemExit:
            time.sleep(0.2)
    for method, path, body in REQUESTS.values():
        full.request(method, path, full.prepare(body), full.token)
    time.sleep(1)  # the log's writer is a process of its own
    seen = {}
    for file in sorted((database.cluster / "log").glob("*.json")):
        for line in file.read_text().splitlines():
            entry = json.loads(line) if line.startswith("{") else {}
            text = entry.get("message", "")
            if entry.get("user") == "ward_serving" and "plan:\n{" in text:
                told = json.loads(text.partition("plan:\n")[2])
                seen[told["Query Text"]] = told["Plan"]
    return seen


def nodes(plan):
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def percentile(times, percent):
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clinics", type=int, default=200)
    parser.add_argument("--locations", type=int, default=50)
    parser.add_argument("--patients", type=int, default=25_000, help="of each clinic, at most")
    parser.add_argument("--seconds", type=int, default=600, help="for which patients are made")
    parser.add_argument("--data", help="a folder that is filled already, or shall be kept")
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--ward", default=str(ROOT / ".build/release/ward"))
    options = parser.parse_args()
    problems = []
    with system.Workspace() as space:
        empty = Filled("empty", options.ward, space, clinics=1, locations=options.locations, patients=300, seconds=600)
        full = Filled("full", options.ward, space, data=options.data, clinics=options.clinics, locations=options.locations,
                      patients=options.patients, seconds=options.seconds)
        patients = int(full.database.as_superuser("SELECT count(*) FROM ward.patients"))
        words = int(full.database.as_superuser("SELECT count(*) FROM ward.patient_words"))
        size = full.database.as_superuser("SELECT pg_size_pretty(pg_database_size('ward'))")
        wanted = options.clinics * options.patients
        print(f"{patients:,} patients, {patients / wanted:.0%} of {wanted:,}; {words:,} words; {size}")
        print("| request | empty p50 ms | full p50 ms | empty p95 ms | full p95 ms | p95 full ÷ empty |")
        print("|---|---:|---:|---:|---:|---:|")
        for what, times in compare(empty, full, options.rounds).items():
            middle, high = ([percentile(times[name], percent) for name in ("empty", "full")] for percent in (50, 95))
            print(f"| {what} | {middle[0]:.2f} | {middle[1]:.2f} | {high[0]:.2f} | {high[1]:.2f} | {high[1] / high[0]:.2f} |",
                  flush=True)
            if high[1] > high[0] * 1.2:
                problems.append(f"{what}: p95 is {high[1] / high[0]:.2f} times the empty system's")
        seen = plans(full)
        indexes = {node["Index Name"] for plan in seen.values() for node in nodes(plan) if "Index Name" in node}
        print(f"{len(seen)} statements explained as ward_serving; indexes: {', '.join(sorted(indexes))}")
        if not {"patients_here", "patient_words_pkey"} <= indexes:
            problems.append("the plans of the list and the search are not among those that were logged")
        for sql, plan in seen.items():
            for node in nodes(plan):
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
                    problems.append(f"reads all of {node['Relation Name']}: {sql}")
    if problems:
        sys.exit("\n".join(problems))
    print("every p95 is within 20 % of the empty system's, and every plan goes by an index")


if __name__ == "__main__":
    main()
