"""The published OpenAPI document: valid, complete, and what the server really answers."""

import json
import re
import subprocess
import uuid

import accounts_support
import admin_support
import areas
import channels_support
import jobs_support
import delivery_support
import emergency_support
import jsonschema
import pytest
import staff_support
import tenancy_support
from api_inputs import document_of, operations_of, target
from factor_people import Person
from api_support import RESOLUTION, Api, room
from openapi_spec_validator import OpenAPIV31SpecValidator
from ward_process import PASSWORD, binary, wait_for

# Answered with another provider's help only: test_providers.py and test_payments.py have one, and hold the answers
# against the document.
ELSEWHERE = {"auth.socialSignIn", "auth.finishSignIn", "auth.finishSecondFactor", "auth.setPhone", "auth.verifyPhone",
             "billing.pay", "billing.payOwn", "billing.verifyPayment", "consultations.join"}
FORMATS = jsonschema.Draft202012Validator.FORMAT_CHECKER


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


@pytest.fixture(scope="module")
def document(ward):
    return document_of(ward)


@pytest.fixture(scope="module")
def operations(document):
    return {each.name: each for each in operations_of(document)}


def closed(schema):
    """The schema with every object closed, so that a field which is answered and not published shows."""
    if isinstance(schema, dict):
        found = {key: closed(value) for key, value in schema.items()}
        if "properties" in found:
            found.setdefault("additionalProperties", False)
        return found
    return [closed(each) for each in schema] if isinstance(schema, list) else schema


def assert_conforms(document, schema, value, what: str) -> None:
    schema = {**closed(schema), "components": document["components"]}
    assert "date-time" in FORMATS.checkers and "uuid" in FORMATS.checkers
    problems = [f"{'/'.join(map(str, each.absolute_path))}: {each.message}"
                for each in jsonschema.Draft202012Validator(schema, format_checker=FORMATS).iter_errors(value)]
    assert not problems, f"{what}: {problems}"


def test_the_document_is_valid(document):
    """The document is valid OpenAPI 3.1, and every schema in it a valid JSON Schema"""
    assert document["openapi"].startswith("3.1")
    problems = [str(each) for each in OpenAPIV31SpecValidator(document).iter_errors()]
    assert problems == []
    ids = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(ids) == len(set(ids)) >= 21


def test_the_document_is_the_registrys(document, ward):
    """`ward openapi` prints the same document, and it holds every operation that is registered"""
    printed = subprocess.run([binary(), "openapi"], capture_output=True, text=True, timeout=30, check=True, env={})
    assert json.loads(printed.stdout) == document
    count = ward.call("GET", "/health/api").json()["operations"]
    assert sum(len(methods) for methods in document["paths"].values()) == count


def test_every_operation_is_described(operations, document):
    """342: each operation documents its permission, limit, input and error codes"""
    for operation in operations.values():
        described = operation.document
        assert described["summary"] and described["tags"] == [operation.name.split(".")[0]]
        assert described["x-rate-limit"]["calls"] >= 3
        statuses = set(described["responses"])
        assert {"400", "429", "500", "503", operation.success} <= statuses, operation.name
        if operation.needs_sign_in:
            assert {"401", "404"} <= statuses, operation.name
        if operation.permission:
            assert "403" in statuses, operation.name
        if operation.fields_in("path"):
            assert "404" in statuses, operation.name
        if operation.method != "GET" and operation.needs_sign_in:
            assert {"409", "413", "415", "422"} <= statuses, operation.name
            if operation.name not in READ_BY_POST:
                assert "Idempotency-Key" in {each["name"] for each in described["parameters"]}, operation.name
        for name in operation.template.split("{")[1:]:
            assert name.split("}")[0] in {each.name for each in operation.fields_in("path")}


def new_email() -> str:
    return f"{uuid.uuid4().hex}@demo.ward"


# Reads whose input names a patient, so that no name stands in a URL.
READ_BY_POST = {"patient.search", "patient.getPatientsList", "imports.check", "reminders.list",
                "appointments.getAlternatives", "prescriptions.present",
                "notification.previewTemplate"}


def calls(api) -> dict[str, list]:
    """For each operation calls that answer with much and with little: (who, path parameters, query, body)."""
    er = api.department("ER")
    made = {name: api.raise_alert(4, "admin", departmentId=er, patientId=api.patient(), description="Text",
                                  expiresAt="2099-12-31T23:59:59.5Z")["id"]
            for name in ("acknowledge", "resolve", "cancel", "escalate", "decline", "update", "transfer", "batch")}
    api.do("doctor", "POST", f"/alerts/{made['resolve']}/acknowledgement", {"notes": "Coming"})
    api.do("nurse", "POST", f"/alerts/{made['transfer']}/acknowledgement", {})
    api.ward.sql("UPDATE alert_types SET quorum = %s WHERE code = 'fire'", parameters=[json.dumps(
        [{"label": "Nurse", "role": "nurse", "specialization": None, "count": 2}])])
    made["quorum"] = api.raise_alert(4, "admin", alertType="fire")["id"]
    api.do("nurse", "POST", f"/alerts/{made['quorum']}/acknowledgement", {"responseAction": "monitoring"})
    screens = [api.do("admin", "POST", "/screens", {"name": "Wall", "departmentId": er}) for _ in range(2)]
    api.tokens["wall"] = screens[1]["token"]
    api.tokens["leaving"] = api.ward.sign_in("nurse@demo.ward")

    person = api.do("admin", "POST", "/users", {"name": "New", "email": new_email(), "role": "nurse"})["id"]

    doctor = api.do("admin", "POST", "/users", {"name": "New", "email": new_email(), "role": "doctor"})["id"]

    template = api.do("admin", "POST", "/alert-templates", {"name": "Fall", "alertType": "fall", "urgencyLevel": 2})["id"]
    ladder = api.do("admin", "POST", "/escalation-ladders", {"urgencyLevel": 4, "stepSeconds": [60, 90]})["id"]

    patient = {"patientId": api.do("doctor", "POST", "/patients", {"name": "Maria Muster", "roomNumber": room()[:10]})["id"]}
    theirs = {"patientId": api.patient("other admin")}

    def alert(name):
        return {"alertId": made[name]}

    return {
        "auth.signIn": [(None, {}, {}, {"email": "nurse@demo.ward", "password": PASSWORD})],
        "auth.signUp": [(None, {}, {}, {"email": f"{uuid.uuid4().hex}@example.org", "password": PASSWORD, "name": "N",
                                        "acceptTerms": True, "acceptPrivacy": True})],
        "auth.getProviders": [(None, {}, {}, None)],
        "auth.issueTokens": [("nurse", {}, {}, {})],
        "auth.refreshToken": [(None, {}, {}, {"refreshToken": api.do("nurse", "POST", "/auth/token", {})["refreshToken"]})],
        **accounts_support.openapi_calls(api),
        "auth.signOut": [("leaving", {}, {}, None)],
        **factor_calls(api),
        "auth.getSession": [(who, {}, {}, None) for who in ("admin", "patient", "nurse", "wall")],
        "healthcare.getOnDutyStatus": [("nurse", {}, {}, None), ("admin", {}, {}, None)],
        "healthcare.toggleOnDuty": [("nurse", {}, {}, {"isOnDuty": False, "handoverNotes": staff_support.NOTES}), ("nurse", {}, {}, {"isOnDuty": True})],
        "healthcare.getOnDutyStaff": [("admin", {}, {}, None), ("admin", {}, {"departmentId": er}, None),
                                      ("admin", {}, {"departmentId": uuid.uuid4()}, None)],
        "hospitals.getDepartments": [("admin", {}, {}, None)],
        "departments.get": [("admin", {"departmentId": er}, {}, None), ("wall", {"departmentId": er}, {}, None)],
        "screens.create": [("head", {}, {}, {"name": "Wall", "departmentId": er})],
        "screens.list": [("admin", {}, {}, None), ("other admin", {}, {}, None)],
        "screens.revoke": [("admin", {"screenId": screens[0]["id"]}, {}, None)],
        "alerts.create": [("operator", {}, {}, {"roomNumber": room(), "alertType": "fire", "priority": "low"}),
                          ("operator", {}, {}, {"roomNumber": room(), "alertType": "fall", "urgencyLevel": 1,
                                                "departmentId": er, "expiresAt": "2098-01-01T01:02:03+05:30"})],
        "alerts.list": [("admin", {}, {}, None), ("admin", {}, {"status": "all", "limit": 100}, None),
                        ("admin", {}, {"limit": 1}, None), ("admin", {}, {"offset": 100_000}, None),
                        ("other nurse", {}, {"status": "cancelled,expired"}, None), ("wall", {}, {}, None)],
        "alerts.get": [("admin", alert("resolve"), {}, None), ("nurse", alert("update"), {}, None)],
        "alerts.update": [("operator", alert("update"), {}, {"version": 1, "title": "New", "roomNumber": "9"})],
        "users.getAll": [("admin", {}, {}, None), ("admin", {}, {"fields": "id,name", "limit": 2}, None)],
        "users.getById": [("admin", {"userId": api.user("nurse")}, {}, None)],
        "users.create": [("admin", {}, {}, {"name": "New", "email": new_email(), "role": "nurse", "phone": "+49 30 1"})],
        "users.update": [("admin", {"userId": person}, {}, {"name": "Newer", "licenseNumber": "N-12345"})],
        "users.updateRole": [("admin", {"userId": person}, {}, {"role": "doctor"})],
        "users.deactivate": [("admin", {"userId": person}, {}, None)],
        "doctors.create": [("admin", {}, {}, {"name": "Dora", "email": new_email(), "licenseNumber": "MD-1235"})],
        "doctors.update": [("admin", {"userId": doctor}, {}, {"specialization": "Surgery"})],
        "doctors.deactivate": [("admin", {"userId": doctor}, {}, None)],
        "doctors.getAll": [("nurse", {}, {}, None)],
        "doctors.getById": [("nurse", {"userId": api.user("doctor")}, {}, None)],
        "alerts.getTypes": [("operator", {}, {}, None), ("operator", {}, {"includeInactive": "true"}, None)],
        "alerts.createType": [("admin", {}, {}, {"code": "storm", "title": "Storm", "class": "other", "defaultUrgency": 2,
                                                 "quorum": [{"label": "Nurses", "role": "nurse", "count": 2}]})],
        "alerts.updateType": [("head", {"code": "storm"}, {}, {"version": 1, "title": "Gale", "quorum": []})],
        "alerts.deleteType": [("admin", {"code": "storm"}, {}, None)],
        "alerts.getTemplates": [("nurse", {}, {}, None)],
        "alerts.createTemplate": [("head", {}, {}, {"name": "Gas", "alertType": "fire", "urgencyLevel": 5, "icon": "🔥",
                                                    "color": "#d0021b", "departmentId": er, "defaultDescription": "G"})],
        "alerts.updateTemplate": [("admin", {"templateId": template}, {}, {"version": 1, "name": "Slip"})],
        "alerts.createFromTemplate": [("operator", {}, {}, {"templateId": template, "roomNumber": room()})],
        "alerts.deleteTemplate": [("admin", {"templateId": template}, {}, None)],
        "alerts.getLadders": [("admin", {}, {}, None), ("nurse", {}, {"fields": "id,stepSeconds"}, None)],
        "alerts.createLadder": [("admin", {}, {}, {"urgencyLevel": 5, "departmentId": api.department("CARD"),
                                                          "stepSeconds": [5, 10]})],
        "alerts.updateLadder": [("admin", {"ladderId": ladder}, {}, {"version": 1, "responseSeconds": 60})],
        "alerts.deleteLadder": [("admin", {"ladderId": ladder}, {}, None)],
        "alerts.dryRunLadder": [("admin", {}, {}, {"urgencyLevel": 5}),
                                ("head", {}, {}, {"urgencyLevel": 1, "departmentId": er, "alertType": "nurse_call"})],
        "alerts.getFatigue": [("admin", {}, {}, None), ("head", {}, {"departmentId": er, "fields": "shift,alerts"}, None)],
        "alerts.getStats": [("admin", {}, {}, None), ("other admin", {}, {}, None)],
        "alerts.getAnalytics": [("admin", {}, {"groupBy": "week"}, None), ("other admin", {}, {}, None)],
        "alerts.getResponseAnalytics": [("admin", {}, {"timeRange": "24h", "departmentId": er}, None),
                                        ("other admin", {}, {}, None)],
        "alerts.getMetrics": [("admin", {}, {"timeRange": "1h"}, None), ("other admin", {}, {}, None)],
        "alerts.getHistory": [("admin", {}, {"limit": 1}, None), ("head", {}, {}, None)],
        "alerts.getEscalationStatus": [("nurse", alert("update"), {}, None), ("admin", alert("resolve"), {}, None)],
        "alerts.getEscalationHistory": [("nurse", alert("escalate"), {}, None), ("admin", alert("update"), {}, None)],
        "alerts.getActiveEscalations": [("nurse", {}, {}, None), ("other admin", {}, {}, None)],
        "alerts.acknowledge": [("nurse", alert("acknowledge"), {}, {"notes": "Me", "estimatedResponseTime": 5})],
        "alerts.resolve": [("doctor", alert("resolve"), {}, {"resolution": RESOLUTION})],
        "alerts.cancel": [("operator", alert("cancel"), {}, {})],
        "alerts.escalate": [("head", alert("escalate"), {}, None)],
        "alerts.batchAcknowledge": [("nurse", {}, {}, {"alertIds": [made["batch"], str(uuid.uuid4())]})],
        "alerts.batchResolve": [("doctor", {}, {}, {"alertIds": [made["batch"]], "resolution": RESOLUTION})],
        "alerts.transfer": [("nurse", alert("transfer"), {}, {"toUserId": api.user("doctor"), "reason": "Shift ends."})],
        "alerts.comment": [("operator", alert("resolve"), {}, {"text": "The daughter is here."})],
        "alerts.arrive": [("nurse", alert("quorum"), {}, None)],
        "alerts.withdraw": [("nurse", alert("quorum"), {}, {"reason": "Called away."})],
        "alerts.decline": [("nurse", alert("decline"), {}, {"reason": "No hands"})],
        "system.getCache": [("admin", {}, {}, None)],
        "cache.clear": [("emperor", {}, {}, None)],
        "system.getBroker": [("admin", {}, {}, None)],
        "system.presence": [("admin", {}, {}, None), ("other admin", {}, {"fields": "userId,name", "limit": 2}, None)],
        "system.connections": [("admin", {}, {}, None), ("admin", {}, {"fields": "id,name", "limit": 2}, None)],
        # Patients
        "patient.create": [("doctor", {}, {}, {"name": "Maria Muster"}), ("doctor", {}, {}, {
            "name": "Max Muster", "gender": "male", "allergies": ["Nuts"], "flags": {"dnr": True},
            "medications": [{"name": "Insulin", "dosage": "4 IE", "frequency": "daily"}],
            "emergencyContact": {"name": "Maria", "relationship": "wife", "phone": "+49 30 1"}})],
        "patient.getDetails": [("nurse", {"patientId": api.patient()}, {}, None)],
        "patient.updatePatient": [("doctor", patient, {}, {"version": 1, "bloodType": "O-", "clear": ["notes"]})],
        "patient.getPatientsList": [("nurse", {}, {}, {}), ("nurse", {}, {}, {
            "status": "all", "flags": {"dnr": False}, "departmentId": er, "limit": 1}), ("other admin", {}, {}, {}),
            ("nurse", {}, {}, {"patientIds": [api.patient()]})],
        "patient.getMyPatients": [("nurse", {}, {}, None), ("doctor", {}, {"fields": "id,name", "limit": 2}, None)],
        "patient.getDashboard": [("nurse", {}, {}, None), ("other admin", {}, {}, None)],
        "patient.recordVitals": [("nurse", patient, {}, {"heartRate": 160, "notes": "Restless"}),
                                 ("nurse", patient, {}, {"temperature": 37.5})],
        "patient.getCurrentVitals": [("nurse", patient, {}, None), ("other admin", theirs, {}, None)],
        "patient.getVitalsHistory": [("nurse", patient, {"timeRange": "1h"}, None), ("other admin", theirs, {}, None)],
        "patient.assignToCareTeam": [("head", patient, {}, {"userId": api.user("nurse"), "role": "attending_nurse",
                                                            "notes": "Nights"})],
        "patient.getCareTeam": [("nurse", patient, {}, None), ("other admin", theirs, {}, None)],
        "patient.removeFromCareTeam": [("head", patient | {"userId": api.user("nurse")}, {}, None)],
        "patient.getAccessLog": [("admin", patient, {}, None), ("other admin", theirs, {"limit": 1}, None)],
        "patient.getMyRecord": [("patient", {}, {}, None)],
        "patient.getMyVitals": [("patient", {}, {}, None)],
        "patient.getMyAccessLog": [("patient", {}, {}, None), ("patient", {}, {"limit": 1, "fields": "action"}, None)],
        "patient.linkAccount": [("doctor", {"patientId": api.patient()}, {}, {"userId": api.user("patient")})],
        "patient.discharge": [("doctor", patient, {}, {"dischargeNotes": "Well again."})],
        "patient.search": [("nurse", {}, {}, {"text": "muster"}), ("nurse", {}, {}, {
            "text": "muster", "limit": 1, "fields": ["id", "flags"]}), ("nurse", {}, {}, {"text": "nobody"})],
        "alerts.getTimeline": [("admin", alert(each), {}, None) for each in ("resolve", "escalate", "decline", "cancel")],
        **tenancy_support.openapi_calls(api),
        **staff_support.openapi_calls(api),
        **admin_support.openapi_calls(api),
        **jobs_support.openapi_calls(api),
        **emergency_support.openapi_calls(api),
        **channels_support.openapi_calls(api),
        **delivery_support.openapi_calls(api),
        **areas.gathered("openapi_calls", api),
    }


def test_answers_are_as_published(api, ward, operations, document):
    """14: every operation's real answers conform to its published output schema, with no field more"""
    wanted = calls(api)
    missing, gone = set(operations) - set(wanted) - ELSEWHERE, set(wanted) - set(operations)
    assert not missing and not gone, f"calls() lacks a call that succeeds of {missing}, and names {gone} that are gone"
    for name, cases in wanted.items():
        operation = operations[name]
        schema = operation.document["responses"][operation.success]["content"]["application/json"]["schema"]
        for who, path, query, body in cases:
            answer = ward.call(operation.method, target(operation, path, query), api.token(who),
                               json=body() if callable(body) else body)
            assert str(answer.status_code) == operation.success, f"{name}: {answer.status_code} {answer.text}"
            assert_conforms(document, schema, answer.json(), f"{name} as {who}")


def factor_calls(api) -> dict:
    """Of sessions and factors."""
    fresh = lambda who="head": {"sessionId": api.ward.sql(
        "SELECT id FROM sessions WHERE token_hash = sha256(%s::bytea)",
        parameters=[api.ward.sign_in(f"{who}@demo.ward").encode()])[0].id}
    api.tokens["rotating"] = api.ward.sign_in("head@demo.ward")
    api.tokens["alone"] = Person(api).token
    return {
        "auth.getActiveSessions": [("nurse", {}, {}, None), ("alone", {}, {}, None)],
        "auth.revokeSession": [("head", fresh(), {}, None)],
        "auth.revokeOtherSessions": [("alone", {}, {}, None)],
        "auth.rotateSession": [("rotating", {}, {}, {})],
        "auth.selectHospital": [("head", {}, {}, {"hospitalId": api.hospital()})],
        **second_factor_calls(api),
    }


def sent_code(api, email: str) -> str:
    """From the outbox of a development Ward."""
    api.do("admin", "POST", "/auth/otp", {"email": email})
    def letters() -> list:
        return [each for each in api.do("admin", "GET", "/development/outbox")["letters"] if each["to"] == email]
    wait_for(lambda: letters(), 10, "the letter is kept")
    return re.search(r"code: (\d{6})", letters()[0]["text"])[1]


def second_factor_calls(api) -> dict:
    """Of people of their own, each as far as the call needs."""
    def person(enabled: bool) -> Person:
        found = Person(api)
        (found.enable if enabled else found.begin)()
        api.tokens[found.email] = found.token
        return found

    new, begun, one, two = Person(api), person(False), person(True), person(True)
    api.tokens[new.email] = new.token
    return {
        "auth.enableTwoFactor": [(new.email, {}, {}, {"password": PASSWORD})],
        "auth.verifyTwoFactor": [(begun.email, {}, {}, {"code": begun.code()})],
        "auth.regenerateBackupCodes": [(one.email, {}, {}, {"code": one.code()})],
        "auth.disableTwoFactor": [(two.email, {}, {}, {"password": PASSWORD, "backupCode": two.backup[0]})],
        "auth.requestOTP": [(None, {}, {}, {"email": f"{uuid.uuid4().hex}@demo.ward"})],
        "auth.verifyOTP": [(None, {}, {}, {"email": new.email, "code": sent_code(api, new.email)})],
        "auth.getTwoFactorStatus": [("nurse", {}, {}, None), (one.email, {}, {}, None)],
    }


def test_success_envelopes(api, ward):
    """6: a success answers exactly data and message, a list page besides"""
    one = api.call("admin", "GET", f"/alerts/{api.raise_alert(1)['id']}")
    assert set(one.json()) == {"data", "message"} and isinstance(one.json()["message"], str)
    many = api.call("admin", "GET", "/alerts")
    assert set(many.json()) == {"data", "message", "page"}
    assert set(many.json()["page"]) == {"total", "limit", "offset", "next"}
    assert set(api.call("admin", "GET", "/departments").json()) <= {"data", "message", "page"}


def test_errors_are_as_published(api, ward, operations, document):
    """7: failed calls of every operation answer error text, code and details as published, with a published status"""
    for operation in operations.values():
        path = target(operation, {each.name: str(uuid.uuid4()) for each in operation.fields_in("path")}, {})
        bad = {"nonsense": 1} if operation.method != "GET" else None
        answers = [ward.call(operation.method, path + ("?nonsense=1" if bad is None else ""), api.token("admin"), json=bad)]
        if operation.needs_sign_in:
            answers.append(ward.call(operation.method, path))
        if operation.permission and operation.permission not in ("view_hospital", "book_appointments"):  # the patient's as well
            answers.append(ward.call(operation.method, path, api.token("patient")))
        for answer in answers:
            assert answer.status_code >= 400, f"{operation.name}: {answer.text}"
            published = operation.document["responses"]
            assert str(answer.status_code) in published, f"{operation.name} answers {answer.status_code}"
            assert_conforms(document, document["components"]["schemas"]["Error"] | {"required": ["error", "code", "details"]},
                            {**answer.json(), "details": {}}, operation.name)


def test_published_inputs_are_what_is_taken(operations):
    """What the document says about inputs is strict: closed objects, bounded texts and numbers"""
    for operation in operations.values():
        if body := operation.document.get("requestBody"):
            assert body["content"]["application/json"]["schema"]["additionalProperties"] is False
        for each in operation.fields:
            schema = each.schema
            if each.type == "string" and not {"enum"} & set(schema) and schema.get("format") not in ("uuid", "date-time"):
                assert "maxLength" in schema and "minLength" in schema, f"{operation.name}.{each.name}"
            if each.type == "integer":
                assert "minimum" in schema and "maximum" in schema, f"{operation.name}.{each.name}"
            if each.type == "array":
                assert schema["maxItems"] <= 100, f"{operation.name}.{each.name}"
