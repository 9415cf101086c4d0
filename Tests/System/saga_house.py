"""A house whose doctor costs something, its payment service, and what money and bookings come to in the end: told
by what the service took and gave back, not by what Ward says of it."""

import threading
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import requests
from api_support import Api, own_ward, shift
from booking_support import SERVICE, at, new_doctor, new_patient, told
from pay_peers import StripeLike, stripe_call
from peers import serving
from ward_process import lived, wait_for

FIRM = ("confirmed", "checked_in", "in_progress", "completed")
# Where a step of a payment is kept from being written, for as long as somebody holds the lock.
STOPS = """
    CREATE TABLE ward.stops (payment_id uuid, step text);
    GRANT SELECT ON ward.stops TO PUBLIC;
    CREATE FUNCTION ward.stop_here() RETURNS trigger LANGUAGE plpgsql SET search_path = ward, pg_temp AS $$ BEGIN
      IF EXISTS (SELECT FROM ward.stops s WHERE s.payment_id = NEW.payment_id AND s.step = NEW.step) THEN
        PERFORM pg_advisory_xact_lock_shared(206);
      END IF;
      RETURN NEW; END $$;
    CREATE TRIGGER stop_here BEFORE INSERT ON ward.payment_steps FOR EACH ROW EXECUTE FUNCTION ward.stop_here();
"""
STATE = """
    SELECT p.id::text AS id, p.status, p.provider_ref AS reference, a.status AS booked, (SELECT array_agg(s.step || CASE s.outcome
        WHEN 'failed' THEN ' failed' ELSE '' END ORDER BY s.number) FROM payment_steps s WHERE s.payment_id = p.id) AS steps,
      (SELECT count(*) - count(DISTINCT e.payload::jsonb ->> 'step') FROM events e WHERE e.name = 'payment:updated'
        AND e.payload::jsonb ->> 'paymentId' = p.id::text) AS echoes
    FROM payments p JOIN appointments a ON a.hospital_id = p.hospital_id AND a.id = p.appointment_id
    WHERE p.id = ANY (%s::uuid[])"""


def price(api: Api, doctors: list[str]) -> None:
    """From now on every appointment with these costs something, by whatever way it is booked."""
    api.do("admin", "PATCH", "/hospital", {"currency": "EUR"})
    api.ward.sql("INSERT INTO resources (hospital_id, id, kind, user_id, fee_minor) SELECT %s, gen_random_uuid(), 'doctor', d, 50000"
                 " FROM unnest(%s::uuid[]) AS d", parameters=[api.hospital(), doctors])


class Till(StripeLike):
    """The service: `blow(call, moment)` is asked before it does what it is asked for and after it ("before", "done"); where
    that answers "lost", the line is cut without a word."""

    def __init__(self):
        super().__init__()
        self.blow = None
        self.gifts: list[str] = []
        self.bad: set[str] = set()

    def take(self, call):
        if self.blow and self.blow(call, "before") == "lost":
            return None
        answer = super().take(call)
        return None if self.blow and self.blow(call, "done") == "lost" else answer

    def change(self, call):
        if call.path == "/v1/refunds":
            intent = call.form.get("payment_intent")
            if self.intents.get(intent, {}).get("status") != "succeeded":
                self.gifts.append(intent)
        if call.path.removeprefix("/v1/payment_intents/").removesuffix("/confirm") in self.bad:
            intent = self.intents[call.path.split("/")[3]]
            intent["status"] = "requires_payment_method"
            return 200, intent
        status, body = super().change(call)
        if call.form.get("payment_method") == "pm_refused":
            self.bad.add(body["id"])
        return status, body

    def of(self, payment: str) -> list[dict]:
        return [each for each in list(self.intents.values()) if each["metadata"]["payment"] == payment]

    def succeed(self, payment: str) -> dict:
        """The money comes, without anybody asking for it."""
        [intent] = self.of(payment)
        with self.lock:
            if intent["status"] != "succeeded":
                intent["status"] = "succeeded"
                self.charges.append(payment)
        return dict(intent)

    def taken(self, payment: str) -> int:
        return self.charges.count(payment)

    def returned(self, payment: str) -> int:
        return sum(self.refunds.count(each["id"]) for each in self.of(payment))

    def money(self, payment: str) -> int:
        return self.taken(payment) - self.returned(payment)


def is_call(call, noun: str) -> bool:
    return call.method == "POST" and {
        "open": call.path == "/v1/payment_intents", "confirm": call.path.endswith("/confirm"),
        "refund": call.path == "/v1/refunds"}[noun]


@dataclass
class Sale:
    appointment: str
    payment: str
    transaction: str = field(default_factory=lambda: f"tx-{uuid.uuid4().hex}")


@dataclass
class Row:
    """What came of some payments under one fault; all but `tried` must be nought."""

    fault: str
    tried: int
    homeless: int = 0
    unpaid: int = 0
    doubled: int = 0
    unfinished: int = 0
    notes: str = ""

    @property
    def violations(self) -> int:
        return self.homeless + self.unpaid + self.doubled + self.unfinished

    def __str__(self) -> str:
        numbers = (self.tried, self.homeless, self.unpaid, self.doubled, self.unfinished)
        return f"{self.fault:<46}" + "".join(f"{each:>10}" for each in numbers) + f"  {self.notes}"


HEAD = f"{'fault':<46}" + "".join(f"{name:>10}" for name in ("tried", "no place", "no money", "doubled", "unfinished"))


class House:
    def __init__(self, ward, till: Till):
        self.ward, self.till, self.api = ward, till, Api(ward)
        self.is_down, self.lock, self.clock = False, threading.Lock(), threading.Lock()
        self.doctor, self.patient, self.hospital = new_doctor(self.api), new_patient(self.api), self.api.hospital()
        price(self.api, [self.doctor])
        with ward.connect() as owner:
            owner.execute(STOPS)
        first = at(self.api, 300)
        self.times = (first + timedelta(minutes=20 * n) for n in count())

    # What people do, until they are answered

    def insist(self, path: str, body: dict, seconds: float = 90) -> requests.Response:
        end = lived() + seconds
        while True:
            try:
                answer = self.api.call("admin", "POST", path, body)
                if answer.status_code != 503:
                    assert answer.status_code < 500, f"{path}: {answer.status_code} {answer.text}"
                    return answer
            except requests.RequestException:
                pass  # killed while it was asked
            assert lived() < end, f"{path} is not answered"
            time.sleep(0.1)

    def book(self, hold: int = 86_400) -> Sale:
        made = self.api.do("admin", "POST", "/appointments", {
            "patientId": self.patient, "doctorId": self.doctor, "service": SERVICE, "startsAt": told(next(self.times)),
            "minutes": 15, "holdSeconds": hold})["id"]
        found = self.ward.sql("SELECT id FROM payments WHERE appointment_id = %s", parameters=[made])
        return Sale(made, str(found[0].id))

    def pay(self, *sales: Sale) -> None:
        for each in sales:
            self.insist(f"/payments/{each.payment}/charge", {"transactionId": each.transaction, "paymentMethod": "pm_card_visa"})

    def give_up(self, *sales: Sale) -> None:
        for each in sales:
            self.insist(f"/appointments/{each.appointment}/cancellation", {})

    def opened(self, *sales: Sale) -> None:
        self.until(lambda: all(each.reference for each in self.states(sales)), 90, "the payments are open at the service")

    def tell(self, intent: dict, kind: str = "payment_intent.succeeded") -> None:
        """What the service says, again until it is taken."""
        end = lived() + 90
        while True:
            try:
                answer = stripe_call(self.ward, intent, kind=kind)
                if answer.ok:
                    return
                assert answer.status_code == 503, answer.text
            except requests.RequestException:
                pass
            assert lived() < end, "the service is not heard"
            time.sleep(0.1)

    # What came of it

    def states(self, sales) -> list:
        return self.ward.sql(STATE, "admin", parameters=[[each.payment for each in sales]])

    def is_over(self, state) -> bool:
        steps = state.steps or []
        if state.status == "completed":
            return "notify" in steps and state.booked in FIRM
        if state.status == "refunded":
            return "refund" in steps and self.till.money(state.id) == 0
        return (state.status == "failed" and self.till.money(state.id) == 0
                and ("cancel_consultation" in steps or "charge failed" not in steps))

    def until(self, condition, seconds: float, what: str | None = None) -> bool:
        """Waits, and lets what is to be tried again later be tried now."""
        end = lived() + seconds
        while not condition():
            if lived() > end:
                assert what is None, f"not within {seconds} s: {what}"
                return False
            if not self.is_down and self.ward.sql(
                    "SELECT 1 FROM jobs WHERE kind IN ('payment.carry_on', 'payment.released') AND state = 'delayed'", "admin"):
                with self.clock:
                    self.ward.shift_clock(60)
            time.sleep(0.1)
        return True

    def finish(self, *sales: Sale, seconds: float = 150) -> None:
        self.until(lambda: not self.is_down and all(self.is_over(each) for each in self.states(sales)), seconds)

    def tally(self, fault: str, sales: list[Sale], notes: str = "") -> Row:
        row = Row(fault, len(sales), notes=notes)
        ends = Counter()
        for state in self.states(sales):
            money, is_firm = self.till.money(state.id), state.booked in FIRM
            ends[f"{state.status}/{state.booked}"] += 1
            row.homeless += money > 0 and not is_firm
            row.unpaid += is_firm and money <= 0
            row.doubled += (self.till.taken(state.id) > 1 or self.till.returned(state.id) > self.till.taken(state.id)
                            or len(self.till.of(state.id)) > 1 or state.echoes > 0)
            row.unfinished += not self.is_over(state)
        row.doubled += len([each for each in self.till.gifts if any(each == it["id"] for s in sales for it in self.till.of(s.payment))])
        row.notes = ", ".join([*([notes] if notes else []), *(f"{n} {end}" for end, n in sorted(ends.items()))])
        return row

    # Blows

    def later(self, seconds: float) -> None:
        with self.clock:
            shift(self.ward, seconds)

    def kill(self) -> None:
        with self.lock:
            self.is_down = True
            self.ward.kill9()

    def back(self) -> None:
        """The node again; what the dead one had leased is free."""
        self.ward.restart()
        self.later(40)
        self.is_down = False

    def waits_for(self, connection) -> bool:
        return bool(self.ward.sql("SELECT 1 FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", "admin",
                                  parameters=[connection.info.backend_pid]))


@contextmanager
def house():
    with serving(Till()) as till, own_ward(environment={"WARD_PAYMENTS_URL": till.setting}) as ward:
        yield House(ward, till)
