"""What a doctor notes at a visit: amended, never changed, and nobody's business elsewhere."""

import psycopg
import pytest
from api_raw import assert_refused
from api_support import NOBODY
from clinic_support import visit
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import accesses, take_in


@pytest.fixture
def patient(api) -> dict:
    return take_in(api)


def test_a_doctor_notes_and_amends(api, patient):
    """198: the doctor of a visit adds a note; an amendment stands beside it with its reason, and the first is unchanged"""
    path = f"/appointments/{visit(api, patient['id'], api.user('doctor'), 'in_progress')}/notes"
    note = api.do("doctor", "POST", path, {"text": "Cough for two weeks.", "diagnosis": "Bronchitis"})
    assert (note["text"], note["diagnosis"], note["authorId"], note["amends"]) == (
        "Cough for two weeks.", "Bronchitis", api.user("doctor"), None)
    better = api.do("doctor", "POST", f"{path}/{note['id']}/amendments", {"text": "Cough for two days.", "reason": "A slip."})
    assert (better["amends"], better["reason"], better["diagnosis"]) == (note["id"], "A slip.", None)
    assert api.do("nurse", "GET", path) == [note, better]
    assert_refused(api.call("doctor", "POST", f"{path}/{better['id']}/amendments", {"text": "A", "reason": "B"}), 404)
    assert_refused(api.call("doctor", "POST", f"{path}/{NOBODY}/amendments", {"text": "A", "reason": "B"}), 404)
    for method in ("PUT", "PATCH", "DELETE"):
        assert_refused(api.call("admin", method, path), 405)


def test_who_notes(api, patient):
    """198: only the doctor of the visit notes, once the patient is there"""
    seen = visit(api, patient["id"], api.user("doctor"))
    for who in ("head", "admin", "nurse", "patient", "operator"):
        assert_refused(api.call(who, "POST", f"/appointments/{seen}/notes", {"text": "Cough."}), 403)
    for n, status in enumerate(("scheduled", "confirmed", "cancelled", "no_show")):
        early = visit(api, patient["id"], api.user("doctor"), status, days=n + 1)
        refused = assert_refused(api.call("doctor", "POST", f"/appointments/{early}/notes", {"text": "Cough."}), 409)
        assert refused["details"] == {"status": status}
    assert api.do("nurse", "GET", f"/appointments/{seen}/notes") == []


def test_another_hospital_reads_nothing(api, patient):
    """198: another hospital's nurse cannot read a note, nor write one"""
    seen = visit(api, patient["id"], api.user("doctor"))
    note = api.do("doctor", "POST", f"/appointments/{seen}/notes", {"text": "Cough."})
    assert_refused(api.call("other nurse", "GET", f"/appointments/{seen}/notes"), 404)
    for path in ("notes", f"notes/{note['id']}/amendments"):
        more = {} if path == "notes" else {"reason": "None."}
        assert_refused(api.call("other admin", "POST", f"/appointments/{seen}/{path}", {"text": "A"} | more), 404)
    assert_refused(api.call("patient", "GET", f"/appointments/{seen}/notes"), 403)
    assert len(api.do("nurse", "GET", f"/appointments/{seen}/notes")) == 1


def test_a_note_is_sealed_and_kept(api, ward, patient):
    """198: a note stands sealed, nobody who serves can change or delete it, and each look is on record"""
    seen = visit(api, patient["id"], api.user("doctor"))
    api.do("doctor", "POST", f"/appointments/{seen}/notes", {"text": "Marker8812", "diagnosis": "Marker8812"})
    api.do("nurse", "GET", f"/appointments/{seen}/notes")
    row = ward.sql("SELECT content, n::text AS whole FROM visit_notes n WHERE appointment_id = %s", "admin", parameters=[seen])[0]
    assert b"Marker8812" not in bytes(row.content) and b"Marker8812".hex() not in row.whole
    assert "Marker8812" not in ward.log()
    for statement in ("UPDATE ward.visit_notes SET content = ''", "DELETE FROM ward.visit_notes"):
        with psycopg.connect(**ward.address("serving")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    assert accesses(api, patient)[-2:] == [("visit_note_added", api.user("doctor")), ("visit_notes_viewed", api.user("nurse"))]
