"""Photos and PDF files joined to a work: known by their content, photos kept without their place, read by few."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import Work, WorkFile
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.works import WorkFacts, find_closed, hold_work, read_work
from lms.people.students import StudentFacts

LARGEST = 5 * 1024 * 1024
MOST = 3
LARGEST_SIDE = 2400
"""Pixels of a kept photo: a sheet of paper can be read in it."""
MOST_PIXELS = 25_000_000
"""A picture that is small as a file may be large in memory: four bytes a pixel, more than once."""
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
KINDS = {PDF: "PDF", JPEG: "photo", PNG: "image"}
GONE = "Ce fichier n'existe pas, ou n'existe plus."
UNKNOWN = "Ce n'est ni une photo (JPEG, PNG) ni un PDF. Rien n'est joint."

TOO_LARGE = f"Cette image est trop grande : {MOST_PIXELS // 1_000_000} millions de points au plus. Rien n'est joint."


@dataclass(frozen=True)
class FileFacts:
    """A file without its bytes. Its name was not kept: it may say who wrote it."""

    id: str
    work: str
    media: str
    length: int


def add_file(
    connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, file: tuple[str, bytes]
) -> None:
    """Join what `clean` returned; the same twice is one. Raises BadRequest for one too many, NotAllowed once it is in.

    `clean` comes before the transaction: drawing a picture anew takes longer than others may wait to write.
    """
    hold_open(connection, given, work, who)
    media, body = file
    made = natural_id(work.id, hashlib.sha256(body).hexdigest())
    there = {one.id for one in read_files(connection, given.organisation, work.id)}
    if len(there - {made}) >= MOST:
        raise BadRequest("too many files", sentence=f"{MOST} fichiers au plus. Retirez-en un d'abord.")
    row = {"organisation_id": given.organisation, "id": made, "work_id": work.id, "media": media}
    insert_missing(connection, WorkFile, [row | {"length": len(body), "stored": now(), "body": body}])


def hold_open(connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts) -> None:
    """Until the end of the transaction nobody hands it in. Raises NotAllowed where nothing can be handed in now."""
    hold_work(connection, given, work)
    mine = (Work.organisation_id == given.organisation, Work.id == work.id)
    connection.execute(select(Work.id).where(*mine).with_for_update())
    held = read_work(connection, given.organisation, work.id)
    if closed := find_closed(given, held, who, now()):
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
                raise BadRequest(f"{found.width}×{found.height}", sentence=TOO_LARGE)
            kind = found.format or "JPEG"
            found.thumbnail((LARGEST_SIDE, LARGEST_SIDE))  # first: what follows copies the whole
            drawn = ImageOps.exif_transpose(found).convert("RGBA" if kind == "PNG" else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadRequest(f"a broken picture: {error}", sentence="Cette image est abîmée. Rien n'est joint.") from error
    out = io.BytesIO()
    drawn.info.clear()
    drawn.save(out, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return (PNG if kind == "PNG" else JPEG), out.getvalue()


_FACTS = (WorkFile.id, WorkFile.work_id, WorkFile.media, WorkFile.length)


def read_files(connection: Connection, organisation: str, work: str) -> list[FileFacts]:
    """What is joined to a work, the first first."""
    wanted = select(*_FACTS).where(WorkFile.organisation_id == organisation, WorkFile.work_id == work)
    return [FileFacts(*row) for row in connection.execute(wanted.order_by(WorkFile.stored, WorkFile.id))]


def find_file(connection: Connection, organisation: str, id: str) -> FileFacts:
    """One of the house; whoever asks checks who may. Raises NotFound."""
    wanted = select(*_FACTS).where(WorkFile.organisation_id == organisation, WorkFile.id == id)
    row: Any = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"no file {id!r}", sentence=GONE)
    return FileFacts(*row)


def read_body(connection: Connection, organisation: str, id: str) -> bytes:
    """The bytes of one that `find_file` found. Raises NotFound where it has gone since."""
    wanted = select(WorkFile.body).where(WorkFile.organisation_id == organisation, WorkFile.id == id)
    found = connection.execute(wanted).scalar()
    if found is None:
        raise NotFound(f"no file {id!r}", sentence=GONE)
    return bytes(found)


def remove_file(connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, id: str) -> None:
    """Take it out again, before the work is in; gone already is gone. Raises NotAllowed afterwards."""
    hold_open(connection, given, work, who)
    mine = (WorkFile.organisation_id == given.organisation, WorkFile.work_id == work.id, WorkFile.id == id)
    connection.execute(delete(table(WorkFile)).where(*mine))


def copy_files(connection: Connection, organisation: str, before: str, after: str) -> None:
    """A resit begins with what the first work had, in the same order; twice is once."""
    for one in read_files(connection, organisation, before):
        wanted = select(*table(WorkFile).columns).where(WorkFile.organisation_id == organisation, WorkFile.id == one.id)
        row = dict(connection.execute(wanted).mappings().one())
        insert_missing(connection, WorkFile, [row | {"id": natural_id(after, one.id), "work_id": after}])
