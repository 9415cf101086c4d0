"""Ward killed in the middle of its work: a small storm here, a large one by `python Tests/System/chaos.py`."""

import chaos
import pytest

pytestmark = pytest.mark.alone


@pytest.mark.slow
def test_nothing_is_lost_when_postgresql_ends_under_two_nodes():
    """131, 26: two nodes, two kills, four blows against PostgreSQL: what was answered is there once, nothing is doubled
    or skipped, and Ward starts its PostgreSQL again and goes on by itself"""
    report = chaos.run(kills=2, writers=12, seed=3, postgres=4, nodes=2)
    print(f"\n{report}")
    assert report.troubles == []
    assert sum(report.blows.values()) == 6 and report.blows["immediate stop of PostgreSQL"] > 0
    assert report.count["answered"] > 100 and report.count["in doubt"] > 0 and report.count["steps"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_or_doubled_when_ward_is_killed(seed):
    """130, 131: 16 writers, three kills: what was answered is there once, what was not at most once, no step is skipped
    or doubled, events have no gap, every write has its audit row, and Ward is ready again within two seconds"""
    report = chaos.run(kills=3, writers=16, seed=seed)
    print(f"\n{report}")
    assert report.troubles == []
    assert max(report.ready_seconds) <= 2
    # Otherwise nothing was in flight, and this has shown nothing.
    assert report.count["answered"] > 100 and report.count["in doubt"] > 0 and report.count["steps"] > 0
