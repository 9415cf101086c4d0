"""What a list costs while the tables grow: 10⁴ to 10⁶ alerts of a hospital, 2 (the demo's) to 1,000 hospitals."""

import math
import statistics

from . import contenders, system
from .report import gate

HOSPITALS = (2, 10, 100, 1000)
ALERTS = (10_000, 100_000, 1_000_000)
EACH = 1000  # alerts of each further hospital, 50 of them active
SECONDS = 2


def measure(options):
    """(hospitals, list/s) and (alerts, list/s): in each the other stays as it is."""
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        ward.fill(alerts=50)
        print("\nlist while the tables grow")
        seed_alerts(ward, 50, ALERTS[0])
        by_hospitals, before = [], HOSPITALS[0]
        for count in HOSPITALS:
            seed_hospitals(ward, before, count)
            by_hospitals.append((count, rate(ward, options, f"{count:,} hospitals")))
            before = count
        by_alerts, before = [], ALERTS[0]
        for count in ALERTS:
            seed_alerts(ward, before, count)
            by_alerts.append((count, rate(ward, options, f"{count:,} alerts")))
            before = count
        return by_hospitals, by_alerts


def rate(ward, options, what):
    ward.database.as_superuser("VACUUM ANALYZE alerts; ANALYZE hospitals; CHECKPOINT")
    ward.load("list", seconds=1, connections=options.connections)
    rates = [ward.load("list", seconds=SECONDS, connections=options.connections).per_second for _ in range(3)]
    print(f"  {what:18} {statistics.median(rates):7,.0f}/s", flush=True)
    return statistics.median(rates)


def seed_alerts(ward, start, end):
    insert(ward, f"'{ward.hospital}'::uuid, n", f"generate_series({start + 1}, {end}) AS n", "false")


def seed_hospitals(ward, start, end):
    """Hospitals beyond the demo's, each with the types and the alerts of a busy week."""
    if end == start:
        return
    ward.database.as_superuser(f"""
        INSERT INTO hospitals (id, organization_id, name, subdomain)
          SELECT gen_random_uuid(), (SELECT organization_id FROM hospitals WHERE id = '{ward.hospital}'),
            'Bench ' || n, 'bench-' || n FROM generate_series({start + 1}, {end}) AS n;
        INSERT INTO alert_types (hospital_id, code, title, class, default_urgency)
          SELECT id, 'fall', 'Fall', 'medical', 3 FROM hospitals WHERE subdomain LIKE 'bench-%' ON CONFLICT DO NOTHING""")
    numbers = f"substring(h.subdomain FROM 7)::int > {start}"
    insert(ward, "h.id, n", f"hospitals h, generate_series(1, {EACH}) AS n WHERE h.subdomain LIKE 'bench-%' AND {numbers}",
           f"n <= {50}")


def insert(ward, columns, source, active):
    """Alerts of the past months; without the checks of foreign keys, which hold by construction."""
    ward.database.as_superuser(f"""
        SET session_replication_role = replica;
        INSERT INTO alerts (hospital_id, id, room_number, alert_type, title, urgency, status, step_seconds, repeats,
          response_seconds, resolved_at, created_by_name, created_at)
        SELECT s.hospital, gen_random_uuid(), 'R' || s.n, 'fall', 'Fall', 1 + s.n % 5,
          CASE WHEN s.active THEN 'active' ELSE 'resolved' END, '{{900,1800,2700}}', false, 1800,
          CASE WHEN s.active THEN NULL ELSE now() END, 'Bench', now() - s.n * interval '7 seconds'
        FROM (SELECT v.hospital, v.n, {active.replace('n ', 'v.n ')} AS active FROM (SELECT {columns} FROM {source})
          AS v (hospital, n)) AS s""")


def slope(points):
    """Of the cost over the size, both as logarithms."""
    xs = [math.log(size) for size, _ in points]
    ys = [-math.log(rate) for _, rate in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def section(found):
    by_hospitals, by_alerts = found
    yield "## The list while the tables grow"
    yield ""
    for what, points in (("hospitals", by_hospitals), ("alerts of the hospital", by_alerts)):
        value = slope(points)
        yield (f"* {points[0][0]:,} to {points[-1][0]:,} {what}: slope **{value:.3f}** "
               f"({gate(value <= 0.05, '≤ 0.05')}).")
    yield ""
    yield (f"The cost of a request is 1 / (requests a second); the slope is that of its logarithm over the logarithm of "
           f"the size. Always the same 50 active alerts are listed. Each further hospital has {EACH:,} alerts, 50 of them "
           f"active; the demo hospital has {ALERTS[0]:,} meanwhile, and grows when there are {HOSPITALS[-1]:,} hospitals.")
    yield ""
    yield "| | size | requests/s |"
    yield "|---|---:|---:|"
    for what, points in (("hospitals", by_hospitals), ("alerts", by_alerts)):
        for size, rate in points:
            yield f"| {what} | {size:,} | {rate:,.0f} |"
    yield ""
