"""The pages of referral in a browser: no fault of accessibility, nothing wider than a phone, in both themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.plugins.referrals import Desk, open_desk
from tests.plugins.test_referral_handover import FORM, PLACE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "instance") as made:
        made.fill()
        yield made


@pytest.fixture
def url(desk: Desk, page: Page) -> Iterator[str]:
    """The address of a running server, where the social worker is signed in."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    cookie = desk.visit().get_cookie("declic")
    assert cookie is not None
    page.context.add_cookies([{"name": "declic", "value": cookie.value, "url": address}])
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_page_is_accessible_and_fits_a_phone(
    desk: Desk, url: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    made = desk.visit().post(f"/referral/new/{PLACE}", data=FORM).location
    paths = ["/referral/", "/referral/?ou=Valcombe&besoin=E02", f"/referral/place/{PLACE}", f"/referral/edit/{PLACE}"]
    paths += [
        "/referral/guide?ou=00100",
        "/referral/beyond",
        "/referral/add",
        f"/referral/new/{PLACE}?besoin=E02",
        "/referral/sheets",
        made,
    ]
    paths.append(f"/referral/answer/{made.partition('lien=')[2]}")
    page.set_viewport_size({"width": 360, "height": 740})
    for path in paths:
        page.goto(url + path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_more_contrast_stays_accessible(desk: Desk, url: str, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{url}/referral/?ou=Valcombe")
    page.get_by_role("button", name="Plus de contraste").click()
    for path in ("/referral/?ou=Valcombe", f"/referral/new/{PLACE}"):
        page.goto(url + path)
        assert axe(page) == [], path


def test_the_list_says_the_same_beside_a_map(tmp_path: Path, page: Page, outgoing: list[str]) -> None:
    """Tiles come from this machine here; without any answer from them the pins stand and the list stays."""
    with open_desk(tmp_path / "mapped", map_tiles="http://127.0.0.1:9/{z}/{x}/{y}.png", map_credit="Essai") as desk:
        desk.fill()
        server = make_server("127.0.0.1", 0, desk.app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        cookie = desk.visit().get_cookie("declic")
        assert cookie is not None
        page.context.add_cookies([{"name": "declic", "value": cookie.value, "url": address}])
        refused: list[str] = []
        page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
        page.goto(f"{address}/referral/?ou=Valcombe")
        page.locator(".referral-pin").first.wait_for()
        assert page.locator(".referral-pin").count() == page.locator(".referral-hits > li").count()
        assert refused == []
        server.shutdown()
        server.server_close()
