"""The browser that journeys are made in: a real one, with our sizes, and nobody else to talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Error, Page

from tests.fixtures.browser import LAN_NAME


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    """A folder served over HTTP: enough of a site to look at the browser itself."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=fr><title>Déclic</title><main><h1>Déclic</h1></main>"
    )
    (tmp_path / "poor.html").write_text(
        "<!doctype html><html lang=fr><title>x</title><main><h1>x</h1><img src='data:,'></main>"
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_laptop_page_is_1366_by_768(page: Page, site: ThreadingHTTPServer) -> None:
    page.goto(f"http://127.0.0.1:{site.server_port}/index.html")
    assert page.evaluate("() => [innerWidth, innerHeight, navigator.language]") == [1366, 768, "fr-FR"]


def test_a_phone_is_360_wide_and_touched(phone: Page, site: ThreadingHTTPServer) -> None:
    phone.goto(f"http://127.0.0.1:{site.server_port}/index.html")
    assert phone.evaluate("() => [screen.width, navigator.maxTouchPoints > 0]") == [360, True]


def test_the_lan_name_reaches_us_and_is_no_secure_context(page: Page, site: ThreadingHTTPServer) -> None:
    page.goto(f"http://{LAN_NAME}:{site.server_port}/index.html")
    assert page.evaluate("() => isSecureContext") is False


def test_two_people_share_no_cookie(open_page: Callable[..., Page], site: ThreadingHTTPServer) -> None:
    one, other = open_page(), open_page()
    for page in (one, other):
        page.goto(f"http://127.0.0.1:{site.server_port}/index.html")
    one.evaluate("() => { document.cookie = 'who=one' }")
    assert other.evaluate("() => document.cookie") == ""


def test_another_site_does_not_exist_and_asking_is_noted(page: Page, foreign_requests: list[str]) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
    assert foreign_requests == ["http://example.org/"]
    foreign_requests.clear()


def test_axe_finds_a_picture_without_text_and_nothing_on_a_sound_page(
    page: Page, site: ThreadingHTTPServer, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"http://127.0.0.1:{site.server_port}/index.html")
    assert axe(page) == []
    page.goto(f"http://127.0.0.1:{site.server_port}/poor.html")
    assert [one.split(":")[0] for one in axe(page)] == ["image-alt"]
