"""Sockets and streams from outside: who gets in, who hears what, and what a client that was away is told."""

import json
import threading
import time

import pytest
import requests
from hospital import Ear, Hospital, hospital, label, people  # noqa: F401 (fixtures are found by name)
from ward_process import WardProcess, free_port, wait_for


def test_sockets_have_a_port_of_their_own(ward_factory):
    """139: --socket-port takes sockets, and nothing else"""
    port = free_port()
    ward = ward_factory(arguments=["--socket-port", str(port)])
    place = Hospital(ward)
    own = f"http://127.0.0.1:{port}"
    for transport in ("websocket", "polling"):
        place.listen("nurse", transport, subscribe=True, url=own)
    alert = place.raise_alert(3)
    for ear in place.ears:
        assert ear.wait(lambda event, _: event == "alert:new", 5, "the alert")[1] == alert
    assert requests.get(f"{own}/api/v1/alerts", timeout=5).status_code == 404
    for ear in place.ears:
        ear.close()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_token_opens_the_rooms_of_its_person(hospital, transport):
    """140: after `auth {token}` a socket hears what is for the person and for the hospital"""
    ear = Ear(hospital.ward, "nurse", transport).connect(None)
    hospital.ears.append(ear)
    assert ear.ask("subscribe:alerts", {"hospitalId": hospital.id})["code"] == "UNAUTHORIZED"
    ear.client.emit("auth", {"token": hospital.token("nurse")})
    _, told = ear.wait(lambda event, _: event == "auth:success", 5, "the welcome")
    assert told == {"userId": hospital.user("nurse")}
    ear.take_all()
    hospital.raise_alert(3)
    hospital.settle()
    assert [label(*message) for message in ear.take_all()] == [
        "alert:new", "notification:new alert_created 1", "staff:duty_changed"]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_wrong_token_is_told_and_closed(hospital, transport):
    """140: an invalid token is refused by event as well as at the handshake, and the socket is closed"""
    ear = Ear(hospital.ward, "nobody", transport)
    gone = threading.Event()
    ear.client.on("disconnect", lambda *_: gone.set())
    ear.connect(None)
    ear.client.emit("auth", {"token": "ws_" + "A" * 43})
    _, told = ear.wait(lambda event, _: event == "auth:error", 5, "the refusal")
    assert told["code"] == "UNAUTHORIZED"
    assert gone.wait(5), "the socket stayed open"

    late = Ear(hospital.ward, "nobody", transport)
    refused, why = threading.Event(), []
    late.client.on("connect_error", lambda data: (why.append(data), refused.set()))
    # Not waiting here: told and closed in one answer to a poll, python-engineio's own threads may wait for each other.
    late.client.connect(late.url, auth={"token": "nonsense"}, transports=[transport], wait=False)
    assert refused.wait(5), "nothing was said"
    assert why[0]["data"]["code"] == "UNAUTHORIZED"
    wait_for(lambda: late.client.eio.state == "disconnected", 5, "the socket is closed")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_another_hospitals_alerts_are_refused(hospital, transport):
    """141: subscribing is for the own hospital; another one, and a person without the permission, are refused"""
    ear = hospital.listen("nurse", transport)
    assert ear.ask("subscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
    refused = ear.ask("subscribe:alerts", {"hospitalId": hospital.other_id})
    assert (refused["ok"], refused["code"]) == (False, "FORBIDDEN")
    ear.client.emit("subscribe:alerts", {"hospitalId": hospital.other_id})
    _, told = ear.wait(lambda event, _: event == "subscribe:error", 5, "the refusal")
    assert told["code"] == "FORBIDDEN"
    for nonsense in (None, {}, {"hospitalId": 7}, {"hospitalId": "x"}, [], "x"):
        assert ear.ask("subscribe:alerts", nonsense)["code"] == "BAD_REQUEST"
    ear.take_all()
    patient = hospital.listen("patient", transport)
    assert patient.ask("subscribe:alerts", {"hospitalId": hospital.id})["code"] == "FORBIDDEN"
    there = hospital.do("other admin", "POST", "/alerts",
                        {"roomNumber": "1", "alertType": "medical", "urgencyLevel": 1})
    hospital.hears({})
    hospital.cancel(there, "other admin")


def test_a_subscriber_gets_the_whole_alert_once(hospital):
    """142, 143: a person with three sockets, two of them subscribed twice, hears everything once on each"""
    for transport in ("websocket", "polling", "websocket"):
        hospital.listen("nurse", transport, subscribe=True)
    hospital.ears[0].ask("subscribe:alerts", {"hospitalId": hospital.id})
    alert = hospital.raise_alert(2)
    answered = hospital.acknowledge(alert)
    ended = hospital.resolve(alert)
    hospital.settle()
    for ear in hospital.ears:
        heard = [message for message in ear.take_all() if message[0].startswith("alert:")]
        assert heard == [("alert:new", alert), ("alert:updated", answered), ("alert:updated", ended)]


def test_a_room_is_exactly_its_members(hospital):
    """145: department, hospital and person: each message reaches those it is for and nobody else"""
    for who in ("operator", "nurse", "doctor", "other nurse", "other admin"):
        hospital.listen(who, subscribe=True)
    for who in ("head", "patient"):
        hospital.listen(who)
    everybody = ["alert:new"]
    hospital.raise_alert(2, departmentId=hospital.department("ER"))
    hospital.hears({
        "operator": everybody, "doctor": everybody, "nurse": ["alert:new", "notification:new alert_created 1"]})
    # Not the nurse's department: she does not hear of it, and the doctor is its first tier.
    hospital.raise_alert(2, departmentId=hospital.department("ICU"))
    hospital.hears({"operator": everybody, "doctor": ["alert:new", "notification:new alert_created 2"]})
    hospital.on_duty("head", False)
    hospital.hears({who: ["staff:duty_changed"] for who in ("operator", "nurse", "doctor", "head", "patient")})
    hospital.do("other admin", "PUT", "/duty", {"isOnDuty": hospital.operator_on_duty})
    hospital.heard()
    # Leaving the room ends it.
    ear = hospital.ears[0]
    assert ear.ask("unsubscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
    hospital.raise_alert(2)
    hospital.hears({"doctor": everybody, "nurse": ["alert:new", "notification:new alert_created 1"]})


def test_a_right_that_ends_takes_its_rooms_away(hospital):
    """141, 145: within a second of losing department or membership a socket no longer hears what it may not"""
    move = "UPDATE memberships SET {} WHERE hospital_id = %s AND user_id = %s"
    own = [hospital.id, hospital.user("nurse")]
    er, icu = hospital.department("ER"), hospital.department("ICU")
    hospital.listen("operator", subscribe=True)
    nurse = hospital.listen("nurse", subscribe=True)

    def nurse_hears() -> list:
        """Whatever has reached her by now; Ward may also have sent her away to subscribe anew."""
        hospital.settle()
        if nurse.client.connected:
            nurse.ask("subscribe:alerts", {})  # The answer stands behind everything else.
        return [message for message in nurse.take_all() if message[0].startswith("alert:")]

    hospital.ears.remove(nurse)
    try:
        hospital.raise_alert(2, departmentId=er)
        assert len(nurse_hears()) == 1
        # To another department: what is said in the old one is not for her any more.
        hospital.ward.sql(move.format("department_id = %s"), parameters=[icu, *own])
        time.sleep(1)  # What is promised.
        hospital.raise_alert(2, departmentId=er)
        assert nurse_hears() == []
        nurse.close()
        nurse = Ear(hospital.ward, "nurse").connect(hospital.token("nurse"))
        assert nurse.ask("subscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
        hospital.raise_alert(2, departmentId=icu)
        assert len(nurse_hears()) == 1
        # Out of the hospital, while she still works in another one.
        hospital.ward.sql(
            "INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')",
            parameters=[hospital.other_id, own[1]])
        hospital.ward.sql(move.format("is_active = false"), parameters=own)
        time.sleep(1)
        hospital.raise_alert(2, departmentId=icu)
        assert nurse_hears() == []
    finally:
        hospital.ward.sql(move.format("is_active = true, department_id = %s"), parameters=[er, *own])
        hospital.ward.sql(
            "DELETE FROM memberships WHERE hospital_id = %s AND user_id = %s", parameters=[hospital.other_id, own[1]])
        nurse.close()


def test_an_alert_that_moves_is_told_to_both_departments(hospital):
    """143: who had it on the board hears that it is another department's now"""
    hospital.listen("nurse", subscribe=True)
    alert = hospital.raise_alert(2, departmentId=hospital.department("ER"))
    hospital.heard()
    change = {"version": 1, "departmentId": hospital.department("ICU")}
    hospital.do("operator", "PATCH", f"/alerts/{alert['id']}", change)
    hospital.hears({"nurse": ["alert:updated active"]})


def test_the_heartbeat_is_the_promised_one(hospital):
    """146: the open packet promises a ping every 25 s and 60 s of patience"""
    packet = requests.get(f"{hospital.ward.url}/socket.io/?EIO=4&transport=polling", timeout=5).text
    opened = json.loads(packet[1:])
    assert packet[0] == "0" and (opened["pingInterval"], opened["pingTimeout"]) == (25000, 60000)


class Stream:
    """One connection to /api/v1/events, read by a thread of its own."""

    def __init__(self, ward: WardProcess, token: str, last_event_id=None):
        headers = {"Authorization": f"Bearer {token}"}
        if last_event_id is not None:
            headers["Last-Event-ID"] = str(last_event_id)
        self.answer = requests.get(f"{ward.url}/api/v1/events", headers=headers, stream=True, timeout=(5, 30))
        assert self.answer.status_code == 200, self.answer.text
        assert self.answer.headers["Content-Type"].startswith("text/event-stream")
        self.events: list[tuple] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        fields = {}
        try:
            for line in self.answer.iter_lines(chunk_size=1, decode_unicode=True):
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.strip()
                elif fields.get("event"):
                    number = int(fields["id"]) if "id" in fields else None
                    self.events.append((number, fields["event"], json.loads(fields["data"])))
                    fields = {}
        except (requests.RequestException, AttributeError, ValueError):
            pass  # The test has closed the line.

    def wait(self, count: int, seconds: float = 5) -> list[tuple]:
        wait_for(lambda: len(self.events) >= count, seconds, lambda: f"{count} events, but {self.events}")
        return list(self.events)

    def number_of(self, alert: dict, seconds: float = 5) -> int:
        """The number of the event that announced the alert."""
        found = lambda: [number for number, event, data in self.events if (event, data) == ("alert:new", alert)]
        return wait_for(found, seconds, lambda: f"the alert, but {self.events}")[0]

    def close(self):
        self.answer.raw._fp.fp.raw._sock.shutdown(2) if self.answer.raw._fp.fp else None
        self.answer.close()
        self.reader.join(5)


def test_a_stream_goes_on_where_it_broke_off(hospital):
    """148: a client that comes back with its Last-Event-ID is told exactly what it missed, with the same numbers"""
    first = Stream(hospital.ward, hospital.token("doctor"))
    whole = Stream(hospital.ward, hospital.token("doctor"))
    seen = [hospital.raise_alert(1)]
    last = first.number_of(seen[0])
    first.close()
    seen += [hospital.raise_alert(1) for _ in range(5)]
    hospital.acknowledge(seen[0])
    again = Stream(hospital.ward, hospital.token("doctor"), last_event_id=last)
    seen += [hospital.raise_alert(1) for _ in range(2)]
    for stream in (whole, again):
        stream.number_of(seen[-1])
    # What the tests before have left may still have been on its way when the stream began.
    everything = [event for event in whole.events if event[1] != "hello" and event[0] >= last]
    assert [event[1] for event in everything] == ["alert:new"] * 6 + ["alert:updated"] + ["alert:new"] * 2
    assert [event[2]["id"] for event in everything if event[1] == "alert:new"] == [alert["id"] for alert in seen]
    hello, *missed = again.events
    assert (hello[1], hello[2]["number"]) == ("hello", last)
    assert missed == everything[1:]
    numbers = [event[0] for event in everything]
    assert numbers == sorted(set(numbers))
    for stream in (whole, again):
        stream.close()


def test_a_stream_survives_a_crash_of_the_server(hospital):
    """148: what was said while the client was away and Ward was killed is still told"""
    ward = hospital.ward
    stream = Stream(ward, hospital.token("doctor"))
    alert = hospital.raise_alert(5)
    last = stream.number_of(alert)
    ward.kill9()
    stream.reader.join(5)
    hospital.shift_to(alert, 5, seconds=1)
    ward.start()
    again = Stream(ward, hospital.token("doctor"), last_event_id=last)
    told = again.wait(3)
    # Between the two stands the nurse's own notice, so the numbers of one person have gaps and no repeats.
    assert [label(event, data) for _, event, data in told] == [
        "hello", "alert:escalated 2", "notification:new alert_escalated 2"]
    assert last < told[1][0] < told[2][0]
    again.close()


def test_a_number_that_cannot_be_told_is_answered_with_reset(hospital):
    """148: a number beyond the newest, or one whose followers were forgotten, is answered with `reset`"""
    hospital.raise_alert(1)
    head = hospital.ward.sql("SELECT last_number FROM event_counters WHERE hospital_id = %s",
                             parameters=[hospital.id])[0][0]
    beyond = Stream(hospital.ward, hospital.token("doctor"), last_event_id=head + 1000)
    told = beyond.wait(2)
    assert (told[1][1], told[1][2]) == ("reset", {"number": told[1][0]}) and told[1][0] >= head
    alert = hospital.raise_alert(1)
    assert beyond.wait(3)[2][2] == alert
    hospital.ward.sql("DELETE FROM events WHERE hospital_id = %s AND number <= %s", parameters=[hospital.id, head])
    old = Stream(hospital.ward, hospital.token("doctor"), last_event_id=0)
    assert old.wait(2)[1][1] == "reset"
    for bad in ("-1", "x", "1.5", "9" * 30):
        answer = hospital.ward.call(
            "GET", "/api/v1/events", hospital.token("doctor"), headers={"Last-Event-ID": bad})
        assert answer.status_code == 400, bad
    for stream in (beyond, old):
        stream.close()


def test_a_socket_that_comes_back_is_told_what_it_missed(hospital):
    """148: connection-state recovery: the private id and the last offset bring the missed events and the rooms back"""
    # python-socketio does not take part in recovery, so this speaks the protocol itself, by polling.
    line = RawPolling(hospital.ward)
    hello = line.open({"token": hospital.token("doctor"), "recovery": True})
    line.send(f'42{json.dumps(["subscribe:alerts", {"hospitalId": hospital.id}])}')
    alert = hospital.raise_alert(1)
    message = line.until(lambda packet: packet.startswith('42["alert:new"'))
    name, data, offset = json.loads(message[2:])
    assert data == alert
    # The line is dead, which only the client has noticed so far.
    missed = [hospital.raise_alert(1) for _ in range(3)]
    again = RawPolling(hospital.ward)
    back = again.open({"token": hospital.token("doctor"), "pid": hello["pid"], "offset": offset})
    assert (back["sid"], back["pid"]) == (hello["sid"], hello["pid"])
    missed.append(hospital.raise_alert(1))
    told = []
    while len(told) < 4:
        told.append(json.loads(again.until(lambda packet: packet.startswith('42["alert:new"'))[2:]))
    assert [data for _, data, _ in told] == missed
    assert len({offset for _, _, offset in told}) == 4
    again.send("1")  # Goodbye.


class RawPolling:
    """Engine.IO 4 by hand: one packet at a time."""

    def __init__(self, ward: WardProcess):
        self.address = f"{ward.url}/socket.io/?EIO=4&transport=polling"
        self.waiting: list[str] = []

    def open(self, auth: dict) -> dict:
        sid = json.loads(requests.get(self.address, timeout=5).text[1:])["sid"]
        self.address += f"&sid={sid}"
        self.send("40" + json.dumps(auth))
        return json.loads(self.until(lambda packet: packet.startswith("40"))[2:])

    def send(self, packet: str) -> None:
        assert requests.post(self.address, data=packet.encode(), timeout=5).text == "ok"

    def until(self, accept, seconds: float = 5) -> str:
        deadline = time.monotonic() + seconds
        while True:
            while self.waiting:
                packet = self.waiting.pop(0)
                if accept(packet):
                    return packet
            assert time.monotonic() < deadline, "the packet did not come"
            self.waiting += requests.get(self.address, timeout=5).text.split("\x1e")
