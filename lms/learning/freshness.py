"""What is to be looked at again: activities whose review falls due, and those seen to differ from the real site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from lms.content.catalogue import Catalogue
from lms.content.fictional import find_real
from lms.contract import Activity
from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import Review
from lms.database.rows import insert_missing, table, upsert
from lms.errors import BadRequest, NotFound

SOON = timedelta(days=30)
MOST_LETTERS = 200
DUE, DIFFERENT = "due", "different"


@dataclass(frozen=True)
class ToReview:
    """One thing to look at: `day` is that of the review, or of the report; `seen` once somebody looked."""

    id: str
    kind: str
    activity: str
    revision: str
    day: str
    author_id: str | None = None
    sentence: str = ""
    seen_by: str | None = None
    seen: int | None = None


def report_different(
    connection: Connection, organisation: str, activity: Activity, author: str, sentence: str, today: date, made: str
) -> None:
    """Keep that this activity differs from the real site. Raises BadRequest for a sentence that is not kept."""
    words = " ".join(sentence.split())
    if len(words) > MOST_LETTERS:
        raise BadRequest(f"{len(words)} characters", sentence="Une phrase courte est assez : deux lignes au plus.")
    if code := find_real(words):
        raise BadRequest(code, sentence="Écrivez sans adresse ni numéro : dites seulement ce qui est différent.")
    one = ToReview(made, DIFFERENT, activity.id, activity.revision, today.isoformat(), author, words)
    insert_missing(connection, Review, [{"organisation_id": organisation, **asdict(one)}])


def list_reviews(connection: Connection, organisation: str, catalogue: Catalogue, today: date) -> list[ToReview]:
    """What is due within a month, what was reported and what was looked at, oldest first."""
    rows = connection.execute(select(table(Review)).where(Review.organisation_id == organisation))
    kept = {
        row["id"]: ToReview(**{key: row[key] for key in row if key != "organisation_id"}) for row in rows.mappings()
    }
    due = {one.id: one for one in _find_due(organisation, catalogue, today)}
    return sorted((due | kept).values(), key=lambda one: (one.day, one.activity, one.id))


def mark_seen(
    connection: Connection, organisation: str, catalogue: Catalogue, today: date, id: str, person: str
) -> None:
    """Somebody looked: who and when is kept, the first time. Raises NotFound."""
    found = next((one for one in list_reviews(connection, organisation, catalogue, today) if one.id == id), None)
    if found is None:
        raise NotFound(f"nothing to review {id!r}", sentence="Cette ligne n'est plus à relire.")
    if found.seen is None:
        row = asdict(replace(found, seen_by=person, seen=now()))
        upsert(connection, Review, {"organisation_id": organisation, **row})


def _find_due(organisation: str, catalogue: Catalogue, today: date) -> Iterator[ToReview]:
    for course in catalogue.courses.values():
        for one in course.activities.values():
            if is_due(one.review_due, today):
                made = natural_id(organisation, DUE, one.id, one.review_due)
                yield ToReview(made, DUE, one.id, one.revision, one.review_due)


def is_due(day: str, today: date) -> bool:
    """Whether this day has passed, or comes within a month; a day that is none never does."""
    try:
        return date.fromisoformat(day) <= today + SOON
    except ValueError:
        return False
