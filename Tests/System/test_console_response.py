"""Answering in the browser: a quorum that fills, several alerts at once, handing on, comments, repeated calls.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import json
import re

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    WALL,
    browser,
    card_of,
    console,
    fits_sideways,
    free_room,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect

TEAM = [
    {"label": "Doctor", "role": "doctor", "specialization": None, "count": 1},
    {"label": "Nurse", "role": "nurse", "specialization": None, "count": 1},
]


def make_type(ward, rest, title: str, quorum: list[dict]) -> str:
    """A type of the hospital's own that asks for these people."""
    code = "type_" + free_room().lower().replace("-", "_")
    ward.sql(
        "INSERT INTO alert_types (hospital_id, code, title, class, default_urgency, quorum, quorum_repage_seconds)"
        " VALUES (%s, %s, %s, 'medical', 5, %s, 600)",
        parameters=[rest.call("admin", "GET", "/session")["hospital"]["id"], code, title, json.dumps(quorum)])
    return code


@pytest.fixture
def team_type(ward, rest):
    return make_type(ward, rest, "Team call", TEAM)


def responders(rest, alert):
    return {each["role"]: each["status"] for each in rest.call("admin", "GET", f"/alerts/{alert['id']}")["responders"]}


def test_a_quorum_fills_before_everybodys_eyes(console, rest, team_type):
    alert = rest.raise_alert(kind=team_type, urgency=5, description="Crash cart is in the corridor.")
    nurse = console.board("nurse")
    card = card_of(nurse, alert)
    expect(card.locator(".quorum-sum")).to_have_text("0 of 2 coming")
    expect(card.locator(".quorum-asked")).to_have_text("1 × Doctor · 1 × Nurse")
    expect(card.locator(".slot")).to_have_text(["1 × Doctor missing", "1 × Nurse missing"])
    expect(card.get_by_role("button", name=re.compile("^Acknowledge"))).to_have_count(0)

    card.get_by_role("button", name=re.compile("^I am coming")).click()
    dialog = nurse.get_by_role("dialog")
    shot(nurse, "quorum-come")
    dialog.get_by_role("button", name="2 min", exact=True).click()
    dialog.get_by_role("button", name="I am coming").click()
    expect(dialog).to_have_count(0)
    expect(card.locator(".quorum-sum")).to_have_text("1 of 2 coming")
    expect(card.locator('.slot[data-state="coming"]')).to_contain_text(re.compile(r"there at \d\d:\d\d, in 1:\d\d"))
    expect(card.locator('.slot[data-state="missing"]')).to_have_text(["1 × Doctor missing"])
    assert rest.call("admin", "GET", f"/alerts/{alert['id']}")["status"] == "active"

    doctor = console.page("doctor")
    doctor.goto(f"{console.base}/alerts/{alert['id']}")
    team = doctor.get_by_role("region", name="Who is coming")
    expect(team).to_contain_text("1 of 2 coming, 0 there. 1 still missing: they are being called.")
    expect(doctor.locator(".facts")).to_be_visible()
    shot(doctor, "quorum-alert", full_page=True)
    doctor.keyboard.press("a")
    doctor.get_by_role("dialog").get_by_role("button", name="I am coming").press("Enter")
    expect(team).to_contain_text("All 2 are coming, 0 there.")
    expect(card).to_contain_text("Everybody asked for is coming")
    assert rest.call("admin", "GET", f"/alerts/{alert['id']}")["status"] == "acknowledged"

    card.get_by_role("button", name=re.compile("^I have arrived")).click()
    expect(card.locator('.slot[data-state="arrived"]')).to_contain_text("has arrived")
    expect(team).to_contain_text("All 2 are coming, 1 there.")
    shot(doctor, "quorum-complete", full_page=True)
    doctor.get_by_role("button", name=re.compile("^I can’t come after all")).click()
    doctor.get_by_role("dialog").get_by_role("button", name="I can’t come after all").click()
    expect(team).to_contain_text("1 of 2 coming, 1 there. 1 still missing")
    expect(card.locator('.slot[data-state="missing"]')).to_have_text(["1 × Doctor missing"])
    assert responders(rest, alert) == {"nurse": "arrived"}
    expect(doctor.locator(".timeline-entry .timeline-what")).to_contain_text(
        ["Raised", "Is coming", "Is coming", "Has arrived", "Cannot come after all"])


def test_the_quorum_can_be_read_on_a_phone_at_night_and_on_the_wall(console, rest, team_type):
    alert = rest.raise_alert("ICU-12", team_type, 5)
    body = {"responseAction": "responding", "estimatedResponseTime": 4}
    rest.call("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", body)
    phone = console.board("doctor", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2,
                          color_scheme="dark")
    expect(card_of(phone, alert).locator(".quorum-sum")).to_have_text("1 of 2 coming")
    fits_sideways(phone)
    shot(phone, "quorum-phone", full_page=True)
    phone.goto(f"{console.base}/alerts/{alert['id']}")
    expect(phone.get_by_role("region", name="Who is coming")).to_be_visible()
    fits_sideways(phone)
    shot(phone, "quorum-alert-phone", full_page=True)

    made = rest.call("admin", "POST", "/screens", {"name": "Test", "departmentId": rest.departments()[0]["id"]})
    wall = console.page(viewport=WALL)
    wall.goto(f"{console.base}/screen#token={made['token']}")
    card = card_of(wall, alert)
    expect(card.locator(".quorum-lacking")).to_have_text("missing: 1 × Doctor")
    size = card.locator(".quorum-sum").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 24, "what is missing must be readable from three metres"
    expect(wall.get_by_role("checkbox")).to_have_count(0)
    expect(wall.locator(".card-item button")).to_have_count(0)
    shot(wall, "quorum-wall")
    rest.call("admin", "POST", f"/screens/{(made.get('screen') or made)['id']}/revocation", {})


def test_several_alerts_are_acknowledged_by_keyboard_and_what_fails_stays_and_says_why(console, rest):
    """126: several alerts are chosen by keyboard and acknowledged together; what fails stays chosen and says why"""
    alerts = [rest.raise_alert(urgency=4) for _ in range(4)]
    taken = alerts[0]
    page = console.board("nurse")
    expect(card_of(page, taken)).to_be_visible()
    page.keyboard.press("j")
    while page.evaluate("document.activeElement.closest('.card-item').dataset.alertId") != alerts[3]["id"]:
        page.keyboard.press("j")
    page.keyboard.press("x")
    for _ in alerts[1:]:
        page.keyboard.press("Shift+J")
    for alert in alerts:
        expect(card_of(page, alert).get_by_role("checkbox")).to_be_checked()
    bar = page.get_by_role("group", name="Selected alerts")
    expect(bar).to_contain_text("4 selected")
    shot(page, "batch-selected")

    def a_doctor_is_faster(route):
        rest.call("doctor", "POST", f"/alerts/{taken['id']}/acknowledgement", {})
        route.continue_()

    page.route("**/batch-acknowledgement", a_doctor_is_faster)
    bar.get_by_role("button", name="Acknowledge 4").press("Enter")
    results = page.get_by_role("region", name="How it went")
    expect(results.locator('.batch-row[data-ok="true"]')).to_have_count(3)
    failed = results.locator('.batch-row[data-ok="false"]')
    expect(failed).to_contain_text(taken["roomNumber"])
    assert len(failed.inner_text()) > len(taken["roomNumber"]) + 10, "the reason is said"
    expect(bar).to_contain_text("1 selected")
    expect(card_of(page, taken).get_by_role("checkbox")).to_be_checked()
    shot(page, "batch-failed")
    for alert in alerts:
        expect(card_of(page, alert)).to_contain_text("Answered by")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()


def test_several_alerts_are_resolved_by_touch_with_one_resolution(console, rest):
    """126: several alerts are chosen by touch and resolved together, each with the same resolution"""
    alerts = [rest.raise_alert(urgency=3) for _ in range(2)]
    for alert in alerts:
        rest.call("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    page = console.board("doctor", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    for alert in alerts:
        box = card_of(page, alert).get_by_role("checkbox")
        size = box.bounding_box()
        assert size["width"] >= 43.5 and size["height"] >= 43.5
        box.tap()
    shot(page, "batch-phone")
    fits_sideways(page)
    page.get_by_role("group", name="Selected alerts").get_by_role("button", name="Resolve 2").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Resolution").fill("Both patients are well again.")
    shot(page, "batch-resolve-phone")
    dialog.get_by_role("button", name="Resolve 2").tap()
    for alert in alerts:
        expect(card_of(page, alert)).to_have_count(0)
        closed = rest.call("doctor", "GET", f"/alerts/{alert['id']}")
        assert (closed["status"], closed["resolution"]) == ("resolved", "Both patients are well again.")


def test_a_range_is_chosen_with_shift_and_the_mouse(console, rest):
    alerts = [rest.raise_alert(urgency=2) for _ in range(4)]
    page = console.board("nurse")
    shown = [card_of(page, alert).get_by_role("checkbox") for alert in reversed(alerts)]  # the newest stands first
    shown[0].click()
    shown[2].click(modifiers=["Shift"])
    for box in shown[:3]:
        expect(box).to_be_checked()
    expect(shown[3]).not_to_be_checked()
    page.get_by_role("button", name="Select none").click()
    expect(page.get_by_role("group", name="Selected alerts")).to_be_hidden()


def test_who_may_do_nothing_with_a_batch_has_no_boxes(console, rest):
    alert = rest.raise_alert(urgency=3)
    page = console.board("operator")
    expect(card_of(page, alert)).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_an_answer_says_when_somebody_is_there_and_how_urgent_it_is(console, rest):
    """125: an answer carries what is done, the minutes and another urgency; the page shows all three"""
    alert = rest.raise_alert(urgency=3)
    page = console.page("nurse")
    page.goto(f"{console.base}/alerts/{alert['id']}")
    page.get_by_role("button", name=re.compile("^Acknowledge")).click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".choice", has_text="I come later").click()
    dialog.get_by_label("There in how many minutes?").fill("0")
    dialog.locator(".choice", has_text="More urgent").click()
    dialog.get_by_role("button", name="Acknowledge").click()
    expect(dialog.get_by_text("Enter whole minutes from 1 to 999.")).to_be_visible()
    dialog.get_by_label("There in how many minutes?").fill("15")
    shot(page, "answer")
    dialog.get_by_role("button", name="Acknowledge").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".facts")).to_contain_text(re.compile(r"later, there at \d\d:\d\d"))
    expect(page.locator(".alert-head .urgency-level")).to_have_text("4")


def test_a_colleague_takes_over_what_was_delegated_and_hands_it_on(console, rest):
    """127: who was asked to go takes over, writes down what is seen, and transfers the alert to a colleague"""
    names = {who: rest.call(who, "GET", "/session")["user"]["name"] for who in ("nurse", "doctor", "head")}
    alert = rest.raise_alert(urgency=4)
    doctor = console.board("doctor")
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/alerts/{alert['id']}")
    nurse.get_by_role("button", name=re.compile("^Acknowledge")).click()
    dialog = nurse.get_by_role("dialog")
    dialog.locator(".choice", has_text="A colleague goes").click()
    dialog.get_by_label("Who goes?").select_option(label=next_option(dialog.get_by_label("Who goes?"), names["doctor"]))
    shot(nurse, "delegate")
    dialog.get_by_role("button", name="Acknowledge").click()
    expect(nurse.locator(".facts")).to_contain_text(f"{names['doctor']} was asked to go")

    expect(doctor.locator(".toast", has_text=f"asks you to go to room {alert['roomNumber']}")).to_be_visible()
    card_of(doctor, alert).get_by_role("button", name=re.compile("^Take over")).click()
    expect(card_of(doctor, alert)).to_contain_text(f"Answered by {names['doctor']}")
    doctor.goto(f"{console.base}/alerts/{alert['id']}")
    doctor.get_by_label("Comment").fill("Patient is conscious, pulse 96.")
    doctor.get_by_role("button", name="Add comment").click()
    expect(doctor.locator(".timeline-notes", has_text="pulse 96")).to_be_visible()
    expect(nurse.locator(".timeline-notes", has_text="pulse 96")).to_be_visible()
    expect(doctor.get_by_label("Comment")).to_have_value("")

    doctor.get_by_role("button", name=re.compile("^Transfer")).click()
    dialog = doctor.get_by_role("dialog")
    dialog.get_by_label("To whom?").select_option(label=next_option(dialog.get_by_label("To whom?"), names["head"]))
    dialog.get_by_label("Why?").fill("My shift ends.")
    shot(doctor, "transfer")
    dialog.get_by_role("button", name="Transfer").click()
    expect(doctor.locator(".facts")).to_contain_text(names["head"])
    expect(doctor.get_by_role("button", name=re.compile("^Transfer"))).to_have_count(0)
    expect(doctor.locator(".timeline-entry", has_text="Transferred")).to_contain_text("My shift ends.")
    shot(doctor, "alert-timeline", full_page=True)


def next_option(select, name: str) -> str:
    """The option that begins with a person's name, once the list has come."""
    option = select.locator("option", has_text=name)
    expect(option).to_have_count(1)
    return option.inner_text()


def test_a_room_that_calls_again_is_counted_and_an_urgent_one_names_the_earlier_alert(console, rest):
    first = rest.raise_alert(urgency=2)
    page = console.board("nurse")
    assert rest.raise_alert(first["roomNumber"], urgency=2)["id"] == first["id"]
    expect(card_of(page, first)).to_contain_text(re.compile(r"Called 2 times, last \d\d:\d\d"))
    shot(page, "called-twice")
    urgent = rest.raise_alert(first["roomNumber"], urgency=5)
    assert urgent["id"] != first["id"]
    page.goto(f"{console.base}/alerts/{urgent['id']}")
    page.get_by_role("link", name="To the earlier alert of this room").click()
    expect(page).to_have_url(f"{console.base}/alerts/{first['id']}")
    expect(page.locator(".facts")).to_contain_text("Called 2 times")
