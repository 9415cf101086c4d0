"""Alerts that ask for several people: "1 anaesthetist and 2 nurses"."""

import json
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hospital import RESOLUTION, moment
from ward_process import wait_for

WANTED = [{"label": "Anaesthetist", "role": "doctor", "specialization": "Anaesthesia", "count": 1},
          {"label": "Nurse", "role": "nurse", "specialization": None, "count": 2}]
PASSWORD = "correct horse battery"


class Team:
    """Two nurses, a doctor and an anaesthetist, on duty in the Demo General."""

    def __init__(self, hospital):
        self.hospital = hospital
        self.tokens = {"nurse": hospital.token("nurse"), "doctor": hospital.token("doctor")}
        self.names = {}
        for who, role, skill in (("second", "nurse", None), ("third", "nurse", None), ("gas", "doctor", "anaesthesia")):
            email = f"{who}-{uuid.uuid4().hex[:6]}@demo.ward"
            self.names[who] = f"{who.capitalize()} {role.capitalize()}"
            made = hospital.do("admin", "POST", "/users", {
                "email": email, "name": self.names[who], "role": role, "password": PASSWORD,
                **({"specialization": skill} if skill else {})})
            self.tokens[who] = hospital.ward.sign_in(email, PASSWORD)
            hospital.ward.call("PUT", "/api/v1/duty", self.tokens[who], json={"isOnDuty": True})
            setattr(self, who, made["id"])

    def call(self, who, alert, noun, **body):
        return self.hospital.ward.call("POST", f"/api/v1/alerts/{alert['id']}/{noun}", self.tokens[who], json=body)

    def come(self, who, alert, **body):
        answer = self.call(who, alert, "acknowledgement", **body)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def leave(self):
        for who in ("second", "third", "gas"):
            self.hospital.ward.call("PUT", "/api/v1/duty", self.tokens[who], json={"isOnDuty": False})
            self.hospital.do("admin", "DELETE", f"/users/{getattr(self, who)}")


@pytest.fixture
def team(hospital):
    hospital.ward.sql("UPDATE alert_types SET quorum = %s, quorum_repage_seconds = 30 WHERE code = 'code_blue'",
                      parameters=[json.dumps(WANTED)])
    people = Team(hospital)
    yield people
    people.leave()
    hospital.ward.sql("UPDATE alert_types SET quorum = NULL WHERE code = 'code_blue'")


def filled(alert) -> list[int]:
    return [each["filled"] for each in alert["quorum"]]


def paged(hospital, alert) -> Counter:
    """How often each person was asked because of the quorum."""
    rows = hospital.ward.sql("SELECT user_id::text, times FROM alert_pages WHERE alert_id = %s AND tier = 0",
                             parameters=[alert["id"]])
    return Counter({row.user_id: row.times for row in rows})


def asked(hospital, alert, user: str) -> int:
    """How often somebody was paged for whatever reason."""
    return hospital.ward.sql("SELECT COALESCE(sum(times), 0)::int FROM alert_pages WHERE alert_id = %s AND user_id = %s",
                             parameters=[alert["id"], user])[0][0]


def timers(hospital, alert) -> set[str]:
    return {row.kind for row in hospital.ward.sql(
        "SELECT kind FROM alert_timers WHERE alert_id = %s", parameters=[alert["id"]])}


def test_it_rings_until_everybody_who_is_needed_is_coming(hospital, team):
    """118: an alert that asks for three people is acknowledged by the third; the board sees each of them come"""
    operator = hospital.listen("operator", subscribe=True)
    alert = hospital.raise_alert(5, alertType="code_blue")
    assert filled(alert) == [0, 0] and alert["responders"] == [] and alert == hospital.alert(alert)
    # The ladder's first tier is paged as always; besides it everybody who fits, wherever in the house.
    everybody = set(paged(hospital, alert)) | {row.user_id for row in hospital.ward.sql(
        "SELECT user_id::text FROM alert_pages WHERE alert_id = %s AND tier = 1", parameters=[alert["id"]])}
    assert everybody == {team.second, team.third, team.gas, hospital.user("nurse")}
    assert timers(hospital, alert) == {"escalation", "quorum"}

    first = team.come("second", alert, responseAction="responding", estimatedResponseTime=2)
    assert (first["status"], filled(first), first["acknowledgedBy"]) == ("active", [0, 1], None)
    responder = first["responders"][0]
    assert (responder["userId"], responder["name"], responder["role"], responder["requirement"], responder["status"]) == (
        team.second, team.names["second"], "nurse", 1, "coming")
    assert (moment(responder["estimatedArrivalAt"]) - moment(responder["respondedAt"])).total_seconds() == 120
    assert operator.wait(lambda event, _: event == "alert:updated", 5, "who is coming")[1] == first

    again = team.call("second", alert, "acknowledgement")
    assert again.status_code == 409 and "already" in again.json()["error"]
    unfit = team.call("doctor", alert, "acknowledgement")
    assert unfit.status_code == 409 and unfit.json()["details"]["missing"] == ["Anaesthetist", "Nurse"]
    assert filled(hospital.alert(alert)) == [0, 1]

    assert filled(team.come("nurse", alert)) == [0, 2]
    late = team.call("third", alert, "acknowledgement")
    assert late.status_code == 409 and late.json()["details"]["missing"] == ["Anaesthetist"]
    assert hospital.alert(alert)["status"] == "active"

    done = team.come("gas", alert)
    assert (done["status"], filled(done), done["acknowledgedBy"]) == ("acknowledged", [1, 2], team.second)
    assert done["nextEscalationAt"] is None and timers(hospital, alert) == {"response"}
    arrived = team.call("gas", alert, "arrival").json()["data"]
    assert [each["status"] for each in arrived["responders"]] == ["coming", "coming", "arrived"]
    assert team.call("gas", alert, "arrival").status_code == 409
    assert team.call("third", alert, "arrival").status_code == 409
    kinds = [(entry["kind"], entry["actorName"]) for entry in hospital.timeline(alert)]
    assert kinds == [("created", hospital.name("operator")), ("acknowledged", team.names["second"]),
                     ("acknowledged", hospital.name("nurse")), ("acknowledged", team.names["gas"]),
                     ("arrived", team.names["gas"])]
    assert hospital.resolve(alert)["status"] == "resolved"


def test_the_missing_are_asked_again_and_nobody_else(hospital, team):
    """133: every 30 s from the creation those who are missing are paged; who comes or declined is left in peace"""
    alert = hospital.raise_alert(5, alertType="code_blue")
    team.come("gas", alert)
    assert team.call("third", alert, "declination").status_code == 200
    before = paged(hospital, alert)
    for turn in (1, 2):
        hospital.shift_to(alert, seconds=30 * turn + 0.5)
        wait_for(lambda: paged(hospital, alert)[team.second] == before[team.second] + turn, 5, "the page")
    now = paged(hospital, alert)
    assert now[team.gas] == before[team.gas] and now[team.third] == before[team.third]
    due = hospital.ward.sql("SELECT due_at FROM alert_timers WHERE alert_id = %s AND kind = 'quorum'",
                            parameters=[alert["id"]])[0].due_at
    assert (due - moment(alert["createdAt"])).total_seconds() == 90
    # It climbs as any alert does, and those who are coming are not paged by that either.
    hospital.shift_to(alert, 5, seconds=1)
    hospital.catch_up()
    assert hospital.alert(alert)["escalationTier"] == 2
    assert {row.user_id for row in hospital.ward.sql(
        "SELECT user_id::text FROM alert_pages WHERE alert_id = %s AND tier = 2", parameters=[alert["id"]])} == {
            hospital.user("doctor")}


def test_who_cannot_come_after_all_opens_the_place_again(hospital, team):
    """118: taking an answer back makes an acknowledged alert active again, with its due times, and asks the others"""
    alert = hospital.raise_alert(5, alertType="code_blue")
    for who in ("second", "nurse", "gas"):
        done = team.come(who, alert)
    assert done["status"] == "acknowledged"
    before = asked(hospital, alert, team.third)
    assert team.call("third", alert, "withdrawal").status_code == 409
    left = team.call("nurse", alert, "withdrawal", reason="Another code.")
    assert left.status_code == 200, left.text
    now = left.json()["data"]
    assert (now["status"], filled(now), now["acknowledgedBy"]) == ("active", [1, 1], None)
    assert (moment(now["nextEscalationAt"]) - moment(alert["createdAt"])).total_seconds() == 300
    assert timers(hospital, alert) == {"escalation", "quorum"}
    assert asked(hospital, alert, team.third) == before + 1
    assert filled(team.come("third", alert)) == [1, 2]
    assert hospital.alert(alert)["status"] == "acknowledged"


def test_an_ordinary_alert_rings_again_when_its_responder_cannot_come(hospital):
    """118: who has an alert may give it back; then it is active again in its tier"""
    alert = hospital.raise_alert(3)
    hospital.acknowledge(alert)
    assert hospital.call("doctor", "POST", f"/alerts/{alert['id']}/withdrawal", {}).status_code == 409
    back = hospital.do("nurse", "POST", f"/alerts/{alert['id']}/withdrawal", {"reason": "Called away."})
    assert (back["status"], back["acknowledgedBy"], back["escalationTier"]) == ("active", None, 1)
    assert timers(hospital, alert) == {"escalation"}
    assert hospital.call("nurse", "POST", f"/alerts/{alert['id']}/arrival", {}).status_code == 409


def test_the_last_place_is_filled_once(hospital, team):
    """119: of two nurses who want the last place at the same moment one gets it, and the other is told"""
    for _ in range(5):
        alert = hospital.raise_alert(5, alertType="code_blue")
        team.come("second", alert)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda who: team.call(who, alert, "acknowledgement"), ("nurse", "third")))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert filled(hospital.alert(alert)) == [0, 2]
        hospital.cancel(alert)


def test_it_is_over_before_all_have_come(hospital, team):
    """120: with somebody there the alert can be resolved before the quorum is complete; with nobody it cannot"""
    alert = hospital.raise_alert(5, alertType="code_blue")
    early = hospital.call("doctor", "POST", f"/alerts/{alert['id']}/resolution", {"resolution": RESOLUTION})
    assert early.status_code == 409
    team.come("gas", alert)
    assert hospital.resolve(alert)["status"] == "resolved"
    assert timers(hospital, alert) == set()
    assert team.call("gas", alert, "withdrawal").status_code == 409


def test_unresolved_it_asks_everybody_anew(hospital, team):
    """134: an acknowledged quorum that nobody resolves in time rings again and begins with nobody"""
    alert = hospital.raise_alert(5, alertType="code_blue")
    for who in ("second", "nurse", "gas"):
        team.come(who, alert)
    hospital.shift_to(alert, 10, seconds=10)
    hospital.catch_up()
    assert hospital.alert(alert)["status"] == "acknowledged"
    hospital.shift_to(alert, 15, seconds=20)
    hospital.catch_up()
    again = hospital.alert(alert)
    assert (again["status"], filled(again), again["responders"]) == ("active", [0, 0], [])
    assert filled(team.come("second", alert)) == [0, 1]
