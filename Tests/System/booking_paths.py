#!/usr/bin/env python3
"""Random attempts by every way that time can be taken, on two nodes of one database, while nodes and PostgreSQL are killed.

    WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/booking_paths.py --successes 1000 --kills 20

Times overlap and are of many lengths; doctors see one or two at once, and there are rooms. It goes on until each way has
had so many successes and all blows have fallen; then the rows are compared with each other and with what was acknowledged
(booking_checks.py), and the payment service's money with the appointments that are firm. The exit status is 1 where
anything is wrong.
"""

import argparse
import math
import os
import random
import signal
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from api_support import Api, own_ward
from booking_checks import check
from booking_crowd import WAYS, Booker
from booking_storm import deadlocks, many_patients
from booking_support import SERVICE, at, new_doctor, room
from chaos import is_well
from clinic_support import patient_with_account
from peers import serving
from saga_house import FIRM, Till, price
from ward_process import lived, wait_for

# Of ways that jobs or the payment service bring to their end; what has ended as it should counts.
COUNTED = {
    "waiting": "SELECT count(*) FROM waiting_entries WHERE status = 'scheduled'",
    "bundle": "SELECT count(*) FROM bundles WHERE status = 'booked'",
    "course": "SELECT count(*) FROM course_sessions WHERE status = 'booked'",
    "paid": "SELECT count(*) FROM payments WHERE status = 'completed'",
}
QUEUES = "queue IN ('appointment', 'waiting-list', 'enhanced-appointment', 'panchakarma', 'payment-processing')"
UNDONE = f"""
    SELECT kind, state FROM jobs WHERE {QUEUES} AND due_at <= ward.now() + interval '2 minutes'
      AND kind <> 'payment.reconcile' AND state NOT IN ('done', 'dead')"""


@dataclass
class Ground:
    """What can be taken, from when on, over how many days."""

    hospital: str
    first: datetime
    days: int
    doctors: list[str]
    dear: list[str]
    rooms: list[str]
    links: list[str]
    # Resources of doctors, and how many each sees at once.
    seats: list[tuple[str, int]]
    # By which files name people: doctors' addresses, patients' record numbers.
    emails: dict[str, str]
    mrns: dict[str, str] = field(default_factory=dict)


@dataclass
class Storm:
    """What those who book share."""

    nodes: list
    api: Api
    till: Till
    ground: Ground
    wanted: int
    count: Counter = field(default_factory=Counter)
    tries: Counter = field(default_factory=Counter)
    blows: Counter = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    doubts: int = 0
    deadlocks: int = 0
    seen_deadlocks: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)
    # Until when a node or the database may be away.
    shaken_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, way: str, successes: int = 1) -> None:
        with self.lock:
            self.count[way] += successes

    def trouble(self, text: str) -> None:
        with self.lock:
            self.troubles.append(text)

    def wants(self, way: str) -> bool:
        return self.count[way] < self.wanted

    def look(self) -> None:
        """What others than the bookers know."""
        for way, statement in COUNTED.items():
            self.count[way] = self.nodes[0].sql(statement, "admin")[0][0]
        now = deadlocks(self.api)
        # A database that was stopped at once begins to count anew.
        self.deadlocks += max(0, now - self.seen_deadlocks)
        self.seen_deadlocks = now


@contextmanager
def houses():
    """Two nodes of one database with a payment service."""
    with serving(Till()) as till, own_ward(environment={"WARD_PAYMENTS_URL": till.setting}) as first, own_ward(
            demo=False, environment={"WARD_PAYMENTS_URL": till.setting,
                                     "WARD_DATABASE_URL": first.database_url("serving")}) as second:
        yield till, [first, second]


def ground(api: Api, wanted: int) -> Ground:
    doctors, dear = [new_doctor(api) for _ in range(6)], [new_doctor(api) for _ in range(2)]
    seats = []
    for n, doctor in enumerate(doctors):
        row = api.ward.sql("INSERT INTO resources (hospital_id, id, kind, user_id, capacity) VALUES (%s, gen_random_uuid(),"
                           " 'doctor', %s, %s) RETURNING id::text, capacity", parameters=[api.hospital(), doctor, 1 + n // 4])[0]
        seats.append((row.id, row.capacity))
    price(api, dear)
    hours = wanted * len(WAYS) * 0.5 / sum(capacity for _, capacity in seats)
    links = [api.do("nurse", "POST", "/booking-links", {"doctorId": each, "service": SERVICE, "mostBookings": 10_000})["token"]
             for each in doctors]
    # About half of all time is taken in the end.
    return Ground(api.hospital(), at(api, 30, 0), max(2, math.ceil(hours / 24 / 0.5)), doctors, dear,
                  [room(api)["id"], room(api, capacity=2)["id"]], links, seats,
                  {each: api.ward.sql("SELECT email FROM users WHERE id = %s", parameters=[each])[0].email for each in doctors})


def known(api: Api, mrns: dict[str, str]) -> str:
    """A new patient, of whom a file may tell."""
    made = api.do("admin", "POST", "/patients", {"name": "Filed", "mrn": f"F-{uuid.uuid4().hex[:12]}"})
    mrns[made["id"]] = made["mrn"]
    return made["id"]


def strike(storm: Storm, dice: random.Random, is_of_database: bool) -> None:
    first = storm.nodes[0]
    storm.look()
    storm.shaken_until = math.inf
    if is_of_database:
        old = first.postmaster()
        os.kill(old, signal.SIGQUIT)
        wait_for(lambda: first.postmaster() not in (None, old), 60, "Ward starts PostgreSQL again")
        storm.seen_deadlocks = 0
    else:
        node = dice.choice(storm.nodes)
        node.kill9()
        node.start(120)
    wait_for(lambda: all(is_well(node) for node in storm.nodes), 60, "every node is well")
    storm.blows["immediate stops of PostgreSQL" if is_of_database else "kill -9 of a node"] += 1
    storm.shaken_until = time.monotonic() + 5


def run(wanted: int, kills: int, postgres: int, bookers: int, seed: int, minutes: float = 30) -> Storm:
    dice = random.Random(seed)
    with houses() as (till, nodes):
        api = Api(nodes[0])
        storm = Storm(nodes, api, till, ground(api, wanted), wanted)
        for who in ("admin", "nurse"):
            api.token(who)
        people = [f"p{uuid.uuid4().hex[:8]}" for _ in range(bookers)]
        for name in people:
            patient_with_account(api, name)
        patients = many_patients(api, bookers * 30)
        filed = [known(api, storm.ground.mrns) for _ in range(bookers * 10)]
        crowd = [Booker(storm, n, patients[n * 30:n * 30 + 30] + filed[n * 10:n * 10 + 10], people[n]) for n in range(bookers)]
        storm.look()
        storm.deadlocks = 0
        blows = [False] * kills + [True] * postgres
        dice.shuffle(blows)
        for each in crowd:
            each.start()
        end, next_blow = lived() + minutes * 60, time.monotonic() + 1
        while (blows or any(storm.wants(each) for each in WAYS)) and lived() < end and any(each.is_alive() for each in crowd):
            if blows and time.monotonic() > next_blow:
                strike(storm, dice, blows.pop())
                next_blow = time.monotonic() + dice.uniform(1, 4)
            storm.look()
            time.sleep(0.2)
        storm.is_over.set()
        for each in crowd:
            each.join(150)
        storm.troubles += [f"{each}: only {storm.count[each]} successes" for each in WAYS if storm.wants(each)]
        settle(storm)
        ledger, written = {}, {}
        for each in crowd:
            ledger, written = ledger | each.ledger, written | each.written
        storm.troubles += check(nodes[0], ledger, written, storm.count["public"], storm.doubts) + money(storm)
    if storm.deadlocks:
        storm.trouble(f"{storm.deadlocks} deadlocks")
    return storm


def settle(storm: Storm) -> None:
    """Lets jobs and payments come to their end; what a dead node had leased, and what is tried again later, by the clock."""
    first = storm.nodes[0]

    def is_done() -> bool:
        undone = first.sql(UNDONE, "admin")
        if undone:
            first.shift_clock(20)
        return not undone

    for _ in range(2):
        wait_for(is_done, 300, lambda: f"jobs: {Counter(first.sql(UNDONE, 'admin'))}", pause=0.5)
        # What nobody told the end of is asked for after half an hour.
        first.shift_clock(36 * 60)
        wait_for(lambda: not first.sql("SELECT 1 FROM payments WHERE status = 'processing'"), 60, "every payment is over")
    dead = first.sql(f"SELECT kind, last_error FROM jobs WHERE state = 'dead' AND {QUEUES}", "admin")
    storm.troubles += [f"a job is dead: {tuple(each)}" for each in dead]
    storm.look()


def money(storm: Storm) -> list[str]:
    """What the service holds and what is firm, one by one."""
    rows = storm.nodes[0].sql(
        "SELECT p.id::text AS id, p.status, a.status AS booked FROM payments p JOIN appointments a"
        " ON a.hospital_id = p.hospital_id AND a.id = p.appointment_id", "admin")
    storm.blows["charges held"] = sum(storm.till.money(row.id) for row in rows)
    storm.blows["firm and priced"] = sum(row.booked in FIRM for row in rows)
    wrong = [row for row in rows if storm.till.money(row.id) != (row.booked in FIRM)
             or storm.till.taken(row.id) > 1 or storm.till.returned(row.id) > storm.till.taken(row.id)]
    return [f"payment {row.id} is {row.status}, its appointment {row.booked}; taken {storm.till.taken(row.id)} times, given back"
            f" {storm.till.returned(row.id)} times" for row in wrong]


def told(storm: Storm) -> str:
    lines = [f"{'way':<14}{'tries':>8}{'successes':>11}"]
    lines += [f"{way:<14}{storm.tries[way]:>8}{storm.count[way]:>11}" for way in WAYS]
    lines.append(", ".join(f"{n} {what}" for what, n in storm.blows.items()) + f", {storm.deadlocks} deadlocks, {storm.doubts} in doubt")
    lines += [f"  TROUBLE: {each}" for each in storm.troubles[:50]] or ["  no overlap, nothing lost, nothing paid in vain"]
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--successes", type=int, default=1000, help="by each way")
    options.add_argument("--kills", type=int, default=20, help="of a node")
    options.add_argument("--postgres", type=int, default=5, help="immediate stops of PostgreSQL")
    options.add_argument("--bookers", type=int, default=16)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    began = time.monotonic()
    storm = run(chosen.successes, chosen.kills, chosen.postgres, chosen.bookers, chosen.seed)
    print(told(storm))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if storm.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
