"""Folders, processes and ports of one run; everything that was started is ended by its own id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path


class Workspace:
    """A temporary folder and the processes that belong to it."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ward-bench-", dir="/tmp"))
        self.folder.chmod(0o711)  # as root, PostgreSQL runs as another user who has to pass through
        self.processes = []
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return self

    def start(self, name, command, **environment):
        log = open(self.folder / f"{name}.log", "wb")
        process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={**os.environ, **environment},
            start_new_session=True)
        process.log = self.folder / f"{name}.log"
        self.processes.append(process)
        return process

    def __exit__(self, problem, *_):
        if problem:
            for process in self.processes:
                lines = process.log.read_text(errors="replace").splitlines()[-15:]
                print(f"-- last words of {process.args[0]}:", *lines, sep="\n", file=sys.stderr)
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=60)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process, seconds=180):
    """Waits until the address answers at all; ends the run with the program's last words when it dies first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    tail = process.log.read_text(errors="replace").splitlines()[-20:]
    sys.exit(f"{process.args[0]} does not answer at {url}:\n" + "\n".join(tail))


def memory(pid):
    """Resident memory in MiB: (now, highest)."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
