"""Files of appointments that another system has: booked as any are, all of them or none."""

import csv
import io
import uuid
from datetime import datetime, timedelta

import pytest
from api_raw import assert_refused
from availability_support import day_off, set_hours
from booking_support import at, booked, new_doctor, told
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import problems

WARD = {"environment": {"WARD_RATE_LIMITS": "off"}}


def written(rows: list[dict]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def patient(api) -> str:
    """A new patient's record number."""
    return api.do("admin", "POST", "/patients", {"name": "Ida Import", "mrn": f"I-{uuid.uuid4().hex[:12]}"})["mrn"]


@pytest.fixture
def doctor(api) -> dict:
    some = new_doctor(api)
    email = api.ward.sql("SELECT email FROM users WHERE id = %s", parameters=[some])[0].email
    return {"id": some, "email": email}


def line(api, doctor: dict, start, **more) -> dict:
    return {"mrn": patient(api), "doctor": doctor["email"], "startsAt": told(start), **more}


def check(api, rows: list[dict], who: str = "admin") -> dict:
    return api.do(who, "POST", "/imports/appointments/check", {"csv": written(rows)})


def run(api, rows: list[dict], who: str = "admin"):
    return api.call(who, "POST", "/imports/appointments", {"csv": written(rows)})


def told_of(report: dict) -> list[tuple]:
    return [(each["line"], each["column"], each["rule"]) for each in report["problems"]]


def counts(ward) -> list[int]:
    return [ward.sql(f"SELECT count(*) FROM {table}", "admin")[0][0] for table in (
        "appointments", "occupancy", "appointment_history", "resources", "events", "jobs", "patient_accesses", "reminders")]


def test_a_file_of_appointments(api, ward, doctor):
    """171: a file of appointments books each line as one by one, with its time taken, its history and its reason sealed"""
    rows = [line(api, doctor, at(api, 7, 9) + timedelta(minutes=30 * n), minutes=15 + n, medium="video" if n else "",
                 reason=f"Marker7713 {n}") for n in range(4)]
    assert check(api, rows)["problems"] == []
    report = run(api, rows)
    assert report.status_code == 201 and report.json()["data"]["imported"] == 4
    shown = api.do("admin", "GET", f"/appointments?doctorId={doctor['id']}")
    assert [(each["status"], each["medium"], each["details"]["reason"]) for each in shown] == [
        ("scheduled", "video" if n else "in_person", f"Marker7713 {n}") for n in range(4)]
    assert [datetime.fromisoformat(each["startsAt"]) for each in shown] == [datetime.fromisoformat(row["startsAt"]) for row in rows]
    assert ward.sql("SELECT count(*) FROM occupancy o JOIN appointments a ON a.id = o.appointment_id WHERE a.doctor_id = %s",
                    parameters=[doctor["id"]])[0][0] == 4
    assert "Marker7713" not in ward.log()
    assert told_of(check(api, rows)) == [(n + 2, None, "unique") for n in range(4)]
    assert assert_refused(run(api, rows), 400)["details"]["problems"]


def test_lines_that_cannot_be_booked(api, ward, doctor):
    """171, 169: each line in the way of what is booked, of another line or of the doctor's hours is told; nothing is booked"""
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
    set_hours(api, doctor["id"], [{"day": day, "start": "08:00", "end": "17:00"} for day in range(1, 8)])
    day_off(api, doctor["id"], date=str(at(api, 9).date()))
    booked(api, doctor["id"], at(api, 7, 9))
    good = line(api, doctor, at(api, 7, 12))
    rows = [
        good,
        line(api, doctor, at(api, 7, 9, 10)),  # over what is booked
        line(api, doctor, at(api, 7, 12, 5)),  # over the first line
        good,  # the first line again
        line(api, doctor, at(api, 7, 18)),  # after hours
        line(api, doctor, at(api, 9, 10)),  # a day off
        line(api, doctor, at(api, -1)),  # in the past
        line(api, doctor, at(api, 7, 13), service="nonsense"),
        line(api, doctor, at(api, 7, 14), medium="letter"),
        {**line(api, doctor, at(api, 7, 15)), "mrn": "NOBODY-1"},
        {**line(api, doctor, at(api, 7, 16)), "doctor": "nobody@demo.ward"},
        {**line(api, doctor, at(api, 7, 16)), "doctor": "nurse@demo.ward"},
    ]
    before = counts(ward)
    report = check(api, rows)
    assert told_of(report) == [
        (3, "startsAt", "conflict"), (4, "startsAt", "conflict"), (5, None, "unique"), (6, "startsAt", "conflict"),
        (7, "startsAt", "conflict"), (8, "startsAt", "future"), (9, "service", "exists"), (10, "medium", "enum"),
        (11, "mrn", "exists"), (12, "doctor", "exists"), (13, "doctor", "exists")]
    assert (report["lines"], report["valid"], report["imported"]) == (12, 1, 0)
    assert len(assert_refused(run(api, rows), 400)["details"]["problems"]) == 11
    assert counts(ward) == before
    assert run(api, [good]).status_code == 201


def test_who_and_whose(api, ward, doctor):
    """171, 75: only administrators import appointments, and for their own hospital's people alone; 500 lines at a time"""
    row = line(api, doctor, at(api, 8))
    for who in ("nurse", "doctor", "patient"):
        assert_refused(run(api, [row], who), 403)
    assert told_of(check(api, [row], "other admin")) == [(2, "mrn", "exists"), (2, "doctor", "exists")]
    refused = problems(api.call("admin", "POST", "/imports/appointments", {"csv": written([row] * 501)}))
    assert refused == {"csv": "maxItems"}
