"""Attachments of statements: checked by their hash, kept once, given back with the statements that name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, TextClause, delete, select, text

from lms.database.clock import now
from lms.database.db import db
from lms.database.models import Attachment, Erasure, StatementAttachment
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest
from lms.lrs.signatures import SIGNATURE, check_signature

Statements = Sequence[Mapping[str, Any]]

HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
"""SHA-2 by the number of hexadecimal characters."""
UNKNOWN_TYPE = "application/octet-stream"


class WrongAttachment(BadRequest):
    """Statements and parts of a request do not fit together; the detail names which."""

    sentence = "Une pièce jointe ne correspond pas à sa déclaration."


@dataclass(frozen=True)
class Part:
    """One attachment: its hash in lower case, its type, its bytes; `place` says where it stood in the request."""

    sha2: str
    content_type: str
    body: bytes
    place: str = ""


def find_attachments(statement: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(place, attachment) of a statement and of its sub-statement."""
    for at, one in enumerate(statement.get("attachments", ())):
        yield f"{place}attachments[{at}]", one
    if statement["object"].get("objectType") == "SubStatement":
        yield from find_attachments(statement["object"], f"{place}object.")


def check_parts(statements: Statements, parts: Sequence[Part]) -> None:
    """Every attachment has its part or a fileUrl, every part its attachment, and signatures hold.

    Raises WrongAttachment or InvalidSignature naming the member or the part.
    """
    received = {part.sha2: part for part in parts}
    for part in parts:
        _check_hash(part)
    named = set()
    for at, statement in enumerate(statements):
        for place, one in find_attachments(statement, f"[{at}]." if len(statements) > 1 else ""):
            sha2 = one["sha2"].lower()
            named.add(sha2)
            if sha2 not in received and "fileUrl" not in one:
                raise WrongAttachment(
                    f"{place}: no part of multipart/mixed has the hash {sha2}, and there is no fileUrl"
                )
            if one["usageType"] == SIGNATURE:
                found = received.get(sha2)
                check_signature(statement, one, found.body if found else None, place)
    for part in parts:
        if part.sha2 not in named:
            raise WrongAttachment(f"{part.place}: no statement names an attachment with the hash {part.sha2}")


def _check_hash(part: Part) -> None:
    kind = HASHES.get(len(part.sha2))
    if kind is None:
        raise WrongAttachment(f"{part.place}: X-Experience-API-Hash is no SHA-2 in hexadecimal")
    if (real := hashlib.new(kind, part.body).hexdigest()) != part.sha2:
        raise WrongAttachment(f"{part.place}: X-Experience-API-Hash says {part.sha2}, the content has {real}")


def keep_parts(
    connection: Connection, organisation: str, statements: Statements, ids: Sequence[str], parts: Sequence[Part]
) -> None:
    """Keep the bytes, and which of these statements (with their `ids`, in order) names them, in their transaction."""
    received = {part.sha2 for part in parts}
    named = {
        (statement_id, sha2)
        for statement_id, statement in zip(ids, statements, strict=True)
        for _, one in find_attachments(statement)
        if (sha2 := one["sha2"].lower()) in received
    }
    if not parts:
        return
    _hold(connection, _SHARED)
    instant, bodies = now(), {part.sha2: part.body for part in parts}
    for sha2 in sorted(bodies):  # in one order, so that two writers cannot wait for each other
        row = {"sha2": sha2, "length": len(bodies[sha2]), "stored": instant, "body": bodies[sha2]}
        insert_missing(connection, Attachment, [{"organisation_id": organisation, **row}])
    rows = [{"organisation_id": organisation, "statement_id": name, "sha2": sha2} for name, sha2 in sorted(named)]
    insert_missing(connection, StatementAttachment, rows)


def read_parts(organisation: str, statements: Statements) -> Iterator[Part]:
    """The attachments that came with these statements, each once, read one by one as they are sent.

    A statement that only names the hash of what came with another one gets nothing of it: whoever knows a hash may
    not be allowed to read what has it.
    """
    types: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for statement in statements:
        for _, one in find_attachments(statement):
            sha2 = one["sha2"].lower()
            types[sha2] = str(one["contentType"])
            names.setdefault(sha2, set()).add(str(statement["id"]).lower())
    links, bodies = table(StatementAttachment).c, table(Attachment).c
    for sha2, content_type in types.items():
        came = select(links.sha2).where(
            links.organisation_id == organisation, links.sha2 == sha2, links.statement_id.in_(names[sha2])
        )
        wanted = select(bodies.body).where(bodies.organisation_id == organisation, bodies.sha2 == sha2, came.exists())
        with db.engine.connect() as connection:
            body = connection.execute(wanted).scalar()
        if body is not None:
            safe = content_type.isascii() and content_type.isprintable()
            yield Part(sha2, content_type if safe else UNKNOWN_TYPE, body)


def erase_attachments(connection: Connection) -> int:
    """After statements were erased: attachments that no statement names any more go too; how many."""
    _hold(connection, _ALONE)
    links, bodies = table(StatementAttachment), table(Attachment)
    erased = (Erasure.organisation_id == links.c.organisation_id) & (Erasure.statement_id == links.c.statement_id)
    connection.execute(delete(links).where(select(Erasure.statement_id).where(erased).exists()))
    named = (links.c.organisation_id == bodies.c.organisation_id) & (links.c.sha2 == bodies.c.sha2)
    return connection.execute(delete(bodies).where(~select(links.c.sha2).where(named).exists())).rowcount


def _hold(connection: Connection, how: TextClause) -> None:
    """Bytes are not erased while somebody names them once more. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(how)


_SHARED = text("SELECT pg_advisory_xact_lock_shared(hashtext('attachment'))")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('attachment'))")
