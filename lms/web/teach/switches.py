"""«Ajouter un imprévu»: a trainer lets something happen on a learner's screen, or on all of a workshop.

Who works sees nothing but its effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from lms.database.db import db
from lms.database.ids import natural_id
from lms.errors import BadRequest, NotFound
from lms.learning.attempts import AttemptNow, read_attempts
from lms.learning.board import read_board
from lms.learning.seats import read_seated
from lms.learning.submit import Response, submit
from lms.people.workshops import WorkshopFacts, read_learners
from lms.web.access import needs
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.screen import find_learner, find_running, list_switches
from lms.web.teach.workshops import find_own

AT_WORK = ("calls", "stuck", "working")
GONE = "Cet imprévu ne va plus avec cet écran."


@pages.post("/teach/learners/<person>/incident")
@needs("trainer")
def add_incident(person: str) -> Reply:
    """Once, however often it is posted: the event's id comes from the attempt and the incident."""
    find_learner(person)
    _, attempt = find_running(person)
    wanted = read_wanted()
    if attempt is None or wanted not in [one.id for one in list_switches(attempt)]:
        raise NotFound(f"no incident {wanted!r} now", sentence=GONE)
    wake(attempt, wanted)
    return redirect(url_for("teach.screen", person=person) + "#incidents")


@pages.post("/teach/workshops/<workshop_id>/incident")
@needs("trainer")
def add_incident_to_all(workshop_id: str) -> Reply:
    """On every screen of the workshop where something of this title may happen; simulators name theirs alike."""
    one, wanted = find_own(workshop_id), read_wanted()
    found = [(attempt, id) for attempt, id, title, _ in iter_sleeping(one) if title == wanted]
    if not found:
        raise NotFound(f"no incident {wanted!r} in this workshop now", sentence=GONE)
    for attempt, id in found:
        wake(attempt, id)
    return redirect(url_for("teach.board", workshop_id=workshop_id) + "#incidents")


def read_wanted() -> str:
    """What was chosen. Raises BadRequest for nothing."""
    wanted = request.form.get("incident", "")
    if not wanted:
        raise BadRequest("incident: which one?", sentence="Choisissez un imprévu.")
    return wanted


def wake(attempt: AttemptNow, id: str) -> None:
    """It happens at the next touch. Of a pair either screen will do: the world is the same."""
    event = Response(natural_id(attempt.id, "switch", id), attempt.rev, {}, switch=id)
    organisation, seat = attempt.who.organisation, attempt.token.partition(".")[2]
    places = read_seated(organisation, attempt.id, seat) if attempt.paired else []
    submit(site().classroom, organisation, attempt.id, [event], lambda one: one.id == attempt.id, places)


def iter_sleeping(one: WorkshopFacts) -> Iterator[tuple[AttemptNow, str, str, bool]]:
    """Attempt, id, title and whether it is awake, for all that may happen on the screens of a workshop."""
    with db.engine.connect() as connection:
        learners = [(who.person, who.label) for who in read_learners(connection, one.organisation, one.group)]
        rows = read_board(connection, one.organisation, learners)
        working = [row.attempt for row in rows if row.urgency in AT_WORK and row.attempt]
        attempts = read_attempts(connection, one.organisation, working)
    for attempt in attempts.values():
        if not attempt.paired:  # two look at it: what happens there is chosen on the page of one of them
            yield from ((attempt, switch.id, switch.title, switch.on) for switch in list_switches(attempt))


def count_offered(one: WorkshopFacts) -> list[tuple[str, int]]:
    """What may happen, and on how many screens it would; the most common first."""
    found: dict[str, int] = {}
    for _, _, title, on in iter_sleeping(one):
        found[title] = found.get(title, 0) + (not on)
    return sorted(((title, count) for title, count in found.items() if count), key=lambda one: (-one[1], one[0]))
