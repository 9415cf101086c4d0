"""Prescriptions: by the visit's doctor, after it, one in force; what speaks against one; the printed page and its code."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import NOBODY
from clinic_support import DRUG, chart, patient_with_account, prescribe, visit
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import accesses, take_in
from tenancy_support import member


@pytest.fixture
def patient(api) -> str:
    return take_in(api)["id"]


@pytest.fixture
def seen(api, patient) -> str:
    return visit(api, patient, api.user("doctor"))


def ask(api, visit_id: str, *names: str, who: str = "doctor", **more):
    body = {"appointmentId": visit_id, "medications": [DRUG | {"name": name} for name in names or ("Paracetamol",)], **more}
    return api.call(who, "POST", "/prescriptions", body)


def test_only_its_doctor_prescribes(api, patient, seen):
    """197: the doctor of the visit prescribes; a colleague, the head and the administrator do not, nor who is no doctor"""
    for who in ("head", "admin"):
        assert_refused(ask(api, seen, who=who), 403)
    for who in ("nurse", "patient", "operator"):
        assert assert_refused(ask(api, seen, who=who), 403)["details"]["requiredPermission"] == "conduct_visits"
    assert api.do("nurse", "GET", f"/patients/{patient}/prescriptions") == []
    made = prescribe(api, seen, instructions="Drink.", followUpDate="2030-01-02")
    assert (made["doctorId"], made["patientId"], made["status"]) == (api.user("doctor"), patient, "active")
    assert made["medications"] == [DRUG] and (made["instructions"], made["followUpDate"]) == ("Drink.", "2030-01-02")
    assert api.do("nurse", "GET", f"/prescriptions/{made['id']}") == made


@pytest.mark.parametrize("status", ["scheduled", "confirmed", "checked_in", "in_progress", "cancelled", "no_show"])
def test_only_after_completion(api, patient, status):
    """197: nothing is prescribed before the visit is over, nor for one that did not happen"""
    refused = assert_refused(ask(api, visit(api, patient, api.user("doctor"), status)), 409)
    assert refused["details"] == {"status": status}


def test_a_second_one_replaces_the_first(api, ward, patient, seen):
    """197: a second prescription of the visit replaces the first; one is in force, also when two are sent at once"""
    first, second = prescribe(api, seen), prescribe(api, seen, "Ibuprofen")
    shown = api.do("nurse", "GET", f"/patients/{patient}/prescriptions")
    assert [(each["id"], each["status"]) for each in shown] == [(second["id"], "active"), (first["id"], "replaced")]
    assert shown[1]["endedAt"] and shown[1]["medications"] == first["medications"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(api, seen), range(8)))
    assert [each.status_code for each in answers] == [201] * 8
    rows = ward.sql("SELECT status, count(*) AS n FROM prescriptions WHERE appointment_id = %s GROUP BY 1", parameters=[seen])
    assert {row.status: row.n for row in rows} == {"active": 1, "replaced": 9}


def test_an_allergy_speaks_against_a_drug(api, ward, patient, seen):
    """197: a drug that the patient does not bear is refused without a word about him; a reason overrules it, on record"""
    allergy = chart(api, patient, "allergies", "doctor", substance="Penicillin", notes=None)
    refused = assert_refused(ask(api, seen, "Vitamin", "Amoxicillin 500"), 409)
    assert refused["details"]["warnings"] == [{"medication": 1, "reason": "allergy"}]
    assert "enicillin" not in str(refused)
    made = prescribe(api, seen, "Amoxicillin 500", overrideReason="Was tested: he bears it.")
    assert made["warnings"] == [{"medication": 0, "reason": "allergy"}] and made["overrideReason"].startswith("Was tested")
    api.do("doctor", "PUT", f"/patients/{patient}/allergies/{allergy['id']}",
           {"substance": "Penicillin", "severity": "mild", "standing": "inactive", "version": 1})
    assert prescribe(api, seen, "Amoxicillin 500")["warnings"] == []
    noted = take_in(api, allergies=["Ibuprofen"], medications=[{"name": "Simvastatin", "dosage": "20 mg", "frequency": "daily"}])
    other = visit(api, noted["id"], api.user("doctor"))
    refused = assert_refused(ask(api, other, "Diclofenac", "Atorvastatin"), 409)
    assert refused["details"]["warnings"] == [{"medication": 0, "reason": "allergy"}, {"medication": 1, "reason": "duplicate"}]


def test_the_same_drug_twice_is_asked_about(api, ward, patient):
    """197: a drug like one that another visit prescribed is a duplicate for as long as that is taken"""
    one, two = (visit(api, patient, api.user("doctor"), days=-n) for n in (1, 2))
    first = prescribe(api, one, "Ibuprofen")
    refused = assert_refused(ask(api, two, "Naproxen"), 409)
    assert refused["details"]["warnings"] == [{"medication": 0, "reason": "duplicate"}]
    assert ask(api, one, "Naproxen").status_code == 201  # in place of the first one
    api.do("doctor", "POST", f"/prescriptions/{api.do('nurse', 'GET', f'/patients/{patient}/prescriptions')[0]['id']}/cancellation")
    assert ask(api, two, "Naproxen").status_code == 201
    assert first["status"] == "active"


def test_what_was_taken_long_ago_is_no_duplicate(api, ward, patient):
    """197: once a drug's days are over it speaks against nothing"""
    one, two = (visit(api, patient, api.user("doctor"), days=-n) for n in (1, 2))
    prescribe(api, one, "Ibuprofen")
    ward.sql("UPDATE prescriptions SET created_at = created_at - interval '6 days' WHERE patient_id = %s RETURNING 1", "admin",
             parameters=[patient])
    assert ask(api, two, "Naproxen").status_code == 201


def test_it_is_dispensed_once(api, patient, seen):
    """197: a pharmacist gives the drugs out once; then it is neither given out again nor taken back"""
    member(api, "pharma", "pharmacist")
    made = prescribe(api, seen)
    for who in ("nurse", "doctor"):
        assert_refused(api.call(who, "POST", f"/prescriptions/{made['id']}/dispensation"), 403)
    given = api.do("pharma", "POST", f"/prescriptions/{made['id']}/dispensation")
    assert (given["dispensedBy"], given["version"]) == (api.user("pharma"), 2)
    for who, what in (("pharma", "dispensation"), ("doctor", "cancellation")):
        refused = assert_refused(api.call(who, "POST", f"/prescriptions/{made['id']}/{what}"), 409)
        assert refused["details"] == {"status": "active", "isDispensed": True}
    again = prescribe(api, seen, "Ibuprofen")
    assert_refused(api.call("head", "POST", f"/prescriptions/{again['id']}/cancellation"), 403)
    assert api.do("doctor", "POST", f"/prescriptions/{again['id']}/cancellation")["status"] == "cancelled"
    assert_refused(api.call("pharma", "POST", f"/prescriptions/{again['id']}/dispensation"), 409)


def test_who_gives_drugs_out_opens_them_by_their_code(api, patient, seen):
    """197: a pharmacist opens by its code the prescription that a patient presents, and sees for whom it is; the look is
    on record; nobody else opens it, no other hospital's, and no code that there is not"""
    member(api, "pharma", "pharmacist")
    made = prescribe(api, seen)
    body = {"code": made["verificationCode"].lower()}
    before = len(accesses(api, {"id": patient}))
    shown = api.do("pharma", "POST", "/prescription-presentations", body)
    name, born = shown.pop("patientName"), shown.pop("dateOfBirth")
    record = api.do("nurse", "GET", f"/patients/{patient}")
    assert shown == made and (name, born) == (record["name"], record["dateOfBirth"])
    looks = accesses(api, {"id": patient})[before:]
    assert looks == [("prescription_presented", api.user("pharma")), ("patient_viewed", api.user("nurse"))]
    for who in ("nurse", "doctor", "patient"):
        assert assert_refused(api.call(who, "POST", "/prescription-presentations", body), 403)["details"][
            "requiredPermission"] == "dispense_medication"
    assert_refused(api.call("other admin", "POST", "/prescription-presentations", body), 404)
    assert_refused(api.call("pharma", "POST", "/prescription-presentations", {"code": "0" * 20}), 404)
    for bad in ({}, {"code": "A code"}, {"code": 7}, {"code": "U" * 20}, {"code": "0" * 21}):
        assert_refused(api.call("pharma", "POST", "/prescription-presentations", bad), 400)
    given = api.do("pharma", "POST", f"/prescriptions/{made['id']}/dispensation")
    assert api.do("pharma", "POST", "/prescription-presentations", body)["dispensedAt"] == given["dispensedAt"]


def test_a_printed_page_is_verified_by_its_code(api, ward):
    """197: the page has what a pharmacy needs; anybody with the code learns that it is genuine, and nothing of the patient"""
    patient = patient_with_account(api, "gerda")
    made = prescribe(api, visit(api, patient, api.user("doctor")), "Ramipril <5>")
    page = api.do("nurse", "GET", f"/prescriptions/{made['id']}/page")["html"]
    assert page == api.do("gerda", "GET", f"/my-record/prescriptions/{made['id']}/page")["html"]
    assert "Ramipril &lt;5&gt;" in page and "Demo General" in page and api.me("doctor")["user"]["name"] in page
    code = re.search(r"To verify: <b>([0-9A-Z-]{23})</b>", page)[1]
    assert code == made["verificationCode"]
    told = api.call(None, "POST", "/prescription-verifications", {"code": code.lower().replace("-", "")}).json()["data"]
    assert told == {"isValid": True, "status": "active", "isDispensed": False, "issuedAt": made["createdAt"],
                    "doctorName": made["doctorName"], "hospitalName": "Demo General"}
    api.do("doctor", "POST", f"/prescriptions/{made['id']}/cancellation")
    told = api.call(None, "POST", "/prescription-verifications", {"code": code}).json()["data"]
    assert (told["isValid"], told["status"]) == (False, "cancelled")
    assert "CANCELLED" in api.do("nurse", "GET", f"/prescriptions/{made['id']}/page")["html"]
    assert_refused(api.call(None, "POST", "/prescription-verifications", {"code": "0" * 20}), 404)
    assert_refused(api.call(None, "POST", "/prescription-verifications", {"code": "UUUUU-UUUUU-UUUUU-UUUUU"}), 400)
    assert code not in ward.log() and not ward.sql("SELECT 1 FROM prescriptions p WHERE p::text LIKE %s", "admin",
                                                   parameters=[f"%{code}%"])


def test_whose_prescriptions_are_whose(api):
    """197: a patient sees his own and no other's; another hospital finds none; each look is on record"""
    patient, other = patient_with_account(api, "hanna"), patient_with_account(api, "ivo")
    made = prescribe(api, visit(api, patient, api.user("doctor")))
    assert api.do("hanna", "GET", "/my-record/prescriptions") == [made]
    assert api.do("ivo", "GET", "/my-record/prescriptions") == []
    assert_refused(api.call("ivo", "GET", f"/my-record/prescriptions/{made['id']}/page"), 404)
    assert_refused(api.call("hanna", "GET", f"/prescriptions/{made['id']}"), 403)
    for place in (f"/prescriptions/{made['id']}", f"/prescriptions/{made['id']}/page", f"/patients/{patient}/prescriptions"):
        assert_refused(api.call("other nurse", "GET", place), 404)
    api.do("nurse", "GET", f"/prescriptions/{made['id']}")
    actions = [action for action, _ in accesses(api, {"id": patient})]
    assert actions.count("prescription_created") == 1 and actions.count("prescription_viewed") == 1


def test_bad_prescriptions_are_refused_whole(api, patient, seen):
    """197: every bad field is named at once; a visit that is none of this hospital's is named, too; nothing is stored"""
    refused = assert_refused(api.call("doctor", "POST", "/prescriptions", {
        "appointmentId": "x", "medications": [{"name": "A"}], "followUpDate": "soon", "instructions": ""}), 400)
    assert {each["path"].split(".")[0] for each in refused["details"]["fields"]} == {
        "appointmentId", "medications", "followUpDate", "instructions"}
    for bad in ([], [DRUG | {"duration": "for ever"}], [DRUG] * 51):
        assert_refused(api.call("doctor", "POST", "/prescriptions", {"appointmentId": seen, "medications": bad}), 400)
    refused = assert_refused(ask(api, NOBODY), 400)
    assert [each["path"] for each in refused["details"]["fields"]] == ["appointmentId"]
    assert api.do("nurse", "GET", f"/patients/{patient}/prescriptions") == []
