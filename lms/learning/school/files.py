"""Photos and PDF files joined to a work: known by their content, kept without place or name, read by few."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import WorkFile
from lms.database.rows import table
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.works import WorkFacts, find_closed, hold_work
from lms.people.students import StudentFacts

LARGEST = 5 * 1024 * 1024
MOST = 3
LARGEST_SIDE = 2400
"""Pixels of a kept photo: a sheet of paper can be read in it."""
MOST_PIXELS = 60_000_000
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
KINDS = {PDF: "PDF", JPEG: "photo", PNG: "image"}
UNKNOWN = "Ce n'est ni une photo (JPEG, PNG) ni un PDF. Rien n'est joint."


@dataclass(frozen=True)
class FileFacts:
    """A file without its bytes. Its name was not kept: it may say who wrote it."""

    id: str
    work: str
    media: str
    length: int


def add_file(connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, body: bytes) -> None:
    """Join it; the same twice is one. Raises BadRequest for what is no such file, NotAllowed once the work is in."""
    check_open(given, work, who)
    media, kept = clean(body)
    made = natural_id(work.id, hashlib.sha256(kept).hexdigest())
    mine = (WorkFile.organisation_id == given.organisation, WorkFile.work_id == work.id)
    there = set(connection.execute(select(WorkFile.id).where(*mine)).scalars())
    if made in there:
        return
    if len(there) >= MOST:
        raise BadRequest("too many files", sentence=f"{MOST} fichiers au plus. Retirez-en un d'abord.")
    hold_work(connection, given, work)
    row = {"organisation_id": given.organisation, "id": made, "work_id": work.id, "media": media}
    connection.execute(insert(table(WorkFile)), row | {"length": len(kept), "stored": now(), "body": kept})


def check_open(given: AssignmentFacts, work: WorkFacts, who: StudentFacts) -> None:
    """Raises NotAllowed where nothing can be handed in now."""
    if closed := find_closed(given, work, who, now()):
        raise NotAllowed(f"work {work.id} is closed", sentence=closed)


def clean(body: bytes) -> tuple[str, bytes]:
    """(type, bytes to keep). A photo loses its place, its day and its camera. Raises BadRequest."""
    if len(body) > LARGEST:
        raise BadRequest(f"{len(body)} bytes", sentence=f"Ce fichier est trop lourd : {LARGEST >> 20} Mo au plus.")
    if body.startswith(b"%PDF-") and b"%%EOF" in body[-2048:]:
        return PDF, body
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _redraw(body)
    raise BadRequest("neither JPEG, PNG nor PDF", sentence=UNKNOWN)


def _redraw(body: bytes) -> tuple[str, bytes]:
    """The picture alone, upright, no larger than it need be."""
    from PIL import Image, ImageOps  # imported where it is used: it adds to every start

    try:
        with Image.open(io.BytesIO(body), formats=("JPEG", "PNG")) as found:
            if found.width * found.height > MOST_PIXELS:
                raise BadRequest(f"{found.width}×{found.height}", sentence="Cette image est trop grande.")
            kind = found.format or "JPEG"
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            drawn = upright.convert("RGBA" if kind == "PNG" else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadRequest(f"a broken picture: {error}", sentence="Cette image est abîmée. Rien n'est joint.") from error
    out = io.BytesIO()
    drawn.info.clear()
    drawn.save(out, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return (PNG if kind == "PNG" else JPEG), out.getvalue()


_FACTS = (WorkFile.id, WorkFile.work_id, WorkFile.media, WorkFile.length)


def read_files(connection: Connection, organisation: str, works: Sequence[str]) -> dict[str, list[FileFacts]]:
    """By work, what is joined, the first first."""
    wanted = select(*_FACTS).where(WorkFile.organisation_id == organisation, WorkFile.work_id.in_(works))
    found: dict[str, list[FileFacts]] = {}
    for row in connection.execute(wanted.order_by(WorkFile.stored, WorkFile.id)):
        found.setdefault(row[1], []).append(FileFacts(*row))
    return found


def read_file(connection: Connection, organisation: str, id: str) -> tuple[FileFacts, bytes]:
    """One of the house, with its bytes; whoever asks checks who may. Raises NotFound."""
    wanted = select(*_FACTS, WorkFile.body).where(WorkFile.organisation_id == organisation, WorkFile.id == id)
    row: Any = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"no file {id!r}", sentence="Ce fichier n'existe pas, ou n'existe plus.")
    return FileFacts(*row[:4]), bytes(row[4])


def remove_file(connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, id: str) -> None:
    """Take it out again, before the work is in; gone already is gone. Raises NotAllowed afterwards."""
    check_open(given, work, who)
    mine = (WorkFile.organisation_id == given.organisation, WorkFile.work_id == work.id, WorkFile.id == id)
    connection.execute(delete(table(WorkFile)).where(*mine))


def copy_files(connection: Connection, organisation: str, before: str, after: str) -> None:
    """A resit begins with what the first work had."""
    mine = (WorkFile.organisation_id == organisation, WorkFile.work_id == before)
    for id, media, length, body in connection.execute(
        select(WorkFile.id, WorkFile.media, WorkFile.length, WorkFile.body).where(*mine)
    ).all():
        row = {"organisation_id": organisation, "id": natural_id(after, id), "work_id": after, "media": media}
        connection.execute(insert(table(WorkFile)), row | {"length": length, "stored": now(), "body": body})
