"""What the instance keeps about itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Instant


class Instance(Base):
    """Facts of this installation: its origin, the triggers' fingerprint."""

    __tablename__ = "instance"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Sequence(Base):
    """Counters on SQLite, taken under the write lock; PostgreSQL has sequences."""

    __tablename__ = "sequence"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class Throttle(Base):
    """Wrong sign-ins by key (learner, staff login, address); in the database, so that all processes agree."""

    __tablename__ = "throttle"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    since: Mapped[Instant]
    until: Mapped[Instant]


class Lease(Base):
    """Who runs a job, until when; and when the job last ran."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[Instant]
    ran: Mapped[Instant]
