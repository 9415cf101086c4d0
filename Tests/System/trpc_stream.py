"""A subscription as tRPC 11's client follows it over server-sent events (WHATWG HTML 9.2), strict about every byte.

Messages without a name carry data, tracked by their `id`; `connected`, `ping`, `return` and `serialized-error` are the
protocol's own names. What else comes is a mistake of the server.
"""

import json
import queue
import socket
import threading
import time
from urllib.parse import quote

from api_raw import Broken, Line, request

NAMES = {"connected", "ping", "return", "serialized-error"}


class Subscription:
    """One connection; `items` are (kind, id, value) in order, the kind `data` for messages."""

    def __init__(self, ward, token: str | None, name: str = "alerts.onEvent", data=None, headers=None):
        headers = {"Accept": "text/event-stream", **({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        path = f"/api/trpc/{name}" + (f"?input={quote(json.dumps(data))}" if data is not None else "")
        self.line = Line(ward.url, timeout=60)
        self.line.send(request("GET", path, self.line.host, headers))
        self.head = self.line.read(to_head=True)
        self.items: queue.Queue = queue.Queue()
        self.seen: list[tuple] = []
        self.last_id = ""
        self.is_over = threading.Event()
        if self.head.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        text = b""
        try:
            while part := self.line.chunk():
                text += part
                *blocks, text = text.split(b"\n\n")
                for block in blocks:
                    self.items.put(self._message(block.decode()))
            assert text.strip(b"\n") == b"", f"the stream ends within a message: {text}"
        except OSError:
            pass  # closed by this side
        except (Broken, AssertionError, ValueError) as broken:
            self.items.put(("broken", None, str(broken)))
        self.is_over.set()

    def _message(self, block: str) -> tuple:
        fields: dict[str, str] = {}
        for row in block.strip("\n").split("\n"):
            name, colon, value = row.partition(":")
            assert colon and name in ("event", "data", "id") and name not in fields, block
            fields[name] = value[1:] if value.startswith(" ") else value
        assert "data" in fields, f"a message without data is never told: {block}"
        if "id" in fields:
            assert fields["id"].isdigit(), block
            self.last_id = fields["id"]
        kind = fields.get("event", "data")
        assert kind == "data" or kind in NAMES, block
        if kind in ("ping", "return"):
            assert fields["data"] == "", block
            return kind, fields.get("id"), None
        value = json.loads(fields["data"])
        if kind == "data":
            assert "id" in fields and set(value) == {"type", "data"}, block
        return kind, fields.get("id"), value

    def wait(self, accept, seconds: float = 5) -> tuple:
        deadline = time.monotonic() + seconds
        while True:
            try:
                item = self.items.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not within {seconds} s; seen {self.seen}") from None
            assert item[0] != "broken", item[2]
            self.seen.append(item)
            if accept(item):
                return item

    def connected(self) -> dict:
        kind, _, options = self.wait(lambda _: True)
        assert kind == "connected" and not self.seen[:-1], self.seen
        return options

    def alert(self, alert_id: str, kind: str = "alert:new", seconds: float = 5) -> tuple:
        def accept(item):
            return item[0] == "data" and item[2]["type"] == kind and item[2]["data"].get("id") == alert_id
        return self.wait(accept, seconds)

    def close(self) -> None:
        try:
            self.line.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # Ward has closed it already
        self.line.socket.close()
