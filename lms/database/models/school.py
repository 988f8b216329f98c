"""Schools: promotions of students, what is assigned to them, their works, how these are marked, what is attested."""

from __future__ import annotations

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.database.models.declarative import Base, Id, Instant, LongText, Mergeable


class Promotion(Mergeable, Base):
    """A class of one school: students, one or more teachers, modules of one course."""

    __tablename__ = "promotion"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    course: Mapped[str] = mapped_column(String(80))


class PromotionTeacher(Mergeable, Base):
    """A teacher of a promotion: marks, and sees everybody in it."""

    __tablename__ = "promotion_teacher"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    promotion_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    __table_args__ = (Index(None, "organisation_id", "person_id"),)


class PromotionGroup(Mergeable, Base):
    """Some students of a promotion, to whom something may be assigned alone."""

    __tablename__ = "promotion_group"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    promotion_id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index(None, "organisation_id", "promotion_id"),)


class PromotionStudent(Mergeable, Base):
    """A student of a promotion. `extra` is more time in percent, by right.

    `guarded` when somebody must agree for this person (a minor, a protected adult); `consented` is the day that it was
    said, and nothing more is kept of it.
    """

    __tablename__ = "promotion_student"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    promotion_id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    group_id: Mapped[Id | None]
    extra: Mapped[int] = mapped_column(Integer)
    guarded: Mapped[bool]
    consented: Mapped[str] = mapped_column(String(10))
    __table_args__ = (Index(None, "organisation_id", "person_id"),)


class Assignment(Mergeable, Base):
    """Something to do between two instants, by a promotion or one of its groups.

    `kind` is module, answer, case, place or pair; `module` the part of the course that it belongs to,
    `activity` what a pair plays; `markers` how
    many mark it, none where nothing is marked; `late` whether work is taken after `due`.
    """

    __tablename__ = "assignment"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    promotion_id: Mapped[Id]
    group_id: Mapped[Id | None]
    kind: Mapped[str] = mapped_column(String(10))
    module: Mapped[str] = mapped_column(String(60))
    activity: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(160))
    brief: Mapped[LongText]
    opens: Mapped[Instant]
    due: Mapped[Instant]
    late: Mapped[bool]
    markers: Mapped[int] = mapped_column(Integer)
    blind: Mapped[bool]
    __table_args__ = (Index(None, "organisation_id", "promotion_id"),)


class Work(Mergeable, Base):
    """What one student writes for one assignment; a resit is number 2. `body` is JSON, a draft until `handed`.

    `due` is this student's own, where it differs. `result` (JSON) is what was given back at `given`.
    """

    __tablename__ = "work"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    assignment_id: Mapped[Id]
    person_id: Mapped[Id]
    number: Mapped[int] = mapped_column(Integer)
    due: Mapped[Instant | None]
    body: Mapped[LongText]
    saved: Mapped[Instant | None]
    handed: Mapped[Instant | None]
    late: Mapped[bool]
    given: Mapped[Instant | None]
    result: Mapped[LongText]
    __table_args__ = (
        Index(None, "organisation_id", "assignment_id"),
        Index(None, "organisation_id", "person_id"),
    )


class WorkFile(Base):
    """A photo or a PDF joined to a work, its bytes with it: backed up and erased as the work is."""

    __tablename__ = "work_file"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    work_id: Mapped[Id]
    media: Mapped[str] = mapped_column(String(40))
    length: Mapped[int] = mapped_column(Integer)
    stored: Mapped[Instant]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (Index(None, "organisation_id", "work_id"),)


class Marking(Mergeable, Base):
    """One marker's marks and comment on one work, a draft until `done`; place 3 decides where 1 and 2 differ.

    Nobody marks it yet while there is no `marker_id`.
    """

    __tablename__ = "marking"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    work_id: Mapped[Id] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    marker_id: Mapped[Id | None]
    marks: Mapped[LongText]
    comment: Mapped[LongText]
    done: Mapped[Instant | None]
    __table_args__ = (Index(None, "organisation_id", "marker_id"),)


class RolePair(Mergeable, Base):
    """Two students who play one exercise together, each from a seat."""

    __tablename__ = "role_pair"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    assignment_id: Mapped[Id]
    first_id: Mapped[Id]
    second_id: Mapped[Id]
    __table_args__ = (Index(None, "organisation_id", "assignment_id"),)


class Attestation(Mergeable, Base):
    """A teacher attests a module; withdrawn it stays as a tombstone. `code` is what anybody may check.

    All that the paper says is kept as it was signed: names, the promotion's title, `lines` (JSON) on what it rests.
    """

    __tablename__ = "attestation"
    organisation_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    promotion_id: Mapped[Id]
    person_id: Mapped[Id]
    module: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(String(80))
    promotion: Mapped[str] = mapped_column(String(120))
    lines: Mapped[LongText]
    teacher_id: Mapped[Id | None]
    teacher: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    day: Mapped[str] = mapped_column(String(10))
    __table_args__ = (Index(None, "organisation_id", "person_id"), Index(None, "organisation_id", "promotion_id"))
