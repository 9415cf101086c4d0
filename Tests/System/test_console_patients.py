"""Patients in the browser: found, taken in, their record, vital signs, care team, discharge, and who has seen what.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

import pytest
from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from api_support import Api
from emergency_support import REASON, clinician, colleague
from patients import unique_name
from playwright.sync_api import expect


def take_in(rest, who: str = "doctor", **more) -> dict:
    return rest.call(who, "POST", "/patients", {"name": unique_name(), **more})


def department(rest, code: str) -> str:
    return next(each["id"] for each in rest.departments() if each["code"] == code)


@pytest.fixture
def patient(rest):
    """Somebody in the emergency room, discharged when the test is over."""
    made = take_in(rest, departmentId=department(rest, "ER"), roomNumber="E7", dateOfBirth="1980-03-31",
                   allergies=["Penicillin"], flags={"fallRisk": True})
    yield made
    if rest.call("admin", "GET", f"/patients/{made['id']}")["status"] == "active":
        rest.call("admin", "POST", f"/patients/{made['id']}/discharge", {"dischargeNotes": "End of test."})


@pytest.fixture
def kept(rest, patient):
    """The same in another department, in a hospital that keeps its records closed."""
    icu = department(rest, "ICU")
    moved = rest.call("admin", "PATCH", f"/patients/{patient['id']}", {"version": 1, "departmentId": icu})
    rest.call("admin", "PATCH", "/hospital", {"restrictRecords": True})
    yield moved
    rest.call("admin", "PATCH", "/hospital", {"restrictRecords": False})


def words(patient: dict) -> list[str]:
    return [*patient["name"].split(), patient["mrn"]]


def test_a_patient_is_found_by_name_and_no_word_stands_in_an_address(console, rest, patient):
    """100, 101: a patient is found by a part of the name, by POST; neither address, title nor history hold a word of it"""
    page = console.page("nurse")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{console.base}/patients")
    page.get_by_label("Find a patient").fill(patient["name"].split()[0][:5])
    row = page.locator("tr", has_text=patient["mrn"])
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(row).to_contain_text("Emergency · Room E7")
    expect(row.locator(".flag")).to_have_text(["Fall risk"])
    shot(page, "patients", full_page=True)
    page.get_by_role("link", name=patient["name"]).click()
    expect(page.get_by_role("heading", level=1, name=patient["name"])).to_be_visible()
    expect(page.get_by_text("Allergies: Penicillin")).to_be_visible()
    expect(page.get_by_text(re.compile(r"31 Mar 1980 \(\d+ years\)"))).to_be_visible()
    assert patient["name"] not in page.title() and page.url.endswith(f"/patients/{patient['id']}")
    for url in asked:
        assert not any(word.lower() in url.lower() for word in words(patient)), url


def test_filters_show_the_right_patients(console, rest, patient):
    """101: department, state, flags and “my patients” narrow the list; a search leaves them aside"""
    other = take_in(rest, departmentId=department(rest, "CARD"), flags={"dnr": True})
    page = console.page("doctor")
    page.goto(f"{console.base}/patients")
    here, there = page.locator("tr", has_text=patient["mrn"]), page.locator("tr", has_text=other["mrn"])
    expect(here).to_have_count(1)
    expect(there).to_have_count(1)
    page.get_by_label("Department").select_option(label="Cardiology")
    expect(here).to_have_count(0)
    expect(there).to_have_count(1)
    page.get_by_label("Department").select_option("")
    page.get_by_label("DNR").check()
    expect(here).to_have_count(0)
    page.get_by_label("DNR").uncheck()
    expect(here).to_have_count(1)
    rest.call("doctor", "POST", f"/patients/{other['id']}/care-team",
              {"userId": rest.call("doctor", "GET", "/session")["user"]["id"], "role": "primary_doctor"})
    page.get_by_label("My patients").check()
    expect(there).to_have_count(1)
    expect(here).to_have_count(0)
    page.get_by_label("Find a patient").fill(patient["mrn"])
    expect(here).to_have_count(1)
    expect(page.get_by_label("State")).to_be_disabled()
    rest.call("doctor", "POST", f"/patients/{other['id']}/discharge", {"dischargeNotes": "Home."})
    page.get_by_label("Find a patient").fill("")
    page.get_by_label("My patients").uncheck()
    expect(there).to_have_count(0)
    page.get_by_label("State").select_option("discharged")
    expect(there).to_contain_text("discharged")


def test_a_patient_is_taken_in_and_the_record_changed(console, rest):
    """100: a patient is taken in with what is known, the record changed and a field emptied; a bad line is named"""
    page = console.page("doctor")
    page.goto(f"{console.base}/patients")
    page.get_by_role("button", name="Take a patient in").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Enter the name.")).to_be_visible()
    name = unique_name()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Date of birth").fill("2090-01-01")
    page.locator(".record-form").get_by_label("Department").select_option(label="Emergency")
    page.get_by_label("Do not resuscitate (DNR)").check()
    page.get_by_label("Allergies").fill("Penicillin\nNuts")
    page.get_by_label("Medication").fill("Ibuprofen 400 mg")
    page.locator('[data-field="phone"] input').fill("+49 30 123")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write each as “Ibuprofen; 400 mg; 3 × a day”.")).to_be_visible()
    page.get_by_label("Medication").fill("Ibuprofen; 400 mg; 3 × a day")
    page.get_by_role("button", name="Save").click()
    expect(page.locator('[data-field="dateOfBirth"] .field-error')).to_be_visible()
    page.get_by_label("Date of birth").fill("1950-02-03")
    shot(page, "patient-form", full_page=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.locator(".flag").first).to_have_text("Allergies: Penicillin, Nuts")
    made = rest.call("doctor", "GET", f"/patients/{page.url.rsplit('/', 1)[1]}")
    assert (made["medications"][0]["dosage"], made["phone"], made["flags"]["dnr"]) == ("400 mg", "+49 30 123", True)

    page.get_by_role("button", name="Edit record").click()
    page.locator('[data-field="phone"] input').fill("")
    page.locator('[data-field="notes"] textarea').fill("Feels better.")
    rest.call("head", "PATCH", f"/patients/{made['id']}", {"version": 1, "roomNumber": "E9"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Somebody else has changed this meanwhile")).to_be_visible()
    expect(page.locator('[data-field="notes"] textarea')).to_have_value("Feels better.")
    page.get_by_role("button", name="Show it as it is now").click()
    expect(page.get_by_label("Room")).to_have_value("E9")
    page.locator('[data-field="phone"] input').fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The record is saved.").first).to_be_visible()
    after = rest.call("doctor", "GET", f"/patients/{made['id']}")
    assert (after["phone"], after["roomNumber"], after["version"]) == (None, "E9", 3)
    rest.call("doctor", "POST", f"/patients/{made['id']}/discharge", {"dischargeNotes": "Home."})


def test_vital_signs_are_written_down_and_critical_ones_raise_an_alert(console, rest, patient):
    """108: impossible values are named before anything is sent; a critical one is marked, and leads to its alert"""
    page = console.page("nurse")
    page.goto(f"{console.base}/patients/{patient['id']}")
    expect(page.get_by_text("Nothing was measured in this time.")).to_be_visible()
    page.get_by_text("Write down vital signs").click()
    page.get_by_role("button", name="Write down", exact=True).click()
    expect(page.get_by_text("Enter at least one sign.")).to_be_visible()
    page.get_by_label("Heart rate, /min").fill("301")
    page.get_by_label("Systolic").fill("120")
    page.get_by_role("button", name="Write down", exact=True).click()
    expect(page.get_by_text("From 30 to 250.")).to_be_visible()
    expect(page.get_by_text("Both pressures go together.")).to_be_visible()
    expect(page.get_by_label("Heart rate, /min")).to_be_focused()
    for label, value in (("Heart rate, /min", "80"), ("Diastolic", "80"), ("Temperature", "37,2"), ("Oxygen", "97")):
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Write down", exact=True).click()
    expect(page.locator('.vital[data-sign="bloodPressure"]')).to_contain_text("120/80 mmHg")
    expect(page.locator('.vital[data-sign="temperature"]')).to_contain_text("37.2 °C")
    for rate in (90, 110):
        rest.call("nurse", "POST", f"/patients/{patient['id']}/vitals", {"heartRate": rate, "oxygenSaturation": 95})
    page.get_by_label("Oxygen").fill("84")
    page.get_by_label("Heart rate, /min").fill("128")
    page.get_by_role("button", name="Write down", exact=True).click()
    tile = page.locator('.vital[data-sign="oxygenSaturation"]')
    expect(tile).to_have_attribute("data-critical", "true")
    expect(tile).to_contain_text("Critical")
    expect(page.locator('.vital[data-sign="heartRate"]')).to_contain_text("rising")
    expect(page.locator(".sparkline").first).to_be_visible()
    expect(page.locator(".vitals-table tbody tr")).to_have_count(4)
    raised = page.locator(".vitals-raised")
    expect(raised).to_contain_text("Critical: Oxygen saturation. An alert was raised.")
    shot(page, "patient", full_page=True)
    dark = console.page("nurse", color_scheme="dark")
    dark.goto(f"{console.base}/patients/{patient['id']}")
    expect(dark.locator(".vitals-table tbody tr")).to_have_count(4)
    shot(dark, "patient-dark", full_page=True)
    raised.get_by_role("link", name="To the alert").click()
    expect(page.get_by_role("heading", name="Room E7")).to_be_visible()
    rest.raised.append(page.url.rsplit("/", 1)[1])


def test_the_care_team_and_the_discharge(console, rest, patient):
    """108: a nurse comes into the care team; the discharge asks for notes, says what it ends, and ends it"""
    page = console.page("doctor")
    page.goto(f"{console.base}/patients/{patient['id']}")
    page.get_by_text("Put somebody in").click()
    page.get_by_label("Who", exact=True).select_option(label="Nia Nurse (Nurse)")
    page.get_by_role("button", name="Put in", exact=True).click()
    member = page.locator(".care-team .ladder", has_text="Nia Nurse")
    expect(member).to_contain_text("Attending nurse")
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(page.locator(".care-team .form-problem")).to_be_visible()
    page.get_by_role("button", name="Take Nia Nurse out of the care team").click()
    expect(member).to_have_count(0)
    page.get_by_role("button", name="Discharge").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("the care team ends and open alerts of this patient are resolved")
    dialog.get_by_role("button", name="Discharge").click()
    expect(dialog.get_by_text("Write how the patient leaves.")).to_be_visible()
    assert rest.call("doctor", "GET", f"/patients/{patient['id']}")["status"] == "active"
    dialog.get_by_label("Discharge notes").fill("Walks without help.")
    shot(page, "discharge")
    dialog.get_by_role("button", name="Discharge").click()
    expect(page.locator(".patient-head .tag")).to_have_text("Discharged")
    expect(page.get_by_role("button", name="Discharge")).to_have_count(0)
    expect(page.get_by_text("Write down vital signs")).to_have_count(0)
    after = rest.call("doctor", "GET", f"/patients/{patient['id']}")
    assert (after["status"], after["dischargeNotes"]) == ("discharged", "Walks without help.")


def test_who_has_seen_a_record(console, rest, patient):
    """100: an administrator sees who has seen a record, by name and role; a nurse is not shown that list"""
    rest.call("nurse", "GET", f"/patients/{patient['id']}")
    page = console.page("admin")
    page.goto(f"{console.base}/patients/{patient['id']}")
    page.get_by_text("Who has seen this record").click()
    log = page.get_by_role("table", name="Who has seen this record")
    expect(log.locator("tr", has_text="Nia Nurse")).to_contain_text("Opened the record")
    expect(log.locator("tr", has_text="Dario Doctor")).to_contain_text("Taken in")
    shot(page, "patient-access", full_page=True)
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/patients/{patient['id']}")
    expect(nurse.get_by_role("heading", level=1, name=patient["name"])).to_be_visible()
    expect(nurse.get_by_text("Who has seen this record")).to_have_count(0)
    expect(nurse.get_by_role("button", name="Edit record")).to_have_count(0)


def test_a_patient_sees_his_own_record_and_who_has_seen_it(console, rest):
    """71, 100: a patient begins at his own record and sees who has seen it; no other page is offered or shown"""
    mine = rest.call("patient", "GET", "/my-record")
    rest.call("nurse", "GET", f"/patients/{mine['id']}")
    page = console.page("patient")
    page.goto(f"{console.base}/")
    expect(page.get_by_role("heading", level=1, name="My record")).to_be_visible()
    expect(page.locator(".fact-list", has_text="Pia Patient")).to_be_visible()
    log = page.locator(".my-access")
    expect(log.locator("tr", has_text="Nia Nurse").first).to_contain_text("Opened the record")
    expect(page.locator(".nav a")).to_have_text(["My record", "Visits"])
    expect(page.get_by_role("button", name="Edit record")).to_have_count(0)
    shot(page, "my-record", full_page=True)
    for path in ("/patients", f"/patients/{mine['id']}"):
        page.goto(console.base + path)
        expect(page.get_by_role("heading", name="Not part of your role")).to_be_visible()
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/my-record")
    expect(nurse.get_by_role("heading", name="Not part of your role")).to_be_visible()


def test_a_kept_record_is_refused_and_nothing_of_it_is_shown(console, rest, kept):
    """71: a kept record is found closed; opening it shows none of it, and offers the emergency to who may use it"""
    page = console.page("nurse")
    page.goto(f"{console.base}/patients")
    page.get_by_label("Find a patient").fill(kept["mrn"])
    expect(page.locator("tr", has_text=kept["mrn"])).to_contain_text("Kept to the department")
    page.get_by_role("link", name=kept["name"]).click()
    expect(page.get_by_role("heading", level=1, name="This record is kept closed")).to_be_visible()
    expect(page.locator(".vitals, .patient-facts, .care-team")).to_have_count(0)
    expect(page.get_by_text("Penicillin")).to_have_count(0)
    form = page.get_by_role("region", name="Open it in an emergency")
    form.get_by_label("Reason").fill("short")
    form.get_by_role("button", name="Open the record now").click()
    expect(form.get_by_text("Write at least 10 characters.")).to_be_visible()
    expect(form.get_by_text("Enter the code.")).to_be_visible()
    expect(form.get_by_label("Reason")).to_be_focused()
    shot(page, "kept", full_page=True)


@pytest.fixture
def doctor(ward, rest):
    """A clinician with a telephone, whom the console knows as `clinician`."""
    found = clinician(Api(ward))
    rest.tokens["clinician"] = found.token
    yield found
    rest.tokens.pop("clinician")


def test_a_kept_record_is_opened_in_an_emergency_and_reviewed(console, rest, ward, kept, doctor):
    """71: a wrong code opens nothing and ends no session; the right one opens the record; an officer, who sees no patients, reviews it"""
    page = console.page("clinician")
    page.goto(f"{console.base}/patients/{kept['id']}")
    form = page.get_by_role("region", name="Open it in an emergency")
    form.get_by_label("Reason").fill(REASON)
    near = {doctor.code(steps) for steps in (-1, 0, 1)}
    form.get_by_label("Code of your second factor").fill(next(code for code in ("000000", "000001", "000002", "000003")
                                                              if code not in near))
    form.get_by_role("button", name="Open the record now").click()
    expect(form.get_by_text("This code is not right.")).to_be_visible()
    expect(form.get_by_label("Code of your second factor")).to_be_focused()
    expect(form.get_by_label("Reason")).to_have_value(REASON)
    shot(page, "kept-wrong-code", full_page=True)
    form.get_by_label("Code of your second factor").fill(doctor.code(1))
    form.get_by_role("button", name="Open the record now").click()
    expect(page.get_by_role("heading", level=1, name=kept["name"])).to_be_focused()
    expect(page.get_by_text("Allergies: Penicillin")).to_be_visible()

    email, _ = colleague(Api(ward), "compliance_officer")
    rest.tokens["officer"] = ward.sign_in(email)
    officer = console.page("officer")
    officer.goto(f"{console.base}/")
    expect(officer.get_by_role("heading", level=1, name="Emergency accesses")).to_be_visible()
    waiting = officer.get_by_role("region", name="Waiting for review", exact=True).first
    row = waiting.locator("tr", has_text=kept["id"][-6:].upper())
    expect(row).to_contain_text(REASON)
    expect(row.get_by_role("link")).to_have_count(0)
    expect(officer.get_by_text(kept["name"])).to_have_count(0)
    shot(officer, "access-reviews", full_page=True)
    row.get_by_role("button", name=re.compile("^Not justified")).click()
    dialog = officer.get_by_role("dialog")
    dialog.get_by_label("Note").fill("Not on duty that night.")
    dialog.get_by_role("button", name="Not justified").click()
    done = officer.get_by_role("region", name="Reviewed", exact=True).first
    expect(done.locator("tr", has_text=kept["id"][-6:].upper())).to_contain_text("Not on duty that night.")
    expect(row).to_have_count(0)
    reviewed = rest.call("admin", "GET", "/access-reviews?status=reviewed&limit=100")
    assert {each["patientId"]: each["verdict"] for each in reviewed}[kept["id"]] == "unjustified"
    dark = console.page("admin", color_scheme="dark")
    dark.goto(f"{console.base}/access-reviews")
    expect(dark.get_by_role("link", name=kept["id"][-6:].upper())).to_be_visible()
    shot(dark, "access-reviews-dark", full_page=True)
    phone = console.page("officer", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    phone.goto(f"{console.base}/access-reviews")
    expect(phone.locator("tbody tr").first).to_be_visible()
    fits_sideways(phone)
    shot(phone, "access-reviews-phone", full_page=True)
    nurse = console.page("nurse")
    nurse.goto(f"{console.base}/access-reviews")
    expect(nurse.get_by_role("heading", name="Not part of your role")).to_be_visible()


def test_who_has_no_second_factor_is_told_so(console, kept):
    """71: a nurse without a second factor is told to set one up, and nothing opens"""
    page = console.page("nurse")
    page.goto(f"{console.base}/patients/{kept['id']}")
    form = page.get_by_role("region", name="Open it in an emergency")
    form.get_by_label("Reason").fill(REASON)
    form.get_by_label("Code of your second factor").fill("123456")
    form.get_by_role("button", name="Open the record now").click()
    expect(form.get_by_text(re.compile("second factor", re.I)).last).to_be_visible()
    expect(form.locator('[data-field="code"] .field-error')).to_contain_text("second factor")
    expect(page.locator(".patient-facts")).to_have_count(0)


def test_patients_on_a_phone_and_who_has_no_link(console, rest, patient):
    """63: an operator has no link to patients and is told why; on a phone list and record need no sideways scrolling"""
    operator = console.board("operator")
    expect(operator.get_by_role("link", name="Patients")).to_have_count(0)
    operator.goto(f"{console.base}/patients/{patient['id']}")
    expect(operator.get_by_role("heading", name="Not part of your role")).to_be_visible()
    rest.call("nurse", "POST", f"/patients/{patient['id']}/vitals", {"heartRate": 80, "systolic": 120, "diastolic": 80})
    rest.call("nurse", "POST", f"/patients/{patient['id']}/vitals", {"heartRate": 84, "oxygenSaturation": 97})
    phone = console.page("doctor", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    for path, name in (("/patients", "patients"), (f"/patients/{patient['id']}", "patient")):
        phone.goto(console.base + path)
        expect(phone.locator("table").first).to_be_visible()
        expect(phone.get_by_text("Loading")).to_have_count(0)
        fits_sideways(phone)
        shot(phone, f"{name}-phone", full_page=True)
