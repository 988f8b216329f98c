"""«On fait ensemble» on the real site: nothing before the agreement, the screen while it lasts, nothing after."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.database.models import ScreenShare
from lms.database.rows import table
from lms.learning.erasure import erase_person
from lms.worker import erase_events
from tests.web.house import EXERCISE, House, one_event
from tests.web.markup import read_text

TOGETHER = "/social/together"


@pytest.fixture
def worker(house: House) -> FlaskClient:
    """Somebody who leads no group."""
    return house.as_role(house.here, "social_worker")


@pytest.fixture
def learner(house: House) -> FlaskClient:
    return house.as_role(house.here, "learner")


def ask(house: House, worker: FlaskClient) -> str:
    """Ask for the first learner's screen; the page that waits."""
    learner = house.here.learners[0]
    told = worker.post(TOGETHER, data={"code": house.here.workshop.code, "name": learner.label.upper()})
    assert told.status_code == 302
    return told.headers["Location"]


def see(worker: FlaskClient, page: str) -> dict[str, Any]:
    found: dict[str, Any] = worker.get(f"{page}/screen.json").get_json()
    return found


def told(learner: FlaskClient) -> list[dict[str, str]]:
    found: list[dict[str, str]] = learner.get("/learn/sharing.json").get_json()["sharing"]
    return found


def answer(learner: FlaskClient, word: str) -> list[dict[str, str]]:
    id = told(learner)[0]["id"]
    found: list[dict[str, str]] = learner.post(f"/learn/sharing/{id}", json={"answer": word}).get_json()["sharing"]
    return found


def work(house: House) -> None:
    """The learner does something: his exercise is what stands on his screen."""
    token = house.here.tokens[EXERCISE]
    url = f"/learn/attempts/{house.here.attempts[EXERCISE]}/events"
    house.visit().post(url, data=one_event(token, help="hint"), content_type="application/json")


def test_before_the_agreement_nothing_of_the_screen_is_told(house: House, worker: FlaskClient) -> None:
    work(house)
    page = ask(house, worker)
    assert see(worker, page) == {
        "state": "asked", "island": None, "title": "", "sentence": "La demande est sur son écran.",
    }  # fmt: skip
    shown = worker.get(page).get_data(as_text=True)
    assert 'id="island"' not in shown
    assert "m01" not in shown


def test_with_it_the_screen_is_shown_readonly_and_without_any_way_to_act(
    house: House, worker: FlaskClient, learner: FlaskClient
) -> None:
    work(house)
    page = ask(house, worker)
    assert told(learner)[0]["say"] == "Social_Worker voudrait voir votre écran d'entraînement. D'accord ?"
    assert answer(learner, "yes")[0]["say"] == "Social_Worker voit votre écran d'entraînement."
    island = see(worker, page)["island"]
    assert island["readonly"] is True
    assert island["attempt"] == house.here.attempts[EXERCISE]
    assert set(island["urls"]) == {"live"}
    assert "token" not in island
    assert 'id="desk"' in worker.get(page).get_data(as_text=True)


def test_the_learner_stops_it_and_the_next_question_shows_nothing(
    house: House, worker: FlaskClient, learner: FlaskClient
) -> None:
    work(house)
    page = ask(house, worker)
    answer(learner, "yes")
    assert see(worker, page)["island"]
    assert answer(learner, "stop") == []
    assert see(worker, page) == {
        "state": "over", "island": None, "title": "", "sentence": "C'est fini : vous ne voyez plus son écran.",
    }  # fmt: skip


def test_i_have_finished_ends_it(house: House, worker: FlaskClient, learner: FlaskClient) -> None:
    work(house)
    page = ask(house, worker)
    answer(learner, "yes")
    learner.post("/learn/finish")
    assert see(worker, page)["state"] == "over"


def test_while_it_lasts_every_page_of_the_learner_watches_it(
    house: House, worker: FlaskClient, learner: FlaskClient
) -> None:
    def watches(path: str) -> bool:
        return "core/sharing.js" in learner.get(path).get_data(as_text=True)

    assert watches("/learn/")  # whoever asks finds him at home
    assert not watches("/learn/exercises")
    ask(house, worker)
    answer(learner, "yes")
    assert watches("/learn/exercises")
    answer(learner, "stop")
    assert not watches("/learn/exercises")


def test_the_desk_hears_of_it_with_its_nudges(house: House, worker: FlaskClient, learner: FlaskClient) -> None:
    ask(house, worker)
    assert [one["state"] for one in learner.get("/learn/nudges").get_json()["sharing"]] == ["asked"]


def test_nobody_but_who_asked_sees_it(house: House, worker: FlaskClient, learner: FlaskClient) -> None:
    work(house)
    page = ask(house, worker)
    answer(learner, "yes")
    for home, role in ((house.here, "administrator"), (house.there, "social_worker"), (house.others, "trainer")):
        for path in ("", "/screen.json"):
            assert house.as_role(home, role).get(f"{page}{path}").status_code == 404
        assert house.as_role(home, role).post(f"{page}/stop").status_code == 404
    assert see(worker, page)["island"]


def test_another_learner_can_neither_agree_nor_stop(house: House, worker: FlaskClient) -> None:
    page = ask(house, worker)
    other = house.visit(house.here.id, house.here.learners[1].person)
    assert told(other) == []
    other.post(f"/learn/sharing/{page.rpartition('/')[2]}", json={"answer": "yes"})
    assert see(worker, page)["state"] == "asked"


def test_wrong_names_are_told_counted_and_of_another_house_alike(house: House, worker: FlaskClient) -> None:
    for code, name in ((house.here.workshop.code, "Personne"), (house.there.workshop.code, "Monique ailleurs")):
        refused = worker.post(TOGETHER, data={"code": code, "name": name})
        assert refused.status_code == 400
        assert "Nous ne trouvons pas ce prénom" in read_text(refused.get_data(as_text=True))
        assert f'value="{name}"' in refused.get_data(as_text=True)
    for _ in range(3):
        worker.post(TOGETHER, data={"code": "000000", "name": "x"})
    assert worker.post(TOGETHER, data={"code": "000000", "name": "x"}).status_code == 429


@pytest.mark.parametrize("word", ["", "maybe"])
def test_another_word_is_no_answer(house: House, worker: FlaskClient, learner: FlaskClient, word: str) -> None:
    page = ask(house, worker)
    id = page.rpartition("/")[2]
    assert learner.post(f"/learn/sharing/{id}", json={"answer": word}).status_code == 400
    assert see(worker, page)["state"] == "asked"


def count(house: House) -> int:
    with house.app.app_context(), db.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table(ScreenShare))).scalar_one()


def test_it_is_forgotten_after_a_day_and_with_either_person(house: House, worker: FlaskClient) -> None:
    ask(house, worker)
    with house.app.app_context(), transaction() as connection:
        connection.execute(update(table(ScreenShare)).values(asked=now() - 25 * 3600 * 1_000_000))
        erase_events(connection, 180)
    assert count(house) == 0
    for person in (house.here.people["social_worker"], house.here.learners[0].person):
        house.restore()
        ask(house, house.as_role(house.here, "social_worker"))
        with house.app.app_context(), transaction() as connection:
            erase_person(connection, house.here.id, person, "https://declic.invalid/o/")
        assert count(house) == 0


def test_an_unknown_share_is_not_found(worker: FlaskClient) -> None:
    assert worker.get(f"{TOGETHER}/{new_id()}").status_code == 404
