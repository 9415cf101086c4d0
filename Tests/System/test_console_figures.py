"""The figures in the browser: interruptions per department and shift, response, what climbs now; on paper, too.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

import re

from console_support import (  # noqa: F401 (fixtures are found by name)
    PHONE,
    browser,
    console,
    fits_sideways,
    people,
    rest,
    shot,
)
from playwright.sync_api import expect


def counted(rest) -> dict[str, int]:
    rows = rest.call("admin", "GET", "/alert-fatigue")
    return {key: sum(row[key] for row in rows) for key in ("interruptions", "alerts", "actedOn")}


def test_the_report_says_what_the_figures_say(console, rest):
    icu = next(each for each in rest.departments() if each["code"] == "ICU")
    for _ in range(3):
        alert = rest.raise_alert(urgency=3, departmentId=icu["id"])
    rest.call("doctor", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
    page = console.page("admin")
    page.goto(f"{console.base}/figures")
    page.get_by_label("Time").select_option("24h")
    table = page.get_by_role("table")
    expect(table.get_by_role("rowheader", name=icu["name"])).to_be_visible()
    expect(table.get_by_role("columnheader")).to_have_count(9)
    days = page.locator(".page-note[role=status]").inner_text()
    assert re.search(r"\d\d:\d\d:\d\d to .*\d\d:\d\d:\d\d", days)
    total = counted(rest)
    cells = table.locator("tfoot td")
    expect(cells.nth(0)).to_have_text(str(total["interruptions"]))
    expect(cells.nth(3)).to_have_text(str(total["alerts"]))
    expect(cells.nth(4)).to_have_text(f"{round(100 * total['actedOn'] / total['alerts'])} %")
    climbing = page.locator(".panel", has=page.get_by_role("heading", name="Climbing now"))
    expect(climbing.locator(".tier-bar").first).to_be_visible()
    expect(climbing.locator(".next-time").first).to_have_text(re.compile(r"^in \d+:\d\d"))
    shot(page, "figures", full_page=True)

    page.get_by_label("Department").select_option(icu["id"])
    expect(table.locator(".figure-group")).to_have_count(1)
    page.get_by_label("Time").select_option("custom")
    page.get_by_label("From").fill("2030-01-02")
    page.get_by_label("To", exact=True).fill("2030-01-01")
    expect(page.get_by_text("The last day must not lie before the first.")).to_be_visible()
    page.get_by_label("To", exact=True).fill("2030-01-02")
    expect(page.get_by_text("Nothing was counted in this time.")).to_be_visible()


def test_the_report_is_printed_black_on_white_and_read_on_a_phone_at_night(console, rest):
    rest.raise_alert(urgency=3)
    page = console.page("admin", viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2,
                        color_scheme="dark")
    page.goto(f"{console.base}/figures")
    expect(page.locator(".figures-table")).to_be_visible()
    fits_sideways(page)
    shot(page, "figures-phone", full_page=True)
    paper = console.page("admin", color_scheme="dark")
    paper.goto(f"{console.base}/figures")
    expect(paper.locator(".figures-table")).to_be_visible()
    paper.emulate_media(media="print", color_scheme="dark")
    expect(paper.locator(".figures-tools")).to_be_hidden()
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert paper.locator(".figures .panel").first.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    shot(paper, "figures-print", full_page=True)
    assert paper.pdf(format="A4", landscape=True).startswith(b"%PDF")
