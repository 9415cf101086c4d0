"""An administration's people in the browser: members, invitations, join codes, those who ask to be let in.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re
import uuid

import pytest
import requests
from console_support import (  # noqa: F401 (fixtures are found by name)
    PASSWORD,
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect


def new_address(stem: str = "new") -> str:
    return f"{stem}-{uuid.uuid4().hex[:10]}@example.org"


def hire(rest, name: str | None = None, role: str = "nurse", **more) -> dict:
    """A new person of Demo General."""
    body = {"name": name or f"Vera {uuid.uuid4().hex[:8]}", "email": new_address(), "role": role,
            "password": PASSWORD, **more}
    return rest.call("admin", "POST", "/users", body)


def sign_in(rest, name: str, email: str) -> None:
    answer = requests.post(f"{rest.base}/api/v1/sessions", json={"email": email, "password": PASSWORD}, timeout=10)
    assert answer.ok, answer.text
    rest.tokens[name] = answer.json()["data"]["token"]


@pytest.fixture
def asker(rest):
    """Somebody with an account who asks to be let in as a nurse."""
    email = new_address("asker")
    answer = requests.post(f"{rest.base}/api/v1/auth/sign-up", timeout=10, json={
        "email": email, "password": "correct horse battery", "name": f"Asta {uuid.uuid4().hex[:6]}",
        "acceptTerms": True, "acceptPrivacy": True})
    assert answer.ok, answer.text
    rest.tokens["asker"] = answer.json()["data"]["token"]
    rest.call("asker", "POST", "/join-requests",
              {"subdomain": "demo-general", "role": "nurse", "message": "I start on Monday."})
    yield answer.json()["data"]["user"]
    rest.tokens.pop("asker")


def test_people_are_invited_by_mail_and_an_invitation_is_taken_back(console, rest):
    """89: an administrator invites two people by mail with a role and a department; one invitation is taken back"""
    page = console.page("admin")
    page.goto(f"{console.base}/members")
    page.get_by_role("button", name="Invite people").click()
    expect(page.get_by_role("heading", name="Invite people")).to_be_focused()
    page.get_by_role("button", name="Send invitations").click()
    expect(page.get_by_text("Enter at least one address.")).to_be_visible()
    expect(page.get_by_label("Email addresses")).to_be_focused()
    one, other = new_address("one"), new_address("other")
    page.get_by_label("Email addresses").fill(f"One <{one.upper()}>,\n{other}; nurse@demo.ward")
    expect(page.get_by_text("3 addresses")).to_be_visible()
    form = page.locator(".record-form")
    form.get_by_label("Role").select_option("doctor")
    form.get_by_label("Department").select_option(label="Intensive Care")
    shot(page, "invite", full_page=True)
    page.get_by_role("button", name="Send invitations").click()
    told = page.locator(".toast", has_text="2 invitations are on their way.")
    expect(told).to_contain_text("Member already: nurse@demo.ward.")

    page.get_by_role("link", name="Invitations").click()
    row = page.locator("tr", has_text=one)
    expect(row).to_contain_text("Doctor")
    expect(row).to_contain_text("Intensive Care")
    shot(page, "invitations", full_page=True)
    page.get_by_role("button", name=f"Take back {other}").click()
    expect(page.locator("tr[data-invitation-id]", has_text=other)).to_have_count(0)
    listed = {each["email"]: each for each in rest.call("admin", "GET", "/invitations?limit=100")}
    assert listed[one]["revokedAt"] is None and listed[one]["role"] == "doctor" and listed[one]["departmentId"]
    assert listed[other]["revokedAt"]


def test_an_address_that_is_none_is_named_and_nobody_is_invited(console, rest):
    """89: of three addresses one is none: it is named at the field, what was typed stays, and nobody is invited"""
    page = console.page("admin")
    page.goto(f"{console.base}/invitations")
    page.get_by_role("button", name="Invite people").click()
    good = new_address()
    page.get_by_label("Email addresses").fill(f"{good} not-an-address")
    page.get_by_role("button", name="Send invitations").click()
    expect(page.locator('[data-field="emails"] .field-error')).to_contain_text("item 2")
    expect(page.get_by_label("Email addresses")).to_have_value(f"{good} not-an-address")
    assert good not in str(rest.call("admin", "GET", "/invitations?limit=100"))


def test_a_join_code_is_made_and_taken_back(console, rest):
    """89: a code for three nurses is made and shown with its use; taken back it is no longer listed"""
    page = console.page("admin")
    page.goto(f"{console.base}/invitations")
    page.get_by_text("New join code").click()
    codes = page.locator(".codes")
    codes.get_by_label("How often").fill("0")
    codes.get_by_role("button", name="Make code").click()
    expect(codes.locator('[data-field="maxUses"] .field-error')).to_be_visible()
    codes.get_by_label("How often").fill("3")
    codes.get_by_role("button", name="Make code").click()
    expect(codes.locator(".made-code")).to_contain_text("lets people in as: Nurse")
    code = re.search(r"Code (\w+)", codes.locator(".made-code").inner_text())[1]
    expect(codes.locator("tr", has_text=code)).to_contain_text("0 of 3")
    codes.get_by_role("button", name=f"Take back {code}").click()
    expect(codes.locator("tr", has_text=code)).to_have_count(0)
    made = next(each for each in rest.call("admin", "GET", "/join-codes?limit=100") if each["code"] == code)
    assert made["revokedAt"] and made["maxUses"] == 3


def test_who_asks_to_be_let_in_is_approved_with_a_role(console, rest, asker):
    """89: a request to join is shown with its words; approved with another role it makes a member"""
    page = console.page("head")
    page.goto(f"{console.base}/invitations")
    line = page.locator(".requests .ladder", has_text=asker["email"])
    expect(line).to_contain_text("I start on Monday.")
    shot(page, "join-requests", full_page=True)
    page.get_by_role("button", name=f"Approve {asker['name']}").click()
    dialog = page.get_by_role("dialog")
    offered = dialog.get_by_label("Role").locator("option").all_inner_texts()
    assert set(offered) == {"Operator", "Nurse", "Doctor", "Medical assistant"}, "what a head doctor may give"
    dialog.get_by_label("Role").select_option("medical_assistant")
    dialog.get_by_role("button", name="Approve").click()
    expect(line).to_have_count(0)
    users = rest.call("admin", "GET", f"/users?search={asker['email']}")["users"]
    assert [each["role"] for each in users] == ["medical_assistant"]


def test_people_are_found_by_name_and_role(console, rest):
    """93: people are found by a part of the name or the address, and by role; pages show the rest"""
    stem = f"Zz{uuid.uuid4().hex[:8]}"
    for number in range(26):
        hire(rest, f"{stem} {number:02}", "doctor" if number == 7 else "nurse")
    page = console.page("admin")
    page.goto(f"{console.base}/members")
    page.get_by_label("Name or email").fill(stem)
    expect(page.locator(".pager-where")).to_have_text("26 found. Page 1 of 2.")
    expect(page.locator("tbody tr")).to_have_count(25)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(f"{stem} 25")
    page.locator(".list-tools").get_by_label("Role").select_option("doctor")
    expect(page.locator(".pager-where")).to_have_text("1 found.")
    expect(page.locator("tbody tr")).to_contain_text(f"{stem} 07")
    page.get_by_label("Name or email").fill(stem + "nobody")
    expect(page.get_by_text("Nobody matches this.")).to_be_visible()


def test_a_role_is_changed_and_another_granted_for_a_time(console, rest):
    """95, 68: an administrator changes a role and grants another for a while; only roles below are offered"""
    person = hire(rest)
    page = console.page("admin")
    page.goto(f"{console.base}/members")
    page.get_by_label("Name or email").fill(person["email"])
    page.get_by_role("button", name=f"Open {person['name']}").click()
    expect(page.get_by_role("heading", name=person["name"])).to_be_focused()
    panel = page.locator(".panel", has=page.get_by_role("button", name="Change role"))
    offered = panel.get_by_label("Role").locator("option").evaluate_all("all => all.map(each => each.value)")
    assert "hospital_admin" in offered and not {"organization_admin", "super_admin", "patient"} & set(offered)
    panel.get_by_role("button", name="Change role").click()
    expect(page.get_by_text("Choose another role.")).to_be_visible()

    grants = page.locator(".grants")
    expect(grants.get_by_text("No further roles.")).to_be_visible()
    grants.get_by_label("Role").select_option("head_doctor")
    grants.get_by_label("Until").fill("2020-01-01T08:00")
    grants.get_by_role("button", name="Grant role").click()
    expect(grants.get_by_text("Choose a time that is still to come.")).to_be_visible()
    grants.get_by_label("Until").fill("2036-01-01T08:00")
    grants.get_by_label("While working in").select_option(label="Emergency")
    grants.get_by_label("Reason").fill("Stands in")
    grants.get_by_role("button", name="Grant role").click()
    expect(grants.locator(".ladder")).to_contain_text("while in Emergency · until 1 Jan 2036")
    shot(page, "member", full_page=True)
    made = rest.call("admin", "GET", f"/users/{person['id']}/roles")
    assert [(each["role"], each["reason"]) for each in made] == [("head_doctor", "Stands in")]
    grants.get_by_role("button", name="Take back the role Head doctor").click()
    expect(grants.locator(".ladder")).to_have_count(0)

    panel.get_by_label("Role").select_option("operator")
    panel.get_by_role("button", name="Change role").click()
    expect(page.locator("tr", has_text=person["email"])).to_contain_text("Operator")
    assert rest.call("admin", "GET", f"/users/{person['id']}")["role"] == "operator"


def test_a_person_is_changed_and_deactivated(console, rest):
    """90, 94, 96: telephone, licence and specialisation are saved; deactivated, the person stays listed and is signed out"""
    person = hire(rest, role="doctor", phone="+49 30 1")
    sign_in(rest, "leaver", person["email"])
    page = console.page("admin")
    page.goto(f"{console.base}/members")
    page.get_by_label("Name or email").fill(person["email"])
    page.get_by_role("button", name=f"Open {person['name']}").click()
    page.get_by_label("Licence number").fill("MD-4711")
    page.get_by_label("Specialisation").fill("Cardiology")
    page.get_by_label("Telephone").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator('[data-field="phone"] .field-error')).to_be_visible()
    page.get_by_label("Telephone").fill("+49 30 2222")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="is saved")).to_be_visible()
    saved = rest.call("admin", "GET", f"/users/{person['id']}")
    assert (saved["licenseNumber"], saved["specialization"], saved["phone"]) == ("MD-4711", "Cardiology", "+49 30 2222")
    page.get_by_role("button", name=f"Open {person['name']}").click()
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    expect(page.locator("tr", has_text=person["email"])).to_contain_text("Deactivated")
    headers = {"Authorization": f"Bearer {rest.tokens.pop('leaver')}"}
    assert requests.get(f"{rest.base}/api/v1/session", headers=headers, timeout=10).status_code == 401


def test_a_person_is_suspended_and_let_in_again(console, rest):
    """103, 94: suspended with a reason a person is signed out at once; let in again the person may sign in"""
    person = hire(rest)
    sign_in(rest, "suspended", person["email"])
    page = console.page("admin")
    page.goto(f"{console.base}/members")
    page.get_by_label("Name or email").fill(person["email"])
    page.get_by_role("button", name=f"Open {person['name']}").click()
    page.get_by_role("button", name="Suspend").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Suspend").click()
    expect(dialog.get_by_text("Say why.")).to_be_visible()
    dialog.get_by_label("Reason").fill("The badge was lost.")
    expect(dialog.get_by_text("Say why.")).to_be_hidden()
    dialog.get_by_role("button", name="Suspend").click()
    row = page.locator("tr", has_text=person["email"])
    expect(row).to_contain_text("Deactivated")
    headers = {"Authorization": f"Bearer {rest.tokens.pop('suspended')}"}
    assert requests.get(f"{rest.base}/api/v1/session", headers=headers, timeout=10).status_code == 401
    page.get_by_role("button", name=f"Open {person['name']}").click()
    expect(page.get_by_text("Deactivated: cannot sign in here.")).to_be_visible()
    page.get_by_role("button", name="Let in again").click()
    expect(row).not_to_contain_text("Deactivated")
    sign_in(rest, "back", person["email"])
    rest.tokens.pop("back")


def test_who_may_not_see_the_members_has_no_link_and_is_told_so(console):
    """63, 72: a nurse has no link to members and invitations, and opening them says that her role does not include them"""
    page = console.board("nurse")
    expect(page.get_by_role("link", name="Set up")).to_have_count(0)
    for path in ("/members", "/invitations"):
        page.goto(console.base + path)
        expect(page.get_by_role("heading", name="Not part of your role")).to_be_visible()
        expect(page.get_by_text("Your role here (Nurse)")).to_be_visible()


def test_members_and_invitations_on_a_phone_and_at_night(console):
    page = console.page("admin", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    for path, name in (("/members", "Members"), ("/invitations", "Invitations")):
        page.goto(console.base + path)
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        expect(page.locator(".record-list table, .record-list .page-note").first).to_be_visible()
        expect(page.get_by_text("Loading")).to_have_count(0)
        fits_sideways(page)
        shot(page, f"{name.lower()}-phone")
    dark = console.page("admin", color_scheme="dark")
    dark.goto(f"{console.base}/members")
    dark.get_by_role("button", name="Open Nia Nurse").click()
    expect(dark.get_by_text("No further roles.")).to_be_visible()
    shot(dark, "members-dark", full_page=True)
