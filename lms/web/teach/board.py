"""The live board: a page, and the JSON that it polls every two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import jsonify, request, url_for
from flask_babel import gettext
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.models import Person
from lms.learning.attempts import AttemptNow, read_attempts
from lms.learning.board import WORDS, BoardRow, read_board
from lms.learning.proposals import find_proposal
from lms.people.sign_in import throttle_key
from lms.people.throttle import find_paused
from lms.people.workshops import WorkshopFacts, read_learners
from lms.web.access import needs
from lms.web.languages import LANGUAGES
from lms.web.pages import render
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.switches import count_offered
from lms.web.teach.workshops import find_own


@pages.get("/teach/workshops/<workshop_id>/board")
@needs("trainer")
def board(workshop_id: str) -> str:
    """Everything urgent on one screen."""
    one = find_own(workshop_id)
    return render(
        "teach/board.html",
        workshop={"id": one.id, "name": one.title, "code": one.code},
        rows=find_rows(one),
        live_url=url_for("teach.live", workshop_id=one.id),
        incidents=count_offered(one),
        incident_url=url_for("teach.add_incident_to_all", workshop_id=one.id),
    )


@pages.get("/teach/workshops/<workshop_id>/live.json")
@needs("trainer")
def live(workshop_id: str) -> Response:
    """The rows; 304 while nothing changed."""
    answer = jsonify(rows=find_rows(find_own(workshop_id)))
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def find_rows(one: WorkshopFacts) -> list[dict[str, Any]]:
    """Rows as the page and its script need them."""
    with db.engine.connect() as connection:
        learners = read_learners(connection, one.organisation, one.group)
        rows = read_board(connection, one.organisation, [(who.person, who.label) for who in learners])
        keys = {throttle_key(one.organisation, who.person): who.person for who in learners}
        paused = {keys[key] for key in find_paused(connection, keys)}
        spoken = find_languages(connection, one.organisation, [who.person for who in learners])
        seeking = [row.attempt for row in rows if row.urgency in ("calls", "stuck") and row.attempt]
        attempts = read_attempts(connection, one.organisation, seeking)
    return [
        _show(row, spoken.get(row.person, ""))
        | _offer_unlock(one, row.person, paused)
        | _propose(row.first_name, attempts.get(row.attempt))
        for row in rows
    ]


def _propose(name: str, attempt: AttemptNow | None) -> dict[str, str]:
    """Why somebody who seeks does not get on, and what to propose; nothing where nobody knows."""
    found = find_proposal(site().classroom, attempt) if attempt and not attempt.ended else None
    return {"cause": found.tell(name), "offer": found.activity.id} if found else {"cause": "", "offer": ""}


def find_languages(connection: Connection, organisation: str, people: Sequence[str]) -> dict[str, str]:
    """Who reads another language than French, and which."""
    wanted = select(Person.id, Person.locale).where(
        Person.organisation_id == organisation, Person.id.in_(people), Person.locale != "fr"
    )
    return {row.id: LANGUAGES.get(row.locale, row.locale) for row in connection.execute(wanted)}


def _offer_unlock(one: WorkshopFacts, person: str, paused: set[str]) -> dict[str, str]:
    """Where one tap opens a sign-in that pauses; nothing for the others."""
    return {"unlock_url": url_for("teach.open_now", workshop_id=one.id, person=person)} if person in paused else {}


def _show(row: BoardRow, language: str) -> dict[str, Any]:
    screen = url_for("teach.screen", person=row.person)
    return {
        "id": row.person,
        "first_name": row.first_name,
        "sentence": row.sentence,
        "detail": " · ".join(one for one in (_say_activity(row), language) if one),
        "word": WORDS[row.urgency],
        "urgency": row.urgency,
        "screen_url": screen,
        "help_url": screen + "#say",
        "nudge_url": url_for("teach.nudge", person=row.person),
    }


def _say_activity(row: BoardRow) -> str:
    """Which activity, and how often its present goal was missed."""
    activity = site().classroom.catalogue.find_activity(row.activity) if row.activity else None
    title = activity.title if activity else ""
    if not row.tries or row.urgency in ("done", "away"):
        return title
    return str(gettext("%(title)s, %(count)s essais", title=title, count=row.tries + 1))
