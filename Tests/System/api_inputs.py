"""Reads the published OpenAPI document and makes good and bad inputs for every operation in it."""

import http.client
import json
import uuid
from dataclasses import dataclass, field
from urllib.parse import quote

import requests
from quick_http import ask
from ward_process import WardProcess

ABSENT = object()


@dataclass(frozen=True)
class Field:
    name: str
    place: str  # path, query or body
    schema: dict = field(hash=False)
    required: bool

    @property
    def types(self) -> list[str]:
        kind = self.schema.get("type", [])
        return kind if isinstance(kind, list) else [kind]

    @property
    def type(self) -> str:
        return next(each for each in self.types if each != "null")


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    template: str
    fields: tuple[Field, ...]
    needs_sign_in: bool
    permission: str | None
    document: dict = field(hash=False, repr=False)

    @property
    def kind(self) -> str:
        """query or mutation, as the tRPC protocol has it."""
        return self.document["x-kind"]

    @property
    def success(self) -> str:
        return next(status for status in self.document["responses"] if status.startswith("2"))

    def fields_in(self, place: str) -> list[Field]:
        return [each for each in self.fields if each.place == place]


def document_of(ward: WardProcess) -> dict:
    answer = requests.get(f"{ward.url}/api/openapi.json", timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


def operations_of(document: dict) -> list[Operation]:
    found = []
    for template, methods in document["paths"].items():
        for method, described in methods.items():
            fields = [
                Field(each["name"], each["in"], each["schema"], each["required"])
                for each in described["parameters"] if each["in"] != "header"
            ]
            if body := described.get("requestBody"):
                schema = body["content"]["application/json"]["schema"]
                required = schema.get("required", [])
                fields += [Field(name, "body", each, name in required) for name, each in schema["properties"].items()]
            found.append(Operation(
                described["operationId"], method.upper(), template, tuple(fields), bool(described["security"]),
                described.get("x-permission"), described))
    return found


# Requests

def target(operation: Operation, path: dict, query: dict) -> str:
    """The request target; values of the path and the query are texts."""
    filled = operation.template
    for each in operation.fields_in("path"):
        filled = filled.replace("{" + each.name + "}", quote(str(path[each.name]), safe=""))
    written = lambda value: str(value).lower() if isinstance(value, bool) else str(value)  # noqa: E731
    pairs = [f"{quote(name)}={quote(written(value), safe='')}" for name, value in query.items()]
    return filled + ("?" + "&".join(pairs) if pairs else "")


def text_of(body: dict) -> bytes:
    """JSON of a body whose values may be JSON texts already (bytes)."""
    members = [
        json.dumps(name).encode() + b":" + (value if isinstance(value, bytes) else json.dumps(value).encode())
        for name, value in body.items()
    ]
    return b"{" + b",".join(members) + b"}"


class Sender:
    """Sends an operation's input, changed in one or more places, as one person."""

    def __init__(self, ward: WardProcess, token: str, known: dict):
        self.ward, self.known = ward, known
        self.session = requests.Session()
        self.session.trust_env = False
        self.connection = http.client.HTTPConnection("127.0.0.1", ward.port, timeout=15)
        self.authorization = {"Authorization": f"Bearer {token}"}

    def good(self, operation: Operation) -> dict[str, dict]:
        """A valid input with the required fields only: no case in which nothing is wrong may be refused."""
        inputs: dict[str, dict] = {"path": {}, "query": {}, "body": {}}
        for each in operation.fields:
            if each.required or (operation.name, each.name) in self.known:
                inputs[each.place][each.name] = self.value(operation, each)
        return inputs

    def value(self, operation: Operation, each: Field):
        for key in ((operation.name, each.name), each.name):
            if key in self.known:
                return self.known[key]
        if "enum" in each.schema:
            return each.schema["enum"][0]
        if each.schema.get("examples"):
            return each.schema["examples"][0]
        match each.type:
            case "integer":
                return each.schema.get("minimum", 1)
            case "boolean":
                return True
            case "number":
                return each.schema.get("minimum", 1)
            case "string" if each.schema.get("format") == "uuid":
                return str(uuid.uuid4())
            case "string":
                return "x" * max(1, each.schema.get("minLength", 1))
        raise AssertionError(f"no valid value is known for {operation.name}.{each.name}")

    def send(self, operation: Operation, changes: dict | None = None, body: bytes | None = None, headers=None,
             sign_in: bool = True, query: str | None = None) -> requests.Response:
        """`changes` is {field: value}; ABSENT leaves it out, bytes are JSON as they stand."""
        inputs = self.good(operation)
        for each, value in (changes or {}).items():
            if value is ABSENT:
                inputs[each.place].pop(each.name, None)
            else:
                inputs[each.place][each.name] = value
        address = self.ward.url + target(operation, inputs["path"], inputs["query"]) + (query or "")
        sent = dict(self.authorization) if sign_in and operation.needs_sign_in else {}
        if body is None and (operation.fields_in("body") or inputs["body"]):
            body = text_of(inputs["body"])
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent |= headers or {}
        return ask(operation.method, address, sent, body, connection=self.connection)


# Bad values: (what it is, value). In a body the value is JSON text, elsewhere plain text.

def bad_values(each: Field) -> list[tuple[str, object]]:
    return _bad_in_body(each) if each.place == "body" else _bad_in_text(each)


def _bad_in_body(each: Field) -> list[tuple[str, bytes]]:
    wrong = {"string": "\"text\"", "integer": "7", "boolean": "true", "number": "1.5", "array": "[]", "object": "{}",
             "array of arrays": "[[[]]]", "object of objects": "{\"a\":{\"b\":1}}"}
    allowed = {"string": ["string"], "integer": ["integer"], "boolean": ["boolean"], "array": ["array"],
               "number": ["integer", "number"], "object": [] if each.schema.get("required") else ["object"]}[each.type]
    bad = [(f"a value of type {kind}", text.encode()) for kind, text in wrong.items() if kind not in allowed]
    if each.type == "integer":
        bad += [("10^30", b"1" + b"0" * 30), ("2^63", b"9223372036854775808"), ("-2^63-1", b"-9223372036854775809"),
                ("a fraction", b"3.5"), ("whole with a fraction", b"3.0"), ("a number as text", b'"3"')]
        low, high = each.schema.get("minimum"), each.schema.get("maximum")
        bad += [("below the range", str(low - 1).encode()), ("above the range", str(high + 1).encode())]
        if low > 0:
            bad += [("zero", b"0"), ("minus zero", b"-0")]
        bad += [("the smallest integer", b"-9223372036854775808")] if low > -(2**63) else []
        bad += [("the largest integer", b"9223372036854775807")] if high < 2**63 - 1 else []
    if each.type == "number":
        low, high = each.schema["minimum"], each.schema["maximum"]
        bad += [("below the range", str(low - 0.1).encode()), ("above the range", str(high + 0.1).encode()),
                ("10^300", b"1e300"), ("a number as text", b'"3.5"')]
    bad += [(what, json.dumps(text).encode()) for what, text in _bad_texts(each)]
    if each.schema.get("const") is True:
        bad.append(("false", b"false"))
    if each.required:
        bad.append(("null", b"null"))
    return bad


def _bad_in_text(each: Field) -> list[tuple[str, str]]:
    # Nothing between two slashes is another address.
    bad = [case for case in _bad_texts(each) if each.place != "path" or case[1] != ""]
    if each.type == "integer":
        low, high = each.schema["minimum"], each.schema["maximum"]
        bad += [("text", "abc"), ("nothing", ""), ("a fraction", "1.5"), ("10^30", "1" + "0" * 30), ("1e400", "1e400"),
                ("below the range", str(low - 1)), ("above the range", str(high + 1)), ("hexadecimal", "0x10"),
                ("negative", "-1"), ("with a space", "5 "), ("Arabic digits", "٣")]
    if each.type == "number":
        low, high = each.schema["minimum"], each.schema["maximum"]
        bad += [("text", "abc"), ("nothing", ""), ("two points", "1.2.3"), ("1e400", "1e400"), ("NaN", "NaN"),
                ("below the range", str(low - 0.1)), ("above the range", str(high + 0.1)), ("hexadecimal", "0x1"),
                ("with a space", "4 ")]
    if each.type == "boolean":
        bad += [("a word", "yes"), ("upper case", "TRUE"), ("a number", "1"), ("nothing", "")]
    if each.type == "array":
        bad += [("101 items", ",".join(["active"] * 101)), ("a word of no list", "nonsense"),
                ("an empty item", "active,,resolved"), ("nothing", "")]
    return bad


def _bad_texts(each: Field) -> list[tuple[str, str]]:
    if each.type != "string":
        return []
    bad = []
    schema = each.schema
    if "enum" in schema:
        return [("a word of no list", "nonsense"), ("nothing", ""), ("upper case", schema["enum"][0].swapcase())]
    if schema.get("format") == "uuid":
        some = str(uuid.uuid4())
        bad += [("no UUID", "not-a-uuid"), ("36 characters that are no UUID", "z" * 36), ("braces", "{" + some + "}"),
                ("without dashes", some.replace("-", "")), ("a UUID and more", some + "0"), ("nil of text", "null")]
        return bad if each.place == "path" else [*bad, ("nothing", "")]
    if schema.get("format") == "date-time":
        return [("no time", "yesterday"), ("a date", "2026-11-21"), ("month 13", "2026-13-01T00:00:00Z"),
                ("30 February", "2026-02-30T00:00:00Z"), ("hour 24", "2026-11-21T24:00:00Z"), ("nothing", ""),
                ("without zone", "2026-11-21T10:00:00"), ("year 0", "0000-01-01T00:00:00Z"), ("before 1900", "1899-12-31T23:59:59Z"),
                ("year 10000 in UTC", "9999-12-31T23:59:59-23:59"), ("five digits", "12026-11-21T10:00:00Z")]
    if schema.get("format") == "email":
        bad += [("no @", "nobody"), ("two @", "a@b@c.de"), ("no name", "@c.de"), ("no dot", "a@b"), ("a space", "a b@c.de"),
                ("two dots", "a@b..de"), ("not ASCII", "ä@b.de")]
    if "pattern" in schema:
        bad += [("against the pattern", "NOT OK!"), ("SQL", "' OR 1=1 --")]
    if schema.get("minLength", 0) > 0:
        bad.append(("empty", ""))
        if schema.get("format") != "password":
            bad.append(("only white space", " \t\n  "))
    if schema.get("minLength", 0) > 1 and "format" not in schema:
        bad.append(("too short", "x" * (schema["minLength"] - 1)))
    if "maxLength" in schema:
        bad += [("one too long", "x" * (schema["maxLength"] + 1))]
        if each.place == "body":
            bad += [("far too long", "x" * 100_000), ("far too long in four-byte characters", "𝄞" * 20_000)]
    if schema.get("format") != "password" and each.place == "body":
        bad += [("a control character", "a\u0001b"), ("turned direction", "a\u202eb")]
    return bad
