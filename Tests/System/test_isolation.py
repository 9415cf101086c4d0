"""No hospital sees or changes what is another's, in the database: rows, roles, policies, functions, connections."""

import json
import uuid

import psycopg
import pytest
from api_database import (
    CLOSED, ENGINE, REFUSED, World, acting, attempt, partitions, read_problems, structure_problems, tables, tenant_tables, values,
    write_problems,
)
from isolation_support import admin, filled, world_of  # noqa: F401 (fixtures by name)
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


@pytest.fixture
def serving(ward):
    with psycopg.connect(**ward.address("serving"), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def world(ward, api, admin, filled) -> World:
    """The Ward that filled the hospitals is gone: what is counted here changes no more."""
    ward.kill9()
    wait_for(lambda: not admin.execute("SELECT FROM pg_stat_activity WHERE usename = 'ward_serving'").fetchall(), 20, "it is gone")
    return world_of(api, admin)


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
                                  f"UPDATE ward.{partition} SET id = id"):
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
    if table == "subscription_plans":
        problems += price_list_problems(connection, world)
    return problems


def price_list_problems(connection, world) -> list[str]:
    """Everybody reads the price list; nobody but a super administrator writes it."""
    top, row = connection.execute(
        "SELECT (SELECT user_id::text FROM ward.memberships WHERE role = 'super_admin' LIMIT 1), to_jsonb(p)"
        " FROM ward.subscription_plans p LIMIT 1").fetchone()
    new = json.dumps(row | {"id": str(uuid.uuid4()), "code": "another-plan"})
    count, problems = world.totals["subscription_plans"], []
    for user, wanted in ((top, [count, 1, count]), (world.my_user, [count, REFUSED, 0])):
        with acting(connection, "ward_serving", world.mine, user):
            got = [
                attempt(connection, "SELECT count(*) FROM ward.subscription_plans"),
                attempt(connection, "INSERT INTO ward.subscription_plans SELECT"
                        " (jsonb_populate_record(NULL::ward.subscription_plans, %s::jsonb)).*", [new]),
                attempt(connection, "UPDATE ward.subscription_plans SET name = name")]
        if got != wanted:
            problems.append(f"reading, adding to and changing the price list: {got}")
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
