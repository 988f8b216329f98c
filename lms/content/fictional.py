"""Real-looking data is refused before anything sees it: an exercise is done with the persona's data alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

IBANS = frozenset({"FR1420041010050500013M02606", "FR7630006000011234567890189"})
"""The two documented examples (IBAN registry; vendor documentation)."""

PHONE_BLOCKS = ("019900", "026191", "035301", "046571", "053649", "063998")
"""Arcep's blocks reserved for fiction."""

FEWEST_DIGITS = 9
"""No number that we look for has fewer: a phone number without its prefix."""

_GAP = "[ .\u00a0\u202f-]?"
_NOT_WITHIN = r"(?<![\d+])(?<!\d[ .\u00a0\u202f-])"
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}\d{2}(?:[ \u00a0\u202f]?[0-9A-Za-z]{1,4}){3,8}")
_EMAIL = re.compile(r"[^\s@<>,;]+@([^\s@<>,;]*\.[^\s@<>,;]+)")
_PHONE = re.compile(
    rf"{_NOT_WITHIN}(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\))?{_GAP}|0)([1-9])((?:{_GAP}\d){{8}})(?!{_GAP}\d)"
    rf"|(?:\+{_GAP}33{_GAP}(?:\(0\))?{_GAP})([1-9])((?:{_GAP}\d){{8}})(?!{_GAP}\d)"
)
_NIR = re.compile(
    rf"{_NOT_WITHIN}[1-478](?:{_GAP}\d){{4}}{_GAP}(\d{_GAP}[\dABab])(?:{_GAP}\d){{6}}(?:(?:{_GAP}\d){{2}})?(?!{_GAP}\d)"
)


def find_real(text: str) -> str | None:
    """Code of the first real-looking datum: `real-iban`, `real-email`, `real-phone`, `real-nir`, else None.

    What is still being typed arrives too, so the beginning of an invented datum passes.
    """
    if "@" not in text and sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return None
    if any(_is_real_iban(found.group()) for found in _IBAN.finditer(text)):
        return "real-iban"
    text = _IBAN.sub(_drop_documented, text)
    if any(not _is_example(found) for found in _EMAIL.finditer(text)):
        return "real-email"
    if any(_read_block(found) not in PHONE_BLOCKS for found in _PHONE.finditer(text)):
        return "real-phone"
    if any(re.sub(r"\D", "", found.group(1)) != "00" for found in _NIR.finditer(text)):
        return "real-nir"
    return None


def iter_texts(value: Any) -> Iterator[str]:
    """Every text within a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        for child in value.values():
            yield from iter_texts(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from iter_texts(child)


def say_refused(first_name: str | None) -> str:
    """The kind sentence of the common rules of all simulations."""
    if not first_name:
        owner = "de l'exercice"
    else:
        owner = f"d'{first_name}" if first_name[0] in "AEÉHIOUY" else f"de {first_name}"
    return f"Ici, on s'entraîne avec les données {owner}. N'écrivez pas vos vrais numéros."


def _is_real_iban(text: str) -> bool:
    """Long enough for one, and no documented one; a mistyped IBAN may still be a real account's."""
    return sum(map(str.isdigit, text)) >= 12 and not _is_documented(text)


def _is_documented(text: str) -> bool:
    squeezed = re.sub(r"\s", "", text).upper()
    return any(iban.startswith(squeezed) or _follows(squeezed, iban) for iban in IBANS)


def _drop_documented(found: re.Match[str]) -> str:
    """Its digits in a row would pass for a number of another kind."""
    return " " if _is_documented(found.group()) else found.group()


def _follows(squeezed: str, iban: str) -> bool:
    """A documented IBAN with the next words of the sentence behind it."""
    return squeezed.startswith(iban) and not any(map(str.isdigit, squeezed[len(iban) :]))


def _is_example(found: re.Match[str]) -> bool:
    """An invented domain; at the end of the text its last word may still be unfinished."""
    domain = found.group(1).rstrip(".!?:)»'\"").lower()
    last = domain.rpartition(".")[2]
    return last == "example" or (found.end() == len(found.string) and "example".startswith(last))


def _read_block(found: re.Match[str]) -> str:
    first, rest = (found.group(1), found.group(2)) if found.group(1) else (found.group(3), found.group(4))
    return ("0" + first + re.sub(r"\D", "", rest))[:6]
