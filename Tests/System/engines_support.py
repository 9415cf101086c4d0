"""What the browser tests of engines share: a Ward with a real mail server, which knows by which address people reach it."""

from types import SimpleNamespace

import pytest
from api_support import Api
from console_support import Console, Rest, browser  # noqa: F401 (fixtures by name)
from mail_server import mail_server
from ward_process import WardProcess, free_port

MORE = {"WARD_WEBHOOK_PRIVATE": "allow"}


@pytest.fixture(scope="module")
def house():
    """A Ward with a mail server, which knows by which address people reach it."""
    port = free_port()
    with mail_server() as server:
        ward = WardProcess(port=port, environment={
            **server.environment, "WARD_PUBLIC_URL": f"http://localhost:{port}", **MORE})
        try:
            ward.start()
            yield SimpleNamespace(ward=ward, box=server.box, api=Api(ward), base=f"http://localhost:{port}")
        finally:
            ward.close()


@pytest.fixture
def rest(house):
    people = Rest(house.base)
    yield people
    people.close_all()


@pytest.fixture
def console(browser, house, rest):  # noqa: F811
    opened = Console(browser, house.base, rest)
    yield opened
    opened.close()
    house.ward.reset_clock()
    assert opened.complaints == [], opened.complaints
