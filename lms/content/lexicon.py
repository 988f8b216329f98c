"""The lexicon: words of screens and offices, each explained in a sentence or two, in every language, with a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lms.content.yaml_source import read_yaml
from lms.errors import ContentError, Problem

FILE = Path(__file__).parent / "data" / "lexicon.yaml"
LOCALES = ("fr", "en", "ar", "uk")


@dataclass(frozen=True)
class Term:
    """One word by language: `word` as a heading, `say` what it is, `forms` how it may stand in a sentence."""

    id: str
    pictogram: str
    word: Mapping[str, str]
    say: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]


@cache
def load_lexicon() -> Mapping[str, Term]:
    """Every term by id, in the order of the file. Raises ContentError naming file and line."""
    source = read_yaml(FILE)
    problems: list[Problem] = []
    terms = {}
    for id, written in source.data.items():
        missing = [one for one in LOCALES if not {"word", "say"} <= set(written.get(one, {}))]
        problems += [source.problem((id,), f"«{one}» needs word and say") for one in missing]
        if not missing:
            terms[id] = _build_term(id, written)
    if problems:
        raise ContentError(problems)
    return MappingProxyType(terms)


def _build_term(id: str, written: Mapping[str, Mapping[str, str]]) -> Term:
    told = {locale: written[locale] for locale in LOCALES}
    return Term(
        id=id,
        pictogram=str(written.get("pictogram", "papier")),
        word={locale: str(one["word"]) for locale, one in told.items()},
        say={locale: str(one["say"]) for locale, one in told.items()},
        forms={locale: (str(one["word"]), *map(str, one.get("also", ()))) for locale, one in told.items()},
    )


@cache
def _find_pattern(locale: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds a form of any term, longer ones first, outside « » and tags; and the term of each form."""
    terms = {form.lower(): term.id for term in load_lexicon().values() for form in term.forms.get(locale, ())}
    forms = "|".join(re.escape(form) for form in sorted(terms, key=len, reverse=True)) or r"(?!)"
    skipped = r"«[^»]*»|<a\b.*?</a>|<h[1-6]\b.*?</h[1-6]>|<[^>]*>|&\w+;"
    return re.compile(rf"(?:{skipped})|(?<!\w)(?P<form>{forms})(?!\w)", re.IGNORECASE | re.DOTALL), terms


def find_terms(text: str, locale: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, id) of the first place of each known word in a text or HTML; none inside « », links, headings."""
    pattern, terms = _find_pattern(locale)
    seen: set[str] = set()
    for found in pattern.finditer(text):
        form = found["form"]
        if form and (id := terms[form.lower()]) not in seen:
            seen.add(id)
            yield found.start(), found.end(), id
