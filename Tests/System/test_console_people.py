"""From an invitation to the first shift, in two browsers: what the issue "people" calls done.

The letter comes from a real mail server, the codes from an unmodified pyotp that has read the QR code on the screen.
"""

import io
import re
import uuid
from types import SimpleNamespace

import pyotp
import pytest
import zxingcpp
from api_support import Api
from console_support import Console, Rest, browser, card_of, free_room, shot  # noqa: F401 (fixtures by name)
from mail_server import mail_server
from PIL import Image
from playwright.sync_api import expect
from ward_process import WardProcess, free_port

SECRET = "lantern grove whistle"


@pytest.fixture(scope="module")
def house():
    port = free_port()
    with mail_server() as server:
        ward = WardProcess(
            port=port, environment={**server.environment, "WARD_PUBLIC_URL": f"http://localhost:{port}"})
        try:
            ward.start()
            yield SimpleNamespace(ward=ward, box=server.box, api=Api(ward), base=f"http://localhost:{port}")
        finally:
            ward.close()


@pytest.fixture
def console(browser, house):  # noqa: F811
    rest = Rest(house.base)
    opened = Console(browser, house.base, rest)
    yield opened
    opened.close()
    rest.close_all()
    assert opened.complaints == []


def invited(console, email: str) -> None:
    """What the administrator does, in the console."""
    page = console.page("admin")
    page.goto(f"{console.base}/invitations")
    page.get_by_role("button", name="Invite people").click()
    form = page.locator(".record-form")
    form.get_by_label("Email addresses").fill(email)
    form.get_by_label("Role").select_option("nurse")
    shot(page, "people-1-invite", full_page=True)
    page.get_by_role("button", name="Send invitations").click()
    expect(page.locator("tr[data-invitation-id]", has_text=email)).to_be_visible()


def signed_up(page, letter) -> None:
    page.goto(re.search(r"http://\S+/join\S+", letter.get_content())[0])
    expect(page.get_by_text("Demo General invites")).to_be_visible()
    assert "token" not in page.url
    page.get_by_label("Your name").fill("Nele Neumann")
    page.get_by_label("Choose a password").fill(SECRET)
    page.get_by_label("I accept the terms").check()
    page.get_by_label("I have read how").check()
    shot(page, "people-2-join", full_page=True)
    page.get_by_role("button", name="Make my account and join").click()
    expect(page.get_by_role("heading", name="Live board")).to_be_visible()


def telephone(page, now) -> pyotp.TOTP:
    """Sets up the second factor as a person does: by the account's menu, the QR code, the first code."""
    page.get_by_role("button", name="Account of Nele Neumann").click()
    page.get_by_role("dialog").get_by_role("button", name="Security").click()
    page.get_by_role("button", name="Set up").click()
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_role("button", name="Go on").click()
    picture = page.locator("svg.qr")
    expect(picture).to_be_visible()
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    phone = pyotp.parse_uri(read.text)
    page.get_by_label("Code from your telephone").fill(phone.at(int(now().timestamp())))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".backup-codes li")).to_have_count(10)
    shot(page, "people-3-backup-codes", full_page=True)
    page.get_by_role("button", name="I have kept them").click()
    return phone


def signed_in(page, email: str, phone: pyotp.TOTP, now) -> None:
    page.get_by_role("button", name="Account of Nele Neumann").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(SECRET)
    page.keyboard.press("Enter")
    code = page.get_by_label("Code from your telephone")
    expect(code).to_be_focused()
    # The code after this one: a code is good once. It is good now and for the next half minute, whenever that begins.
    code.fill(phone.at(int(now().timestamp()) + 30))
    page.keyboard.press("Enter")


def on_duty(page) -> None:
    duty = page.get_by_role("switch", name=re.compile("duty"))
    expect(duty).to_have_attribute("aria-checked", "false")
    duty.click()
    expect(duty).to_have_attribute("aria-checked", "true")


def test_from_the_invitation_to_the_first_shift(console, house):
    """29, 54, 89, 98: an administrator invites a nurse in the console; she makes her account by the mailed link, sets up
    her second factor, signs in with it, goes on duty, and sees the alerts of her hospital and of no other"""
    email = f"{uuid.uuid4().hex}@example.org"
    invited(console, email)
    page = console.page()
    signed_up(page, house.box.wait_for(email))
    phone = telephone(page, house.ward.now)
    signed_in(page, email, phone, house.ward.now)
    page.get_by_role("link", name="Board", exact=True).click()
    expect(page.get_by_role("heading", name="Live board")).to_be_visible()
    expect(page.locator(".brand-hospital")).to_have_text("Demo General")
    expect(page.locator(".link-light")).to_have_attribute("data-link", "live")
    on_duty(page)
    staff = house.api.do("admin", "GET", "/duty/staff")
    assert "Nele Neumann" in [each["name"] for each in staff]

    theirs = house.api.do("other admin", "POST", "/alerts", {
        "roomNumber": free_room(), "alertType": "medical", "urgencyLevel": 5})
    ours = console.rest.raise_alert(urgency=5)
    expect(card_of(page, ours)).to_be_visible()
    shot(page, "people-4-board")
    expect(card_of(page, theirs)).to_have_count(0)
    page.reload()
    expect(card_of(page, ours)).to_be_visible()
    expect(card_of(page, theirs)).to_have_count(0)
    page.goto(f"{console.base}/alerts/{theirs['id']}")
    expect(page.get_by_text("There is no such alert in this hospital.")).to_be_visible()
    expect(page.get_by_text(theirs["roomNumber"])).to_have_count(0)
    page.goto(f"{console.base}/invitations")
    expect(page.get_by_role("heading", name="Not part of your role")).to_be_visible()
