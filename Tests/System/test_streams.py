"""Being away and coming back: what a stream or a socket that broke off is told."""

import json
import threading

import requests
from hospital import label
from ward_process import WardProcess, lived, wait_for


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
            for line in self.answer.iter_lines(chunk_size=None, decode_unicode=True):
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
    with_news = Stream(hospital.ward, hospital.token("doctor"))
    head = with_news.number_of(hospital.raise_alert(1))  # the process has heard of everything up to here, and tells on
    with_news.close()
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
        deadline = lived() + seconds
        while True:
            while self.waiting:
                packet = self.waiting.pop(0)
                if accept(packet):
                    return packet
            assert lived() < deadline, "the packet did not come"
            self.waiting += requests.get(self.address, timeout=5).text.split("\x1e")


def test_a_crowd_at_one_address_goes_on_hearing(ward_factory):
    """246: many streams of one address and many events do not use up the address's limit: no stream ends by it"""
    ward = ward_factory(environment={"WARD_RATE_LIMITS": "on"})
    tokens = [ward.sign_in(f"{who}@demo.ward") for who in ("doctor", "head", "admin")]
    streams = [Stream(ward, token) for token in tokens for _ in range(18)]
    body = {"alertType": "medical", "urgencyLevel": 4}
    for n in range(140):  # 54 streams wake 140 times: more than the address may call in a minute
        answer = ward.call("POST", "/api/v1/alerts", tokens[0], json={**body, "roomNumber": f"crowd {n}"})
        assert answer.status_code == 201, answer.text
    last = answer.json()["data"]["id"]
    for stream in streams:
        wait_for(lambda: any(event == "alert:new" and data["id"] == last for _, event, data in stream.events), 10, "the last")
        assert "signed-out" not in {event for _, event, _ in stream.events}
        stream.close()
