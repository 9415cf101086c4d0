"""What a hospital sets up in the browser: ladders with their dry run, alert types with a quorum, templates.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    browser,
    console,
    fits_sideways,
    free_room,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect


@pytest.fixture
def ladders(rest):
    """Removes what a test has made."""
    known = {each["id"] for each in rest.call("admin", "GET", "/escalation-ladders")}
    yield lambda: [each for each in rest.call("admin", "GET", "/escalation-ladders") if each["id"] not in known]
    for each in rest.call("admin", "GET", "/escalation-ladders"):
        if each["id"] not in known:
            rest.call("admin", "DELETE", f"/escalation-ladders/{each['id']}")


def steps_of(page):
    return [box.input_value() for box in page.get_by_label(re.compile(r"^Step \d+$")).all()]


def open_default(page, level: int):
    page.get_by_role("button", name=f"Make your own: urgency {level}, Default").click()
    expect(page.get_by_role("heading", name="New ladder")).to_be_focused()


def test_a_ladder_is_tried_out_before_it_is_saved(console, rest, ladders):
    page = console.page("admin")
    page.goto(f"{console.base}/ladders")
    open_default(page, 4)
    assert steps_of(page) == ["10:00", "20:00", "30:00"]
    run = page.get_by_role("region", name="Who would be paged when?")
    expect(run.get_by_label("An alert raised at")).to_have_value(re.compile(r"T03:00$"))
    expect(run.locator(".dry-step").first).to_contain_text("Nurses")
    expect(run.locator(".dry-when strong").nth(1)).to_have_text("03:10:00")
    expect(run.locator(".dry-basis")).to_contain_text("Based on who is on duty at this moment")

    page.get_by_label("Step 1", exact=True).fill("30 s")
    expect(run.locator(".dry-when strong").nth(1)).to_have_text("03:00:30")
    expect(run.locator(".dry-when span").nth(1)).to_have_text("after 0:30")
    page.get_by_role("button", name="Remove step 3").click()
    page.get_by_label("Step 2", exact=True).fill("0:20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Step 2 must come later than the one before it.")).to_be_visible()
    expect(page.get_by_label("Step 2", exact=True)).to_be_focused()
    shot(page, "ladder-wrong", full_page=True)
    page.get_by_label("Step 2", exact=True).fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="New ladder")).to_have_count(0)
    expect(page.locator('.ladder-group[data-level="4"]')).to_contain_text("Whole hospital")
    shot(page, "ladders", full_page=True)
    made = ladders()
    assert [(each["urgencyLevel"], each["stepSeconds"]) for each in made] == [(4, [30, 120])]
    alert = rest.raise_alert(urgency=4)
    page.goto(f"{console.base}/alerts/{alert['id']}")
    expect(page.locator(".alert-elapsed")).to_contain_text(re.compile(r"Doctors in 0:[0-3]\d"))


def test_an_empty_tier_is_shown_as_skipped(console, rest, ladders):
    rest.call("doctor", "PUT", "/duty", {"isOnDuty": False, "handoverNotes": "Nothing special happened."})
    try:
        page = console.page("admin")
        page.goto(f"{console.base}/ladders")
        open_default(page, 5)
        run = page.get_by_role("region", name="Who would be paged when?")
        expect(run.locator('.dry-step[data-skipped="true"]')).to_contain_text("Nobody on duty: skipped at once")
        shot(page, "dry-run-skipped", full_page=True)
    finally:
        rest.call("doctor", "PUT", "/duty", {"isOnDuty": True})


def test_two_people_who_edit_one_ladder_do_not_overwrite_each_other(console, rest, ladders):
    made = rest.call("admin", "POST", "/escalation-ladders", {
        "urgencyLevel": 2, "alertType": "equipment", "stepSeconds": [600], "repeats": False})
    page = console.page("admin")
    page.goto(f"{console.base}/ladders")
    page.get_by_role("button", name=re.compile(r"^Edit: urgency 2, Equipment")).click()
    page.get_by_label("Step 1", exact=True).fill("7:00")
    rest.call("admin", "PATCH", f"/escalation-ladders/{made['id']}", {"version": made["version"], "stepSeconds": [900]})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Somebody else has changed this meanwhile")).to_be_visible()
    assert steps_of(page) == ["7:00"], "what was typed is still there"
    shot(page, "ladder-conflict", full_page=True)
    page.get_by_role("button", name="Show it as it is now").click()
    expect(page.get_by_label("Step 1", exact=True)).to_have_value("15:00")
    page.get_by_role("button", name="Delete this ladder").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete this ladder").click()
    expect(page.get_by_role("button", name=re.compile(r"^Edit: urgency 2, Equipment"))).to_have_count(0)
    assert ladders() == []


def test_a_type_with_a_quorum_is_made_and_asks_for_its_people(console, rest):
    page = console.page("admin")
    page.goto(f"{console.base}/alert-types")
    page.get_by_role("button", name="New type").click()
    name = f"Airway {free_room()}"
    page.get_by_label("Name").fill(name)
    expect(page.get_by_role("textbox", name="Code")).to_have_value(name.lower().replace(" ", "_").replace("-", "_"))
    page.get_by_label("Usual urgency").select_option("5")
    page.get_by_label("Merge calls within").fill("0:00")
    page.get_by_role("button", name="Ask for somebody").click()
    page.get_by_label("Role").select_option("doctor")
    expect(page.get_by_label("Shown as")).to_have_value("Doctor")
    page.get_by_label("Shown as").fill("Anaesthetist")
    page.get_by_label("How many").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ask for 1 to 20 people in each line.")).to_be_visible()
    page.get_by_label("How many").fill("1")
    shot(page, "alert-type", full_page=True)
    page.get_by_role("button", name="Save").click()
    row = page.locator(".ladder", has_text=name)
    expect(row).to_contain_text("Asks for 1 × Anaesthetist")
    expect(row).to_contain_text("calls are never merged")
    alert = rest.raise_alert(kind=name.lower().replace(" ", "_").replace("-", "_"), urgency=5)
    assert [(each["label"], each["count"]) for each in alert["quorum"]] == [("Anaesthetist", 1)]

    row.get_by_role("button", name=f"Edit {name}").click()
    page.get_by_label("In use").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("not in use")
    page.goto(f"{console.base}/raise")
    expect(page.locator(".types .choice").first).to_be_visible()
    expect(page.locator(".types .choice", has_text=name)).to_have_count(0)


def test_a_template_is_made_and_an_alert_raised_from_it(console, rest):
    """127: a template made in the console fills the alert that is raised from it; only the room is asked"""
    page = console.page("admin")
    page.goto(f"{console.base}/templates")
    page.get_by_role("button", name="New template").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give the template a name.")).to_be_visible()
    name = f"Lift {free_room()}"
    page.get_by_label("Name").fill(name)
    page.get_by_label("Type").select_option("equipment")
    expect(page.get_by_label("Urgency")).to_have_value("2")  # as the type has it
    page.get_by_label("Urgency").select_option("4")
    page.get_by_label("Description").fill("Lift B is stuck between floors.")
    page.get_by_label("Sign").fill("L")
    shot(page, "template", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".ladder", has_text=name)).to_be_visible()
    shot(page, "templates", full_page=True)

    raiser = console.page("operator")
    raiser.goto(f"{console.base}/raise")
    raiser.locator(".choice", has_text=name).click()
    expect(raiser.get_by_label("Description")).to_have_value("Lift B is stuck between floors.")
    expect(raiser.locator(".levels")).to_be_hidden()
    room = free_room()
    raiser.get_by_label("Room").fill(room)
    shot(raiser, "raise-template", full_page=True)
    raiser.get_by_role("button", name="Raise alert").click()
    expect(raiser.get_by_role("heading", name="Live board")).to_be_visible()
    listed = rest.call("admin", "GET", "/alerts?status=active&limit=100")
    [alert] = [each for each in listed if each["roomNumber"] == room]
    rest.raised.append(alert["id"])
    assert (alert["alertType"], alert["urgencyLevel"], alert["description"]) == (
        "equipment", 4, "Lift B is stuck between floors.")

    page.get_by_role("button", name=f"Edit {name}").click()
    page.get_by_label("Description").fill("")
    page.get_by_label("Urgency").select_option("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This can be changed, not emptied.")).to_be_visible()
    page.get_by_label("Description").fill("Lift B is stuck.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".ladder", has_text=name)).to_contain_text("Equipment failure · Medium · Whole hospital")
    page.get_by_role("button", name=f"Edit {name}").click()
    expect(page.get_by_label("Description")).to_have_value("Lift B is stuck.")
    page.get_by_role("button", name="Delete this template").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete this template").click()
    expect(page.locator(".ladder", has_text=name)).to_have_count(0)


def test_what_is_set_up_works_on_a_phone_and_at_night(console):
    page = console.page("admin", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2,
                        color_scheme="dark")
    for path, button in (("ladders", re.compile("^Make your own: urgency 5")), ("alert-types", re.compile("^Edit ")),
                         ("templates", "New template")):
        page.goto(f"{console.base}/{path}")
        page.get_by_role("button", name=button).first.tap()
        expect(page.locator(".record-form")).to_be_visible()
        if path == "ladders":
            expect(page.locator(".dry-step").first).to_be_visible()
        fits_sideways(page)
        shot(page, f"{path}-phone", full_page=True)


def test_the_navigation_shows_what_the_role_may_do(console):
    nurse = console.board("nurse")
    expect(nurse.get_by_role("link", name="Set up")).to_have_count(0)
    nurse.goto(f"{console.base}/ladders")
    expect(nurse.get_by_role("heading", name="Not part of your role")).to_be_visible()
    admin = console.board("admin")
    admin.get_by_role("link", name="Set up").click()
    expect(admin.get_by_role("link", name="Set up")).to_have_attribute("aria-current", "page")
    tabs = admin.get_by_role("navigation", name="Set up")
    expect(tabs.locator(".setup-group").first.get_by_role("link")).to_have_text(["Ladders", "Alert types", "Templates", "Screens"])
    tabs.get_by_role("link", name="Screens").click()
    expect(admin.get_by_role("heading", name="Ward screens")).to_be_focused()
