"""Attestations: a teacher signs that a student did a module; anybody may check the code, no more than that."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select, update

from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import Attestation
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotFound
from lms.learning.school.standing import Stand
from lms.people.accounts import LETTERS, merge_marks
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts


@dataclass(frozen=True)
class AttestationFacts:
    """One that holds. `title` is the module's as it was signed."""

    id: str
    promotion: str
    person: str
    module: str
    title: str
    name: str
    promotion_title: str
    lines: tuple[str, ...]
    teacher: str
    number: str
    code: str
    day: str


_COLUMNS = (
    Attestation.id,
    Attestation.promotion_id,
    Attestation.person_id,
    Attestation.module,
    Attestation.title,
    Attestation.name,
    Attestation.promotion,
    Attestation.lines,
    Attestation.teacher,
    Attestation.number,
    Attestation.code,
    Attestation.day,
)


def _read(row: Sequence[Any]) -> AttestationFacts:
    names = [one.name for one in fields(AttestationFacts)]
    values = dict(zip(names, row, strict=True))
    return AttestationFacts(**{**values, "lines": tuple(json.loads(values["lines"]))})


def find_missing(stands: Sequence[Stand], module: str) -> str:
    """What this student still has to do before the module can be attested, as a sentence; empty when it can."""
    mine = [stand for stand in stands if stand.given.module == module]
    if not any(stand.given.kind == "module" for stand in mine):
        return "Ce module n'est pas au calendrier."
    for stand in mine:
        if stand.given.is_written and stand.state != "passed":
            return f"« {stand.given.title} » n'est pas encore acquis."
        if not stand.given.is_written and stand.state != "done":
            return f"« {stand.given.title} » : {stand.done} sur {stand.total}."
    return ""


def list_lines(stands: Sequence[Stand], module: str) -> tuple[str, ...]:
    """On what it rests: activities done, marks of the works."""
    mine = [stand for stand in stands if stand.given.module == module]
    lines = [f"Activités du module : {each.done} sur {each.total}." for each in mine if each.given.kind == "module"]
    lines += [
        f"« {each.given.title} » : {each.work.result['total']}/15." for each in mine if each.work.given is not None
    ]
    return tuple(lines)


def sign(
    connection: Connection,
    one: PromotionFacts,
    who: StudentFacts,
    module: tuple[str, str],
    teacher: tuple[str, str],
    day: date,
    lines: Sequence[str] = (),
) -> None:
    """Sign it, once; after one was withdrawn, anew. `module` and `teacher` are id and name."""
    mine = (
        Attestation.organisation_id == one.organisation,
        Attestation.promotion_id == one.id,
        Attestation.person_id == who.person,
        Attestation.module == module[0],
    )
    held = connection.execute(select(Attestation.id).where(*mine, Attestation.deleted_at.is_(None))).first()
    if held is not None:
        return
    before = connection.execute(select(func.count()).select_from(Attestation).where(*mine)).scalar_one()
    id = natural_id(one.id, who.person, module[0], str(before))
    row: dict[str, Any] = {
        "organisation_id": one.organisation,
        "id": id,
        "promotion_id": one.id,
        "person_id": who.person,
        "module": module[0],
        "title": module[1],
        "name": who.name,
        "promotion": one.title,
        "lines": json.dumps(list(lines), ensure_ascii=False),
        "teacher_id": teacher[0],
        "teacher": teacher[1],
        "number": f"{day.year}-{hashlib.sha256(id.encode()).hexdigest()[:8].upper()}",
        "code": "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)),
        "day": day.isoformat(),
    }
    insert_missing(connection, Attestation, [row | merge_marks(connection)])


def withdraw(connection: Connection, one: PromotionFacts, id: str) -> None:
    """It holds no more; its code says so. Raises NotFound for another promotion's."""
    mine = (Attestation.organisation_id == one.organisation, Attestation.promotion_id == one.id, Attestation.id == id)
    gone = {"deleted_at": now(), "changed": merge_marks(connection)["changed"]}
    if connection.execute(update(table(Attestation)).where(*mine).values(gone)).rowcount == 0:
        raise NotFound(f"no attestation {id!r}", sentence="Cette attestation n'existe pas.")


def read_attestations(connection: Connection, one: PromotionFacts) -> list[AttestationFacts]:
    """All of a promotion that hold."""
    wanted = select(*_COLUMNS).where(
        Attestation.organisation_id == one.organisation,
        Attestation.promotion_id == one.id,
        Attestation.deleted_at.is_(None),
    )
    return [_read(row) for row in connection.execute(wanted.order_by(Attestation.day, Attestation.id))]


def read_own_attestations(connection: Connection, organisation: str, person: str) -> list[AttestationFacts]:
    """All of one student that hold."""
    wanted = select(*_COLUMNS).where(
        Attestation.organisation_id == organisation,
        Attestation.person_id == person,
        Attestation.deleted_at.is_(None),
    )
    return [_read(row) for row in connection.execute(wanted.order_by(Attestation.day, Attestation.id))]


def find_by_code(connection: Connection, code: str) -> AttestationFacts | None:
    """The one that holds under this code, typed with or without hyphens; None for any other."""
    plain = "".join(one for one in code.lower() if one in LETTERS)
    if len(plain) != 12:
        return None
    spelt = "-".join(plain[at : at + 4] for at in (0, 4, 8))
    wanted = select(*_COLUMNS).where(Attestation.code == spelt, Attestation.deleted_at.is_(None))
    row = connection.execute(wanted).first()
    return None if row is None else _read(row)


def check_ready(stands: Sequence[Stand], module: str) -> None:
    """Raises BadRequest saying what is missing."""
    if missing := find_missing(stands, module):
        raise BadRequest(f"module {module} is not done", sentence=missing)
