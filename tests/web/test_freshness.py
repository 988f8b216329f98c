"""«Différent du vrai site ?» and «À relire»: told by a trainer, looked at by an author, kept with who and when."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from html import unescape

import pytest

from lms.learning.freshness import is_due
from tests.web.house import EXERCISE, House
from tests.web.test_posted_twice import count, read_form

URL = f"/teach/different/{EXERCISE}"
TODAY = date(2026, 11, 26)


def tell(house: House, sentence: str) -> str:
    client = house.as_role(house.here, "trainer")
    form = read_form(client, URL, URL) | {"sentence": sentence}
    answers = [client.post(URL, data=form) for _ in range(2)]
    return unescape(answers[-1].get_data(as_text=True))


def read_csv(house: House, role: str = "author") -> list[dict[str, str]]:
    text = house.as_role(house.here, role).get("/teach/reviews.csv").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_what_a_trainer_tells_is_kept_once_and_seen_once(house: House) -> None:
    tell(house, "=Le bouton a changé")
    kept = next(one for one in read_csv(house) if one["pourquoi"] == "Différent du vrai site")
    assert (kept["exercice"], kept["phrase"], kept["signalé par"]) == (EXERCISE, "'=Le bouton a changé", "Trainer")
    author = house.as_role(house.here, "author")
    shown = author.get("/teach/reviews").get_data(as_text=True)
    wanted = shown.split('name="review" value="')[1].split('"')[0]
    author.post("/teach/reviews/seen", data={"review": wanted})
    house.as_role(house.here, "administrator").post("/teach/reviews/seen", data={"review": wanted})
    assert "Déjà vu" in author.get("/teach/reviews").get_data(as_text=True)
    assert [one["vu par"] for one in read_csv(house)] == ["Author"]
    assert count(house, "review", "seen_by IS NOT NULL") == 1


def test_another_house_sees_none_of_it(house: House) -> None:
    tell(house, "Le bouton a changé")
    assert "Le bouton a changé" not in house.as_role(house.there, "author").get("/teach/reviews").get_data(as_text=True)


@pytest.mark.parametrize("sentence", ["Appelez le 06 12 34 56 78", "moi@exemple.fr", "mot " * 60])
def test_a_sentence_with_a_real_number_or_too_long_is_not_kept(house: House, sentence: str) -> None:
    assert sentence.strip() in tell(house, sentence)
    assert count(house, "review") == 0


def test_a_review_that_was_due_yesterday_or_next_month_is_listed_and_kept_when_seen(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.web.teach.freshness.find_today", lambda: date(2027, 7, 1))
    rows = read_csv(house, "trainer")
    assert EXERCISE in [one["exercice"] for one in rows]
    assert {one["pourquoi"] for one in rows} == {"La date de relecture est passée"}
    author = house.as_role(house.here, "author")
    wanted = author.get("/teach/reviews").get_data(as_text=True).split('name="review" value="')[1].split('"')[0]
    author.post("/teach/reviews/seen", data={"review": wanted})
    assert [one["vu par"] for one in read_csv(house) if one["vu le"]] == ["Author"]
    assert len(read_csv(house)) == len(rows)


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (30, True), (31, False)])
def test_a_month_before_its_day_a_review_is_due(days: int, due: bool) -> None:
    assert is_due((TODAY + timedelta(days=days)).isoformat(), TODAY) is due
    assert not is_due("bientôt", TODAY)


def test_only_staff_find_the_button_on_an_exercise(house: House) -> None:
    path = f"/learn/begin/{EXERCISE}?again"
    assert "Différent du vrai site" in house.as_role(house.here, "trainer").get(path).get_data(as_text=True)
    assert "Différent du vrai site" not in house.as_role(house.here, "learner").get(path).get_data(as_text=True)
    screen = house.as_role(house.here, "trainer").get(f"/teach/learners/{house.here.people['learner']}")
    assert "Différent du vrai site" in screen.get_data(as_text=True)
