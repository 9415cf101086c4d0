"""Bytes that mean harm: each gets one answer or the end of its connection, and Ward lives on. hostile.py runs the same
list for longer, with slow clients, and measures what others feel."""

import pytest
from hostile import FRAMES, ODD, SMUGGLING, close_code, odd, one_answer, payload_bombs, polling_abuse, resident_mib

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def target(ward):
    """A Ward that is the same process before and after, and not much larger."""
    pid, before = ward.process.pid, resident_mib(ward.process.pid)
    yield ward
    assert ward.process.poll() is None and ward.process.pid == pid
    assert ward.call("GET", "/health").status_code == 200
    assert resident_mib(pid) - before < 256, "memory grew without bound"


@pytest.mark.parametrize("name", SMUGGLING)
def test_smuggling_gets_one_answer_and_the_end(target, name):
    """a request that two readers could understand differently is refused once, and its connection ends"""
    assert one_answer(target.url, SMUGGLING[name], ends=True) is None


@pytest.mark.parametrize("name", ODD)
def test_odd_requests_get_one_answer(target, name):
    """an odd request that can be understood in one way only gets one answer"""
    assert one_answer(target.url, odd(name), ends=False) is None


@pytest.mark.parametrize("name", FRAMES)
def test_hostile_frames_close_with_their_code(target, name):
    """147: a WebSocket that breaks the protocol, floods or is too large is closed with the code that says so"""
    data, codes = FRAMES[name]
    code = close_code(target.url, data)
    assert code in codes


def test_payload_bombs_are_refused(target):
    """147: payloads of a million packets, of depth, of bad UTF-8 are refused by status, without a fault"""
    assert payload_bombs(target.url) == []


def test_sessions_of_nobody_are_bounded(ward_factory):
    """147: sockets on which nobody has signed in are bounded by address, so that others still get in"""
    ward = ward_factory()
    assert polling_abuse(ward.url) == []
