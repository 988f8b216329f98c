"""Lists of first names as people type or paste them."""

from __future__ import annotations

import re

from lms.errors import BadRequest
from lms.people.accounts import clean_name

LARGEST_LIST = 200


def split_names(text: str) -> list[str]:
    """First names from a typed or pasted list: one a line, or separated by commas, semicolons or tabs."""
    names = [name.strip(" .-–•*\u00a0") for name in _split_cells(text)]
    found = [_read_name(name) for name in names if name]
    if len(found) > LARGEST_LIST:
        raise BadRequest(
            f"{len(found)} names, at most {LARGEST_LIST}",
            sentence=f"La liste est longue : {LARGEST_LIST} prénoms au plus.",
        )
    return found


def _split_cells(text: str) -> list[str]:
    """Every cell; of a table with a heading «Prénom», the cells below it, so that no family name becomes a person."""
    rows = [re.split(r"[,;\t]", row) for row in text.splitlines() if row.strip()]
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    column = next((at for at, head in enumerate(heads) if head in ("prénom", "prénoms", "prenom", "prenoms")), None)
    if column is None:
        return [cell for row in rows for cell in row]
    return [row[column] for row in rows[1:] if column < len(row)]


def _read_name(text: str) -> str:
    """One name of a list. Raises BadRequest that says which one is none."""
    try:
        return clean_name(re.sub(r"^\d+[.)]?\s+", "", text))
    except BadRequest as error:
        shown = text if len(text) <= 30 else f"{text[:30]}…"
        raise BadRequest(str(error), sentence=f"« {shown} » : {error.sentence}") from error
