"""Fixtures of the system tests: Wards with their own data, and what their logs said when a test fails."""

import os

import pytest
from hospital import hospital, people  # noqa: F401 (fixtures are found by name)
from playwright.sync_api import Error as PlaywrightError
from ward_process import WardProcess
from xdist.scheduler import LoadScopeScheduling


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: waits for real time to pass; runs all the same")
    config.addinivalue_line("markers", "alone: measures, or needs the machine's both cores; nothing runs beside it")


class OneBrowser(LoadScopeScheduling):
    """Side by side run files, whose tests share a Ward, and never two browsers: each is worth a core. The browser's many
    files and what takes longest come first, so that nothing is left for one worker at the end."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "browser" if "/test_console" in file else file

    def schedule(self) -> None:
        super().schedule()
        for name in ("test_schemathesis", "test_bad_input"):
            for scope in [each for each in self.workqueue if name in each]:
                self.workqueue.move_to_end(scope, last=False)


def pytest_xdist_make_scheduler(config, log):
    return OneBrowser(config, log)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    """What failed is told at once: of a run that is cut off nothing else is known."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        why = crash.message.splitlines()[:3] if crash else [str(report.longrepr)[:300]]
        pages = [f"{name}\n{text}" for name, text in report.sections if name.startswith("page ")]
        print(f"\nfailed: {report.nodeid} ({report.when})", *why, *pages, sep="\n    ", flush=True)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        for ward in WardProcess.alive:
            report.sections.append((f"log of the ward on port {ward.port}", ward.log()))
        if (console := getattr(item, "funcargs", {}).get("console")) and report.when == "call":
            try:
                report.sections += [(f"page {url}", text) for url, text in console.seen()]
            except PlaywrightError as trouble:
                report.sections.append(("page", str(trouble)))


@pytest.fixture(scope="session")
def ward():
    """One Ward with the demo hospitals for every test that leaves it as it was."""
    running = WardProcess()
    try:
        running.start()
        yield running
        running.reset_clock()
    finally:
        running.close()


@pytest.fixture(scope="session")
def time_ward():
    """Another one, whose clock the tests push forward for good."""
    running = WardProcess()
    try:
        running.start()
        yield running
    finally:
        running.close()


@pytest.fixture
def ward_factory():
    """Makes Wards of a test's own: `ward_factory(arguments=[…], environment={…}, demo=True, start=True)`."""
    made: list[WardProcess] = []

    def make(start: bool = True, **options) -> WardProcess:
        running = WardProcess(**options)
        made.append(running)
        if start:
            running.start()
        return running

    yield make
    troubles = []
    for running in reversed(made):
        try:
            running.close()
        except AssertionError as trouble:
            troubles.append(str(trouble))
    assert not troubles, "\n".join(troubles)
