"""What partners keep beside statements: documents, definitions of activities, attachments."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Id, Instant, LongText

Hash = Annotated[str, mapped_column(String(32))]
Bytes = Annotated[bytes, mapped_column(LargeBinary)]


class Document(Base):
    """A state or a profile. Of the person it is about only a hash of the identifier is kept, enough to erase it.

    `id` is the hash of everything that names it; `holder` of all but registration and name, so that it can be listed.
    """

    __tablename__ = "document"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Hash] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    holder: Mapped[Hash]
    registration: Mapped[Id]
    name: Mapped[LongText]
    activity: Mapped[LongText]
    agent: Mapped[Hash]
    content_type: Mapped[str] = mapped_column(String(250))
    etag: Mapped[str] = mapped_column(String(40))
    stored: Mapped[Instant]
    body: Mapped[Bytes]
    __table_args__ = (
        Index(None, "organisation_id", "holder", "registration", "stored"),
        Index(None, "organisation_id", "agent"),
    )


class ActivityDefinition(Base):
    """All that statements of this organisation said about one activity, merged; `id` is the hash of its IRI."""

    __tablename__ = "activity_definition"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Hash] = mapped_column(primary_key=True)
    iri: Mapped[str] = mapped_column(Text)
    definition: Mapped[LongText]
    stored: Mapped[Instant]


class Attachment(Base):
    """The bytes of an attachment, once for however many statements that name their hash."""

    __tablename__ = "attachment"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    sha2: Mapped[str] = mapped_column(String(128), primary_key=True)
    length: Mapped[int] = mapped_column(Integer)
    stored: Mapped[Instant]
    body: Mapped[Bytes]


class StatementAttachment(Base):
    """Which statement names which attachment: the bytes go with the last statement that is erased."""

    __tablename__ = "statement_attachment"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(primary_key=True)
    sha2: Mapped[str] = mapped_column(String(128), primary_key=True)
    __table_args__ = (Index(None, "organisation_id", "sha2"),)
