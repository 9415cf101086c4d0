"""The small copies of fault_soak.py: nothing is lost, doubled or wrong, whatever fails beside Ward."""

import pytest
from api_support import own_ward
from cache_faults import answers_row, cache_house, limit_row
from cache_mix import Mix
from job_faults import sleeper_row
from mail_faults import TEMPERS, mail_house

pytestmark = pytest.mark.alone


def sound(row) -> None:
    print(row)
    assert row.violations == 0, str(row)


@pytest.fixture(scope="module")
def mail():
    with mail_house() as house:
        yield house


@pytest.mark.parametrize("temper", TEMPERS)
def test_a_failing_mail_server_loses_nothing_and_holds_up_no_alert(mail, temper):
    """30, 157, 158: a mail server hangs, refuses or dies with the letter: each letter arrives, a second copy is the same
    letter under the same Message-ID, an address that is refused is given up, and alerts reach the device meanwhile"""
    sound(mail.run(temper, letters=4, limit=10))


@pytest.fixture(scope="module")
def cache():
    with cache_house() as house:
        yield house


def test_a_slow_redis_makes_no_wrong_answer(cache):
    """239: every answer of Redis comes five seconds late: no answer of Ward is wrong, and none waits for it"""
    mix = Mix(*cache.nodes)
    mix.run(1)
    sound(answers_row(cache, "slowed by 5 s", mix, mix.run(2), 3))
    assert cache.proxy.late, "nothing was late"


def test_limits_hold_beside_a_slow_redis():
    """247: Redis answers five seconds late in the middle of a window: at most one sign-in more than the limit passes"""
    with cache_house(limits=True) as house:
        sound(limit_row(house, "slowed by 5 s", "head@demo.ward"))


def test_a_node_that_sleeps_in_its_transactions_is_overtaken():
    """225, 285: a worker stands still in the middle of its work and its transactions: their locks fall, others do the jobs,
    each effect is there once, and what the sleeper says when it wakes changes no row"""
    with own_ward() as ward:
        sound(sleeper_row(ward, 100))
