"""A real mail server (aiosmtpd) on a port of loopback, whose temper a test may change, and letters as people read them."""

import re
import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from ward_process import free_port, wait_for


class Mailbox:
    """Takes letters; `answer(count)` decides what the server says to the letter of this number, `None` is 250."""

    def __init__(self):
        self.letters = []
        self.envelopes = []
        self.tries = 0
        self.answer = lambda count: None
        self.before_answer = lambda letter: None
        # Who has no mailbox here.
        self.unknown = set()
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        with self.lock:
            self.tries += 1
            refusal = self.answer(self.tries)
            if refusal is None:
                self.letters.append(letter)
                self.envelopes.append(envelope)
        self.before_answer(letter)
        return refusal or "250 taken"

    def to(self, address: str) -> list:
        with self.lock:
            return [letter for letter in self.letters if letter["To"].addresses[0].addr_spec == address]

    def wait_for(self, address: str, count: int = 1, seconds: float = 15):
        """The newest letter to this address once there are `count` of them."""
        wait_for(lambda: len(self.to(address)) >= count, seconds, f"letter {count} to {address}")
        return self.to(address)[-1]


@contextmanager
def mail_server(port: int | None = None, **options):
    """A running server; `server.box` holds what came, `server.environment` is what Ward needs to know."""
    server = Controller(Mailbox(), hostname="127.0.0.1", port=port or free_port(), **options)
    server.start()
    server.box = server.handler
    server.environment = {
        "WARD_SMTP_URL": f"smtp://127.0.0.1:{server.port}", "WARD_MAIL_FROM": "ward@hospital.example",
        "WARD_PUBLIC_URL": "http://ward.example",
    }
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def hanging_server():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def link_token(letter) -> str:
    return re.search(r"token=([A-Za-z0-9_-]+)", letter.get_content())[1]


def code(letter) -> str:
    return re.search(r"code: (\d{6})", letter.get_content())[1]
