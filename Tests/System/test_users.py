"""The people of a hospital, made, found, changed and deactivated by its administrators."""

import hashlib
import json
import math
import uuid

import pytest
from api_raw import assert_refused
from api_support import NOBODY, Api
from ward_process import PASSWORD, wait_for


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


def person(**more) -> dict:
    return {"name": "Vera Example", "email": f"{uuid.uuid4().hex}@demo.ward", "role": "nurse", **more}


def make(api, who="admin", **more) -> dict:
    return api.do(who, "POST", "/users", person(**more))


def problems(answer) -> dict[str, str]:
    return {each["path"]: each["rule"] for each in assert_refused(answer, 400)["details"]["fields"]}


def can_sign_in(ward, email: str, password: str = PASSWORD) -> bool:
    return ward.call("POST", "/api/v1/sessions", json={"email": email, "password": password}).status_code == 201


def test_reading_creating_changing_removing(api):
    """3, 90: POST, GET, PUT and DELETE on /users make, read, change and deactivate a person of the own hospital"""
    body = person(departmentId=api.department("ER"))
    made = api.call("admin", "POST", "/users", body)
    assert made.status_code == 201
    user = made.json()["data"]
    assert {name: user[name] for name in body} == body and user["isActive"] is True
    path = f"/users/{user['id']}"
    assert api.do("admin", "GET", path) == user
    changed = api.do("admin", "PUT", path, {"name": "Vera Newname", "departmentId": api.department("ICU")})
    assert (changed["name"], changed["departmentId"], changed["email"]) == (
        "Vera Newname", api.department("ICU"), body["email"])
    assert api.do("admin", "DELETE", path)["isActive"] is False
    assert api.do("admin", "GET", path)["isActive"] is False
    rows = api.audit("resource_id = %s", user["id"])
    assert [(row.action, row.outcome) for row in rows] == [
        ("user_created", "success"), ("user_updated", "success"), ("user_deactivated", "success")]
    for method, data in (("GET", None), ("PUT", {"name": "X"}), ("DELETE", None)):
        assert_refused(api.call("other admin", method, path, data), 404)
        assert_refused(api.call("admin", method, f"/users/{NOBODY}", data), 404)
        assert_refused(api.call("nurse", method, path, data), 403)


def test_reading_doctors(api):
    """3: GET on /doctors reads the hospital's doctors, all and one; who is none is not found there"""
    doctors = api.do("nurse", "GET", "/doctors")
    assert {each["role"] for each in doctors} == {"doctor", "head_doctor"}
    assert api.user("doctor") in {each["id"] for each in doctors}
    assert api.do("nurse", "GET", f"/doctors/{api.user('doctor')}")["id"] == api.user("doctor")
    assert "email" not in doctors[0] and "phone" not in doctors[0]
    assert_refused(api.call("nurse", "GET", f"/doctors/{api.user('nurse')}"), 404)
    assert_refused(api.call("other nurse", "GET", f"/doctors/{api.user('doctor')}"), 404)
    gone = make(api, role="doctor")
    api.do("admin", "DELETE", f"/users/{gone['id']}")
    assert_refused(api.call("nurse", "GET", f"/doctors/{gone['id']}"), 404)


def test_writing_doctors(api):
    """3: POST, PUT and DELETE on /doctors make, change and deactivate a doctor; who is none is not found there"""
    body = {"name": "Dora Example", "email": f"{uuid.uuid4().hex}@demo.ward", "licenseNumber": "MD-777"}
    assert problems(api.call("admin", "POST", "/doctors", {**body, "licenseNumber": None})) == {"licenseNumber": "required"}
    made = api.call("admin", "POST", "/doctors", body)
    assert made.status_code == 201
    doctor = made.json()["data"]
    assert doctor["role"] == "doctor" and {name: doctor[name] for name in body} == body
    path = f"/doctors/{doctor['id']}"
    assert api.do("nurse", "GET", path)["name"] == "Dora Example"
    assert api.do("admin", "PUT", path, {"specialization": "Surgery"})["specialization"] == "Surgery"
    assert api.do("admin", "DELETE", path)["isActive"] is False
    assert_refused(api.call("nurse", "GET", path), 404)
    assert [row.action for row in api.audit("resource_id = %s", doctor["id"])] == [
        "user_created", "user_updated", "user_deactivated"]
    nurse = make(api)
    for method, data in (("PUT", {"name": "X"}), ("DELETE", None)):
        assert_refused(api.call("admin", method, f"/doctors/{nurse['id']}", data), 404)
        assert_refused(api.call("other admin", method, path, data), 404)
        assert_refused(api.call("doctor", method, path, data), 403)


def test_totals(api):
    """16: users.getAll answers users, total, page and totalPages = ceil(total / limit), in both tongues"""
    name = f"Total{uuid.uuid4().hex[:8]}"
    made = [make(api, name=f"{name} {n}")["id"] for n in range(7)]
    for limit in (1, 2, 3, 7, 20):
        seen = []
        for page in range(1, math.ceil(7 / limit) + 1):
            data = api.do("admin", "GET", f"/users?search={name}&limit={limit}&page={page}")
            assert (data["total"], data["page"], data["totalPages"]) == (7, page, math.ceil(7 / limit))
            seen += [each["id"] for each in data["users"]]
        assert seen == made
    assert api.do("admin", "GET", f"/users?search={uuid.uuid4().hex}")["totalPages"] == 0
    data = api.query("admin", "users.getAll", {"search": name, "limit": 3, "page": 2}).json()["result"]["data"]
    assert {"users", "total", "page", "totalPages"} <= set(data) and [each["id"] for each in data["users"]] == made[3:6]


def test_no_administrator_is_made(api):
    """91: the role of an administrator is a validation error when a person is made"""
    for role in ("admin", "hospital_admin", "organization_admin", "system_admin", "super_admin", "clinic_admin", "patient"):
        assert problems(api.call("admin", "POST", "/users", person(role=role))) == {"role": "enum"}, role


def test_addresses_are_normalised(api, ward):
    """92: an address in capitals with spaces around it is stored lower and trimmed, and is taken from then on"""
    email = f"{uuid.uuid4().hex}@demo.ward"
    user = make(api, email=f"  {email.upper()} \t")
    assert user["email"] == email
    assert ward.sql("SELECT email FROM users WHERE id = %s", parameters=[user["id"]])[0].email == email
    for again in (email, email.upper()):
        assert_refused(api.call("admin", "POST", "/users", person(email=again)), 409)
        assert_refused(api.call("other admin", "POST", "/users", person(email=again)), 409)


def test_searching(api):
    """93: `search` finds a part of the name or the address in any case, `role` narrows; the other hospital is not seen"""
    mark = uuid.uuid4().hex[:10]
    one = make(api, name=f"Berta {mark.upper()} Beispiel", role="doctor")["id"]
    two = make(api, email=f"x{mark}@demo.ward", role="nurse")["id"]
    make(api, who="other admin", name=f"Berta {mark}")
    found = lambda query: {each["id"] for each in api.do("admin", "GET", f"/users?search={mark}{query}")["users"]}
    assert found("") == {one, two} and found("&role=doctor") == {one} and found("&role=nurse") == {two}
    assert found("&role=pharmacist") == set()
    for text in ("%25", "_", "%27%20OR%201%3D1%20--"):
        assert api.do("admin", "GET", f"/users?search=nobody{text}")["users"] == [], text
    everybody = api.do("admin", "GET", "/users?limit=100")["users"]
    assert "patient" not in {each["role"] for each in everybody}


def test_a_deactivated_person_stays_and_cannot_sign_in(api, ward):
    """94: after deactivation the row remains, the sessions end within a second and signing in fails"""
    user = make(api, password=PASSWORD)
    api.tokens["leaver"] = ward.sign_in(user["email"])
    assert api.call("leaver", "GET", "/alerts").status_code == 200
    api.do("leaver", "PUT", "/duty", {"isOnDuty": True})
    api.do("admin", "DELETE", f"/users/{user['id']}")
    wait_for(lambda: api.call("leaver", "GET", "/alerts").status_code == 401, 1, "the session is over")
    assert not can_sign_in(ward, user["email"])
    row = ward.sql("SELECT u.is_active, m.is_active AS here, m.is_on_duty FROM users u JOIN memberships m ON m.user_id = u.id"
                   " WHERE u.id = %s", parameters=[user["id"]])[0]
    assert (row.is_active, row.here, row.is_on_duty) == (False, False, False)


def test_who_works_elsewhere_too_stays_there(api, ward):
    """94: somebody whom another hospital counts on loses this one only"""
    user = make(api, password=PASSWORD)
    other = api.hospital("other admin")
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')",
             parameters=[other, user["id"]])
    token = ward.sign_in(user["email"])
    api.do("admin", "DELETE", f"/users/{user['id']}")
    wait_for(lambda: ward.call("GET", "/api/v1/session", token).status_code == 401, 1, "the session here is over")
    token = ward.sign_in(user["email"])
    assert ward.call("GET", "/api/v1/session", token).json()["data"]["hospital"]["id"] == other
    assert ward.call("GET", "/api/v1/alerts", token, headers={"X-Hospital-ID": api.hospital()}).status_code == 403


def test_another_role_counts_at_once(api, ward):
    """95: a changed role is in force on the next call, without a new sign-in"""
    user = make(api, password=PASSWORD)
    token = ward.sign_in(user["email"])
    may = lambda: "resolve_alerts" in ward.call("GET", "/api/v1/session", token).json()["data"]["permissions"]
    assert not may()
    assert api.do("admin", "PUT", f"/users/{user['id']}/role", {"role": "doctor"})["role"] == "doctor"
    wait_for(may, 1, "the new role counts")
    api.mutate("admin", "users.updateRole", {"userId": user["id"], "role": "nurse"})
    wait_for(lambda: not may(), 1, "the old role counts again")
    rows = api.audit("resource_id = %s AND action = 'role_changed'", user["id"])
    assert [(row.details["from"], row.details["to"]) for row in rows] == [("nurse", "doctor"), ("doctor", "nurse")]


def test_nobody_reaches_above_himself(api, ward):
    """95: nobody changes the role of himself, gives a role above his own or touches who has one"""
    me = api.user("admin")
    assert_refused(api.call("admin", "PUT", f"/users/{me}/role", {"role": "nurse"}), 403)
    assert_refused(api.call("admin", "DELETE", f"/users/{me}"), 403)
    user = make(api)
    role = ward.sql("SELECT role FROM memberships WHERE user_id = %s", parameters=[me])[0].role
    above = {"hospital_admin": ["organization_admin", "system_admin", "super_admin"], "super_admin": []}.get(role, [])
    for each in above:
        assert_refused(api.call("admin", "PUT", f"/users/{user['id']}/role", {"role": each}), 403, each)
        ward.sql("UPDATE memberships SET role = %s WHERE user_id = %s", parameters=[each, user["id"]])
        assert_refused(api.call("admin", "DELETE", f"/users/{user['id']}"), 403, each)
        assert_refused(api.call("admin", "PUT", f"/users/{user['id']}", {"name": "X"}), 403, each)
        ward.sql("UPDATE memberships SET role = 'nurse' WHERE user_id = %s", parameters=[user["id"]])
    assert_refused(api.call("head", "PUT", f"/users/{user['id']}/role", {"role": "doctor"}), 403)


def test_what_belongs_to_the_profession(api):
    """96: licence, specialization and telephone are stored, returned and checked"""
    user = make(api, licenseNumber="MD-12345", specialization="Anaesthesia", phone="+49 30 1234567", role="doctor")
    assert (user["licenseNumber"], user["specialization"], user["phone"]) == ("MD-12345", "Anaesthesia", "+49 30 1234567")
    path = f"/users/{user['id']}"
    assert api.do("admin", "PUT", path, {"specialization": "Surgery"})["specialization"] == "Surgery"
    assert api.do("admin", "GET", path)["licenseNumber"] == "MD-12345"
    answer = api.call("admin", "PUT", path, {"licenseNumber": "1", "phone": "call me", "specialization": ""})
    assert set(problems(answer)) == {"licenseNumber", "phone", "specialization"}
    foreign = api.department("ER", "other admin")
    assert problems(api.call("admin", "PUT", path, {"departmentId": foreign})) == {"departmentId": "exists"}


def test_a_password_comes_later_or_now(api, ward):
    """90: without a password nobody can sign in yet; with one the person can; it is 12 to 128 characters and never stored"""
    assert not can_sign_in(ward, make(api)["email"])
    assert can_sign_in(ward, make(api, password=PASSWORD)["email"])
    for bad in ("short", "x" * 129):
        assert set(problems(api.call("admin", "POST", "/users", person(password=bad)))) == {"password"}
    secret = f"secret-{uuid.uuid4().hex}"
    key, body = {"Idempotency-Key": str(uuid.uuid4())}, person(password=secret)
    first, again = (api.call("admin", "POST", "/users", body, key) for _ in range(2))
    assert first.json() == again.json() and again.headers["Idempotency-Replayed"] == "true"
    assert secret not in first.text and secret not in ward.log(5000)
    stored = ward.sql("SELECT answer, encode(request_hash, 'hex') AS hash FROM idempotency_keys WHERE key = %s",
                      parameters=[key["Idempotency-Key"]])[0]
    whole = hashlib.sha256(json.dumps(body, separators=(",", ":")).encode()).hexdigest()
    bare = hashlib.sha256(json.dumps({k: v for k, v in body.items() if k != "password"}, separators=(",", ":")).encode())
    assert secret not in stored.answer and stored.hash == bare.hexdigest() != whole
