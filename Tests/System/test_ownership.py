"""Whose things are whose: a patient's own alone for a patient, and the installation's for its super administrator."""

import json
import os
import subprocess
import uuid

import grid
import pytest
from api_inputs import document_of, operations_of, target
from api_raw import assert_refused
from api_support import NOBODY, Api, Complaints
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import unique_name
from tenancy_support import member
from ward_process import PASSWORD, binary


class Somebody:
    """A patient with an account, a record, vitals and an alert, all with marks that occur nowhere else."""

    def __init__(self, api: Api, name: str):
        self.name, self.mark = name, f"Mark{uuid.uuid4().hex[:10]}"
        self.user = member(api, name, "support")
        api.ward.sql("UPDATE memberships SET role = 'patient' WHERE user_id = %s", parameters=[self.user])
        self.email = api.ward.sql("SELECT email FROM users WHERE id = %s", parameters=[self.user])[0].email
        api.tokens[name] = api.ward.sign_in(self.email)
        self.words = unique_name()
        self.record = api.do("doctor", "POST", "/patients", {"name": self.words, "notes": self.mark, "allergies": [self.mark]})
        self.id = self.record["id"]
        api.do("doctor", "PUT", f"/patients/{self.id}/account", {"userId": self.user})
        self.vitals = api.do("nurse", "POST", f"/patients/{self.id}/vitals", {"heartRate": 77, "notes": self.mark})
        self.alert = api.raise_alert(4, "admin", patientId=self.id, description=self.mark)["id"]
        nurse = {"userId": api.user("nurse"), "role": "attending_nurse"}
        api.do("doctor", "POST", f"/patients/{self.id}/care-team", nurse)
        self.session = api.do(name, "GET", "/sessions")[0]["id"]

    @property
    def marks(self) -> set[str]:
        return {self.mark, self.user, self.email, self.id, self.alert, self.session, self.record["mrn"], *self.words.split()}


@pytest.fixture(scope="module")
def people(api) -> tuple[Somebody, Somebody]:
    return Somebody(api, "anna"), Somebody(api, "berta")


def test_a_patient_sees_his_own(api, people):
    """71: a patient sees his own record, vitals and who saw them, and nobody else's there"""
    for me, other in (people, people[::-1]):
        record = api.do(me.name, "GET", "/my-record")
        assert record["id"] == me.id and record["notes"] == me.mark
        answers = json.dumps([record, api.do(me.name, "GET", "/my-record/vitals"),
                              api.do(me.name, "GET", "/my-record/access-log?limit=100"), api.do(me.name, "GET", "/profile")])
        assert not [each for each in other.marks if each in answers]


def test_no_operation_shows_another_patients(api, ward, people):
    """71: of all operations that a patient may call none shows anything of another patient, whatever ids he gives; the
    others refuse him, also with the id of his own record"""
    complaints = Complaints()
    for me, other in (people, people[::-1]):
        ids = {"patientId": other.id, "userId": other.user, "sessionId": other.session, "alertId": other.alert}
        own = {"patientId": me.id, "userId": me.user, "sessionId": me.session, "alertId": me.alert}
        for operation in operations_of(document_of(ward)):
            if operation.name in ("auth.signOut", "auth.rotateSession", "auth.revokeOtherSessions"):
                continue  # of his own session alone: they name no other
            is_allowed = grid.PATIENT in grid.GRID[operation.name]
            for given in (ids, own):
                path = target(operation, {each.name: given.get(each.name, NOBODY) for each in operation.fields_in("path")}, {})
                if is_allowed and given is own and operation.method != "GET":
                    continue  # his own things are his to change
                with complaints.about(f"{me.name} at {operation.name}"):
                    named = {each.name for each in operation.fields_in("query" if operation.method == "GET" else "body")}
                    more = {name: value for name, value in given.items() if name in named}
                    if operation.method == "GET":
                        query = "&".join(f"{name}={value}" for name, value in more.items())
                        answer = ward.call("GET", f"{path}?{query}" if query else path, api.token(me.name),
                                           allow_redirects=False)
                    else:
                        answer = ward.call(operation.method, path, api.token(me.name), json=more)
                    if not is_allowed:
                        assert answer.status_code == 403, answer.text
                    assert not [each for each in other.marks if each in answer.text], answer.text
    complaints.settle(at_least=200)
    for each in people:  # Nothing of theirs was changed or ended either.
        assert api.do(each.name, "GET", "/my-record")["notes"] == each.mark
        assert each.session in {every["id"] for every in api.do(each.name, "GET", "/sessions")}


def test_alerts_of_ones_patients(api, people):
    """71: who is in a patient's care team sees the alerts of his patients, and of no others; a patient sees none"""
    mine = {each.alert for each in people}
    other = api.raise_alert(4, "admin", patientId=api.patient())["id"]
    shown = {each["id"] for each in api.do("nurse", "GET", "/my-patients/alerts?limit=100")}
    assert mine <= shown and other not in shown
    assert {each["id"] for each in api.query("nurse", "healthcare.getPatientAlerts", {"limit": 100}).json()["result"]["data"]["items"]} \
        == shown
    assert api.do("head", "GET", "/my-patients/alerts") == []
    api.do("doctor", "DELETE", f"/patients/{people[0].id}/care-team/{api.user('nurse')}")
    assert people[0].alert not in {each["id"] for each in api.do("nurse", "GET", "/my-patients/alerts?limit=100")}
    page = api.call("nurse", "GET", "/my-patients/alerts?limit=1").json()["page"]
    assert page["total"] == len(shown) - 1
    assert_refused(api.call("anna", "GET", "/my-patients/alerts"), 403)


def test_the_platform_is_its_super_administrators(api, ward):
    """70: what concerns the whole installation answers 403 to every role but the super administrator whom the command
    line made, also to one who was granted the role; his numbers equal direct counts"""
    email = f"{uuid.uuid4().hex}@example.org"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
    made = subprocess.run(
        [binary(), "user", "create", "--email", email, "--name", "Root", "--role", "super_admin",
         "--hospital", "demo-general"], input=PASSWORD + "\n", capture_output=True, text=True, timeout=60,
        env={**clean, "WARD_DATABASE_URL": ward.database_url(), "WARD_DATABASE_OWNER_URL": ward.database_url("owner")})
    assert made.returncode == 0, made.stdout + made.stderr
    platform = [each for each in operations_of(document_of(ward)) if each.permission == "manage_platform"]
    assert {each.name for each in platform} == {
        "admin.getDashboardStats", "billing.createPlan", "billing.updatePlan", "billing.deletePlan"}
    api.tokens["root"] = ward.sign_in(email)
    for n, role in enumerate(grid.ROLES):
        if role in ("super_admin", "patient"):
            continue
        member(api, f"some {n}", role)
        for operation in platform:
            refused = assert_refused(ward.call(operation.method, operation.template, api.token(f"some {n}")), 403)
            assert refused["details"]["requiredPermission"] == "manage_platform", role
    granted = member(api, "granted", "manager")
    api.do("root", "POST", f"/users/{granted}/roles", {"role": "super_admin"})
    assert_refused(api.call("granted", "GET", "/admin/platform"), 403)
    numbers = api.do("root", "GET", "/admin/platform")
    for name, statement in (("organizations", "organizations"), ("hospitals", "hospitals"), ("users", "users"),
                            ("activeUsers", "users WHERE is_active"), ("memberships", "memberships WHERE is_active"),
                            ("activeHospitals", "hospitals WHERE is_active"),
                            ("sessions", "sessions s WHERE revoked_at IS NULL AND expires_at > ward.now()")):
        assert numbers[name] == ward.sql(f"SELECT count(*) FROM {statement}", "admin")[0][0], name
    assert numbers["hospitals"] >= 2
