"""A patient's own way in the browser: a doctor is found, booked and paid, the visit is joined or given up; on a phone too.

The payment service is an unmodified localstripe. Nothing here sleeps: every wait is for something that must happen.
"""

import random
import re
import uuid
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from api_support import Api, own_ward
from booking_support import at, told
from clinic_support import doctor_of
from console_support import PHONE, Console, Rest, browser, fits_sideways, origin, shot  # noqa: F401 (fixtures by name)
from pay_peers import local_stripe
from playwright.sync_api import expect
from ward_process import wait_for

FEE = 5_000
# What has to be heard from another service may take.
SECONDS_OUTSIDE = 30
# Nobody listens there: the browser is given its page by the test.
ROOMS = "127.0.0.1:9"
DECLINED = "4000000000000341"
WEEK = [{"day": day, "start": "09:00", "end": "17:00"} for day in range(1, 8)]


@pytest.fixture(scope="module")
def house():
    """A Ward of its own whose hospital has a currency, in front of a localstripe; with a service for video visits."""
    environment = {"WARD_VIDEO_URL": f"jitsi://ward:{'s' * 40}@{ROOMS}"}
    with local_stripe() as service, own_ward(environment={**environment, "WARD_PAYMENTS_URL": service.setting}) as ward:
        service.tells(f"{ward.url}/payment-callbacks/stripe")
        api = Api(ward)
        api.do("admin", "PATCH", "/hospital", {"currency": "EUR"})
        yield SimpleNamespace(ward=ward, api=api, service=service)


@pytest.fixture
def console(browser, house):  # noqa: F811
    rest = Rest(house.ward.url.rstrip("/"))
    opened = Console(browser, origin(house.ward.url), rest)
    yield opened
    opened.close()
    assert opened.complaints == []


def new_doctor(house, **more) -> dict:
    """A doctor whom nobody else books, with hours on each day of the week, a fee and a rating."""
    api, name = house.api, f"Dr {uuid.uuid4().hex[:8]}"
    made = api.do("admin", "POST", "/doctors", {
        "name": name, "email": f"{uuid.uuid4().hex}@demo.ward", "licenseNumber": f"L-{uuid.uuid4().hex[:8]}",
        "specialization": "Cardiology", "qualification": "MD", "experienceYears": 12, **more})
    api.do("admin", "PUT", f"/doctors/{made['id']}/hours", {"version": 0, "hours": WEEK, "feeMinor": FEE})
    house.ward.sql("INSERT INTO doctor_scores (hospital_id, doctor_id, ratings, total) VALUES (%s, %s, 2, 9)", "admin",
                   parameters=[api.hospital(), made["id"]])
    return {"id": made["id"], "name": name, "start": noon(house, random.randint(2, 200))}


def noon(house, days: int):
    zone = ZoneInfo(house.api.do("admin", "GET", "/hospital")["timeZone"])
    return (house.ward.now().astimezone(zone) + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def found(console, doctor: dict, **options):
    """The page of a doctor, as a patient finds it: by a part of the name."""
    page = console.page("patient", **options)
    page.goto(f"{console.base}/find-doctor")
    page.get_by_label("Name", exact=True).fill(doctor["name"][3:])
    expect(page.locator(".doctor-item")).to_have_count(1)
    return page


def book(page, doctor: dict, medium: str = "In person", where: str = "Now, by card") -> None:
    """On the doctor's page: how, when and why, by keyboard."""
    form = page.locator(".booking-form")
    form.get_by_label("How", exact=True).select_option(label=medium)
    form.get_by_label("Beginning").fill(doctor["start"].strftime("%Y-%m-%dT%H:%M"))
    form.get_by_label("How to pay").select_option(label=where)
    form.get_by_label("Reason").fill("A cough")
    form.get_by_role("button", name="Book", exact=True).press("Enter")
    to = "My appointments" if "desk" in where else "Payment"
    expect(page.get_by_role("heading", name=to, exact=True)).to_be_visible()


def pay(page, token: str) -> None:
    page.get_by_label("Card token").fill(token)
    page.get_by_role("button", name="Pay €50.00 now").press("Enter")


def said(page, text):
    return expect(page.locator(".payment-said", has_text=text)).to_be_visible(timeout=SECONDS_OUTSIDE * 1000)


def mine(page, console, doctor: dict):
    page.goto(f"{console.base}/my-appointments")
    return page.locator("li[data-appointment-id]", has_text=doctor["name"])


def test_a_patient_finds_books_and_pays(console, house):
    """194, 199, 201, 202: a patient finds a doctor by name, sees rating and fee, books a video consultation and pays it;
    it is confirmed, and its receipt can be printed"""
    doctor = new_doctor(house)
    page = found(console, doctor)
    item = page.locator(".doctor-item")
    for text in ("Cardiology · MD", "4.5 of 5, by 2 patients", "€50.00", "12 years"):
        expect(item).to_contain_text(text)
    shot(page, "portal-find", full_page=True)
    item.get_by_role("link", name=f"Times and booking with {doctor['name']}").press("Enter")
    expect(page.get_by_role("heading", name=doctor["name"])).to_be_visible()
    expect(page.get_by_text("The fee is €50.00.")).to_be_visible()
    expect(page.locator(".free-times button").first).to_be_visible()
    shot(page, "portal-doctor", full_page=True)
    book(page, doctor, "By video")
    said(page, "To be paid. The time is held for you until")
    shot(page, "portal-pay", full_page=True)
    pay(page, house.service.card())
    said(page, "Paid. Your appointment is confirmed.")
    receipt = page.get_by_role("link", name=re.compile(r"^Receipt \d{4}-\d{6}$"))
    expect(receipt).to_be_visible()
    shot(page, "portal-paid", full_page=True)
    receipt.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("€50.00")
    expect(page.locator(".receipt")).to_contain_text(doctor["name"])
    shot(page, "portal-receipt", full_page=True)
    visit = mine(page, console, doctor)
    expect(visit).to_have_attribute("data-status", "confirmed")
    expect(visit.locator(".payment-state")).to_have_text("Paid")
    shot(page, "portal-mine", full_page=True)


def test_filters_name_their_doctors(console, house):
    """199: speciality, rating and fee are filters; what matches nobody says so, and a fee that is none is told at its field"""
    word = f"Q{uuid.uuid4().hex[:8]}"
    doctor = new_doctor(house, specialization=word)
    page = console.page("patient")
    page.goto(f"{console.base}/find-doctor")
    expect(page.locator(".doctor-item").first).to_be_visible()
    page.get_by_label("Speciality").fill(word.lower())
    expect(page.locator(".doctor-item")).to_have_count(1)
    expect(page.locator(".doctor-item")).to_contain_text(doctor["name"])
    page.get_by_label("Fee at most (EUR)").fill("49.99")
    expect(page.get_by_text("No doctor matches all of this.")).to_be_visible()
    page.get_by_label("Fee at most (EUR)").fill("50")
    expect(page.locator(".doctor-item")).to_have_count(1)
    page.get_by_label("Fee at most (EUR)").fill("fifty")
    expect(page.get_by_text("Enter an amount such as 50.00.")).to_be_visible()
    page.get_by_label("Fee at most (EUR)").fill("")
    page.get_by_label("Rated at least").select_option("4.5")
    expect(page.locator(".doctor-item")).to_have_count(1)
    page.locator("summary", has_text="More filters").press("Enter")
    page.get_by_label("Years of experience, at least").fill("13")
    expect(page.get_by_text("No doctor matches all of this.")).to_be_visible()


def test_a_refused_card_gives_the_place_back(console, house):
    """202, 205: a number of a card is not sent; a refused card is told clearly, with the place that is free again"""
    doctor = new_doctor(house)
    page = found(console, doctor)
    page.get_by_role("link", name=re.compile("^Times and booking")).click()
    book(page, doctor)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Pay €50.00 now").click()
    expect(page.get_by_text("Enter the token of your card.")).to_be_visible()
    pay(page, "4242 4242 4242 4242")
    expect(page.get_by_text("This looks like the number of a card.")).to_be_visible()
    assert not [url for url in asked if "charge" in url]
    pay(page, house.service.card(DECLINED))
    said(page, "The card was refused. You were charged nothing.")
    said(page, "The appointment is cancelled and its place is free again.")
    shot(page, "portal-refused", full_page=True)
    page.get_by_role("link", name="Book again").click()
    expect(page.get_by_role("heading", name=doctor["name"])).to_be_visible()
    # The same time can be booked anew.
    book(page, doctor)
    said(page, "To be paid.")


def test_what_is_given_up_is_paid_back(console, house):
    """207: a patient cancels what he has paid and sees the money go back"""
    doctor = new_doctor(house)
    page = found(console, doctor)
    page.get_by_role("link", name=re.compile("^Times and booking")).click()
    book(page, doctor)
    pay(page, house.service.card())
    said(page, "Paid. Your appointment is confirmed.")
    expect(page.get_by_role("link", name=re.compile("^Receipt"))).to_be_visible()
    visit = mine(page, console, doctor)
    visit.get_by_role("button", name=re.compile("^Cancel the appointment")).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the appointment").click()
    expect(visit).to_have_attribute("data-status", "cancelled")
    expect(visit.locator(".payment-state")).to_have_text("Paid back")
    visit.get_by_role("link", name=re.compile("^Show the payment")).click()
    said(page, "Paid back on")
    shot(page, "portal-refunded", full_page=True)


def test_both_join_a_video_consultation(console, house):
    """194, 196: patient and doctor get into the room in a new tab that knows nothing of the console; before its time the
    refusal says when it opens"""
    api, name = house.api, doctor_of(house.api, "admin")
    console.rest.tokens[name] = api.tokens[name]
    api.do("admin", "PUT", f"/doctors/{api.user(name)}/hours", {"version": 0, "hours": [], "feeMinor": FEE})
    doctor = {"id": api.user(name), "name": api.do(name, "GET", "/session")["user"]["name"]}
    page = console.page("patient")
    page.context.route(f"http://{ROOMS}/**", lambda route: route.fulfill(body="<h1>Room</h1>", content_type="text/html"))
    zone = ZoneInfo(api.do("admin", "GET", "/hospital")["timeZone"])
    for minutes in (10, 24 * 60):
        start = house.ward.now().astimezone(zone) + timedelta(minutes=minutes)
        page.goto(f"{console.base}/find-doctor/{doctor['id']}")
        book(page, doctor | {"start": start}, "By video", "At the desk")
    coming = page.get_by_role("region", name="Coming").locator("li[data-appointment-id]", has_text=doctor["name"])
    expect(coming).to_have_count(2)
    coming.nth(1).get_by_role("button", name="Join the consultation of").press("Enter")
    expect(coming.nth(1).locator(".join-problem")).to_contain_text("This visit is not open yet. It opens on")
    shot(page, "portal-join-early", full_page=True)
    rooms = [joined(page, coming.nth(0))]
    shot(page, "portal-join", full_page=True)
    other = console.page(name)
    other.context.route(f"http://{ROOMS}/**", lambda route: route.fulfill(body="<h1>Room</h1>", content_type="text/html"))
    other.goto(f"{console.base}/my-day")
    other.get_by_label("Day", exact=True).fill((house.ward.now().astimezone(zone) + timedelta(minutes=10)).date().isoformat())
    visit = other.get_by_role("region", name="Still to come").locator("li[data-appointment-id]").first
    rooms.append(joined(other, visit))
    assert rooms[0] == rooms[1]


def test_a_patient_rates_what_is_over(console, house):
    """199: once a visit is over its patient rates it, and the doctor's page shows what patients gave"""
    api, name = house.api, doctor_of(house.api, "admin")
    visit = api.do("patient", "POST", "/consultations", {
        "doctorId": api.user(name), "type": "video", "scheduledAt": told(at(api, random.randint(2, 200)))})
    page = console.page("patient")
    page.goto(f"{console.base}/my-appointments")
    row = page.locator(f'li[data-appointment-id="{visit["id"]}"]')
    expect(row).to_have_attribute("data-status", "scheduled")
    expect(row.get_by_role("button", name="Rate")).to_have_count(0)
    for status in ("confirmed", "in_progress", "completed"):
        api.do(name, "PUT", f"/consultations/{visit['id']}/status", {"status": status})
    page.reload()
    row.get_by_role("button", name="Rate the visit of").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Rate", exact=True).click()
    expect(dialog.get_by_text("Choose one.")).to_be_visible()
    dialog.locator(".choice", has_text="4 – good").click()
    dialog.get_by_role("button", name="Rate", exact=True).click()
    expect(page.locator(".toast", has_text="Thank you.").last).to_be_visible()
    page.goto(f"{console.base}/find-doctor/{api.user(name)}")
    expect(page.locator(".doctor-facts")).to_contain_text("4 of 5, by 1 patient")


def joined(page, visit) -> str:
    """Presses Join; the room that opens in another tab."""
    with page.context.expect_page() as opened:
        visit.get_by_role("button", name="Join the consultation of").press("Enter")
    tab = opened.value
    expect(tab.get_by_role("heading", name="Room")).to_be_visible()
    assert tab.evaluate("window.opener === null && document.referrer === ''")
    assert "jwt=" in tab.url
    link = visit.get_by_role("link", name="Open the consultation")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    return urlsplit(tab.url).path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_is_wide_enough(console, house, theme):
    """194, 202: finding, booking, paying and what is paid fit a phone, by day and by night"""
    doctor = new_doctor(house)
    page = found(console, doctor, viewport=PHONE, color_scheme=theme)
    fits_sideways(page)
    shot(page, f"portal-phone-find-{theme}", full_page=True)
    page.get_by_role("link", name=re.compile("^Times and booking")).click()
    expect(page.locator(".free-times button").first).to_be_visible()
    fits_sideways(page)
    shot(page, f"portal-phone-doctor-{theme}", full_page=True)
    book(page, doctor, "By video")
    fits_sideways(page)
    shot(page, f"portal-phone-pay-{theme}", full_page=True)
    page.get_by_role("link", name="To my payments").click()
    expect(page.get_by_role("link", name=re.compile("^Pay €50.00")).first).to_be_visible()
    fits_sideways(page)
    shot(page, f"portal-phone-payments-{theme}", full_page=True)
    page.goto(f"{console.base}/find-doctor/{doctor['id']}")
    book(page, doctor | {"start": doctor["start"] + timedelta(hours=1)}, "By video", "At the desk")
    visit = mine(page, console, doctor)
    expect(visit.get_by_role("button", name=re.compile("^Join"))).to_be_visible()
    expect(visit).to_have_count(2)
    fits_sideways(page)
    shot(page, f"portal-phone-mine-{theme}", full_page=True)
