"""Sockets from outside: who gets in, and who hears what."""

import json
import threading

import pytest
import requests
from hospital import Ear, Hospital, label
from ward_process import free_port, wait_for


def test_sockets_have_a_port_of_their_own(ward_factory):
    """139: --socket-port takes sockets, and nothing else"""
    port = free_port()
    ward = ward_factory(arguments=["--socket-port", str(port)])
    place = Hospital(ward)
    own = f"http://127.0.0.1:{port}"
    for transport in ("websocket", "polling"):
        place.listen("nurse", transport, subscribe=True, url=own)
    alert = place.raise_alert(3)
    for ear in place.ears:
        assert ear.wait(lambda event, _: event == "alert:new", 5, "the alert")[1] == alert
    assert requests.get(f"{own}/api/v1/alerts", timeout=5).status_code == 404
    for ear in place.ears:
        ear.close()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_token_opens_the_rooms_of_its_person(hospital, transport):
    """140: after `auth {token}` a socket hears what is for the person and for the hospital"""
    ear = Ear(hospital.ward, "nurse", transport).connect(None)
    hospital.ears.append(ear)
    assert ear.ask("subscribe:alerts", {"hospitalId": hospital.id})["code"] == "UNAUTHORIZED"
    ear.client.emit("auth", {"token": hospital.token("nurse")})
    _, told = ear.wait(lambda event, _: event == "auth:success", 5, "the welcome")
    assert told == {"userId": hospital.user("nurse")}
    hospital.settle()
    ear.take_all()
    hospital.raise_alert(3)
    hospital.settle()
    assert [label(*message) for message in ear.take_all()] == [
        "alert:new", "notification:new alert_created 1", "staff:duty_changed"]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_wrong_token_is_told_and_closed(hospital, transport):
    """140: an invalid token is refused by event as well as at the handshake, and the socket is closed"""
    ear = Ear(hospital.ward, "nobody", transport)
    gone = threading.Event()
    ear.client.on("disconnect", lambda *_: gone.set())
    ear.connect(None)
    ear.client.emit("auth", {"token": "ws_" + "A" * 43})
    _, told = ear.wait(lambda event, _: event == "auth:error", 5, "the refusal")
    assert told["code"] == "UNAUTHORIZED"
    assert gone.wait(5), "the socket stayed open"

    late = Ear(hospital.ward, "nobody", transport)
    refused, why = threading.Event(), []
    late.client.on("connect_error", lambda data: (why.append(data), refused.set()))
    # Not waiting here: told and closed in one answer to a poll, python-engineio's own threads may wait for each other.
    late.client.connect(late.url, auth={"token": "nonsense"}, transports=[transport], wait=False)
    assert refused.wait(5), "nothing was said"
    assert why[0]["data"]["code"] == "UNAUTHORIZED"
    wait_for(lambda: late.client.eio.state == "disconnected", 5, "the socket is closed")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_another_hospitals_alerts_are_refused(hospital, transport):
    """141: subscribing is for the own hospital; another one, and a person without the permission, are refused"""
    ear = hospital.listen("nurse", transport)
    assert ear.ask("subscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
    refused = ear.ask("subscribe:alerts", {"hospitalId": hospital.other_id})
    assert (refused["ok"], refused["code"]) == (False, "FORBIDDEN")
    ear.client.emit("subscribe:alerts", {"hospitalId": hospital.other_id})
    _, told = ear.wait(lambda event, _: event == "subscribe:error", 5, "the refusal")
    assert told["code"] == "FORBIDDEN"
    for nonsense in (None, {}, {"hospitalId": 7}, {"hospitalId": "x"}, [], "x"):
        assert ear.ask("subscribe:alerts", nonsense)["code"] == "BAD_REQUEST"
    ear.take_all()
    patient = hospital.listen("patient", transport)
    assert patient.ask("subscribe:alerts", {"hospitalId": hospital.id})["code"] == "FORBIDDEN"
    there = hospital.do("other admin", "POST", "/alerts",
                        {"roomNumber": "1", "alertType": "medical", "urgencyLevel": 1})
    hospital.hears({})
    hospital.cancel(there, "other admin")


def test_a_subscriber_gets_the_whole_alert_once(hospital):
    """142, 143: a person with three sockets, two of them subscribed twice, hears everything once on each"""
    for transport in ("websocket", "polling", "websocket"):
        hospital.listen("nurse", transport, subscribe=True)
    hospital.ears[0].ask("subscribe:alerts", {"hospitalId": hospital.id})
    alert = hospital.raise_alert(2)
    answered = hospital.acknowledge(alert)
    ended = hospital.resolve(alert)
    hospital.settle()
    for ear in hospital.ears:
        heard = [message for message in ear.take_all() if message[0].startswith("alert:")]
        assert heard == [("alert:new", alert), ("alert:updated", answered), ("alert:updated", ended)]


def test_a_room_is_exactly_its_members(hospital):
    """145: department, hospital and person: each message reaches those it is for and nobody else"""
    for who in ("operator", "nurse", "doctor", "other nurse", "other admin"):
        hospital.listen(who, subscribe=True)
    for who in ("head", "patient"):
        hospital.listen(who)
    everybody = ["alert:new"]
    hospital.raise_alert(2, departmentId=hospital.department("ER"))
    hospital.hears({
        "operator": everybody, "doctor": everybody, "nurse": ["alert:new", "notification:new alert_created 1"]})
    # Not the nurse's department: she does not hear of it, and the doctor is its first tier.
    hospital.raise_alert(2, departmentId=hospital.department("ICU"))
    hospital.hears({"operator": everybody, "doctor": ["alert:new", "notification:new alert_created 2"]})
    hospital.on_duty("head", False)
    hospital.hears({who: ["staff:duty_changed"] for who in ("operator", "nurse", "doctor", "head", "patient")})
    hospital.do("other admin", "PUT", "/duty", {"isOnDuty": hospital.operator_on_duty})
    hospital.heard()
    # Leaving the room ends it.
    ear = hospital.ears[0]
    assert ear.ask("unsubscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
    hospital.raise_alert(2)
    hospital.hears({"doctor": everybody, "nurse": ["alert:new", "notification:new alert_created 1"]})


def test_a_right_that_ends_takes_its_rooms_away(hospital):
    """141, 145: within a second of losing department or membership a socket no longer hears what it may not"""
    move = "UPDATE memberships SET {} WHERE hospital_id = %s AND user_id = %s"
    own = [hospital.id, hospital.user("nurse")]
    er, icu = hospital.department("ER"), hospital.department("ICU")
    hospital.listen("operator", subscribe=True)
    nurse = hospital.listen("nurse", subscribe=True)

    def nurse_hears() -> list:
        """Whatever has reached her by now; Ward may also have sent her away to subscribe anew."""
        hospital.settle()
        if nurse.client.connected:
            nurse.ask("subscribe:alerts", {})  # The answer stands behind everything else.
        return [message for message in nurse.take_all() if message[0].startswith("alert:")]

    hospital.ears.remove(nurse)
    try:
        hospital.raise_alert(2, departmentId=er)
        assert len(nurse_hears()) == 1
        # To another department: what is said in the old one is not for her any more.
        hospital.ward.sql(move.format("department_id = %s"), parameters=[icu, *own])
        wait_for(lambda: hospital.raise_alert(2, departmentId=er) and nurse_hears() == [], 1, "she hears it no more")
        hospital.raise_alert(2, departmentId=er)
        assert nurse_hears() == []
        nurse.close()
        nurse = Ear(hospital.ward, "nurse").connect(hospital.token("nurse"))
        assert nurse.ask("subscribe:alerts", {"hospitalId": hospital.id}) == {"ok": True}
        hospital.raise_alert(2, departmentId=icu)
        assert len(nurse_hears()) == 1
        # Out of the hospital, while she still works in another one.
        hospital.ward.sql(
            "INSERT INTO memberships (hospital_id, user_id, role) VALUES (%s, %s, 'nurse')",
            parameters=[hospital.other_id, own[1]])
        hospital.ward.sql(move.format("is_active = false"), parameters=own)
        wait_for(lambda: hospital.raise_alert(2, departmentId=icu) and nurse_hears() == [], 1, "she hears it no more")
        hospital.raise_alert(2, departmentId=icu)
        assert nurse_hears() == []
    finally:
        hospital.ward.sql(move.format("is_active = true, department_id = %s"), parameters=[er, *own])
        hospital.ward.sql(
            "DELETE FROM memberships WHERE hospital_id = %s AND user_id = %s", parameters=[hospital.other_id, own[1]])
        nurse.close()


def test_an_alert_that_moves_is_told_to_both_departments(hospital):
    """143: who had it on the board hears that it is another department's now"""
    hospital.listen("nurse", subscribe=True)
    alert = hospital.raise_alert(2, departmentId=hospital.department("ER"))
    hospital.heard()
    change = {"version": 1, "departmentId": hospital.department("ICU")}
    hospital.do("operator", "PATCH", f"/alerts/{alert['id']}", change)
    hospital.hears({"nurse": ["alert:updated active"]})


def test_the_heartbeat_is_the_promised_one(hospital):
    """146: the open packet promises a ping every 25 s and 60 s of patience"""
    packet = requests.get(f"{hospital.ward.url}/socket.io/?EIO=4&transport=polling", timeout=5).text
    opened = json.loads(packet[1:])
    assert packet[0] == "0" and (opened["pingInterval"], opened["pingTimeout"]) == (25000, 60000)


def test_an_event_reaches_the_clients_of_every_node(hospital, ward_factory):
    """131, 151: what happens on one node is heard once by the clients of the other, whichever of them it came from"""
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": hospital.ward.database_url("serving")})
    for who, node in (("operator", hospital.ward), ("doctor", second), ("nurse", second)):
        hospital.listen(who, subscribe=True, url=node.url)
    alert = hospital.raise_alert(5)
    hospital.hears({
        "operator": ["alert:new"], "doctor": ["alert:new"], "nurse": ["alert:new", "notification:new alert_created 1"]})
    there = second.call("POST", f"/api/v1/alerts/{alert['id']}/acknowledgement", hospital.token("nurse"), json={})
    assert there.status_code == 200
    hospital.hears({who: ["alert:updated acknowledged"] for who in ("operator", "doctor", "nurse")})
    # A right that ends on one node ends on the other.
    leaver = hospital.ward.sign_in("patient@demo.ward")
    gone = threading.Event()
    ear = Ear(hospital.ward, "leaver", url=second.url)
    ear.client.on("disconnect", lambda *_: gone.set())
    ear.connect(leaver)
    assert hospital.ward.call("DELETE", "/api/v1/session", leaver).ok
    assert gone.wait(2), "the socket of a session that is over stayed open"
    for ear in hospital.ears:
        ear.close()
    hospital.ears.clear()
