"""One row of the file becomes one place of ours: put right where it can be, refused with a reason where it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from lms.contract.places import load_columns

from .hours import is_readable
from .old_names import EVERYBODY, find_value
from .standard import NO_DATE, NO_PIVOT, simplify, split, straighten, vocabularies

LONGEST = {"id": 200, "nom": 250, "commune": 120}
FRANCE = (
    (41.0, 51.6, -5.6, 10.0), (14.2, 18.3, -63.4, -60.6), (2.0, 6.0, -55.0, -51.0), (-22.0, -12.0, 44.5, 56.3),
    (46.5, 47.4, -56.8, -55.9), (-23.5, -13.0, 157.0, 180.0), (-28.0, -7.0, -180.0, -133.0),
)  # fmt: skip
"""Where places of the directory may lie: (south, north, west, east) of each part of France."""


class BadRow(ValueError):
    """This row is not imported; the sentence says why."""


@dataclass
class Row:
    """What was understood, and what was changed to understand it."""

    fields: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


def parse_row(cells: Mapping[str, str]) -> Row:
    """The place of this row. Raises BadRow."""
    row = Row({name: value for name, value in cells.items() if value})
    text = "".join(row.fields.values())
    if "\ufffd" in text:
        raise BadRow("des lettres sont illisibles (encodage mélangé)")
    if "\0" in text:
        raise BadRow("la ligne contient un signe qui ne peut pas être gardé")
    for name in ("id", "nom", "commune", "adresse"):
        _need(row, name)
    _read_codes(row)
    _read_date(row)
    _read_lists(row)
    _read_phone(row)
    _read_point(row)
    _read_hours(row)
    _shorten_summary(row)
    return row


def _fits(name: str, value: str) -> bool:
    """Whether the standard takes this value in that column."""
    return re.fullmatch(load_columns()[name].pattern, value, re.ASCII) is not None


def _shorten_summary(row: Row) -> None:
    """To what the standard takes, if it limits it."""
    longest, text = load_columns()["presentation_resume"].longest, row.fields.get("presentation_resume", "")
    if longest and len(text) > longest:
        row.fields["presentation_resume"] = text[: longest - 1] + "…"
        row.told.append(f"presentation_resume coupée à {longest} signes")


def _need(row: Row, name: str) -> None:
    value = " ".join(row.fields.get(name, "").split())
    if not value:
        raise BadRow(f"{name} manque")
    if len(value) > LONGEST.get(name, 400):
        raise BadRow(f"{name} est trop long ({len(value)} signes)")
    row.fields[name] = value


def _read_codes(row: Row) -> None:
    code = row.fields.get("code_postal", "").replace(" ", "")
    if re.fullmatch(r"\d{4}", code):
        row.told.append(f"code_postal « {code} » complété : « 0{code} »")
        code = f"0{code}"
    if not _fits("code_postal", code):
        raise BadRow(f"code_postal « {code[:20]} » : il faut 5 chiffres" if code else "code_postal manque")
    row.fields["code_postal"] = code
    insee = row.fields.pop("code_insee", "").replace(" ", "").upper()
    insee = f"0{insee}" if re.fullmatch(r"\d{4}", insee) else insee
    if _fits("code_insee", insee):
        row.fields["code_insee"] = insee
    elif insee:
        row.told.append(f"code_insee « {insee[:20]} » laissé de côté")
    pivot = row.fields.pop("pivot", "").replace(" ", "")
    if _fits("pivot", pivot) and pivot != NO_PIVOT:
        row.fields["pivot"] = pivot
    elif pivot and pivot != NO_PIVOT:
        row.told.append(f"pivot « {pivot[:20]} » laissé de côté : il faut 9 à 14 lettres ou chiffres")


def _read_date(row: Row) -> None:
    text = row.fields.pop("date_maj", "")[:10]
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else text
    if not iso or iso == NO_DATE:
        row.told.append("date_maj inconnue")
        return
    try:
        row.fields["date_maj"] = date.fromisoformat(iso).isoformat()
    except ValueError as error:
        raise BadRow(f"date_maj « {text} » : il faut une date comme 2026-11-27") from error
    if french:
        row.told.append(f"date_maj « {text} » lue comme {iso}")


def _read_lists(row: Row) -> None:
    for column in vocabularies():
        if text := row.fields.pop(column, ""):
            kept, told = _read_list(column, text)
            row.told += told
            for where, values in kept.items():
                before = split(row.fields.get(where, ""))
                row.fields[where] = "|".join(dict.fromkeys([*before, *values]))


@lru_cache(maxsize=2048)
def _read_list(column: str, cell: str) -> tuple[Mapping[str, list[str]], list[str]]:
    """Values that stand in the list, by column; old names and another separator are put right, others are told.

    A directory says the same few things over and over: each cell is read once.
    """
    text, told = straighten(cell), []
    parts = split(text) if "|" in text else split(text.replace(";", "|"))
    kept: dict[str, list[str]] = {}
    for part in parts:
        where, value = _place(column, part)
        if value:
            kept.setdefault(where, []).append(value)
        elif simplify(part) not in EVERYBODY:
            told.append(f"{column} « {part[:60]} » n'est pas dans la liste : laissé de côté")
    return kept, told


def _place(column: str, part: str) -> tuple[str, str | None]:
    """The column and value meant; version 0.1.1 kept audience and special care together."""
    if (value := find_value(column, part)) is not None or column != "publics_specifiquement_adresses":
        return column, value
    return "prise_en_charge_specifique", find_value("prise_en_charge_specifique", part)


def _read_phone(row: Row) -> None:
    text = row.fields.pop("telephone", "")
    number = re.sub(r"[\s.()-]", "", re.split(r"[|;,/]", text)[0])
    number = re.sub(r"^(?:00|\+)(\d+)", r"+\1", number)
    number = re.sub(r"^\+330", "+33", number)
    number = f"+33{number[1:]}" if re.fullmatch(r"0[1-9]\d{8}", number) else number
    if _fits("telephone", number):
        row.fields["telephone"] = number
    elif text:
        row.told.append(f"telephone « {text[:30]} » laissé de côté")


def _read_point(row: Row) -> None:
    texts = [row.fields.pop(name, "").replace(",", ".") for name in ("latitude", "longitude")]
    try:
        latitude, longitude = (float(one) for one in texts)
    except ValueError:
        if any(texts):
            row.told.append("latitude et longitude illisibles : le lieu n'est pas sur la carte")
        return
    if not in_france(latitude, longitude) and in_france(longitude, latitude):
        latitude, longitude = longitude, latitude
        row.told.append("latitude et longitude étaient inversées : remises dans l'ordre")
    if in_france(latitude, longitude):
        row.fields |= {"latitude": repr(round(latitude, 6)), "longitude": repr(round(longitude, 6))}
    else:
        row.told.append(
            f"latitude {latitude:g}, longitude {longitude:g} : hors de France, le lieu n'est pas sur la carte"
        )


def in_france(latitude: float, longitude: float) -> bool:
    """Whether the point lies in a part of France."""
    return any(south <= latitude <= north and west <= longitude <= east for south, north, west, east in FRANCE)


def _read_hours(row: Row) -> None:
    text = row.fields.get("horaires", "")
    if text and not is_readable(text):
        row.told.append(f"horaires « {text[:60]} » : gardés tels quels, nous ne savons pas les lire")
