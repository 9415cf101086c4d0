"""What PostgreSQL itself says about tables, rights and rows; the checks that tenant isolation rests on."""

from contextlib import contextmanager
from dataclasses import dataclass

import admin_support
import areas
import channels_support
import jobs_support
import psycopg
import tenancy_support

# Tables that belong to no hospital. Whoever adds a table decides: a column hospital_id, or a line here with a reason.
GLOBAL = {
    "organizations": "above hospitals; seen by the members of one of theirs",
    "users": "people may belong to several hospitals; policies on ward.user and on colleagues",
    "credentials": "a person's own; policy on ward.user",
    "sessions": "a person's own; the hospital in it is the one that was chosen; policy on ward.user",
    "rate_windows": "counts by hashed keys that name nobody; reached through count_calls alone",
    "socket_places": "subscriptions by private ids, for any node; reached through keep_socket and its like alone",
    "job_nodes": "processes and their workers in numbers; reached through note_job_node and its like alone",
    "job_counts": "what happened in a minute, in numbers; reached through note_job_counts and queue_numbers alone",
    "leaders": "the installation's; reached through lead_jobs alone",
    "periods": "the installation's; reached through ask_for_period alone",
    "jobs": "work of hospitals and of none; sealed, the serving role may only ask for it",
    "signing_keys": "the installation's; the private halves are sealed",
    "refresh_tokens": "of sessions, by hash; reached through begin_refresh and trade_refresh alone",
    "linked_accounts": "a person's own accounts elsewhere; policy on ward.user",
    "second_steps": "by the hash of a ticket that one browser holds; reached through begin_, take_ and second_step alone",
    "begun_sign_ins": "by the hash of their state, bound to a browser; reached through begin_ and take_sign_in alone",
    "mail_outbox": "sealed letters of a development Ward; reached through keep_letter and kept_letters alone",
    "mail_proofs": "of people, by hash; reached through begin_proof, try_code and their like alone",
    "profiles": "a person's own; policy on ward.user",
    "guess_lanes": "counts by hashed keys that name nobody; reached through begin_guess and end_guess alone",
    "sign_in_codes": "codes by hashed keys that name nobody; reached through begin_sign_in_code and its like alone",
    "sign_in_devices": "a person's own; policy on ward.user",
    "second_factors": "a person's own, sealed; policy on ward.user",
    "backup_codes": "a person's own, as keyed hashes; policy on ward.user",
    "presences": "ids of people by node and hospital; reached through keep_presences and presences_here alone",
    "cache_marks": "random numbers by table and hospital; reached through cache_versions and clear_cache alone",
    "schema_migrations": "the installation's; nobody who serves may read it",
}
# Tables that no role which serves has any right on: they need no policy.
CLOSED = {"schema_migrations", "guess_lanes", "sign_in_codes", "rate_windows", "socket_places", "refresh_tokens", "begun_sign_ins", "second_steps", "mail_proofs", "cache_marks",
          "mail_outbox", "job_nodes", "job_counts", "leaders", "periods", "presences"}
# What the engine's role may look at: ids, numbers and due times of all hospitals.
ENGINE = {
    "event_counters": {"hospital_id", "last_number"},
    "alert_timers": {"hospital_id", "alert_id", "kind", "due_at"},
    # Jobs are its own work: the payload is sealed.
    "jobs": {"id", "hospital_id", "queue", "kind", "payload", "state", "priority", "due_at", "attempts", "max_attempts",
             "lease_token", "leased_until", "last_error", "created_at", "finished_at", "unique_key", "tenant", "started_at",
             "announced_at", "waited_seconds"},
    "finished_jobs": {"id", "hospital_id", "queue", "kind", "priority", "attempts", "state", "created_at", "started_at",
                      "finished_at"},
}
SOCKETS = {"keep_socket", "recall_socket", "forget_socket"}
USERS = {"create_user", "rename_user", "end_membership"}
TOKENS = {"account_of", "foreign_session", "begin_sign_in", "take_sign_in", "add_signing_key", "begin_refresh", "trade_refresh", "session_hash"}
# What whoever serves may call, and what only engines and triggers do.
FACTORS = {"session_end", "device_of", "begin_guess", "end_guess", "factor_of", "take_step", "take_backup_code",
           "begin_sign_in_code", "try_sign_in_code", "use_sign_in_code", "person_of"}
SERVING_DEFINERS = {"password_of", "bearer_of", "sign_up", "make_audit_partitions", "count_calls"} | SOCKETS | USERS | TOKENS | FACTORS
DEFINERS = SERVING_DEFINERS | {"count_events", "prune", "forget_windows", "forget_sockets", "forget_refresh_tokens"}
DEFINERS |= {"forget_guesses", "forget_sign_in_codes"}
DEFINERS |= {"hospitals_with_plain_patients"}
# tenancy
DEFINERS |= tenancy_support.DEFINERS
SERVING_DEFINERS |= tenancy_support.DEFINERS
SECOND_STEPS = {"begin_second_step", "second_step", "take_second_step", "devices_of", "clear_guesses",
                "key_bearer_of", "key_grants_of"}
DEFINERS |= SECOND_STEPS
SERVING_DEFINERS |= SECOND_STEPS
# administration
DEFINERS |= admin_support.DEFINERS
SERVING_DEFINERS |= admin_support.DEFINERS
# accounts
ACCOUNTS = {"begin_proof", "try_code", "proof_of", "verify_email", "reset_password", "take_password", "is_taken",
            "kept_letters"}
SERVING_DEFINERS |= ACCOUNTS
DEFINERS |= ACCOUNTS | {"use_proof", "keep_letter", "forget_accounts"}
# jobs
DEFINERS |= jobs_support.DEFINERS | jobs_support.SERVING_DEFINERS
SERVING_DEFINERS |= jobs_support.SERVING_DEFINERS
# cache
CACHE = {"cache_versions", "clear_cache", "count_windows", "keep_presences", "presences_here"}
SERVING_DEFINERS |= CACHE
DEFINERS |= CACHE | {"mark_change", "note_change", "note_hospital_change", "note_global_change", "fold_cache_marks"}
# end of accounts
# ways out
ENGINE |= channels_support.ENGINE
DEFINERS |= channels_support.DEFINERS
DEFINERS |= {"prepare_watch", "forget_watch"}
SERVING_DEFINERS |= channels_support.SERVING
GLOBAL |= channels_support.GLOBAL
# care
ENGINE |= areas.merged("ENGINE")
DEFINERS |= areas.united("DEFINERS") | areas.united("SERVING_DEFINERS")
SERVING_DEFINERS |= areas.united("SERVING_DEFINERS")
GLOBAL |= areas.merged("GLOBAL")
CLOSED |= areas.united("CLOSED")
REFUSED = psycopg.errors.InsufficientPrivilege


def values(connection, statement, parameters=None) -> list:
    return [row[0] for row in connection.execute(statement, parameters).fetchall()]


def tables(connection) -> set[str]:
    """Every table of the schema that is no partition of another."""
    return set(values(connection, """
        SELECT relname FROM pg_class WHERE relnamespace = 'ward'::regnamespace
          AND relkind IN ('r', 'p', 'm', 'f') AND NOT relispartition"""))


def partitions(connection) -> set[str]:
    return set(values(connection, """
        SELECT relname FROM pg_class WHERE relnamespace = 'ward'::regnamespace AND relispartition
          AND relkind IN ('r', 'p')"""))


def columns(connection, table: str) -> list[str]:
    return values(connection, """
        SELECT attname FROM pg_attribute WHERE attrelid = format('ward.%%I', %s::text)::regclass
          AND attnum > 0 AND NOT attisdropped ORDER BY attnum""", [table])


def tenant_tables(connection) -> dict[str, str]:
    """Each tenant table with the column that names its hospital; fails on a table that nobody decided about."""
    found = {}
    for table in sorted(tables(connection) - set(GLOBAL)):
        key = "id" if table == "hospitals" else "hospital_id"
        assert key in columns(connection, table), f"ward.{table} is neither a tenant's table nor listed as global"
        found[table] = key
    return found


def structure_problems(connection) -> list[str]:
    """Everything about roles, rights and policies that would let one tenant see another."""
    problems = [f"there is no table {each}" for each in sorted(set(GLOBAL) - tables(connection))]
    problems += _role_problems(connection) + _right_problems(connection) + _policy_problems(connection)
    for view, options in connection.execute("""
            SELECT relname, COALESCE(reloptions, '{}') FROM pg_class
            WHERE relnamespace = 'ward'::regnamespace AND relkind IN ('v', 'm')""").fetchall():
        if not {"security_invoker=true", "security_invoker=on", "security_invoker=1"} & set(options):
            problems.append(f"the view {view} looks with its owner's eyes")
    return problems


def _role_problems(connection) -> list[str]:
    """About the serving role and every role that it can become."""
    rows = connection.execute("""
        WITH RECURSIVE mine AS (
          SELECT oid FROM pg_roles WHERE rolname = 'ward_serving'
          UNION SELECT roleid FROM pg_auth_members JOIN mine ON member = mine.oid)
        SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
          EXISTS (SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid
            AND deptype = 'o') AS owns
        FROM pg_roles r JOIN mine USING (oid)""").fetchall()
    problems = []
    if {row[0] for row in rows} != {"ward_serving", "ward_engine"}:
        problems.append(f"the serving role can become {sorted(row[0] for row in rows)}")
    for name, *flags, owns in rows:
        if any(flags):
            problems.append(f"{name} has an attribute of power: {flags}")
        if owns:
            problems.append(f"{name} owns something")
    return problems


def _right_problems(connection) -> list[str]:
    problems = []
    for table in sorted(partitions(connection)):
        for role in ("ward_serving", "ward_engine", "public"):
            if values(connection, "SELECT has_table_privilege(%s, format('ward.%%I', %s::text)::regclass,"
                      " 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
                      " OR has_any_column_privilege(%s, format('ward.%%I', %s::text)::regclass, 'SELECT, INSERT, UPDATE')",
                      [role, table, role, table])[0]:
                problems.append(f"{role} has rights on the partition {table}")
    for table in sorted(tables(connection)):
        if values(connection, "SELECT has_table_privilege('public', format('ward.%%I', %s::text)::regclass,"
                  " 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')", [table])[0]:
            problems.append(f"everybody has rights on {table}")
        if values(connection, "SELECT has_table_privilege('ward_serving', format('ward.%%I', %s::text)::regclass,"
                  " 'TRUNCATE, REFERENCES, TRIGGER')", [table])[0]:
            problems.append(f"the serving role may truncate or alter {table}")
    engine = set(values(connection, """
        SELECT relname FROM pg_class WHERE relnamespace = 'ward'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
          AND (has_any_column_privilege('ward_engine', oid, 'SELECT, INSERT, UPDATE, REFERENCES')
            OR has_table_privilege('ward_engine', oid, 'DELETE, TRUNCATE'))"""))
    if engine != set(ENGINE):
        problems.append(f"the engine's role has rights on {sorted(engine)}")
    for table, wanted in ENGINE.items():
        if table in engine and set(columns(connection, table)) != wanted:
            problems.append(f"the engine sees more than ids and times in {table}: {columns(connection, table)}")
    for table in sorted(CLOSED):
        for role in ("ward_serving", "ward_engine", "public"):
            if values(connection, "SELECT 1 WHERE has_any_column_privilege(%s, format('ward.%%I', %s::text)::regclass,"
                      " 'SELECT, INSERT, UPDATE, REFERENCES')", [role, table]):
                problems.append(f"{role} has rights on {table}")
    definers = set(values(connection, """
        SELECT proname FROM pg_proc WHERE pronamespace = 'ward'::regnamespace AND prosecdef"""))
    if definers != DEFINERS:
        problems.append(f"functions that run with their owner's rights: {sorted(definers)}")
    open_to_all = set(values(connection, """
        SELECT proname FROM pg_proc WHERE pronamespace = 'ward'::regnamespace AND prosecdef
          AND prorettype <> 'trigger'::regtype AND has_function_privilege('public', oid, 'EXECUTE')"""))
    if open_to_all:
        problems.append(f"everybody may call {sorted(open_to_all)}")
    serving = set(values(connection, """
        SELECT proname FROM pg_proc WHERE pronamespace = 'ward'::regnamespace AND prosecdef
          AND prorettype <> 'trigger'::regtype AND has_function_privilege('ward_serving', oid, 'EXECUTE')"""))
    if serving != SERVING_DEFINERS:
        problems.append(f"the serving role may call {sorted(serving)}")
    return problems


def _policy_problems(connection) -> list[str]:
    problems = []
    for table in sorted(tables(connection) - CLOSED):
        enabled, forced = connection.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = format('ward.%%I', %s::text)::regclass",
            [table]).fetchone()
        if not (enabled and forced):
            problems.append(f"{table}: row-level security is {'on' if enabled else 'off'}, forced {forced}")
        if not values(connection, "SELECT 1 FROM pg_policies WHERE schemaname = 'ward' AND tablename = %s"
                      " AND 'ward_serving' = ANY (roles)", [table]):
            problems.append(f"{table} has no policy for the serving role")
    for table, key in tenant_tables(connection).items():
        wanted = f"({key} = (NULLIF(current_setting('ward.hospital'::text, true), ''::text))::uuid)"
        if wanted not in values(connection, "SELECT qual FROM pg_policies WHERE schemaname = 'ward' AND tablename = %s"
                                " AND 'ward_serving' = ANY (roles)", [table]):
            problems.append(f"{table} has no policy on {key} = ward.hospital")
    return problems


# Rows

@dataclass(frozen=True)
class World:
    """Two hospitals with a person each who belongs to no other, as the database's administrator sees them."""
    mine: str
    other: str
    my_user: str
    other_user: str
    tenant: dict[str, str]
    counts: dict[tuple[str, str], int]  # (table, hospital) to rows
    personal: dict[str, str]
    totals: dict[str, int]
    samples: dict[str, str]  # a row of the other hospital (or person) as JSON

    @staticmethod
    def of(connection, mine: str, other: str, my_user: str, other_user: str) -> "World":
        tenant = tenant_tables(connection)
        counts = {
            (table, hospital): values(connection, f"SELECT count(*) FROM ward.{table} WHERE {key} = %s", [hospital])[0]
            for table, key in tenant.items() for hospital in (mine, other)
        }
        totals = {table: values(connection, f"SELECT count(*) FROM ward.{table}")[0] for table in tables(connection)}
        personal = {"users": "id", "credentials": "user_id", "sessions": "user_id", "profiles": "user_id",
                    "linked_accounts": "user_id", "second_factors": "user_id", "backup_codes": "user_id",
                    "sign_in_devices": "user_id", "own_phones": "user_id"}
        samples = {}
        for table, key in {**tenant, **personal}.items():
            owner = other_user if table in personal else other
            row = connection.execute(f"SELECT to_jsonb(t)::text FROM ward.{table} t WHERE {key} = %s LIMIT 1", [owner])
            samples[table] = (row.fetchone() or [None])[0]
        return World(mine, other, my_user, other_user, tenant, counts, personal, totals, samples)


@contextmanager
def acting(connection, role: str | None, hospital: str = "", user: str = ""):
    """A transaction as this role and tenant that leaves nothing behind."""
    with connection.transaction(force_rollback=True):
        if role:
            connection.execute(f"SET LOCAL ROLE {role}")
        connection.execute("SELECT set_config('ward.hospital', %s, true), set_config('ward.user', %s, true)",
                           [hospital, user])
        yield


def attempt(connection, statement: str, parameters=None):
    """The number of rows that a statement reached, REFUSED, or the name of another error."""
    try:
        with connection.transaction(force_rollback=True):
            cursor = connection.execute(statement, parameters)
            return cursor.fetchone()[0] if cursor.description else cursor.rowcount
    except REFUSED:
        return REFUSED
    except psycopg.Error as error:
        return type(error).__name__  # what came as far as this was let through


def read_problems(connection, world: World, only: set[str] | None = None, role: str | None = None) -> list[str]:
    """Who sees what: nobody without a tenant, each tenant exactly its own, each person exactly theirs."""
    problems = []

    def expect(table: str, who: str, wanted, statement: str = "", parameters=None):
        got = attempt(connection, statement or f"SELECT count(*) FROM ward.{table}", parameters)
        if got != wanted:
            problems.append(f"{table}, {who}: {got} rows instead of {wanted}")

    def wanted(table: str) -> bool:
        return only is None or table in only

    with acting(connection, role):
        for table in filter(wanted, [*world.tenant, *world.personal, "organizations"]):
            expect(table, "without a tenant", 0)
        if wanted("schema_migrations"):
            expect("schema_migrations", "serving", REFUSED)
    for hospital, user in ((world.mine, world.my_user), (world.other, world.other_user)):
        with acting(connection, role, hospital):
            for table in filter(wanted, world.tenant):
                expect(table, "as a tenant", world.counts[table, hospital])
            if wanted("users"):
                expect("users", "as a tenant", world.counts["memberships", hospital])
            for table in filter(wanted, ("credentials", "sessions", "profiles")):
                expect(table, "as a tenant without a person", 0)
        with acting(connection, role, user=user):
            for table, key in world.personal.items():
                if wanted(table):
                    expect(table, "as a person, others' rows", 0,
                           f"SELECT count(*) FROM ward.{table} WHERE {key} <> %s", [user])
                    expect(table, "as a person, own rows", True,
                           f"SELECT count(*) > 0 FROM ward.{table} WHERE {key} = %s", [user])
            for table in filter(wanted, ("memberships", "hospitals", "organizations")):
                expect(table, "as a person of one hospital", 1)
    return problems


def write_problems(connection, world: World, only: set[str] | None = None, role: str | None = None) -> list[str]:
    """INSERT, UPDATE and DELETE of the other hospital's rows, without a tenant and with the wrong one."""
    problems = []
    for table, key in {**world.tenant, **world.personal}.items():
        if only is not None and table not in only:
            continue
        is_personal = table in world.personal
        mine, other = (world.my_user, world.other_user) if is_personal else (world.mine, world.other)
        for owner in ("", mine):
            who = "with the wrong tenant" if owner else "without a tenant"
            with acting(connection, role, "" if is_personal else owner, owner if is_personal else ""):
                for what, statement, parameters in _writes(connection, table, key, mine, other, world.samples[table]):
                    result = attempt(connection, statement, parameters)
                    if result not in (0, REFUSED):
                        problems.append(f"{table}: {what} {who}: {result}")
    return problems


def _writes(connection, table, key, mine, other, sample):
    """The three writes on a row of somebody else, and moving an own row over to them."""
    column = (values(connection, """
        SELECT attname FROM pg_attribute WHERE attrelid = format('ward.%%I', %s::text)::regclass AND attnum > 0
          AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'UPDATE') ORDER BY attnum""", [table]) or [key])[0]
    where = f"WHERE {key} = %s"
    yield "UPDATE", f"UPDATE ward.{table} SET {column} = {column} {where}", [other]
    yield "DELETE", f"DELETE FROM ward.{table} {where}", [other]
    yield "moving a row", f"UPDATE ward.{table} SET {key} = %s {where}", [other, mine]
    # What the database computes itself cannot be written.
    written = ", ".join(values(connection, """
        SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = format('ward.%%I', %s::text)::regclass AND attnum > 0
          AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a' ORDER BY attnum""", [table]))
    yield ("INSERT", f"INSERT INTO ward.{table} ({written}) SELECT {written}"
                     f" FROM jsonb_populate_record(NULL::ward.{table}, %s::jsonb)", [sample])
