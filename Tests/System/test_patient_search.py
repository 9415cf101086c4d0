"""Patients are found by the words of sealed records, through an index that says nothing without the key."""

import pytest
from api_raw import assert_refused
from api_support import Api, own_ward
from patients import search, take_in, unique_name


@pytest.fixture(scope="module")
def ward():
    with own_ward() as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


def test_by_name_number_and_birthday(api):
    """100: a patient is found by beginnings of words in any order, accents or not, by number, by day of birth"""
    first, last = unique_name().split()
    made = take_in(api, name=f"{first} Éloïse {last}", dateOfBirth="1931-07-08")
    for text in (first, last.upper(), f"{last[:4]} {first[:5]}", f"eloise {last}", f"ÉLOÏ {first}", made["mrn"],
                 made["mrn"].lower(), f"1931-07-08 {last}"):
        assert [each["id"] for each in search(api, "nurse", text)] == [made["id"]], text
    for text in (first[:2], first[1:], f"{first} {unique_name()}", made["mrn"] + "1", f"1931-07-09 {last}"):
        assert made["id"] not in [each["id"] for each in search(api, "nurse", text)], text


def test_a_search_in_pages(api):
    """101: the found are walked by cursor without loss or repeat, and fields are chosen"""
    word = unique_name().split()[0]
    made = [take_in(api, name=f"{word} {unique_name()}")["id"] for _ in range(5)]
    first = api.call("nurse", "POST", "/patients/search", {"text": word, "limit": 2, "fields": ["id", "version"]}).json()
    assert [set(each) for each in first["data"]] == [{"id", "version"}] * 2
    seen, page = [each["id"] for each in first["data"]], first["page"]
    while page["next"]:
        answer = api.call("nurse", "POST", "/patients/search", {"text": word, "limit": 2, "cursor": page["next"]}).json()
        seen, page = seen + [each["id"] for each in answer["data"]], answer["page"]
    assert seen == made[::-1]
    foreign = {"text": unique_name(), "cursor": first["page"]["next"]}
    assert_refused(api.call("nurse", "POST", "/patients/search", foreign), 400)


def test_no_name_in_a_url(api, ward):
    """100: what names a patient is sent by POST in both worlds"""
    for path in ("/api/v1/patients/search?text=maria", "/api/trpc/patient.search?input=%7B%22text%22%3A%22maria%22%7D"):
        assert ward.call("GET", path, api.token("nurse")).status_code in (404, 405), path
    made = take_in(api)
    answer = ward.call("POST", "/api/trpc/patient.search", api.token("nurse"), json={"text": made["name"]})
    assert [each["id"] for each in answer.json()["result"]["data"]["items"]] == [made["id"]]


def test_a_text_without_words_is_refused(api):
    """100: a search for nothing lists nobody"""
    refused = assert_refused(api.call("nurse", "POST", "/patients/search", {"text": "-- !"}), 400)
    assert refused["details"]["fields"][0]["path"] == "text"
