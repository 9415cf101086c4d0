"""A whole hospital is rung up while many mails wait: the small copy of storm.py, without its clock."""

import pytest
from storm import WRONG, show, storm

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("channel", ["push", "sms"])
def test_everybody_is_told_once_past_waiting_mails(channel):
    """156, 159: one alert of urgency 5 reaches sixty people once each, all of them at the provider before the five hundred
    less urgent mails that waited before it have gone out"""
    found = storm(60, 500, channel)
    print(show(found))
    assert not any(found[each] for each in WRONG), found
    assert found["mails waiting"] > 100, "the alert waited behind mails"
    if channel == "push":
        assert found["requests"] < 60 and 1 < found["most in a request"] <= 100, "pushes travel together"
