"""Leaving duty, handovers and what came of a shift."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from api_raw import assert_refused
from api_support import NOBODY, RESOLUTION, shift, streaming
from own_house import api, ward  # noqa: F401 (fixtures by name)
from staff_support import colleague, department  # noqa: F401 (a fixture)
from tenancy_support import problems

NOTES = "Room 12 waits for the laboratory."


def on_duty(api, name: str, department: str, role: str = "nurse") -> str:
    user = colleague(api, name, role, departmentId=department)
    api.do(name, "PUT", "/duty", {"isOnDuty": True})
    return user


def taken(api, who: str, department: str, urgency: int = 3) -> str:
    alert = api.raise_alert(urgency, departmentId=department)["id"]
    api.do(who, "POST", f"/alerts/{alert}/acknowledgement", {})
    return alert


def leave(api, who: str, **more):
    return api.call(who, "PUT", "/duty", {"isOnDuty": False, **more})


def pending(api, who: str, **query) -> list[dict]:
    return api.do(who, "GET", "/handovers?" + "&".join(f"{name}={value}" for name, value in query.items()))


def hand_over(api, who: str, **more) -> dict:
    """The handover that somebody leaves behind."""
    assert leave(api, who, handoverNotes=NOTES).status_code == 200
    return pending(api, who, box="given")[0]


def test_leaving_with_an_open_alert_needs_notes(api, department):
    """109: who has acknowledged an alert and leaves must say how things stand; without notes nothing is changed"""
    giver = on_duty(api, "giver", department)
    on_duty(api, "stays", department)
    alert = taken(api, "giver", department)
    for more, rule in (({}, "required"), ({"handoverNotes": "short"}, "minLength"), ({"handoverNotes": "x" * 501}, "maxLength"),
                       ({"handoverNotes": None}, "required")):
        refused = leave(api, "giver", **more)
        assert problems(refused) == {"handoverNotes": rule}
    assert leave(api, "giver").json()["details"]["alertIds"] == [alert]
    assert api.do("giver", "GET", "/duty")["isOnDuty"] is True and pending(api, "stays") == []
    with streaming(api.ward, api.token("stays")) as stream:
        assert leave(api, "giver", handoverNotes=NOTES).json()["data"]["isOnDuty"] is False
        told = stream.wait(lambda each: each["event"] == "notification:new" and each["json"]["kind"] == "handover_pending")
        assert NOTES not in told["data"] and told["json"]["alerts"] == 1
    [one] = pending(api, "stays")
    assert (one["fromUserId"], one["toUserId"], one["departmentId"], one["notes"], one["alertIds"], one["status"]) == (
        giver, None, department, NOTES, [alert], "pending")
    assert datetime.fromisoformat(one["expiresAt"]) - datetime.fromisoformat(one["createdAt"]) == timedelta(hours=12)
    rows = api.audit("actor_id = %s AND outcome = 'success' AND action IN ('duty_changed', 'shift_ended_with_handover')", giver)
    assert sorted(row.action for row in rows) == ["duty_changed", "duty_changed", "shift_ended_with_handover"]
    assert next(str(row.resource_id) for row in rows if row.action == "shift_ended_with_handover") == one["id"]


def test_the_last_of_a_department(api, department):
    """109: the last on duty in a department does not leave its active alerts without a word; before him others may"""
    on_duty(api, "first", department)
    on_duty(api, "last", department, "doctor")
    api.raise_alert(2, departmentId=department)
    assert leave(api, "first").status_code == 200
    assert problems(leave(api, "last")) == {"handoverNotes": "required"}
    assert leave(api, "last", handoverNotes=NOTES).status_code == 200


def test_leaving_with_nothing_open(api, department):
    """109: who has nothing open leaves without notes, and with notes hands them over all the same"""
    on_duty(api, "idle", department)
    alert = taken(api, "idle", department)
    api.do("doctor", "POST", f"/alerts/{alert}/resolution", {"resolution": RESOLUTION})
    assert leave(api, "idle").status_code == 200
    assert leave(api, "idle").status_code == 200
    assert pending(api, "idle", box="given") == []
    api.do("idle", "PUT", "/duty", {"isOnDuty": True})
    assert hand_over(api, "idle")["alertIds"] == []


def test_whoever_is_coming(api, department):
    """109: an alert that asks for several people is open with whoever is coming"""
    api.ward.sql("UPDATE alert_types SET quorum = %s WHERE code = 'fire'", parameters=[json.dumps(
        [{"label": "Nurse", "role": "nurse", "specialization": None, "count": 2}])])
    on_duty(api, "coming", department)
    on_duty(api, "other", department)
    alert = api.raise_alert(3, alertType="fire")["id"]
    api.do("coming", "POST", f"/alerts/{alert}/acknowledgement", {})
    assert leave(api, "other").status_code == 200
    refused = leave(api, "coming")
    assert problems(refused) == {"handoverNotes": "required"} and refused.json()["details"]["alertIds"] == [alert]


def test_the_end_of_a_shift(api, department, ward):
    """109: a shift ends after 30 minutes at least, with no critical alert in hand, and to a colleague if wanted"""
    giver, receiver = on_duty(api, "ends", department), on_duty(api, "begins", department)
    body = {"handoverNotes": NOTES}
    assert problems(api.call("ends", "POST", "/shift/end", {})) == {"handoverNotes": "required"}
    assert_refused(api.call("ends", "POST", "/shift/end", body), 409)
    shift(ward, 31 * 60)
    critical = taken(api, "ends", department, 5)
    refused = api.call("ends", "POST", "/shift/end", body)
    assert assert_refused(refused, 409)["details"] == {"alertIds": [critical]}
    api.do("doctor", "POST", f"/alerts/{critical}/resolution", {"resolution": RESOLUTION})
    alert = taken(api, "ends", department)
    for more, fields in (({"criticalAlerts": [NOBODY]}, {"criticalAlerts": "exists"}), ({"toUserId": NOBODY}, {"toUserId": "exists"}),
                         ({"toUserId": giver}, {"toUserId": "exists"}), ({"toUserId": api.user("patient")}, {"toUserId": "exists"}),
                         ({"toUserId": api.user("other nurse")}, {"toUserId": "exists"}),
                         ({"followUpRequired": ["x"] * 21}, {"followUpRequired": "maxItems"})):
        assert problems(api.call("ends", "POST", "/shift/end", body | more)) == fields
    assert api.do("ends", "GET", "/duty")["isOnDuty"] is True
    ended = api.do("ends", "POST", "/shift/end", body | {
        "criticalAlerts": [alert], "followUpRequired": ["Call the family"], "toUserId": receiver})
    assert ended["isOnDuty"] is False and api.do("ends", "GET", "/duty")["isOnDuty"] is False
    [one] = pending(api, "begins")
    assert (one["id"], one["toUserId"], one["criticalAlertIds"], one["followUps"]) == (
        ended["handoverId"], receiver, [alert], ["Call the family"])
    assert_refused(api.call("ends", "POST", "/shift/end", body), 409)
    rows = api.audit("action = 'shift_ended_with_handover' AND outcome = 'success' AND actor_id = %s", giver)
    assert [str(row.resource_id) for row in rows] == [ended["handoverId"]]
    stored = ward.sql("SELECT notes, follow_ups FROM handovers WHERE id = %s", parameters=[one["id"]])[0]
    assert NOTES.encode() not in bytes(stored.notes) and b"family" not in bytes(stored.follow_ups)


def test_of_thirty_who_accept_one_does(api, department):
    """109: of 30 acceptances at once exactly one succeeds; the alerts that the giver had are the receiver's then"""
    giver = on_duty(api, "gives", department)
    names = [f"taker {n}" for n in range(6)]
    users = {on_duty(api, name, department): name for name in names}
    alert = taken(api, "gives", department)
    one = hand_over(api, "gives")
    assert all([each["id"] for each in pending(api, name)] == [one["id"]] for name in names)
    path = f"/handovers/{one['id']}/acceptance"
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda name: api.call(name, "POST", path, {"acknowledgment": "Mine."}), names * 5))
    assert sorted(each.status_code for each in answers) == [200] + [409] * 29
    accepted = next(each for each in answers if each.status_code == 200).json()["data"]
    assert accepted["status"] == "accepted"
    found = api.do("admin", "GET", f"/alerts/{alert}")
    assert found["acknowledgedBy"] == accepted["answeredBy"] in users and found["status"] == "acknowledged"
    assert assert_refused(next(each for each in answers if each.status_code == 409), 409)["details"] == {"status": "accepted"}
    assert pending(api, names[0]) == []
    shown = pending(api, "gives", box="given")[0]
    assert (shown["status"], shown["answeredBy"], shown["acknowledgment"]) == ("accepted", accepted["answeredBy"], "Mine.")
    rows = api.audit("resource_id = %s AND action = 'handover_accepted' AND outcome = 'success'", one["id"])
    assert [str(row.actor_id) for row in rows] == [accepted["answeredBy"]]
    assert [str(row.actor_id) for row in api.audit("resource_id = %s AND action = 'alert_transferred'", alert)] == [
        accepted["answeredBy"]]
    assert problems(leave(api, users[accepted["answeredBy"]])) == {"handoverNotes": "required"}
    assert giver not in users


def test_who_may_answer(api, department):
    """109: a handover is for its department or for one person; nobody else answers it, and its giver least of all"""
    on_duty(api, "gives", department)
    on_duty(api, "near", department)
    stranger = on_duty(api, "far", api.department("CARD"))
    one = hand_over(api, "gives")
    for what in ("acceptance", "refusal"):
        path = f"/handovers/{one['id']}/{what}"
        assert_refused(api.call("gives", "POST", path, {}), 403)
        for who, status in (("far", 404), ("other nurse", 404), ("patient", 403)):
            assert_refused(api.call(who, "POST", path, {}), status)
    assert one["id"] not in {each["id"] for each in pending(api, "far")}
    assert api.do("near", "POST", f"/handovers/{one['id']}/acceptance", {})["status"] == "accepted"
    api.do("gives", "PUT", "/duty", {"isOnDuty": True})
    shift(api.ward, 31 * 60)
    directed = api.do("gives", "POST", "/shift/end", {"handoverNotes": NOTES, "toUserId": stranger})["handoverId"]
    assert pending(api, "near") == [] and [each["id"] for each in pending(api, "far")] == [directed]
    assert_refused(api.call("near", "POST", f"/handovers/{directed}/acceptance", {}), 404)
    answered = api.do("far", "POST", f"/handovers/{directed}/refusal", {"reason": "Not my ward."})
    assert (answered["status"], answered["answeredBy"]) == ("declined", stranger)
    shown = pending(api, "gives", box="given", status="declined")
    assert [(each["id"], each["acknowledgment"]) for each in shown] == [(directed, "Not my ward.")]
    assert_refused(api.call("far", "POST", f"/handovers/{directed}/acceptance", {}), 409)


def test_a_no_leaves_it_to_the_others(api, department):
    """109: who declines a department's handover does not see it any more; the others still can take it"""
    on_duty(api, "gives", department)
    on_duty(api, "says no", department)
    on_duty(api, "says yes", department)
    one = hand_over(api, "gives")
    assert api.do("says no", "POST", f"/handovers/{one['id']}/refusal", {})["status"] == "pending"
    assert pending(api, "says no") == []
    assert_refused(api.call("says no", "POST", f"/handovers/{one['id']}/acceptance", {}), 404)
    assert api.do("says yes", "POST", f"/handovers/{one['id']}/acceptance", {})["status"] == "accepted"


def test_handovers_expire_and_are_counted(api, department, ward):
    """109: after 12 hours nobody can accept a handover any more; the metrics count each by what became of it"""
    ward.sql("DELETE FROM handovers RETURNING 1", "admin")
    on_duty(api, "gives", department)
    on_duty(api, "takes", department)
    fates = []
    for fate in ("expired", "accepted", "pending"):
        api.do("gives", "PUT", "/duty", {"isOnDuty": True})
        if fate == "accepted":
            taken(api, "gives", department)
        fates.append(hand_over(api, "gives")["id"])
        if fate == "expired":
            shift(ward, 12 * 3600 - 60)
            assert [each["id"] for each in pending(api, "takes")] == fates
            shift(ward, 61)
            assert pending(api, "takes") == []
            refused = api.call("takes", "POST", f"/handovers/{fates[0]}/acceptance", {})
            assert assert_refused(refused, 409)["details"] == {"status": "expired"}
            assert [each["id"] for each in pending(api, "takes", status="expired")] == fates
        if fate == "accepted":
            api.do("takes", "POST", f"/handovers/{fates[1]}/acceptance", {})
    metrics = api.do("admin", "GET", "/handover-metrics?timeRange=24h")
    average = ward.sql("SELECT extract(epoch FROM answered_at - created_at) FROM handovers WHERE id = %s", parameters=[fates[1]])
    assert metrics == {"handovers": 3, "pending": 1, "accepted": 1, "declined": 0, "expired": 1, "alertsHandedOver": 1,
                       "averageAcceptanceSeconds": pytest.approx(float(average[0][0]), abs=0.001)}
    assert api.do("other admin", "GET", "/handover-metrics")["handovers"] == 0
    assert_refused(api.call("nurse", "GET", "/handover-metrics"), 403)


def test_the_account_of_a_shift(api, department, ward):
    """109: the account of a shift equals what is counted directly, of the running one and of the last"""
    user = on_duty(api, "works", department, "doctor")
    on_duty(api, "also", department, "doctor")
    before = taken(api, "works", department)
    api.do("works", "POST", f"/alerts/{before}/resolution", {"resolution": RESOLUTION})
    assert leave(api, "works").status_code == 200
    shift(ward, 9 * 3600)
    api.do("works", "PUT", "/duty", {"isOnDuty": True})
    alerts = [taken(api, "works", department) for _ in range(3)]
    other = taken(api, "also", department)
    api.raise_alert(2, "works", departmentId=department)
    shift(ward, 20 * 60)
    for alert in [*alerts[:2], other]:
        api.do("works", "POST", f"/alerts/{alert}/resolution", {"resolution": RESOLUTION})
    summary = api.do("works", "GET", "/shift-summary")
    start = datetime.fromisoformat(summary["shiftStartedAt"])

    def count(statement: str) -> int:
        return ward.sql(f"SELECT count(*) FROM {statement}", parameters=[user, start])[0][0]

    assert summary["alertsAcknowledged"] == count(
        "alert_acknowledgments WHERE user_id = %s AND acknowledged_at >= %s") == 3
    assert summary["alertsResolved"] == count("alerts WHERE resolved_by = %s AND resolved_at >= %s") == 3
    assert summary["alertsRaised"] == count("alerts WHERE created_by = %s AND created_at >= %s") == 1
    assert (summary["isOnDuty"], summary["shiftEndedAt"], summary["minutes"], summary["openAlerts"]) == (True, None, 20, 1)
    assert summary["averageResponseSeconds"] >= 0
    assert leave(api, "works", handoverNotes=NOTES).status_code == 200
    shift(ward, 3600)
    taken(api, "works", department)  # off duty: not of the shift
    after = api.do("works", "GET", "/shift-summary")
    assert (after["isOnDuty"], after["minutes"], after["alertsAcknowledged"], after["alertsResolved"]) == (False, 20, 3, 3)
    colleague(api, "never", departmentId=department)
    assert api.do("never", "GET", "/shift-summary") == {
        "isOnDuty": False, "shiftStartedAt": None, "shiftEndedAt": None, "minutes": None, "alertsRaised": 0,
        "alertsAcknowledged": 0, "alertsResolved": 0, "averageResponseSeconds": None, "openAlerts": 0, "handoversAccepted": 0}


def test_rest_and_too_long_shifts_are_warned_of(api, department, ward):
    """109: less than 8 hours of rest and more than 24 hours on duty are warned of, and refused is neither"""
    on_duty(api, "tired", department)
    assert api.do("tired", "GET", "/duty")["warnings"] == []
    shift(ward, 3600)
    assert leave(api, "tired").status_code == 200
    shift(ward, 8 * 3600 - 60)
    assert api.do("tired", "PUT", "/duty", {"isOnDuty": True})["warnings"] == ["rest_under_8_hours"]
    assert leave(api, "tired").status_code == 200
    shift(ward, 8 * 3600 + 1)
    assert api.do("tired", "PUT", "/duty", {"isOnDuty": True})["warnings"] == []
    shift(ward, 24 * 3600 - 60)
    assert api.do("tired", "GET", "/duty")["warnings"] == []
    shift(ward, 61)
    assert api.do("tired", "GET", "/duty")["warnings"] == ["on_duty_over_24_hours"]
    assert leave(api, "tired").json()["data"]["warnings"] == []
