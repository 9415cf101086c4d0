"""The hospital's own catalogue of alert types."""

import uuid

import pytest
from api_raw import assert_refused
from hospital import Hospital


def wrong(answer) -> set[str]:
    assert_refused(answer, 400)
    return {each["path"] for each in answer.json()["details"]["fields"]}


def code() -> str:
    return f"t{uuid.uuid4().hex[:12]}"


def make(hospital: Hospital, who="admin", **more) -> dict:
    body = {"code": code(), "title": "Wandering", "class": "medical", "defaultUrgency": 3, **more}
    return hospital.do(who, "POST", "/alert-types", body)


def types(hospital, who="operator", query="") -> dict[str, dict]:
    return {each["code"]: each for each in hospital.do(who, "GET", f"/alert-types?limit=100{query}")}


def edit(hospital, made, who="admin", **more):
    return hospital.call(who, "PATCH", f"/alert-types/{made['code']}", {"version": made["version"], **more})


def test_a_hospital_has_types_of_its_own(hospital):
    """115: a type that a hospital adds is in its catalogue alone, titles its alerts, and its change shows at once"""
    made = make(hospital, "head")
    assert made == {**made, "requiresConfirmation": False, "isActive": True, "mergeWindowSeconds": 120, "quorum": None,
                    "quorumRepageSeconds": 60, "version": 1, "position": made["position"]}
    assert types(hospital)[made["code"]] == made
    assert made["code"] not in types(hospital, "other nurse")
    assert list(types(hospital))[-1] == made["code"]
    assert hospital.raise_alert(2, alertType=made["code"])["title"] == "Wandering"
    changed = edit(hospital, made, title="Lost", mergeWindowSeconds=0, position=0, **{"class": "security"}).json()["data"]
    assert changed == {**made, "title": "Lost", "mergeWindowSeconds": 0, "position": 0, "class": "security", "version": 2}
    assert types(hospital)[made["code"]] == changed
    assert hospital.raise_alert(2, alertType=made["code"])["title"] == "Lost"
    rows = hospital.ward.sql("SELECT action FROM audit_log WHERE details->>'code' = %s AND outcome = 'success' ORDER BY id",
                             parameters=[made["code"]])
    assert [row.action for row in rows] == ["alert_type_created", "alert_type_updated"]


def test_a_type_says_whom_it_asks_for(hospital):
    """115: the requirements of a type are stored as given, replaced as a whole and taken away by an empty list"""
    plan = [{"label": "Anaesthetist", "role": "doctor", "specialization": "Anaesthesia", "count": 1},
            {"label": "Nurses", "role": "nurse", "count": 2}]
    stored = [plan[0], {**plan[1], "specialization": None}]
    made = make(hospital, quorum=plan, quorumRepageSeconds=5)
    assert (made["quorum"], made["quorumRepageSeconds"]) == (stored, 5)
    made = edit(hospital, made, title="Same people").json()["data"]
    assert made["quorum"] == stored
    made = edit(hospital, made, quorum=[]).json()["data"]
    assert made["quorum"] is None


@pytest.mark.parametrize("item, words", [
    ({"label": "N", "role": "patient", "count": 1}, "item 2: role"), ({"label": "N", "role": "nurse"}, "count"),
    ({"label": "N", "role": "nurse", "count": 21}, "count"), ({"label": "", "role": "nurse", "count": 1}, "label"),
    ({"label": "N", "role": "nurse", "count": 1, "age": 3}, "age"), (3, "object"),
    ({"label": "N", "role": "nurse", "count": 1, "specialization": "x" * 101}, "specialization")])
def test_a_requirement_that_makes_no_sense(hospital, item, words):
    """115: each requirement is checked, and the refusal names the item and its field"""
    good = {"label": "N", "role": "nurse", "count": 1}
    answer = hospital.call("admin", "POST", "/alert-types", {
        "code": code(), "title": "T", "class": "other", "defaultUrgency": 1, "quorum": [good, item]})
    assert wrong(answer) == {"quorum"}
    assert words in answer.text and "item 2" in answer.text
    many = hospital.call("admin", "POST", "/alert-types", {
        "code": code(), "title": "T", "class": "other", "defaultUrgency": 1, "quorum": [good] * 11})
    assert wrong(many) == {"quorum"}


def test_a_deactivated_type_raises_nothing(hospital):
    """115: a deactivated type is out of the list and of creation, its alerts stay; activated again it works"""
    made = make(hospital)
    alert = hospital.raise_alert(2, alertType=made["code"])
    gone = hospital.do("head", "DELETE", f"/alert-types/{made['code']}")
    assert (gone["isActive"], gone["version"]) == (False, 2)
    assert hospital.do("head", "DELETE", f"/alert-types/{made['code']}") == gone
    assert made["code"] not in types(hospital)
    assert types(hospital, query="&includeInactive=true")[made["code"]] == gone
    refused = hospital.call("operator", "POST", "/alerts", {
        "roomNumber": "1", "alertType": made["code"], "urgencyLevel": 2})
    assert wrong(refused) == {"alertType"}
    assert hospital.alert(alert)["alertType"] == made["code"]
    taken = hospital.call("admin", "POST", "/alert-types", {
        "code": made["code"], "title": "Again", "class": "other", "defaultUrgency": 1})
    assert_refused(taken, 409)
    assert edit(hospital, gone, isActive=True).status_code == 200
    hospital.raise_alert(2, alertType=made["code"])


def test_two_edits_of_one_version(hospital):
    """115: of two edits of the same version one counts; the other is told 409 with the current version"""
    made = make(hospital)
    assert edit(hospital, made, title="First").status_code == 200
    stale = edit(hospital, made, title="Second")
    assert_refused(stale, 409)
    assert stale.json()["details"] == {"version": 2}
    assert types(hospital)[made["code"]]["title"] == "First"
    assert edit(hospital, {"code": "nobody_knows", "version": 1}, title="T").status_code == 404
    assert hospital.call("admin", "DELETE", "/alert-types/nobody_knows").status_code == 404


def test_who_keeps_the_catalogue(hospital):
    """115, 64: administrators and head doctors change the catalogue; nobody else, and nobody another hospital's"""
    made = make(hospital)
    for who in ("operator", "nurse", "doctor", "patient"):
        answer = edit(hospital, made, who, title="No")
        assert answer.status_code == 403 and answer.json()["details"]["requiredPermission"] == "manage_alert_types", who
        assert hospital.call(who, "DELETE", f"/alert-types/{made['code']}").status_code == 403
    assert edit(hospital, made, "other admin", title="No").status_code == 404
    assert types(hospital)[made["code"]] == made
