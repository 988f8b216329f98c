"""Pages in a browser: only those that a credential names may use it, and they can tell why they are refused."""

from __future__ import annotations

from typing import Any

from tests.lrs.partner import Partner
from tests.lrs.test_limits import build, open_key


def test_only_pages_that_a_credential_names_may_use_it(each_partner: Partner) -> None:
    page = open_key(each_partner, origins=["https://app.example"])
    origin = {"Origin": "https://app.example"}
    asked = page.ask("OPTIONS", auth=None, headers={**origin, "Access-Control-Request-Method": "POST"})
    assert asked.headers["Access-Control-Allow-Origin"] == "https://app.example"
    assert "X-Experience-API-Version" in asked.headers["Access-Control-Allow-Headers"]
    answer = page.ask("GET", headers=origin)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "https://app.example")
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    foreign = page.ask("GET", headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "Access-Control-Allow-Origin" not in foreign.headers
    assert each_partner.ask("POST", headers=origin, json=build(each_partner, "x")).status_code == 403
    question = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in page.ask("OPTIONS", auth=None, headers=question).headers
    assert page.ask("GET", headers={"Origin": "http://localhost"}).status_code == 200, "our own pages"


def test_a_page_gets_a_token_and_can_tell_why_it_is_refused(each_partner: Partner) -> None:
    page = open_key(each_partner, origins=["https://app.example"])

    def ask(origin: str, method: str, path: str, **more: Any) -> tuple[int, bool]:
        answer = page.ask(method, path, headers={"Origin": origin, **more.pop("headers", {})}, **more)
        return answer.status_code, answer.headers.get("Access-Control-Allow-Origin") == origin

    form = {"data": {"grant_type": "client_credentials"}}
    for origin, named in (("https://app.example", True), ("https://elsewhere.example", False)):
        assert ask(origin, "POST", "oauth/token", **form) == (200 if named else 403, named)
        assert ask(origin, "GET", "about", auth=None) == (200, named)
        assert ask(origin, "GET", "statements", auth=("nobody", "x")) == (401, named)
        assert ask(origin, "GET", "statements", headers={"X-Experience-API-Version": "7"}) == (400, named)
    other = open_key(each_partner, origins=["https://other.example"])
    foreign = other.ask("GET", headers={"Origin": "https://app.example"})
    assert (foreign.status_code, "statements" in foreign.get_json()) == (403, False)
