"""Jobs as a test asks for them and looks at them: drills, which every queue knows and which change nothing."""

from contextlib import contextmanager

from api_support import NOBODY
from ward_process import WardProcess

# Method and path: the permission that is asked for, and who of the demo's people has it.
GRID = {
    "GET /queues": ("view_system", {"admin"}), "GET /queue-metrics": ("view_system", {"admin"}),
    f"GET /queues/{NOBODY}/jobs": ("view_system", {"admin"}),
    f"POST /jobs/{NOBODY}/retry": ("manage_system", set()), f"DELETE /jobs/{NOBODY}": ("manage_system", set()),
    f"POST /queues/{NOBODY}/replay": ("manage_system", set()),
}
KNOWN = {"jobId": NOBODY, "queue": "tasks"}
IDS = {"jobId": "jobs"}
DEFINERS = {"tend_finished_jobs", "note_job_node", "forget_job_node", "note_job_counts", "queue_numbers", "job_nodes_alive",
            "lead_jobs", "ask_for_period", "forget_job_figures"}
SERVING_DEFINERS = {"finish_job_here", "sees_jobs_of", "jobs_of_queue", "retry_job", "cancel_job", "replay_jobs"}

# What is stored for the design's words: the most urgent begins first.
PLACES = {"critical": 0, "high": 3, "normal": 5, "low": 7, "background": 9}
ALL = """
    SELECT id, hospital_id, queue, kind, state, attempts, last_error, length(payload) AS size, priority, due_at, created_at,
      started_at, finished_at FROM jobs
    UNION ALL SELECT id, hospital_id, queue, kind, state, attempts, NULL, 0, priority, NULL, created_at, started_at,
      finished_at FROM finished_jobs"""


# The house asks for some by the clock, whoever does what.
ASKED = "kind NOT LIKE 'house.%%' AND kind <> 'payment.reconcile'"


def jobs(ward, where: str = "true", *parameters) -> list:
    """Every job but the house's own, whether it waits or is over, in the order of their ids; a % in `where` is doubled."""
    return ward.sql(f"SELECT * FROM ({ALL}) AS j WHERE ({where}) AND {ASKED} ORDER BY id", parameters=list(parameters))


def states(ward, queue: str) -> dict[str, int]:
    rows = ward.sql(f"SELECT state, count(*) AS n FROM ({ALL}) AS j WHERE queue = %s AND {ASKED} GROUP BY 1", parameters=[queue])
    return {row.state: row.n for row in rows}


def drill(ward, queue: str, kind: str = "nothing", count: int = 1, priority: str = "normal", hospital=None,
          delay: float = 0, attempts: int = 3) -> None:
    """Asks for drills, in one transaction, and says so as a node does."""
    with ward.connect() as connection:
        connection.execute(
            """INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, state, due_at, max_attempts)
               SELECT gen_random_uuid(), %(hospital)s::uuid, %(queue)s, %(kind)s, '', %(priority)s,
                 CASE WHEN %(delay)s > 0 THEN 'delayed' ELSE 'waiting' END,
                 ward.now() + make_interval(secs => %(delay)s), %(attempts)s
               FROM generate_series(1, %(count)s)""",
            {"hospital": hospital, "queue": queue, "kind": f"drill.{kind}", "priority": PLACES[priority], "delay": delay,
             "attempts": attempts, "count": count})
        connection.execute("SELECT pg_notify('ward_jobs', 'test ')")


def dead(ward, hospital, queue: str = "tasks", count: int = 1) -> list[str]:
    """Jobs that were given up, of one hospital or of none; their ids."""
    rows = ward.sql(
        """INSERT INTO jobs (id, hospital_id, queue, kind, payload, state, due_at, attempts, last_error, finished_at)
           SELECT gen_random_uuid(), %s::uuid, %s, 'drill.nothing', '', 'dead', ward.now(), 3, 'a drill', ward.now()
           FROM generate_series(1, %s) RETURNING id""", parameters=[hospital, queue, count])
    return [str(row.id) for row in rows]


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    mine = dead(api.ward, api.hospital(), count=3)
    drill(api.ward, "analytics")
    return {
        "queues.list": [("admin", {}, {}, None), ("other admin", {}, {"fields": "queue,waiting", "limit": 2}, None)],
        "queues.getMetrics": [("admin", {}, {}, None)],
        "queues.listJobs": [("admin", {"queue": "tasks"}, {}, None), ("emperor", {"queue": "analytics"}, {"state": "done"}, None)],
        "queues.retryJob": [("emperor", {"jobId": mine[0]}, {}, None)],
        "queues.cancelJob": [("emperor", {"jobId": mine[1]}, {}, None)],
        "queues.replay": [("emperor", {"queue": "tasks"}, {}, None)],
    }


@contextmanager
def own_node(ward, **options):
    """Another Ward on the same database, which may be killed."""
    node = WardProcess(demo=False, environment={"WARD_DATABASE_URL": ward.database_url("serving")}, **options)
    try:
        node.start()
        yield node
    finally:
        node.close()
