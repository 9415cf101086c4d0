"""Three counters that know nothing of one another: codes, letters, calls."""

from api_support import Api
from cache_support import two_nodes
from redis_server import RedisServer

ON = {"WARD_RATE_LIMITS": "on"}


def spend(call, most: int) -> int:
    """How many calls get through before one is refused."""
    for n in range(most + 1):
        answer = call(n)
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) >= 1
            return n
        assert answer.status_code < 429, answer.text
    return most + 1


def test_codes_letters_and_calls_are_counted_apart():
    """249, 248: codes by mail, letters to confirm an address and calls of the API each have a limit and a counter of
    their own on both nodes: one that is used up leaves the others as they were"""
    with RedisServer() as redis, two_nodes(redis, ON) as nodes:
        first, second = nodes
        token = Api(first).token("nurse")

        def code(n):
            return nodes[n % 2].call("POST", "/api/v1/auth/otp", json={"email": f"nobody{n}@demo.ward"})

        def letter(n):
            return nodes[n % 2].call(
                "POST", "/api/v1/auth/verification-email", json={"email": "nobody@demo.ward"})

        def call(_):
            return first.call("GET", "/api/v1/departments", token)

        assert spend(code, 21) == 20
        assert spend(letter, 4) == 3
        assert spend(call, 101) == 100
        assert second.call("GET", "/api/v1/duty", token).status_code == 200, "another operation has its own"
        assert {code(0).json()["details"]["limit"], letter(0).json()["details"]["limit"],
                call(0).json()["details"]["limit"]} == {
            "auth.requestOTP", "auth.resendVerificationEmail", "default"}
