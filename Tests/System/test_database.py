"""The schema: migrations, keys and checks, triggers, partitions, and the indexes that the hot queries use."""

import os
import re
import subprocess
import threading
import uuid
from datetime import datetime, timedelta, timezone

import areas
import channels_support
import delivery_support
import psycopg
import pytest
from api_database import acting, values
from api_support import Api
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import binary

STEPS = ["schema", "audit", "alerts"]


@pytest.fixture
def admin(ward):
    with psycopg.connect(**ward.address("admin"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(ward):
    """Everything that is tried here is taken back."""
    with psycopg.connect(**ward.address("owner")) as connection:
        yield connection
        connection.rollback()


# Migrations, in a database of their own

class Scratch:
    """An empty database in the same cluster, and `ward migrate` on it."""

    def __init__(self, ward, admin):
        self.ward, self.admin = ward, admin
        self.name = f"scratch_{uuid.uuid4().hex[:8]}"
        admin.execute(f"CREATE DATABASE {self.name} OWNER ward_owner")
        self.url = ward.database_url("owner").replace("@/ward?", f"@/{self.name}?")

    def start(self, *arguments) -> subprocess.Popen:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
        serving = self.ward.database_url("serving").replace("@/ward?", f"@/{self.name}?")
        return subprocess.Popen(
            [binary(), "migrate", *arguments, "--data", self.ward.base / "unused"], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**clean, "WARD_DATABASE_URL": serving, "WARD_DATABASE_OWNER_URL": self.url})

    def run(self, *arguments, status: int = 0) -> list[str]:
        process = self.start(*arguments)
        output = process.communicate(timeout=60)[0]
        assert process.returncode == status, output
        return output.splitlines()

    def connect(self):
        return psycopg.connect(**self.ward.address("owner") | {"dbname": self.name}, autocommit=True)

    def shape(self) -> list[tuple]:
        """Everything that the migrations make."""
        with self.connect() as connection:
            return connection.execute("""
                SELECT 'column', table_name::text, column_name::text, data_type || is_nullable || COALESCE(column_default, '')
                FROM information_schema.columns WHERE table_schema = 'ward' AND table_name <> 'schema_migrations'
                UNION ALL SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
                FROM pg_constraint WHERE connamespace = 'ward'::regnamespace
                  AND conrelid <> 'ward.schema_migrations'::regclass
                UNION ALL SELECT 'index', tablename::text, indexname::text, indexdef FROM pg_indexes
                WHERE schemaname = 'ward' AND tablename <> 'schema_migrations'
                UNION ALL SELECT 'policy', tablename::text, policyname::text, cmd || qual FROM pg_policies WHERE schemaname = 'ward'
                UNION ALL SELECT 'function', proname::text, '', md5(prosrc) FROM pg_proc WHERE pronamespace = 'ward'::regnamespace
                UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger
                WHERE NOT tgisinternal
                ORDER BY 1, 2, 3, 4""").fetchall()


@pytest.fixture
def scratch(ward, admin):
    made = Scratch(ward, admin)
    yield made
    admin.execute(f"DROP DATABASE {made.name} WITH (FORCE)")


def test_three_named_steps(scratch):
    """268: the schema, the audit log and the alerts are three named steps, in this order"""
    lines = scratch.run("up")
    names = [re.fullmatch(r"applied \d{14}-(.+)", line)[1] for line in lines]
    assert [name for name in names if name in STEPS] == STEPS


def test_up_down_up(scratch):
    """265: up, down to nothing and up again ends at the same schema"""
    scratch.run("up")
    first = scratch.shape()
    assert len(first) > 300
    steps = len([line for line in scratch.run("status") if line.startswith("applied")])
    for left in range(steps - 1, -1, -1):
        assert len(scratch.run("down")) == 1
        assert len([line for line in scratch.run("status") if line.startswith("applied")]) == left
    assert not scratch.shape()
    scratch.run("up")
    assert scratch.shape() == first


def test_the_last_step_is_taken_back(scratch):
    """Down takes back the last step alone; the ones before it still work"""
    after = scratch.run("up")
    while not after[-1].endswith("-alerts"):
        assert scratch.run("down")[0].endswith(after.pop().split("-", 1)[1])
    assert scratch.run("down")[0].endswith("-alerts")
    with scratch.connect() as connection:
        assert values(connection, "SELECT to_regclass('ward.alerts')") == [None]
        assert values(connection, "SELECT count(*) FROM ward.audit_log") == [0]
    assert scratch.run("up")[0].endswith("-alerts")


def test_status_lists_what_is_applied_and_pending(scratch):
    """266: status lists applied and pending steps with their checksums, and tells when an applied one was changed"""
    pending = scratch.run("status")
    assert len(pending) >= 4
    assert all(re.fullmatch(r"pending  \d{14}-[a-z-]+  [0-9a-f]{12}", line) for line in pending), pending
    scratch.run("up")
    applied = scratch.run("status")
    assert all(re.fullmatch(r"applied  \d{14}-[a-z-]+  [0-9a-f]{12}  \d{4}-.+Z", line) for line in applied), applied
    assert [line.split()[1:3] for line in applied] == [line.split()[1:3] for line in pending]
    with scratch.connect() as connection:
        connection.execute("UPDATE ward.schema_migrations SET checksum = 'another' WHERE name = 'audit'")
    assert [line.split()[0] for line in scratch.run("status")].count("changed") == 1
    assert "changed" in " ".join(scratch.run("up", status=1))


def test_two_starters_apply_once(scratch):
    """267: of several that start at once one applies what is pending, the others wait and find nothing to do"""
    outputs = []
    processes = [scratch.start("up") for _ in range(3)]
    for process in processes:
        outputs.append(process.communicate(timeout=60)[0])
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    applied = [line for output in outputs for line in output.splitlines() if line.startswith("applied")]
    assert len(applied) == len(set(applied)) >= 4
    assert sum("nothing is pending" in output for output in outputs) == 2
    assert scratch.run("up") == ["nothing is pending"]


def test_the_start_applies_what_is_pending(ward):
    """267: starting Ward has applied every step"""
    names = [row.name for row in ward.sql("SELECT name FROM schema_migrations ORDER BY version")]
    assert [name for name in names if name in STEPS] == STEPS
    assert not ward.sql("SELECT 1 FROM schema_migrations WHERE length(checksum) < 32")


# Keys, checks, triggers

def test_keys_are_uuids(admin, ward):
    """275: the key of every table of things is a UUID, and what Ward makes is of version 7"""
    rows = admin.execute("""
        SELECT c.conrelid::regclass::text AS name, a.attname, a.atttypid::regtype::text AS type
        FROM pg_constraint c JOIN unnest(c.conkey) AS k(n) ON true
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n
        WHERE c.contype = 'p' AND c.connamespace = 'ward'::regnamespace""").fetchall()
    others = {(name.removeprefix("ward."), column) for name, column, kind in rows if kind != "uuid"}
    others = {each for each in others if not each[0].startswith("audit_log")}
    assert others == {
        ("schema_migrations", "version"), ("rate_windows", "key"), ("socket_places", "pid"), ("credentials", "kind"),
        ("events", "number"), ("alert_types", "code"), ("idempotency_keys", "operation"), ("idempotency_keys", "key"),
        ("alert_pages", "tier"), ("alert_timers", "kind"), ("channel_settings", "kind"), ("push_tickets", "ticket"),
        ("second_steps", "ticket_hash"), ("linked_accounts", "provider"), ("linked_accounts", "subject"), ("begun_sign_ins", "state_hash"),
        ("signing_keys", "kid"), ("refresh_tokens", "token_hash"),
        ("bundle_steps", "number"), ("course_sessions", "number"), ("patient_words", "fingerprint"), ("patient_numbers", "year"),
        ("sign_in_devices", "device_hash"), ("guess_lanes", "key"), ("backup_codes", "fingerprint"),
        ("sign_in_codes", "key"),
        ("job_counts", "minute"), ("job_counts", "queue"), ("leaders", "name"), ("periods", "name"),
        ("notification_templates", "name"), ("notification_templates", "language"), ("mail_hours", "hour"),
        ("subscription_plans", "code"), ("payment_steps", "step"), ("receipt_counters", "year"),
    }
    alert = Api(ward).raise_alert()
    assert uuid.UUID(alert["id"]).version == 7


def test_tenant_keys_lead_with_the_hospital(admin):
    """275: the key of every tenant table begins with the hospital, and references between them carry it"""
    rows = admin.execute("""
        SELECT c.contype, c.conrelid::regclass::text, c.confrelid::regclass::text,
          (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1])
        FROM pg_constraint c WHERE c.connamespace = 'ward'::regnamespace AND c.contype IN ('p', 'f')
          AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.conrelid AND attname = 'hospital_id')
          AND c.conrelid NOT IN ('ward.sessions'::regclass, 'ward.jobs'::regclass, 'ward.refresh_tokens'::regclass)""").fetchall()
    tenant = {name for kind, name, _, first in rows if kind == b"p" or kind == "p"}
    for kind, name, target, first in rows:
        kind = kind.decode() if isinstance(kind, bytes) else kind
        if "audit_log" in name:
            continue
        if kind == "p":
            assert first == "hospital_id", name
        elif target.removeprefix("ward.") not in ("users", "hospitals"):
            assert first == "hospital_id", f"{name} → {target}"
    assert len(tenant) >= 12


NOBODY = "'00000000-0000-4000-8000-00000000dead'"
HOSPITAL = "(SELECT id FROM ward.hospitals WHERE subdomain = 'demo-general')"
OTHER = "(SELECT id FROM ward.hospitals WHERE subdomain = 'other-general')"
REFUSALS = {
    "a department of no hospital": (f"INSERT INTO ward.departments (hospital_id, id, name, code) VALUES ({NOBODY},"
                                    " gen_random_uuid(), 'X', 'X')", psycopg.errors.ForeignKeyViolation),
    "a session of nobody": (f"INSERT INTO ward.sessions (id, user_id, token_hash, address, user_agent, expires_at) VALUES"
                            f" (gen_random_uuid(), {NOBODY}, sha256('x'), '', '', now())", psycopg.errors.ForeignKeyViolation),
    "an alert's department of another hospital": (
        "UPDATE ward.alerts SET department_id = (SELECT id FROM ward.departments WHERE hospital_id = " + OTHER +
        " LIMIT 1) WHERE hospital_id = " + HOSPITAL, psycopg.errors.ForeignKeyViolation),
    "an alert's patient of another hospital": (
        "UPDATE ward.alerts SET patient_id = (SELECT id FROM ward.patients WHERE hospital_id = " + OTHER +
        " LIMIT 1) WHERE hospital_id = " + HOSPITAL, psycopg.errors.ForeignKeyViolation),
    "an alert of a type that is none": ("UPDATE ward.alerts SET alert_type = 'nothing'", psycopg.errors.ForeignKeyViolation),
    "an acknowledgement of no alert": (
        f"INSERT INTO ward.alert_acknowledgments (hospital_id, id, alert_id, user_id, user_name, acknowledged_at) SELECT"
        f" {HOSPITAL}, gen_random_uuid(), {NOBODY}, id, 'x', now() FROM ward.users LIMIT 1", psycopg.errors.ForeignKeyViolation),
    "a hospital that still has departments": (f"DELETE FROM ward.hospitals WHERE id = {HOSPITAL}",
                                              psycopg.errors.ForeignKeyViolation),
    "a status that is none": ("UPDATE ward.alerts SET status = 'maybe'", psycopg.errors.CheckViolation),
    "a role that is none": ("UPDATE ward.memberships SET role = 'king'", psycopg.errors.CheckViolation),
    "a kind of hospital that is none": ("UPDATE ward.hospitals SET kind = 'hotel'", psycopg.errors.CheckViolation),
    "acknowledged by nobody": ("UPDATE ward.alerts SET status = 'acknowledged', next_escalation_at = NULL",
                               psycopg.errors.CheckViolation),
    "an escalation of what is over": ("UPDATE ward.alerts SET status = 'cancelled', next_escalation_at = now()",
                                      psycopg.errors.CheckViolation),
    "on duty since never": ("UPDATE ward.memberships SET is_on_duty = true, shift_started_at = NULL",
                            psycopg.errors.CheckViolation),
    "an empty room": ("UPDATE ward.alerts SET room_number = ''", psycopg.errors.CheckViolation),
    "a ladder of two seconds": ("UPDATE ward.escalation_ladders SET step_seconds = '{2}'", psycopg.errors.CheckViolation),
    "an address in capitals": ("UPDATE ward.users SET email = 'A@b.cd' WHERE email = 'nurse@demo.ward'",
                               psycopg.errors.CheckViolation),
    "the same address twice": ("UPDATE ward.users SET email = 'nurse@demo.ward' WHERE email = 'doctor@demo.ward'",
                               psycopg.errors.UniqueViolation),
    "the same department code twice": (f"UPDATE ward.departments SET code = 'ER' WHERE hospital_id = {HOSPITAL}",
                                       psycopg.errors.UniqueViolation),
    "the same subdomain twice": ("UPDATE ward.hospitals SET subdomain = 'same'", psycopg.errors.UniqueViolation),
}


@pytest.fixture(scope="module")
def some_alert(api):
    return api.raise_alert(3, departmentId=api.department(), patientId=api.patient())


@pytest.mark.parametrize("what", REFUSALS)
def test_the_database_refuses(owner, some_alert, what):
    """271: orphans, bad words and impossible rows are refused by the database itself"""
    statement, error = REFUSALS[what]
    with pytest.raises(error):
        owner.execute(statement)


def test_updated_at_moves(owner, admin, some_alert, api):
    """276: a raw UPDATE moves updated_at on every table that has it"""
    api.do("admin", "POST", "/screens", {"name": "Wall", "departmentId": api.department()})
    channels_support.webhook(api)
    channels_support.settings(api, "admin")
    delivery_support.fill(api, "admin")
    areas.gathered("fill", api, "admin")
    owner.execute("INSERT INTO ward.profiles (user_id) SELECT id FROM ward.users ON CONFLICT DO NOTHING")
    owner.execute("INSERT INTO ward.shift_schedules (hospital_id, user_id, week) SELECT hospital_id, user_id, '{}'"
                  " FROM ward.memberships LIMIT 1")
    owner.execute("INSERT INTO ward.doctor_profiles (hospital_id, user_id) SELECT hospital_id, user_id FROM ward.memberships")
    names = values(admin, """
        SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'ward' AND column_name = 'updated_at'
          AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('ward.%I', table_name)::regclass)""")
    assert {"alerts", "users", "memberships", "hospitals", "departments", "patients", "screens", "organizations"} <= set(names)
    unmoved = []
    for table in names:
        column = values(admin, "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'ward'"
                        " AND table_name = %s AND column_name <> 'updated_at' LIMIT 1", [table])[0]
        rows = owner.execute(f"WITH old AS (SELECT ctid AS place, updated_at AS was FROM ward.{table})"
                             f" UPDATE ward.{table} t SET {column} = {column} FROM old WHERE t.ctid = old.place"
                             " RETURNING t.updated_at > old.was").fetchall()
        assert rows, table
        if not all(moved for moved, in rows):
            unmoved.append(table)
    assert not unmoved


# The audit log

def test_the_log_is_append_only(ward, owner, admin, some_alert):
    """259: UPDATE, DELETE and TRUNCATE of audit rows are refused to the serving role, the owner and in each partition"""
    refused = psycopg.errors.InsufficientPrivilege
    hospital = ward.sql("SELECT hospital_id FROM audit_log WHERE hospital_id IS NOT NULL LIMIT 1")[0][0]
    before = ward.sql("SELECT count(*) FROM audit_log")[0][0]
    assert before > 0
    done: list[str] = []
    names = ["audit_log", *values(admin, "SELECT relname FROM pg_class WHERE relname LIKE 'audit_log%' AND relkind = 'r'"
                                  " AND relnamespace = 'ward'::regnamespace")]
    for name in names:
        statements = [f"TRUNCATE ward.{name}"]
        if values(admin, f"SELECT count(*) FROM ward.{name}")[0]:
            statements += [f"UPDATE ward.{name} SET action = 'x'", f"DELETE FROM ward.{name}"]
        for statement in statements:
            for who in ("owner", "serving"):
                try:
                    with owner.transaction(force_rollback=True):
                        if who == "owner":
                            owner.execute(statement)
                        else:
                            ward.sql(statement, "serving", hospital=hospital)
                except refused:
                    continue
                done.append(f"{who}: {statement}")
    assert len(names) >= 5 and not done
    assert ward.sql("SELECT count(*) FROM audit_log")[0][0] == before


def test_rows_land_in_their_month(owner, admin):
    """290: a row lands in the partition of its month, one beyond them in the default, and a month can be dropped"""
    months = [name for name in values(admin, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
                                      " AND relname LIKE 'audit_log_2%%' ORDER BY relname")]
    now = datetime.now(timezone.utc)
    for ahead in range(3):
        month = now.month - 1 + ahead
        assert f"audit_log_{now.year + month // 12}_{month % 12 + 1:02}" in months
    insert = ("INSERT INTO ward.audit_log (id, occurred_at, actor_kind, action, category, outcome, retention_until)"
              " VALUES (gen_random_uuid(), %s, 'system', 'test', 'system', 'success', now()) RETURNING tableoid::regclass::text")
    for name in months:
        year, month = map(int, name.split("_")[2:])
        first = datetime(year, month, 1, tzinfo=timezone.utc)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(microseconds=1)
        for moment in (first, last):
            assert owner.execute(insert, [moment]).fetchone()[0].endswith(name), moment
    assert owner.execute(insert, [datetime(2020, 1, 1, tzinfo=timezone.utc)]).fetchone()[0].endswith("audit_log_default")
    rows = values(owner, "SELECT count(*) FROM ward.audit_log WHERE action = 'test'")[0]
    owner.execute(f"ALTER TABLE ward.audit_log DETACH PARTITION ward.{months[-1]}")
    owner.execute(f"DROP TABLE ward.{months[-1]}")
    assert values(owner, "SELECT count(*) FROM ward.audit_log WHERE action = 'test'")[0] == rows - 2
    assert values(owner, "SELECT ward.make_audit_partitions()") == [1]


# Indexes

NAMED = {
    "users": {"users_pkey", "users_email_key"}, "memberships": {"memberships_user", "memberships_role"},
    "audit_log": {"audit_log_time", "audit_log_actor", "audit_log_action", "audit_log_resource"},
    "alerts": {"alerts_status", "alerts_created", "alerts_acknowledged", "alerts_department", "alerts_patient",
               "alerts_room"},
}
LIST = "SELECT * FROM ward.alerts a WHERE a.hospital_id = %(hospital)s"
ORDER = " ORDER BY a.urgency DESC, a.created_at DESC, a.id DESC LIMIT 51"
ACKNOWLEDGED = "CASE WHEN a.acknowledged_at IS NULL THEN '-infinity' ELSE a.acknowledged_at END"
HOT = {
    "the active alerts": (LIST + " AND a.status = 'active'" + ORDER, "alerts_status"),
    "the active alerts of one urgency": (LIST + " AND a.status = 'active' AND a.urgency = 5" + ORDER, "alerts_status"),
    "one alert": (LIST + " AND a.id = %(alert)s", "alerts_pkey"),
    "an acknowledgement": (
        "UPDATE ward.alerts a SET version = version + 1 WHERE a.hospital_id = %(hospital)s AND a.id = %(alert)s"
        " AND a.status = ANY ('{active}')", "alerts_pkey"),
    "a department's alerts": (LIST + " AND a.department_id = %(department)s AND a.status = 'active' ORDER BY"
                              " a.urgency DESC, a.created_at DESC LIMIT 51", "alerts_department"),
    "the newest alerts": (LIST + " ORDER BY a.created_at DESC, a.id DESC LIMIT 51", "alerts_created"),
    "the next page of the active alerts": (
        LIST + " AND a.status = 'active' AND (a.urgency, a.created_at, a.id) < (3::smallint, now() - interval '2 hours',"
        " %(alert)s::uuid)" + ORDER, "alerts_status"),
    "the next page of the newest alerts": (
        LIST + " AND (a.created_at, a.id) < (now() - interval '2 hours', %(alert)s::uuid)"
        " ORDER BY a.created_at DESC, a.id DESC LIMIT 51", "alerts_created"),
    "the oldest alerts": (LIST + " ORDER BY a.created_at, a.id LIMIT 51", "alerts_created"),
    "the least urgent active alerts": (
        LIST + " AND a.status = 'active' ORDER BY a.urgency, a.created_at, a.id LIMIT 51", "alerts_status"),
    "alerts by acknowledgement": (
        LIST + " ORDER BY " + ACKNOWLEDGED + " DESC, a.id DESC LIMIT 51", "alerts_acknowledged"),
    "the next page by acknowledgement": (
        LIST + " AND (" + ACKNOWLEDGED + ", a.id) < (now() - interval '2 hours', %(alert)s::uuid)"
        " ORDER BY " + ACKNOWLEDGED + " DESC, a.id DESC LIMIT 51", "alerts_acknowledged"),
    "the open alert that a call repeats": (
        "SELECT a.id, a.urgency FROM ward.alerts a WHERE a.hospital_id = %(hospital)s AND a.room_number = 'R10'"
        " AND a.alert_type = 'medical' AND a.status IN ('active', 'acknowledged')"
        " AND COALESCE(a.last_repeat_at, a.created_at) > now() - make_interval(secs => 86400)"
        " ORDER BY a.urgency >= 3 DESC, COALESCE(a.last_repeat_at, a.created_at) DESC, a.id DESC LIMIT 1"
        " FOR UPDATE OF a", "alerts_room"),
    "a patient's alerts": (LIST + " AND a.patient_id = %(patient)s", "alerts_patient"),
    "an alert's escalations": ("SELECT * FROM ward.alert_escalations WHERE hospital_id = %(hospital)s AND alert_id ="
                               " %(alert)s", "alert_escalations_alert"),
    "who is reached": (
        "SELECT user_id, role FROM ward.memberships WHERE hospital_id = %(hospital)s AND is_active AND role = 'nurse'"
        " AND is_on_duty", "memberships_role"),
    "a person's memberships": ("SELECT * FROM ward.memberships WHERE user_id = %(user)s", "memberships_user"),
    "events after a number": ("SELECT * FROM ward.events WHERE hospital_id = %(hospital)s AND number > 19000"
                              " ORDER BY number LIMIT 500", "events_pkey"),
    "a remembered answer": ("SELECT * FROM ward.idempotency_keys WHERE hospital_id = %(hospital)s AND actor_id = %(user)s"
                            " AND operation = 'alerts.create' AND key = 'k5'", "idempotency_keys_pkey"),
    "the log by time": ("SELECT * FROM ward.audit_log WHERE hospital_id = %(hospital)s AND occurred_at >= now()"
                        " - interval '1 minute' ORDER BY occurred_at DESC LIMIT 50", r"audit_log_.*hospital_id_occurred_at_idx"),
    "the log of a person": ("SELECT * FROM ward.audit_log WHERE hospital_id = %(hospital)s AND actor_id = %(user)s"
                            " ORDER BY occurred_at DESC LIMIT 50", r"audit_log_.*hospital_id_actor_id_occurred_at_idx"),
    "the log of an action": ("SELECT * FROM ward.audit_log WHERE hospital_id = %(hospital)s AND action = 'rare'"
                             " ORDER BY occurred_at DESC LIMIT 50", r"audit_log_.*hospital_id_action_occurred_at_idx"),
    "the log of a thing": ("SELECT * FROM ward.audit_log WHERE hospital_id = %(hospital)s AND resource_id = %(alert)s",
                           r"audit_log_.*hospital_id_resource_id_occurred_at_idx"),
}


@pytest.fixture(scope="module")
def crowded(ward, api, some_alert):
    """Twenty thousand rows in the hot tables, in a transaction that is taken back at the end."""
    known = {"hospital": api.hospital(), "alert": some_alert["id"], "department": api.department("ICU"),
             "patient": api.patient(), "user": api.user("nurse")}
    with psycopg.connect(**ward.address("admin")) as connection:
        for statement in (
            """INSERT INTO ward.users (id, email, name) SELECT gen_random_uuid(), 'u' || n || '@many.ward', 'Many'
               FROM generate_series(1, 3000) n""",
            """INSERT INTO ward.memberships (hospital_id, user_id, role) SELECT %(hospital)s, id, 'pharmacist'
               FROM ward.users WHERE email LIKE '%%@many.ward'""",
            """INSERT INTO ward.alerts (hospital_id, id, department_id, room_number, alert_type, title, urgency, status,
                 step_seconds, repeats, response_seconds, resolved_at, acknowledged_at, created_at)
               SELECT %(hospital)s, gen_random_uuid(), CASE WHEN n %% 50 = 0 THEN %(department)s::uuid END, 'R' || n %% 1000, 'medical',
                 'T', 1 + n %% 5, CASE WHEN n %% 10 = 0 THEN 'active' ELSE 'resolved' END, '{300}', false, 600, now(),
                 CASE WHEN n %% 10 <> 0 THEN now() - n * interval '1 second' END, now() - n * interval '1 second' FROM generate_series(1, 20000) n""",
            """INSERT INTO ward.alert_escalations (hospital_id, id, alert_id, from_tier, to_tier, reason, due_at, escalated_at)
               SELECT hospital_id, gen_random_uuid(), id, 1, 2, 'timeout', now(), now() FROM ward.alerts""",
            """INSERT INTO ward.events (hospital_id, number, id, name, rooms, payload)
               SELECT %(hospital)s, 100000 + n, gen_random_uuid(), 'x', 'y', '{}' FROM generate_series(1, 20000) n""",
            """INSERT INTO ward.idempotency_keys (hospital_id, actor_id, operation, key, request_hash, answer)
               SELECT %(hospital)s, %(user)s, 'alerts.create', 'k' || n, sha256('x'), '' FROM generate_series(1, 5000) n""",
            """INSERT INTO ward.audit_log (id, hospital_id, actor_kind, actor_id, action, category, outcome, resource_id,
                 retention_until, occurred_at)
               SELECT gen_random_uuid(), %(hospital)s, 'person', gen_random_uuid(), 'common', 'system', 'success',
                 gen_random_uuid(), now(), now() - n * interval '1 millisecond' FROM generate_series(1, 20000) n""",
        ):
            connection.execute(statement, known)
        for table in ("users", "memberships", "alerts", "alert_escalations", "events", "idempotency_keys", "audit_log"):
            connection.execute(f"ANALYZE ward.{table}")
        connection.execute("SET LOCAL jit = off")
        yield connection, known
        connection.rollback()


def test_named_indexes_exist(admin):
    """272: the named indexes of people, of the audit log and of alerts exist and are valid"""
    for table, names in NAMED.items():
        found = set(values(admin, "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                           " WHERE i.indrelid = format('ward.%%I', %s::text)::regclass AND i.indisvalid", [table]))
        assert names <= found, f"{table}: {names - found}"


@pytest.mark.parametrize("what", HOT)
def test_the_planner_uses_them(crowded, what):
    """272: as the serving role, under row-level security, each hot query goes by its index and reads few rows"""
    connection, known = crowded
    statement, index = HOT[what]
    with acting(connection, "ward_serving", known["hospital"], known["user"]):
        # The plan that a prepared statement gets with its values, then what it did.
        plan = "\n".join(values(connection, "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) " + statement, known))
    assert re.search(rf"(Index|Index Only|Bitmap Index) Scan .*{index}", plan), plan
    assert "Seq Scan on" not in re.sub(r"Seq Scan on audit_log_(default|20\d\d_\d\d)\b.*", "", plan), plan
    removed = [int(n) for n in re.findall(r"Rows Removed by Filter: (\d+)", plan)]
    assert sum(removed) <= 50, plan


def test_a_token_is_found_by_its_index(crowded, ward):
    """272: who stands behind a token is found by the token's hash, and a sign-in by the address"""
    connection, _ = crowded
    with acting(connection, "ward_owner"):
        for statement, index in (
            ("SELECT * FROM ward.sessions WHERE token_hash = sha256('x')", "sessions_token_hash_key"),
            ("SELECT * FROM ward.screens WHERE token_hash = sha256('x')", "screens_token_hash_key"),
            ("SELECT * FROM ward.users WHERE email = 'u7@many.ward'", "users_email_key"),
        ):
            connection.execute("SET LOCAL enable_seqscan = off" if "users" not in statement else "SET LOCAL enable_seqscan = on")
            plan = "\n".join(values(connection, "EXPLAIN " + statement))
            assert index in plan, plan


def test_what_is_due_is_found_by_time(crowded, ward, admin):
    """272: the engine finds what is due by an index on the due time, as its own role"""
    connection, known = crowded
    connection.execute("INSERT INTO ward.alert_timers (hospital_id, alert_id, kind, due_at) SELECT hospital_id, id,"
                       " 'escalation', now() + interval '1 hour' FROM ward.alerts ON CONFLICT DO NOTHING")
    connection.execute("ANALYZE ward.alert_timers")
    with acting(connection, "ward_engine"):
        for statement in ("SELECT hospital_id, alert_id, kind FROM ward.alert_timers WHERE due_at <= ward.now()"
                          " ORDER BY due_at LIMIT 64", "SELECT min(due_at) FROM ward.alert_timers"):
            plan = "\n".join(values(connection, "EXPLAIN " + statement))
            assert "alert_timers_due" in plan and "Seq Scan" not in plan, plan


def test_concurrent_writes_number_without_a_gap(ward, api):
    """Events of many writers at once are numbered without gap or double, and a refused write takes no number"""
    hospital = api.hospital()
    before = ward.sql("SELECT last_number FROM event_counters WHERE hospital_id = %s", parameters=[hospital])[0][0]
    people = ["operator", "doctor", "head", "admin"]
    for who in people:
        api.token(who)

    def work(who):
        for n in range(10):
            api.raise_alert(1 + n % 5, who)
            api.call(who, "POST", "/alerts", {"roomNumber": "1", "alertType": "unknown_type", "urgencyLevel": 1})

    threads = [threading.Thread(target=work, args=[who]) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # In one look: what follows from an alert goes on by itself.
    last, numbers = ward.sql("""SELECT c.last_number, ARRAY(SELECT e.number FROM events e
        WHERE e.hospital_id = c.hospital_id AND e.number > %s ORDER BY e.number)
        FROM event_counters c WHERE c.hospital_id = %s""", parameters=[before, hospital])[0]
    assert numbers == list(range(before + 1, last + 1)) and len(numbers) >= 40
