"""Services as plugins: healthcare, Ayurveda and another trade through one core."""

import uuid

from api_raw import assert_refused
from booking_support import at, booked, new_doctor, room, step, told, wanted
from own_house import api, ward  # noqa: F401 (fixtures by name)
from tenancy_support import member
from ward_process import wait_for


def fitter(api) -> str:
    """Somebody who fits garments; no doctor."""
    return member(api, f"fitter {uuid.uuid4().hex[:8]}", "receptionist")


def fitting(api, **more) -> dict:
    return wanted(api, fitter(api), service="fashion-fitting", **more)


def test_another_trade(api):
    """88: a fitting is booked through the same core, by who is no doctor and without a word about health"""
    made = api.do("nurse", "POST", "/appointments", fitting(api, details={"garment": "dress", "occasion": "Wedding"}))
    assert made["details"] == {"garment": "dress", "occasion": "Wedding"} and made["status"] == "scheduled"
    refused = assert_refused(api.call("nurse", "POST", "/appointments", fitting(
        api, details={"garment": "dress", "symptoms": "Itching"})), 400)
    assert [each["path"] for each in refused["details"]["fields"]] == ["details.symptoms"]
    refused = assert_refused(api.call("nurse", "POST", "/appointments", fitting(api)), 400)
    assert [each["path"] for each in refused["details"]["fields"]] == ["details.garment"]
    refused = assert_refused(api.call("nurse", "POST", "/appointments", wanted(
        api, new_doctor(api), service="fashion-fitting", details={"garment": "suit"})), 400)
    assert [each["path"] for each in refused["details"]["fields"]] == ["doctorId"]
    # The same core: the fitter's time is taken once, with the time that the room needs afterwards.
    late = wanted(api, made["doctorId"], at(api, minute=35), service="fashion-fitting", details={"garment": "suit"})
    assert_refused(api.call("nurse", "POST", "/appointments", late), 409)
    late["startsAt"] = told(at(api, minute=40))
    assert api.do("nurse", "POST", "/appointments", late)["status"] == "scheduled"


def test_operations_of_a_domain(api):
    """176: an operation is dispatched to the plugin of its domain; one that is missing is told clearly"""
    made = api.do("nurse", "POST", "/appointments", fitting(api, details={"garment": "suit"}))
    path = f"/appointments/{made['id']}/service-operations"
    refused = assert_refused(api.call("nurse", "POST", path, {"operation": "triage", "data": {"level": 3}}), 400)
    assert "measure" in refused["details"]["fields"][0]["message"]
    refused = assert_refused(api.call("nurse", "POST", path, {"operation": "measure", "data": {"chestCm": 7, "armCm": 60}}), 400)
    assert {each["path"] for each in refused["details"]["fields"]} == {"data.chestCm", "data.armCm", "data.waistCm"}
    refused = assert_refused(api.call("nurse", "POST", "/appointments", wanted(api, service="haircut")), 400)
    assert refused["details"]["fields"][0]["path"] == "service" and "fashion-fitting" in refused["details"]["fields"][0]["message"]
    visit = booked(api)
    assert_refused(api.call("nurse", "POST", f"/appointments/{visit['id']}/service-operations",
                            {"operation": "measure", "data": {"chestCm": 90, "waistCm": 80}}), 400)


def test_a_service_job_is_handled(api):
    """189: what a service does runs as a job of its own queue, and is found with the appointment"""
    measures = {"chestCm": 98, "waistCm": 84}
    made = api.do("nurse", "POST", "/appointments", fitting(api, details={"garment": "suit"}))
    asked = api.do("nurse", "POST", f"/appointments/{made['id']}/service-operations", {"operation": "measure", "data": measures})
    assert asked["appointmentId"] == made["id"]
    now = lambda: api.do("nurse", "GET", f"/appointments/{made['id']}")
    wait_for(lambda: now()["records"], 20, "the measures are kept")
    assert now()["records"] == {"measure": measures} and now()["version"] == 2
    job, = api.ward.sql("SELECT queue FROM finished_jobs WHERE id = %s UNION ALL SELECT queue FROM jobs WHERE id = %s",
                        "admin", parameters=[asked["jobId"], asked["jobId"]])
    assert job.queue == "service"
    steps = [each["step"] for each in api.do("nurse", "GET", f"/appointments/{made['id']}/history")]
    assert steps == ["booked", "measure"]
    step(api, made, "cancellation")
    assert_refused(api.call("nurse", "POST", f"/appointments/{made['id']}/service-operations",
                            {"operation": "measure", "data": measures}), 409)


def test_what_there_is_to_book(api):
    """177: every registered plugin's services are there with what they ask, of healthcare and of other domains"""
    services = {each["name"]: each for each in api.do("patient", "GET", "/services")["services"]}
    assert {"general-consultation", "video-consultation", "follow-up", "chequp", "vidhakarma", "panchakarma",
            "ayurveda-therapy", "fashion-fitting"} <= set(services)
    assert {each["domain"] for each in services.values()} >= {"healthcare", "ayurveda", "fashion"}
    assert services["panchakarma"]["queue"] == "panchakarma" and services["panchakarma"]["sessions"] > 1
    assert [each["name"] for each in services["fashion-fitting"]["operations"]] == ["measure"]


def test_rooms_and_devices(api):
    """191: what can be booked besides doctors is added, changed and listed, and not by everybody"""
    made = room(api, capacity=2, averageMinutes=30, feeMinor=1000)
    assert (made["kind"], made["capacity"], made["isActive"], made["version"]) == ("room", 2, True, 1)
    changed = api.do("head", "PATCH", f"/resources/{made['id']}", {"version": 1, "isActive": False, "name": "Old room"})
    assert (changed["isActive"], changed["name"], changed["version"], changed["capacity"]) == (False, "Old room", 2, 2)
    refused = assert_refused(api.call("head", "PATCH", f"/resources/{made['id']}", {"version": 1, "name": "New"}), 409)
    assert refused["details"]["version"] == 2
    assert made["id"] in {each["id"] for each in api.do("nurse", "GET", "/resources?kind=room&limit=100")}
    assert made["id"] not in {each["id"] for each in api.do("nurse", "GET", "/resources?onlyActive=true&limit=100")}
    assert_refused(api.call("other admin", "PATCH", f"/resources/{made['id']}", {"version": 2}), 404)
    visit = booked(api)
    doctors = api.do("nurse", "GET", "/resources?kind=doctor&limit=100")
    assert visit["doctorId"] in {each["userId"] for each in doctors}
