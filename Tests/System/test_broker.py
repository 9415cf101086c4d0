"""RabbitMQ in front of PostgreSQL: outages, duplicates, disorder, strangers' messages; and what the report says."""

import random
import uuid
from contextlib import contextmanager
from types import SimpleNamespace

import pika
import pytest
from api_support import Api, own_ward
from jobs_support import drill, jobs, states
from rabbit import Rabbit, rabbit
from test_transports import claimed, notes, over
from ward_process import WardProcess, wait_for

QUEUES = [f"ward.jobs.{name}" for name in ("critical", "high", "normal", "low", "background")]
DEAD = "ward.jobs.dead"


def is_connected(ward) -> bool:
    answer = ward.call("GET", "/health")
    assert answer.status_code == 200, "a broker is never needed"
    return answer.json()["services"]["rabbitmq"]


@pytest.fixture(scope="module")
def both():
    with rabbit() as server, own_ward(environment={"WARD_AMQP_URL": server.url}) as ward:
        wait_for(lambda: is_connected(ward), 20, "the broker is there")
        yield SimpleNamespace(ward=ward, rabbit=server)


@contextmanager
def channel(server: Rabbit):
    with pika.BlockingConnection(pika.URLParameters(server.url)) as connection:
        yield connection.channel()


def depth(server: Rabbit, queue: str) -> int:
    with channel(server) as line:
        return line.queue_declare(queue, passive=True).method.message_count


def everything(ward, queue: str, count: int, seconds: float = 60) -> None:
    """All of them are done, each effect once."""
    found = over(ward, queue, count, seconds)
    assert len(found) == count and {job.state for job in found} == {"done"}
    counts = notes(ward, queue)
    assert len(counts) == count and set(counts.values()) == {1}, "effects that are missing or doubled"


@pytest.mark.parametrize("gone, back, queue", [
    ("stop", "start", "tasks"), ("kill9", "start", "service"), ("pause", "resume", "panchakarma")])
def test_an_outage_loses_nothing(both, gone, back, queue):
    """222: the broker is stopped, killed, stands still: jobs go on meanwhile, none is lost or doubled, and it is used again"""
    ward, server = both.ward, both.rabbit
    drill(ward, queue, "note", 100)
    getattr(server, gone)()
    try:
        drill(ward, queue, "note", 100)
        wait_for(lambda: not is_connected(ward), 40, "the outage is noticed")
        drill(ward, queue, "note", 100)
        everything(ward, queue, 300)
    finally:
        getattr(server, back)()
    wait_for(lambda: is_connected(ward), 60, "the broker is used again")
    before = claimed(ward, "broker")
    drill(ward, queue, "note", 50)
    everything(ward, queue, 350)
    wait_for(lambda: claimed(ward, "broker") > before, 20, "jobs come through the broker again")
    print(f"222: broker {gone}: 350 jobs, 0 lost, 0 doubled")


def test_a_broker_that_comes_later_is_used():
    """222: Ward starts without its broker, works, and uses it from the moment it is there"""
    server = Rabbit()
    ward = WardProcess(environment={"WARD_AMQP_URL": server.url})
    try:
        ward.start()
        assert not is_connected(ward)
        drill(ward, "tasks", "note", 20)
        everything(ward, "tasks", 20)
        assert claimed(ward, "broker") == 0
        server.start()
        wait_for(lambda: is_connected(ward), 60, "the broker is used")
        drill(ward, "tasks", "note", 20)
        everything(ward, "tasks", 40)
        wait_for(lambda: claimed(ward, "broker") > 0, 20, "jobs come through it")
    finally:
        ward.close()
        server.close()


def test_duplicates_and_disorder_change_nothing(both):
    """222: every id brought three times more and in another order: each job is done once"""
    ward, server = both.ward, both.rabbit
    shuffled = random.Random(222)
    for _ in range(4):
        drill(ward, "recurring-appointment", "note", 100)
        ids = [str(job.id) for job in jobs(ward, "queue = 'recurring-appointment'")] * 3
        shuffled.shuffle(ids)
        with channel(server) as line:
            for each in ids:
                line.basic_publish("ward.jobs", shuffled.choice(QUEUES), each.encode())
    everything(ward, "recurring-appointment", 400)
    assert {job.attempts for job in jobs(ward, "queue = 'recurring-appointment'")} == {1}
    wait_for(lambda: all(depth(server, queue) == 0 for queue in QUEUES), 20, "no message is left")
    print("222: 400 jobs, 3,000 duplicates in disorder, 0 done twice")


def test_messages_of_nobody_are_put_aside(both):
    """222: bytes that are no id go to the dead letters; an id that there is not is dropped; both do no harm"""
    ward, server = both.ward, both.rabbit
    before = depth(server, DEAD)
    strange = [b"", b"x", b"\xff\xfe", b"A" * 100_000, b"00000000-0000-0000-0000-00000000000g", b"'; DROP TABLE jobs"]
    with channel(server) as line:
        for body in strange:
            line.basic_publish("ward.jobs", random.choice(QUEUES), body, pika.BasicProperties(headers={"x": "y" * 1000}))
        for _ in range(20):
            line.basic_publish("ward.jobs", QUEUES[2], str(uuid.uuid4()).encode())
    wait_for(lambda: depth(server, DEAD) == before + len(strange), 20, lambda: f"{depth(server, DEAD)} dead letters")
    wait_for(lambda: all(depth(server, queue) == 0 for queue in QUEUES), 20, "no message is left")
    count = len(jobs(ward, "queue = 'service'"))
    drill(ward, "service", "note", 10)
    over(ward, "service", count + 10)


def test_only_ids_travel(both):
    """222: a message is the job's id and nothing else: no header, no payload, persistent"""
    ward, server = both.ward, both.rabbit
    with channel(server) as line:
        spy = line.queue_declare("", exclusive=True).method.queue
        for queue in QUEUES:
            line.queue_bind(spy, "ward.jobs", queue)
        drill(ward, "calendar-sync", "note", 30)
        wanted = {str(job.id) for job in jobs(ward, "queue = 'calendar-sync'")}
        seen = {}

        def all_seen():
            method, properties, body = line.basic_get(spy, auto_ack=True)
            if method:
                seen[body.decode()] = (method.routing_key, properties)
            return wanted <= set(seen)

        wait_for(all_seen, 20, lambda: f"{len(wanted - set(seen))} ids are missing")
    for job in wanted:
        key, properties = seen[job]
        assert key == "ward.jobs.normal"
        assert {name: value for name, value in vars(properties).items() if value is not None} == {"delivery_mode": 2}
    over(ward, "calendar-sync", 30)


def test_never_more_than_ten_channels(both):
    """222: under load Ward holds one connection with at most ten channels"""
    ward, server = both.ward, both.rabbit
    drill(ward, "email", "pause", 400)
    most = 0

    def finished():
        nonlocal most
        rows = server.control("list_connections", "pid", "channels").splitlines()
        counts = [int(row.split()[-1]) for row in rows if row.split()[-1].isdigit()]
        assert len(counts) <= 1, rows
        most = max([most, *counts])
        return states(ward, "email").get("done", 0) >= 400

    wait_for(finished, 60, "all are done", pause=0.2)
    assert 6 <= most <= 10, most


def report(ward, who: str = "admin") -> dict:
    return Api(ward).do(who, "GET", "/system/broker")


def test_the_report_tells_what_there_is(both, ward_factory):
    """360: the report shows each queue's binding, depth and live consumers, and this node's channels; no one else sees it"""
    ward, server = both.ward, both.rabbit
    shown = report(ward)
    assert (shown["isConfigured"], shown["isConnected"], shown["trouble"]) == (True, True, None)
    assert shown["channels"]["limit"] == 10 and 6 <= shown["channels"]["open"] <= 10
    assert [each["name"] for each in shown["queues"]] == [*QUEUES, DEAD]
    for each in shown["queues"][:-1]:
        assert (each["exchange"], each["routingKey"], each["isBound"], each["consumers"]) == (
            "ward.jobs", each["name"], True, 1), each
    assert (shown["queues"][-1]["exchange"], shown["queues"][-1]["consumers"]) == ("ward.dead", 0)
    assert Api(ward).call("nurse", "GET", "/system/broker").status_code == 403
    other = ward_factory(demo=False, environment={
        "WARD_AMQP_URL": server.url, "WARD_DATABASE_URL": ward.database_url()})
    wait_for(lambda: {each["consumers"] for each in report(ward)["queues"][:-1]} == {2}, 20, "two nodes listen")
    assert report(ward)["channels"]["open"] <= 10
    other.stop()
    wait_for(lambda: {each["consumers"] for each in report(ward)["queues"][:-1]} == {1}, 20, "one is left")
    with channel(server) as line:
        line.queue_unbind("ward.jobs.low", "ward.jobs", "ward.jobs.low")
    try:
        broken = [each["name"] for each in report(ward)["queues"] if each["isBound"] is False]
        assert broken == ["ward.jobs.low"]
        drill(ward, "queue-management", "note", 5, priority="low")
        everything(ward, "queue-management", 5)
    finally:
        with channel(server) as line:
            line.queue_bind("ward.jobs.low", "ward.jobs", "ward.jobs.low")


def test_the_report_without_a_broker(ward):
    """360: where no broker is set the report says so, and health does not speak of one"""
    shown = report(ward)
    assert (shown["isConfigured"], shown["isConnected"], shown["queues"]) == (False, False, [])
    assert "rabbitmq" not in ward.call("GET", "/health").json()["services"]


def test_a_deleted_queue_is_made_again(both):
    """360: somebody deletes a queue under Ward's hands: it is there again, with its consumer, and nothing is lost"""
    ward, server = both.ward, both.rabbit
    with channel(server) as line:
        line.queue_delete("ward.jobs.normal")
    drill(ward, "doctor-availability", "note", 50)
    everything(ward, "doctor-availability", 50)

    def is_back():
        shown = report(ward)
        return shown["isConnected"] and shown["queues"][2]["consumers"] == 1 and shown["queues"][2]["isBound"]

    wait_for(is_back, 30, "the queue is there again")


@pytest.mark.parametrize("url", ["http://localhost", "amqp:///x", "amqp://h:0", "localhost:5672", "amqps://h?verify=none"])
def test_wrong_addresses_stop_the_start(ward_factory, url):
    """222: an address that is none stops the start with a clear line, which does not repeat it"""
    ward = ward_factory(start=False, environment={"WARD_AMQP_URL": url})
    ward.launch()
    assert ward.process.wait(20) != 0
    assert "WARD_AMQP_URL must be" in ward.log() and url not in ward.log()
