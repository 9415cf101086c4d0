"""The console's other faces: dark, phone, paper, wall, keyboard help, sound, ward screens.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    WALL,
    browser,
    card_of,
    console,
    fits_sideways,
    free_room,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect


# A headless browser plays without asking. This is what one with a screen does: no sound before the first gesture.
BLOCKED_SOUND = """{
  let touched = false;
  const contexts = [];
  const touch = event => {
    if (touched || !event.isTrusted) return;
    touched = true;
    for (const context of contexts) context.onstatechange?.();
  };
  for (const kind of ['mousedown', 'keydown']) addEventListener(kind, touch, {capture: true});
  const Real = AudioContext;
  AudioContext = class extends Real {
    constructor() { super(); contexts.push(this); }
    get state() { return touched ? super.state : 'suspended'; }
  };
}"""


def test_dark_mode_follows_the_system_and_the_switch_is_remembered(console, rest):
    alert = rest.raise_alert(urgency=5)
    page = console.board("nurse", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(card_of(page, alert)).to_be_visible()
    paper = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    assert max(page.evaluate(paper)) < 60
    shot(page, "board-dark")
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.locator(".segments .choice", has_text="Light").click()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert min(page.evaluate(paper)) > 200


def test_a_phone_needs_no_sideways_scrolling_and_has_targets_for_a_thumb(console, rest):
    alert = rest.raise_alert(urgency=5, description="A description that is long enough to wrap over several lines.")
    page = console.board("nurse", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    expect(card_of(page, alert)).to_be_visible()
    fits_sideways(page)
    shot(page, "phone")
    for button in page.locator(".card-item button:visible, .head button:visible, .nav a").all():
        box = button.bounding_box()
        assert box["height"] >= 43.5 and box["width"] >= 43.5, button.evaluate("element => element.outerHTML")
    for path in ("/raise", "/staff", "/print", f"/alerts/{alert['id']}"):
        page.goto(console.base + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        fits_sideways(page)
    page.goto(f"{console.base}/")
    card_of(page, alert).get_by_role("button", name=re.compile("^Acknowledge")).tap()
    expect(card_of(page, alert)).to_contain_text("Answered by")


def test_the_downtime_sheet_is_black_on_white_with_room_for_handwriting(console, rest):
    alert = rest.raise_alert(urgency=5, kind="fire")
    page = console.page("nurse", color_scheme="dark")
    page.goto(f"{console.base}/print")
    row = page.locator(".print-table tr", has_text=alert["roomNumber"])
    expect(row).to_be_visible()
    expect(row).to_contain_text("5 · Critical")
    expect(row.locator(".print-blank")).to_have_count(3)
    expect(page.locator(".print-facts")).to_contain_text(re.compile(r"\d\d:\d\d:\d\d \(server time\)"))
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".head")).to_be_hidden()
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.locator(".paper").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    shot(page, "print")
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")


def test_help_skip_link_and_landmarks(console):
    page = console.board("nurse")
    for landmark in ("banner", "navigation", "main"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    page.reload()
    expect(page.get_by_role("heading", name="Live board")).to_be_focused()
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/$"))


def test_flashing_follows_iec_60601_1_8_and_rests_for_those_who_ask(console, rest):
    alerts = {level: rest.raise_alert(urgency=level) for level in (5, 3, 2)}
    style = "e => [getComputedStyle(e).animationName, getComputedStyle(e).animationDuration]"
    page = console.board("nurse")
    lamp = lambda shown, level: card_of(shown, alerts[level]).locator(".lamp").evaluate(style)
    expect(card_of(page, alerts[2])).to_be_visible()
    assert lamp(page, 5) == ["lamp", "0.5s"]
    assert lamp(page, 3) == ["lamp", "1.6667s"]
    assert lamp(page, 2)[0] == "none"
    calm = console.board("nurse", reduced_motion="reduce")
    card = card_of(calm, alerts[5])
    expect(card.get_by_text("Not answered")).to_be_visible()
    assert lamp(calm, 5)[0] == "none"
    assert card.locator(".card").evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 6


def silent(console, who: str, path: str):
    """A page that may not sound yet, and the strip that says so."""
    page = console.page(who)
    page.add_init_script(BLOCKED_SOUND)
    page.goto(console.base + path)
    banner = page.locator('[data-banner="sound"]')
    expect(banner).to_be_visible()
    return page, banner


def drawn(page) -> None:
    """Whatever was begun in the page by now is over, and seen."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))))")


def test_blocked_sound_is_said_loudly_and_a_pause_is_shown(console):
    page, banner = silent(console, "nurse", "/")
    expect(banner).to_contain_text("SOUND IS OFF")
    page.get_by_role("button", name="Turn on sound").click()
    expect(banner).to_be_hidden()
    page.keyboard.press("m")
    paused = page.locator('[data-banner="paused"]')
    expect(paused).to_contain_text(re.compile(r"paused for (2:00|1:5\d)"))
    page.keyboard.press("m")
    expect(paused).to_be_hidden()


def test_what_is_pressed_is_chosen_though_the_page_moves(console):
    """182: the strip about the sound goes with the first press, but not under it; what moves while it is pressed is chosen"""
    page, strip = silent(console, "operator", "/raise")
    fall, security = (page.locator("label.choice", has_text=title).first for title in ("Fall", "Security"))
    fall.hover()
    before = fall.bounding_box()
    page.mouse.down()
    drawn(page)
    assert fall.bounding_box() == before, "the page moved under the pointer"
    page.mouse.up()
    expect(page.get_by_role("radio", name=re.compile("^Fall"))).to_be_checked()
    expect(strip).to_be_hidden()
    # Something else may come above all the same.
    security.hover()
    before = security.bounding_box()
    page.mouse.down()
    page.locator("main").evaluate("main => { main.style.marginTop = '9rem'; }")
    assert security.bounding_box()["y"] > before["y"] + before["height"] / 2
    page.mouse.up()
    expect(page.get_by_role("radio", name=re.compile("^Security"))).to_be_checked()
    # Who moves away has thought better of it.
    fall.hover()
    page.mouse.down()
    page.mouse.move(2, 2)
    page.mouse.up()
    drawn(page)
    expect(page.get_by_role("radio", name=re.compile("^Security"))).to_be_checked()


def test_a_ward_screen_shows_its_department_alone_and_goes_dark_when_revoked(console, rest):
    mine, other = rest.departments()[:2]
    made = rest.call("admin", "POST", "/screens", {"name": "Test screen", "departmentId": mine["id"]})
    screen_id = (made.get("screen") or made)["id"]
    here = rest.raise_alert(urgency=5, departmentId=mine["id"])
    elsewhere = rest.raise_alert(urgency=5, departmentId=other["id"])

    page = console.page(viewport=WALL)
    page.goto(f"{console.base}/screen#token={made['token']}")
    expect(card_of(page, here)).to_be_visible()
    expect(page).to_have_url(f"{console.base}/screen")
    expect(card_of(page, elsewhere)).to_have_count(0)
    expect(page.locator(".card-item button")).to_have_count(0)
    late = rest.raise_alert(urgency=4, departmentId=mine["id"])
    expect(card_of(page, late)).to_be_visible(timeout=1000)
    shot(page, "ward-screen")
    page.reload()
    expect(card_of(page, here)).to_be_visible()

    rest.call("admin", "POST", f"/screens/{screen_id}/revocation", {})
    expect(page.get_by_role("heading", name="THIS SCREEN IS TURNED OFF")).to_be_visible(timeout=10_000)
    expect(page.locator(".card")).to_have_count(0)
    shot(page, "ward-screen-revoked")


def test_an_administrator_makes_and_revokes_a_ward_screen_in_the_console(console):
    page = console.page("admin")
    page.goto(f"{console.base}/screens")
    expect(page.locator(".screens-form option").first).to_be_attached()
    name = f"Screen {free_room()}"
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create screen").click()
    address = page.get_by_label("Link for the display")
    expect(address).to_have_value(re.compile(r"/screen#token=.{16,}$"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Revoke screen {name}").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.locator("tr", has_text=name)).to_contain_text("Revoked")


def test_who_is_on_duty_is_shown_live_and_the_switch_follows(console, rest):
    page = console.page("doctor")
    page.goto(f"{console.base}/staff")
    switch = page.get_by_role("switch", name="On duty")
    expect(switch).to_have_attribute("aria-checked", "true")
    account = page.get_by_role("button", name=re.compile("^Account of ")).get_attribute("aria-label")
    name = account.removeprefix("Account of ")
    row = page.locator(".staff-person", has_text=name)
    expect(row).to_have_count(1)
    try:
        rest.call("doctor", "PUT", "/duty", {"isOnDuty": False, "handoverNotes": "Nothing special happened."})  # on another device
        expect(row).to_have_count(0)
        expect(switch).to_have_attribute("aria-checked", "false")
        switch.press("Space")
        expect(row).to_have_count(1)
        expect(switch).to_have_attribute("aria-checked", "true")
        expect(switch).not_to_have_attribute("aria-busy", "true")
        switch.press("Space")
        page.get_by_role("dialog").get_by_role("button", name="Go off duty").click()
        expect(switch).to_have_attribute("aria-checked", "false")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(switch).to_be_focused()
    finally:
        rest.call("doctor", "PUT", "/duty", {"isOnDuty": True})


def test_in_wall_mode_the_way_out_covers_no_alert(console, rest):
    alerts = [rest.raise_alert(urgency=level) for level in (5, 4, 3, 3, 2, 1, 1)]
    page = console.board("nurse", viewport=WALL)
    expect(card_of(page, alerts[-1])).to_be_visible()
    page.keyboard.press("w")
    leave = page.get_by_role("button", name="Leave wall mode")
    expect(leave).to_be_visible()
    out = leave.bounding_box()
    for alert in alerts:
        card = card_of(page, alert).bounding_box()
        apart = card["y"] >= out["y"] + out["height"] or card["x"] >= out["x"] + out["width"]
        assert apart, f"{alert['roomNumber']} at {card} lies under the button at {out}"
    shot(page, "wall-leave")
    leave.click()
    expect(page.locator("html")).not_to_have_attribute("data-wall", "on")
