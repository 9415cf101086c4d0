"""Other providers of accounts for the tests: an unmodified OpenID provider, and a GitHub that fails on anything unexpected."""

import base64
import hashlib
import json
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests


class OpenID:
    """oidc-provider-mock as a person in front of it uses it."""

    def __init__(self, port: int):
        self.url = f"http://localhost:{port}"

    def claims(self, subject: str, **claims) -> None:
        assert requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5).status_code == 204

    def consent(self, location: str, subject: str) -> str:
        """The person says yes; where the browser is sent back to."""
        assert location.startswith(f"{self.url}/oauth2/authorize?")
        answer = requests.post(location, data={"sub": subject}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


class GitHub:
    """GitHub's three addresses as its documentation has them. Whatever else is asked of it is noted as unexpected."""

    def __init__(self):
        self.codes: dict[str, dict] = {}
        self.tokens: dict[str, dict] = {}
        self.unexpected: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def setting(self) -> dict:
        return {"name": "github", "clientId": "our-id", "clientSecret": "our-secret",
                "authorizeUrl": f"{self.url}/login/oauth/authorize",
                "tokenUrl": f"{self.url}/login/oauth/access_token", "apiUrl": f"{self.url}/api"}

    def consent(self, location: str, user: dict, emails: list[dict]) -> str:
        """The person says yes on the page to which Ward sent the browser."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert location.startswith(f"{self.url}/login/oauth/authorize?")
        assert set(query) == {"response_type", "client_id", "redirect_uri", "state", "scope", "code_challenge",
                              "code_challenge_method"}, query
        assert query["client_id"] == "our-id" and query["code_challenge_method"] == "S256"
        code = uuid.uuid4().hex
        self.codes[code] = {"challenge": query["code_challenge"], "redirect": query["redirect_uri"], "user": user,
                            "emails": emails}
        return f"{query['redirect_uri']}?code={code}&state={query['state']}"

    def _handler(github):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                if self.path != "/login/oauth/access_token":
                    return self.refuse(f"POST {self.path}")
                if set(form) != {"grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier"}:
                    return self.refuse(f"fields {sorted(form)}")
                known = github.codes.pop(form["code"], None)
                digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
                if not known:
                    return self.answer(200, {"error": "bad_verification_code"})
                if digest.rstrip(b"=").decode() != known["challenge"] or form["redirect_uri"] != known["redirect"] \
                        or (form["client_id"], form["client_secret"]) != ("our-id", "our-secret"):
                    return self.refuse("a wrong verifier, address or secret")
                token = f"gho_{uuid.uuid4().hex}"
                github.tokens[token] = known
                self.answer(200, {"access_token": token, "token_type": "bearer", "scope": "read:user,user:email"})

            def do_GET(self):
                known = github.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
                if not known or self.path not in ("/api/user", "/api/user/emails") or not self.headers.get("User-Agent"):
                    return self.refuse(f"GET {self.path}")
                self.answer(200, known["user"] if self.path == "/api/user" else known["emails"])

            def refuse(self, what: str):
                github.unexpected.append(what)
                self.answer(400, {"message": what})

            def answer(self, status: int, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        assert not self.unexpected, f"GitHub was asked what nobody promised: {self.unexpected}"


@contextmanager
def openid():
    import logging

    import oidc_provider_mock

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread() as server:
        yield OpenID(server.server_port)
