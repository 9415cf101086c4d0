"""The web console in a real browser against the real server: signing in, the live board, acting, losing the line.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

from console_support import (  # noqa: F401 (fixtures are found by name)
    DESKTOP,
    PASSWORD,
    WALL,
    CuttableLine,
    browser,
    card_of,
    console,
    free_room,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect


def test_the_board_looks_as_in_the_documentation(console, rest):
    """Makes Docs/board.png and its sisters: five alerts of every kind, one of them answered."""
    where = {department["code"]: department["id"] for department in rest.departments()}
    place = lambda code: {"departmentId": where[code]} if code in where else {}
    rest.raise_alert("CARD-14", "nurse_call", 1, **place("CARD"))
    rest.raise_alert("ICU-3", "equipment", 2, description="Infusion pump reports low battery.", **place("ICU"))
    answered = rest.raise_alert("CARD-7", "medical", 3, description="Blood pressure falling.", **place("CARD"))
    rest.call("nurse", "POST", f"/alerts/{answered['id']}/acknowledgement", {"notes": "On my way."})
    rest.raise_alert("ER-2", "fall", 4, description="Fell beside the bed, conscious.", **place("ER"))
    top = rest.raise_alert("ICU-12", "cardiac_arrest", 5, description="Crash cart is in the corridor.", **place("ICU"))

    page = console.board("head")
    expect(card_of(page, top)).to_be_visible()
    expect(card_of(page, answered)).to_contain_text("Answered by")
    page.get_by_role("heading", level=1).click()  # a gesture lets the sound play, as in any person's day
    expect(page.locator('[data-banner="sound"]')).to_be_hidden()
    shot(page, "board")
    page.set_viewport_size(WALL)
    page.keyboard.press("w")
    expect(page.locator("html")).to_have_attribute("data-wall", "on")
    height, window = page.evaluate("[document.documentElement.scrollHeight, window.innerHeight]")
    assert height <= window, "a wall must not need scrolling"
    room = card_of(page, top).locator(".room-name")
    assert room.bounding_box()["height"] >= 60, "the room must be readable from three metres"
    shot(page, "wall")


def test_a_nurse_signs_in_by_keyboard_sees_a_new_alert_within_a_second_and_acknowledges_it(console, rest):
    page = console.page()
    page.goto(f"{console.base}/")
    expect(page.get_by_label("Email")).to_be_focused()
    shot(page, "sign-in")
    page.keyboard.type("nurse@demo.ward")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Live board")).to_be_focused()
    expect(page.locator(".link-light")).to_have_attribute("data-link", "live")

    room = free_room()
    page.evaluate(
        """room => {
          const seen = () => [...document.querySelectorAll('.room-name')].some(e => e.textContent === room);
          window.arrival = new Promise(resolve => {
            const watch = new MutationObserver(() => {
              if (!seen()) return;
              watch.disconnect();
              resolve(performance.now() - window.raisedAt);
            });
            watch.observe(document.body, {subtree: true, childList: true, characterData: true});
          });
          window.raisedAt = performance.now();
        }""",
        room,
    )
    alert = rest.raise_alert(room, "code_blue", 5)
    card = card_of(page, alert)
    expect(card).to_be_visible(timeout=1000)
    assert page.evaluate("window.arrival") < 1000, "raised by another person, seen here within a second"
    expect(page.locator('[aria-live="assertive"]')).to_contain_text(f"Critical alert. Room {room}.")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Live board"))

    focused = "document.activeElement.closest('.card-item')?.dataset.alertId"
    for _ in range(page.locator(".card-item").count()):
        page.keyboard.press("j")
        if page.evaluate(focused) == alert["id"]:
            break
    assert page.evaluate(focused) == alert["id"], "j reaches every card"
    page.keyboard.press("a")
    expect(card).to_contain_text("Answered by")
    expect(card.get_by_role("article")).to_be_focused()
    assert rest.call("operator", "GET", f"/alerts/{alert['id']}")["status"] == "acknowledged"


def test_a_wrong_password_is_said_and_the_password_can_be_typed_again(console):
    page = console.page()
    page.goto(f"{console.base}/")
    page.get_by_label("Email").fill("nobody@demo.ward")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_text("Enter your password.")).to_be_visible()
    page.get_by_label("Password").fill("not the password 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="not right")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_value("")


def test_a_lost_connection_is_unmistakable_and_nothing_is_missed(console, rest, ward):
    """148: a lost connection is unmistakable, and after it the board has all that happened meanwhile"""
    line = CuttableLine(ward.url)
    try:
        known = rest.raise_alert(urgency=4)
        closed = rest.raise_alert(urgency=3)
        page = console.board("nurse", base=line.url)
        expect(card_of(page, known)).to_be_visible()
        banner = page.locator('[data-banner="lost"]')
        expect(banner).to_be_hidden()

        line.cut()
        expect(banner).to_be_visible(timeout=10_000)
        expect(banner).to_contain_text(re.compile(r"CONNECTION LOST — this board is not live since \d\d:\d\d:\d\d"))
        expect(page.locator(".link-light")).to_contain_text("Not live")
        box = banner.bounding_box()
        assert box["width"] == DESKTOP["width"] and box["height"] >= 60
        opacity = page.locator(".cards").evaluate("element => Number(getComputedStyle(element).opacity)")
        assert opacity < 0.8, "the board is dimmed"
        shot(page, "connection-lost")

        missed = rest.raise_alert(urgency=5)
        rest.call("nurse", "POST", f"/alerts/{known['id']}/acknowledgement", {})
        rest.call("admin", "POST", f"/alerts/{closed['id']}/cancellation", {"reason": "raised by mistake"})
        expect(card_of(page, missed)).to_have_count(0)

        line.mend()
        expect(banner).to_be_hidden(timeout=10_000)
        expect(card_of(page, missed)).to_have_count(1)
        expect(card_of(page, known)).to_contain_text("Answered by")
        expect(card_of(page, closed)).to_have_count(0)

        line.cut()  # a cut shorter than three seconds is bridged without a word
        line.mend()
        after = rest.raise_alert(urgency=3)
        expect(card_of(page, after)).to_have_count(1, timeout=10_000)
    finally:
        line.close()


def test_the_time_shown_is_the_servers_whatever_the_clients_clock_says(console, rest):
    page = console.page("nurse")
    page.add_init_script(
        """{
          const Real = Date, wrong = 40 * 86400e3;
          Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Real.now() + wrong); } };
          Date.now = () => Real.now() + wrong;
        }"""
    )
    alert = rest.raise_alert(urgency=4)
    page.goto(f"{console.base}/")
    expect(card_of(page, alert).locator(".elapsed")).to_have_text(re.compile(r"^0:[0-5]\d$"))


def test_text_from_the_server_is_never_markup(console, rest):
    """21: a description with markup and script stands on the console as the text that it is"""
    evil = '<img src=x onerror="document.title=1"><b>bold</b>'
    alert = rest.raise_alert(urgency=4, description=evil)
    page = console.board("nurse")
    expect(card_of(page, alert).locator(".card-description")).to_have_text(evil)
    expect(card_of(page, alert).locator("img, b")).to_have_count(0)
    page.goto(f"{console.base}/alerts/{alert['id']}")
    expect(page.locator(".facts")).to_contain_text(evil)
    expect(page.locator(".timeline-entry").first).to_be_visible()
    shot(page, "alert")


def test_an_alert_whose_first_answer_is_lost_is_raised_once(console, rest):
    """23: the console sends the same key again when an answer is lost, and the alert is raised once"""
    page = console.board("operator")
    page.keyboard.press("n")
    expect(page.get_by_label("Room")).to_be_focused()
    keys: list[str] = []

    def lose_the_first(route):
        if route.request.method != "POST":
            return route.continue_()
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            return route.continue_()
        answer = route.fetch()
        assert answer.status == 201, answer.text()
        rest.raised.append(answer.json()["data"]["id"])
        route.abort()

    page.route("**/api/v1/alerts", lose_the_first)
    room = free_room()
    page.get_by_label("Room").fill(room)
    page.locator(".types .choice", has_text="Fall").click()
    expect(page.locator(".levels input:checked")).to_have_count(1)
    page.get_by_role("button", name="Raise alert").click()
    if page.get_by_role("dialog").is_visible():  # a type that asks for confirmation
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Live board")).to_be_visible()
    expect(page.locator(".card-item", has_text=room)).to_have_count(1)
    assert len(keys) == 2 and keys[0] == keys[1]
    listed = rest.call("operator", "GET", "/alerts?status=active&limit=100")
    assert [alert["roomNumber"] for alert in listed].count(room) == 1


def test_a_field_that_the_server_refuses_is_named_and_has_the_focus(console):
    page = console.page("operator")
    page.goto(f"{console.base}/raise")
    page.get_by_label("Room").evaluate("element => element.removeAttribute('maxlength')")
    page.get_by_label("Room").fill("A room whose name is longer than any door is wide " * 2)
    page.locator(".types .choice", has_text="Nurse call").click()
    page.get_by_role("button", name="Raise alert").click()
    room = page.get_by_label("Room")
    expect(room).to_be_focused()
    expect(room).to_have_attribute("aria-invalid", "true")
    error = page.locator('[data-field="roomNumber"] .field-error')
    expect(error).to_be_visible()
    assert error.get_attribute("id") in room.get_attribute("aria-describedby")
    shot(page, "raise")


def test_a_resolution_needs_ten_characters_and_closes_the_alert(console, rest):
    alert = rest.raise_alert(urgency=4)
    rest.call("nurse", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    page = console.board("doctor")
    card = card_of(page, alert)
    card.get_by_role("button", name=re.compile("^Resolve")).press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Resolution")).to_be_focused()
    page.keyboard.type("short")
    dialog.get_by_role("button", name="Resolve").press("Enter")
    expect(dialog.get_by_text("Write at least 10 characters.")).to_be_visible()
    page.keyboard.type(" – then the pump was exchanged")
    dialog.get_by_role("button", name="Resolve").press("Enter")
    expect(dialog).to_be_hidden()
    expect(card).to_have_count(0)
    assert rest.call("doctor", "GET", f"/alerts/{alert['id']}")["status"] == "resolved"


def test_buttons_follow_the_permissions(console, rest):
    alert = rest.raise_alert(urgency=4)
    page = console.board("operator")
    expect(card_of(page, alert)).to_be_visible()
    expect(card_of(page, alert).locator('[data-action="acknowledge"]')).to_have_count(0)
    other = console.board("nurse")
    expect(card_of(other, alert).locator('[data-action="acknowledge"]')).to_be_visible()
