"""What holds for every page of the console: names for what is pressed and filled, one heading, nothing twice."""

import pytest
from console_support import browser, console, people, rest  # noqa: F401 (fixtures are found by name)
from playwright.sync_api import expect

PAGES = ("/", "/raise", "/patients", "/access-reviews", "/staff", "/directory", "/on-call", "/shifts", "/handovers",
         "/readiness", "/figures", "/ladders", "/alert-types", "/templates", "/screens", "/members", "/invitations",
         "/hospital", "/departments", "/locations", "/rooms", "/imports", "/permissions", "/profile", "/security")

# What a screen reader and a keyboard need, found in the page itself.
FLAWS = """() => {
  const shown = element => element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const named = element => (element.getAttribute('aria-label') || '').trim() || element.textContent.trim();
  const what = element => element.outerHTML.slice(0, 160);
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
  return [
    ...all('input, select, textarea').filter(each => !(each.labels?.length || each.getAttribute('aria-label')))
      .map(each => 'no label: ' + what(each)),
    ...all('button, a[href], summary').filter(each => !named(each)).map(each => 'no name: ' + what(each)),
    ...all('[aria-describedby], [aria-labelledby]').flatMap(each =>
      ['aria-describedby', 'aria-labelledby'].flatMap(name => (each.getAttribute(name) || '').split(' ').filter(Boolean))
        .filter(id => !document.getElementById(id)).map(id => 'refers to nothing: ' + id)),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => 'id twice: ' + id),
    ...all('[tabindex]').filter(each => each.tabIndex > 0).map(each => 'own order: ' + what(each)),
    ...(all('h1').length === 1 ? [] : ['headings of the first level: ' + all('h1').length]),
    ...all('th:not([scope])').map(each => 'no scope: ' + what(each)),
    // A length that a script measured is a custom property; everything else belongs to the style sheets.
    ...all('[style]').filter(each => ![...each.style].every(name => name.startsWith('--')))
      .map(each => 'inline style: ' + what(each)),
  ];
}"""


@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_read_aloud_and_used_by_keyboard(console, path):
    page = console.page("admin")
    page.goto(console.base + path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_text("Loading")).to_have_count(0)
    assert page.evaluate(FLAWS) == []
    opener = page.locator("main .button-primary:visible").first
    if path in ("/", "/raise") or opener.count() == 0:
        return
    opener.press("Enter")  # the form of a new one, where the page has one; what is missing is said, nothing is sent
    assert page.evaluate(FLAWS) == []


def test_a_room_is_made_by_keyboard_alone(console, rest):
    """80: the form is opened, filled, refused, mended and saved without a mouse; the focus is always where it is needed"""
    known = {each["id"] for each in rest.call("admin", "GET", "/rooms?limit=100")}
    page = console.page("admin")
    page.goto(f"{console.base}/rooms")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="New room").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New room")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Number")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Number")).to_be_focused()
    expect(page.get_by_label("Number")).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("KEY-1")
    page.keyboard.press("Enter")
    try:
        expect(page.get_by_role("button", name="New room")).to_be_focused()
        expect(page.locator("tr", has_text="KEY-1")).to_have_count(1)
    finally:
        for each in rest.call("admin", "GET", "/rooms?limit=100"):
            if each["id"] not in known:
                rest.call("admin", "DELETE", f"/rooms/{each['id']}")
