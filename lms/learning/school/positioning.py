"""Where a student placed himself before a module and after it, read from what he said then; nobody marks that."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lms.contract import Activity
from lms.database.models import Statement, Voiding
from lms.learning.classroom import Classroom
from lms.lrs.vocabulary import CODE, verb_iri
from lms.people.promotions import PromotionFacts

LEVEL = "level-"
"""Codes of statements that place somebody: `level-0` to `level-3`."""


Rows = tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True)
class Placed:
    """One module: what it aims at, and the levels before and after; None where nothing was said."""

    title: str
    rows: Rows


def read_placed(connection: Connection, classroom: Classroom, one: PromotionFacts, person: str) -> list[Placed]:
    """By module of the promotion's course, those where something was said."""
    course = classroom.catalogue.find_course(one.course)
    found = []
    for module in course.modules if course else ():
        pages = [
            each for name in module.activities if (each := classroom.find_activity(name)).options.get("objectives")
        ]
        said = {each.id: _read_levels(connection, one.organisation, person, each) for each in pages}
        if any(said.values()):
            found.append(Placed(module.title, _join(pages, said)))
    return found


def _join(pages: Sequence[Activity], said: Mapping[str, Mapping[str, int]]) -> Rows:
    """By objective, in the order of the page: the level of each moment."""
    texts = {one["id"]: str(one["text"]) for page in pages for one in page.options["objectives"]}
    at: dict[str, Mapping[str, int]] = {str(page.options.get("when", "")): said[page.id] for page in pages}
    before, after = at.get("before", {}), at.get("after", {})
    return tuple((text, before.get(id), after.get(id)) for id, text in texts.items())


def _read_levels(connection: Connection, organisation: str, person: str, activity: Activity) -> dict[str, int]:
    """The last level said of each objective."""
    voided = select(Voiding.statement_id).where(Voiding.organisation_id == organisation)
    wanted = select(Statement.object_id, Statement.body).where(
        Statement.organisation_id == organisation,
        Statement.person_id == person,
        Statement.activity == activity.id,
        Statement.verb == verb_iri("answered"),
        Statement.evidence,
        Statement.id.not_in(voided),
    )
    levels: dict[str, int] = {}
    for about, body in connection.execute(wanted.order_by(Statement.happened, Statement.id)):
        code = str(json.loads(body).get("context", {}).get("extensions", {}).get(CODE, ""))
        if code.startswith(LEVEL) and code.removeprefix(LEVEL).isdigit():
            levels[about.rpartition("/")[2]] = int(code.removeprefix(LEVEL))
    return levels
