"""Signing in with a mailed code: real letters through a real mail server."""

import random
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from api_support import Api, own_ward, shift
from channel_peers import Twilio, WhatsApp
from factor_people import Person
from mail_server import code as code_of
from mail_server import mail_server
from peers import serving
from ward_process import PASSWORD


@pytest.fixture(scope="module")
def post():
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def ward(post):
    with own_ward(environment=post.environment) as running:
        yield running


@pytest.fixture(scope="module")
def api(ward):
    return Api(ward)


@pytest.fixture
def person(api):
    yield Person(api)
    api.ward.reset_clock()


def ask(ward, email, **more):
    return ward.call("POST", "/api/v1/auth/otp", json={"email": email, **more})


def enter(ward, email, code, **more):
    return ward.call("POST", "/api/v1/auth/otp/verification", json={"email": email, "code": code, **more})


def mailed(ward, post, email, count=1) -> str:
    answer = ask(ward, email)
    assert answer.status_code == 200, answer.text
    return code_of(post.box.wait_for(email, count))


def others(code: str, count: int) -> list[str]:
    return [str((int(code) + n) % 1_000_000).zfill(6) for n in range(1, count + 1)]


def test_a_mailed_code_signs_in(ward, post, person):
    """48: a code that was asked for and mailed gives a session, once; the session says how it was opened"""
    code = mailed(ward, post, person.email)
    answer = enter(ward, person.email, code)
    assert answer.status_code == 201, answer.text
    token = answer.json()["data"]["token"]
    assert f"ward_session={token}" in answer.headers["Set-Cookie"]
    listed = ward.call("GET", "/api/v1/sessions", token).json()["data"]
    assert [each["method"] for each in listed if each["isCurrent"]] == ["code"]
    assert enter(ward, person.email, code).status_code == 401


def test_the_answer_says_which_way(ward, person):
    """49: the answer names the channel that was taken; one that there is not is refused by name"""
    answer = ask(ward, person.email, channel="email")
    assert answer.json()["data"] == {
        "channel": "email", "destination": f"{person.email[0]}•••@{person.email.split('@')[1]}", "expiresInSeconds": 300}
    assert ask(ward, person.email, channel="pigeon").json()["details"]["fields"][0]["path"] == "channel"


def test_always_six_digits(ward, post, api):
    """50: codes have six digits, leading noughts kept, and no two are the same"""
    people = [Person(api) for _ in range(6)]
    codes = [mailed(ward, post, each.email) for each in people]
    assert all(len(code) == 6 and code.isdigit() for code in codes) and len(set(codes)) >= 5
    kept = ward.sql("SELECT count(*) FROM sign_in_codes c WHERE c::text LIKE ANY (%s)", "admin",
                    parameters=[[f"%{each.email}%" for each in people]])
    assert kept[0][0] == 0, "addresses are kept as hashes"


def test_five_minutes(ward, post, api):
    """51: a code is good at 4:59 and refused at 5:01"""
    early, late = Person(api), Person(api)
    codes = [mailed(ward, post, each.email) for each in (early, late)]
    try:
        shift(ward, 290)
        assert enter(ward, early.email, codes[0]).status_code == 201
        shift(ward, 12)
        assert enter(ward, late.email, codes[1]).status_code == 401
    finally:
        ward.reset_clock()


def test_three_tries(ward, post, person):
    """52: after three wrong codes the right one is refused"""
    code = mailed(ward, post, person.email)
    assert [enter(ward, person.email, wrong).status_code for wrong in others(code, 3)] == [401] * 3
    assert enter(ward, person.email, code).status_code == 401


def test_two_tries_leave_one(ward, post, person):
    """52: after two wrong codes the right one is taken"""
    code = mailed(ward, post, person.email)
    assert [enter(ward, person.email, wrong).status_code for wrong in others(code, 2)] == [401] * 2
    assert enter(ward, person.email, code).status_code == 201


def test_guessed_at_once_on_two_nodes(ward_factory, post):
    """52: of 60 guesses at once on two nodes three are looked at: the right one behind them is refused"""
    first = ward_factory(environment=post.environment)
    second = ward_factory(demo=False, environment={
        **post.environment, "WARD_DATABASE_URL": first.database_url("serving")})
    email = "head@demo.ward"
    code = mailed(first, post, email)
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(
            lambda n: enter((first, second)[n % 2], email, others(code, 60)[n]).status_code, range(60)))
    assert set(answers) == {401}
    assert enter(second, email, code).status_code == 401
    tries = first.sql("SELECT tries FROM sign_in_codes", "admin")
    assert [row.tries for row in tries] == [3]


def test_one_code_raced(ward, post, person):
    """48: of three that come at once with the right code one gets a session"""
    code = mailed(ward, post, person.email)
    with ThreadPoolExecutor(3) as many:
        answers = list(many.map(lambda _: enter(ward, person.email, code).status_code, range(3)))
    assert sorted(answers) == [201, 401, 401]


def test_how_often_one_may_ask(ward, post, person):
    """53: the next code after a minute and three an hour; sooner is 429 with Retry-After, and the code stays good"""
    code = mailed(ward, post, person.email)
    again = ask(ward, person.email)
    assert again.status_code == 429 and 50 <= int(again.headers["Retry-After"]) <= 60
    assert enter(ward, person.email, code).status_code == 201
    for count in (2, 3):
        shift(ward, 61)
        assert mailed(ward, post, person.email, count)
    shift(ward, 61)
    spent = ask(ward, person.email)
    assert spent.status_code == 429 and 3000 <= int(spent.headers["Retry-After"]) <= 3600
    shift(ward, 3500)
    assert ask(ward, person.email).status_code == 200


def test_only_the_newest_code(ward, post, person):
    """48: a new code makes the one before worthless"""
    old = mailed(ward, post, person.email)
    shift(ward, 61)
    new = mailed(ward, post, person.email, 2)
    if old != new:
        assert enter(ward, person.email, old).status_code == 401
    assert enter(ward, person.email, new).status_code == 201


def test_nobody_learns_who_has_an_account(ward, post, person):
    """48: for an unknown or closed account asking, asking again and guessing answer as for a known one, without a mail"""
    unknown = f"{person.email[0]}{uuid.uuid4().hex}@{person.email.split('@')[1]}"
    known = [ask(ward, person.email), enter(ward, person.email, "000000"), ask(ward, person.email)]
    other = [ask(ward, unknown), enter(ward, unknown, "000000"), ask(ward, unknown)]
    for one, two in zip(known, other):
        assert one.status_code == two.status_code and one.json() == two.json()
    post.box.wait_for(person.email)
    assert post.box.to(unknown) == []


def test_a_second_factor_is_asked_for_here_too(ward, post, api):
    """54: with a mailed code sign-in asks for the telephone's code as well"""
    person = Person(api).enable()
    code = mailed(ward, post, person.email)
    asked = enter(ward, person.email, code)
    assert asked.status_code == 401 and asked.json()["details"] == {"secondFactor": True}
    answer = enter(ward, person.email, code, secondFactorCode=person.code())
    assert answer.status_code == 201, answer.text


def test_a_closed_account_gets_no_session(ward, post, person):
    """59: an account that was locked after the code was sent is not let in"""
    code = mailed(ward, post, person.email)
    ward.sql("UPDATE users SET is_locked = true WHERE email = %s", parameters=[person.email])
    assert enter(ward, person.email, code).status_code == 401

# By telephone

@pytest.fixture(scope="module")
def phones(post):
    """A Ward that sends codes by SMS and WhatsApp, too."""
    with serving(Twilio()) as twilio, serving(WhatsApp()) as whatsapp, own_ward(environment={
            **post.environment, "WARD_SMS_URL": twilio.setting, "WARD_WHATSAPP_URL": whatsapp.setting}) as ward:
        yield SimpleNamespace(ward=ward, api=Api(ward), twilio=twilio, whatsapp=whatsapp, post=post)


def with_phone(phones) -> tuple:
    """Somebody who has proved his number."""
    who = Person(phones.api)
    number = f"+49151300{random.randrange(10 ** 5):05}"
    phones.api.tokens[who.email] = who.token
    said = phones.api.do(who.email, "POST", "/own-phone", {"number": number, "password": PASSWORD})
    assert said == {"destination": f"+49 ••• {number[-2:]}", "channel": "sms", "expiresInSeconds": 600}
    code = re.search(r"\d{6}", phones.twilio.to(number)[-1]["text"])[0]
    assert phones.api.call(who.email, "POST", "/own-phone/verification", {"code": others(code, 1)[0]}).status_code == 400
    assert phones.api.do(who.email, "GET", "/own-phone")["isProved"] is False
    phones.api.do(who.email, "POST", "/own-phone/verification", {"code": code})
    assert phones.api.do(who.email, "GET", "/own-phone") == {"number": f"+49 ••• {number[-2:]}", "isProved": True}
    return who, number


def test_a_code_comes_by_telephone(phones):
    """49: a code that is asked for by SMS or WhatsApp comes there, the answer says where, masked, and it signs in"""
    who, number = with_phone(phones)
    for channel, peer in (("sms", phones.twilio), ("whatsapp", phones.whatsapp)):
        said = ask(phones.ward, who.email, channel=channel)
        assert said.json()["data"] == {"channel": channel, "destination": f"+49 ••• {number[-2:]}", "expiresInSeconds": 300}
        code = re.search(r"\d{6}", peer.to(number)[-1]["text"])[0]
        assert enter(phones.ward, who.email, code).status_code == 201
        shift(phones.ward, phones.ward.clock_shift + 70)
    assert phones.post.box.to(who.email) == []


def test_when_a_channel_fails_the_next_delivers(phones):
    """49: when SMS fails WhatsApp delivers, when both fail a letter does, and each answer says which and where"""
    who, number = with_phone(phones)
    phones.twilio.temper = "fail"
    try:
        said = ask(phones.ward, who.email, channel="sms").json()["data"]
        assert (said["channel"], said["destination"]) == ("whatsapp", f"+49 ••• {number[-2:]}")
        code = re.search(r"\d{6}", phones.whatsapp.to(number)[-1]["text"])[0]
        assert enter(phones.ward, who.email, code).status_code == 201
        shift(phones.ward, phones.ward.clock_shift + 70)
        phones.whatsapp.temper = "rubbish"
        said = ask(phones.ward, who.email, channel="sms").json()["data"]
        assert said["channel"] == "email" and said["destination"] == f"{who.email[0]}•••@demo.ward"
        assert enter(phones.ward, who.email, code_of(phones.post.box.wait_for(who.email))).status_code == 201
    finally:
        phones.twilio.temper = phones.whatsapp.temper = None


def test_an_unproved_number_gets_no_code(phones):
    """49: a number that is named and not proved gets no code for signing in; five wrong tries end the proof"""
    who = Person(phones.api)
    phones.api.tokens[who.email] = who.token
    number = f"+49151400{random.randrange(10 ** 5):05}"
    assert phones.api.call(who.email, "POST", "/own-phone", {"number": number, "password": "wrong"}).status_code == 403
    phones.api.do(who.email, "POST", "/own-phone", {"number": number, "password": PASSWORD})
    code = re.search(r"\d{6}", phones.twilio.to(number)[-1]["text"])[0]
    assert ask(phones.ward, who.email, channel="sms").json()["data"]["channel"] == "email"
    for wrong in others(code, 5):
        assert phones.api.call(who.email, "POST", "/own-phone/verification", {"code": wrong}).status_code == 400
    assert phones.api.call(who.email, "POST", "/own-phone/verification", {"code": code}).status_code == 400
    assert len(phones.twilio.to(number)) == 1
    assert not phones.ward.sql("SELECT 1 FROM own_phones WHERE position(%s::bytea IN number) > 0", "admin",
                               parameters=[number.encode()])
    phones.api.do(who.email, "DELETE", "/own-phone")
    assert phones.api.call(who.email, "DELETE", "/own-phone").status_code == 404


def test_nobody_learns_whose_address_has_a_telephone(phones):
    """49: addresses that nobody has answer as somebody's do, some as with a telephone and some as without, each always
    the same, and nothing is sent"""
    sent = len(phones.twilio.calls) + len(phones.whatsapp.calls)
    strangers = [f"{uuid.uuid4().hex}@demo.ward" for _ in range(12)]
    said = [ask(phones.ward, each, channel="sms").json()["data"] for each in strangers]
    assert {each["channel"] for each in said} == {"sms", "email"}
    assert all(re.fullmatch(r"\+49 ••• \d\d", each["destination"]) for each in said if each["channel"] == "sms")
    shift(phones.ward, phones.ward.clock_shift + 70)
    assert [ask(phones.ward, each, channel="sms").json()["data"] for each in strangers] == said
    assert len(phones.twilio.calls) + len(phones.whatsapp.calls) == sent


def test_without_a_service_nobody_seems_to_have_a_telephone(ward):
    """49: where there is no service for telephones, strangers are answered as people are: by mail, all of them"""
    said = [ask(ward, f"{uuid.uuid4().hex}@demo.ward", channel="sms").json()["data"]["channel"] for _ in range(12)]
    assert set(said) == {"email"}
