"""What the nets have to know of the ways out of Ward: endpoints that hear events, channels, devices, telephones."""

import uuid

from api_support import NOBODY

# Refused at the connection, so nothing leaves the machine.
ADDRESS = "https://127.0.0.1:9/hook"
SERVICE = "expo://127.0.0.1:9"
GRID = {
    "GET /webhooks": ("manage_hospital", {"admin"}),
    "POST /webhooks": ("manage_hospital", {"admin"}),
    f"PATCH /webhooks/{NOBODY}": ("manage_hospital", {"admin"}),
    f"DELETE /webhooks/{NOBODY}": ("manage_hospital", {"admin"}),
    f"POST /webhooks/{NOBODY}/secret": ("manage_hospital", {"admin"}),
    f"GET /webhooks/{NOBODY}/deliveries": ("manage_hospital", {"admin"}),
    f"POST /webhook-deliveries/{NOBODY}/redelivery": ("manage_hospital", {"admin"}),
    "GET /channels": ("manage_hospital", {"admin"}),
    "PUT /channels/sms": ("manage_hospital", {"admin"}),
}
IDS = {"webhookId": "webhooks", "deliveryId": "webhook_deliveries", "tokenId": "push_tokens"}
KNOWN = {"webhookId": NOBODY, "deliveryId": NOBODY, "url": ADDRESS, "events": ["alert:new"], "tokenId": NOBODY,
         ("channels.update", "kind"): "sms", ("channels.update", "mode"): "platform", "number": "+4915112345678",
         ("auth.verifyPhone", "code"): "042137", ("auth.setPhone", "channel"): "sms"}
ENGINE = {
    "webhook_cursors": {"hospital_id", "webhook_id", "position", "is_active", "breaker", "failures", "due_at",
                        "lease_token", "leased_until"},
}
SERVING = {"proved_phone", "prove_phone", "is_proved_phone", "replies_to", "answerer_of", "take_device"}
DEFINERS = {"forget_webhook_deliveries", "forget_reply_codes", "forget_notifications", "forget_messages",
            "forget_reminders", "forget_attempts"} | SERVING
GLOBAL = {"own_phones": "a person's own, sealed; policy on ward.user"}


def webhook(api, who: str = "admin", paused: bool = True) -> str:
    """An endpoint, paused so that nothing changes behind a test's back; its id."""
    made = api.do(who, "POST", "/webhooks", {"url": ADDRESS, "events": ["alert:new"]})
    if paused:
        api.do(who, "PATCH", f"/webhooks/{made['id']}", {"version": 1, "isActive": False})
    return made["id"]


def delivery(api, hook: str, who: str = "admin", number: int | None = None) -> str:
    """One event that did not reach this endpoint; its id."""
    hospital = api.hospital(who)
    event = api.ward.sql("SELECT number, id, name FROM events WHERE hospital_id = %s ORDER BY number DESC LIMIT 1",
                         "admin", parameters=[hospital])[0]
    return str(api.ward.sql(
        "INSERT INTO webhook_deliveries (hospital_id, id, webhook_id, event_number, event_id, event_name, status,"
        " attempts, finished_at) VALUES (%s, %s, %s, %s, %s, %s, 'failed', 1, ward.now()) RETURNING id", "admin",
        parameters=[hospital, str(uuid.uuid4()), hook, number or event.number, event.id, event.name])[0].id)


def new_token() -> str:
    return f"ExponentPushToken[{uuid.uuid4().hex}]"


def device(api, who: str) -> str:
    return api.do(who, "POST", "/push-tokens", {"token": new_token(), "platform": "ios"})["id"]


def phone(api, who: str) -> None:
    """A number of somebody's, as it stands once it is named; nobody can open it."""
    api.ward.sql("INSERT INTO own_phones (user_id, number, print, fingerprint) VALUES (%s, 'x', %s, 'x')"
                 " ON CONFLICT DO NOTHING RETURNING 1", "admin", parameters=[api.user(who), uuid.uuid4().bytes])


def settings(api, who: str) -> None:
    """A service of the hospital's own, switched off again."""
    for version, mode in ((0, "own"), (1, "off")):
        api.do(who, "PUT", "/channels/push", {"version": version, "mode": mode, "url": SERVICE})


def ticket(api, who: str) -> None:
    api.ward.sql("INSERT INTO push_tickets (hospital_id, ticket, delivery_id, token_id, due_at)"
                 " VALUES (%s, 'ticket', %s, %s, ward.now() + interval '1 hour') ON CONFLICT DO NOTHING RETURNING 1",
                 "admin", parameters=[api.hospital(who), str(uuid.uuid4()), str(uuid.uuid4())])


def reply_code(api, who: str) -> None:
    hospital = api.hospital(who)
    api.ward.sql(
        "INSERT INTO reply_codes (hospital_id, delivery_id, user_id, alert_id, print, code, is_own, expires_at)"
        " SELECT %s, %s, %s, id, %s, '1234', false, ward.now() + interval '1 hour' FROM alerts WHERE hospital_id = %s"
        " LIMIT 1 RETURNING 1", "admin",
        parameters=[hospital, str(uuid.uuid4()), api.user(who), uuid.uuid4().bytes, hospital])


def own(api) -> dict[str, str]:
    """What an id of this area may name here."""
    return {"webhookId": webhook(api)}


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    api.raise_alert(2)
    hook, other = webhook(api), webhook(api)
    phone(api, "head")
    again = delivery(api, hook)
    return {
        "webhooks.create": [("admin", {}, {}, {"url": ADDRESS, "events": ["alert:new"], "description": "Pager"})],
        "webhooks.list": [("admin", {}, {}, None), ("admin", {}, {"fields": "id,breaker"}, None)],
        "webhooks.update": [("admin", {"webhookId": hook}, {}, {"version": 2, "description": "Wall"})],
        "webhooks.rotateSecret": [("admin", {"webhookId": hook}, {}, None)],
        "webhooks.listDeliveries": [("admin", {"webhookId": hook}, {}, None)],
        "webhooks.redeliver": [("admin", {"deliveryId": again}, {}, None)],
        "webhooks.delete": [("admin", {"webhookId": other}, {}, None)],
        "channels.list": [("admin", {}, {}, None)],
        "channels.update": [("admin", {"kind": "push"}, {}, {"version": 0, "mode": "own", "url": SERVICE}),
                            ("admin", {"kind": "push"}, {}, {"version": 1, "mode": "off"})],
        "notification.registerToken": [("nurse", {}, {}, {"token": new_token(), "platform": "ios"})],
        "notification.listTokens": [("nurse", {}, {}, None)],
        "notification.unregisterToken": [("nurse", {"tokenId": device(api, "nurse")}, {}, None)],
        "auth.getPhone": [("doctor", {}, {}, None)],
        "auth.removePhone": [("head", {}, {}, None)],
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    delivery(api, webhook(api, who), who)
    device(api, who)
    settings(api, who)
    reply_code(api, who)
    ticket(api, who)


def fill_lists(api) -> dict[str, str]:
    """Four rows and more in every list of this area; what its lists are about."""
    hooks = [webhook(api) for _ in range(4)]
    for number in range(1, 6):
        delivery(api, hooks[0], number=number)
    for _ in range(4):
        device(api, "admin")
    return {"webhookId": hooks[0]}
