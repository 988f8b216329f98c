"""A form posted twice: an impatient finger, a reload, a slow network. Once is once."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from threading import Barrier, Thread

from flask.testing import FlaskClient

from lms.database.ids import new_id
from tests.web.house import EXERCISE, LESSON, QUIZ, Home, House


def count(house: House, table: str, where: str = "1") -> int:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def read_form(client: FlaskClient, path: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to `action`, as the browser would send them."""
    html = client.get(path).get_data(as_text=True)
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.S)
    assert found is not None, action
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))


def read_attempt(home: Home, name: str) -> str:
    return f"/learn/attempts/{home.attempts[name]}"


def test_a_step_of_a_lesson_is_read_once(house: House) -> None:
    client, path = house.as_role(house.here, "learner"), read_attempt(house.here, LESSON)
    form = read_form(client, path, path) | {"do": "next"}
    before = count(house, "event")
    for _ in range(2):
        assert client.post(path, data=form).status_code == 302
    assert count(house, "event") == before + 1
    assert "Étape 2 sur" in client.get(path).get_data(as_text=True)


def test_an_answer_of_a_quiz_counts_once(house: House) -> None:
    client, path = house.as_role(house.here, "learner"), read_attempt(house.here, QUIZ)
    form = read_form(client, path, path) | {"do": "answer", "answer": "a"}
    events, statements = count(house, "event"), count(house, "statement")
    for _ in range(3):
        client.post(path, data=form)
    assert count(house, "event") == events + 1
    assert count(house, "statement") == statements + 1


def test_posted_by_two_browsers_at_the_same_instant_it_counts_once(house: House) -> None:
    path = read_attempt(house.here, LESSON)
    form = read_form(house.as_role(house.here, "learner"), path, path) | {"do": "next"}
    before, barrier, answers = count(house, "event"), Barrier(4), []

    def send(client: FlaskClient) -> None:
        barrier.wait()
        answers.append(client.post(path, data=form).status_code)

    threads = [Thread(target=send, args=(house.as_role(house.here, "learner"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    assert count(house, "event") == before + 1


def test_recommencer_twice_begins_one_attempt(house: House) -> None:
    client, path = house.as_role(house.here, "learner"), read_attempt(house.here, EXERCISE)
    body = {"token": house.here.tokens[EXERCISE], "events": [{"id": new_id(), "response": {"help": "lost"}}]}
    client.post(f"{path}/events", json=body)
    before = count(house, "attempt")
    first, second = (client.post(f"{path}/again").headers["Location"] for _ in range(2))
    assert first == second != path
    assert count(house, "attempt") == before + 1


def test_a_mode_chosen_twice_begins_one_attempt(house: House) -> None:
    client, before = house.as_role(house.here, "learner"), count(house, "attempt")
    path = "/learn/begin/premiers-pas/m04-exercice"
    places = {client.post(path, data={"mode": "assisted"}).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert count(house, "attempt") == before + 1


def test_a_new_workshop_is_made_once(house: House) -> None:
    client, before = house.as_role(house.here, "trainer"), count(house, "workshop")
    form = read_form(client, "/teach/", "/teach/workshops") | {"name": "Jeudi", "date": "2026-12-03"}
    places = {client.post("/teach/workshops", data=form).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert count(house, "workshop") == before + 1
    assert count(house, "learner_group") == before + 1
    assert count(house, "workshop_date") == before + 1


def test_two_workshops_of_one_name_can_be_made_on_purpose(house: House) -> None:
    client, before = house.as_role(house.here, "trainer"), count(house, "workshop")
    for _ in range(2):
        client.post("/teach/workshops", data=read_form(client, "/teach/", "/teach/workshops") | {"name": "Jeudi"})
    assert count(house, "workshop") == before + 2


def test_a_list_of_names_makes_everybody_once_and_homonyms_twice(house: House) -> None:
    client, page = house.as_role(house.here, "trainer"), f"/teach/workshops/{house.here.workshop.id}"
    form = read_form(client, page, f"{page}/learners") | {"names": "Awa\nAwa\nJean"}
    before = count(house, "person")
    for _ in range(2):
        assert client.post(f"{page}/learners", data=form).status_code == 302
    assert count(house, "person") == before + 3
    client.post(f"{page}/learners", data=form | {"names": "Lucie"})
    assert count(house, "person") == before + 4, "gone back to, the same form takes other names"


def test_a_date_is_added_once(house: House) -> None:
    client, page = house.as_role(house.here, "trainer"), f"/teach/workshops/{house.here.workshop.id}"
    before = count(house, "workshop_date")
    for _ in range(2):
        assert client.post(f"{page}/dates", data={"date": "2027-01-05"}).status_code == 302
    assert count(house, "workshop_date") == before + 1


def test_a_colleague_and_a_partner_are_added_once_and_their_last_secret_opens(house: House) -> None:
    client = house.as_role(house.here, "administrator")
    person = {"name": "Nadia", "login": "nadia", "role": "author"}
    made = read_form(client, "/admin/", "/admin/people") | person
    partner = read_form(client, "/admin/", "/admin/credentials") | {"credential": "Mairie"}
    people, partners = count(house, "person"), count(house, "partner")
    for form, action in ((made, "people"), (partner, "credentials")):
        for _ in range(2):
            assert client.post(f"/admin/{action}", data=form).status_code == 302
    assert count(house, "person") == people + 1
    assert count(house, "partner") == partners + 1
    fresh = dict(zip(("key", "secret"), re.findall(r'class="statement">([^<]+)</dd>', read_admin(client)), strict=True))
    headers = {"X-Experience-API-Version": "1.0.3"}
    answer = house.visit().get("/xapi/statements", auth=(fresh["key"], fresh["secret"]), headers=headers)
    assert answer.status_code == 200


def read_admin(client: FlaskClient) -> str:
    return client.get("/admin/").get_data(as_text=True)


def test_a_secret_is_shown_once(house: House) -> None:
    client = house.as_role(house.here, "administrator")
    client.post("/admin/credentials", data={"credential": "Mairie"})
    assert "Ce secret ne sera plus montré." in read_admin(client)
    assert "Ce secret ne sera plus montré." not in read_admin(client)


def test_a_call_is_one_call_however_often_it_is_asked_for(house: House) -> None:
    client, trainer = house.as_role(house.here, "learner"), house.as_role(house.here, "trainer")
    for _ in range(3):
        client.post("/learn/call")
    assert count(house, "live", "called IS NOT NULL") == 1
    assert "est prévenu" in client.get("/learn/help").get_data(as_text=True)
    person = house.here.learners[0].person
    trainer.post(f"/teach/learners/{person}/answered")
    assert count(house, "live", "called IS NOT NULL") == 0
