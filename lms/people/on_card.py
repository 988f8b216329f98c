"""Finding a learner by what stands on the card, which she shows to whoever accompanies her."""

from __future__ import annotations

from sqlalchemy import Connection

from lms.people.workshops import find_workshop_by_code, read_learners


def find_on_card(connection: Connection, organisation: str, code: str, first_name: str) -> str | None:
    """The learner of that name in the workshop of that code, in this house; None for nobody, or when two are meant."""
    workshop = find_workshop_by_code(connection, code)
    if workshop is None or workshop.organisation != organisation:
        return None
    wanted = first_name.strip().casefold()
    found = [
        one.person
        for one in read_learners(connection, organisation, workshop.group)
        if wanted and wanted in (one.label.casefold(), one.first_name.casefold())
    ]
    return found[0] if len(found) == 1 else None
