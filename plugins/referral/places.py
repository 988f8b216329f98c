"""Places of a house: the imported record, the local edit over it, and the narrow row that is searched."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from lms.contract.pages import NotFound
from lms.contract.places import load_columns
from lms.contract.tables import read, write

from .standard import LOCAL, LOCAL_TEXTS, find_marks, simplify, split
from .tables import edit, place, record

READ_AS = "2"
"""Changes when rows are read otherwise: then the next import writes them anew."""
STALE_MONTHS = 12
EDITABLE = (
    "nom", "adresse", "complement_adresse", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
    "prise_rdv",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place as the house knows it. `fields`: record and edit together; `own`: what the edit changes."""

    id: str
    fields: Mapping[str, str]
    own: Mapping[str, str]

    def all(self, column: str) -> list[str]:
        """The values of a cell."""
        return split(self.fields.get(column, ""))

    def get(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.fields.get(column, "")

    @property
    def name(self) -> str:
        return self.fields["nom"]

    @property
    def wants_sheet(self) -> bool:
        """Whether it asks for a professional's referral by mail."""
        return "Envoyer un mail avec une fiche de prescription" in self.all("modalites_acces")


def months_old(updated: str, today: date) -> int | None:
    """Whole months since the record was last looked at; None when nobody knows."""
    if not updated:
        return None
    then = date.fromisoformat(updated)
    return max(0, (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day))


def is_stale(updated: str, today: date) -> bool:
    """Over a year old, or of unknown age."""
    months = months_old(updated, today)
    return months is None or months >= STALE_MONTHS


def digest(fields: Mapping[str, str]) -> str:
    """The same for the same record, read in the same way."""
    text = READ_AS + json.dumps(dict(sorted(fields.items())), ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def build_row(organisation: str, id: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """The narrow row of a place."""
    point = [float(fields[name]) if name in fields else None for name in ("latitude", "longitude")]
    return {
        "organisation": organisation,
        "id": id,
        "name": fields["nom"],
        "commune": fields["commune"],
        "postcode": fields["code_postal"],
        "insee": fields.get("code_insee", ""),
        "latitude": point[0],
        "longitude": point[1],
        "marks": find_marks(fields),
        "hours": fields.get("horaires", ""),
        "updated": fields.get("date_maj", ""),
        "words": simplify(f"{fields['nom']} {fields['commune']}")[:400],
    }


def store_batch(organisation: str, rows: Mapping[str, Mapping[str, str]]) -> tuple[int, int]:
    """Write what is new or has changed since; (new, changed). What was edited in the house stays over it."""
    mine = record.c.organisation == organisation
    known = {
        one["id"]: one["digest"]
        for one in read(select(record.c.id, record.c.digest).where(mine, record.c.id.in_(list(rows))))
    }
    digests = {id: digest(fields) for id, fields in rows.items()}
    changed = {id: rows[id] for id in rows if known.get(id) != digests[id]}
    if not changed:
        return 0, 0
    edits = read_edits(organisation, list(changed))
    for one in (record, place):
        write(delete(one).where(one.c.organisation == organisation, one.c.id.in_(list(changed))))
    kept = [
        {
            "organisation": organisation,
            "id": id,
            "digest": digests[id],
            "fields": json.dumps(dict(fields), ensure_ascii=False),
        }
        for id, fields in changed.items()
    ]
    write(insert(record), kept)
    write(
        insert(place), [build_row(organisation, id, {**fields, **edits.get(id, {})}) for id, fields in changed.items()]
    )
    new = sum(id not in known for id in changed)
    return new, len(changed) - new


def read_edits(organisation: str, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the house changed at these places."""
    wanted = select(edit.c.id, edit.c.fields).where(edit.c.organisation == organisation, edit.c.id.in_(ids))
    return {one["id"]: json.loads(one["fields"]) for one in read(wanted)}


def read_places(organisation: str, ids: Sequence[str]) -> dict[str, Place]:
    """Places by id, in the order asked for."""
    wanted = select(record.c.id, record.c.fields).where(record.c.organisation == organisation, record.c.id.in_(ids))
    edits = read_edits(organisation, ids)
    found = {}
    for one in read(wanted):
        own = edits.get(one["id"], {})
        found[one["id"]] = Place(one["id"], {**json.loads(one["fields"]), **own}, own)
    return {id: found[id] for id in ids if id in found}


def read_place(organisation: str, id: str) -> Place:
    """One place. Raises NotFound."""
    found = read_places(organisation, [id]).get(id)
    if found is None:
        raise NotFound(f"no place {id!r}", sentence="Ce lieu n'est pas dans votre annuaire, ou n'y est plus.")
    return found


def change_place(organisation: str, id: str, given: Mapping[str, str], author: str) -> None:
    """Keep what differs from the imported record; nothing left: the edit goes."""
    wanted = select(record.c.fields).where(record.c.organisation == organisation, record.c.id == id)
    rows = read(wanted)
    if not rows:
        raise NotFound(f"no place {id!r}", sentence="Ce lieu n'est pas dans votre annuaire, ou n'y est plus.")
    imported = json.loads(rows[0]["fields"])
    allowed = (*EDITABLE, *LOCAL, *LOCAL_TEXTS)
    own = {name: given[name] for name in allowed if name in given and given[name] != imported.get(name, "")}
    for one in (edit, place):
        write(delete(one).where(one.c.organisation == organisation, one.c.id == id))
    if own:
        row = {"organisation": organisation, "id": id, "fields": json.dumps(own, ensure_ascii=False), "author": author}
        write(insert(edit), row | {"changed": time.time_ns() // 1000})
    fields = {name: value for name, value in {**imported, **own}.items() if value}
    write(insert(place), build_row(organisation, id, {**fields, "nom": fields.get("nom") or imported["nom"]}))


def count_places(organisation: str) -> int:
    """How many places the house has."""
    from sqlalchemy import func

    return int(
        read(select(func.count().label("n")).select_from(place).where(place.c.organisation == organisation))[0]["n"]
    )


def iter_exported(organisation: str, size: int = 500) -> Any:
    """Every place as the house knows it, by the columns of the standard, in order of id."""
    last = ""
    while True:
        wanted = select(record.c.id).where(record.c.organisation == organisation, record.c.id > last)
        ids = [one["id"] for one in read(wanted.order_by(record.c.id).limit(size))]
        if not ids:
            return
        for found in read_places(organisation, ids).values():
            yield {name: found.get(name) for name in load_columns()}
        last = ids[-1]
