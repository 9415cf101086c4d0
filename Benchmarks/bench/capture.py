"""Turns what Ward sends to PostgreSQL for one request into a script for pgbench, by reading it in the server's log.

So pgbench runs Ward's own SQL, whatever Ward becomes, and nobody has to keep a copy of it. Ids that Ward made for the
request are new in each transaction here too; every other parameter stays what it was.
"""

import json
import re
import time
import uuid

from .contenders import CREATE, LIST, alert

JOBS = {"list": ("GET", LIST, None), "create": ("POST", CREATE, alert())}
SETTINGS = {"log_destination": "'jsonlog'", "log_statement": "'all'", "log_parameter_max_length": "-1"}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ROOM = re.compile(r"\bR\d{1,9}\b")  # As contenders.py names them.


def statements(ward, job):
    """The (SQL, parameters) that one request makes Ward send, in order."""
    switch(ward.database, on=True)
    try:
        return one_request(ward, job, *JOBS[job])
    finally:
        switch(ward.database, on=False)


def switch(database, on):
    for name, value in SETTINGS.items():
        database.as_superuser(f"ALTER SYSTEM SET {name} = {value}" if on else f"ALTER SYSTEM RESET {name}")
    database.as_superuser("SELECT pg_reload_conf()")
    time.sleep(1)  # each of the server's processes reads the settings when it gets to it


def one_request(ward, job, method, path, body, tell_tale=None):
    mark = f"SELECT 'mark {uuid.uuid4()}'"
    ward.database.ask(mark, role="ward_serving")
    ward.request(method, path, body, ward.token)
    time.sleep(0.5)  # the log's writer is a process of its own
    lines = []
    for file in sorted((ward.database.cluster / "log").glob("*.json")):
        lines += [json.loads(line) for line in file.read_text().splitlines() if line.startswith("{")]
    start = max(number for number, line in enumerate(lines) if mark in line.get("message", ""))
    sent = [line for line in lines[start + 1:] if line.get("user") == "ward_serving"]
    tell_tale = tell_tale or re.compile(r"\bINSERT INTO alerts\b" if job == "create" else r"\bFROM alerts\b")
    # Ward's engines speak on connections of their own; the request's is the one that touches what it is about.
    process = next((line["pid"] for line in sent if tell_tale.search(line.get("message", ""))), None)
    if process is None:
        raise SystemExit(f"{job}: the server's log does not show the request; is Ward on its own PostgreSQL?")
    result = []
    for line in sent:
        match = re.match(r"(?:statement|execute [^:]*): (.*)", line.get("message", ""), re.DOTALL)
        if match and line["pid"] == process:
            result.append((match[1].strip().rstrip(";"), parameters(line.get("detail", ""))))
    # What follows the commit in the same flush belongs to it, the next request does not.
    ends = [number for number, (sql, _) in enumerate(result) if sql == "COMMIT"]
    if ends:
        end = ends[0] + 1
        result = result[:end + (end < len(result) and "pg_logical_emit_message" in result[end][0])]
    return result


def parameters(detail):
    found = re.findall(r"\$(\d+) = (?:(NULL)|'((?:[^']|'')*)')", detail.partition("arameters: ")[2])
    return {int(number): None if null else text.replace("''", "'") for number, null, text in found}


def script(sent, known):
    """A pgbench script and its variables. `known` are ids that are the same in every request."""
    constants, lines, fresh = {}, [], {}
    for position, (sql, values) in enumerate(sent):
        def place(match):
            number = int(match[1])
            value = values[number]
            if value is None:
                return "NULL"
            name = f"p{position}_{number}"
            made = [found for found in dict.fromkeys(ID.findall(value)) if found not in known]
            constants[name] = value
            text = f":{name}"
            for found in made:
                random = fresh.setdefault(found, f"r{len(fresh)}")
                text = f"replace({text}, '{found}', '{found[:24]}' || lpad(to_hex(:{random}::bigint), 12, '0'))"
            for room in dict.fromkeys(ROOM.findall(value)):
                # Another room each time, or every call would wait for the one before and then only count.
                random = fresh.setdefault(room, f"r{len(fresh)}")
                text = f"replace({text}, '{room}', 'R' || :{random}::bigint)"
            return f"({text})::uuid" if made and ID.fullmatch(value) else text

        lines.append(re.sub(r"\$(\d+)\b", place, sql) + ";")
    randoms = [f"\\set {name} random(1, 281474976710655)" for name in fresh.values()]
    # One flush, as well as the protocol allows it: nobody can be faster with the same statements.
    return "\n".join([*randoms, "\\startpipeline", *lines, "\\endpipeline"]) + "\n", constants
