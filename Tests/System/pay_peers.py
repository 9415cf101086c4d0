"""Payment services: an unmodified localstripe, and servers of ours shaped like Stripe and Razorpay that fail on calls
which those would not know, keep one answer for one idempotency key, and can be told to break."""

import base64
import hashlib
import hmac
import json
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import requests
from peers import Call, Peer
from ward_process import wait_for

KEY, SECRET = "sk_test_12345", "whsec_0123456789"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class LocalStripe:
    """https://github.com/adrienverge/localstripe, as it comes."""

    def __init__(self, port: int):
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.setting = f"stripe://:{KEY}@127.0.0.1:{port}?secret={SECRET}"

    def call(self, method: str, path: str, **form) -> dict:
        answer = requests.request(method, self.url + path, data=form, auth=(KEY, ""), timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def tells(self, url: str) -> None:
        answer = requests.post(f"{self.url}/_config/webhooks/ward", data={"url": url, "secret": SECRET}, timeout=10)
        assert answer.ok, answer.text

    def card(self, number: str = "4242424242424242") -> str:
        return self.call("POST", "/v1/payment_methods", **{
            "type": "card", "card[number]": number, "card[exp_month]": 12, "card[exp_year]": 2035, "card[cvc]": "123"})["id"]

    def intents(self, payment: str) -> list[dict]:
        found = self.call("GET", "/v1/payment_intents")["data"]
        return [each for each in found if each["metadata"].get("payment") == payment]


@contextmanager
def local_stripe():
    port = free_port()
    program = Path(sys.executable).parent / "localstripe"
    process = subprocess.Popen([str(program), "--port", str(port), "--from-scratch"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        service = LocalStripe(port)

        def answers() -> bool:
            try:
                return requests.get(f"{service.url}/v1/customers", auth=(KEY, ""), timeout=2).ok
            except requests.ConnectionError:
                return False

        wait_for(answers, 30, "localstripe answers")
        yield service
    finally:
        process.terminate()
        process.wait(10)


class StripeLike(Peer):
    """As much of Payment Intents as Ward uses; a key that came before gets its first answer again."""

    def __init__(self):
        super().__init__()
        self.intents: dict[str, dict] = {}
        self.kept: dict[str, tuple] = {}
        self.charges: list[str] = []
        self.refunds: list[str] = []
        # What a confirmed payment comes to.
        self.ends = "succeeded"

    @property
    def setting(self) -> str:
        return f"stripe://:{KEY}@127.0.0.1:{self.port}?secret={SECRET}"

    def answer(self, call: Call):
        if call.headers.get("authorization") != f"Bearer {KEY}":
            return 401, {"error": {"type": "invalid_request_error"}}
        if call.method == "GET":
            return self.look(call)
        key = call.headers["idempotency-key"]
        with self.lock:
            if key not in self.kept:
                self.kept[key] = self.change(call)
            return self.kept[key]

    def look(self, call: Call):
        intent = self.intents.get(call.path.removeprefix("/v1/payment_intents/"))
        return (200, intent) if intent else self.refuse(call, "no such intent")

    def change(self, call: Call):
        form = call.form
        if call.path == "/v1/payment_intents":
            wanted = {"amount", "currency", "payment_method", "payment_method_types[]", "metadata[payment]",
                      "metadata[hospital]"}
            if set(form) != wanted or form["currency"] != form["currency"].lower():
                return self.refuse(call, f"parameters {sorted(form)}")
            id = f"pi_{uuid.uuid4().hex}"
            self.intents[id] = {
                "id": id, "object": "payment_intent", "amount": int(form["amount"]), "currency": form["currency"],
                "status": "requires_confirmation",
                "metadata": {"payment": form["metadata[payment]"], "hospital": form["metadata[hospital]"]}}
            return 200, self.intents[id]
        if call.path == "/v1/refunds" and set(form) == {"payment_intent"} and form["payment_intent"] in self.intents:
            self.refunds.append(form["payment_intent"])
            return 200, {"id": f"re_{uuid.uuid4().hex}", "status": "succeeded"}
        id, _, verb = call.path.removeprefix("/v1/payment_intents/").partition("/")
        intent = self.intents.get(id)
        if verb == "cancel" and intent is not None:
            if intent["status"] in ("succeeded", "processing", "canceled"):
                return 400, {"error": {"code": "payment_intent_unexpected_state"}}
            intent["status"] = "canceled"
            return 200, intent
        if verb != "confirm" or intent is None:
            return self.refuse(call, "no such call")
        if intent["status"] == "canceled":
            return 400, {"error": {"code": "payment_intent_unexpected_state"}}
        intent["status"] = self.ends
        if self.ends == "succeeded":
            self.charges.append(intent["metadata"]["payment"])
        return 200, intent


def stripe_call(ward, intent: dict, secret: str = SECRET, age: int = 0, kind: str = "payment_intent.succeeded"):
    """What Stripe tells about a payment, signed as it signs."""
    body = json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": intent}}).encode()
    at = int(ward.now().timestamp()) - age
    code = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return requests.post(f"{ward.url}/payment-callbacks/stripe", data=body, timeout=15,
                         headers={"Stripe-Signature": f"t={at},v1={code}", "Content-Type": "application/json"})


class RazorpayLike(Peer):
    """Orders that are paid elsewhere, and what came of them."""

    key_id, key = "rzp_test_1", "a-secret-of-razorpay"

    def __init__(self):
        super().__init__()
        self.orders: dict[str, dict] = {}
        self.paid: dict[str, list[dict]] = {}
        self.refunds: list[str] = []

    @property
    def setting(self) -> str:
        return f"razorpay://{self.key_id}:{self.key}@127.0.0.1:{self.port}?secret={SECRET}"

    def answer(self, call: Call):
        wanted = "Basic " + base64.b64encode(f"{self.key_id}:{self.key}".encode()).decode()
        if call.headers.get("authorization") != wanted:
            return 401, {"error": {"code": "BAD_REQUEST_ERROR"}}
        if call.method == "POST" and call.path == "/v1/orders":
            if set(call.json) != {"amount", "currency", "receipt", "notes"}:
                return self.refuse(call, f"members {sorted(call.json)}")
            id = f"order_{uuid.uuid4().hex[:14]}"
            self.orders[id] = call.json | {"id": id}
            self.paid[id] = []
            return 200, {"id": id, "entity": "order", "status": "created", **call.json}
        parts = call.path.strip("/").split("/")
        if call.method == "GET" and parts[:2] == ["v1", "orders"] and parts[2] in self.orders and parts[3:] == ["payments"]:
            return 200, {"entity": "collection", "count": len(self.paid[parts[2]]), "items": self.paid[parts[2]]}
        if call.method == "POST" and parts[:2] == ["v1", "payments"] and parts[3:] == ["refund"]:
            self.refunds.append(parts[2])
            return 200, {"id": f"rfnd_{uuid.uuid4().hex[:14]}", "entity": "refund"}
        return self.refuse(call, "no such call")

    def pay(self, order: str, amount: int | None = None, status: str = "captured") -> dict:
        """What somebody does in the browser: the payment, and the signature that the browser is given."""
        told = self.orders[order]
        paid = {"id": f"pay_{uuid.uuid4().hex[:14]}", "entity": "payment", "order_id": order, "status": status,
                "amount": told["amount"] if amount is None else amount, "currency": told["currency"],
                "notes": told["notes"], "created_at": int(time.time())}
        self.paid[order].append(paid)
        code = hmac.new(self.key.encode(), f"{order}|{paid['id']}".encode(), hashlib.sha256).hexdigest()
        return {"orderId": order, "servicePaymentId": paid["id"], "signature": code}
