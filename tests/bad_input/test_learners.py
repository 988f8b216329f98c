"""What learners meet: an exercise that changed meanwhile, a real number. It is told calmly, and nothing is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.web.house import EXERCISE, House, one_event
from tests.web.markup import read_text
from tests.web.test_posted_twice import count

PROCEDURE = "premiers-pas/p01-exercice"
REAL = "06 12 34 56 78"


def read_all(house: House) -> str:
    """Everything that the database holds, as one text."""
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection:
        return "\n".join(connection.iterdump())


def test_an_exercise_that_changed_since_says_so_takes_nothing_and_offers_a_fresh_page(house: House) -> None:
    client, attempt = house.as_role(house.here, "learner"), house.here.attempts[EXERCISE]
    with closing(sqlite3.connect(house.folder / "declic.db")) as connection, connection:
        connection.execute("UPDATE attempt SET revision = 'older' WHERE id = ?", (attempt,))
    before = count(house, "event")
    posted = client.post(
        f"/learn/attempts/{attempt}/events",
        data=one_event(house.here.tokens[EXERCISE]),
        content_type="application/json",
    )
    assert posted.status_code == 409
    assert posted.get_json()["error"]["sentence"] == "Cette page a changé entre-temps."
    assert posted.get_json()["error"]["next"] == "Rechargez la page : vous retrouverez la dernière version."
    page = client.get(f"/learn/attempts/{attempt}", follow_redirects=True)
    assert page.status_code == 200
    assert "L'exercice a changé. Une page neuve est prête." in read_text(page.get_data(as_text=True))
    fresh = client.post(f"/learn/begin/{EXERCISE}", data={"mode": "guided"}).headers["Location"]
    assert attempt not in fresh
    assert client.get(fresh).status_code == 200
    assert (count(house, "event"), count(house, "attempt", f"id = '{attempt}'")) == (before, 1)


def test_who_begins_an_exercise_for_the_first_time_is_told_of_no_change(house: House) -> None:
    page = house.as_role(house.here, "learner").get(f"/learn/begin/{PROCEDURE}")
    assert "a changé" not in read_text(page.get_data(as_text=True))


def test_a_real_number_is_kept_nowhere_and_what_stood_there_before_stays(house: House) -> None:
    client = house.as_role(house.here, "learner")
    at = client.post(f"/learn/begin/{PROCEDURE}", data={"mode": "guided"}).headers["Location"]
    island = client.get(at).get_data(as_text=True)
    token = island.partition('"token":')[2].partition('"')[2].partition('"')[0]
    for part in ("form/next", "desk/mail", "mail/new"):
        client.post(f"{at}/events", data=one_event(token, part=part), content_type="application/json")
    for value in ("Bonjour", f"Mon numéro est le {REAL}"):
        typed = one_event(token, part="mail/body", do="type", value=value)
        answer = client.post(f"{at}/events", data=typed, content_type="application/json").get_json()
    assert answer["feedback"]["say"].endswith("N'écrivez pas vos vrais numéros.")
    assert answer["world"]["mail"]["draft"]["body"] == "Bonjour"
    kept = read_all(house)
    assert '"body": "Bonjour"' in kept or '"body":"Bonjour"' in kept
    assert REAL not in kept
