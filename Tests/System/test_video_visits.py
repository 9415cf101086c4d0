"""Where a visit by picture or voice takes place: one room for two, opened by a token for each, for its time alone."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from api_raw import assert_refused
from api_support import Api, own_ward, shift
from booking_support import at
from clinic_support import consult, doctor_of, patient_with_account
from test_payments import as_published
from own_house import api, ward  # noqa: F401 (fixtures by name)

SECRET = "a secret of the service for video visits"


@pytest.fixture(scope="module")
def house():
    setting = f"jitsi://ward-app:{SECRET.replace(' ', '%20')}@meet.example.org"
    with own_ward(environment={"WARD_VIDEO_URL": setting}) as ward:
        api = Api(ward)
        for name in ("guest", "stranger"):
            patient_with_account(api, name)
        yield SimpleNamespace(ward=ward, api=api)


@pytest.fixture(autouse=True)
def doctors(house):
    """Two whom no other test books; afterwards it is as late as it is."""
    house.doctor, house.second = doctor_of(house.api, "admin"), doctor_of(house.api, "admin")
    yield
    shift(house.ward, 0)


def link(house, who: str, visit: dict):
    return house.api.call(who, "POST", f"/consultations/{visit['id']}/visit-link", {})


def opened(house, who: str, visit: dict) -> tuple[str, dict]:
    """The room and what the token says, as a service would read it."""
    data = as_published(house.api, "consultations.join", link(house, who, visit)).json()["data"]
    address = urlsplit(data["url"])
    assert (address.scheme, address.netloc, address.fragment) == ("https", "meet.example.org", "")
    token = parse_qs(address.query)["jwt"][0]
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], audience="jitsi", issuer="ward-app",
                        options={"verify_nbf": False, "verify_exp": False})
    assert claims["room"] == address.path.removeprefix("/") and claims["sub"] == "meet.example.org"
    return claims["room"], claims


def soon(house, minutes: int = 10):
    """A whole minute in the near future."""
    return house.ward.now().astimezone(timezone.utc).replace(second=0, microsecond=0) + timedelta(minutes=minutes + 1)


def booked(house, minutes: int = 10, kind: str = "video", who: str = "guest", doctor: str | None = None) -> dict:
    return consult(house.api, who, house.api.user(doctor or house.doctor), soon(house, minutes), kind)


def test_two_meet_in_one_room(house):
    """194, 196: doctor and patient get the same room, the doctor as its host, each by a token of his own; nobody else"""
    api, visit = house.api, booked(house)
    room, guest = opened(house, "guest", visit)
    same, host = opened(house, house.doctor, visit)
    assert room == same and len(room) > 30
    assert guest["context"]["user"] == {"name": "Patient", "moderator": False}
    assert host["context"]["user"]["moderator"] and host["context"]["user"]["name"] not in ("Patient", "")
    lasts = datetime.fromisoformat(visit["endsAt"]) - datetime.fromisoformat(visit["scheduledAt"])
    assert host["exp"] - host["nbf"] == (lasts + timedelta(minutes=75)).total_seconds()
    other = booked(house, kind="audio", who="stranger", doctor=house.second)
    assert opened(house, "stranger", other)[0] != room
    for who in ("stranger", house.second, "nurse", "admin", "other admin"):
        assert_refused(link(house, who, visit), 404)
    rows = api.audit("action = 'video_visit_joined' AND outcome = 'success' AND resource_id = %s", visit["id"])
    assert sorted(str(row.actor_id) for row in rows) == sorted([api.user("guest"), api.user(house.doctor)])
    assert "jwt=" not in house.ward.log()


def test_a_room_has_its_time(house):
    """194: the room opens a quarter of an hour before the visit and closes an hour after it, or when the visit is over; one
    that goes on stays open"""
    visit, goes_on = booked(house, 20), booked(house, 20, who="stranger", doctor=house.second)
    refused = assert_refused(link(house, "guest", visit), 409)
    opens = datetime.fromisoformat(visit["scheduledAt"]) - timedelta(minutes=15)
    assert datetime.fromisoformat(refused["details"]["opensAt"]) == opens
    shift(house.ward, 600)
    opened(house, "guest", visit)
    for status in ("confirmed", "in_progress"):
        house.api.do(house.second, "PUT", f"/consultations/{goes_on['id']}/status", {"status": status})
    shift(house.ward, 3 * 3600)
    assert_refused(link(house, "guest", visit), 409)
    opened(house, "stranger", goes_on)
    house.api.do(house.second, "PUT", f"/consultations/{goes_on['id']}/status", {"status": "completed"})
    refused = assert_refused(link(house, "stranger", goes_on), 409)
    assert refused["details"]["status"] == "completed"


@pytest.mark.parametrize("kind", ["in_person", "chat"])
def test_what_needs_no_room(house, kind):
    """196: a visit in person or in writing has no room"""
    refused = assert_refused(link(house, "guest", booked(house, 30 if kind == "chat" else 60, kind)), 409)
    assert refused["details"]["type"] == kind


def test_without_a_service(api):
    """194: where no service is set up there is no link, and the answer says so"""
    patient_with_account(api, "nobodys")
    visit = consult(api, "nobodys", api.user(doctor_of(api, "admin")), at(api))
    answer = api.call("nobodys", "POST", f"/consultations/{visit['id']}/visit-link", {})
    assert "video" in assert_refused(answer, 409)["error"]
