"""One's own account in a real browser: signing in with every factor, mailed links, profile, security.

Letters come from a real mail server, codes from an unmodified pyotp. Nothing here sleeps.
"""

import io
import re
import uuid
from types import SimpleNamespace

import pyotp
import pytest
import zxingcpp
from api_support import Api
from console_support import PHONE, Console, Rest, browser, fits_sideways, shot  # noqa: F401 (fixtures by name)
from factor_people import Person
from mail_server import code as code_of
from mail_server import mail_server
from PIL import Image
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


NAMELESS = """[...document.querySelectorAll('input, select, textarea, button, a[href], [role=img]')]
  .filter(each => each.checkVisibility() && each.type !== 'hidden')
  .filter(each => !(each.labels?.length || each.ariaLabel || each.innerText?.trim()))
  .map(each => each.outerHTML)"""


def says_what_it_is(page) -> None:
    """Everything that can be used has a name that is said; there is one heading of the first order."""
    assert page.evaluate(NAMELESS) == []
    assert page.locator("h1:visible").count() == 1


# Signing in

def test_a_second_factor_is_asked_for(console, house):
    """54: the sign-in page asks for the telephone's code after the password; a wrong one is told, the right one lets
    in"""
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


def test_a_busy_ward_says_when_to_come_back(console, house):
    """32: when too many people sign in at once, the page says how long to wait, and keeps what was typed"""
    page = console.page()
    busy = {"error": "Too many people are signing in at once.", "code": "SERVICE_UNAVAILABLE"}
    page.route("**/api/v1/sessions", lambda route: route.fulfill(status=503, headers={"Retry-After": "2"}, json=busy))
    page.goto(house.base)
    typed(page, "nurse@demo.ward")
    expect(page.get_by_role("alert").filter(has_text="Try again in 2 seconds.")).to_be_visible()
    page.unroute("**/api/v1/sessions")
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_inside(page)


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
    """61: a forgotten password is replaced by the mailed link: once, and the sign-in page takes the new one"""
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
    answer = house.ward.call(
        "POST", "/api/v1/invitations", other_admin, json={"emails": [person.email], "role": "nurse"})
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


# Profile and security

def opened(console, house, person, path: str, **options):
    """A page of a person who is signed in by another browser's session."""
    token = house.ward.sign_in(person.email) if not hasattr(person, "backup") else person.token
    page = console.page(**options)
    page.context.add_cookies([{"name": "ward_session", "value": token, "url": house.base, "httpOnly": True}])
    page.goto(f"{house.base}{path}")
    return page


def scanned(page) -> str:
    """What an unmodified reader of QR codes sees on the screen."""
    image = Image.open(io.BytesIO(page.locator("svg.qr").screenshot()))
    [found] = zxingcpp.read_barcodes(image)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return found.text


def test_a_second_factor_is_set_up_by_its_qr_code(console, house):
    """54, 55: the security page shows a QR code that a real reader reads and a real authenticator takes; its code turns
    the factor on, and the backup codes can be downloaded, once"""
    person = Person(house.api)
    page = opened(console, house, person, "/security", accept_downloads=True)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type("wrong horse battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="The password is wrong.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code from your telephone")).to_be_focused()
    shot(page, "two-factor-set-up", full_page=True)
    person.phone = pyotp.parse_uri(scanned(page))
    secret = page.locator(".factor-secret").inner_text().replace(" ", "")
    assert secret == person.phone.secret and person.phone.name == person.email and person.phone.issuer == "Ward"
    page.get_by_label("Code from your telephone").fill("000000" if person.code() != "000000" else "000001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_not_text=re.compile("^$"))).to_be_visible()
    page.get_by_label("Code from your telephone").fill(person.code())
    page.keyboard.press("Enter")
    codes = page.locator(".backup-codes li")
    expect(codes).to_have_count(10)
    shot(page, "backup-codes", full_page=True)
    shown = codes.all_inner_texts()
    page.keyboard.press("p")
    expect(codes).to_have_count(10)  # no shortcut leads away from what is seen only once
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    kept = download.value.path().read_text()
    assert download.value.suggested_filename == "ward-backup-codes.txt"
    assert all(code in kept for code in shown) and person.email in kept and len(set(shown)) == 10
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 backup codes are left.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("10 backup codes are left.")).to_be_visible()
    expect(codes).to_have_count(0)
    assert person.sign_in(backupCode=shown[0]).status_code == 201
    assert person.sign_in().json()["details"] == {"secondFactor": True}


def test_the_printed_codes_stand_alone(console, house):
    """55: on paper there are the backup codes and nothing else of the page"""
    person = Person(house.api).enable()
    page = opened(console, house, person, "/security")
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.printing; }")
    page.get_by_role("button", name="New backup codes").click()
    page.get_by_label("Code from your telephone").fill(person.code(0))
    page.keyboard.press("Enter")
    expect(page.locator(".backup-codes li")).to_have_count(10)
    assert page.locator(".backup-codes li").first.inner_text() not in person.backup
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == "codes"
    page.emulate_media(media="print")
    shot(page, "backup-codes-print")
    visible = "e => getComputedStyle(e).visibility"
    assert page.locator(".backup-codes li").first.evaluate(visible) == "visible"
    assert page.locator("h1").evaluate(visible) == "hidden"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.printing ?? null") is None


def test_the_second_factor_is_taken_away_with_both(console, house):
    """54: the factor is turned off with password and backup code; a wrong one is told and signs nobody out"""
    person = Person(house.api).enable()
    page = opened(console, house, person, "/security")
    page.get_by_role("button", name="Turn it off").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Backup code").fill("AAAAA-AAAAA")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.locator(".form-problem:visible")).to_be_visible()
    shot(page, "two-factor-off", full_page=True)
    expect(page.get_by_role("heading", name="Security")).to_be_visible()
    page.get_by_label("Backup code").fill(person.backup[3])
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_text("Off. With it a stolen password alone opens nothing")).to_be_visible()
    assert person.sign_in().status_code == 201


def test_devices_are_listed_and_signed_out(console, house):
    """43: the security page lists where one is signed in and ends one of them, or all but this one"""
    person = Person(house.api)
    page = console.page()
    page.goto(house.base)
    typed(page, person.email)
    is_inside(page)
    page.goto(f"{house.base}/security")
    phone = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
                           "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"}
    body = {"email": person.email, "password": PASSWORD}
    sign_in = lambda headers: house.ward.call(
        "POST", "/api/v1/sessions", json=body, headers=headers).json()["data"]["token"]
    stolen, others = sign_in(phone), [sign_in({"User-Agent": "Desk/1"}) for _ in range(2)]
    page.reload()
    mine = page.locator('.device[data-current="true"]')
    expect(mine).to_contain_text("Chrome on Linux")
    expect(mine.get_by_role("button")).to_have_count(0)
    shot(page, "security", full_page=True)
    page.locator(".device", has_text="Safari on iPhone").get_by_role("button").click()
    expect(page.locator(".device", has_text="Safari on iPhone")).to_have_count(0)
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_focused()
    over = lambda token: house.ward.call("GET", "/api/v1/session", token).status_code == 401
    wait_for(lambda: over(stolen), 1, "the telephone is signed out")
    page.get_by_role("button", name="Sign out all others").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out all others").click()
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    for token in others:
        wait_for(lambda: over(token), 1, "the others are signed out")
    expect(page.locator(".device")).to_have_count(1)


def test_the_password_is_changed(console, house):
    """61: the password is changed with the current one; this browser stays inside, and its board stays live"""
    person = Person(house.api)
    page = opened(console, house, person, "/security")
    page.get_by_label("Current password").fill("wrong horse battery")
    page.get_by_label("New password").fill(SECRET)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("is not your password")).to_be_visible()
    expect(page.get_by_label("Current password")).to_be_focused()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.locator(".toast", has_text="All other devices are signed out.")).to_be_visible()
    wait_for(lambda: house.ward.call("GET", "/api/v1/session", person.token).status_code == 401, 1, "others are out")
    page.get_by_role("link", name="Board", exact=True).click()
    is_inside(page)
    expect(page.locator(".link-light")).to_have_attribute("data-link", "live")
    assert house.ward.sign_in(person.email, SECRET)


def test_a_key_of_a_program_is_made_and_taken_back(console, house):
    """41: a key is made with some of one's rights and the password, seen once, calls with them, and is taken back"""
    person = Person(house.api)
    page = opened(console, house, person, "/security")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Laboratory")
    part = page.locator("section", has=page.get_by_role("heading", name="Keys of programs"))
    part.get_by_label("Password", exact=True).fill(PASSWORD)
    part.get_by_role("button", name="Make a key").click()
    expect(page.get_by_text("Choose at least one.")).to_be_visible()
    part.get_by_label("View alerts").check()
    shot(page, "key-form", full_page=True)
    part.get_by_role("button", name="Make a key").click()
    box = page.get_by_label("Key", exact=True)
    expect(box).to_be_focused()
    key = box.input_value()
    shot(page, "key-once", full_page=True)
    page.get_by_role("button", name="I have kept it").click()
    row = page.locator("li[data-key-id]")
    expect(row).to_contain_text("Laboratory")
    expect(row).to_contain_text("View alerts")
    assert key.startswith("wk_") and key not in page.content()
    assert house.ward.call("GET", "/api/v1/alerts", key).status_code == 200
    row.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(row).to_contain_text("taken back")
    expect(row.get_by_role("button")).to_have_count(0)
    wait_for(lambda: house.ward.call("GET", "/api/v1/alerts", key).status_code == 401, 1, "the key is refused")


def test_the_profile_is_changed(console, house):
    """99: a person changes name, telephone and contact in the console; bad input is told at its field"""
    person = Person(house.api)
    page = opened(console, house, person, "/")
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("dialog").get_by_role("button", name="Profile").click()
    expect(page.get_by_role("heading", name="Your profile")).to_be_focused()
    page.get_by_label("Telephone").fill("my desk")
    page.get_by_label("Name", exact=True).fill("Nina Neu")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Telephone")).to_be_focused()
    expect(page.get_by_label("Telephone")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Telephone").fill("+49 30 1234567")
    page.get_by_label("Text message").check()
    page.locator(".segments .choice", has_text="Busy").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your profile is saved.").first).to_be_visible()
    expect(page.get_by_role("button", name="Account of Nina Neu")).to_be_visible()
    shot(page, "profile", full_page=True)
    kept = house.ward.call("GET", "/api/v1/profile", person.token).json()["data"]
    assert (kept["name"], kept["phone"], kept["contactBySms"], kept["availabilityStatus"]) == (
        "Nina Neu", "+49 30 1234567", True, "busy")
    page.get_by_label("Telephone").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This can be changed, not emptied.")).to_be_visible()
    page.get_by_role("button", name="Mail me a link").click()
    assert link_of(house.box.wait_for(person.email)).startswith(f"{house.base}/verify#token=")


def test_a_hospital_is_chosen(console, house):
    """43: who works in two hospitals chooses on the profile page for which one the session speaks"""
    person = Person(house.api)
    other = house.ward.sign_in("admin@other.ward")
    made = house.ward.call("POST", "/api/v1/join-codes", other, json={"role": "doctor", "maxUses": 1})
    joined = person.call("POST", "/join-codes/use", {"code": made.json()["data"]["code"]})
    assert joined.ok, joined.text
    page = opened(console, house, person, "/profile")
    expect(page.locator(".brand-hospital")).to_have_text("Demo General")
    page.locator(".choice", has_text="Other General").click()
    shot(page, "profile-hospitals", full_page=True)
    page.get_by_role("button", name="Work here").click()
    is_inside(page)
    expect(page.locator(".brand-hospital")).to_have_text("Other General")
    page.goto(f"{house.base}/profile")
    expect(page.locator(".brand-hospital")).to_have_text("Other General")


def test_it_all_fits_a_phone_at_night(console, house):
    """The pages of one's account on a telephone in the dark: nothing is wider than the screen, targets fit a thumb, and
    everything has a name"""
    person = Person(house.api)
    night = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2, "color_scheme": "dark"}
    page = console.page(**night)
    for path, heading in (("/", "Sign in"), ("/sign-up", "Make an account"), ("/forgot-password", "Forgotten password"),
                          ("/verify", "Is this your address?"), ("/reset-password", "Choose a new password"),
                          ("/join", "You are invited")):
        page.goto(house.base + path)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        fits_sideways(page)
        says_what_it_is(page)
        shot(page, f"phone-{path.strip('/') or 'sign-in'}", full_page=True)
    page = opened(console, house, person, "/security", **night)
    page.get_by_role("button", name="Set up").tap()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").tap()
    assert "otpauth://totp/Ward:" in scanned(page), "it is black on white at night, too"
    fits_sideways(page)
    says_what_it_is(page)
    shot(page, "phone-security", full_page=True)
    for button in page.locator("main button:visible").all():
        assert button.bounding_box()["height"] >= 43.5, button.evaluate("element => element.outerHTML")
    page.goto(f"{house.base}/profile")
    expect(page.get_by_label("Telephone")).to_be_visible()
    fits_sideways(page)
    says_what_it_is(page)
    shot(page, "phone-profile", full_page=True)


def test_it_is_dark_at_night(console, house):
    """The pages of one's account at a desk at night: the paper is dark, on every one of them"""
    person = Person(house.api).enable()
    page = opened(console, house, person, "/security", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    for path, heading in (("/security", "Security"), ("/profile", "Your profile"), ("/sign-up", "Make an account"),
                          ("/complete-profile", "About you"), ("/reset-password", "Choose a new password")):
        page.goto(house.base + path)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_text("Loading …")).to_have_count(0)
        assert max(page.evaluate(paper)) < 60
        shot(page, f"dark-{path.strip('/')}", full_page=True)


def test_kept_letters_are_read(browser, ward):  # noqa: F811
    """30: a development Ward without a mail server shows its letters in the console, with links that lead on"""
    pages = Console(browser, ward.url.replace("127.0.0.1", "localhost"), Rest(ward.url))
    try:
        email = f"{uuid.uuid4().hex}@example.org"
        pages.rest.call("admin", "POST", "/invitations", {"emails": [email], "role": "nurse"})
        page = pages.page("admin")
        page.goto(f"{pages.base}/outbox")
        letter = page.locator(".letter", has_text=email)
        again = page.get_by_role("button", name="Look again")
        wait_for(lambda: letter.count() or again.click(), 10, "the letter is kept")
        shot(page, "outbox")
        with page.context.expect_page() as opened_page:
            letter.get_by_role("link").click()
        expect(opened_page.value.get_by_text("You are signed in as admin@demo.ward.")).to_be_visible()
        nurse = pages.page("nurse")
        nurse.goto(f"{pages.base}/outbox")
        expect(nurse.get_by_role("heading", name="Not part of your role")).to_be_visible()
        assert pages.complaints == []
    finally:
        pages.close()
