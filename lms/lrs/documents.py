"""State, agent profiles and activity profiles: whatever a partner keeps under a name, as bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, text

from lms.database.clock import now
from lms.database.models import Document
from lms.database.rows import table, upsert
from lms.errors import BadRequest
from lms.lrs.conditions import Condition, Need
from lms.lrs.merging import check_object, is_json, merge_objects, read_json
from lms.lrs.people import hash_agent, hash_texts

STATE, AGENT_PROFILE, ACTIVITY_PROFILE = "state", "agent_profile", "activity_profile"
LONGEST_TYPE = 250


@dataclass(frozen=True)
class Place:
    """Where documents lie. An empty `registration` is: of no registration; in a list: of any."""

    organisation: str
    kind: str
    activity: str = ""
    agent: Mapping[str, Any] | None = None
    registration: str = ""

    @property
    def person(self) -> str:
        """The hash of whom it is about; empty when about nobody."""
        return hash_agent(self.agent) if self.agent is not None else ""

    @property
    def holder(self) -> str:
        """The hash of all but registration and name."""
        return hash_texts(self.kind, self.activity, self.person)

    def key(self, name: str) -> str:
        """The hash of everything that names one document."""
        return hash_texts(self.holder, self.registration, name)


@dataclass(frozen=True)
class Content:
    """The bytes of a document and their type."""

    content_type: str
    body: bytes

    def __post_init__(self) -> None:
        if len(self.content_type) > LONGEST_TYPE or not self.content_type.isascii():
            raise BadRequest(f"Content-Type: at most {LONGEST_TYPE} characters, ASCII")


@dataclass(frozen=True)
class Kept:
    """A document that is there; `stored` in microseconds."""

    content: Content
    etag: str
    stored: int


def find_document(connection: Connection, place: Place, name: str) -> Kept | None:
    """One document by its name."""
    wanted = select(Document.content_type, Document.body, Document.etag, Document.stored).where(
        Document.organisation_id == place.organisation, Document.id == place.key(name)
    )
    row = connection.execute(wanted).first()
    return Kept(Content(row.content_type, row.body), row.etag, row.stored) if row else None


def put_document(
    connection: Connection, place: Place, name: str, content: Content, condition: Condition, need: Need
) -> None:
    """Keep a document whole; `need` says when a condition must be given.

    Raises PreconditionFailed, ConditionMissing, NoCondition; BadRequest for JSON that is none.
    """
    if is_json(content.content_type):
        read_json(content.body, "the document")
    _hold(connection, place, name)
    kept = find_document(connection, place, name)
    condition.check(kept.etag if kept else None, need)
    _keep(connection, place, name, content)


def merge_document(connection: Connection, place: Place, name: str, content: Content, condition: Condition) -> None:
    """Merge a JSON object into the one that is kept; the first one is simply kept (xAPI 1.0.3, part 3, 2.2).

    Raises PreconditionFailed; BadRequest when either is no JSON object.
    """
    if not is_json(content.content_type):
        raise BadRequest("Content-Type: POST merges application/json; use PUT for a document of another type")
    posted = check_object(content.body, "the document")
    _hold(connection, place, name)
    kept = find_document(connection, place, name)
    condition.check(kept.etag if kept else None)
    if kept is None:
        return _keep(connection, place, name, content)
    old = kept.content
    if not is_json(old.content_type):
        raise BadRequest(f"the document that is kept is {old.content_type}: nothing can be merged into it, use PUT")
    merged = merge_objects(check_object(old.body, "the document that is kept"), posted)
    _keep(connection, place, name, Content(old.content_type, merged.encode("utf-8")))


def _hold(connection: Connection, place: Place, name: str) -> None:
    """Two who write the same document do so one after the other. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        digest = hashlib.blake2b(f"{place.organisation}{place.key(name)}".encode(), digest_size=8).digest()
        connection.execute(_LOCK, {"key": int.from_bytes(digest, "big", signed=True)})


_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


def _keep(connection: Connection, place: Place, name: str, content: Content) -> None:
    row = {
        "organisation_id": place.organisation,
        "id": place.key(name),
        "kind": place.kind,
        "holder": place.holder,
        "registration": place.registration,
        "name": name,
        "activity": place.activity,
        "agent": place.person,
        "content_type": content.content_type,
        "etag": find_etag(content.body),
        "stored": now(),
        "body": content.body,
    }
    upsert(connection, Document, row)


def find_etag(body: bytes) -> str:
    """SHA-1 in hexadecimal, as xAPI 1.0.3, part 3, 3.1 wants it: a name of the content, no protection."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def list_documents(connection: Connection, place: Place, since: int | None = None) -> list[tuple[str, int]]:
    """(name, stored) of the documents in a place, oldest first; `since` in microseconds, exclusive."""
    wanted = select(Document.name, Document.stored).where(*_inside(place))
    if since is not None:
        wanted = wanted.where(Document.stored > since)
    rows = connection.execute(wanted.order_by(Document.stored, Document.id))
    return [(row.name, row.stored) for row in rows]


def _inside(place: Place) -> list[Any]:
    where = [Document.organisation_id == place.organisation, Document.holder == place.holder]
    return [*where, Document.registration == place.registration] if place.registration else where


def drop_document(connection: Connection, place: Place, name: str, condition: Condition) -> None:
    """Delete one document; one that is not there is no fault. Raises PreconditionFailed."""
    _hold(connection, place, name)
    kept = find_document(connection, place, name)
    condition.check(kept.etag if kept else None)
    mine = (Document.organisation_id == place.organisation, Document.id == place.key(name))
    connection.execute(delete(table(Document)).where(*mine))


def drop_documents(connection: Connection, place: Place) -> None:
    """Delete all documents in a place."""
    connection.execute(delete(table(Document)).where(*_inside(place)))


def erase_documents(connection: Connection, organisation: str, agent: Mapping[str, Any]) -> int:
    """Delete everything that partners keep about this agent; how many documents there were."""
    mine = (Document.organisation_id == organisation, Document.agent == hash_agent(agent))
    return connection.execute(delete(table(Document)).where(*mine)).rowcount
