"""What rights are, in as few lines as it takes: who may do what after which assignments. Knows nothing of Ward."""

from dataclasses import dataclass, field

from grid import ADMIN, GIVES, GRID, GROUP, SUPER


@dataclass
class Person:
    role: str
    department: str | None = None
    is_active: bool = True
    grants: dict[str, tuple[str, str | None, float | None]] = field(default_factory=dict)  # id: role, department, end


class Rights:
    """One hospital's people; the time is a number that only grows."""

    def __init__(self):
        self.people: dict[str, Person] = {}
        self.now = 0.0

    def roles(self, who: str) -> set[str]:
        person = self.people[who]
        granted = {role for role, department, end in person.grants.values()
                   if (department is None or department == person.department) and (end is None or end > self.now)}
        return granted | {person.role} if person.is_active else set()

    def may(self, who: str, operation: str) -> bool:
        return bool(self.roles(who) & GRID[operation])

    def reaches(self, who: str, role: str) -> bool:
        return any(role in GIVES.get(mine, ()) for mine in self.roles(who))

    def is_last(self, whom: str) -> bool:
        return [name for name, each in self.people.items()
                if each.is_active and each.role in (ADMIN, GROUP, SUPER)] == [whom]

    def status(self, who: str, operation: str, whom: str, role: str | None = None) -> int:
        """How a change of somebody's rights is answered."""
        if not self.people[who].is_active:
            return 401
        if not self.may(who, operation) or operation != "users.revokeRole" and who == whom:
            return 403
        lowers = operation == "users.deactivate" or operation == "users.updateRole" and role not in (ADMIN, GROUP, SUPER)
        if lowers and self.is_last(whom):
            return 409
        if not self.reaches(who, self.people[whom].role) or role and not self.reaches(who, role):
            return 403
        return 201 if operation == "users.grantRole" else 200
