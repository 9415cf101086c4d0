#!/usr/bin/env python3
"""Kills Ward and PostgreSQL at random moments while many write, and proves afterwards that nothing was lost, doubled or
skipped.

    python Tests/System/chaos.py --kills 50 --postgres 20 --nodes 2 --writers 16 --seed 1

Each request is noted in a ledger on disk before it is sent, and each answer when it has come; the ledger is a process
of its own. A blow is kill -9 or SIGTERM of one node, an immediate stop of PostgreSQL (which Ward starts again), or the
end of a part of its connections. After each blow everything comes back on the same data, and the database is compared
with the ledger. The same seed gives the same blows.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

import requests
from chaos_checks import check
from ward_process import WardProcess, lived, wait_for

STEPS = [5, 10, 15]
WHO = {"create": "operator@demo.ward", "acknowledge": "nurse@demo.ward", "resolve": "doctor@demo.ward"}


def keep_ledger(path: str, writers: list[Connection]) -> None:
    """The ledger's process: appends what it is sent, and confirms it once it is on the disk."""
    with open(path, "a", encoding="utf-8") as book:
        while writers:
            confirmed = []
            for writer in wait(writers):
                try:
                    book.write(writer.recv() + "\n")
                    confirmed.append(writer)
                except EOFError:
                    writers.remove(writer)
            book.flush()
            os.fsync(book.fileno())
            for writer in confirmed:
                writer.send(True)


@dataclass
class Request:
    """One write with its key, which is sent again as it is."""

    key: str
    operation: str
    path: str
    body: dict
    alert: str | None = None


@dataclass
class Storm:
    """What the writers share."""

    nodes: list[WardProcess]
    tokens: dict[str, str]
    is_up: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)
    count: Counter = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, word: str) -> None:
        with self.lock:
            self.count[word] += 1


class Writer(threading.Thread):
    """Raises alerts, acknowledges and resolves its own, one request at a time."""

    def __init__(self, storm: Storm, number: int, seed: int, ledger: Connection):
        super().__init__(daemon=True)
        self.storm, self.number, self.ledger = storm, number, ledger
        self.random = random.Random(f"{seed}/{number}")
        self.turn = threading.Lock()
        self.made = 0
        self.again: list[Request] = []
        self.active: list[str] = []
        self.acknowledged: list[str] = []

    def run(self):
        while not self.storm.is_over.is_set():
            self.storm.is_up.wait(1)
            with self.turn:
                if self.storm.is_up.is_set():
                    self.send(self.again.pop(0) if self.again else self.next())
            time.sleep(self.random.uniform(0.002, 0.02))

    def next(self) -> Request:
        self.made += 1
        key = f"{self.number}-{self.made}"
        roll = self.random.random()
        if self.acknowledged and roll < 0.3:
            alert = self.acknowledged.pop(self.random.randrange(len(self.acknowledged)))
            body = {"resolution": f"Resolved by writer {self.number}."}
            return Request(key, "resolve", f"/api/v1/alerts/{alert}/resolution", body, alert)
        if self.active and roll < 0.6:
            alert = self.active.pop(self.random.randrange(len(self.active)))
            return Request(key, "acknowledge", f"/api/v1/alerts/{alert}/acknowledgement", {"notes": key}, alert)
        return Request(key, "create", "/api/v1/alerts", {"roomNumber": key, "alertType": "security", "urgencyLevel": 5})

    def note(self, what: str, request: Request, **more) -> None:
        record = {"what": what, "key": request.key, "operation": request.operation, "alert": request.alert, **more}
        self.ledger.send(json.dumps(record))
        self.ledger.recv()

    def send(self, request: Request) -> None:
        self.note("sent", request)
        self.storm.add("sent")
        try:
            answer = self.random.choice(self.storm.nodes).call(
                "POST", request.path, self.storm.tokens[request.operation], json=request.body,
                headers={"Idempotency-Key": request.key})
        except requests.RequestException:
            return self.doubt(request)
        if answer.status_code == 503 or "still running" in answer.text:
            return self.doubt(request)
        if not answer.ok:
            with self.storm.lock:
                self.storm.troubles.append(f"{request.operation} {request.key}: {answer.status_code} {answer.text}")
            return None
        request.alert = answer.json()["data"]["id"]
        self.note("answered", request)
        self.storm.add("answered")
        if answer.headers.get("Idempotency-Replayed") == "true":
            self.storm.add("replayed")
        if request.operation == "acknowledge":
            self.acknowledged.append(request.alert)
        elif request.operation == "create" and self.random.random() < 0.85:
            self.active.append(request.alert)  # The others are left to climb.

    def doubt(self, request: Request) -> None:
        """Nobody knows whether it was done: most are sent again with the same key, some never."""
        self.storm.add("in doubt")
        if self.random.random() < 0.8:
            self.again.append(request)
            self.storm.add("to be sent again")


@dataclass
class Report:
    seed: int
    blows: Counter = field(default_factory=Counter)
    ready_seconds: list[float] = field(default_factory=list)
    back_seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    count: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [f"seed {self.seed}: " + ", ".join(f"{number} × {blow}" for blow, number in sorted(self.blows.items()))]
        for what, seconds in (("a node was ready again", self.ready_seconds), ("PostgreSQL was back", self.back_seconds)):
            if seconds:
                ordered = sorted(seconds)
                lines.append(f"  {what} after {ordered[len(ordered) // 2]:.2f} s in the median, {ordered[-1]:.2f} s at most")
        lines += ["  " + ", ".join(f"{number} {word}" for word, number in self.count.items())]
        lines += [f"  TROUBLE: {trouble}" for trouble in self.troubles[:50]] or ["  nothing lost, doubled or skipped"]
        return "\n".join(lines)


def prepare(ward: WardProcess) -> dict[str, str]:
    ward.sql(
        "INSERT INTO escalation_ladders (hospital_id, id, urgency, alert_type, step_seconds, repeats, response_seconds)"
        " SELECT id, gen_random_uuid(), 5, 'security', %s, false, 604800 FROM hospitals", parameters=[STEPS])
    return {operation: ward.sign_in(email) for operation, email in WHO.items()}


def bring_back(node: WardProcess, first: WardProcess, dice: random.Random, has_database: bool) -> float:
    """Starts a node again, sometimes after killing it once more while it starts."""
    if dice.random() < 0.5 and has_database:
        first.shift_clock(dice.uniform(0, 8))  # Steps fall due while nobody is there to make them.
    if dice.random() < 0.25:
        node.launch()
        time.sleep(dice.uniform(0, 0.4))
        node.kill9()
    return node.start(30)


def strike_ward(storm: Storm, report: Report, dice: random.Random) -> None:
    """Ends one node, by force or by request, and starts it again; with a second node the others go on writing."""
    node = dice.choice(storm.nodes)
    by_force = dice.random() < 0.7
    report.blows["kill -9 of ward" if by_force else "SIGTERM of ward"] += 1
    if by_force:
        node.kill9()
    elif (status := node.stop()) != 0:
        report.troubles.append(f"ward ended with status {status} after SIGTERM\n{node.log()}")
    if len(storm.nodes) == 1:
        storm.is_up.clear()
    # The first node's database is its own: it goes with it when it is asked to end, and stays when it is killed.
    has_database = by_force or node is not storm.nodes[0]
    report.ready_seconds.append(bring_back(node, storm.nodes[0], dice, has_database))


def strike_postgres(storm: Storm, report: Report, dice: random.Random) -> None:
    """Stops PostgreSQL at once, or ends a part of its connections; nobody but Ward brings it back."""
    first = storm.nodes[0]
    began = lived()
    if dice.random() < 0.5:
        report.blows["immediate stop of PostgreSQL"] += 1
        old = first.postmaster()
        os.kill(old, signal.SIGQUIT)
        wait_for(lambda: first.postmaster() not in (None, old), 30, "Ward starts PostgreSQL again", pause=0.02)
    else:
        report.blows["end of half of its connections"] += 1
        first.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                  " AND backend_type = 'client backend' AND hashtext(pid::text) % 2 = 0", role="admin")
    wait_for(lambda: all(is_well(node) for node in storm.nodes), 30, "every node has its database again", pause=0.02)
    report.back_seconds.append(lived() - began)


def is_well(node: WardProcess) -> bool:
    try:
        return node.call("GET", "/health", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def run(kills: int, writers: int, seed: int, postgres: int = 0, nodes: int = 1) -> Report:
    dice = random.Random(seed)
    report = Report(seed)
    first = WardProcess()
    cluster = [first]
    pipes = [multiprocessing.Pipe() for _ in range(writers)]
    book = first.base / "ledger"
    ledger = multiprocessing.Process(target=keep_ledger, args=[str(book), [far for _, far in pipes]], daemon=True)
    ledger.start()
    for _, far in pipes:
        far.close()
    try:
        first.start()
        for _ in range(nodes - 1):
            cluster.append(WardProcess(demo=False, environment={"WARD_DATABASE_URL": first.database_url()}))
            cluster[-1].start()
        storm = Storm(cluster, prepare(first))
        crowd = [Writer(storm, number, seed, near) for number, (near, _) in enumerate(pipes, start=1)]
        for writer in crowd:
            writer.start()
        blows = [strike_ward] * kills + [strike_postgres] * postgres
        dice.shuffle(blows)
        for strike in blows:
            storm.is_up.set()
            time.sleep(dice.uniform(0.2, 1.5))
            strike(storm, report, dice)
            inspect(first, crowd, book, report)
            if report.troubles or storm.troubles:
                break
        # What is still in doubt and wanted gets its answer.
        storm.is_up.set()
        wait_for(lambda: not any(writer.again for writer in crowd), 20, "everything is answered")
        storm.is_over.set()
        for writer in crowd:
            writer.join(20)
        inspect(first, crowd, book, report)
        report.troubles += storm.troubles
        report.count = storm.count + report.count
        for near, _ in pipes:
            near.close()
        ledger.join(10)
    finally:
        if ledger.is_alive():
            ledger.kill()
        for node in reversed(cluster):
            node.close()
    return report


def inspect(ward: WardProcess, crowd: list[Writer], book: Path, report: Report) -> None:
    """Compares database and ledger while nobody writes."""
    for writer in crowd:
        writer.turn.acquire()
    try:
        wait_for(lambda: not ward.sql("SELECT 1 FROM alert_timers WHERE due_at <= ward.now()"), 20, "all due is done")
        ledger = [json.loads(line) for line in book.read_text(encoding="utf-8").splitlines()]
        troubles, report.count = check(ward, ledger)
        report.troubles += troubles
    finally:
        for writer in crowd:
            writer.turn.release()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20, help="of ward")
    parser.add_argument("--postgres", type=int, default=0, help="blows against PostgreSQL")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    report = run(chosen.kills, chosen.writers, chosen.seed, chosen.postgres, chosen.nodes)
    print(report)
    sys.exit(1 if report.troubles else 0)


if __name__ == "__main__":
    main()
