#!/usr/bin/env python3
"""Kills Ward at random moments while many write, and proves afterwards that nothing was lost, doubled or skipped.

    python Tests/System/chaos.py --kills 20 --writers 16 --seed 1

Each request is noted in a ledger on disk before it is sent, and each answer when it has come; the ledger is a process
of its own. After each kill Ward is started on the same data, and the database is compared with the ledger.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

import requests
from chaos_checks import check
from ward_process import WardProcess, wait_for

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

    ward: WardProcess
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
            answer = self.storm.ward.call(
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
    kills: int
    ready_seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    count: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        ready = sorted(self.ready_seconds)
        lines = [f"seed {self.seed}: {self.kills} kills, ready again after {ready[len(ready) // 2]:.2f} s in the median"
                 f" and {ready[-1]:.2f} s at most"]
        lines += ["  " + ", ".join(f"{number} {word}" for word, number in self.count.items())]
        lines += [f"  TROUBLE: {trouble}" for trouble in self.troubles[:50]] or ["  nothing lost, doubled or skipped"]
        return "\n".join(lines)


def prepare(ward: WardProcess) -> dict[str, str]:
    ward.sql(
        "INSERT INTO escalation_ladders (hospital_id, id, urgency, alert_type, step_seconds, repeats, response_seconds)"
        " SELECT id, gen_random_uuid(), 5, 'security', %s, false, 604800 FROM hospitals", parameters=[STEPS])
    return {operation: ward.sign_in(email) for operation, email in WHO.items()}


def bring_back(ward: WardProcess, dice: random.Random) -> float:
    """Starts Ward again, sometimes after killing it once more while it starts."""
    if dice.random() < 0.5:
        ward.shift_clock(dice.uniform(0, 8))  # Steps fall due while nobody is there to make them.
    if dice.random() < 0.25:
        ward.launch()
        time.sleep(dice.uniform(0, 0.4))
        ward.kill9()
    return ward.start(20)


def run(kills: int, writers: int, seed: int) -> Report:
    dice = random.Random(seed)
    report = Report(seed, kills)
    ward = WardProcess()
    pipes = [multiprocessing.Pipe() for _ in range(writers)]
    book = ward.base / "ledger"
    ledger = multiprocessing.Process(target=keep_ledger, args=[str(book), [far for _, far in pipes]], daemon=True)
    ledger.start()
    for _, far in pipes:
        far.close()
    try:
        ward.start()
        storm = Storm(ward, prepare(ward))
        crowd = [Writer(storm, number, seed, near) for number, (near, _) in enumerate(pipes, start=1)]
        for writer in crowd:
            writer.start()
        for _ in range(kills):
            storm.is_up.set()
            time.sleep(dice.uniform(0.2, 1.5))
            ward.kill9()
            storm.is_up.clear()
            report.ready_seconds.append(bring_back(ward, dice))
            inspect(ward, crowd, book, report)
            if report.troubles or storm.troubles:
                break
        # What is still in doubt and wanted gets its answer.
        storm.is_up.set()
        wait_for(lambda: not any(writer.again for writer in crowd), 20, "everything is answered")
        storm.is_over.set()
        for writer in crowd:
            writer.join(20)
        inspect(ward, crowd, book, report)
        report.troubles += storm.troubles
        report.count = storm.count + report.count
        for near, _ in pipes:
            near.close()
        ledger.join(10)
    finally:
        if ledger.is_alive():
            ledger.kill()
        ward.close()
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
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    report = run(chosen.kills, chosen.writers, chosen.seed)
    print(report)
    sys.exit(1 if report.troubles else 0)


if __name__ == "__main__":
    main()
