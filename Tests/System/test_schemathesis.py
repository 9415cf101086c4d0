"""Generated inputs for every operation of the published document; `make soak` runs many more of them."""

import pytest
from api_support import own_ward
from fuzz import CHECKS, EXCLUDED, Fuzzer
from schemathesis.checks import not_a_server_error


@pytest.fixture(scope="module")
def fuzzed():
    with own_ward() as ward:
        fuzzer = Fuzzer(ward, seed=20261121)
        pid = ward.process.pid
        report = fuzzer.run(per_operation=20)
        assert ward.process.poll() is None and ward.process.pid == pid, ward.log()
        yield fuzzer, report


def test_no_generated_input_breaks_the_document(fuzzed):
    """14, 12: each answer to generated inputs, good and bad, has a published status, type and schema; bad ones are refused"""
    fuzzer, report = fuzzed
    assert not_a_server_error in CHECKS and report.cases >= 15 * len(report.statuses)
    assert report.problems == [], "\n".join(report.lines())
    assert not [each for seen in report.statuses.values() for each in seen if each >= 500]


def test_every_operation_is_answered(fuzzed):
    """3: every operation of the document is answered with a success at least once, by generated inputs"""
    fuzzer, report = fuzzed
    operations = {each["operationId"] for methods in fuzzer.document["paths"].values() for each in methods.values()}
    assert set(report.statuses) == operations - EXCLUDED
    assert report.never_answered == [], "\n".join(report.lines())
