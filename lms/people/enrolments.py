"""Who is on which course."""

from __future__ import annotations

from sqlalchemy import Connection

from lms.database.ids import natural_id
from lms.database.models import Enrolment
from lms.database.rows import insert_missing
from lms.people.accounts import merge_marks


def enrol(connection: Connection, organisation: str, person: str, course: str) -> None:
    """Put somebody on a course; a second time changes nothing."""
    row = {"organisation_id": organisation, "person_id": person, "course": course} | merge_marks(connection)
    insert_missing(connection, Enrolment, [row | {"id": natural_id(organisation, person, course)}])
