"""One computer, one person after the other: nothing of the first is there for the second."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from lms.database import clock
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.web import access
from lms.worker import erase_guests
from tests.fixtures.server import Server, run_lms
from tests.web.house import COURSE, EXERCISE, House
from tests.web.markup import read_text
from tests.web.test_sign_in import open_workshop, show_card

HOUR = 3600 * 1_000_000


def sign_in(house: House, at: int = 0) -> FlaskClient:
    client = open_workshop(house)
    show_card(client, house.here.learners[at])
    return client


def read_session(client: FlaskClient) -> dict[str, object]:
    with client.session_transaction() as session:
        return dict(session)


def test_j_ai_fini_empties_the_session_and_the_browser_s_memory(house: House) -> None:
    client = sign_in(house)
    assert "Clear-Site-Data" not in sign_in(house).post("/learn/finish").headers  # ignored there, with a warning
    answer = client.post("/learn/finish", base_url="https://localhost")
    assert answer.headers["Location"] == "/learn/goodbye?guest=0"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert read_session(client) == {}
    assert client.get("/learn/").headers["Location"] == "/"
    assert house.here.learners[0].label not in client.get("/learn/goodbye").get_data(as_text=True)


def test_a_new_sign_in_keeps_nothing_of_the_session_before(house: House) -> None:
    client = sign_in(house)
    with client.session_transaction() as session:
        session["left"] = "over"
    client.get(f"/c/{house.here.workshop.code}")
    assert set(read_session(client)) <= {"code"}
    show_card(client, house.here.learners[1])
    assert "left" not in read_session(client)
    assert "code" not in read_session(client), "the list of names is shut again"
    assert client.get("/learn/name").headers["Location"] == "/"


def test_a_session_planted_before_the_sign_in_is_not_carried_on(house: House) -> None:
    client = house.visit()
    with client.session_transaction() as session:
        session["csrf_token"] = "planted"
        session["guest"] = new_id()
    client.post("/learn/code", data={"code": house.here.workshop.code})
    show_card(client, house.here.learners[0])
    assert read_session(client).get("csrf_token") != "planted"
    assert "guest" not in read_session(client)


def test_no_page_of_a_person_may_be_kept_by_the_browser(house: House) -> None:
    client = sign_in(house)
    for path in ("/learn/", "/learn/help", f"/learn/attempts/{house.here.attempts[EXERCISE]}"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_poll_under_way_does_not_bring_the_cookie_back(house: House) -> None:
    client = sign_in(house)
    assert "Set-Cookie" not in client.get("/learn/nudges?after=0").headers


def test_a_sign_in_lasts_a_day_from_the_last_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert house.app.permanent_session_lifetime.total_seconds() == 24 * 3600
    client = sign_in(house)
    client.get("/learn/")
    assert "Set-Cookie" not in client.get("/learn/").headers, "the same hour needs no new cookie"
    real = access.now
    monkeypatch.setattr(access, "now", lambda: real() + HOUR)
    cookie = client.get("/learn/").headers["Set-Cookie"]
    assert "Expires=" in cookie


def test_a_sign_in_never_lasts_less_than_twenty_hours(make_house: Callable[..., House]) -> None:
    house = make_house(sign_in_hours=1)
    assert house.app.permanent_session_lifetime.total_seconds() == 20 * 3600


def play_as_guest(house: House) -> str:
    """A visitor begins an exercise; the attempt's path."""
    client = house.visit()
    client.post("/learn/try")
    return client.post(f"/learn/begin/{EXERCISE}", data={"mode": "guided"}).headers["Location"]


def count(house: House, table: str) -> int:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_visitor_tries_and_leaves_no_statement(house: House) -> None:
    before = count(house, "statement"), count(house, "live")
    path = play_as_guest(house)
    assert path.startswith("/learn/attempts/")
    assert (count(house, "statement"), count(house, "live")) == before


def test_the_next_visitor_finds_nothing_of_the_one_before(house: House) -> None:
    client = house.visit()
    client.post("/learn/try")
    path = client.post(f"/learn/begin/{EXERCISE}", data={"mode": "guided"}).headers["Location"]
    assert client.get(path).status_code == 200
    assert client.post("/learn/finish").headers["Location"] == "/learn/goodbye?guest=1"
    assert "Rien de votre essai n'est gardé." in read_text(client.get("/learn/goodbye?guest=1").get_data(as_text=True))
    client.post("/learn/try")
    assert client.get(path).status_code == 404
    assert client.get(f"/learn/begin/{EXERCISE}").status_code == 200, "nothing is resumed"


def test_a_visitor_has_j_ai_fini_on_every_page(house: House) -> None:
    client = house.visit(guest=new_id())
    path = client.post(f"/learn/begin/{EXERCISE}", data={"mode": "guided"}).headers["Location"]
    for page in ("/learn/try", f"/learn/begin/{COURSE}/m02-exercice", path):
        html = client.get(page).get_data(as_text=True)
        assert 'action="/learn/finish"' in html
        assert "data-idle" in html


def test_attempts_of_visitors_are_erased_after_a_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    play_as_guest(house)
    attempts = count(house, "attempt")
    with house.app.app_context(), transaction() as connection:
        assert erase_guests(connection, 24) == 0
    real = clock.now
    monkeypatch.setattr("lms.worker.now", lambda: real() + 25 * HOUR)
    with house.app.app_context(), transaction() as connection:
        assert erase_guests(connection, 24) == 1
    assert count(house, "attempt") == attempts - 1, "learners' own attempts stay"


@pytest.fixture
def demonstration(start_server: Callable[..., Server], tmp_path: Path) -> Server:
    """A server on the demonstration."""
    home = tmp_path / "instance"
    assert run_lms(home, "demo").returncode == 0
    return start_server(home=home)


def test_going_back_in_the_browser_shows_nothing_of_the_person_before(demonstration: Server, page: Page) -> None:
    from lms.people.demonstration import read_demonstration

    told = read_demonstration(demonstration.home)
    assert told is not None
    page.goto(f"{demonstration.url}/c/{told.code}")
    page.get_by_role("button", name=told.learner, exact=True).click()
    for name in told.pictures:
        page.locator(f"[data-picture={name}]").click()
    page.wait_for_url("**/learn/")
    page.get_by_text(f"Bonjour {told.learner}.").wait_for()
    page.get_by_role("button", name="J'ai fini").click()
    page.wait_for_url("**/learn/goodbye**")
    seen = [page.url]
    while page.go_back() and page.url != "about:blank":
        assert f"Bonjour {told.learner}" not in page.locator("body").inner_text()
        seen.append(page.url)
    assert len(seen) > 3
