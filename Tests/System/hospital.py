"""What the alert tests share: the people of the demo hospitals, their sockets, and what exactly was heard."""

import threading
import time
import uuid
from collections import Counter
from datetime import datetime, timedelta

import pytest
from ordered_client import OrderedClient
from ward_process import WardProcess, wait_for

PEOPLE = {
    "operator": "operator@demo.ward", "nurse": "nurse@demo.ward", "doctor": "doctor@demo.ward",
    "head": "head@demo.ward", "admin": "admin@demo.ward", "patient": "patient@demo.ward",
    "other nurse": "nurse@other.ward", "other admin": "admin@other.ward",
}
RESOLUTION = "Patient stable, all is well again."


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Ear:
    """One Socket.IO client that keeps everything it hears, in order."""

    def __init__(self, ward: WardProcess, who: str, transport: str = "websocket", url: str | None = None):
        self.who, self.transport = who, transport
        self.heard: list[tuple[str, dict]] = []
        self.changed = threading.Condition()
        self.client = OrderedClient(reconnection=False)
        self.client.on("*", self._hear)
        self.url = url or ward.url

    def _hear(self, event, *arguments):
        with self.changed:
            self.heard.append((event, *arguments))
            self.changed.notify_all()

    def connect(self, token: str | None) -> "Ear":
        self.client.connect(
            self.url, auth={"token": token} if token else None, transports=[self.transport], wait_timeout=5)
        return self

    def ask(self, event: str, data) -> dict:
        return self.client.call(event, data, timeout=5)

    def wait(self, accept, seconds: float, what: str):
        """The first message that is accepted."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                for message in self.heard:
                    if accept(*message):
                        return message
                left = deadline - time.monotonic()
                assert left > 0, f"{self.who} did not hear {what} within {seconds} s, but {self.heard}"
                self.changed.wait(left)

    def take_all(self) -> list[tuple[str, dict]]:
        with self.changed:
            heard, self.heard = self.heard, []
            return heard

    def forget(self, which) -> None:
        with self.changed:
            self.heard = [message for message in self.heard if not which(*message)]

    def close(self):
        self.client.disconnect()


class Hospital:
    """Demo General as its people use it: tokens, sockets, alerts; and the numbers behind it in the database."""

    def __init__(self, ward: WardProcess):
        self.ward = ward
        self.tokens: dict[str, str] = {}
        self.sessions: dict[str, dict] = {}
        self.ears: list[Ear] = []
        self.operator_on_duty = False

    # People

    def token(self, who: str) -> str:
        if who not in self.tokens:
            self.tokens[who] = self.ward.sign_in(PEOPLE[who])
        return self.tokens[who]

    def session(self, who: str) -> dict:
        if who not in self.sessions:
            self.sessions[who] = self.call(who, "GET", "/session").json()["data"]
        return self.sessions[who]

    def user(self, who: str) -> str:
        return self.session(who)["user"]["id"]

    def name(self, who: str) -> str:
        return self.session(who)["user"]["name"]

    @property
    def id(self) -> str:
        return self.session("operator")["hospital"]["id"]

    @property
    def other_id(self) -> str:
        return self.session("other admin")["hospital"]["id"]

    def department(self, code: str, hospital: str | None = None) -> str:
        found = self.ward.sql(
            "SELECT id FROM departments WHERE hospital_id = %s AND code = %s", parameters=[hospital or self.id, code])
        return str(found[0].id)

    # Calls

    def call(self, who: str | None, method: str, path: str, body=None, headers=None):
        token = self.token(who) if who else None
        return self.ward.call(method, f"/api/v1{path}", token, json=body, headers=headers)

    def do(self, who: str, method: str, path: str, body=None) -> dict:
        """A call that must succeed; its data."""
        answer = self.call(who, method, path, body)
        assert answer.ok, f"{who} {method} {path}: {answer.status_code} {answer.text}"
        return answer.json()["data"]

    def raise_alert(self, urgency: int | None = 5, who: str = "operator", **more) -> dict:
        body = {"roomNumber": f"T-{uuid.uuid4().hex[:8]}", "alertType": "medical", "urgencyLevel": urgency, **more}
        return self.do(who, "POST", "/alerts", {name: value for name, value in body.items() if value is not None})

    def alert(self, alert: dict, who: str = "admin") -> dict:
        return self.do(who, "GET", f"/alerts/{alert['id']}")

    def acknowledge(self, alert: dict, who: str = "nurse", **body) -> dict:
        return self.do(who, "POST", f"/alerts/{alert['id']}/acknowledgement", body)

    def resolve(self, alert: dict, who: str = "doctor", resolution: str = RESOLUTION) -> dict:
        return self.do(who, "POST", f"/alerts/{alert['id']}/resolution", {"resolution": resolution})

    def cancel(self, alert: dict, who: str = "operator") -> dict:
        return self.do(who, "POST", f"/alerts/{alert['id']}/cancellation", {"reason": "test"})

    def timeline(self, alert: dict) -> list[dict]:
        return self.do("admin", "GET", f"/alerts/{alert['id']}/timeline?limit=100")

    def on_duty(self, who: str, is_on_duty: bool) -> None:
        self.do(who, "PUT", "/duty", {"isOnDuty": is_on_duty})

    def escalations(self, alert: dict) -> list:
        return self.ward.sql(
            "SELECT from_tier, to_tier, reason, due_at, escalated_at, actor_name FROM alert_escalations"
            " WHERE alert_id = %s ORDER BY to_tier", parameters=[alert["id"]])

    def pages(self, alert: dict) -> list[tuple]:
        rows = self.ward.sql(
            "SELECT p.tier, m.role, p.times FROM alert_pages p JOIN memberships m USING (hospital_id, user_id)"
            " WHERE p.alert_id = %s ORDER BY p.tier, m.role", parameters=[alert["id"]])
        return [tuple(row) for row in rows]

    # Sockets

    def listen(self, who: str, transport: str = "websocket", subscribe: bool = False, url: str | None = None) -> Ear:
        ear = Ear(self.ward, who, transport, url).connect(self.token(who))
        self.ears.append(ear)
        if subscribe:
            hospital = self.session(who)["hospital"]["id"]
            assert ear.ask("subscribe:alerts", {"hospitalId": hospital}) == {"ok": True}
        # What happened just before may still be on its way.
        self.settle()
        ear.take_all()
        return ear

    def settle(self) -> None:
        """Waits until everything that was said so far has arrived, by a further event behind it in each hospital."""
        self.operator_on_duty = not self.operator_on_duty
        for ear in self.ears:
            ear.forget(self.is_sentinel)
        for who in ("operator", "other admin"):
            self.on_duty(who, self.operator_on_duty)
        for ear in self.ears:
            sentinel = self.user("other admin" if ear.who.startswith("other") else "operator")
            wanted = {"userId": sentinel, "isOnDuty": self.operator_on_duty}
            ear.wait(lambda event, data: data == wanted, 5, "the sentinel")

    def is_sentinel(self, event: str, data: dict) -> bool:
        return event == "staff:duty_changed" and data["userId"] in (self.user("operator"), self.user("other admin"))

    def heard(self) -> dict[str, Counter]:
        """What each ear has heard since the last time, by event and tier; the sentinels left out."""
        self.settle()
        account = {}
        for ear in self.ears:
            ear.forget(self.is_sentinel)
            messages = ear.take_all()
            key = f"{ear.who} ({ear.transport})" if ear.transport != "websocket" else ear.who
            account[key] = Counter(label(event, data) for event, data in messages)
        return account

    def hears(self, expected: dict[str, list[str]]) -> None:
        """Asserts that since the last time exactly these were heard; who is not named heard nothing."""
        account = self.heard()
        assert set(expected) <= set(account), "a name is misspelt"
        wanted = {name: Counter(expected.get(name, [])) for name in account}
        assert account == wanted, f"heard {account}, wanted {wanted}"

    # Time

    def shift_to(self, alert: dict, minutes: float = 0, seconds: float = 0) -> None:
        """Moves the clock to this long after the alert's creation."""
        target = moment(alert["createdAt"]) + timedelta(minutes=minutes, seconds=seconds)
        ahead = (target - self.ward.now()).total_seconds()
        assert ahead > 0, f"that time is over for {-ahead} s"
        self.ward.shift_clock(ahead)

    def catch_up(self, seconds: float = 5) -> None:
        """Waits until nothing is due any more."""
        wait_for(
            lambda: not self.ward.sql("SELECT 1 FROM alert_timers WHERE due_at <= ward.now()"), seconds,
            "all that is due is done")

    def close(self) -> None:
        for ear in self.ears:
            ear.close()
        self.ears.clear()
        for who in ("nurse", "doctor", "head"):
            self.on_duty(who, True)
        for row in self.ward.sql("SELECT id FROM alerts WHERE status IN ('active', 'acknowledged')"
                                 f" AND hospital_id = '{self.id}'"):
            # The engine may just have ended it.
            self.call("admin", "POST", f"/alerts/{row.id}/cancellation", {"reason": "end of test"})


def label(event: str, data: dict) -> str:
    """`notification:new alert_escalated 2`: an event in a few words."""
    words = [event, data.get("kind"), data.get("tier"), data.get("status") if event.startswith("alert:u") else None]
    return " ".join(str(word) for word in words if word is not None)


@pytest.fixture(scope="session")
def people(time_ward):
    return Hospital(time_ward)


@pytest.fixture
def hospital(people):
    yield people
    people.close()
