"""Attempts and what is projected from their statements."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Id, Instant, LongText


class Attempt(Base):
    """One try of one activity. `state` is JSON, replaced as a whole under `rev`; clock and seed never change."""

    __tablename__ = "attempt"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    guest: Mapped[bool] = mapped_column(default=False)
    activity: Mapped[str] = mapped_column(String(160))
    revision: Mapped[str] = mapped_column(String(64))
    mode: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(12))
    state: Mapped[LongText]
    rev: Mapped[int] = mapped_column(Integer, default=0)
    seed: Mapped[int] = mapped_column(Integer)
    started: Mapped[Instant]
    ended: Mapped[Instant | None]
    erased: Mapped[Instant | None]
    token: Mapped[str] = mapped_column(String(64))
    paired: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (Index(None, "organisation_id", "person_id", "activity", "started"), Index(None, "ended"))


class Seat(Base):
    """One place of an attempt that two people play, each at a machine of his own; nobody sits there while it waits.

    Whoever began shows `code` to a neighbour; `token` writes from this seat only.
    """

    __tablename__ = "seat"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    attempt_id: Mapped[Id] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[Id | None]
    locale: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(8))
    token: Mapped[str] = mapped_column(String(64))
    seen: Mapped[Instant] = mapped_column(index=True)
    gone: Mapped[bool]
    __table_args__ = (Index(None, "organisation_id", "person_id"), Index(None, "organisation_id", "code"))


class ScreenShare(Base):
    """Somebody asks to see a learner's screen from afar, and until when the learner lets him. Kept for a day."""

    __tablename__ = "screen_share"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    watcher_id: Mapped[Id]
    asked: Mapped[Instant] = mapped_column(index=True)
    agreed: Mapped[Instant | None]
    ended: Mapped[Instant | None]
    seen: Mapped[Instant]
    __table_args__ = (Index(None, "organisation_id", "person_id", "ended"),)


class World(Base):
    """What a learner's exercise left for a later one; when that exercise is another revision since, it begins anew."""

    __tablename__ = "world"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    persona: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    guest: Mapped[bool]
    activity: Mapped[str] = mapped_column(String(160))
    revision: Mapped[str] = mapped_column(String(64))
    clock: Mapped[str] = mapped_column(String(10))
    body: Mapped[LongText]
    stored: Mapped[Instant] = mapped_column(index=True)


class Event(Base):
    """One event judged: part and code, never what was typed. Kept for a while, then erased."""

    __tablename__ = "event"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    attempt_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(Integer)
    stored: Mapped[Instant] = mapped_column(index=True)
    part: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(60))
    feedback: Mapped[LongText]


class Progress(Base):
    """Where one learner stands with one activity: refolded from statements, never added to."""

    __tablename__ = "progress"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    activity: Mapped[str] = mapped_column(String(160), primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer)
    mastery: Mapped[int] = mapped_column(Integer)
    completed: Mapped[bool]
    succeeded: Mapped[bool]
    help: Mapped[str] = mapped_column(String(10))
    last: Mapped[Instant]


class LearnerHome(Base):
    """One row a learner, all standings as JSON: what the learner's page reads instead of 200 rows."""

    __tablename__ = "learner_home"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    standings: Mapped[LongText]


class Live(Base):
    """What the board shows of one learner; written in the event's transaction."""

    __tablename__ = "live"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    attempt_id: Mapped[Id]
    activity: Mapped[str] = mapped_column(String(160))
    goal: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[LongText]
    since: Mapped[Instant]
    seen: Mapped[Instant]
    tries: Mapped[int] = mapped_column(Integer)
    called: Mapped[Instant | None]
    ended: Mapped[bool]
    rev: Mapped[int] = mapped_column(Integer)


class Nudge(Base):
    """A highlight or a sentence from the trainer, numbered by learner."""

    __tablename__ = "nudge"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    author_id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(10))
    part: Mapped[str] = mapped_column(String(120))
    text: Mapped[LongText]
    stored: Mapped[Instant]
    seen: Mapped[Instant | None]


class Review(Base):
    """Something to look at again: a review that fell due and was done, or what differs from the real site.

    One that is due and not seen yet has no row: the course says it.
    """

    __tablename__ = "review"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    activity: Mapped[str] = mapped_column(String(160))
    revision: Mapped[str] = mapped_column(String(64))
    day: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[Id | None]
    sentence: Mapped[LongText]
    seen_by: Mapped[Id | None]
    seen: Mapped[Instant | None]
