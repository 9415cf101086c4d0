"""Ward watches itself: a test alert goes the whole way, and when it does not everybody who should know is told."""

import pytest
from api_support import streaming
from hospital import Ear
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import wait_for

HIDDEN = "00000000-0000-7000-8000-0000000a1e27"
# A beat every 3 s, so that 6 s of failing count.
ENVIRONMENT = {"WARD_WATCH": "on", "WARD_WATCH_SECONDS": "3"}
FAULTS = {
    "A test alert could not be raised.": ("REVOKE INSERT ON ward.alerts FROM ward_serving",
                                          "GRANT INSERT ON ward.alerts TO ward_serving"),
    "A test alert was raised and not delivered.": ("REVOKE SELECT ON ward.events FROM ward_serving",
                                                   "GRANT SELECT ON ward.events TO ward_serving"),
    "A test alert was delivered and could not be acknowledged.": (
        "REVOKE INSERT ON ward.alert_acknowledgments FROM ward_serving",
        "GRANT INSERT ON ward.alert_acknowledgments TO ward_serving"),
}

WARD = {"environment": ENVIRONMENT}


def health(ward):
    answer = ward.call("GET", "/health")
    return answer.status_code, answer.json()


def answered(ward) -> int:
    return ward.sql("SELECT count(*) FROM alert_acknowledgments WHERE hospital_id = %s", parameters=[HIDDEN])[0][0]


def becomes_well(ward) -> None:
    wait_for(lambda: health(ward)[0] == 200, 30, "well again")


def test_a_test_alert_goes_the_whole_way_again_and_again(ward):
    """310: a test alert is raised, delivered, acknowledged and ended, and again; health shows the watch"""
    before = wait_for(lambda: answered(ward), 20, "the first test alert is acknowledged")
    wait_for(lambda: answered(ward) > before, 20, "another one")
    status, shown = health(ward)
    assert (status, shown["status"], shown["services"]["watch"]) == (200, "healthy", True) and "reasons" not in shown
    states = {row.status for row in ward.sql(
        "SELECT status FROM alerts WHERE hospital_id = %s AND created_at < ward.now() - interval '6 seconds'",
        parameters=[HIDDEN])}
    assert states <= {"resolved"}


def test_the_hidden_hospital_shows_nowhere(ward, api):
    """310: its hospital has no people and stands in no list, leaves no audit row and no job, and nobody can join it"""
    wait_for(lambda: answered(ward), 20, "a test alert")
    def count(table):
        return ward.sql(f"SELECT count(*) FROM {table} WHERE hospital_id = %s", parameters=[HIDDEN])[0][0]
    assert {table: count(table) for table in ("audit_log", "jobs", "memberships", "alert_pages", "alert_escalations")} == {
        "audit_log": 0, "jobs": 0, "memberships": 0, "alert_pages": 0, "alert_escalations": 0}
    assert HIDDEN not in str(api.do("admin", "GET", "/hospitals")) + str(api.do("admin", "GET", "/alerts?status=resolved"))
    refused = api.call("admin", "GET", "/api/v1/alerts", headers={"X-Hospital-ID": HIDDEN})
    assert refused.status_code in (403, 404)
    admin = api.user("admin")
    with ward.connect("owner") as connection:
        connection.execute("UPDATE memberships SET role = 'super_admin' WHERE user_id = %s", [admin])
        connection.execute("SELECT set_config('ward.user', %s, true)", [admin])
        shown = connection.execute("SELECT * FROM platform_numbers()").fetchone()
        assert (shown.organizations, shown.hospitals) == connection.execute(
            "SELECT (SELECT count(*) - 1 FROM organizations) AS o, (SELECT count(*) - 1 FROM hospitals) AS h").fetchone()
        assert shown.users == connection.execute("SELECT count(*) - 1 FROM users").fetchone()[0]
        connection.rollback()


@pytest.mark.parametrize("reason", FAULTS)
def test_a_way_that_is_broken_is_told_loudly(ward, api, reason):
    """310: when a step fails, health says 503 and why, administrators of every hospital hear it, nobody else does"""
    wait_for(lambda: answered(ward), 20, "a test alert before")
    fault, cure = FAULTS[reason]
    sockets = [Ear(ward, who).connect(api.token(who)) for who in ("admin", "nurse")]
    with streaming(ward, api.token("admin")) as admin, streaming(ward, api.token("other admin")) as other, \
            streaming(ward, api.token("nurse")) as nurse:
        ward.sql(fault)
        try:
            told = [each.wait(lambda item: item["event"] == "system:degraded", 40)["json"] for each in (admin, other)]
            assert [each["reason"] for each in told] == [reason, reason]
            status, shown = health(ward)
            assert (status, shown["status"], shown["services"]["watch"], shown["reasons"]) == (503, "unhealthy", False, [reason])
            with streaming(ward, api.token("admin")) as late:
                assert late.wait(lambda item: item["event"] == "system:degraded", 5)["json"]["reason"] == reason
        finally:
            ward.sql(cure)
        for each in (admin, other):
            each.wait(lambda item: item["event"] == "system:recovered", 40)
        becomes_well(ward)
        assert [item for item in nurse.seen if item["event"].startswith("system:")] == [] and nurse.items.empty()
    told = sockets[0].wait(lambda name, *_: name == "system:recovered", 10, "the administrator's socket hears it")
    assert "at" in told[1] and ("system:degraded", reason) in [(name, data.get("reason")) for name, data, *_ in sockets[0].heard]
    assert [name for name, *_ in sockets[1].heard if name.startswith("system:")] == []
    for socket in sockets:
        socket.client.disconnect()
    with streaming(ward, api.token("admin")) as late:
        # Behind its greeting there is nothing but the next alert.
        alert = api.raise_alert()
        late.wait_alert(alert["id"])
        assert [item["event"] for item in late.seen] == ["hello", "alert:new"]


# Alerts are refused to connections that carry this mark, which one node alone has in its database URL.
LAME = """
CREATE FUNCTION ward.limp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_setting('ward.lame', true) = 'on' THEN RAISE EXCEPTION 'not today'; END IF; RETURN NEW; END $$;
CREATE TRIGGER limp BEFORE INSERT ON ward.alerts FOR EACH ROW EXECUTE FUNCTION ward.limp()"""


def test_other_nodes_tell_their_administrators(ward, api, ward_factory):
    """310: when one node alone fails, administrators who are connected to another one hear it, and when it ends; the
    other one stays in service and its health names what it heard"""
    mark = "&options=-c%20ward.lame%3Don"
    lame = ward_factory(demo=False, environment={**ENVIRONMENT, "WARD_DATABASE_URL": ward.database_url() + mark})
    with streaming(ward, api.token("admin")) as admin, streaming(ward, api.token("nurse")) as nurse:
        ward.sql(LAME)
        try:
            told = admin.wait(lambda item: item["event"] == "system:degraded", 40)["json"]
            reason = "A test alert could not be raised."
            assert (told["reason"], told["isElsewhere"]) == (reason, True)
            wait_for(lambda: health(lame)[0] == 503, 5, "the node that fails says so")
            status, shown = health(ward)
            assert (status, shown["status"]) == (200, "healthy"), "this node is sent calls as before"
            assert (shown["services"]["watch"], shown["services"]["otherNodes"]) == (True, False)
            assert shown["reasons"] == ["On another node: " + reason]
            with streaming(ward, api.token("admin")) as late:
                assert late.wait(lambda item: item["event"] == "system:degraded", 5)["json"]["isElsewhere"]
        finally:
            ward.sql("DROP TRIGGER limp ON ward.alerts; DROP FUNCTION ward.limp()")
        admin.wait(lambda item: item["event"] == "system:recovered", 40)
        assert health(ward)[1]["services"]["otherNodes"] and "reasons" not in health(ward)[1]
        assert [item for item in nurse.seen if item["event"].startswith("system:")] == [] and nurse.items.empty()
    becomes_well(lame)


def test_a_node_that_is_gone_is_no_trouble_for_ever(ward, api, ward_factory):
    """310: a node that is killed while it fails is told of no longer than its last word held"""
    mark = "&options=-c%20ward.lame%3Don"
    lame = ward_factory(demo=False, environment={**ENVIRONMENT, "WARD_DATABASE_URL": ward.database_url() + mark})
    with streaming(ward, api.token("admin")) as admin:
        ward.sql(LAME)
        try:
            admin.wait(lambda item: item["event"] == "system:degraded", 40)
            lame.kill9()
            admin.wait(lambda item: item["event"] == "system:recovered", 20)
        finally:
            ward.sql("DROP TRIGGER limp ON ward.alerts; DROP FUNCTION ward.limp()")
    assert health(ward)[1]["services"]["otherNodes"]


def test_a_way_that_hangs_is_told_too(ward):
    """310: a database that takes alerts and does not answer counts as a failure; a look at health does not hang"""
    wait_for(lambda: answered(ward), 20, "a test alert before")
    with ward.connect("owner") as holder:
        holder.execute("LOCK TABLE alerts IN ACCESS EXCLUSIVE MODE")
        wait_for(lambda: health(ward)[0] == 503, 40, "health says so")
        assert health(ward)[1]["reasons"] == ["A test alert could not be raised."]
        holder.rollback()
    becomes_well(ward)


def test_what_the_watch_did_is_forgotten_after_a_day(ward):
    """310: after a day its alerts and events are gone, and what is newer stays"""
    wait_for(lambda: answered(ward) >= 2, 20, "test alerts")
    ward.sql("SELECT ward.forget_watch()")
    assert answered(ward) >= 2
    with ward.connect("owner") as connection:
        for table, column in (("alerts", "created_at"), ("events", "created_at")):
            connection.execute(
                f"UPDATE {table} SET {column} = {column} - interval '25 hours' WHERE hospital_id = %s", [HIDDEN])
        old = [row[0] for row in connection.execute("SELECT id FROM alerts WHERE hospital_id = %s", [HIDDEN]).fetchall()]
        assert connection.execute("SELECT ward.forget_watch()").fetchone()[0] == len(old) > 0
        for table in ("alert_acknowledgments", "alert_changes", "alert_timers"):
            assert connection.execute(f"SELECT count(*) FROM {table} WHERE alert_id = ANY (%s)", [old]).fetchone()[0] == 0
        left = connection.execute("SELECT count(*) FROM events WHERE hospital_id = %s AND created_at < now() - interval '1 day'", [HIDDEN])
        assert left.fetchone()[0] == 0


def test_it_can_be_switched_off(ward_factory):
    """310: switched off there is no hidden hospital, and health says nothing of a watch"""
    ward = ward_factory(environment={"WARD_WATCH": "off"})
    assert "watch" not in health(ward)[1]["services"]
    assert ward.sql("SELECT count(*) FROM hospitals WHERE id = %s", parameters=[HIDDEN])[0][0] == 0
