"""Two organisations with the same people in each: whoever opens a page that is not his must be noticed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert

from lms.app import create_app
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_id
from lms.database.models import WorkFile
from lms.database.rows import table
from lms.learning.attempts import Who, read_attempt, start_attempt
from lms.learning.school.assignments import AssignmentFacts, add_assignment, read_assignment
from lms.learning.school.attestations import read_attestations, sign
from lms.learning.school.markings import share_markings
from lms.learning.school.works import find_current, hand_in
from lms.partners.credentials import add_credential, read_credentials
from lms.people.accounts import add_organisation, add_person, find_account, set_password
from lms.people.promotions import PromotionFacts, add_promotion, read_promotion
from lms.people.roles import ROLES, STAFF
from lms.people.students import enlist, read_student
from lms.people.workshops import (
    LearnerFacts,
    WorkshopFacts,
    add_date,
    add_learners,
    add_workshop,
    read_learners,
    read_workshop,
)
from lms.settings import Settings
from lms.web.access import SignedIn

PASSWORD = "une-phrase-assez-longue"
COURSE = "premiers-pas"
LESSON, QUIZ, EXERCISE = f"{COURSE}/m01-lecon", f"{COURSE}/m01-quiz", f"{COURSE}/m01-exercice"
VISITOR, PARTNER = "visitor", "partner"
DAY = 24 * 3600 * 1_000_000


@dataclass(frozen=True)
class Home:
    """One organisation: a person of each role by role, a workshop, its first learner, his attempts."""

    id: str
    people: Mapping[str, str]
    workshop: WorkshopFacts
    learners: tuple[LearnerFacts, ...]
    attempts: Mapping[str, str]
    tokens: Mapping[str, str]
    key: str
    secret: str
    partner: str
    credential: str
    school: School


@dataclass(frozen=True)
class School:
    """A promotion of the teacher with the student in it; ids of what is assigned."""

    promotion: str
    module: str
    written: str
    work: str
    """A work that the student handed in for something else, and the teacher marks."""
    attestation: str
    code: str
    file: str
    """Joined to `work`."""


class Watch:
    """Tells whether anybody has written to a SQLite file: a connection that itself writes nothing stays open."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False)
        self._seen: int | None = None

    def __del__(self) -> None:
        self._connection.close()

    def _read(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def look(self) -> None:
        """What stands there now is known."""
        self._seen = self._read()

    @property
    def changed(self) -> bool:
        """Whether something was committed since the last look; True before the first."""
        return self._seen != self._read()


@dataclass(frozen=True)
class House:
    """The application with both organisations, and ways to look at it as somebody."""

    app: Flask
    here: Home
    there: Home
    others: Home
    """The group of another trainer of the same organisation as `here`."""
    folder: Path
    watch: Watch

    def visit(self, organisation: str = "", person: str = "", guest: str = "") -> FlaskClient:
        """A browser in which this person is signed in; nobody without a person."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            if person:
                session["_user_id"] = self._name(organisation, person)
                session.permanent = True
            if guest:
                session["guest"] = guest
        return client

    def _name(self, organisation: str, person: str) -> str:
        """As the session knows this person, with the password of now."""
        with self.app.app_context(), db.engine.connect() as connection:
            account = find_account(connection, organisation, person)
        return SignedIn(account).get_id() if account else f"{organisation}|{person}"

    def as_role(self, home: Home, role: str) -> FlaskClient:
        """The browser of the person of this role."""
        return self.visit(home.id, home.people[role]) if role in home.people else self.visit()

    @property
    def live(self) -> Path:
        """The database of the application."""
        return self.folder / "declic.db"

    @property
    def kept(self) -> Path:
        """The database as it was built."""
        return self.folder / "kept.db"

    def keep(self) -> None:
        """Remember the database as it is."""
        with self.app.app_context():
            db.engine.dispose()
        with closing(sqlite3.connect(self.live)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.live, self.kept)
        self.watch.look()

    def restore(self) -> None:
        """The database as it was kept: each test finds the same people."""
        self.app.extensions["lms"].keyring.forget()
        if not self.watch.changed:
            return
        with closing(sqlite3.connect(self.kept)) as source, closing(sqlite3.connect(self.live)) as target:
            source.backup(target)
        self.watch.look()

    @contextmanager
    def checked(self) -> Iterator[None]:
        """CSRF is asked for inside; other tests post bare forms."""
        self.app.config["WTF_CSRF_ENABLED"] = True
        try:
            yield
        finally:
            self.app.config["WTF_CSRF_ENABLED"] = False


def build_house(folder: Path, **settings: object) -> House:
    """A fresh instance in `folder` with three groups in two organisations."""
    app = create_app(Settings(home=folder, **settings))  # type: ignore[arg-type]
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        here = build_home(app, "ici", "Maison de Valcombe")
        there = build_home(app, "ailleurs", "Association du Pont")
        others = build_home(app, "voisin", "", organisation=here.id)
        house = House(app, here, there, others, folder, Watch(folder / "declic.db"))
    house.keep()
    return house


def build_home(app: Flask, slug: str, name: str, organisation: str = "") -> Home:
    """People of every role, a workshop with a learner at work, a partner."""
    with transaction() as connection:
        where = organisation or add_organisation(connection, slug, name)
        people = {role: add_person(connection, where, role.title(), [role]) for role in sorted(STAFF)}
        # Hashing is slow on purpose: only whoever signs in with a password here has one.
        set_password(connection, where, people["trainer"], f"trainer@{slug}", PASSWORD)
        made = add_workshop(connection, where, people["trainer"], f"Atelier {slug}", COURSE)
        add_date(connection, where, made, now())
        workshop = read_workshop(connection, where, people["trainer"], made)
        add_learners(connection, workshop, [f"Monique {slug}", f"Samuel {slug}"])
        learners = tuple(read_learners(connection, where, workshop.group))
        key, secret = add_credential(connection, where, "Partenaire", ("all",))
        opened = next(one for one in read_credentials(connection, where) if one.key == key)
        school = build_school(connection, where, people["teacher"], people["student"])
    people["learner"] = learners[0].person
    assert set(people) == set(ROLES)
    attempts = start_all(app, where, learners[0].person)
    keys = (key, secret, opened.partner, opened.id)
    return Home(where, people, workshop, learners, attempts, read_tokens(where, attempts), *keys, school)


def build_school(connection: Connection, organisation: str, teacher: str, student: str) -> School:
    """One module, one question, both open."""
    made = add_promotion(connection, organisation, teacher, f"Promotion {organisation[-4:]}", "accompagner")
    one = read_promotion(connection, organisation, teacher, made)
    enlist(connection, one, student)
    module, written, other = (assign(connection, one, kind) for kind in ("module", "answer", "case"))
    work = hand(connection, one, other, student)
    who = read_student(connection, one, student)
    sign(connection, one, who, ("detecter", "Détecter"), (teacher, "Teacher"), date(2026, 11, 21))
    (held,) = read_attestations(connection, one)
    return School(made, module, written, work, held.id, held.code, join(connection, organisation, work))


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def join(connection: Connection, organisation: str, work: str) -> str:
    """A file of this work; its id."""
    row = {"organisation_id": organisation, "id": new_id(), "work_id": work, "media": "application/pdf"}
    connection.execute(insert(table(WorkFile)), row | {"length": len(PDF), "stored": now(), "body": PDF})
    return row["id"]


def hand(connection: Connection, one: PromotionFacts, assignment: str, student: str, **texts: str) -> str:
    """A work that is in, with its markers; its id."""
    given, who = read_assignment(connection, one.organisation, assignment), read_student(connection, one, student)
    work = find_current([], given, student)
    text = "Nous avons lu la lettre ensemble, puis elle a choisi la suite."
    hand_in(connection, given, work, who, {"text": text, "reading": text, "action": text, "rights": text, **texts})
    share_markings(connection, one)
    return work.id


def assign(connection: Connection, one: PromotionFacts, kind: str, **more: Any) -> str:
    """Something to do from yesterday until in a week; its id."""
    facts: dict[str, Any] = {
        "organisation": one.organisation, "id": "", "promotion": one.id, "group": "", "kind": kind,
        "module": "detecter", "activity": "", "title": f"À faire : {kind}", "brief": "Racontez.",
        "opens": now() - DAY, "due": now() + 7 * DAY, "late": True, "markers": 1, "blind": False,
    }  # fmt: skip
    return add_assignment(connection, one, AssignmentFacts(**{**facts, **more}))


def start_all(app: Flask, organisation: str, person: str) -> dict[str, str]:
    """One attempt of each kind of activity."""
    classroom = app.extensions["lms"].classroom
    who = Who(organisation, person)
    modes = {LESSON: "alone", QUIZ: "alone", EXERCISE: "guided"}
    return {name: start_attempt(classroom, who, name, mode) for name, mode in modes.items()}  # type: ignore[arg-type]


def read_tokens(organisation: str, attempts: Mapping[str, str]) -> dict[str, str]:
    """The write-only token of each attempt, as its page holds it."""
    with db.engine.connect() as connection:
        return {
            name: f"{organisation}.{read_attempt(connection, organisation, one).token}"
            for name, one in attempts.items()
        }


def one_event(token: str, **response: object) -> str:
    """The body of a batch with one event."""
    event = {"id": new_id(), "rev": 0, "response": response or {"help": "lost"}}
    return json.dumps({"token": token, "events": [event]})
