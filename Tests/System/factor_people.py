"""People with a telephone that makes codes (an unmodified pyotp)."""

import uuid

import pyotp
from ward_process import PASSWORD


class Person:
    """Somebody of his own with a telephone."""

    def __init__(self, api, node=None, role="nurse", who="admin"):
        self.ward = node or api.ward
        self.email = f"{uuid.uuid4().hex}@demo.ward"
        made = api.do(who, "POST", "/users", {"name": "New", "email": self.email, "role": role, "password": PASSWORD})
        self.id = made["id"]
        self.token = self.ward.sign_in(self.email)

    def call(self, method, path, body=None, token=None):
        return self.ward.call(method, f"/api/v1{path}", token or self.token, json=body)

    def sign_in(self, node=None, **more):
        return (node or self.ward).call(
            "POST", "/api/v1/sessions", json={"email": self.email, "password": PASSWORD, **more})

    def code(self, steps: int = 0) -> str:
        return self.phone.at(int(self.ward.now().timestamp()) + 30 * steps)

    def begin(self):
        data = self.call("POST", "/two-factor", {"password": PASSWORD}).json()["data"]
        self.secret = data["secret"]
        self.phone = pyotp.parse_uri(data["otpauthUrl"])
        assert self.phone.secret == self.secret
        return self

    def enable(self):
        self.begin()
        # The code before this one, so that this one is left for the test; it ends with the half minute.
        while True:
            code = self.code(-1)
            answer = self.call("POST", "/two-factor/confirmation", {"code": code})
            if answer.status_code == 201 or code == self.code(-1):
                break
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["data"]["token"]
        self.backup = answer.json()["data"]["backupCodes"]
        return self
