"""Services of others as servers of ours on loopback: they keep what came, fail on what they do not know, and can be told
to fail, to hang, to double or to answer rubbish."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from ward_process import wait_for

RUBBISH = b"<html>\xff\x00 not what you asked for"


@dataclass
class Call:
    """One request as it came."""

    method: str
    path: str
    headers: dict
    body: bytes
    number: int
    # The caller's end of the connection.
    line: int = 0

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def form(self) -> dict:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Peer:
    """What a service was asked and how it answers: `answer(call)` gives (status, body) or None to hang up without a
    word; `temper` overrides it: "fail" (503), "hang", "late" (when it is released), "rubbish" or a pair of status and
    body."""

    calls: list = field(default_factory=list)
    unexpected: list = field(default_factory=list)
    temper: object = None
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    def answer(self, call: Call):
        raise NotImplementedError

    def refuse(self, call: Call, why: str):
        """A call that no such service would know: the test that made it fails at its end."""
        self.unexpected.append(f"{call.method} {call.path}: {why}")
        return 404, {"message": why}

    def take(self, call: Call):
        with self.lock:
            call.number = len(self.calls) + 1
            self.calls.append(call)
            temper = self.temper(call) if callable(self.temper) else self.temper
        if temper == "fail":
            return 503, {"message": "not now"}
        if temper == "hang":
            self.released.wait(40)
            return None
        if temper == "rubbish":
            return 200, RUBBISH
        if temper == "late":
            self.released.wait(120)
            return self.answer(call)
        if temper == "die":
            self.answer(call)
            return None
        if temper is not None:
            return temper
        return self.answer(call)

    def wait_for(self, count: int, seconds: float = 15) -> list:
        wait_for(lambda: len(self.calls) >= count, seconds, lambda: f"call {count}, came {len(self.calls)}")
        return list(self.calls)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(peer: Peer):
    """The service on a port of loopback; at the end nothing unexpected may have come."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            if len(body) < size:
                # Whoever asked was killed meanwhile: no service does what it has half of.
                self.close_connection = True
                return
            call = Call(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body, 0,
                        self.client_address[1])
            answer = peer.take(call)
            if answer is None:
                self.close_connection = True
                return
            status, body, *more = answer
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", peer.port), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    peer.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield peer
    finally:
        peer.released.set()
        server.shutdown()
        server.server_close()
    assert not peer.unexpected, peer.unexpected


class Sink(Peer):
    """An endpoint that takes events."""

    def answer(self, call: Call):
        if call.method != "POST" or call.path != "/hook":
            return self.refuse(call, "no such endpoint")
        return 200, {"ok": True}

    def events(self, name: str | None = None) -> list[dict]:
        return [call.json for call in list(self.calls) if name is None or call.json["event"] == name]
