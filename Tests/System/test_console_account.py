"""One's own account in a real browser: signing in with every factor, mailed links, profile, security.

Letters come from a real mail server, codes from an unmodified pyotp. Nothing here sleeps.
"""

import re
import uuid
from types import SimpleNamespace

import pytest
from api_support import Api
from console_support import PHONE, Console, Rest, browser, fits_sideways, shot  # noqa: F401 (fixtures by name)
from factor_people import Person
from mail_server import code as code_of
from mail_server import mail_server
from playwright.sync_api import expect
from ward_process import PASSWORD, WardProcess, free_port, wait_for

SECRET = "lantern grove whistle"


@pytest.fixture(scope="module")
def house():
    """A Ward with a mail server, which knows by which address people reach it."""
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
    opened = Console(browser, house.base, Rest(house.base))
    yield opened
    opened.close()
    house.ward.reset_clock()
    assert opened.complaints == []


def link_of(letter) -> str:
    return re.search(r"http://\S+", letter.get_content())[0]


def typed(page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_inside(page) -> None:
    expect(page.get_by_role("heading", name="Live board")).to_be_visible()


def no_token_left(page) -> None:
    """Neither the address, nor the history's state, nor the referrer of what the page asks for."""
    assert "token" not in page.url and "#" not in page.url, page.url


# Signing in

def test_a_second_factor_is_asked_for(console, house):
    """54: the sign-in page asks for the telephone's code after the password; a wrong one is told, the right one lets in"""
    person = Person(house.api).enable()
    page = console.page()
    page.goto(house.base)
    typed(page, person.email)
    code = page.get_by_label("Code from your telephone")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    shot(page, "sign-in-factor")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter the six digits.")).to_be_visible()
    code.fill("000000" if person.code() != "000000" else "000001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="This code is not right")).to_be_visible()
    expect(code).to_be_focused()
    right = person.code()
    code.fill(f"{right[:3]} {right[3:]}")
    page.keyboard.press("Enter")
    is_inside(page)


def test_a_backup_code_stands_in_for_the_telephone(console, house):
    """55: who has lost his telephone signs in with a backup code, once"""
    person = Person(house.api).enable()
    for again in (False, True):
        page = console.page()
        page.goto(house.base)
        typed(page, person.email)
        page.get_by_role("button", name="Use a backup code").click()
        field = page.get_by_label("Backup code")
        expect(field).to_be_focused()
        field.fill(person.backup[0].lower().replace("-", " "))
        page.keyboard.press("Enter")
        if again:
            expect(page.get_by_role("alert").filter(has_text="This backup code is not right")).to_be_visible()
        else:
            is_inside(page)


def test_a_mailed_code_signs_in(console, house):
    """48: a code by mail signs in without the password; where there is a second factor it is asked for, too"""
    for person in (Person(house.api), Person(house.api).enable()):
        page = console.page()
        page.goto(house.base)
        page.get_by_role("button", name="Mail me a code").click()
        expect(page.get_by_text("Enter your email address.")).to_be_visible()
        page.get_by_label("Email").fill(person.email)
        page.get_by_role("button", name="Mail me a code").click()
        expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
        code = code_of(house.box.wait_for(person.email))
        shot(page, "sign-in-mailed-code")
        page.get_by_role("button", name="Send another code").click()
        expect(page.get_by_role("alert").filter(has_text="Too many tries. Wait")).to_contain_text("seconds")
        page.get_by_label("Code from the letter").fill(code)
        page.keyboard.press("Enter")
        if hasattr(person, "phone"):
            page.get_by_label("Code from your telephone").fill(person.code())
            page.keyboard.press("Enter")
        is_inside(page)


def test_a_lockout_says_how_long(console, house):
    """56: who has guessed too often is told how long to wait, in minutes"""
    person = Person(house.api)
    page = console.page()
    page.goto(house.base)
    for _ in range(6):
        typed(page, person.email, "wrong horse battery")
        expect(page.get_by_role("alert").filter(has_not_text=re.compile("^$"))).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="Too many tries")).to_contain_text("15 minutes")
    shot(page, "sign-in-locked")


# Mailed links

def test_an_account_is_made_and_its_address_proven(console, house):
    """29, 30: a person makes an account with a join code, is in the hospital at once, and proves the address by the
    mailed link, whose token does not stay in the address"""
    email = f"{uuid.uuid4().hex}@example.org"
    code = house.api.do("admin", "POST", "/join-codes", {"role": "nurse", "maxUses": 1})["code"]
    page = console.page()
    page.goto(house.base)
    page.get_by_role("link", name="Make an account").click()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("Ward needs your consent to this.")).to_have_count(2)
    expect(page.get_by_label("Your name")).to_be_focused()
    shot(page, "sign-up-missing", full_page=True)
    page.get_by_label("Your name").fill("Nora Neu")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill("password1234")
    page.get_by_label("Join code", exact=True).fill(code.lower())
    for box in ("I accept the terms", "I have read how"):
        page.get_by_label(box).check()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("is among the passwords that are tried first")).to_be_visible()
    page.get_by_label("Password").fill(SECRET)
    shot(page, "sign-up", full_page=True)
    page.get_by_role("button", name="Make the account").click()
    is_inside(page)

    mailed = link_of(house.box.wait_for(email))
    asked = []
    letter = console.page()
    letter.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    letter.goto(mailed)
    expect(letter.get_by_role("button", name="Yes, it is mine")).to_be_focused()
    no_token_left(letter)
    shot(letter, "verify")
    letter.keyboard.press("Enter")
    expect(letter.get_by_role("heading", name="Thank you")).to_be_visible()
    token = mailed.split("token=")[1]
    assert asked and not [each for each in asked if token in "".join(each)], "the token is in no URL and no referrer"
    assert house.ward.sql("SELECT email_verified_at FROM users WHERE email = %s", parameters=[email])[0][0]
    letter.go_back()
    no_token_left(letter)


def test_a_forgotten_password_is_replaced(console, house):
    """32: a forgotten password is replaced by the mailed link: once, and the sign-in page takes the new one"""
    person = Person(house.api)
    page = console.page()
    page.goto(house.base)
    page.get_by_role("link", name="Forgotten password?").click()
    page.get_by_label("Email").fill(person.email)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"If there is an account for {person.email}")).to_be_visible()
    shot(page, "forgot-password")
    mailed = link_of(house.box.wait_for(person.email))
    page.goto(mailed)
    field = page.get_by_label("New password")
    expect(field).to_be_focused()
    no_token_left(page)
    field.fill("short")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write at least 12 characters.")).to_be_visible()
    page.get_by_label("Show it").check()
    expect(field).to_have_attribute("type", "text")
    field.fill(SECRET)
    shot(page, "reset-password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password is changed. Sign in with it.")).to_be_visible()
    typed(page, person.email, SECRET)
    is_inside(page)
    again = console.page()
    again.goto(mailed)
    again.get_by_label("New password").fill(SECRET + " more")
    again.keyboard.press("Enter")
    expect(again.get_by_role("alert").filter(has_text="This link is good no more")).to_be_visible()
    again.get_by_role("link", name="Mail me another link").click()
    expect(again.get_by_role("heading", name="Forgotten password")).to_be_visible()


def test_who_is_in_no_hospital_finds_a_way_in(console, house):
    """31: somebody without a hospital completes the profile with a join code and is inside"""
    email = f"{uuid.uuid4().hex}@example.org"
    page = console.page()
    page.goto(f"{house.base}/sign-up")
    page.get_by_label("Your name").fill("Olga Ohne")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(SECRET)
    page.locator(".choice", has_text="Later").click()
    expect(page.get_by_label("Join code", exact=True)).to_be_hidden()
    for box in ("I accept the terms", "I have read how"):
        page.get_by_label(box).check()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="About you")).to_be_visible()
    shot(page, "complete-profile", full_page=True)
    for box in ("I accept the terms", "I have read how"):
        page.get_by_label(box).check()
    page.locator(".choice", has_text="Later").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="You are in no hospital yet")).to_be_visible()
    shot(page, "no-hospital")
    code = house.api.do("admin", "POST", "/join-codes", {"role": "nurse", "maxUses": 1})["code"]
    page.get_by_label("Join code", exact=True).fill(code)
    page.get_by_role("button", name="Save and go on").click()
    is_inside(page)


def test_an_invitation_is_accepted_by_whom_it_is_for(console, house):
    """29: an invitation that is opened by somebody else who is signed in says so; its person signs in and accepts"""
    person = Person(house.api)
    other_admin = house.ward.sign_in("admin@other.ward")
    answer = house.ward.call("POST", "/api/v1/invitations", other_admin, json={"emails": [person.email], "role": "nurse"})
    assert answer.status_code == 201, answer.text
    mailed = link_of(house.box.wait_for(person.email))
    page = console.page("doctor")
    page.goto(mailed)
    expect(page.get_by_text("You are signed in as doctor@demo.ward.")).to_be_visible()
    no_token_left(page)
    shot(page, "join-other")
    page.get_by_role("button", name="Sign out and go on").click()
    page.get_by_role("button", name="I have an account already").click()
    expect(page.get_by_label("Email")).to_have_value(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Accept the invitation").click()
    is_inside(page)
    expect(page.locator(".brand-hospital")).to_have_text("Other General")
    again = console.page()
    again.goto(mailed)
    expect(again.get_by_text("This invitation was accepted already.")).to_be_visible()
