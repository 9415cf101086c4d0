"""Where payments can be struck: the ways that they go, and a node's death at each step and at each moment of each call."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from saga_house import House, is_call
from ward_process import wait_for


# Ways that payments go; each can be struck anywhere.

def good(house: House, sales) -> None:
    """The card is good."""
    house.pay(*sales)


def refused(house: House, sales) -> None:
    """The card is refused."""
    house.till.ends = "requires_payment_method"
    house.pay(*sales)


def too_late(house: House, sales) -> None:
    """The appointment is given up before the money comes."""
    house.till.ends = "processing"
    house.pay(*sales)
    house.opened(*sales)
    house.give_up(*sales)
    for each in sales:
        house.tell(house.till.succeed(each.payment))


def given_up(house: House, sales) -> None:
    """The appointment is given up when it is paid."""
    house.pay(*sales)
    house.finish(*sales)
    house.give_up(*sales)
    house.until(lambda: all(each.booked == "cancelled" for each in house.states(sales)), 60, "all are given up")


def late_money(house: House, sales) -> None:
    """The money comes after a refusal."""
    refused(house, sales)
    house.finish(*sales)
    for each in sales:
        house.tell(house.till.succeed(each.payment))


STEPS = {
    good: ("charge", "confirm", "notify"), refused: ("charge", "release_slot", "cancel_consultation"),
    too_late: ("charge", "confirm", "release_slot", "cancel_consultation", "refund"), given_up: ("withdraw", "refund"),
    late_money: ("late_money", "refund"),
}
CALLS = {good: ("open", "confirm"), refused: ("confirm",), given_up: ("refund",), late_money: ("refund",)}


# Blows

@contextmanager
def struck(house: House, work):
    """`work(is_ready)` runs beside what the body does, which begins once it is ready; its fault is the body's."""
    is_ready = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        blow = beside.submit(work, is_ready)
        wait_for(lambda: is_ready.is_set() or blow.done(), 30, "the blow is ready")
        yield
        blow.result()


def kill_in_step(house: House, sale, step: str):
    """While a node stands in the transaction of a step, which is kept from being written."""
    def work(is_ready):
        with house.ward.connect() as owner:
            owner.autocommit = True
            owner.execute("SELECT pg_advisory_lock(206)")
            owner.execute("INSERT INTO stops VALUES (%s, %s)", [sale.payment, step])
            is_ready.set()
            wait_for(lambda: house.waits_for(owner), 120, f"a node takes the step {step}", pause=0.05)
            house.kill()
            owner.execute("DELETE FROM stops")
        house.back()
    return work


def kill_in_call(house: House, noun: str, moment: str):
    """When the service has the request, and either does nothing or what it was asked for."""
    met, turn = threading.Event(), threading.Lock()

    def blow(call, when):
        with turn:
            if not is_call(call, noun) or when != moment or met.is_set():
                return "lost" if house.is_down else None
            house.kill()
            met.set()
            return "lost"

    def work(is_ready):
        house.till.blow = blow
        is_ready.set()
        wait_for(met.is_set, 120, f"{noun} is asked for")
        house.till.blow = None
        house.back()
    return work


def kill_with_answer(house: House, sale):
    """When the service's name for the payment has come and is not on record yet."""
    def work(is_ready):
        with house.ward.connect() as owner:
            asked, locked = threading.Event(), threading.Event()

            def blow(call, when):
                if when == "done" and is_call(call, "open") and call.form["metadata[payment]"] == sale.payment:
                    asked.set()
                    locked.wait(20)

            house.till.blow = blow
            is_ready.set()
            wait_for(asked.is_set, 120, "the payment is opened")
            owner.execute("SELECT 1 FROM payments WHERE id = %s FOR UPDATE", [sale.payment])
            locked.set()
            wait_for(lambda: house.waits_for(owner), 60, "the name is written down", pause=0.05)
            house.till.blow = None
            house.kill()
            owner.rollback()
        house.back()
    return work


def under(house: House, fault: str, way, each: int, blow=None):
    """Some payments that go a way while a blow falls; `blow(sale)` makes it for the first of them."""
    house.till.ends, house.till.blow = "succeeded", None
    sales = [house.book() for _ in range(each)]
    if blow:
        with struck(house, blow(sales[0])):
            way(house, sales)
            house.finish(*sales)
    else:
        way(house, sales)
    house.finish(*sales)
    house.till.ends, house.till.blow = "succeeded", None
    return house.tally(fault, sales)


def kills(house: House, each: int):
    for way, nouns in CALLS.items():
        for noun in nouns:
            for moment in ("before", "done"):
                word = "asked" if moment == "before" else "done, not answered"
                yield under(house, f"{way.__name__}: killed at {noun}, {word}", way, each,
                            lambda _, n=noun, m=moment: kill_in_call(house, n, m))
    yield under(house, "good: killed at open, answered", good, each, lambda sale: kill_with_answer(house, sale))
    for way, steps in STEPS.items():
        for step in steps:
            yield under(house, f"{way.__name__}: killed in {step}", way, each,
                        lambda sale, s=step: kill_in_step(house, sale, s))
