"""Organisations, and how people come into their hospitals: by invitation, by code, by asking."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

from api_raw import assert_refused
from api_support import NOBODY
from jobs_support import jobs
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import invite, letter_to, member, new_address, outsider, problems
from ward_process import wait_for


def session(api, who: str) -> dict:
    return api.do(who, "GET", "/session")


def mails(ward) -> int:
    return len(jobs(ward, "kind = 'mail.send'"))


def test_invited_accepted_member(api, ward):
    """89: who is invited and accepts is a member with the role and department of the invitation, once"""
    before, department = mails(ward), api.department("ICU")
    email = new_address()
    invitation, token = invite(api, email.upper(), "doctor", departmentId=department, message="Come!")
    assert mails(ward) == before + 1
    preview = ward.call("POST", "/api/v1/invitations/preview", json={"token": token}).json()["data"]
    assert (preview["hospitalName"], preview["email"], preview["role"], preview["state"]) == (
        "Demo General", email, "doctor", "open")
    outsider(api, "invited", email)
    assert session(api, "invited")["permissions"] == []
    joined = api.do("invited", "POST", "/invitations/acceptance", {"token": token})
    assert joined == {"hospitalId": api.hospital(), "role": "doctor"}
    wait_for(lambda: "resolve_alerts" in session(api, "invited")["permissions"], 1, "the new member may do his work")
    assert session(api, "invited")["departmentId"] == department
    people = api.do("admin", "GET", f"/users?search={email}")["users"]
    assert [(each["role"], each["isActive"]) for each in people] == [("doctor", True)]
    assert_refused(api.call("invited", "POST", "/invitations/acceptance", {"token": token}), 409)
    listed = next(each for each in api.do("admin", "GET", "/invitations") if each["id"] == invitation)
    assert listed["acceptedAt"] and listed["role"] == "doctor" and "token" not in str(listed)
    rows = api.audit("action = 'invitation_accepted' AND actor_id = %s", session(api, "invited")["user"]["id"])
    assert [(row.outcome, str(row.hospital_id)) for row in rows] == [("success", api.hospital()), ("failure", api.hospital())]


def test_the_mailed_link_leads_in(api):
    """89: the invited person gets one letter with the inviter's words, whose link makes a member"""
    email = new_address()
    api.do("admin", "POST", "/invitations", {"emails": [email], "role": "nurse", "message": "See you on Monday."})
    text = letter_to(api, email)
    assert "Ada Admin invites you to work at Demo General" in text and "See you on Monday." in text
    outsider(api, "mailed", email)
    token = re.search(r"/join#token=(wi_\S+)", text)[1]
    assert api.do("mailed", "POST", "/invitations/acceptance", {"token": token})["role"] == "nurse"


def test_an_invitation_taken_by_another_person(api, ward):
    """89: an invitation in the hands of another person, signed in under another address, makes nobody a member"""
    email = new_address()
    invitation, token = invite(api, email)
    outsider(api, "thief")
    member(api, "colleague", who="other admin")
    for who in ("thief", "colleague"):
        answer = assert_refused(api.call(who, "POST", "/invitations/acceptance", {"token": token}), 403)
        assert email not in str(answer)
    assert session(api, "thief")["memberships"] == []
    row = ward.sql("SELECT accepted_at FROM invitations WHERE id = %s", parameters=[invitation])[0]
    assert row.accepted_at is None
    outsider(api, "rightful", email)
    api.do("rightful", "POST", "/invitations/acceptance", {"token": token})


def test_of_many_acceptances_one_counts(api, ward):
    """89: of twelve acceptances of one invitation at the same moment one succeeds"""
    email = new_address()
    _, token = invite(api, email)
    outsider(api, "eager", email)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: api.call("eager", "POST", "/invitations/acceptance", {"token": token}), range(12)))
    assert sorted(each.status_code for each in answers) == [200] + [409] * 11


def test_an_invitation_that_is_over(api, ward):
    """89: an invitation that was taken back, replaced by a newer one or ran out lets nobody in"""
    email = new_address()
    outsider(api, "late", email)
    first, old = invite(api, email)
    second, new = invite(api, email)
    for token in (old,):
        assert_refused(api.call("late", "POST", "/invitations/acceptance", {"token": token}), 400)
    assert api.do("admin", "DELETE", f"/invitations/{second}")["revokedAt"]
    assert_refused(api.call("late", "POST", "/invitations/acceptance", {"token": new}), 400)
    third, short = invite(api, email, expiresInHours=1)
    ward.sql("UPDATE invitations SET expires_at = ward.now() WHERE id = %s", parameters=[third])
    answer = assert_refused(api.call("late", "POST", "/invitations/acceptance", {"token": short}), 400)
    assert answer["details"]["reason"] == "expired"
    assert_refused(api.call("late", "POST", "/invitations/acceptance", {"token": "wi_" + "A" * 43}), 404)
    assert session(api, "late")["memberships"] == []
    assert_refused(api.call("other admin", "DELETE", f"/invitations/{third}"), 404)
    assert_refused(api.call("admin", "DELETE", f"/invitations/{NOBODY}"), 404)


def test_inviting_is_checked(api, ward):
    """89: 1 to 50 different addresses, a role that the inviter may give, a department of the hospital; else no mail"""
    before = mails(ward)
    assert problems(api.call("admin", "POST", "/invitations", {"emails": [], "role": "nurse"})) == {"emails": "minItems"}
    many = [new_address() for _ in range(51)]
    assert problems(api.call("admin", "POST", "/invitations", {"emails": many, "role": "nurse"})) == {"emails": "maxItems"}
    twice = ["a@example.org", "A@example.org"]
    assert problems(api.call("admin", "POST", "/invitations", {"emails": twice, "role": "nurse"})) == {"emails": "uniqueItems"}
    foreign = {"emails": [new_address()], "role": "nurse", "departmentId": api.department("ER", "other admin")}
    assert problems(api.call("admin", "POST", "/invitations", foreign)) == {"departmentId": "exists"}
    assert_refused(api.call("nurse", "POST", "/invitations", {"emails": many[:1], "role": "nurse"}), 403)
    assert mails(ward) == before
    told = api.do("admin", "POST", "/invitations", {"emails": ["nurse@demo.ward", many[0]], "role": "nurse"})
    assert told["members"] == ["nurse@demo.ward"] and [each["email"] for each in told["invited"]] == many[:1]
    assert mails(ward) == before + 1


def code(api, role="nurse", who="admin", **more) -> dict:
    return api.do(who, "POST", "/join-codes", {"role": role, **more})


def test_a_code_lets_in_as_often_as_it_says(api, ward):
    """89: of six people who use a code for three at the same moment exactly three come in; the count is told"""
    made = code(api, maxUses=3, role="operator")
    names = [f"racer {n}" for n in range(6)]
    for name in names:
        outsider(api, name)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda who: api.call(who, "POST", "/join-codes/use", {"code": made["code"].lower()}), names))
    assert sorted(each.status_code for each in answers) == [200] * 3 + [400] * 3
    refused = [each.json()["details"] for each in answers if each.status_code == 400]
    assert refused == [{"reason": "limit"}] * 3
    listed = next(each for each in api.do("admin", "GET", "/join-codes") if each["id"] == made["id"])
    assert (listed["uses"], listed["maxUses"]) == (3, 3)
    members = ward.sql("SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id"
                       " WHERE m.role = 'operator' AND u.name = 'New Person'")[0][0]
    assert members == 3


def test_a_code_runs_out(api, ward):
    """89: a code that is over, taken back or none lets nobody in; a member does not use one up"""
    outsider(api, "slow")
    made = code(api)
    assert_refused(api.call("nurse", "POST", "/join-codes/use", {"code": made["code"]}), 409)
    assert ward.sql("SELECT uses FROM join_codes WHERE id = %s", parameters=[made["id"]])[0].uses == 0
    ward.sql("UPDATE join_codes SET expires_at = ward.now() WHERE id = %s", parameters=[made["id"]])
    answer = assert_refused(api.call("slow", "POST", "/join-codes/use", {"code": made["code"]}), 400)
    assert answer["details"] == {"reason": "expired"}
    other = code(api)
    assert api.do("admin", "DELETE", f"/join-codes/{other['id']}")["revokedAt"]
    assert_refused(api.call("slow", "POST", "/join-codes/use", {"code": other["code"]}), 400)
    assert_refused(api.call("slow", "POST", "/join-codes/use", {"code": "NOCODE99"}), 404)
    assert problems(api.call("slow", "POST", "/join-codes/use", {"code": "A-1"})) == {"code": "minLength"}
    assert session(api, "slow")["memberships"] == []


def test_a_new_organisation(api, ward):
    """74, 89: whoever makes an organisation administers its first hospital, which is its default and takes alerts"""
    slug = f"org-{uuid.uuid4().hex[:10]}"
    outsider(api, "founder")
    made = api.do("founder", "POST", "/organizations", {
        "name": "Northern Hospitals", "slug": slug, "hospitalName": "North One", "timeZone": "Europe/Berlin"})
    wait_for(lambda: session(api, "founder").get("role") == "organization_admin", 1, "the founder administers")
    shown = api.do("founder", "GET", "/organization")
    assert (shown["id"], shown["slug"], shown["defaultHospitalId"]) == (made["organizationId"], slug, made["hospitalId"])
    alert = api.raise_alert(3, "founder")
    assert alert["hospitalId"] == made["hospitalId"]
    outsider(api, "late founder")
    taken = api.call("late founder", "POST", "/organizations", {"name": "Other", "slug": slug})
    assert assert_refused(taken, 409)["details"] == {"field": "slug"}
    taken = api.call("late founder", "POST", "/organizations", {"name": "Other", "slug": slug + "-2", "subdomain": slug})
    assert assert_refused(taken, 409)["details"] == {"field": "subdomain"}
    assert ward.sql("SELECT 1 FROM organizations WHERE slug = %s", parameters=[slug + "-2"]) == []
    nowhere = api.call("late founder", "POST", "/organizations", {
        "name": "Other", "slug": slug + "-3", "timeZone": "Europe/Nowhere"})
    assert problems(nowhere) == {"timeZone": "exists"}
    nameless = api.call("late founder", "POST", "/organizations", {"name": "Other", "slug": "---"})
    assert set(problems(nameless)) == {"subdomain"}
    bad = api.call("late founder", "POST", "/organizations", {"name": "<b>", "slug": "No Slug"})
    assert set(problems(bad)) == {"name", "slug"}


def test_an_organisation_is_changed_by_its_administrators(api):
    """75: an organisation is shown to its people and changed by its administrators alone; others see theirs"""
    member(api, "group admin", "organization_admin")
    changed = api.do("group admin", "PATCH", "/organization", {"size": "large", "website": "https://demo.example"})
    assert (changed["size"], changed["website"]) == ("large", "https://demo.example")
    assert api.do("admin", "GET", "/organization")["size"] == "large"
    assert_refused(api.call("admin", "PATCH", "/organization", {"size": "solo"}), 403)
    assert [each["name"] for each in api.do("nurse", "GET", "/organizations")] == ["Demo Health"]
    assert "Demo Health" not in [each["name"] for each in api.do("founder", "GET", "/organizations")]


def test_one_default_hospital(api, ward):
    """74: setting a default hospital clears the earlier one; a hospital of another organisation cannot be it"""
    member(api, "group admin", "organization_admin")
    other = api.hospital("other admin")
    for hospital in (other, api.hospital(), other):
        assert api.do("group admin", "PUT", "/organization/default-hospital", {"hospitalId": hospital})[
            "defaultHospitalId"] == hospital
    foreign = api.do("founder", "GET", "/session")["hospital"]["id"]
    answer = api.call("group admin", "PUT", "/organization/default-hospital", {"hospitalId": foreign})
    assert problems(answer) == {"hospitalId": "exists"}


def ask(api, who: str, role: str = "nurse") -> dict:
    return api.do(who, "POST", "/join-requests", {"subdomain": "demo-general", "role": role, "message": "Please"})


def test_asking_to_be_let_in(api):
    """89: who asks is let in when somebody approves, with the role that is given; asking twice at once is a conflict"""
    outsider(api, "asker")
    request = ask(api, "asker")
    assert_refused(api.call("asker", "POST", "/join-requests", {"subdomain": "demo-general", "role": "nurse"}), 409)
    assert_refused(api.call("asker", "POST", "/join-requests", {"subdomain": "no-such-one", "role": "nurse"}), 404)
    assert [each["status"] for each in api.do("asker", "GET", "/my-join-requests")] == ["pending"]
    waiting = api.do("head", "GET", "/join-requests?status=pending")
    assert [(each["id"], each["message"]) for each in waiting] == [(request["id"], "Please")]
    path = f"/join-requests/{request['id']}/review"
    assert_refused(api.call("nurse", "POST", path, {"verdict": "approved"}), 403)
    assert_refused(api.call("other admin", "POST", path, {"verdict": "approved"}), 404)
    assert_refused(api.call("head", "POST", path, {"verdict": "approved", "role": "hospital_admin"}), 403)
    decided = api.do("head", "POST", path, {"verdict": "approved", "role": "doctor", "note": "Welcome"})
    assert decided["status"] == "approved"
    wait_for(lambda: session(api, "asker").get("role") == "doctor", 1, "the new doctor is in")
    assert_refused(api.call("head", "POST", path, {"verdict": "rejected"}), 409)
    assert_refused(api.call("asker", "POST", "/join-requests", {"subdomain": "demo-general", "role": "nurse"}), 409)


def test_asking_in_vain(api):
    """89: who is rejected or takes his request back is not let in, and may ask again; nobody takes back another's"""
    outsider(api, "hopeful")
    outsider(api, "meddler")
    request = ask(api, "hopeful")
    api.do("admin", "POST", f"/join-requests/{request['id']}/review", {"verdict": "rejected", "note": "No"})
    assert [(each["status"], each["note"]) for each in api.do("hopeful", "GET", "/my-join-requests")] == [("rejected", "No")]
    again = ask(api, "hopeful")
    assert_refused(api.call("meddler", "DELETE", f"/my-join-requests/{again['id']}"), 404)
    api.do("hopeful", "DELETE", f"/my-join-requests/{again['id']}")
    assert_refused(api.call("hopeful", "DELETE", f"/my-join-requests/{again['id']}"), 404)
    assert_refused(api.call("admin", "POST", f"/join-requests/{again['id']}/review", {"verdict": "approved"}), 409)
    assert session(api, "hopeful")["memberships"] == []
    assert api.do("meddler", "GET", "/my-join-requests") == []


def test_members_by_the_names_of_organisations(api):
    """89: organization.getMembers, updateMemberRole and removeMember list, change and remove a member"""
    user = member(api, "a member")
    listed = api.query("admin", "organization.getMembers", {"limit": 100}).json()["result"]["data"]["users"]
    assert user in [each["id"] for each in listed]
    answer = api.mutate("admin", "organization.updateMemberRole", {"userId": user, "role": "operator"})
    assert answer.json()["result"]["data"]["role"] == "operator"
    assert api.mutate("admin", "organization.removeMember", {"userId": user}).json()["result"]["data"]["isActive"] is False
    wait_for(lambda: api.call("a member", "GET", "/session").status_code == 401, 1, "he is out")
