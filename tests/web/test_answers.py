"""How the site answers: methods, caches, polls, help, other languages, empty and crowded pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from playwright.sync_api import Page
from sqlalchemy import update
from werkzeug.serving import make_server

from lms.database.door import transaction
from lms.database.models import Person
from lms.people.workshops import add_learners
from tests.web.house import EXERCISE, QUIZ, House, build_house, one_event
from tests.web.markup import inspect, read_text
from tests.web.pages import iter_pages

ROOT = Path(__file__).parents[2]


def test_head_and_options_are_answered(house: House) -> None:
    client = house.as_role(house.here, "learner")
    head = client.head("/learn/")
    assert (head.status_code, head.get_data()) == (200, b"")
    assert "GET" in client.options("/learn/").headers["Allow"]


def test_another_method_is_refused_and_the_right_ones_are_named(house: House) -> None:
    answer = house.visit().delete("/learn/code")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert "Cette page n'existe pas" in read_text(answer.get_data(as_text=True))


def test_static_files_are_kept_for_ever_under_their_hash_and_not_under_another(house: House) -> None:
    client = house.visit()
    page = client.get("/").get_data(as_text=True)
    path = re.search(r'src="(/static/[0-9a-f]{12}/core/page.js)"', page)
    assert path is not None
    fresh = client.get(path[1])
    assert "immutable" in fresh.headers["Cache-Control"]
    assert fresh.mimetype == "text/javascript"
    old = client.get("/static/000000000000/core/page.js")
    assert old.headers["Cache-Control"] == "no-store"
    assert old.get_data() == fresh.get_data()


def test_the_board_answers_304_until_something_happens(house: House) -> None:
    trainer, url = house.as_role(house.here, "trainer"), f"/teach/workshops/{house.here.workshop.id}/live.json"
    first = trainer.get(url)
    again = trainer.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    house.as_role(house.here, "learner").post("/learn/call")
    after = trainer.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert after.get_json()["rows"][0]["urgency"] == "calls"


def test_the_mirror_answers_304_until_something_happens(house: House) -> None:
    trainer, person = house.as_role(house.here, "trainer"), house.here.learners[0].person
    play = f"/learn/attempts/{house.here.attempts[EXERCISE]}/events"
    learner = house.as_role(house.here, "learner")
    event = one_event(house.here.tokens[EXERCISE])
    learner.post(play, data=event, content_type="application/json")
    url = f"/teach/learners/{person}/screen.json"
    first = trainer.get(url)
    assert first.get_json()["island"]["readonly"] is True
    assert "token" not in first.get_json()["island"]
    assert trainer.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    learner.post(play, data=one_event(house.here.tokens[EXERCISE], help="hint"), content_type="application/json")
    assert trainer.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_mirror_of_a_quiz_is_its_page_out_of_reach_and_tells_when_it_goes_on(house: House) -> None:
    path, learner = f"/learn/attempts/{house.here.attempts[QUIZ]}", house.as_role(house.here, "learner")
    form = dict(re.findall(r'name="(event)" value="([^"]+)"', learner.get(path).get_data(as_text=True)))
    learner.post(path, data=form | {"do": "answer"})
    trainer, mirror = house.as_role(house.here, "trainer"), f"/teach/learners/{house.here.learners[0].person}"
    shown = trainer.get(mirror).get_data(as_text=True)
    page = re.search(r'id="mirror-page" inert data-page="([^"]+)"', shown)
    assert page is not None
    asked = re.search(r"<legend>(.+?)</legend>", learner.get(path).get_data(as_text=True))
    assert asked is not None
    assert asked[0] in shown
    assert form["event"] not in shown
    assert trainer.get(f"{mirror}/screen.json").get_json()["page"] == page[1]
    form = dict(re.findall(r'name="(event)" value="([^"]+)"', learner.get(path).get_data(as_text=True)))
    learner.post(path, data=form | {"do": "answer", "answer": "0"})
    assert trainer.get(f"{mirror}/screen.json").get_json()["page"] not in ("", page[1])


def test_who_leaves_calls_nobody_any_more(house: House) -> None:
    learner, trainer = house.as_role(house.here, "learner"), house.as_role(house.here, "trainer")
    board = f"/teach/workshops/{house.here.workshop.id}/live.json"
    assert learner.post("/learn/call").status_code == 302
    assert "calls" in {one["urgency"] for one in trainer.get(board).get_json()["rows"]}
    assert learner.post("/learn/finish").status_code == 302
    assert "calls" not in {one["urgency"] for one in trainer.get(board).get_json()["rows"]}


def test_no_french_sign_stands_alone_on_its_line(house: House) -> None:
    learner, trainer = house.as_role(house.here, "learner"), house.as_role(house.here, "trainer")
    welcome = house.app.test_client().get("/").get_data(as_text=True)
    assert "Qui êtes-vous\u00a0?" in welcome
    quiz = learner.get(f"/learn/attempts/{house.here.attempts[QUIZ]}").get_data(as_text=True)
    assert "<h1>Où est passée la flèche\u00a0?</h1>" in quiz
    shown = trainer.get(f"/teach/learners/{house.here.learners[0].person}").get_data(as_text=True)
    assert "Différent du vrai site\u00a0?" in shown


def test_a_word_from_the_trainer_reaches_the_learner_once_and_ends_the_call(house: House) -> None:
    learner, trainer = house.as_role(house.here, "learner"), house.as_role(house.here, "trainer")
    learner.post("/learn/call")
    person = house.here.learners[0].person
    trainer.post(f"/teach/learners/{person}/nudge", data={"kind": "say", "text": "Regardez en haut."})
    found = learner.get("/learn/nudges?after=0").get_json()["nudges"]
    assert [(one["kind"], one["text"]) for one in found] == [("say", "Regardez en haut.")]
    assert learner.get(f"/learn/nudges?after={found[0]['id']}").get_json()["nudges"] == []
    assert house.visit(house.here.id, house.here.learners[1].person).get("/learn/nudges").get_json()["nudges"] == []
    assert "est prévenu" not in learner.get("/learn/help").get_data(as_text=True)


@pytest.mark.parametrize("data", [{}, {"kind": "say", "text": "  "}, {"kind": "point"}, {"kind": "shout", "text": "x"}])
def test_a_word_that_says_nothing_is_not_sent(house: House, data: dict[str, str]) -> None:
    trainer, person = house.as_role(house.here, "trainer"), house.here.learners[0].person
    answer = trainer.post(f"/teach/learners/{person}/nudge", data=data)
    assert answer.status_code == 400
    assert "Écrivez un mot avant d'envoyer." in read_text(answer.get_data(as_text=True))
    assert house.as_role(house.here, "learner").get("/learn/nudges").get_json()["nudges"] == []


def test_help_leads_back_to_where_one_was(house: House) -> None:
    client, path = house.as_role(house.here, "learner"), f"/learn/attempts/{house.here.attempts[QUIZ]}"
    html = client.get(path).get_data(as_text=True)
    asked = re.search(r'id="help" href="([^"]+)"', html)
    assert asked is not None
    assert f'href="{path}"' in client.get(asked[1]).get_data(as_text=True)
    called = client.post("/learn/call", data={"back": path})
    assert f'href="{path}"' in client.get(called.headers["Location"]).get_data(as_text=True)


def test_an_error_page_gives_back_all_that_was_typed_but_no_secret(house: House) -> None:
    with house.checked():
        data = {"name": "Atelier <du> jeudi", "place": "Salle bleue", "csrf_token": "stale", "password": "geheim"}
        answer = house.as_role(house.here, "trainer").post("/teach/workshops", data=data)
    text = read_text(answer.get_data(as_text=True))
    assert "Atelier <du> jeudi" in text
    assert "Salle bleue" in text
    assert "geheim" not in text
    assert "stale" not in text


def test_the_button_of_an_error_page_says_where_it_leads(house: House) -> None:
    learner = house.as_role(house.here, "learner")
    before = {"Referer": "http://localhost/learn/exercises"}
    for path in ("/learn/nowhere", "/teach/"):
        page = learner.get(path, headers=before).get_data(as_text=True)
        link = re.search(r'<a class="[^"]*button-next[^"]*" href="([^"]*)"', page)
        assert link is not None, path
        assert (link[1], "Revenir à l'accueil" in read_text(page)) == ("/learn/", True)
    with house.checked():
        old = learner.post("/learn/call", data={"csrf_token": "stale"}, headers=before).get_data(as_text=True)
    assert "Revenir à la page d'avant" in read_text(old)
    assert 'href="/learn/exercises"' in old


def test_when_even_the_error_page_cannot_be_drawn_the_sentences_are_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.web.errors.render", lambda *_, **__: 1 / 0)
    answer = house.visit().get("/nowhere")
    assert answer.status_code == 404
    assert "Cette page n'existe pas, ou n'existe plus." in read_text(answer.get_data(as_text=True))


def test_what_nobody_foresaw_is_told_calmly_and_logged_whole(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("lms.web.learn.home.read_path", lambda *_: 1 / 0)
    answer = house.as_role(house.here, "learner").get("/learn/")
    assert answer.status_code == 500
    text = read_text(answer.get_data(as_text=True))
    assert "Quelque chose n'a pas marché de notre côté. Ce que vous avez déjà fait est gardé." in text
    assert "ZeroDivisionError" not in text
    assert "ZeroDivisionError" in caplog.text


def test_pages_without_anybody_say_what_to_do(house: House) -> None:
    client = house.as_role(house.here, "trainer")
    path = client.post("/teach/workshops", data={"name": "Nouveau"}).headers["Location"]
    assert "Collez une liste de prénoms ci-dessous." in read_text(client.get(path).get_data(as_text=True))
    board = read_text(client.get(f"{path}/board").get_data(as_text=True))
    assert "Donnez le code de l'atelier." in board
    assert client.get(f"{path}/live.json").get_json()["rows"] == []
    assert client.get(f"{path}/cards.pdf").get_data().startswith(b"%PDF")


def test_pages_with_two_hundred_people_are_whole(house: House) -> None:
    names = [f"Prénom {'abcdefghij'[at // 20]}{'klmnopqrstuvwxyzabcd'[at % 20]}" for at in range(200)]
    with house.app.app_context(), transaction() as connection:
        add_learners(connection, house.here.workshop, names)
    client, path = house.as_role(house.here, "trainer"), f"/teach/workshops/{house.here.workshop.id}"
    for page in (path, f"{path}/board"):
        html = client.get(page).get_data(as_text=True)
        assert inspect(html).faults == []
        assert all(name in html for name in names)
    assert len(client.get(f"{path}/live.json").get_json()["rows"]) == 202
    assert "202 personnes" in read_text(client.get("/teach/").get_data(as_text=True))


def write_pseudo(home: Path, locale: str) -> None:
    """A catalogue in which every text of the templates stands between two signs, so that one left out is seen."""
    files = [*(ROOT / "themes").rglob("*.html"), *(ROOT / "plugins").rglob("*.html")]
    found = {one for file in files for one in re.findall(r"""_\(\s*"((?:[^"\\]|\\.)*)\"""", file.read_text("utf-8"))}
    catalogue = Catalog(locale=locale)
    for text in found:
        catalogue.add(text, f"⟦{text}⟧")
    folder = home / "translations" / locale / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as out:
        write_mo(out, catalogue)


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house whose pages are all translated: catalogues are read once, so they lie there before the first page."""
    home = tmp_path_factory.mktemp("arabic")
    write_pseudo(home, "ar")
    return build_house(home)


@pytest.fixture
def arabic(translated: House) -> House:
    """The house of people who read from right to left."""
    translated.restore()
    with translated.app.app_context(), transaction() as connection:
        connection.execute(update(Person).values(locale="ar"))
    return translated


def test_every_page_of_a_person_can_be_read_from_right_to_left(arabic: House) -> None:
    seen = 0
    for client, path, status in iter_pages(arabic):
        answer = client.get(path)
        assert answer.status_code == status, path
        html = answer.get_data(as_text=True)
        if "data-person" in html:
            assert '<html lang="ar" dir="rtl">' in html, path
            assert "⟦Aide⟧" in html, path
            seen += 1
    assert seen > 15


@pytest.mark.parametrize("theme", ["", "high-contrast"])
def test_axe_finds_nothing_from_right_to_left(
    arabic: House, page: Page, axe: Callable[[Page], list[str]], theme: str
) -> None:
    with arabic.app.app_context(), transaction() as connection:
        connection.execute(update(Person).values(theme=theme))
    server = make_server("127.0.0.1", 0, arabic.app, threaded=True)
    from threading import Thread

    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        client = arabic.as_role(arabic.here, "learner")
        cookie = client.get_cookie("declic")
        assert cookie is not None
        page.context.add_cookies([{"name": "declic", "value": cookie.value, "url": url}])
        for path in ("/learn/", "/learn/help", f"/learn/attempts/{arabic.here.attempts[QUIZ]}"):
            page.goto(url + path)
            assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
            assert axe(page) == []
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} scrolls sideways"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
