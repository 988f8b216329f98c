"""Real-looking data is refused before anything sees it: an exercise is done with the persona's data alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

IBANS = frozenset({"FR1420041010050500013M02606", "FR7630006000011234567890189"})
"""The two documented examples (IBAN registry; vendor documentation)."""

PHONE_BLOCKS = ("019900", "026191", "035301", "046571", "053649", "063998")
"""Arcep's blocks reserved for fiction."""

_GAP = r"[ .\u00a0\u202f-]?"
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}\d{2}(?:[ \u00a0]?[0-9A-Za-z]{2,4}){3,8}(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[^\s@<>,;]+@([^\s@<>,;]*\.[^\s@<>,;]+)")
_PHONE = re.compile(rf"(?<![\d+])(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\))?{_GAP}|0)([1-9])((?:{_GAP}\d){{8}})(?!{_GAP}\d)")
_NIR = re.compile(
    rf"(?<!\d)([1-478])((?:{_GAP}\d){{2}})((?:{_GAP}\d){{2}}){_GAP}([0-9][0-9ABab])((?:{_GAP}\d){{6}}(?:{_GAP}\d{{2}})?)(?!{_GAP}\d)"
)


def find_real(text: str) -> str | None:
    """Code of the first real-looking datum in the text: `real-iban`, `real-email`, `real-phone`, `real-nir`, or None."""
    if _has_real_iban(text):
        return "real-iban"
    if any(not _is_example(found.group(1)) for found in _EMAIL.finditer(text)):
        return "real-email"
    if any(_phone(found) not in PHONE_BLOCKS for found in _PHONE.finditer(text)):
        return "real-phone"
    if any(found.group(4) != "00" for found in _NIR.finditer(text)):
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
    elif isinstance(value, list):
        for child in value:
            yield from iter_texts(child)


def say_refused(first_name: str | None) -> str:
    """The kind sentence of the common rules of all simulations."""
    owner = f"de {first_name}" if first_name and first_name[0] not in "AEÉIOUYaeéiouy" else f"d'{first_name}"
    with_whom = owner if first_name else "de l'exercice"
    return f"Ici, on s'entraîne avec les données {with_whom}. N'écrivez pas vos vrais numéros."


def _has_real_iban(text: str) -> bool:
    return any(_is_iban(found.group()) and _squeeze(found.group()) not in IBANS for found in _IBAN.finditer(text))


def _squeeze(text: str) -> str:
    return re.sub(r"[ \u00a0]", "", text).upper()


def _is_iban(text: str) -> bool:
    """Enough like one: a country known for it, or digits enough; a mistyped IBAN may still be a real account's."""
    squeezed = _squeeze(text)
    return 15 <= len(squeezed) <= 34 and sum(map(str.isdigit, squeezed)) >= 12


def _is_example(domain: str) -> bool:
    return domain.rstrip(".").lower().endswith(".example")


def _phone(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found.group(2))
    return f"0{found.group(1)}{digits}"[:6]
