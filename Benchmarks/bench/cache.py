"""What keeping answers brings on a recorded mix of reads: how many are kept, and how long both kinds take."""

import json
import random
import re
import statistics
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from . import contenders, system
from .report import gate

MIX = contenders.HERE / "mixes" / "console.txt"
PASSWORD = "ward-demo-2026"
# How each recorded operation is asked for again; what is not here has its own input and is left out.
READS = {
    "hospitals.getCurrent": "/hospital", "hospitals.getDepartments": "/departments?limit=100",
    "locations.getAll": "/locations?limit=100", "rooms.getAll": "/rooms?limit=100", "doctors.getAll": "/doctors",
    "alerts.getTypes": "/alert-types?limit=100", "alerts.getTemplates": "/alert-templates?limit=100",
    "alerts.getLadders": "/escalation-ladders?limit=100", "patient.getDetails": "/patients/{patient}",
}
UNKEPT = {
    "alerts.list": "/alerts?status=active&limit=50", "auth.getSession": "/session", "users.getAll": "/users",
    "healthcare.getOnDutyStaff": "/duty/staff", "healthcare.getOnDutyStatus": "/duty", "alerts.getStats": "/alert-stats",
    "shifts.list": "/shifts", "handovers.getPending": "/handovers",
}
WRITES = {
    "alerts.create": ("POST", "/alerts"), "healthcare.toggleOnDuty": ("PUT", "/duty"),
    "hospitals.updateSettings": ("PATCH", "/hospital"),
}


@dataclass
class Result:
    found: dict  # answers by where they were found
    kept: list  # milliseconds of reads that may be kept
    others: list
    left_out: float  # part of the recorded reads that is not asked again
    memory: float


def measure(options):
    print("\ncache")
    mix = [line.split() for line in MIX.read_text().splitlines() if line and not line.startswith("#")]
    with system.Workspace() as space:
        port = system.free_port()
        space.start("redis", ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                              "--appendonly", "no", "--dir", str(space.folder)])
        ward = contenders.Ward(options.ward, space)
        ward.restart(WARD_REDIS_URL=f"redis://127.0.0.1:{port}")
        ward.patient = ward.database.ask(
            f"SELECT id FROM patients WHERE hospital_id = '{ward.hospital}' ORDER BY id LIMIT 1", role="postgres")
        tokens = {who: sign_in(ward, who) for who in sorted({who for who, _ in mix})}
        play(ward, mix, tokens, 2, [], [])
        before = counts(ward)
        kept, others = [], []
        play(ward, mix, tokens, 2 * options.seconds, kept, others)
        after = counts(ward)
        found = {layer: after[layer] - before[layer] for layer in after}
        known = sum(1 for _, name in mix if name in {**READS, **UNKEPT, **WRITES})
        result = Result(found, kept, others, 1 - known / len(mix), system.memory(ward.process.pid)[0])
    print(f"  {found}  kept {ratio(found):.1%}")
    return result


def sign_in(ward, who):
    return ward.request("POST", "/api/v1/sessions", {"email": f"{who}@demo.ward", "password": PASSWORD})["data"]["token"]


def counts(ward):
    text = urllib.request.urlopen(ward.address + "/metrics", timeout=10).read().decode()
    return {layer: float(number) for layer, number in re.findall(r'ward_cache_total\{layer="(\w+)"\} ([\d.]+)', text)}


def play(ward, mix, tokens, seconds, kept, others):
    """Eight people at once go through the recorded calls, each from a place of his own."""
    end = time.monotonic() + seconds
    lock = threading.Lock()

    def work(number):
        place = number * len(mix) // 8
        mine = ([], [])
        while time.monotonic() < end:
            who, name = mix[place % len(mix)]
            place += 1
            if path := READS.get(name) or UNKEPT.get(name):
                began = time.perf_counter()
                ask(ward, tokens[who], "GET", path.format(patient=ward.patient))
                mine[name in UNKEPT].append((time.perf_counter() - began) * 1000)
            elif name in WRITES:
                ask(ward, tokens[who], *WRITES[name], body(name))
        with lock:
            kept.extend(mine[0])
            others.extend(mine[1])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def body(name):
    if name == "alerts.create":
        return contenders.alert()
    if name == "healthcare.toggleOnDuty":
        return {"isOnDuty": True}
    return {"timeZone": random.choice(("Europe/Paris", "Europe/Rome"))}


def ask(ward, token, method, path, content=None):
    """What this person may not do is refused here as it was when it was recorded."""
    request = urllib.request.Request(
        f"{ward.address}/api/v1{path}", method=method, data=json.dumps(content).encode() if content else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=10).read()
    except urllib.error.HTTPError as refusal:
        if refusal.code not in (403, 404, 409):
            raise


def ratio(found):
    return (found["memory"] + found["redis"]) / max(1, sum(found.values()))


def section(result):
    yield "## Kept answers"
    yield ""
    yield (f"* Of {sum(result.found.values()):,.0f} answers that may be kept **{ratio(result.found):.1%}** were: "
           f"{result.found['memory']:,.0f} from memory, {result.found['redis']:,.0f} from Redis, "
           f"{result.found['source']:,.0f} from the source ({gate(ratio(result.found) > 0.8, '80 %')}).")
    kept, others = (statistics.quantiles(each, n=100) for each in (result.kept, result.others))
    yield (f"* A read that may be kept takes {kept[49]:.2f} ms in the middle and {kept[98]:.2f} ms at p99, one that is "
           f"never kept {others[49]:.2f} and {others[98]:.2f} ms (eight people at once, by Python's own client). "
           f"The process holds {result.memory:.0f} MiB.")
    yield ""
    yield ("The calls are those that the console's own browser tests make, in their order and by their people "
           f"(`Benchmarks/mixes/console.txt`), writes among them; {result.left_out:.0%} of them name a thing of that day "
           "and are left out. Lists of alerts are never kept.")
    yield ""
