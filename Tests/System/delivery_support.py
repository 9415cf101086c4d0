"""What the nets have to know of messages: what people want, what was told to them, words, reminders, mails."""

from api_support import NOBODY
from ward_process import wait_for

CARING = {"doctor", "head", "admin"}
WATCHING = {"operator", "nurse", "doctor", "head", "admin"}
GRID = {
    f"GET /alerts/{NOBODY}/deliveries": ("view_alerts", WATCHING),
    "GET /notification-defaults": ("manage_hospital", {"admin"}),
    "PUT /notification-defaults": ("manage_hospital", {"admin"}),
    "GET /notification-templates": ("manage_hospital", {"admin"}),
    f"PUT /notification-templates/{NOBODY}/{NOBODY}": ("manage_hospital", {"admin"}),
    f"DELETE /notification-templates/{NOBODY}/{NOBODY}": ("manage_hospital", {"admin"}),
    "POST /notification-templates/preview": ("manage_hospital", {"admin"}),
    "GET /mails": ("manage_hospital", {"admin"}),
    f"GET /mails/{NOBODY}": ("manage_hospital", {"admin"}),
    f"PUT /patients/{NOBODY}/channels": ("manage_patients", CARING),
    "POST /reminders": ("manage_patients", CARING),
    "POST /reminders/list": ("manage_patients", CARING),
    f"DELETE /reminders/{NOBODY}": ("manage_patients", CARING),
}
IDS = {"notificationId": "notifications", "mailId": "deliveries", "reminderId": "reminders"}
FAR = "2030-01-01T08:00:00Z"
WORDS = {"subject": "{{type}}", "body": "{{room}}"}
KNOWN = {("reminders.schedule", "kind"): "appointment", "notificationId": NOBODY, "mailId": NOBODY,
         "reminderId": NOBODY, "channels": ["sms"], "at": FAR,
         "subject": "Hello", "body": "Hello", "language": "en", "channel": "email"}


def reminder(api, patient: str, who: str = "admin") -> str:
    return api.do(who, "POST", "/reminders", {"patientId": patient, "kind": "appointment", "at": FAR})["id"]


def told(api, who: str, count: int = 1) -> list:
    """Lines of somebody's notification centre, put there by hand."""
    return [str(row.id) for row in api.ward.sql(
        "INSERT INTO notifications (hospital_id, id, user_id, kind, title, body, created_at, told_at)"
        " SELECT %s, gen_random_uuid(), %s, 'test', 'T' || n, 'Text', ward.now(), ward.now() + make_interval(secs => n)"
        " FROM generate_series(1, %s) AS n RETURNING id", "admin",
        parameters=[api.hospital(who), api.user(who), count])]


def all_told(ward, alert: str) -> None:
    """Waits until an alert's messages are out and who looks at its log was told of the last one."""
    wait_for(lambda: ward.sql(
        """SELECT count(*) > 0 AND bool_and(d.status <> 'queued') AND EXISTS (
             SELECT FROM events e WHERE e.name = 'alert:deliveries' AND e.payload LIKE '%%' || %s || '%%'
               AND e.created_at > max(GREATEST(d.created_at, d.sent_at, d.delivered_at, d.ended_at)))
           FROM deliveries d WHERE d.alert_id = %s""", "admin", parameters=[alert, alert])[0][0], 20, "the alert is told")


def openapi_calls(api) -> dict[str, list]:
    """Calls of this area's operations that succeed: (who, path parameters, query, body)."""
    alert = api.raise_alert(5)["id"]
    wait_for(lambda: api.do("admin", "GET", f"/alerts/{alert}/deliveries"), 10, "the alert is told")
    line = told(api, "nurse", 3)[0]
    patient = api.patient()
    due = reminder(api, patient)
    mail = api.do("admin", "POST", "/notification-tests", {"channel": "email"})["id"]
    place, gone = ({"name": "alert-created", "language": language} for language in ("fr", "it"))
    api.do("admin", "PUT", "/notification-templates/alert-created/it", WORDS)
    return {
        "notification.getDeliveries": [("admin", {"alertId": alert}, {}, None), ("nurse", {"alertId": alert}, {}, None)],
        "notification.list": [("nurse", {}, {}, None), ("nurse", {}, {"status": "unread", "limit": 1}, None)],
        "notification.getUnread": [("nurse", {}, {}, None), ("other nurse", {}, {}, None)],
        "notification.getUnreadCount": [("nurse", {}, {}, None)],
        "notification.markRead": [("nurse", {"notificationId": line}, {}, None)],
        "notification.markAllRead": [("nurse", {}, {}, None)],
        "notification.getPreferences": [("nurse", {}, {}, None), ("patient", {}, {}, None)],
        "notification.updatePreferences": [("nurse", {}, {}, {"quietFrom": "22:00", "quietUntil": "06:00"})],
        "notification.resetPreferences": [("nurse", {}, {}, None)],
        "notification.getDefaults": [("admin", {}, {}, None)],
        "notification.updateDefaults": [("admin", {}, {}, {"language": "en"})],
        "notification.setPatientChannels": [("doctor", {"patientId": patient}, {}, {"channels": ["sms", "email"]})],
        "notification.listTemplates": [("admin", {}, {}, None), ("admin", {}, {"fields": "name,language"}, None)],
        "notification.updateTemplate": [("admin", place, {}, {**WORDS, "html": "<p>{{room}}</p>"})],
        "notification.deleteTemplate": [("admin", gone, {}, None)],
        "notification.previewTemplate": [("admin", {}, {}, {"name": "test", "subject": "Hi", "body": "{{name}}"}),
                                         ("admin", {}, {}, {"name": "alert-created", **WORDS, "html": "<p>"})],
        "notification.sendTest": [("admin", {}, {}, {"channel": "email"})],
        "mails.get": [("admin", {"mailId": mail}, {}, None)],
        "mails.list": [("admin", {}, {}, None)],
        "reminders.schedule": [("doctor", {}, {}, {"patientId": patient, "kind": "follow_up", "at": FAR,
                                                   "values": {"with": "Dr. Grey"}}),
                               ("doctor", {}, {}, {"userId": api.user("nurse"), "kind": "payment", "at": FAR})],
        "reminders.list": [("doctor", {}, {}, {}), ("doctor", {}, {}, {"status": "scheduled", "limit": 1})],
        "reminders.cancel": [("doctor", {"reminderId": due}, {}, None)],
    }


def fill(api, who: str) -> None:
    """Rows in every table of this area, in one hospital."""
    told(api, who)
    alert = api.raise_alert(5, who)["id"]
    wait_for(lambda: api.do(who, "GET", f"/alerts/{alert}/deliveries"), 10, "the alert is told")
    api.do(who, "PUT", "/notification-preferences", {})
    api.do(who, "PUT", "/notification-templates/alert-created/en", WORDS)
    patient = api.patient(who)
    api.do(who, "PUT", f"/patients/{patient}/channels", {"channels": ["sms"]})
    reminder(api, patient, who)
    api.do(who, "POST", "/notification-tests", {"channel": "email"})


def fill_lists(api) -> None:
    """Four rows and more in every list of this area."""
    told(api, "admin", 6)
    patient = api.patient()
    for _ in range(6):
        reminder(api, patient)
        api.do("admin", "POST", "/notification-tests", {"channel": "email"})
