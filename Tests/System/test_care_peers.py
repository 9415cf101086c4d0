"""The small copy of care_peers.py: Ward beside recurring-ical-events, icalendar and localstripe as they come."""

import random

import care_peers
import pytest
from api_support import Api, own_ward
from pay_peers import local_stripe


@pytest.fixture(scope="module")
def sides():
    with local_stripe() as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        service.tells(f"{ward.url}/payment-callbacks/stripe")
        yield Api(ward), service


def compared(name: str, counts: dict[str, int], **wanted: int) -> None:
    print(care_peers.line(name, counts))
    assert counts["differences"] == 0 and {key: counts[key] for key in wanted} == wanted


def test_rules_are_read_as_others_read_them(sides):
    """186: the same rules come at the same times by recurring-ical-events, also when clocks change"""
    counts = care_peers.recurrences(sides[0], 24, random.Random(2026))
    compared("recurring-ical-events", counts, rules=24)
    assert counts["times"] > 48


def test_calendars_are_read_by_others(sides):
    """184: icalendar reads of each appointment what Ward has, after moves and cancellations"""
    compared("icalendar", care_peers.calendars(sides[0], 24, random.Random(2026)), moved=8, cancelled=8)


def test_money_is_where_the_service_has_it(sides):
    """202, 207: each payment is at localstripe what it is here, and there is none besides"""
    api, service = sides
    compared("localstripe", care_peers.charges(api, service, 8, random.Random(2026)), charged=4, declined=2, refunded=2)
