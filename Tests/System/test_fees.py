"""What a visit costs: the fee as it is when it is booked, in the hospital's currency, and held until it is paid."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from api_raw import assert_refused
from api_support import Api, own_ward, shift
from availability_support import HOURS
from booking_support import at, booked, new_doctor, room, told
from clinic_support import consult, patient_with_account
from pay_peers import StripeLike
from pay_support import payment_of, steps
from peers import serving
from tenancy_support import problems
from ward_process import wait_for


@pytest.fixture(scope="module")
def desk():
    """A hospital where one pays at the desk alone."""
    with own_ward() as ward:
        yield priced(ward)


@pytest.fixture(scope="module")
def online():
    """A hospital with a payment service."""
    with serving(StripeLike()) as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        yield priced(ward)


def priced(ward) -> SimpleNamespace:
    api = Api(ward)
    api.do("admin", "PATCH", "/hospital", {"currency": "INR"})
    patient_with_account(api, "payer")
    return SimpleNamespace(ward=ward, api=api)


def doctor_for(api, fee: int | None, version: int = 0, who: str | None = None) -> str:
    some = who or new_doctor(api)
    shown = api.do("head", "PUT", f"/doctors/{some}/hours",
                   {"version": version, "hours": [], **({} if fee is None else {"feeMinor": fee})})
    assert (shown["feeMinor"], shown["currency"]) == (fee, "INR")
    return some


def payments(ward, appointment: str) -> list[tuple]:
    return [(row.amount_minor, row.currency, row.status) for row in ward.sql(
        "SELECT amount_minor, currency, status FROM payments WHERE appointment_id = %s", parameters=[appointment])]


def state(house, appointment: str) -> str:
    return house.ward.sql("SELECT status FROM appointments WHERE id = %s", parameters=[appointment])[0].status


def test_the_fee_of_the_moment(desk):
    """172, 201: a booking owes the doctor's fee as it is when it is booked; a new fee counts from then on"""
    api, ward = desk.api, desk.ward
    doctor = doctor_for(api, 50_000)
    first = consult(api, "payer", doctor, at(api))
    assert (first["feeMinor"], first["currency"], first["status"]) == (50_000, "INR", "scheduled")
    doctor_for(api, 70_000, version=1, who=doctor)
    second = consult(api, "payer", doctor, at(api, 8))
    third = booked(api, doctor, at(api, 9))
    assert payments(ward, first["id"]) == [(50_000, "INR", "pending")]
    assert payments(ward, second["id"]) == payments(ward, third["id"]) == [(70_000, "INR", "pending")]
    moved = api.do("nurse", "POST", f"/appointments/{first['id']}/move", {"startsAt": told(at(api, 10)), "version": 1})
    assert moved["feeMinor"] == 50_000 and payments(ward, first["id"]) == [(50_000, "INR", "pending")]


def test_what_else_is_taken_costs_too(desk):
    """172: a room's fee is added to the doctor's; who has said none costs nothing, and owes nothing"""
    api, ward = desk.api, desk.ward
    dear, free = doctor_for(api, 10_000), doctor_for(api, None)
    theatre = room(api, feeMinor=2_500)["id"]
    both = booked(api, dear, at(api), resources=[theatre])
    assert payments(ward, both["id"]) == [(12_500, "INR", "pending")]
    nothing = booked(api, free, at(api))
    assert nothing["feeMinor"] is None and nothing["currency"] is None and payments(ward, nothing["id"]) == []
    gift = booked(api, doctor_for(api, 0), at(api))
    assert (gift["feeMinor"], gift["currency"]) == (0, "INR") and payments(ward, gift["id"]) == []


def test_a_hospital_without_a_currency(desk):
    """172: without a currency nothing has a price; a currency is one of ISO 4217, and only an administrator says it"""
    api, ward = desk.api, desk.ward
    assert api.do("other admin", "GET", "/hospital")["currency"] is None
    made = booked(api, who="other admin")
    ward.sql("UPDATE resources SET fee_minor = 500 WHERE user_id = %s RETURNING 1", "admin", parameters=[made["doctorId"]])
    again = booked(api, made["doctorId"], at(api, 8), who="other admin")
    assert (again["feeMinor"], again["currency"]) == (None, None) and payments(ward, again["id"]) == []
    for wrong in ("EURO", "eur", "XXX", "", 978):
        assert list(problems(api.call("admin", "PATCH", "/hospital", {"currency": wrong}))) == ["currency"]
    assert_refused(api.call("nurse", "PATCH", "/hospital", {"currency": "EUR"}), 403)
    assert api.do("admin", "GET", "/hospital")["currency"] == "INR"
    for wrong in (-1, 5_000_000_001, 1.5, "7"):
        body = {"version": 0, "hours": HOURS, "feeMinor": wrong}
        assert list(problems(api.call("head", "PUT", f"/doctors/{new_doctor(api)}/hours", body))) == ["feeMinor"]


def test_a_currency_stays_with_its_fees(desk):
    """172: while fees stand their currency is not changed under them; it is given again, and changed when there are none"""
    api = desk.api
    doctor = doctor_for(api, 5_000)
    assert assert_refused(api.call("admin", "PATCH", "/hospital", {"currency": "JPY"}), 409)["details"] == {"field": "currency"}
    assert api.do("admin", "PATCH", "/hospital", {"currency": "INR", "idleMinutes": 0})["currency"] == "INR"
    assert api.do("head", "GET", f"/doctors/{doctor}/hours")["currency"] == "INR"
    for who, currency in (("other admin", "EUR"), ("other admin", "JPY")):
        desk.ward.sql("UPDATE resources SET fee_minor = NULL WHERE hospital_id = %s RETURNING 1", "admin",
                      parameters=[api.hospital(who)])
        assert api.do(who, "PATCH", "/hospital", {"currency": currency})["currency"] == currency


def test_a_currency_waits_for_a_fee(desk):
    """172: who changes the currency while somebody writes the first fee waits for him, and is refused then"""
    api, ward = desk.api, desk.ward
    hospital = api.hospital("other admin")
    api.do("other admin", "PATCH", "/hospital", {"currency": "EUR"})
    ward.sql("UPDATE resources SET fee_minor = NULL WHERE hospital_id = %s", "admin", parameters=[hospital])
    theatre = room(api, "other admin")["id"]
    with ward.connect("serving") as connection, ThreadPoolExecutor(1) as pool:
        connection.execute("SELECT set_config('ward.hospital', %s, true)", [hospital])
        assert connection.execute("UPDATE resources SET fee_minor = 5000 WHERE id = %s", [theatre]).rowcount == 1
        asked = pool.submit(api.call, "other admin", "PATCH", "/hospital", {"currency": "JPY"})
        wait_for(lambda: asked.done() or ward.sql(
            "SELECT 1 FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", "admin",
            parameters=[connection.info.backend_pid]), 20, "it waits for the fee, or is through")
        connection.commit()
        assert assert_refused(asked.result(20), 409)["details"] == {"field": "currency"}
    assert api.do("other admin", "GET", "/hospital")["currency"] == "EUR"


def test_held_until_it_is_paid(online):
    """194, 201: who books for himself holds the time for a quarter of an hour; paid for, it is firm"""
    api, ward = online.api, online.ward
    doctor = doctor_for(api, 30_000)
    made = consult(api, "payer", doctor, at(api))
    assert made["status"] == "held" and consult(api, "payer", doctor, at(api))["id"] == made["id"]
    payment = payment_of(api, made["id"])
    assert (payment["amountMinor"], payment["status"]) == (30_000, "pending")
    api.do("payer", "POST", f"/my-payments/{payment['id']}/charge", {
        "transactionId": f"tx-{made['id']}", "paymentMethod": "pm_card_visa"})
    wait_for(lambda: "notify" in steps(api, payment["id"]), 30, "it is paid")
    assert state(online, made["id"]) == "confirmed" and payments(ward, made["id"])[0][2] == "completed"


@pytest.fixture
def back(online):
    yield
    shift(online.ward, 0)


def test_what_nobody_pays_is_given_back(online, back):
    """194, 205: a time that is not paid for within its quarter of an hour is free again, and owes nothing any more"""
    api, ward = online.api, online.ward
    doctor = doctor_for(api, 30_000)
    made = consult(api, "payer", doctor, at(api))
    shift(ward, 14 * 60)
    assert_refused(api.call("nurse", "POST", "/appointments", {
        "patientId": api.patient(), "doctorId": doctor, "service": "general-consultation",
        "startsAt": made["scheduledAt"]}), 409)
    shift(ward, 16 * 60)
    wait_for(lambda: state(online, made["id"]) == "expired", 30, "the time is given back")
    assert payments(ward, made["id"]) == [(30_000, "INR", "failed")]
    assert booked(api, doctor, at(api))["status"] == "scheduled"


def test_who_pays_at_the_desk(online):
    """194, 202: who says that he pays at the desk, who has nothing to pay, and what the desk books is not held"""
    api, ward = online.api, online.ward
    dear, free = doctor_for(api, 30_000), doctor_for(api, None)
    later = consult(api, "payer", dear, at(api), payment="desk")
    assert later["status"] == "scheduled" and payments(ward, later["id"]) == [(30_000, "INR", "pending")]
    own = api.do("payer", "POST", "/my-appointments", {
        "doctorId": dear, "service": "general-consultation", "startsAt": told(at(api, 8)), "payment": "online"})
    assert own["status"] == "held" and own["holdEndsAt"] is not None
    assert consult(api, "payer", free, at(api, 9))["status"] == "scheduled"
    assert booked(api, dear, at(api, 10))["status"] == "scheduled"
    refused = api.call("payer", "POST", "/consultations", {
        "doctorId": dear, "scheduledAt": told(at(api, 11)), "type": "video", "payment": "never"})
    assert list(problems(refused)) == ["payment"]
