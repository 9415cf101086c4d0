"""A Ward of one's own: the real binary with its private PostgreSQL in a data folder that goes away afterwards."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import quick_http
import requests
from psycopg.rows import namedtuple_row

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "ward-demo-2026"
# What decides how and where a Ward keeps what it holds: started with one of these it makes its data itself.
OWN_DATA = ("WARD_DATABASE", "WARD_SECRET_KEY", "WARD_ENVIRONMENT", "WARD_AMQP", "WARD_REDIS")
ROLES = {"owner": "ward_owner", "serving": "ward_serving", "admin": "postgres"}


def binary() -> Path:
    """The program under test: WARD_BINARY, else the newest build."""
    if named := os.environ.get("WARD_BINARY"):
        return Path(named).resolve()
    built = [path for kind in ("release", "debug") if (path := ROOT / ".build" / kind / "ward").exists()]
    assert built, "there is no ward to test: build it, or set WARD_BINARY"
    return max(built, key=lambda path: path.stat().st_mtime)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lived() -> float:
    """Seconds in which this machine was ours: a virtual one stands still while its host serves others ("steal" in
    proc(5)), and nobody can keep a promise in that time."""
    stolen = int(Path("/proc/stat").read_text().split("\n", 1)[0].split()[8])
    return time.monotonic() - stolen / os.sysconf("SC_CLK_TCK") / os.cpu_count()


_measured = [time.monotonic(), lived()]


def stretched() -> float:
    """How many seconds of the clock make one that this machine had, at the rate since the last question; 1 on a machine of
    one's own. For limits that others keep by the clock."""
    now, mine = time.monotonic(), lived()
    passed, had = now - _measured[0], mine - _measured[1]
    _measured[:] = now, mine
    return min(10.0, max(1.0, passed / max(had, passed / 10, 1e-3)))


def wait_for(condition, seconds: float, what: str, pause: float = 0.02):
    """The first true value of the condition; fails after the limit."""
    deadline = lived() + seconds
    while not (value := condition()):
        assert lived() < deadline, f"not within {seconds:g} s: {what() if callable(what) else what}"
        time.sleep(pause)
    return value


class WardProcess:
    """Starts, kills and restarts one Ward; speaks to its API and looks into its database."""

    alive: list["WardProcess"] = []
    template: Path | None = None

    def __init__(self, arguments=(), environment=None, demo=True, data=None, port=None, fresh=False):
        """`fresh`: it makes its own database and demo instead of a copy of what another one made."""
        # Below /tmp and open to pass through, since as root PostgreSQL runs as another user.
        self.base = Path(tempfile.mkdtemp(prefix="ward-test-", dir="/tmp"))
        self.base.chmod(0o711)
        self.data = Path(data) if data else self.base / "data"
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = [*(["--demo"] if demo else []), *arguments]
        self.environment = {"WARD_RATE_LIMITS": "off", "WARD_WATCH": "off", **(environment or {})}
        self.log_file = self.base / "ward.log"
        self.process: subprocess.Popen | None = None
        self.clock_shift = 0.0
        self.connections: dict[tuple, psycopg.Connection] = {}
        self.is_copy = demo and not (data or arguments or fresh) and not any(
            name.startswith(OWN_DATA) for name in self.environment)

    # Life

    def launch(self) -> None:
        """Starts the process and does not wait for it."""
        # A WARD_ variable that Ward does not know stops its start, and the tests have such of their own.
        clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
        command = [binary(), "serve", "--data", self.data, "--port", str(self.port), *self.arguments]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**clean, **self.environment}, cwd=self.base)
        if self not in WardProcess.alive:
            WardProcess.alive.append(self)

    def start(self, seconds: float = 60) -> float:
        """Starts and waits until Ward says that it is well; how many of this machine's own seconds that took."""
        if self.is_copy and not self.data.exists():
            subprocess.run(["cp", "-a", "--reflink=auto", self._template(), self.data], check=True)
        began = lived()
        self.launch()
        wait_for(self._is_ready, seconds, lambda: f"ward is ready\n{self.log()}", pause=0.01)
        return lived() - began

    @classmethod
    def _template(cls) -> Path:
        """The data of a demo Ward that was started once and stopped: most tests begin with a copy of it."""
        if cls.template is None:
            made = cls(fresh=True)
            made.start()
            assert made.stop() == 0, made.log()
            WardProcess.alive.remove(made)
            cls.template = made.data
            atexit.register(shutil.rmtree, made.base, ignore_errors=True)
        return cls.template

    def _is_ready(self) -> bool:
        status = self.process.poll()
        assert status is None, f"ward ended with status {status}\n{self.log()}"
        try:
            return requests.get(f"{self.url}/health", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def stop(self, seconds: float = 30) -> int:
        """SIGTERM; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            wait_for(lambda: self.process.poll() is not None, seconds, lambda: f"ward stops at SIGTERM\n{self.log()}")
        except AssertionError:
            self.kill9()
            raise
        return self.process.returncode

    def kill9(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> float:
        """Stops properly if it runs, and starts again on the same data and port."""
        if self.process.poll() is None:
            self.stop()
        return self.start()

    def close(self) -> None:
        """Stops everything and forgets the data; fails when Ward did not end well."""
        try:
            if self.process and self.process.poll() is None:
                status = self.stop()
                assert status == 0, f"ward ended with status {status}\n{self.log()}"
        finally:
            for each in self.connections.values():
                each.close()
            self._stop_cluster()
            if self in WardProcess.alive:
                WardProcess.alive.remove(self)
            shutil.rmtree(self.base, ignore_errors=True)

    def _stop_cluster(self) -> None:
        """A killed Ward leaves its PostgreSQL running."""
        record = self._postmaster()
        if not record:
            return
        pid = int(record[0])
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            return
        wait_for(lambda: not self._postmaster(), 30, "PostgreSQL stops")

    def _postmaster(self) -> list[str]:
        try:
            return (self.data / "postgres" / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def postmaster(self) -> int | None:
        """The process of the private cluster that takes connections."""
        record = self._postmaster()
        return int(record[0]) if len(record) > 7 and record[7].strip() == "ready" else None

    def log(self, lines: int = 60) -> str:
        try:
            return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return "(no log)"

    # The API

    def sign_in(self, email: str, password: str = PASSWORD) -> str:
        """A new session's token."""
        answer = self.call("POST", "/api/v1/sessions", json={"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]["token"]

    def call(self, method, path, token=None, json=None, headers=None, timeout=15, **options) -> requests.Response:
        """One request to a path from the root, such as `/api/v1/alerts`."""
        headers = dict(headers or {})
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        return quick_http.request(method, self.url + path, json=json, headers=headers, timeout=timeout, **options)

    # The database

    def address(self, role: str = "owner") -> dict:
        """How libpq reaches the private cluster."""
        record = self._postmaster()
        assert len(record) > 4, f"there is no PostgreSQL in {self.data}"
        return {
            "host": record[4], "port": record[3], "dbname": "ward", "user": ROLES[role],
            "passfile": str(self.data / "credentials"), "options": "-c search_path=ward",
        }

    def database_url(self, role: str = "serving") -> str:
        """The same as a URL, for another Ward."""
        at = self.address(role)
        lines = (self.data / "credentials").read_text().splitlines()
        password = next(line.rsplit(":", 1)[1] for line in lines if line.split(":")[3:4] == [at["user"]])
        return f"postgresql://{at['user']}:{password}@/ward?host={at['host']}&port={at['port']}"

    def connect(self, role: str = "owner") -> psycopg.Connection:
        return psycopg.connect(**self.address(role), row_factory=namedtuple_row)

    def sql(self, statement: str, role: str = "owner", hospital=None, user=None, parameters=None) -> list:
        """Runs one statement in one transaction, as the tenant if one is given; rows by name or position."""
        if threading.current_thread() is not threading.main_thread():
            with self.connect(role) as connection:
                return self._run(connection, statement, hospital, user, parameters)
        connection = self._kept(role)
        with connection.transaction():
            return self._run(connection, statement, hospital, user, parameters)

    def _run(self, connection, statement, hospital, user, parameters) -> list:
        connection.execute(
            "SELECT set_config('ward.hospital', %s, true) AS hospital, set_config('ward.user', %s, true) AS person",
            [str(hospital or ""), str(user or "")])
        cursor = connection.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []

    def _kept(self, role: str) -> psycopg.Connection:
        """The main thread's connection for single statements: to sign in for each of them takes longer than they do."""
        key = (role, *self._postmaster()[:1])
        if kept := self.connections.get(key):
            try:
                kept.execute("SELECT 1")
                kept.rollback()
                return kept
            except psycopg.OperationalError:
                kept.close()
        made = self.connections[key] = self.connect(role)
        made.prepare_threshold = None  # what a prepared statement reads may change its form under it
        return made

    # The clock

    def shift_clock(self, seconds: float) -> None:
        """Moves the one clock of SQL, on top of earlier shifts, and says so to whoever sleeps."""
        self._set_clock(self.clock_shift + seconds)

    def reset_clock(self) -> None:
        if self.clock_shift:
            self._set_clock(0)

    def _set_clock(self, shift: float) -> None:
        with self.connect("owner") as connection:
            connection.execute(
                "CREATE OR REPLACE FUNCTION ward.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS "
                f"'SELECT statement_timestamp() + interval ''{shift:.6f} seconds'''")
            connection.execute("NOTIFY ward_clock")
        self.clock_shift = shift

    def now(self):
        return self.sql("SELECT ward.now()")[0][0]
