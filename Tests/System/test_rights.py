"""Rights: every role at every operation, granted roles, and the ways in which people reach for more than they have."""

import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import grid
import pytest
from api_inputs import document_of, operations_of, target
from api_raw import assert_refused
from api_support import NOBODY, Complaints
from grid import ROLES
from own_house import api, ward  # noqa: F401 (fixtures by name)
from people import many_people
from tenancy_support import link_token, member, new_address, outsider, problems
from ward_process import ROOT, binary, wait_for


@pytest.fixture(scope="module")
def tokens(ward) -> dict[str, str]:
    """A person of each role, and one without any hospital."""
    tokens = dict(zip((*ROLES, "nobody"), many_people(ward, len(ROLES) + 1, "grid"), strict=True))
    for n, role in enumerate(ROLES):
        ward.sql("UPDATE memberships m SET role = %s FROM users u WHERE u.id = m.user_id AND u.email = %s",
                 parameters=[role, f"grid{n + 1}@demo.ward"])
    ward.sql("DELETE FROM memberships m USING users u WHERE u.id = m.user_id AND u.email = %s", "admin",
             parameters=[f"grid{len(ROLES) + 1}@demo.ward"])
    return tokens


def probe(ward, operation, token: str | None):
    """A call with a field that no operation has: it stops behind the rights and before anything happens."""
    path = target(operation, {each.name: NOBODY for each in operation.fields_in("path")}, {})
    if operation.method == "GET":
        return ward.call("GET", f"{path}?unknown=1", token)
    return ward.call(operation.method, path, token, json={"unknown": 1})


def permissions(api, who: str) -> list[str]:
    return api.do(who, "GET", "/session")["permissions"]


def test_every_cell_of_the_grid(ward, tokens):
    """63: every role is let through to, or kept from, every operation as the hand-written grid has it"""
    complaints, operations = Complaints(), operations_of(document_of(ward))
    assert {each.name for each in operations} == set(grid.GRID)
    for operation in operations:
        for role in ROLES:
            with complaints.about(f"{role} at {operation.name}"):
                answer = probe(ward, operation, tokens[role])
                if role in grid.GRID[operation.name]:
                    assert answer.status_code == 400, answer.text
                else:
                    refused = assert_refused(answer, 403)
                    assert refused["details"]["requiredPermission"] == operation.permission
    complaints.settle(at_least=len(ROLES) * len(grid.GRID))


def test_the_default_has_no_right(ward, tokens):
    """72: somebody new, without a role, is let through to nothing that asks for a permission"""
    complaints = Complaints()
    for operation in operations_of(document_of(ward)):
        with complaints.about(operation.name):
            assert_refused(probe(ward, operation, tokens["nobody"]), 403 if operation.permission else 400)
            assert_refused(probe(ward, operation, None), 401 if operation.needs_sign_in else 400)
    complaints.settle(at_least=80)


def test_every_operation_names_resource_and_action(ward):
    """27: the listing of operations shows none without a resource and an action; the docs' page is fresh"""
    for operation in operations_of(document_of(ward)):
        resource, action = operation.document["x-resource"], operation.document["x-action"]
        assert resource and action, operation.name
        if operation.permission and operation.permission != "break_glass":
            assert f"{action}_{resource}" == operation.permission
    printed = subprocess.run([binary(), "roles"], capture_output=True, text=True, check=True).stdout
    for name in grid.GRID:
        assert printed.count(f"| `{name}` | `") == 1
    assert (ROOT / "Docs/roles.md").read_text() == printed, "stale: run `make roles` and commit the file"


@pytest.mark.parametrize("guard, operation, passing", [
    ("operatorProcedure", "POST /alerts", {"operator", "nurse", "doctor", "head_doctor"}),
    ("healthcareProcedure", f"POST /alerts/{NOBODY}/acknowledgement", {"nurse", "doctor", "head_doctor"}),
    ("adminProcedure", f"PUT /users/{NOBODY}/role", set()),
])
def test_the_guards_of_the_seeds(ward, tokens, guard, operation, passing):
    """64, 65, 66: the seeds' guards let exactly their roles through, and the administrators"""
    method, path = operation.split()
    passed = {role for role in ROLES
              if ward.call(method, f"/api/v1{path}", tokens[role], json={"unknown": 1}).status_code != 403}
    assert passed == passing | {"hospital_admin", "organization_admin", "super_admin"}, guard


def test_each_role_can_be_given_and_is_its_own(api, ward, tokens):
    """67: each of the roles can be assigned, has permissions, and no two have the same; the table says so itself"""
    sets = {}
    user = member(api, "changing")
    api.tokens["emperor"] = tokens["super_admin"]
    for role in ROLES:
        if role != "patient":
            assert api.do("emperor", "PUT", f"/users/{user}/role", {"role": role})["role"] == role
        sets[role] = frozenset(ward.call("GET", "/api/v1/session", tokens[role]).json()["data"]["permissions"])
    assert all(sets.values()) and len(set(sets.values())) == len(ROLES)
    told = {each["role"]: frozenset(each["permissions"]) for each in api.do("emperor", "GET", "/roles")["roles"]}
    assert told == sets and sets["doctor"] < sets["head_doctor"]


def test_a_lower_role_gives_no_higher(api, ward, tokens):
    """68: by change of role, by grant, by invitation and by code everybody gives what is below him, and nothing else"""
    complaints = Complaints()
    for giver in ("hospital_admin", "organization_admin", "manager", "head_doctor"):
        api.tokens[giver] = tokens[giver]
        for role in set(ROLES) - {"patient"}:
            ways = [("POST", "/invitations", {"emails": [new_address()], "role": role}), ("POST", "/join-codes", {"role": role})]
            if giver.endswith("admin"):
                subject = member(api, "subject")
                ways += [("PUT", f"/users/{subject}/role", {"role": role}), ("POST", f"/users/{subject}/roles", {"role": role})]
            for method, path, body in ways:
                with complaints.about(f"{giver} gives {role} by {path}"):
                    wanted = role in grid.GIVES[giver]
                    assert (api.call(giver, method, path, body).status_code in (200, 201)) == wanted
    complaints.settle(at_least=100)


def test_nobody_raises_himself_by_more_fields(api, ward):
    """99: fields that an operation does not have are refused and raise nobody: role, permissions, hospital, organisation"""
    user = member(api, "climber", "manager")
    more = {"role": "super_admin", "permissions": ["manage_users"], "hospitalId": api.hospital("other admin"),
            "isActive": True, "organizationId": NOBODY, "isAdmin": True, "userId": user}
    code = api.do("admin", "POST", "/join-codes", {"role": "nurse"})["code"]
    email = new_address()
    invitation = api.do("admin", "POST", "/invitations", {"emails": [email], "role": "nurse"})["invited"][0]["id"]
    outsider(api, "newcomer", email)
    ways = [("climber", "POST", "/organizations", {"name": "Mine", "slug": f"m-{uuid.uuid4().hex[:8]}"}),
            ("newcomer", "POST", "/join-codes/use", {"code": code}),
            ("newcomer", "POST", "/invitations/acceptance", {"token": link_token(api, invitation)}),
            ("climber", "PUT", "/duty", {"isOnDuty": True})]
    before = permissions(api, "climber")
    for who, method, path, body in ways:
        for field, value in more.items():
            answer = api.call(who, method, path, {**body, field: value})
            assert answer.status_code in (400, 403), f"{path} with {field}: {answer.text}"
    assert permissions(api, "climber") == before and permissions(api, "newcomer") == []
    for path in (f"/users/{user}/role", f"/users/{user}/roles"):
        method = "PUT" if path.endswith("role") else "POST"
        assert_refused(api.call("climber", method, path, {"role": "hospital_admin"}), 403)
    admin = member(api, "second admin", "hospital_admin")
    assert_refused(api.call("second admin", "POST", f"/users/{admin}/roles", {"role": "hospital_admin"}), 403)


def test_a_granted_role_counts_at_once_and_for_its_time(api, ward):
    """63, 95: a granted role counts on every node's next call, ends by itself at its time, and at once when it is taken back"""
    user = member(api, "helper", "receptionist")
    other = uuid.uuid4()
    assert "acknowledge_alerts" not in permissions(api, "helper")
    until = ward.now() + timedelta(seconds=20)  # sooner than a cached session is read again anyway
    made = api.do("admin", "POST", f"/users/{user}/roles", {"role": "nurse", "expiresAt": until.isoformat(), "reason": "Night"})
    wait_for(lambda: "acknowledge_alerts" in permissions(api, "helper"), 1, "the grant counts")
    assert "create_patients" in permissions(api, "helper"), "the membership's role counts as well"
    assert [each["id"] for each in api.do("admin", "GET", f"/users/{user}/roles")] == [made["id"]]
    ward.shift_clock(25)
    try:
        wait_for(lambda: "acknowledge_alerts" not in permissions(api, "helper"), 3, "the grant is over")
        assert api.do("admin", "GET", f"/users/{user}/roles") == []
    finally:
        ward.reset_clock()
    lasting = api.do("admin", "POST", f"/users/{user}/roles", {"role": "doctor"})
    wait_for(lambda: "resolve_alerts" in permissions(api, "helper"), 1, "the lasting grant counts")
    assert_refused(api.call("admin", "DELETE", f"/users/{user}/roles/{other}"), 404)
    api.do("admin", "DELETE", f"/users/{user}/roles/{lasting['id']}")
    wait_for(lambda: "resolve_alerts" not in permissions(api, "helper"), 1, "the grant is taken back")
    past = {"role": "nurse", "expiresAt": "2020-01-01T00:00:00Z"}
    assert problems(api.call("admin", "POST", f"/users/{user}/roles", past)) == {"expiresAt": "future"}
    rows = api.audit("resource_id = %s AND action IN ('role_granted', 'role_revoked') AND outcome = 'success'", user)
    assert [row.action for row in rows] == ["role_granted", "role_granted", "role_revoked"]


def test_a_role_for_a_department(api, ward):
    """63: a role that is granted for a department counts while its person works there, and nowhere else"""
    icu, er = api.department("ICU"), api.department("ER")
    user = member(api, "rotating", "nurse", departmentId=er)
    api.do("admin", "POST", f"/users/{user}/roles", {"role": "head_doctor", "departmentId": icu})
    assert "escalate_alerts" not in permissions(api, "rotating")
    api.do("admin", "PUT", f"/users/{user}", {"departmentId": icu})
    wait_for(lambda: "escalate_alerts" in permissions(api, "rotating"), 1, "it counts in the department")
    api.do("admin", "PUT", f"/users/{user}", {"departmentId": er})
    wait_for(lambda: "escalate_alerts" not in permissions(api, "rotating"), 1, "it counts no more")
    foreign = {"role": "nurse", "departmentId": api.department("ER", "other admin")}
    assert problems(api.call("admin", "POST", f"/users/{user}/roles", foreign)) == {"departmentId": "exists"}


def test_a_granted_role_counts_in_its_hospital_alone(api, ward):
    """69: an administrator of one hospital neither reads, changes nor grants anything to a person of another"""
    user = member(api, "theirs", who="other admin")
    for method, path, body in (("GET", f"/users/{user}", None), ("PUT", f"/users/{user}", {"name": "X"}),
                               ("PUT", f"/users/{user}/role", {"role": "doctor"}), ("DELETE", f"/users/{user}", None),
                               ("POST", f"/users/{user}/roles", {"role": "doctor"}), ("GET", f"/users/{user}/roles", None)):
        assert_refused(api.call("admin", method, path, body), 404)
    mine = member(api, "both")
    ward.sql("INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')",
             parameters=[api.hospital("other admin"), mine])
    api.do("admin", "POST", f"/users/{mine}/roles", {"role": "hospital_admin"})
    wait_for(lambda: "manage_users" in permissions(api, "both"), 1, "administrator here")
    there = api.call("both", "GET", "/session", headers={"X-Hospital-ID": api.hospital("other admin")}).json()["data"]
    assert "manage_users" not in there["permissions"] and there["role"] == "nurse"


def lonely_hospital(api) -> None:
    """A hospital with one administrator, "founder"."""
    outsider(api, "founder")
    api.do("founder", "POST", "/organizations", {"name": "Lonely", "slug": f"lonely-{uuid.uuid4().hex[:8]}"})
    wait_for(lambda: "manage_users" in permissions(api, "founder"), 1, "the founder administers")


def test_the_last_administrator_stays(api, ward):
    """68: whoever is granted an administrator's role for a while cannot remove or lower the last one who is it by membership"""
    lonely_hospital(api)
    founder = api.do("founder", "GET", "/session")["user"]["id"]
    deputy = member(api, "deputy", "nurse", who="founder")
    ward.sql("INSERT INTO role_grants (hospital_id, id, user_id, role, granted_by) SELECT hospital_id, gen_random_uuid(),"
             " user_id, 'organization_admin', %s FROM memberships WHERE user_id = %s", parameters=[founder, deputy])
    wait_for(lambda: "manage_users" in permissions(api, "deputy"), 1, "the deputy may")
    for method, path, body in (("DELETE", f"/users/{founder}", None), ("PUT", f"/users/{founder}/role", {"role": "nurse"})):
        answer = assert_refused(api.call("deputy", method, path, body), 409)
        assert "last administrator" in answer["error"]
    api.do("founder", "PUT", f"/users/{deputy}/role", {"role": "hospital_admin"})
    assert api.do("deputy", "PUT", f"/users/{founder}/role", {"role": "nurse"})["role"] == "nurse"


def test_two_who_remove_each_other(api, ward):
    """68: of two administrators who deactivate each other at the same moment one stays"""
    for _ in range(5):
        lonely_hospital(api)
        first = api.do("founder", "GET", "/session")["user"]["id"]
        second = member(api, "rival", "organization_admin", who="founder")
        wait_for(lambda: "manage_users" in permissions(api, "rival"), 1, "the rival administers")
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda pair: api.call(pair[0], "DELETE", f"/users/{pair[1]}"),
                                    (("founder", second), ("rival", first))))
        assert sorted(each.status_code for each in answers)[0] == 200
        left = ward.sql("SELECT count(*) FROM memberships WHERE user_id = ANY (%s) AND is_active",
                        parameters=[[first, second]])[0][0]
        assert left == 1, [each.text for each in answers]
