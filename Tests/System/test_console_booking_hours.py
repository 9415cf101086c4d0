"""When a doctor can be booked, for how long and how much, in the browser; his days off."""

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


@pytest.fixture
def doctor(rest) -> dict:
    name = uuid.uuid4().hex[:10]
    made = rest.call("admin", "POST", "/users", {"name": f"Dr {name}", "email": f"{name}@demo.ward", "role": "doctor"})
    rest.call("admin", "PATCH", "/hospital", {"currency": "EUR"})
    return made


def opened(console, doctor: dict, who: str = "head", **options):
    page = console.page(who, **options)
    page.goto(f"{console.base}/booking-hours")
    page.get_by_label("Doctor", exact=True).select_option(doctor["id"])
    expect(page.get_by_label("Monday")).to_be_editable()
    return page


def said(page, text: str) -> None:
    expect(page.locator(".toast", has_text=text).last).to_be_visible()


def test_hours_and_fee(console, rest, doctor):
    """190, 172: hours, minutes, patients at once and the fee are set; what is wrong is named at its field; a change by another
    meanwhile is told"""
    page = opened(console, doctor)
    page.get_by_label("Monday").fill("09-12:30, 14–18")
    page.get_by_label("Tuesday").fill("later")
    page.get_by_label("Minutes a visit").fill("4")
    page.get_by_label("Fee in EUR").fill("12,345")
    page.get_by_role("button", name="Save").click()
    for name in ("hours", "averageMinutes", "feeMinor"):
        expect(page.locator(f'[data-field="{name}"] .field-error')).to_be_visible()
    page.get_by_label("Tuesday").fill("")
    page.get_by_label("Minutes a visit").fill("20")
    page.get_by_label("Patients at once").fill("2")
    page.get_by_label("Fee in EUR").fill("49,50")
    page.get_by_role("button", name="Save").click()
    said(page, "The hours are set.")
    kept = rest.call("head", "GET", f"/doctors/{doctor['id']}/hours")
    assert [(each["day"], each["start"], each["end"]) for each in kept["hours"]] == [(1, "09:00", "12:30"), (1, "14:00", "18:00")]
    assert (kept["averageMinutes"], kept["capacity"], kept["feeMinor"]) == (20, 2, 4950)
    expect(page.get_by_label("Fee in EUR")).to_have_value("49.50")
    rest.call("admin", "PUT", f"/doctors/{doctor['id']}/hours", {"version": kept["version"], "hours": []})
    page.get_by_label("Friday").fill("08:00–12:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("changed meanwhile")).to_be_visible()
    page.get_by_role("button", name="Show it as it is now").click()
    expect(page.get_by_label("Monday")).to_have_value("")
    expect(page.get_by_label("Friday")).to_have_value("")
    shot(page, "booking-hours", full_page=True)


def test_days_off(console, rest, doctor):
    """169: a day off is added with what it is for, shown, and removed; one without a day is not sent"""
    page = opened(console, doctor)
    expect(page.get_by_text("No day off lies ahead.")).to_be_visible()
    page.get_by_role("button", name="Add a day off").click()
    expect(page.locator('[data-field="date"] .field-error')).to_be_visible()
    page.get_by_label("First day").fill("2031-05-05")
    page.get_by_label("Last day").fill("2031-05-09")
    page.get_by_label("What for").fill("Conference")
    page.get_by_role("button", name="Add a day off").click()
    said(page, "The day off is added.")
    row = page.get_by_role("listitem").filter(has_text="Conference")
    expect(row).to_be_visible()
    [kept] = rest.call("head", "GET", f"/doctors/{doctor['id']}/availability-exceptions")
    assert (kept["kind"], kept["title"], kept["from"][:10]) == ("off", "Conference", "2031-05-05")
    row.get_by_role("button").click()
    said(page, "The day off is removed.")
    expect(page.get_by_text("No day off lies ahead.")).to_be_visible()
    assert rest.call("head", "GET", f"/doctors/{doctor['id']}/availability-exceptions") == []


def test_on_a_phone_at_night(console, rest, doctor):
    """190: the page fits a telephone and the dark; who may not set hours is not shown the way there"""
    page = opened(console, doctor, viewport=PHONE, color_scheme="dark")
    fits_sideways(page)
    shot(page, "booking-hours-phone", full_page=True)
    other = console.page("nurse")
    other.goto(f"{console.base}/appointments")
    expect(other.get_by_role("heading", name="Appointments")).to_be_visible()
    expect(other.get_by_role("link", name="Hours and fees")).to_have_count(0)
