"""HTTP/1.1 by hand, for what a well-behaved client would never send, and a strict reader of what comes back."""

import json
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

STATUS_LINE = re.compile(rb"HTTP/1\.1 (\d{3}) [\x20-\x7e]*\r\n")
CODES = {
    "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "METHOD_NOT_ALLOWED", "TIMEOUT", "CONFLICT",
    "PRECONDITION_FAILED", "PAYLOAD_TOO_LARGE", "URI_TOO_LONG", "UNSUPPORTED_MEDIA_TYPE", "UNPROCESSABLE_CONTENT",
    "TOO_MANY_REQUESTS", "HEADERS_TOO_LARGE", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE",
}


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(found) <= 1, f"{name} is given {len(found)} times"
        return found[0] if found else None

    def json(self):
        return json.loads(self.body)


class Broken(AssertionError):
    """What came back is no complete HTTP answer."""


class Line:
    """One TCP connection to Ward."""

    def __init__(self, url: str, timeout: float = 15):
        parts = urlsplit(url)
        self.host = parts.netloc
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=timeout)
        self.buffer = b""
        self.is_over = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data: bytes) -> None:
        try:
            self.socket.sendall(data)
        except OSError:
            self.is_over = True  # Ward may close before it has read everything: its answer is read all the same.

    def half_close(self) -> None:
        self.socket.shutdown(socket.SHUT_WR)

    def _more(self) -> bool:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.buffer += data
        return bool(data)

    def _until(self, ready) -> bytes:
        while not (end := ready(self.buffer)):
            if not self._more():
                raise Broken(f"the connection ended in the middle of an answer: {self.buffer[:200]!r}")
        taken, self.buffer = self.buffer[:end], self.buffer[end:]
        return taken

    def read(self, to_head: bool = False) -> Answer:
        """The next answer, `100 Continue` left out; raises Broken unless it is complete."""
        head = self._until(lambda data: data.find(b"\r\n\r\n") + 4 if b"\r\n\r\n" in data else 0)
        match = STATUS_LINE.match(head)
        if not match:
            raise Broken(f"no status line: {head[:200]!r}")
        status = int(match[1])
        headers = []
        for line in head[match.end() : -4].split(b"\r\n"):
            name, colon, value = line.partition(b":")
            if not colon or not name or name.strip() != name:
                raise Broken(f"no header line: {line!r}")
            headers.append((name.decode("ascii"), value.strip().decode("latin-1")))
        if status == 100:
            return self.read(to_head)
        answer = Answer(status, headers, b"")
        if not to_head and status not in (204, 304):
            answer.body = self._body(answer)
        return answer

    def _body(self, answer: Answer) -> bytes:
        length = answer.header("content-length")
        if answer.header("transfer-encoding") == "chunked":
            if length is not None:
                raise Broken("Content-Length beside Transfer-Encoding")
            body = b""
            while part := self.chunk():
                body += part
            return body
        if length is None:
            raise Broken("no Content-Length")
        size = int(length)
        return self._until(lambda data: size if len(data) >= size else 0) if size else b""

    def chunk(self) -> bytes:
        """The next chunk of a chunked body; empty at its end."""
        size = int(self._until(lambda data: data.find(b"\r\n") + 2 if b"\r\n" in data else 0), 16)
        return self._until(lambda data: size + 2 if len(data) >= size + 2 else 0)[:-2]

    def silent(self, seconds: float = 0.15) -> bool:
        """Whether nothing more has come: the end of the connection, or a quiet moment."""
        self.socket.settimeout(seconds)
        try:
            data = self.socket.recv(65536)
        except TimeoutError:
            data = b""
        except ConnectionResetError:
            data = b""
        self.buffer += data
        return not self.buffer

    def ended(self, seconds: float = 5) -> bool:
        """Whether Ward closes the connection, without a further byte."""
        self.socket.settimeout(seconds)
        try:
            return not self.buffer and self.socket.recv(1) == b""
        except TimeoutError:
            return False
        except ConnectionResetError:
            return True


def request(
    method: str, target: str, host: str, headers: dict | None = None, body: bytes | None = None
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None and not any(name.lower() in ("content-length", "transfer-encoding") for name in headers or {}):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b"")


def once(url: str, data: bytes, timeout: float = 15) -> Answer:
    """Sends the bytes and takes the one answer; fails when a second one follows."""
    with Line(url, timeout) as line:
        line.send(data)
        answer = line.read()
        assert line.silent(), f"more than one answer: {line.buffer[:300]!r}"
        return answer


def assert_refused(answer, statuses, why: str = "") -> dict:
    """One of the statuses, the error envelope and nothing else in it; gives the envelope back."""
    status = answer.status if isinstance(answer, Answer) else answer.status_code
    wanted = {statuses} if isinstance(statuses, int) else set(statuses)
    text = answer.body if isinstance(answer, Answer) else answer.content
    assert status in wanted, f"{why}: {status} instead of {sorted(wanted)}: {text[:500]!r}"
    kind = answer.header("content-type") if isinstance(answer, Answer) else answer.headers["content-type"]
    assert kind.startswith("application/json"), f"{why}: {kind}"
    envelope = json.loads(text)
    assert set(envelope) == {"error", "code", "details"}, f"{why}: {envelope}"
    assert isinstance(envelope["error"], str) and envelope["error"], why
    assert envelope["code"] in CODES, f"{why}: {envelope['code']}"
    assert isinstance(envelope["details"], dict), why
    return envelope
