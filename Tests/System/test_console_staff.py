"""Staff in the browser: the directory, shifts, who is on call and when nobody is, files that are imported.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re
import uuid
from datetime import datetime, timedelta, timezone

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect
from test_console_members import hire, new_address, sign_in


def told(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def user(rest, who: str) -> str:
    return rest.call(who, "GET", "/session")["user"]["id"]


def monday(rest) -> datetime:
    """The first moment of this week, as the server's clock has it; the demo's zone is UTC."""
    now = datetime.fromisoformat(rest.call("admin", "GET", "/session")["serverTime"].replace("Z", "+00:00"))
    return (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(timezone.utc)


@pytest.fixture
def schedules(rest):
    """Removes the schedules on call that a test has made."""
    yield
    for each in rest.call("admin", "GET", "/on-call-schedules?limit=100"):
        rest.call("admin", "DELETE", f"/on-call-schedules/{each['id']}")


@pytest.fixture
def shifts(rest):
    """Removes the shifts of this week and the next."""
    yield
    start = monday(rest)
    for each in rest.call("admin", "GET", f"/shifts?from={told(start)}&to={told(start + timedelta(days=14))}&limit=100"):
        rest.call("admin", "DELETE", f"/shifts/{each['id']}")


def schedule(rest, *participants: str, name: str, start: datetime, **more) -> dict:
    layer = {"participants": list(participants), "rotation": "daily", "handover": "08:00",
             "startDate": start.date().isoformat(), **more}
    return rest.call("admin", "POST", "/on-call-schedules", {"name": name, "layers": [layer]})


def test_the_directory_tells_how_to_reach_somebody(console, rest):
    """93, 96: an administrator finds a colleague with telephone and address; a nurse finds doctors and who is on duty, without them"""
    made = hire(rest, role="doctor", phone="+49 30 4711", specialization="Cardiology")
    page = console.page("admin")
    page.goto(f"{console.base}/directory")
    page.get_by_label("Name or email").fill(made["name"])
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Cardiology")
    expect(row.get_by_role("link", name="+49 30 4711")).to_have_attribute("href", "tel:+49304711")
    page.get_by_label("Name or email").fill("")
    page.get_by_label("On duty now").check()
    expect(page.locator("tr", has_text="Nia Nurse")).to_contain_text("nurse@demo.ward")
    expect(page.locator("tr", has_text="Ada Admin")).to_have_count(0)
    shot(page, "directory", full_page=True)
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/directory")
    nurse.get_by_label("Name", exact=True).fill(made["name"])
    expect(nurse.locator("tbody tr")).to_have_count(1)
    expect(nurse.get_by_text("4711")).to_have_count(0)
    expect(nurse.get_by_text(made["email"])).to_have_count(0)


def test_a_schedule_on_call_is_made_and_its_gaps_are_shown(console, rest, schedules):
    """97: a schedule is made of people in turns; a time with nobody stands among the turns and above them in words"""
    page = console.page("head")
    page.goto(f"{console.base}/on-call")
    expect(page.get_by_text("There are no schedules on call yet.")).to_be_visible()
    page.get_by_role("button", name="New schedule").click()
    form = page.locator(".record-form")
    form.get_by_label("Name").fill("Cardiology at night")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Put somebody into every layer.")).to_be_visible()
    start = monday(rest)
    end = start + timedelta(days=5)
    for name in ("Dario Doctor (Doctor)", "Hanna Head (Head doctor)"):
        form.get_by_label("Who takes turns").select_option(label=name)
    form.get_by_role("button", name="Hanna Head one turn earlier").click()
    form.get_by_label("A turn lasts").select_option("daily")
    form.get_by_label("From").fill(start.date().isoformat())
    form.get_by_label("Until").fill(end.date().isoformat())
    shot(page, "on-call-form", full_page=True)
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="is saved")).to_be_visible()
    days = page.locator(".week-day")
    expect(days).to_have_count(7)
    expect(days.nth(0)).to_contain_text("00:00–08:00")
    expect(days.nth(0).locator(".week-gap")).to_have_count(1)
    expect(days.nth(0).locator(".week-part").last).to_contain_text("08:00–24:00")
    expect(days.nth(0).locator(".week-part").last).to_contain_text("Hanna Head")
    expect(days.nth(1).locator(".week-part").last).to_contain_text("Dario Doctor")
    expect(days.nth(6).locator(".week-gap")).to_contain_text("Nobody")
    expect(page.locator(".gaps")).to_contain_text("Cardiology at night: Nobody reachable on")
    shot(page, "on-call", full_page=True)
    made = rest.call("head", "GET", "/on-call-schedules")
    assert [each["layers"][0]["participants"] for each in made] == [[user(rest, "head"), user(rest, "doctor")]]


def test_somebody_stands_in_and_the_gap_is_closed(console, rest, schedules):
    """97: who stands in is marked in the week; ended, the rotation is back; a span backwards is refused at its field"""
    start = monday(rest)
    made = schedule(rest, user(rest, "doctor"), name="Nights", start=start - timedelta(days=7))
    page = console.page("head")
    page.goto(f"{console.base}/on-call")
    expect(page.locator(".week-part").first).to_contain_text("Dario Doctor")
    page.get_by_role("button", name="Week after").click()
    page.get_by_role("button", name="Let somebody stand in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Who").select_option(label="Nia Nurse (Nurse)")
    next_week = start + timedelta(days=7)
    dialog.get_by_label("From").fill((next_week + timedelta(days=2, hours=10)).strftime("%Y-%m-%dT%H:%M"))
    dialog.get_by_label("To", exact=True).fill((next_week + timedelta(days=2, hours=9)).strftime("%Y-%m-%dT%H:%M"))
    dialog.get_by_role("button", name="Stand in").click()
    expect(dialog.get_by_text("Must come after the beginning.")).to_be_visible()
    dialog.get_by_label("To", exact=True).fill((next_week + timedelta(days=2, hours=18)).strftime("%Y-%m-%dT%H:%M"))
    dialog.get_by_role("button", name="Stand in").click()
    part = page.locator(".week-day").nth(2).locator(".week-part", has_text="Nia Nurse")
    expect(part).to_contain_text("10:00–18:00")
    expect(part).to_contain_text("stands in")
    assert [each["userName"] for each in rest.call("head", "GET", f"/on-call-schedules/{made['id']}")["overrides"]] == ["Nia Nurse"]
    shot(page, "on-call-stand-in", full_page=True)
    page.get_by_role("button", name="End the stand-in of Nia Nurse").click()
    expect(part).to_have_count(0)


def test_two_people_who_edit_one_schedule(console, rest, schedules):
    """97: who saves a schedule that another has changed meanwhile is told, and nothing typed is lost"""
    made = schedule(rest, user(rest, "doctor"), name="Days", start=monday(rest))
    page = console.page("head")
    page.goto(f"{console.base}/on-call")
    page.get_by_role("button", name="Edit schedule").click()
    form = page.locator(".record-form")
    form.get_by_label("Name").fill("Days and nights")
    rest.call("admin", "PATCH", f"/on-call-schedules/{made['id']}", {"version": made["version"], "name": "Renamed"})
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert").filter(has_text=re.compile("meanwhile|changed"))).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value("Days and nights")
    form.get_by_role("button", name="Show it as it is now").click()
    expect(page.locator(".record-form").get_by_label("Name")).to_have_value("Renamed")
    page.get_by_role("button", name="Remove this schedule").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove this schedule").click()
    expect(page.get_by_text("There are no schedules on call yet.")).to_be_visible()


def test_shifts_are_planned_in_the_week(console, rest, shifts):
    """97, 109: a night shift stands on both its days; two at once are refused; too little rest is told; a nurse sees hers marked"""
    start = monday(rest)
    page = console.page("head")
    page.goto(f"{console.base}/shifts")
    page.get_by_role("button", name="Plan a shift").click()
    form = page.locator(".record-form")

    def plan(begins: timedelta, ends: timedelta) -> None:
        form.get_by_label("From").fill((start + begins).strftime("%Y-%m-%dT%H:%M"))
        form.get_by_label("To", exact=True).fill((start + ends).strftime("%Y-%m-%dT%H:%M"))
        form.get_by_role("button", name="Save").click()

    form.get_by_label("Who").select_option(label="Nia Nurse (Nurse)")
    form.get_by_label("Department").select_option(label="Emergency")
    plan(timedelta(hours=22), timedelta(days=1, hours=6))
    days = page.locator(".week-day")
    expect(days.nth(0)).to_contain_text("22:00–24:00")
    expect(days.nth(1)).to_contain_text("00:00–06:00")
    expect(days.nth(1)).to_contain_text("Nia Nurse")

    page.get_by_role("button", name="Plan a shift").click()
    form.get_by_label("Who").select_option(label="Nia Nurse (Nurse)")
    plan(timedelta(days=1, hours=5), timedelta(days=1, hours=9))
    expect(form.get_by_role("alert").filter(visible=True)).to_be_visible()
    plan(timedelta(days=1, hours=10), timedelta(days=1, hours=16))
    expect(page.locator(".toast", has_text="less than 8 hours of rest")).to_be_visible()
    expect(days.nth(1)).to_contain_text("under 8 h rest")
    shot(page, "shifts", full_page=True)
    made = rest.call("head", "GET", f"/shifts?from={told(start)}&to={told(start + timedelta(days=7))}")
    assert len(made) == 2

    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/shifts")
    expect(nurse.locator('.week-part[data-own="true"]')).to_have_count(3)
    expect(nurse.get_by_role("button", name="Plan a shift")).to_have_count(0)
    expect(nurse.locator(".week-button")).to_have_count(0)
    days.nth(1).locator(".week-button").click()
    page.get_by_role("button", name="Remove this shift").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove this shift").click()
    expect(days.nth(1)).not_to_contain_text("10:00–16:00")


@pytest.fixture
def leaver(rest):
    """A nurse on duty in the emergency room, who is gone when the test is over."""
    emergency = next(each["id"] for each in rest.departments() if each["code"] == "ER")
    made = hire(rest, name=f"Lea {uuid.uuid4().hex[:6]}", departmentId=emergency)
    sign_in(rest, "leaver", made["email"])
    rest.call("leaver", "PUT", "/duty", {"isOnDuty": True})
    yield made | {"departmentId": emergency}
    rest.tokens.pop("leaver")
    rest.call("admin", "DELETE", f"/users/{made['id']}")


def test_who_leaves_hands_over_and_a_colleague_takes_it(console, rest, leaver):
    """109: going off duty with an open alert asks for notes; a colleague reads them, takes over, and has the alert then"""
    alert = rest.raise_alert(urgency=3, departmentId=leaver["departmentId"])
    rest.call("leaver", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    page = console.board("leaver")
    page.get_by_role("switch", name="On duty").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Go off duty").click()
    notes = "Room waits for the laboratory."
    dialog.get_by_label("Handover notes").fill(notes)
    dialog.get_by_role("button", name="Go off duty").click()
    expect(dialog).to_be_hidden()
    page.goto(f"{console.base}/handovers")
    given = page.get_by_role("region", name="What you left")
    expect(given).to_contain_text(notes)
    expect(given).to_contain_text("waits")

    other = console.page("nurse")
    other.goto(f"{console.base}/handovers")
    card = other.locator(".handover", has_text=leaver["name"])
    expect(card).to_contain_text(notes)
    expect(card.get_by_role("link", name="Alert 1")).to_have_attribute("href", f"/alerts/{alert['id']}")
    shot(other, "handovers", full_page=True)
    other.get_by_role("button", name=f"Take over from {leaver['name']}").click()
    asked = other.get_by_role("dialog")
    expect(asked).to_contain_text("Open alerts of this handover become yours.")
    asked.get_by_label("A word back").fill("Got it.")
    asked.get_by_role("button", name="Take over").click()
    expect(card).to_have_count(0)
    assert rest.call("nurse", "GET", f"/alerts/{alert['id']}")["acknowledgedByName"] == "Nia Nurse"
    page.reload()
    expect(given).to_contain_text("taken over by Nia Nurse")
    expect(given).to_contain_text("Got it.")


def test_a_handover_is_declined(console, rest, leaver):
    """109: a handover for a department that one declines waits for the others and is no longer shown to who declined"""
    rest.call("leaver", "PUT", "/duty", {"isOnDuty": False, "handoverNotes": "Nothing special tonight."})
    page = console.page("nurse")
    page.goto(f"{console.base}/handovers")
    card = page.locator(".handover", has_text=leaver["name"])
    page.get_by_role("button", name=f"Decline the handover of {leaver['name']}").click()
    page.get_by_role("dialog").get_by_label("Reason").fill("Not my part of the ward.")
    page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(page.locator(".toast", has_text="You have declined.")).to_be_visible()
    expect(card).to_have_count(0)
    doctor = console.page("doctor")
    doctor.goto(f"{console.base}/handovers")
    expect(doctor.locator(".handover", has_text=leaver["name"])).to_have_count(1)


def test_readiness_names_who_would_be_reached(console, rest):
    """97: every step of every ladder names its people; when the only doctor leaves, the step says nobody and the page says so above"""
    page = console.page("admin")
    page.goto(f"{console.base}/readiness")
    critical = page.get_by_role("region", name="Critical: Default")
    doctors = critical.locator(".readiness-tier", has_text="Doctors").first
    expect(doctors).to_contain_text("Dario Doctor")
    rest.call("doctor", "PUT", "/duty", {"isOnDuty": False})
    try:
        expect(doctors).to_contain_text("Nobody")
        expect(doctors).to_have_attribute("data-reachable", "false")
        expect(page.locator(".gaps")).to_contain_text("Doctors: nobody reachable for Critical, High, Medium, Low, Information alerts.")
        shot(page, "readiness", full_page=True)
    finally:
        rest.call("doctor", "PUT", "/duty", {"isOnDuty": True})
    expect(doctors).to_contain_text("Dario Doctor")
    page.get_by_label("At", exact=True).fill("2036-01-01T03:00")
    expect(critical.locator(".readiness-tier").first).to_be_visible()


def test_weekly_hours_are_set_and_seen(console, rest):
    """97: a head doctor sets a colleague's weekly hours, nights included; a change by another meanwhile is told; she sees them"""
    person = hire(rest)
    sign_in(rest, "planned", person["email"])
    page = console.page("head")
    page.goto(f"{console.base}/shifts")
    page.get_by_text("Weekly hours").click()
    panel = page.locator("details.panel")
    panel.get_by_label("Who").select_option(person["id"])
    panel.get_by_label("Monday").fill("22-6")
    panel.get_by_label("Sunday").fill("noon")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Sunday: write times as")).to_be_visible()
    expect(panel.get_by_label("Sunday")).to_be_focused()
    panel.get_by_label("Sunday").fill("")
    rest.call("admin", "PUT", f"/users/{person['id']}/shift-schedule", {"version": 0, "week": {}})
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("alert").filter(visible=True)).to_be_visible()
    expect(panel.get_by_label("Monday")).to_have_value("22-6")
    panel.get_by_role("button", name="Show it as it is now").click()
    expect(panel.get_by_label("Monday")).to_have_value("")
    panel.get_by_label("Monday").fill("22-6")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_label("Monday")).to_have_value("22:00–06:00")
    shot(page, "weekly-hours", full_page=True)
    assert rest.call("head", "GET", f"/users/{person['id']}/shift-schedule")["week"]["monday"] == [
        {"start": "22:00", "end": "06:00"}]
    own = console.page("planned")
    own.goto(f"{console.base}/shifts")
    own.get_by_text("Your weekly hours").click()
    expect(own.locator("details.panel")).to_contain_text("22:00–06:00")
    expect(own.get_by_role("button", name="Save")).to_have_count(0)
    rest.tokens.pop("planned")


def csv(*lines: str) -> dict:
    return {"name": "people.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def test_a_file_is_checked_and_comes_in_whole(console, rest):
    """84, 90: a file with bad lines lists each of them and changes nothing; mended it comes in whole"""
    page = console.page("admin")
    page.goto(f"{console.base}/imports")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Choose a file.")).to_be_visible()
    one, two = new_address("import"), new_address("import")
    good = f"{one},Vera Import,nurse,ER"
    page.get_by_label("File").set_input_files(csv(
        "email,name,role,department", good, "nobody,Nora Import,nurse,ER", f"{two},Nils Import,king,NOWHERE"))
    page.get_by_role("button", name="Check the file").click()
    report = page.locator(".import-report")
    expect(report.get_by_role("heading", name="1 of 3 lines are right")).to_be_focused()
    expect(report.locator("tbody tr")).to_have_count(3)
    expect(report.locator("tbody tr").first).to_contain_text("email")
    expect(report.get_by_role("button")).to_have_count(0)
    shot(page, "imports", full_page=True)
    assert rest.call("admin", "GET", f"/users?search={one}")["total"] == 0
    page.get_by_label("File").set_input_files(csv("email,name,role,department", good, f"{two},Nils Import,nurse,ICU"))
    expect(report).to_be_hidden()
    page.get_by_role("button", name="Check the file").click()
    report.get_by_role("button", name="Import 2 lines").click()
    expect(report.get_by_role("heading", name="2 lines are imported")).to_be_focused()
    assert [rest.call("admin", "GET", f"/users?search={each}")["total"] for each in (one, two)] == [1, 1]


def test_staff_pages_by_permission_on_a_phone_and_at_night(console, rest, schedules, shifts):
    """63: an operator plans nothing and imports nothing; on a phone and at night the week reads well"""
    start = monday(rest)
    schedule(rest, user(rest, "doctor"), user(rest, "nurse"), name="Nights", start=start,
             endDate=(start + timedelta(days=4)).date().isoformat())
    rest.call("admin", "POST", "/shifts", {"userId": user(rest, "nurse"), "from": told(start + timedelta(hours=6)),
                                           "to": told(start + timedelta(hours=14))})
    operator = console.page("operator")
    operator.goto(f"{console.base}/on-call")
    expect(operator.locator(".week-day").first).to_be_visible()
    for name in ("New schedule", "Edit schedule", "Let somebody stand in"):
        expect(operator.get_by_role("button", name=name)).to_have_count(0)
    operator.goto(f"{console.base}/imports")
    expect(operator.get_by_role("heading", name="Not part of your role")).to_be_visible()
    phone = console.page("nurse", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    dark = console.page("admin", color_scheme="dark")
    for path in ("/on-call", "/shifts", "/directory", "/staff", "/handovers", "/readiness"):
        for page, look in ((phone, "phone"), (dark, "dark")):
            page.goto(console.base + path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_text("Loading")).to_have_count(0)
            expect(page.locator(".week-part, .staff-person, tbody tr, .handovers, .readiness-tier, .panel .page-note").first).to_be_visible()
            fits_sideways(page)
            shot(page, f"{path[1:]}-{look}", full_page=True)
    dark.goto(f"{console.base}/imports")
    expect(dark.get_by_role("button", name="Check the file")).to_be_visible()
    shot(dark, "imports-dark", full_page=True)
