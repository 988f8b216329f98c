"""A window over the screen says in which language its words are, and which way they run."""

from __future__ import annotations

import pytest

from lms.content.translations import Sentences, Translator
from lms.web.learn.telling import tell_window

FRENCH = {"part": "form/notice", "name": "lost", "title": "Fermé", "text": "Attendez.", "button": "Revenir"}


@pytest.mark.parametrize(("locale", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("uk", "ltr")])
def test_translated_words_bring_their_language_and_direction(locale: str, direction: str) -> None:
    told = tell_window(FRENCH, Translator(locale, (Sentences({"Fermé": "…"}),)))
    assert told["own"] == {"title": "…", "text": "Attendez.", "button": "Revenir", "lang": locale, "dir": direction}
    assert told["say"] == "… Attendez."
    assert {name: told[name] for name in FRENCH} == FRENCH


def test_words_that_nobody_translated_stay_french() -> None:
    own = tell_window(FRENCH, Translator("ar", (Sentences({}),)))["own"]
    assert (own["title"], own["lang"], own["dir"]) == ("Fermé", "fr", "ltr")


def test_no_sign_of_french_stands_alone_on_its_line() -> None:
    window = FRENCH | {"text": "Toujours là ? « Oui »"}
    told = tell_window(window, Translator("fr", ()))
    assert told["text"] == told["own"]["text"] == "Toujours là\u00a0? «\u00a0Oui\u00a0»"
    assert told["say"] == "Fermé. Toujours là ? « Oui »", "what is said is found by the words as they are written"
