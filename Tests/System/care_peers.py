"""Ward beside programs that others wrote and nobody here changed: how much was compared, and what differed.

    WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/care_peers.py --series 200 --appointments 600 --payments 150

Rules of recurrence against recurring-ical-events, calendars against icalendar, charges and refunds against localstripe,
clocks against zoneinfo. The end status is 1 where anything differs.
"""

import argparse
import random
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
import requests
import zone_check
from api_support import Api, own_ward
from availability_support import doctor, series
from booking_support import at, booked, told
from pay_peers import LocalStripe, local_stripe
from pay_support import appointment, payment_of, steps
from ward_process import wait_for

DAY = timedelta(days=1)
# The clocks of some change by an hour, of one by half an hour, of one at no full hour, and of two never.
ZONES = ("Europe/Berlin", "America/Santiago", "Pacific/Chatham", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
GOOD, DECLINED = "4242424242424242", "4000000000000341"


# Rules

def rule(chance: random.Random) -> str:
    """Some rule of RFC 5545 without its end."""
    often = chance.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY"))
    parts = [f"FREQ={often}", f"INTERVAL={chance.randint(1, 3)}"]
    days = sorted(chance.sample(WEEKDAYS, chance.randint(1, 3)), key=WEEKDAYS.index)
    match often, chance.randrange(4):
        case "WEEKLY", 1 | 2:
            parts += [f"BYDAY={','.join(days)}", f"WKST={chance.choice(('MO', 'SU'))}"]
        case "DAILY", 1:
            parts.append(f"BYMONTH={','.join(str(each) for each in sorted(chance.sample(range(1, 13), 8)))}")
        case "MONTHLY", 0:
            parts.append(f"BYDAY={chance.choice((1, 2, 3, 4, -1, -2))}{chance.choice(WEEKDAYS)}")
        case "MONTHLY", 1:
            parts.append(f"BYMONTHDAY={chance.choice(('1,15', '-1', '31', '29,30', '-3,10'))}")
        case "MONTHLY", 2:
            parts += [f"BYDAY={','.join(days)}", f"BYSETPOS={chance.choice(('1', '-1', '1,-1'))}"]
    return ";".join(parts)


def expanded(start: datetime, text: str, until: datetime) -> list[datetime]:
    """What recurring-ical-events makes of a rule, in UTC."""
    event = icalendar.Event()
    event.add("uid", "one")
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=15))
    event["rrule"] = icalendar.vRecur.from_ical(text)
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(start - DAY, until)
    return sorted(each.start.astimezone(timezone.utc) for each in found)


def recurrences(api: Api, count: int, chance: random.Random) -> dict[str, int]:
    """The same rules by both, at hours at which clocks change too."""
    counts = {"rules": 0, "times": 0, "differences": 0}
    patient = api.patient("admin")
    while counts["rules"] < count:
        zone = ZoneInfo(ZONES[counts["rules"] % len(ZONES)])
        api.do("admin", "PATCH", "/hospital", {"timeZone": zone.key})
        base = (api.ward.now() + chance.randint(10, 200) * DAY).astimezone(zone).replace(
            hour=chance.choice((0, 1, 2, 3, 9, 14, 23)), minute=chance.choice((0, 30)), second=0, microsecond=0)
        text = rule(chance)
        # Ward wants a beginning that is one of the rule's times.
        later = [each for each in expanded(base, text, base + 400 * DAY) if each > base]
        if not later:
            continue
        start = later[0].astimezone(zone)
        if chance.random() < 0.5:
            ends = text + f";COUNT={chance.randint(1, 12)}"
            wanted = expanded(start, ends, start + 6 * 366 * DAY)
        else:
            last = start + chance.randint(0, 60) * DAY
            end = last.replace(hour=23, minute=59, second=59).astimezone(timezone.utc)
            wanted = expanded(start, f"{text};UNTIL={end:%Y%m%dT%H%M%SZ}", end + DAY)
            ends = text + f";UNTIL={last:%Y%m%d}"
        if wanted[-1] > api.ward.now() + 700 * DAY or len(wanted) > 100:
            continue
        # Each of another doctor, so that nothing is in its way.
        made = series(api, doctor(api), start.astimezone(timezone.utc), ends, patientId=patient)
        found = [datetime.fromisoformat(each["startsAt"]) for each in made["appointments"]]
        if found != wanted:
            counts["differences"] += 1
            print("differs:", zone.key, start, ends, sorted(set(found) ^ set(wanted))[:4], flush=True)
        counts["rules"] += 1
        counts["times"] += len(found)
    api.do("admin", "PATCH", "/hospital", {"timeZone": "UTC"})
    return counts


# Calendars

def calendars(api: Api, count: int, chance: random.Random) -> dict[str, int]:
    """A doctor's calendar, as icalendar reads it, holds each of his appointments as Ward has it after moves and
    cancellations; and what lies in a week is what recurring-ical-events finds there."""
    counts = {"events": 0, "moved": 0, "cancelled": 0, "weeks": 0, "differences": 0}
    patient, mine = api.patient("admin"), api.user("doctor")
    for n in range(count):
        start = at(api, 20 + n // 16, 6 + n % 16)
        made = booked(api, mine, start, patientId=patient, minutes=chance.choice((15, 20, 25)))
        change = {"version": made["version"]}
        if n % 3 == 1:
            api.do("nurse", "POST", f"/appointments/{made['id']}/move", change | {
                "startsAt": told(start + timedelta(minutes=30))})
            counts["moved"] += 1
        elif n % 3 == 2:
            api.do("nurse", "POST", f"/appointments/{made['id']}/cancellation", change | {"cause": "patient"})
            counts["cancelled"] += 1
    path = api.do("doctor", "POST", "/calendar-feed", {})["path"]
    calendar = icalendar.Calendar.from_ical(requests.get(f"{api.ward.url}{path}", timeout=30).text)
    found = {str(each["UID"]).removesuffix("@ward"): (each.start, each.end, str(each["STATUS"]), int(each["SEQUENCE"]))
             for each in calendar.walk("VEVENT")}
    rows = api.ward.sql(
        "SELECT id, starts_at, ends_at, status, version FROM appointments WHERE doctor_id = %s"
        " AND starts_at BETWEEN ward.now() - interval '30 days' AND ward.now() + interval '400 days'", parameters=[mine])
    wanted = {str(row.id): (row.starts_at, row.ends_at, "CANCELLED" if row.status == "cancelled" else "CONFIRMED",
                            row.version - 1) for row in rows}
    counts["events"] = len(found)
    for id in set(found) | set(wanted):
        if found.get(id) != wanted.get(id):
            counts["differences"] += 1
            print("differs:", found.get(id), wanted.get(id), flush=True)
    query, first = recurring_ical_events.of(calendar), at(api, 20, 0)
    for week in range(count // (7 * 16) + 1):
        begin, end = first + 7 * week * DAY, first + 7 * (week + 1) * DAY
        inside = {str(each["UID"]).removesuffix("@ward") for each in query.between(begin, end)}
        counts["differences"] += len(inside ^ {id for id, (start, until, *_) in wanted.items() if start < end and until > begin})
        counts["weeks"] += 1
    return counts


# Money

def charges(api: Api, service: LocalStripe, count: int, chance: random.Random) -> dict[str, int]:
    """What Ward says of each payment, and what localstripe says of it: status, amount, currency, and refunds."""
    counts = {"payments": 0, "charged": 0, "declined": 0, "refunded": 0, "differences": 0}
    good, declined, sales = service.card(GOOD), service.card(DECLINED), {}
    for n in range(count):
        payment = payment_of(api, appointment(api, fee=chance.randint(100, 900_000)))["id"]
        sales[payment] = "declined" if n % 4 == 3 else "refunded" if n % 4 == 1 else "charged"
        api.do("admin", "POST", f"/payments/{payment}/charge", {
            "transactionId": f"tx-{payment}", "paymentMethod": declined if n % 4 == 3 else good})
    for payment, end in sales.items():
        last = "cancel_consultation" if end == "declined" else "notify"
        wait_for(lambda: last in steps(api, payment), 120, f"{payment} is {end}")
        if end == "refunded":
            version_ = api.do("admin", "GET", f"/payments/{payment}")["version"]
            api.do("admin", "POST", f"/payments/{payment}/refund", {"version": version_})
    wanted = {"declined": "failed", "refunded": "refunded", "charged": "completed"}
    for payment, end in sales.items():
        shown = wait_for(lambda: (it := api.do("admin", "GET", f"/payments/{payment}"))["status"] == wanted[end] and it, 120,
                         f"{payment} is {wanted[end]}")
        theirs = service.call("GET", f"/v1/payment_intents/{shown['providerRef']}")
        paid_back = service.call("GET", f"/v1/refunds?payment_intent={shown['providerRef']}")["data"]
        same = (theirs["metadata"]["payment"] == payment and theirs["amount"] == shown["amountMinor"]
                and theirs["currency"] == shown["currency"].lower()
                and (theirs["status"] == "succeeded") == (end != "declined")
                and [each["amount"] for each in paid_back] == ([shown["amountMinor"]] if end == "refunded" else []))
        counts["payments"] += 1
        counts[end] += 1
        counts["differences"] += not same
    # No charge that Ward does not know, and none twice.
    everything = [each["metadata"]["payment"] for each in all_intents(service)]
    counts["differences"] += len(everything) - len(sales) + len(set(everything) ^ set(sales))
    return counts


def all_intents(service: LocalStripe) -> list[dict]:
    found, page = [], service.call("GET", "/v1/payment_intents?limit=100")
    while page["data"]:
        found += page["data"]
        if not page["has_more"]:
            break
        page = service.call("GET", f"/v1/payment_intents?limit=100&starting_after={page['data'][-1]['id']}")
    return found


def line(name: str, counts: dict[str, int]) -> str:
    return f"{name}: " + ", ".join(f"{count:,} {what}" for what, count in counts.items())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--series", type=int, default=200)
    options.add_argument("--appointments", type=int, default=600)
    options.add_argument("--payments", type=int, default=150)
    options.add_argument("--every", type=int, default=1, help="of the zones only each so many-th")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance, all_counts = random.Random(chosen.seed), []

    def show(name: str, counts: dict[str, int]) -> None:
        all_counts.append(counts)
        print(line(name, counts), flush=True)

    with local_stripe() as service, own_ward(environment={"WARD_PAYMENTS_URL": service.setting}) as ward:
        service.tells(f"{ward.url}/payment-callbacks/stripe")
        api = Api(ward)
        show(f"localstripe {version('localstripe')}", charges(api, service, chosen.payments, chance))
        show(f"icalendar {version('icalendar')}", calendars(api, chosen.appointments, chance))
        show(f"recurring-ical-events {version('recurring-ical-events')}", recurrences(api, chosen.series, chance))
        show(f"zoneinfo with tzdata {version('tzdata')}", zone_check.check(api, zone_check.names()[::chosen.every]))
    raise SystemExit(1 if any(each.get("differences") for each in all_counts) else 0)


if __name__ == "__main__":
    main()
