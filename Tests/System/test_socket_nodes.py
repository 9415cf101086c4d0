"""A browser whose node is gone gets its socket back at another one."""

import json

import pytest
from hospital import Hospital
from test_streams import RawPolling
from test_two_nodes import nodes  # noqa: F401 (a fixture)

NEW = '42["alert:new"'


@pytest.fixture
def place(nodes):  # noqa: F811
    return Hospital(nodes[0])


def told(line: RawPolling, count: int) -> list[tuple[dict, str]]:
    """The next new alerts, each with its offset."""
    heard = []
    while len(heard) < count:
        _, data, offset = json.loads(line.until(lambda packet: packet.startswith(NEW))[2:])
        heard.append((data, offset))
    return heard


def subscribed(ward, place: Hospital, who: str, event: str = "subscribe:alerts") -> tuple[RawPolling, dict]:
    line = RawPolling(ward)
    hello = line.open({"token": place.token(who), "recovery": True})
    line.send(f'421{json.dumps([event, {"hospitalId": place.id}])}')
    line.until(lambda packet: packet == '431[{"ok":true}]')
    return line, hello


def back(ward, place: Hospital, who: str, pid: str, offset: str) -> tuple[RawPolling, dict]:
    line = RawPolling(ward)
    return line, line.open({"token": place.token(who), "pid": pid, "offset": offset})


def test_a_socket_comes_back_at_another_node(nodes, place):  # noqa: F811
    """148, 151: a socket of a killed node is itself again at the other one: rooms and missed events, once, in order"""
    first, second = nodes
    line, hello = subscribed(second, place, "doctor")
    alerts = [place.raise_alert(1) for _ in range(3)]
    heard = told(line, 3)
    assert [alert for alert, _ in heard] == alerts
    second.kill9()
    missed = [place.raise_alert(1) for _ in range(5)]
    # From the second of the three: the third never reached the client.
    again, answer = back(first, place, "doctor", hello["pid"], heard[1][1])
    assert (answer["sid"], answer["pid"]) == (hello["sid"], hello["pid"])
    missed.append(place.raise_alert(1))
    heard = told(again, 7)
    assert [alert for alert, _ in heard] == alerts[2:] + missed
    # And back to the first node, which has been away and knows nothing of it.
    second.start()
    missed = [place.raise_alert(1) for _ in range(2)]
    third, answer = back(second, place, "doctor", hello["pid"], heard[-1][1])
    assert (answer["sid"], answer["pid"]) == (hello["sid"], hello["pid"])
    assert [alert for alert, _ in told(third, 2)] == missed
    last = place.raise_alert(1)
    assert told(third, 1)[0][0] == last, "nothing came twice"


def test_a_socket_that_moves_in_haste_hears_all_once(nodes, place):  # noqa: F811
    """148, 151: sent to and fro between nodes with the newest offset at once, a socket hears each event exactly once"""
    line, hello = subscribed(nodes[0], place, "doctor")
    alerts, heard = [place.raise_alert(1)], told(line, 1)
    for n in range(12):
        # The other node may not have heard yet of the event whose offset the client already has.
        alerts += [place.raise_alert(1), place.raise_alert(1)]
        heard += told(line, 1)
        line, answer = back(nodes[(n + 1) % 2], place, "doctor", hello["pid"], heard[-1][1])
        assert answer == hello
        heard += told(line, 1)
    assert [alert for alert, _ in heard] == alerts
    numbers = [int(offset.split(":")[1]) for _, offset in heard]
    assert numbers == sorted(set(numbers))


def test_rights_are_looked_at_again_at_the_other_node(nodes, place):  # noqa: F811
    """145, 148: coming back at another node with another department, a socket hears what it may hear now, no more"""
    first, second = nodes
    line, hello = subscribed(second, place, "nurse")
    er, icu = place.department("ER"), place.department("ICU")
    known = place.raise_alert(1, departmentId=er)
    (alert, offset), = told(line, 1)
    assert alert == known
    second.kill9()
    first.sql("UPDATE memberships SET department_id = %s WHERE hospital_id = %s AND user_id = %s",
              parameters=[icu, place.id, place.user("nurse")])
    place.raise_alert(1, departmentId=er)
    mine = place.raise_alert(1, departmentId=icu)
    again, answer = back(first, place, "nurse", hello["pid"], offset)
    assert answer == hello
    place.raise_alert(1, departmentId=er)
    last = place.raise_alert(1, departmentId=icu)
    assert [each for each, _ in told(again, 2)] == [mine, last]
    second.start()


def test_only_its_person_gets_a_socket_back(nodes, place):  # noqa: F811
    """148: somebody else's private id, an unknown one, one that ended and an ended session start afresh or not at all"""
    first, second = nodes
    line, hello = subscribed(second, place, "doctor")
    place.raise_alert(1)
    (_, offset), = told(line, 1)
    for who, pid in (("nurse", hello["pid"]), ("doctor", "A" * 20), ("doctor", "x"), ("doctor", "\u0000" * 20)):
        _, answer = back(first, place, who, pid, offset)
        assert answer["pid"] != pid and answer["sid"] != hello["sid"], (who, pid)
    # What it left it does not get back.
    line.send(f'422{json.dumps(["unsubscribe:alerts", {"hospitalId": place.id}])}')
    line.until(lambda packet: packet == '432[{"ok":true}]')
    again, answer = back(first, place, "doctor", hello["pid"], offset)
    assert answer == hello
    place.raise_alert(1)
    place.on_duty("operator", True)
    heard = []
    again.until(lambda packet: heard.append(packet) or packet.startswith('42["staff:duty_changed"'))
    assert not [packet for packet in heard if packet.startswith(NEW)]
    # A session that is over opens nothing.
    token = first.sign_in("doctor@demo.ward")
    assert first.call("DELETE", "/api/v1/session", token).status_code == 200
    closed = RawPolling(first)
    with pytest.raises(AssertionError):
        closed.open({"token": token, "pid": hello["pid"], "offset": offset})
