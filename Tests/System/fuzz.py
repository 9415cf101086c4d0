"""Schemathesis over the published OpenAPI document: generated inputs, good and bad, for every operation.

Ids and versions in good inputs are replaced by ones that exist: what a list answers or a creation has just made. What
the answers may be is the document's word: status, type, schema; bad inputs are refused; no answer is a fault.

    fuzz.py [--cases 5000] [--seed 1]      prints a summary; status 1 when something was wrong
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import hypothesis
import schemathesis
from api_inputs import document_of
from api_support import Api, own_ward, room
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    AcceptedNegativeData, content_type_conformance, negative_data_rejection, response_headers_conformance,
    response_schema_conformance, status_code_conformance,
)
from test_openapi import calls
from ward_process import PASSWORD

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance]
# The first would end the session of all the others; the others need another provider (test_providers.py).
EXCLUDED = {"consultations.join", "billing.pay", "billing.payOwn", "billing.verifyPayment", "auth.signOut", "auth.revokeOtherSessions", "auth.revokeSession", "auth.rotateSession", "auth.socialSignIn", "auth.finishSignIn", "auth.finishSecondFactor", "auth.setPhone", "auth.verifyPhone"}
RESOLUTION = "Patient stable, all is well again."


@dataclass
class Report:
    cases: int = 0
    statuses: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    problems: list[str] = field(default_factory=list)

    @property
    def never_answered(self) -> list[str]:
        return sorted(name for name, seen in self.statuses.items() if not any(200 <= each < 300 for each in seen))

    def lines(self) -> list[str]:
        every = sum(self.statuses.values(), Counter())
        return [f"{self.cases} cases on {len(self.statuses)} operations, by status: "
                + ", ".join(f"{status}: {count}" for status, count in sorted(every.items())),
                f"never answered with a 2xx: {', '.join(self.never_answered) or 'none'}",
                f"{len(self.problems)} problems", *self.problems[:50]]


class Fuzzer:
    """Sends generated cases as the administrator of the demo hospital, or as whom the operation is for."""

    def __init__(self, ward, seed: int):
        self.ward, self.api, self.seed = ward, Api(ward), seed
        self.random = random.Random(seed)
        self.document = document_of(ward)
        self.schema = schemathesis.openapi.from_dict(self.document)
        self.report = Report()
        self.made: dict[str, list] = defaultdict(list)  # ids that creations of a collection gave
        # What only a responder does is done by a nurse, on alerts that ask for one.
        self.own: dict[str, str] = {}  # a session of the last call's own
        self.people = {"alerts.arrive": "nurse", "alerts.withdraw": "nurse"}
        ward.sql("UPDATE alert_types SET quorum = %s WHERE code = 'fire'", parameters=[json.dumps(
            [{"label": "Nurse", "role": "nurse", "specialization": None, "count": 2}])])
        colleagues = [self.api.user(who) for who in ("nurse", "doctor", "head")]
        self.known = {
            "departmentId": [self.api.department(code) for code in ("ER", "ICU", "CARD")],
            "patientId": [self.api.patient()], "alertType": ["medical", "fall", "nurse_call"],
            "delegateTo": colleagues, "toUserId": colleagues,
        }

    def run(self, per_operation: int, extra: int = 40) -> Report:
        operations = [each.ok() for each in self.schema.get_all_operations()]
        operations = [each for each in operations if each.definition.raw["operationId"] not in EXCLUDED]
        for operation in operations:
            self.report.statuses[operation.definition.raw["operationId"]]  # is in the summary, whatever comes
        bad = max(1, per_operation * 2 // 5)
        for n, operation in enumerate(operations):
            self._many(operation, GenerationMode.POSITIVE, per_operation - bad, n)
            if operation.definition.raw.get("parameters") or operation.definition.raw.get("requestBody"):
                self._many(operation, GenerationMode.NEGATIVE, bad, n)
        for n, operation in enumerate(operations):
            if operation.definition.raw["operationId"] in self.report.never_answered:
                self._many(operation, GenerationMode.POSITIVE, extra, 1000 + n)
        # What a generator cannot guess, such as an invitation's secret, is taken from the calls that are known to succeed.
        self.ward.sql("UPDATE hospitals SET is_active = true RETURNING 1")
        known = calls(self.api) if self.report.never_answered else {}
        for n, operation in enumerate(operations):
            name = operation.definition.raw["operationId"]
            if name in self.report.never_answered:
                for call in known.get(name, []):
                    self._many(operation, GenerationMode.POSITIVE, 1, 2000 + n, call)
        return self.report

    def _many(self, operation, mode, count: int, salt: int, known: tuple | None = None) -> None:
        @hypothesis.seed(self.seed * 10_000 + salt)
        @hypothesis.settings(max_examples=count, database=None, deadline=None, phases=[hypothesis.Phase.generate],
                             suppress_health_check=list(hypothesis.HealthCheck))
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def one(case):
            self._send(case, mode, known)

        try:
            one()
        except hypothesis.errors.Unsatisfiable:
            pass  # nothing can be wrong with this operation's input

    def _send(self, case, mode, known: tuple | None) -> None:
        name = case.operation.definition.raw["operationId"]
        is_good = mode is GenerationMode.POSITIVE
        who = self.people.get(name, "admin")
        if known:
            who, path, case.query, body = known
            body = body() if callable(body) else body
            case.path_parameters = {key: str(value) for key, value in path.items()}
            case.body = case.body if body is None else body
        elif is_good:
            self._feed(case, name)
        if name == "hospitals.updateSettings" and isinstance(case.body, dict):
            case.body.pop("isActive", None)  # an inactive hospital takes no alerts, which the others need
        if name in ("apiKeys.create", "auth.setPhone") and is_good and isinstance(case.body, dict):
            case.body["password"] = PASSWORD  # wrong ones would lock the administrator
        if name.startswith("auth.") and not known:  # Their sessions are their own: some of these end them.
            token = self.own.get(name) or self.ward.sign_in("doctor@demo.ward")
        else:
            token = self.api.token(who) if who else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = case.call(base_url=self.ward.url, headers=headers, timeout=20)
        self.report.cases += 1
        self.report.statuses[name][response.status_code] += 1
        self.own = {name: token} if response.status_code in (400, 404) else {}  # a refusal has ended no session
        checks = CHECKS if is_good else [*CHECKS, negative_data_rejection]
        try:
            case.validate_response(response, checks=checks, headers=headers)
        except (Failure, FailureGroup) as failure:
            every = failure.exceptions if isinstance(failure, FailureGroup) else [failure]
            for each in every:
                if not (isinstance(each, AcceptedNegativeData) and (  # too long is a refusal, which the check does not know
                        response.status_code in (413, 414) or self._is_good_when_trimmed(case))):
                    text = f"{name}: {type(each).__name__}: {each.title} {each.message}"[:600]
                    self.report.problems.append(f"{text}\n    {case.as_curl_command()[:600]}")
        self._learn(case, response)

    # What exists

    def _feed(self, case, name: str) -> None:
        """Most of the ids are replaced by such as exist, and a version by the current one."""
        template = case.operation.path.removeprefix("/api/v1")
        for parameter in case.path_parameters or {}:
            collection = template.split("/{" + parameter + "}")[0]
            if (pool := self._pool(collection, name)) and self.random.random() < 0.8:
                case.path_parameters[parameter] = self.random.choice(pool)
        for values in (case.query, case.body):
            if isinstance(values, dict) and self.random.random() < 0.8:
                self._feed_values(values, case, name)

    def _feed_values(self, values: dict, case, name: str) -> None:
        for key in list(values):
            if key in self.known and values[key] is not None:
                values[key] = self.random.choice(self.known[key])
        if "alertIds" in values:
            values["alertIds"] = self.random.sample(self._pool("/alerts", name), 3)
        if "templateId" in values:  # a fresh one: others are deleted in this mix
            template = {"name": room(), "alertType": "fall", "urgencyLevel": 2}
            values["templateId"] = self.api.do("admin", "POST", "/alert-templates", template)["id"]
        if "version" in values:
            values["version"] = self._version(case) or values["version"]
        if name == "auth.signIn":
            values |= {"email": "nurse@demo.ward", "password": PASSWORD}
        if name == "auth.refreshToken":
            values["refreshToken"] = self.api.do("nurse", "POST", "/auth/token", {})["refreshToken"]
        if name in ("alerts.create", "alerts.createFromTemplate"):
            values["roomNumber"] = room()
        if name.startswith("alerts.") and "page" in values:
            values.pop("cursor", None), values.pop("offset", None)

    def _pool(self, collection: str, name: str) -> list:
        if collection == "/alerts":
            return self._alerts(name)
        if collection in ("/users", "/admin/users", "/alert-types"):  # only what this made: the demo's are needed
            return self.made[collection][-5:]
        if collection == "/doctors":
            return [self.api.user("doctor")] if name == "doctors.getById" else self.made[collection][-5:]
        if collection == "/departments":
            return self.known["departmentId"] if name == "departments.get" else self.made[collection][-5:]
        if "get" not in self.document["paths"].get(f"/api/v1{collection}", {}):
            return self.made[collection][-5:]
        rows = self.api.call("admin", "GET", f"{collection}?limit=100").json().get("data", [])
        return [row.get("id") or row.get("code") for row in rows if row.get("id") or row.get("code")]

    def _alerts(self, name: str) -> list:
        """A fresh alert, as somebody would meet it before this operation."""
        if who := self.people.get(name):
            alert = self.api.raise_alert(4, "admin", alertType="fire")
            self.api.do(who, "POST", f"/alerts/{alert['id']}/acknowledgement", {})
            return [alert["id"]]
        alert = self.api.raise_alert(self.random.randint(1, 5), "admin")
        if name == "alerts.decline":  # of the pages of the administrators' tier
            for _ in range(3):
                self.api.call("admin", "POST", f"/alerts/{alert['id']}/escalation", {})
            return [alert["id"]]
        if name not in ("alerts.acknowledge", "alerts.batchAcknowledge", "alerts.update") and self.random.random() < 0.6:
            self.api.call("admin", "POST", f"/alerts/{alert['id']}/acknowledgement", {})
        if name.startswith("alerts.batch"):
            return [alert["id"], *(self.api.raise_alert(2, "admin")["id"] for _ in range(3))]
        return [alert["id"]]

    def _version(self, case) -> int | None:
        path = case.formatted_path.removeprefix("/api/v1")
        answer = self.api.call("admin", "GET", path)
        if answer.ok and isinstance(answer.json()["data"], dict):
            return answer.json()["data"].get("version")
        collection, _, wanted = path.rpartition("/")
        rows = self.api.call("admin", "GET", f"{collection}?limit=100").json().get("data", [])
        return next((row.get("version") for row in rows if wanted in (row.get("id"), row.get("code"))), None)

    def _learn(self, case, response) -> None:
        if case.method == "POST" and response.status_code == 201 and "{" not in case.operation.path:
            data = response.json()["data"]
            if found := data.get("id") or data.get("code"):
                self.made[case.operation.path.removeprefix("/api/v1")].append(found)

    @staticmethod
    def _is_good_when_trimmed(case) -> bool:
        """Texts are trimmed before they are measured, which a schema cannot say."""
        texts = [each for part in (case.query, case.body, case.path_parameters) if isinstance(part, dict)
                 for each in part.values() if isinstance(each, str)]
        return any(each != each.strip() for each in texts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with own_ward() as ward:
        fuzzer = Fuzzer(ward, options.seed)
        count = sum(len(methods) for methods in fuzzer.document["paths"].values()) - len(EXCLUDED)
        # Some operations have fewer inputs than are asked for.
        report = fuzzer.run(options.cases * 6 // 5 // count + 1)
    print("\n".join(report.lines()))
    return 1 if report.problems or report.never_answered or report.cases < options.cases else 0


if __name__ == "__main__":
    sys.exit(main())
