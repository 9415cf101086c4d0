"""Booking an appointment with its audit row, beside Express and pgbench; the search for free times; both while the hospital's
appointments grow from 10⁴ to 10⁶."""

import datetime
import http.client
import json
import math
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from . import booking_script, contenders, system
from .growth import slope
from .report import gate

DOCTORS, PATIENTS, DAYS = 50, 1000, 14
BATCHED = "/batched/appointments"
SIZES = (10_000, 100_000, 1_000_000)
# Ids by number, so that a script can name any of them.
DOCTOR, RESOURCE, PATIENT = (f"00000000-0000-4000-{group}-" for group in ("b000", "c000", "a000"))


@dataclass
class Result:
    rates: dict
    memory: dict
    slots: list = field(default_factory=list)
    free: int = 0
    sizes: list = field(default_factory=list)
    statements: list = field(default_factory=list)


def number(prefix, n):
    return f"{prefix}{n:012x}"


class Booked:
    """Counts what was booked, so that no time is asked for twice."""

    def __init__(self, ward):
        self.ward = ward
        today = int(time.time()) // 86400 * 86400
        self.first_day = today + 40 * 86400
        self.next = 0

    def start(self, n):
        slot = n // DOCTORS
        at = self.first_day + slot // 40 * 86400 + 8 * 3600 + slot % 40 * 900
        return datetime.datetime.fromtimestamp(at, datetime.timezone.utc)

    def body(self):
        n, self.next = self.next, self.next + 1
        return {"patientId": number(PATIENT, n % PATIENTS), "doctorId": number(DOCTOR, n % DOCTORS),
                "service": "general-consultation", "startsAt": self.start(n).strftime("%Y-%m-%dT%H:%M:%SZ")}

    def load(self, server, seconds, connections, path="/api/v1/appointments"):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s",
                   "-H", f"Authorization: Bearer {self.ward.token}", "-s", str(contenders.HERE / "booking.lua"),
                   server.address + path, "--", str(self.next), str(self.first_day)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            sys.exit(f"{server.name} refused or failed bookings:\n{output}")
        self.next += int(re.search(r"(\d+) requests in", output)[1]) + 10 * connections
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
        return contenders.Result(rate, contenders.percentile(output, 50), contenders.percentile(output, 99))


def measure(options):
    print("\nbooking")
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        prepare(ward)
        booked = Booked(ward)
        sent = booking_script.captured(ward, booked.body(), booked.body())
        os.environ["BOOKING"] = str(booking_script.for_express(space, sent))
        express = contenders.Express(ward, space)
        compare(ward, express, booked)
        pgbench = booking_script.Pgbench(ward, space, sent)
        loads = {"ward": lambda s: booked.load(ward, s, options.connections),
                 "express": lambda s: booked.load(express, s, options.connections),
                 "express, batched": lambda s: booked.load(express, s, options.connections, BATCHED),
                 "pgbench": lambda s: pgbench.load(s, options.connections)}
        result = Result(*rounds(loads, {"ward": ward, "express": express}, options), statements=sent.texts)
        express.process.terminate()
        result.slots, result.free = slots(ward)
        result.sizes = growth(ward, booked, options)
        return result


def prepare(ward):
    """Doctors who see people from 8 to 18 every day, of whose next weeks half is taken, and a nurse who books."""
    zone = ward.request("POST", "/api/v1/sessions", {"email": "admin@demo.ward", "password": "ward-demo-2026"})["data"]["token"]
    ward.request("PATCH", "/api/v1/hospital", {"timeZone": "UTC"}, zone)
    ward.token = ward.request("POST", "/api/v1/sessions", {"email": "nurse@demo.ward", "password": "ward-demo-2026"})["data"]["token"]
    hospital = ward.hospital
    ward.database.as_superuser(f"""
        INSERT INTO users (id, email, name) SELECT ('{DOCTOR}' || lpad(to_hex(n), 12, '0'))::uuid, 'dr' || n || '@demo.ward',
          'Dr ' || n FROM generate_series(0, {DOCTORS - 1}) AS n;
        INSERT INTO memberships (hospital_id, user_id, role) SELECT '{hospital}', id, 'doctor' FROM users
          WHERE email LIKE 'dr%@demo.ward' AND id::text LIKE '{DOCTOR}%';
        INSERT INTO resources (hospital_id, id, kind, user_id) SELECT '{hospital}', ('{RESOURCE}' || right(id::text, 12))::uuid,
          'doctor', id FROM users WHERE id::text LIKE '{DOCTOR}%';
        INSERT INTO working_hours (hospital_id, id, resource_id, weekday, starts_at, ends_at)
          SELECT hospital_id, gen_random_uuid(), id, day, '08:00', '18:00' FROM resources, generate_series(1, 7) AS day
          WHERE id::text LIKE '{RESOURCE}%';
        INSERT INTO patients (hospital_id, id, mrn, name) SELECT '{hospital}', ('{PATIENT}' || lpad(to_hex(n), 12, '0'))::uuid,
          'B' || n, 'B' FROM generate_series(0, {PATIENTS - 1}) AS n;""")
    # Each other quarter of the days that are searched, and what comes before them.
    fill(ward, f"""generate_series(0, {DOCTORS - 1}) AS d, generate_series(0, 19) AS day, generate_series(0, 19) AS slot""",
         "date_trunc('day', now(), 'UTC') + day * interval '1 day' + interval '8 hours' + slot * interval '30 minutes'")
    # Whoever speaks as Ward's role, Ward or a peer, has the plans that Ward asks for (Docs/adr/0004).
    ward.database.as_superuser("""ALTER ROLE ward_serving SET plan_cache_mode = force_generic_plan;
        ALTER ROLE ward_serving SET enable_seqscan = off""")
    ward.restart()
    ward.database.as_superuser("VACUUM ANALYZE")


def fill(ward, source, start):
    """Appointments and what they take, without the checks of foreign keys, which hold by construction."""
    ward.database.as_superuser(f"""
        SET session_replication_role = replica;
        CREATE TEMPORARY TABLE made AS SELECT (substr(ward.first_id(now())::text, 1, 13) || '-7' || substr(md5(random()::text), 1, 3)
            || '-8' || substr(md5(random()::text), 1, 3) || '-' || substr(md5(random()::text), 1, 12))::uuid AS id, d,
          {start} AS t, (random() * {PATIENTS - 1})::int AS p FROM {source};
        INSERT INTO appointments (hospital_id, id, patient_id, doctor_id, service, medium, status, starts_at, ends_at)
          SELECT '{ward.hospital}', id, ('{PATIENT}' || lpad(to_hex(p), 12, '0'))::uuid, ('{DOCTOR}' || lpad(to_hex(d), 12, '0'))::uuid,
            'general-consultation', 'in_person', 'scheduled', t, t + interval '15 minutes' FROM made;
        INSERT INTO occupancy (hospital_id, id, resource_id, starts_at, ends_at, appointment_id)
          SELECT '{ward.hospital}', id, ('{RESOURCE}' || lpad(to_hex(d), 12, '0'))::uuid, t, t + interval '15 minutes', id FROM made;
        INSERT INTO appointment_history (hospital_id, id, appointment_id, step, status, starts_at, ends_at)
          SELECT '{ward.hospital}', id, id, 'booked', 'scheduled', t, t + interval '15 minutes' FROM made""")


def compare(ward, express, booked):
    """The peer leaves the same rows and answers with the same, or nothing counts."""
    seen = []
    for server, path in ((ward, "/api/v1/appointments"), (express, "/api/v1/appointments"), (express, BATCHED)):
        data = server.request("POST", path, booked.body(), ward.token)["data"]
        made = {"id", "patientId", "doctorId", "doctorName", "startsAt", "createdAt", "updatedAt", "endsAt", "createdBy"}
        rows = ward.database.ask(f"""SELECT (SELECT count(*) FROM occupancy WHERE appointment_id = '{data['id']}'),
          (SELECT count(*) FROM appointment_history WHERE appointment_id = '{data['id']}'),
          (SELECT count(*) FROM audit_log WHERE resource_id = '{data['id']}'),
          (SELECT count(*) FROM appointment_reminders WHERE appointment_id = '{data['id']}'),
          (SELECT count(*) FROM events WHERE payload LIKE '%{data['id']}%')""")
        seen.append(({name: None if name in made else value for name, value in data.items()}, rows))
    for other in seen[1:]:
        if other != seen[0]:
            sys.exit(f"booking: answers or rows differ:\n{seen[0]}\n{other}")


def rounds(loads, servers, options):
    for _ in range(2):
        for load in loads.values():
            load(min(3, options.seconds))
    found = {name: [] for name in loads}
    for turn in range(options.rounds):
        for name, load in loads.items():
            found[name].append(load(options.seconds))
            print(f"  round {turn + 1}  {name:16} {found[name][-1].per_second:9,.0f}/s   p99 {found[name][-1].p99_ms:7.2f} ms", flush=True)
    middle = {}
    for name, each in found.items():
        rate = statistics.median(one.per_second for one in each)
        middle[name] = min(each, key=lambda one: abs(one.per_second - rate))
    return middle, {name: server.memory() for name, server in servers.items()}


def slots(ward, times=200):
    """Milliseconds of searches by one connection, sorted, and how many free times there were."""
    place = urlsplit(ward.address)
    line = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    first = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    path = "/api/v1/slots?from={:%Y-%m-%dT%H:%M:%SZ}&to={:%Y-%m-%dT%H:%M:%SZ}&service=general-consultation".format(
        first, first + datetime.timedelta(days=DAYS))
    took = []
    for _ in range(times + 20):
        began = time.perf_counter()
        line.request("GET", path, headers={"Authorization": f"Bearer {ward.token}"})
        answer = line.getresponse()
        body = answer.read()
        took.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            sys.exit(f"slots: {answer.status} {body[:500]}")
    free = [each for each in json.loads(body)["data"]["openings"] if each["doctorId"].startswith(DOCTOR)]
    if len(free) != DOCTORS:
        sys.exit(f"slots: {len(free)} doctors instead of {DOCTORS}")
    return sorted(took[20:]), sum(len(each["starts"]) for each in json.loads(body)["data"]["openings"])


def growth(ward, booked, options):
    """(appointments, bookings a second, p50 of a search in ms) while the past grows."""
    found = []
    for size in SIZES:
        there = int(ward.database.ask("SELECT count(*) FROM appointments"))
        if size > there:
            each = math.ceil((size - there) / DOCTORS)
            before = int(ward.database.ask(
                f"SELECT count(*) FROM occupancy WHERE resource_id = '{number(RESOURCE, 0)}' AND starts_at < now() - interval '2 days'"))
            fill(ward, f"generate_series(0, {DOCTORS - 1}) AS d, generate_series({before}, {before + each - 1}) AS k",
                 "date_trunc('hour', now()) - interval '3 days' - k * interval '15 minutes'")
        ward.database.as_superuser("VACUUM ANALYZE appointments, occupancy, appointment_history; CHECKPOINT")
        count = int(ward.database.ask("SELECT count(*) FROM appointments"))
        booked.load(ward, 1, options.connections)
        rates = [booked.load(ward, 2, options.connections).per_second for _ in range(3)]
        took, _ = slots(ward, 60)
        found.append((count, statistics.median(rates), took[len(took) // 2]))
        print(f"  {count:9,} appointments   {found[-1][1]:7,.0f} bookings/s   search {found[-1][2]:6.2f} ms", flush=True)
    return found


def section(result):
    ward, express, pgbench = (result.rates[name].per_second for name in ("ward", "express", "pgbench"))
    p95 = result.slots[len(result.slots) * 95 // 100]
    book = slope([(count, rate) for count, rate, _ in result.sizes])
    search = slope([(count, 1 / took) for count, _, took in result.sizes])
    yield "## Book an appointment with its audit row, in one transaction"
    yield ""
    yield (f"Ward: **{ward / express:.2f}× Express** ({gate(ward >= 2 * express, '2×')}), **{ward / pgbench:.0%} of pgbench** "
           f"({gate(ward >= 0.55 * pgbench, '55 %')}).")
    yield ""
    yield ("What one booking writes: the appointment, what it takes of its doctor (under the constraint that nothing is taken "
           "twice), its history, two reminders and their jobs, who saw whose record, the audit row, the numbered event. Express sends "
           "Ward's statements to the same database, as the same role, and answers with the same: one awaited, named statement after "
           "the other, as node-pg's manual shows; *batched* in three messages of statements that were prepared before. pgbench "
           "sends them in one flush and decides nothing.")
    yield ""
    yield "| | bookings/s | × Express | % of pgbench | p50 ms | p99 ms | RSS MiB |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, each in result.rates.items():
        memory = f"{result.memory[name][0]:.0f}" if name in result.memory else ""
        yield (f"| {name} | {each.per_second:,.0f} | {each.per_second / express:.2f} | {each.per_second / pgbench:.0%} | "
               f"{each.p50_ms:.2f} | {each.p99_ms:.2f} | {memory} |")
    yield ""
    yield "## Free times"
    yield ""
    yield (f"All free times of {DOCTORS} doctors over {DAYS} days ({result.free:,} of them), one connection: p50 "
           f"{result.slots[len(result.slots) // 2]:.1f} ms, p95 **{p95:.1f} ms** ({gate(p95 <= 50, '≤ 50 ms')}).")
    yield ""
    yield "## Booking and free times while appointments grow"
    yield ""
    yield f"* Booking: slope **{book:.3f}** ({gate(book <= 0.05, '≤ 0.05')})."
    yield f"* The search for free times: slope **{search:.3f}** ({gate(search <= 0.05, '≤ 0.05')})."
    yield ""
    yield ("The slope is that of the logarithm of the cost (of a booking: 1 / (bookings a second)) over the logarithm of the number "
           "of appointments. It is the past that grows; the days that are searched stay as they are.")
    yield ""
    yield "| appointments | bookings/s | search p50 ms |"
    yield "|---:|---:|---:|"
    for count, rate, took in result.sizes:
        yield f"| {count:,} | {rate:,.0f} | {took:.2f} |"
    yield ""
