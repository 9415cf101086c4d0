"""Keys of programs: with a part of their maker's rights, for a time, taken back everywhere within a second."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import shift
from emergency_support import colleague
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import PASSWORD, wait_for


@pytest.fixture(autouse=True)
def back(ward):
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")


def make(api, who="nurse", scopes=("view_alerts",), **more) -> dict:
    return api.do(who, "POST", "/api-keys", {"name": "Lab", "scopes": list(scopes), "password": PASSWORD, **more})


def use(api, key, method="GET", path="/alerts", body=None, node=None, headers=None):
    return (node or api.ward).call(method, f"/api/v1{path}", key["key"], json=body, headers=headers)


def test_a_key_does_what_it_was_made_for(api, ward):
    """41: a key calls in its maker's name with the rights it was made for and no others; it is shown once, a keyed hash stays"""
    key = make(api, "admin", ["view_alerts", "create_alerts"])
    assert key["key"].startswith(f"wk_{key['prefix']}_") and len(key["key"]) == 55
    raised = use(api, key, "POST", "/alerts", {"roomNumber": "K1", "alertType": "medical", "urgencyLevel": 2})
    assert raised.status_code == 201, raised.text
    assert use(api, key).status_code == 200
    refused = assert_refused(use(api, key, path="/users"), 403)
    assert refused["details"]["requiredPermission"] == "view_users"
    assert set(refused["details"]["userPermissions"]) == {"view_alerts", "create_alerts"}
    row = api.audit("resource_id = %s", raised.json()["data"]["id"])[0]
    assert (str(row.actor_id), str(row.session_id)) == (api.user("admin"), key["id"])
    listed = next(each for each in api.do("admin", "GET", "/api-keys") if each["id"] == key["id"])
    assert listed["scopes"] == ["view_alerts", "create_alerts"] and "key" not in listed
    dump = str(ward.sql("SELECT to_jsonb(k) AS row FROM api_keys k", "admin"))
    assert key["key"] not in dump and key["key"].split("_", 2)[2] not in dump


def test_a_key_is_made_of_ones_own_rights(api):
    """64: nobody makes a key for a right that he has not, of words that are none, without his password, or for over a year"""
    body = {"name": "Lab", "scopes": ["view_alerts"], "password": PASSWORD}
    for change, field in (({"scopes": ["manage_users"]}, "scopes"), ({"scopes": ["everything"]}, "scopes"),
                          ({"scopes": []}, "scopes"), ({"scopes": ["view_alerts"] * 2}, "scopes"),
                          ({"expiresInDays": 367}, "expiresInDays"), ({"expiresInDays": 0}, "expiresInDays")):
        refused = assert_refused(api.call("nurse", "POST", "/api-keys", {**body, **change}), 400)
        assert field in str(refused["details"])
    assert_refused(api.call("nurse", "POST", "/api-keys", {**body, "password": "wrong"}), 403)


def test_the_makers_rights_bound_it_at_use(api, ward):
    """68: a key does no more than its maker may at that moment: a lost role, a lost membership and a lock end it"""
    email, user = colleague(api, "doctor")
    key = make(api, email, ["view_alerts", "resolve_alerts", "view_patients"])
    assert use(api, key, path=f"/patients/{api.patient()}").status_code == 200
    api.do("admin", "PUT", f"/users/{user}/role", {"role": "operator"})
    wait_for(lambda: use(api, key, path=f"/patients/{api.patient()}").status_code == 403, 1, "the role counts")
    assert use(api, key).status_code == 200
    api.do("admin", "PUT", f"/users/{user}/role", {"role": "head_doctor"})
    wait_for(lambda: use(api, key, path=f"/patients/{api.patient()}").status_code == 200, 1, "the role counts")
    assert use(api, key, path="/users").status_code == 403, "a higher role gives the key nothing new"
    ward.sql("UPDATE users SET is_locked = true WHERE id = %s", "admin", parameters=[user])
    wait_for(lambda: use(api, key).status_code == 401, 1, "the lock counts")


def test_a_key_is_over(api, ward):
    """41: a key is refused after its days, 90 unless told otherwise, however much it is used"""
    key, short = make(api), make(api, expiresInDays=1)
    for seconds, statuses in ((86_390, (200, 200)), (20, (200, 401)), (89 * 86_400 - 30, (200, 401)), (40, (401, 401))):
        shift(ward, seconds)
        assert (use(api, key).status_code, use(api, short).status_code) == statuses


def test_a_key_is_taken_back_at_once(api, ward):
    """41: a key that is taken back is refused within a second, raced by its own calls"""
    email, _ = colleague(api, "nurse")
    key = make(api, email)
    assert use(api, key).status_code == 200
    with ThreadPoolExecutor(9) as pool:
        calls = [pool.submit(lambda: [use(api, key).status_code for _ in range(10)]) for _ in range(8)]
        first = api.do(email, "DELETE", f"/api-keys/{key['id']}")
        for call in calls:
            statuses = call.result()
            assert set(statuses) <= {200, 401} and statuses == sorted(statuses)
    wait_for(lambda: use(api, key).status_code == 401, 1, "the key is refused")
    assert [use(api, key).status_code for _ in range(5)] == [401] * 5
    assert api.do(email, "DELETE", f"/api-keys/{key['id']}") == first


def test_a_key_makes_itself_not_at_home(api):
    """41: a key makes no key, changes no password, factor, session, role or other account, whatever its scopes"""
    email, user = colleague(api, "nurse")
    held = ["manage_users", "manage_roles", "manage_screens", "view_users", "view_departments"]
    key = make(api, "admin", held)
    assert use(api, key, path="/users").status_code == 200
    for method, path, body in (
            ("POST", "/api-keys", {"name": "More", "scopes": ["view_users"], "password": PASSWORD}),
            ("GET", "/api-keys", None), ("DELETE", f"/api-keys/{key['id']}", None),
            ("POST", "/auth/change-password", {"currentPassword": PASSWORD, "newPassword": "lantern grove whistle"}),
            ("POST", "/two-factor", {"password": PASSWORD}), ("GET", "/sessions", None), ("DELETE", "/sessions", None),
            ("POST", "/session/rotation", {}), ("POST", "/auth/token", {}), ("GET", "/linked-accounts", None),
            ("DELETE", "/session", None), ("PATCH", "/profile", {"bio": "x"}), ("GET", "/my-record", None),
            ("PUT", f"/users/{user}/role", {"role": "doctor"}), ("POST", f"/users/{user}/password-reset", {"reason": "A lost badge"}),
            ("POST", f"/users/{user}/unlock", None), ("POST", f"/users/{user}/roles", {"role": "doctor"}),
            ("POST", "/screens", {"name": "Wall", "departmentId": api.department()})):
        assert_refused(use(api, key, method, path, body), 403, f"{method} {path}")
    assert api.ward.sql("SELECT role FROM memberships WHERE user_id = %s", parameters=[user])[0].role == "nurse"


def test_a_key_reads_what_there_is_to_book(api):
    """177: a program with a key of anybody's reads the services that it can book; a screen on a wall does not"""
    key = make(api)
    assert use(api, key, path="/services").json()["data"] == api.do("nurse", "GET", "/services")
    screen = api.do("admin", "POST", "/screens", {"name": "Hall", "departmentId": api.department()})
    assert_refused(api.ward.call("GET", "/api/v1/services", screen["token"]), 403)


def test_no_other_hospital(api):
    """75: a key speaks in the hospital of which it was made, and nobody sees, uses or revokes another's"""
    key = make(api)
    assert_refused(use(api, key, headers={"X-Hospital-ID": api.hospital("other admin")}), 403)
    for who in ("other admin", "other nurse", "admin"):
        assert_refused(api.call(who, "DELETE", f"/api-keys/{key['id']}"), 404)
        assert key["id"] not in [each["id"] for each in api.do(who, "GET", "/api-keys?limit=100")]
    assert use(api, key).status_code == 200


def test_wrong_keys(api):
    """41: a key that is altered, cut or made up is refused as a session's token is"""
    key = make(api)["key"]
    secret = key[12:]
    for wrong in (key[:-1], key + "A", "wk_" + "a" * 8 + "_" + secret, key[:12] + secret[::-1], "wk_", "wk_a_b",
                  key.upper(), f"wk_{'é' * 4}_{secret}", f"wk_{'a' * 8}_{'!' * 43}"):
        answer = api.ward.call("GET", "/api/v1/alerts", headers={"Authorization": f"Bearer {wrong}".encode()})
        assert answer.status_code == 401, wrong


def test_the_last_use_is_written_once_an_hour(api, ward):
    """60: when a key was used last is written with the first call and then at most once an hour"""
    key = make(api)
    last = lambda: ward.sql("SELECT last_used_at FROM api_keys WHERE id = %s", "admin", parameters=[key["id"]])[0][0]
    assert last() is None
    use(api, key)
    first = last()
    assert first is not None
    shift(ward, 3_500)
    use(api, key)
    assert last() == first
    shift(ward, 200)
    use(api, key)
    assert (last() - first).total_seconds() > 3_600


def test_nobody_has_more_than_fifty(api):
    """41: a person has at most fifty keys at a time, also of many made at once"""
    email, _ = colleague(api, "nurse")
    for _ in range(44):
        api.ward.sql("INSERT INTO api_keys (hospital_id, id, user_id, name, prefix, key_hash, scopes, expires_at)"
                     " SELECT %s, gen_random_uuid(), id, 'x', 'aaaaaaaa', decode(%s, 'hex'), '{view_alerts}',"
                     " ward.now() + interval '1 day' FROM users WHERE email = %s", "admin",
                     parameters=[api.hospital(), uuid.uuid4().hex, email])
    body = {"name": "Lab", "scopes": ["view_alerts"], "password": PASSWORD}
    with ThreadPoolExecutor(5) as pool:
        statuses = sorted(pool.map(lambda _: api.call(email, "POST", "/api-keys", body).status_code, range(10)))
    assert statuses == [201] * 6 + [409] * 4
