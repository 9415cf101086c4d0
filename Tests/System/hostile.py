"""Hostile bytes from a hand-written list against one Ward, while its people go on working: `make soak` runs it.

Each attack must get its one answer or the end of the connection. Meanwhile well-behaved calls keep a p99 below 500 ms
from their intended time on (open loop), and the process' memory stays bounded; both are printed, and decide about
the exit status.
"""

import argparse
import gzip
import shutil
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import requests
from api_raw import Broken, Line
from people import many_people
from ward_process import WardProcess

MOST_P99_MS = 500
MOST_GROWTH_MIB = 256

POST = b"POST /api/v1/alerts HTTP/1.1\r\nHost: h\r\n"
GET = b"GET /api/v1/alerts HTTP/1.1\r\nHost: h\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"

# Two readers could find different requests in these: one answer, and the end.
SMUGGLING = {
    "CL.TE": POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE.CL": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n" + HIDDEN + b"\r\n0\r\n\r\n",
    "TE.TE, two headers": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE.TE, a made-up coding": POST + b"Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE, a tab before the colon": POST + b"Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE, a vertical tab": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE, quoted": POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n' + HIDDEN,
    "TE, xchunked": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE behind a bare LF": POST + b"X: y\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "TE folded": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "CL.CL": POST + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + HIDDEN,
    "CL.CL, agreed": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "CL, a list": POST + b"Content-Length: 2, 2\r\n\r\n{}",
    "CL, signed": POST + b"Content-Length: +2\r\n\r\n{}",
    "CL, negative": POST + b"Content-Length: -2\r\n\r\n{}",
    "CL, hexadecimal": POST + b"Content-Length: 0x2\r\n\r\n{}",
    "CL, blank inside": POST + b"Content-Length: 1 2\r\n\r\n{}",
    "CL, beyond 64 bits": POST + b"Content-Length: 184467440737095516170\r\n\r\n{}",
    "chunk size, none": CHUNKED + b"\r\n{}\r\n0\r\n\r\n",
    "chunk size, negative": CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n",
    "chunk size, prefixed": CHUNKED + b"0x2\r\n{}\r\n0\r\n\r\n",
    "chunk size, beyond 64 bits": CHUNKED + b"10000000000000002\r\n{}\r\n0\r\n\r\n",
    "chunk size, a gigabyte": CHUNKED + b"40000000\r\n" + b"x" * 1_100_000,
    "chunk longer than its size": CHUNKED + b"2\r\n{}{}\r\n0\r\n\r\n",
    "trailers without end": CHUNKED + b"2\r\n{}\r\n0\r\n" + b"X-T: y\r\n" * 5_000,
    "a trailer that is none": CHUNKED + b"2\r\n{}\r\n0\r\nnonsense\r\n\r\n",
    "obs-fold": GET + b"X-A: b\r\n c\r\n\r\n",
    "NUL in a value": GET + b"X-A: a\x00b\r\n\r\n",
    "NUL in a name": GET + b"X\x00A: b\r\n\r\n",
    "CR in a value": GET + b"X-A: a\rb\r\n\r\n",
    "a name with a space": GET + b"X A: b\r\n\r\n",
    "two hosts": GET + b"Host: i\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a second version": b"GET / HTTP/1.1 HTTP/1.1\r\nHost: h\r\n\r\n",
    "a version of two digits": b"GET / HTTP/1.10\r\nHost: h\r\n\r\n",
    "HTTP/2's preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 60 + b"\r\n\r\n",
    "endless target": b"GET /" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
    "endless header": GET + b"X-A: " + b"x" * 300_000 + b"\r\n\r\n",
    "ten thousand headers": GET + b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + b"\r\n",
}

# Odd, and yet to be understood in one way only: one answer each.
ODD = {
    "absolute form": b"GET http://elsewhere.example/health HTTP/1.1\r\nHost: h\r\n\r\n",
    "asterisk form": b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
    "authority form": b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: h\r\n\r\n",
    "chunk extensions": CHUNKED + b"2;a=b;c=\"d\"\r\n{}\r\n0;x\r\n\r\n",
    "a trailer named like a header": CHUNKED + b"2\r\n{}\r\n0\r\nContent-Length: 9\r\nHost: i\r\n\r\n",
    "a body on GET": GET + b"Content-Length: 2\r\n\r\n{}",
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: h\r\n\r\n",
    "a path that climbs": b"GET /../../../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
    "a path that climbs, encoded": b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
    "half an escape": b"GET /api/v1/alerts/%f HTTP/1.1\r\nHost: h\r\n\r\n",
    "a bomb in gzip": POST + b"Content-Encoding: gzip\r\nContent-Type: application/json\r\n",
    "json in the depth": POST + b"Content-Type: application/json\r\n",
}
BODIES = {"a bomb in gzip": gzip.compress(b" " * 64_000_000), "json in the depth": b"[" * 500_000}


def odd(name: str) -> bytes:
    body = BODIES.get(name)
    return ODD[name] if body is None else ODD[name] + b"Content-Length: %d\r\n\r\n" % len(body) + body


def one_answer(url: str, data: bytes, ends: bool) -> str | None:
    """What is wrong: not one complete answer below 500, or more than one, or (where asked for) no end."""
    with Line(url, timeout=10) as line:
        line.send(data)
        try:
            answer = line.read()
        except Broken as broken:
            # The end without a word is an answer as well, half an answer is none.
            return None if not line.buffer else str(broken)
        except TimeoutError:
            return "no answer"
        if answer.status >= 500 and answer.status != 503:
            return f"status {answer.status}"
        if ends and answer.status < 400:
            return f"status {answer.status}"
        if ends:
            return None if line.ended() else f"no end, but {line.buffer[:80]!r}"
        return None if line.silent() else f"a second answer: {line.buffer[:80]!r}"


# WebSockets

def frame(opcode: int, data: bytes, fin: bool = True, masked: bool = True, length: int | None = None, rsv: int = 0):
    size = len(data) if length is None else length
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    mark = 0x80 if masked else 0
    if size < 126:
        head += bytes([mark | size])
    elif size < 65_536:
        head += bytes([mark | 126]) + struct.pack(">H", size)
    else:
        head += bytes([mark | 127]) + struct.pack(">Q", size)
    return head + (b"\x00\x00\x00\x00" if masked else b"") + data


FRAMES = {
    "64 MiB, announced": (frame(1, b"x" * 10, length=64 << 20), {1009}),
    "2^63 bytes, announced": (frame(1, b"x", length=1 << 63), {1002, 1009}),
    "bad UTF-8": (frame(1, b"4\xff\xfe"), {1007}),
    "UTF-8 cut in the middle": (frame(1, b"4\xe2\x82"), {1007}),
    "a surrogate": (frame(1, b"4\xed\xa0\x80"), {1007}),
    "a reserved opcode": (frame(3, b"x"), {1002}),
    "a reserved control opcode": (frame(11, b"x"), {1002}),
    "a reserved bit": (frame(1, b"2", rsv=4), {1002}),
    "unmasked": (frame(1, b"2", masked=False), {1002}),
    "a ping in pieces": (frame(9, b"x", fin=False), {1002}),
    "a ping of 126 bytes": (frame(9, b"x" * 126), {1002}),
    "a continuation of nothing": (frame(0, b"x"), {1002}),
    "a message within a message": (frame(1, b"4", fin=False) + frame(1, b"2"), {1002}),
    "a million pieces": (frame(1, b"4", fin=False) + frame(0, b"x", fin=False) * 100_000, {1008}),
    "empty pieces": (frame(1, b"", fin=False) + frame(0, b"", fin=False) * 100_000, {1008}),
    "a flood of pings": (frame(9, b"x" * 100) * 20_000, {1008}),
    "a flood of packets": (frame(1, b"3") * 20_000, {1008, 1013}),
    "pieces beyond the limit": (frame(1, b"4" * 900_000, fin=False) + frame(0, b"x" * 900_000), {1009}),
    "binary": (frame(2, b"\x04\x00"), {1003}),
    "no packet": (frame(1, b"9nonsense"), {1002}),
    "a packet of the server's": (frame(1, b"2"), {1002}),
    "an attachment": (frame(1, b'451-["x",{"_placeholder":true,"num":0}]'), {1002, 1003}),
    "an event of nobody": (frame(1, b'42["x"]'), {1002, 1008}),
}


def close_code(url: str, data: bytes) -> int | None:
    """The code with which Ward closes after these frames; None where it just ends."""
    with Line(url, timeout=10) as line:
        line.send(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
                  b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        head = line._until(lambda data: data.find(b"\r\n\r\n") + 4 if b"\r\n\r\n" in data else 0)
        assert head.startswith(b"HTTP/1.1 101"), head[:80]
        line.send(data)
        while True:
            while len(line.buffer) >= 2:
                opcode, size = line.buffer[0] & 15, line.buffer[1] & 127
                start = 2
                if size == 126 and len(line.buffer) >= 4:
                    size, start = struct.unpack(">H", line.buffer[2:4])[0], 4
                if len(line.buffer) < start + size:
                    break
                body, line.buffer = line.buffer[start : start + size], line.buffer[start + size :]
                if opcode == 8:
                    return int.from_bytes(body[:2], "big")
            if not line._more():
                return None


# Polling

def polling_abuse(url: str) -> list[str]:
    """Sessions by the thousand, payload bombs, sessions that are nobody's: refused, and nothing breaks."""
    address, problems = f"{url}/socket.io/?EIO=4&transport=polling", []

    def post(data, sid="&sid=" + "A" * 20):
        return requests.post(address + sid, data=data, timeout=10).status_code

    if post(b"40") != 400:
        problems.append("a session of nobody takes packets")
    with requests.Session() as session:
        statuses = [session.get(address, timeout=10).status_code for _ in range(2_500)]
    if set(statuses) - {200, 429} or statuses.count(200) > 2_000 or 429 not in statuses:
        problems.append(f"2,500 sessions of one address: {sorted(set(statuses))}, {statuses.count(200)} let in")
    return problems


def payload_bombs(url: str) -> list[str]:
    problems = []
    address = f"{url}/socket.io/?EIO=4&transport=polling"
    bombs = {"50,000 packets": b"\x1e".join([b"3"] * 50_000), "separators": b"\x1e" * 500_000,
             "2 MiB": b"4" * (2 << 20), "bad UTF-8": b"42[\"\xff\"]", "depth": b'42' + b"[" * 500_000,
             "a list of a million": b'42["x"' + b",1" * 400_000 + b"]"}
    for name, bomb in bombs.items():
        sid = requests.get(address, timeout=10).text.split('"sid":"')[1].split('"')[0]
        try:
            status = requests.post(f"{address}&sid={sid}", data=bomb, timeout=10).status_code
        except requests.ConnectionError:
            continue  # Refused by length before all of it was read.
        if status not in (200, 400, 413):
            problems.append(f"payload {name}: {status}")
    return problems


# Legitimate work meanwhile

class Worker:
    """Calls at a steady rate, timed from the intended moment, whatever else goes on."""

    def __init__(self, ward: WardProcess, token: str, per_second: float):
        self.ward, self.token, self.pause = ward, token, 1 / per_second
        self.times: list[float] = []
        self.failures: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        due = time.monotonic()
        with requests.Session() as session:
            while not self.over.is_set():
                due += self.pause
                time.sleep(max(0.0, due - time.monotonic()))
                try:
                    answer = session.get(f"{self.ward.url}/api/v1/alerts?limit=10", timeout=10,
                                         headers={"Authorization": f"Bearer {self.token}"})
                    if answer.status_code != 200:
                        self.failures.append(f"status {answer.status_code}")
                except requests.RequestException as trouble:
                    self.failures.append(type(trouble).__name__)
                self.times.append(time.monotonic() - due)

    def stop(self) -> None:
        self.over.set()
        self.thread.join(15)


def resident_mib(pid: int) -> float:
    fields = Path(f"/proc/{pid}/status").read_text().split()
    return int(fields[fields.index("VmRSS:") + 1]) / 1024


def slow_clients(url: str, seconds: int) -> list[str]:
    """slowhttptest's slow headers, slow bodies and slow reads, one after the other."""
    if not shutil.which("slowhttptest"):
        return ["slowhttptest is not installed (Scripts/deps.sh bench)"]
    problems = []
    for name, options in {
        "slow headers": ["-H", "-i", "2"], "slow bodies": ["-B", "-i", "2", "-s", "8192"],
        "slow reads": ["-X", "-k", "3", "-w", "16", "-y", "64", "-n", "2", "-z", "8"],
    }.items():
        target = url + ("/api/v1/sessions" if name == "slow bodies" else "/api/openapi.json")
        done = subprocess.run(
            ["slowhttptest", "-c", "400", "-r", "200", "-l", str(seconds), "-p", "3", *options, "-u", target],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + 60, check=False)
        if b"service available:   NO" in done.stdout.replace(b"\x1b[0m", b""):
            problems.append(f"{name}: the service was not available")
    return problems


def attack(ward: WardProcess, rounds: int) -> list[str]:
    """The whole list; what went wrong."""
    problems = []
    for _ in range(rounds):
        for name, data in SMUGGLING.items():
            if wrong := one_answer(ward.url, data, ends=True):
                problems.append(f"{name}: {wrong}")
        for name in ODD:
            if wrong := one_answer(ward.url, odd(name), ends=False):
                problems.append(f"{name}: {wrong}")
        for name, (data, codes) in FRAMES.items():
            code = close_code(ward.url, data)
            if code is not None and code not in codes:
                problems.append(f"{name}: closed with {code} instead of {sorted(codes)}")
        problems += payload_bombs(ward.url)
    return problems + polling_abuse(ward.url)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-seconds", type=int, default=20)
    options = parser.parse_args()
    ward = WardProcess()
    ward.start()
    try:
        tokens = many_people(ward, 5, "worker")
        requests.get(f"{ward.url}/api/v1/alerts", headers={"Authorization": f"Bearer {tokens[0]}"}, timeout=10)
        before = resident_mib(ward.process.pid)
        workers = [Worker(ward, token, 10) for token in tokens]
        problems = attack(ward, options.rounds) + slow_clients(ward.url, options.slow_seconds)
        for worker in workers:
            worker.stop()
        after = resident_mib(ward.process.pid)
    finally:
        ward.close()
    times = sorted(each for worker in workers for each in worker.times)
    p99 = times[len(times) * 99 // 100] * 1000
    problems += sorted({failure for worker in workers for failure in worker.failures})
    count = len(SMUGGLING) + len(ODD) + len(FRAMES)
    print(f"hostile: {count} attacks x {options.rounds}, polling abuse, slow clients on {urlsplit(ward.url).netloc}")
    print(f"hostile: {len(times)} calls meanwhile, p50 {times[len(times) // 2] * 1000:.1f} ms, p99 {p99:.1f} ms,"
          f" most {times[-1] * 1000:.1f} ms (bound {MOST_P99_MS} ms)")
    print(f"hostile: memory {before:.0f} MiB before, {after:.0f} MiB after (bound +{MOST_GROWTH_MIB} MiB)")
    if p99 > MOST_P99_MS:
        problems.append("well-behaved calls were too slow")
    if after - before > MOST_GROWTH_MIB:
        problems.append("memory grew too much")
    for problem in problems:
        print(f"hostile: WRONG {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
