"""The strip that tells administrators in the browser that Ward itself is not well.

Nothing here sleeps: every wait is for something that must happen, with a limit.
"""

from console_support import (  # noqa: F401 (fixtures are found by name)
    browser,
    console,
    people,
    rest,
    shot,
)
from own_house import ward  # noqa: F401 (fixtures by name)
from playwright.sync_api import expect
from test_watch import ENVIRONMENT, FAULTS, answered
from ward_process import wait_for

STRIP = '[data-banner="degraded"]'

WARD = {"environment": ENVIRONMENT}


def test_an_administrators_board_says_loudly_that_ward_is_not_well(console, ward):
    """310: the strip appears on every administrator's board with the reason and goes when all is well again"""
    wait_for(lambda: answered(ward), 20, "a test alert")
    admin, nurse = console.board("admin"), console.board("nurse")
    expect(admin.locator(STRIP)).to_be_hidden()
    reason = next(iter(FAULTS))
    fault, cure = FAULTS[reason]
    ward.sql(fault)
    try:
        strip = admin.locator(STRIP)
        expect(strip).to_be_visible(timeout=40_000)
        expect(strip).to_contain_text("WARD IS NOT WELL")
        expect(strip).to_contain_text(reason)
        shot(admin, "not-well")
        admin.reload()
        expect(admin.locator(STRIP)).to_be_visible()
        expect(nurse.locator(STRIP)).to_be_hidden()
    finally:
        ward.sql(cure)
    expect(admin.locator(STRIP)).to_be_hidden(timeout=40_000)
