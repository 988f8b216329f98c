"""«Ajouter un imprévu»: a trainer lets something happen on a learner's screen, who sees nothing but its effect."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from lms.database.ids import natural_id
from lms.errors import BadRequest, NotFound
from lms.learning.seats import read_seated
from lms.learning.submit import Response, submit
from lms.web.access import needs
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.screen import find_learner, find_running, list_switches


@pages.post("/teach/learners/<person>/incident")
@needs("trainer")
def add_incident(person: str) -> Reply:
    """Once, however often it is posted: the event's id comes from the attempt and the incident."""
    find_learner(person)
    _, attempt = find_running(person)
    wanted = request.form.get("incident", "")
    if not wanted:
        raise BadRequest("incident: which one?", sentence="Choisissez un imprévu.")
    if attempt is None or wanted not in [one.id for one in list_switches(attempt)]:
        raise NotFound(f"no incident {wanted!r} now", sentence="Cet imprévu ne va plus avec cet écran.")
    event = Response(natural_id(attempt.id, "switch", wanted), attempt.rev, {}, switch=wanted)
    organisation, seat = attempt.who.organisation, attempt.token.partition(".")[2]
    places = read_seated(organisation, attempt.id, seat) if attempt.paired else []
    submit(site().classroom, organisation, attempt.id, [event], lambda one: one.id == attempt.id, places)
    return redirect(url_for("teach.screen", person=person) + "#incidents")
