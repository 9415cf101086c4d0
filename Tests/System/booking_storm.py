"""Many who want one doctor at once, at times that overlap but are not equal: over HTTP, on two nodes of one database,
round after round.

    WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/booking_storm.py --racers 1000 --rounds 100

Nobody asks twice: whatever is not 201 or 409 counts. On a machine of its own the slowest in a hundred of those who are
told 409 hear it within a second; the end status is 1 where one of it does not hold.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from api_support import Api, own_ward
from booking_support import SERVICE, at, new_doctor, told

# Of visits of a quarter of an hour that begin at any of these minutes, each overlaps each other.
MINUTES = 15


@dataclass
class Round:
    """How one time was fought for."""

    answers: list[tuple[int, float]] = field(default_factory=list)
    seconds: float = 0.0
    appointments: int = 0
    seats: int = 0
    deadlocks: int = 0

    @property
    def statuses(self) -> Counter:
        return Counter(status for status, _ in self.answers)

    @property
    def refusals(self) -> list[float]:
        """Seconds from when each was sent until its 409, sorted."""
        return sorted(seconds for status, seconds in self.answers if status == 409)

    def line(self) -> str:
        answers = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        return (f"{self.seconds:6.2f} s: {answers}; {self.appointments} appointments, {self.seats} seats taken,"
                f" {self.deadlocks} deadlocks; 409 p50 {part(self.refusals, 50):.2f} s, p99 {part(self.refusals, 99):.2f} s")


def part(values: list[float], percent: int) -> float:
    return values[(len(values) - 1) * percent // 100] if values else 0.0


@contextmanager
def two_nodes():
    """Two Wards of one database, and the demo's people in front of the first."""
    with own_ward() as first, own_ward(demo=False, environment={
            "WARD_DATABASE_URL": first.database_url("serving")}) as second:
        yield Api(first), [first.url, second.url]


def many_patients(api: Api, count: int) -> list[str]:
    """Patients of the demo hospital, straight into the database: as an earlier version left them, and sealed later."""
    rows = api.ward.sql(
        "INSERT INTO patients (hospital_id, id, mrn, name) SELECT %s, gen_random_uuid(), 'S' || upper(substr(md5(random()::text), 1, 10)), 'S'"
        " FROM generate_series(1, %s) RETURNING id", "admin", parameters=[api.hospital(), count])
    return [str(row.id) for row in rows]


class Racer(asyncio.Protocol):
    """One of them: connected before the start, so that all are sent at once. `done` has the answer's status and its seconds.

    Written without streams: the racers share the machine with the two nodes, whose time it would take."""

    def __init__(self, place: SplitResult, token: str, body: dict):
        content = json.dumps(body).encode()
        self.request = (
            f"POST /api/v1/appointments HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n").encode() + content
        self.answer, self.began = b"", time.monotonic()
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def start(self) -> None:
        self.began = time.monotonic()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.answer += data

    def connection_lost(self, error: Exception | None) -> None:
        seconds = time.monotonic() - self.began
        if error or not self.answer:
            self.done.set_exception(error or ConnectionError("closed without an answer"))
        else:
            self.done.set_result((int(self.answer.split(b" ", 2)[1]), seconds))


async def race(urls: list[str], token: str, bodies: list[dict]) -> tuple[list, float]:
    loop, racers = asyncio.get_running_loop(), []
    for n, body in enumerate(bodies):
        place = urlsplit(urls[n % len(urls)])
        racer = Racer(place, token, body)
        await loop.create_connection(lambda racer=racer: racer, place.hostname, place.port)
        racers.append(racer)
    began = time.monotonic()
    for racer in racers:
        racer.start()
    return await asyncio.gather(*(racer.done for racer in racers)), time.monotonic() - began


def deadlocks(api: Api) -> int:
    return api.ward.sql("SELECT sum(deadlocks)::int AS n FROM pg_stat_database", "admin")[0].n


def storm(api: Api, urls: list[str], racers: int, rounds: int, capacity: int = 1):
    """Each round is another quarter of an hour of one doctor, wanted by everybody for another patient."""
    doctor, patients, token = new_doctor(api), many_patients(api, racers), api.token("admin")
    if capacity > 1:
        first = api.do("admin", "POST", "/appointments", {
            "patientId": patients[0], "doctorId": doctor, "service": SERVICE, "startsAt": told(at(api, 5))})
        assert first["status"] == "scheduled"
        api.ward.sql("UPDATE resources SET capacity = %s WHERE user_id = %s RETURNING 1", "admin", parameters=[capacity, doctor])
    for n in range(rounds):
        day, before = 10 + n, deadlocks(api)
        bodies = [{"patientId": each, "doctorId": doctor, "service": SERVICE,
                   "startsAt": told(at(api, day, minute=number % MINUTES))} for number, each in enumerate(patients)]
        span = [doctor, told(at(api, day)), told(at(api, day, minute=MINUTES))]
        found = Round()
        found.answers, found.seconds = asyncio.run(race(urls, token, bodies))
        found.appointments = len(api.ward.sql(
            "SELECT 1 FROM appointments WHERE doctor_id = %s AND starts_at >= %s AND starts_at < %s", parameters=span))
        found.seats = len(api.ward.sql(
            "SELECT 1 FROM occupancy o JOIN resources r ON r.id = o.resource_id"
            " WHERE r.user_id = %s AND o.starts_at >= %s AND o.starts_at < %s", parameters=span))
        found.deadlocks = deadlocks(api) - before
        yield found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--racers", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--capacity", type=int, default=1)
    chosen = options.parse_args()
    wrong, refusals = 0, []
    with two_nodes() as (api, urls):
        for found in storm(api, urls, chosen.racers, chosen.rounds, chosen.capacity):
            print(found.line(), flush=True)
            refusals += found.refusals
            wrong += (found.statuses != {201: chosen.capacity, 409: chosen.racers - chosen.capacity}
                      or found.appointments != chosen.capacity or found.seats != chosen.capacity or found.deadlocks > 0)
    slowest = part(sorted(refusals), 99)
    print(f"{chosen.rounds} rounds of {chosen.racers} racers, {wrong} of them not with exactly {chosen.capacity} winner"
          f" and 409 for all others; 409 within {slowest:.2f} s (p99)")
    raise SystemExit(1 if wrong or slowest > 1 else 0)


if __name__ == "__main__":
    main()
