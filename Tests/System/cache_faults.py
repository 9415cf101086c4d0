"""A Redis that is killed, hangs, answers five seconds late, is flushed or full, under reads and writes on two nodes."""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

from cache_mix import Mix, p99
from cache_support import two_nodes
from fault_rows import Row
from redis_server import RedisServer
from slow_proxy import slow_proxy
from ward_process import PASSWORD, wait_for

LATE_SECONDS = 5.0
FAULTS = ("killed", "hanging", "slowed by 5 s", "flushed again and again", "full")
# For the noise of a shared machine, on top of what is promised.
NOISE_SECONDS = 0.02


def begin(house, fault: str) -> None:
    match fault:
        case "killed":
            house.redis.kill()
        case "hanging":
            house.redis.hang()
        case "slowed by 5 s":
            house.proxy.delay = LATE_SECONDS
        case "flushed again and again":
            for _ in range(20):
                house.redis("FLUSHALL")
        case "full":
            house.redis("CONFIG", "SET", "maxmemory", "1")


def heal(house, fault: str) -> None:
    match fault:
        case "killed":
            house.redis.start()
        case "hanging":
            house.redis.go_on()
        case "slowed by 5 s":
            house.proxy.delay = 0
        case "full":
            house.redis("CONFIG", "SET", "maxmemory", "0")
    for node in house.nodes:
        wait_for(lambda node=node: "ward_redis_available 1" in node.call("GET", "/metrics").text, 20, "Redis is used again")


@contextmanager
def cache_house(limits: bool = False):
    """Two nodes whose Redis is behind a line that can be made slow."""
    environment = {"WARD_RATE_LIMITS": "on"} if limits else {}
    with RedisServer() as redis, slow_proxy(redis.port) as proxy:
        with two_nodes(SimpleNamespace(url=f"redis://127.0.0.1:{proxy.port}"), environment) as nodes:
            yield SimpleNamespace(redis=redis, proxy=proxy, nodes=nodes)


def answers_row(house, fault: str, mix: Mix, calm: list[float], seconds: float) -> Row:
    """No answer is wrong, none fails, and the slowest in a hundred take at most twice as long as when all was calm."""
    earlier, reads, writes = len(mix.wrong), mix.reads, mix.writes
    blow = threading.Timer(0.3, begin, [house, fault])
    blow.start()
    times = mix.run(seconds)
    blow.join()
    heal(house, fault)
    return Row(
        f"Redis {fault}: answers", mix.reads - reads + mix.writes - writes, wrong=len(mix.wrong) - earlier,
        beyond=int(p99(times) > 2 * p99(calm) + NOISE_SECONDS),
        notes=f"p99 {p99(times) * 1000:.1f} ms, calm {p99(calm) * 1000:.1f} ms, slowest {times[-1]:.2f} s")


def limit_row(house, fault: str, who: str) -> Row:
    """Five sign-ins a minute on both nodes together: at most one more gets through, whatever happens in between."""
    def sign_in(node) -> bool:
        answer = node.call("POST", "/api/v1/sessions", json={"email": who, "password": PASSWORD}, timeout=20)
        assert answer.status_code in (201, 429), answer.text
        return answer.status_code == 201

    first, second = house.nodes
    tries = (first, second, first) + (second, first) * 5
    passed = sum(sign_in(node) for node in tries[:3])
    begin(house, fault)
    passed += sum(sign_in(node) for node in tries[3:])
    heal(house, fault)
    return Row(f"Redis {fault}: limits", len(tries), wrong=int(not 5 <= passed <= 6),
               notes=f"{passed} of {len(tries)} sign-ins passed, five are allowed")


def cache_rows(seconds: float):
    with cache_house() as house:
        mix = Mix(*house.nodes)
        mix.run(1)
        calm = mix.run(seconds)
        for fault in FAULTS:
            yield answers_row(house, fault, mix, calm, seconds)
    # Each has a window of its own.
    people = ("head", "doctor", "nurse", "operator", "patient")
    with cache_house(limits=True) as house:
        for fault, who in zip(FAULTS, people):
            yield limit_row(house, fault, f"{who}@demo.ward")
