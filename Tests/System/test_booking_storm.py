"""A small storm of bookings; the large one is booking_storm.py."""

import booking_storm
import pytest


@pytest.mark.parametrize(("racers", "rounds", "capacity"), [(50, 3, 1), (30, 2, 3)])
def test_one_winner_each(racers, rounds, capacity):
    """174: of many who book overlapping times at once on two nodes as many win as there are seats; all others are told 409"""
    with booking_storm.two_nodes() as (api, urls):
        found = list(booking_storm.storm(api, urls, racers, rounds, capacity))
    assert len(found) == rounds
    for each in found:
        assert each.statuses == {201: capacity, 409: racers - capacity}, each.line()
        assert (each.appointments, each.seats, each.deadlocks) == (capacity, capacity, 0), each.line()
