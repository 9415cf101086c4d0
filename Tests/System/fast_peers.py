#!/usr/bin/env python3
"""Expo-, Twilio- and mail-shaped servers in one quick process of their own, which notes when each message had arrived.

    python Tests/System/fast_peers.py --mail-seconds 0.2 --answer-seconds 0.1

It prints its ports as a line of JSON. A line on its input is answered with a line of JSON: what came since its start, by
the machine's one monotonic clock. It ends with its input. Whatever such a service would not know is noted as unexpected.
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import time
from urllib.parse import parse_qsl
from uuid import uuid4

KNOWN = {"to", "title", "body", "data", "sound", "priority", "channelId", "interruptionLevel"}


class Services:
    def __init__(self, mail_seconds: float, answer_seconds: float):
        self.mail_seconds, self.answer_seconds = mail_seconds, answer_seconds
        self.seen = {"push": [], "sms": [], "mail": [], "unexpected": [], "requests": 0, "most": 0}

    def push(self, messages: list, now: float) -> list:
        self.seen["requests"] += 1
        self.seen["most"] = max(self.seen["most"], len(messages))
        if len(messages) > 100 or any(set(each) - KNOWN for each in messages):
            self.seen["unexpected"].append(f"push of {len(messages)}")
        self.seen["push"] += [(each["to"], now) for each in messages]
        return [{"status": "ok", "id": str(uuid4())} for _ in messages]

    def respond(self, line: str, body: bytes, now: float) -> tuple[int, dict]:
        if line.startswith("POST /--/api/v2/push/send "):
            return 200, {"data": self.push(json.loads(body), now)}
        if re.match(r"POST /2010-04-01/Accounts/\w+/Messages\.json ", line):
            form = dict(parse_qsl(body.decode()))
            self.seen["requests"] += 1
            self.seen["sms"].append((form["To"], now))
            return 201, {"sid": "SM" + uuid4().hex, "status": "queued", "error_code": None, "to": form["To"]}
        self.seen["unexpected"].append(line)
        return 404, {}

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
                body = await reader.readexactly(int(size[1]) if size else 0)
                status, answer = self.respond(head.split(b"\r\n", 1)[0].decode(), body, time.monotonic())
                data = json.dumps(answer).encode()
                await asyncio.sleep(self.answer_seconds)
                writer.write(b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                             % (status, len(data), data))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side has hung up
        finally:
            writer.close()

    async def smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to = ""
        writer.write(b"220 slow\r\n")
        try:
            while line := await reader.readline():
                word = line[:4].upper().strip()
                if word == b"RCPT":
                    to = line.split(b"<")[1].split(b">")[0].decode()
                if word == b"DATA":
                    writer.write(b"354 go on\r\n")
                    letter = await reader.readuntil(b"\r\n.\r\n")
                    await asyncio.sleep(self.mail_seconds)
                    self.seen["mail"].append((to, time.monotonic(), re.search(rb"Message-ID: <(\S+)>", letter)[1].decode()))
                writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 well\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side has hung up
        finally:
            writer.close()

    async def run(self) -> None:
        web = await asyncio.start_server(self.http, "127.0.0.1", 0, limit=1 << 22, backlog=4096)
        mail = await asyncio.start_server(self.smtp, "127.0.0.1", 0, limit=1 << 22, backlog=1024)
        print(json.dumps({"http": web.sockets[0].getsockname()[1], "smtp": mail.sockets[0].getsockname()[1]}), flush=True)
        while await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
            print(json.dumps(self.seen), flush=True)


class FastPeers:
    """The process, for who starts it."""

    def __init__(self, mail_seconds: float, answer_seconds: float):
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--mail-seconds", str(mail_seconds), "--answer-seconds", str(answer_seconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ports = json.loads(self.process.stdout.readline())
        self.environment = {
            "WARD_PUSH_URL": f"expo://push@127.0.0.1:{ports['http']}",
            "WARD_SMS_URL": f"twilio://AC0:token@127.0.0.1:{ports['http']}?from=%2B4930555000",
            "WARD_SMTP_URL": f"smtp://127.0.0.1:{ports['smtp']}", "WARD_MAIL_FROM": "ward@hospital.example",
        }

    def seen(self) -> dict:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)

    def __enter__(self) -> "FastPeers":
        return self

    def __exit__(self, *_):
        self.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mail-seconds", type=float, default=0.2, help="which the server takes for a letter")
    parser.add_argument("--answer-seconds", type=float, default=0, help="which the other services take for an answer")
    chosen = parser.parse_args()
    asyncio.run(Services(chosen.mail_seconds, chosen.answer_seconds).run())
