"""«Les mots»: the list, one word on a page of its own, and the links to it in what learners read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import request, url_for

from lms.content.lexicon import Term, find_terms, load_lexicon
from lms.errors import NotFound
from lms.web.access import open_to_anybody
from lms.web.addresses import find_inside
from lms.web.languages import find_locale
from lms.web.learn import pages
from lms.web.learn.voices import find_voice
from lms.web.pages import home_url, render


def list_marks(text: str, locale: str) -> list[list[str]]:
    """For the desk: each known form in a sentence, and the address of what it means."""
    return [list(one) for one in _list_marks(request.script_root, text, locale)]


@lru_cache(maxsize=1024)
def _list_marks(_root: str, text: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Once for all pages below a root: every answer to an event shows the same few sentences."""
    found = find_terms(text, locale)
    return tuple((text[start:end], url_for("learn.word", word=id)) for start, end, id in found)


@pages.get("/learn/words")
@open_to_anybody
def words() -> str:
    """Every word, in the order of the alphabet of the learner's language."""
    locale = find_locale()
    shown = sorted((_show(one, locale) for one in load_lexicon().values()), key=lambda one: one["word"].casefold())
    return render("learn/words.html", words=shown, back_url=home_url())


@pages.get("/learn/words/<word>")
@open_to_anybody
def word(word: str) -> str:
    """One word: said, drawn, explained."""
    term = load_lexicon().get(word)
    if term is None:
        raise NotFound(f"no word {word!r}")
    back = find_inside(request.args.get("back", ""), url_for("learn.words"))
    return render("learn/word.html", one=_show(term, find_locale()), back_url=back)


def _show(term: Term, locale: str) -> dict[str, Any]:
    known = locale if locale in term.word else "fr"
    said = f"{term.word[known]}. {term.say[known]}"
    return {
        "id": term.id,
        "word": term.word[known],
        "say": term.say[known],
        "french": term.word["fr"] if known != "fr" else "",
        "pictogram": term.pictogram,
        "said": said,
        "audio": find_voice(said, known),
        "url": url_for("learn.word", word=term.id),
    }
