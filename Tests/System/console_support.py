"""What the console's tests share: the other people of the hospital, a line that can be cut, browser pages.

`ward` comes from conftest.py and has `url`. Screenshots go to the folder in WARD_SCREENSHOTS.
"""

import os
import random
import re
import shutil
import socket
import string
import threading
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright
from ward_process import stretched

PASSWORD = "ward-demo-2026"
SHOTS = Path(os.environ.get("WARD_SCREENSHOTS", "/tmp/ward-screenshots"))
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}
# How long something may take before it is missing, in milliseconds on a machine of one's own.
EXPECTED, DONE = 5_000, 30_000
# Remembers when something last came or moved: what comes late must not move under a press, as no person presses what
# still jumps about. And what was pressed and moved, for whoever reads why a test failed.
NOTE_MOVES = """
  // A letter that is looked at stands in a frame in which no script runs.
  if (self === top) {
    window.lastMove = performance.now();
    window.happened = [];
    const note = (what) => { window.happened.push(`${Math.round(performance.now())} ${what}`); window.happened.splice(0, window.happened.length - 40); };
    for (const type of ['layout-shift', 'resource']) {
      new PerformanceObserver((list) => {
        window.lastMove = performance.now();
        for (const each of list.getEntries()) note(`${type} ${type === 'resource' ? new URL(each.name).pathname : each.value.toFixed(3)} at ${Math.round(each.startTime)}`);
      }).observe({ type, buffered: true });
    }
    for (const type of ['pointerdown', 'pointerup', 'click', 'submit', 'focusin', 'popstate']) {
      addEventListener(type, ({ target }) => note(`${type} ${target?.localName ?? ''} ${(target?.getAttribute?.('aria-label') ?? target?.textContent ?? '').trim().slice(0, 40)}`), true);
    }
  }
"""
EXPECTED_LOG = re.compile(r"Failed to load resource|AudioContext was not allowed|net::ERR_")


def origin(url: str) -> str:
    """Cookies marked Secure and the clipboard work on `localhost`, not on 127.0.0.1."""
    return url.rstrip("/").replace("127.0.0.1", "localhost")


class Rest:
    """The other people of the hospital, who do not use this browser."""

    def __init__(self, base: str):
        self.base = base
        self.tokens: dict[str, str] = {}
        self.raised: list[str] = []

    def token(self, who: str) -> str:
        if who not in self.tokens:
            body = {"email": f"{who}@demo.ward", "password": PASSWORD}
            answer = requests.post(f"{self.base}/api/v1/sessions", json=body, timeout=10)
            assert answer.ok, answer.text
            self.tokens[who] = answer.json()["data"]["token"]
        return self.tokens[who]

    def call(self, who: str, method: str, path: str, body=None):
        headers = {"Authorization": f"Bearer {self.token(who)}", "X-Ward-Console": "1"}
        if method != "GET":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        answer = requests.request(method, f"{self.base}/api/v1{path}", json=body, headers=headers, timeout=10)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()["data"] if answer.content else None

    def raise_alert(self, room=None, kind="medical", urgency=4, who="operator", **more) -> dict:
        body = {"roomNumber": room or free_room(), "alertType": kind, "urgencyLevel": urgency, **more}
        alert = self.call(who, "POST", "/alerts", body)
        self.raised.append(alert["id"])
        return alert

    def departments(self) -> list[dict]:
        return self.call("admin", "GET", "/departments")

    def close_all(self) -> None:
        for alert_id in self.raised:
            if self.call("admin", "GET", f"/alerts/{alert_id}")["status"] in ("active", "acknowledged"):
                self.call("admin", "POST", f"/alerts/{alert_id}/cancellation", {"reason": "end of test"})
        self.raised.clear()


def free_room() -> str:
    return "T" + "".join(random.choices(string.digits, k=3)) + "-" + "".join(random.choices(string.digits, k=3))


class CuttableLine:
    """A TCP proxy whose cable can be pulled: open connections break and new ones are refused."""

    def __init__(self, target: str):
        parts = urlsplit(target)
        self.target = (parts.hostname, parts.port or 80)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self.is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                refused = self.is_cut
            if refused:
                client.close()
                continue
            try:
                server = socket.create_connection(self.target, timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self.lock:
                self.open |= {client, server}
            for pair in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass  # the cable was pulled, or a side went away: both ends are closed below
        finally:
            self._drop({source, sink})

    def _drop(self, sockets: set[socket.socket]) -> None:
        with self.lock:
            self.open -= sockets
        for end in sockets:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # was closed by the other pump
            end.close()

    def cut(self) -> None:
        with self.lock:
            self.is_cut = True
            sockets = set(self.open)
        self._drop(sockets)

    def mend(self) -> None:
        with self.lock:
            self.is_cut = False

    def close(self) -> None:
        self.cut()
        self.listener.close()


def calmed(page: Page, change):
    """The same change of the page, over when nothing moves any more."""
    def run(*arguments, **keywords):
        answer = change(*arguments, **keywords)
        page.evaluate("""() => new Promise((done) => {
          const look = () => (performance.now() - window.lastMove > 150 ? done() : setTimeout(look, 30));
          look();
        })""")
        return answer
    return run


class Console:
    """Opens browser pages and remembers what went wrong in them."""

    def __init__(self, browser, base: str, rest: Rest):
        self.browser, self.base, self.rest = browser, base, rest
        self.contexts, self.complaints = [], []

    def page(self, who: str | None = None, base: str | None = None, **options) -> Page:
        context = self.browser.new_context(**{"viewport": DESKTOP, **options})
        slower = stretched()
        expect.set_options(timeout=EXPECTED * slower)
        context.set_default_timeout(DONE * slower)
        self.contexts.append(context)
        if who:
            url = base or self.base
            context.add_cookies([{"name": "ward_session", "value": self.rest.token(who), "url": url, "httpOnly": True}])
        context.add_init_script(NOTE_MOVES)
        page = context.new_page()
        page.goto, page.reload = calmed(page, page.goto), calmed(page, page.reload)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        return page

    def _hear(self, message) -> None:
        if message.type == "error" and not EXPECTED_LOG.search(message.text):
            self.complaints.append(message.text)

    def board(self, who: str, base: str | None = None, **options) -> Page:
        """A signed-in person's live board, ready and live."""
        page = self.page(who, base, **options)
        page.goto(f"{base or self.base}/")
        expect(page.get_by_role("heading", name="Live board")).to_be_visible()
        expect(page.locator(".link-light")).to_have_attribute("data-link", "live")
        return page

    def seen(self) -> list[tuple[str, str]]:
        """What each page shows and what happened in it."""
        pages = [page for context in self.contexts for page in context.pages]
        return [(page.url, "\n".join([page.locator("body").aria_snapshot(), *page.evaluate("window.happened ?? []")]))
                for page in pages]

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def card_of(page: Page, alert: dict):
    return page.locator(f'.card-item[data-alert-id="{alert["id"]}"]')


def shot(page: Page, name: str, **options) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", animations="disabled", **options)


def fits_sideways(page: Page) -> None:
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url}: {wide} px wide in a window of {window} px"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        # The shell without a window is the same engine and a quarter cheaper.
        path = os.environ.get("WARD_CHROMIUM") or next(filter(None, map(shutil.which, (
            "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def people(ward):
    return Rest(ward.url.rstrip("/"))


@pytest.fixture
def rest(people):
    yield people
    people.close_all()


@pytest.fixture
def console(browser, ward, rest):
    opened = Console(browser, origin(ward.url), rest)
    yield opened
    opened.close()
    assert opened.complaints == [], opened.complaints
