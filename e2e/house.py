"""The demonstration, served as people run it, and a window on its database for what a page does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, func, select, update

from lms.app import create_app
from lms.content.speech import make_audio
from lms.content.spoken import iter_spoken
from lms.contract import Guide
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attempt, Attestation, Event, Person, Statement
from lms.database.rows import table
from lms.learning.attempts import AttemptNow, read_attempt
from lms.learning.classroom import Classroom
from lms.people.demonstration import Demonstration, read_demonstration
from lms.people.workshops import WorkshopFacts, add_learners, find_workshop_by_code, read_learners
from lms.settings import Settings
from lms.web.learn.telling import find_teller
from tests.fixtures.server import Server, run_lms, running

COURSE = "premiers-pas"
VOICED = ("p01-lecon", "p01-exercice")


@dataclass(frozen=True)
class Learner:
    """What stands on the card of one learner."""

    person: str
    name: str
    code: str
    pictures: tuple[str, ...]


@dataclass
class House:
    """A running server with the demonstration. `url` is its address on this machine."""

    server: Server
    app: Flask
    told: Demonstration
    made: int = field(default=0)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def classroom(self) -> Classroom:
        found: Classroom = self.app.extensions["lms"].classroom
        return found

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads."""
        with self.app.app_context(), db.engine.connect() as connection:
            yield connection

    def find_workshop(self, code: str = "") -> WorkshopFacts:
        """The workshop of a code; without one, that of the demonstration."""
        with self.reading() as connection:
            found = find_workshop_by_code(connection, code or self.told.code)
        assert found is not None
        return found

    def find_learner(self, name: str, code: str = "") -> Learner:
        """The learner of this name, as printed on the card."""
        workshop = self.find_workshop(code)
        with self.reading() as connection:
            found = next(
                one for one in read_learners(connection, workshop.organisation, workshop.group) if one.label == name
            )
        return Learner(found.person, found.label, workshop.code, found.pictures)

    def add_learner(self) -> Learner:
        """Somebody new, so that no journey stands on another's."""
        self.made += 1
        name = f"Personne {self.made}"
        workshop = self.find_workshop()
        with self.app.app_context(), transaction() as connection:
            add_learners(connection, workshop, [name])
        return self.find_learner(name)

    def change_person(self, person: str, **values: str) -> None:
        """Another theme or language for somebody."""
        with self.app.app_context(), transaction() as connection:
            connection.execute(update(table(Person)).where(Person.id == person).values(**values))

    def find_person(self, first_name: str) -> str:
        """The id of a member of staff."""
        with self.reading() as connection:
            return connection.execute(select(Person.id).where(Person.first_name == first_name)).scalar_one()

    def read_attempt(self, id: str) -> AttemptNow:
        """An attempt as the database has it now."""
        with self.reading() as connection:
            organisation = connection.execute(select(Attempt.organisation_id).where(Attempt.id == id)).scalar_one()
            return read_attempt(connection, organisation, id)

    def find_guide(self, id: str) -> Guide | None:
        """The next touch of this attempt, as this learner reads it, with the value that only the server knows."""
        attempt = self.read_attempt(id)
        activity = self.classroom.find_activity(attempt.activity, attempt.who.locale)
        guide: Guide | None = activity.options["scenario"].guide(attempt.state)
        if attempt.ended or guide is None:
            return None
        return replace(guide, say=find_teller(activity).tell(guide.say))

    def count_events(self, id: str) -> int:
        """How many events were judged in this attempt."""
        with self.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(Event).where(Event.attempt_id == id)
            ).scalar_one()

    def count_statements(self, person: str | None = None) -> int:
        """How many statements there are, of one person or of all."""
        wanted = select(func.count()).select_from(Statement)
        with self.reading() as connection:
            return connection.execute(
                wanted if person is None else wanted.where(Statement.person_id == person)
            ).scalar_one()

    def find_attestation_code(self, id: str) -> str:
        """The code that is printed on an attestation."""
        with self.reading() as connection:
            return connection.execute(select(Attestation.code).where(Attestation.id == id)).scalar_one()

    def find_attempts(self, **of: Any) -> list[str]:
        """Ids of attempts, newest first."""
        wanted = select(Attempt.id).filter_by(**of).order_by(Attempt.started.desc())
        with self.reading() as connection:
            return list(connection.execute(wanted).scalars())


@contextmanager
def open_house(home: Path) -> Iterator[House]:
    """Load the demonstration into `home` and serve it."""
    loaded = run_lms(home, "demo")
    assert loaded.returncode == 0, loaded.stderr
    told = read_demonstration(home)
    assert told is not None
    app = create_app(Settings(home=home))
    make_voices(app, home)
    with running(home) as server:
        yield House(server, app, told)


def make_voices(app: Flask, home: Path) -> None:
    """Recordings of one module, as `lms audio` makes them of all."""
    classroom: Classroom = app.extensions["lms"].classroom
    activities = [classroom.find_activity(f"{COURSE}/{name}") for name in VOICED]
    texts = [(text, "fr") for one in activities for text in iter_spoken(one, classroom.find_type(one))]
    make_audio(texts, home / "audio")
