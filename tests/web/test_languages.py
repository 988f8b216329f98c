"""Learners' pages in every language: catalogues are whole, the choice is kept, French words stay French."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lms.web.languages import LANGUAGES, mark_french
from tests.web.house import COURSE, House
from tests.web.test_shared_computer import sign_in

ROOT = Path(__file__).parents[2]
CALL = re.compile(r"""\b(?:_|gettext)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
STAFF = ("/teach/", "/admin", "/social", "/school", "/content/", "look.html", "lms/web/pages.py")
"""What learners never read, and what is told in the tests of its own."""
OTHERS = [one for one in LANGUAGES if one != "fr"]


def iter_sources() -> Iterator[Path]:
    for folder in ("themes", "plugins", "lms/web"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".html") and not any(part in file.as_posix() for part in STAFF):
                yield file


def find_catalogue(locale: str) -> Path:
    return ROOT / "lms" / "translations" / locale / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize("locale", OTHERS)
def test_every_sentence_of_a_learner_s_page_is_translated(locale: str) -> None:
    with find_catalogue(locale).open("rb") as file:
        known = {str(one.id) for one in read_po(file, locale=locale) if one.id and one.string}
    wanted = {str(ast.literal_eval(one)) for file in iter_sources() for one in CALL.findall(file.read_text())}
    assert wanted - known == set()


@pytest.mark.parametrize("locale", OTHERS)
def test_what_is_read_at_run_time_is_what_was_written(locale: str) -> None:
    with find_catalogue(locale).open("rb") as file:
        made = BytesIO()
        write_mo(made, read_po(file, locale=locale))
    assert made.getvalue() == find_catalogue(locale).with_suffix(".mo").read_bytes(), "run: make catalogues"


def test_a_language_chosen_before_coming_in_stays_with_the_person(house: House) -> None:
    client = sign_in(house)
    client.post("/look", data={"locale": "uk", "back": "/learn/"})
    assert '<html lang="uk" dir="ltr">' in client.get("/learn/").get_data(as_text=True)
    client.post("/learn/finish")
    assert '<html lang="fr"' in client.get("/").get_data(as_text=True)
    assert '<html lang="uk"' in sign_in(house).get("/learn/").get_data(as_text=True)
    client.post("/look", data={"locale": "xx", "back": "/"})
    assert '<html lang="fr"' in client.get("/").get_data(as_text=True)


def test_a_visitor_reads_the_language_that_he_chose(house: House) -> None:
    client = house.app.test_client()
    client.post("/look", data={"locale": "ar", "back": "/"})
    client.post("/learn/try")
    assert '<html lang="ar" dir="rtl">' in client.get("/learn/try").get_data(as_text=True)


def test_the_words_of_a_french_screen_are_marked_in_another_language(house: House) -> None:
    with house.app.test_request_context():
        assert mark_french("Press « Oui » & go", "en") == 'Press <bdi lang="fr" dir="ltr">« Oui »</bdi> &amp; go'
        assert mark_french("Appuyez sur « Oui »", "fr") == "Appuyez sur «\u00a0Oui\u00a0»"


def test_every_exercise_is_one_tap_from_home_and_then_one_more(house: House) -> None:
    client = sign_in(house)
    assert "/learn/exercises" in client.get("/learn/").get_data(as_text=True)
    assert f"/learn/exercises/{COURSE}/souris" in client.get("/learn/exercises").get_data(as_text=True)
    assert f"/learn/begin/{COURSE}/m01-lecon" in client.get(f"/learn/exercises/{COURSE}/souris").get_data(as_text=True)
    assert client.get(f"/learn/exercises/{COURSE}/nulle-part").status_code == 404


def test_only_sentences_of_our_own_pages_are_said(house: House) -> None:
    assert house.app.test_client().get("/learn/voice?said=Bonjour").status_code == 404


def test_a_word_is_explained_in_the_language_of_the_page_with_its_french(house: House) -> None:
    client = house.app.test_client()
    client.post("/look", data={"locale": "en", "back": "/"})
    page = client.get("/learn/words/piece-jointe").get_data(as_text=True)
    assert "A file that goes with a message." in page
    assert '<bdi lang="fr" dir="ltr"><strong>pièce jointe</strong></bdi>' in page
