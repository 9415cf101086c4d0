"""Vital signs: possible values only, critical ones raise an alert in the same transaction, trend and statistics."""

import pytest
from api_raw import assert_refused
from own_house import api, ward  # noqa: F401 (fixtures by name)
from patients import take_in

RANGES = {"heartRate": (30, 250), "systolic": (50, 300), "diastolic": (30, 200), "temperature": (25, 45),
          "respiratoryRate": (5, 60), "oxygenSaturation": (50, 100), "bloodGlucose": (20, 600), "pain": (0, 10)}
# A sign and the last values that are not critical.
LIMITS = [("heartRate", 40, 150), ("systolic", 90, 180), ("diastolic", 60, 110), ("temperature", 35, 39.5),
          ("oxygenSaturation", 90, 100)]


@pytest.fixture
def patient(api):
    yield take_in(api, roomNumber="V1")
    api.cancel_all()


def record(api, patient, who="nurse", **values) -> dict:
    return api.do(who, "POST", f"/patients/{patient['id']}/vitals", values)


def whole(sign: str, value: float) -> dict:
    """A reading in which nothing else is critical."""
    pressures = {"systolic": 120, "diastolic": 80} if sign in ("systolic", "diastolic") else {}
    return pressures | {sign: value}


def test_only_possible_values(api, ward, patient):
    """108: a value outside of its range is refused by name and by the database; the ends of the range are taken"""
    path = f"/patients/{patient['id']}/vitals"
    for sign, (low, high) in RANGES.items():
        for value in (low - 1, high + 1):
            refused = assert_refused(api.call("nurse", "POST", path, whole(sign, value)), 400, f"{sign} {value}")
            assert [each["path"] for each in refused["details"]["fields"]] == [sign]
        for value in (low, high):
            both = {"systolic": 301 if sign == "" else 300, "diastolic": 30} if sign in ("systolic", "diastolic") else {}
            if (sign, value) in (("systolic", low), ("diastolic", high)):
                both = {"systolic": 50, "diastolic": 49} if sign == "systolic" else {"systolic": 201, "diastolic": 200}
            assert record(api, patient, **(both or {sign: value}))[sign] == (both or {sign: value})[sign]
    for body, named in (({}, "heartRate"), ({"systolic": 120}, "diastolic"), ({"diastolic": 80}, "systolic"),
                        ({"systolic": 80, "diastolic": 80}, "systolic"), ({"notes": "none"}, "heartRate")):
        refused = assert_refused(api.call("nurse", "POST", path, body), 400)
        assert [each["path"] for each in refused["details"]["fields"]] == [named]
    for column, value in (("heart_rate", 29), ("temperature", 45.1), ("pain", 11), ("oxygen_saturation", 101)):
        with pytest.raises(Exception, match="check constraint"):
            ward.sql(f"UPDATE vitals SET {column} = {value} WHERE patient_id = %s RETURNING 1", "owner",
                     parameters=[patient["id"]])


@pytest.mark.parametrize("sign, low, high", LIMITS)
def test_the_limits_of_each_sign(api, patient, sign, low, high):
    """108: the last value within the limits raises nothing, the next one is critical and raises an alert"""
    step = 0.1 if sign == "temperature" else 1
    for value in (low, high):
        assert (lambda made: (made["critical"], made["alertId"]))(record(api, patient, **whole(sign, value))) == ([], None)
    beyond = [low - step] + ([] if sign == "oxygenSaturation" else [high + step])
    for value in beyond:
        made = record(api, patient, **whole(sign, value))
        assert made["critical"] == [sign] and made["alertId"], f"{sign} {value}"


def test_a_critical_sign_raises_an_alert(api, ward, patient):
    """108: one critical sign raises an alert of urgency 4 for the patient's room, several one of 5, with its audit row"""
    made = record(api, patient, oxygenSaturation=85, heartRate=80)
    alert = api.do("nurse", "GET", f"/alerts/{made['alertId']}")
    assert (alert["status"], alert["urgencyLevel"], alert["roomNumber"]) == ("active", 4, "V1")
    assert (alert["title"], alert["description"]) == ("Critical vital signs", "Out of limits: oxygen saturation.")
    assert "85" not in str(alert["description"])
    rows = ward.sql("SELECT action, resource_id FROM audit_log WHERE patient_id = %s AND action IN ('alert_created',"
                    " 'vitals_recorded') ORDER BY action", parameters=[patient["id"]])
    assert [(row.action, str(row.resource_id)) for row in rows] == [
        ("alert_created", alert["id"]), ("vitals_recorded", made["id"])]
    api.cancel_all()
    several = record(api, patient, oxygenSaturation=85, heartRate=160, systolic=200, diastolic=120)
    assert api.do("nurse", "GET", f"/alerts/{several['alertId']}")["urgencyLevel"] == 5
    assert several["critical"] == ["heartRate", "systolic", "diastolic", "oxygenSaturation"]


def test_an_alert_that_cannot_be_written_takes_the_reading_with_it(api, ward, patient):
    """108: reading and alert are one transaction"""
    ward.sql("ALTER TABLE ward.alerts ADD CONSTRAINT no_more CHECK (title <> 'Critical vital signs') NOT VALID", "owner")
    try:
        answer = api.call("nurse", "POST", f"/patients/{patient['id']}/vitals", {"heartRate": 200})
        assert answer.status_code == 500, answer.text
        assert not ward.sql("SELECT 1 FROM vitals WHERE patient_id = %s", parameters=[patient["id"]])
    finally:
        ward.sql("ALTER TABLE ward.alerts DROP CONSTRAINT no_more", "owner")


def test_the_trend(api, patient):
    """108: the trend of each sign compares its last two values; below a twentieth it is stable"""
    path = f"/patients/{patient['id']}/vitals/current"
    assert api.do("nurse", "GET", path) == {"vitals": None, "trend": dict.fromkeys(RANGES)}
    record(api, patient, heartRate=100, temperature=37, pain=0)
    record(api, patient, heartRate=104)
    record(api, patient, oxygenSaturation=99, temperature=39, pain=1)
    current = api.do("nurse", "GET", path)
    assert (current["vitals"]["oxygenSaturation"], current["vitals"]["heartRate"]) == (99, None)
    wanted = dict.fromkeys(RANGES) | {"heartRate": "stable", "temperature": "up", "pain": "up"}
    assert current["trend"] == wanted
    record(api, patient, heartRate=98)
    assert api.do("nurse", "GET", path)["trend"]["heartRate"] == "down"


def test_history_with_statistics(api, ward, patient):
    """108: the readings of the wanted hours with count, least, most and mean of each sign"""
    path = f"/patients/{patient['id']}/vitals"
    for rate, hours in ((60, 100), (70, 50), (90, 20), (80, 3)):
        made = record(api, patient, heartRate=rate, notes=f"Rate {rate}")
        ward.sql("UPDATE vitals SET recorded_at = ward.now() - make_interval(hours => %s) WHERE id = %s RETURNING 1",
                 "owner", parameters=[hours, made["id"]])
    for span, rates in (("1h", []), ("6h", [80]), ("24h", [80, 90]), ("72h", [80, 90, 70])):
        history = api.do("nurse", "GET", f"{path}?timeRange={span}")
        assert [each["heartRate"] for each in history["readings"]] == rates, span
        assert [each["notes"] for each in history["readings"]] == [f"Rate {rate}" for rate in rates]
        found = history["statistics"]["heartRate"]
        assert found == (None if not rates else {
            "count": len(rates), "minimum": min(rates), "maximum": max(rates), "average": sum(rates) / len(rates)})
        assert history["statistics"]["pain"] in (None, {"count": 0, "minimum": None, "maximum": None, "average": None})
    assert api.do("nurse", "GET", path) == api.do("nurse", "GET", f"{path}?timeRange=24h")
