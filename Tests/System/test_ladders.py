"""The hospital's own ladders, and what they would do."""

import uuid
from datetime import timedelta

import pytest
from api_raw import assert_refused
from hospital import moment
from test_catalogue import make, wrong


@pytest.fixture
def ladders(hospital):
    """Makes ladders, and takes away what is left of them."""
    before = {row.id for row in hospital.ward.sql("SELECT id FROM escalation_ladders")}

    def create(who="admin", **body):
        return hospital.do(who, "POST", "/escalation-ladders", body)
    yield create
    for row in hospital.ward.sql("SELECT id FROM escalation_ladders WHERE hospital_id = %s", parameters=[hospital.id]):
        if row.id not in before:
            hospital.do("admin", "DELETE", f"/escalation-ladders/{row.id}")


def listed(hospital, who="head") -> list[dict]:
    return hospital.do(who, "GET", "/escalation-ladders?limit=100")


def seconds(hospital, alert) -> list[int]:
    return hospital.ward.sql("SELECT step_seconds FROM alerts WHERE id = %s", parameters=[alert["id"]])[0].step_seconds


def dry_run(hospital, who="admin", **body) -> dict:
    return hospital.do(who, "POST", "/escalation-ladders/dry-run", body)


def due(alert) -> float:
    return (moment(alert["nextEscalationAt"]) - moment(alert["createdAt"])).total_seconds()


def test_the_table_counts_without_a_ladder(hospital):
    """129: the five ladders of the table are listed as defaults, to every hospital"""
    table = {5: [300, 600, 900], 4: [600, 1200, 1800], 3: [900, 1800, 2700], 2: [1800, 3600, 5400], 1: [3600]}
    for who in ("admin", "other admin"):
        found = [each for each in listed(hospital, who) if each["isDefault"]]
        assert [each["urgencyLevel"] for each in found] == [5, 4, 3, 2, 1]
        for each in found:
            assert each == {"id": None, "departmentId": None, "alertType": None, "responseSeconds": None,
                            "version": None, "isDefault": True, "repeats": each["urgencyLevel"] >= 4,
                            "urgencyLevel": each["urgencyLevel"], "stepSeconds": table[each["urgencyLevel"]]}


def test_a_hospital_climbs_by_its_own_ladder(hospital, ladders):
    """129: a ladder of five seconds is stored for one hospital and counts for alerts raised afterwards only"""
    before = hospital.raise_alert(4)
    made = ladders("head", urgencyLevel=4, stepSeconds=[5, 12], repeats=False, responseSeconds=30)
    assert made in listed(hospital) and made not in listed(hospital, "other admin")
    assert (made["version"], made["isDefault"], made["repeats"]) == (1, False, False)
    after = hospital.raise_alert(4)
    assert (due(before), due(after)) == (600, 5)
    hospital.shift_to(after, seconds=5.2)
    hospital.catch_up()
    assert (hospital.alert(before)["escalationTier"], hospital.alert(after)["escalationTier"]) == (1, 2)
    changed = hospital.do("admin", "PATCH", f"/escalation-ladders/{made['id']}", {"version": 1, "stepSeconds": [20]})
    assert changed == {**made, "stepSeconds": [20], "version": 2}
    assert seconds(hospital, after) == [5, 12] and seconds(hospital, before) == [600, 1200, 1800]
    assert due(hospital.raise_alert(4)) == 20
    hospital.do("admin", "DELETE", f"/escalation-ladders/{made['id']}")
    assert due(hospital.raise_alert(4)) == 600
    assert seconds(hospital, after) == [5, 12]
    actions = hospital.ward.sql("SELECT action FROM audit_log WHERE resource_id = %s ORDER BY id",
                                parameters=[made["id"]])
    assert [row.action for row in actions] == ["ladder_created", "ladder_updated", "ladder_deleted"]


def test_the_most_specific_ladder_counts(hospital, ladders):
    """129: type and department beat the type, the type beats the department, and that beats the urgency alone"""
    kind, here = make(hospital)["code"], hospital.department("ER")
    for first, scope in ((40, {}), (30, {"departmentId": here}), (20, {"alertType": kind}),
                         (10, {"departmentId": here, "alertType": kind})):
        ladders(urgencyLevel=2, stepSeconds=[first], **scope)
    there = hospital.department("CARD")
    found = {(name, type_): seconds(hospital, hospital.raise_alert(2, departmentId=place, alertType=type_))[0]
             for name, place in (("here", here), ("there", there)) for type_ in (kind, "medical")}
    assert found == {("here", kind): 10, ("there", kind): 20, ("here", "medical"): 30, ("there", "medical"): 40}


def test_a_scope_has_one_ladder(hospital, ladders):
    """129: a second ladder of the same scope is refused with 409 and changes nothing"""
    made = ladders(urgencyLevel=1, stepSeconds=[100])
    before = listed(hospital)
    again = hospital.call("admin", "POST", "/escalation-ladders", {"urgencyLevel": 1, "stepSeconds": [50]})
    assert_refused(again, 409)
    assert listed(hospital) == before
    path = f"/escalation-ladders/{made['id']}"
    assert hospital.call("admin", "PATCH", path, {"version": 1, "repeats": True}).status_code == 200
    stale = hospital.call("admin", "PATCH", path, {"version": 1, "repeats": False})
    assert_refused(stale, 409)
    assert stale.json()["details"] == {"version": 2}
    for body in ({"version": 2}, None):
        method = "PATCH" if body else "DELETE"
        assert hospital.call("other admin", method, path, body).status_code == 404
        assert hospital.call("admin", method, f"/escalation-ladders/{uuid.uuid4()}", body).status_code == 404


def test_a_ladder_that_cannot_be(hospital):
    """129: steps below 5 seconds, falling, equal, too many or none; what is foreign, gone or unknown: named, 400"""
    for steps in ([], [4], [604_801], [10, 10], [20, 10], [5.5], ["5"], list(range(5, 56)), 5):
        answer = hospital.call("admin", "POST", "/escalation-ladders", {"urgencyLevel": 3, "stepSeconds": steps})
        assert wrong(answer) == {"stepSeconds"}, steps
    gone = make(hospital)["code"]
    hospital.do("admin", "DELETE", f"/alert-types/{gone}")
    foreign = hospital.department("ER", hospital.other_id)
    for path in ("/escalation-ladders", "/escalation-ladders/dry-run"):
        answer = hospital.call("admin", "POST", path, {
            "urgencyLevel": 3, "stepSeconds": [10], "alertType": gone, "departmentId": foreign})
        assert wrong(answer) == {"alertType", "departmentId"}
    for who in ("nurse", "doctor", "operator"):
        assert hospital.call(who, "POST", "/escalation-ladders", {"urgencyLevel": 3, "stepSeconds": [9]}).status_code == 403
        assert hospital.call(who, "POST", "/escalation-ladders/dry-run", {"urgencyLevel": 3}).status_code == 403


def roles(step) -> list[str]:
    return [each["role"] for each in step["people"]]


def test_a_dry_run_by_the_table(hospital):
    """129: who would be paged when tonight at three: each tier with its people and its moment, and nothing is written"""
    counts = "SELECT (SELECT count(*) FROM alerts) AS a, (SELECT count(*) FROM alert_pages) AS p"
    before = tuple(hospital.ward.sql(counts)[0])
    told = dry_run(hospital, urgencyLevel=5, departmentId=hospital.department("ER"), at="2027-03-28T03:00:00Z")
    assert (told["ladderId"], told["isDefault"], told["basis"]) == (None, True, "on_duty_now")
    assert (told["at"], told["repeatsEverySeconds"]) == ("2027-03-28T03:00:00Z", 300)
    assert [(s["tier"], s["group"], s["afterSeconds"], s["skipped"]) for s in told["steps"]] == [
        (1, "nurses", 0, False), (2, "doctors", 300, False), (3, "headDoctors", 600, False),
        (4, "administrators", 900, False)]
    assert [set(roles(step)) for step in told["steps"]] == [
        {"nurse"}, {"doctor"}, {"head_doctor"}, {"hospital_admin"}]
    nurse = next(each for each in told["steps"][0]["people"] if each["id"] == hospital.user("nurse"))
    assert nurse == {"id": hospital.user("nurse"), "name": hospital.name("nurse"), "role": "nurse", "isOnDuty": True}
    for step in told["steps"]:
        assert moment(step["dueAt"]) - moment(told["at"]) == timedelta(seconds=step["afterSeconds"])
    assert tuple(hospital.ward.sql(counts)[0]) == before


def test_a_dry_run_of_what_is_drawn(hospital, ladders):
    """129: steps that are only drafted are shown without being stored, the stored ladder without them"""
    made = ladders(urgencyLevel=3, stepSeconds=[60, 90])
    stored = dry_run(hospital, urgencyLevel=3)
    assert (stored["ladderId"], stored["isDefault"]) == (made["id"], False)
    assert [step["afterSeconds"] for step in stored["steps"]] == [0, 60, 90]
    drafted = dry_run(hospital, urgencyLevel=3, stepSeconds=[5, 7, 9, 11], repeats=True)
    assert [step["afterSeconds"] for step in drafted["steps"]] == [0, 5, 7, 9, 11]
    assert [step["group"] for step in drafted["steps"]][-2:] == ["administrators", "administrators"]
    assert drafted["repeatsEverySeconds"] == 5
    assert made in listed(hospital)


@pytest.mark.parametrize("off", [(), ("nurse",), ("doctor",), ("nurse", "doctor"), ("doctor", "head")])
def test_a_dry_run_is_what_happens(hospital, ladders, off):
    """129, 138: with people gone the dry run foretells tier by tier what an unanswered alert then does"""
    ladders(urgencyLevel=5, stepSeconds=[10, 20, 30], repeats=False)
    for who in off:
        hospital.on_duty(who, False)
    told = dry_run(hospital, urgencyLevel=5)
    alert = hospital.raise_alert(5)
    for after in (10, 20, 30):
        if (hospital.ward.now() - moment(alert["createdAt"])).total_seconds() < after + 0.2:
            hospital.shift_to(alert, seconds=after + 0.2)
        hospital.catch_up()
    reached = [(1, 0)] + [(row.to_tier, round((row.due_at - moment(alert["createdAt"])).total_seconds()))
                          for row in hospital.escalations(alert)]
    assert reached == [(step["tier"], step["afterSeconds"]) for step in told["steps"]]
    paged = {row[0] for row in hospital.pages(alert)}
    assert paged == {step["tier"] for step in told["steps"] if not step["skipped"]}


def test_a_dry_run_names_the_quorum(hospital):
    """129: people on duty whom the type asks for stand in step 0, those of another role or off duty do not"""
    kind = make(hospital, quorum=[{"label": "Doctor", "role": "doctor", "count": 1}])["code"]
    steps = dry_run(hospital, urgencyLevel=4, alertType=kind)["steps"]
    assert (steps[0]["tier"], steps[0]["group"], steps[0]["afterSeconds"]) == (0, "quorum", 0)
    assert hospital.user("doctor") in [each["id"] for each in steps[0]["people"]]
    assert set(roles(steps[0])) == {"doctor"} and steps[1]["tier"] == 1
    hospital.on_duty("doctor", False)
    gone = dry_run(hospital, urgencyLevel=4, alertType=kind)["steps"][0]
    assert hospital.user("doctor") not in [each["id"] for each in gone["people"]]
