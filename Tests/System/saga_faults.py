#!/usr/bin/env python3
"""Payments under every fault: the node is killed at each step of the saga and at each moment of each call, the service
hangs, loses its answers, refuses, doubles, delays and reorders what it tells, and takes money when the hold is over.

    WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/saga_faults.py --each 5

`no place`: money that the service has for an appointment that is not firm; `no money`: a firm appointment whose money it
does not have. The exit status is 1 when there is a violation.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import saga_house
from saga_house import HEAD, House, is_call
from saga_kills import given_up, good, kills, under


def losing(house: House, noun: str, moment: str, times: int, seconds: float = 0):
    """A way on which the service says nothing so many times to each, at once or when Ward has given up."""
    def way(house, sales):
        left = [times * len(sales)]

        def blow(call, when):
            if is_call(call, noun) and when == moment and left[0] > 0:
                left[0] -= 1
                house.till.released.wait(seconds)
                return "lost"

        house.till.blow = blow
        (given_up if noun == "refund" else good)(house, sales)
    return way


def telling(order: tuple, at_once: bool = False):
    """A way on which the service takes the money and then tells so, in this order."""
    def way(house, sales):
        house.till.ends = "processing"
        house.pay(*sales)
        house.opened(*sales)
        for sale in sales:
            paid = house.till.succeed(sale.payment)
            told = {"paid": (paid, "payment_intent.succeeded"),
                    "failed": (paid | {"status": "requires_payment_method"}, "payment_intent.payment_failed")}
            with ThreadPoolExecutor(len(order) if at_once else 1) as pool:
                list(pool.map(lambda word: house.tell(*told[word]), order))
    return way


def overtaken(house: House, sales) -> None:
    """What the service tells comes before its answer."""
    def blow(call, when):
        if when == "done" and is_call(call, "confirm"):
            intent = house.till.intents[call.path.split("/")[3]]
            house.tell(dict(intent))

    house.till.blow = blow
    house.pay(*sales)


def never_told(house: House, sales) -> None:
    """Nobody tells anything: after half an hour, and five minutes at most, Ward asks."""
    house.till.ends = "processing"
    house.pay(*sales)
    house.opened(*sales)
    for each in sales:
        house.till.succeed(each.payment)
    house.later(36 * 60)


def given_up_in_the_call(house: House, sales) -> None:
    """The appointment is given up while the service takes the money."""
    by_payment = {each.payment: each for each in sales}

    def blow(call, when):
        if when == "before" and is_call(call, "confirm"):
            house.give_up(by_payment[house.till.intents[call.path.split("/")[3]]["metadata"]["payment"]])

    house.till.blow = blow
    house.pay(*sales)


def refused_by(answer):
    def way(house, sales):
        house.till.temper = lambda call: answer if is_call(call, "open" if answer[0] == 400 else "confirm") else None
        house.pay(*sales)
        house.finish(*sales)
        house.till.temper = None
    return way


def after_the_hold(house: House, each: int):
    """The service takes the money when the hold is over: that is told, or found out by asking."""
    for is_told in (True, False):
        house.till.ends = "processing"
        sales = [house.book(hold=600) for _ in range(each)]
        house.pay(*sales)
        house.opened(*sales)
        house.later(700)
        house.until(lambda: all(it.booked == "expired" for it in house.states(sales)), 60, "the holds are over")
        for sale in sales:
            intent = house.till.succeed(sale.payment)
            if is_told:
                house.tell(intent)
        if not is_told:
            house.later(36 * 60)
        house.finish(*sales)
        house.till.ends = "succeeded"
        yield house.tally(f"paid after the hold, {'told' if is_told else 'never told'}", sales)


def service(house: House, each: int):
    for noun in ("open", "confirm", "refund"):
        yield under(house, f"the answer to {noun} is lost twice", losing(house, noun, "done", 2), each)
        yield under(house, f"{noun} is not heard twice", losing(house, noun, "before", 2), each)
    yield under(house, "402 to confirm", refused_by((402, {"error": {"code": "card_declined"}})), each)
    yield under(house, "400 to open", refused_by((400, {"error": {"code": "resource_missing"}})), each)
    yield under(house, "given up while it is charged", given_up_in_the_call, each)
    yield from after_the_hold(house, each)


def hanging(house: House, each: int):
    for moment in ("before", "done"):
        yield under(house, f"confirm hangs 31 s, {'asked' if moment == 'before' else 'done'}",
                    losing(house, "confirm", moment, 1, 31), each)


def tellings(house: House, each: int):
    yield under(house, "told five times", telling(("paid",) * 5), each)
    yield under(house, "told five times at once", telling(("paid",) * 5, at_once=True), each)
    yield under(house, "told before the answer", overtaken, each)
    yield under(house, "never told", never_told, each)
    yield under(house, "failed, told after paid", telling(("paid", "failed")), each)
    yield under(house, "paid, told after failed", telling(("failed", "paid")), each)
    yield under(house, "failed and paid, told at once", telling(("failed", "paid") * 3, at_once=True), each)


PARTS = {"kills": kills, "service": service, "hanging": hanging, "tellings": tellings}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    parser.add_argument("--each", type=int, default=5, help="payments for each fault")
    chosen = parser.parse_args()
    began, violations, tried = time.monotonic(), 0, 0
    print(HEAD)
    with saga_house.house() as house:
        for part in chosen.only:
            for row in PARTS[part](house, chosen.each):
                print(row, flush=True)
                violations, tried = violations + row.violations, tried + row.tried
    print(f"{violations} violations of {tried} payments in {time.monotonic() - began:.0f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
