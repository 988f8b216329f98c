"""Assignments of a promotion: what, from when, until when, and until when for this one student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from lms.database.clock import now
from lms.database.ids import new_id
from lms.database.models import Assignment
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotFound
from lms.people.accounts import merge_marks
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts

KINDS = {
    "module": "Module à suivre",
    "answer": "Question ouverte",
    "case": "Analyse de cas",
    "place": "Stage : un lieu observé",
    "pair": "Jeu de rôle à deux",
}
WRITTEN = ("answer", "case", "place")
"""Kinds in which something is written, handed in and marked."""

LONGEST_TITLE = 160
MOST_EXTRA = 200


@dataclass(frozen=True)
class AssignmentFacts:
    """An assignment as pages need it; instants in microseconds, `group` empty for the whole promotion."""

    organisation: str
    id: str
    promotion: str
    group: str
    kind: str
    module: str
    activity: str
    title: str
    brief: str
    opens: int
    due: int
    late: bool
    markers: int
    blind: bool

    @property
    def is_written(self) -> bool:
        """Whether something is handed in and marked."""
        return self.kind in WRITTEN

    def is_for(self, who: StudentFacts) -> bool:
        """Whether this student has it to do."""
        return not self.group or self.group == who.group

    def find_due(self, extra: int) -> int:
        """Until when with more time by right: so many percent of the time between opening and end."""
        return self.due + (self.due - self.opens) * extra // 100


def add_assignment(connection: Connection, one: PromotionFacts, given: AssignmentFacts) -> str:
    """Keep it; its id. The same id twice is one. Raises BadRequest with what is missing."""
    check_assignment(given)
    row: dict[str, Any] = {
        "organisation_id": one.organisation,
        "id": given.id or new_id(),
        "promotion_id": one.id,
        "group_id": given.group or None,
        **{name: getattr(given, name) for name in _KEPT},
    }
    insert_missing(connection, Assignment, [row | merge_marks(connection)])
    return str(row["id"])


_KEPT = ("kind", "module", "activity", "title", "brief", "opens", "due", "late", "markers", "blind")


def check_assignment(given: AssignmentFacts) -> None:
    """Raises BadRequest with a sentence where something is missing."""
    if given.kind not in KINDS:
        raise BadRequest(
            f"kind {given.kind!r}; allowed: {', '.join(KINDS)}", sentence="Choisissez ce qu'il faut faire."
        )
    if not given.title.strip() or len(given.title) > LONGEST_TITLE:
        raise BadRequest("title", sentence=f"Donnez un titre, de {LONGEST_TITLE} signes au plus.")
    if given.due <= given.opens:
        raise BadRequest("due before opens", sentence="La fin vient après le début. Regardez les deux dates.")
    if given.is_written and given.markers not in (1, 2):
        raise BadRequest(f"{given.markers} markers", sentence="Choisissez une ou deux personnes pour corriger.")
    if given.is_written and not given.brief.strip():
        raise BadRequest("brief", sentence="Écrivez la question ou la consigne.")


_COLUMNS = (
    Assignment.organisation_id,
    Assignment.id,
    Assignment.promotion_id,
    Assignment.group_id,
    *(getattr(Assignment, name) for name in _KEPT),
)


def _read(row: Sequence[Any]) -> AssignmentFacts:
    organisation, id, promotion, group, *rest = row
    values = dict(zip(_KEPT, rest, strict=True))
    return AssignmentFacts(organisation, id, promotion, group or "", **values)


def read_assignments(connection: Connection, *promotions: PromotionFacts) -> list[AssignmentFacts]:
    """All of these promotions of one house, by end, then by title; one query, none without promotions."""
    if not promotions:
        return []
    wanted = select(*_COLUMNS).where(
        Assignment.organisation_id == promotions[0].organisation,
        Assignment.promotion_id.in_([one.id for one in promotions]),
        Assignment.deleted_at.is_(None),
    )
    return [_read(row) for row in connection.execute(wanted.order_by(Assignment.due, Assignment.title, Assignment.id))]


def read_assignment(connection: Connection, organisation: str, id: str) -> AssignmentFacts:
    """One of the house; whoever asks checks the promotion. Raises NotFound."""
    wanted = select(*_COLUMNS).where(
        Assignment.organisation_id == organisation, Assignment.id == id, Assignment.deleted_at.is_(None)
    )
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"no assignment {id!r}", sentence="Ce travail n'existe pas, ou n'existe plus.")
    return _read(row)


def move_assignment(connection: Connection, given: AssignmentFacts, opens: int, due: int, late: bool) -> None:
    """Other dates. What was handed in stays as it is. Raises BadRequest when the end comes first."""
    if due <= opens:
        raise BadRequest("due before opens", sentence="La fin vient après le début. Regardez les deux dates.")
    _change(connection, given, opens=opens, due=due, late=late)


def remove_assignment(connection: Connection, given: AssignmentFacts) -> None:
    """Out of the calendar; what was handed in stays in the portfolios."""
    _change(connection, given, deleted_at=now())


def _change(connection: Connection, given: AssignmentFacts, **values: Any) -> None:
    mine = (Assignment.organisation_id == given.organisation, Assignment.id == given.id)
    changed = merge_marks(connection)["changed"]
    connection.execute(update(table(Assignment)).where(*mine).values(changed=changed, **values))
