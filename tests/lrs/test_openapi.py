"""The OpenAPI description says what the code does, and what is generated from it never brings the server down."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from lms.web.xapi.openapi import PARAMETERS, build
from tests.lrs.partner import VERSION, Partner

OPERATIONS = [(method, path) for path, found in build()["paths"].items() for method in found]
EACH = pytest.mark.parametrize(("method", "path"), OPERATIONS)


def test_every_address_and_method_is_described(partner: Partner) -> None:
    rules = [rule for rule in partner.app.url_map.iter_rules() if rule.rule.startswith("/xapi/")]
    served = {
        (method.lower(), rule.rule.removeprefix("/xapi"))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if "<" not in rule.rule and not rule.rule.endswith("/openapi.json")
    }
    assert served == set(OPERATIONS)


@EACH
def test_only_the_parameters_described_are_taken(partner: Partner, method: str, path: str) -> None:
    operation = build()["paths"][path][method]
    if "parameters" not in operation:
        return
    described = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
    for name in {*PARAMETERS, "colour"}:
        told = partner.ask(method.upper(), f"/xapi{path}", query_string={name: "é"}).get_json()
        unknown = "unknown parameter" in (told or {}).get("error", {}).get("detail", "")
        assert unknown is (name not in described), (name, told)


def test_the_description_is_served_to_anybody(partner: Partner) -> None:
    answer = partner.ask("GET", "openapi.json", auth=None, headers={VERSION: None})
    assert (answer.status_code, answer.get_json()["openapi"]) == (200, "3.1.0")


@pytest.fixture(scope="module")
def checks() -> list[Any]:
    from schemathesis import checks as all_of

    names = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
    return [getattr(all_of, name) for name in names]


@EACH
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_whatever_is_sent_the_answer_is_a_described_one(
    partner: Partner, checks: list[Any], method: str, path: str, mode: str
) -> None:
    schema = schemathesis.openapi.from_wsgi("/xapi/openapi.json", partner.app)
    basic = base64.b64encode(f"{partner.key}:{partner.secret}".encode()).decode()
    generation = schemathesis.GenerationMode[mode]

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(schema[path][method].as_strategy(generation_mode=generation))
    def send(case: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Basic {basic}"}
        case.call_and_validate(checks=checks)

    send()
