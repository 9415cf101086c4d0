"""Random assignments of roles and random calls, each answered as a model of sixty lines says."""

import random
from datetime import timedelta

import pytest
from api_inputs import document_of, operations_of
from api_support import Api, own_ward
from grid import GRID, ROLES
from rights_model import Person, Rights
from tenancy_support import member
from test_rights import probe
from ward_process import wait_for

STEPS, PROBES = 120, 4
STAFF = [role for role in ROLES if role != "patient"]


@pytest.fixture
def ward():
    with own_ward() as running:
        yield running
        running.reset_clock()


class Run:
    """The same steps in Ward and in the model."""

    def __init__(self, ward, seed: int):
        self.ward, self.api, self.random, self.rights = ward, Api(ward), random.Random(seed), Rights()
        self.operations = {each.name: each for each in operations_of(document_of(ward))}
        self.departments = [self.api.department(code) for code in ("ER", "ICU", "CARD")]
        self.ids: dict[str, str] = {}
        self.steps: list[str] = []
        for n, role in enumerate(("hospital_admin", "organization_admin", "nurse", "doctor", "receptionist", "manager")):
            name = f"person {n}"
            self.ids[name] = member(self.api, name, role, departmentId=self.departments[0])
            self.rights.people[name] = Person(role, self.departments[0])
        # The demo's administrator is not one of them: he is taken out of the hospital that the model has.
        ward.sql("UPDATE memberships m SET role = 'support' FROM users u WHERE u.id = m.user_id AND u.email = 'admin@demo.ward'")

    def anybody(self) -> str:
        return self.random.choice(list(self.ids))

    def change(self) -> None:
        """One random change of rights by one random person, answered as the model says."""
        rights, who, whom, role = self.rights, self.anybody(), self.anybody(), self.random.choice(STAFF)
        target, person = f"/users/{self.ids[whom]}", rights.people[whom]
        kind = self.random.choices(["role", "grant", "revoke", "move", "leave", "wait"], [4, 6, 3, 3, 1, 2])[0]
        self.steps.append(f"{who} {kind} {whom} {role}")
        if kind == "role":
            if self.call(who, "users.updateRole", whom, "PUT", f"{target}/role", {"role": role}, role).ok:
                person.role = role
        elif kind == "grant":
            department = self.random.choice([None, *self.departments])
            minutes = self.random.choice([None, 5, 20])
            body = {"role": role, "departmentId": department,
                    "expiresAt": minutes and (self.ward.now() + timedelta(minutes=minutes)).isoformat()}
            answer = self.call(who, "users.grantRole", whom, "POST", f"{target}/roles", body, role)
            if answer.ok:
                person.grants[answer.json()["data"]["id"]] = (role, department, minutes and rights.now + minutes)
        elif kind == "revoke" and person.grants:
            grant = self.random.choice(list(person.grants))
            if self.call(who, "users.revokeRole", whom, "DELETE", f"{target}/roles/{grant}").ok:
                del person.grants[grant]
        elif kind == "move":
            department = self.random.choice(self.departments)
            self.ward.sql("UPDATE memberships SET department_id = %s WHERE user_id = %s",
                          parameters=[department, self.ids[whom]])
            person.department = department
        elif kind == "leave" and sum(each.is_active for each in rights.people.values()) > 4:
            if self.call(who, "users.deactivate", whom, "DELETE", target).ok:
                person.is_active = False
        elif kind == "wait":
            self.ward.shift_clock(6 * 60)
            rights.now += 6

    def call(self, who, operation, whom, method, path, body=None, role=None):
        wanted = self.rights.status(who, operation, whom, role)
        answer = self.api.call(who, method, path, body)
        assert answer.status_code == wanted, f"{answer.status_code} instead of {wanted}: {answer.text}\n{self.story}"
        return answer

    def look(self) -> None:
        """One random call of one random person: let through, or kept away, as the model says."""
        who, name = self.anybody(), self.random.choice([each for each in GRID if self.operations[each].permission])
        is_active, may = self.rights.people[who].is_active, self.rights.may(who, name)
        wanted = 401 if not is_active else 400 if may else 403

        def agrees() -> bool:
            return probe(self.ward, self.operations[name], self.api.tokens[who]).status_code == wanted

        wait_for(agrees, 3, lambda: f"{who} at {name} is answered {wanted}: {self.rights.people[who]}\n{self.story}")

    def settle(self) -> None:
        """Until every active person's session knows what the model knows: a change is in force within a second."""
        for who, person in self.rights.people.items():
            name = "users.updateRole"
            wanted = 401 if not person.is_active else 400 if self.rights.may(who, name) else 403
            wait_for(lambda: probe(self.ward, self.operations[name], self.api.tokens[who]).status_code == wanted, 3,
                     lambda: f"{who} at {name} is answered {wanted}: {person}\n{self.story}")

    @property
    def story(self) -> str:
        return "\n".join(self.steps)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rights_are_what_the_model_says(ward, seed):
    """63, 68, 95: after each of many random changes of roles every change and every call is answered as the model says"""
    run = Run(ward, seed)
    for _ in range(STEPS):
        run.settle()
        run.change()
        for _ in range(PROBES):
            run.look()
    assert len(set(run.steps)) > STEPS / 2
