"""Fan-out: one message to thousands of sockets, in Ward, in python-socketio and in node `ws`."""

import statistics
import subprocess
import time
from dataclasses import dataclass

from . import contenders, sockets, system
from .report import gate

SIZES = (1000, 5000)
# Deliveries a second at which latency is compared: all but python-socketio keep up with it.
STEADY = 20_000
STEADY_SECONDS = 15
# Deliveries in a burst, which shows how many can be delivered a second: more than anybody keeps up with.
BURST = 200_000
BURST_RATE = 1000  # messages a second
NAMES = ("ward", "node ws", "python-socketio")


@dataclass
class Result:
    name: str
    sockets: int
    kib_per_socket: float
    rate: float  # delivered a second in the burst
    p50: float
    p99: float
    answer_p99: float
    first: float  # the first socket that hears a message, in the middle of all messages
    last: float  # the last one
    client_us: float  # processor time of the load for each delivery


def measure(options):
    """The results by size and name; each server alone, one after another."""
    subprocess.run(["bash", str(sockets.HERE / "peers.sh")], check=True)
    program = sockets.build()
    results = {}
    for size in SIZES:
        print(f"\nfan-out to {size:,} sockets")
        for name in NAMES:
            with system.Workspace() as space:
                results[size, name] = one(name, size, space, program, options)
    return results


def one(name, size, space, program, options):
    ward = contenders.Ward(options.ward, space)
    server = {
        "ward": lambda: sockets.WardSockets(ward, size),
        "node ws": lambda: sockets.NodeWS(space, sockets.message(ward)),
        "python-socketio": lambda: sockets.PythonSocketIO(space, sockets.message(ward)),
    }[name]()
    # Nobody is measured cold.
    with sockets.Load(program, space, server, 100) as load:
        load.run(20, 20)
    time.sleep(1)
    empty, _ = system.memory(server.process.pid)
    with sockets.Load(program, space, server, size) as load:
        time.sleep(1)
        full, _ = system.memory(server.process.pid)
        rate = STEADY / size
        load.run(max(2, int(rate)), rate)
        steady = whole(load.run(int(rate * STEADY_SECONDS), rate), name)
        first, last = spread(load)
        bursts = [whole(load.run(BURST // size, BURST_RATE), name) for _ in range(2)]
    rates = [burst["delivered"] / burst["seconds"] for burst in bursts]
    result = Result(
        name, size, (full - empty) * 1024 / size, statistics.mean(rates), steady["receipt"]["p50"],
        steady["receipt"]["p99"], steady["answer"]["p99"], first, last, steady["clientCPU"] / steady["delivered"] * 1e6)
    print(f"  {name:16} {result.rate:9,.0f} delivered/s   p50 {result.p50:7.2f} ms   p99 {result.p99:7.2f} ms   "
          f"{result.kib_per_socket:5.1f} KiB a socket", flush=True)
    return result


def spread(load):
    """When the first and the last socket heard a message, in ms after its intended moment: each the median."""
    lines = [[int(word) for word in line.split()[1:]] for line in load.receipts.read_text().splitlines()]
    return tuple(statistics.median((line[place] - line[0]) / 1000 for line in lines) for place in (1, 2))


def whole(answer, name):
    wanted = answer["sockets"] * answer["messages"]
    if answer["delivered"] != wanted:
        raise SystemExit(f"{name} delivered {answer['delivered']} of {wanted} messages")
    return answer


def section(results):
    yield "## Fan-out: one message to every socket"
    yield ""
    for size in SIZES:
        ward, node, python = (results[size, name] for name in NAMES)
        yield (f"* {size:,} sockets: **{ward.rate / python.rate:.1f}× python-socketio** in messages delivered a second "
               f"({gate(ward.rate / python.rate >= 5, '5×')}) and {ward.rate / node.rate:.2f}× node `ws`; "
               f"p99 **{ward.p99:.1f} ms**, node `ws` {node.p99:.1f} ms ({gate(ward.p99 <= node.p99, '≤ node ws')}).")
    last = results[SIZES[-1], "ward"]
    yield (f"* Create → client receipt at {SIZES[-1]:,} sockets: p50 {last.p50:.1f} ms, p99 **{last.p99:.1f} ms** "
           f"({gate(last.p99 <= 250, '≤ 250 ms')}).")
    worst = max(results[size, "ward"].kib_per_socket for size in SIZES)
    yield f"* Memory: **{worst:.1f} KiB a socket** ({gate(worst <= 15, '≤ 15 KiB')})."
    yield ""
    yield (f"The same bytes for everybody (an alert, about 650), over WebSocket, to one load process on one thread. "
           f"Latency at {STEADY:,} deliveries a second for {STEADY_SECONDS} s, from the moment at which the message was "
           f"meant to be sent (open loop) to each client's receipt. Delivered a second: {BURST:,} deliveries in a burst of "
           f"{BURST_RATE:,} messages a second, from the first intended moment to the last receipt; the mean of two.")
    yield ""
    yield ("Ward does more for it than the others: each message is an alert raised by HTTP, committed with its audit row "
           "and event, read from the log and sent to the sockets that may hear it; so its latency is that of create → "
           "receipt. The others forward what one socket says to all, without accounts or a database. python-socketio runs "
           "on uvloop with aiohttp (uvicorn was slower), node `ws` without compression.")
    yield ""
    yield ("| sockets | | delivered/s | p50 ms | p99 ms | first socket ms | last socket ms | KiB a socket | load's own µs a delivery |")
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|"
    for (size, name), result in results.items():
        yield (f"| {size:,} | {name} | {result.rate:,.0f} | {result.p50:.2f} | {result.p99:.2f} | "
               f"{result.first:.1f} | {result.last:.1f} | "
               f"{result.kib_per_socket:.1f} | {result.client_us:.2f} |")
    yield ""
