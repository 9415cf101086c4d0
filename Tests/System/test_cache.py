"""Answers that are kept: in memory, in Redis, for whom, until when, and never longer than they are true."""

import pytest
from api_support import Api
from cache_support import clear, counted, difference, found, system_admin, two_nodes
from redis_server import RedisServer
from ward_process import wait_for


@pytest.fixture(scope="module")
def house():
    with RedisServer() as redis, two_nodes(redis) as nodes:
        yield redis, *nodes


@pytest.fixture(scope="module")
def systems(house):
    """System administrators of both hospitals."""
    return [system_admin(house[1], who) for who in ("admin", "other admin")]


@pytest.fixture
def empty(house, systems):
    """Nothing is kept of the demo's hospitals."""
    redis, first, second = house
    redis("FLUSHALL")
    for token in systems:
        clear(first, token)
    return house


def name_of(node, token) -> str:
    answer = node.call("GET", "/api/v1/hospital", token)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["name"]


def test_memory_then_redis_then_the_source(empty):
    """228, 237: the first node asks the source and fills, then finds it in memory; the second finds it in Redis"""
    redis, first, second = empty
    token = first.sign_in("nurse@demo.ward")
    second.call("GET", "/api/v1/session", token)
    with counted(first, {"misses": 1}):
        fresh = first.call("GET", "/api/v1/hospital", token).json()
    with counted(first, {"memoryHits": 2}):
        assert [first.call("GET", "/api/v1/hospital", token).json() for _ in range(2)] == [fresh] * 2
    wait_for(lambda: redis.keys("ward:*:answer:*"), 5, "the answer stands in Redis")
    with counted(second, {"redisHits": 1}):
        assert second.call("GET", "/api/v1/hospital", token).json() == fresh
    with counted(second, {"memoryHits": 1}):
        assert second.call("GET", "/api/v1/hospital", token).json() == fresh
    text = first.call("GET", "/metrics").text
    for layer in ("memory", "redis", "source"):
        assert f'ward_cache_total{{layer="{layer}"}}' in text


def test_hospitals_never_meet(empty):
    """229: the same question in two hospitals has two keys and two answers, also by an id that only one of them has"""
    redis, first, second = empty
    api = Api(first)
    department = api.department()
    path = f"/departments/{department}"
    for _ in range(2):
        assert api.call("admin", "GET", path).status_code == 200
        assert api.call("other admin", "GET", path).status_code == 404
        assert api.do("admin", "GET", "/hospital")["id"] == api.hospital("admin")
        assert api.do("other admin", "GET", "/hospital")["id"] == api.hospital("other admin")
    for who in ("admin", "other admin"):
        wait_for(lambda who=who: redis.keys(f"ward:{{{api.hospital(who)}}}:answer:*"), 5, "each has a key of its own")


def test_redis_shows_nothing(empty):
    """229: what stands in Redis is sealed, and a key says no more than the hospital's id"""
    redis, first, _ = empty
    api = Api(first)
    name = api.do("admin", "GET", "/hospital")["name"]
    patient = api.patient()
    person = api.do("admin", "GET", f"/patients/{patient}")["name"]
    keys = wait_for(lambda: len(redis.keys("ward:*:answer:*")) >= 2 and redis.keys("ward:*"), 5, "both stand in Redis")
    for key in keys:
        value = redis("GET", key)
        assert name.encode() not in value and person.encode() not in value and patient not in key


def test_what_was_moved_or_altered_in_redis_is_not_believed(empty, systems):
    """229, 237: a value of one hospital under another's key, cut off or made up is no answer: the source is asked"""
    redis, first, second = empty
    api, there = Api(first), Api(second)
    for who in ("admin", "other admin"):
        api.do(who, "GET", "/hospital")
    ours, others = (
        wait_for(lambda who=who: redis.keys(f"ward:{{{api.hospital(who)}}}:answer:*"), 5, "kept")[0]
        for who in ("admin", "other admin"))
    good = redis("GET", ours)
    for value in (redis("GET", others), good[:-1], good + b"x", b"", b"\x00" * 200):
        redis("SET", ours, value)
        before = found(second)
        assert there.do("admin", "GET", "/hospital")["id"] == api.hospital("admin")
        assert difference(before, found(second)) == {"misses": 1}
        redis("FLUSHALL")
        clear(first, systems[0])
        api.do("admin", "GET", "/hospital")
        ours = wait_for(lambda: redis.keys(f"ward:{{{api.hospital('admin')}}}:answer:*"), 5, "kept")[0]


def test_whoever_wrote_reads_what_he_wrote(empty):
    """235, 236: after a write its node gives the new answer at once, the other one within a second; also by hand"""
    _, first, second = empty
    api, there = Api(first), Api(second)
    there.token("admin")
    zones = ["Europe/Paris", "Europe/Rome", "Europe/Madrid", "Europe/Berlin"]
    for zone in zones:
        api.do("admin", "GET", "/hospital"), there.do("admin", "GET", "/hospital")
        api.do("admin", "PATCH", "/hospital", {"timeZone": zone})
        assert api.do("admin", "GET", "/hospital")["timeZone"] == zone
        wait_for(lambda zone=zone: there.do("admin", "GET", "/hospital")["timeZone"] == zone, 1, "the other node knows")
    # Whoever changes a row past Ward is heard, too.
    first.sql("UPDATE hospitals SET time_zone = 'UTC' WHERE id = %s", role="admin",
              parameters=[api.hospital("admin")])
    for one in (api, there):
        wait_for(lambda one=one: one.do("admin", "GET", "/hospital")["timeZone"] == "UTC", 1, "the change is heard")
