"""No operation shows or changes what is another hospital's: ids, lists, headers, streams, sockets."""

import json
import uuid

import pytest
import requests
import admin_support
import areas
import channels_support
import delivery_support
import emergency_support
import jobs_support
import staff_support
import tenancy_support
from api_database import World, values
from api_inputs import Sender, document_of, operations_of, target
from api_support import Api, Complaints, room, streaming
from isolation_support import IDS, KEYS, admin, filled, world_of  # noqa: F401 (fixtures by name)
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ordered_client import OrderedClient
from ward_process import wait_for


@pytest.fixture(scope="module")
def world(api, admin, filled) -> World:
    """Both hospitals once what was made has been told to everybody: from then on nothing changes by itself."""
    found, looks = world_of(api, admin), []

    def calm() -> bool:
        looks.append([contents(admin, found, each) for each in (found.mine, found.other)])
        return looks[-1:] == looks[-2:-1]

    wait_for(calm, 20, "nothing changes", pause=0.5)
    return world_of(api, admin)


def foreign(api: Api) -> dict[str, str]:
    """One thing of each kind that belongs to the other hospital."""
    theirs = api.hospital("other admin")
    return {name: str(api.ward.sql(f"SELECT {KEYS.get(table, 'id')} FROM {table} WHERE hospital_id = %s ORDER BY 1 DESC"
                                   " LIMIT 1", parameters=[theirs])[0][0]) for name, table in IDS.items()} | {
        "hospitalId": theirs, "defaultHospitalId": theirs,
        "linkedAccountId": str(api.ward.sql("SELECT id FROM linked_accounts WHERE subject = 'other nurse'")[0].id)}


def contents(admin, world, hospital: str) -> dict[str, str]:
    """A fingerprint of everything that one hospital has; the audit log, which grows, left out."""
    return {table: values(admin, f"SELECT md5(COALESCE(string_agg(t::text, ',' ORDER BY t::text), ''))"
                                 f" FROM ward.{table} t WHERE {key} = %s", [hospital])[0]
            for table, key in world.tenant.items() if table not in ("audit_log", "finished_jobs")}


def known_inputs(api: Api, alert: str) -> dict:
    return {
        "alertId": alert, "departmentId": api.department(), "patientId": api.patient(), "screenId": str(uuid.uuid4()),
        "userId": api.user("doctor"), "toUserId": api.user("doctor"), "alertIds": [alert],
        ("alerts.acknowledge", "responseAction"): "delegating", ("alerts.acknowledge", "delegateTo"): api.user("doctor"),
        ("doctors.create", "email"): f"{uuid.uuid4().hex}@demo.ward", ("users.create", "email"): f"{uuid.uuid4().hex}@demo.ward",
        "ladderId": str(uuid.uuid4()), "templateId": api.do("admin", "GET", "/alert-templates")[0]["id"], "code": "medical", "stepSeconds": [60],
        "alertType": "medical", ("alerts.create", "urgencyLevel"): 2, ("alerts.update", "title"): "New title",
        **areas.merged("KNOWN"), **areas.gathered("known", api),
        **tenancy_support.KNOWN, **staff_support.KNOWN, **staff_support.own(api), **admin_support.KNOWN, **jobs_support.KNOWN, **emergency_support.KNOWN, **channels_support.KNOWN, **channels_support.own(api), **delivery_support.KNOWN, "locationId": api.do("admin", "GET", "/locations")[0]["id"],
        ("patient.recordVitals", "heartRate"): 70, ("alerts.list", "alertType"): "medical", "version": 1, "resolution": "Long enough for a resolution.",
    }


def test_a_foreign_id_leads_nowhere(api, ward, admin, world):
    """75: each operation with an id of the other hospital answers 404, or 400 in a body; nothing there changes"""
    theirs, mine = foreign(api), api.raise_alert(2, "admin")
    sender = Sender(ward, api.token("admin"), known_inputs(api, mine["id"]))
    before, complaints = contents(admin, world, world.other), Complaints()
    for operation in operations_of(document_of(ward)):
        for each in operation.fields:
            # Breaking the glass asks for the second factor first: test_break_glass.py has one.
            if each.schema.get("format") != "uuid" or operation.name == "patient.breakGlass":
                continue
            assert each.name in theirs, f"{operation.name}.{each.name}: what would be foreign here?"
            with complaints.about(f"{operation.name} with a foreign {each.name}"):
                answer = sender.send(operation, {each: theirs[each.name]})
                filters = each.place == "query" or operation.name in ("patient.getPatientsList", "reminders.list")
                if filters and answer.status_code == 200:
                    assert answer.json()["data"] == [], answer.text
                elif each.place == "query":  # Figures of nothing would be noughts: it is told instead.
                    assert answer.status_code == 400, answer.text
                    assert [every["path"] for every in answer.json()["details"]["fields"]] == [each.name]
                elif each.place == "path":
                    assert answer.status_code == 404, answer.text
                    assert answer.json()["code"] == "NOT_FOUND"
                else:
                    assert answer.status_code == 400, answer.text
                    assert [every["path"] for every in answer.json()["details"]["fields"]] == [each.name]
                assert theirs[each.name] not in answer.text
    complaints.settle(at_least=14)
    assert contents(admin, world, world.other) == before
    for name, alert in (("alerts.get", theirs["alertId"]), ("healthcare.getAlert", theirs["alertId"])):
        assert api.query("admin", name, {"alertId": alert}).status_code == 404
    for name in ("alerts.acknowledge", "alerts.cancel", "alerts.escalate", "alerts.decline", "screens.revoke"):
        key = "screenId" if name == "screens.revoke" else "alertId"
        assert api.mutate("admin", name, {key: theirs[key]}).status_code == 404, name
    assert contents(admin, world, world.other) == before


def test_a_foreign_id_and_none_at_all_are_the_same(api):
    """75: nobody learns from the answer whether an id of another organisation exists"""
    theirs = foreign(api)["alertId"]
    answers = [api.call("admin", "GET", f"/alerts/{each}") for each in (theirs, str(uuid.uuid4()))]
    assert answers[0].json() == answers[1].json()
    assert [each.status_code for each in answers] == [404, 404]


def test_lists_hold_own_rows_only(api, ward, world):
    """75: no list of any operation holds a row of the other hospital, whatever the filter"""
    theirs = {str(row[0]) for table in IDS.values() for row in ward.sql(
        f"SELECT {KEYS.get(table, 'id')} FROM {table} WHERE hospital_id = %s", parameters=[world.other])} | {world.other}
    mine = known_inputs(api, api.raise_alert(2, "admin")["id"]) | areas.gathered("present", api)
    lists = [each for each in operations_of(document_of(ward)) if each.method == "GET" and each.needs_sign_in]
    ward.sql("DELETE FROM own_phones RETURNING 1", "admin")  # They were never sealed: nobody could be shown his.
    complaints = Complaints()
    for who in ("admin", "head", "nurse", "operator"):
        sender = Sender(ward, api.token(who), mine)
        for operation in lists:
            needed = {each.name: sender.value(operation, each) for each in operation.fields_in("query") if each.required}
            path = target(operation, {each.name: mine.get(each.name, "x") for each in operation.fields_in("path")}, needed)
            filters = ["", "?status=all&limit=100"] if operation.name == "alerts.list" else [""]
            for query in filters:
                with complaints.about(f"{who} {path}{query}"):
                    answer = ward.call("GET", path + query, api.token(who))
                    is_own = operation.name in areas.united("OWN") | areas.united("PARTY")  # Who has none of it is told so.
                    assert answer.status_code in (200, 403) or operation.name == "mails.get" or is_own \
                        and answer.status_code == 404, answer.text
                    # Letters of a development Ward are the installation's: each is named by its message.
                    found = {each for each in theirs if each in answer.text}
                    assert not found or operation.name == "system.outbox"
    complaints.settle(at_least=40)
    assert len(api.do("admin", "GET", "/alerts?status=all&limit=100")) >= 4


def test_the_other_hospital_cannot_be_chosen(api, world):
    """75: a hospital that the caller does not belong to is refused with 403, by header and by query"""
    for headers in ({"X-Hospital-ID": world.other}, {"X-Clinic-ID": world.other}):
        answer = api.call("admin", "GET", "/alerts", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "FORBIDDEN")
        answer = api.call("admin", "POST", "/alerts",
                          {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 5}, headers)
        assert answer.status_code == 403
    assert api.call("admin", "GET", f"/alerts?hospital={world.other}").status_code == 403
    assert api.call("admin", "GET", f"/events?hospital={world.other}").status_code == 403
    assert api.call("admin", "GET", f"/alerts?hospital={world.mine}").status_code == 200


def test_a_name_of_a_request_counts_in_its_hospital(api):
    """The same Idempotency-Key in two hospitals names two requests: neither hears the other's answer"""
    key = {"Idempotency-Key": f"shared-{uuid.uuid4()}"}
    body = {"roomNumber": room(), "alertType": "medical", "urgencyLevel": 1}
    mine = api.do("admin", "POST", "/alerts", body, key)
    theirs = api.do("other admin", "POST", "/alerts", body, key)
    assert mine["id"] != theirs["id"]
    assert mine["hospitalId"] != theirs["hospitalId"]


def test_streams_carry_own_events_only(api, ward, world):
    """Server-sent events of one hospital hold none of the other's, live and when asked for what was missed"""
    with streaming(ward, api.token("other admin")) as stream:
        for _ in range(5):
            api.raise_alert(5, "operator")
        sentinel = api.raise_alert(5, "other admin")
        stream.wait_alert(sentinel["id"])
        alerts = [each["json"]["hospitalId"] for each in stream.seen if each["event"] == "alert:new"]
        assert alerts == [world.other]
    with streaming(ward, api.token("other admin"), last=0) as stream:
        stream.wait_alert(sentinel["id"])
        heard = [each for each in stream.seen if each["event"] != "hello"]
        assert len(heard) >= 3
        for each in heard:
            assert world.mine not in each["data"], each
            assert each["json"].get("hospitalId", world.other) == world.other


def test_sockets_carry_own_events_only(api, ward, world):
    """A socket hears its own hospital; subscribing to another one is refused and brings nothing"""
    heard: list[tuple] = []
    client = OrderedClient(reconnection=False)
    client.on("*", lambda event, *data: heard.append((event, *data)))
    client.connect(ward.url, auth={"token": api.token("other admin")}, transports=["websocket"], wait_timeout=5)
    try:
        refused = client.call("subscribe:alerts", {"hospitalId": world.mine}, timeout=5)
        assert refused.get("ok") is not True, refused
        assert client.call("subscribe:alerts", {"hospitalId": world.other}, timeout=5) == {"ok": True}
        with streaming(ward, api.token("other admin")) as stream:
            for _ in range(5):
                api.raise_alert(5, "operator")
            sentinel = api.raise_alert(5, "other admin")
            stream.wait_alert(sentinel["id"])
        # Events of one socket are in order: behind this one nothing of the earlier ones can come.
        client.call("subscribe:alerts", {"hospitalId": world.other}, timeout=5)
    finally:
        client.disconnect()
    alerts = [data["hospitalId"] for event, *rest in heard if event == "alert:new" for data in rest]
    assert set(alerts) <= {world.other} and len(alerts) == 1, heard
    assert world.mine not in json.dumps(heard)


def test_requests_without_a_token_see_nothing(ward):
    """75: every operation that needs a sign-in answers 401 without one"""
    complaints = Complaints()
    for operation in operations_of(document_of(ward)):
        if operation.needs_sign_in:
            with complaints.about(operation.name):
                path = target(operation, {each.name: str(uuid.uuid4()) for each in operation.fields_in("path")}, {})
                answer = requests.request(operation.method, ward.url + path, timeout=10)
                assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED"), answer.text
    complaints.settle(at_least=20)
