"""Other programs that hear events, in a real browser."""

import re

import pytest
from console_support import PHONE, browser, fits_sideways, shot  # noqa: F401 (fixtures by name)
from engines_support import console, house, rest  # noqa: F401
from playwright.sync_api import expect
from peers import Sink, serving
from test_console_account import says_what_it_is


@pytest.fixture
def sink():
    with serving(Sink()) as peer:
        yield peer


def test_an_endpoint_is_added_and_what_it_was_handed_is_seen(console, house, rest, sink):
    """152: an administrator adds an endpoint, sees its secret once, what it was handed and what not, and hands an event
    over once more; an address that is none is told at its field"""
    page = console.page("admin")
    page.goto(f"{console.base}/webhooks")
    expect(page.get_by_text("No program hears events yet.")).to_be_visible()
    page.get_by_role("button", name="New webhook").click()
    page.get_by_label("Address").fill("nonsense")
    page.get_by_label("Name").fill("Pager bridge")
    for event in ("Alert changed", "Alert escalated", "Alert commented on", "Appointment changed"):
        page.get_by_label(event).uncheck()
    page.get_by_role("button", name="Save").click()
    address = page.locator('[data-field="url"]')
    expect(address.locator(".field-error")).to_contain_text("must be")
    expect(page.get_by_label("Address")).to_be_focused()
    page.get_by_label("Address").fill(f"{sink.url}/hook")
    page.get_by_role("button", name="Save").click()
    secret = page.get_by_role("dialog").get_by_label("Secret")
    expect(secret).to_have_value(re.compile("^whsec_"))
    shot(page, "webhook-secret")
    page.get_by_role("button", name="I have kept it").click()
    row = page.locator(".ladder", has_text="Pager bridge")
    expect(row.locator(".state-tag")).to_have_text("well")

    rest.raise_alert(urgency=2)
    sink.wait_for(1)
    row.get_by_role("button", name="Deliveries").click()
    log = page.get_by_role("region", name="Deliveries")
    line = log.get_by_role("row").filter(has_text="New alert")
    expect(line.locator(".state-tag")).to_have_text("delivered")
    says_what_it_is(page)
    shot(page, "webhooks", full_page=True)
    line.get_by_role("button", name=re.compile("Send event .* again")).click()
    expect(page.locator(".toast", has_text="The event is on its way again.")).to_be_visible()
    again = sink.wait_for(2)
    assert again[0].json["id"] == again[1].json["id"], "the same event under the same id"
    page.set_viewport_size(PHONE)
    fits_sideways(page)
    shot(page, "webhooks-phone", full_page=True)
    page.get_by_role("button", name=re.compile("^Edit http")).click()
    page.get_by_role("button", name="Remove this webhook").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove this webhook").click()
    expect(page.get_by_text("No program hears events yet.")).to_be_visible()


def test_a_list_that_does_not_come_says_so_and_is_asked_for_again(console):
    """152: when the list cannot be had the page says why and no longer that it loads; one press asks again"""
    page = console.page("admin")
    page.route("**/api/v1/webhooks**", lambda route: route.fulfill(
        status=503, content_type="application/json",
        body='{"error": "The database is not available at the moment.", "code": "SERVICE_UNAVAILABLE", "details": {}}'))
    page.goto(f"{console.base}/webhooks")
    expect(page.locator(".form-problem")).to_have_text("The database is not available at the moment.")
    expect(page.get_by_text("Loading")).to_have_count(0)
    page.unroute("**/api/v1/webhooks**")
    page.get_by_role("button", name="Look again").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("No program hears events yet.").or_(page.locator("li.webhook").first)).to_be_visible()
    console.complaints.clear()
