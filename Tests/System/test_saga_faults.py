"""The small copy of saga_faults.py: no money without an appointment, no firm appointment without money."""

import pytest
import saga_house
from saga_faults import given_up_in_the_call, overtaken, telling
from saga_kills import given_up, good, kill_in_call, kill_in_step, late_money, too_late, under


@pytest.fixture(scope="module")
def house():
    with saga_house.house() as made:
        yield made


def sound(row) -> None:
    print(row)
    assert row.violations == 0, f"{saga_house.HEAD}\n{row}"


@pytest.mark.parametrize(("way", "step"), [(good, "confirm"), (too_late, "release_slot"), (given_up, "refund")])
def test_killed_in_a_step(house, way, step):
    """205, 206: a node that is killed in the middle of a step leaves nothing of it, and the next node takes it, and all that
    follow; money and appointments fit each other in the end"""
    sound(under(house, f"killed in {step}", way, 2, lambda sale: kill_in_step(house, sale, step)))


@pytest.mark.parametrize(("way", "call"), [(good, "confirm"), (late_money, "refund")])
def test_killed_in_a_call(house, way, call):
    """204, 206: a node that is killed when the service has done what it asked for charges or refunds nobody twice"""
    sound(under(house, f"killed at {call}", way, 2, lambda _: kill_in_call(house, call, "done")))


@pytest.mark.parametrize("way", [overtaken, given_up_in_the_call, telling(("failed", "paid") * 2, at_once=True)],
                         ids=["before the answer", "given up meanwhile", "failed and paid at once"])
def test_what_comes_in_another_order(house, way):
    """205, 208: what the service tells before its answer, of two ends at once, or when the appointment is given up meanwhile:
    what was paid is firm or goes back"""
    sound(under(house, "another order", way, 2))
