"""Figures equal what is counted by hand: interruptions, hours on duty, answers, buckets, steps."""

import uuid
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from api_support import own_ward
from hospital import Hospital, moment

ZONE = "Europe/Berlin"
# The night in which the clocks are put back: Berlin's 25 October 2026 has a night shift of nine hours.
CHANGE = datetime(2026, 10, 24, 0, 0, tzinfo=ZoneInfo(ZONE))


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        running.sql("UPDATE hospitals SET time_zone = %s", role="admin", parameters=[ZONE])
        yield running


@pytest.fixture
def hospital(ward):
    """Demo General with nothing counted yet."""
    there = Hospital(ward)
    for table in ("alert_interruptions", "duty_periods", "deliveries", "notifications", "reply_codes",
                  "alert_timers", "alert_pages", "alert_escalations",
                  "alert_acknowledgments", "alert_changes", "alerts"):
        ward.sql(f"DELETE FROM {table}", role="admin")
    yield there


def utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def fatigue(hospital, start: datetime, end: datetime, **more) -> dict[tuple, dict]:
    query = "&".join(f"{name}={value}" for name, value in {
        "startDate": utc(start), "endDate": utc(end), "limit": 100, **more}.items()).replace("+", "%2B")
    rows = hospital.do("admin", "GET", f"/alert-fatigue?{query}")
    return {(row["departmentName"], row["shift"]): row for row in rows}


class Past:
    """Writes what has happened at a moment long ago, as the owner of the database."""

    def __init__(self, hospital):
        self.hospital, self.sql = hospital, hospital.ward.sql
        self.er = hospital.department("ER")

    def duty(self, who: str, start: datetime, end: datetime | None, department: str | None = None) -> None:
        self.sql("INSERT INTO duty_periods (hospital_id, id, user_id, department_id, started_at, ended_at)"
                 " VALUES (%s, %s, %s, %s, %s, %s)", role="admin",
                 parameters=[self.hospital.id, uuid.uuid4(), self.hospital.user(who), department or self.er, start, end])

    def alert(self, at: datetime, answered: int | None = None, department: str | None = None, repeats: int = 0) -> str:
        made = str(uuid.uuid4())
        self.sql("INSERT INTO alerts (hospital_id, id, department_id, room_number, alert_type, title, urgency, status,"
                 " step_seconds, repeats, response_seconds, created_at, repeat_count)"
                 " VALUES (%s, %s, %s, '1', 'fall', 'Fall', 3, 'cancelled', '{900}', false, 900, %s, %s)", role="admin",
                 parameters=[self.hospital.id, made, department or self.er, at, repeats])
        if answered is not None:
            self.sql("INSERT INTO alert_acknowledgments (hospital_id, id, alert_id, user_id, user_name, acknowledged_at)"
                     " VALUES (%s, %s, %s, %s, 'N', %s)", role="admin", parameters=[
                         self.hospital.id, uuid.uuid4(), made, self.hospital.user("nurse"),
                         at + timedelta(seconds=answered)])
        return made

    def page(self, alert: str, who: str, at: datetime) -> None:
        self.sql("INSERT INTO alert_interruptions (hospital_id, id, alert_id, user_id, department_id, paged_at)"
                 " VALUES (%s, %s, %s, %s, %s, %s)", role="admin",
                 parameters=[self.hospital.id, uuid.uuid4(), alert, self.hospital.user(who), self.er, at])


def test_shifts_are_cut_where_the_hospitals_clocks_say(hospital):
    """124: hours on duty fall into day, evening and night of the hospital's zone, also in the night that has an hour more"""
    past = Past(hospital)
    hours = lambda n: timedelta(hours=n)
    # From Saturday 06:00 to Sunday 08:00 by the wall clock: 27 hours, since the clocks go back at three.
    begin = CHANGE.replace(hour=6)
    end = (CHANGE + timedelta(days=1)).replace(hour=8)
    past.duty("nurse", begin, end)
    rows = fatigue(hospital, CHANGE, CHANGE + timedelta(days=2))
    found = {shift: row["staffHours"] for (name, shift), row in rows.items() if name == "Emergency"}
    assert found == {"day": 8 + 1, "evening": 8, "night": 1 + 9}
    assert sum(found.values()) == 27
    # A period of the report that begins within the shift counts from there.
    rows = fatigue(hospital, begin + hours(4), begin + hours(6))
    assert {shift: row["staffHours"] for (_, shift), row in rows.items()} == {"day": 2}


def test_fatigue_is_what_happened(hospital):
    """124: interruptions per staff-hour, share acted on, repeats merged, time to acknowledge p50 and p95"""
    past = Past(hospital)
    noon = CHANGE.replace(hour=12) - timedelta(days=3)
    past.duty("nurse", noon - timedelta(hours=2), noon + timedelta(hours=2))
    past.duty("doctor", noon, noon + timedelta(hours=1))
    for n, seconds in enumerate((10, 20, 30, 40, None)):
        alert = past.alert(noon + timedelta(minutes=n), answered=seconds, repeats=n)
        past.page(alert, "nurse", noon + timedelta(minutes=n))
    past.page(alert, "doctor", noon + timedelta(minutes=9))
    past.alert(noon, department=hospital.department("ICU"))
    rows = fatigue(hospital, noon - timedelta(days=1), noon + timedelta(days=1))
    assert set(rows) == {("Emergency", "day"), ("Intensive Care", "day")}
    row = rows["Emergency", "day"]
    assert (row["interruptions"], row["staffHours"], row["interruptionsPerStaffHour"]) == (6, 5, 1.2)
    assert (row["alerts"], row["actedOn"], row["shareActedOn"], row["repeatsMerged"]) == (5, 4, 0.8, 10)
    assert (row["acknowledgeP50Seconds"], row["acknowledgeP95Seconds"]) == (25, 38.5)
    quiet = rows["Intensive Care", "day"]
    assert (quiet["interruptions"], quiet["staffHours"], quiet["interruptionsPerStaffHour"]) == (0, 0, None)
    assert (quiet["alerts"], quiet["shareActedOn"], quiet["acknowledgeP50Seconds"]) == (1, 0, None)
    only = fatigue(hospital, noon - timedelta(days=1), noon + timedelta(days=1), departmentId=past.er)
    assert only == {("Emergency", "day"): row}


def test_every_page_is_an_interruption(hospital):
    """124: what people do is counted: each page to each person, repetitions too, and duty from its begin to its end"""
    counted = lambda: hospital.ward.sql("SELECT count(*) FROM alert_interruptions")[0][0]
    hospital.on_duty("nurse", False)
    hospital.on_duty("nurse", True)
    alert = hospital.raise_alert(5, departmentId=hospital.department("ER"))
    assert counted() == 1
    hospital.shift_to(alert, 5, seconds=1)
    hospital.catch_up()
    assert counted() == 2
    hospital.shift_to(alert, 20, seconds=1)
    hospital.catch_up()
    hospital.shift_to(alert, 25, seconds=1)
    hospital.catch_up()
    # Tier 3 is the head doctor, tier 4 the administrator, who is paged twice by now.
    assert counted() == sum(times for _, _, times in hospital.pages(alert)) == 5
    hospital.acknowledge(alert, "admin")
    hospital.on_duty("nurse", False)
    periods = hospital.ward.sql("SELECT started_at, ended_at FROM duty_periods WHERE user_id = %s ORDER BY started_at",
                                parameters=[hospital.user("nurse")])
    assert [row.ended_at is None for row in periods] == [False]
    assert timedelta(minutes=25) <= periods[0].ended_at - periods[0].started_at < timedelta(minutes=30)
    hospital.on_duty("nurse", True)
    hospital.resolve(alert)
    rows = fatigue(hospital, moment(alert["createdAt"]) - timedelta(minutes=1), hospital.ward.now() + timedelta(minutes=1))
    assert sum(row["interruptions"] for row in rows.values()) == 5
    assert sum(row["alerts"] for row in rows.values()) == sum(row["actedOn"] for row in rows.values()) == 1


def test_answers_and_buckets_are_counted(hospital):
    """124, 315: response times, what climbed, and the alerts of each day by the hospital's calendar"""
    past = Past(hospital)
    # 23:30 and 00:30 in Berlin are two days, and one in UTC.
    late = CHANGE.replace(hour=23, minute=30) - timedelta(days=5)
    for at, answered in ((late, 60), (late + timedelta(minutes=10), 120), (late + timedelta(hours=1), None)):
        past.alert(at, answered=answered)
    days = f"startDate={utc(late - timedelta(days=1))}&endDate={utc(late + timedelta(days=1))}"
    buckets = hospital.do("admin", "GET", f"/alert-analytics?{days}&groupBy=day")
    assert [(row["alerts"], row["acknowledged"], row["averageAcknowledgeSeconds"]) for row in buckets] == [
        (2, 2, 90), (1, 0, None)]
    assert [moment(row["startsAt"]) for row in buckets] == [
        late.replace(hour=0, minute=0), late.replace(hour=0, minute=0) + timedelta(days=1)]
    one = hospital.do("admin", "GET", f"/alert-analytics?{days}&groupBy=month")
    assert [row["alerts"] for row in one] == [3]
    answers = hospital.do("admin", "GET", f"/alert-response-analytics?{days}")
    assert (answers["alerts"], answers["acknowledged"], answers["escalated"], answers["escalationRate"]) == (3, 2, 0, 0)
    assert (answers["acknowledgeAverageSeconds"], answers["acknowledgeP50Seconds"]) == (90, 90)
    assert answers["resolveP50Seconds"] is None
    history = hospital.do("admin", "GET", f"/alert-history?{days}&limit=2")
    assert [moment(row["createdAt"]) for row in history] == [late + timedelta(hours=1), late + timedelta(minutes=10)]


def test_what_is_open_and_what_climbs(hospital):
    """124, 132: counts by status and urgency, tiers, what is overdue, and the five that climb next"""
    alerts = {urgency: hospital.raise_alert(urgency) for urgency in (1, 2, 3, 5)}
    hospital.acknowledge(alerts[3])
    stats = hospital.do("admin", "GET", "/alert-stats")
    assert (stats["active"], stats["acknowledged"], stats["raised24h"]) == (3, 1, 4)
    assert stats["openByUrgency"] == [{"urgencyLevel": each, "count": 1} for each in (5, 3, 2, 1)]
    climbing = hospital.do("nurse", "GET", "/active-escalations")
    assert climbing["byTier"] == [{"tier": 1, "count": 3}] and climbing["overdue"] == 0
    assert [row["id"] for row in climbing["next"]] == [alerts[each]["id"] for each in (5, 2, 1)]
    assert moment(climbing["next"][0]["nextEscalationAt"]) == moment(alerts[5]["nextEscalationAt"])
    status = hospital.do("nurse", "GET", f"/alerts/{alerts[5]['id']}/escalation-status")
    assert (status["tier"], status["lastTier"], status["repeats"]) == (1, 4, True)
    assert 290 < status["remainingSeconds"] <= 300
    hospital.do("head", "POST", f"/alerts/{alerts[5]['id']}/escalation")
    steps = hospital.do("nurse", "GET", f"/alerts/{alerts[5]['id']}/escalations")
    assert [(row["fromTier"], row["toTier"], row["reason"], row["actorName"]) for row in steps] == [
        (1, 2, "manual", hospital.name("head"))]
    metrics = hospital.do("admin", "GET", "/alert-metrics?timeRange=1h")
    assert (metrics["activeAlerts"], metrics["acknowledgedAlerts"], metrics["raised"], metrics["escalations"]) == (3, 1, 4, 1)
    on_duty = hospital.ward.sql("SELECT count(*) FROM memberships WHERE is_on_duty AND hospital_id = %s",
                                parameters=[hospital.id])[0][0]
    assert metrics["onDutyStaff"] == on_duty
    hospital.resolve(alerts[3])
    assert hospital.do("admin", "GET", "/alert-stats")["resolved24h"] == 1


@pytest.mark.parametrize("path, field", [
    ("/alert-fatigue?startDate=2026-01-02T00:00:00Z&endDate=2026-01-01T00:00:00Z", "endDate"),
    ("/alert-analytics?startDate=2020-01-01T00:00:00Z&endDate=2026-01-01T00:00:00Z", "startDate"),
    ("/alert-analytics?groupBy=year", "groupBy"),
    ("/alert-response-analytics?timeRange=24h&startDate=2026-01-01T00:00:00Z", "timeRange"),
    ("/alert-metrics?departmentId=00000000-0000-4000-8000-0000000000ff", "departmentId"),
])
def test_a_period_must_make_sense(hospital, path, field):
    """13: an end before the beginning, more than 400 days, a word of no list or somebody's department are refused by name"""
    answer = hospital.call("admin", "GET", path)
    assert answer.status_code == 400, answer.text
    assert [each["path"] for each in answer.json()["details"]["fields"]] == [field]


def test_only_who_leads_sees_figures(hospital):
    """9: nurses and operators may not see figures of people's work, and another hospital's are its own"""
    hospital.raise_alert(3)
    for who in ("nurse", "operator", "doctor"):
        assert hospital.call(who, "GET", "/alert-fatigue").json()["details"]["requiredPermission"] == "view_analytics"
    assert hospital.do("other admin", "GET", "/alert-stats")["active"] == 0
    assert hospital.do("other admin", "GET", "/alert-fatigue") == []
