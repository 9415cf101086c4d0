"""What must be true of taken time after any storm, asked of the rows alone: no constraint and no function of Ward's is
used, every pair of rows is compared."""

# Each gives one row for each trouble.
INVARIANTS = {
    "two of one seat overlap": """
        SELECT a.id, b.id AS other FROM occupancy a JOIN occupancy b ON b.hospital_id = a.hospital_id AND b.resource_id = a.resource_id
          AND b.seat = a.seat AND b.id > a.id AND b.starts_at < a.ends_at AND a.starts_at < b.ends_at""",
    "more are taken at once than there is room": """
        SELECT o.id FROM occupancy o JOIN resources r ON r.hospital_id = o.hospital_id AND r.id = o.resource_id
        WHERE (SELECT count(*) FROM occupancy p WHERE p.hospital_id = o.hospital_id AND p.resource_id = o.resource_id
          AND p.starts_at <= o.starts_at AND p.ends_at > o.starts_at) > r.capacity""",
    "more live appointments at once than the doctor sees": """
        WITH live AS (SELECT * FROM appointments WHERE status IN ('held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
        SELECT a.id FROM live a JOIN resources r ON r.hospital_id = a.hospital_id AND r.user_id = a.doctor_id
        WHERE (SELECT count(*) FROM live b WHERE b.hospital_id = a.hospital_id AND b.doctor_id = a.doctor_id
          AND b.starts_at <= a.starts_at AND b.ends_at > a.starts_at) > r.capacity""",
    "a live appointment does not have its doctor's time": """
        SELECT a.id FROM appointments a JOIN resources r ON r.hospital_id = a.hospital_id AND r.user_id = a.doctor_id
        WHERE a.status IN ('held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')
          AND (SELECT count(*) FROM occupancy o WHERE o.appointment_id = a.id AND o.resource_id = r.id
            AND o.starts_at = a.starts_at AND o.ends_at >= a.ends_at) <> 1""",
    "time is taken for an appointment that is over": """
        SELECT o.id FROM occupancy o JOIN appointments a ON a.hospital_id = o.hospital_id AND a.id = o.appointment_id
        WHERE a.status IN ('cancelled', 'expired', 'no_show', 'completed')""",
    "an appointment was not booked exactly once": """
        SELECT a.id FROM appointments a LEFT JOIN appointment_history h ON h.appointment_id = a.id AND h.step = 'booked'
        WHERE a.created_at > ward.now() - interval '7 days' GROUP BY a.id HAVING count(h.id) <> 1""",
    "an appointment's last step is not what it is": """
        SELECT a.id FROM appointments a JOIN LATERAL (SELECT h.status, h.starts_at FROM appointment_history h
            WHERE h.appointment_id = a.id ORDER BY h.at DESC, h.id DESC LIMIT 1) AS last ON true
        WHERE last.status <> a.status OR last.starts_at <> a.starts_at""",
    "of a booking of several steps only some are there": """
        SELECT b.id FROM bundles b JOIN bundle_steps s ON s.bundle_id = b.id GROUP BY b.id, b.status
        HAVING count(s.appointment_id) <> CASE b.status WHEN 'booked' THEN count(*) ELSE 0 END""",
    "a session has no appointment": """
        SELECT s.course_id, s.number FROM course_sessions s LEFT JOIN appointments a ON a.id = s.appointment_id
        WHERE s.status = 'booked' AND a.id IS NULL OR s.status = 'planned'""",
    "who waits was given a time that is not his": """
        SELECT w.id FROM waiting_entries w JOIN appointments a ON a.id = w.appointment_id
        WHERE w.status = 'scheduled' AND a.patient_id <> w.patient_id""",
}


def check(ward, ledger: dict, raw: dict, guests: int, doubts: int) -> list[str]:
    """Every trouble in one line. `ledger`: by the id of an appointment what was last acknowledged, as (statuses, start);
    `raw`: by the id of a row that was written by hand, its beginning; `guests` were told that they are booked, but no id;
    of `doubts` nobody knows."""
    troubles = []
    for name, statement in INVARIANTS.items():
        if rows := ward.sql(statement, "admin"):
            troubles.append(f"{name}: {len(rows)} times, such as {tuple(map(str, rows[0]))}")
    rows = ward.sql("SELECT id::text AS id, status, starts_at, series_id, course_id, EXISTS (SELECT FROM bundle_steps s"
                    " WHERE s.appointment_id = a.id) OR EXISTS (SELECT FROM waiting_offers o WHERE o.appointment_id = a.id)"
                    " AS by_job FROM appointments a WHERE created_at > ward.now() - interval '7 days'", "admin")
    found = {row.id: row for row in rows}
    for id, (statuses, start) in ledger.items():
        row = found.get(id)
        if row is None or row.status not in statuses or start and row.starts_at != start:
            troubles.append(f"{id}: acknowledged as {statuses} at {start}, is {row and (row.status, str(row.starts_at))}")
    strange = [row.id for row in rows if row.id not in ledger and not (row.series_id or row.course_id or row.by_job)]
    if not guests <= len(strange) <= guests + doubts:
        troubles.append(f"{len(strange)} appointments of guests; {guests} were told so and {doubts} were in doubt")
    kept = {str(row.id): row.starts_at for row in ward.sql("SELECT id, starts_at FROM occupancy", "admin")}
    troubles += [f"{id}: written by hand, is {kept.get(id)}" for id, start in raw.items() if kept.get(id) != start]
    return troubles
