"""A private RabbitMQ on loopback: its own node, port, data and epmd, which go away with it.

As a program it starts one, prints its URL and ends it when its input does: `python3 rabbit.py`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/rabbitmq/bin")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Rabbit:
    """Start, stop, kill and pause it as often as you like: data and port stay."""

    def __init__(self):
        self.base = Path(tempfile.mkdtemp(prefix="ward-rabbit-", dir="/tmp"))
        self.port, self.distribution, self.epmd = _free_port(), _free_port(), _free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self.process: subprocess.Popen | None = None
        (self.base / "plugins").write_text("[].\n")
        (self.base / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\nvm_memory_high_watermark.absolute = 512MB\n"
            "disk_free_limit.absolute = 1MB\nlog.file.level = warning\nlog.console = false\n")

    @property
    def environment(self) -> dict:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("RABBITMQ_", "ERL_"))},
            "HOME": str(self.base), "RABBITMQ_NODENAME": f"ward{self.port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(self.base / "data"), "RABBITMQ_LOG_BASE": str(self.base / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.base / "rabbitmq.conf"), "RABBITMQ_DIST_PORT": str(self.distribution),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.base / "plugins"), "ERL_EPMD_PORT": str(self.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            # Few schedulers: it shares its machine with what is tested.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
        }

    def start(self, seconds: float = 90) -> "Rabbit":
        with (self.base / "out.log").open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAMS / "rabbitmq-server"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, cwd=self.base, start_new_session=True)
        deadline = time.monotonic() + seconds
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < deadline, f"no RabbitMQ\n{self.log()}"
            time.sleep(0.05)
        return self

    def _answers(self) -> bool:
        """It speaks AMQP once its queues are there: to a wrong greeting it answers with its own."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as probe:
                probe.settimeout(1)
                probe.sendall(b"AMQP\0\0\0\0")
                return probe.recv(8)[:4] == b"AMQP"
        except OSError:
            return False

    def _signal(self, which: int) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, which)

    def stop(self, seconds: float = 30) -> None:
        """Properly."""
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill9()

    def kill9(self) -> None:
        self._signal(signal.SIGKILL)
        self.process.wait()

    def pause(self) -> None:
        """It stands still: connections stay open and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def control(self, *arguments: str) -> str:
        """The output of rabbitmqctl."""
        done = subprocess.run(
            [PROGRAMS / "rabbitmqctl", "--quiet", *arguments], env=self.environment, capture_output=True, text=True,
            timeout=60, cwd=self.base)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log(self) -> str:
        files = [self.base / "out.log", *self.base.glob("log/*")]
        return "\n".join(line for file in files if file.is_file() for line in file.read_text(errors="replace").splitlines()[-30:])

    def close(self) -> None:
        if self.process:
            self.resume()
            self.kill9()
        subprocess.run(["epmd", "-port", str(self.epmd), "-kill"], capture_output=True, timeout=10)
        shutil.rmtree(self.base, ignore_errors=True)


@contextmanager
def rabbit():
    """A running server."""
    server = Rabbit()
    try:
        yield server.start()
    finally:
        server.close()


if __name__ == "__main__":
    with rabbit() as running:
        print(running.url, flush=True)
        sys.stdin.read()
