"""What a learner shows today, competence by competence: the best of the activities that train it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from lms.content.catalogue import Catalogue
from lms.learning.progress import read_standings


def find_known(connection: Connection, catalogue: Catalogue, organisation: str, person: str) -> Mapping[str, int]:
    """Competence → mastery 1 to 4, for what was succeeded in; one row is read."""
    found: dict[str, int] = {}
    for name, standing in read_standings(connection, organisation, person).items():
        trained = catalogue.find_activity(name) if standing.succeeded else None
        for competence in trained.competences if trained else ():
            found[competence] = max(found.get(competence, 0), standing.mastery)
    return {name: level for name, level in sorted(found.items()) if level}
