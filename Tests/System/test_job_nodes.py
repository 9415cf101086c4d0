"""Jobs over several processes: sharing, a killed and a sleeping worker, one leader, periods; numbers and commands."""

import pytest
import os
import signal
import subprocess

from api_raw import assert_refused
from api_support import shift
from job_soak import soak, violations
from jobs_support import dead, drill, jobs, own_node, states
from ordered_client import OrderedClient
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import binary, lived, wait_for

pytestmark = pytest.mark.alone


def leader(ward):
    rows = ward.sql("SELECT node, term, until > ward.now() AS leads FROM leaders WHERE name = 'jobs'")
    return rows[0] if rows and rows[0].leads else None


def test_two_nodes_share_the_work(ward):
    """225: two consumers share a backlog; each job is begun once and done once, and both did some"""
    with own_node(ward):
        drill(ward, "analytics", "pause", 300)
        wait_for(lambda: states(ward, "analytics") == {"done": 300}, 40, lambda: states(ward, "analytics"))
        rows = jobs(ward, "queue = 'analytics'")
        assert len({job.id for job in rows}) == 300 and {job.attempts for job in rows} == {1}
        nodes = lambda: ward.sql("SELECT node, sum(done) AS done FROM job_counts WHERE queue = 'analytics' GROUP BY 1")
        wait_for(lambda: sum(row.done for row in nodes()) == 300, 10, "both have told what they did")
        assert len(nodes()) == 2 and min(row.done for row in nodes()) >= 50, nodes()


def test_killed_workers_lose_and_double_nothing(ward):
    """220: a worker that is killed with -9 five times loses no job, and no effect in the database is doubled"""
    counts = soak(ward, kills=5)
    print(counts)
    assert violations(counts) == 0, counts


def test_a_sleeper_changes_nothing(ward):
    """225: a worker that sleeps past its leases and wakes finds them gone: its completions change no row"""
    with own_node(ward) as sleeper:
        drill(ward, "service", "pause", 400)
        running = "SELECT count(*) FROM jobs WHERE queue = 'service' AND state = 'running'"
        wait_for(lambda: ward.sql(running)[0][0] >= 20, 10, "both are at work")
        os.kill(sleeper.process.pid, signal.SIGSTOP)
        try:
            shift(ward, 31)
            wait_for(lambda: states(ward, "service") == {"done": 400}, 60, lambda: states(ward, "service"))
            before = jobs(ward, "queue = 'service'")
            again = [job for job in before if job.attempts > 1]
            assert again, "some were taken from the sleeper"
        finally:
            os.kill(sleeper.process.pid, signal.SIGCONT)
        wait_for(lambda: "changed nothing" in sleeper.log(2000), 15, "the sleeper notices that its leases are gone")
        assert jobs(ward, "queue = 'service'") == before


def test_a_lead_passes_on(ward):
    """226: when the node that leads is killed another one leads within 15 s, in a later term; no period is doubled"""
    with own_node(ward) as second:
        newest = "SELECT node FROM job_nodes ORDER BY started_at DESC LIMIT 1"
        wait_for(lambda: ward.sql("SELECT count(*) FROM job_nodes WHERE seen_at > ward.now() - interval '5 seconds'")[0][0] >= 2,
                 15, "both are there")
        name = ward.sql(newest)[0].node
        leads = lambda: (now := leader(ward)) and now.node == name and now
        os.kill(ward.process.pid, signal.SIGSTOP)
        try:
            taken = wait_for(leads, 15, "the second leads")
        finally:
            os.kill(ward.process.pid, signal.SIGCONT)
        second.kill9()
        began = lived()
        last = wait_for(lambda: (now := leader(ward)) and now.term > taken.term and now, 15, "the first leads again")
        assert last.node != name and lived() - began <= 15
    runs = ward.sql("SELECT count(*) FROM finished_jobs WHERE kind = 'house.tidy'")[0][0]
    assert runs <= ward.sql("SELECT count(DISTINCT date_trunc('hour', created_at)) FROM finished_jobs"
                            " WHERE kind = 'house.tidy'")[0][0]


def test_a_period_runs_once_in_the_cluster(ward):
    """226: of two nodes one asks for the hourly pass, and it runs once in each hour"""
    tidied = lambda: ward.sql("SELECT count(*) FROM finished_jobs WHERE kind = 'house.tidy'")[0][0]
    with own_node(ward):
        before = wait_for(tidied, 15, "the pass of this hour ran")
        for hour in range(1, 4):
            shift(ward, 3600)
            wait_for(lambda: tidied() >= before + hour, 20, f"the pass of hour {hour}")
        rounds = ward.sql("SELECT last_slot FROM periods WHERE name = 'tidy'")[0].last_slot
        wait_for(lambda: ward.sql("SELECT count(*) FROM leaders WHERE until > ward.now() + interval '7 seconds'")[0][0], 15,
                 "another round is over")
        assert tidied() == before + 3 and ward.sql("SELECT last_slot FROM periods WHERE name = 'tidy'")[0].last_slot == rounds


def test_backlog_raises_workers_and_rest_lowers_them(ward, api):
    """224: workers of a queue rise with its backlog up to the queue's number and sink to their lowest when it is over"""
    row = lambda: next(each for each in api.do("admin", "GET", "/queues?limit=100") if each["queue"] == "patient-preference")
    low = wait_for(lambda: (r := row()) and r["workers"] > 0 and r["workers"] < r["concurrency"] and r["workers"], 40, "at rest")
    drill(ward, "patient-preference", "pause", 600)
    wait_for(lambda: row()["workers"] == 15, 15, lambda: f"all work: {row()}")
    wait_for(lambda: row()["waiting"] == 0, 40, "the backlog is done")
    wait_for(lambda: row()["workers"] <= low, 60, lambda: f"they sink: {row()}")


def test_numbers_and_dashboard(ward, api):
    """223: counts by state, rates and workers for who sees the system, as JSON, on the dashboard and for Prometheus"""
    dead(ward, api.hospital(), "chequp", 2)
    drill(ward, "chequp", delay=3600)
    drill(ward, "chequp", count=5)
    find = lambda rows: next(each for each in rows if each["queue"] == "chequp")
    wait_for(lambda: (row := find(api.do("admin", "GET", "/queues?limit=100"))) and (row["dead"], row["delayed"], row["waiting"])
             == (2, 1, 0) and row["doneLastHour"] >= 5 and row["p95StartMilliseconds"], 15, "the numbers")
    admin, nurse = api.token("admin"), api.token("nurse")
    body = ward.call("GET", "/queue/metrics", admin).json()["data"]
    assert body["dead"] >= 2 and find(body["queues"])["dead"] == 2 and body["workers"] > 0
    assert [each["kind"] for each in body["nodes"]][0] == "serve" and sum(each["term"] is not None for each in body["nodes"]) == 1
    for path in ("/queue/metrics", "/queue-dashboard", "/api/v1/queues"):
        assert_refused(ward.call("GET", path), 401)
        assert_refused(ward.call("GET", path, nurse), 403)
    page = ward.call("GET", "/queue-dashboard", admin)
    assert page.status_code == 200 and "text/html" in page.headers["Content-Type"] and "<html" in page.text
    for token, status in ((None, 401), (nurse, 403)):
        browser = ward.call("GET", "/queue-dashboard", token, headers={
            "Accept": "text/html", "If-None-Match": page.headers["ETag"]})
        assert browser.status_code == status and browser.text == page.text, "a browser gets the console, which asks"
    wait_for(lambda: 'ward_queue_dead{queue="chequp"} 2' in ward.call("GET", "/metrics").text, 20, "the gauge")


def test_numbers_come_by_socket(ward, api):
    """223: who sees the system hears queue:updated with numbers; a nurse is refused"""
    heard = []
    client = OrderedClient(reconnection=False)
    client.on("queue:updated", heard.append)
    client.connect(ward.url, auth={"token": api.token("admin")}, transports=["websocket"])
    try:
        client.emit("subscribe:queues", {})
        wait_for(lambda: heard, 10, "the numbers come")
        count = len(heard)
        drill(ward, "vidhakarma", delay=3600)
        changed = lambda: any(each["queue"] == "vidhakarma" and each["delayed"] == 1 for each in heard[-1]["queues"])
        wait_for(lambda: len(heard) > count and changed(), 10, "the change comes")
    finally:
        client.disconnect()
    refused = []
    client = OrderedClient(reconnection=False)
    client.on("queue:updated", refused.append)
    client.connect(ward.url, auth={"token": api.token("nurse")}, transports=["websocket"])
    try:
        answer = client.call("subscribe:queues", {}, timeout=10)
        assert "FORBIDDEN" in str(answer) and not refused
    finally:
        client.disconnect()


def run(ward, *arguments, status: int = 0) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
    urls = {"WARD_DATABASE_URL": ward.database_url("serving"), "WARD_DATABASE_OWNER_URL": ward.database_url("owner")}
    done = subprocess.run([binary(), *arguments], capture_output=True, text=True, timeout=60, env={**clean, **urls}, cwd=ward.base)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_command_line_steers_queues(ward_factory):
    """219: `ward jobs` lists, retries, cancels, replays, drills and drains; `ward work` works without serving"""
    ward = ward_factory(demo=False)
    one, two, three = dead(ward, None, "webhook", 3)
    assert "webhook" in run(ward, "jobs", "list") and one in run(ward, "jobs", "list", "webhook")
    run(ward, "jobs", "retry", one)
    run(ward, "jobs", "cancel", two)
    assert "1 dead" in run(ward, "jobs", "replay", "webhook")
    wait_for(lambda: states(ward, "webhook") == {"done": 2, "cancelled": 1}, 10, lambda: states(ward, "webhook"))
    assert "no" in run(ward, "jobs", "retry", three, status=1)
    assert "queues are" in run(ward, "jobs", "list", "nothing", status=64)
    ward.process.send_signal(signal.SIGSTOP)  # nobody else works now
    try:
        run(ward, "jobs", "drill", "webhook", "--count", "50")
        assert "Nothing waits." in run(ward, "jobs", "drain")
        assert states(ward, "webhook")["done"] == 52
    finally:
        ward.process.send_signal(signal.SIGCONT)
