"""HTTP itself: limits, requests that two readers could understand differently, compression, origins, files, health."""

import gzip
import json
import re
import signal
import uuid

import pytest
import requests
from api_raw import Line, assert_refused, once, request
from api_support import Api, room
from ward_process import lived, wait_for

ORIGIN = "http://hospital.example:8080"


@pytest.fixture(scope="module")
def api(ward):
    found = Api(ward)
    yield found
    found.cancel_all()


@pytest.fixture
def pid(ward):
    """The process lives on, the same one."""
    before = ward.process.pid
    yield before
    assert ward.process.poll() is None and ward.process.pid == before
    assert ward.call("GET", "/health").status_code == 200


def get(host: str, target: str = "/api/v1/session", **headers) -> bytes:
    return request("GET", target, host, {name.replace("_", "-"): value for name, value in headers.items()})


def host_of(ward) -> str:
    return ward.url.removeprefix("http://")


# Limits

def test_a_body_of_a_mebibyte_is_the_most(ward, api, pid):
    """one byte more than 1 MiB is answered 413 by a counted body and by a chunked one; 1 MiB itself is read"""
    token = {"Authorization": f"Bearer {api.token('admin')}", "Content-Type": "application/json"}
    host = host_of(ward)

    def body(size: int) -> bytes:
        return b'{"roomNumber":"' + b"x" * (size - 17) + b'"}'

    whole = once(ward.url, request("POST", "/api/v1/alerts", host, token, body(1 << 20)))
    assert "fields" in assert_refused(whole, 400)["details"]
    over = body((1 << 20) + 1)
    answer = once(ward.url, request("POST", "/api/v1/alerts", host, token, over))
    assert assert_refused(answer, 413)["code"] == "PAYLOAD_TOO_LARGE"
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (over[:600_000], over[600_000:])) + b"0\r\n\r\n"
    answer = once(ward.url, request("POST", "/api/v1/alerts", host, {**token, "Transfer-Encoding": "chunked"}, chunked))
    assert assert_refused(answer, 413)["code"] == "PAYLOAD_TOO_LARGE"
    for length in ("1048577", "9" * 18, "9" * 40):
        with Line(ward.url) as line:
            line.send(request("POST", "/api/v1/alerts", host, {**token, "Content-Length": length}, b""))
            assert_refused(line.read(), (413, 400) if len(length) > 19 else 413)
            assert line.ended()


def test_a_target_of_eight_kibibytes_is_the_most(ward, pid):
    """a longer target is answered 414, one of 8 KiB is read"""
    host = host_of(ward)
    fits = "/api/v1/alerts?alertType=" + "x" * (8192 - 25)
    assert len(fits) == 8192
    assert_refused(once(ward.url, get(host, fits)), 401)
    for size in (8193, 9000, 20_000, 70_000, 500_000):
        answer = once(ward.url, get(host, "/api/v1/alerts?alertType=" + "x" * (size - 25)))
        assert assert_refused(answer, 414, f"{size} bytes")["code"] == "URI_TOO_LONG"


def test_headers_of_sixteen_kibibytes_are_the_most(ward, pid):
    """more than 16 KiB of headers, in one or in many, are answered 431"""
    host = host_of(ward)
    assert_refused(once(ward.url, get(host, X_A="x" * 8000, X_B="x" * 8000)), 401)
    for headers in ({"X-A": "x" * 16_400}, {"X-A": "x" * 9000, "X-B": "x" * 9000}, {"X-A": "x" * 100_000},
                    {f"X-{n}": "x" for n in range(140)}, {f"X-{n}": "x" * 400 for n in range(60)},
                    {"Cookie": "a=" + "x" * 20_000}):
        answer = once(ward.url, request("GET", "/api/v1/session", host, headers))
        assert assert_refused(answer, 431, str(list(headers)[:3]))["code"] == "HEADERS_TOO_LARGE"


# Requests that are none

POST = b"POST /api/v1/alerts HTTP/1.1\r\nHost: h\r\n"
GET = b"GET /api/v1/alerts HTTP/1.1\r\nHost: h\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
NO_REQUESTS = {
    "two lengths that differ": POST + b"Content-Length: 0\r\nContent-Length: 38\r\n\r\n" + SMUGGLED,
    "two lengths that agree": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\n{}",
    "length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "a signed length": POST + b"Content-Length: +2\r\n\r\n{}",
    "a length in hexadecimal": POST + b"Content-Length: 0x2\r\n\r\n{}",
    "a length with a space in it": POST + b"Content-Length: 1 2\r\n\r\n{}",
    "an encoding that is none": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a bad chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "a negative chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
    "an endless chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 17 + b"\r\n{}\r\n0\r\n\r\n",
    "a chunk that is too long for its size": POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{} \r\n0\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 38\r\n\r\n" + SMUGGLED,
    "a folded header": GET + b"X-A: b\r\n c\r\n\r\n",
    "a header without a colon": GET + b"nonsense\r\n\r\n",
    "a header without a name": GET + b": x\r\n\r\n",
    "NUL in a header": GET + b"X-A: a\x00b\r\n\r\n",
    "no host": b"GET /api/v1/alerts HTTP/1.1\r\n\r\n",
    "two hosts": GET + b"Host: i\r\n\r\n",
    "no version": b"GET /api/v1/alerts\r\nHost: h\r\n\r\n",
    "another version": b"GET /api/v1/alerts HTTP/9.9\r\nHost: h\r\n\r\n",
    "HTTP/2's preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50 + b"\r\n\r\n",
    "a method that is no word": b"G(T /api/v1/alerts HTTP/1.1\r\nHost: h\r\n\r\n",
    "a raw space in the target": b"GET /api/v1/al erts HTTP/1.1\r\nHost: h\r\n\r\n",
    "control characters in the target": b"GET /api/v1/\x01alerts HTTP/1.1\r\nHost: h\r\n\r\n",
}


@pytest.mark.parametrize("what", NO_REQUESTS)
def test_what_is_no_request_gets_one_answer(ward, pid, what):
    """a request that two readers could understand differently gets one complete 400 and the connection ends"""
    with Line(ward.url) as line:
        line.send(NO_REQUESTS[what])
        answer = line.read()
        assert_refused(answer, 400, what)
        assert line.ended(), f"a second answer: {line.buffer[:200]!r}"


def test_pipelined_requests_get_one_answer_each(ward, api, pid):
    """twenty requests in one packet get twenty complete answers in their order"""
    host, token = host_of(ward), f"Bearer {api.token('admin')}"
    targets = [f"/api/v1/alerts?limit={n}" for n in range(1, 21)]
    with Line(ward.url) as line:
        line.send(b"".join(get(host, each, Authorization=token, X_Request_ID=f"n{n}") for n, each in enumerate(targets)))
        for n in range(20):
            answer = line.read()
            assert answer.status == 200
            assert answer.header("X-Request-ID") == f"n{n}"
            assert answer.json()["page"]["limit"] == n + 1
        assert line.silent()


def test_a_bad_request_behind_good_ones(ward, pid):
    """good requests before a bad one are answered, then the bad one, then nothing"""
    host = host_of(ward)
    with Line(ward.url) as line:
        line.send(get(host, "/health") * 3 + NO_REQUESTS["length and chunks"] + get(host, "/health"))
        assert [line.read().status for _ in range(4)] == [200, 200, 200, 400]
        assert line.ended()


def test_requests_in_small_pieces(ward, api, pid):
    """a request that comes byte by byte is answered like one that comes at once"""
    data = request("POST", "/api/v1/alerts", host_of(ward), {
        "Authorization": f"Bearer {api.token('admin')}", "Content-Type": "application/json",
        "Transfer-Encoding": "chunked"}, b"5\r\n{\"roo\r\nb;x=y\r\nmNumber\":1}\r\n0\r\nX-Trailer: 1\r\n\r\n")
    with Line(ward.url) as line:
        for byte in data:
            line.send(bytes([byte]))
        assert {each["path"] for each in assert_refused(line.read(), 400)["details"]["fields"]} == {
            "roomNumber", "alertType"}
        line.send(get(line.host, "/health"))
        assert line.read().status == 200


def test_expect_continue_and_old_clients(ward, pid):
    """Expect: 100-continue is answered, HTTP/1.0 gets an answer and the end, HEAD gets no body"""
    host = host_of(ward)
    with Line(ward.url) as line:
        line.send(request("POST", "/api/v1/sessions", host, {
            "Expect": "100-continue", "Content-Type": "application/json", "Content-Length": "2"}, b""))
        assert line._until(lambda data: data.find(b"\r\n\r\n") + 4 if b"\r\n\r\n" in data else 0).startswith(b"HTTP/1.1 100")
        line.send(b"{}")
        assert_refused(line.read(), 400)
    with Line(ward.url) as line:
        line.send(b"GET /health HTTP/1.0\r\n\r\n")
        assert line.read().status == 200
        assert line.ended()
    with Line(ward.url) as line:
        line.send(request("HEAD", "/health", host) + get(host, "/health"))
        head = line.read(to_head=True)
        assert head.status == 200 and int(head.header("Content-Length")) > 50
        assert line.read().json()["status"] == "healthy"


def test_a_client_that_leaves_in_the_middle(ward, pid):
    """half a head, half a body and a connection without a word disturb nobody"""
    host = host_of(ward)
    for data in (b"", b"GET /hea", request("POST", "/api/v1/sessions", host, {"Content-Length": "100"}, b"{"),
                 get(host, "/api/openapi.json") * 50):
        for _ in range(20):
            with Line(ward.url) as line:
                line.send(data)


# Every answer

def test_every_answer_has_an_id_and_the_security_headers(ward, api):
    """21: JSON is served as JSON with nosniff, whatever the answer; a client's own request id comes back"""
    for who, method, path in (("admin", "GET", "/alerts"), (None, "GET", "/alerts"), ("admin", "GET", "/nothing"),
                              ("admin", "DELETE", "/alerts"), ("admin", "GET", "/alerts?limit=0")):
        answer = api.call(who, method, path, headers={"X-Request-ID": "mine-1"})
        assert answer.headers["X-Request-ID"] == "mine-1"
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    given = {requests.get(f"{ward.url}/health", headers={"X-Request-ID": bad}, timeout=5).headers["X-Request-ID"]
             for bad in ("", "a b", "x" * 65, "<script>", "ä")}
    assert len(given) == 5 and all(re.fullmatch(r"[0-9a-z]{8,30}", each) for each in given), given


@pytest.mark.parametrize("data", [
    b"GET /api/v1/alerts HTTP/1.1\r\n\r\n", POST + b"Content-Length: 9999999\r\n\r\n",
    b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
])
def test_answers_to_what_is_no_request_have_them_too(ward, data):
    """21: an answer that is given before the request is understood has nosniff and a request id as well"""
    answer = once(ward.url, data)
    assert answer.header("X-Request-ID")
    assert answer.header("X-Content-Type-Options") == "nosniff"


def test_script_in_a_name_stays_text(ward, api):
    """21: a title with a script tag comes back as JSON text, never as HTML"""
    title = "<script>alert(1)</script>"
    alert = api.raise_alert(1, title=title, description="<img src=x onerror=alert(1)>")
    answer = api.call("admin", "GET", f"/alerts/{alert['id']}", headers={"Accept": "text/html"})
    assert answer.json()["data"]["title"] == title
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in (f"/api/v1/{title}", f"/api/trpc/{title}", f"/{title}.html", f"/?x={title}"):
        answer = ward.call("GET", path)
        assert title not in answer.text or answer.headers["Content-Type"].startswith("application/json"), path


def test_large_lists_come_compressed(ward, api):
    """19: with Accept-Encoding gzip a large list comes as gzip and smaller, without it as it is"""
    for _ in range(25):
        api.raise_alert(1)
    token = {"Authorization": f"Bearer {api.token('admin')}"}
    target = "/api/v1/alerts?limit=25"
    plain = once(ward.url, request("GET", target, host_of(ward), token))
    assert plain.header("Content-Encoding") is None
    packed = once(ward.url, request("GET", target, host_of(ward), {**token, "Accept-Encoding": "br, gzip;q=0.8"}))
    assert packed.header("Content-Encoding") == "gzip"
    assert "accept-encoding" in packed.header("Vary").lower()
    assert len(packed.body) < len(plain.body) / 3
    assert json.loads(gzip.decompress(packed.body)) == plain.json()
    for refused in ("identity", "gzip;q=0", "gzip; q=0.0", "br", "*;q=0"):
        answer = once(ward.url, request("GET", target, host_of(ward), {**token, "Accept-Encoding": refused}))
        assert answer.header("Content-Encoding") is None, refused
    small = once(ward.url, request("GET", "/health", host_of(ward), {"Accept-Encoding": "gzip"}))
    assert small.header("Content-Encoding") is None


# Files, health, metrics

def test_files_carry_tags(ward):
    """337: the console's files carry an ETag and cache headers; asked again with it they answer 304 without a body"""
    page = requests.get(f"{ward.url}/", timeout=5)
    assert page.status_code == 200 and page.headers["Content-Type"] == "text/html; charset=utf-8"
    paths = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|mjs|css|svg))"', page.text)
    assert paths
    for path in ["/", *paths]:
        answer = requests.get(ward.url + path, timeout=5)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] and answer.headers["ETag"], path
        again = requests.get(ward.url + path, headers={"If-None-Match": answer.headers["ETag"]}, timeout=5)
        assert (again.status_code, again.content) == (304, b""), path
        other = requests.get(ward.url + path, headers={"If-None-Match": '"another"'}, timeout=5)
        assert other.status_code == 200
    for path in ("/nothing.js", "/../Package.swift", "/%2e%2e/Package.swift", "/Migrations/x.sql"):
        assert once(ward.url, get(host_of(ward), path)).status == 404, path


def test_health_in_three_answers(ward, api):
    """311: /health, /health/api and /health/detailed tell more and more; the last only those who may know"""
    basic = requests.get(f"{ward.url}/health", timeout=5).json()
    assert basic["status"] == "healthy" and basic["services"]["database"] is True
    detailed = requests.get(f"{ward.url}/health/api", timeout=5).json()
    assert detailed["operations"] >= 21
    assert requests.get(f"{ward.url}/health/detailed", timeout=5).status_code == 401
    assert ward.call("GET", "/health/detailed", api.token("nurse")).status_code == 403
    most = ward.call("GET", "/health/detailed", api.token("admin")).json()
    assert {"maximum", "busy"} <= set(most["figures"]["pool"])
    assert set(basic) < set(most)


METRIC = re.compile(r'^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
                    r'(,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*\})? (-?[0-9.e+-]+|\+Inf|NaN)$')


def metrics(ward) -> dict[str, float]:
    answer = requests.get(f"{ward.url}/metrics", timeout=5)
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    found = {}
    for line in answer.text.splitlines():
        if line.startswith("#"):
            assert re.match(r"# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+", line), line
        else:
            assert METRIC.match(line), line
            name, value = line.rsplit(" ", 1)
            assert name not in found, f"{name} is given twice"
            found[name] = float(value)
    return found


def test_metrics_move(ward, api):
    """313: /metrics is valid Prometheus text; the counter and the histogram of a call move by one with it"""
    api.do("admin", "GET", "/departments")
    before = metrics(ward)
    api.do("admin", "GET", "/departments")
    after = metrics(ward)
    counter = 'ward_calls_total{operation="hospitals.getDepartments",code="OK"}'
    assert after[counter] == before[counter] + 1
    histogram = 'ward_call_seconds_count{operation="hospitals.getDepartments"}'
    assert after[histogram] == before[histogram] + 1
    buckets = [value for name, value in after.items()
               if name.startswith('ward_call_seconds_bucket{operation="hospitals.getDepartments"')]
    assert buckets == sorted(buckets) and buckets[-1] == after[histogram]


def test_errors_are_counted_by_operation_and_code(ward, api):
    """316: a refused, an invalid and a missing call each move the counter of their operation and code"""
    cases = [("patient", "POST", "/alerts", "alerts.create", "FORBIDDEN"),
             ("admin", "GET", "/alerts?limit=0", "alerts.list", "BAD_REQUEST"),
             ("admin", "GET", f"/alerts/{uuid.uuid4()}", "alerts.get", "NOT_FOUND"),
             (None, "GET", "/alerts", "alerts.list", "UNAUTHORIZED")]
    for who, method, path, operation, code in cases:
        api.token(who)
        name = f'ward_calls_total{{operation="{operation}",code="{code}"}}'
        before = metrics(ward).get(name, 0)
        api.call(who, method, path, {} if method == "POST" else None)
        assert metrics(ward)[name] == before + 1, name


# Another address, and the end

def test_origins_by_an_allow_list(ward_factory):
    """20: a preflight from the allowed origin passes, another origin gets no allow header"""
    ward = ward_factory(environment={"WARD_PUBLIC_URL": ORIGIN})
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    answer = ward.call("OPTIONS", "/api/v1/alerts", headers={"Origin": ORIGIN, **asks})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type", "idempotency-key"} <= {
        each.strip().lower() for each in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    answer = ward.call("GET", "/api/v1/alerts", headers={"Origin": ORIGIN})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)
    assert "Origin" in answer.headers["Vary"]
    for other in ("https://evil.example", "null", ORIGIN + ".evil.example", "http://hospital.example"):
        for method in ("OPTIONS", "GET"):
            answer = ward.call(method, "/api/v1/alerts", headers={"Origin": other, **asks})
            assert not [name for name in answer.headers if name.lower().startswith("access-control-allow")], other
        answer = requests.get(f"{ward.url}/socket.io/?EIO=4&transport=polling", headers={"Origin": other}, timeout=5)
        assert answer.status_code == 403 and "Access-Control-Allow-Origin" not in answer.headers, other


def test_stopping_drains(ward_factory):
    """334: at SIGTERM the running request is finished and answered, new connections are refused, the pool is closed"""
    ward = ward_factory()
    api = Api(ward)
    token = api.token("admin")
    body = json.dumps({"roomNumber": room(), "alertType": "medical", "urgencyLevel": 5}).encode()
    with ward.connect("owner") as blocker, Line(ward.url, timeout=30) as line:
        blocker.execute("LOCK TABLE ward.alerts IN ACCESS EXCLUSIVE MODE")
        line.send(request("POST", "/api/v1/alerts", line.host, {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json"}, body))
        wait_for(lambda: ward.sql("SELECT 1 FROM pg_locks WHERE NOT granted", "admin"), 5, "the request waits")
        ward.process.send_signal(signal.SIGTERM)
        wait_for(lambda: refuses(ward), 5, "new connections are refused")
        assert ward.process.poll() is None
        blocker.rollback()
        answer = line.read()
        assert answer.status == 201 and answer.header("Connection") == "close"
        alert = answer.json()["data"]["id"]
    assert ward.process.wait(20) == 0
    ward.start()
    assert api.do("admin", "GET", f"/alerts/{alert}")["status"] == "active"
    others = ward.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'ward_serving' AND backend_start < now()"
                      " - interval '1 minute'", "admin")
    assert others[0][0] == 0


def refuses(ward) -> bool:
    try:
        Line(ward.url, timeout=1).socket.close()
    except OSError:
        return True
    return False


def test_stopping_with_idle_clients_is_quick(ward_factory):
    """334: idle connections and open streams do not hold the end up"""
    ward = ward_factory()
    token = ward.sign_in("admin@demo.ward")
    idle, streams = requests.Session(), [Line(ward.url) for _ in range(5)]
    assert idle.get(f"{ward.url}/health", timeout=5).status_code == 200
    for line in streams:
        line.send(get(line.host, "/api/v1/events", Authorization=f"Bearer {token}"))
        assert line.read(to_head=True).status == 200
    silent = Line(ward.url)
    began = lived()
    assert ward.stop() == 0
    assert lived() - began < 10
    for line in [*streams, silent]:
        line.socket.close()
    idle.close()
