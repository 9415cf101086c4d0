"""What a booking reads: by the doctor and the time, whatever else is booked."""

from api_raw import assert_refused
from booking_support import SERVICE, at, booked, new_doctor, told, wanted
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for

FILL = """
WITH people AS (
  SELECT m.hospital_id, m.user_id, row_number() OVER (ORDER BY m.user_id) AS n FROM ward.memberships m WHERE m.hospital_id = %(hospital)s AND m.role = 'doctor'),
made AS (
  INSERT INTO ward.appointments (hospital_id, id, patient_id, doctor_id, service, medium, status, starts_at, ends_at)
  SELECT p.hospital_id, (substr(ward.first_id(ward.now())::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid,
    %(patient)s, p.user_id, %(service)s, 'video', 'scheduled', t, t + interval '15 minutes'
  FROM people p, generate_series(%(first)s::timestamptz, %(first)s::timestamptz + interval '10 days', interval '20 minutes') t
  RETURNING hospital_id, id, doctor_id, starts_at, ends_at)
INSERT INTO ward.occupancy (hospital_id, id, resource_id, starts_at, ends_at, appointment_id)
SELECT m.hospital_id, gen_random_uuid(), r.id, m.starts_at, m.ends_at, m.id
FROM made m JOIN ward.resources r ON r.hospital_id = m.hospital_id AND r.user_id = m.doctor_id"""

SCANS = """
SELECT COALESCE(sum(s.idx_scan), 0)::bigint AS scans FROM pg_stat_all_indexes s
WHERE s.indexrelid = %(index)s::regclass OR s.indexrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = %(index)s::regclass)"""

ROWS = """
SELECT sum(s.seq_tup_read)::bigint AS rows FROM pg_stat_all_tables s
WHERE s.schemaname = 'ward' AND (s.relname LIKE 'appointments\\_%%' OR s.relname = 'occupancy')"""


def test_a_booking_goes_by_doctor_and_time(api, ward):
    """274, 191: among thousands of appointments a booking finds what is in its way, and a list what a doctor has, by the
    index over doctor and time; neither reads the tables"""
    doctors = [new_doctor(api) for _ in range(6)]
    for each in doctors:
        booked(api, each)
    known = {"hospital": api.hospital(), "patient": api.patient(), "service": SERVICE, "first": told(at(api, 30))}
    with ward.connect("admin") as connection:
        connection.execute(FILL, known)
        for table in ("appointments", "occupancy", "resources"):
            connection.execute(f"ANALYZE ward.{table}")

    def scans(index: str) -> int:
        return ward.sql(SCANS, "admin", parameters={"index": f"ward.{index}"})[0].scans

    before = {index: scans(index) for index in ("occupancy_time", "appointments_doctor")}
    read = ward.sql(ROWS, "admin", parameters={})[0].rows
    for n in range(4):
        start = at(api, 50 + n)
        made = booked(api, doctors[n], start)
        listed = api.do("nurse", "GET", f"/appointments?doctorId={doctors[n]}&from={told(start)}&to={told(at(api, 51 + n))}")
        assert [each["id"] for each in listed] == [made["id"]]
    for index, count in before.items():
        wait_for(lambda: scans(index) >= count + 4, 60, lambda: f"{index}: {count} before, {scans(index)} now")
    assert ward.sql(ROWS, "admin", parameters={})[0].rows - read < 500


FETCHED = """
SELECT sum(s.idx_tup_fetch)::bigint AS rows FROM pg_stat_all_tables s
WHERE s.schemaname = 'ward' AND s.relname LIKE 'appointments\\_2%%'"""


def test_a_refusal_reads_what_is_in_the_way(api, ward):
    """178: planned while there were few appointments, the refusal of a booking looks up those that are in its way, not all
    that there are by now"""
    mine, other = new_doctor(api), new_doctor(api)
    for each in (mine, other):
        booked(api, each)
    refuse = lambda: assert_refused(api.call("admin", "POST", "/appointments", wanted(api, mine)), 409)
    refuse()
    with ward.connect("admin") as connection:
        connection.execute(FILL, {
            "hospital": api.hospital(), "patient": api.patient(), "service": SERVICE, "first": told(at(api, 70))})
        connection.commit()
        connection.execute("SELECT pg_stat_force_next_flush()")
    fetched = lambda: ward.sql(FETCHED, "admin", parameters={})[0].rows
    before = fetched()
    for _ in range(20):
        refuse()
    wait_for(lambda: fetched() >= before + 20, 60, lambda: f"{before} before, {fetched()} now")
    assert fetched() < before + 400


MANY = """
WITH people AS (
  INSERT INTO ward.users (id, email, name) SELECT gen_random_uuid(), 'many' || n || '@demo.ward', 'Many' FROM generate_series(1, 3000) n
  RETURNING id)
INSERT INTO ward.memberships (hospital_id, user_id, role) SELECT %(hospital)s, id, 'patient' FROM people"""


def nodes(plan: dict) -> list[dict]:
    return [plan] + [each for below in plan.get("Plans", []) for each in nodes(below)]


def test_a_name_is_looked_up_by_key(api, ward):
    """174: what a booking shows of its doctor does not read all members of a large hospital"""
    doctor, hospital = new_doctor(api), api.hospital()
    with ward.connect("admin") as connection:
        connection.execute(MANY, {"hospital": hospital})
        connection.execute("ANALYZE ward.memberships")
        connection.execute("ANALYZE ward.users")
    found = ward.sql("EXPLAIN (ANALYZE, FORMAT JSON) SELECT name FROM ward.users WHERE id = %s", "serving",
                     hospital=hospital, parameters=[doctor])[0][0][0]["Plan"]
    members = [each for each in nodes(found) if each.get("Relation Name") == "memberships"]
    assert found["Actual Rows"] == 1 and members
    assert sum(each["Actual Rows"] + each.get("Rows Removed by Filter", 0) for each in members) < 10
