"""Those who accompany, on the real site: a grid is marked and compared, a conversation is answered and taken again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.web.house import House

MARKS = {"r1": 3, "r2": 2, "r3": 1, "r4": 2, "r5": 1}


@pytest.fixture
def learn(house: House, page: Page) -> Iterator[str]:
    """The address of the learning pages, for a trainer who is signed in."""
    server = make_server("127.0.0.1", 0, house.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    cookie = house.as_role(house.here, "learner").get_cookie("declic")
    assert cookie is not None
    page.context.add_cookies([{"name": "declic", "value": cookie.value, "url": url}])
    yield f"{url}/learn"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_grid_is_marked_compared_and_finished(learn: str, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{learn}/begin/accompagner/ms1-evaluer")
    for name, mark in MARKS.items():
        page.locator(f"input[name={name}][value='{mark}']").check(force=True)
    assert axe(page) == []
    page.get_by_role("button", name="Comparer avec la référence").click()
    expect(page.locator(".rubric-both > li")).to_have_count(5)
    expect(page.locator(".talk-end")).to_contain_text("La référence : 10/15, la réponse ne suffit pas encore.")
    assert axe(page) == []
    page.get_by_role("button", name="Terminer").click()
    expect(page.locator("main")).to_contain_text("Votre lecture rejoint la référence sur 5 critères sur 5.")


def test_a_conversation_is_answered_and_a_moment_taken_again(
    learn: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{learn}/begin/accompagner/ms3-ce-soir")
    page.get_by_role("button", name="Seul·e").click()
    page.locator("label", has_text="On le fait maintenant, ensemble.").click()
    page.get_by_role("button", name="Répondre").click()
    expect(page.locator(".talk-now")).to_contain_text("Je n'arrive pas à me concentrer.")
    assert axe(page) == []
    page.locator(".talk-past summary").click()
    page.get_by_role("button", name="Reprendre à ce moment").click()
    expect(page.locator(".talk-now")).to_contain_text("Tenez, mes codes.")


def hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_only_who_sits_there_answers_in_a_conversation_for_two(house: House) -> None:
    host, stranger = house.as_role(house.here, "learner"), house.as_role(house.here, "student")
    begun = host.post("/learn/pairs/accompagner/ms1-refus", data={"seat": "pro"})
    assert begun.status_code == 302
    path = begun.headers["Location"]
    page = host.get(path).get_data(as_text=True)
    form = {name: hidden(page, name) for name in ("event", "at", "seat")} | {"answer": "a"}
    assert form["seat"] == "pro"
    assert stranger.post(path, data=form).status_code == 404
    assert "talk-past" not in host.get(path).get_data(as_text=True)
    assert host.post(path, data=form).status_code == 302
    assert "talk-past" in host.get(path).get_data(as_text=True)


def test_a_seat_that_nobody_has_is_not_taken_by_saying_so(house: House) -> None:
    client = house.as_role(house.here, "learner")
    path = client.post("/learn/begin/accompagner/ms1-refus", data={"mode": "alone"}).headers["Location"]
    page = client.get(path).get_data(as_text=True)
    form = {name: hidden(page, name) for name in ("event", "at")} | {"answer": "a", "seat": "person"}
    assert client.post(path, data=form).status_code == 404


def test_a_page_for_professionals_says_its_sources_and_one_for_learners_does_not(house: House) -> None:
    client = house.as_role(house.here, "learner")
    shown = [
        client.get(f"/learn/begin/{one}", follow_redirects=True)
        for one in ("accompagner/ms1-age", "premiers-pas/m01-lecon")
    ]
    pages = [one.get_data(as_text=True) for one in shown]
    assert "Sources\u00a0: Actes de la journée" in pages[0]
    assert "Relu le 27/11/2026." in pages[0]
    assert "Sources" not in pages[1]
