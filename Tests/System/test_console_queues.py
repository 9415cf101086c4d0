"""The queues of Ward in a real browser: what waits, who works, what gave up and is done again."""

import re

from console_support import PHONE, browser, fits_sideways, shot  # noqa: F401 (fixtures by name)
from engines_support import console, house, rest  # noqa: F401
from playwright.sync_api import expect
from tenancy_support import member, new_address
from test_console_account import says_what_it_is
from ward_process import PASSWORD, wait_for


def operator_of_ward(house, rest) -> str:
    """Somebody who runs the system and sees no alerts; the name by which the browser knows him."""
    member(house.api, "runs it", "system_admin")
    rest.tokens["runs it"] = house.api.tokens["runs it"]
    return "runs it"


def dead_letter(house) -> str:
    """An invitation to an address which the mail server does not know, given up; the address."""
    address = new_address()
    house.box.unknown.add(address)
    house.api.do("admin", "POST", "/invitations", {"emails": [address], "role": "nurse"})
    found = "SELECT id FROM jobs WHERE queue = 'email' AND state = 'dead'"
    wait_for(lambda: house.ward.sql(found), 20, "a dead letter")
    return address


def queue_row(page, name: str):
    return page.locator(f'tr[data-queue="{name}"]')


def test_a_dead_letter_is_seen_and_done_again(console, house, rest):
    """223: who runs the system sees the queues live, in numbers and by name, the letter that was given up and why, and
    lets it begin again; it arrives, and the numbers follow by themselves"""
    address = dead_letter(house)
    page = console.page(operator_of_ward(house, rest))
    page.goto(f"{console.base}/queue-dashboard")
    expect(page.get_by_role("heading", name="Queues", exact=True)).to_be_visible()
    expect(page.locator(".queue-live")).to_have_text("Live")
    expect(queue_row(page, "email").locator('[data-number="dead"]')).to_have_text("1")
    jobs = page.get_by_role("region", name="Jobs", exact=True)
    expect(jobs.get_by_role("heading")).to_have_text("email")
    line = jobs.locator('tr[data-state="dead"]')
    expect(line).to_contain_text("mail.send")
    expect(line.locator(".job-reason")).to_contain_text("550")
    assert address not in page.content(), "what a job is about is not shown"
    nodes = page.get_by_role("region", name="Who works").first
    expect(nodes.get_by_text("Server")).to_be_visible()
    expect(nodes.get_by_text("leads")).to_be_visible()
    says_what_it_is(page)
    shot(page, "queues", full_page=True)
    house.box.unknown.clear()
    line.get_by_role("button", name=re.compile("^Do mail.send of .* now")).click()
    expect(page.locator(".toast", has_text="The job begins as soon as there is room.")).to_be_visible()
    assert house.box.wait_for(address)
    expect(queue_row(page, "email").locator('[data-number="dead"]')).to_have_text("0")
    expect(jobs.get_by_text("No job has given up.")).to_be_visible()
    jobs.get_by_text("Done", exact=True).click()
    expect(jobs.locator('tr[data-state="done"]').first).to_contain_text("mail.send")


def test_dead_letters_are_dropped_and_replayed(console, house, rest):
    """219: one dead letter is dropped for good, the others of the queue are replayed at once; the page fits a telephone
    at night"""
    lost, kept = dead_letter(house), dead_letter(house)
    wait_for(lambda: len(house.ward.sql("SELECT id FROM jobs WHERE state = 'dead'")) == 2, 20, "two dead letters")
    page = console.page(operator_of_ward(house, rest), color_scheme="dark", viewport=PHONE)
    page.goto(f"{console.base}/queue-dashboard")
    jobs = page.get_by_role("region", name="Jobs", exact=True)
    expect(jobs.locator('tr[data-state="dead"]')).to_have_count(2)
    fits_sideways(page)
    shot(page, "queues-phone-dark", full_page=True)
    # The newest stands first.
    jobs.get_by_role("button", name=re.compile("^Drop mail.send")).last.click()
    expect(jobs.locator('tr[data-state="dead"]')).to_have_count(1)
    house.box.unknown.clear()
    jobs.get_by_role("button", name="Do all again").click()
    page.get_by_role("dialog").get_by_role("button", name="Do all again").click()
    expect(page.locator(".toast", has_text="1 job begins again.")).to_be_visible()
    assert house.box.wait_for(kept)
    assert house.box.to(lost) == [], "what was dropped is not sent"


def test_only_who_manages_the_system_acts_on_its_queues(console, house, rest):
    """223: a hospital's administrator sees the queues without a button; a nurse does not see the page"""
    dead_letter(house)
    page = console.page("admin")
    page.goto(f"{console.base}/queue-dashboard")
    jobs = page.get_by_role("region", name="Jobs", exact=True)
    expect(jobs.locator('tr[data-state="dead"]').first).to_contain_text("mail.send")
    expect(jobs.get_by_role("button", name=re.compile("^(Do|Drop)"))).to_have_count(0)
    nurse = console.page("nurse")
    # The server itself keeps the page from who may not see it.
    assert nurse.goto(f"{console.base}/queue-dashboard").status == 403
    expect(nurse.get_by_role("main")).to_contain_text("Not part of your role")


def test_who_has_not_signed_in_does_so_and_is_at_the_queues(console, house):
    """223: a browser that has not signed in is asked to, and has the queues before it afterwards"""
    page = console.page()
    assert page.goto(f"{console.base}/queue-dashboard").status == 401
    page.get_by_label("Email").fill("admin@demo.ward")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Queues", exact=True)).to_be_visible()
    assert page.url == f"{console.base}/queue-dashboard"
    house.box.unknown.clear()
    house.ward.sql("DELETE FROM jobs WHERE state = 'dead'", "admin")
