"""A Ward that one test module has for itself, as `ward`, and the demo's people in front of it, as `api`.

A module takes both by their names: `from own_house import api, ward  # noqa: F401`. What its Ward is started with stands
in the module as `WARD = {"environment": {…}}`. `post` is another such Ward, with a mail server.
"""

from types import SimpleNamespace

import pytest
from api_support import Api, own_ward
from mail_server import mail_server


@pytest.fixture(scope="module")
def ward(request):
    with own_ward(**getattr(request.module, "WARD", {})) as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


@pytest.fixture(scope="module")
def post():
    """A Ward with a mail server of its own: `ward`, `api`, `server` and its `box`."""
    with mail_server() as server, own_ward(environment=server.environment) as running:
        yield SimpleNamespace(ward=running, api=Api(running), server=server, box=server.box)
