"""Who has seen a record: exact for staff who watch over it and for the patient himself, who sees only his own."""

import pytest
from api_raw import assert_refused
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import search, take_in


def log(api, who, path) -> list[tuple]:
    return [(each["action"], each["actorId"], each["actorName"], each["actorRole"])
            for each in api.do(who, "GET", f"{path}?limit=100")]


def actor(api, who) -> tuple:
    me = api.me(who)
    return me["user"]["id"], me["user"]["name"], me["role"]


def test_who_saw_a_record(api):
    """100: every look and change of one record is listed once, the last first, with who it was; of lists too"""
    made, other = take_in(api), take_in(api)
    path = f"/patients/{made['id']}"
    api.do("nurse", "GET", path)
    search(api, "head", made["name"])
    api.do("nurse", "POST", f"{path}/vitals", {"heartRate": 70})
    api.do("doctor", "GET", f"{path}/vitals/current")
    api.do("doctor", "GET", f"{path}/vitals")
    api.do("doctor", "GET", f"{path}/care-team")
    api.do("head", "PATCH", path, {"version": 1, "notes": "New"})
    api.do("head", "POST", "/patients/list", {"limit": 2})
    wanted = [("doctor", "patient_created"), ("nurse", "patient_viewed"), ("head", "patients_searched"),
              ("nurse", "vitals_recorded"), ("doctor", "vitals_viewed"), ("doctor", "vitals_viewed"),
              ("doctor", "care_team_viewed"), ("head", "patient_updated"), ("head", "patients_listed")]
    assert log(api, "admin", f"{path}/access-log") == [(action, *actor(api, who)) for who, action in wanted[::-1]]
    assert log(api, "admin", f"/patients/{other['id']}/access-log") == [
        (action, *actor(api, who)) for who, action in (("head", "patients_listed"), ("doctor", "patient_created"))]


def test_a_refused_look_shows_nothing_and_is_audited(api, ward):
    """100: who may not see patients is refused before anything is read; the refusal is on record"""
    made = take_in(api)
    for who in ("operator", "patient"):
        assert_refused(api.call(who, "GET", f"/patients/{made['id']}"), 403)
        rows = ward.sql("SELECT 1 FROM audit_log WHERE action = 'patient_viewed' AND outcome = 'denied'"
                        " AND actor_id = %s", parameters=[api.user(who)])
        assert rows, who
    assert len(log(api, "admin", f"/patients/{made['id']}/access-log")) == 1


def test_a_look_that_cannot_be_written_down_is_none(api, ward):
    """100: the row of a look stands before the answer leaves: where it cannot be written nothing is shown"""
    made = take_in(api)
    ward.sql("REVOKE INSERT ON ward.patient_accesses FROM ward_serving", "owner")
    try:
        answer = api.call("nurse", "GET", f"/patients/{made['id']}")
        assert answer.status_code == 500 and made["name"] not in answer.text
    finally:
        ward.sql("GRANT INSERT ON ward.patient_accesses TO ward_serving", "owner")
    assert api.do("nurse", "GET", f"/patients/{made['id']}")["name"] == made["name"]


def test_what_is_on_record_stays(ward):
    """100: nobody changes or removes a row of who saw a record, not even the tables' owner"""
    for statement in ("UPDATE ward.patient_accesses SET action = 'x'", "DELETE FROM ward.patient_accesses",
                      "TRUNCATE ward.patient_accesses"):
        for role in ("serving", "owner"):
            with pytest.raises(Exception, match="permission denied|append-only"):
                ward.sql(statement, role)


def test_a_patient_sees_his_own_record(api):
    """71: a patient sees his own record, vital signs and who saw them, and nobody else's"""
    mine = api.do("patient", "GET", "/my-record")
    assert mine["name"] == "Pia Patient" and mine["id"] == api.patient()
    api.do("nurse", "POST", f"/patients/{mine['id']}/vitals", {"heartRate": 71})
    seen = api.do("patient", "GET", "/my-record/vitals")
    assert [each["heartRate"] for each in seen["readings"]] == [71]
    listed = log(api, "patient", "/my-record/access-log")
    assert listed[:3] == [("own_vitals_viewed", *actor(api, "patient")), ("vitals_recorded", *actor(api, "nurse")),
                          ("own_record_viewed", *actor(api, "patient"))]
    assert listed == log(api, "admin", f"/patients/{mine['id']}/access-log")
    other = take_in(api)
    for method, path, body in (
            ("GET", f"/patients/{other['id']}", None), ("GET", f"/patients/{mine['id']}", None),
            ("POST", "/patients/list", {}), ("POST", "/patients/search", {"text": "Pia"}),
            ("GET", f"/patients/{other['id']}/vitals", None), ("GET", f"/patients/{other['id']}/access-log", None),
            ("PATCH", f"/patients/{mine['id']}", {"version": 1, "notes": "Well"}), ("GET", "/patient-dashboard", None)):
        assert_refused(api.call("patient", method, path, body), 403)
    for path in ("/my-record", "/my-record/vitals", "/my-record/access-log"):
        assert_refused(api.call("nurse", "GET", path), 403)
        assert_refused(api.call(None, "GET", path), 401)


def test_an_account_is_tied_to_one_record(api, ward):
    """71: only an account of a patient of this hospital is tied to a record, and to one record only"""
    made = take_in(api)
    path = f"/patients/{made['id']}/account"
    for who in ("nurse", "other nurse"):
        assert_refused(api.call("doctor", "PUT", path, {"userId": api.user(who)}), 400)
    assert_refused(api.call("doctor", "PUT", path, {"userId": api.user("patient")}), 409)
    before = api.do("patient", "GET", "/my-record")["id"]
    ward.sql("UPDATE patients SET user_id = NULL WHERE id = %s RETURNING 1", "owner", parameters=[before])
    assert_refused(api.call("patient", "GET", "/my-record"), 403)
    api.do("doctor", "PUT", path, {"userId": api.user("patient")})
    assert api.do("patient", "GET", "/my-record")["id"] == made["id"]
    ward.sql("UPDATE patients SET user_id = NULL WHERE id = %s RETURNING 1", "owner", parameters=[made["id"]])
    ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING 1", "owner",
             parameters=[api.user("patient"), before])
