"""Reads and writes on two nodes, each answer compared with what was written, while somebody does things to their Redis."""

import threading
import time

from api_support import Api


class Mix:
    """Reads what may be kept on both nodes and now and then writes; compares every answer with what was written."""

    PATHS = ("/hospital", "/departments", "/rooms?limit=5", "/doctors", "/alert-types?limit=5", "/locations")

    def __init__(self, first, second):
        self.nodes = [Api(first), Api(second)]
        for api in self.nodes:
            api.token("admin"), api.token("nurse")
        self.zone = self.nodes[0].do("admin", "GET", "/hospital")["timeZone"]
        self.wrong: list[str] = []
        self.reads = self.writes = 0

    def run(self, seconds: float) -> list[float]:
        """How long each read took, in seconds."""
        end = time.monotonic() + seconds
        times: list[list[float]] = [[], []]
        readers = [threading.Thread(target=self._read, args=(n, end, times[n])) for n in (0, 1)]
        for reader in readers:
            reader.start()
        zones = ("Europe/Paris", "Europe/Rome")
        while time.monotonic() < end:
            zone = zones[self.writes % 2]
            self.nodes[0].do("admin", "PATCH", "/hospital", {"timeZone": zone})
            self.writes += 1
            told = self.nodes[0].do("admin", "GET", "/hospital")["timeZone"]
            if told != zone:
                self.wrong.append(f"wrote {zone}, read {told}")
            began = time.monotonic()
            while self.nodes[1].do("admin", "GET", "/hospital")["timeZone"] != zone:
                if time.monotonic() - began > 1:
                    self.wrong.append(f"the other node does not know {zone} after a second")
                    break
            time.sleep(0.2)
        for reader in readers:
            reader.join()
        self.reads += len(times[0]) + len(times[1])
        return sorted(times[0] + times[1])

    def _read(self, n: int, end: float, times: list[float]) -> None:
        api = self.nodes[n]
        expected = {path: api.call("nurse", "GET", path).json() for path in self.PATHS[1:]}
        while time.monotonic() < end:
            for path in self.PATHS[1:]:
                began = time.monotonic()
                answer = api.call("nurse", "GET", path)
                times.append(time.monotonic() - began)
                if answer.status_code != 200 or answer.json() != expected[path]:
                    self.wrong.append(f"{path}: {answer.status_code} {answer.text[:100]}")


def p99(times: list[float]) -> float:
    return times[int(len(times) * 0.99)]
