"""What the generated tests need to call the operations of accounts."""

import uuid

SECRET = "lantern grove whistle"


def proof(api, email: str, purpose: str) -> str:
    """A token of the test's own in place of the mailed one, of which the database keeps a hash only."""
    token = uuid.uuid4().hex
    api.ward.sql("INSERT INTO mail_proofs (id, user_id, purpose, token_hash, expires_at) SELECT gen_random_uuid(), id, %s,"
                 " sha256(%s::text::bytea), 'infinity' FROM users WHERE email = %s", parameters=[purpose, token, email])
    return token


def person(api) -> str:
    email = f"{uuid.uuid4().hex}@example.org"
    answer = api.ward.call("POST", "/api/v1/auth/sign-up", json={
        "email": email, "password": "correct horse battery", "name": "N", "acceptTerms": True, "acceptPrivacy": True})
    assert answer.status_code == 201, answer.text
    return email


def openapi_calls(api) -> dict[str, list]:
    """A call that succeeds for each operation: (who, path parameters, query, body)."""
    email = person(api)
    api.tokens["changing"] = api.ward.sign_in(email, "correct horse battery")
    user = api.do("admin", "POST", "/users", {"name": "New", "email": f"{uuid.uuid4().hex}@demo.ward", "role": "nurse"})["id"]
    accepted = {"acceptTerms": True, "acceptPrivacy": True}
    return {
        "system.outbox": [("admin", {}, {}, None)],
        "auth.checkEmail": [(None, {}, {}, {"email": "nurse@demo.ward"})],
        "auth.verifyEmail": [(None, {}, {}, {"token": proof(api, email, "verify_email")})],
        "auth.resendVerificationEmail": [("nurse", {}, {}, None)],
        "auth.forgotPassword": [(None, {}, {}, {"email": "nobody@example.org"})],
        "auth.resetPassword": [
            (None, {}, {}, {"token": proof(api, person(api), "reset_password"), "newPassword": SECRET})],
        "auth.changePassword": [
            ("changing", {}, {}, {"currentPassword": "correct horse battery", "newPassword": SECRET})],
        "auth.getProfile": [("nurse", {}, {}, None), ("patient", {}, {}, None)],
        "auth.updateProfile": [("nurse", {}, {}, {"bio": "Ten years."})],
        "auth.completeProfile": [("nurse", {}, {}, {"name": "Nurse", **accepted})],
        "auth.forcePasswordReset": [("admin", {"userId": user}, {}, {"reason": "A lost badge"})],
    }
