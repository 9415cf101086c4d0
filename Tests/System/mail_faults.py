"""A mail server that hangs, refuses, or takes a letter and dies before it says so; beside it an alert that must not wait.

No letter may be lost but those whose address the server refuses for good. One may come twice where nobody can know that
it had arrived, byte for byte under the same Message-ID."""

import re
import socket
import threading
import time
import uuid
from collections import Counter, defaultdict
from contextlib import contextmanager

import requests
from api_support import Api, own_ward, shift
from channel_peers import Expo
from channels_support import new_token
from fault_rows import Row
from jobs_support import jobs
from peers import serving
from ward_process import PASSWORD, free_port, wait_for

# What the server does with a talk, and up to where it is good.
TEMPERS = ("hangs before its greeting", "hangs after DATA", "hangs with the letter", "refuses connections",
           "says 421", "says 451 to the address", "dies with the letter")


class RawMail:
    """SMTP by hand, since a good server does none of this; `temper` may change while talks go on."""

    def __init__(self):
        self.port, self.temper = free_port(), None
        self.letters: list[tuple[str, str, bytes]] = []
        self.talks: set[socket.socket] = set()
        self.listener: socket.socket | None = None
        self.lock = threading.Lock()
        self.met = 0

    @property
    def environment(self) -> dict[str, str]:
        return {"WARD_SMTP_URL": f"smtp://127.0.0.1:{self.port}", "WARD_MAIL_FROM": "ward@hospital.example"}

    def open(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def shut(self) -> None:
        if self.listener:
            self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        self.hang_up()

    def hang_up(self) -> None:
        """Ends what is going on."""
        with self.lock:
            talks = list(self.talks)
        for talk in talks:
            try:
                talk.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the other side was faster

    def become(self, temper: str | None) -> None:
        """From now on; talks that hang are cut off."""
        self.temper = temper
        self.hang_up()
        if temper == "refuses connections":
            self.shut()
        elif not self.listener:
            self.open()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                talk = listener.accept()[0]
            except OSError:
                return
            with self.lock:
                self.talks.add(talk)
            threading.Thread(target=self._talk, args=[talk], daemon=True).start()

    def _talk(self, talk: socket.socket) -> None:
        try:
            self._speak(talk, talk.makefile("rb"))
        except OSError:
            pass  # cut off
        finally:
            with self.lock:
                self.talks.discard(talk)
            talk.close()

    def _is(self, temper: str) -> bool:
        if self.temper == temper:
            self.met += 1
        return self.temper == temper

    def _speak(self, talk: socket.socket, lines) -> None:
        if self._is("hangs before its greeting"):
            lines.read()
            return
        if self._is("says 421"):
            talk.sendall(b"421 not now\r\n")
            return
        talk.sendall(b"220 raw\r\n")
        to = ""
        while line := lines.readline():
            word = line[:4].upper().strip()
            answer = b"250 well\r\n"
            if word == b"RCPT":
                to = re.search(rb"<(.*?)>", line)[1].decode()
                if self._is("says 451 to the address"):
                    answer = b"451 later\r\n"
                if to.startswith("nobody"):
                    answer = b"550 no such mailbox\r\n"
            if word == b"DATA":
                if self._is("hangs after DATA"):
                    lines.read()
                    return
                talk.sendall(b"354 go on\r\n")
                letter = b"".join(iter(lines.readline, b".\r\n"))
                if self._is("hangs with the letter"):
                    lines.read()
                    return
                with self.lock:
                    self.letters.append((to, re.search(rb"Message-ID: <(\S+)>", letter)[1].decode(), letter))
                if self._is("dies with the letter"):
                    return
            talk.sendall(b"221 bye\r\n" if word == b"QUIT" else answer)


def sign_up(ward, word: str) -> str:
    """Asks for a letter to a new address, as a person does."""
    email = f"{word}-{uuid.uuid4().hex[:12]}@example.org"
    answer = requests.post(ward.url + "/api/auth/sign-up", timeout=15, json={
        "email": email, "password": PASSWORD, "name": "New", "acceptTerms": True, "acceptPrivacy": True})
    assert answer.status_code == 201, answer.text
    return email


class MailFaults:
    """A Ward whose nurse has a device and a mailbox."""

    def __init__(self, ward, mail: RawMail, expo: Expo):
        self.ward, self.mail, self.expo, self.api = ward, mail, expo, Api(ward)
        self.api.do("nurse", "POST", "/push-tokens", {"token": new_token(), "platform": "ios"})
        self.api.token("operator")
        self.rounds = 0

    def push_seconds(self) -> float:
        """How long an alert takes to the device, whatever mail does."""
        before, began = len(self.expo.calls), time.monotonic()
        self.api.raise_alert(5)
        self.expo.wait_for(before + 1, 20)
        return time.monotonic() - began

    def run(self, temper: str, letters: int, hold: float = 0, limit: float = 2) -> Row:
        self.mail.become(temper)
        met, wanted = self.mail.met, []
        began = time.monotonic()
        pushes = [self.push_seconds()]
        for _ in range(letters):
            wanted.append(sign_up(self.ward, "mail"))
        gone = sign_up(self.ward, "nobody")
        if temper == "refuses connections":
            wait_for(lambda: any(job.last_error for job in jobs(self.ward)), 15, "it was refused")
        else:
            wait_for(lambda: self.mail.met > met, 15, "the fault was met")
        while True:
            pushes.append(self.push_seconds())
            if time.monotonic() - began >= hold:
                break
            time.sleep(1)
        self.mail.become(None)
        self._finish()
        row = self._count(temper, wanted, gone, pushes, limit)
        self.api.cancel_all()
        return row

    def _finish(self) -> None:
        """Backoff is let pass by the clock; meanwhile alerts climb and are told anew."""
        open_mails = lambda: jobs(self.ward, "kind IN ('mail.send', 'delivery.send', 'alert.page')"
                                  " AND state NOT IN ('done', 'dead')")

        def is_over() -> bool:
            if any(job.state == "delayed" for job in open_mails()):
                shift(self.ward, 60)
            return not open_mails()

        wait_for(is_over, 60, lambda: f"open: {[(job.kind, job.state, job.attempts) for job in open_mails()]}", pause=0.2)

    def _count(self, temper: str, wanted: list[str], gone: str, pushes: list[float], limit: float) -> Row:
        copies = defaultdict(list)
        for to, id, letter in self.mail.letters:
            copies[to].append((id, letter))
        # Twice in the box is allowed where nobody could know, and then as the same letter.
        doubled = sum(len({id for id, _ in copies[to]}) > 1 for to in wanted)
        altered = sum(len({letter for _, letter in copies[to]}) > 1 for to in wanted)
        dead = Counter(job.last_error for job in jobs(self.ward, "kind = 'mail.send' AND state = 'dead'"))
        refused = sum(number for reason, number in dead.items() if "550" in reason)
        self.rounds += 1
        # A message that stays open although nothing is at work any more.
        open_messages = lambda: self.ward.sql(
            "SELECT count(*) FROM deliveries WHERE alert_id IS NOT NULL AND status = 'queued'", "admin")[0][0]
        end = time.monotonic() + 10
        while (alone := open_messages()) and time.monotonic() < end:
            time.sleep(0.1)
        given_up = sum(dead.values()) - refused
        repeated = sum(len(copies[to]) - 1 for to in wanted if copies[to])
        return Row(
            f"mail server {temper}", len(wanted) + 1 + len(pushes),
            lost=sum(not copies[to] for to in wanted) + alone + given_up, doubled=doubled,
            wrong=altered + len(copies[gone]) + abs(self.rounds - refused), beyond=sum(each > limit for each in pushes),
            notes=f"{repeated} sent again as the same letter, {len(pushes)} pushes in {max(pushes):.2f} s at most"
            + (f"; {alone} alert mails open, {given_up} given up: {dict(dead)}" if alone + given_up else ""))


@contextmanager
def mail_house():
    mail = RawMail()
    mail.open()
    with serving(Expo()) as expo:
        with own_ward(environment={**mail.environment, "WARD_PUSH_URL": expo.setting}) as ward:
            yield MailFaults(ward, mail, expo)
            mail.become(None)
    mail.shut()


def mail_rows(letters: int, hold: float):
    """`hold` is how long the fault lasts; longer than a talk may take (20 s) it runs into its limit."""
    with mail_house() as house:
        for temper in TEMPERS:
            yield house.run(temper, letters, hold)
