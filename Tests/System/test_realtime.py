"""Sockets and streams under load and at their end: heartbeats, slow readers, sessions that are over, who is connected."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import websocket
from hospital import Ear, Hospital
from people import many_people
from ward_process import wait_for


class Wire:
    """Engine.IO over a WebSocket by hand: pings are answered only when they are asked to be."""

    def __init__(self, ward, token=None, answers: bool = True, **options):
        self.socket = websocket.create_connection(
            ward.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket", timeout=15, **options)
        self.opened = json.loads(self.socket.recv()[1:])
        self.packets: list[str] = []
        self.answers = answers
        self.ended: float | None = None
        self.code: int | None = None
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.socket.send("40" + (json.dumps({"token": token}) if token else ""))
        self.reader.start()

    def _read(self):
        try:
            while True:
                opcode, data = self.socket.recv_data()
                if opcode == websocket.ABNF.OPCODE_CLOSE:
                    self.code = int.from_bytes(data[:2], "big")
                    break
                if opcode == websocket.ABNF.OPCODE_TEXT:
                    text = data.decode()
                    self.packets.append(text)
                    if text == "2" and self.answers:
                        self.socket.send("3")
        except (OSError, websocket.WebSocketException):
            pass  # The end, in whatever form.
        self.ended = time.monotonic()

    def joined(self) -> "Wire":
        wait_for(lambda: any(packet.startswith("40") for packet in self.packets), 10, "CONNECT is answered")
        return self

    def close(self):
        self.socket.close(timeout=1)
        self.reader.join(5)


def test_a_silent_client_is_dropped_after_interval_and_timeout(ward_factory):
    """146: who does not answer the ping is dropped after interval plus timeout, not before; who answers stays"""
    settings = {"WARD_SOCKET_PING_INTERVAL_SECONDS": "1", "WARD_SOCKET_PING_TIMEOUT_SECONDS": "2"}
    ward = ward_factory(environment=settings)
    token = ward.sign_in("nurse@demo.ward")
    began = time.monotonic()
    silent, living = Wire(ward, token, answers=False), Wire(ward, token)
    assert (silent.opened["pingInterval"], silent.opened["pingTimeout"]) == (1000, 2000)
    wait_for(lambda: silent.ended, 10, "the silent client is dropped")
    assert silent.ended - began >= 2.9, "interval and timeout are not over yet"
    assert silent.packets.count("2") == 1
    wait_for(lambda: living.packets.count("2") >= 3, 10, "the living one is pinged on")
    assert living.ended is None
    living.close()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_refused_client_is_free_at_once(hospital, transport):
    """140: a client that waits for its connection hears the refusal at once, on either transport"""
    ear = Ear(hospital.ward, "nobody", transport)
    done = threading.Event()

    def connect():
        try:
            ear.connect("nonsense")
        except Exception as refusal:  # noqa: BLE001 (python-socketio's own, which is looked at below)
            ear.heard.append(("refusal", str(refusal)))
        done.set()

    threading.Thread(target=connect, daemon=True).start()
    assert done.wait(10), "the client waits for itself"
    assert ear.heard[0][0] == "refusal"
    wait_for(lambda: ear.client.eio.state == "disconnected", 10, "the transport is closed")


def end_by(statement: str):
    def end(ward, token: str, person: str) -> None:
        ward.sql(statement, "admin", parameters=[person])
    return end


ENDS = {
    "signing out": lambda ward, token, person: ward.call("DELETE", "/api/v1/session", token),
    "revocation": end_by("UPDATE sessions SET revoked_at = ward.now() WHERE user_id = %s AND revoked_at IS NULL"),
    "deactivation": end_by("UPDATE users SET is_active = false WHERE id = %s"),
    # Far below the week that a session is given: nobody uses it any more, so it ends by itself.
    "expiry": end_by("UPDATE sessions SET expires_at = ward.now() + interval '2.5 seconds' WHERE user_id = %s"),
}


@pytest.mark.parametrize("how", ENDS)
def test_sockets_and_streams_end_with_their_session(hospital, how):
    """140, 148: sockets of both kinds and the event stream are closed within a second of their session's end"""
    ward = hospital.ward
    token = many_people(ward, 1, f"ends by {how}".replace(" ", "-"), hospital.id)[0]
    person = ward.call("GET", "/api/v1/session", token).json()["data"]["user"]["id"]
    web = Wire(ward, token).joined()
    poll = Ear(ward, "leaver", "polling")
    gone = {}
    poll.client.on("disconnect", lambda *_: gone.setdefault("polling", time.monotonic()))
    poll.connect(token)
    stream = requests.get(f"{ward.url}/api/v1/events", headers={"Authorization": f"Bearer {token}"}, stream=True,
                          timeout=(5, 30))
    assert stream.status_code == 200

    def read():
        for _ in stream.iter_content(1):
            pass
        gone.setdefault("stream", time.monotonic())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    ENDS[how](ward, token, person)
    due = time.monotonic()
    if how == "expiry":
        row = ward.sql("SELECT extract(epoch FROM expires_at - ward.now()) FROM sessions WHERE user_id = %s", "admin",
                       parameters=[person])
        due += float(row[0][0])
        assert not gone and web.ended is None, "closed before the end"
    wait_for(lambda: web.ended and len(gone) == 2, due - time.monotonic() + 4, lambda: f"all are closed: {gone}")
    gone["websocket"] = web.ended
    late = {kind: round(at - due, 2) for kind, at in gone.items() if not -0.2 <= at - due <= 1.2}
    assert not late, f"not within a second: {late}"
    assert ward.call("GET", "/api/v1/session", token).status_code in (200, 401)
    web.close()


def test_who_is_connected_is_listed(hospital):
    """149: connect time, address, agent, transport and person of this hospital's sockets and streams, for admins"""
    ward = hospital.ward
    began = ward.now()
    for transport in ("websocket", "polling"):
        hospital.listen("nurse", transport)
    hospital.listen("other nurse")
    agent = {"User-Agent": "ward-screen/7", "Authorization": f"Bearer {hospital.token('doctor')}"}
    stream = requests.get(f"{ward.url}/api/v1/events", headers=agent, stream=True, timeout=(5, 30))
    rows = hospital.do("admin", "GET", "/connections?limit=100")
    mine = [row for row in rows if row["name"] in (hospital.name("nurse"), hospital.name("doctor"))]
    kinds = sorted((row["name"], row["transport"]) for row in mine)
    assert kinds == sorted([(hospital.name("nurse"), "websocket"), (hospital.name("nurse"), "polling"),
                            (hospital.name("doctor"), "stream")])
    assert {row["address"] for row in mine} == {"127.0.0.1"}
    assert "ward-screen/7" in {row["userAgent"] for row in mine}
    assert {row["userId"] for row in mine} == {hospital.user("nurse"), hospital.user("doctor")}
    assert all(abs((requests_time(row["connectedAt"]) - began).total_seconds()) < 60 for row in mine)
    there = hospital.do("other admin", "GET", "/connections?limit=100")
    assert {row["userId"] for row in there} == {hospital.user("other nurse")}
    assert hospital.call("nurse", "GET", "/connections").status_code == 403
    page = hospital.call("admin", "GET", "/connections?limit=1&fields=id,transport").json()
    assert page["page"]["total"] == len(rows) and set(page["data"][0]) == {"id", "transport"}
    stream.close()
    hospital.ears.pop(0).close()
    wait_for(lambda: len(hospital.do("admin", "GET", "/connections?limit=100")) < len(rows), 20, "who leaves is not listed")


def requests_time(text: str):
    from datetime import datetime
    return datetime.fromisoformat(text)


def test_a_slow_reader_is_dropped_and_others_hear_on(ward_factory):
    """145: a WebSocket that reads nothing is dropped at its byte limit; its room hears on without delay"""
    ward = ward_factory(environment={"WARD_SOCKET_OUTBOUND_BYTES": "65536"})
    place = Hospital(ward)
    place.listen("operator", subscribe=True)
    slow = websocket.create_connection(
        ward.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket", timeout=15,
        sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)])
    slow.send("40" + json.dumps({"token": place.token("doctor")}))
    assert slow.recv().startswith("0") and slow.recv().startswith("40")
    slow.send(f'42["subscribe:alerts",{{"hospitalId":"{place.id}"}}]')
    wait_for(lambda: len(place.do("admin", "GET", "/connections?limit=100")) == 2, 5, "both are there")
    sent = 0
    while len(place.do("admin", "GET", "/connections?limit=100")) == 2:
        assert sent < 3000, "it is never dropped"
        for _ in range(25):
            place.raise_alert(5, description="x" * 480)
            sent += 1
    place.hears({"operator": ["alert:new"] * sent})
    assert ward.process.poll() is None
    slow.close(timeout=1)
    for ear in place.ears:
        ear.close()


def test_a_hospital_behind_one_address(ward_factory):
    """246: 500 signed-in people behind one address work on, by HTTP and by socket, while that address is flooded"""
    ward = ward_factory(environment={"WARD_RATE_LIMITS": "on", "WARD_TRUSTED_PROXIES": "127.0.0.1"})
    tokens = many_people(ward, 500)
    where = {"X-Forwarded-For": "192.0.2.1"}
    with ThreadPoolExecutor(8) as many:
        calls = lambda token: [ward.call("GET", "/api/v1/session", token, headers=where).status_code for _ in range(13)]
        statuses = {status for each in many.map(calls, tokens) for status in each}
        assert statuses == {200}, "6,500 calls in a minute from one address"
        wires = list(many.map(lambda token: Wire(ward, token, header=where).joined(), tokens[:300]))
    assert not [wire for wire in wires if wire.ended]
    admin = ward.sign_in("admin@demo.ward")
    rows = ward.call("GET", "/api/v1/connections?limit=100", admin, headers=where).json()
    assert rows["page"]["total"] == 300 and {row["address"] for row in rows["data"]} == {"192.0.2.1"}
    for wire in wires:
        wire.close()


def test_polling_behind_a_proxy_is_counted_by_the_client(ward_factory):
    """246: `Forwarded` and X-Forwarded-For of a trusted proxy name the client of sockets and streams alike"""
    ward = ward_factory(environment={"WARD_TRUSTED_PROXIES": "127.0.0.1"})
    token, admin = ward.sign_in("nurse@demo.ward"), ward.sign_in("admin@demo.ward")
    wires = [
        Wire(ward, token, header={"X-Forwarded-For": "6.6.6.6, 192.0.2.7"}).joined(),
        Wire(ward, token, header={"Forwarded": 'for=6.6.6.6, for="192.0.2.8:4711";proto=https'}).joined(),
        Wire(ward, token, header={"X-Forwarded-For": "192.0.2.9", "Forwarded": "for=192.0.2.10"}).joined()]
    stream = requests.get(f"{ward.url}/api/v1/events", stream=True, timeout=(5, 30), headers={
        "Authorization": f"Bearer {token}", "X-Forwarded-For": "192.0.2.11"})
    rows = ward.call("GET", "/api/v1/connections?limit=100", admin).json()["data"]
    assert sorted(row["address"] for row in rows) == ["127.0.0.1", "192.0.2.11", "192.0.2.7", "192.0.2.8"]
    stream.close()
    for wire in wires:
        wire.close()
