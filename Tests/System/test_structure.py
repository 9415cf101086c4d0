"""What the sources themselves must keep to."""

import re
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "Sources"
SQL = re.compile(r"\b(SELECT\s.+\sFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+(\s\w)?\s+SET\b|DELETE\s+FROM\b)", re.DOTALL)
# The database's own module and what sets up a database are about SQL.
FREE = {"Postgres", "Cluster", "App", "TestSupport"}


def statements(text: str) -> list[str]:
    """Texts that hold a statement; comments are left out."""
    code = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("//"))
    texts = re.findall(r'"""\n(.*?)"""', code, re.DOTALL)
    texts += re.findall(r'(?<!")"((?:[^"\\\n]|\\.)+)"(?!")', re.sub(r'"""\n.*?"""', "", code, flags=re.DOTALL))
    return [each for each in texts if SQL.search(each)]


def test_operations_and_routes_hold_no_sql():
    """25: SQL stands in Feature+Queries.swift alone; operations, the gateway and all else hold none"""
    found = {}
    queries = 0
    for path in SOURCES.rglob("*.swift"):
        if path.relative_to(SOURCES).parts[0] in FREE:
            continue
        held = statements(path.read_text())
        if path.name.endswith("+Queries.swift"):
            queries += len(held)
        elif held:
            found[str(path.relative_to(SOURCES))] = held
    assert queries >= 40, "the check would not see a statement"
    assert found == {}


def test_operations_do_not_reach_around_their_call():
    """25: no operation and no handler of the gateway holds a connection pool"""
    inside = [path for path in SOURCES.rglob("*.swift")
              if "Operations" in path.parts[:-1] and path.relative_to(SOURCES).parts[0] != "Operations"
              or path.relative_to(SOURCES).parts[0] == "Gateway"]
    assert len(inside) >= 40
    assert [path.name for path in inside if "PostgresPool" in path.read_text()] == []


def documented_settings() -> set[str]:
    """The first column of the table in Docs/settings.md; `…_MAXIMUM` takes the beginning of the name before it."""
    names, last = set(), ""
    for row in (SOURCES.parent / "Docs" / "settings.md").read_text().splitlines():
        for name in re.findall(r"`((?:WARD|…)_[A-Z_]+)`", row.split("|")[1]) if row.startswith("| `WARD_") else []:
            last = last.rsplit("_", 1)[0] + name[1:] if name.startswith("…") else name
            names.add(last)
    return names


def test_every_setting_is_documented():
    """Every setting that Ward takes stands in the table of settings, and the table has no other"""
    source = (SOURCES / "App" / "Settings" / "Settings.swift").read_text()
    taken = re.findall(r'"(WARD_[A-Z_]+)"', re.search(r"static let names: Set<String> = \[(.*?)\]", source, re.DOTALL)[1])
    assert len(taken) >= 40 and set(taken) == documented_settings()
