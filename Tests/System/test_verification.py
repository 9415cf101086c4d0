"""Proving an address by the mailed link or code: once, in time, with three tries and no fourth."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from api_support import own_ward, shift
from mail_server import code, link_token, mail_server
from test_mail import PASSWORD, sign_up


@pytest.fixture(scope="module")
def post():
    with mail_server() as server, own_ward(environment=server.environment) as ward:
        yield SimpleNamespace(ward=ward, box=server.box)


def verify(ward, **proof):
    return ward.call("POST", "/api/v1/auth/verify-email", json=proof)


def is_verified(ward, email: str) -> bool:
    return ward.sql("SELECT email_verified_at FROM users WHERE email = %s", parameters=[email])[0][0] is not None


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06}"


def refused(answer) -> None:
    assert answer.status_code == 400 and answer.json()["details"] == {"reason": "proof"}, answer.text


def test_the_link_verifies_once(post):
    """30: the mailed link sets the address verified, once; a changed or invented token does not"""
    email = sign_up(post.ward)
    token = link_token(post.box.wait_for(email))
    refused(verify(post.ward, token=token[:-1] + ("A" if token[-1] != "A" else "B")))
    refused(verify(post.ward, token=uuid.uuid4().hex))
    assert not is_verified(post.ward, email)
    assert verify(post.ward, token=token).status_code == 200 and is_verified(post.ward, email)
    refused(verify(post.ward, token=token))
    rows = post.ward.sql("SELECT a.outcome FROM audit_log a JOIN users u ON u.id = a.actor_id"
                         " WHERE a.action = 'email_verified' AND u.email = %s", parameters=[email])
    assert [row.outcome for row in rows] == ["success"]


def test_the_code_verifies_for_its_address_alone(post):
    """30: the mailed code verifies with its address, not with another's, and ends the link with it"""
    email, other = sign_up(post.ward), sign_up(post.ward)
    letter = post.box.wait_for(email)
    post.box.wait_for(other)
    if code(letter) != code(post.box.to(other)[0]):
        refused(verify(post.ward, email=other, code=code(letter)))
    refused(verify(post.ward, email=f"{uuid.uuid4().hex}@example.org", code=code(letter)))
    assert verify(post.ward, email=email.upper(), code=code(letter)).status_code == 200
    assert is_verified(post.ward, email) and not is_verified(post.ward, other)
    refused(verify(post.ward, token=link_token(letter)))


def test_a_code_has_three_tries(post):
    """30: after three wrong codes the right one is refused, too; the link still works"""
    email = sign_up(post.ward)
    letter = post.box.wait_for(email)
    for _ in range(3):
        refused(verify(post.ward, email=email, code=wrong(code(letter))))
    refused(verify(post.ward, email=email, code=code(letter)))
    assert not is_verified(post.ward, email)
    assert verify(post.ward, token=link_token(letter)).status_code == 200


def test_many_guesses_at_once_are_three(post):
    """30: of forty guesses at the same moment three are looked at"""
    email = sign_up(post.ward)
    guess = wrong(code(post.box.wait_for(email)))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: verify(post.ward, email=email, code=guess), range(40)))
    assert {answer.status_code for answer in answers} == {400}
    tries = post.ward.sql("SELECT p.tries FROM mail_proofs p JOIN users u ON u.id = p.user_id WHERE u.email = %s",
                          parameters=[email])
    assert [row.tries for row in tries] == [3]


def test_an_old_letter_is_over(post):
    """30: a new letter ends the one before; after 24 hours link and code are over; who is verified gets no letter"""
    email = sign_up(post.ward)
    token = post.ward.sign_in(email, PASSWORD)
    old = post.box.wait_for(email)
    assert post.ward.call("POST", "/api/v1/auth/verification-email", token).status_code == 200
    new = post.box.wait_for(email, count=2)
    refused(verify(post.ward, token=link_token(old)))
    if code(old) != code(new):
        refused(verify(post.ward, email=email, code=code(old)))
    shift(post.ward, 86_401)
    try:
        refused(verify(post.ward, token=link_token(new)))
        refused(verify(post.ward, email=email, code=code(new)))
        assert post.ward.call("POST", "/api/v1/auth/verification-email", token).status_code == 200
        newest = post.box.wait_for(email, count=3)
        assert verify(post.ward, email=email, code=code(newest)).status_code == 200
        assert post.ward.call("POST", "/api/v1/auth/verification-email", token).status_code == 200
        proofs = post.ward.sql("SELECT count(*) FROM mail_proofs p JOIN users u ON u.id = p.user_id"
                               " WHERE u.email = %s AND p.used_at IS NULL", parameters=[email])
        assert proofs[0][0] == 0
    finally:
        shift(post.ward, -86_401)


@pytest.mark.parametrize("proof", [
    {}, {"email": "a@example.org"}, {"code": "123456"}, {"token": "x", "email": "a@example.org", "code": "123456"},
    {"email": "a@example.org", "code": "12345"}, {"email": "a@example.org", "code": "１２３４５６"},
])
def test_half_a_proof_is_none(post, proof):
    """30: neither token nor code, both, or a code that is none is refused by field"""
    answer = verify(post.ward, **proof)
    assert answer.status_code == 400 and answer.json()["details"]["fields"], answer.text


def test_neither_secret_stands_in_the_database(post):
    """30: the database holds no token and no code that somebody could read"""
    email = sign_up(post.ward)
    letter = post.box.wait_for(email)
    row = post.ward.sql("SELECT p::text AS text FROM mail_proofs p JOIN users u ON u.id = p.user_id"
                        " WHERE u.email = %s", parameters=[email])[0].text
    assert link_token(letter) not in row and link_token(letter).encode().hex() not in row
    assert code(letter).encode().hex() not in row
