"""A room for tests of the data: one organisation, one learner, one activity that adds numbers. No pages, no content."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import Flask
from sqlalchemy import Connection, func, select

from lms.content.courses import Shelf, load_courses
from lms.contract import Mode
from lms.database.db import connect_database, db
from lms.database.door import transaction
from lms.database.migrate import migrate
from lms.database.models import Base
from lms.database.rows import table
from lms.learning.attempts import AttemptNow, Who, read_attempt, start_attempt
from lms.learning.classroom import Classroom
from lms.learning.submit import Answer, Response, submit
from lms.people.accounts import add_organisation, add_person
from lms.plugins import load_plugins
from lms.settings import Settings

ACTIVITY = "sums/add"
NONE: Mapping[str, str] = MappingProxyType({})

COUNT = '''
"""Adds what it is given: a lost or repeated event shows in the total."""

import os

from lms.contract import ActivityType, CourseType, Fact, Feedback, Live, Outcome, View, hookimpl

CONTRACT = 1
TEMPLATES = {"count/page.html": "<p>{{ data.total }}</p>"}


class Count(ActivityType):
    name = "count"
    title = "Sums"
    modes = ("guided", "assisted", "alone")

    def start(self, activity, facts):
        return {"total": 0, "typed": ""}

    def present(self, activity, state):
        world = {"front": "pad", "total": state.get("total"), "process": os.getpid()}
        apps = [{"app": "pad", "simulator": "pointer", "title": "Sommes"}]
        island = {"world": world, "apps": apps, "ended": None, "instruction": "", "mode": "alone"}
        return View("count/page.html", {"total": state.get("total"), "island": island}, island=ISLAND)

    def evaluate(self, activity, response, state):
        do, value = response.get("do"), response.get("value")
        if do == "gone":
            return Outcome(state, stale=True)
        if do == "type":
            return Outcome({**state, "typed": value})
        if do == "end":
            return Outcome(state, "passed", score=1.0, success=True, completion=True, mode=response.get("mode"),
                           help=response.get("help", "none"))
        after = {**state, "total": state["total"] + int(value or 1)}
        say = Feedback("right", f"Total {after['total']}")
        return Outcome(after, feedback=say, facts=(Fact("achieved", "sum", True),), live=Live("sum", "Ajoutez."))


class All(CourseType):
    name = "all"
    title = "Everything is open"

    def next(self, activities, standings):
        return next((one for one in activities if one not in standings), None)


@hookimpl
def register_activity_types():
    return [Count()]


@hookimpl
def register_course_types():
    return [All()]
'''

COURSE = """title: Sommes
type: all
modules:
  - id: one
    title: Une
    activities: [add]
"""

PAGE = """---
type: count
title: Ajouter
instruction: Ajoutez des nombres.
---

Rien à lire.
"""


def write_content(home: Path, island: str = "") -> None:
    """The activity type as the instance's plugin, the activity in a course of the instance."""
    (home / "plugins").mkdir(parents=True, exist_ok=True)
    (home / "plugins" / "count.py").write_text(COUNT.replace("ISLAND", repr(island)), encoding="utf-8")
    course = home / "courses" / "sums"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE, encoding="utf-8")
    (course / "add.fr.md").write_text(PAGE, encoding="utf-8")


def read_classroom(home: Path, **settings: Any) -> Classroom:
    """Only what lies in the instance folder: no bundled plugin, no bundled course."""
    found = Settings(home=home, **settings)
    plugins = load_plugins(found, home / "no-bundled-plugins")
    shelf = Shelf(plugins, _no_scenario, lambda name: name)
    return Classroom(found, plugins, load_courses([home / "courses"], shelf))


def _no_scenario(name: str) -> Any:
    raise LookupError(name)


@dataclass
class Room:
    """The room; use it inside `open_room`."""

    app: Flask
    classroom: Classroom
    organisation: str
    person: str
    who: Who = field(init=False)

    def __post_init__(self) -> None:
        self.who = Who(self.organisation, self.person)

    def begin(self, mode: Mode = "alone", who: Who | None = None) -> str:
        return start_attempt(self.classroom, who or self.who, ACTIVITY, mode)

    def send(self, attempt: str, *responses: dict[str, Any], ids: Sequence[str] = (), rev: int = 0) -> Answer:
        """Submit responses; `ids` are their event ids (new ones without)."""
        names = ids or [str(uuid.uuid4()) for _ in responses]
        given = [Response(name, rev, one) for name, one in zip(names, responses, strict=True)]
        return submit(self.classroom, self.organisation, attempt, given, lambda _: True)

    def read(self, attempt: str) -> AttemptNow:
        with db.engine.connect() as connection:
            return read_attempt(connection, self.organisation, attempt)


@contextmanager
def open_room(
    url: str, home: Path, wait: float = 5.0, plugins: Mapping[str, str] = NONE, pages: Mapping[str, str] = NONE
) -> Iterator[Room]:
    """Content, a migrated database, one organisation and one learner; inside the application's context.

    `plugins` are more plugins of the instance: name → source; `pages` more activities of its course.
    """
    write_content(home)
    for name, source in plugins.items():
        (home / "plugins" / f"{name}.py").write_text(source, encoding="utf-8")
    for name, source in pages.items():
        course = home / "courses" / "sums"
        (course / f"{name}.fr.md").write_text(source, encoding="utf-8")
        (course / "course.yaml").write_text(COURSE.replace("[add]", f"[add, {', '.join(pages)}]"), encoding="utf-8")
    classroom = read_classroom(home, database_url=url, write_wait_seconds=wait)
    app = Flask("room")
    connect_database(app, url, wait)
    with app.app_context():
        try:
            migrate(db.engine, classroom.plugins.tables)
            with transaction() as connection:
                organisation = add_organisation(connection, "here", "Ici")
                person = add_person(connection, organisation, "Monique", ["learner"])
            yield Room(app, classroom, organisation, person)
        finally:
            db.engine.dispose()


def count_rows(model: type[Base], connection: Connection | None = None) -> int:
    """How many rows of a table are committed."""
    wanted = select(func.count()).select_from(table(model))
    if connection is not None:
        return int(connection.execute(wanted).scalar_one())
    with db.engine.connect() as own:
        return int(own.execute(wanted).scalar_one())


def read_rows(model: type[Base]) -> list[dict[str, Any]]:
    """All rows of a table."""
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]
