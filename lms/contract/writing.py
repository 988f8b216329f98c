"""What people write in many ways, kept in one form: 12/05/1996, 912.40, FR14 2004. Pure; simulators share it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORTEST = 3
"""Letters that name a month: «sept 2026»."""

DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
CENTURY = 30
"""Years of two figures below this one are of this century."""

BREAK = r"\s*[/.,_ -]\s*"
EXACT = frozenset({"password", "long"})
"""Kinds of which every sign counts, or in which one says what one likes."""


def normalise(kind: str, text: str) -> str:
    """One form for a `kind` of answer: date `31/12/1996`, month `09/2026`, money `912.40`, digits, code, phone, mail,
    iban. What cannot be told stays as it was written, but for its outer and double spaces.
    """
    if kind in EXACT:
        return text.strip()
    text = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
    return KINDS.get(kind, str)(text)


def is_same(kind: str, text: str, wanted: str) -> bool:
    """Whether two answers mean the same. Of `text`, capitals, accents and all punctuation but `( ) @ _` are put aside:
    `-5` is `5` and `3.5` is `3/5`, so figures and codes are of another kind.
    """
    if kind in EXACT:
        return text == wanted
    one, other = normalise(kind, text), normalise(kind, wanted)
    return one == other or (kind == "text" and plain(one) == plain(other) != "")


def plain(text: str) -> str:
    """Capitals, accents, joined letters and signs but `( ) @ _` aside: `saint orme` finds Saint-Orme, `soeur` sœur."""
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)).casefold()
    return " ".join(re.sub(r"[^\w()@]+", " ", bare.replace("œ", "oe").replace("æ", "ae")).split())


def find_words(text: str) -> list[str]:
    """The words of names and questions, in their order, as they are compared and searched: no sign is left in them."""
    return re.sub(r"[()@_]", " ", plain(text)).split()


def _date(text: str) -> str:
    """The day first, or the year first where it has four figures; a month in figures or in words."""
    bare = re.sub(rf"(?i)^(?:le )?(?:(?:{DAYS}),? )?", "", text)
    if found := re.fullmatch(rf"(\d{{4}}){BREAK}(\d{{1,2}}){BREAK}(\d{{1,2}})", bare):
        return _build_date(found[3], found[2], found[1], text)
    if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})", bare):
        return _build_date(found[1], found[2], found[3], text)
    if found := re.fullmatch(rf"(\d{{1,2}})(?:er)?{BREAK}(\d{{1,2}}|[^\W\d]+\.?){BREAK}(\d{{4}}|\d{{2}})", bare):
        return _build_date(found[1], _find_month(found[2]), found[3], text)
    return text


def _build_date(day: str, month: str, year: str, text: str) -> str:
    real = month.isdecimal() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return f"{int(day):02}/{int(month):02}/{_find_year(year)}" if real else text


def _find_year(year: str) -> str:
    return year if len(year) > 2 else ("20" if int(year) < CENTURY else "19") + year


def _find_month(word: str) -> str:
    """Its number; the word itself when it names none, or several."""
    told = plain(word)
    found = [rank for rank, name in enumerate(MONTHS, 1) if len(told) >= SHORTEST and plain(name).startswith(told)]
    return str(found[0]) if len(found) == 1 else word


def _month(text: str) -> str:
    if found := re.fullmatch(rf"(\d{{4}}){BREAK}(\d{{1,2}})|((?:19|20)\d{{2}})(\d{{2}})", text):
        year, month = (part for part in found.groups() if part)
    elif found := re.fullmatch(rf"(\d{{1,2}}|[^\W\d]+\.?){BREAK}(\d{{4}}|\d{{2}})|(\d{{2}})(\d{{4}})", text):
        month, year = (part for part in found.groups() if part)
    else:
        return text
    month = _find_month(month)
    return f"{int(month):02}/{_find_year(year)}" if month.isdecimal() and 1 <= int(month) <= 12 else text


def _money(text: str) -> str:
    """Euros and cents with a point; 1.034 and 1 034 are a thousand, nobody writes a third figure of a cent."""
    bare = re.sub(r"(?i)(?:/|par )mois$|euros?|eur\b|\s", "", text)
    bare = re.sub(r"€(?=\d)", ".", bare).replace("€", "").replace(",", ".")
    bare = re.sub(r"\.(?=\d{3}(?:\.|$))", "", bare)
    found = re.fullmatch(r"0*(\d+)(?:\.(\d{0,2}))?", bare)
    return (found[1] + (f".{found[2]:0<2}" if (found[2] or "").strip("0") else "")) if found else text


def _digits(text: str) -> str:
    bare = re.sub(r"[ ./_-]", "", text)
    return re.sub(r"^\+33", "0", bare) if re.fullmatch(r"\+?[0-9]+", bare) else text


def _count(text: str) -> str:
    """Figures with the word for what was counted: 40 heures, 48 m²."""
    return _digits(re.sub(r"(?i)(?<=\d) ?(?:m²|m2|heures?|h|ans?|enfants?)$", "", text))


def _phone(text: str) -> str:
    bare = re.sub(r"[ ./_()-]", "", text)
    return re.sub(r"^(?:\+|00)330?", "0", bare) if re.fullmatch(r"\+?\d+", bare) else text


def _mail(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def _iban(text: str) -> str:
    """By fours, as a bank prints it."""
    bare = re.sub(r"(?i)^iban\W*|[\s.-]", "", text).upper()
    return re.sub(r"(.{4})(?=.)", r"\1 ", bare) if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z\d]+", bare) else text


KINDS: Mapping[str, Callable[[str], str]] = {
    "date": _date,
    "month": _month,
    "money": _money,
    "digits": _count,
    "code": _digits,
    "phone": _phone,
    "mail": _mail,
    "iban": _iban,
}

ANSWERS = ("text", *KINDS, *sorted(EXACT))
"""Every kind of answer; one that stands nowhere here would be compared sign by sign, so simulators refuse it."""
