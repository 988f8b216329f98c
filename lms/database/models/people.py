"""Organisations, people, groups, workshops."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Id, Instant, Mergeable


class Organisation(Base):
    """A CCAS, an association, a school: owner of people, workshops, credentials and statements."""

    __tablename__ = "organisation"
    id: Mapped[Id] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    theme: Mapped[str] = mapped_column(String(60), default="")
    created: Mapped[Instant]


class Person(Mergeable, Base):
    """Somebody known by a first name and nothing more; `voice` is None until asked."""

    __tablename__ = "person"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    first_name: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(12), default="fr")
    voice: Mapped[bool | None]
    theme: Mapped[str] = mapped_column(String(60), default="")


class PersonAlias(Base):
    """Two records were one person: a row, never an update of what was said."""

    __tablename__ = "person_alias"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    alias_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    stored: Mapped[Instant]
    origin: Mapped[Id]


class RoleGrant(Base):
    """One role of one person."""

    __tablename__ = "role_grant"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class StaffAccount(Base):
    """A sign-in with a password; only staff have one. `failed` tells an administrator of guessing."""

    __tablename__ = "staff_account"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed: Mapped[Instant]


class LearnerGroup(Mergeable, Base):
    """People who learn together; a workshop has one group, later dates share it."""

    __tablename__ = "learner_group"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


class GroupMember(Mergeable, Base):
    """One person in one group, as `learner` or as `trainer`."""

    __tablename__ = "group_member"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    group_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    __table_args__ = (Index(None, "organisation_id", "person_id"),)


class Workshop(Mergeable, Base):
    """A workshop with its six-digit code; the code is looked up, never a key."""

    __tablename__ = "workshop"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    group_id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(6), unique=True)
    course: Mapped[str] = mapped_column(String(80))


class WorkshopDate(Mergeable, Base):
    """One date (session) of a workshop."""

    __tablename__ = "workshop_date"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    workshop_id: Mapped[Id]
    starts: Mapped[Instant]
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "workshop_id"], ["workshop.organisation_id", "workshop.id"]),
    )


class Attendance(Mergeable, Base):
    """Who came on a date: unknown, seen, excused, revoked, noshow (the national codes)."""

    __tablename__ = "attendance"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    date_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(10))


class Card(Base):
    """The picture code of a learner: a convenience beside the workshop's code, not a secret."""

    __tablename__ = "card"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    pictures: Mapped[str] = mapped_column(String(60))
    changed: Mapped[Instant]


class Enrolment(Mergeable, Base):
    """A person on a course; the id is the UUIDv5 of organisation, person and course."""

    __tablename__ = "enrolment"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    course: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index(None, "organisation_id", "person_id"),)
