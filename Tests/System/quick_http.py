"""One HTTP request by the standard library's client, answered as by `requests`: tests send so many that the time the
client takes counts, and this one takes a fifth. Whatever is out of the ordinary is left to `requests` itself."""

import http.client
import json as js
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import get_encoding_from_headers, requote_uri


def ask(method: str, url: str, headers: dict, body: bytes | None = None, timeout: float = 15,
        connection: http.client.HTTPConnection | None = None) -> requests.Response:
    """The answer to one request; `connection` is used again if it is given, and a redirection is not followed."""
    at = urlsplit(url)
    used = connection or http.client.HTTPConnection(at.hostname, at.port, timeout=timeout)
    sent = {"Accept": "*/*", "User-Agent": "ward-tests", **headers}
    if body is None and method not in ("GET", "HEAD"):
        sent["Content-Length"] = "0"
    try:
        used.request(method, url[url.index(at.netloc) + len(at.netloc):] or "/", body, sent)
        answer = used.getresponse()
        content = answer.read()
    except TimeoutError as trouble:
        used.close()
        raise requests.ReadTimeout(str(trouble)) from trouble
    except (OSError, http.client.HTTPException) as trouble:
        used.close()
        raise requests.ConnectionError(f"{type(trouble).__name__}: {trouble}") from trouble
    finally:
        if connection is None:
            used.close()
    return as_response(url, answer, content)


def as_response(url: str, answer: http.client.HTTPResponse, content: bytes) -> requests.Response:
    made = requests.Response()
    made.url, made.status_code, made.reason, made._content = url, answer.status, answer.reason, content
    for name, value in answer.getheaders():
        made.headers[name] = f"{made.headers[name]}, {value}" if name in made.headers else value
        if name.lower() == "set-cookie":
            made.cookies.set(*value.split(";", 1)[0].split("=", 1))
    made.encoding = get_encoding_from_headers(made.headers)
    return made


def request(method: str, url: str, json=None, headers: dict | None = None, timeout: float = 15,
            **options) -> requests.Response:
    """What `requests.request` does, by the quick way if nothing but these is asked for."""
    headers = dict(headers or {})
    if options or any(name.lower() == "accept-encoding" for name in headers):
        return requests.request(method, url, json=json, headers=headers, timeout=timeout, **options)
    body = None
    if json is not None:
        body = js.dumps(json, allow_nan=False).encode()
        if not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = "application/json"
    answer = ask(method, requote_uri(url), headers, body, timeout)
    if answer.is_redirect:
        there = requests.get(urljoin(url, answer.headers["Location"]), headers=headers, timeout=timeout)
        there.history.insert(0, answer)
        return there
    return answer
