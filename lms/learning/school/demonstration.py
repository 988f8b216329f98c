"""What the demonstration's promotion has to do: a first module, an analysis marked by the rubric."""

from __future__ import annotations

from sqlalchemy import select

from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import Promotion
from lms.learning.school.assignments import AssignmentFacts, add_assignment
from lms.people.demonstration import Demonstration
from lms.people.promotions import PromotionFacts

DAY = 24 * 3600 * 1_000_000
MODULE = ("detecter", "Détecter une difficulté en entretien")
CASE = "Racontez une situation de votre stage, sans nom ni lieu. Dites ce que vous comprenez, et ce que vous proposez."


def assign_first_module(told: Demonstration) -> None:
    """Open since yesterday, due in one and in two weeks."""
    with transaction() as connection:
        columns = (Promotion.organisation_id, Promotion.id, Promotion.title, Promotion.course)
        one = PromotionFacts(*connection.execute(select(*columns).where(Promotion.id == told.promotion)).one())
        opens = now() - DAY
        add_assignment(connection, one, _build(one, "module", MODULE[1], "", opens, opens + 8 * DAY, 0))
        add_assignment(
            connection, one, _build(one, "case", "Analyse d'une situation", CASE, opens, opens + 15 * DAY, 1)
        )


def _build(
    one: PromotionFacts, kind: str, title: str, brief: str, opens: int, due: int, markers: int
) -> AssignmentFacts:
    return AssignmentFacts(
        one.organisation, "", one.id, "", kind, MODULE[0], "", title, brief, opens, due, True, markers, False
    )
