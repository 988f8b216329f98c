"""Workshops: one group of learners, one or more trainers, a six-digit code, dates that share them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from lms.database.clock import now
from lms.database.ids import natural_id, new_id
from lms.database.models import (
    Card,
    GroupMember,
    LearnerGroup,
    Person,
    RoleGrant,
    Workshop,
    WorkshopDate,
)
from lms.database.prepared import find_row, find_rows, run
from lms.database.rows import insert_missing, table, upsert
from lms.errors import BadRequest, NotFound
from lms.people.accounts import add_person, merge_marks
from lms.people.enrolments import enrol
from lms.people.roles import LEARNER

PICTURE_WORDS = {
    "cle": "clé", "soleil": "soleil", "arbre": "arbre", "poisson": "poisson", "tasse": "tasse", "velo": "vélo",
    "cloche": "cloche", "maison": "maison", "livre": "livre", "fleur": "fleur", "bateau": "bateau",
    "parapluie": "parapluie",
}  # fmt: skip
PICTURES = tuple(PICTURE_WORDS)
PICTURES_IN_CODE = 3
LARGEST_GROUP = 1000
"""Three of twelve pictures in order make 1,320 codes; each learner of a group has one of his own."""


@dataclass(frozen=True)
class WorkshopFacts:
    """A workshop as pages need it."""

    organisation: str
    id: str
    group: str
    title: str
    code: str
    course: str


@dataclass(frozen=True)
class LearnerFacts:
    """A learner of a group with the picture code; `label` tells homonyms apart."""

    person: str
    first_name: str
    label: str
    pictures: tuple[str, ...]


def add_workshop(
    connection: Connection, organisation: str, trainer: str, title: str, course: str, made: str = ""
) -> str:
    """A workshop with a new group of its own, led by `trainer`; its id. The same `made` twice makes one."""
    title = " ".join(title.split())[:120]
    if not title:
        raise BadRequest("workshop title is empty", sentence="Donnez un nom à l'atelier.")
    made = made or new_id()
    marks, group = merge_marks(connection), natural_id(made, "group")
    where = {"organisation_id": organisation}
    if not insert_missing(connection, LearnerGroup, [where | marks | {"id": group, "name": title}]):
        return made
    connection.execute(
        insert(table(GroupMember)), where | marks | {"group_id": group, "person_id": trainer, "part": "trainer"}
    )
    row = where | marks | {"id": made, "group_id": group, "title": title, "course": course}
    connection.execute(insert(table(Workshop)), row | {"code": _free_code(connection)})
    return made


def _free_code(connection: Connection) -> str:
    """Six digits that no workshop has; the first is never 0, so that nobody leaves it out."""
    while True:
        code = str(secrets.randbelow(900_000) + 100_000)
        if connection.execute(select(Workshop.id).where(Workshop.code == code)).first() is None:
            return code


def add_date(connection: Connection, organisation: str, workshop: str, starts: int) -> str:
    """One more date of the same workshop and group; its id. The same instant twice is one date."""
    made = natural_id(workshop, str(starts))
    row = {"organisation_id": organisation, "id": made, "workshop_id": workshop, "starts": starts}
    insert_missing(connection, WorkshopDate, [row | merge_marks(connection)])
    return made


def read_dates(connection: Connection, organisation: str, workshop: str) -> Sequence[int]:
    """The starts of all dates of a workshop, in order."""
    wanted = select(WorkshopDate.starts).where(
        WorkshopDate.organisation_id == organisation,
        WorkshopDate.workshop_id == workshop,
        WorkshopDate.deleted_at.is_(None),
    )
    return connection.execute(wanted.order_by(WorkshopDate.starts)).scalars().all()


def add_learners(connection: Connection, workshop: WorkshopFacts, names: Sequence[str], form: str = "") -> list[str]:
    """New learners in the workshop's group, each with a picture code nobody else of the group has; their ids.

    `form` is the id of the form that brought the names: the same list posted twice makes nobody twice.
    """
    _hold_group(connection, workshop)
    ids = [natural_id(workshop.id, form, str(at), name) if form else new_id() for at, name in enumerate(names)]
    if ids and _is_known(connection, workshop.organisation, ids[0]):
        return ids
    taken = {one.pictures for one in read_learners(connection, workshop.organisation, workshop.group)}
    if len(taken) + len(names) > LARGEST_GROUP:
        raise BadRequest(
            f"group of more than {LARGEST_GROUP}", sentence="Ce groupe est trop grand : ouvrez un autre atelier."
        )
    for name, person in zip(names, ids, strict=True):
        add_person(connection, workshop.organisation, name, [LEARNER], made=person)
        pictures = _free_pictures(taken)
        taken.add(pictures)
        set_pictures(connection, workshop.organisation, person, pictures)
        _join(connection, workshop, person)
    return ids


def _is_known(connection: Connection, organisation: str, person: str) -> bool:
    mine = (Person.organisation_id == organisation, Person.id == person)
    return connection.execute(select(Person.id).where(*mine)).first() is not None


def _hold_group(connection: Connection, workshop: WorkshopFacts) -> None:
    """Two trainers at once must not give the same pictures: the second waits (on SQLite for the write lock)."""
    mine = (LearnerGroup.organisation_id == workshop.organisation, LearnerGroup.id == workshop.group)
    connection.execute(select(LearnerGroup.id).where(*mine).with_for_update())


def _join(connection: Connection, workshop: WorkshopFacts, person: str) -> None:
    where = {"organisation_id": workshop.organisation, "person_id": person} | merge_marks(connection)
    insert_missing(connection, GroupMember, [where | {"group_id": workshop.group, "part": "learner"}])
    enrol(connection, workshop.organisation, person, workshop.course)


def _free_pictures(taken: set[tuple[str, ...]]) -> tuple[str, ...]:
    """Three different pictures in an order of their own."""
    while True:
        pictures = tuple(secrets.SystemRandom().sample(PICTURES, PICTURES_IN_CODE))
        if pictures not in taken:
            return pictures


def set_pictures(connection: Connection, organisation: str, person: str, pictures: Sequence[str]) -> None:
    """Give a learner a picture code, replacing the one before."""
    row = {"organisation_id": organisation, "person_id": person, "pictures": ",".join(pictures), "changed": now()}
    upsert(connection, Card, row)


def renew_pictures(connection: Connection, workshop: WorkshopFacts, person: str) -> tuple[str, ...]:
    """A new picture code for a learner of this workshop. Raises NotFound for anybody else."""
    _hold_group(connection, workshop)
    learners = read_learners(connection, workshop.organisation, workshop.group)
    if person not in {one.person for one in learners}:
        raise NotFound(f"no learner {person!r} in workshop {workshop.id!r}")
    pictures = _free_pictures({one.pictures for one in learners})
    set_pictures(connection, workshop.organisation, person, pictures)
    return pictures


def remove_learner(connection: Connection, workshop: WorkshopFacts, person: str) -> None:
    """Take a learner out of the group; what was learnt stays."""
    connection.execute(
        update(GroupMember)
        .where(
            GroupMember.organisation_id == workshop.organisation,
            GroupMember.group_id == workshop.group,
            GroupMember.person_id == person,
            GroupMember.part == "learner",
        )
        .values(deleted_at=now(), changed=merge_marks(connection)["changed"])
    )


_of_group = (
    select(Person.id, Person.first_name, Card.pictures)
    .join(GroupMember, (GroupMember.organisation_id == Person.organisation_id) & (GroupMember.person_id == Person.id))
    .outerjoin(Card, (Card.organisation_id == Person.organisation_id) & (Card.person_id == Person.id))
    .where(
        GroupMember.organisation_id == bindparam("organisation"),
        GroupMember.group_id == bindparam("group"),
        GroupMember.part == "learner",
        GroupMember.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
)
_LEARNERS = _of_group.order_by(Person.first_name, Person.id)
_LEARNER = _of_group.where(Person.id == bindparam("person"))


def find_pictures(connection: Connection, workshop: WorkshopFacts, person: str) -> tuple[str, ...] | None:
    """The pictures of one learner of this workshop; None for anybody else."""
    wanted = {"organisation": workshop.organisation, "group": workshop.group, "person": person}
    row = find_row(connection, _LEARNER, wanted)
    return None if row is None else tuple((row.pictures or "").split(","))


def read_learners(connection: Connection, organisation: str, group: str) -> list[LearnerFacts]:
    """The learners of a group by first name; homonyms get their first picture as a mark."""
    rows = find_rows(connection, _LEARNERS, {"organisation": organisation, "group": group})
    names = [row.first_name for row in rows]
    return [
        LearnerFacts(row.id, row.first_name, _label(names, i), tuple((row.pictures or "").split(",")))
        for i, row in enumerate(rows)
    ]


def _label(names: Sequence[str], at: int) -> str:
    """`Marie`, or `Marie 2` for the second of two."""
    same = [i for i, name in enumerate(names) if name == names[at]]
    return names[at] if len(same) == 1 else f"{names[at]} {same.index(at) + 1}"


_facts = select(
    Workshop.organisation_id, Workshop.id, Workshop.group_id, Workshop.title, Workshop.code, Workshop.course
)


_BY_CODE = _facts.where(Workshop.code == bindparam("code"), Workshop.deleted_at.is_(None))


def find_workshop_by_code(connection: Connection, code: str) -> WorkshopFacts | None:
    """The workshop of a six-digit code; spaces do not count."""
    digits = "".join(code.split())
    row = run(connection, _BY_CODE, {"code": digits}).fetchone()
    return None if row is None else WorkshopFacts(*row)


def _led_by(organisation: str, trainer: str) -> Select[str, str, str, str, str, str]:
    return _facts.join(
        GroupMember,
        (GroupMember.organisation_id == Workshop.organisation_id) & (GroupMember.group_id == Workshop.group_id),
    ).where(
        Workshop.organisation_id == organisation,
        Workshop.deleted_at.is_(None),
        GroupMember.person_id == trainer,
        GroupMember.part == "trainer",
        GroupMember.deleted_at.is_(None),
    )


def read_workshops(connection: Connection, organisation: str, trainer: str) -> list[WorkshopFacts]:
    """The workshops that this trainer leads, newest first."""
    rows = connection.execute(_led_by(organisation, trainer).order_by(Workshop.id.desc())).all()
    return [WorkshopFacts(*row) for row in rows]


def read_workshop(connection: Connection, organisation: str, trainer: str, workshop: str) -> WorkshopFacts:
    """A workshop that this trainer leads. Raises NotFound for any other: he need not know that it exists."""
    row = connection.execute(_led_by(organisation, trainer).where(Workshop.id == workshop)).first()
    if row is None:
        raise NotFound(f"no workshop {workshop!r} led by {trainer!r}", sentence="Cet atelier n'est pas le vôtre.")
    return WorkshopFacts(*row)


def read_groups(connection: Connection, organisation: str) -> dict[str, str]:
    """Id → name of every group of the organisation, by name."""
    wanted = select(LearnerGroup.id, LearnerGroup.name).where(
        LearnerGroup.organisation_id == organisation, LearnerGroup.deleted_at.is_(None)
    )
    return {row.id: row.name for row in connection.execute(wanted.order_by(LearnerGroup.name, LearnerGroup.id))}


def read_house_learners(connection: Connection, organisation: str) -> dict[str, str]:
    """Id → first name of everybody who learns in the organisation, by name."""
    wanted = (
        select(Person.id, Person.first_name)
        .join(RoleGrant, (RoleGrant.organisation_id == Person.organisation_id) & (RoleGrant.person_id == Person.id))
        .where(Person.organisation_id == organisation, RoleGrant.role == LEARNER, Person.deleted_at.is_(None))
    )
    return {row.id: row.first_name for row in connection.execute(wanted.order_by(Person.first_name, Person.id))}
