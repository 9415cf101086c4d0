"""What the tests share of administration: doctors' profiles, the administrators' views, imports."""

import uuid

from api_support import NOBODY
from tenancy_support import member, new_address

EVERYBODY = {"operator", "nurse", "doctor", "head", "admin", "patient"}
# Method and path: the permission that is asked for, and who of the demo's people has it.
GRID = {
    "GET /admin/users": ("manage_users", {"admin"}),
    f"GET /admin/users/{NOBODY}": ("manage_users", {"admin"}),
    f"POST /admin/users/{NOBODY}/status": ("manage_users", {"admin"}),
    "GET /admin/analytics": ("manage_users", {"admin"}),
    "GET /admin/platform": ("manage_platform", set()),
    "GET /my-patients/alerts": ("view_alerts", {"operator", "nurse", "doctor", "head", "admin"}),
    f"POST /imports/{NOBODY}": ("import_data", {"admin"}), f"POST /imports/{NOBODY}/check": ("import_data", {"admin"}),
}
KNOWN = {("admin.toggleUserStatus", "reason"): "Under inquiry", "licenseNumber": f"MD-{uuid.uuid4().hex[:10]}",
         "kind": "rooms",
         ("imports.run", "csv"): f"number\nR-{uuid.uuid4().hex[:10]}\n"}
DEFINERS = {"restore_membership", "platform_numbers"}


def licence() -> str:
    return f"MD-{uuid.uuid4().hex[:10].upper()}"


def new_doctor(api, **more) -> dict:
    body = {"name": "Dora Example", "email": new_address(), "licenseNumber": licence(), **more}
    return api.do("admin", "POST", "/doctors", body)


def profile(**more) -> dict:
    return {"licenseNumber": licence(), "specialization": "Cardiology", "qualification": "MD, FACC",
            "experienceYears": 12, **more}


def fill(api, who: str) -> None:
    """Rows in every table of this area, for one hospital."""
    if who == "admin":
        api.do("head", "POST", "/doctor-profile", profile())


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    member(api, "practises", "doctor")
    member(api, "had practised", "doctor")
    api.do("had practised", "POST", "/doctor-profile", profile())
    held = member(api, "held")
    member(api, "emperor", "super_admin")
    return {
        "doctors.createProfile": [("practises", {}, {}, profile(bio="Since 2009 here."))],
        "doctors.getProfile": [("had practised", {}, {}, None)],
        "doctors.updateProfile": [("had practised", {}, {}, {"experienceYears": 13})],
        "admin.listUsers": [("admin", {}, {}, None), ("admin", {}, {"status": "active", "sortBy": "lastLoginAt",
                                                                    "sortOrder": "desc", "fields": "id,status"}, None)],
        "admin.getUser": [("admin", {"userId": held}, {}, None)],
        "admin.toggleUserStatus": [("admin", {"userId": held}, {}, {"action": "suspend", "reason": "Under inquiry"}),
                                   ("admin", {"userId": held}, {}, {"action": "activate"})],
        "imports.check": [("admin", {"kind": kind}, {}, {"csv": text}) for kind, text in (
            ("rooms", "number\nA-1\nA-1\n"), ("staff", "email,name,role\nx,,nurse\n"), ("patients", "name\nMaria\n"))],
        "imports.run": [("admin", {"kind": "rooms"}, {}, {"csv": f"number\nR-{uuid.uuid4().hex[:10]}\n"})],
        "auth.getMethods": [(None, {}, {}, {}), ("nurse", {}, {}, {"domain": "healthcare", "email": "x@demo.ward"})],
        "admin.getDashboardStats": [("emperor", {}, {}, None)],
        "alerts.getPatientAlerts": [("nurse", {}, {}, None), ("admin", {}, {"status": "all", "limit": 1}, None)],
        "admin.getAnalytics": [("admin", {}, {}, None), ("other admin", {}, {"range": "year"}, None)],
    }
