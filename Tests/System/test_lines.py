"""Waiting lines: numbers at a department's desk, and their holders who follow their place by a ticket."""

import base64
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import NOBODY, Api, own_ward, shift
from hospital import Ear


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


def join(api, code="ER", who="nurse") -> dict:
    return api.do(who, "POST", f"/departments/{api.department(code)}/line")


def line(api, code="ER") -> list[int]:
    return [each["number"] for each in api.do("nurse", "GET", f"/departments/{api.department(code)}/line?limit=100")]


def call_next(api, code="ER") -> dict:
    return api.do("doctor", "POST", f"/departments/{api.department(code)}/line/calls")


def empty(api, code="ER") -> None:
    while line(api, code):
        call_next(api, code)


def follower(ward, ticket: dict, transport="websocket") -> Ear:
    """Somebody who is not signed in, with a ticket."""
    ear = Ear(ward, "holder", transport).connect(None)
    assert ear.ask("track-queue", {"token": ticket["token"]}) == {"ok": True}
    return ear


def stands(ear: Ear, **wanted) -> None:
    ear.wait(lambda event, data: event == "queue:position" and data == wanted, 5, f"{wanted}")


def refusal(ward, token, transport="websocket") -> str:
    """Why a token does not open a room; the socket is closed behind it."""
    ear = Ear(ward, "nobody", transport)
    gone = threading.Event()
    ear.client.on("disconnect", lambda *_: gone.set())
    ear.connect(None)
    ear.client.emit("track-queue", {"token": token} if token is not ... else {})
    _, told = ear.wait(lambda event, _: event == "socket:error", 5, "the refusal")
    assert told["event"] == "track-queue" and told["error"]
    assert gone.wait(5), "the socket stayed open"
    return told["code"]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_ticket_is_followed(ward, api, transport):
    """154: who holds a ticket hears without signing in how he stands, each time that somebody before him goes, and no more"""
    empty(api)
    tickets = [join(api) for _ in range(4)]
    first = tickets[0]["number"]
    assert [(each["number"], each["position"]) for each in tickets] == [(first + n, n + 1) for n in range(4)]
    ears = [follower(ward, each, transport) for each in tickets]
    for place, ear in enumerate(ears):
        stands(ear, number=first + place, state="waiting", position=place + 1)
    called = call_next(api)
    assert (called["number"], called["state"]) == (first, "called") and called["calledAt"]
    gone = api.do("nurse", "DELETE", f"/line-entries/{tickets[2]['id']}")
    assert gone["state"] == "left"
    stands(ears[0], number=first, state="called", position=0)
    stands(ears[1], number=first + 1, state="waiting", position=1)
    stands(ears[2], number=first + 2, state="left", position=0)
    stands(ears[3], number=first + 3, state="waiting", position=2)
    # Numbers and one word: nothing else comes, and to nobody else.
    heard = [ear.take_all() for ear in ears]
    assert {name for messages in heard for name, _ in messages} == {"queue:position"}
    assert [[data["number"] for _, data in messages] for messages in heard] == [
        [first, first], [first + 1] * 2, [first + 2] * 3, [first + 3] * 3]
    assert line(api) == [first + 1, first + 3]
    for ear in ears:
        ear.close()


def test_the_log_tells_positions(ward, api):
    """154: what a holder hears is a row of the hospital's numbered log, in a room of his own"""
    empty(api, "ICU")
    tickets = [join(api, "ICU") for _ in range(3)]
    hospital = api.hospital()
    before = ward.sql("SELECT max(number) AS last FROM events WHERE hospital_id = %s", parameters=[hospital])[0].last
    call_next(api, "ICU")
    rows = ward.sql("SELECT rooms, payload::jsonb AS payload FROM events WHERE hospital_id = %s AND number > %s"
                    " AND name = 'queue:position' ORDER BY number", parameters=[hospital, before])
    icu = api.department("ICU")
    assert [row.rooms for row in rows] == [f"hospital:{hospital}:line:{icu}:{each['id']}" for each in tickets]
    assert [row.payload["position"] for row in rows] == [0, 1, 2]
    assert all(set(row.payload) == {"number", "state", "position"} for row in rows)


def test_a_ticket_opens_nothing_else(ward, api):
    """154: the holder of a ticket is nobody: no subscription, no second ticket, no list; a person uses a line of its own"""
    mine, other = join(api), join(api)
    ear = follower(ward, mine)
    for event in ("subscribe:alerts", "subscribe:queues"):
        assert ear.ask(event, {"hospitalId": api.hospital()})["code"] == "UNAUTHORIZED"
    ear.take_all()
    api.raise_alert(3, "nurse")
    api.do("nurse", "DELETE", f"/line-entries/{mine['id']}")
    stands(ear, number=mine["number"], state="left", position=0)
    assert {name for name, _ in ear.take_all()} == {"queue:position"}
    shown = api.do("admin", "GET", "/connections?limit=100")
    assert all(each["userId"] in {api.user("admin"), api.user("nurse")} for each in shown)
    assert ear.ask("track-queue", {"token": other["token"]})["code"] == "FORBIDDEN"
    person = Ear(ward, "nurse").connect(api.token("nurse"))
    assert person.ask("track-queue", {"token": other["token"]})["code"] == "FORBIDDEN"
    assert person.ask("subscribe:alerts", {"hospitalId": api.hospital()}) == {"ok": True}
    assert api.ward.call("GET", "/api/v1/session", other["token"]).status_code == 401
    person.close()


def test_leaving_and_coming_back(ward, api):
    """154: who stops hears no more; who comes back asks again and is told how he stands by then"""
    empty(api)
    first, second, third = (join(api) for _ in range(3))
    ear = follower(ward, third)
    assert ear.ask("untrack-queue", None) == {"ok": True}
    ear.take_all()
    other = follower(ward, second)
    call_next(api)
    stands(other, number=second["number"], state="waiting", position=1)
    assert ear.take_all() == []
    assert ear.ask("track-queue", {"token": third["token"]}) == {"ok": True}
    stands(ear, number=third["number"], state="waiting", position=2)
    ear.close()
    call_next(api)
    again = follower(ward, third)
    stands(again, number=third["number"], state="waiting", position=1)
    again.close()
    other.close()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_what_is_no_ticket(ward, api, transport):
    """154: an altered, cut, foreign or old token is refused with its reason and closed"""
    ticket = join(api)
    raw = bytearray(base64.urlsafe_b64decode(ticket["token"] + "=" * (-len(ticket["token"]) % 4)))
    wrong = []
    # One bit each in the hospital, the line, the entry, the time and the signature.
    for position in (0, 17, 40, 51, len(raw) - 1):
        raw[position] ^= 1
        wrong.append(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="))
        raw[position] ^= 1
    wrong += [ticket["token"][:-4], ticket["token"] + "AAAA", "", "x", api.token("nurse"), "ü" * 50]
    assert [refusal(ward, each, transport) for each in wrong] == ["INVALID_TOKEN"] * len(wrong)
    assert [refusal(ward, each, transport) for each in (..., 7, None, {})] == ["BAD_REQUEST"] * 4


def test_the_desk(ward, api):
    """154: numbers count in each line for itself; the desk refuses what makes no sense, and two calls never call one person"""
    empty(api, "ICU")
    er, icu = join(api), join(api, "ICU")
    assert er["position"] >= 1 and icu["position"] == 1
    call_next(api, "ICU")
    assert_refused(api.call("nurse", "POST", f"/departments/{api.department('ICU')}/line/calls"), 409)
    assert_refused(api.call("nurse", "DELETE", f"/line-entries/{icu['id']}"), 409)
    for path in (f"/departments/{NOBODY}/line", f"/departments/{NOBODY}/line/calls"):
        assert_refused(api.call("nurse", "POST", path), 404)
    assert_refused(api.call("other nurse", "POST", f"/departments/{api.department('ICU')}/line"), 404)
    assert_refused(api.call("other nurse", "DELETE", f"/line-entries/{er['id']}"), 404)
    assert_refused(api.call("patient", "POST", f"/departments/{api.department('ICU')}/line"), 403)
    assert_refused(api.call("operator", "GET", f"/departments/{api.department('ICU')}/line"), 403)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: join(api, "ICU")["number"], range(16)))
        called = list(pool.map(lambda _: call_next(api, "ICU")["number"], range(16)))
    assert sorted(numbers) == sorted(called) == list(range(min(numbers), min(numbers) + 16))
    assert line(api, "ICU") == []


def test_a_line_is_bounded(ward, api):
    """154: the two hundred and first who would wait in one line is told that it is full"""
    empty(api, "CARD")
    ward.sql("INSERT INTO line_entries (hospital_id, id, department_id, number, expires_at)"
             " SELECT %s, gen_random_uuid(), %s, n, ward.now() + interval '12 hours' FROM generate_series(1, 200) n"
             " RETURNING 1", "admin", parameters=[api.hospital(), api.department("CARD")])
    assert_refused(api.call("nurse", "POST", f"/departments/{api.department('CARD')}/line"), 409)
    assert call_next(api, "CARD")["state"] == "called"
    assert join(api, "CARD")["position"] == 200


def test_a_ticket_ends(ward, api):
    """154: after twelve hours a number counts no more, and its ticket opens nothing"""
    empty(api)
    ticket = join(api)
    shift(ward, 12 * 3600 - 60)
    follower(ward, ticket).close()
    shift(ward, 61)
    assert refusal(ward, ticket["token"]) == "TOKEN_EXPIRED"
    api.forget()
    assert ticket["number"] not in line(api)
