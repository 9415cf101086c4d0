"""What the tests of plans, subscriptions and payments share, and what the nets have to know of them."""

import uuid

from api_support import NOBODY
from roles import ADMINS, BILLING, EVERYBODY, PATIENT, SUPER
from tenancy_support import member
from ward_process import wait_for

GRID = {
    "POST /subscription-plans": ("manage_platform", set()),
    f"PUT /subscription-plans/{NOBODY}": ("manage_platform", set()),
    f"DELETE /subscription-plans/{NOBODY}": ("manage_platform", set()),
    "GET /subscription": ("manage_billing", {"admin"}),
    "GET /subscription/quote": ("manage_billing", {"admin"}),
    "GET /subscriptions": ("manage_billing", {"admin"}),
    "POST /subscriptions": ("manage_billing", {"admin"}),
    f"POST /subscriptions/{NOBODY}/cancellation": ("manage_billing", {"admin"}),
    "GET /payments": ("manage_billing", {"admin"}),
    f"GET /payments/{NOBODY}": ("manage_billing", {"admin"}),
    f"GET /payments/{NOBODY}/steps": ("manage_billing", {"admin"}),
    f"GET /payments/{NOBODY}/receipt": ("manage_billing", {"admin"}),
    f"POST /payments/{NOBODY}/receipt": ("manage_billing", {"admin"}),
    f"POST /payments/{NOBODY}/refund": ("manage_billing", {"admin"}),
    f"POST /payments/{NOBODY}/charge": ("manage_billing", {"admin"}),
    "GET /my-payments": ("book_appointments", {"admin", "patient"}),
    f"POST /my-payments/{NOBODY}/charge": ("book_appointments", {"admin", "patient"}),
    f"POST /my-payments/{NOBODY}/verification": ("book_appointments", {"admin", "patient"}),
}
DESK = ADMINS | {BILLING}
OWNERS = ADMINS | {PATIENT}
ROLES = {
    "billing.getPlans": EVERYBODY,
    "billing.createPlan": {SUPER}, "billing.updatePlan": {SUPER}, "billing.deletePlan": {SUPER},
    "billing.getSubscription": DESK, "billing.quote": DESK, "billing.getSubscriptions": DESK,
    "billing.subscribe": DESK, "billing.cancelSubscription": DESK,
    "billing.getPayments": DESK, "billing.getPayment": DESK, "billing.getPaymentSteps": DESK, "billing.getReceipt": DESK,
    "billing.pay": DESK, "billing.recordPayment": DESK, "billing.refund": DESK,
    "billing.getMyPayments": OWNERS, "billing.payOwn": OWNERS, "billing.verifyPayment": OWNERS,
}
IDS = {"subscriptionId": "subscriptions", "paymentId": "payments"}
KNOWN = {"planCode": "known-plan", "subscriptionId": NOBODY, "cycle": "monthly", "currency": "EUR",
         ("billing.createPlan", "planCode"): f"new-{uuid.uuid4().hex[:12]}", "monthlyPriceMinor": 100, "maxDoctors": 1000,
         "pricing": "flat", "paymentId": NOBODY}
OWN = {"billing.getSubscription", "billing.quote"}
DEFINERS = {"check_doctor_limit", "stuck_payments"}
GLOBAL = {"subscription_plans": "the installation's price list: everybody reads it, super administrators write it"}


def code() -> str:
    return f"p-{uuid.uuid4().hex[:12]}"


def rupees(**more) -> dict:
    """The inventory's price of a doctor."""
    return {"planCode": code(), "name": "Per doctor", "pricing": "per_doctor", "maxDoctors": 100, "currency": "INR",
            "monthlyPriceMinor": 499_999, "yearlyDiscountPoints": 1200, "features": ["Alerts", "Appointments"],
            "volumeDiscounts": [{"fromDoctors": n, "points": p} for n, p in ((10, 1000), (20, 1500), (50, 2000))], **more}


def listed(api, known: str = "known-plan", price: int = 1000, doctors: int = 1000) -> str:
    """A plan on offer, written by the installation's own hand."""
    api.ward.sql("INSERT INTO subscription_plans (code, name, pricing, max_doctors, currency, monthly_minor)"
                 " VALUES (%s, 'Known', 'flat', %s, 'EUR', %s) ON CONFLICT DO NOTHING", "admin",
                 parameters=[known, doctors, price])
    return known


def subscribed(api, who: str = "admin", doctors: int = 900, plan: str = "known-plan", cycle: str = "monthly") -> dict:
    return api.do(who, "POST", "/subscriptions", {"planCode": plan, "cycle": cycle, "doctors": doctors})


def appointment(api, who: str = "admin", fee: int | None = 50_000, currency: str = "EUR", patient=None, hours: int = 1,
                connection=None) -> str:
    """One that is held for an hour and takes the doctor's time, with a price or without one."""
    hospital, doctor, id = api.hospital(who), api.user("doctor" if who == "admin" else "other admin"), str(uuid.uuid4())
    start = next(_STARTS)
    values = {"hospital": hospital, "doctor": doctor, "id": id, "patient": patient or api.patient(who), "start": start,
              "fee": fee, "currency": currency if fee is not None else None, "hours": hours}
    statements = (
        "INSERT INTO ward.resources (hospital_id, id, kind, user_id) VALUES (%(hospital)s, gen_random_uuid(), 'doctor',"
        " %(doctor)s) ON CONFLICT (hospital_id, user_id) DO NOTHING",
        "INSERT INTO ward.appointments (hospital_id, id, patient_id, doctor_id, service, medium, status, hold_ends_at,"
        " starts_at, ends_at, fee_minor, currency) SELECT %(hospital)s, %(id)s, %(patient)s, %(doctor)s,"
        " 'general-consultation', 'in_person', 'held', ward.now() + make_interval(hours => %(hours)s), t, t + interval"
        " '15 minutes', %(fee)s, %(currency)s FROM (SELECT timestamptz '2031-01-01 00:00Z' + make_interval(mins => 15 *"
        " %(start)s) AS t) AS x",
        "INSERT INTO ward.occupancy (hospital_id, id, resource_id, starts_at, ends_at, appointment_id) SELECT a.hospital_id,"
        " gen_random_uuid(), r.id, a.starts_at, a.ends_at, a.id FROM ward.appointments a JOIN ward.resources r"
        " ON r.hospital_id = a.hospital_id AND r.user_id = a.doctor_id WHERE a.id = %(id)s")
    if connection:
        for each in statements:
            connection.execute(each, values)
    else:
        with api.ward.connect() as own:
            for each in statements:
                own.execute(each, values)
    return id


_STARTS = iter(range(1_000_000))


def payment_of(api, booked: str, who: str = "admin") -> dict:
    found = api.ward.sql("SELECT id FROM payments WHERE appointment_id = %s", parameters=[booked])
    return api.do(who, "GET", f"/payments/{found[0].id}")


def steps(api, payment: str, who: str = "admin") -> list[str]:
    return [each["step"] + ("" if each["outcome"] == "done" else " failed")
            for each in api.do(who, "GET", f"/payments/{payment}/steps?limit=100")]


def known(api) -> dict:
    listed(api)
    return {}


def present(api) -> dict:
    """A payment with its receipt, and a subscription."""
    subscribed(api)
    payment = payment_of(api, appointment(api))["id"]
    api.do("admin", "POST", f"/payments/{payment}/receipt", {"method": "cash", "amountMinor": 50_000})
    wait_for(lambda: api.call("admin", "GET", f"/payments/{payment}/receipt").ok, 30, "the receipt is numbered")
    return {"paymentId": payment}


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital; none of them limits how many doctors it has."""
    listed(api)
    subscribed(api, who)
    payment = payment_of(api, appointment(api, who), who)
    api.do(who, "POST", f"/payments/{payment['id']}/receipt", {"method": "cash", "amountMinor": 50_000})
    wait_for(lambda: api.call(who, "GET", f"/payments/{payment['id']}/receipt").ok, 30, "the receipt is numbered")


def fill_lists(api) -> dict:
    for n in range(6):
        listed(api, f"known-plan-{n}")
    listed(api)
    for n in range(6):
        subscribed(api, doctors=900 + n)
    mine = api.ward.sql("SELECT id FROM patients WHERE user_id = %s", parameters=[api.user("admin")])[0].id
    payments = [payment_of(api, appointment(api, patient=mine))["id"] for _ in range(6)]
    api.do("admin", "POST", f"/payments/{payments[0]}/receipt", {"method": "cash", "amountMinor": 50_000})
    wait_for(lambda: len(steps(api, payments[0])) == 5, 30, "all steps are done")
    return {"paymentId": payments[0]}


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    listed(api)
    free = listed(api, "known-free-plan", price=0, doctors=5000)
    member(api, "sovereign", "super_admin")
    plan, gone = rupees(), rupees()
    for each in (plan, gone):
        api.do("sovereign", "POST", "/subscription-plans", each)
    one = subscribed(api, doctors=700)
    first, second = (payment_of(api, appointment(api))["id"] for _ in range(2))
    api.do("admin", "POST", f"/payments/{second}/receipt", {"method": "card", "amountMinor": 50_000})
    wait_for(lambda: len(steps(api, second)) == 5, 30, "all steps are done")
    version = api.do("admin", "GET", f"/payments/{second}")["version"]
    return {
        "billing.getPlans": [(None, {}, {}, None), ("patient", {}, {"fields": "planCode,features", "limit": 1}, None)],
        "billing.createPlan": [("sovereign", {}, {}, rupees()), ("sovereign", {}, {}, rupees(
            pricing="flat", yearlyPriceMinor=4_999_999, description="All of it.", feePoints=200, taxPoints=1800))],
        "billing.updatePlan": [("sovereign", {"planCode": plan["planCode"]}, {}, {"version": 1, "maxDoctors": 200})],
        "billing.deletePlan": [("sovereign", {"planCode": gone["planCode"]}, {}, None)],
        "billing.subscribe": [("admin", {}, {}, {"planCode": free, "cycle": "monthly"}),
                              ("admin", {}, {}, {"planCode": plan["planCode"], "cycle": "yearly", "doctors": 90})],
        "billing.getSubscription": [("admin", {}, {}, None)],
        "billing.getSubscriptions": [("admin", {}, {}, None)],
        "billing.quote": [("admin", {}, {"planCode": plan["planCode"], "cycle": "yearly", "doctors": 20}, None)],
        "billing.getPayments": [("admin", {}, {}, None), ("admin", {}, {"status": "pending", "fields": "id,status"}, None)],
        "billing.getPayment": [("admin", {"paymentId": first}, {}, None)],
        "billing.getPaymentSteps": [("admin", {"paymentId": second}, {}, None)],
        "billing.getReceipt": [("admin", {"paymentId": second}, {}, None)],
        "billing.recordPayment": [("admin", {"paymentId": first}, {}, {
            "method": "upi", "amountMinor": 50_000, "transactionId": f"upi-{uuid.uuid4().hex}"})],
        "billing.refund": [("admin", {"paymentId": second}, {}, {"version": version})],
        "billing.getMyPayments": [("patient", {}, {}, None)],
        "billing.cancelSubscription": [("admin", {"subscriptionId": one["id"]}, {}, {"version": one["version"]})],
    }
