"""A visit in the browser: what its doctor notes and prescribes, what speaks against it, the page on paper, the patient's own.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

import pytest
from clinic_support import DRUG
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from patients import unique_name
from playwright.sync_api import expect
from test_console_appointments import Desk, row_of, said

CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$")


class Practice(Desk):
    """The demo's doctor, who signs in, with visits on a day of their own."""

    def __init__(self, rest, ward):
        super().__init__(rest, ward, own_doctor=False)

    def patient(self, **more) -> dict:
        return self.rest.call("doctor", "POST", "/patients", {"name": unique_name(), "dateOfBirth": "1980-03-31", **more})

    def visit(self, clock: str, patient: dict, status: str = "completed") -> dict:
        made = self.book(clock, patient, "in_progress" if status == "completed" else status)
        if status == "completed":
            self.rest.call("doctor", "POST", f"/appointments/{made['id']}/completion", {})
        return made

    def prescribe(self, visit: dict, name: str = "Loratadine") -> dict:
        return self.rest.call("doctor", "POST", "/prescriptions", {
            "appointmentId": visit["id"], "medications": [DRUG | {"name": name}], "instructions": "Rest.",
            "overrideReason": "For the test."})


@pytest.fixture
def practice(rest, ward):
    return Practice(rest, ward)


def opened(console, visit: dict, who: str = "doctor", **options):
    page = console.page(who, **options)
    page.goto(f"{console.base}/visits/{visit['id']}")
    expect(page.get_by_role("region", name="Notes")).to_be_visible()
    return page


def fill_drug(page, name: str, index: int = 0, **changes) -> None:
    drug = page.locator("fieldset.drug").nth(index)
    values = {"Drug": name, "Dosage": "500 mg", "How often": "3 a day", "How long": "5 days"} | changes
    for label, value in values.items():
        drug.get_by_label(label, exact=True).fill(value)


def test_a_doctor_notes_a_visit(console, practice):
    """198: from his day a doctor opens a visit, sees allergies and earlier notes, writes a note and amends it; a draft stays"""
    patient = practice.patient(allergies=["Penicillin"])
    before = practice.visit("10:30", patient)
    practice.rest.call("doctor", "POST", f"/appointments/{before['id']}/notes", {"text": "A cough of before."})
    visit = practice.visit("11:00", patient, "in_progress")
    page = console.page("doctor")
    page.goto(f"{console.base}/my-day")
    page.get_by_label("Day", exact=True).fill(practice.day)
    row_of(page, visit).get_by_role("link", name=patient["name"]).click()
    expect(page.get_by_role("heading", name=patient["name"])).to_be_visible()
    expect(page.locator(".patient-head")).to_contain_text("Penicillin")
    assert patient["name"] not in page.title() and patient["name"] not in page.url
    page.locator(".earlier summary").click()
    expect(page.locator(".earlier .note")).to_contain_text("A cough of before.")

    form = page.locator(".note-form")
    form.get_by_role("button", name="Write the note").click()
    expect(form.get_by_text("This is needed.")).to_be_visible()
    form.get_by_label("Note", exact=True).fill("Cough for two weeks.")
    form.get_by_label("Diagnosis").fill("Bronchitis")
    form.get_by_role("button", name="Write the note").click()
    said(page, "It is noted.")
    note = page.locator(".visit-notes .note")
    expect(note).to_contain_text("Cough for two weeks.")
    note.get_by_role("button", name="Amend").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note", exact=True).fill("Cough for two days.")
    dialog.get_by_role("button", name="Write the amendment").click()
    expect(dialog.get_by_text("This is needed.")).to_be_visible()
    dialog.get_by_label("Why it is amended").fill("A slip.")
    dialog.get_by_role("button", name="Write the amendment").click()
    said(page, "The note is amended.")
    expect(note).to_have_count(1)
    expect(note).to_contain_text("Cough for two weeks.")
    expect(note.locator(".note-amendment")).to_contain_text("because: A slip.")

    form.get_by_label("Note", exact=True).fill("Half a sentence")
    practice.rest.call("head", "POST", f"/appointments/{visit['id']}/completion", {})
    expect(page.locator(".visit-state-line .visit-state")).to_have_attribute("data-status", "completed")
    expect(form.get_by_label("Note", exact=True)).to_have_value("Half a sentence")
    shot(page, "visit-notes", full_page=True)


def test_a_doctor_prescribes_after_the_visit(console, practice):
    """197: after the end a doctor prescribes; what speaks against a drug is told and answered with a reason, or the drug changed"""
    patient = practice.patient(allergies=["Penicillin"])
    visit = practice.visit("12:30", patient, "in_progress")
    page = opened(console, visit)
    part = page.get_by_role("region", name="Prescriptions", exact=True)
    expect(part).to_contain_text("Drugs are prescribed once the visit is over.")
    expect(part.get_by_role("button", name="Prescribe")).to_have_count(0)
    page.get_by_role("button", name="Finish").click()
    said(page, "is over")
    part.get_by_role("button", name="Prescribe", exact=True).click()
    part.get_by_role("button", name="Prescribe now").click()
    expect(part.get_by_text("Something is missing in a drug.")).to_be_visible()
    expect(page.locator("fieldset.drug").get_by_label("Drug", exact=True)).to_be_focused()
    fill_drug(page, "Vitamin D", **{"How long": "soon"})
    part.get_by_role("button", name="Prescribe now").click()
    expect(page.locator("fieldset.drug .field-error").filter(has_text="5 days")).to_be_visible()
    fill_drug(page, "Vitamin D")
    part.get_by_role("button", name="Another drug").click()
    fill_drug(page, "Amoxicillin 500", 1)
    part.get_by_role("button", name="Prescribe now").click()
    against = page.get_by_role("region", name="Something speaks against it")
    expect(against).to_be_focused()
    expect(against.locator(".warnings li")).to_have_text(["Amoxicillin 500: the patient does not bear it, or something like it."])
    shot(page, "visit-warning", full_page=True)
    part.get_by_role("button", name="Prescribe now").click()
    expect(against.get_by_text("Write why.")).to_be_visible()
    against.get_by_label("Why all the same").fill("Was tested: he bears it.")
    part.get_by_role("button", name="Prescribe now").click()
    said(page, "It is prescribed.")
    card = page.locator("article.prescription")
    expect(card).to_have_attribute("data-status", "active")
    expect(card.locator("tbody tr")).to_have_count(2)
    expect(card).to_contain_text("Was tested: he bears it.")
    expect(card.locator(".verification-code")).to_have_text(CODE)
    shot(page, "visit-prescribed", full_page=True)


def test_a_prescription_is_printed_and_taken_back(console, practice):
    """197: the page on paper has drugs and code and nothing of the console; taken back, it says so"""
    patient = practice.patient()
    visit = practice.visit("13:30", patient)
    made = practice.prescribe(visit, "Ramipril <5>")
    page = opened(console, visit)
    page.get_by_role("link", name="Page to print").click()
    paper = page.locator(".prescription-paper")
    expect(paper).to_contain_text(made["verificationCode"])
    for words in (patient["name"], "Ramipril <5>", "Demo General"):
        expect(paper).to_contain_text(words)
    assert patient["name"] not in page.title() and patient["name"] not in page.url
    expect(page.get_by_role("button", name="Print")).to_be_enabled()
    shot(page, "prescription-page", full_page=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator("header.head")).to_be_hidden()
    shot(page, "prescription-paper")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    said(page, "The prescription is taken back.")
    expect(page.locator("article.prescription")).to_have_attribute("data-status", "cancelled")
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    page.get_by_role("link", name="Page to print").click()
    expect(paper.locator(".void")).to_have_text("CANCELLED")


def test_a_patient_sees_his_own_prescriptions(console, practice):
    """197: a patient finds his prescriptions under his appointments, with the page for the pharmacy, on a phone at night"""
    made = practice.prescribe(practice.visit("14:30", practice.rest.call("patient", "GET", "/my-record")))
    page = console.page("patient", viewport=PHONE, color_scheme="dark")
    page.goto(f"{console.base}/my-appointments")
    mine = page.get_by_role("region", name="My prescriptions", exact=True)
    card = mine.locator(f'[data-prescription-id="{made["id"]}"]')
    expect(card).to_contain_text(made["verificationCode"])
    fits_sideways(page)
    shot(page, "own-prescriptions-phone-dark", full_page=True)
    card.get_by_role("link", name="Page to print").click()
    expect(page.locator(".prescription-paper")).to_contain_text(made["verificationCode"])
    fits_sideways(page)
    shot(page, "own-prescription-phone-dark", full_page=True)


def test_a_pharmacy_gives_drugs_out_once(console, practice):
    """197: a code opens the prescription with its patient, by keyboard; given out it is closed for good, on a phone at night,
    too; a code that is none and one that there is not are told apart; who gives nothing out has no such page"""
    patient = practice.patient()
    made = practice.prescribe(practice.visit("13:30", patient))
    page = console.page("admin", viewport=PHONE, color_scheme="dark")
    page.goto(f"{console.base}/pharmacy")
    code = page.get_by_label("Code", exact=True)
    code.fill("no code")
    code.press("Enter")
    expect(page.get_by_text("This is no code of a prescription.")).to_be_visible()
    code.fill("00000-00000-00000-00000")
    code.press("Enter")
    expect(page.get_by_text("No prescription of this hospital has this code.")).to_be_visible()
    code.fill(made["verificationCode"].replace("-", "").lower())
    code.press("Enter")
    expect(page.get_by_role("heading", name=patient["name"])).to_be_focused()
    card = page.locator("article.prescription")
    expect(card).to_contain_text("Loratadine")
    assert patient["name"] not in page.title() and made["verificationCode"] not in page.url
    fits_sideways(page)
    shot(page, "pharmacy-phone-dark", full_page=True)
    card.get_by_role("button", name="Drugs are given out").click()
    page.get_by_role("dialog").get_by_role("button", name="Drugs are given out").click()
    said(page, "It is noted that the drugs are given out.")
    expect(card).to_contain_text("Nothing may be given out for it any more.")
    expect(card.get_by_role("button", name="Drugs are given out")).to_have_count(0)
    shown = practice.rest.call("doctor", "GET", f"/prescriptions/{made['id']}")
    assert shown["dispensedAt"] and shown["version"] == 2
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/pharmacy")
    expect(nurse.get_by_role("heading", name="Not part of your role")).to_be_visible()


def test_who_writes_nothing_at_a_visit(console, practice):
    """197, 198: a colleague reads a visit and writes nothing; who conducts no visits has no such page, nor another's patient"""
    visit = practice.visit("17:00", practice.patient())
    page = opened(console, visit, "head")
    expect(page.get_by_text("Its doctor notes a visit once the patient is there.")).to_be_visible()
    expect(page.locator(".note-form")).to_be_hidden()
    expect(page.get_by_role("button", name="Prescribe")).to_have_count(0)
    for who, path in (("nurse", f"/visits/{visit['id']}"), ("patient", f"/visits/{visit['id']}"),
                      ("patient", f"/prescriptions/{visit['id']}"), ("nurse", f"/my-prescriptions/{visit['id']}")):
        other = console.page(who)
        other.goto(f"{console.base}{path}")
        expect(other.get_by_role("heading", name="Not part of your role")).to_be_visible()


def test_a_visit_fits_a_phone(console, practice):
    """197, 198: a visit with notes and an open prescription fits a phone at night"""
    visit = practice.visit("18:00", practice.patient(allergies=["Penicillin"]))
    practice.rest.call("doctor", "POST", f"/appointments/{visit['id']}/notes", {"text": "Cough.", "diagnosis": "Bronchitis"})
    practice.prescribe(visit)
    page = opened(console, visit, viewport=PHONE, color_scheme="dark")
    page.get_by_role("button", name="Prescribe", exact=True).click()
    expect(page.locator("fieldset.drug").get_by_label("Drug", exact=True)).to_be_focused()
    fits_sideways(page)
    shot(page, "visit-phone-dark", full_page=True)
