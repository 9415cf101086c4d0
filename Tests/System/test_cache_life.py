"""How long answers are kept, what it costs that they are, and what must happen all the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from api_support import Api, shift
from cache_support import clear, counted, difference, figures, found, system_admin, two_nodes
from redis_server import RedisServer
from ward_process import WardProcess, wait_for


@pytest.fixture(scope="module")
def house():
    with RedisServer() as redis, two_nodes(redis) as nodes:
        yield redis, *nodes


@pytest.fixture
def empty(house):
    redis, first, second = house
    if not hasattr(first, "system"):
        first.system = system_admin(first)
    redis("FLUSHALL")
    clear(first, first.system)
    return house


KEPT = {
    "230: the hospital an hour": ("/hospital", 3600),
    "230: emergencies' types, templates and ladders a minute": ("/alert-types", 60),
    "230: templates a minute": ("/alert-templates", 60),
    "230: ladders a minute": ("/escalation-ladders", 60),
    "231: a doctor's profile an hour": ("/doctors/{doctor}", 3600),
    "232: a list of departments five minutes": ("/departments", 300),
    "232: a list of rooms five minutes": ("/rooms?limit=3", 300),
    "232: a list of doctors five minutes": ("/doctors?search=a", 300),
    "230: a patient half an hour": ("/patients/{patient}", 1800),
}


@pytest.mark.parametrize("what", KEPT)
def test_each_is_over_at_its_time(empty, what):
    """230, 231, 232, 233: found in memory here and in Redis there until a moment before its time, made anew after it"""
    redis, first, second = empty
    api, there = Api(first), Api(second)
    path, seconds = KEPT[what]
    path = path.format(doctor=api.user("doctor"), patient=api.patient())
    api.token("doctor"), there.token("doctor")
    with counted(first, {"misses": 1}):
        fresh = api.call("doctor", "GET", path)
        assert fresh.status_code == 200, fresh.text
    wait_for(lambda: redis.keys("ward:*:answer:*"), 5, "it stands in Redis")
    shift(first, seconds - 10)
    shift_there(second, first)
    with counted(first, {"memoryHits": 1}):
        assert api.call("doctor", "GET", path).json() == fresh.json()
    with counted(second, {"redisHits": 1}):
        assert there.call("doctor", "GET", path).json() == fresh.json()
    shift(first, 12)
    shift_there(second, first)
    with counted(first, {"misses": 1}):
        assert api.call("doctor", "GET", path).json() == fresh.json()
    before = found(second)
    assert there.call("doctor", "GET", path).json() == fresh.json()
    assert "memoryHits" not in difference(before, found(second)), "what it had is over, too"


def shift_there(second: WardProcess, first: WardProcess) -> None:
    """The other process has the shifted time, too."""
    from datetime import datetime
    wait_for(lambda: abs((first.now() - datetime.fromisoformat(
        second.call("GET", "/health").json()["time"])).total_seconds()) < 0.5, 5, "the other node has the time")


def test_a_kept_patient_is_still_on_record(empty):
    """230, 15: each look at a kept patient leaves its audit row and is in his access log; a change is seen at once"""
    _, first, second = empty
    api = Api(first)
    patient = api.patient()

    def looks() -> tuple[int, int]:
        return tuple(first.sql(statement, role="admin", parameters=[patient])[0][0] for statement in (
            "SELECT count(*) FROM audit_log WHERE action = 'patient_viewed' AND patient_id = %s",
            "SELECT count(*) FROM patient_accesses WHERE action = 'patient_viewed' AND patient_id = %s"))

    before = looks()
    with counted(first, {"misses": 1, "memoryHits": 4}):
        seen = [api.do("doctor", "GET", f"/patients/{patient}") for _ in range(5)]
    assert looks() == (before[0] + 5, before[1] + 5)
    assert all(each == seen[0] for each in seen)
    api.do("admin", "PATCH", f"/patients/{patient}", {"version": seen[0]["version"], "roomNumber": "K-1"})
    for node in (first, second):
        assert Api(node).do("doctor", "GET", f"/patients/{patient}")["roomNumber"] == "K-1"


def test_rights_come_before_the_cache(empty):
    """237: what is kept for one who may is no answer for one who may not, and a right that is taken away is gone"""
    _, first, _ = empty
    api = Api(first)
    for _ in range(2):
        assert api.call("doctor", "GET", "/alert-types").status_code == 200
        assert api.call("patient", "GET", "/alert-types").status_code == 403
        assert api.call(None, "GET", "/alert-types").status_code == 401
    patient = api.patient()
    assert api.call("doctor", "GET", f"/patients/{patient}").status_code == 200
    api.do("admin", "PATCH", "/hospital", {"restrictRecords": True})
    try:
        refused = api.call("doctor", "GET", f"/patients/{patient}")
        assert refused.status_code in (200, 403)
        department = api.do("admin", "POST", "/departments", {"name": "Far", "code": "FAR"})["id"]
        now = api.do("admin", "GET", f"/patients/{patient}")
        api.do("admin", "PATCH", f"/patients/{patient}", {"version": now["version"], "departmentId": department})
        api.do("admin", "GET", f"/patients/{patient}")
        assert api.call("doctor", "GET", f"/patients/{patient}").status_code == 403
    finally:
        api.do("admin", "PATCH", "/hospital", {"restrictRecords": False})


def test_a_hundred_at_once_ask_once(empty):
    """237: of a hundred who ask for what is not kept at once few reach the source, and all get the same answer"""
    _, first, _ = empty
    token = Api(first).token("nurse")
    before = found(first)
    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(lambda _: first.call("GET", "/api/v1/rooms?limit=100", token).text, range(100)))
    assert len(set(answers)) == 1
    told = difference(before, found(first))
    assert told["misses"] == 1 and told.get("memoryHits", 0) <= 99


def test_every_change_is_heard(empty):
    """235, 236: each table from which answers are kept: an insert, an update and a delete past Ward change the answer
    on both nodes within a second"""
    _, first, second = empty
    hospital = Api(first).hospital("admin")
    statements = {
        "/departments?limit=100": (
            "INSERT INTO departments (hospital_id, id, name, code) VALUES (%(h)s, gen_random_uuid(), 'Past', 'PAST')",
            "UPDATE departments SET name = 'Passed' WHERE code = 'PAST'", "DELETE FROM departments WHERE code = 'PAST'"),
        "/rooms?limit=100": (
            "INSERT INTO rooms (hospital_id, id, number) VALUES (%(h)s, gen_random_uuid(), 'A-PAST')",
            "UPDATE rooms SET beds = 9 WHERE number = 'A-PAST'", "DELETE FROM rooms WHERE number = 'A-PAST'"),
        "/locations?limit=100": (
            "INSERT INTO locations (hospital_id, id, name) VALUES (%(h)s, gen_random_uuid(), 'A-Past')",
            "UPDATE locations SET phone = '+49 30 12345' WHERE name = 'A-Past'", "DELETE FROM locations WHERE name = 'A-Past'"),
        "/doctors?limit=100": (
            "UPDATE users SET name = 'Renamed' WHERE email = 'doctor@demo.ward'",
            "UPDATE memberships SET specialization = 'Past' WHERE hospital_id = %(h)s AND role = 'doctor'",
            "INSERT INTO doctor_profiles (hospital_id, user_id, bio) SELECT hospital_id, user_id, 'Past' FROM memberships"
            " WHERE hospital_id = %(h)s AND role = 'doctor' ON CONFLICT (hospital_id, user_id) DO UPDATE SET bio = 'Past'"),
        "/alert-types?limit=100": (
            "UPDATE alert_types SET title = 'Past' WHERE hospital_id = %(h)s AND code = 'fall'",),
        "/hospital": ("UPDATE hospitals SET phone = '+49 30 12345' WHERE id = %(h)s",),
    }
    apis = [Api(first), Api(second)]
    for path, changes in statements.items():
        for change in changes:
            before = [api.do("admin", "GET", path) for api in apis]
            assert before[0] == before[1]
            first.sql(change, role="admin", parameters={"h": hospital})
            for api in apis:
                wait_for(lambda api=api: api.do("admin", "GET", path) != before[0], 1, f"{change} is seen")


def test_figures(empty):
    """241: what was found where, the ratio of it and the memory it takes, for the administrator and for Prometheus"""
    _, first, _ = empty
    api = Api(first)
    for _ in range(20):
        api.do("nurse", "GET", "/departments")
    told = figures(first)
    hits = told["memoryHits"] + told["redisHits"]
    assert told["hitRatio"] == pytest.approx(hits / (hits + told["misses"]))
    assert 0 < told["bytes"] <= told["maximumBytes"] == 4 << 20 and told["values"] > 0 and told["breaker"] == "closed"
    text = first.call("GET", "/metrics").text
    assert "ward_cache_hit_ratio 0." in text and "ward_cache_memory_bytes " in text
    assert api.call("nurse", "GET", "/cache").status_code == 403
    assert api.call("admin", "POST", "/cache-clearings", {}).status_code == 403


def test_memory_is_bounded(ward_factory):
    """238: with room for a mebibyte the oldest answers leave, and the process keeps its bound"""
    ward = ward_factory(environment={"WARD_CACHE_MEMORY_MEBIBYTES": "1"})
    token = ward.sign_in("admin@demo.ward")
    wait_for(lambda: ward.call("GET", "/api/v1/departments", token).ok and figures(ward)["values"], 10, "it listens")
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: ward.call("GET", f"/api/v1/alert-types?limit=100&offset={n}"
                                                 f"&fields=code,title", token), range(5000)))
    told = figures(ward)
    assert told["bytes"] <= 1 << 20 and told["evicted"] > 100, told
