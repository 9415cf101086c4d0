"""A private Redis for tests: no port of the system's own, nothing on disk, gone with the test."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from ward_process import free_port, wait_for


class RedisServer:
    """Starts, stops, slows down, fills and flushes one Redis; speaks RESP by itself, so that no client is needed."""

    def __init__(self, *options: str):
        self.base = Path(tempfile.mkdtemp(prefix="ward-redis-", dir="/tmp"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.options = options
        self.process: subprocess.Popen | None = None

    def start(self) -> "RedisServer":
        with (self.base / "log").open("ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no",
                 "--dir", str(self.base), *self.options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(self._answers, 10, "redis answers")
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.base / "log").read_text()
        try:
            return self("PING") == "PONG"
        except OSError:
            return False

    def kill(self) -> None:
        """As a machine that fails: without a word."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def hang(self) -> None:
        """Takes connections and answers nothing, as a server that swaps or a network that swallows."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.base, ignore_errors=True)

    def __enter__(self) -> "RedisServer":
        return self.start()

    def __exit__(self, *_):
        self.close()

    def __call__(self, *words):
        """One command, such as `redis("GET", "key")`; errors are raised."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            parts = [word if isinstance(word, bytes) else str(word).encode() for word in words]
            connection.sendall(
                b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
            return self._read(connection.makefile("rb"))

    def _read(self, stream):
        line = stream.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest.decode()
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"$":
            if rest == b"-1":
                return None
            value = stream.read(int(rest))
            stream.read(2)
            return value
        if kind == b"*":
            return None if rest == b"-1" else [self._read(stream) for _ in range(int(rest))]
        raise OSError(f"no answer: {line!r}")

    def keys(self, pattern: str = "*") -> list[str]:
        return sorted(key.decode() for key in self("KEYS", pattern))
