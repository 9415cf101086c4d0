"""Departments through HTTP."""


def test_shows_one_department(ward):
    """A department is shown in REST and tRPC alike."""
    token = ward.sign_in("nurse@demo.ward")
    listed = ward.call("GET", "/api/v1/departments", token).json()["data"][0]
    shown = ward.call("GET", f"/api/v1/departments/{listed['id']}", token)
    assert shown.status_code == 200
    assert shown.json()["data"] == listed
    called = ward.call("GET", f'/api/trpc/departments.get?input={{"departmentId":"{listed["id"]}"}}', token)
    assert called.json() == {"result": {"data": listed}}


def test_a_department_of_another_hospital_is_not_there(ward):
    foreign = ward.call("GET", "/api/v1/departments", ward.sign_in("nurse@other.ward")).json()["data"][0]["id"]
    token = ward.sign_in("nurse@demo.ward")
    answer = ward.call("GET", f"/api/v1/departments/{foreign}", token)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert ward.call("GET", "/api/v1/departments/none", token).status_code == 400
