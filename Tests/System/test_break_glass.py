"""A clinician opens a record that is kept to its department: with a reason and a second factor, and is asked why."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from api_raw import assert_refused
from api_support import Api, shift, streaming
from emergency_support import REASON, clinician, colleague, keep_records, kept
from own_house import ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    keep_records(found)
    return found


@pytest.fixture(autouse=True)
def back(ward):
    # At the beginning of a half minute, so that none ends in the middle of a test.
    shift(ward, 31 - ward.now().timestamp() % 30)
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")


def open_record(api, person, patient, **more):
    body = {"reason": REASON, "code": person.code(), **more}
    return api.call(person.email, "POST", f"/patients/{patient['id']}/emergency-access", body)


def accesses(api, patient) -> list:
    return api.ward.sql("SELECT * FROM emergency_accesses WHERE patient_id = %s ORDER BY id",
                        parameters=[patient["id"]])


def reviews(api, who="admin", **query) -> list[dict]:
    more = "&".join(f"{name}={value}" for name, value in {"limit": 100, **query}.items())
    return api.do(who, "GET", f"/access-reviews?{more}")


def test_a_record_is_open_for_an_hour(api, ward):
    """71: with a reason and a second factor a clinician opens a kept record for an hour, and then it is closed again"""
    patient, doctor, path = (kept(api), clinician(api), "/patients/{id}")
    path = path.format(**patient)
    refused = assert_refused(api.call(doctor.email, "GET", path), 403)
    assert refused["details"] == {"isKept": True} and "emergency" in refused["error"]
    opened = open_record(api, doctor, patient)
    assert opened.status_code == 201, opened.text
    data = opened.json()["data"]
    assert (data["patientId"], data["userId"], data["reason"], data["verdict"]) == (
        patient["id"], doctor.id, REASON, None)
    assert api.do(doctor.email, "GET", path)["notes"] == "Secret"
    assert api.do(doctor.email, "POST", f"{path}/vitals", {"heartRate": 70})
    # Nobody else's, and no other record.
    assert_refused(api.call("doctor", "GET", path), 403)
    assert_refused(api.call(doctor.email, "GET", f"/patients/{kept(api)['id']}"), 403)
    shift(ward, 3590)
    assert api.do(doctor.email, "GET", path)["notes"] == "Secret"
    shift(ward, 11)
    assert_refused(api.call(doctor.email, "GET", path), 403)


def test_it_may_be_shorter_and_never_longer(api, ward):
    """71: an emergency access is at most sixty minutes long, in the database too, and its reason is not readable there"""
    patient, doctor = kept(api), clinician(api)
    for minutes in (0, 61, -1):
        assert_refused(open_record(api, doctor, patient, minutes=minutes), 400)
    assert open_record(api, doctor, patient, minutes=5).status_code == 201
    shift(ward, 299)
    assert api.call(doctor.email, "GET", f"/patients/{patient['id']}").status_code == 200
    shift(ward, 2)
    assert_refused(api.call(doctor.email, "GET", f"/patients/{patient['id']}"), 403)
    row = accesses(api, patient)[0]
    assert (row.expires_at - row.granted_at).total_seconds() == 300
    assert REASON.encode() not in bytes(row.reason)
    with pytest.raises(Exception, match="emergency_accesses_check"):
        ward.sql("UPDATE emergency_accesses SET expires_at = granted_at + interval '61 minutes'", "admin")


def test_the_reason_is_said(api):
    """71: a record is not opened without a reason of ten to five hundred characters"""
    patient, doctor = kept(api), clinician(api)
    for reason in ("Too short", "x" * 501, None, "          a          "):
        refused = assert_refused(open_record(api, doctor, patient, reason=reason), 400)
        assert "reason" in str(refused["details"])
    assert not accesses(api, patient)


def test_without_a_second_factor_nothing_opens(api):
    """71: who has no second factor is told to set one up; without a code the field is named; nothing is opened"""
    patient, plain = kept(api), clinician(api, enabled=False)
    refused = assert_refused(open_record_with(api, plain, patient, "123456"), 403)
    assert "second factor" in refused["error"]
    doctor = clinician(api)
    refused = assert_refused(open_record(api, doctor, patient, code=None), 400)
    assert "code" in str(refused["details"])
    assert not accesses(api, patient)


def open_record_with(api, person, patient, code):
    return api.call(person.email, "POST", f"/patients/{patient['id']}/emergency-access",
                    {"reason": REASON, "code": code})


def wrong_code(person) -> str:
    near = {person.code(steps) for steps in (-1, 0, 1)}
    return next(code for code in ("000000", "000001", "000002", "000003") if code not in near)


def test_a_wrong_code_counts_and_opens_nothing(api, ward):
    """56: five wrong codes lock the second factor at a record, too, and then the right one opens nothing"""
    patient, doctor = kept(api), clinician(api)
    for _ in range(5):
        assert_refused(open_record_with(api, doctor, patient, wrong_code(doctor)), 401)
    locked = assert_refused(open_record(api, doctor, patient), 429)
    assert locked["code"] == "TOO_MANY_REQUESTS"
    assert not accesses(api, patient)
    assert not ward.sql("SELECT 1 FROM patient_accesses WHERE patient_id = %s AND actor_id = %s",
                        parameters=[patient["id"], doctor.id])


def test_a_code_opens_one_record(api):
    """71: a code that opened a record opens no other one, nor does one that signed somebody in"""
    doctor, one, other = clinician(api), kept(api), kept(api)
    assert open_record(api, doctor, one).status_code == 201
    assert_refused(open_record(api, doctor, other), 401)
    assert doctor.sign_in(code=doctor.code(1)).status_code == 201
    assert_refused(open_record_with(api, doctor, other, doctor.code(1)), 401)
    assert not accesses(api, other)


def test_the_same_code_a_hundred_times_at_once(api):
    """71: of many that open records at once with one code one is let in"""
    doctor, patients = clinician(api), [kept(api) for _ in range(4)]
    code = doctor.code()
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(
            lambda n: open_record_with(api, doctor, patients[n % 4], code).status_code, range(40)))
    assert statuses.count(201) == 1 and set(statuses) <= {201, 401, 429}
    assert sum(len(accesses(api, patient)) for patient in patients) == 1


def test_two_codes_at_once_open_a_record_once(api):
    """71: who opens one record twice at the same moment, with two codes, has opened it once"""
    for _ in range(6):
        doctor, patient = clinician(api), kept(api)
        with ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(
                lambda code: open_record_with(api, doctor, patient, code).status_code,  # noqa: B023
                (doctor.code(), doctor.code(1))))
        # The later code makes the earlier one stale, where it comes first.
        assert statuses in ([201, 409], [201, 401])
        assert len(accesses(api, patient)) == 1


def test_what_is_open_needs_no_emergency(api):
    """71: a record that is open to somebody as it is is not opened in an emergency, nor one of another hospital"""
    doctor, patient = clinician(api), kept(api)
    api.do("admin", "POST", f"/patients/{patient['id']}/care-team", {"userId": doctor.id, "role": "specialist"})
    assert_refused(open_record(api, doctor, patient), 409)
    foreign = {"id": api.patient("other admin")}
    assert_refused(open_record_with(api, doctor, foreign, doctor.code(1)), 404)
    assert not accesses(api, patient) and not accesses(api, foreign)


def test_who_watches_is_told_at_once(api, ward):
    """71: the compliance officers hear of an emergency access at once and by mail, without a word about the patient"""
    officer, _ = colleague(api, "compliance_officer")
    doctor, patient = clinician(api), kept(api)
    with streaming(ward, api.token(officer)) as ear, streaming(ward, api.token("admin")) as unasked:
        data = open_record(api, doctor, patient).json()["data"]
        told = ear.wait(lambda each: each["event"] == "notification:new", 2)["json"]
        assert told == {"kind": "emergency_access", "accessId": data["id"], "userName": "New",
                        "expiresAt": data["expiresAt"]}
        assert "notification:new" not in [each["event"] for each in unasked.seen]

    def letters() -> list:
        return [each for each in api.do("admin", "GET", "/development/outbox")["letters"] if each["to"] == officer]

    letter = wait_for(letters, 10, "the letter")[0]
    assert "emergency" in letter["subject"] and "New" in letter["text"] and "/access-reviews" in letter["text"]
    for word in (patient["name"], patient["mrn"], patient["id"], REASON):
        assert word not in str(letter)
    assert data["id"] in [each["id"] for each in reviews(api, officer)]


def test_it_waits_for_review(api):
    """71: an emergency access waits until somebody else says once whether it was justified, and then does no longer"""
    doctor, patient = clinician(api), kept(api)
    access = open_record(api, doctor, patient).json()["data"]
    waiting = next(each for each in reviews(api) if each["id"] == access["id"])
    assert (waiting["reason"], waiting["userName"], waiting["patientId"]) == (REASON, "New", patient["id"])
    path = f"/access-reviews/{access['id']}/review"
    assert_refused(api.call("admin", "POST", path, {"verdict": "maybe"}), 400)
    reviewed = api.do("admin", "POST", path, {"verdict": "unjustified", "note": "He was awake."})
    assert (reviewed["verdict"], reviewed["reviewedBy"], reviewed["reviewNote"]) == (
        "unjustified", api.user("admin"), "He was awake.")
    assert_refused(api.call("admin", "POST", path, {"verdict": "justified"}), 409)
    assert access["id"] not in [each["id"] for each in reviews(api)]
    assert access["id"] in [each["id"] for each in reviews(api, status="reviewed")]
    assert b"awake" not in bytes(accesses(api, patient)[0].review_note)
    assert_refused(api.call("other admin", "POST", path, {"verdict": "justified"}), 404)
    assert access["id"] not in [each["id"] for each in reviews(api, "other admin", status="all")]


def test_one_of_many_reviews_counts(api):
    """71: of many who review one access at once one is heard"""
    access = open_record(api, clinician(api), kept(api)).json()["data"]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(lambda verdict: api.call(
            "admin", "POST", f"/access-reviews/{access['id']}/review", {"verdict": verdict}).status_code,
            ["justified", "unjustified"] * 4))
    assert statuses == [200] + [409] * 7


def test_nobody_reviews_himself(api, ward):
    """71: who opened a record does not review that; clinicians review nothing"""
    doctor = clinician(api)
    access = open_record(api, doctor, kept(api)).json()["data"]
    path = f"/access-reviews/{access['id']}/review"
    assert_refused(api.call(doctor.email, "POST", path, {"verdict": "justified"}), 403)
    api.do("admin", "POST", f"/users/{doctor.id}/roles", {"role": "compliance_officer"})
    wait_for(lambda: api.call(doctor.email, "GET", "/access-reviews").status_code == 200, 2, "the role is in force")
    refused = assert_refused(api.call(doctor.email, "POST", path, {"verdict": "justified"}), 403)
    assert "own" in refused["error"]
    assert ward.sql("SELECT verdict FROM emergency_accesses WHERE id = %s", parameters=[access["id"]])[0].verdict is None


def patient_account(api) -> tuple[str, str]:
    email, user = colleague(api, "receptionist")
    api.ward.sql("UPDATE memberships SET role = 'patient' WHERE user_id = %s", "owner", parameters=[user])
    return email, user


def test_the_patient_sees_it(api):
    """71: a patient finds the emergency access and its review in who has seen his record"""
    doctor, patient = clinician(api), kept(api)
    email, account = patient_account(api)
    api.do("admin", "PUT", f"/patients/{patient['id']}/account", {"userId": account})
    access = open_record(api, doctor, patient).json()["data"]
    api.do("admin", "POST", f"/access-reviews/{access['id']}/review", {"verdict": "justified"})
    log = [(each["action"], each["actorId"]) for each in api.do(email, "GET", "/my-record/access-log?limit=100")]
    assert ("emergency_access_opened", doctor.id) in log
    assert ("emergency_access_reviewed", api.user("admin")) in log
    row = api.audit("action = 'emergency_access_opened' AND actor_id = %s", doctor.id)[0]
    assert str(row.patient_id) == patient["id"] and row.details["minutes"] == 60
    assert REASON not in str(row)
