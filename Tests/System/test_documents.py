"""What an operation answers is what is stored."""


def test_a_created_alert_is_answered_as_it_is_stored(ward):
    """111: valid input is answered as the stored alert: active, in its first tier, with the next due time set"""
    token = ward.sign_in("operator@demo.ward")
    department = ward.call("GET", "/api/v1/departments", token).json()["data"][0]["id"]
    bodies = [
        {"roomNumber": "4B", "alertType": "fall", "urgencyLevel": 3},
        {"roomNumber": "\"é\\\u2028", "alertType": "medical", "priority": "critical", "title": "Ü \t<b>",
         "description": "x" * 500, "departmentId": department, "expiresAt": "2999-01-01T00:00:00.120000+01:00"},
    ]
    for body in bodies:
        created = ward.call("POST", "/api/v1/alerts", token, json=body)
        assert created.status_code == 201, created.text
        alert = created.json()["data"]
        assert (alert["status"], alert["version"]) == ("active", 1)
        assert alert["nextEscalationAt"] is not None
        shown = ward.call("GET", f"/api/v1/alerts/{alert['id']}", token)
        assert shown.text.split('"data":')[1].split(',"message"')[0] == created.text.split('"data":')[1].split(',"message"')[0]
        cancelled = ward.call("POST", f"/api/v1/alerts/{alert['id']}/cancellation", token, json={})
        assert cancelled.status_code == 200
