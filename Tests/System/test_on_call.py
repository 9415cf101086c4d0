"""Schedules on call: rotations, whoever stands in, gaps, against a calculation of its own with Python's time zones."""

import random
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from api_raw import assert_refused
from api_support import NOBODY
from own_house import api, ward  # noqa: F401 (fixtures by name)
from staff_support import HOUR, at, person, told
from tenancy_support import problems

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.fixture(autouse=True)
def no_schedules(api):
    """Each test has its own alone, in Berlin."""
    zone(api, "Europe/Berlin")
    yield
    for each in api.do("admin", "GET", "/on-call-schedules?limit=100"):
        api.do("admin", "DELETE", f"/on-call-schedules/{each['id']}")


def zone(api, name: str) -> None:
    assert api.do("admin", "PATCH", "/hospital", {"timeZone": name})["timeZone"] == name


def layer(people: list[str], rotation="daily", handover="08:00", start="2026-11-02", **more) -> dict:
    return {"participants": people, "rotation": rotation, "handover": handover, "startDate": start, **more}


def schedule(api, *layers: dict, name: str = "Cardiology", **more) -> dict:
    return api.do("head", "POST", "/on-call-schedules", {"name": name, "layers": list(layers), **more})


def stand_in(api, made: dict, user: str, start: datetime, end: datetime) -> dict:
    return api.do("head", "POST", f"/on-call-schedules/{made['id']}/overrides",
                  {"userId": user, "from": told(start), "to": told(end)})


def calendar(api, made: dict, start: datetime, end: datetime) -> dict:
    return api.do("nurse", "GET", f"/on-call-schedules/{made['id']}/calendar?from={told(start)}&to={told(end)}")


def who(api, made: dict, moment: datetime) -> str | None:
    shown = api.do("nurse", "GET", f"/on-call?at={told(moment)}")["schedules"]
    found = next(each["person"] for each in shown if each["scheduleId"] == made["id"])
    return found and found["userId"]


# The same, calculated by other means: lists of moments instead of divisions.

def utc(naive: datetime, name: str) -> datetime:
    """What is skipped in spring is as much later; what comes twice in autumn is the second."""
    place = ZoneInfo(name)
    first = naive.replace(tzinfo=place, fold=0).astimezone(timezone.utc)
    if first.astimezone(place).replace(tzinfo=None) != naive:
        return first
    return naive.replace(tzinfo=place, fold=1).astimezone(timezone.utc)


class Expected:
    """Who is on call, from the moments at which turns and hours begin and end."""

    def __init__(self, layers: list[dict], overrides: list[tuple], gone: set[str], name: str, until: datetime):
        self.overrides, self.gone = overrides, gone
        self.layers = [self._layer(each, name, until) for each in layers]

    @staticmethod
    def _layer(each: dict, name: str, until: datetime):
        step = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}.get(each["rotation"]) or each["hours"] * HOUR
        naive = datetime.fromisoformat(f"{each['startDate']}T{each['handover']}")
        turns = []
        while not turns or turns[-1] <= until:
            turns.append(utc(naive, name))
            naive += step
        end = each.get("endDate") and utc(datetime.fromisoformat(f"{each['endDate']}T{each['handover']}"), name)
        windows = None
        if each.get("week") is not None:
            windows = []
            day = turns[0].replace(tzinfo=None, hour=0, minute=0) - timedelta(days=3)
            while day < until.replace(tzinfo=None) + timedelta(days=3):
                for one in each["week"].get(DAYS[day.weekday()], []):
                    begins = day + timedelta(hours=int(one["start"][:2]), minutes=int(one["start"][3:]))
                    ends = day + timedelta(hours=int(one["end"][:2]), minutes=int(one["end"][3:]))
                    windows.append((utc(begins, name), utc(ends if ends > begins else ends + timedelta(days=1), name)))
                day += timedelta(days=1)
        return each["participants"], turns, end, windows

    def __call__(self, moment: datetime) -> str | None:
        for user, start, end in self.overrides:
            if start <= moment < end and user not in self.gone:
                return user
        for people, turns, end, windows in self.layers:
            turn = bisect_right(turns, moment) - 1
            if turn < 0 or end and moment >= end:
                continue
            if windows is not None and not any(start <= moment < stop for start, stop in windows):
                continue
            if (user := people[turn % len(people)]) not in self.gone:
                return user
        return None

    def moments(self) -> list[datetime]:
        return [each for people, turns, end, windows in self.layers
                for each in [*turns, *([end] if end else []), *(edge for pair in windows or [] for edge in pair)]] + [
            each for _, start, end in self.overrides for each in (start, end)]


def test_a_schedule_lives(api):
    """97: a schedule on call is made, shown, changed and removed; each is audited, and an old version is a conflict"""
    one, two, er = person(api), person(api, "doctor"), api.department("ER")
    first = layer([one, two], "weekly", "18:30", week={"saturday": [{"start": "20:00", "end": "08:00"}]})
    made = schedule(api, first, departmentId=er, role="doctor")
    assert made["layers"][0] == first | {"hours": None, "endDate": None, "week": {day: [] for day in DAYS} | first["week"]}
    assert (made["departmentId"], made["role"], made["timeZone"], made["version"], made["overrides"]) == (
        er, "doctor", "Europe/Berlin", 1, [])
    path = f"/on-call-schedules/{made['id']}"
    assert api.do("nurse", "GET", path) == made and api.do("nurse", "GET", "/on-call-schedules") == [made]
    assert api.do("nurse", "GET", f"/on-call-schedules?departmentId={api.department('ICU')}") == []
    assert_refused(api.call("head", "POST", "/on-call-schedules", {"name": "Cardiology", "layers": [first]}), 409)
    changed = api.do("head", "PATCH", path, {"version": 1, "name": "Heart", "layers": [layer([two])]})
    assert (changed["name"], changed["version"], changed["role"]) == ("Heart", 2, "doctor")
    assert changed["layers"][0]["participants"] == [two]
    assert_refused(api.call("head", "PATCH", path, {"version": 1, "name": "Old"}), 409)
    for someone, status in (("nurse", 403), ("other admin", 404)):
        assert_refused(api.call(someone, "PATCH", path, {"version": 2, "name": "X"}), status)
        assert_refused(api.call(someone, "DELETE", path), status)
    assert_refused(api.call("other nurse", "GET", path), 404)
    assert_refused(api.call("other nurse", "GET", f"{path}/calendar"), 404)
    api.do("head", "DELETE", path)
    assert_refused(api.call("nurse", "GET", path), 404)
    rows = api.audit("resource_id = %s AND outcome = 'success'", made["id"])
    assert [row.action for row in rows] == [
        f"on_call_schedule_{what}" for what in ("created", "updated", "deleted")]


@pytest.mark.parametrize("change, rule", [
    ({"participants": []}, "minItems"), ({"participants": [NOBODY]}, "exists"), ({"participants": ["patient"]}, "exists"),
    ({"participants": ["other nurse"]}, "exists"), ({"rotation": "hourly"}, "enum"), ({"rotation": "custom"}, "exclusive"),
    ({"hours": 12}, "exclusive"), ({"rotation": "custom", "hours": 0}, "range"), ({"handover": "24:00"}, "pattern"),
    ({"handover": "8:00"}, "minLength"), ({"startDate": "2026-02-30"}, "pattern"), ({"startDate": "1999-01-01"}, "pattern"),
    ({"endDate": "2026-11-02"}, "order"), ({"week": {"monday": [{"start": "08:00"}]}}, "format"), ({"x": 1}, "unknown"),
])
def test_layers_that_make_no_sense(api, change, rule):
    """97: a layer of nobody, of strangers, without length, time or day is refused"""
    wrong = layer([api.user("nurse")]) | change
    wrong["participants"] = [api.user(each) if each in ("patient", "other nurse") else each for each in wrong["participants"]]
    for layers in ([wrong], [layer([api.user("nurse")]), wrong]):
        refused = api.call("head", "POST", "/on-call-schedules", {"name": "X", "layers": layers})
        assert problems(refused) == {"layers": rule}
        assert f"item {len(layers)}" in refused.json()["details"]["fields"][0]["message"]
    for layers, rule in (([], "minItems"), ([layer([api.user("nurse")])] * 11, "maxItems"), ({}, "type"), ([7], "type")):
        assert problems(api.call("head", "POST", "/on-call-schedules", {"name": "X", "layers": layers})) == {"layers": rule}


def test_turns_over_the_change_of_clocks(api):
    """97: a daily turn ends at the same hour of the clock before and after it changes"""
    one, two = person(api), person(api)
    made = schedule(api, layer([one, two], start="2026-10-20"))
    shown = calendar(api, made, at("2026-10-24 06:00"), at("2026-10-27 07:00"))
    assert [(each["from"], each["userId"]) for each in shown["entries"]] == [
        ("2026-10-24T06:00:00Z", one), ("2026-10-25T07:00:00Z", two), ("2026-10-26T07:00:00Z", one)]
    assert shown["gaps"] == [] and {each["source"] for each in shown["entries"]} == {"rotation"}


def test_whoever_stands_in(api):
    """97: somebody stands in for a while and no longer; two at once are a conflict that names the first"""
    one, two, three = person(api), person(api), person(api)
    made = schedule(api, layer([one, two], "weekly"))
    start = at("2027-01-06 10:00")
    stands = stand_in(api, made, three, start, start + 5 * HOUR)
    assert [who(api, made, start + n * HOUR) for n in (-1, 0, 4, 5)] == [two, three, three, two]
    path = f"/on-call-schedules/{made['id']}/overrides"
    body = {"userId": two, "from": told(start + 4 * HOUR), "to": told(start + 6 * HOUR)}
    assert assert_refused(api.call("head", "POST", path, body), 409)["details"] == {
        "overrideId": stands["id"], "from": stands["from"], "to": stands["to"]}
    with ThreadPoolExecutor(20) as pool:
        later = {"userId": two, "from": told(start + 24 * HOUR), "to": told(start + 30 * HOUR)}
        answers = list(pool.map(lambda _: api.call("admin", "POST", path, later).status_code, range(20)))
    assert sorted(answers) == [201] + [409] * 19
    assert problems(api.call("head", "POST", path, body | {"userId": NOBODY})) == {"userId": "exists"}
    assert problems(api.call("head", "POST", path, body | {"to": body["from"]})) == {"to": "order"}
    assert problems(api.call("head", "POST", path, body | {"to": told(start + 100 * 24 * HOUR)})) == {"to": "range"}
    assert_refused(api.call("nurse", "POST", path, body), 403)
    assert_refused(api.call("other admin", "POST", path, body), 404)
    assert_refused(api.call("other admin", "DELETE", f"{path}/{stands['id']}"), 404)
    shown = api.do("nurse", "GET", f"/on-call-schedules/{made['id']}")["overrides"]
    assert [(each["id"], each["userId"]) for each in shown][0] == (stands["id"], three) and len(shown) == 2
    api.do("head", "DELETE", f"{path}/{stands['id']}")
    assert who(api, made, start) == two


def test_gaps_in_words(api):
    """97: a span with nobody is told in words, also where the only participant has left"""
    one, two = person(api), person(api)
    night = {day: [{"start": "06:00", "end": "02:00"}] for day in DAYS} | {"sunday": [{"start": "06:00", "end": "24:00"}],
                                                                           "monday": [{"start": "00:00", "end": "24:00"}]}
    night["tuesday"] = [{"start": "00:00", "end": "02:00"}, {"start": "06:00", "end": "02:00"}]
    made = schedule(api, layer([one], week=night), name="Nights")
    start = at("2027-02-14 00:00")  # a Sunday; Berlin is an hour ahead
    gaps = api.do("nurse", "GET", f"/on-call-gaps?from={told(start)}&to={told(start + 24 * HOUR)}")
    assert [(each["name"], each["from"], each["minutes"], each["words"]) for each in gaps["gaps"]] == [
        ("Nights", "2027-02-14T01:00:00Z", 240, "Nobody reachable on Sunday 02:00, until Sunday 06:00.")]
    assert gaps["schedules"] == 1 and gaps["isCut"] is False
    assert calendar(api, made, start, start + 24 * HOUR)["gaps"] == gaps["gaps"]
    backup = api.do("head", "PATCH", f"/on-call-schedules/{made['id']}", {
        "version": 1, "layers": [layer([one], week=night), layer([two])]})
    assert calendar(api, backup, start, start + 24 * HOUR)["gaps"] == []
    api.do("admin", "DELETE", f"/users/{two}")
    assert calendar(api, backup, start, start + 24 * HOUR)["gaps"] == gaps["gaps"]
    api.do("admin", "DELETE", f"/users/{one}")
    everything = calendar(api, backup, start, start + 24 * HOUR)
    assert everything["entries"] == [] and [each["minutes"] for each in everything["gaps"]] == [24 * 60]


@pytest.mark.parametrize("query, fields", [
    ("from=2027-01-01T00:00:00Z&to=2027-01-01T00:00:00Z", {"to": "order"}),
    ("from=2027-01-01T00:00:00Z&to=2027-04-04T00:00:00Z", {"to": "range"}),
    ("from=1999-12-31T00:00:00Z", {"from": "range"}), ("to=9999-01-01T00:00:00Z", {"to": "range"}),
])
def test_periods_that_make_no_sense(api, query, fields):
    """97: a calendar is shown of at most 92 days, forward, in years that clocks know"""
    made = schedule(api, layer([api.user("nurse")]))
    for path in (f"/on-call-schedules/{made['id']}/calendar", "/on-call-gaps"):
        assert problems(api.call("nurse", "GET", f"{path}?{query}")) == fields


CHANGES = {  # a zone and a moment at which its clocks change
    "Europe/Berlin": ("2026-10-25 01:00", "2027-03-28 01:00"), "America/New_York": ("2026-11-01 06:00", "2027-03-14 07:00"),
    "Australia/Lord_Howe": ("2026-10-03 15:30", "2027-04-03 15:00"), "Asia/Kolkata": ("2027-01-01 00:00",),
    "America/Santiago": ("2027-04-04 03:00", "2026-09-06 04:00"),
}


def random_layer(draw: random.Random, people: list[str], near: datetime) -> dict:
    start = near - timedelta(days=draw.randrange(0, 40))
    made = layer(draw.sample(people, draw.randrange(1, 5)), draw.choice(["daily", "weekly", "custom"]),
                 f"{draw.choice([0, 1, 2, 3, 8, 23]):02}:{draw.choice([0, 15, 30]):02}", start.date().isoformat())
    if made["rotation"] == "custom":
        made["hours"] = draw.choice([1, 2, 5, 12, 25, 100])
    if draw.random() < 0.3:
        made["endDate"] = (near + timedelta(days=draw.randrange(1, 8))).date().isoformat()
    if draw.random() < 0.5:
        made["week"] = {}
        for day in DAYS:
            made["week"][day] = draw.choice([[], [{"start": "02:30", "end": "09:00"}], [
                {"start": "00:30", "end": "01:30"}, {"start": "22:00", "end": "24:00"}]])
    return made


@pytest.mark.parametrize("name", CHANGES)
def test_random_schedules_over_the_change_of_clocks(api, name):
    """97: at each instant exactly the expected person is on call, whoever stands in wins, also while clocks change"""
    draw = random.Random(f"97 {name}")
    people = [person(api) for _ in range(6)]
    gone = {people[0]}
    zone(api, name)
    cases = []
    for moment in (at(each) for each in CHANGES[name]):
        for n in range(4):
            layers = [random_layer(draw, people, moment) for _ in range(draw.randrange(1, 4))]
            made = schedule(api, *layers, name=f"S {moment} {n}")
            overrides, cursor = [], moment - 3 * 24 * HOUR
            for _ in range(draw.randrange(0, 4)):
                begin = cursor + timedelta(minutes=draw.randrange(0, 2000))
                cursor = begin + timedelta(minutes=draw.randrange(1, 2000))
                overrides.append((draw.choice(people), begin, cursor))
                stand_in(api, made, *overrides[-1])
            cases.append((made, layers, overrides, moment))
    api.do("admin", "DELETE", f"/users/{people[0]}")
    compared = 0
    for made, layers, overrides, moment in cases:
        start, end = moment - timedelta(days=4, minutes=7), moment + timedelta(days=9, minutes=13)
        expected = Expected(layers, overrides, gone, name, end + timedelta(days=40))
        shown = calendar(api, made, start, end)
        spans = [(at(each["from"][:-1]), at(each["to"][:-1]), each.get("userId"))
                 for each in shown["entries"] + shown["gaps"]]
        spans.sort()
        assert spans[0][0] == start and spans[-1][1] == end
        assert all(one[1] == two[0] for one, two in zip(spans, spans[1:])), "neither a hole nor two at once"
        moments = {start, *(each + shift for each in expected.moments() + [span[0] for span in spans]
                            for shift in (timedelta(seconds=-1), timedelta(), timedelta(seconds=1)))}
        moments |= {start + timedelta(seconds=draw.randrange(0, 13 * 86_400)) for _ in range(500)}
        begins = [span[0] for span in spans]
        for instant in sorted(each for each in moments if start <= each < end):
            compared += 1
            found = spans[bisect_right(begins, instant) - 1][2]
            assert found == expected(instant), f"{instant} {layers} {overrides}"
        some = draw.sample(sorted(each for each in moments if start <= each < end), 3)
        assert [who(api, made, each) for each in some] == [expected(each) for each in some]
    assert compared > 2000
