"""A partner's page in a real Chromium, on another origin than the LRS: only origins a credential names may read."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from lms.app import create_app
from lms.database.door import transaction
from lms.partners.credentials import add_credential, add_key
from lms.people.accounts import add_organisation
from lms.settings import Settings
from tests.fixtures.server import Server
from tests.lrs.partner import VERSION, close

STATEMENT = {
    "actor": {"mbox": "mailto:sally@example.org"},
    "verb": {"id": "http://example.org/v"},
    "object": {"id": "http://example.org/o"},
}
FETCH = """async ({ address, method, headers, body }) => {
  try {
    const answer = await fetch(address, { method, headers, body });
    return { status: answer.status, through: answer.headers.get("X-Experience-API-Consistent-Through"),
             etag: answer.headers.get("ETag"), text: await answer.text() };
  } catch (error) {
    return { refused: String(error) };
  }
}"""


class Blank(BaseHTTPRequestHandler):
    """An empty page, whatever is asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Partenaire</title>")

    def log_message(self, *_: object) -> None:
        """Nothing on the screen of the tests."""


@contextmanager
def serving_blank() -> Iterator[str]:
    """The origin of a partner's own pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Blank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def origins() -> Iterator[tuple[str, str]]:
    """(named by the credential, not named)."""
    with ExitStack() as stack:
        yield stack.enter_context(serving_blank()), stack.enter_context(serving_blank())


@pytest.fixture
def ask(
    origins: tuple[str, str], start_server: Callable[..., Server], page: Page, tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """A function: from a page of this origin, one request to the LRS with the credential; what the page saw of it."""
    app = create_app(Settings(home=tmp_path / "instance"))
    with app.app_context(), transaction() as connection:
        house = add_organisation(connection, "maison", "Maison")
        add_credential(connection, house, "Partenaire", ("all",), made="p")
        key, secret = add_key(connection, house, "p", ("all",), origins=(origins[0],))
    close(app)
    server = start_server(home=tmp_path / "instance", workers=1)
    basic = base64.b64encode(f"{key}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", VERSION: "1.0.3", "Content-Type": "application/json"}

    def fetch(origin: str, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        page.goto(origin)
        asked = {"address": f"{server.url}/xapi/{path}", "method": method, "headers": headers, "body": body}
        found: dict[str, Any] = page.evaluate(FETCH, asked)
        return found

    return fetch


def test_a_page_of_an_origin_that_the_credential_names_writes_and_reads(
    ask: Callable[..., dict[str, Any]], origins: tuple[str, str]
) -> None:
    kept = ask(origins[0], "POST", "statements", json.dumps(STATEMENT))
    assert kept["status"] == 200, kept
    (name,) = json.loads(kept["text"])
    read = ask(origins[0], "GET", f"statements?statementId={name}")
    assert (read["status"], json.loads(read["text"])["id"]) == (200, name)
    assert read["through"], "the page may read the headers of xAPI"
    place = "activities/state?activityId=http://e.org/a&agent={%22mbox%22:%22mailto:s@e.org%22}&stateId=one"
    assert ask(origins[0], "PUT", place, "{}")["status"] == 204
    found = ask(origins[0], "GET", place)
    assert (found["status"], found["text"]) == (200, "{}")
    assert found["etag"]
    assert ask(origins[0], "DELETE", place)["status"] == 204


def test_a_page_of_any_other_origin_sees_nothing_and_nothing_is_kept(
    ask: Callable[..., dict[str, Any]], origins: tuple[str, str]
) -> None:
    refused = ask(origins[1], "POST", "statements", json.dumps(STATEMENT))
    assert set(refused) == {"refused"}
    assert set(ask(origins[1], "GET", "statements")) == {"refused"}
    assert json.loads(ask(origins[0], "GET", "statements")["text"])["statements"] == []
