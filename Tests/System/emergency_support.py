"""What the tests of emergencies and keys share, and what the nets have to know of them."""

import uuid

from api_support import NOBODY
from factor_people import Person
from patients import take_in
from ward_process import PASSWORD

REASON = "Unconscious in the emergency room."
GRID = {
    f"POST /patients/{NOBODY}/emergency-access": ("break_glass", {"nurse", "doctor", "head", "admin"}),
    "GET /access-reviews": ("review_access", {"admin"}),
    f"POST /access-reviews/{NOBODY}/review": ("review_access", {"admin"}),
    f"POST /users/{NOBODY}/unlock": ("manage_users", {"admin"}),
}
IDS = {"accessId": "emergency_accesses", "keyId": "api_keys"}
KNOWN = {"accessId": NOBODY, "linkedAccountId": NOBODY, "keyId": NOBODY, "scopes": ["view_alerts"],
         "reason": REASON, ("patient.breakGlass", "code"): "042137"}


def insert_access(api, who: str = "admin", patient: str | None = None) -> str:
    """An emergency access of a clinician with a telephone; its id."""
    person = clinician(api, who=who)
    answer = api.call(person.email, "POST", f"/patients/{patient or kept(api, who)['id']}/emergency-access",
                      {"reason": REASON, "code": person.code()})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]["id"]


def clinician(api, role: str = "doctor", enabled: bool = True, who: str = "admin") -> Person:
    """Somebody new with a telephone, whom the api knows by the address."""
    found = Person(api, role=role, who=who)
    if enabled:
        found.enable()
    api.tokens[found.email] = found.token
    return found


def colleague(api, role: str, who: str = "admin") -> tuple[str, str]:
    """Somebody new without a telephone: the address, which the api knows, and the id."""
    email = f"{uuid.uuid4().hex}@demo.ward"
    made = api.do(who, "POST", "/users", {"name": f"The {role}", "email": email, "role": role, "password": PASSWORD})
    api.tokens[email] = api.ward.sign_in(email)
    return email, made["id"]


def keep_records(api, who: str = "admin") -> None:
    """From now on this hospital keeps records to their departments."""
    api.do(who, "PATCH", "/hospital", {"restrictRecords": True})


def kept(api, who: str = "admin") -> dict:
    """A patient of a department in which nobody of the tests works."""
    return take_in(api, who, departmentId=api.department("ICU", who), roomNumber="I1", notes="Secret")


def make_key(api, who: str = "admin") -> str:
    body = {"name": "Lab", "scopes": ["view_alerts"], "password": PASSWORD}
    return api.do(who, "POST", "/api-keys", body)["id"]


def link(api, user: str, provider: str = "google") -> str:
    """Ties an account elsewhere to somebody; its id."""
    return str(api.ward.sql("INSERT INTO linked_accounts (provider, subject, user_id) VALUES (%s, %s, %s) RETURNING id",
                            "admin", parameters=[provider, uuid.uuid4().hex, user])[0].id)


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    keep_records(api)
    patient, person, access = kept(api), clinician(api), insert_access(api)
    return {
        "patient.breakGlass": [(person.email, {"patientId": patient["id"]}, {}, lambda: {
            "reason": REASON, "code": person.code(), "minutes": 10})],  # a code is good for a minute
        "apiKeys.create": [("nurse", {}, {}, {"name": "Lab", "scopes": ["view_alerts"], "password": PASSWORD,
                                              "expiresInDays": 366})],
        "apiKeys.list": [("admin", {}, {}, None), ("admin", {}, {"fields": "id,scopes"}, None)],
        "apiKeys.revoke": [("admin", {"keyId": make_key(api)}, {}, None)],
        "users.unlock": [("admin", {"userId": person.id}, {}, None)],
        "auth.listLinkedAccounts": [("nurse", {}, {}, None), (person.email, {}, {"fields": "id,provider"}, None)],
        "auth.unlinkAccount": [(person.email, {"linkedAccountId": link(api, person.id)}, {}, None)],
        "accessReviews.list": [("admin", {}, {}, None), ("admin", {}, {"status": "all", "limit": 1}, None)],
        "accessReviews.review": [("admin", {"accessId": access}, {}, {"verdict": "justified", "note": "Seen."})],
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    keep_records(api, who)
    insert_access(api, who)
    make_key(api, who)
    api.do(who, "PATCH", "/hospital", {"restrictRecords": False})


def fill_lists(api) -> None:
    """Four rows and more in every list of this area."""
    keep_records(api)
    for _ in range(4):
        insert_access(api)
        link(api, api.user("admin"))
        make_key(api)
    api.do("admin", "PATCH", "/hospital", {"restrictRecords": False})
