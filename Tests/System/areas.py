"""The areas of care that the nets over all operations and tables know: one line each, in AREAS.

A module named here says what a net cannot guess. It may have, each only where it has something to say:

- `GRID`: "METHOD /path" → (permission, the demo's people who have it), as in `test_api_rest.py`
- `ROLES`: operation → roles that may call it, written by hand, as in `grid.py`
- `IDS`: name of an id in an input → table that it names; `KEYS`: table → its id's column where that is not `id`
- `KNOWN`: good values of fields, by field or by (operation, field)
- `OWN`: operations that take nothing else than who calls
- `PARTY`: operations that answer 404 to whoever has no part in the thing
- `DEFINERS`, `SERVING_DEFINERS`, `ENGINE`, `GLOBAL`, `CLOSED`: functions and tables, as in `api_database.py`
- `openapi_calls(api)`: operation → calls that succeed: (who, path parameters, query, body)
- `fill(api, who)`: a row in every table of the area, in the hospital of this administrator
- `fill_lists(api)`: six rows in every list of the area; may return known path parameters
- `known(api)`: like `KNOWN`, of things that have to be made first
- `present(api)`: like `known`, for whom only looks: things that are there and of which there is something to see
"""

from importlib import import_module

AREAS = [
    "booking_support",
    "clinic_support",
    "availability_support",
    "pay_support",
    "flow_support",
]
MODULES = [import_module(each) for each in AREAS]


def merged(name: str) -> dict:
    """What all areas say under this name, as one dictionary."""
    return {key: value for module in MODULES for key, value in getattr(module, name, {}).items()}


def united(name: str) -> set:
    return {each for module in MODULES for each in getattr(module, name, ())}


def gathered(name: str, api, *more) -> dict:
    """Each area's function of this name is called; what they return as one dictionary."""
    found = {}
    for module in MODULES:
        if hasattr(module, name):
            found |= getattr(module, name)(api, *more) or {}
    return found
