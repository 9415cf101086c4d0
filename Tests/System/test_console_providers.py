"""Coming from another provider in a real browser: the second factor before there is a session, and taking it away."""

import re

from console_support import browser, shot  # noqa: F401 (a fixture is found by name)
from playwright.sync_api import expect
from test_second_step import api, known, provider, ward  # noqa: F401 (fixtures are found by name)
from ward_process import PASSWORD


def consent(page, subject: str) -> None:
    page.get_by_role("link", name="Sign in with Google").click()
    page.locator("[name=sub]").first.fill(subject)
    page.get_by_role("button", name=re.compile("authorize|continue|sign|log", re.IGNORECASE)).first.click()


def test_the_second_factor_is_asked_for_after_another_provider(api, ward, provider, browser):  # noqa: F811
    """36, 54: who comes back from another provider and has a second factor is asked for its code, is told of a
    wrong one, and goes on to where he wanted"""
    person = known(api, provider)
    page = browser.new_context().new_page()
    page.goto(f"http://localhost:{ward.port}/staff")
    consent(page, person.email)
    code = page.get_by_label("Code from your telephone")
    expect(code).to_be_focused()
    assert "sign-in" not in page.url
    shot(page, "provider-second-factor")
    code.fill("000000" if person.code() != "000000" else "000001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="This code is not right")).to_be_visible()
    code.fill(person.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="On duty now")).to_be_visible()
    assert page.url == f"http://localhost:{ward.port}/staff"
    page.context.close()


def test_a_ticket_that_is_over_is_told(api, ward, provider, browser):  # noqa: F811
    """54: when the ticket of the browser is over, the page says so and begins again"""
    person = known(api, provider)
    page = browser.new_context().new_page()
    page.goto(f"http://localhost:{ward.port}/")
    consent(page, person.email)
    expect(page.get_by_label("Code from your telephone")).to_be_focused()
    page.context.clear_cookies()
    page.get_by_label("Code from your telephone").fill(person.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="That took too long.")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_visible()
    page.context.close()


def test_an_account_elsewhere_is_taken_away(api, ward, provider, browser):  # noqa: F811
    """37: the security page lists the accounts elsewhere and takes one away; then it signs in no more"""
    person = known(api, provider)
    page = browser.new_context().new_page()
    page.goto(f"http://localhost:{ward.port}/security")
    consent(page, person.email)
    page.get_by_label("Code from your telephone").fill(person.code())
    page.keyboard.press("Enter")
    row = page.locator("li[data-account-id]")
    expect(row).to_contain_text("Google")
    shot(page, "linked-accounts", full_page=True)
    row.get_by_role("button", name="Take Google away").click()
    page.get_by_role("dialog").get_by_role("button", name="Take away").click()
    expect(page.get_by_text("You sign in with no other provider.")).to_be_visible()
    assert ward.sql("SELECT count(*) FROM linked_accounts l JOIN users u ON u.id = l.user_id WHERE u.email = %s", "admin",
                    parameters=[person.email])[0][0] == 0
    assert ward.call("POST", "/api/v1/sessions", json={
        "email": person.email, "password": PASSWORD, "backupCode": person.backup[0]}).status_code == 201
    page.context.close()
