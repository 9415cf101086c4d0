"""No hospital sees or changes what is another's: in the database by every way in, and through every operation."""

import json
import uuid

import admin_support
import psycopg
import pytest
import requests
import socketio
import emergency_support
import staff_support
import tenancy_support
from api_database import (
    CLOSED, ENGINE, REFUSED, World, acting, attempt, partitions, read_problems, structure_problems, tables, tenant_tables, values,
    write_problems,
)
from api_inputs import Sender, document_of, operations_of, target
from api_support import Api, Complaints, own_ward, room, streaming

# Which of the other hospital's things an id of this name would name.
IDS = {"alertId": "alerts", "departmentId": "departments", "patientId": "patients", "screenId": "screens",
       "userId": "memberships", "delegateTo": "memberships", "toUserId": "memberships", "doctorId": "memberships",
       "sessionId": "sessions", "hospitalId": "alert_types",
       "ladderId": "escalation_ladders", "templateId": "alert_templates"}
# tenancy
IDS |= tenancy_support.IDS
# staff
IDS |= staff_support.IDS | emergency_support.IDS
# patients
IDS |= {"doctorId": "memberships"}
KEYS = {"memberships": "user_id", "alert_types": "hospital_id"}


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


@pytest.fixture(scope="module")
def admin(ward):
    with psycopg.connect(**ward.address("admin"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def serving(ward):
    with psycopg.connect(**ward.address("serving"), autocommit=True) as connection:
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


def fill_patients(api: Api, who: str) -> None:
    patient = api.do(who, "POST", "/patients", {"name": "Maria Muster"})["id"]
    doctor = api.do(who, "POST", "/doctors", {"name": "Dora", "email": f"{uuid.uuid4().hex}@demo.ward",
                                            "licenseNumber": "MD-1234"})["id"]
    api.do(who, "POST", f"/patients/{patient}/care-team", {"userId": doctor, "role": "specialist"})
    api.do(who, "POST", f"/patients/{patient}/vitals", {"heartRate": 80})


@pytest.fixture(scope="module")
def world(api, admin) -> World:
    tenancy_support.reign(api.ward)
    another = uuid.uuid4()
    admin.execute("INSERT INTO ward.organizations (id, name, slug) VALUES (%s, 'Another', 'another')", [another])
    admin.execute("UPDATE ward.hospitals SET organization_id = %s WHERE subdomain = 'other-general'", [another])
    fill(api, "admin", "nurse")
    fill(api, "other admin", "other nurse")
    for user in (api.user("nurse"), api.user("other nurse")):  # factors
        admin.execute("INSERT INTO ward.second_factors (user_id, secret) VALUES (%s, '')", [user])
        admin.execute("INSERT INTO ward.backup_codes (user_id, fingerprint) VALUES (%s, 'x')", [user])
    admin.execute("INSERT INTO ward.jobs (id, queue, kind, payload, due_at)"
                  " VALUES (gen_random_uuid(), 'email', 'mail.send', '', 'infinity')")
    for who in ("nurse", "other nurse"):
        admin.execute("INSERT INTO ward.linked_accounts (provider, subject, user_id) VALUES ('google', %s, %s)",
                      [who, api.user(who)])
    admin.execute("INSERT INTO ward.profiles (user_id) SELECT id FROM ward.users")
    found = World.of(admin, api.hospital(), api.hospital("other admin"), api.user("nurse"), api.user("other nurse"))
    empty = [each for each, count in found.counts.items() if not count]
    assert not empty, f"nothing would be shown without rows in {empty}"
    return found


def test_nothing_in_the_schema_lets_a_tenant_out(admin):
    """76: every table is a tenant's with forced row-level security, or is listed as global with its reason"""
    assert structure_problems(admin) == []
    assert len(tenant_tables(admin)) >= 15
    assert len(partitions(admin)) >= 4


@pytest.mark.parametrize("statement, complaint", [
    ("CREATE VIEW ward.peek AS SELECT * FROM ward.alerts", "owner's eyes"),
    ("GRANT SELECT ON ward.audit_log_default TO ward_serving", "partition audit_log_default"),
    ("GRANT SELECT (action) ON ward.audit_log_default TO ward_serving", "partition audit_log_default"),
    ("ALTER TABLE ward.alerts NO FORCE ROW LEVEL SECURITY", "alerts: row-level security"),
    ("ALTER TABLE ward.patients DISABLE ROW LEVEL SECURITY", "patients: row-level security"),
    ("ALTER ROLE ward_serving BYPASSRLS", "attribute of power"),
    ("ALTER ROLE ward_engine BYPASSRLS", "attribute of power"),
    ("GRANT ward_owner TO ward_serving", "can become"),
    ("GRANT ward_owner TO ward_engine", "can become"),
    ("GRANT pg_read_all_data TO ward_engine", "can become"),
    ("ALTER TABLE ward.screens OWNER TO ward_serving", "owns something"),
    ("GRANT SELECT ON ward.alerts TO PUBLIC", "everybody has rights on alerts"),
    ("GRANT SELECT ON ward.patients TO ward_engine", "engine's role has rights"),
    ("ALTER TABLE ward.alert_timers ADD COLUMN note text", "more than ids and times"),
    ("GRANT EXECUTE ON FUNCTION ward.bearer_of(bytea) TO PUBLIC", "everybody may call"),
    ("GRANT EXECUTE ON FUNCTION ward.prune() TO ward_serving", "may call"),
])
def test_a_hole_in_the_schema_is_found(admin, statement, complaint):
    """76: each way in which a migration could open a hole turns the check red"""
    with admin.transaction(force_rollback=True):
        admin.execute(statement)
        assert any(complaint in each for each in structure_problems(admin))


def test_a_table_that_nobody_decided_about_is_found(admin):
    """76: a new table without hospital_id that is not listed as global fails"""
    with admin.transaction(force_rollback=True):
        admin.execute("CREATE TABLE ward.forgotten (id uuid PRIMARY KEY)")
        with pytest.raises(AssertionError, match="forgotten"):
            tenant_tables(admin)
        admin.execute("ALTER TABLE ward.forgotten ADD hospital_id uuid")
        assert any("forgotten" in each for each in structure_problems(admin))


def test_each_tenant_sees_its_own_rows_and_no_others(serving, world):
    """76: raw SELECTs of the serving role: nothing without a tenant, exactly the own rows with one"""
    assert read_problems(serving, world) == []


def test_no_tenant_writes_into_another(serving, world):
    """76: INSERT, UPDATE and DELETE of the other hospital's rows are refused or reach nothing, table by table"""
    assert write_problems(serving, world) == []


def test_a_tenant_ends_with_its_transaction(serving, world):
    """76: after a transaction of a tenant, committed or failed, the same connection sees nothing and writes nothing"""
    for table in world.tenant:
        with serving.transaction():
            serving.execute("SELECT set_config('ward.hospital', %s, true)", [world.other])
            assert values(serving, f"SELECT count(*) FROM ward.{table}")[0] == world.counts[table, world.other]
        assert values(serving, f"SELECT count(*) FROM ward.{table}") == [0], f"{table} after a commit"
        with pytest.raises(psycopg.errors.DivisionByZero), serving.transaction():
            serving.execute("SELECT set_config('ward.hospital', %s, true)", [world.other])
            serving.execute("SELECT 1 / 0")
        assert values(serving, f"SELECT count(*) FROM ward.{table}") == [0], f"{table} after an error"
    assert read_problems(serving, world) == []
    assert write_problems(serving, world) == []


def test_partitions_cannot_be_asked_directly(serving, world, admin):
    """76: a partition of the audit log, asked directly, is refused: it would show every tenant"""
    for partition in sorted(partitions(admin)):
        for tenant in ("", world.mine):
            with acting(serving, None, tenant):
                for statement in (f"SELECT count(*) FROM ward.{partition}", f"DELETE FROM ward.{partition}",
                                  f"UPDATE ward.{partition} SET action = action"):
                    assert attempt(serving, statement) is REFUSED, statement


def test_the_engine_sees_ids_and_times_only(serving, world):
    """76: what the serving role can become sees due times and numbers, and no row of any other table"""
    counts = world.totals
    for table in counts:
        with acting(serving, "ward_engine"):
            wanted = counts[table] if table in ENGINE else REFUSED
            assert attempt(serving, f"SELECT count(*) FROM ward.{table}") == wanted, table


def policies(connection) -> list:
    return connection.execute("""
        SELECT tablename, policyname, cmd, roles, qual FROM pg_policies WHERE schemaname = 'ward'
        ORDER BY tablename, policyname""").fetchall()


def row_problems(connection, world, table: str) -> list[str]:
    """The check of one table's rows in every role that has policies on it; run by the administrator."""
    problems = read_problems(connection, world, {table}, "ward_serving")
    problems += write_problems(connection, world, {table}, "ward_serving")
    with acting(connection, "ward_owner"):
        if (got := attempt(connection, f"SELECT count(*) FROM ward.{table}")) != world.totals[table]:
            problems.append(f"the owner's functions see {got} rows of {table}")
    if table in ENGINE:
        with acting(connection, "ward_engine"):
            if (got := attempt(connection, f"SELECT count(*) FROM ward.{table}")) != world.totals[table]:
                problems.append(f"the engine sees {got} rows of {table}")
    if table == "audit_log":
        with acting(connection, "ward_serving", world.mine):
            own = json.loads(world.samples[table]) | {"hospital_id": world.mine, "id": str(uuid.uuid4())}
            if (got := attempt(connection, "INSERT INTO ward.audit_log SELECT"
                               " (jsonb_populate_record(NULL::ward.audit_log, %s::jsonb)).*", [json.dumps(own)])) != 1:
                problems.append(f"an own audit row cannot be written: {got}")
    if table == "jobs":
        insert = ("INSERT INTO ward.jobs (id, hospital_id, queue, kind, payload, due_at)"
                  " VALUES (gen_random_uuid(), %s, 'email', 'mail.send', '', ward.now())")
        with acting(connection, "ward_serving", world.mine):
            got = [attempt(connection, insert, [place]) for place in (world.mine, None, world.other)]
            if got != [1, 1, REFUSED]:
                problems.append(f"jobs for the own hospital, for none and for another's: {got}")
    if table == "signing_keys":
        with acting(connection, "ward_serving"):
            if (got := attempt(connection, "SELECT count(*) FROM ward.signing_keys")) != world.totals[table]:
                problems.append(f"whoever serves sees {got} signing keys")
    return problems


def test_every_policy_is_needed_and_watched(admin, world):
    """76: without any one of the policies, or with one that lets everything through, the check turns red"""
    found = policies(admin)
    assert {each[0] for each in found} == tables(admin) - CLOSED
    world = World.of(admin, world.mine, world.other, world.my_user, world.other_user)
    for table in sorted({each[0] for each in found}):
        assert row_problems(admin, world, table) == []
    unnoticed = []
    for table, policy, command, roles, qual in found:
        changes = [f"DROP POLICY {policy} ON ward.{table}"]
        if command == "INSERT":
            changes.append(f"ALTER POLICY {policy} ON ward.{table} WITH CHECK (true)")
        elif qual != "true":
            changes.append(f"ALTER POLICY {policy} ON ward.{table} USING (true)")
        for change in changes:
            with admin.transaction(force_rollback=True):
                admin.execute(change)
                if not row_problems(admin, world, table):
                    unnoticed.append(change)
    assert not unnoticed
    assert len(found) >= 40


# Through the API

def foreign(api: Api) -> dict[str, str]:
    """One thing of each kind that belongs to the other hospital."""
    theirs = api.hospital("other admin")
    return {name: str(api.ward.sql(f"SELECT {KEYS.get(table, 'id')} FROM {table} WHERE hospital_id = %s ORDER BY 1 DESC"
                                   " LIMIT 1", parameters=[theirs])[0][0]) for name, table in IDS.items()} | {
        "hospitalId": theirs, "defaultHospitalId": theirs,
        "linkedAccountId": str(api.ward.sql("SELECT id FROM linked_accounts WHERE subject = 'other nurse'")[0].id)}


def contents(admin, world, hospital: str) -> dict[str, str]:
    """A fingerprint of everything that one hospital has; the audit log, which grows, left out."""
    return {table: values(admin, f"SELECT md5(COALESCE(string_agg(t::text, ',' ORDER BY t::text), ''))"
                                 f" FROM ward.{table} t WHERE {key} = %s", [hospital])[0]
            for table, key in world.tenant.items() if table != "audit_log"}


def known_inputs(api: Api, alert: str) -> dict:
    return {
        "alertId": alert, "departmentId": api.department(), "patientId": api.patient(), "screenId": str(uuid.uuid4()),
        "userId": api.user("doctor"), "toUserId": api.user("doctor"), "alertIds": [alert],
        ("alerts.acknowledge", "responseAction"): "delegating", ("alerts.acknowledge", "delegateTo"): api.user("doctor"),
        ("doctors.create", "email"): f"{uuid.uuid4().hex}@demo.ward", ("users.create", "email"): f"{uuid.uuid4().hex}@demo.ward",
        "ladderId": str(uuid.uuid4()), "templateId": api.do("admin", "GET", "/alert-templates")[0]["id"], "code": "medical", "stepSeconds": [60],
        "alertType": "medical", ("alerts.create", "urgencyLevel"): 2, ("alerts.update", "title"): "New title",
        **tenancy_support.KNOWN, **staff_support.KNOWN, **staff_support.own(api), **admin_support.KNOWN, **emergency_support.KNOWN, "locationId": api.do("admin", "GET", "/locations")[0]["id"],
        ("patient.recordVitals", "heartRate"): 70, ("alerts.list", "alertType"): "medical", "version": 1, "resolution": "Long enough for a resolution.",
    }


def test_a_foreign_id_leads_nowhere(api, ward, admin, world):
    """75: each operation with an id of the other hospital answers 404, or 400 in a body; nothing there changes"""
    theirs, mine = foreign(api), api.raise_alert(2, "admin")
    sender = Sender(ward, api.token("admin"), known_inputs(api, mine["id"]))
    before, complaints = contents(admin, world, world.other), Complaints()
    for operation in operations_of(document_of(ward)):
        for each in operation.fields:
            # Breaking the glass asks for the second factor first: test_break_glass.py has one.
            if each.schema.get("format") != "uuid" or operation.name == "patient.breakGlass":
                continue
            assert each.name in theirs, f"{operation.name}.{each.name}: what would be foreign here?"
            with complaints.about(f"{operation.name} with a foreign {each.name}"):
                answer = sender.send(operation, {each: theirs[each.name]})
                filters = each.place == "query" or operation.name == "patient.getPatientsList"
                if filters and answer.status_code == 200:
                    assert answer.json()["data"] == [], answer.text
                elif each.place == "query":  # Figures of nothing would be noughts: it is told instead.
                    assert answer.status_code == 400, answer.text
                    assert [every["path"] for every in answer.json()["details"]["fields"]] == [each.name]
                elif each.place == "path":
                    assert answer.status_code == 404, answer.text
                    assert answer.json()["code"] == "NOT_FOUND"
                else:
                    assert answer.status_code == 400, answer.text
                    assert [every["path"] for every in answer.json()["details"]["fields"]] == [each.name]
                assert theirs[each.name] not in answer.text
    complaints.settle(at_least=14)
    assert contents(admin, world, world.other) == before
    for name, alert in (("alerts.get", theirs["alertId"]), ("healthcare.getAlert", theirs["alertId"])):
        assert api.query("admin", name, {"alertId": alert}).status_code == 404
    for name in ("alerts.acknowledge", "alerts.cancel", "alerts.escalate", "alerts.decline", "screens.revoke"):
        key = "screenId" if name == "screens.revoke" else "alertId"
        assert api.mutate("admin", name, {key: theirs[key]}).status_code == 404, name
    assert contents(admin, world, world.other) == before


def test_a_foreign_id_and_none_at_all_are_the_same(api):
    """75: nobody learns from the answer whether an id of another organisation exists"""
    theirs = foreign(api)["alertId"]
    answers = [api.call("admin", "GET", f"/alerts/{each}") for each in (theirs, str(uuid.uuid4()))]
    assert answers[0].json() == answers[1].json()
    assert [each.status_code for each in answers] == [404, 404]


def test_lists_hold_own_rows_only(api, ward, world):
    """75: no list of any operation holds a row of the other hospital, whatever the filter"""
    theirs = {str(row[0]) for table in IDS.values() for row in ward.sql(
        f"SELECT {KEYS.get(table, 'id')} FROM {table} WHERE hospital_id = %s", parameters=[world.other])} | {world.other}
    mine = known_inputs(api, api.raise_alert(2, "admin")["id"])
    lists = [each for each in operations_of(document_of(ward)) if each.method == "GET" and each.needs_sign_in]
    complaints = Complaints()
    for who in ("admin", "head", "nurse", "operator"):
        for operation in lists:
            path = target(operation, {each.name: mine.get(each.name, "x") for each in operation.fields_in("path")}, {})
            filters = ["", "?status=all&limit=100"] if operation.name == "alerts.list" else [""]
            for query in filters:
                with complaints.about(f"{who} {path}{query}"):
                    answer = ward.call("GET", path + query, api.token(who))
                    assert answer.status_code in (200, 403), answer.text
                    found = {each for each in theirs if each in answer.text}
                    assert not found
    complaints.settle(at_least=40)
    assert len(api.do("admin", "GET", "/alerts?status=all&limit=100")) >= 4


def test_the_other_hospital_cannot_be_chosen(api, world):
    """75: a hospital that the caller does not belong to is refused with 403, by header and by query"""
    for headers in ({"X-Hospital-ID": world.other}, {"X-Clinic-ID": world.other}):
        answer = api.call("admin", "GET", "/alerts", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "FORBIDDEN")
        answer = api.call("admin", "POST", "/alerts",
                          {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 5}, headers)
        assert answer.status_code == 403
    assert api.call("admin", "GET", f"/alerts?hospital={world.other}").status_code == 403
    assert api.call("admin", "GET", f"/events?hospital={world.other}").status_code == 403
    assert api.call("admin", "GET", f"/alerts?hospital={world.mine}").status_code == 200


def test_a_name_of_a_request_counts_in_its_hospital(api):
    """The same Idempotency-Key in two hospitals names two requests: neither hears the other's answer"""
    key = {"Idempotency-Key": f"shared-{uuid.uuid4()}"}
    body = {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 1}
    mine = api.do("admin", "POST", "/alerts", body, key)
    theirs = api.do("other admin", "POST", "/alerts", body, key)
    assert mine["id"] != theirs["id"]
    assert mine["hospitalId"] != theirs["hospitalId"]


def test_streams_carry_own_events_only(api, ward, world):
    """Server-sent events of one hospital hold none of the other's, live and when asked for what was missed"""
    with streaming(ward, api.token("other admin")) as stream:
        for _ in range(5):
            api.raise_alert(5, "operator")
        sentinel = api.raise_alert(5, "other admin")
        stream.wait_alert(sentinel["id"])
        alerts = [each["json"]["hospitalId"] for each in stream.seen if each["event"] == "alert:new"]
        assert alerts == [world.other]
    with streaming(ward, api.token("other admin"), last=0) as stream:
        stream.wait_alert(sentinel["id"])
        heard = [each for each in stream.seen if each["event"] != "hello"]
        assert len(heard) >= 3
        for each in heard:
            assert world.mine not in each["data"], each
            assert each["json"].get("hospitalId", world.other) == world.other


def test_sockets_carry_own_events_only(api, ward, world):
    """A socket hears its own hospital; subscribing to another one is refused and brings nothing"""
    heard: list[tuple] = []
    client = socketio.Client(reconnection=False)
    client.on("*", lambda event, *data: heard.append((event, *data)))
    client.connect(ward.url, auth={"token": api.token("other admin")}, transports=["websocket"], wait_timeout=5)
    try:
        refused = client.call("subscribe:alerts", {"hospitalId": world.mine}, timeout=5)
        assert refused.get("ok") is not True, refused
        assert client.call("subscribe:alerts", {"hospitalId": world.other}, timeout=5) == {"ok": True}
        with streaming(ward, api.token("other admin")) as stream:
            for _ in range(5):
                api.raise_alert(5, "operator")
            sentinel = api.raise_alert(5, "other admin")
            stream.wait_alert(sentinel["id"])
        # Events of one socket are in order: behind this one nothing of the earlier ones can come.
        client.call("subscribe:alerts", {"hospitalId": world.other}, timeout=5)
    finally:
        client.disconnect()
    alerts = [data["hospitalId"] for event, *rest in heard if event == "alert:new" for data in rest]
    assert set(alerts) <= {world.other} and len(alerts) == 1, heard
    assert world.mine not in json.dumps(heard)


def test_the_database_itself_is_closed_to_the_rest(ward):
    """76: without a password nobody enters, and the serving role reads no other database's or the system's secrets"""
    at = ward.address("serving") | {"passfile": "/dev/null"}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**at)
    with psycopg.connect(**ward.address("serving"), autocommit=True) as connection:
        for statement in ("SELECT * FROM pg_authid", "SELECT pg_read_file('/etc/passwd')", "CREATE SCHEMA mine",
                          "CREATE TABLE public.mine (a int)", "CREATE TABLE ward.mine (a int)", "SET ROLE ward_owner",
                          "COPY (SELECT 1) TO PROGRAM 'true'", "CREATE TEMP TABLE mine (a int)"):
            with pytest.raises(REFUSED):
                connection.execute(statement)


def test_requests_without_a_token_see_nothing(ward):
    """75: every operation that needs a sign-in answers 401 without one"""
    complaints = Complaints()
    for operation in operations_of(document_of(ward)):
        if operation.needs_sign_in:
            with complaints.about(operation.name):
                path = target(operation, {each.name: str(uuid.uuid4()) for each in operation.fields_in("path")}, {})
                answer = requests.request(operation.method, ward.url + path, timeout=10)
                assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED"), answer.text
    complaints.settle(at_least=20)
