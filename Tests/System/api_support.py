"""What the API's tests share: people by a short name, calls in both tongues, event streams, a Ward for one module."""

import json
import queue
import socket
import threading
import time
import uuid
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import quote

import requests
from api_raw import Broken, Line, request
from ward_process import WardProcess, wait_for

PEOPLE = {
    "operator": "operator@demo.ward", "nurse": "nurse@demo.ward", "doctor": "doctor@demo.ward",
    "head": "head@demo.ward", "admin": "admin@demo.ward", "patient": "patient@demo.ward",
    "other nurse": "nurse@other.ward", "other admin": "admin@other.ward",
}
RESOLUTION = "Patient stable, all is well again."
NOBODY = "00000000-0000-4000-8000-00000000dead"
HALF_A_SECOND = timedelta(seconds=0.5)


@contextmanager
def own_ward(**options):
    """A Ward that no other module disturbs."""
    running = WardProcess(**options)
    try:
        running.start()
        yield running
    finally:
        running.close()


def shift(ward: WardProcess, seconds: float) -> None:
    """Moves the clock and waits until the process has the new time."""
    ward.shift_clock(seconds)

    def follows() -> bool:
        before = ward.now()
        told = datetime.fromisoformat(requests.get(f"{ward.url}/health", timeout=5).json()["time"])
        return before - HALF_A_SECOND < told < ward.now() + HALF_A_SECOND

    wait_for(follows, 15, "the process has the shifted time")


def room() -> str:
    return f"T-{uuid.uuid4().hex[:8]}"


class Api:
    """The demo's people in front of one Ward, by REST and by tRPC."""

    def __init__(self, ward: WardProcess):
        self.ward = ward
        self.tokens: dict[str, str] = {}
        self.sessions: dict[str, dict] = {}

    def token(self, who: str | None) -> str | None:
        if who is None:
            return None
        if who not in self.tokens:
            self.tokens[who] = self.ward.sign_in(PEOPLE.get(who, who))
        return self.tokens[who]

    def forget(self) -> None:
        self.tokens.clear()
        self.sessions.clear()

    def me(self, who: str) -> dict:
        if who not in self.sessions:
            self.sessions[who] = self.do(who, "GET", "/session")
        return self.sessions[who]

    def hospital(self, who: str = "admin") -> str:
        return self.me(who)["hospital"]["id"]

    def user(self, who: str) -> str:
        return self.me(who)["user"]["id"]

    def department(self, code: str = "ER", who: str = "admin") -> str:
        return next(each["id"] for each in self.do(who, "GET", "/departments") if each["code"] == code)

    def patient(self, who: str = "admin") -> str:
        found = self.ward.sql("SELECT id FROM patients WHERE hospital_id = %s ORDER BY id LIMIT 1",
                              parameters=[self.hospital(who)])
        return str(found[0].id)

    # REST

    def call(self, who: str | None, method: str, path: str, body=None, headers=None, **options) -> requests.Response:
        return self.ward.call(method, f"/api/v1{path}", self.token(who), json=body, headers=headers, **options)

    def do(self, who: str, method: str, path: str, body=None, headers=None):
        """A call that must succeed; its data."""
        answer = self.call(who, method, path, body, headers)
        assert answer.ok, f"{who} {method} {path}: {answer.status_code} {answer.text}"
        return answer.json()["data"]

    def raise_alert(self, urgency: int = 3, who: str = "operator", **more) -> dict:
        body = {"roomNumber": room(), "alertType": "medical", "urgencyLevel": urgency, **more}
        return self.do(who, "POST", "/alerts", body)

    def cancel_all(self) -> None:
        """Ends every open alert of both hospitals, so that no later test finds one."""
        for who in ("admin", "other admin"):
            for row in self.ward.sql("SELECT id FROM alerts WHERE hospital_id = %s"
                                     " AND status IN ('active', 'acknowledged')", parameters=[self.hospital(who)]):
                self.call(who, "POST", f"/alerts/{row.id}/cancellation", {})

    # tRPC

    def query(self, who: str | None, name: str, data=None, **options) -> requests.Response:
        path = f"/api/trpc/{name}" + (f"?input={quote(json.dumps(data))}" if data is not None else "")
        return self.ward.call("GET", path, self.token(who), **options)

    def mutate(self, who: str | None, name: str, data=None, headers=None) -> requests.Response:
        return self.ward.call("POST", f"/api/trpc/{name}", self.token(who), json=data, headers=headers)

    # Audit

    def audit(self, where: str, *parameters) -> list:
        return self.ward.sql(f"SELECT * FROM audit_log WHERE {where} ORDER BY occurred_at, id", parameters=parameters)


class Events:
    """An open stream of server-sent events; what it brings is read in the background."""

    def __init__(self, ward: WardProcess, token: str, last: int | None = None, headers=None, query: str = ""):
        headers = {"Authorization": f"Bearer {token}", **(headers or {})}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        self.line = Line(ward.url, timeout=60)
        self.line.send(request("GET", f"/api/v1/events{query}", self.line.host, headers))
        self.head = self.line.read(to_head=True)
        self.items: queue.Queue = queue.Queue()
        self.seen: list[dict] = []
        self.is_over = threading.Event()
        if self.head.status == 200:
            threading.Thread(target=self._read, daemon=True).start()
            self.hello = self.wait(lambda each: each["event"] == "hello", 5)

    def _read(self) -> None:
        text = b""
        try:
            while part := self.line.chunk():
                text += part
                *blocks, text = text.split(b"\n\n")
                for block in blocks:
                    fields = (row.partition(": ")[::2] for row in block.decode().split("\n"))
                    if event := {name: value for name, value in fields if name and name != ":"}:
                        self.items.put(event)
        except OSError:
            pass  # closed by this side
        except Broken as broken:
            self.items.put({"event": "broken", "data": json.dumps(str(broken))})
        self.is_over.set()

    def wait(self, accept, seconds: float = 5) -> dict:
        deadline = time.monotonic() + seconds
        while True:
            try:
                item = self.items.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not within {seconds} s; seen {self.seen}") from None
            if "data" in item:
                item["json"] = json.loads(item["data"])
            self.seen.append(item)
            if accept(item):
                return item

    def wait_alert(self, alert_id: str, seconds: float = 5) -> dict:
        return self.wait(lambda each: each["event"].startswith("alert:") and each["json"].get("id") == alert_id, seconds)

    def close(self) -> None:
        try:
            self.line.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # Ward has closed it already
        self.line.socket.close()


@contextmanager
def streaming(ward: WardProcess, token: str, **options):
    events = Events(ward, token, **options)
    try:
        assert events.head.status == 200
        yield events
    finally:
        events.close()


class Complaints:
    """Gathers what is wrong with each of many cases and fails once, with all of them."""

    def __init__(self):
        self.lines: list[str] = []
        self.cases = 0

    @contextmanager
    def about(self, case: str):
        self.cases += 1
        try:
            yield
        except AssertionError as complaint:
            self.lines.append(f"{case}: {complaint}")

    def settle(self, at_least: int = 1) -> None:
        assert self.cases >= at_least, f"only {self.cases} cases were tried"
        assert not self.lines, f"{len(self.lines)} of {self.cases} cases\n" + "\n".join(self.lines[:40])
