"""Whom an alert reached and how, and what one is told, in a real browser. Letters go to a real mail server."""

import re

import pytest
from api_support import own_ward
from console_support import (  # noqa: F401 (fixtures by name)
    PHONE,
    Console,
    Rest,
    browser,
    fits_sideways,
    origin,
    shot,
)
from engines_support import console, house, rest  # noqa: F401
from playwright.sync_api import expect
from test_console_account import says_what_it_is
from ward_process import wait_for


# Whom an alert reached

def person_in(log, name: str):
    return log.locator(".delivery-person").filter(has_text=name)


def test_the_log_of_an_alert_fills_by_itself(console, house, rest):
    """168: the alert's page shows live whom it reached and how: mail taken by a real mail server with its seconds, and
    the address that the server does not know as failed, by tier and person"""
    nurse = rest.call("nurse", "GET", "/session")["user"]["name"]
    alert = rest.raise_alert(urgency=5)
    page = console.page("admin")
    page.goto(f"{console.base}/alerts/{alert['id']}")
    log = page.get_by_role("region", name="Who was told, and how")
    mail = person_in(log, nurse).locator('[data-channel="email"]')
    expect(mail).to_contain_text(re.compile(r"sent (< )?\d+(\.\d)? s"))
    assert house.box.wait_for("nurse@demo.ward")
    expect(log.get_by_role("status")).to_contain_text(re.compile(r"\d+ of \d+ (person|people) reached"))
    shot(page, "deliveries", full_page=True)

    house.box.unknown.add("doctor@demo.ward")
    try:
        rest.call("admin", "POST", f"/alerts/{alert['id']}/escalation", {})
        doctor = rest.call("doctor", "GET", "/session")["user"]["name"]
        failed = person_in(log, doctor).locator('[data-channel="email"]')
        expect(failed).to_have_attribute("data-status", "failed")
        expect(failed).to_contain_text("failed")
        expect(failed).to_contain_text(re.compile("the mail server .*550"))
        expect(log.get_by_role("heading", name=re.compile("Tier 2: Doctors"))).to_be_visible()
        expect(log.get_by_role("status")).to_contain_text("1 not reached")
        says_what_it_is(page)
        shot(page, "deliveries-failed", full_page=True)
    finally:
        house.box.unknown.clear()


def test_the_log_is_read_on_a_telephone_at_night(console, rest):
    """168: the delivery log fits a telephone, dark, and stays when somebody answers"""
    alert = rest.raise_alert(urgency=4)
    page = console.page("nurse", color_scheme="dark", viewport=PHONE)
    page.goto(f"{console.base}/alerts/{alert['id']}")
    log = page.get_by_role("region", name="Who was told, and how")
    expect(log.locator('[data-channel="email"]').first).to_be_visible()
    rest.call("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    expect(page.get_by_text("Being answered")).to_be_visible()
    expect(log.locator('[data-channel="email"]').first).to_be_visible()
    fits_sideways(page)
    shot(page, "deliveries-phone-dark", full_page=True)


# Ward itself

def test_an_administrator_is_told_loudly_that_ward_is_not_well(browser):  # noqa: F811
    """When Ward's own test alert does not come through, a strip says so on every page of who looks after Ward, also to
    who comes later, until it is over; a nurse has other things to do"""
    broken = "REVOKE INSERT ON ward.alert_acknowledgments FROM ward_serving"
    mended = "GRANT INSERT ON ward.alert_acknowledgments TO ward_serving"
    with own_ward(environment={"WARD_WATCH": "on", "WARD_WATCH_SECONDS": "3"}) as ward:
        opened = Console(browser, origin(ward.url), Rest(ward.url))
        try:
            page, nurse = opened.board("admin"), opened.board("nurse")
            strip = page.locator('[data-banner="degraded"]')
            ward.sql(broken, "owner")
            expect(strip.get_by_text("WARD IS NOT WELL")).to_be_visible(timeout=30_000)
            expect(strip).to_contain_text("A test alert was delivered and could not be acknowledged.")
            shot(page, "degraded")
            later = opened.page("admin")
            later.goto(f"{opened.base}/figures")
            expect(later.get_by_text("WARD IS NOT WELL")).to_be_visible()
            expect(nurse.get_by_text("WARD IS NOT WELL")).to_have_count(0)
            ward.sql(mended, "owner")
            expect(strip).to_be_hidden(timeout=30_000)
            expect(later.get_by_text("WARD IS NOT WELL")).to_have_count(0)
        finally:
            opened.close()
        assert opened.complaints == []


# What one is told

def bell(page):
    return page.locator(".bell")


@pytest.fixture
def nothing_unread(house):
    house.api.do("nurse", "POST", "/notifications/reading")


def test_the_bell_counts_and_clears(console, rest, nothing_unread):
    """158: the bell counts by itself what comes, the centre shows it with the way to the alert, and one or all are
    read; another page of the same person knows at once"""
    page = console.page("nurse")
    page.goto(f"{console.base}/notifications")
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    expect(bell(page)).to_have_attribute("aria-label", "Notifications, none unread")
    alerts = [rest.raise_alert(urgency=5) for _ in range(3)]
    expect(bell(page)).to_have_attribute("aria-label", "Notifications, 3 unread")
    rows = page.locator(".notification")
    expect(rows).to_have_count(3)
    says_what_it_is(page)
    shot(page, "notifications")
    other = console.page("nurse")
    other.goto(f"{console.base}/profile")
    expect(other.locator(".bell-badge")).to_have_text("3")

    newest = rows.filter(has_text=alerts[2]["roomNumber"])
    newest.get_by_role("button", name=re.compile("^Mark “.*” as read$")).focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    expect(bell(page)).to_have_attribute("aria-label", "Notifications, 2 unread")
    expect(rows.first.get_by_role("button")).to_be_focused()
    page.get_by_text("All", exact=True).click()
    expect(newest).to_contain_text("read ")
    page.get_by_text("Unread", exact=True).click()
    rows.filter(has_text=alerts[1]["roomNumber"]).get_by_role("link").click()
    expect(page.get_by_role("heading", name=f"Room {alerts[1]['roomNumber']}")).to_be_visible()
    expect(page.locator(".bell-badge")).to_have_text("1")
    bell(page).click()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    expect(bell(page)).to_have_attribute("aria-label", "Notifications, none unread")
    expect(other.locator(".bell-badge")).to_be_hidden()


def test_preferences_are_kept_and_tried(console, house, rest):
    """168: somebody orders his channels by keyboard, sets quiet hours and wants no mail; it is kept, a test comes, and
    the log of the next alert says that he wanted none"""
    page = console.page("nurse")
    page.goto(f"{console.base}/notification-preferences")
    expect(page.get_by_text("You have chosen nothing")).to_be_visible()
    before = len(house.box.to("nurse@demo.ward"))
    page.get_by_label("Channel", exact=True).select_option("email")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("Mail: the test is on its way.")).to_be_visible()
    assert "test" in house.box.wait_for("nurse@demo.ward", before + 1)["Subject"]
    page.get_by_role("button", name="SMS earlier").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="SMS later")).to_be_focused()
    page.get_by_label("WhatsApp", exact=True).uncheck()
    page.get_by_label("Mail besides").uncheck()
    page.get_by_label("Quiet hours").check()
    page.get_by_label("From").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose a time.")).to_be_visible()
    page.get_by_label("From").fill("21:30")
    says_what_it_is(page)
    shot(page, "preferences", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Chosen by you.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("From")).to_have_value("21:30")
    kept = rest.call("nurse", "GET", "/notification-preferences")
    assert kept["channels"] == ["sms", "push"] and not kept["email"]
    assert (kept["quietFrom"], kept["quietUntil"]) == ("21:30", "06:00")

    alert = rest.raise_alert(urgency=5)
    page.goto(f"{console.base}/alerts/{alert['id']}")
    mail = page.locator('.delivery[data-channel="email"]').first
    expect(mail).to_contain_text("not sent · the person wants none")
    page.goto(f"{console.base}/notification-preferences")
    page.set_viewport_size(PHONE)
    fits_sideways(page)
    shot(page, "preferences-phone", full_page=True)
    page.get_by_role("button", name="Be told as the hospital has it").click()
    expect(page.get_by_text("You have chosen nothing")).to_be_visible()


def test_mails_stand_with_how_they_are(console, house, rest):
    """161: an administrator sees which of the hospital's mails were sent and which were refused and why, and no address"""
    before = len(house.box.to("head@demo.ward"))
    rest.call("head", "POST", "/notification-tests", {"channel": "email"})
    house.box.wait_for("head@demo.ward", before + 1)
    house.box.unknown.add("doctor@demo.ward")
    rest.call("doctor", "POST", "/notification-tests", {"channel": "email"})
    page = console.page("admin")
    page.goto(f"{console.base}/mails")
    expect(page.locator('[data-status="sent"]').first).to_contain_text("Message on trial")

    def refused():
        page.get_by_role("button", name="Look again").click()
        return page.locator('[data-status="failed"]').count()
    wait_for(refused, 20, "the refused mail stands as failed")
    expect(page.locator('[data-status="failed"]')).to_contain_text(re.compile("the mail server .*550"))
    assert "doctor@demo.ward" not in page.content()
    house.box.unknown.clear()
    says_what_it_is(page)
    shot(page, "mails")


def test_the_usual_way_of_a_hospital(console, rest):
    """168: an administrator chooses how those are told who have chosen nothing, and it counts for them"""
    before = rest.call("admin", "GET", "/notification-defaults")
    page = console.page("admin")
    page.goto(f"{console.base}/notification-defaults")
    page.get_by_label("Push", exact=True).uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="The usual way is kept.")).to_be_visible()
    assert rest.call("doctor", "GET", "/notification-preferences")["channels"] == ["sms", "whatsapp"]
    rest.call("admin", "PUT", "/notification-defaults", {"channels": before["channels"]})


# Words

def test_words_are_tried_before_they_count(console, house, rest):
    """155: an administrator gives a message words of his own: what does not render is told at its field while he types,
    the preview shows each channel, and the next mail says it"""
    page = console.page("admin")
    page.goto(f"{console.base}/message-templates")
    page.get_by_role("button", name="Edit: New alert, English").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator(".preview-title")).to_have_text("Cardiac arrest, room 4B")
    text = page.get_by_label("Text", exact=True)
    text.fill("Please come to {{place")
    error = page.locator('[data-field="body"] .field-error')
    expect(error).to_contain_text("without }}")
    expect(text).to_be_focused()
    expect(preview.get_by_role("status")).to_contain_text("does not render yet")
    text.fill("Please come to {{place}}")
    expect(error).to_contain_text("has no value place; there are link, priority, room")
    shot(page, "messages-wrong", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(error).to_contain_text("has no value place")
    text.fill("Please come to ")
    page.get_by_role("button", name="Insert room").click()
    expect(text).to_have_value("Please come to {{room}}")
    expect(error).to_be_hidden()
    expect(preview.locator(".preview-text")).to_have_text("Please come to 4B")
    page.get_by_label("HTML of the mail").fill("<p>Please come to <b>{{room}}</b></p>")
    expect(preview.frame_locator("iframe").locator("b")).to_have_text("4B")
    preview.get_by_text("SMS", exact=True).click()
    expect(preview.get_by_role("status")).to_have_text("17 characters: 1 SMS.")
    preview.get_by_text("Mail", exact=True).click()
    says_what_it_is(page)
    shot(page, "messages", full_page=True)
    page.get_by_role("button", name="Save").click()
    own = page.locator('[data-template="alert-created en"]')
    expect(own.locator(".tag")).to_have_text("your words")
    before = len(house.box.to("nurse@demo.ward"))
    alert = rest.raise_alert(urgency=5)
    letter = house.box.wait_for("nurse@demo.ward", before + 1)
    assert f"Please come to {alert['roomNumber']}" in letter.get_body(("plain",)).get_content()
    assert f"<b>{alert['roomNumber']}</b>" in letter.get_body(("html",)).get_content()
    own.get_by_role("button").click()
    page.get_by_role("button", name="Back to Ward’s own words").click()
    page.get_by_role("dialog").get_by_role("button", name="Back to Ward’s own words").click()
    expect(own.locator(".tag")).to_have_count(0)
