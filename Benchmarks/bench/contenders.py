"""The three that are measured, each with the same `load`."""

import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import system
from .database import Database

HERE = Path(__file__).resolve().parent.parent
LIST = "/api/v1/alerts?status=active&limit=50"
CREATE = "/api/v1/alerts"
ROOMS = itertools.count(1)


def alert():
    """A new one each time: a call from a room that has called already would be a repeat."""
    return {"roomNumber": f"R{next(ROOMS)}", "alertType": "fall", "urgencyLevel": 3}


@dataclass
class Result:
    per_second: float
    p50_ms: float
    p99_ms: float


class HTTPServer:
    """A server under load by wrk; a round with a single refused or failed request does not count."""

    def request(self, method, path, body=None, token=None):
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = json.dumps(body).encode() if body is not None else None
        try:
            with urllib.request.urlopen(request, data, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {self.address}{path}: {error.code} {error.read().decode(errors='replace')}")

    def load(self, job, seconds, connections):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
        command += ["-H", f"Authorization: Bearer {self.token}"]
        if job == "create":
            command += ["-s", str(HERE / "create.lua")]
        command.append(self.address + (CREATE if job == "create" else LIST))
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            sys.exit(f"{self.name} refused or failed requests:\n{output}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
        return Result(rate, percentile(output, 50), percentile(output, 99))

    def memory(self):
        return system.memory(self.process.pid)


def percentile(output, percent):
    number, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", output, re.MULTILINE).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


class Ward(HTTPServer):
    name = "ward"

    def __init__(self, program, space):
        self.program = program
        self.space = space
        self.data = space.folder / "data"
        self.start()
        self.database = Database(self.data)
        session = self.request(
            "POST", "/api/v1/sessions", {"email": "operator@demo.ward", "password": "ward-demo-2026"})
        self.token = session["data"]["token"]
        row = self.database.ask(
            "SELECT hospital_id, user_id, id FROM bearer_of(decode('"
            f"{hashlib.sha256(self.token.encode()).hexdigest()}', 'hex')) WHERE hospital_id = session_hospital_id",
            role="ward_serving")
        self.hospital, self.user, self.session = row.split("|")

    def start(self, **environment):
        """Starts the program, on the same data as before if it ran already."""
        port = system.free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.process = self.space.start(
            "ward", [self.program, "serve", "--demo", "--data", str(self.data), "--port", str(port)],
            WARD_RATE_LIMITS="off", WARD_ENVIRONMENT="development", **environment)
        system.wait_for(self.address + "/health", self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)

    def restart(self, **environment):
        self.stop()
        self.start(**environment)
        self.database = Database(self.data)

    def fill(self, alerts):
        """Creates alerts until so many are active; what the demo has beyond that is cancelled behind Ward's back."""
        mine = f"hospital_id = '{self.hospital}' AND status = 'active'"
        active = int(self.database.ask(f"SELECT count(*) FROM alerts WHERE {mine}"))
        for _ in range(alerts - active):
            self.request("POST", CREATE, alert(), self.token)
        self.database.ask(
            f"""UPDATE alerts SET status = 'cancelled', next_escalation_at = NULL WHERE id IN (
                SELECT id FROM alerts WHERE {mine} ORDER BY created_at LIMIT {max(0, active - alerts)})""")

    def footprint(self, alert):
        """How many rows each table got for an alert: both servers must leave the same."""
        return self.database.ask(
            f"""SELECT (SELECT count(*) FROM alert_timers WHERE alert_id = '{alert}') AS timers,
              (SELECT count(*) FROM alert_pages WHERE alert_id = '{alert}') AS pages,
              (SELECT count(*) FROM audit_log WHERE resource_id = '{alert}') AS audit,
              (SELECT count(*) FROM events WHERE payload LIKE '%{alert}%') AS events""")


class Express(HTTPServer):
    name = "express"

    def __init__(self, ward, space):
        subprocess.run(["bash", str(HERE / "peers.sh")], check=True)
        peers = HERE / ".build-peers/root/usr"
        folders = ["share/nodejs", "lib/nodejs", f"lib/{os.uname().machine}-linux-gnu/nodejs"]
        port = system.free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.token = ward.token
        self.process = space.start(
            "express", ["node", str(HERE / "express/server.cjs")], NODE_ENV="production", PORT=str(port),
            NODE_PATH=":".join(str(peers / folder) for folder in folders), **ward.database.environment("ward_serving"))
        system.wait_for(self.address + "/", self.process)


class Pgbench:
    """The same SQL without any server in between: what PostgreSQL alone can do on this machine."""

    name = "pgbench"

    def __init__(self, ward, space, job, statements):
        from . import capture  # which reads this module

        self.database = ward.database
        self.folder = space.folder
        self.script = space.folder / f"{job}.sql"
        known = set(self.database.ask(
            "SELECT id FROM hospitals UNION SELECT id FROM users UNION SELECT id FROM departments "
            f"UNION SELECT '{ward.session}'").split())
        text, self.variables = capture.script(statements, known)
        self.script.write_text(text)

    def load(self, job, seconds, connections):
        log = self.folder / "pgbench"
        for old in self.folder.glob("pgbench.*"):
            old.unlink()
        command = [self.database.program("pgbench"), "-n", "-M", "prepared", "-j", "1", "-c", str(connections)]
        command += ["-T", str(seconds), "-f", str(self.script), "-l", "--log-prefix", str(log)]
        for name, value in self.variables.items():
            command += ["-D", f"{name}={value}"]
        result = subprocess.run(
            command, capture_output=True, text=True, cwd=self.folder,
            env={**os.environ, **self.database.environment("ward_serving")})
        if result.returncode != 0 or "aborted" in result.stderr:
            sys.exit(f"pgbench failed:\n{result.stdout}{result.stderr}")
        rate = float(re.search(r"tps = ([\d.]+)", result.stdout)[1])
        times = []
        for file in self.folder.glob("pgbench.*"):
            times += [int(line.split()[2]) for line in file.read_text().splitlines()]
        times.sort()
        return Result(rate, times[len(times) // 2] / 1000, times[len(times) * 99 // 100] / 1000)

    def memory(self):
        return None


def compare_answers(job, ward, express):
    """The peer must do the same work: the same rows in the same order with the same fields, or nothing counts."""
    if job == "list":
        mine, other = (server.request("GET", LIST, None, ward.token) for server in (ward, express))
    else:  # Each in a room of its own: the second call from one room would only count as a repeat of the first.
        mine, other = (server.request("POST", CREATE, alert(), ward.token) for server in (ward, express))
    if job == "list":
        if len(mine["data"]) != 50:
            sys.exit(f"list: Ward lists {len(mine['data'])} alerts instead of 50.")
        differences = [(a, b) for a, b in zip(mine["data"], other["data"]) if a != b]
        if differences or len(other["data"]) != 50 or mine["page"] != other["page"]:
            sys.exit(f"list: the answers differ:\n{(differences or [(mine['page'], other['page'])])[0]}")
        return
    made = {"id", "roomNumber", "createdAt", "updatedAt", "nextEscalationAt"}  # differ between any two alerts
    one, two = ({k: None if k in made else v for k, v in answer["data"].items()} for answer in (mine, other))
    if one != two:
        sys.exit(f"create: the answers differ:\n{one}\n{two}")
    rows = [ward.footprint(answer["data"]["id"]) for answer in (mine, other)]
    if rows[0] != rows[1]:
        sys.exit(f"create: the rows that were written differ:\n{rows[0]}\n{rows[1]}")
