"""A window over the screen says in which language its words are, and which way they run."""

from __future__ import annotations

import pytest

from lms.content.translations import Sentences, Translator
from lms.web.learn.telling import tell_window

FRENCH = {"part": "form/notice", "name": "lost", "title": "Fermé", "text": "Attendez.", "button": "Revenir"}
WHOLE = {"Fermé": "T.", "Attendez.": "W.", "Revenir": "B"}


@pytest.mark.parametrize(("locale", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("uk", "ltr")])
def test_translated_words_bring_their_language_and_direction(locale: str, direction: str) -> None:
    told = tell_window(FRENCH, Translator(locale, (Sentences(WHOLE),)))
    assert told["own"] == {"title": "T.", "text": "W.", "button": "B", "lang": locale, "dir": direction}
    assert told["say"] == "T. W."
    assert {name: told[name] for name in FRENCH} == FRENCH


@pytest.mark.parametrize("missing", [[*WHOLE], *([one] for one in WHOLE)])
def test_no_french_word_stands_under_the_label_of_another_language(missing: list[str]) -> None:
    known = {french: told for french, told in WHOLE.items() if french not in missing}
    told = tell_window(FRENCH, Translator("ar", (Sentences(known),)))
    assert told["own"] == {"title": "Fermé", "text": "Attendez.", "button": "Revenir", "lang": "fr", "dir": "ltr"}
    assert told["say"] == "Fermé. Attendez."


def test_a_word_that_both_languages_write_alike_is_translated() -> None:
    same = Sentences({**WHOLE, "Fermé": "Fermé"})
    assert tell_window(FRENCH, Translator("en", (same,)))["own"]["lang"] == "en"


def test_no_sign_of_french_stands_alone_on_its_line() -> None:
    window = FRENCH | {"text": "Toujours là ? « Oui »"}
    told = tell_window(window, Translator("fr", ()))
    assert told["text"] == told["own"]["text"] == "Toujours là\u00a0? «\u00a0Oui\u00a0»"
    assert told["say"] == "Fermé. Toujours là ? « Oui »", "what is said is found by the words as they are written"
