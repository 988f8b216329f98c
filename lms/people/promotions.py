"""Promotions: a class of a school, its teachers and its groups. Only its teachers know that it exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select, update

from lms.database.clock import now
from lms.database.ids import natural_id, new_id
from lms.database.models import (
    Person,
    Promotion,
    PromotionGroup,
    PromotionStudent,
    PromotionTeacher,
    RoleGrant,
    StaffAccount,
)
from lms.database.rows import insert_missing, table, upsert
from lms.errors import BadRequest, NotFound
from lms.people.accounts import merge_marks
from lms.people.roles import TEACHER

LONGEST_TITLE = 120
LONGEST_GROUP = 80


@dataclass(frozen=True)
class PromotionFacts:
    """A promotion as pages need it."""

    organisation: str
    id: str
    title: str
    course: str


@dataclass(frozen=True)
class TeacherFacts:
    """A teacher, of a promotion or of the house."""

    person: str
    name: str


def add_promotion(
    connection: Connection, organisation: str, teacher: str, title: str, course: str, made: str = ""
) -> str:
    """A promotion with its first teacher; its id. The same `made` twice makes one. Raises BadRequest."""
    title = " ".join(title.split())
    if not title:
        raise BadRequest("promotion title is empty", sentence="Donnez un nom à la promotion.")
    if len(title) > LONGEST_TITLE:
        raise BadRequest("promotion title too long", sentence=f"Le nom est long : {LONGEST_TITLE} signes au plus.")
    made = made or new_id()
    row = {"organisation_id": organisation, "id": made, "title": title, "course": course}
    if insert_missing(connection, Promotion, [row | merge_marks(connection)]):
        add_teacher(connection, PromotionFacts(organisation, made, title, course), teacher)
    return made


def _taught_by(organisation: str, teacher: str) -> Select[str, str, str, str]:
    return (
        select(Promotion.organisation_id, Promotion.id, Promotion.title, Promotion.course)
        .join(
            PromotionTeacher,
            (PromotionTeacher.organisation_id == Promotion.organisation_id)
            & (PromotionTeacher.promotion_id == Promotion.id),
        )
        .where(
            Promotion.organisation_id == organisation,
            Promotion.deleted_at.is_(None),
            PromotionTeacher.person_id == teacher,
            PromotionTeacher.deleted_at.is_(None),
        )
    )


def read_promotions(connection: Connection, organisation: str, teacher: str) -> list[PromotionFacts]:
    """The promotions of this teacher, newest first."""
    rows = connection.execute(_taught_by(organisation, teacher).order_by(Promotion.id.desc())).all()
    return [PromotionFacts(*row) for row in rows]


def read_promotion(connection: Connection, organisation: str, teacher: str, promotion: str) -> PromotionFacts:
    """A promotion of this teacher. Raises NotFound for any other: he need not know that it exists."""
    row = connection.execute(_taught_by(organisation, teacher).where(Promotion.id == promotion)).first()
    if row is None:
        sentence = "Cette promotion n'est pas la vôtre."
        raise NotFound(f"no promotion {promotion!r} taught by {teacher!r}", sentence=sentence)
    return PromotionFacts(*row)


def find_promotion(connection: Connection, organisation: str, promotion: str) -> PromotionFacts:
    """A promotion of the house, whoever asks. Raises NotFound."""
    wanted = select(Promotion.organisation_id, Promotion.id, Promotion.title, Promotion.course)
    row = connection.execute(wanted.where(Promotion.organisation_id == organisation, Promotion.id == promotion)).first()
    if row is None:
        raise NotFound(f"no promotion {promotion!r}")
    return PromotionFacts(*row)


def count_students(connection: Connection, organisation: str, promotions: Sequence[str]) -> Mapping[str, int]:
    """How many students each promotion has, by its id."""
    wanted = (
        select(PromotionStudent.promotion_id, func.count())
        .where(PromotionStudent.organisation_id == organisation, PromotionStudent.promotion_id.in_(promotions))
        .where(PromotionStudent.deleted_at.is_(None))
        .group_by(PromotionStudent.promotion_id)
    )
    return {promotion: int(count) for promotion, count in connection.execute(wanted)}


def add_teacher(connection: Connection, one: PromotionFacts, person: str) -> None:
    """One more teacher; one who left comes back."""
    key = {"organisation_id": one.organisation, "promotion_id": one.id, "person_id": person}
    upsert(connection, PromotionTeacher, key | merge_marks(connection) | {"deleted_at": None})


def read_teachers(connection: Connection, one: PromotionFacts) -> list[TeacherFacts]:
    """The teachers of a promotion, by name."""
    wanted = (
        select(Person.id, Person.first_name)
        .join(
            PromotionTeacher,
            (PromotionTeacher.organisation_id == Person.organisation_id) & (PromotionTeacher.person_id == Person.id),
        )
        .where(PromotionTeacher.organisation_id == one.organisation, PromotionTeacher.promotion_id == one.id)
        .where(PromotionTeacher.deleted_at.is_(None), Person.deleted_at.is_(None))
    )
    rows = connection.execute(wanted.order_by(Person.first_name, Person.id)).all()
    return [TeacherFacts(person, name) for person, name in rows]


def find_colleague(connection: Connection, organisation: str, login: str) -> TeacherFacts:
    """The teacher of the house who signs in with this. Raises BadRequest where there is none."""
    wanted = (
        select(Person.id, Person.first_name)
        .join(
            StaffAccount,
            (StaffAccount.organisation_id == Person.organisation_id) & (StaffAccount.person_id == Person.id),
        )
        .join(RoleGrant, (RoleGrant.organisation_id == Person.organisation_id) & (RoleGrant.person_id == Person.id))
        .where(Person.organisation_id == organisation, StaffAccount.login == login.strip().lower())
        .where(RoleGrant.role == TEACHER, Person.deleted_at.is_(None))
    )
    row = connection.execute(wanted).first()
    if row is None:
        sentence = "Personne n'enseigne ici sous cet identifiant. L'administration crée ce compte."
        raise BadRequest(f"no teacher {login!r}", sentence=sentence)
    return TeacherFacts(*row)


def remove_teacher(connection: Connection, one: PromotionFacts, person: str) -> None:
    """A teacher leaves. Raises BadRequest for the last one: somebody must see the students."""
    teachers = {each.person for each in read_teachers(connection, one)}
    if teachers == {person}:
        sentence = "Il ne reste que vous. Ajoutez d'abord une autre personne."
        raise BadRequest("the last teacher of a promotion", sentence=sentence)
    mine = (PromotionTeacher.organisation_id == one.organisation, PromotionTeacher.promotion_id == one.id)
    gone = {"deleted_at": now(), "changed": merge_marks(connection)["changed"]}
    connection.execute(update(table(PromotionTeacher)).where(*mine, PromotionTeacher.person_id == person).values(gone))


def add_group(connection: Connection, one: PromotionFacts, name: str) -> str:
    """A group of this name; its id, the same for the same name. Raises BadRequest without one."""
    name = " ".join(name.split())[:LONGEST_GROUP]
    if not name:
        raise BadRequest("group name is empty", sentence="Donnez un nom au groupe.")
    made = natural_id(one.id, "group", name.casefold())
    row = {"organisation_id": one.organisation, "id": made, "promotion_id": one.id, "name": name}
    upsert(connection, PromotionGroup, row | merge_marks(connection) | {"deleted_at": None})
    return made


def read_groups(connection: Connection, one: PromotionFacts) -> dict[str, str]:
    """Id → name of the groups of a promotion, by name."""
    wanted = select(PromotionGroup.id, PromotionGroup.name).where(
        PromotionGroup.organisation_id == one.organisation,
        PromotionGroup.promotion_id == one.id,
        PromotionGroup.deleted_at.is_(None),
    )
    return {row.id: row.name for row in connection.execute(wanted.order_by(PromotionGroup.name))}
