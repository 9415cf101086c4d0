"""What kept answers are made from: read from the statements themselves, declared, and under watch."""

import re
import uuid
from pathlib import Path

import pytest
from api_database import ENGINE
from api_support import Api, own_ward
from cache_support import listens
from ward_process import wait_for

SOURCES = Path(__file__).resolve().parents[2] / "Sources"
DECLARED = re.compile(r'\.lasts\(\s*\.\w+,\s*dependsOn:\s*\[([^\]]*)\]')
NAME = re.compile(r'name: "([\w.]+)"')
# How each of them is asked for.
PATHS = {
    "hospitals.getCurrent": "/hospital", "hospitals.getBySubdomain": "/hospitals/by-subdomain/demo-general",
    "hospitals.getDepartments": "/departments", "departments.get": "/departments/{department}",
    "locations.getAll": "/locations", "locations.getById": "/locations/{location}", "rooms.getAll": "/rooms",
    "doctors.getById": "/doctors/{doctor}", "doctors.getAll": "/doctors", "doctors.getProfile": "/doctor-profile",
    "alerts.getTypes": "/alert-types", "alerts.getTemplates": "/alert-templates",
    "alerts.getLadders": "/escalation-ladders", "billing.getPlans": "/subscription-plans",
    "availability.getHours": "/doctors/{doctor}/hours", "availability.getOverview": "/doctors/{doctor}/availability-overview",
}
# Functions of the database that read tables themselves.
BEHIND = {"hospital_named": {"hospitals"}}


def declared() -> dict[str, set[str]]:
    found = {}
    for path in SOURCES.rglob("*.swift"):
        for part in re.split(r"static let contract = ", path.read_text())[1:]:
            topics = DECLARED.search(part.split("\n  }\n")[0])
            if topics:
                words = re.findall(r"\.(\w+)", topics[1])
                found[NAME.search(part)[1]] = {re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), each) for each in words}
    return found


@pytest.fixture(scope="module")
def loud():
    """A Ward whose PostgreSQL writes every statement of the serving role into its log."""
    with own_ward() as ward:
        ward.sql("ALTER ROLE ward_serving SET log_statement = 'all'", role="admin")
        ward.restart()
        listens(ward)
        yield ward


def log_of(ward) -> Path:
    return next(path for path in (ward.data / "postgres").rglob("*log*") if path.is_file() and path.suffix != ".conf"
                and "statement:" in path.read_text(errors="replace") or "execute " in (
                    path.read_text(errors="replace") if path.is_file() else ""))


def test_kept_answers_say_what_they_are_made_from(loud):
    """236: what each kept operation's statements read is what its contract says, neither less nor more"""
    contracts = declared()
    assert set(contracts) == set(PATHS), "each kept operation is known here"
    api = Api(loud)
    api.do("doctor", "POST", "/doctor-profile", {
        "licenseNumber": "LIC-10001", "specialization": "Surgery", "qualification": "MD", "experienceYears": 9})
    ids = {
        "department": api.department(), "doctor": api.user("doctor"),
        "location": api.do("admin", "POST", "/locations", {"name": "House"})["id"]}
    log = log_of(loud)
    for name, path in PATHS.items():
        # Nothing is kept any more once the node has heard it; until then it asks nobody.
        loud.sql("SELECT mark_change('*', '00000000-0000-0000-0000-000000000000')", role="admin")
        begin = log.stat().st_size

        def asked(path=path.format(**ids), begin=begin) -> str:
            assert api.call("doctor", "GET", path).status_code == 200, path
            # The log is written by another process: what was asked before this stands there when this does.
            sentinel = uuid.uuid4().hex
            loud.sql(f"SELECT '{sentinel}'", role="serving")
            text = wait_for(lambda: (t := log.read_bytes()[begin:].decode(errors="replace")) and sentinel in t and t, 5,
                            "the statements are logged")
            return text if "cache_versions" in text else ""

        text = wait_for(asked, 5, "the source is asked", pause=0.1)
        read = set(re.findall(r"\b(?:FROM|JOIN)\s+(?:ward\.)?([a-z_]+)\b", text.split("cache_versions", 1)[1]))
        read |= {table for function, tables in BEHIND.items() if function in read for table in tables}
        tables = {row.relname for row in loud.sql("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
                                                  " AND relnamespace = 'ward'::regnamespace", role="admin")}
        # Engines look for their work at the same time.
        read = (read & tables) - {"sessions", "events"} - set(ENGINE)
        assert read == contracts[name], (name, text[:2000])


def test_every_such_table_is_watched(loud):
    """236: an insert, an update and a delete in each of these tables leave a mark"""
    for table in sorted(set().union(*declared().values())):
        kinds = 0
        for row in loud.sql("SELECT t.tgtype, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                            " WHERE t.tgrelid = %s::regclass", role="admin", parameters=[f"ward.{table}"]):
            if row.proname in ("note_change", "note_hospital_change", "note_global_change"):
                kinds |= row.tgtype & 0b11100
        # People come into a hospital by a membership.
        assert kinds == (0b11000 if table == "users" else 0b11100), table


def test_marks_are_few_and_versions_last(loud):
    """236: marks are folded into one without a new version, and alerts leave none"""
    api = Api(loud)
    marks = lambda topic="%": loud.sql("SELECT count(*) FROM cache_marks WHERE topic LIKE %s", role="admin",
                                       parameters=[topic])[0][0]
    for n in range(40):
        api.do("admin", "PATCH", "/hospital", {"timeZone": "Europe/Paris" if n % 2 else "Europe/Rome"})
    version = "SELECT version FROM cache_versions(ARRAY['hospitals'], %s)"
    before = loud.sql(version, role="admin", parameters=[api.hospital()])
    assert marks("hospitals") > 40
    assert loud.sql("SELECT fold_cache_marks() AS n", role="admin")[0].n > 40
    assert loud.sql(version, role="admin", parameters=[api.hospital()]) == before
    assert marks("hospitals") <= 2
    before = marks()
    alert = api.raise_alert(3)
    api.do("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    api.do("doctor", "POST", f"/alerts/{alert['id']}/resolution", {"resolution": "All is well again, she sleeps."})
    assert marks() == before
