"""Services that take messages, as servers of ours on loopback: Twilio-, Expo-, WhatsApp-shaped and a gateway of the house.

Each fails on what such a service would not know, and keeps one message for one idempotency key, as the good ones do."""

import base64
import hashlib
import hmac
import json
import uuid
from urllib.parse import parse_qsl, urlsplit

import requests
from peers import Call, Peer

ACCOUNT, TOKEN = "AC0123456789", "a token: with @ signs"
FROM = "+4930555000"


class Messages(Peer):
    """What all have in common: messages by their key."""

    def __init__(self):
        super().__init__()
        self.sent: dict[str, dict] = {}

    def once(self, key: str, message: dict) -> str:
        """The id of the message; a key that came before changes nothing."""
        with self.lock:
            known = self.sent.setdefault(key, {**message, "id": f"{self.prefix}{uuid.uuid4().hex}"})
        return known["id"]

    def to(self, number: str) -> list[dict]:
        return [each for each in list(self.sent.values()) if each["to"] == number]


class Twilio(Messages):
    prefix = "SM"

    def answer(self, call: Call):
        if call.method != "POST" or call.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            return self.refuse(call, "no such resource")
        wanted = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if call.headers.get("authorization") != wanted:
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        form = call.form
        if set(form) - {"To", "From", "MessagingServiceSid", "Body", "StatusCallback"} or not form.get("Body"):
            return self.refuse(call, f"unknown parameters {sorted(form)}")
        if form.get("From") != FROM or not form["To"].startswith("+"):
            return self.refuse(call, "a number that no such account has")
        if form["To"].endswith("0000"):
            return 400, {"code": 21211, "message": f"The 'To' number {form['To']} is not valid", "status": 400}
        id = self.once(call.headers["idempotency-key"], {
            "to": form["To"], "text": form["Body"], "callback": form.get("StatusCallback")})
        return 201, {"sid": id, "status": "queued", "error_code": None, "to": form["To"]}

    @property
    def setting(self) -> str:
        return f"twilio://{ACCOUNT}:a%20token%3A%20with%20%40%20signs@127.0.0.1:{self.port}?from=%2B4930555000"


class Gateway(Messages):
    prefix = "G"
    secret = "shared secret"

    def answer(self, call: Call):
        if call.method != "POST" or call.path != "/sms":
            return self.refuse(call, "no such address")
        if call.headers.get("authorization") != "Bearer modem":
            return 401, {"error": "unauthorized"}
        body = call.json
        if set(body) != {"id", "reference", "to", "from", "text", "callback"}:
            return self.refuse(call, f"unknown members {sorted(body)}")
        if body["to"].endswith("0000"):
            return 422, {"error": "invalid_number"}
        id = self.once(call.headers["idempotency-key"], {"to": body["to"], "text": body["text"],
                                                         "reference": body["reference"], "callback": body["callback"]})
        return 202, {"id": id, "status": "sent"}

    @property
    def setting(self) -> str:
        return f"http://:modem@127.0.0.1:{self.port}/sms?from=Ward&secret=shared%20secret"


class WhatsApp(Messages):
    prefix = "wamid."
    secret, verify = "app secret", "verify me"

    def answer(self, call: Call):
        if call.method != "POST" or call.path != "/v21.0/4711/messages":
            return self.refuse(call, "no such address")
        if call.headers.get("authorization") != "Bearer cloud":
            return 401, {"error": {"code": 190, "message": "Invalid OAuth access token"}}
        body = call.json
        template = body.get("template", {})
        if body.get("messaging_product") != "whatsapp" or body.get("type") != "template" or \
                template.get("name") != "ward_alert" or template.get("language") != {"code": "de"}:
            return self.refuse(call, "a message that no template fits")
        parameters = template["components"][0]["parameters"]
        if len(parameters) != 2 or any("\n" in each["text"] or not each["text"] for each in parameters):
            return 400, {"error": {"code": 132000, "message": "Number of parameters does not match"}}
        if body["to"].endswith("0000"):
            return 400, {"error": {"code": 131026, "message": "Message undeliverable"}}
        id = self.once(call.headers["idempotency-key"], {
            "to": "+" + body["to"], "template": template["name"], "text": parameters[1]["text"],
            "title": parameters[0]["text"], "reference": body["biz_opaque_callback_data"]})
        return 200, {"messaging_product": "whatsapp", "contacts": [{"wa_id": body["to"]}], "messages": [{"id": id}]}

    @property
    def setting(self) -> str:
        return (f"whatsapp://4711:cloud@127.0.0.1:{self.port}/v21.0?template=ward_alert&language=de"
                "&secret=app%20secret&verify=verify%20me")


class Expo(Messages):
    prefix = "ticket-"

    def __init__(self):
        super().__init__()
        self.gone: set[str] = set()
        # What is said of tickets later, by device: the name of an error, or None while nothing is known.
        self.later: dict[str, str | None] = {}
        self.asked: list[list[str]] = []

    def answer(self, call: Call):
        if call.method != "POST" or call.path not in ("/--/api/v2/push/send", "/--/api/v2/push/getReceipts"):
            return self.refuse(call, "no such address")
        if call.headers.get("authorization") != "Bearer push":
            return 401, {"errors": [{"code": "UNAUTHORIZED"}]}
        if call.path.endswith("getReceipts"):
            return self.receipts(call)
        known = {"to", "title", "body", "data", "sound", "priority", "channelId", "interruptionLevel"}
        tickets = []
        for each in call.json:
            if set(each) - known:
                return self.refuse(call, f"unknown members {sorted(each)}")
            if each["to"] in self.gone:
                tickets.append({"status": "error", "message": "not registered",
                                "details": {"error": "DeviceNotRegistered"}})
                continue
            # What travels together changes; the message is known by its own id.
            key = each["data"]["deliveryId"] + each["to"]
            tickets.append({"status": "ok", "id": self.once(key, {**each, "text": each["body"]})})
        return 200, {"data": tickets}

    def receipts(self, call: Call):
        """Of tickets that it gave, and of those alone; at most a thousand at once."""
        ids = call.json["ids"]
        if set(call.json) != {"ids"} or not 1 <= len(ids) <= 1000:
            return self.refuse(call, f"{len(ids)} tickets at once")
        device = {each["id"]: each["to"] for each in list(self.sent.values())}
        found = {}
        for id in ids:
            error = self.later.get(device[id], "ok") if id in device else None
            if error is not None:
                found[id] = {"status": "ok"} if error == "ok" else {
                    "status": "error", "message": "of no use to Ward", "details": {"error": error}}
        with self.lock:
            self.asked.append(ids)
        return 200, {"data": found}

    @property
    def setting(self) -> str:
        return f"expo://push@127.0.0.1:{self.port}"


# What services tell Ward

def twilio_call(ward, url: str, form: dict, token: str = TOKEN, signature: str | None = None, public="http://ward.example"):
    """A call as Twilio makes it; `url` is what it was given, below the public address."""
    assert url.startswith(public), url
    text = url + "".join(name + form[name] for name in sorted(form))
    sign = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
    headers = {} if signature == "" else {"X-Twilio-Signature": signature or sign}
    return requests.post(ward.url + url.removeprefix(public), data=form, headers=headers, timeout=20)


def whatsapp_call(ward, value: dict, secret: str = WhatsApp.secret, scope: str = "platform", signature=None):
    body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [
        {"field": "messages", "value": value}]}]}).encode()
    sign = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {} if signature == "" else {"X-Hub-Signature-256": signature or sign}
    return requests.post(f"{ward.url}/callbacks/whatsapp/{scope}", data=body, timeout=20,
                         headers={"Content-Type": "application/json", **headers})


def gateway_call(ward, message: dict, secret: str = Gateway.secret, scope: str = "platform", age: int = 0, header=None):
    body = json.dumps(message).encode()
    moment = str(int(ward.now().timestamp()) - age)
    code = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {} if header == "" else {"Ward-Signature": header or f"t={moment},v1={code}"}
    return requests.post(f"{ward.url}/callbacks/sms/{scope}", data=body, timeout=20,
                         headers={"Content-Type": "application/json", **headers})


def query_of(url: str) -> dict:
    return dict(parse_qsl(urlsplit(url).query))
