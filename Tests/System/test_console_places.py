"""The hospital itself in the browser: settings, particulars behind a code, departments, locations, rooms, permissions.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re
import uuid

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
from ward_process import wait_for


@pytest.fixture
def hospital(rest):
    """Puts the settings and the particulars back."""
    before = rest.call("admin", "GET", "/hospital")
    yield before
    rest.call("admin", "PATCH", "/hospital", {name: before[name] for name in (
        "type", "timeZone", "isActive", "nursesResolve", "restrictRecords")} | {"idleMinutes": before["idleMinutes"] or 0})


@pytest.fixture
def removed(rest):
    """Removes the places that a test has made; what was there already stays."""
    kinds = ("rooms", "locations")
    known = {each["id"] for kind in kinds for each in rest.call("admin", "GET", f"/{kind}?limit=100")}
    yield
    for kind in kinds:
        for each in rest.call("admin", "GET", f"/{kind}?limit=100"):
            if each["id"] not in known:
                rest.call("admin", "DELETE", f"/{kind}/{each['id']}")


def new_name(stem: str) -> str:
    return f"{stem} {uuid.uuid4().hex[:6]}"


def test_settings_are_changed_and_a_bad_one_is_named(console, rest, hospital):
    """85: zone, idle minutes and what nurses may do are saved; an unknown zone is named at its field and changes nothing"""
    page = console.page("admin")
    page.goto(f"{console.base}/hospital")
    page.get_by_label("Time zone").fill("Mars/Olympus")
    page.get_by_label("Nurses may resolve alerts").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator('[data-field="timeZone"] .field-error')).to_be_visible()
    expect(page.get_by_label("Time zone")).to_be_focused()
    assert rest.call("admin", "GET", "/hospital") == hospital
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_label("Sign out after idle minutes").fill("45")
    shot(page, "hospital", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="The hospital is saved.")).to_be_visible()
    saved = rest.call("admin", "GET", "/hospital")
    assert (saved["timeZone"], saved["idleMinutes"], saved["nursesResolve"], saved["isActive"]) == (
        "Europe/Berlin", 45, True, True)
    page.reload()
    expect(page.get_by_label("Sign out after idle minutes")).to_have_value("45")
    expect(page.get_by_label("Nurses may resolve alerts")).to_be_checked()


def test_the_licence_is_changed_behind_a_mailed_code(console, rest):
    """107, 87: the particulars open with the mailed code alone; a wrong one is told, and one change is saved"""
    page = console.page("admin")
    page.goto(f"{console.base}/hospital")
    page.get_by_role("button", name="Change particulars").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Code of six digits")).to_be_focused()

    def code() -> str | None:
        letters = rest.call("admin", "GET", "/development/outbox")["letters"]
        mine = [each["text"] for each in letters if each["to"] == "admin@demo.ward"]
        return next((found[0] for text in mine if (found := re.search(r"\b\d{6}\b", text))), None)

    sent = wait_for(code, 10, "the mailed code")
    dialog.get_by_label("Code of six digits").fill("000000" if sent != "000000" else "000001")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.get_by_text("This code is not right, or no longer good.")).to_be_visible()
    shot(page, "hospital-code")
    dialog.get_by_label("Code of six digits").fill(sent)
    dialog.get_by_role("button", name="Confirm").click()
    licence = f"HL-{uuid.uuid4().hex[:6]}"
    page.get_by_label("Licence number").fill(licence)
    shot(page, "hospital-details", full_page=True)
    page.get_by_role("button", name="Save particulars").click()
    expect(page.get_by_text(licence)).to_be_visible()
    expect(page.get_by_role("button", name="Change particulars")).to_be_visible()
    assert rest.call("admin", "GET", "/hospital")["licenseNumber"] == licence


def test_a_department_lives(console, rest):
    """83: a department is made; a taken code is named at its field; out of use it is marked, and comes back"""
    page = console.page("admin")
    page.goto(f"{console.base}/departments")
    page.get_by_role("button", name="New department").click()
    name, code = new_name("Radiology"), f"R{uuid.uuid4().hex[:6].upper()}"
    page.get_by_label("Name").fill(name)
    page.get_by_label("Code").fill("icu")
    page.get_by_role("button", name="Save").click()
    expect(page.locator('[data-field="code"] .field-error')).to_be_visible()
    expect(page.get_by_label("Code")).to_be_focused()
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Save").click()
    row = page.locator("tr", has_text=name)
    expect(row).to_contain_text(code)
    page.get_by_role("button", name=f"Edit {name}").click()
    page.get_by_role("button", name="Take out of use").click()
    page.get_by_role("dialog").get_by_role("button", name="Take out of use").click()
    expect(row).to_contain_text("Out of use")
    shot(page, "departments", full_page=True)
    page.get_by_role("button", name=f"Edit {name}").click()
    page.get_by_role("button", name="Take back into use").click()
    expect(row).to_contain_text("In use")
    made = next(each for each in rest.departments() if each["name"] == name)
    rest.call("admin", "DELETE", f"/departments/{made['id']}")


def test_a_location_with_hours_and_a_change_by_somebody_else(console, rest, removed):
    """80: a location is made with opening hours; who edits what another has changed meanwhile is told and loses nothing"""
    page = console.page("admin")
    page.goto(f"{console.base}/locations")
    page.get_by_role("button", name="New location").click()
    name = new_name("East wing")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Monday", exact=True).fill("8-12:30, 14:00–18:00")
    page.get_by_label("Saturday").fill("from nine")
    page.get_by_role("button", name="As Monday for Tuesday to Friday").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saturday: write times as")).to_be_visible()
    expect(page.get_by_label("Saturday")).to_be_focused()
    page.get_by_label("Saturday").fill("9-12")
    shot(page, "location", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("tr", has_text=name)).to_contain_text("Mon–Fri 08:00–12:30, 14:00–18:00")
    made = next(each for each in rest.call("admin", "GET", "/locations") if each["name"] == name)
    assert len(made["hours"]) == 11

    page.get_by_role("button", name=f"Edit {name}").click()
    page.get_by_label("Address").fill("1 Main Street")
    rest.call("admin", "PATCH", f"/locations/{made['id']}", {"version": 1, "phone": "+49 30 1"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="changed meanwhile")).to_be_visible()
    expect(page.get_by_label("Address")).to_have_value("1 Main Street")
    page.get_by_role("button", name="Show it as it is now").click()
    expect(page.get_by_label("Telephone")).to_have_value("+49 30 1")
    page.get_by_role("button", name="Remove this location").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove this location").click()
    expect(page.locator("tr", has_text=name)).to_have_count(0)


def test_rooms_are_made_found_and_removed(console, rest, removed):
    """80: rooms are made with beds and a department, found by number and department, changed and removed"""
    stem = uuid.uuid4().hex[:6]
    emergency = next(each["id"] for each in rest.departments() if each["code"] == "ER")
    for number in ("1", "2"):
        rest.call("admin", "POST", "/rooms", {"number": f"{stem}-{number}", "departmentId": emergency})
    page = console.page("admin")
    page.goto(f"{console.base}/rooms")
    page.get_by_role("button", name="New room").click()
    form = page.locator(".record-form")
    form.get_by_label("Number").fill(f"{stem}-1")
    form.get_by_label("Beds").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".record-form :is(.field-error, .form-problem):visible")).to_have_count(1)
    form.get_by_label("Number").fill(f"{stem}-3")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Find a room").fill(stem)
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator(".list-tools").get_by_label("Department").select_option(label="Emergency")
    expect(page.locator("tbody tr")).to_have_count(2)
    shot(page, "rooms", full_page=True)
    page.get_by_role("button", name=f"Edit Room {stem}-1").click()
    page.get_by_role("button", name="Remove this room").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove this room").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert sorted(each["number"] for each in rest.call("admin", "GET", "/rooms?limit=100")
                  if each["number"].startswith(stem)) == [f"{stem}-2", f"{stem}-3"]


def test_the_table_of_permissions_is_the_servers(console, rest):
    """27, 63: the table shows for every role what the server says; one role alone is shown with its count"""
    page = console.page("admin")
    page.goto(f"{console.base}/permissions")
    table = page.get_by_role("table", name="Permissions")
    expect(table).to_be_visible()
    roles = rest.call("admin", "GET", "/roles")["roles"]
    shown = table.evaluate("""table => [...table.tBodies[0].rows].map(row =>
        [row.cells[0].textContent, [...row.cells].slice(1).map(cell => cell.dataset.has === 'true')])""")
    for name, cells in shown:
        permission = name.lower().replace(" ", "_")
        assert cells == [permission in each["permissions"] for each in roles], name
    assert len(shown) == len({each for role in roles for each in role["permissions"]})
    shot(page, "permissions", full_page=True)
    page.get_by_label("Role").select_option("nurse")
    count = len(next(each for each in roles if each["role"] == "nurse")["permissions"])
    expect(page.locator('.permission[data-has="true"]')).to_have_count(count)
    expect(page.get_by_text("You may give this role.")).to_be_visible()


def test_places_by_permission_on_a_phone_and_at_night(console):
    """63: a head doctor has no links to the hospital's places; an administrator has them, on a phone as well"""
    paths = ("/hospital", "/departments", "/locations", "/rooms")
    head = console.page("head")
    head.goto(f"{console.base}/members")
    tabs = head.get_by_role("navigation", name="Set up")
    expect(tabs.get_by_role("link", name="Permissions")).to_be_visible()
    for name in ("Hospital", "Departments", "Locations", "Rooms"):
        expect(tabs.get_by_role("link", name=name)).to_have_count(0)
    for path in paths:
        head.goto(console.base + path)
        expect(head.get_by_role("heading", name="Not part of your role")).to_be_visible()
    phone = console.page("admin", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    dark = console.page("admin", color_scheme="dark")
    for path in (*paths, "/permissions"):
        for page, look in ((phone, "phone"), (dark, "dark")):
            page.goto(console.base + path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_text("Loading")).to_have_count(0)
            fits_sideways(page)
            shot(page, f"{path[1:]}-{look}", full_page=True)
