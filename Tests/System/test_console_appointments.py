"""Appointments in the browser: the reception's day, a doctor's day, a patient's own; what stands in the way of a booking.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import random
import re
import uuid
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PASSWORD,
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from patients import unique_name
from playwright.sync_api import expect

SERVICE = "general-consultation"
STEPS = {"confirmed": ["confirmation"], "checked_in": ["check-in"], "in_progress": ["check-in", "beginning"]}


def told(moment) -> str:
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


class Desk:
    """A hospital's appointments as other people make them, on a day of their own with a doctor of their own."""

    def __init__(self, rest, ward, own_doctor: bool = True):
        self.rest = rest
        zone = ZoneInfo(rest.call("admin", "GET", "/session")["hospital"]["timeZone"])
        self.noon = (ward.now().astimezone(zone) + timedelta(days=random.randint(20, 300))).replace(hour=12, minute=0, second=0, microsecond=0)
        self.zone, self.day = zone, self.noon.date().isoformat()
        self.doctor = self.new_doctor() if own_doctor else rest.call("doctor", "GET", "/session")["user"]

    def new_doctor(self) -> dict:
        name = uuid.uuid4().hex[:10]
        return self.rest.call("admin", "POST", "/users", {"name": f"Dr {name}", "email": f"{name}@demo.ward", "role": "doctor"})

    def patient(self) -> dict:
        return self.rest.call("doctor", "POST", "/patients", {"name": unique_name(), "dateOfBirth": "1980-03-31"})

    def at(self, clock: str):
        hour, minute = map(int, clock.split(":"))
        return self.noon.replace(hour=hour, minute=minute)

    def book(self, clock: str, patient: dict | None = None, status: str = "scheduled", **more) -> dict:
        made = self.rest.call("nurse", "POST", "/appointments", {
            "patientId": (patient or self.patient())["id"], "doctorId": self.doctor["id"], "service": SERVICE,
            "startsAt": told(self.at(clock)), **more})
        for step in STEPS.get(status, []):
            self.rest.call("head", "POST", f"/appointments/{made['id']}/{step}", {})
        return made

    def now(self, appointment: dict) -> dict:
        return self.rest.call("nurse", "GET", f"/appointments/{appointment['id']}")

    def reception(self, console, who: str = "nurse", **options):
        """The reception's page on the day of these appointments, with this doctor's alone."""
        page = console.page(who, **options)
        page.goto(f"{console.base}/appointments")
        page.get_by_label("Day", exact=True).fill(self.day)
        page.locator(".visit-tools").get_by_label("Doctor").select_option(self.doctor["id"])
        return page

    def clock_of(self, appointment: dict) -> str:
        return datetime.fromisoformat(self.now(appointment)["startsAt"]).astimezone(self.zone).strftime("%H:%M")


@pytest.fixture
def desk(rest, ward):
    return Desk(rest, ward)


def row_of(page, appointment: dict):
    return page.locator(f'[data-appointment-id="{appointment["id"]}"]')


def said(page, text):
    return expect(page.locator(".toast", has_text=text).last).to_be_visible()


def more(page, appointment: dict, action: str) -> None:
    row_of(page, appointment).get_by_role("button", name=re.compile("^More about")).click()
    page.get_by_role("dialog").get_by_role("button", name=action, exact=True).click()


def fill_booking(page, patient: dict, start: str) -> None:
    """What somebody at the desk does by keyboard: three letters, Enter, a time."""
    page.get_by_role("button", name="Book an appointment").click()
    form = page.locator(".booking-form")
    expect(form.get_by_role("heading", name="Book an appointment")).to_be_focused()
    finder = form.get_by_label("Patient", exact=True)
    finder.fill(patient["name"])
    expect(form.locator(".finder-result")).to_have_count(1)
    finder.press("Enter")
    expect(form.get_by_role("button", name="Another patient")).to_be_focused()
    form.get_by_label("Beginning").fill(start)
    form.get_by_label("Reason").fill("A cough")


def test_the_reception_books_checks_in_and_cancels(console, desk):
    """171, 192: a patient is found and booked, checked in when there, and another's visit is cancelled with a reason"""
    patient, other = desk.patient(), desk.book("10:00")
    page = desk.reception(console)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(row_of(page, other)).to_be_visible()
    page.get_by_role("button", name="Book an appointment").click()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_text("Find the patient and choose a name.")).to_be_visible()
    page.get_by_role("button", name="Do not book").click()
    expect(page.get_by_role("button", name="Book an appointment")).to_be_focused()
    fill_booking(page, patient, f"{desk.day}T09:30")
    shot(page, "desk-booking", full_page=True)
    page.get_by_role("button", name="Book", exact=True).click()
    said(page, "booked for")
    mine = page.locator("tr[data-appointment-id]", has_text=patient["name"])
    expect(mine).to_contain_text("09:30–09:45")
    expect(page.locator("tbody tr")).to_have_count(2)
    mine.get_by_role("button", name=f"Check in: {patient['name']}, 09:30").click()
    expect(mine).to_have_attribute("data-status", "checked_in")

    more(page, other, "Cancel")
    page.get_by_role("button", name="Cancel the appointment").click()
    expect(page.get_by_text("Write why.")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Reason").fill("Has no time")
    page.get_by_role("button", name="Cancel the appointment").click()
    expect(row_of(page, other)).to_have_attribute("data-status", "cancelled")
    assert (desk.now(other)["status"], desk.now(other)["cancelReason"]) == ("cancelled", "Has no time")
    shot(page, "desk-reception", full_page=True)
    for url in asked:
        assert not any(word.lower() in url.lower() for word in patient["name"].split()), url


def test_a_conflict_names_everything_and_offers_a_way(console, desk):
    """175, 177: what stands in the way is told; a doctor may stand above it with a reason, a nurse may not"""
    first, patient = desk.book("09:00"), desk.patient()
    page = desk.reception(console)
    expect(row_of(page, first)).to_be_visible()
    fill_booking(page, patient, f"{desk.day}T09:05")
    page.get_by_role("button", name="Book", exact=True).click()
    answer = page.get_by_role("region", name="This time is not free")
    expect(answer).to_be_focused()
    expect(answer.locator(".conflict-list li")).to_have_text([re.compile(r"another appointment, 09:00–09:15")])
    expect(answer.get_by_text("Book it nevertheless")).to_have_count(0)
    page.get_by_label("Beginning").fill(f"{desk.day}T09:15")
    page.get_by_role("button", name="Book", exact=True).click()
    said(page, "booked for")
    expect(page.locator("tbody tr")).to_have_count(2)

    above = desk.reception(console, "doctor")
    expect(row_of(above, first)).to_be_visible()
    fill_booking(above, desk.patient(), f"{desk.day}T09:00")
    above.get_by_role("button", name="Book", exact=True).click()
    answer = above.get_by_role("region", name="This time is not free")
    answer.locator("summary", has_text="Book it nevertheless").click()
    answer.get_by_role("button", name="Book it nevertheless").click()
    expect(answer.get_by_text("Write why.")).to_be_visible()
    answer.get_by_label("Why it must be now").fill("Chest pain")
    shot(above, "desk-conflict", full_page=True)
    answer.get_by_role("button", name="Book it nevertheless").click()
    said(above, "booked for")
    expect(above.locator("tbody tr")).to_have_count(3)


def test_a_visit_is_moved_or_stays_where_it_is(console, desk):
    """174, 191: moved onto another's time a visit stays where it is and says why; onto a free time it moves"""
    first, second = desk.book("10:00"), desk.book("11:00")
    page = desk.reception(console)
    more(page, second, "Move")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Beginning").fill(f"{desk.day}T10:05")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog.locator(".conflict-list li")).to_have_count(1)
    assert desk.clock_of(second) == "11:00"
    dialog.get_by_label("Beginning").fill(f"{desk.day}T14:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    said(page, "moved to")
    expect(row_of(page, second)).to_contain_text("14:00–14:15")
    assert (desk.clock_of(first), desk.clock_of(second)) == ("10:00", "14:00")
    row_of(page, second).get_by_role("button", name=re.compile("^More about")).click()
    expect(page.locator(".visit-steps li")).to_have_count(2)
    expect(page.locator(".visit-steps li").last).to_contain_text("Moved to")
    page.keyboard.press("Escape")
    more(page, first, "Did not come")
    page.get_by_role("dialog").get_by_role("button", name="Did not come").click()
    expect(row_of(page, first)).to_have_attribute("data-status", "no_show")


def test_a_press_is_kept_while_the_list_moves(console, desk):
    """182: whoever presses a row's button while a colleague's booking moves the row still gets what he pressed, once"""
    late = desk.book("11:00")
    page = desk.reception(console)
    button = row_of(page, late).get_by_role("button", name=re.compile("^More about"))
    expect(button).to_be_visible()
    for clock in ("09:00", "10:00"):
        button.hover()
        page.mouse.down()
        early = desk.book(clock)
        expect(row_of(page, early)).to_be_visible()
        page.mouse.up()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_have_count(1)
        expect(dialog).to_contain_text("11:00")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    button.hover()
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_a_receptionist_follows_what_others_do(console, desk):
    """191: somebody at the desk who sees no alerts is shown by itself what colleagues book and cancel"""
    who = f"desk-{uuid.uuid4().hex[:8]}"
    desk.rest.call("admin", "POST", "/users", {
        "name": "Rita Reception", "email": f"{who}@demo.ward", "role": "receptionist", "password": PASSWORD})
    first = desk.book("09:00")
    page = desk.reception(console, who)
    expect(row_of(page, first)).to_be_visible()
    second = desk.book("10:00")
    expect(row_of(page, second)).to_be_visible()
    desk.rest.call("nurse", "POST", f"/appointments/{first['id']}/cancellation", {"cause": "patient"})
    expect(row_of(page, first)).to_have_attribute("data-status", "cancelled")


def test_a_doctors_day_from_the_waiting_room_to_the_end(console, rest, ward):
    """171: a doctor sees who waits, begins the visit and ends it; what others do appears by itself"""
    desk = Desk(rest, ward, own_doctor=False)
    waits, comes = desk.book("09:00", status="checked_in"), desk.book("10:00")
    page = console.page("doctor")
    page.goto(f"{console.base}/my-day")
    page.get_by_label("Day", exact=True).fill(desk.day)
    waiting, now = page.get_by_role("region", name="Waiting"), page.get_by_role("region", name="With you")
    expect(waiting.locator("li")).to_have_count(1)
    expect(page.get_by_role("region", name="Still to come").locator("li")).to_have_count(1)
    shot(page, "desk-day", full_page=True)
    desk.rest.call("nurse", "POST", f"/appointments/{comes['id']}/check-in", {})
    expect(waiting.locator("li")).to_have_count(2)
    row_of(page, waits).get_by_role("button", name=re.compile("^Start: ")).click()
    expect(now.locator(f'[data-appointment-id="{waits["id"]}"]')).to_be_visible()
    row_of(page, waits).get_by_role("button", name=re.compile("^Finish: ")).click()
    expect(page.get_by_role("region", name="Over").locator("li")).to_have_count(1)
    assert desk.now(waits)["status"] == "completed"


def test_a_patient_books_and_cancels(console, desk):
    """171, 189: a patient books a time with a doctor, is told when it is taken, and cancels what is booked"""
    desk.book("15:00")
    page = console.page("patient")
    page.goto(f"{console.base}/my-appointments")
    page.get_by_role("button", name="Book an appointment").click()
    form = page.locator(".booking-form")
    form.get_by_label("Doctor").select_option(desk.doctor["id"])
    form.get_by_label("Beginning").fill(f"{desk.day}T15:00")
    form.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("region", name="This time is not free")).to_be_focused()
    expect(page.get_by_text("Book it nevertheless")).to_have_count(0)
    form.get_by_label("Beginning").fill(f"{desk.day}T15:15")
    form.get_by_role("button", name="Book", exact=True).click()
    said(page, "Booked for")
    mine = page.get_by_role("region", name="Coming").locator("li", has_text=desk.doctor["name"])
    expect(mine).to_contain_text("15:15")
    shot(page, "desk-mine", full_page=True)
    mine.get_by_role("button", name=re.compile("^Cancel the appointment")).click()
    page.get_by_role("button", name="Cancel the appointment", exact=True).click()
    said(page, "Your appointment is cancelled.")
    expect(page.get_by_role("region", name="Past").locator("li", has_text=desk.doctor["name"])).to_contain_text("Cancelled")


def test_who_may_not_sees_no_such_page(console, desk):
    """171: an operator has no page of appointments; a patient no reception; a head doctor both"""
    for who, path in (("operator", "/appointments"), ("patient", "/appointments"), ("nurse", "/my-day")):
        page = console.page(who)
        page.goto(f"{console.base}{path}")
        expect(page.get_by_role("heading", name="Not part of your role")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_is_wide_enough(console, desk, theme):
    """171: reception, a doctor's day and one's own appointments fit a phone, with the booking form open"""
    shown = [desk.book("09:00", status="checked_in"), desk.book("09:15"), desk.book("09:30", status="confirmed")]
    page = desk.reception(console, "head", viewport=PHONE, color_scheme=theme)
    for each in shown:
        expect(row_of(page, each)).to_be_visible()
    fits_sideways(page)
    shot(page, f"desk-phone-{theme}")
    page.get_by_role("button", name="Book an appointment").click()
    fits_sideways(page)
    row_of(page, shown[0]).get_by_role("button", name=re.compile("^More about")).click()
    expect(page.get_by_text("What happened")).to_be_visible()
    fits_sideways(page)
    shot(page, f"desk-phone-visit-{theme}")
