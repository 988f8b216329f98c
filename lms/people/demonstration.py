"""The demonstration: a trainer who also administers, a workshop today, twelve learners; a school with a promotion."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.database.models import Organisation
from lms.people.accounts import add_organisation, add_person, new_password, set_password
from lms.people.promotions import add_promotion, read_promotion
from lms.people.roles import ADMINISTRATOR, TEACHER, TRAINER
from lms.people.students import add_students, prepare_students
from lms.people.workshops import add_date, add_learners, add_workshop, read_learners, read_workshop

NAMES = (
    "Monique", "Samuel", "Chloé", "Enzo", "Fatou", "Olena",
    "Yusuf", "Denise", "Karim", "Rosa", "André", "Li",
)  # fmt: skip
COURSE = "premiers-pas"
STUDENTS = ("Inès Caron", "Malik Roux", "Jeanne Petit", "Tom Lefort")
SCHOOL_COURSE = "accompagner"


@dataclass(frozen=True)
class Demonstration:
    """How to sign in: for the person who started the server, on this machine only."""

    login: str
    password: str
    workshop: str
    code: str
    learner: str
    pictures: tuple[str, ...]
    teacher: str = ""
    teacher_password: str = ""
    student: str = ""
    student_password: str = ""
    promotion: str = ""
    """Identifiers and passwords of the school, and its promotion; empty in what was loaded before there was one."""


def is_empty(connection: Connection) -> bool:
    """Whether no organisation exists yet."""
    return connection.execute(select(Organisation.id).limit(1)).first() is None


def load_demonstration(home: Path) -> Demonstration:
    """Make it, and keep how to sign in in `demonstration.json` of the instance folder (mode 0600)."""
    password = new_password()
    with transaction() as connection:
        organisation = add_organisation(connection, "demonstration", "Maison de quartier de Valcombe")
        trainer = add_person(connection, organisation, "Claire", [TRAINER, ADMINISTRATOR])
        set_password(connection, organisation, trainer, "claire", password)
        made = add_workshop(connection, organisation, trainer, "Premiers pas avec l'ordinateur", COURSE)
        add_date(connection, organisation, made, now())
        workshop = read_workshop(connection, organisation, trainer, made)
        add_learners(connection, workshop, NAMES)
        first = next(one for one in read_learners(connection, organisation, workshop.group) if one.label == NAMES[0])
        school = add_school(connection, organisation)
        told = Demonstration("claire", password, workshop.title, workshop.code, first.label, first.pictures, *school)
        # Inside the transaction: without this file nobody could sign in.
        write_secret(home / "demonstration.json", json.dumps(told.__dict__, ensure_ascii=False, indent=1))
    return told


def add_school(connection: Connection, organisation: str) -> tuple[str, str, str, str, str]:
    """One teacher, one promotion of a few students: how its teacher and first student sign in."""
    password, form = new_password(), new_id()
    teacher = add_person(connection, organisation, "Hélène", [TEACHER])
    set_password(connection, organisation, teacher, "helene", password)
    made = add_promotion(connection, organisation, teacher, "Assistants de service social, 2e année", SCHOOL_COURSE)
    one = read_promotion(connection, organisation, teacher, made)
    students = prepare_students(connection, one, STUDENTS, form, password)
    add_students(connection, one, students)
    return "helene", password, students[0].login, students[0].password, made


def read_demonstration(home: Path) -> Demonstration | None:
    """How to sign in, None where the demonstration was never loaded."""
    file = home / "demonstration.json"
    if not file.is_file():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    return Demonstration(**{**found, "pictures": tuple(found["pictures"])})


def write_secret(file: Path, text: str) -> None:
    """A file that only its owner may read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)  # it may have been there with wider permissions
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)


def needs_demonstration() -> bool:
    """Asked by `lms demo --if-empty`."""
    with db.engine.connect() as connection:
        return is_empty(connection)
