"""Statements and what surrounds them: append-only, made for merging and for many organisations.

Migrations say how a database lays `statement` and `statement_term` out (by month; without row ids; in the index by
person only what names one). Here it would bring the parts of SQLAlchemy for both databases into every server.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Id, Instant, LongText


class Statement(Base):
    """One xAPI statement: `body` is the JSON as received, save the members that the LRS must set.

    `happened` is the timestamp corrected by the origin's clock offset; `evidence` says whether it moves progress;
    `txid` is PostgreSQL's transaction, so that cursors stop below the oldest open one (None on SQLite).
    """

    __tablename__ = "statement"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    stored: Mapped[Instant] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    origin: Mapped[Id]
    origin_seq: Mapped[int] = mapped_column(BigInteger)
    txid: Mapped[int | None] = mapped_column(BigInteger)
    happened: Mapped[Instant]
    person_id: Mapped[Id | None]
    activity: Mapped[str] = mapped_column(String(160))
    verb: Mapped[str] = mapped_column(String(250))
    object_id: Mapped[LongText]
    registration: Mapped[Id | None]
    authority: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[bool]
    body: Mapped[LongText]
    __table_args__ = (Index(None, "organisation_id", "person_id", "activity", "happened"),)


class StatementTerm(Base):
    """The index that filters read: one row for each statement and thing it may be asked by (`lms.database.terms`)."""

    __tablename__ = "statement_term"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    stored: Mapped[Instant] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)


class StatementKey(Base):
    """Unpartitioned, so that a statement's id stays unique in its organisation."""

    __tablename__ = "statement_key"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    stored: Mapped[Instant]


class Voiding(Base):
    """A statement was voided by another: a row, never an update."""

    __tablename__ = "voiding"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(primary_key=True)
    by_id: Mapped[Id]
    stored: Mapped[Instant]


class Erasure(Base):
    """A tombstone: this statement may be, and stays, deleted. It holds after restore and merge."""

    __tablename__ = "erasure"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(60))
    stored: Mapped[Instant]
    origin: Mapped[Id]


class Origin(Base):
    """An instance that statements come from, with the measured offset of its clock (microseconds)."""

    __tablename__ = "origin"
    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    clock_offset: Mapped[int] = mapped_column(BigInteger, default=0)
    measured: Mapped[Instant]


class CourseRevision(Base):
    """The files of a course as they were when an attempt began; the id is the hash of the content."""

    __tablename__ = "course_revision"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    course: Mapped[str] = mapped_column(String(80))
    body: Mapped[LongText]
    stored: Mapped[Instant]


class Partner(Base):
    """Another system. What it may do stands in its credentials; what is sent to it, in the relay columns.

    `relay_secret` is sealed with the instance's key. `relay_what`: `own` (what Déclic says) or `all`. `relay_filter`:
    JSON of the courses and verbs that are sent, empty for all. `pseudonym`: the salt that hides who acted, empty when
    actors are sent as they are. After a failure nothing is tried before `relay_next`.
    """

    __tablename__ = "partner"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created: Mapped[Instant]
    revoked: Mapped[Instant | None]
    relay_url: Mapped[str] = mapped_column(String(250), default="")
    relay_key: Mapped[str] = mapped_column(String(250), default="")
    relay_secret: Mapped[LongText] = mapped_column(default="")
    relay_version: Mapped[str] = mapped_column(String(10), default="1.0.3")
    relay_what: Mapped[str] = mapped_column(String(10), default="own")
    relay_filter: Mapped[LongText] = mapped_column(default="{}")
    pseudonym: Mapped[str] = mapped_column(String(64), default="")
    relay_failures: Mapped[int] = mapped_column(default=0)
    relay_next: Mapped[Instant] = mapped_column(default=0)
    relay_error: Mapped[LongText] = mapped_column(default="")
    relay_sent: Mapped[Instant] = mapped_column(default=0)
    relay_last: Mapped[Instant] = mapped_column(default=0)


class PartnerCredential(Base):
    """A key of a partner; each is an authority of its own. `secret_hash` is SHA-256 of a random secret of 256 bits.

    `previous_hash` still opens until `previous_until`, so that a secret can be changed without a cut. `groups`,
    `courses` and `origins` are words parted by spaces; empty groups or courses mean all, empty origins no browser.
    """

    __tablename__ = "partner_credential"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    partner_id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64), default="")
    previous_until: Mapped[Instant] = mapped_column(default=0)
    scopes: Mapped[str] = mapped_column(String(250))
    groups: Mapped[LongText] = mapped_column(default="")
    courses: Mapped[LongText] = mapped_column(default="")
    origins: Mapped[LongText] = mapped_column(default="")
    created: Mapped[Instant]
    expires: Mapped[Instant | None]
    revoked: Mapped[Instant | None]
    last_used: Mapped[Instant | None]
    __table_args__ = (Index(None, "organisation_id", "partner_id"),)


class Outbox(Base):
    """A statement waiting to be sent to a partner; written in the statement's transaction.

    Due from `next_try` on. Whoever sends it first moves `next_try` away, so that nobody else does; a row that the
    partner refused keeps its answer in `parked` and is never due.
    """

    __tablename__ = "outbox"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    partner_id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(primary_key=True)
    stored: Mapped[Instant]
    tries: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[Instant]
    parked: Mapped[LongText | None]
    __table_args__ = (Index(None, "organisation_id", "partner_id", "next_try"),)
