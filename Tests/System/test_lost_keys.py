"""A key that is missing: what it sealed is named in a clear answer, the rest of Ward goes on, nothing says 500."""

import pytest
from channel_peers import twilio_call
from factor_people import Person
from patients import take_in
from test_channels import Carer, house, prove  # noqa: F401 (a fixture by name)
from test_otp import ask
from ward_process import PASSWORD

OLD, NEW = "the first key 0123456789abcdef0123456789", "the second key 0123456789abcdef01234567"


@pytest.fixture
def lose(house):  # noqa: F811
    """Makes rows look as if a key that is not there had sealed them; they are as before after the test."""
    kept = []

    def change(table: str, column: str, where: str, *parameters) -> None:
        rows = house.ward.sql(
            f"UPDATE {table} SET {column} = set_byte({column}, 1, (get_byte({column}, 1) + 1) %% 256)"
            f" WHERE {where} RETURNING 1", "admin", parameters=parameters)
        assert rows, f"{table} has such a row"
        kept.append((table, column, where, parameters))

    yield change
    for table, column, where, parameters in kept:
        house.ward.sql(
            f"UPDATE {table} SET {column} = set_byte({column}, 1, (get_byte({column}, 1) + 255) %% 256)"
            f" WHERE {where} RETURNING 1", "admin", parameters=parameters)


def assert_named(answer, thing: str) -> None:
    body = answer.json()
    assert (answer.status_code, body["code"]) == (503, "SERVICE_UNAVAILABLE"), answer.text
    assert thing in body["error"] and "WARD_SECRET_KEYS_EARLIER" in body["error"]
    assert body["details"] == {"unreadable": thing}


def test_an_own_telephone_number(house, lose):  # noqa: F811
    """100, 49: a number whose key is missing is named as such, the log too; it can be removed and named anew; a code for
    signing in goes by mail instead, and the audit row says why"""
    person = Person(house.api)
    prove(house, person.email, "+4915120001")
    lose("own_phones", "number", "user_id = %s", person.id)
    answer = person.call("GET", "/own-phone")
    assert_named(answer, "telephone number")
    assert "A sealed telephone number cannot be read" in house.ward.log(400)
    asked = ask(house.ward, person.email, channel="sms")
    assert (asked.status_code, asked.json()["data"]["channel"]) == (200, "email")
    row = house.api.audit("action = 'code_requested'")[-1]
    assert row.details["phone"] == "unreadable"
    assert person.call("DELETE", "/own-phone").status_code == 200


def test_records_of_patients(house, lose):  # noqa: F811
    """100: of a patient whose record, notes or readings are sealed by a missing key the answer says so; others are read"""
    api = house.api
    one, other = take_in(api, notes="Asks for tea"), take_in(api)
    path = f"/patients/{one['id']}"
    api.do("nurse", "POST", f"{path}/vitals", {"heartRate": 70, "notes": "Calm"})
    lose("vitals", "notes", "patient_id = %s", one["id"])
    assert_named(api.call("nurse", "GET", f"{path}/vitals"), "patient record")
    assert api.do("nurse", "GET", path)["notes"] == "Asks for tea"
    lose("patients", "record", "id = %s", one["id"])
    assert_named(api.call("nurse", "GET", path), "patient record")
    assert api.do("nurse", "GET", f"/patients/{other['id']}")["name"] == other["name"]


def test_a_second_factor(house, lose):  # noqa: F811
    """100, 55: who has a second factor that cannot be read is told so, and signs in with a backup code"""
    person = Person(house.api).enable()
    lose("second_factors", "secret", "user_id = %s", person.id)
    assert_named(person.sign_in(code=person.code(1)), "second factor")
    assert person.sign_in(backupCode=person.backup[0]).status_code == 201


def test_a_hospitals_own_service(house, lose):  # noqa: F811
    """100, 165: a channel whose settings cannot be read fails by that name in the delivery log, and the next one follows
    at once; what its service sends is not believed"""
    api = house.api
    carer = Carer(house, channels=("sms", "whatsapp"))
    version = next(each["version"] for each in api.do("admin", "GET", "/channels")["channels"] if each["kind"] == "sms")
    done = api.do("admin", "PUT", "/channels/sms", {
        "version": version, "mode": "own", "url": "twilio://AC9:secret@127.0.0.1:9?from=%2B49301234"})
    lose("channel_settings", "sealed", "hospital_id = %s AND kind = 'sms'", api.hospital())
    alert = carer.alert()
    assert carer.wait(alert, "sms", "failed")["reason"] == "key_missing"
    carer.wait(alert, "whatsapp", "sent")
    told = twilio_call(house.ward, f"http://ward.example/callbacks/twilio/{api.hospital()}", {"MessageSid": "x"})
    assert told.status_code == 503
    assert "a callback was not taken" in house.ward.log(400)
    api.do("admin", "PUT", "/channels/sms", {"version": done["version"], "mode": "platform"})


def test_ward_does_not_begin_without_its_signing_key(ward_factory):
    """100: a start with another key than the one that sealed the signing keys stops with one line that says what to set"""
    ward = ward_factory(environment={"WARD_SECRET_KEY": OLD})
    ward.stop()
    ward.environment["WARD_SECRET_KEY"] = NEW
    ward.launch()
    assert ward.process.wait(60) == 1
    told = ward.log(3)
    assert "A sealed signing key cannot be read" in told and "WARD_SECRET_KEYS_EARLIER" in told
    assert OLD not in told
    ward.environment["WARD_SECRET_KEYS_EARLIER"] = OLD
    ward.start()
    assert ward.call("POST", "/api/v1/sessions", json={"email": "nurse@demo.ward", "password": PASSWORD}).ok
