"""What the tests of the cache share: two nodes with one database and one Redis, and what a node tells of its cache."""

import uuid
from contextlib import contextmanager

from api_support import Api
from redis_server import RedisServer
from ward_process import PASSWORD, WardProcess, wait_for


def figures(node: WardProcess) -> dict:
    """What the administrator is shown; his call counts among no kept answers."""
    if not hasattr(node, "looker"):
        node.looker = node.sign_in("admin@demo.ward")
    answer = node.call("GET", "/api/v1/cache", node.looker)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def found(node: WardProcess) -> dict[str, int]:
    """How many answers came from where so far."""
    cache = figures(node)
    return {name: cache[name] for name in ("memoryHits", "redisHits", "misses")}


def difference(before: dict, after: dict) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


@contextmanager
def counted(node: WardProcess, expected: dict[str, int]):
    """Exactly these answers came from there meanwhile."""
    before = found(node)
    yield
    assert difference(before, found(node)) == expected


@contextmanager
def two_nodes(redis: RedisServer | None, environment=None, **options):
    more = {**({"WARD_REDIS_URL": redis.url} if redis else {}), **(environment or {})}
    first = WardProcess(environment=more, **options)
    second = None
    try:
        first.start()
        second = WardProcess(
            environment={**more, "WARD_DATABASE_URL": first.database_url(),
                         "WARD_DATABASE_OWNER_URL": first.database_url("owner")}, demo=False)
        second.start()
        for node in (first, second):
            listens(node)
        yield first, second
    finally:
        if second:
            second.close()
        first.close()


def listens(node: WardProcess) -> None:
    """Waits until the node hears of changes: before that nothing is kept."""
    def keeps() -> bool:
        before = found(node)
        for _ in range(2):
            node.call("GET", "/api/v1/hospitals/by-subdomain/demo-general")
        return difference(before, found(node)) != {}
    wait_for(keeps, 10, "answers are kept")


def breaker(node: WardProcess) -> str:
    return figures(node)["breaker"]


def system_admin(node: WardProcess, who: str = "admin") -> str:
    """The token of a system administrator in the hospital of this administrator."""
    email = f"{uuid.uuid4().hex}@system.ward"
    made = Api(node).do(who, "POST", "/users", {"name": "System", "email": email, "role": "nurse", "password": PASSWORD})
    node.sql("UPDATE memberships SET role = 'system_admin' WHERE user_id = %s", role="admin", parameters=[made["id"]])
    return node.sign_in(email)


def clear(node: WardProcess, token: str) -> None:
    """Forgets by hand what is kept of the token's hospital, and waits until the node has heard of it."""
    answer = node.call("POST", "/api/v1/cache-clearings", token, json={})
    assert answer.status_code == 200, answer.text
