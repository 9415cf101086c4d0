"""Several alerts at once: each by itself succeeds or tells why not."""

import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from api_raw import assert_refused
from hospital import RESOLUTION


def acknowledge(hospital, ids, who="nurse", **body):
    return hospital.call(who, "POST", "/alerts/batch-acknowledgement", {"alertIds": ids, **body})


def resolve(hospital, ids, who="doctor", **body):
    return hospital.call(who, "POST", "/alerts/batch-resolution", {"alertIds": ids, "resolution": RESOLUTION, **body})


def rows(hospital, statement, ids) -> list[tuple]:
    return [tuple(row) for row in hospital.ward.sql(statement, parameters=[ids])]


def test_fifty_are_acknowledged_and_resolved(hospital):
    """126: fifty alerts in one call, a result for each, and of each its row, its timer and its event"""
    operator = hospital.listen("operator", subscribe=True)
    ids = [hospital.raise_alert(2)["id"] for _ in range(50)]
    hospital.settle()
    operator.take_all()
    started = time.monotonic()
    done = acknowledge(hospital, ids, responseAction="responding", estimatedResponseTime=7, notes="All of them.")
    print(f"\n50 alerts acknowledged in {time.monotonic() - started:.3f} s")
    assert done.json()["data"] == {"succeeded": ids, "failed": []}, done.text
    assert Counter(data["status"] for event, data in hospital_events(hospital, operator)) == {"acknowledged": 50}
    assert rows(hospital, "SELECT DISTINCT status, acknowledged_by_name, response_action FROM alerts"
                          " WHERE id = ANY (%s::uuid[])", ids) == [("acknowledged", hospital.name("nurse"), "responding")]
    assert rows(hospital, "SELECT count(DISTINCT alert_id) AS alerts, count(*), min(notes) AS notes, min(response_seconds)"
                          " FROM alert_acknowledgments WHERE alert_id = ANY (%s::uuid[])", ids) == [
                              (50, 50, "All of them.", 420)]
    assert rows(hospital, "SELECT kind, count(*) FROM alert_timers WHERE alert_id = ANY (%s::uuid[]) GROUP BY kind",
                ids) == [("response", 50)]
    assert rows(hospital, "SELECT action, outcome, count(*) FROM audit_log WHERE resource_id = ANY (%s::uuid[])"
                          " AND action <> 'alert_created' GROUP BY 1, 2", ids) == [("alert_acknowledged", "success", 50)]

    ended = resolve(hospital, ids, followUpRequired=True, followUpNotes="Look at the call bell.")
    assert ended.json()["data"] == {"succeeded": ids, "failed": []}, ended.text
    assert rows(hospital, "SELECT count(*) FROM alert_timers WHERE alert_id = ANY (%s::uuid[])", ids) == [(0,)]
    assert [(entry["kind"], entry["notes"]) for entry in hospital.timeline({"id": ids[17]})] == [
        ("created", None), ("acknowledged", "All of them."), ("resolved", RESOLUTION),
        ("commented", "Follow-up: Look at the call bell.")]
    assert hospital.alert({"id": ids[0]})["resolvedBy"] == hospital.user("doctor")


def hospital_events(hospital, ear):
    hospital.settle()
    return [(event, data) for event, data in ear.take_all() if event == "alert:updated"]


def test_each_alert_has_its_own_result(hospital):
    """126: what cannot be done is named with its reason, and the rest is done all the same"""
    fresh, taken, over = (hospital.raise_alert(3) for _ in range(3))
    hospital.acknowledge(taken, "doctor")
    hospital.cancel(over)
    foreign = hospital.call("other admin", "POST", "/alerts", {
        "roomNumber": "9", "alertType": "medical", "urgencyLevel": 1}).json()["data"]["id"]
    nothing = str(uuid.uuid4())
    ids = [taken["id"], fresh["id"], foreign, over["id"], nothing]
    data = acknowledge(hospital, ids).json()["data"]
    assert data["succeeded"] == [fresh["id"]]
    assert [(each["alertId"], each["code"]) for each in data["failed"]] == [
        (taken["id"], "CONFLICT"), (foreign, "NOT_FOUND"), (over["id"], "CONFLICT"), (nothing, "NOT_FOUND")]
    assert hospital.name("doctor") in data["failed"][0]["error"] and "cancelled" in data["failed"][2]["error"]
    assert data["failed"][1]["error"] == data["failed"][3]["error"]
    data = resolve(hospital, ids).json()["data"]
    assert data["succeeded"] == [taken["id"], fresh["id"]]
    other = hospital.ward.sql("SELECT status FROM alerts WHERE id = %s", parameters=[foreign])[0][0]
    assert other == "active"
    hospital.call("other admin", "POST", f"/alerts/{foreign}/cancellation", {"reason": "end of test"})


def test_a_batch_has_limits(hospital):
    """126: none, 51, the same twice, no id, no words: refused by name, and nothing changes"""
    alert = hospital.raise_alert(2)
    for ids in ([], [str(uuid.uuid4()) for _ in range(51)], [alert["id"]] * 2, ["x"], "x", None):
        refused = acknowledge(hospital, ids)
        assert_refused(refused, 400)
        assert [each["path"] for each in refused.json()["details"]["fields"]] == ["alertIds"], ids
    refused = acknowledge(hospital, [alert["id"]], responseAction="delayed")
    assert [each["path"] for each in refused.json()["details"]["fields"]] == ["estimatedResponseTime"]
    refused = resolve(hospital, [alert["id"]], followUpNotes="Why?")
    assert [each["path"] for each in refused.json()["details"]["fields"]] == ["followUpNotes"]
    assert acknowledge(hospital, [alert["id"]], "operator").status_code == 403
    assert resolve(hospital, [alert["id"]], "operator").status_code == 403
    assert hospital.alert(alert) == alert


def test_batches_in_each_others_way(hospital):
    """126: eight batches over the same alerts in different orders at once: each alert is won exactly once"""
    ids = [hospital.raise_alert(2)["id"] for _ in range(20)]
    hospital.token("nurse"), hospital.token("doctor")
    orders = [ids[n:] + ids[:n] if n % 2 else list(reversed(ids[n:] + ids[:n])) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda n: acknowledge(hospital, orders[n], "nurse" if n % 2 else "doctor"), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    won = Counter(each for answer in answers for each in answer.json()["data"]["succeeded"])
    assert won == Counter(ids)
    assert rows(hospital, "SELECT count(*) FROM alert_acknowledgments WHERE alert_id = ANY (%s::uuid[])", ids) == [(20,)]
