"""The services of a hospital's channels in a real browser; the service is one on loopback that nobody answers for."""

import re

from api_support import own_ward
from channel_peers import Twilio
from console_support import (  # noqa: F401 (fixtures by name)
    PASSWORD,
    PHONE,
    Console,
    Rest,
    browser,
    fits_sideways,
    origin,
    shot,
)
from engines_support import console, house, rest  # noqa: F401
from peers import serving
from playwright.sync_api import expect
from test_console_account import says_what_it_is
from ward_process import free_port


def card(page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def test_a_hospital_chooses_its_own_service_and_its_secret_is_never_shown(console, house, rest):
    """156: an administrator gives SMS an account of the hospital's; what is no such address is told at its field, the
    secret is covered and never comes back, and the log of the next alert shows how the SMS fared"""
    page = console.page("admin")
    page.goto(f"{console.base}/channels")
    sms = card(page, "SMS")
    expect(sms.locator(".state-tag")).to_have_text("not set up")
    sms.get_by_text("Our own").click()
    sms.get_by_role("button", name="Save").click()
    address = sms.get_by_label("Service, account and secret as one address")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("type", "password")
    address.fill("fax://somewhere")
    sms.get_by_role("button", name="Save").click()
    expect(sms.locator('[data-field="url"] .field-error')).to_contain_text("must begin with")
    says_what_it_is(page)
    shot(page, "channels-wrong", full_page=True)
    address.fill(f"twilio://AC123:very-secret@127.0.0.1:{free_port()}?from=%2B493012345")
    sms.get_by_role("button", name="Save").click()
    expect(card(page, "SMS").locator(".state-tag")).to_have_text("goes by Twilio")
    assert "very-secret" not in page.content()
    page.reload()
    expect(card(page, "SMS").get_by_text("One is kept and never shown")).to_be_visible()
    assert "very-secret" not in page.content()
    shot(page, "channels", full_page=True)

    rest.call("admin", "PUT", f"/users/{house.api.user('nurse')}", {"phone": "+49301234567"})
    alert = rest.raise_alert(urgency=5)
    page.goto(f"{console.base}/alerts/{alert['id']}")
    log = page.get_by_role("region", name="Who was told, and how")
    failed = log.locator('[data-channel="sms"][data-status="failed"]').first
    expect(failed).to_contain_text(re.compile(r"SMS.*failed"), timeout=60_000)
    shot(page, "deliveries-sms-failed", full_page=True)
    page.set_viewport_size(PHONE)
    page.goto(f"{console.base}/channels")
    fits_sideways(page)
    sms.get_by_text("The installation’s").click()
    sms.get_by_role("button", name="Save").click()
    expect(card(page, "SMS").locator(".state-tag")).to_have_text("not set up")


def test_somebody_proves_his_telephone(browser):  # noqa: F811
    """49: a person names his number with his password, a wrong one is told, the code that came by SMS proves it, and he
    removes it again; only its end is shown"""
    with serving(Twilio()) as service, own_ward(environment={"WARD_SMS_URL": service.setting}) as ward:
        opened = Console(browser, origin(ward.url), Rest(ward.url))
        try:
            page = opened.page("nurse")
            page.goto(f"{opened.base}/security")
            phone = page.locator("section.panel", has=page.get_by_role("heading", name="Your own telephone"))
            phone.get_by_role("button", name="Name a number").click()
            phone.get_by_label("Number").fill("+49 1512 3456789")
            phone.get_by_label("Password").fill("wrong horse battery")
            phone.get_by_role("button", name="Send me a code").click()
            expect(phone.get_by_role("alert")).to_be_visible()
            assert service.to("+4915123456789") == []
            phone.get_by_label("Password").fill(PASSWORD)
            phone.get_by_role("button", name="Send me a code").click()
            expect(phone.get_by_text("A code is on its way to +49 ••• 89.")).to_be_visible()
            code = re.search(r"\d{6}", service.to("+4915123456789")[-1]["text"])[0]
            phone.get_by_label("Code").fill("000000" if code != "000000" else "000001")
            phone.get_by_role("button", name="Prove it").click()
            expect(phone.locator(".field-error")).to_contain_text("not good")
            phone.get_by_label("Code").fill(code)
            phone.get_by_role("button", name="Prove it").click()
            expect(phone.get_by_text("Proven to be yours")).to_be_visible()
            expect(phone.get_by_text("+49 ••• 89")).to_be_visible()
            shot(page, "security-phone", full_page=True)
            # Sealed by a key that is not there any more: it is said, and the number can be taken away all the same.
            ward.sql("UPDATE own_phones SET number = set_byte(number, 1, (get_byte(number, 1) + 1) % 256) RETURNING 1", "admin")
            page.reload()
            expect(phone.get_by_role("alert")).to_contain_text("WARD_SECRET_KEYS_EARLIER")
            opened.complaints.clear()
            phone.get_by_role("button", name="Remove").click()
            page.get_by_role("dialog").get_by_role("button", name="Remove").click()
            expect(phone.get_by_role("button", name="Name a number")).to_be_visible()
        finally:
            opened.close()
        assert opened.complaints == []
