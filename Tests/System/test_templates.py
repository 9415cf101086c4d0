"""Alerts that are raised often, kept under a name."""

import uuid

import pytest
from api_raw import assert_refused
from test_catalogue import make, wrong


@pytest.fixture
def template(hospital):
    made = hospital.do("head", "POST", "/alert-templates", {
        "name": f"Fall {uuid.uuid4().hex[:8]}", "alertType": "fall", "urgencyLevel": 4, "icon": "🦴", "color": "#a0b1c2",
        "defaultDescription": "Patient on the floor.", "departmentId": hospital.department("ER")})
    yield made
    hospital.call("admin", "DELETE", f"/alert-templates/{made['id']}")


def raise_from(hospital, template, who="operator", **more):
    body = {"templateId": template["id"], "roomNumber": f"T-{uuid.uuid4().hex[:8]}", **more}
    return hospital.call(who, "POST", "/alerts/from-template", body)


def test_a_template_fills_the_alert(hospital, template):
    """127: an alert from a template has its type, urgency, department and text, and pages as any other does"""
    nurse = hospital.listen("nurse")
    answer = raise_from(hospital, template)
    assert answer.status_code == 201, answer.text
    alert = answer.json()["data"]
    assert alert == hospital.alert(alert)
    assert (alert["alertType"], alert["urgencyLevel"], alert["priority"], alert["status"], alert["description"]) == (
        "fall", 4, "high", "active", "Patient on the floor.")
    assert (alert["title"], alert["departmentId"]) == (template["name"], hospital.department("ER"))
    told = nurse.wait(lambda event, _: event == "notification:new", 5, "the page")[1]
    assert (told["kind"], told["alertId"]) == ("alert_created", alert["id"])
    rows = hospital.ward.sql("SELECT action, details->>'templateId' AS template FROM audit_log WHERE resource_id = %s",
                             parameters=[alert["id"]])
    assert [tuple(row) for row in rows] == [("alert_created_from_template", template["id"])]
    other = raise_from(hospital, template, description="By the window.").json()["data"]
    assert other["description"] == "By the window."


def test_a_template_is_edited_by_version(hospital, template):
    """127: an edit counts for alerts raised afterwards; a stale one is 409, a taken name, too"""
    assert (template["color"], template["version"]) == ("#A0B1C2", 1)
    path = f"/alert-templates/{template['id']}"
    changed = hospital.do("admin", "PATCH", path, {"version": 1, "urgencyLevel": 2})
    assert changed == {**template, "urgencyLevel": 2, "version": 2}
    stale = hospital.call("admin", "PATCH", path, {"version": 1, "urgencyLevel": 5})
    assert_refused(stale, 409)
    assert stale.json()["details"] == {"version": 2}
    assert raise_from(hospital, template).json()["data"]["urgencyLevel"] == 2
    again = hospital.call("admin", "POST", "/alert-templates", {
        "name": template["name"], "alertType": "fall", "urgencyLevel": 1})
    assert_refused(again, 409)


def test_a_removed_template_raises_nothing(hospital, template):
    """127: removed, it is in no list and raises nothing; its alerts stay, and so does its row"""
    alert = raise_from(hospital, template).json()["data"]
    assert template in hospital.do("nurse", "GET", "/alert-templates?limit=100")
    hospital.do("admin", "DELETE", f"/alert-templates/{template['id']}")
    assert template["id"] not in [each["id"] for each in hospital.do("nurse", "GET", "/alert-templates?limit=100")]
    assert wrong(raise_from(hospital, template)) == {"templateId"}
    assert hospital.call("admin", "DELETE", f"/alert-templates/{template['id']}").status_code == 404
    assert hospital.alert(alert)["status"] == "active"


def test_who_and_what_a_template_cannot_be(hospital, template):
    """127: a foreign template, a deactivated type, a bad colour: named; a nurse may raise from it and not change it"""
    assert wrong(raise_from(hospital, template, "other nurse")) == {"templateId"}
    assert raise_from(hospital, template, "nurse").status_code == 201
    for who in ("nurse", "operator", "doctor"):
        assert hospital.call(who, "DELETE", f"/alert-templates/{template['id']}").status_code == 403
    assert hospital.call("other admin", "DELETE", f"/alert-templates/{template['id']}").status_code == 404
    gone = make(hospital)["code"]
    hospital.do("admin", "DELETE", f"/alert-types/{gone}")
    body = {"name": "X", "alertType": gone, "urgencyLevel": 1,
            "departmentId": hospital.department("ER", hospital.other_id)}
    assert wrong(hospital.call("admin", "POST", "/alert-templates", body)) == {"alertType", "departmentId"}
    body = {"name": "X", "alertType": "fall", "urgencyLevel": 1, "color": "red", "icon": "x" * 11}
    assert wrong(hospital.call("admin", "POST", "/alert-templates", body)) == {"color", "icon"}
