"""Servers that tell many sockets of a message, and the load that opens the sockets, publishes and listens."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

from . import people, system

HERE = Path(__file__).resolve().parent.parent
PEERS = HERE / ".build-peers"
MARK = "@@@@@@@@"


def build():
    """The load program; seconds, and nothing when it is up to date."""
    folder = HERE / "client"
    subprocess.run(
        ["swift", "build", "-c", "release", "--package-path", str(folder), "--quiet"], check=True, stdout=sys.stderr)
    return folder / ".build/release/load"


class Load:
    """One process with all sockets: as a context it is connected."""

    firsts = itertools.count(0, 100_000)  # no two loads use the same rooms: their calls would be repeats

    def __init__(self, program, space, server, sockets, connections=64):
        command = [program, "--port", str(server.port), "--sockets", str(sockets), "--connections", str(connections)]
        for name, value in server.load.items():
            if name in ("tokens", "message"):
                file = space.folder / f"{server.name}.{name}"
                file.write_text(value)
                value = str(file)
            command += [f"--{name}", value]
        command += ["--first", str(next(self.firsts))]
        self.receipts = space.folder / "receipts"
        command += ["--receipts", str(self.receipts)]
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        self.connected = self.answer()
        return self

    def answer(self):
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"failure": "the load ended"}
        if "failure" in answer:
            sys.exit(f"the sockets failed: {answer['failure']}")
        return answer

    def run(self, messages, rate):
        """Publishes so many messages at that many a second; what came of it."""
        self.process.stdin.write(f"{messages} {rate}\n")
        self.process.stdin.flush()
        return self.answer()

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class WardSockets:
    """Ward's whole way: a message is an alert, raised by HTTP, committed, read from the log and sent to all."""

    name = "ward"

    def __init__(self, ward, sockets):
        self.process = ward.process
        self.port = int(ward.address.rpartition(":")[2])
        tokens = people.sign_in(ward, sockets)
        self.load = {
            "path": "/socket.io/?EIO=4&transport=websocket", "protocol": "socketio", "publish": "http",
            "tokens": "\n".join(tokens), "hospital": ward.hospital,
        }


class NodeWS:
    """A plain broadcast: what one socket says, all hear."""

    name = "node ws"

    def __init__(self, space, alert):
        self.port = system.free_port()
        folders = [f"{PEERS}/root/usr/share/nodejs", f"{PEERS}/root/usr/lib/nodejs"]
        self.process = space.start(
            "ws", ["node", str(HERE / "sockets/ws.cjs")], NODE_ENV="production", PORT=str(self.port),
            NODE_PATH=":".join(folders))
        system.wait_for(f"http://127.0.0.1:{self.port}/", self.process)
        self.load = {"path": "/", "protocol": "plain", "publish": "socket", "message": f'["alert:new",{alert}]'}


class PythonSocketIO:
    """python-socketio's emit to a room."""

    name = "python-socketio"

    def __init__(self, space, alert, engine="aiohttp"):
        self.port = system.free_port()
        self.process = space.start(
            "socketio", [str(PEERS / "python/bin/python"), str(HERE / "sockets/socketio_server.py"), engine,
                         str(self.port)])
        system.wait_for(f"http://127.0.0.1:{self.port}/", self.process)
        self.load = {
            "path": "/socket.io/?EIO=4&transport=websocket", "protocol": "socketio", "publish": "socket",
            "message": f'42["publish",{alert}]',
        }


def message(ward):
    """An alert as Ward writes it, with a mark in place of its room: everybody sends the same bytes."""
    answer = ward.request("POST", "/api/v1/alerts", {
        "roomNumber": MARK, "alertType": "fall", "urgencyLevel": 3}, ward.token)
    return json.dumps(answer["data"], separators=(",", ":"), ensure_ascii=False)
