"""Free times against Python's zoneinfo, for every zone of the IANA database over ten years: `make soak` runs it.

For each zone every change of its clocks, and a week of each year; what is free is found quarter hour by quarter hour
from what the clocks show. `python zone_check.py [every]` takes each so many-th zone."""

import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

from api_support import Api, own_ward
from availability_support import doctor, set_hours, slots

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
# Minutes of the day: around every hour at which clocks change somewhere.
SPANS = (("00:00", "00:45"), ("01:15", "05:45"), ("22:30", "24:00"))
FIRST, LAST = datetime(2027, 1, 1, tzinfo=timezone.utc), datetime(2037, 1, 1, tzinfo=timezone.utc)


def is_open(clock: datetime) -> bool:
    minute = clock.hour * 60 + clock.minute
    return any(int(a[:2]) * 60 + int(a[3:]) <= minute < int(b[:2]) * 60 + int(b[3:]) for a, b in SPANS)


def changes(zone: ZoneInfo) -> list[datetime]:
    """The days of UTC on which the zone's offset becomes another one."""
    found, at, offset = [], FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        at += DAY
        if (now := at.astimezone(zone).utcoffset()) != offset:
            found.append(at - DAY)
            offset = now
    return found


def expected(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    found, at = [], start
    while at < end:
        if is_open(at.astimezone(zone)):
            found.append(at)
        at += QUARTER
    return found


def check(api: Api, names: list[str]) -> dict[str, int]:
    some = doctor(api)
    set_hours(api, some, [{"day": day, "start": a, "end": b} for day in range(1, 8) for a, b in SPANS], averageMinutes=15)
    counts = {"zones": 0, "changes": 0, "periods": 0, "times": 0}
    for name in names:
        zone = ZoneInfo(name)
        api.do("admin", "PATCH", "/hospital", {"timeZone": name})
        changed = changes(zone)
        weeks = [FIRST + DAY * (365 * year + 37 * year) for year in range(10)]
        periods = [(each - DAY, each + 2 * DAY) for each in changed] + [(each, each + 7 * DAY) for each in weeks]
        for start, end in periods:
            told = [each.isoformat().replace("+00:00", "Z") for each in (start, end)]
            found = [datetime.fromisoformat(each) for each in slots(api, some, *told, who="admin")]
            wanted = expected(zone, start, end)
            assert found == wanted, (name, told, sorted(set(found) ^ set(wanted))[:5])
            counts["times"] += len(found)
        counts["zones"] += 1
        counts["changes"] += len(changed)
        counts["periods"] += len(periods)
    return counts


def names() -> list[str]:
    """Those that a hospital can be in: with a region and a place, or UTC."""
    return sorted(each for each in available_timezones() if "/" in each or each == "UTC")


if __name__ == "__main__":
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with own_ward() as ward:
        print(check(Api(ward), names()[::every]), flush=True)
