"""A patient's chart: history, laboratory, imaging and allergies, each sealed, each look and change on record."""


import pytest
from api_raw import assert_refused
from api_support import NOBODY
from clinic_support import CHART, chart, patient_with_account
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import accesses, take_in
from tenancy_support import member

KINDS = list(CHART)


@pytest.mark.parametrize("path", KINDS)
def test_a_thing_of_a_chart_is_written_read_changed_and_removed(api, path):
    """200: what was written is what is shown; it is changed from its version alone; what is taken out is shown to nobody"""
    patient, example = take_in(api), CHART[path][-1]
    where = f"/patients/{patient['id']}/{path}"
    made = chart(api, patient["id"], path)
    assert {name: made[name] for name in example} == example
    assert (made["patientId"], made["version"], made["createdBy"]) == (patient["id"], 1, api.user("admin"))
    assert api.do("nurse", "GET", f"{where}/{made['id']}") == made
    least = {name: value for name, value in example.items() if name not in ("notes", "code", "impression", "description")}
    changed = api.do("admin", "PUT", f"{where}/{made['id']}", least | {"version": 1})
    gone = set(example) - set(least)
    assert changed["version"] == 2 and all(changed[name] is None for name in gone)
    refused = assert_refused(api.call("admin", "PUT", f"{where}/{made['id']}", example | {"version": 1}), 409)
    assert refused["details"]["version"] == 2
    second = chart(api, patient["id"], path)
    assert [each["id"] for each in api.do("nurse", "GET", where)] == [second["id"], made["id"]]
    assert api.do("nurse", "GET", f"{where}?fields=id&limit=1") == [{"id": second["id"]}]
    api.do("admin", "DELETE", f"{where}/{made['id']}")
    for method, body in (("GET", None), ("PUT", example | {"version": 2}), ("DELETE", None)):
        assert_refused(api.call("admin", method, f"{where}/{made['id']}", body), 404)
    assert [each["id"] for each in api.do("nurse", "GET", where)] == [second["id"]]


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_a_chart_has_nothing_of_another(api, path):
    """200: a chart is walked page by page, no item twice; another kind, patient or hospital has none of it"""
    patient, other = take_in(api)["id"], take_in(api)["id"]
    made = [chart(api, patient, path)["id"] for _ in range(5)]
    found, cursor = [], ""
    for _ in range(3):
        answer = api.call("nurse", "GET", f"/patients/{patient}/{path}?limit=2{cursor}").json()
        found += [each["id"] for each in answer["data"]]
        assert answer["page"]["total"] == 5
        cursor = f"&cursor={answer['page']['next']}"
    assert found == made[::-1]
    for another in set(KINDS) - {path}:
        assert api.do("nurse", "GET", f"/patients/{patient}/{another}") == []
        assert_refused(api.call("nurse", "GET", f"/patients/{patient}/{another}/{made[0]}"), 404)
    assert api.do("nurse", "GET", f"/patients/{other}/{path}") == []
    assert_refused(api.call("nurse", "GET", f"/patients/{other}/{path}/{made[0]}"), 404)
    for place in (f"/patients/{patient}/{path}", f"/patients/{patient}/{path}/{made[0]}", f"/patients/{NOBODY}/{path}"):
        assert_refused(api.call("other nurse", "GET", place), 404)


def test_each_look_at_a_chart_is_on_record(api, ward):
    """200: each look and change leaves a row under the patient and an audit row of category patient with ids alone"""
    patient = take_in(api)
    where = f"/patients/{patient['id']}/allergies"
    made = chart(api, patient["id"], "allergies", "doctor", substance="Marker7731")
    api.do("nurse", "GET", where)
    api.do("head", "GET", f"{where}/{made['id']}")
    api.do("doctor", "PUT", f"{where}/{made['id']}", {"substance": "Marker7731", "severity": "mild", "version": 1})
    api.do("admin", "DELETE", f"{where}/{made['id']}")
    wanted = [("patient_created", "doctor"), ("allergy_added", "doctor"), ("allergys_viewed", "nurse"),
              ("allergy_viewed", "head"), ("allergy_changed", "doctor"), ("allergy_removed", "admin")]
    assert accesses(api, patient) == [(action, api.user(who)) for action, who in wanted]
    rows = ward.sql("SELECT * FROM audit_log WHERE patient_id = %s ORDER BY id", parameters=[patient["id"]])
    assert [row.action for row in rows] == [action for action, _ in wanted]
    assert {(row.category, row.outcome) for row in rows} == {("patient", "success")}
    assert "Marker7731" not in repr(rows) and "Marker7731" not in ward.log()


def test_what_a_chart_says_is_sealed(api, ward):
    """200: nothing of a chart's text stands readable in the database"""
    patient = take_in(api)["id"]
    for path, name in (("allergies", "substance"), ("records", "title"), ("lab-reports", "value"), ("imaging-reports", "findings")):
        chart(api, patient, path, **{name: "Marker5519"})
    rows = ward.sql("SELECT content, t::text AS whole FROM chart_items t WHERE patient_id = %s", "admin", parameters=[patient])
    assert len(rows) == 4
    for row in rows:
        assert b"Marker5519" not in bytes(row.content) and "Marker5519".encode().hex() not in row.whole


def test_who_writes_which_part(api):
    """200: the laboratory writes lab reports, the radiologist imaging, doctors the rest; others read"""
    patient = take_in(api)["id"]
    for role in ("lab_technician", "radiologist", "pharmacist", "receptionist"):
        member(api, role, role)
    writers = {"allergies": {"doctor"}, "records": {"doctor"}, "lab-reports": {"lab_technician"}, "imaging-reports": {"radiologist"}}
    for path, allowed in writers.items():
        for who in ("doctor", "nurse", "lab_technician", "radiologist", "pharmacist", "receptionist", "patient"):
            answer = api.call(who, "POST", f"/patients/{patient}/{path}", CHART[path][-1])
            assert answer.status_code == (201 if who in allowed else 403), f"{who} {path}: {answer.text}"
            answer = api.call(who, "GET", f"/patients/{patient}/{path}")
            assert answer.status_code == (403 if who == "patient" else 200), f"{who} {path}: {answer.text}"


def test_a_patient_reads_his_own_chart(api):
    """200: a patient reads what his own chart holds, and that he did is on record; who has no record is told so"""
    mine, other = patient_with_account(api, "carla"), patient_with_account(api, "dario")
    for path, (*_, example) in CHART.items():
        made = chart(api, mine, path)
        assert api.do("carla", "GET", f"/my-record/{path}") == [made]
        assert api.do("dario", "GET", f"/my-record/{path}") == []
        assert_refused(api.call("carla", "GET", f"/patients/{other}/{path}"), 403)
        assert_refused(api.call("nurse", "GET", f"/my-record/{path}"), 403)
    assert ("own_lab_reports_viewed", api.user("carla")) in accesses(api, {"id": mine})


def test_a_chart_is_kept_to_its_department(api, ward):
    """200: where records are kept to their departments, a chart is, too"""
    patient = take_in(api, departmentId=api.department("CARD"))["id"]
    made = chart(api, patient, "allergies")
    ward.sql("UPDATE hospitals SET restrict_records = true WHERE id = %s RETURNING 1", "admin", parameters=[api.hospital()])
    try:
        member(api, "stranger", "nurse", departmentId=api.department("ICU"))
        for place in ("allergies", f"allergies/{made['id']}"):
            refused = assert_refused(api.call("stranger", "GET", f"/patients/{patient}/{place}"), 403)
            assert refused["details"] == {"isKept": True}
        assert api.do("admin", "GET", f"/patients/{patient}/allergies/{made['id']}") == made
    finally:
        ward.sql("UPDATE hospitals SET restrict_records = false WHERE id = %s RETURNING 1", "admin", parameters=[api.hospital()])


def test_bad_things_are_refused_whole(api, ward):
    """200: every bad field is named at once, a time that lies ahead is refused, and nothing is stored"""
    patient = take_in(api)["id"]
    refused = assert_refused(api.call("admin", "POST", f"/patients/{patient}/lab-reports", {
        "test": "", "value": 3, "flag": "odd", "takenAt": "yesterday", "code": "a b", "unit": "x" * 21}), 400)
    assert {each["path"] for each in refused["details"]["fields"]} == {"test", "value", "flag", "takenAt", "code", "unit"}
    late = api.call("admin", "POST", f"/patients/{patient}/lab-reports",
                    CHART["lab-reports"][-1] | {"takenAt": "2099-01-01T00:00:00Z"})
    assert [each["path"] for each in assert_refused(late, 400)["details"]["fields"]] == ["takenAt"]
    assert api.do("nurse", "GET", f"/patients/{patient}/lab-reports") == []


def test_sent_again_it_is_one_thing(api):
    """200: the same request sent again is answered alike and writes nothing more"""
    patient = take_in(api)["id"]
    key = {"Idempotency-Key": f"chart-{patient}"}
    one, two = (api.call("admin", "POST", f"/patients/{patient}/records", CHART["records"][-1], key) for _ in range(2))
    assert one.json() == two.json() and len(api.do("nurse", "GET", f"/patients/{patient}/records")) == 1
