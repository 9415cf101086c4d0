"""Limits hold over all nodes together, without Redis."""

import pytest
from api_support import Api, own_ward, room
from ward_process import PASSWORD, WardProcess, wait_for

ON = {"WARD_RATE_LIMITS": "on"}


@pytest.fixture(scope="module")
def nodes():
    with own_ward(environment=ON) as first:
        second = WardProcess(environment={
            **ON, "WARD_DATABASE_URL": first.database_url(), "WARD_DATABASE_OWNER_URL": first.database_url("owner"),
        }, demo=False)
        try:
            second.start()
            yield first, second
        finally:
            second.close()


def sign_in(node, email: str, password: str = PASSWORD):
    return node.call("POST", "/api/v1/sessions", json={"email": email, "password": password})


def assert_limited(answer, name: str) -> None:
    assert answer.status_code == 429, answer.text
    assert answer.json()["details"]["limit"] == name and 1 <= int(answer.headers["Retry-After"]) <= 60


def test_five_sign_ins_on_whichever_nodes(nodes):
    """247, 242: five sign-ins a minute in all, alternately on two nodes; the sixth is refused by both"""
    for n in range(5):
        assert sign_in(nodes[n % 2], "head@demo.ward", PASSWORD if n else "wrong").status_code == (201 if n else 401)
    for node in nodes:
        assert_limited(sign_in(node, "head@demo.ward"), "auth.signIn")
    assert sign_in(nodes[0], "doctor@demo.ward").status_code == 201


def test_thirty_alerts_on_whichever_nodes(nodes):
    """247, 244: thirty alerts below urgency 4 a minute in all; urgent ones go through on both"""
    token = nodes[0].sign_in("operator@demo.ward")

    def raise_alert(node, urgency):
        return node.call("POST", "/api/v1/alerts", token, json={
            "roomNumber": room(), "alertType": "medical", "urgencyLevel": urgency})

    assert [raise_alert(nodes[n % 2], 3).status_code for n in range(30)] == [201] * 30
    for node in nodes:
        assert_limited(raise_alert(node, 1), "alerts.create")
        assert raise_alert(node, 5).status_code == 201


def test_larger_limits_are_settled_a_moment_later(nodes):
    """247, 245: of a hundred calls of one person sixty are made here and forty there; then both refuse"""
    api = Api(nodes[0])
    token = api.token("nurse")
    for node, calls in ((nodes[0], 60), (nodes[1], 40)):
        assert {node.call("GET", "/api/v1/duty", token).status_code for _ in range(calls)} == {200}
    # Each node hears of the other's calls within its next moment; the limit is far from over by then.
    wait_for(lambda: nodes[0].call("GET", "/api/v1/duty", token).status_code == 429, 10, "the first node refuses")
    wait_for(lambda: nodes[1].call("GET", "/api/v1/duty", token).status_code == 429, 10, "the second node refuses")
    assert nodes[0].call("GET", "/api/v1/departments", token).status_code == 200


def test_what_is_counted_names_nobody(nodes):
    """247: the shared counts hold hashes and numbers only, and nobody who serves reads them"""
    rows = nodes[0].sql("SELECT key, count FROM rate_windows", role="admin")
    assert rows and all(set(row.key) <= set("0123456789abcdef") and row.count > 0 for row in rows)
    with pytest.raises(Exception, match="permission denied"):
        nodes[0].sql("SELECT * FROM rate_windows", role="serving")


def test_without_the_database_each_node_counts_for_itself(nodes):
    """247: when the counts cannot be shared a call is counted by its node, and the trouble is said once"""
    nodes[0].sql("REVOKE EXECUTE ON FUNCTION count_windows(text[], integer[], integer[], integer[]) FROM ward_serving")
    try:
        token = sign_in(nodes[0], "admin@demo.ward")
        assert token.status_code == 201
        statuses = [sign_in(nodes[0], "admin@demo.ward").status_code for _ in range(6)]
        assert statuses == [201] * 4 + [429] * 2
        assert nodes[0].log(1000).count("limits are counted by each node for itself") == 1
    finally:
        nodes[0].sql("GRANT EXECUTE ON FUNCTION count_windows(text[], integer[], integer[], integer[]) TO ward_serving")


def test_windows_that_are_over_are_counted_anew(nodes):
    """247, 248: when the minute is over both nodes let the person through again"""
    nodes[0].shift_clock(61)
    for node in nodes:
        wait_for(lambda node=node: sign_in(node, "head@demo.ward").status_code == 201, 10, "the window is over", pause=1)
