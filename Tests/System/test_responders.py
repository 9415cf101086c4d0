"""How people answer: on the way, later, by a colleague; handing an alert on, talking about it."""

from datetime import timedelta

import pytest
from api_raw import assert_refused
from hospital import moment


def fields(answer) -> set[tuple[str, str]]:
    assert_refused(answer, 400)
    return {(each["path"], each["rule"]) for each in answer.json()["details"]["fields"]}


def answer(hospital, alert, who="nurse", **body):
    return hospital.call(who, "POST", f"/alerts/{alert['id']}/acknowledgement", body)


@pytest.mark.parametrize("action, minutes", [("responding", 3), ("delayed", 30), ("monitoring", None)])
def test_what_the_responder_is_about_to_do(hospital, action, minutes):
    """125: the action and the time of arrival stand in the alert, in its row and in what everybody hears"""
    alert = hospital.raise_alert(4)
    operator = hospital.listen("operator", subscribe=True)
    body = {"responseAction": action} | ({"estimatedResponseTime": minutes} if minutes else {})
    told = hospital.acknowledge(alert, **body)
    assert (told["status"], told["responseAction"]) == ("acknowledged", action)
    if minutes:
        arrival = moment(told["estimatedArrivalAt"]) - moment(told["acknowledgedAt"])
        assert arrival == timedelta(minutes=minutes)
    else:
        assert told["estimatedArrivalAt"] is None
    assert operator.wait(lambda event, _: event == "alert:updated", 5, "the answer")[1] == told
    assert hospital.alert(alert) == told
    row = hospital.ward.sql("SELECT response_action, response_seconds FROM alert_acknowledgments WHERE alert_id = %s",
                            parameters=[alert["id"]])[0]
    assert tuple(row) == (action, minutes * 60 if minutes else 2 * 600)


@pytest.mark.parametrize("body, wrong", [
    ({"responseAction": "responding"}, {("estimatedResponseTime", "required")}),
    ({"responseAction": "delayed"}, {("estimatedResponseTime", "required")}),
    ({"responseAction": "delegating"}, {("delegateTo", "required")}),
    ({"responseAction": "dancing"}, {("responseAction", "enum")}),
    ({"responseAction": "delegating", "delegateTo": "nobody"}, {("delegateTo", "format")}),
    ({"estimatedResponseTime": 1000, "urgencyAssessment": "panic"},
     {("estimatedResponseTime", "range"), ("urgencyAssessment", "enum")}),
])
def test_an_action_needs_what_belongs_to_it(hospital, body, wrong):
    """125: responding and delayed need a time, delegating needs a colleague; all that is wrong is named"""
    alert = hospital.raise_alert(3)
    assert {path for path, _ in fields(answer(hospital, alert, **body))} == {path for path, _ in wrong}
    assert hospital.alert(alert) == alert


def test_only_a_colleague_who_may_answer_is_a_delegate(hospital):
    """125: oneself, an operator, a patient or somebody of another hospital cannot be the delegate"""
    alert = hospital.raise_alert(3)
    for who in ("nurse", "operator", "patient", "other nurse"):
        refused = answer(hospital, alert, responseAction="delegating", delegateTo=hospital.user(who))
        assert {path for path, _ in fields(refused)} == {"delegateTo"}, who
    refused = answer(hospital, alert, responseAction="monitoring", delegateTo=hospital.user("doctor"))
    assert fields(refused) == {("delegateTo", "consistent")}
    assert hospital.alert(alert) == alert


@pytest.mark.parametrize("urgency, assessment, then", [
    (3, "increase", 4), (3, "decrease", 2), (3, "maintain", 3), (5, "increase", 5), (1, "decrease", 1)])
def test_the_responder_corrects_the_urgency(hospital, urgency, assessment, then):
    """125: a step towards critical or away from it, never beyond the ends; the priority follows"""
    alert = hospital.raise_alert(urgency)
    told = hospital.acknowledge(alert, urgencyAssessment=assessment)
    assert told["urgencyLevel"] == then
    assert hospital.alert(alert)["priority"] == ["low", "low", "medium", "high", "critical"][then - 1]


def test_a_delegate_takes_the_alert_over(hospital):
    """125: the delegate is told and takes the alert by acknowledging it; nobody else can"""
    alert = hospital.raise_alert(4)
    doctor = hospital.listen("doctor")
    told = hospital.acknowledge(alert, responseAction="delegating", delegateTo=hospital.user("doctor"))
    assert (told["acknowledgedBy"], told["delegatedTo"]) == (hospital.user("nurse"), hospital.user("doctor"))
    assert told["delegatedToName"] == hospital.name("doctor")
    notice = doctor.wait(lambda event, _: event == "notification:new", 5, "the delegation")[1]
    assert (notice["kind"], notice["alertId"]) == ("alert_delegated", alert["id"])
    assert answer(hospital, alert, "head").status_code == 409
    taken = hospital.acknowledge(alert, "doctor", responseAction="responding", estimatedResponseTime=5)
    assert (taken["status"], taken["acknowledgedBy"]) == ("acknowledged", hospital.user("doctor"))
    assert (taken["delegatedTo"], taken["responseAction"]) == (None, "responding")
    assert answer(hospital, alert, "doctor").status_code == 409
    kinds = [(entry["kind"], entry["actorName"]) for entry in hospital.timeline(alert)]
    assert kinds[-2:] == [("acknowledged", hospital.name("nurse")), ("acknowledged", hospital.name("doctor"))]


def test_a_delegate_who_does_not_come_leaves_the_alert_ringing(hospital):
    """125, 134: nobody takes it over: one first step later the delegator is reminded, then the alert is active again"""
    alert = hospital.raise_alert(5)
    hospital.acknowledge(alert, responseAction="delegating", delegateTo=hospital.user("doctor"))
    hospital.shift_to(alert, minutes=5, seconds=5)
    hospital.catch_up()
    assert hospital.timeline(alert)[-1]["kind"] == "reminded"
    hospital.shift_to(alert, minutes=10, seconds=10)
    hospital.catch_up()
    again = hospital.alert(alert)
    assert (again["status"], again["delegatedTo"], again["responseAction"]) == ("active", None, None)


def transfer(hospital, alert, who, to, reason="My shift ends."):
    return hospital.call(who, "POST", f"/alerts/{alert['id']}/transfer", {"toUserId": hospital.user(to), "reason": reason})


def test_only_the_acknowledger_transfers(hospital):
    """127: who has the alert hands it to a colleague, who is told; nobody else can, and not to anybody"""
    alert = hospital.raise_alert(4)
    assert transfer(hospital, alert, "nurse", "doctor").status_code == 409
    hospital.acknowledge(alert)
    before = hospital.alert(alert)
    assert transfer(hospital, alert, "doctor", "head").status_code == 403
    for to in ("nurse", "operator", "other nurse"):
        assert {path for path, _ in fields(transfer(hospital, alert, "nurse", to))} == {"toUserId"}
    assert hospital.alert(alert) == before

    doctor = hospital.listen("doctor")
    moved = transfer(hospital, alert, "nurse", "doctor")
    assert moved.status_code == 200, moved.text
    now = moved.json()["data"]
    assert (now["acknowledgedBy"], now["acknowledgedByName"]) == (hospital.user("doctor"), hospital.name("doctor"))
    assert (now["status"], now["version"], now["acknowledgedAt"]) == (
        "acknowledged", before["version"] + 1, before["acknowledgedAt"])
    notice = doctor.wait(lambda event, _: event == "notification:new", 5, "the alert")[1]
    assert (notice["kind"], notice["alertId"]) == ("alert_transferred", alert["id"])
    assert transfer(hospital, alert, "nurse", "head").status_code == 403
    entry = hospital.timeline(alert)[-1]
    assert (entry["kind"], entry["actorName"], entry["notes"]) == (
        "transferred", hospital.name("nurse"), "My shift ends.")
    rows = hospital.ward.sql("SELECT outcome, details->>'toUserId' AS to FROM audit_log WHERE resource_id = %s"
                             " AND action = 'alert_transferred'", parameters=[alert["id"]])
    assert [tuple(row) for row in rows] == [("success", hospital.user("doctor"))]
    hospital.resolve(alert)
    assert transfer(hospital, alert, "doctor", "head").status_code == 409


def test_the_new_responder_is_reminded_in_his_own_time(hospital):
    """127: after a transfer the response time begins anew, and the new responder is reminded before it rings again"""
    alert = hospital.raise_alert(5)
    hospital.shift_to(alert, 1)
    hospital.acknowledge(alert)
    hospital.shift_to(alert, 11.1)
    hospital.catch_up()
    assert hospital.timeline(alert)[-1]["kind"] == "reminded"
    assert transfer(hospital, alert, "nurse", "doctor").status_code == 200
    doctor = hospital.listen("doctor")
    hospital.shift_to(alert, 16.3)
    hospital.catch_up()
    assert hospital.alert(alert)["status"] == "acknowledged"
    hospital.shift_to(alert, 21.3)
    hospital.catch_up()
    notice = doctor.wait(lambda event, _: event == "notification:new", 5, "the reminder")[1]
    assert notice["kind"] == "alert_response_overdue"
    assert hospital.alert(alert)["status"] == "acknowledged"


def test_people_talk_about_an_alert(hospital):
    """124: a comment stands in the timeline with its author, and everybody who hears the alert hears it"""
    alert = hospital.raise_alert(2)
    operator = hospital.listen("operator", subscribe=True)
    other = hospital.listen("other nurse", subscribe=True)
    made = hospital.call("nurse", "POST", f"/alerts/{alert['id']}/comments", {"text": "The daughter is <b>here</b>."})
    assert made.status_code == 201, made.text
    assert made.json()["data"] == hospital.alert(alert) == alert
    told = operator.wait(lambda event, _: event == "alert:commented", 5, "the comment")[1]
    entry = hospital.timeline(alert)[-1]
    assert told == {"alertId": alert["id"], "by": hospital.user("nurse"), "byName": hospital.name("nurse"),
                    "at": told["at"], "text": "The daughter is <b>here</b>."}
    assert (entry["kind"], entry["actorName"], entry["notes"]) == ("commented", told["byName"], told["text"])
    hospital.settle()
    assert [event for event, _ in other.take_all() if event.startswith("alert")] == []
    hospital.cancel(alert)
    assert hospital.call("nurse", "POST", f"/alerts/{alert['id']}/comments", {"text": "After it."}).status_code == 201
    for text in ("", "x" * 2001):
        assert {path for path, _ in fields(hospital.call(
            "nurse", "POST", f"/alerts/{alert['id']}/comments", {"text": text}))} == {"text"}
    assert hospital.call("other nurse", "POST", f"/alerts/{alert['id']}/comments", {"text": "Hm."}).status_code == 404
