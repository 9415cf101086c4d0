"""Who is connected, seen from every node."""

import pytest
from api_support import Api
from cache_support import two_nodes
from hospital import Ear
from redis_server import RedisServer
from ward_process import WardProcess, wait_for


@pytest.fixture(scope="module", params=["Redis", "PostgreSQL"])
def house(request):
    redis = RedisServer().start() if request.param == "Redis" else None
    try:
        with two_nodes(redis) as nodes:
            yield redis, *nodes
    finally:
        if redis:
            redis.close()


def present(node: WardProcess, who: str = "admin") -> dict[str, dict]:
    if not hasattr(node, "people"):
        node.people = Api(node)
    return {each["name"]: each for each in node.people.do(who, "GET", "/presence?limit=100")}


def ear(node: WardProcess, who: str) -> Ear:
    return Ear(node, who).connect(Api(node).token(who))


def test_who_is_connected_to_another_node(house):
    """150: who connects to one node is present on both, with his connections counted; who leaves is not any more"""
    redis, first, second = house
    nurse = ear(first, "nurse")
    again = ear(second, "nurse")
    other = ear(first, "other nurse")
    try:
        for node in (first, second):
            wait_for(lambda node=node: [
                (each["connections"], each["nodes"]) for each in present(node).values()] == [(2, 2)], 5,
                lambda node=node: f"the nurse is present, but {present(node)}")
            assert len(present(node, "other admin")) == 1
        ours, = present(first).values()
        theirs, = present(second, "other admin").values()
        assert ours["userId"] != theirs["userId"] and ours["name"] != theirs["name"]
        rows = first.sql("SELECT people::text FROM presences", role="admin")
        if redis:
            assert not rows and len(redis.keys("ward:*:presence")) == 2
            hospital = Api(first).hospital("admin")
            held = redis("HGETALL", f"ward:{{{hospital}}}:presence")
            assert len(held) == 4 and not any(ours["userId"].encode() in each for each in held), "sealed"
        else:
            assert len(rows) == 3 and not any(ours["name"] in row.people for row in rows), "no names"
    finally:
        for each in (nurse, again, other):
            each.client.disconnect()
    for node in (first, second):
        wait_for(lambda node=node: not present(node), 5, "nobody is present")
        assert Api(node).call("nurse", "GET", "/presence").status_code == 403


def test_streams_count_as_well(house):
    """150: an event stream makes its reader present on the other node; a lost one takes him away"""
    _, first, second = house
    token = Api(first).token("doctor")
    stream = first.call("GET", "/api/v1/events", token, stream=True)
    try:
        wait_for(lambda: len(present(second)) == 1, 5, "the doctor is present")
    finally:
        stream.close()
    wait_for(lambda: not present(second), 10, "nobody is present")


def test_a_node_that_dies_takes_its_people_along(house):
    """150: nobody takes back what a killed node said; it is over by itself, and what the others said stays"""
    redis, first, _ = house
    third = WardProcess(demo=False, environment={
        "WARD_DATABASE_URL": first.database_url(), **({"WARD_REDIS_URL": redis.url} if redis else {})})
    third.start()
    stays = ear(first, "nurse")
    try:
        ear(third, "doctor")
        wait_for(lambda: len(present(first)) == 2, 5, "both are present")
        third.kill9()
        assert len(present(first)) == 2, "nobody knows yet"
        first.shift_clock(25)
        wait_for(lambda: len(present(first)) == 1, 15, lambda: f"only one is left, but {present(first)}")
    finally:
        stays.client.disconnect()
        third.close()
    wait_for(lambda: not present(first), 5, "nobody is present")


def test_presence_when_redis_goes_away():
    """150, 239: Redis dies and comes back; who is connected is seen all the time"""
    with RedisServer() as redis, two_nodes(redis) as (first, second):
        nurse = ear(first, "nurse")
        wait_for(lambda: len(present(second)) == 1, 5, "the nurse is present")
        redis.kill()
        wait_for(lambda: first.sql("SELECT 1 FROM presences", role="admin"), 15, "the node says it in PostgreSQL")
        assert len(present(second)) == 1
        redis.start()
        wait_for(lambda: not first.sql("SELECT 1 FROM presences", role="admin"), 15, "and in Redis again")
        wait_for(lambda: len(present(second)) == 1, 5, "the nurse is present")
        nurse.client.disconnect()
        wait_for(lambda: not present(second), 5, "nobody is present")
