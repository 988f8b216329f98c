"""Coming in with a card or a password: tries that are counted, the pause, who may end it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.people import throttle
from lms.people.workshops import PICTURES, LearnerFacts
from tests.web.house import PASSWORD, House
from tests.web.markup import read_text

MINUTE = 60 * 1_000_000


def open_workshop(house: House) -> FlaskClient:
    client = house.visit()
    assert client.post("/learn/code", data={"code": house.here.workshop.code}).status_code == 302
    return client


def is_in(answer: TestResponse) -> bool:
    return answer.status_code == 200 and answer.request.path == "/learn/"


def show_card(client: FlaskClient, learner: LearnerFacts, pictures: tuple[str, ...] = ()) -> TestResponse:
    data = {"learner": learner.person, "picture": list(pictures or learner.pictures)}
    return client.post("/learn/pictures", data=data, follow_redirects=True)


def find_wrong(learner: LearnerFacts) -> tuple[str, ...]:
    return tuple(one for one in PICTURES if one not in learner.pictures)[:3]


def miss(house: House, times: int, learner: LearnerFacts) -> list[str]:
    client = open_workshop(house)
    answers = [show_card(client, learner, find_wrong(learner)) for _ in range(times)]
    return [read_text(one.get_data(as_text=True)) for one in answers]


def test_code_name_and_three_pictures_lead_home(house: House) -> None:
    client = open_workshop(house)
    assert house.here.learners[1].label in read_text(client.get("/learn/name").get_data(as_text=True))
    shown = client.post("/learn/name", data={"learner": house.here.learners[1].person}, follow_redirects=True)
    assert "Touchez vos trois images" in shown.get_data(as_text=True)
    assert is_in(show_card(client, house.here.learners[1]))
    assert f"Bonjour {house.here.learners[1].label}." in read_text(client.get("/learn/").get_data(as_text=True))


def test_the_card_s_address_opens_the_same_list(house: House) -> None:
    client = house.visit()
    assert client.get(f"/c/{house.here.workshop.code}").headers["Location"] == "/learn/name"
    assert house.here.learners[0].label in client.get("/learn/name").get_data(as_text=True)


def test_spaces_in_the_code_do_not_count(house: House) -> None:
    code = house.here.workshop.code
    assert house.visit().post("/learn/code", data={"code": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_a_wrong_code_says_so_and_keeps_the_figures(house: House) -> None:
    page = house.visit().post("/learn/code", data={"code": "000000"}, follow_redirects=True).get_data(as_text=True)
    assert "Aucun atelier n'a ce code. Regardez les six chiffres de votre carte." in read_text(page)
    assert 'value="000000"' in page


def test_pictures_in_another_order_are_almost_right(house: House) -> None:
    learner = house.here.learners[0]
    answer = show_card(open_workshop(house), learner, tuple(reversed(learner.pictures)))
    assert "Presque. Regardez les trois images de votre carte." in read_text(answer.get_data(as_text=True))


def test_four_wrong_tries_are_free(house: House) -> None:
    learner = house.here.learners[0]
    miss(house, 4, learner)
    assert is_in(show_card(open_workshop(house), learner))


def test_after_five_wrong_tries_even_the_right_pictures_wait(house: House) -> None:
    learner = house.here.learners[0]
    told = miss(house, 5, learner)
    assert all("Regardez les trois images" in one for one in told[:4])
    assert "Nous faisons une petite pause." in told[4]
    assert "L'animateur peut aussi vous ouvrir tout de suite." in told[4]
    again = show_card(open_workshop(house), learner)
    assert "Nous faisons une petite pause." in read_text(again.get_data(as_text=True))
    assert is_in(show_card(open_workshop(house), house.here.learners[1])), "others are not kept waiting"


def test_the_pause_lasts_five_minutes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    learner, real = house.here.learners[0], throttle.now
    miss(house, 5, learner)
    monkeypatch.setattr(throttle, "now", lambda: real() + 5 * MINUTE - MINUTE // 10)
    assert not is_in(show_card(open_workshop(house), learner))
    monkeypatch.setattr(throttle, "now", lambda: real() + 5 * MINUTE + MINUTE // 10)
    assert is_in(show_card(open_workshop(house), learner))


def test_one_tap_of_the_trainer_ends_the_pause(house: House) -> None:
    learner, trainer = house.here.learners[0], house.as_role(house.here, "trainer")
    miss(house, 5, learner)
    page = f"/teach/workshops/{house.here.workshop.id}"
    assert "Ouvrir tout de suite" in trainer.get(page).get_data(as_text=True)
    assert trainer.post(f"{page}/learners/{learner.person}/open").status_code == 302
    assert "Ouvrir tout de suite" not in trainer.get(page).get_data(as_text=True)
    assert is_in(show_card(open_workshop(house), learner))


def test_new_pictures_end_the_pause_and_replace_the_old_ones(house: House) -> None:
    learner, trainer = house.here.learners[0], house.as_role(house.here, "trainer")
    miss(house, 5, learner)
    trainer.post(f"/teach/workshops/{house.here.workshop.id}/learners/{learner.person}/card")
    assert not is_in(show_card(open_workshop(house), learner)), "the old pictures open nothing"


def test_tries_are_counted_in_the_database_so_that_every_process_knows(house: House) -> None:
    miss(house, 5, house.here.learners[0])
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        rows = connection.execute("SELECT key, until - since FROM throttle WHERE until > 0").fetchall()
    assert rows == [(f"learner:{house.here.id}:{house.here.learners[0].person}", 5 * MINUTE)]


def test_many_wrong_codes_from_one_place_pause_that_place(house: House) -> None:
    client = house.visit()
    for _ in range(30):
        last = client.post("/learn/code", data={"code": "000001"}, follow_redirects=True)
    assert "Aucun atelier" in read_text(last.get_data(as_text=True))
    paused = client.post("/learn/code", data={"code": house.here.workshop.code}, follow_redirects=True)
    assert "Nous faisons une petite pause." in read_text(paused.get_data(as_text=True))
    assert client.get(f"/c/{house.here.workshop.code}").status_code == 429


def test_five_wrong_passwords_pause_this_login_alone(house: House) -> None:
    client = house.visit()
    for _ in range(5):
        answer = client.post("/account/sign-in", data={"login": "Trainer@ici ", "password": "x" * 12})
    assert "Nous faisons une petite pause." in read_text(answer.get_data(as_text=True))
    right = {"login": "trainer@ici", "password": PASSWORD}
    assert client.post("/account/sign-in", data=right).status_code == 200
    assert client.post("/account/sign-in", data=right | {"login": "trainer@ailleurs"}).status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_login_but_never_the_password(house: House) -> None:
    data = {"login": "trainer@ici", "password": "faux-mot-de-passe"}
    page = house.visit().post("/account/sign-in", data=data).get_data(as_text=True)
    assert "L'identifiant et le mot de passe ne vont pas ensemble." in read_text(page)
    assert 'value="trainer@ici"' in page
    assert "faux-mot-de-passe" not in page


def test_a_login_nobody_has_gets_the_same_answer(house: House) -> None:
    client = house.visit()
    known = client.post("/account/sign-in", data={"login": "trainer@ici", "password": "x"})
    unknown = client.post("/account/sign-in", data={"login": "personne@ici", "password": "x"})
    assert read_text(known.get_data(as_text=True)) == read_text(unknown.get_data(as_text=True))


def test_passwords_are_kept_as_argon2id(house: House) -> None:
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        hashes = [row[0] for row in connection.execute("SELECT password_hash FROM staff_account")]
    assert len(hashes) == 3
    assert len(set(hashes)) == 3, "the same password never looks the same"
    for one in hashes:
        assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert PasswordHasher().verify(one, PASSWORD)
