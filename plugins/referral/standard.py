"""The closed lists of the national standard of places, and a bit for each value that one searches by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from lms.contract import find_words
from lms.contract.places import load_columns

INDEXED = (
    "services",
    "prise_en_charge_specifique",
    "publics_specifiquement_adresses",
    "frais_a_charge",
    "modalites_acces",
    "modalites_accompagnement",
    "itinerance",
    "dispositif_programmes_nationaux",
)
"""Columns that one searches by."""
LOCAL = {"local_charge": "Prise pour recharger", "local_printer": "Imprimante", "local_badge": "Badge à demander"}
"""What the standard does not hold and people ask for; known by the house alone."""
LOCAL_TEXTS = {"local_bus": "Bus, arrêt, trajet à pied", "local_contact": "Prénom de la personne qui accueille"}
MAPPED, HOURS_KNOWN = "placed", "hours"
NO_PIVOT, NO_DATE = "00000000000000", "1970-01-01"
"""What the national directory publishes where nobody knows; we read both as «unknown»."""


@cache
def vocabularies() -> Mapping[str, tuple[str, ...]]:
    """Column → the values that it allows."""
    return {one.name: one.values for one in load_columns().values() if one.values}


@cache
def marks() -> Mapping[str, int]:
    """`column:value` → its bit; a place is the sum of its bits, so that one number answers every filter."""
    names = [f"{column}:{value}" for column in INDEXED for value in vocabularies()[column]]
    return {name: 1 << at for at, name in enumerate([*names, *LOCAL, HOURS_KNOWN])}


def mask(column: str, values: Iterable[str]) -> int:
    """The bits of these values; unknown ones have none."""
    known = marks()
    return sum({known.get(f"{column}:{value}", 0) for value in values})


def split(text: str) -> list[str]:
    """The values of a cell."""
    return [one for one in (part.strip() for part in text.split("|")) if one]


@lru_cache(maxsize=2048)
def _mask_cell(column: str, cell: str) -> int:
    """Its bits; the same cells come back all through a directory."""
    return mask(column, split(cell))


def find_marks(fields: Mapping[str, str]) -> int:
    """All bits of a place."""
    found = sum(_mask_cell(column, fields.get(column, "")) for column in INDEXED)
    found += sum(marks()[name] for name in LOCAL if fields.get(name))
    return found + (marks()[HOURS_KNOWN] if fields.get("horaires") else 0)


def simplify(text: str) -> str:
    """Small letters without accents or signs, «st» written out: names are compared so."""
    return " ".join({"st": "saint", "ste": "sainte"}.get(one, one) for one in find_words(text))


def straighten(text: str) -> str:
    """Typographic apostrophes and spaces as the lists of the standard write them."""
    return " ".join(text.replace("’", "'").replace("ʼ", "'").replace("‘", "'").split())
