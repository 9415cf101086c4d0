"""`ward typescript`: types that stand alone, that tsc 4.8 takes, and that refuse what the API would refuse."""

import re
import subprocess
from pathlib import Path

import pytest
from api_inputs import document_of, operations_of
from test_api_trpc import NAMES
from ward_process import binary

EXAMPLES = Path(__file__).resolve().parents[2] / "Examples/typescript"
OPTIONS = ["--strict", "--noEmit", "--lib", "es2022,dom", "--target", "es2020", "--moduleResolution", "node",
           "--noUnusedLocals"]


@pytest.fixture(scope="module")
def printed() -> str:
    return subprocess.run([binary(), "typescript"], capture_output=True, text=True, timeout=30, check=True, env={}).stdout


@pytest.fixture
def compiled(printed, tmp_path):
    """Compiles a program beside the types; the lines with an error, by number, and what is said."""
    (tmp_path / "ward.d.ts").write_text(printed)

    def compile_one(program: str) -> dict[int, str]:
        (tmp_path / "program.ts").write_text(program)
        done = subprocess.run(["tsc", *OPTIONS, "program.ts"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
        found = re.findall(r"^(\S+?)\((\d+),\d+\): error (.+)$", done.stdout, re.MULTILINE)
        assert bool(found) == (done.returncode != 0), done.stdout + done.stderr
        assert {name for name, _, _ in found} <= {"program.ts"}, f"the types themselves are wrong: {done.stdout}"
        return {int(line): text for _, line, text in found}

    return compile_one


def test_the_types_are_fresh(printed):
    """342: the types in Examples are what this version prints"""
    assert (EXAMPLES / "ward.d.ts").read_text() == printed, "stale: run `make types` and commit the file"


def test_the_types_stand_alone(printed):
    """1: the types import nothing, and hold every operation, every other name of it and every REST route"""
    assert not re.search(r"^\s*import\b|\bimport\(|\brequire\(", printed, re.MULTILINE)
    assert {name.split(".")[0] for name in NAMES} <= set(re.findall(r"^  (\w+): \{$", printed, re.MULTILINE))


def test_every_operation_is_typed(printed, ward):
    """1: every procedure stands under its router with its kind, every REST route under its method and path"""
    routers = {name: body for name, body in re.findall(r"^  (\w+): \{\n(.*?)^  \};$", printed, re.MULTILINE | re.DOTALL)}
    for operation in operations_of(document_of(ward)):
        router, procedure = operation.name.split(".")
        kind = operation.kind
        assert f'    {procedure}: {{ type: "{kind}"; input: ' in routers[router], operation.name
        assert f'  "{operation.method} {operation.template}": {{' in printed, operation.name
    for name, operation in NAMES.items():
        router, procedure = name.split(".")
        there, same = operation.split(".")
        assert f'    {procedure}: WardProcedures["{there}"]["{same}"];' in routers[router], name
    assert 'onEvent: { type: "subscription"; input: ' in routers["alerts"]


def test_the_example_compiles(compiled):
    """1: a program that reads, raises, narrows, listens and calls REST by the types compiles in strict mode"""
    assert compiled((EXAMPLES / "board.ts").read_text()) == {}


WRONG = {
    "an unknown procedure": "ward.alerts.nothing.query({});",
    "a query called as a mutation": "ward.alerts.list.mutate({});",
    "a mutation called as a query": 'ward.alerts.cancel.query({ alertId: "a" });',
    "a missing field": 'ward.alerts.create.mutate({ roomNumber: "4B" });',
    "no input where one is needed": "ward.alerts.get.query();",
    "a wrong type": 'ward.alerts.create.mutate({ roomNumber: "4B", alertType: "fall", urgencyLevel: "5" });',
    "a word of no list": 'ward.alerts.list.query({ sortBy: "colour" });',
    "an unknown field": 'ward.alerts.create.mutate({ roomNumber: "4B", alertType: "fall", colour: "red" });',
    "a field that an answer lacks": 'ward.alerts.get.query({ alertId: "a" }).then((alert) => alert.colour);',
    "a field that was not asked for":
        'ward.alerts.list.query({ fields: ["id"] }).then((page) => page.items.map((each) => each.title));',
    "null where a time may be missing": 'ward.alerts.get.query({ alertId: "a" }).then((a) => a.acknowledgedAt.length);',
    "an administrator's role": 'ward.users.create.mutate({ name: "V", email: "v@demo.ward", role: "hospital_admin" });',
    "a subscription without a listener": "ward.alerts.onEvent.subscribe({}, {});",
    "an unknown route": 'const route: keyof WardRoutes = "GET /api/v1/nothing"; console.log(route);',
    "a wrong body": 'const body: WardRoutes["POST /api/v1/alerts"]["body"] = { roomNumber: 4, alertType: "fall" }; console.log(body);',
}


def test_wrong_use_does_not_compile(compiled):
    """12: what the API would refuse is refused by the compiler: each of these lines is an error, the right ones are none"""
    head = ['import type { WardClient, WardRoutes } from "./ward";', "declare const ward: WardClient;",
            'export const used: keyof WardRoutes = "GET /api/v1/alerts";', "ward.alerts.list.query({ limit: 5 });",
            'ward.alerts.list.query({ fields: ["id"] }).then((page) => page.items.map((each) => each.id));']
    errors = compiled("\n".join(head + [f"{{ {line} }}" for line in WRONG.values()]))
    wanted = {len(head) + 1 + n: what for n, what in enumerate(WRONG)}
    assert set(errors) <= set(wanted), errors
    assert not [what for line, what in wanted.items() if line not in errors], "these compiled"
