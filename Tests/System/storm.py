#!/usr/bin/env python3
"""One alert of urgency 5 for a whole hospital while low-priority mails wait by the thousands.

    python Tests/System/storm.py --people 1500 --mails 100000 --channel push

Everybody of the first tier must be rung up once, and all within the limit: measured at the provider's process, from the
moment when the alert was sent to Ward. The exit status is 1 when somebody is missing, told twice, or told too late.
"""

import argparse
import os
import sys
import time
import uuid

from api_support import Api, own_ward
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from fast_peers import FastPeers
from ward_process import wait_for

SECRET = "a secret for the storm, which opens nothing else"


class Sealer:
    """Seals as Ward does under this secret, so that what is put into its tables by hand opens."""

    def __init__(self, purpose: str):
        digest = hashes.Hash(hashes.SHA256())
        digest.update(SECRET.encode())
        key = digest.finalize()
        name = hmac.HMAC(key, hashes.SHA256())
        name.update(b"name")
        self.head = b"\x01" + name.finalize()[:4]
        self.box = AESGCM(HKDF(hashes.SHA256(), 32, b"", f"ward {purpose}".encode()).derive(key))

    def __call__(self, text: str, place: str) -> bytes:
        nonce = os.urandom(12)
        return self.head + nonce + self.box.encrypt(nonce, text.encode(), place.encode())


def fill_people(ward, hospital: str, count: int, channel: str) -> dict[str, str]:
    """Nurses on duty in a department of their own, each with a device and a number; who owns which."""
    seal, owners = Sealer("push token"), {}
    with ward.connect("admin") as database:
        database.execute("UPDATE memberships SET is_on_duty = false, shift_started_at = NULL WHERE hospital_id = %s",
                         [hospital])
        database.execute("INSERT INTO notification_preferences (hospital_id, channels, email) VALUES (%s, %s, true)",
                         [hospital, [channel]])
        with database.cursor() as cursor:
            people, rows = [], []
            for number in range(count):
                person, device = str(uuid.uuid4()), str(uuid.uuid4())
                token, phone = f"ExponentPushToken[{uuid.uuid4().hex}]", f"+49151{number:07}1"
                owners[token if channel == "push" else phone] = person
                people.append((person, f"{person}@storm.ward", f"Nurse {number}", phone))
                rows.append((hospital, device, person, os.urandom(16), seal(token, f"push_tokens.token {device}")))
            cursor.executemany("INSERT INTO users (id, email, name, email_verified_at) VALUES (%s, %s, %s, ward.now())",
                               [each[:3] for each in people])
            cursor.executemany(
                "INSERT INTO memberships (hospital_id, user_id, role, is_on_duty, shift_started_at, phone)"
                " VALUES (%s, %s, 'nurse', true, ward.now(), %s)", [(hospital, each[0], each[3]) for each in people])
            cursor.executemany("INSERT INTO push_tokens (hospital_id, id, user_id, print, token, platform)"
                               " VALUES (%s, %s, %s, %s, %s, 'ios')", rows)
    return owners


def fill_mails(ward, hospital: str, count: int) -> None:
    """Letters that are due now and not urgent."""
    seal = Sealer("job payload")
    letter = '{"template":"password-changed","to":"%s@mail.example","values":{"name":"Somebody"}}'
    with ward.connect("admin") as database:
        with database.cursor().copy(
                "COPY jobs (id, hospital_id, queue, kind, payload, priority, state, due_at, max_attempts) FROM STDIN") as copy:
            for number in range(count):
                id = str(uuid.uuid4())
                copy.write_row((id, hospital, "email", "mail.send", seal(letter % number, f"jobs.payload {id}"), 7,
                                "waiting", "2026-01-01T00:00:00Z", 30))
        database.execute("SELECT pg_notify('ward_jobs', 'test ')")


def storm(people: int, mails: int, channel: str = "push", mail_seconds: float = 0.2, answer_seconds: float = 0.1) -> dict:
    """What was measured, in seconds from the request that raised the alert, and what must not be."""
    with FastPeers(mail_seconds, answer_seconds) as peers:
        with own_ward(environment={**peers.environment, "WARD_SECRET_KEY": SECRET}) as ward:
            api = Api(ward)
            hospital = api.hospital()
            owners = fill_people(ward, hospital, people, channel)
            api.token("operator")
            fill_mails(ward, hospital, mails)
            wait_for(lambda: len(peers.seen()["mail"]) >= 5, 30, "mails are going out", pause=0.1)
            began = time.monotonic()
            alert = api.raise_alert(5)
            answered = time.monotonic() - began
            told = lambda: peers.seen()[channel]
            try:
                wait_for(lambda: len(told()) >= people, 60, "everybody is told", pause=0.25)
            except AssertionError:
                pass  # who is missing is counted below
            noted = "SELECT count(*) FROM deliveries WHERE alert_id = %s AND channel = %s AND status = 'sent'"
            wait_for(lambda: ward.sql(noted, "admin", parameters=[alert["id"], channel])[0][0] >= people, 60,
                     "the log knows it")
            noted_after = time.monotonic() - began
            seen = peers.seen()
            waiting = ward.sql("SELECT count(*) FROM jobs WHERE kind = 'mail.send'")[0][0]
            times = sorted(at - began for _, at in seen[channel])
            names = [name for name, _ in seen[channel]]
            return {
                "people": people, "mails waiting": waiting, "mails sent meanwhile": len(seen["mail"]),
                "requests": seen["requests"], "most in a request": seen["most"],
                "answer to the operator": answered, "first": times[0], "median": times[len(times) // 2],
                "p99": times[int(len(times) * 0.99)], "last": times[-1], "all on record": noted_after,
                "missing": len(set(owners) - set(names)), "told twice": len(names) - len(set(names)),
                "strangers told": len(set(names) - set(owners)), "unexpected calls": len(seen["unexpected"]),
            }


WRONG = ("missing", "told twice", "strangers told", "unexpected calls")


def show(figures: dict) -> str:
    return "\n".join(f"{name:24}{f'{value:10.3f} s' if isinstance(value, float) else f'{value:10}'}"
                     for name, value in figures.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--mails", type=int, default=100_000)
    parser.add_argument("--channel", choices=["push", "sms"], default="push")
    parser.add_argument("--limit", type=float, default=5, help="seconds within which everybody is reached")
    parser.add_argument("--mail-seconds", type=float, default=0.2, help="which the mail server takes for a letter")
    parser.add_argument("--answer-seconds", type=float, default=0.1, help="which the provider takes for an answer")
    chosen = parser.parse_args()
    found = storm(chosen.people, chosen.mails, chosen.channel, chosen.mail_seconds, chosen.answer_seconds)
    print(show(found))
    sys.exit(1 if any(found[each] for each in WRONG) or found["last"] > chosen.limit else 0)
