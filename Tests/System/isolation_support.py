"""Two hospitals with rows in every tenant table: what the nets of isolation share."""

import uuid

import admin_support
import areas
import channels_support
import delivery_support
import emergency_support
import jobs_support
import psycopg
import pytest
import staff_support
import tenancy_support
from api_database import World
from api_support import Api

# Which of the other hospital's things an id of this name would name.
IDS = {"alertId": "alerts", "departmentId": "departments", "patientId": "patients", "screenId": "screens",
       "userId": "memberships", "delegateTo": "memberships", "toUserId": "memberships", "doctorId": "memberships",
       "sessionId": "sessions", "hospitalId": "alert_types",
       "ladderId": "escalation_ladders", "templateId": "alert_templates"}
# tenancy
IDS |= tenancy_support.IDS | jobs_support.IDS
# staff
IDS |= staff_support.IDS | emergency_support.IDS | channels_support.IDS | delivery_support.IDS
# patients
IDS |= {"doctorId": "memberships"}
IDS |= areas.merged("IDS")
KEYS = {"memberships": "user_id", "alert_types": "hospital_id"} | areas.merged("KEYS")


@pytest.fixture(scope="module")
def admin(ward):
    with psycopg.connect(**ward.address("admin"), autocommit=True) as connection:
        yield connection


def fill(api: Api, who: str, nurse: str) -> None:
    """Rows in every tenant table of one hospital, made the way a hospital makes them."""
    ward, department = api.ward, api.department(who=who)
    alert = api.raise_alert(5, who, departmentId=department, patientId=api.patient(who),
                            expiresAt="2099-01-01T00:00:00Z")
    api.do(who, "POST", f"/alerts/{alert['id']}/escalation")
    api.do(who, "PATCH", f"/alerts/{alert['id']}", {"version": 2, "title": "Changed"})
    other = api.raise_alert(4, who, departmentId=department)
    api.do(nurse, "POST", f"/alerts/{other['id']}/acknowledgement", {"notes": "mine"},
           {"Idempotency-Key": f"fill-{uuid.uuid4()}"})
    api.raise_alert(3, who, departmentId=api.department("CARD", who))
    api.do(who, "POST", "/screens", {"name": "Wall", "departmentId": department})
    api.do(who, "POST", "/escalation-ladders", {"urgencyLevel": 3, "stepSeconds": [900]})
    api.do(who, "POST", "/alert-templates", {"name": "Fall", "alertType": "fall", "urgencyLevel": 3})
    fill_patients(api, who)
    tenancy_support.fill(api, who)
    staff_support.fill(api, who)
    admin_support.fill(api, who)
    emergency_support.fill(api, who)
    channels_support.fill(api, who)
    delivery_support.fill(api, who)
    areas.gathered("fill", api, who)


def fill_patients(api: Api, who: str) -> None:
    patient = api.do(who, "POST", "/patients", {"name": "Maria Muster"})["id"]
    doctor = api.do(who, "POST", "/doctors", {"name": "Dora", "email": f"{uuid.uuid4().hex}@demo.ward",
                                            "licenseNumber": "MD-1234"})["id"]
    api.do(who, "POST", f"/patients/{patient}/care-team", {"userId": doctor, "role": "specialist"})
    api.do(who, "POST", f"/patients/{patient}/vitals", {"heartRate": 80})


@pytest.fixture(scope="module")
def filled(api, admin) -> None:
    """Rows in every tenant table of both hospitals, some of them by the administrator's hand."""
    tenancy_support.reign(api.ward)
    another = uuid.uuid4()
    admin.execute("INSERT INTO ward.organizations (id, name, slug) VALUES (%s, 'Another', 'another')", [another])
    admin.execute("UPDATE ward.hospitals SET organization_id = %s WHERE subdomain = 'other-general'", [another])
    fill(api, "admin", "nurse")
    fill(api, "other admin", "other nurse")
    for user in (api.user("nurse"), api.user("other nurse")):  # factors
        admin.execute("INSERT INTO ward.second_factors (user_id, secret) VALUES (%s, '')", [user])
        admin.execute("INSERT INTO ward.own_phones (user_id, number, print) VALUES (%s, 'x', %s)", [user, uuid.uuid4().bytes])
        admin.execute("INSERT INTO ward.backup_codes (user_id, fingerprint) VALUES (%s, 'x')", [user])
    admin.execute("INSERT INTO ward.jobs (id, queue, kind, payload, due_at)"
                  " VALUES (gen_random_uuid(), 'email', 'mail.send', '', 'infinity')")
    admin.execute("INSERT INTO ward.jobs (id, hospital_id, queue, kind, payload, due_at)"
                  " SELECT gen_random_uuid(), id, 'email', 'mail.send', '', 'infinity' FROM ward.hospitals")
    admin.execute("INSERT INTO ward.finished_jobs SELECT gen_random_uuid(), id, 'tasks', 'drill.nothing', 5, 1, 'done', now(),"
                  " now(), now() FROM ward.hospitals")
    for who in ("nurse", "other nurse"):
        admin.execute("INSERT INTO ward.linked_accounts (provider, subject, user_id) VALUES ('google', %s, %s)",
                      [who, api.user(who)])
    admin.execute("INSERT INTO ward.profiles (user_id) SELECT id FROM ward.users")


def world_of(api: Api, admin) -> World:
    """Both hospitals as they are now; each table has rows of each."""
    found = World.of(admin, api.hospital(), api.hospital("other admin"), api.user("nurse"), api.user("other nurse"))
    empty = [each for each, count in found.counts.items() if not count]
    assert not empty, f"nothing would be shown without rows in {empty}"
    return found
