"""What the tests of organisations share: people who belong to nobody yet, and links of invitations."""

import hashlib
import uuid

from api_support import NOBODY
from ward_process import PASSWORD, wait_for

# For the tests that go through every operation: what each of them has to know of this area.
EVERYBODY = {"operator", "nurse", "doctor", "head", "admin", "patient"}
GRID = {
    "GET /organization": ("view_organization", {"admin"}),
    "PATCH /organization": ("manage_organization", set()),
    "PUT /organization/default-hospital": ("manage_organization", set()),
    "POST /invitations": ("invite_members", {"head", "admin"}),
    "GET /invitations": ("invite_members", {"head", "admin"}),
    f"DELETE /invitations/{NOBODY}": ("invite_members", {"head", "admin"}),
    "POST /join-codes": ("invite_members", {"head", "admin"}),
    "GET /join-codes": ("invite_members", {"head", "admin"}),
    f"DELETE /join-codes/{NOBODY}": ("invite_members", {"head", "admin"}),
    "GET /join-requests": ("invite_members", {"head", "admin"}),
    f"POST /join-requests/{NOBODY}/review": ("invite_members", {"head", "admin"}),
    "GET /hospital": ("view_hospital", EVERYBODY),
    "PATCH /hospital": ("manage_hospital", {"admin"}),
    "POST /hospital/edit-verification": ("manage_hospital", {"admin"}),
    "POST /hospital/edit-verification/confirmation": ("manage_hospital", {"admin"}),
    "PUT /hospital/details": ("manage_hospital", {"admin"}),
    "GET /locations": ("view_departments", EVERYBODY - {"patient"}),
    f"GET /locations/{NOBODY}": ("view_departments", EVERYBODY - {"patient"}),
    "GET /rooms": ("view_departments", EVERYBODY - {"patient"}),
    "POST /locations": ("manage_departments", {"admin"}),
    f"PATCH /locations/{NOBODY}": ("manage_departments", {"admin"}),
    f"DELETE /locations/{NOBODY}": ("manage_departments", {"admin"}),
    "POST /departments": ("manage_departments", {"admin"}),
    f"PATCH /departments/{NOBODY}": ("manage_departments", {"admin"}),
    f"DELETE /departments/{NOBODY}": ("manage_departments", {"admin"}),
    "POST /rooms": ("manage_departments", {"admin"}),
    f"PATCH /rooms/{NOBODY}": ("manage_departments", {"admin"}),
    f"DELETE /rooms/{NOBODY}": ("manage_departments", {"admin"}),
    f"GET /departments/{NOBODY}/line": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"POST /departments/{NOBODY}/line": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"POST /departments/{NOBODY}/line/calls": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"DELETE /line-entries/{NOBODY}": ("view_patients", {"nurse", "doctor", "head", "admin"}),
    f"GET /users/{NOBODY}/roles": ("manage_roles", {"admin"}),
    f"POST /users/{NOBODY}/roles": ("manage_roles", {"admin"}),
    f"DELETE /users/{NOBODY}/roles/{NOBODY}": ("manage_roles", {"admin"}),
}
KNOWN = {"emails": ["somebody@example.org"], "invitationId": NOBODY, "joinCodeId": NOBODY, "roleGrantId": NOBODY,
         "joinRequestId": NOBODY, "locationId": NOBODY, "roomId": NOBODY, "lineEntryId": NOBODY, "subdomain": "demo-general",
         ("departments.create", "code"): "NEW", ("hospitals.confirmEdit", "code"): "000000",
         ("organization.create", "subdomain"): "demo-general"}
IDS = {"invitationId": "invitations", "joinCodeId": "join_codes", "roleGrantId": "role_grants",
       "joinRequestId": "join_requests", "locationId": "locations", "roomId": "rooms", "lineEntryId": "line_entries"}
DEFINERS = {
    "role_grants_of", "create_organization", "add_hospital", "update_organization", "set_default_hospital",
    "invitation_of", "accept_invitation", "use_join_code", "ask_to_join", "my_join_requests", "cancel_join_request",
    "join_requests_here", "hospital_named", "try_hospital_edit",
}


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    for name in ("founder", "joiner", "guest", "asker", "registrar"):
        outsider(api, name)
    member(api, "group admin", "organization_admin")
    old, _ = invite(api, new_address())
    guest = api.ward.call("GET", "/api/v1/session", api.tokens["guest"]).json()["data"]["user"]["email"]
    _, token = invite(api, guest)
    codes = [api.do("admin", "POST", "/join-codes", {"role": "nurse"}) for _ in range(2)]
    slug = f"org-{uuid.uuid4().hex[:10]}"
    subject = member(api, "subject")
    grant = api.do("admin", "POST", f"/users/{subject}/roles", {"role": "doctor"})["id"]
    location = api.do("admin", "POST", "/locations", {"name": slug + "-l"})["id"]
    department = api.do("admin", "POST", "/departments", {"name": slug, "code": slug[4:10].upper()})["id"]
    room = api.do("admin", "POST", "/rooms", {"number": slug + "-r"})["id"]
    er = {"departmentId": api.department("ER")}
    waiting = [api.do("nurse", "POST", f"/departments/{er['departmentId']}/line")["id"] for _ in range(2)]
    return {
        "lines.join": [("nurse", er, {}, None)],
        "lines.list": [("nurse", er, {}, None), ("admin", er, {"fields": "id,number"}, None)],
        "lines.callNext": [("doctor", er, {}, None)],
        "lines.leave": [("nurse", {"lineEntryId": waiting[1]}, {}, None)],
        "organization.sendJoinRequest": [("asker", {}, {}, {"subdomain": "demo-general", "role": "nurse", "message": "Hi"})],
        "organization.listUserJoinRequests": [("asker", {}, {}, None), ("nurse", {}, {}, None)],
        "organization.listJoinRequests": [("head", {}, {}, None), ("admin", {}, {"status": "approved"}, None)],
        "organization.reviewJoinRequest": [("admin", {"joinRequestId": ask_to_join(api)}, {}, {"verdict": "approved"})],
        "organization.cancelJoinRequest": [("asks", {"joinRequestId": ask_to_join(api, "asks")}, {}, None)],
        "hospitals.getCurrent": [("nurse", {}, {}, None), ("patient", {}, {}, None)],
        "hospitals.getAll": [("nurse", {}, {}, None), ("founder", {}, {"fields": "id,name"}, None)],
        "hospitals.getBySubdomain": [(None, {"subdomain": "demo-general"}, {}, None)],
        "hospitals.updateSettings": [("admin", {}, {}, {"idleMinutes": 30}), ("admin", {}, {}, {"idleMinutes": 0, "currency": "EUR"})],
        "hospitals.register": [("registrar", {}, {}, {"name": "Reg", "subdomain": slug + "-r", "phone": "+49 30 1"})],
        "hospitals.requestEdit": [("other admin", {}, {}, {})],
        "hospitals.confirmEdit": [("admin", {}, {}, {"code": open_edit(api)})],
        "hospitals.updateDetails": [("admin", {}, {}, {"phone": "+49 30 2"})],
        "locations.create": [("admin", {}, {}, {"name": slug, "hours": [{"day": 1, "opens": "08:00", "closes": "12:00"}]})],
        "locations.getAll": [("nurse", {}, {}, None)],
        "locations.getById": [("nurse", {"locationId": location}, {}, None)],
        "locations.update": [("admin", {"locationId": location}, {}, {"version": 1, "phone": "+49 30 2"})],
        "locations.delete": [("admin", {"locationId": location}, {}, None)],
        "departments.create": [("admin", {}, {}, {"name": "Radiology", "code": "rad"})],
        "departments.update": [("admin", {"departmentId": department}, {}, {"version": 1, "name": "X-ray"})],
        "departments.delete": [("admin", {"departmentId": department}, {}, None)],
        "rooms.create": [("admin", {}, {}, {"number": slug, "beds": 2})],
        "rooms.getAll": [("nurse", {}, {}, None), ("admin", {}, {"departmentId": api.department("ER")}, None)],
        "rooms.update": [("admin", {"roomId": room}, {}, {"version": 1, "beds": 3})],
        "rooms.delete": [("admin", {"roomId": room}, {}, None)],
        "roles.list": [("nurse", {}, {}, None), ("admin", {}, {}, None)],
        "users.getRoles": [("admin", {"userId": subject}, {}, None)],
        "users.grantRole": [("admin", {"userId": subject}, {}, {"role": "manager", "reason": "Holidays"})],
        "users.revokeRole": [("admin", {"userId": subject, "roleGrantId": grant}, {}, None)],
        "organization.create": [("founder", {}, {}, {"name": "Northern", "slug": slug})],
        "organization.get": [("admin", {}, {}, None)],
        "organization.list": [("nurse", {}, {}, None), ("admin", {}, {"fields": "id,name"}, None)],
        "organization.update": [("group admin", {}, {}, {"size": "small", "phone": "+49 30 1"})],
        "organization.setDefaultHospital": [("group admin", {}, {}, {"hospitalId": api.hospital()})],
        "organization.inviteMembers": [("head", {}, {}, {"emails": [new_address(), "nurse@demo.ward"], "role": "nurse"})],
        "organization.listInvitations": [("admin", {}, {}, None)],
        "organization.revokeInvitation": [("admin", {"invitationId": old}, {}, None)],
        "organization.showInvitation": [(None, {}, {}, {"token": token})],
        "organization.acceptInvitation": [("guest", {}, {}, {"token": token})],
        "organization.generateCode": [("admin", {}, {}, {"role": "nurse", "maxUses": 3})],
        "organization.listCodes": [("admin", {}, {}, None)],
        "organization.joinByCode": [("joiner", {}, {}, {"code": codes[0]["code"]})],
        "organization.revokeCode": [("admin", {"joinCodeId": codes[1]["id"]}, {}, None)],
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, for one hospital."""
    hospital, user = api.hospital(who), api.user(who)
    api.do(who, "POST", "/invitations", {"emails": [new_address()], "role": "nurse"})
    api.do(who, "POST", "/join-codes", {"role": "nurse"})
    subject = api.ward.sql("SELECT user_id FROM memberships WHERE hospital_id = %s AND role = 'nurse' LIMIT 1",
                           parameters=[hospital])[0].user_id
    for statement in (
        "INSERT INTO locations (hospital_id, id, name) SELECT h, gen_random_uuid(), 'East wing' FROM c",
        "INSERT INTO rooms (hospital_id, id, number) SELECT h, gen_random_uuid(), '1-01' FROM c",
        "INSERT INTO line_entries (hospital_id, id, department_id, number, expires_at) SELECT h, gen_random_uuid(),"
        " d.id, 1, ward.now() + interval '1 hour' FROM c JOIN departments d ON d.hospital_id = h LIMIT 1",
        "INSERT INTO join_requests (hospital_id, id, user_id, role) SELECT h, gen_random_uuid(), u, 'nurse' FROM c",
        "INSERT INTO role_grants (hospital_id, id, user_id, role, granted_by)"
        " SELECT h, gen_random_uuid(), s, 'operator', u FROM c",
        "INSERT INTO hospital_edits (hospital_id, user_id, sent_at, expires_at) SELECT h, u, ward.now(), ward.now() FROM c",
    ):
        api.ward.sql(f"WITH c AS (SELECT %s::uuid AS h, %s::uuid AS u, %s::uuid AS s) {statement}",
                     parameters=[hospital, user, subject])


def reign(ward) -> None:
    """Demo General's administrator becomes one of the whole installation, so that no operation refuses his role."""
    ward.sql("UPDATE memberships m SET role = 'super_admin' FROM users u WHERE u.id = m.user_id"
             " AND u.email = 'admin@demo.ward'")


def new_address() -> str:
    return f"new-{uuid.uuid4().hex[:12]}@example.org"


def outsider(api, name: str, email: str | None = None) -> str:
    """Somebody with an account and without a hospital, known to the api by this name; the address."""
    email = email or new_address()
    answer = api.ward.call("POST", "/api/v1/auth/sign-up", json={
        "email": email, "password": "correct horse battery", "name": "New Person", "acceptTerms": True,
        "acceptPrivacy": True})
    assert answer.status_code == 201, answer.text
    api.tokens[name] = answer.json()["data"]["token"]
    api.sessions.pop(name, None)
    return email


def member(api, name: str, role: str = "nurse", who: str = "admin", **more) -> str:
    """A new person of a hospital, known to the api by this name; the id."""
    email = new_address()
    if role in ("hospital_admin", "organization_admin", "super_admin", "system_admin"):
        user = api.do(who, "POST", "/users", {"name": "New", "email": email, "role": "nurse", "password": PASSWORD, **more})
        api.ward.sql("UPDATE memberships SET role = %s WHERE user_id = %s", parameters=[role, user["id"]])
    else:
        user = api.do(who, "POST", "/users", {"name": "New", "email": email, "role": role, "password": PASSWORD, **more})
    api.tokens[name] = api.ward.sign_in(email)
    api.sessions.pop(name, None)
    return user["id"]


def link_token(api, invitation: str) -> str:
    """A token of the test's own in place of the mailed one, of which the database keeps a hash only."""
    token = "wi_" + uuid.uuid4().hex + uuid.uuid4().hex[:11]
    digest = hashlib.sha256(token.encode()).hexdigest()
    changed = api.ward.sql("UPDATE invitations SET token_hash = decode(%s, 'hex') WHERE id = %s RETURNING id",
                           parameters=[digest, invitation])
    assert len(changed) == 1
    return token


def invite(api, email: str, role: str = "nurse", who: str = "admin", **more) -> tuple[str, str]:
    """An invitation's id and a token that opens it."""
    invited = api.do(who, "POST", "/invitations", {"emails": [email], "role": role, **more})["invited"]
    assert [each["email"] for each in invited] == [email.lower()]
    return invited[0]["id"], link_token(api, invited[0]["id"])


def letter_to(api, address: str) -> str:
    """The text of the newest letter to an address, as the development Ward keeps it."""
    def found() -> list[str]:
        letters = api.do("admin", "GET", "/development/outbox")["letters"]
        return [each["text"] for each in letters if each["to"] == address]
    return wait_for(found, 10, f"a letter to {address}")[0]


def ask_to_join(api, name: str = "asks first") -> str:
    """A waiting request of a new person, known to the api by this name."""
    outsider(api, name)
    return api.do(name, "POST", "/join-requests", {"subdomain": "demo-general", "role": "nurse"})["id"]


def open_edit(api, who: str = "admin", code: str = "271828") -> str:
    """A code of the test's own in place of the mailed one, of which the database keeps a hash only."""
    hospital = api.hospital(who)
    api.ward.sql("DELETE FROM hospital_edits WHERE hospital_id = %s", "admin", parameters=[hospital])
    api.do(who, "POST", "/hospital/edit-verification", {})
    digest = hashlib.sha256(f"hospital edit {hospital} {code}".encode()).hexdigest()
    api.ward.sql("UPDATE hospital_edits SET code_hash = decode(%s, 'hex') WHERE hospital_id = %s",
                 parameters=[digest, hospital])
    return code


def problems(answer) -> dict[str, str]:
    assert answer.status_code == 400, f"{answer.status_code} {answer.text}"
    return {each["path"]: each["rule"] for each in answer.json()["details"]["fields"]}


def fill_lists(api) -> None:
    """Four rows and more in every list of this area, as Demo General's administrator sees them."""
    for department in api.do("admin", "GET", "/departments?limit=100"):
        for _ in range(4):
            api.do("admin", "POST", f"/departments/{department['id']}/line")
    for _ in range(4):
        api.do("admin", "POST", "/invitations", {"emails": [new_address()], "role": "nurse"})
        api.do("admin", "POST", "/join-codes", {"role": "nurse"})
        slug = f"org-{uuid.uuid4().hex[:10]}"
        api.do("admin", "POST", "/organizations", {"name": slug, "slug": slug})
        api.do("admin", "POST", f"/users/{api.user('doctor')}/roles", {"role": "manager"})
        api.do("admin", "POST", "/locations", {"name": slug})
        api.do("admin", "POST", "/rooms", {"number": slug})
        ask_to_join(api)
    # Where the administrator asks himself: into hospitals that are not his.
    for n in range(4):
        outsider(api, "host")
        api.do("host", "POST", "/organizations", {"name": "Host", "slug": f"host-{n}-{slug[4:]}"})
        api.do("admin", "POST", "/join-requests", {"subdomain": f"host-{n}-{slug[4:]}", "role": "nurse"})
