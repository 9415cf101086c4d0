"""`ward doctor`: a line for each part, plain words where one is not well, status 1 then."""

import os
import subprocess

from mail_server import hanging_server
from own_house import ward  # noqa: F401 (fixtures by name)
from rabbit import rabbit
from redis_server import RedisServer
from ward_process import binary, free_port, lived

KEY = "a key of the house 0123456789abcdef0123"


def doctor(folder, status: int = 0, **settings) -> dict[str, tuple[str, str]]:
    """What it says: (state, words) by part."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
    done = subprocess.run([binary(), "doctor", "--data", folder], capture_output=True, text=True, timeout=60,
                          env={**clean, **settings}, cwd=folder)
    assert done.returncode == status, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line[:6].strip() in ("ok", "-", "look", "BAD")]
    return {line[6:22].strip(): (line[:6].strip(), line[22:]) for line in lines}

WARD = {"demo": False}


def test_all_is_well(ward):
    """359, 360: PostgreSQL, its migrations, Redis and RabbitMQ are found and named with their versions"""
    with rabbit() as broker, RedisServer() as redis:
        told = doctor(ward.base, WARD_DATABASE_URL=ward.database_url("serving"), WARD_SECRET_KEY=KEY,
                      WARD_DATABASE_OWNER_URL=ward.database_url("owner"), WARD_AMQP_URL=broker.url, WARD_REDIS_URL=redis.url)
    states = {part: state for part, (state, _) in told.items()}
    assert states == {"secret key": "ok", "database": "ok", "migrations": "ok", "redis": "ok", "rabbitmq": "ok", "mail": "look"}
    assert told["database"][1].startswith("PostgreSQL 1") and told["redis"][1].startswith("Redis ")
    assert told["rabbitmq"][1].startswith("RabbitMQ 3.") and "0 messages wait" in told["rabbitmq"][1]
    assert KEY not in str(told)


def test_what_is_away_is_said(ward):
    """359, 360: nothing listens, or a password is wrong: the part is named with the reason, soon, and no password"""
    closed, began = free_port(), lived()
    told = doctor(ward.base, 1, WARD_DATABASE_URL=f"postgresql://ward_serving:geheim@127.0.0.1:{closed}/ward",
                  WARD_AMQP_URL=f"amqp://ward:geheim@127.0.0.1:{closed}/", WARD_REDIS_URL=f"redis://:geheim@127.0.0.1:{closed}")
    assert lived() - began < 30
    assert {part: told[part][0] for part in ("database", "redis", "rabbitmq")} == dict.fromkeys(("database", "redis", "rabbitmq"), "BAD")
    assert "onnection refused" in told["redis"][1] and "WARD_REDIS_URL" in told["redis"][1]
    assert "WARD_AMQP_URL" in told["rabbitmq"][1] and "geheim" not in str(told)
    with rabbit() as broker, RedisServer() as redis:
        redis("CONFIG", "SET", "requirepass", "another")
        told = doctor(ward.base, 1, WARD_DATABASE_URL=ward.database_url("serving"),
                      WARD_AMQP_URL=broker.url.replace("guest:guest", "guest:geheim"),
                      WARD_REDIS_URL=redis.url.replace("redis://", "redis://:geheim@"))
    assert (told["redis"][0], told["rabbitmq"][0], told["database"][0]) == ("BAD", "BAD", "ok")
    assert "WRONGPASS" in told["redis"][1] and "403" in told["rabbitmq"][1] and "geheim" not in str(told)


def test_who_answers_nothing_is_not_waited_for(ward):
    """359, 360: a server that takes the connection and says nothing is given up after some seconds"""
    with hanging_server() as port:
        began = lived()
        told = doctor(ward.base, 1, WARD_DATABASE_URL=ward.database_url("serving"),
                      WARD_AMQP_URL=f"amqp://127.0.0.1:{port}/", WARD_REDIS_URL=f"redis://127.0.0.1:{port}")
        assert lived() - began < 30
    assert (told["redis"][0], told["rabbitmq"][0]) == ("BAD", "BAD")


def test_a_role_that_may_too_much(ward):
    """76: a serving role that row security does not bind is not well"""
    told = doctor(ward.base, 1, WARD_DATABASE_URL=ward.database_url("admin"))
    assert told["database"][0] == "BAD" and "superuser" in told["database"][1]
    assert (told["redis"][0], told["rabbitmq"][0], told["secret key"][0]) == ("-", "-", "look")


def test_the_private_database(ward, tmp_path):
    """A private database that a Ward uses is left alone; none is made where there is none"""
    told = doctor(ward.data)
    assert told["database"][0] == "ok" and "running Ward" in told["database"][1]
    told = doctor(tmp_path)
    assert told["database"][0] == "look" and "ward serve makes it" in told["database"][1]
    assert not list(tmp_path.iterdir())
