"""Payments: one for each appointment with a price, charged once, taken back in order, refunded only when paid."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import psycopg
import pytest
from api_inputs import document_of, operations_of
from api_raw import assert_refused
from api_support import Api, own_ward, shift
from booking_support import new_patient, own_record
from pay_peers import LocalStripe, RazorpayLike, StripeLike, local_stripe, stripe_call
from pay_support import appointment, listed, payment_of, steps, subscribed
from peers import serving
from test_openapi import assert_conforms
from ward_process import wait_for


@pytest.fixture(scope="module")
def real():
    """A Ward in front of an unmodified localstripe, which tells it what happens."""
    with local_stripe() as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        service.tells(f"{ward.url}/payment-callbacks/stripe")
        yield SimpleNamespace(ward=ward, api=Api(ward), service=service)


@pytest.fixture(scope="module")
def house():
    """A Ward in front of a service that can be told to break."""
    with serving(StripeLike()) as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        yield SimpleNamespace(ward=ward, api=Api(ward), service=service)


def token() -> str:
    return f"tx-{uuid.uuid4().hex}"


def as_published(api, name: str, answer):
    """The answer, which has the form that the document gives this operation's successes."""
    document = document_of(api.ward)
    operation = next(each for each in operations_of(document) if each.name == name)
    assert str(answer.status_code) == operation.success, answer.text
    schema = operation.document["responses"][operation.success]["content"]["application/json"]["schema"]
    assert_conforms(document, schema, answer.json(), name)
    return answer


def pay(api, payment: str, method: str = "pm_card_visa", transaction: str | None = None, who: str = "admin"):
    return api.call(who, "POST", f"/payments/{payment}/charge", {
        "transactionId": transaction or token(), "paymentMethod": method})


def shown(api, payment: str) -> dict:
    return api.do("admin", "GET", f"/payments/{payment}")


def becomes(api, payment: str, status: str, seconds: float = 30) -> dict:
    return wait_for(lambda: (it := shown(api, payment))["status"] == status and it, seconds,
                    lambda: f"{status}, is {shown(api, payment)}")


def is_over(api, payment: str, last: str, seconds: float = 30) -> list[str]:
    """Its steps, once this one is on record."""
    return wait_for(lambda: last in (found := steps(api, payment)) and found, seconds,
                    lambda: f"{last}, are {steps(api, payment)}")


def status_of(ward, booked: str) -> str:
    return ward.sql("SELECT status FROM appointments WHERE id = %s", parameters=[booked])[0].status


def taken(ward, booked: str) -> int:
    return ward.sql("SELECT count(*) AS n FROM occupancy WHERE appointment_id = %s", parameters=[booked])[0].n


def test_a_price_is_a_payment(house):
    """201: an appointment with a price has one payment from its own transaction on, pending, and never a second one"""
    ward, api = house.ward, house.api
    booked = appointment(api, fee=12_345, currency="INR")
    payment = payment_of(api, booked)
    assert (payment["status"], payment["amountMinor"], payment["currency"]) == ("pending", 12_345, "INR")
    assert steps(api, payment["id"]) == ["reserve_slot", "create_consultation"]
    assert ward.sql("SELECT count(*) AS n FROM payments WHERE appointment_id = %s", parameters=[booked])[0].n == 1
    with pytest.raises(psycopg.errors.UniqueViolation):
        ward.sql("INSERT INTO payments (hospital_id, id, appointment_id, amount_minor, currency)"
                 " VALUES (%s, gen_random_uuid(), %s, 1, 'EUR') RETURNING 1", parameters=[api.hospital(), booked])
    free = appointment(api, fee=None)
    assert ward.sql("SELECT count(*) AS n FROM payments WHERE appointment_id = %s", parameters=[free])[0].n == 0
    with ward.connect() as connection:
        gone = appointment(api, connection=connection)
        assert connection.execute("SELECT count(*) FROM payments WHERE appointment_id = %s", [gone]).fetchone()[0] == 1
        connection.rollback()
    assert ward.sql("SELECT count(*) AS n FROM payments WHERE appointment_id = %s", parameters=[gone])[0].n == 0


def test_a_good_card_confirms(real):
    """202: with Stripe's own kind of service a charge completes the payment and the appointment is confirmed"""
    booked = appointment(real.api)
    payment = payment_of(real.api, booked)["id"]
    begun = pay(real.api, payment, real.service.card())
    assert begun.status_code == 200 and begun.json()["data"]["status"] in ("processing", "completed")
    assert is_over(real.api, payment, "notify") == [
        "reserve_slot", "create_consultation", "charge", "confirm", "notify"]
    done = shown(real.api, payment)
    assert done["status"] == "completed" and done["provider"] == "stripe" and done["paidAt"]
    assert status_of(real.ward, booked) == "confirmed" and taken(real.ward, booked) == 1
    [intent] = real.service.intents(payment)
    assert (intent["status"], intent["amount"], intent["currency"], intent["id"]) == (
        "succeeded", 50_000, "eur", done["providerRef"])


def test_a_bad_card_gives_the_place_back(real):
    """202, 205: a declined card fails the payment; the place is free again, then the consultation is cancelled"""
    booked = appointment(real.api)
    payment = payment_of(real.api, booked)["id"]
    assert pay(real.api, payment, real.service.card("4000000000000341")).status_code == 200
    assert is_over(real.api, payment, "cancel_consultation") == [
        "reserve_slot", "create_consultation", "charge failed", "release_slot", "cancel_consultation"]
    failed = shown(real.api, payment)
    assert (failed["status"], failed["failure"], failed["paidAt"]) == ("failed", "card_declined", None)
    assert status_of(real.ward, booked) == "cancelled" and taken(real.ward, booked) == 0
    assert pay(real.api, payment).status_code == 409


def test_a_card_that_is_none(real):
    """202: a token that the service does not know is a declined payment, not one that is tried for ever"""
    payment = payment_of(real.api, appointment(real.api))["id"]
    pay(real.api, payment, "pm_of_nobody")
    assert becomes(real.api, payment, "failed")["failure"] == "payment_method_refused"


def test_a_refund_reaches_the_service(real):
    """207: a complete payment is paid back at the service, and its appointment stays as it is"""
    booked = appointment(real.api)
    payment = payment_of(real.api, booked)["id"]
    pay(real.api, payment, real.service.card())
    is_over(real.api, payment, "notify")
    now = shown(real.api, payment)
    assert_refused(real.api.call("admin", "POST", f"/payments/{payment}/refund", {"version": now["version"] + 1}), 409)
    real.api.do("admin", "POST", f"/payments/{payment}/refund", {"version": now["version"]})
    back = becomes(real.api, payment, "refunded")
    assert back["refundedAt"] and back["paidAt"]
    refunds = [each for each in real.service.call("GET", "/v1/refunds")["data"]
               if each["payment_intent"] == back["providerRef"]]
    assert len(refunds) == 1
    assert status_of(real.ward, booked) == "confirmed"
    assert_refused(real.api.call("admin", "POST", f"/payments/{payment}/refund", {"version": back["version"]}), 409)


def test_the_same_transaction_charges_once(house):
    """203: the same transaction again, also many at once, is the same payment and one charge; another's is refused"""
    api = house.api
    payment, other = (payment_of(api, appointment(api))["id"] for _ in range(2))
    mine = token()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: pay(api, payment, transaction=mine), range(8)))
    assert [each.status_code for each in answers] == [200] * 8
    assert {each.json()["data"]["id"] for each in answers} == {payment}
    is_over(api, payment, "notify")
    assert pay(api, payment, transaction=mine).json()["data"]["status"] == "completed"
    assert_refused(pay(api, payment), 409)
    assert_refused(pay(api, other, transaction=mine), 409)
    assert house.service.charges.count(payment) == 1
    assert shown(api, other)["status"] == "pending"


@pytest.mark.parametrize("call", ["open", "confirm"])
def test_a_lost_answer_is_no_second_charge(house, call):
    """204: where the service did it and its answer was lost, the job tries again and nobody is charged twice"""
    api, service = house.api, house.service
    payment = payment_of(api, appointment(api))["id"]
    died = []

    def temper(request):
        if request.path.endswith("/confirm") == (call == "confirm") and request.method == "POST" and len(died) < 2:
            died.append(request.path)
            return "die"
        return None

    service.temper = temper
    try:
        pay(api, payment)
        is_over(api, payment, "notify", 60)
    finally:
        service.temper = None
    # The connection is tried once more by itself where nothing was answered.
    assert len(died) == 2 and service.charges.count(payment) == 1
    assert sum(each["metadata"]["payment"] == payment for each in service.intents.values()) == 1


def test_a_service_that_is_away(house):
    """204: a service that fails is asked again until it answers; meanwhile the payment is on its way"""
    api, service = house.api, house.service
    payment = payment_of(api, appointment(api))["id"]
    before = len(service.calls)
    service.temper = "fail"
    try:
        pay(api, payment)
        service.wait_for(before + 2, 30)
        assert shown(api, payment)["status"] == "processing"
    finally:
        service.temper = None
    is_over(api, payment, "notify", 60)
    assert service.charges.count(payment) == 1


def test_it_goes_on_after_a_crash(house):
    """206: a node that dies between two steps leaves the rest to the next, which does each step once"""
    ward, api, service = house.ward, house.api, house.service
    booked = appointment(api)
    payment = payment_of(api, booked)["id"]
    before = len(service.calls)
    service.temper = lambda request: "hang" if request.path.endswith("/confirm") else None
    pay(api, payment)
    service.wait_for(before + 2)
    ward.kill9()
    service.temper = None
    ward.restart()
    api.forget()
    # The lease of the dead node has to run out.
    found = is_over(api, payment, "notify", 150)
    assert found == ["reserve_slot", "create_consultation", "charge", "confirm", "notify"]
    assert service.charges.count(payment) == 1 and status_of(ward, booked) == "confirmed"
    told = ward.sql("SELECT payload::jsonb AS payload FROM events WHERE hospital_id = %s AND name = 'payment:updated'"
                    " AND payload::jsonb->>'paymentId' = %s ORDER BY number", parameters=[api.hospital(), payment])
    assert [row.payload["step"] for row in told] == ["charge", "confirm", "notify"]
    assert all(set(row.payload) == {"paymentId", "appointmentId", "status", "step", "outcome"} for row in told)


def test_paid_too_late(house):
    """205: where the appointment is gone when the money comes, confirming fails and the money goes back"""
    ward, api, service = house.ward, house.api, house.service
    booked = appointment(api)
    payment = payment_of(api, booked)["id"]
    service.ends = "processing"
    try:
        pay(api, payment)
        wait_for(lambda: shown(api, payment)["providerRef"], 30, "the payment is open there")
    finally:
        service.ends = "succeeded"
    ward.sql("UPDATE appointments SET status = 'expired', hold_ends_at = NULL WHERE id = %s", parameters=[booked])
    intent = service.intents[shown(api, payment)["providerRef"]]
    assert stripe_call(ward, intent | {"status": "succeeded"}).status_code == 200
    assert is_over(api, payment, "refund") == [
        "reserve_slot", "create_consultation", "charge", "confirm failed", "release_slot", "cancel_consultation", "refund"]
    assert shown(api, payment)["status"] == "refunded" and service.refunds.count(intent["id"]) == 1


def test_money_after_a_refusal(house):
    """205: money that comes for a payment that has failed is on record and goes back"""
    ward, api, service = house.ward, house.api, house.service
    payment = payment_of(api, appointment(api))["id"]
    service.ends = "requires_payment_method"
    try:
        pay(api, payment)
        is_over(api, payment, "cancel_consultation")
    finally:
        service.ends = "succeeded"
    intent = service.intents[shown(api, payment)["providerRef"]]
    assert stripe_call(ward, intent | {"status": "succeeded"}).status_code == 200
    assert is_over(api, payment, "refund")[-2:] == ["late_money", "refund"]
    assert becomes(api, payment, "refunded")["version"] > 1 and service.refunds.count(intent["id"]) == 1


def test_what_is_given_up_is_paid_back(house):
    """207: an appointment that is cancelled has its complete payment paid back, an unpaid one is not to be paid any more"""
    ward, api, service = house.ward, house.api, house.service
    paid, unpaid = appointment(api), appointment(api)
    first, second = payment_of(api, paid)["id"], payment_of(api, unpaid)["id"]
    pay(api, first)
    is_over(api, first, "notify")
    assert_refused(api.call("admin", "POST", f"/payments/{second}/refund", {"version": 1}), 409)
    for each in (paid, unpaid):
        ward.sql("UPDATE appointments SET status = 'cancelled', hold_ends_at = NULL WHERE id = %s", parameters=[each])
    back = becomes(api, first, "refunded")
    assert service.refunds.count(back["providerRef"]) == 1
    gone = shown(api, second)
    assert (gone["status"], gone["failure"], gone["refundedAt"]) == ("failed", "appointment_cancelled", None)
    assert pay(api, second).status_code == 409


def test_a_receipt_comes_by_mail(house):
    """202: who has an account with a verified address gets his receipt by mail, once, with number and amount and nothing
    of the visit; who has none gets none"""
    ward, api = house.ward, house.api
    def letters() -> list[dict]:
        return [each for each in api.do("admin", "GET", "/development/outbox")["letters"] if "Receipt" in each["subject"]]
    before = [each["id"] for each in letters()]
    mine, other = (appointment(api, patient=patient) for patient in (own_record(api), new_patient(api)))
    for booked in (other, mine):
        payment = payment_of(api, booked)
        pay(api, payment["id"])
        is_over(api, payment["id"], "notify")
    number = shown(api, payment["id"])["receiptNumber"]
    found = wait_for(lambda: [each for each in letters() if each["id"] not in before], 20, "the receipt is mailed")
    assert [each["to"] for each in found] == ["patient@demo.ward"] and number in found[0]["subject"]
    assert "500.00 EUR" in found[0]["text"] and f"/receipts/{payment['id']}" in found[0]["text"]


def test_nothing_unsigned_is_believed(house):
    """208: a wrong signature, an old one, another's payment or another amount changes nothing; the right one completes"""
    ward, api, service = house.ward, house.api, house.service
    payment = payment_of(api, appointment(api))["id"]
    service.ends = "processing"
    try:
        pay(api, payment)
        wait_for(lambda: shown(api, payment)["providerRef"], 30, "the payment is open there")
    finally:
        service.ends = "succeeded"
    good = service.intents[shown(api, payment)["providerRef"]] | {"status": "succeeded"}
    for told in (
        stripe_call(ward, good, secret="whsec_other"), stripe_call(ward, good, age=400), stripe_call(ward, good, age=-400),
        stripe_call(ward, good | {"amount": good["amount"] - 1}), stripe_call(ward, good | {"currency": "usd"}),
        stripe_call(ward, good | {"id": "pi_other"}),
        stripe_call(ward, good | {"metadata": good["metadata"] | {"payment": str(uuid.uuid4())}}),
        stripe_call(ward, good | {"metadata": good["metadata"] | {"hospital": api.hospital("other admin")}}),
        ward.call("POST", "/payment-callbacks/stripe", json={"data": {"object": good}}),
    ):
        assert told.status_code == 400, told.text
        assert shown(api, payment)["status"] == "processing"
    # Signed, and about nothing of ours: it need not come again.
    for told in (stripe_call(ward, good | {"metadata": {}}), stripe_call(ward, good, kind="payment_intent.created")):
        assert told.status_code == 200 and shown(api, payment)["status"] == "processing"
    assert ward.call("POST", "/payment-callbacks/razorpay", json={}).status_code == 404
    assert ward.call("GET", "/payment-callbacks/stripe").status_code == 404
    assert [stripe_call(ward, good).status_code for _ in range(2)] == [200, 200]
    assert is_over(api, payment, "notify").count("charge") == 1


def test_what_hangs_is_asked_for(house):
    """208: a payment that nobody told the end of is asked for at its service after half an hour"""
    ward, api, service = house.ward, house.api, house.service
    payment = payment_of(api, appointment(api, hours=24 * 30))["id"]
    service.ends = "processing"
    pay(api, payment)
    reference = wait_for(lambda: shown(api, payment)["providerRef"], 30, "the payment is open there")
    service.ends = "succeeded"
    with service.lock:
        service.intents[reference]["status"] = "succeeded"
    shift(ward, 45 * 60)
    try:
        is_over(api, payment, "notify", 90)
    finally:
        ward.reset_clock()
    assert service.charges.count(payment) == 0 and shown(api, payment)["status"] == "completed"


def test_what_nobody_goes_on_with_is_ended(house):
    """208, 205: a payment that waits for its patient for half an hour is ended at its service, and its place is free"""
    ward, api, service = house.ward, house.api, house.service
    booked = appointment(api, hours=24 * 31)
    payment = payment_of(api, booked)["id"]
    service.ends = "requires_action"
    try:
        pay(api, payment)
        reference = wait_for(lambda: shown(api, payment)["providerRef"], 30, "the payment is open there")
        wait_for(lambda: service.intents[reference]["status"] == "requires_action", 30, "the patient has to do something")
    finally:
        service.ends = "succeeded"
    # The passes come by the clock: this one is later than those of the test before.
    shift(ward, 55 * 60)
    try:
        is_over(api, payment, "cancel_consultation", 90)
    finally:
        ward.reset_clock()
    assert service.intents[reference]["status"] == "canceled"
    assert (shown(api, payment)["status"], shown(api, payment)["failure"]) == ("failed", "abandoned")
    assert taken(ward, booked) == 0 and service.charges.count(payment) == 0


def test_what_was_given_up_is_not_charged(house):
    """205: what its service opens only after the payment was given up is not charged"""
    ward, api, service = house.ward, house.api, house.service
    payment = payment_of(api, appointment(api, hours=24 * 32))["id"]
    before = len(service.calls)
    service.released.clear()
    service.temper = lambda request: "late" if request.path == "/v1/payment_intents" else None
    try:
        pay(api, payment)
        service.wait_for(before + 1)
        shift(ward, 65 * 60)
        becomes(api, payment, "failed", 90)
    finally:
        service.temper = None
        service.released.set()
        ward.reset_clock()
    wait_for(lambda: not ward.sql("SELECT 1 FROM jobs WHERE kind = 'payment.carry_on' AND finished_at IS NULL", "admin"),
             60, "nobody carries anything on")
    assert any(each["metadata"]["payment"] == payment for each in service.intents.values()), "it was never opened"
    assert service.charges.count(payment) == 0 and shown(api, payment)["status"] == "failed"


def test_paid_at_the_desk(house):
    """202, 207: what is paid at the desk is complete at once and has a receipt; the next has the next number"""
    api = house.api
    numbers = []
    for method in ("cash", "upi"):
        payment = payment_of(api, appointment(api, fee=12_345, currency="INR"))["id"]
        path = f"/payments/{payment}/receipt"
        assert_refused(api.call("admin", "GET", path), 409)
        assert_refused(api.call("admin", "POST", path, {"method": method, "amountMinor": 12_344}), 400)
        assert_refused(api.call("nurse", "POST", path, {"method": method, "amountMinor": 12_345}), 403)
        assert_refused(api.call("other admin", "POST", path, {"method": method, "amountMinor": 12_345}), 404)
        assert api.do("admin", "POST", path, {"method": method, "amountMinor": 12_345})["method"] == method
        assert_refused(api.call("admin", "POST", path, {"method": method, "amountMinor": 12_345}), 409)
        is_over(api, payment, "notify")
        receipt = api.do("admin", "GET", path)
        assert (receipt["amount"], receipt["amountMinor"]) == ("123.45 INR", 12_345)
        numbers.append(int(receipt["number"].split("-")[1]))
    assert numbers[1] == numbers[0] + 1
    now = shown(api, payment)
    api.do("admin", "POST", f"/payments/{payment}/refund", {"version": now["version"]})
    becomes(api, payment, "refunded")


def test_receipts_have_no_gaps(house):
    """202: receipts of payments that end at once are numbered without a gap and none twice"""
    api, ward = house.api, house.ward
    payments = [payment_of(api, appointment(api))["id"] for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: api.do("admin", "POST", f"/payments/{each}/receipt", {
            "method": "cash", "amountMinor": 50_000}), payments))
    for each in payments:
        is_over(api, each, "notify")
    found = [int(row.receipt_number.split("-")[1]) for row in ward.sql(
        "SELECT receipt_number FROM payments WHERE hospital_id = %s AND receipt_number IS NOT NULL",
        parameters=[api.hospital()])]
    assert sorted(found) == list(range(1, len(found) + 1))


def test_a_patient_pays_his_own(house):
    """202, 203: a patient sees and pays what is his; what is another's is not there"""
    api, ward = house.api, house.ward
    mine = ward.sql("SELECT id FROM patients WHERE user_id = %s", parameters=[api.user("patient")])
    patient = mine[0].id if mine else ward.sql(
        "UPDATE patients SET user_id = %s WHERE id = %s RETURNING id", parameters=[api.user("patient"), api.patient()])[0].id
    own = payment_of(api, appointment(api, patient=patient))["id"]
    other = ward.sql("SELECT id FROM patients WHERE hospital_id = %s AND id <> %s LIMIT 1",
                     parameters=[api.hospital(), patient])[0].id
    foreign = payment_of(api, appointment(api, patient=other))["id"]
    shown_to_him = [each["id"] for each in api.do("patient", "GET", "/my-payments?limit=100")]
    assert own in shown_to_him and foreign not in shown_to_him
    body = {"transactionId": token(), "paymentMethod": "pm_card_visa"}
    assert_refused(api.call("patient", "POST", f"/my-payments/{foreign}/charge", body), 404)
    assert_refused(api.call("patient", "POST", f"/payments/{own}/charge", body), 403)
    as_published(api, "billing.payOwn", api.call("patient", "POST", f"/my-payments/{own}/charge", body))
    is_over(api, own, "notify")


def test_a_subscription_is_paid(house):
    """211: a subscription with a price begins with its payment; a declined one is not waited for any more"""
    api, ward, service = house.api, house.ward, house.service
    plan = listed(api)
    paid = subscribed(api, "other admin", plan=plan)
    payment = api.do("other admin", "GET", "/payments")[0]
    assert (payment["subscriptionId"], payment["amountMinor"]) == (paid["id"], paid["totalMinor"])
    as_published(api, "billing.pay", pay(api, payment["id"], who="other admin"))
    running = wait_for(lambda: (it := api.call("other admin", "GET", "/subscription")).ok and it.json()["data"], 30,
                       "the subscription runs")
    assert running["id"] == paid["id"] and running["status"] == "active"
    service.ends = "requires_payment_method"
    try:
        second = subscribed(api, "other admin", doctors=901, plan=plan)
        again = next(each for each in api.do("other admin", "GET", "/payments") if each["subscriptionId"] == second["id"])
        pay(api, again["id"], who="other admin")
        wait_for(lambda: any(each["id"] == second["id"] and each["status"] == "cancelled"
                             for each in api.do("other admin", "GET", "/subscriptions")), 30, "it is given up")
    finally:
        service.ends = "succeeded"
    assert api.do("other admin", "GET", "/subscription")["id"] == paid["id"]


def test_an_order_is_proven():
    """208: an order paid in the browser needs the service's signature over it and its captured money in the same amount"""
    with serving(RazorpayLike()) as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        api = Api(ward)
        patient = ward.sql("UPDATE patients SET user_id = %s WHERE id = %s RETURNING id", parameters=[
            api.user("admin"), api.patient()])[0].id

        def order() -> tuple[str, str]:
            payment = payment_of(api, appointment(api, fee=99_900, currency="INR", patient=patient))["id"]
            api.do("admin", "POST", f"/payments/{payment}/charge", {"transactionId": token()})
            return payment, wait_for(lambda: shown(api, payment)["providerRef"], 30, "there is an order")

        payment, opened = order()
        path = f"/my-payments/{payment}/verification"
        proof = service.pay(opened)
        wrong = [proof | {"signature": "0" * 64}, proof | {"orderId": "order_other"},
                 proof | {"servicePaymentId": "pay_other"}]
        for each in wrong:
            assert_refused(api.call("admin", "POST", path, each), 400)
        assert shown(api, payment)["status"] == "processing"
        as_published(api, "billing.verifyPayment", api.call("admin", "POST", path, proof))
        is_over(api, payment, "notify")
        # Less money than was asked for is nobody's payment, whatever is signed.
        payment, opened = order()
        api.do("admin", "POST", f"/my-payments/{payment}/verification", service.pay(opened, amount=100))
        wait_for(lambda: ward.sql("SELECT 1 FROM jobs WHERE kind = 'payment.carry_on' AND state = 'dead'", "admin"), 30,
                 "the job is given up")
        assert shown(api, payment)["status"] == "processing"
        # Authorised is not captured.
        payment, opened = order()
        api.do("admin", "POST", f"/my-payments/{payment}/verification", service.pay(opened, status="authorized"))
        service.wait_for(len(service.calls))
        assert shown(api, payment)["status"] == "processing"


def test_nothing_of_a_patient_goes_out(house):
    """205: the service is told ids and an amount; no name, no reason"""
    patients = {row.id for row in house.ward.sql("SELECT id FROM patients")}
    for call in house.service.calls:
        assert not any(str(each).encode() in call.body for each in patients)
        assert json.dumps(call.form).find("Maria") < 0
