"""What it costs to know who calls: one request with and without a session or a JWT; sign-ins beside argon2 alone."""

import ctypes
import os
import re
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass

from . import contenders, people, system
from .report import gate

PATH = "/api/v1/hospitals/by-subdomain/demo-general"  # for everybody; who calls is still asked when he says so
KINDS = ("nobody", "session", "JWT")
PEOPLE = 50


@dataclass
class Result:
    rates: dict  # requests a second by kind
    latencies: dict  # p50 in ms of one connection by kind
    sign_ins: float
    hashes: float


def measure(options):
    print("\nwho calls")
    with system.Workspace() as space:
        ward = contenders.Ward(options.ward, space)
        jwt = ward.request("POST", "/api/v1/auth/token", {}, ward.token)["data"]["accessToken"]
        tokens = dict(zip(KINDS, (None, ward.token, jwt)))
        rates, latencies = ({kind: [] for kind in KINDS} for _ in range(2))
        for number in range(options.rounds + 1):  # the first one warms
            for kind in KINDS:
                rate, _ = wrk(ward.address + PATH, tokens[kind], 24, min(4, options.seconds))
                _, p50 = wrk(ward.address + PATH, tokens[kind], 1, 2)
                if number:
                    rates[kind].append(rate)
                    latencies[kind].append(p50)
        middle = [{kind: statistics.median(each[kind]) for kind in KINDS} for each in (rates, latencies)]
        for kind in KINDS:
            print(f"  {kind:8} {middle[0][kind]:9,.0f}/s  p50 of one connection {middle[1][kind]:.3f} ms", flush=True)
        return Result(*middle, *sign_ins(ward, options))


def sign_ins(ward, options):
    """(sign-ins, hashes) a second, in turns."""
    people.sign_in(ward, PEOPLE * people.PER_PERSON)
    secret = ward.database.ask("""SELECT c.secret FROM credentials c JOIN users u ON u.id = c.user_id
        WHERE u.email = 'operator@demo.ward' AND c.kind = 'password'""")
    ward.database.ask(f"""INSERT INTO credentials (user_id, kind, algorithm, secret)
        SELECT id, 'password', 'argon2id', '{secret}' FROM users WHERE email LIKE 'bench%@demo.ward'""")
    script = str(contenders.HERE / "signin.lua")
    found = ([], [])
    for number in range(options.rounds + 1):
        rate, _ = wrk(ward.address + "/api/v1/sessions", None, 16, min(4, options.seconds), "-s", script)
        hashes = verify(secret, min(4, options.seconds))
        if number:
            found[0].append(rate)
            found[1].append(hashes)
    rates = tuple(statistics.median(each) for each in found)
    print(f"  sign-ins {rates[0]:7.1f}/s   argon2 alone {rates[1]:7.1f}/s", flush=True)
    return rates


def verify(secret, seconds):
    """How many times a second all cores together can compare the password with what is stored, by the same library."""
    library = ctypes.CDLL("libargon2.so.1")
    password = b"ward-demo-2026"
    counts, end = [], time.monotonic() + seconds

    def work():
        count = 0
        while time.monotonic() < end:
            if library.argon2id_verify(secret.encode(), password, len(password)) != 0:
                return
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=work) for _ in os.sched_getaffinity(0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != len(threads):
        raise SystemExit("argon2 does not verify what Ward stored")
    return sum(counts) / seconds


def wrk(url, token, connections, seconds, *more):
    """(requests a second, p50 in ms)."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", *more]
    if token:
        command += ["-H", f"Authorization: Bearer {token}"]
    output = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"who calls: requests were refused or failed:\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), contenders.percentile(output, 50)


def section(result):
    yield "## Who calls"
    yield ""
    cost = {kind: 1e6 / result.rates[kind] - 1e6 / result.rates["nobody"] for kind in KINDS}
    yield (f"* A signed-in request costs **{cost['session']:.0f} µs** more with a session and **{cost['JWT']:.0f} µs** more "
           f"with a JWT than the same request from nobody ({1e6 / result.rates['nobody']:.0f} µs).")
    share = result.sign_ins / result.hashes
    yield (f"* **{result.sign_ins:.0f} sign-ins a second**, {share:.0%} of what argon2 alone reaches on all cores "
           f"({result.hashes:.0f} comparisons a second; {gate(share >= 0.8, '80 %')}).")
    yield ""
    yield ("The request is for everybody and its answer is kept; whoever says who he is is asked for on top. The token of a "
           "session or a JWT is looked up in memory for a second at most after each look into the database, so that its "
           "end is heard of within a second. A sign-in compares the password (argon2id, 19 MiB, two passes), counts "
           "guesses before, and writes session, device and audit row.")
    yield ""
    yield "| | requests/s, 24 connections | p50 ms, one connection |"
    yield "|---|---:|---:|"
    for kind in KINDS:
        yield f"| {kind} | {result.rates[kind]:,.0f} | {result.latencies[kind]:.3f} |"
    yield ""
