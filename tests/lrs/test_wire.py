"""How a request may be written: versions, prefixes, forms, packed bodies, and what every answer carries."""

from __future__ import annotations

import gzip
import json
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from lms.app import create_app
from lms.database.db import db
from lms.partners.credentials import read_credentials
from lms.settings import Settings
from tests.lrs.partner import VERSION, Partner, add_partner, close, tell_fault

SIMPLE: dict[str, Any] = {
    "actor": {"mbox": "mailto:sally@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
    "object": {"id": "https://example.org/activities/one"},
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
THROUGH = "X-Experience-API-Consistent-Through"


@pytest.mark.parametrize(
    ("named", "followed"),
    [
        ("1.0", "1.0.3"),
        ("1.0.0", "1.0.3"),
        ("1.0.3", "1.0.3"),
        ("1.0.32", "1.0.3"),
        ("2.0", "2.0.0"),
        ("2.0.0", "2.0.0"),
    ],
)
def test_a_version_is_followed_and_answered(partner: Partner, named: str, followed: str) -> None:
    answer = partner.ask("GET", headers={VERSION: named})
    assert (answer.status_code, answer.headers[VERSION]) == (200, followed)


@pytest.mark.parametrize("named", [None, "", "0.95", "1.1", "1.0.x", "3.0", "1"])
@pytest.mark.parametrize(("prefix", "followed"), [("/xapi", "1.0.3"), ("/xapi/1.0.3", "1.0.3"), ("/xapi/2.0", "2.0.0")])
def test_without_a_known_version_the_address_says_which_is_answered(
    partner: Partner, named: str | None, prefix: str, followed: str
) -> None:
    answer = partner.ask("GET", f"{prefix}/statements", headers={VERSION: named})
    assert (answer.status_code, answer.headers[VERSION]) == (400, followed)
    assert tell_fault(answer).startswith(VERSION)
    assert THROUGH in answer.headers


def test_about_asks_neither_version_nor_credential(partner: Partner) -> None:
    for prefix, followed in (("/xapi", "1.0.3"), ("/xapi/2.0", "2.0.0"), (f"/o/{partner.slug}/xapi", "1.0.3")):
        answer = partner.ask("GET", f"{prefix}/about", auth=None, headers={VERSION: None})
        assert answer.headers[VERSION] == followed
        assert {"1.0.3", "2.0.0"} <= set(answer.get_json()["version"])
    assert partner.ask("GET", "about?colour=red").status_code == 400


def test_a_house_may_stand_in_the_address_and_must_be_the_credentials(partner: Partner) -> None:
    (made,) = partner.keep(SIMPLE)
    asked = {"statementId": made}
    assert partner.ask("GET", f"/o/{partner.slug}/xapi/statements", query_string=asked).get_json()["id"] == made
    other = add_partner(partner.app)
    assert other.ask("GET", f"/o/{partner.slug}/xapi/statements").status_code == 403
    assert other.ask("GET", "/o/nowhere/xapi/statements").status_code == 403
    assert other.ask("GET", query_string=asked).status_code == 404


def test_head_is_get_without_its_body(partner: Partner) -> None:
    partner.keep(SIMPLE)
    got, headed = partner.ask("GET"), partner.ask("HEAD")
    assert headed.data == b""
    assert (headed.status_code, headed.headers["Content-Type"]) == (200, got.headers["Content-Type"])
    assert int(headed.headers["Content-Length"]) == len(got.data)
    assert THROUGH in headed.headers


def test_what_no_resource_does_is_told_with_the_version(partner: Partner) -> None:
    for method, path, status in (("PATCH", "statements", 405), ("DELETE", "statements", 405), ("GET", "nothing", 404)):
        answer = partner.ask(method, path)
        assert (answer.status_code, answer.headers[VERSION]) == (status, "1.0.3")
        assert tell_fault(answer)


@pytest.mark.parametrize("name", ["StatementId", "Limit", "colour", "method"])
def test_an_unknown_parameter_is_named(partner: Partner, name: str) -> None:
    for method in ("GET", "PUT", "POST"):
        answer = partner.ask(method, query_string={name: "1"}, json=SIMPLE)
        assert answer.status_code == 400
        assert name in tell_fault(answer)


def test_the_same_parameter_twice_is_named(partner: Partner) -> None:
    answer = partner.ask("GET", "statements?limit=1&limit=2")
    assert (answer.status_code, tell_fault(answer)) == (400, "limit: the same parameter twice")


def send_form(partner: Partner, method: str, form: dict[str, str], **more: Any) -> Any:
    more.setdefault("headers", FORM)
    return partner.ask("POST", f"statements?method={method}", data=urlencode(form), **more)


def test_a_form_may_stand_for_any_request_in_1_0_3(partner: Partner) -> None:
    made = str(uuid.uuid4())
    content = json.dumps({**SIMPLE, "verb": {"id": "http://example.org/é&=+"}}, ensure_ascii=False)
    assert send_form(partner, "PUT", {"statementId": made, "content": content}).status_code == 204
    found = send_form(partner, "GET", {"statementId": made}).get_json()
    assert found["verb"]["id"] == "http://example.org/é&=+"
    assert send_form(partner, "POST", {"content": json.dumps([SIMPLE])}).status_code == 200


def test_a_forms_headers_go_before_the_requests_own(partner: Partner) -> None:
    basic = partner.app.test_client().get("/", auth=(partner.key, partner.secret)).request.headers["Authorization"]
    inside = {"Authorization": basic, VERSION: "1.0.3", "limit": "1"}
    assert send_form(partner, "GET", inside, auth=None, headers={**FORM, VERSION: None}).status_code == 200
    assert send_form(partner, "GET", {**inside, VERSION: "0.8"}).status_code == 400
    assert send_form(partner, "GET", {**inside, "Authorization": "Basic eDp5"}).status_code == 401


def test_a_form_that_is_none_is_refused(partner: Partner) -> None:
    form = {"statementId": str(uuid.uuid4()), "content": json.dumps(SIMPLE)}
    wrong = [
        partner.ask(
            "POST", f"statements?method=PUT&statementId={form['statementId']}", data=urlencode(form), headers=FORM
        ),
        partner.ask("PUT", "statements?method=POST", data=urlencode(form), headers=FORM),
        partner.ask("POST", "statements?method=PUT", data=json.dumps(form), headers=FORM),
        partner.ask("POST", "statements?method=PUT", json=SIMPLE),
        partner.ask("POST", "statements?method=PUT", data=b"content=\xff", headers=FORM),
        send_form(partner, "PUT", {"statementId": form["statementId"]}),
        send_form(partner, "PUT", form, headers={**FORM, VERSION: "2.0.0"}),
        partner.ask("POST", "statements?method=GET", data="a=%ff", headers=FORM),
    ]
    assert [one.status_code for one in wrong] == [400] * len(wrong)
    assert send_form(partner, "PATCH", form).status_code == 405


def test_a_packed_body_is_unpacked_but_never_beyond_the_limit(partner: Partner) -> None:
    def send(body: bytes, packed: str = "gzip") -> Any:
        headers = {"Content-Encoding": packed, "Content-Type": "application/json"}
        return partner.ask("POST", data=body, headers=headers)

    right = gzip.compress(json.dumps(SIMPLE).encode())
    assert send(right).status_code == 200
    assert send(right[:-9]).status_code == 400
    assert send(b"no gzip").status_code == 400
    assert send(gzip.compress(b" " * 11_000_000)).status_code == 413
    assert (send(right, "br").status_code, tell_fault(send(right, "br"))[:21]) == (415, "Content-Encoding 'br'")
    assert "behind the end" in tell_fault(send(right + b"what nobody would read"))
    assert send(right + gzip.compress(b"{}")).status_code == 400
    assert len(partner.read()) == 1


def test_who_only_reads_is_answered_while_nobody_can_write(tmp_path: Path) -> None:
    """The last use of a credential is written down once an hour, by whichever request comes first."""
    app = create_app(Settings(home=tmp_path, write_wait_seconds=0.2))
    try:
        partner = add_partner(app)
        with closing(sqlite3.connect(tmp_path / "declic.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert partner.read() == []
            assert partner.ask("POST", json=SIMPLE).status_code == 503
            other.execute("ROLLBACK")
        partner.keep(SIMPLE)
        with app.app_context(), db.engine.connect() as connection:
            assert read_credentials(connection, partner.organisation)[0].last_used is not None
    finally:
        close(app)
