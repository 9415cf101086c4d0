"""The second factor: codes of a telephone, made by an unmodified pyotp, and backup codes."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from api_support import Api, shift
from factor_people import Person
from own_house import api, ward  # noqa: F401 (fixtures by name)
from ward_process import PASSWORD, wait_for


@pytest.fixture(autouse=True)
def back(ward):
    # At the beginning of a half minute, so that none ends in the middle of a test.
    shift(ward, 31 - ward.now().timestamp() % 30)
    yield
    ward.reset_clock()
    ward.sql("DELETE FROM guess_lanes", "admin")


def test_enabling_needs_a_code_and_then_sign_in_asks(ward, api):
    """54: a wrong code enables nothing, the right one does; from then on sign-in asks for a code of the telephone"""
    person = Person(api).begin()
    assert person.sign_in().status_code == 201, "a factor that was only begun is not asked for"
    wrong = str((int(person.code()) + 1) % 1_000_000).zfill(6)
    if wrong not in (person.code(-1), person.code(1)):
        assert person.call("POST", "/two-factor/confirmation", {"code": wrong}).status_code == 401
    assert person.call("GET", "/two-factor").json()["data"]["isEnabled"] is False
    answer = person.call("POST", "/two-factor/confirmation", {"code": person.code(-1)})
    assert answer.status_code == 201 and len(set(answer.json()["data"]["backupCodes"])) == 10
    person.token = answer.json()["data"]["token"]
    status = person.call("GET", "/two-factor").json()["data"]
    assert status["isEnabled"] is True and status["backupCodesLeft"] == 10
    asked = person.sign_in()
    assert asked.status_code == 401 and asked.json()["details"] == {"secondFactor": True}
    assert "Set-Cookie" not in asked.headers
    assert person.sign_in(code=wrong).status_code == 401
    assert person.sign_in(code=person.code()).status_code == 201
    listed = person.call("GET", "/sessions").json()["data"]
    assert all(each["secondFactorAt"] for each in listed) and len(listed) == 2
    assert person.call("POST", "/two-factor", {"password": PASSWORD}).status_code == 409


def test_a_wrong_password_does_not_say_that_there_is_a_factor(ward, api):
    """54: with a wrong password the answer is that of everybody, whatever code is sent"""
    person = Person(api).enable()
    answers = [ward.call("POST", "/api/v1/sessions", json={"email": person.email, "password": "wrong", **more})
               for more in ({}, {"code": person.code()}, {"backupCode": person.backup[0]})]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1 and "secondFactor" not in answers[0].text
    assert person.sign_in(backupCode=person.backup[0]).status_code == 201, "nothing was used up"


def test_enabling_ends_what_came_before(ward, api):
    """54: enabling gives the session another token and ends all others: a thief who came before stays out"""
    person = Person(api)
    stolen, old = person.sign_in().json()["data"]["token"], person.token
    person.enable()
    for token in (stolen, old):
        wait_for(lambda: ward.call("GET", "/api/v1/session", token).status_code == 401, 1, "the session is over")
    assert person.call("GET", "/session").status_code == 200


def test_a_code_is_good_once(ward, api):
    """54: a code that was taken is refused when it comes again, and so is one before it; the next one is taken"""
    person = Person(api).enable()
    code = person.code()
    assert person.sign_in(code=code).status_code == 201
    assert person.sign_in(code=code).status_code == 401
    assert person.sign_in(code=person.code(-1)).status_code == 401
    assert person.sign_in(code=person.code(1)).status_code == 201
    assert person.sign_in(code=person.code(2)).status_code == 401


def test_a_code_raced(ward_factory):
    """54: of forty that come with one code at once, on two nodes, one is let in"""
    first = ward_factory()
    second = ward_factory(demo=False, environment={"WARD_DATABASE_URL": first.database_url("serving")})
    person = Person(Api(first)).enable()
    code = person.code()
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda n: person.sign_in((first, second)[n % 2], code=code).status_code, range(40)))
    assert answers.count(201) == 1 and set(answers) <= {201, 401, 429}, answers


def test_an_old_code_is_refused(ward, api):
    """54: a code two half minutes old is refused"""
    person = Person(api).enable()
    code = person.code(1)
    shift(ward, 120)
    assert person.sign_in(code=code).status_code == 401
    assert person.sign_in(code=person.code()).status_code == 201


def test_guessing_codes_locks(ward, api):
    """56: with the right password five wrong codes lock the account, though sign-ins without a code lie between"""
    person = Person(api).enable()
    good = {person.code(n) for n in (-1, 0, 1, 2)}
    wrong = [code for code in ("000001", "000002", "000003", "000004", "000005", "000006") if code not in good][:5]
    for code in wrong:
        assert person.sign_in().status_code == 401
        assert person.sign_in(code=code).status_code == 401
    assert person.sign_in(code=person.code()).status_code == 429


def test_each_backup_code_is_good_once(ward, api):
    """55: each of the ten codes signs in exactly once; they are stored as keyed hashes"""
    person = Person(api).enable()
    for n, code in enumerate(person.backup):
        assert person.sign_in(backupCode=code.lower() if n % 2 else code.replace("-", "")).status_code == 201
        assert person.sign_in(backupCode=code).status_code == 401
    assert person.call("GET", "/two-factor").json()["data"]["backupCodesLeft"] == 0
    kept = ward.sql("SELECT count(*) FROM backup_codes b WHERE b::text LIKE ANY (%s)", "admin", parameters=[
        [f"%{each}%" for code in person.backup for each in (code, code.replace("-", ""))]])
    assert kept[0][0] == 0


def test_a_backup_code_raced(ward, api):
    """55: of twenty that come with one backup code at once, one is let in"""
    person = Person(api).enable()
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda _: person.sign_in(backupCode=person.backup[0]).status_code, range(20)))
    assert answers.count(201) == 1, answers


def test_new_backup_codes(ward, api):
    """55: new codes need one of the telephone, and make the old ones worthless"""
    person = Person(api).enable()
    assert person.call("POST", "/two-factor/backup-codes", {"code": "000000"}).status_code in (401, 201)
    answer = person.call("POST", "/two-factor/backup-codes", {"code": person.code()})
    assert answer.status_code == 201, answer.text
    fresh = answer.json()["data"]["backupCodes"]
    assert len(fresh) == 10 and not set(fresh) & set(person.backup)
    assert person.sign_in(backupCode=person.backup[0]).status_code == 401
    assert person.sign_in(backupCode=fresh[0]).status_code == 201


def test_taking_it_away_needs_both(ward, api):
    """54: the factor is taken away with password and code alone; then sign-in asks for the password only"""
    person = Person(api).enable()
    away = lambda **body: person.call("DELETE", "/two-factor", body)
    assert away(password="wrong", code=person.code()).status_code == 403
    assert away(password=PASSWORD).status_code == 401
    assert away(password=PASSWORD, backupCode="AAAAA-AAAAA").status_code == 401
    assert person.sign_in().status_code == 401
    answer = away(password=PASSWORD, code=person.code())
    assert answer.status_code == 200, answer.text
    assert person.sign_in().status_code == 201
    assert ward.sql("SELECT count(*) FROM backup_codes b JOIN users u ON u.id = b.user_id WHERE u.email = %s", "admin",
                    parameters=[person.email])[0][0] == 0


def test_the_secret_is_sealed(ward, api):
    """54: what stands in the database does not hold the secret, and moved to another person it opens nothing"""
    one, two = Person(api).enable(), Person(api).enable()
    rows = ward.sql("SELECT u.email, f.secret FROM second_factors f JOIN users u ON u.id = f.user_id"
                    " WHERE u.email = ANY (%s)", "admin", parameters=[[one.email, two.email]])
    raw = pyotp.TOTP(one.secret).byte_secret()
    assert len(rows) == 2 and all(raw not in bytes(row.secret) for row in rows)
    sealed = next(bytes(row.secret) for row in rows if row.email == one.email)
    ward.sql("UPDATE second_factors SET secret = %s WHERE user_id = (SELECT id FROM users WHERE email = %s)", "admin",
             parameters=[sealed, two.email])
    assert two.sign_in(code=one.code()).status_code == 500
