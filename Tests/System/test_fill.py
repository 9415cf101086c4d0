"""`ward fill`: a development system in its real size, or in a small copy of it."""

import os
import subprocess
from contextlib import contextmanager

from api_support import own_ward
from ward_process import PASSWORD, WardProcess, binary


def fill(ward, *arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARD_")}
    return subprocess.run([binary(), "fill", *arguments, "--data", ward.data], text=True, capture_output=True, cwd=ward.base,
                          env={**clean, **environment}, timeout=120)


@contextmanager
def empty_ward():
    """A Ward that was never started: what fills it uses its data folder alone."""
    ward = WardProcess(demo=False)
    try:
        yield ward
    finally:
        ward.close()


def test_clinics_can_be_filled():
    """79: clinics with locations and sealed patients come into a system, are added to, and are found by their nurses"""
    with empty_ward() as ward:
        for patients, made in ((300, 600), (310, 20), (310, 0)):
            filled = fill(ward, "--clinics", "2", "--locations", "50", "--patients", str(patients))
            assert filled.returncode == 0, filled.stderr
            assert f"2 clinics with 50 locations each; {made} patients more" in filled.stdout
        ward.start()
        tokens = [ward.call("POST", "/api/v1/sessions", json={"email": f"nurse@fill-00{n}.ward", "password": PASSWORD})
                  .json()["data"]["token"] for n in (1, 2)]
        for number, token in enumerate(tokens, 1):
            listed = ward.call("POST", "/api/v1/patients/list", token, json={"status": "all"}).json()
            assert listed["page"]["total"] == 310
            found = ward.call("POST", "/api/v1/patients/search", token, json={"text": f"F{number}-310"}).json()["data"]
            assert [each["mrn"] for each in found] == [f"F{number}-310"]
            words = ward.call("POST", "/api/v1/patients/search", token, json={"text": found[0]["name"]}).json()["data"]
            assert found[0]["id"] in [each["id"] for each in words]
            foreign = ward.call("POST", "/api/v1/patients/search", token, json={"text": f"F{3 - number}-310"}).json()
            assert foreign["data"] == []
        assert ward.call("GET", "/api/v1/locations", tokens[0]).json()["page"]["total"] == 50
        with ward.connect("admin") as connection:
            stored = connection.execute("SELECT count(*) AS made, count(p.name) AS names, count(p.mrn) AS numbers "
                                        "FROM ward.patients p JOIN ward.hospitals h ON h.id = p.hospital_id AND subdomain LIKE 'fill-%'").fetchone()
        assert tuple(stored) == (620, 0, 0)


def test_bad_sizes_make_nothing():
    """79: a number out of range and production are refused by name, and nothing is made"""
    with own_ward() as ward:
        for option, value in (("--clinics", "0"), ("--locations", "51"), ("--patients", "100001"), ("--seconds", "0")):
            refused = fill(ward, option, value)
            assert refused.returncode != 0 and f"{option} takes" in refused.stderr, refused.stderr
        refused = fill(ward, WARD_ENVIRONMENT="production", WARD_SECRET_KEY="k" * 40, WARD_PUBLIC_URL="https://ward.example",
                       WARD_DATABASE_URL="postgres://localhost:1/ward")
        assert refused.returncode != 0 and "development only" in refused.stderr, refused.stderr
        with ward.connect("admin") as connection:
            assert connection.execute("SELECT count(*) FROM ward.hospitals WHERE subdomain LIKE 'fill-%'").fetchone()[0] == 0
