"""Doctors of a hospital: one profile each, a licence number of their own, and a list that is quick and the hospital's."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from admin_support import licence, new_doctor, profile
from api_database import acting, values
from api_raw import assert_refused
from api_support import Api
from tenancy_support import member, new_address


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


def test_a_profile_is_one_persons(api):
    """104: a doctor has one profile in his hospital: he makes it once, sees and changes it; a second is refused"""
    me = member(api, "dora", "doctor")
    assert_refused(api.call("dora", "GET", "/doctor-profile"), 404)
    assert_refused(api.call("dora", "PATCH", "/doctor-profile", {"bio": "Not yet."}), 404)
    wanted = profile(bio="Hearts, mostly.")
    made = api.call("dora", "POST", "/doctor-profile", wanted)
    assert made.status_code == 201 and made.json()["data"]["userId"] == me
    assert {name: made.json()["data"][name] for name in wanted} == wanted
    refused = assert_refused(api.call("dora", "POST", "/doctor-profile", profile()), 409)
    assert refused["details"]["field"] == "userId"
    assert api.do("dora", "GET", "/doctor-profile") == made.json()["data"]
    changed = api.do("dora", "PATCH", "/doctor-profile", {"experienceYears": 13})
    assert changed["experienceYears"] == 13 and changed["bio"] == "Hearts, mostly."
    shown = api.do("nurse", "GET", f"/doctors/{me}")
    assert (shown["qualification"], shown["experienceYears"], shown["bio"]) == ("MD, FACC", 13, "Hearts, mostly.")
    assert [row.action for row in api.audit("resource_id = %s AND action LIKE 'doctor_profile%%'", me)] == [
        "doctor_profile_created", "doctor_profile_updated"]
    for who in ("nurse", "patient", "admin"):
        assert_refused(api.call(who, "POST", "/doctor-profile", profile()), 403)


def test_a_profile_is_made_with_the_doctor(api, ward):
    """104: whom an administrator makes a doctor has his profile with it, so that he makes no second one"""
    doctor = new_doctor(api, qualification="MD", experienceYears=3, password="ward-demo-2026")
    api.tokens["made"] = ward.sign_in(doctor["email"])
    assert api.do("made", "GET", "/doctor-profile")["qualification"] == "MD"
    assert_refused(api.call("made", "POST", "/doctor-profile", profile()), 409)
    api.do("admin", "PUT", f"/doctors/{doctor['id']}", {"experienceYears": 4, "bio": "New here."})
    assert api.do("made", "GET", "/doctor-profile") | {"experienceYears": 4, "bio": "New here.", "qualification": "MD"} \
        == api.do("made", "GET", "/doctor-profile")


def test_ten_profiles_at_once(api, ward):
    """104: of ten attempts at the same moment to make one's profile one succeeds and nine are refused"""
    me = member(api, "tenfold", "doctor")
    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(lambda n: api.call("tenfold", "POST", "/doctor-profile", profile()).status_code, range(10)))
    assert sorted(codes) == [201] + [409] * 9
    assert ward.sql("SELECT count(*) FROM doctor_profiles WHERE user_id = %s", parameters=[me])[0][0] == 1


def test_a_licence_is_one_doctors(api, ward):
    """104: no two active doctors of a hospital have one licence number, however it comes to them; small letters count
    as capital ones; it is free once its doctor has left"""
    first = new_doctor(api)
    number = first["licenseNumber"]
    ways = [("POST", "/doctors", {"name": "Second", "email": new_address(), "licenseNumber": number.lower()}),
            ("POST", "/users", {"name": "Second", "email": new_address(), "role": "head_doctor", "licenseNumber": number}),
            ("PUT", f"/doctors/{new_doctor(api)['id']}", {"licenseNumber": number}),
            ("PUT", f"/users/{new_doctor(api)['id']}", {"licenseNumber": number})]
    nurse = api.do("admin", "POST", "/users", {"name": "N", "email": new_address(), "role": "nurse", "licenseNumber": number})
    ways.append(("PUT", f"/users/{nurse['id']}/role", {"role": "doctor"}))
    for method, path, body in ways:
        refused = assert_refused(api.call("admin", method, path, body), 409)
        assert refused["details"] == {"field": "licenseNumber"}, path
    member(api, "late", "doctor")
    assert_refused(api.call("late", "POST", "/doctor-profile", profile(licenseNumber=number)), 409)
    assert_refused(api.call("late", "GET", "/doctor-profile"), 404)
    held = ward.sql("SELECT user_id FROM memberships WHERE upper(license_number) = %s AND role LIKE '%%doctor'",
                    parameters=[number])
    assert [str(row.user_id) for row in held] == [first["id"]]
    # Another hospital's register is its own.
    assert api.call("other admin", "POST", "/doctors", {"name": "O", "email": new_address(), "licenseNumber": number}).ok
    api.do("admin", "DELETE", f"/doctors/{first['id']}")
    assert api.call("late", "POST", "/doctor-profile", profile(licenseNumber=number)).status_code == 201


def test_ten_doctors_with_one_licence_at_once(api, ward):
    """104: of ten doctors made at the same moment with one licence number one is made; nothing is left of the others"""
    number, addresses = licence(), [new_address() for _ in range(10)]

    def make(email: str) -> int:
        return api.call("admin", "POST", "/doctors", {"name": "Racer", "email": email, "licenseNumber": number}).status_code

    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(make, addresses))
    assert sorted(codes) == [201] + [409] * 9
    assert ward.sql("SELECT count(*) FROM users WHERE email = ANY (%s)", parameters=[addresses])[0][0] == 1


def test_the_list_is_the_hospitals(api):
    """105: the list of doctors, and each of them, is the caller's hospital's alone, and holds doctors alone, in every form of asking"""
    specialty = f"Rare {uuid.uuid4().hex[:8]}"
    mine = new_doctor(api, specialization=specialty)
    theirs = api.do("other admin", "POST", "/doctors", {"name": mine["name"], "email": new_address(),
                                                        "licenseNumber": licence(), "specialization": specialty})
    for who, own, foreign in (("nurse", mine, theirs), ("other nurse", theirs, mine)):
        for query in ("?limit=100", f"?limit=100&search={mine['name'].split()[0]}"):
            listed = {each["id"] for each in api.do(who, "GET", f"/doctors{query}")}
            assert own["id"] in listed and foreign["id"] not in listed
            assert not listed & {api.user("nurse"), api.user("admin"), api.user("other nurse")}, "not a doctor"
        assert api.do(who, "GET", f"/doctors/{own['id']}")["specialization"] == specialty
        assert_refused(api.call(who, "GET", f"/doctors/{foreign['id']}"), 404)
    # Asking for the other hospital does not help who does not belong to it.
    elsewhere = {"X-Hospital-ID": api.hospital("other admin")}
    assert_refused(api.call("nurse", "GET", "/doctors", headers=elsewhere), 403)


LIST = """
SELECT u.id, u.name, d.qualification FROM ward.memberships m JOIN ward.users u ON u.id = m.user_id
LEFT JOIN ward.doctor_profiles d ON d.hospital_id = m.hospital_id AND d.user_id = m.user_id
WHERE m.hospital_id = %(hospital)s AND m.role <> 'patient' AND m.role = ANY ('{doctor,head_doctor}') AND m.is_active
  AND u.is_active ORDER BY u.name, u.id LIMIT 21"""


def test_the_list_goes_by_its_index(api, ward):
    """105: as the serving role, among ten thousand people of forty hospitals, the list of doctors goes by an index"""
    known = {"hospital": api.hospital()}
    with psycopg.connect(**ward.address("admin")) as connection:
        for statement in (
            "INSERT INTO ward.hospitals (id, organization_id, name, subdomain, time_zone) SELECT gen_random_uuid(),"
            " organization_id, 'H' || n, 'h-' || n, 'UTC' FROM ward.hospitals, generate_series(1, 40) n WHERE id = %(hospital)s",
            "INSERT INTO ward.users (id, email, name) SELECT gen_random_uuid(), 'd' || n || '@many.ward', 'Many ' || n"
            " FROM generate_series(1, 10000) n",
            "INSERT INTO ward.memberships (hospital_id, user_id, role) SELECT h.id, u.id, CASE WHEN u.n %% 50 = 0 THEN"
            " 'doctor' ELSE 'nurse' END FROM (SELECT id, row_number() OVER () AS n FROM ward.users WHERE email LIKE"
            " '%%@many.ward') u JOIN (SELECT id, row_number() OVER () AS n FROM ward.hospitals) h ON u.n %% 41 = h.n - 1",
            "ANALYZE ward.users", "ANALYZE ward.memberships", "ANALYZE ward.doctor_profiles",
        ):
            connection.execute(statement, known)
        with acting(connection, "ward_serving", known["hospital"]):
            plan = "\n".join(values(connection, "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) " + LIST, known))
        connection.rollback()
    assert re.search(r"(Index|Bitmap Index) Scan .*memberships_role", plan), plan
    assert "Seq Scan on memberships" not in plan, plan
    removed = [int(n) for n in re.findall(r"Rows Removed by Filter: (\d+)", plan)]
    assert sum(removed) <= 50, plan
