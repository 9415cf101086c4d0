"""Money in the browser: the desk takes and pays back, a hospital subscribes, the price list is written; on a phone too.

The payment service is an unmodified localstripe. Nothing here sleeps: every wait is for something that must happen.
"""

import re
import uuid
from types import SimpleNamespace

import pytest
from api_support import Api, own_ward
from console_support import PHONE, Console, Rest, browser, fits_sideways, origin, shot  # noqa: F401 (fixtures by name)
from pay_peers import local_stripe
from pay_support import appointment, listed, payment_of, rupees
from playwright.sync_api import expect
from tenancy_support import member


@pytest.fixture(scope="module")
def house():
    """A Ward of its own in front of a localstripe, with somebody who writes the price list."""
    with local_stripe() as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        service.tells(f"{ward.url}/payment-callbacks/stripe")
        api = Api(ward)
        member(api, "sovereign", "super_admin")
        yield SimpleNamespace(ward=ward, api=api, service=service)


@pytest.fixture
def console(browser, house):  # noqa: F811
    rest = Rest(house.ward.url.rstrip("/"))
    rest.tokens["sovereign"] = house.api.tokens["sovereign"]
    opened = Console(browser, origin(house.ward.url), rest)
    yield opened
    opened.close()
    assert opened.complaints == []


def owed(house, fee: int = 12_345, currency: str = "EUR") -> dict:
    return payment_of(house.api, appointment(house.api, fee=fee, currency=currency))


def state(page, text: str):
    return expect(page.locator(".fact-list .payment-state")).to_have_text(text)


def toast(page, text):
    return expect(page.locator(".toast", has_text=text).last).to_be_visible()


def test_the_desk_takes_money_and_pays_it_back(console, house):
    """202, 207: a payment found by its state is taken at the desk with the amount on the button, step by step; its receipt is
    a page to print; paid back after a confirmation"""
    payment = owed(house, fee=12_345, currency="KWD")
    page = console.page("admin")
    page.goto(f"{console.base}/payments")
    page.get_by_label("State").select_option("pending")
    row = page.locator(f'tr[data-payment-id="{payment["id"]}"]')
    expect(row.locator(".money")).to_have_text("KWD 12.345")
    shot(page, "money-payments", full_page=True)
    row.get_by_role("link", name=re.compile("^Open the payment")).press("Enter")
    state(page, "To be paid")
    page.get_by_role("button", name="Take the money").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How it is paid").select_option(label="UPI")
    dialog.get_by_label("Transaction").fill("no good!")
    dialog.get_by_role("button", name="KWD 12.345 received").click()
    expect(dialog.locator('[data-field="transactionId"] .field-error')).to_be_visible()
    reference = f"upi-{uuid.uuid4().hex}"
    dialog.get_by_label("Transaction").fill(reference)
    shot(page, "money-take")
    dialog.get_by_role("button", name="KWD 12.345 received").press("Enter")
    toast(page, "KWD 12.345 received.")
    state(page, "Paid")
    expect(page.locator(".visit-steps li")).to_have_count(5)
    expect(page.locator(".fact-list")).to_contain_text(reference)
    shot(page, "money-payment", full_page=True)
    page.get_by_role("link", name="Receipt").press("Enter")
    paper = page.locator(".receipt")
    expect(paper).to_contain_text("Demo General")
    expect(paper).to_contain_text(re.compile(r"\d{4}-\d{6}"))
    expect(paper.locator(".money")).to_have_text("KWD 12.345")
    expect(page.get_by_role("button", name="Print")).to_be_enabled()
    page.emulate_media(media="print")
    expect(page.locator(".print-tools")).to_be_hidden()
    shot(page, "money-receipt")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Pay back").click()
    dialog = page.get_by_role("dialog", name="Pay KWD 12.345 back?")
    dialog.get_by_role("button", name="Back", exact=True).click()
    state(page, "Paid")
    page.get_by_role("button", name="Pay back").click()
    dialog.get_by_role("button", name="Pay KWD 12.345 back").click()
    toast(page, "The money goes back.")
    state(page, "Paid back")
    expect(page.locator('.visit-steps [data-step="refund"]')).to_be_visible()
    assert house.api.do("admin", "GET", f"/payments/{payment['id']}")["status"] == "refunded"


def test_somebody_else_was_faster(console, house):
    """202, 207: what somebody else has paid or paid back meanwhile is told in the dialog, and nothing is done twice"""
    payment = owed(house)
    page = console.page("admin")
    page.goto(f"{console.base}/payments/{payment['id']}")
    page.get_by_role("button", name="Take the money").click()
    house.api.do("admin", "POST", f"/payments/{payment['id']}/receipt", {"method": "cash", "amountMinor": 12_345})
    page.get_by_role("dialog").get_by_role("button", name="€123.45 received").click()
    expect(page.get_by_role("dialog").locator(".form-problem")).to_contain_text("already")
    page.keyboard.press("Escape")
    state(page, "Paid")
    expect(page.get_by_role("button", name="Take the money")).to_have_count(0)


def test_a_hospital_subscribes(console, house):
    """211, 213: the price of a plan is shown line by line while it is chosen; a subscription waits for its payment, is paid by
    the service, and is cancelled to its end"""
    api = house.api
    listed(api, "free-plan", price=0, doctors=1000)
    plan = rupees(name="Per doctor", maxDoctors=1000)
    api.do("sovereign", "POST", "/subscription-plans", plan)
    page = console.page("admin")
    page.goto(f"{console.base}/subscription")
    expect(page.get_by_text("This hospital has no subscription.")).to_be_visible()
    page.locator(".choice", has_text="Per doctor, up to 1000 doctors").click()
    page.locator(".choice", has_text="Yearly").click()
    page.get_by_label("Doctors", exact=True).fill("10")
    lines = page.locator(".quote")
    expect(lines.locator('[data-line="total"] dd')).to_have_text("₹475,199.05")
    expect(lines.locator('[data-line="volume"] dd')).to_contain_text("-₹")
    page.get_by_label("Doctors", exact=True).fill("1001")
    expect(page.get_by_text("Enter a whole number from 1 to 1000.")).to_be_visible()
    expect(lines.locator("div")).to_have_count(0)
    page.get_by_label("Doctors", exact=True).fill("10")
    expect(lines.locator('[data-line="total"] dd')).to_have_text("₹475,199.05")
    shot(page, "money-subscription", full_page=True)
    page.get_by_role("button", name="Subscribe").click()
    toast(page, "The subscription begins with its payment.")
    state(page, "To be paid")
    page.locator("summary", has_text="Pay by the payment service").press("Enter")
    page.get_by_label("Card token").fill(house.service.card())
    page.get_by_role("button", name="Pay ₹475,199.05 now").press("Enter")
    state(page, "Paid")
    expect(page.locator(".visit-steps li")).to_have_count(3)
    page.goto(f"{console.base}/subscription")
    now = page.get_by_role("region", name="Now")
    expect(now).to_contain_text("In force")
    shot(page, "money-subscribed", full_page=True)
    now.get_by_role("button", name="Cancel the subscription").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the subscription").click()
    toast(page, "The subscription is cancelled.")
    expect(now).to_contain_text("Cancelled")
    assert api.do("admin", "GET", "/subscription")["status"] == "cancelled"


def test_the_price_list_is_written(console, house):
    """209: a super administrator adds a plan, changes it, is told when somebody else was faster, and takes it off the list;
    an administrator of a hospital has no such page"""
    api, code, name = house.api, f"p-{uuid.uuid4().hex[:10]}", f"Plan {uuid.uuid4().hex[:6]}"
    page = console.page("sovereign")
    page.goto(f"{console.base}/plans")
    page.get_by_role("button", name="New plan").click()
    form = page.locator(".record-form")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Code").fill(code)
    form.get_by_label("Currency").fill("jpy")
    form.get_by_label("Price of a month").fill("12.50")
    form.get_by_label("Discounts for many doctors").fill("10: 12.5\n20")
    form.get_by_role("button", name="Put on the list").click()
    expect(form.get_by_text("Enter an amount such as 9900.")).to_be_visible()
    expect(form.get_by_text("Write each step as 10: 12.5")).to_be_visible()
    form.get_by_label("Price of a month").fill("9800")
    form.get_by_label("Discounts for many doctors").fill("10: 12.5\n20: 15")
    form.get_by_label("Tax on the fee, %").fill("18")
    form.get_by_label("What it includes").fill("Alerts\nAppointments")
    shot(page, "money-plan", full_page=True)
    form.get_by_role("button", name="Put on the list").press("Enter")
    toast(page, "is on the list.")

    def now() -> dict | None:
        found = api.call("admin", "GET", "/subscription-plans?limit=100").json()["data"]
        return next((each for each in found if each["planCode"] == code), None)

    made = now()
    assert (made["currency"], made["monthlyPriceMinor"], made["taxPoints"], made["features"]) == (
        "JPY", 9800, 1800, ["Alerts", "Appointments"])
    assert made["volumeDiscounts"] == [{"fromDoctors": 10, "points": 1250}, {"fromDoctors": 20, "points": 1500}]
    row = page.locator(f'tr[data-plan-code="{code}"]')
    expect(row).to_contain_text("JP¥9,800 a month")
    row.get_by_role("button", name="Change").click()
    api.do("sovereign", "PUT", f"/subscription-plans/{code}", {"version": 1, "maxDoctors": 25})
    form.get_by_label("Price of a month").fill("9900")
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".form-problem")).to_contain_text("meanwhile")
    form.get_by_role("button", name="Show it as it is now").click()
    expect(form.get_by_label("Doctors, at most")).to_have_value("25")
    form.get_by_label("Price of a month").fill("9900")
    form.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("JP¥9,900 a month")
    assert (now()["maxDoctors"], now()["monthlyPriceMinor"]) == (25, 9900)
    row.get_by_role("button", name="Change").click()
    form.get_by_role("button", name="Take off the list").click()
    page.get_by_role("dialog").get_by_role("button", name="Take off the list").click()
    expect(row).to_have_count(0)
    assert now() is None
    kept = house.ward.sql("SELECT is_active FROM subscription_plans WHERE code = %s", "admin", parameters=[code])
    assert [each.is_active for each in kept] == [False]
    other = console.page("admin")
    other.goto(f"{console.base}/plans")
    expect(other.get_by_role("heading", name="Not part of your role")).to_be_visible()


def test_who_may_not_sees_no_money(console, house):
    """202, 211: nurses and doctors have no pages of money; a patient none but his own"""
    other = house.api.do("doctor", "POST", "/patients", {"name": "Ottilie Other"})["id"]
    payment = payment_of(house.api, appointment(house.api, patient=other))
    for who, paths in (("nurse", ("/payments", f"/receipts/{payment['id']}", "/find-doctor")),
                       ("doctor", (f"/payments/{payment['id']}", "/subscription")), ("patient", ("/payments", "/plans"))):
        page = console.page(who)
        for path in paths:
            page.goto(f"{console.base}{path}")
            expect(page.get_by_role("heading", name="Not part of your role")).to_be_visible()
    page.goto(f"{console.base}/my-payments/{payment['id']}")
    expect(page.get_by_text("There is no such payment of yours.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_is_wide_enough(console, house, theme):
    """202, 209, 211: payments, one of them, its receipt, subscription and price list fit a phone, by day and by night"""
    listed(house.api, "phone-plan", price=1234)
    payment = owed(house)
    house.api.do("admin", "POST", f"/payments/{payment['id']}/receipt", {"method": "bank", "amountMinor": 12_345})
    page = console.page("admin", viewport=PHONE, color_scheme=theme)
    page.goto(f"{console.base}/payments")
    expect(page.locator(f'tr[data-payment-id="{payment["id"]}"]')).to_be_visible()
    fits_sideways(page)
    shot(page, f"money-phone-payments-{theme}", full_page=True)
    page.goto(f"{console.base}/payments/{payment['id']}")
    expect(page.locator(".visit-steps li")).to_have_count(5)
    expect(page.locator('.fact-list a[href^="/patients/"]')).to_be_visible()
    fits_sideways(page)
    shot(page, f"money-phone-payment-{theme}", full_page=True)
    page.get_by_role("link", name="Receipt").click()
    expect(page.locator(".receipt .money")).to_be_visible()
    fits_sideways(page)
    shot(page, f"money-phone-receipt-{theme}", full_page=True)
    page.goto(f"{console.base}/subscription")
    expect(page.locator('.quote [data-line="total"]')).to_be_visible()
    fits_sideways(page)
    shot(page, f"money-phone-subscription-{theme}", full_page=True)
    root = console.page("sovereign", viewport=PHONE, color_scheme=theme)
    root.goto(f"{console.base}/plans")
    expect(root.locator('tr[data-plan-code="phone-plan"]')).to_be_visible()
    fits_sideways(root)
    root.get_by_role("button", name="New plan").click()
    fits_sideways(root)
    shot(root, f"money-phone-plans-{theme}", full_page=True)
