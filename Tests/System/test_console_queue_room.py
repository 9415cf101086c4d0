"""Who waits, in the browser: the screen of a waiting room, the queue at the desk and in a doctor's day, check-in by code.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re
from datetime import timedelta

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    WALL,
    CuttableLine,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect
from test_console_appointments import SERVICE, Desk, row_of, said, told


class Today(Desk):
    """A doctor of his own with patients who come today."""

    def __init__(self, rest, ward, own_doctor: bool = True):
        super().__init__(rest, ward, own_doctor)
        self.first = (ward.now() + timedelta(minutes=2)).replace(second=0, microsecond=0)
        self.day = self.first.astimezone(self.zone).date().isoformat()
        self.patients: dict[str, dict] = {}
        self.made = 0

    def expect_somebody(self) -> dict:
        """Booked, and not here yet."""
        patient = self.patient()
        start = self.first + timedelta(minutes=5 * self.made)
        self.made += 1
        visit = self.rest.call("nurse", "POST", "/appointments", {
            "patientId": patient["id"], "doctorId": self.doctor["id"], "service": SERVICE, "startsAt": told(start),
            "minutes": 5})
        self.patients[visit["id"]] = patient
        return visit

    def arrive(self, count: int) -> list[dict]:
        visits = [self.expect_somebody() for _ in range(count)]
        for each in visits:
            self.rest.call("nurse", "POST", f"/appointments/{each['id']}/check-in", {})
        return visits

    def step(self, visit: dict, noun: str) -> None:
        self.rest.call("head", "POST", f"/appointments/{visit['id']}/{noun}", {})

    def order(self) -> list[int]:
        queue = self.rest.call("nurse", "GET", f"/doctors/{self.doctor['id']}/queue")
        return [each["number"] for each in queue["entries"]]


@pytest.fixture
def today(rest, ward):
    return Today(rest, ward)


def room(console, today: Today, who: str = "nurse", base: str | None = None, **options):
    """The screen of a waiting room with this doctor's numbers alone, chosen as somebody does who hangs it up."""
    page = console.page(who, base, **options)
    page.goto(f"{base or console.base}/waiting-room")
    expect(page.locator(".link-light")).to_have_attribute("data-link", "live")
    page.get_by_role("button", name="Doctors").click()
    page.get_by_role("dialog").get_by_label(today.doctor["name"], exact=True).press("Space")
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    return page


def stands(page, today: Today, now: list[int], following: list[int]) -> None:
    """The numbers on this doctor's card."""
    card = page.locator(f'[data-doctor-id="{today.doctor["id"]}"]')
    expect(card.locator(".room-now strong")).to_have_text([str(each) for each in now] or ["–"])
    expect(card.locator(".room-next strong")).to_have_text([str(each) for each in following])


def test_a_waiting_room_shows_numbers_and_moves_by_itself(console, today):
    """182: the screen of a waiting room shows who is with the doctor and who is next, by numbers, and follows each step"""
    visits = today.arrive(3)
    page = room(console, today, viewport=WALL)
    answers: list = []
    page.on("response", lambda answer: "/api/" in answer.url and answers.append(answer))
    stands(page, today, [], [1, 2, 3])
    today.step(visits[0], "beginning")
    stands(page, today, [1], [2, 3])
    expect(page.locator(".room-card")).to_contain_text("about 15 min")
    today.step(visits[0], "completion")
    stands(page, today, [], [2, 3])
    today.step(visits[1], "beginning")
    stands(page, today, [2], [3])
    shot(page, "waiting-room")
    told_names = [word for patient in today.patients.values() for word in patient["name"].split()]
    everything = page.content() + "".join(each.text() for each in answers)
    assert answers and not [word for word in told_names if word in everything]


def test_a_waiting_room_says_that_its_line_is_lost(console, today, ward):
    """154: a waiting room's screen says since when its numbers are old, and shows the new ones when the line is back"""
    visits = today.arrive(2)
    line = CuttableLine(ward.url)
    try:
        page = room(console, today, base=line.url, viewport=WALL, color_scheme="dark")
        stands(page, today, [], [1, 2])
        lost = page.get_by_role("alert").filter(has_text="NOT LIVE")
        expect(lost).to_have_count(0)
        line.cut()
        expect(lost).to_contain_text(re.compile(r"NOT LIVE since \d\d:\d\d"))
        shot(page, "waiting-room-lost-dark")
        today.step(visits[0], "beginning")
        line.mend()
        expect(lost).to_have_count(0)
        stands(page, today, [1], [2])
        # What the browser says of a line that was cut while it was being opened.
        console.complaints[:] = [each for each in console.complaints if "before receiving a handshake response" not in each]
    finally:
        line.close()


def test_a_waiting_room_fits_a_phone(console, today):
    """182: the screen of a waiting room fits a phone at night, and rings for no alert"""
    visits = today.arrive(3)
    today.step(visits[0], "beginning")
    page = room(console, today, viewport=PHONE, color_scheme="dark")
    stands(page, today, [1], [2, 3])
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    today.rest.raise_alert(urgency=5)
    today.step(visits[0], "completion")
    stands(page, today, [], [2, 3])
    expect(page.locator(".toast")).to_have_count(0)
    fits_sideways(page)
    shot(page, "waiting-room-phone-dark", full_page=True)


def test_who_may_not_sees_no_waiting_room(console):
    """182: without a session, or without the right to see appointments, the screen is off and says so"""
    for who, words in ((None, "Nobody is signed in"), ("operator", "does not see appointments")):
        page = console.page(who)
        page.goto(f"{console.base}/waiting-room")
        expect(page.get_by_role("heading", name="This screen is off")).to_be_visible()
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def entry_of(page, today: Today, visit: dict):
    return page.locator(".queue-entry", has_text=today.patients[visit["id"]]["name"])


def numbers(page, expected: list[int]) -> None:
    expect(page.locator(".queue-entry .queue-number")).to_have_text([f"No. {each}" for each in expected])


def test_the_desk_orders_a_queue(console, today):
    """182: the desk sees who waits, his place and time, moves people by button and by keyboard, and what others do comes by itself"""
    visits = today.arrive(3)
    page = today.reception(console)
    numbers(page, [1, 2, 3])
    expect(entry_of(page, today, visits[2])).to_contain_text("place 3 · about 30 min")
    name = today.patients[visits[2]["id"]]["name"]
    forward = page.get_by_role("button", name=f"{name}, number 3: one place forward")
    forward.click()
    numbers(page, [1, 3, 2])
    expect(forward).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    numbers(page, [3, 1, 2])
    expect(forward).to_be_focused()
    expect(forward).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    numbers(page, [1, 3, 2])
    assert today.order() == [1, 3, 2]
    shot(page, "desk-queue", full_page=True)

    last = today.patients[visits[1]["id"]]["name"]
    page.get_by_role("button", name=f"{last}, number 2: to the front as an emergency").click()
    page.get_by_role("dialog").get_by_role("button", name="To the front").click()
    said(page, "is in front")
    numbers(page, [2, 1, 3])
    expect(entry_of(page, today, visits[1])).to_contain_text("Emergency")
    today.step(visits[1], "beginning")
    expect(entry_of(page, today, visits[1])).to_contain_text("with the doctor")
    expect(entry_of(page, today, visits[0])).to_contain_text("place 1 · about 15 min")
    today.step(visits[1], "completion")
    numbers(page, [1, 3])


def test_somebody_is_checked_in_by_his_code(console, rest, ward):
    """192: a patient shows a code, the desk types it and he waits; a wrong code and a second time are told at the field"""
    today = Today(rest, ward)
    record = rest.call("patient", "GET", "/my-record")
    today.patient = lambda: record
    visit = today.expect_somebody()
    mine = console.page("patient", viewport=PHONE, color_scheme="dark")
    mine.goto(f"{console.base}/my-appointments")
    row_of(mine, visit).get_by_role("button", name=re.compile("^I am here")).click()
    expect(mine.get_by_role("dialog").locator("svg.qr")).to_be_visible()
    code = mine.get_by_label("Check-in code", exact=True).input_value()
    fits_sideways(mine)
    shot(mine, "own-code-phone-dark")

    page = today.reception(console)
    field = page.get_by_label("Check-in code", exact=True)
    field.press("Enter")
    expect(page.get_by_text("Scan or type the code.")).to_be_visible()
    field.fill(f"{code[:-4]}AAAA")
    field.press("Enter")
    expect(page.get_by_text("This code is not one of today")).to_be_visible()
    field.fill(code)
    field.press("Enter")
    said(page, "is checked in: number 1, place 1")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(row_of(page, visit)).to_have_attribute("data-status", "checked_in")
    numbers(page, [1])
    field.fill(code)
    field.press("Enter")
    expect(page.locator(".check-in .form-problem")).to_be_visible()
    expect(mine.get_by_role("dialog")).to_have_count(0)
    expect(row_of(mine, visit)).to_have_attribute("data-status", "checked_in")


def test_a_doctor_orders_his_own_queue(console, rest, ward):
    """182: in a doctor's day those who wait stand in the order of the queue, which he changes by keyboard"""
    desk = Desk(rest, ward, own_doctor=False)
    visits = [desk.book(clock, status="checked_in") for clock in ("15:30", "15:45", "16:00")]
    page = console.page("doctor")
    page.goto(f"{console.base}/my-day")
    page.get_by_label("Day", exact=True).fill(desk.day)
    waiting = page.get_by_role("region", name="Waiting")

    def order(expected: list[dict]) -> None:
        expect(waiting.locator("li")).to_have_count(len(expected))
        for place, visit in enumerate(expected):
            expect(waiting.locator("li").nth(place)).to_have_attribute("data-appointment-id", visit["id"])

    order(visits)
    row_of(page, visits[2]).get_by_role("button", name=re.compile("one place forward$")).focus()
    page.keyboard.press("Alt+ArrowUp")
    order([visits[0], visits[2], visits[1]])
    page.keyboard.press("Alt+ArrowUp")
    order([visits[2], visits[0], visits[1]])
    expect(row_of(page, visits[2])).to_contain_text("place 1")
    shot(page, "doctor-queue", full_page=True)
    desk.rest.call("head", "POST", f"/appointments/{visits[2]['id']}/beginning", {})
    order([visits[0], visits[1]])


def test_a_queue_fits_a_phone(console, today):
    """182: the queue at the desk fits a phone at night"""
    today.arrive(2)
    page = today.reception(console, viewport=PHONE, color_scheme="dark")
    numbers(page, [1, 2])
    fits_sideways(page)
    shot(page, "desk-queue-phone-dark", full_page=True)
