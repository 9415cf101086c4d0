"""What Ward sends for one booking, as templates: for pgbench, which repeats it, and for Express, which does the same work."""

import datetime
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass

from . import capture, contenders

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0+)?(Z|\+00)")
TELL_TALE = re.compile(r"INSERT INTO appointments AS a\b")
DAYS = datetime.timedelta(days=3)


@dataclass
class Sent:
    """Statements with their parameters, what moves in them, and when the booking began."""

    statements: list
    start: datetime.datetime
    moving: dict
    known: set

    @property
    def texts(self):
        return [text for text, _ in self.statements]

    def pieces(self, value):
        """A parameter as a list of texts and of what stands between them: (kind, …)."""
        found = []
        for match in TIME.finditer(value):
            at = datetime.datetime.fromisoformat(f"{match[1]}T{match[2]}+00:00")
            if abs(at - self.start) <= DAYS:
                form = "json" if match[3] == "Z" else "pg"
                found.append((match.start(), match.end(), ("time", int((at - self.start).total_seconds()), form)))
        for match in capture.ID.finditer(value):
            if match[0] in self.moving:
                found.append((match.start(), match.end(), (self.moving[match[0]],)))
            elif match[0] not in self.known:
                found.append((match.start(), match.end(), ("new", match[0])))
        result, place = [], 0
        for begin, end, piece in sorted(found):
            result += [value[place:begin], piece]
            place = end
        return [each for each in [*result, value[place:]] if each != ""]


def captured(ward, prepares, body):
    capture.switch(ward.database, on=True)
    try:
        ward.request("POST", "/api/v1/appointments", prepares, ward.token)
        statements = capture.one_request(ward, "book", "POST", "/api/v1/appointments", body, TELL_TALE)
    finally:
        capture.switch(ward.database, on=False)
    tail = body["doctorId"][-12:]
    known = set(ward.database.ask("SELECT id FROM hospitals UNION SELECT id FROM users UNION SELECT id FROM sessions"
                                  " UNION SELECT id FROM departments UNION SELECT id FROM locations").split())
    return Sent(statements, datetime.datetime.fromisoformat(body["startsAt"]), {
        body["doctorId"]: "doctor", f"00000000-0000-4000-c000-{tail}": "resource", body["patientId"]: "patient"}, known)


def for_express(space, sent):
    """A file with the statements and, for each message, their parameters as templates."""
    statements, messages, fresh = {}, [[], [], []], {}
    place = 0
    for n, (text, values) in enumerate(sent.statements):
        # Ward lets go of its locks at the commit and flushes right behind it; Express commits plainly, and no less safely.
        if "pg_logical_emit_message" in text:
            continue
        values = {k: "on" if values.get(k - 1) == "synchronous_commit" else value for k, value in values.items()}
        parts = [None if values[k] is None else [
            each if isinstance(each, str) else ["new", fresh.setdefault(each[1], len(fresh))] if each[0] == "new" else list(each)
            for each in sent.pieces(values[k])] for k in sorted(values)]
        is_booking = bool(TELL_TALE.search(text))
        name = f"s{n}"
        if parts:
            statements[name] = text
        if is_booking:
            place = 1
        messages[place].append({"name": name if parts else None, "text": None if parts else text, "values": parts,
                                "isBooking": is_booking})
        if is_booking:
            place = 2
    file = space.folder / "booking.json"
    file.write_text(json.dumps({"statements": statements, "messages": messages, "fresh": len(fresh)}))
    return file


class Pgbench:
    """The same SQL without any server in between; each at a time of its own, behind all that the others book."""

    name = "pgbench"

    def __init__(self, ward, space, sent):
        self.database, self.folder, self.base = ward.database, space.folder, 200_000
        self.script = space.folder / "booking.sql"
        self.variables, fresh, lines = {}, {}, []
        for n, (text, values) in enumerate(sent.statements):
            types = self._types(text) if values else []

            def place(match, n=n, values=values, types=types):
                return f'({self._value(f"p{n}_{match[1]}", values[int(match[1])], sent, fresh)})::{types[int(match[1]) - 1]}'
            lines.append(re.sub(r"\$(\d+)\b", place, text) + ";")
        start = sent.start.strftime("%Y-%m-%d %H:%M:%S+00")
        head = ["\\set i :i + 1", "\\set slot :base + :i * 64 + :client_id", "\\set d :slot % 50", "\\set p :slot % 1000",
                *(f"\\set {name} random(1, 281474976710655)" for name in fresh.values())]
        self.variables["start"] = start
        self.script.write_text("\n".join([*head, "\\startpipeline", *lines, "\\endpipeline"]) + "\n")

    def _types(self, text):
        """What PostgreSQL takes a statement's parameters for: pgbench makes a parameter of each place one is named at."""
        return self.database.ask(
            f"PREPARE it AS {text};\nSELECT unnest(parameter_types)::text FROM pg_prepared_statements", role="ward_serving").split("\n")

    def _value(self, name, value, sent, fresh):
        if value is None:
            return "NULL"
        pieces = sent.pieces(value)
        if all(isinstance(each, str) for each in pieces):
            return self._constant(name, value)
        if len(pieces) == 1 and pieces[0][0] == "time":
            return f"(:start::timestamptz + (:slot::bigint * 900 + {pieces[0][1]}) * interval '1 second')"
        text = []
        for each in pieces:
            if isinstance(each, str):
                text.append(self._constant(f"{name}_{len(text)}", each))
            elif each[0] == "time":
                text.append(self._constant(f"{name}_{len(text)}", sent.start.strftime("%Y-%m-%dT%H:%M:%SZ")))
            elif each[0] == "new":
                variable = fresh.setdefault(each[1], f"r{len(fresh)}")
                text.append(f"'{each[1][:24]}' || lpad(to_hex(:{variable}::bigint), 12, '0')")
            else:
                group, variable = {"doctor": ("b000", "d"), "resource": ("c000", "d"), "patient": ("a000", "p")}[each[0]]
                text.append(f"'00000000-0000-4000-{group}-' || lpad(to_hex(:{variable}::bigint), 12, '0')")
        return " || ".join(text)

    def _constant(self, name, text):
        """By name, since pgbench takes each colon with a letter or digit behind it for a variable's, in a text too."""
        self.variables[name] = text
        return f":{name}::text"

    def load(self, seconds, connections):
        log = self.folder / "pgbench"
        for old in self.folder.glob("pgbench.*"):
            old.unlink()
        command = [self.database.program("pgbench"), "-n", "-M", "prepared", "-j", "1", "-c", str(connections), "-T", str(seconds),
                   "-f", str(self.script), "-l", "--log-prefix", str(log), "-D", "i=0", "-D", f"base={self.base}"]
        for name, value in self.variables.items():
            command += ["-D", f"{name}={value}"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=self.folder,
                                env={**os.environ, **self.database.environment("ward_serving")})
        if result.returncode != 0 or "aborted" in result.stderr:
            sys.exit(f"pgbench failed:\n{result.stdout}{result.stderr[:3000]}")
        times = sorted(int(line.split()[2]) for file in self.folder.glob("pgbench.*") for line in file.read_text().splitlines())
        # Each client has had its own part of them.
        self.base += 64 * (len(times) // connections * 2 + 100)
        rate = float(re.search(r"tps = ([\d.]+)", result.stdout)[1])
        return contenders.Result(rate, times[len(times) // 2] / 1000, times[len(times) * 99 // 100] / 1000)
