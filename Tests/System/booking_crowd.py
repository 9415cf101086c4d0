"""Those who book, by every way there is: each asks for one thing after the other, for patients of its own, and keeps in
mind what was acknowledged."""

import random
import threading
import time
import uuid
from datetime import datetime, timedelta

import psycopg
import requests
from booking_support import SERVICE, told

WAYS = ("book", "own", "consultation", "move", "series", "hold", "paid", "waiting", "public", "bundle", "course", "file",
        "raw")
MINUTES = (5, 7, 10, 15, 20, 25, 33, 40, 55, 60)
BOOKED = ("scheduled",)
# What a file may be refused for: what is booked, and its own other line.
IN_THE_WAY = frozenset({"conflict", "unique"})
AWAY = (psycopg.OperationalError, psycopg.InterfaceError, AssertionError)


def broken_rules(answer: requests.Response) -> set[str]:
    return {each["rule"] for each in answer.json()["details"]["problems"]}


class Booker(threading.Thread):
    """Asks for one thing after the other, by any way that is not done yet, for patients of its own."""

    def __init__(self, storm, number: int, patients: list[str], person: str):
        super().__init__(daemon=True)
        self.storm, self.ground, self.patients, self.person = storm, storm.ground, patients, person
        self.dice = random.Random(f"{number}")
        # What was last acknowledged of each appointment, as (statuses, beginning); and rows that were written by hand.
        self.ledger: dict[str, tuple] = {}
        self.written: dict[str, datetime] = {}
        self.mine: list[dict] = []
        self.waits: list[str] = []
        self.lines: dict[str, psycopg.Connection] = {}

    def run(self):
        try:
            while not self.storm.is_over.is_set():
                self.once()
        except Exception as fault:
            self.storm.trouble(f"a booker gave up: {fault!r}")
        finally:
            for line in self.lines.values():
                line.close()

    def once(self) -> None:
        way = self.dice.choice([each for each in WAYS if self.storm.wants(each)] or WAYS)
        with self.storm.lock:
            self.storm.tries[way] += 1
        getattr(self, way)()
        if len(self.mine) > 10 and self.dice.random() < 0.1:
            self.cancel(self.dice.choice(self.mine))

    # Asking

    def ask(self, path: str, body: dict, who: str | None = "admin", rules: frozenset[str] = frozenset()) -> dict | None:
        """The data of what succeeded, None for what was refused; without a person nobody may ask again. A 400 is a fault but
        for a file in whose way these rules stand and nothing else."""
        headers = {"Idempotency-Key": uuid.uuid4().hex} if who else {}
        while True:
            began = time.monotonic()
            node = self.dice.choice(self.storm.nodes)
            try:
                answer = node.call("POST", f"/api/v1{path}", self.storm.api.tokens[who] if who else None, json=body,
                                   headers=headers, timeout=30)
            except requests.RequestException as broken:
                answer, why = None, repr(broken)
            if answer is not None and answer.status_code < 500 and "still running" not in answer.text:
                if answer.status_code not in (200, 201, 400, 409):
                    self.storm.trouble(f"{path}: {answer.status_code} {answer.text}")
                if answer.status_code == 400 and not (rules and broken_rules(answer) <= rules):
                    self.storm.trouble(f"{path}: {body}: {answer.text}")
                return answer.json()["data"] if answer.ok else None
            if answer is not None and answer.status_code >= 500:
                why = f"{answer.status_code} {answer.text}"
                if answer.status_code != 503:
                    self.storm.trouble(f"{path}: {why}")
            if began > self.storm.shaken_until and (answer is None or answer.status_code >= 500):
                self.storm.trouble(f"{path}: in calm weather {why}")
            if who is None:
                with self.storm.lock:
                    self.storm.doubts += 1
                return None
            if self.storm.is_over.is_set() and time.monotonic() > self.storm.shaken_until + 60:
                self.storm.trouble(f"{path}: was never answered")
                return None
            time.sleep(0.05)

    def when(self) -> str:
        return told(self.ground.first + timedelta(minutes=self.dice.randrange(self.ground.days * 1440)))

    def wish(self, **more) -> dict:
        return {"patientId": self.dice.choice(self.patients), "doctorId": self.dice.choice(self.ground.doctors),
                "service": SERVICE, "startsAt": self.when(), **more}

    def length(self) -> int:
        return self.dice.choice(MINUTES)

    def keep(self, way: str | None, made: dict | None, *statuses: str) -> dict | None:
        if made:
            self.ledger[made["id"]] = (statuses or BOOKED, datetime.fromisoformat(made["startsAt"]))
            if way:
                self.storm.note(way)
            if not statuses:
                self.mine.append(made)
        return made

    # The ways

    def book(self) -> None:
        rooms = self.dice.sample(self.ground.rooms, self.dice.choice((0, 0, 1, 2)))
        self.keep("book", self.ask("/appointments", self.wish(minutes=self.length(), resources=rooms)))

    def own(self) -> None:
        wish = self.wish()
        del wish["patientId"]
        self.keep("own", self.ask("/my-appointments", wish, self.person), "scheduled")

    def consultation(self) -> None:
        made = self.ask("/consultations", {"doctorId": self.dice.choice(self.ground.doctors), "scheduledAt": self.when(),
                                           "type": "video"}, self.person)
        if made:
            self.ledger[made["id"]] = (BOOKED, None)
            self.storm.note("consultation")

    def move(self) -> None:
        if not self.mine:
            return self.book()
        one = self.dice.choice(self.mine)
        made = self.ask(f"/appointments/{one['id']}/move", {
            "startsAt": self.when(), "minutes": self.length(), "version": one["version"]})
        if made:
            one["version"] = made["version"]
            self.ledger[one["id"]] = (BOOKED, datetime.fromisoformat(made["startsAt"]))
            self.storm.note("move")

    def cancel(self, one: dict) -> None:
        self.mine.remove(one)
        if self.ask(f"/appointments/{one['id']}/cancellation", {}):
            self.ledger[one["id"]] = (("cancelled",), None)

    def series(self) -> None:
        made = self.ask("/appointment-series", self.wish(
            minutes=self.length(), rule="FREQ=DAILY;COUNT=3", skipsConflicts=self.dice.random() < 0.7))
        for each in made["appointments"] if made else []:
            self.ledger[each["id"]] = (BOOKED, datetime.fromisoformat(each["startsAt"]))
        self.storm.note("series", len(made["appointments"]) if made else 0)

    def hold(self) -> None:
        seconds = self.dice.choice((30, 3600, 3600, 3600))
        made = self.keep(None, self.ask("/appointments", self.wish(minutes=self.length(), holdSeconds=seconds)), "held", "expired")
        if made and seconds > 30 and self.ask(f"/appointments/{made['id']}/confirmation", {}):
            self.ledger[made["id"]] = (("confirmed",), datetime.fromisoformat(made["startsAt"]))
            self.storm.note("hold")

    def paid(self) -> None:
        """With a doctor who costs something: held, then paid, by the desk or by the patient; what comes of it the service and
        the ledger of money say."""
        wish, is_own = self.wish(doctorId=self.dice.choice(self.ground.dear)), self.dice.random() < 0.3
        if is_own:
            del wish["patientId"]
            made = self.ask("/my-appointments", wish, self.person)
        else:
            made = self.ask("/appointments", wish | {"minutes": self.length(), "holdSeconds": 86_400})
        if not made:
            return
        self.ledger[made["id"]] = (("confirmed", "cancelled", "expired"), None)
        [payment] = self.rows("SELECT id FROM payments WHERE appointment_id = %s", made["id"])
        self.ask(f"/{'my-' if is_own else ''}payments/{payment.id}/charge", {
            "transactionId": f"tx-{made['id']}", "paymentMethod": self.dice.choice(("pm_card_visa",) * 9 + ("pm_refused",))},
            self.person if is_own else "admin")
        if self.dice.random() < 0.05 and self.ask(f"/appointments/{made['id']}/cancellation", {}):
            self.ledger[made["id"]] = (("cancelled",), None)

    def waiting(self) -> None:
        """Somebody waits, a time that fits him is given back, and whoever was offered one by now takes it."""
        one = self.dice.choice(self.mine) if self.mine else None
        entry = self.ask("/waiting-list", {
            "patientId": self.dice.choice(self.patients), "service": SERVICE, "minutes": 5,
            "doctorId": one["doctorId"] if one else self.dice.choice(self.ground.doctors),
            "latest": told(self.ground.first + timedelta(days=self.ground.days + 1))})
        if entry:
            self.waits.append(entry["id"])
            # Twenty a day may begin to wait for one doctor: this one did on another day.
            self.rows("UPDATE waiting_entries SET created_at = created_at - interval '2 days' WHERE id = %s RETURNING 1",
                      entry["id"])
        if one:
            self.cancel(one)
        for row in self.rows("SELECT id::text AS id, appointment_id::text AS taken FROM waiting_entries"
                             " WHERE id = ANY (%s::uuid[]) AND status = 'notified'", self.waits):
            self.waits.remove(row.id)
            if self.ask(f"/waiting-list/{row.id}/acceptance", {}):
                self.ledger[row.taken] = (BOOKED, None)

    def public(self) -> None:
        made = self.ask("/public-bookings", {
            "token": self.dice.choice(self.ground.links), "name": f"Guest {uuid.uuid4().hex[:8]}",
            "phone": "+4915112345678", "startsAt": self.when()}, None)
        self.storm.note("public", 1 if made else 0)

    def bundle(self) -> None:
        """Some are asked for eight times at once, in one order and in the other."""
        group, span = self.storm.tries["bundle"] // 8, timedelta(days=self.ground.days + 1)
        if self.dice.random() < 0.5:
            same = random.Random(f"bundle {group}")
            start = told(self.ground.first + span + timedelta(minutes=20 * group))
            steps = [self.step(each, start, 20) for each in same.sample(self.ground.doctors, 2)]
            self.dice.shuffle(steps)
        else:
            steps = [self.step(each, self.when(), self.length()) for each in self.dice.sample(self.ground.doctors, 2)]
        self.ask("/appointment-bundles", {"patientId": self.dice.choice(self.patients), "steps": steps})

    def step(self, doctor: str, start: str, minutes: int) -> dict:
        return {"doctorId": doctor, "service": SERVICE, "startsAt": start, "minutes": minutes}

    def course(self) -> None:
        self.ask("/courses", self.wish(service="panchakarma", sessions=3, everyDays=2, minutes=self.length()))

    def file(self) -> None:
        """What another system has booked, two lines at once: both or none."""
        patient = self.dice.choice([each for each in self.patients if each in self.ground.mrns])
        doctor = self.dice.choice(self.ground.doctors)
        starts = sorted(self.when() for _ in range(2))
        lines = [f"{self.ground.mrns[patient]},{self.ground.emails[doctor]},{each},{self.length()}" for each in starts]
        made = self.ask("/imports/appointments", {"csv": "\n".join(["mrn,doctor,startsAt,minutes", *lines])},
                        rules=IN_THE_WAY)
        if not made:
            return
        # The answer names no ids; nobody else books for these patients, who have one appointment at a time.
        rows = self.rows("SELECT id::text AS id, starts_at FROM appointments WHERE patient_id = %s AND doctor_id = %s"
                         " AND starts_at = ANY (%s::timestamptz[]) AND status = 'scheduled'", patient, doctor, starts)
        if made["imported"] != 2 or len(rows) != 2:
            self.storm.trouble(f"a file of two lines: {made}, {rows}")
        self.ledger |= {row.id: (BOOKED, row.starts_at) for row in rows}
        self.storm.note("file", len(rows))

    def raw(self) -> None:
        """A row by hand, as the role that serves: with what stands in its way it is nothing."""
        resource, capacity = self.dice.choice(self.ground.seats)
        start, id = datetime.fromisoformat(self.when()), str(uuid.uuid4())
        made = self.rows(
            "INSERT INTO occupancy (hospital_id, id, resource_id, seat, starts_at, ends_at) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id", self.ground.hospital, id, resource, self.dice.randrange(capacity), start,
            start + timedelta(minutes=self.length()), role="serving")
        if made:
            self.written[id] = start
            self.storm.note("raw")

    def rows(self, statement: str, *parameters, role: str = "owner") -> list:
        """One statement in one transaction; again where the database went away."""
        while True:
            began = time.monotonic()
            try:
                if role not in self.lines:
                    self.lines[role] = self.storm.nodes[0].connect(role)
                with self.lines[role].transaction():
                    self.lines[role].execute("SELECT set_config('ward.hospital', %s, true)", [self.ground.hospital])
                    return self.lines[role].execute(statement, parameters).fetchall()
            except AWAY:
                if role in self.lines:
                    self.lines.pop(role).close()
                if began > self.storm.shaken_until:
                    raise
                time.sleep(0.1)
