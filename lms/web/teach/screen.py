"""A learner's screen as that learner sees it, and what the trainer sends to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import jsonify, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms.contract import Switch
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Live
from lms.database.rows import table
from lms.errors import BadRequest
from lms.learning.attempts import AttemptNow, read_attempt
from lms.learning.board import WORDS, BoardRow, answer_call, build_row, send_nudge
from lms.learning.proposals import find_proposal
from lms.learning.seats import take_own
from lms.people.leading import find_led
from lms.people.workshops import LearnerFacts, WorkshopFacts
from lms.web.access import needs, viewer
from lms.web.learn.attempts import show_form
from lms.web.learn.island import build_island
from lms.web.pages import find_different_url, render
from lms.web.site import site
from lms.web.teach import pages

MODES = {"show": "Montrez-moi", "guided": "Avec moi", "assisted": "Je demande", "alone": "Seul·e"}


def find_learner(person: str) -> tuple[WorkshopFacts, LearnerFacts]:
    """A learner of the viewer's own groups, and the workshop. Raises NotFound."""
    account = viewer()
    with db.engine.connect() as connection:
        return find_led(connection, account.organisation, account.person, person)


def find_running(person: str) -> tuple[Any, AttemptNow | None]:
    """The learner's live row and the attempt on his screen."""
    organisation = viewer().organisation
    with db.engine.connect() as connection:
        mine = (Live.organisation_id == organisation, Live.person_id == person)
        live = connection.execute(select(table(Live)).where(*mine)).first()
        attempt = read_attempt(connection, organisation, live.attempt_id) if live and live.attempt_id else None
        if attempt and attempt.paired:
            attempt = take_own(connection, site().classroom, attempt, person)
    return live, attempt


def show_screen(attempt: AttemptNow) -> tuple[dict[str, Any] | None, str]:
    """The island (readonly) and the title of what stands on the learner's screen.

    Neither for an attempt that was erased, or whose exercise is another one since: its state says nothing any more.
    """
    classroom = site().classroom
    activity = classroom.find_activity(attempt.activity)  # in the language of the course: the trainer reads it
    if attempt.erased or attempt.revision != activity.revision:
        return None, activity.title
    view = classroom.find_type(activity).present(activity, attempt.state)
    island = build_island(attempt, activity, view, readonly=True) if view.island else None
    return island, activity.title


def show_page(attempt: AttemptNow) -> dict[str, Any] | None:
    """What stands on the learner's screen where the exercise has no desk; None once it is over, or was erased."""
    classroom = site().classroom
    activity = classroom.find_activity(attempt.activity)
    if attempt.erased or attempt.ended or attempt.revision != activity.revision:
        return None
    view = classroom.find_type(activity).present(activity, attempt.state)
    if view.island:
        return None
    alone = replace(attempt, paired=False)  # the code of a pair is for who sits there
    return {**show_form(alone, activity, view), "id": name_page(attempt), "activity": activity, "attempt": attempt}


def name_page(attempt: AttemptNow | None) -> str:
    """Another one as soon as the learner's page is another one."""
    return f"{attempt.id}.{attempt.rev}" if attempt and not attempt.ended else ""


def say_row(row: BoardRow) -> str:
    """What the board says of somebody, in one line: «Appelle · …»."""
    return f"{WORDS[row.urgency]} · {row.sentence}"


def list_switches(attempt: AttemptNow) -> list[Switch]:
    """What may happen in this attempt as it stands."""
    classroom = site().classroom
    activity = classroom.find_activity(attempt.activity)
    if attempt.erased or attempt.ended or attempt.revision != activity.revision:
        return []
    return list(classroom.find_type(activity).switches(activity, attempt.state))


def tell_proposal(name: str, attempt: AttemptNow | None) -> dict[str, str] | None:
    """Why this attempt does not get on, and the exercise that fits; None where nobody knows."""
    found = find_proposal(site().classroom, attempt) if attempt and not attempt.ended else None
    return {"say": found.tell(name), "activity": found.activity.id} if found else None


@pages.get("/teach/learners/<person>")
@needs("trainer")
def screen(person: str) -> str:
    """The mirror."""
    workshop, learner = find_learner(person)
    live, attempt = find_running(person)
    island, title = show_screen(attempt) if attempt else (None, "")
    row = build_row(person, learner.label, live, now())
    urls = {
        "live": url_for("teach.screen_json", person=person),
        "nudge": url_for("teach.nudge_from_mirror", person=person),
    }
    if island is not None:
        island["urls"] = urls
    return render(
        "teach/screen.html",
        learner={"id": person, "first_name": learner.label},
        activity={"title": title} if title else None,
        mode=MODES.get(attempt.mode, "") if attempt and island else "",
        sentence=say_row(row),
        proposal=tell_proposal(learner.label, attempt),
        island=island,
        page=show_page(attempt) if attempt else None,
        urls=urls,
        board_url=url_for("teach.board", workshop_id=workshop.id),
        nudge_url=url_for("teach.nudge", person=person),
        switches=list_switches(attempt) if attempt else [],
        switch_url=url_for("teach.add_incident", person=person),
        different_url=find_different_url(attempt.activity) if attempt and title else "",
    )


@pages.get("/teach/learners/<person>/screen.json")
@needs("trainer")
def screen_json(person: str) -> Response:
    """The learner's screen now; 304 while nothing changed."""
    _, learner = find_learner(person)
    live, attempt = find_running(person)
    row = build_row(person, learner.label, live, now())
    island = show_screen(attempt)[0] if attempt else None
    proposal = tell_proposal(learner.label, attempt)
    page = name_page(attempt) if attempt and show_page(attempt) else ""
    answer = jsonify(island=island, page=page, sentence=say_row(row), urgency=row.urgency, proposal=proposal)
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@pages.post("/teach/learners/<person>/nudge")
@needs("trainer")
def nudge(person: str) -> Response:
    """From the page's form: a sentence (`say`, with `text`), or an exercise (`offer`, its id as `part`)."""
    send(person, {name: request.form.get(name, "") for name in ("kind", "part", "text")})
    return redirect(url_for("teach.screen", person=person))


@pages.post("/teach/learners/<person>/nudge.json")
@needs("trainer")
def nudge_from_mirror(person: str) -> Response:
    """From the mirror's script: a highlight (`point`, with `part`) or a sentence."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadRequest("the body is not a JSON object")
    return jsonify(number=send(person, given))


def send(person: str, given: Mapping[str, Any]) -> int:
    """Send a nudge to a learner of one's own groups; its number. Raises BadRequest when it says nothing."""
    find_learner(person)
    kind, part, text = (str(given.get(name) or "").strip() for name in ("kind", "part", "text"))
    if not {"say": text, "point": part, "offer": site().classroom.catalogue.find_activity(part)}.get(kind):
        raise BadRequest(
            f"nudge {kind!r}: point needs part, say needs text, offer an activity as part",
            sentence="Écrivez un mot avant d'envoyer.",
        )
    account = viewer()
    with transaction() as connection:
        return send_nudge(connection, account.organisation, person, account.person, kind, part, text)


@pages.post("/teach/learners/<person>/answered")
@needs("trainer")
def answered(person: str) -> Response:
    """The trainer goes to the learner: the call is off the board."""
    workshop, _ = find_learner(person)
    with transaction() as connection:
        answer_call(connection, viewer().organisation, person)
    return redirect(url_for("teach.board", workshop_id=workshop.id))
