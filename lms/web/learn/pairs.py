"""Two people play one exercise, each at a machine of his own: begin, join by a code, look on, leave."""

from __future__ import annotations

from typing import Any, cast

from flask import jsonify, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from lms.contract import Mode
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotFound
from lms.learning.attempts import AttemptNow, read_attempt
from lms.learning.pairs import begin_pair, join_pair, play_alone
from lms.learning.seats import Place, find_place, is_due, note_here, read_places
from lms.people.roles import ROLES
from lms.web.access import needs, viewer
from lms.web.learn import pages
from lms.web.learn.attempts import PAIR_MODES, find_who, offered_modes
from lms.web.learn.events import tell_screen
from lms.web.learn.gate import check_gate
from lms.web.learn.partner import tell_pair
from lms.web.site import site

PLAYERS = ROLES
"""Whoever accompanies people plays the mandate from both seats, too."""


@pages.post("/learn/pairs/<path:activity>")
@needs(*PLAYERS)
def pair_up(activity: str) -> Reply:
    """From this seat, with a code for the neighbour; on demand, or as near to that as the exercise offers."""
    who, classroom = find_who(), site().classroom
    check_gate(who, activity)
    found = classroom.find_activity(activity)
    offered = offered_modes(found.options.get("modes"), classroom.find_type(found).modes)
    mode = next((one for one in ("assisted", "guided", "alone") if one in offered), None)
    if mode not in PAIR_MODES:
        raise BadRequest(f"{activity}: no mode for two", sentence="Cet exercice se fait seul.")
    attempt = begin_pair(classroom, who, activity, cast(Mode, mode), request.form.get("seat", ""))
    return redirect(url_for("learn.show_attempt", attempt_id=attempt))


@pages.post("/learn/join")
@needs(*PLAYERS)
def join() -> Reply:
    """The code on the neighbour's screen was typed."""
    who = find_who()

    def allow(connection: Connection, found: AttemptNow) -> None:
        check_gate(who, found.activity, begun=True, connection=connection)

    attempt = join_pair(site().classroom, who, request.form.get("code", ""), allow)
    return redirect(url_for("learn.show_attempt", attempt_id=attempt))


def read_own_place(attempt_id: str) -> tuple[list[Place], Place]:
    """The seats of an attempt and one's own. Raises NotFound for whoever has none."""
    account = viewer()
    with db.engine.connect() as connection:
        places = read_places(connection, account.organisation, attempt_id)
    return places, find_place(places, account.person)


@pages.get("/learn/attempts/<attempt_id>/pair.json")
@needs(*PLAYERS)
def pair_json(attempt_id: str) -> Reply:
    """The screen as the other one left it, and how he is; asked every two seconds, which says that one is here."""
    try:
        places, place = read_own_place(attempt_id)
    except NotFound:
        return jsonify(over=True)  # the other one plays on alone
    if is_due(place):
        with transaction() as connection:
            note_here(connection, place)
    with db.engine.connect() as connection:
        attempt = read_attempt(connection, place.organisation, attempt_id)
    classroom = site().classroom
    activity = classroom.find_activity(attempt.activity, place.locale)
    own = place.take(attempt, classroom, classroom.find_activity(attempt.activity))
    found: dict[str, Any] = {"pair": tell_pair(own, places, place)}
    if not attempt.erased and attempt.revision == activity.revision:
        found["screen"] = tell_screen(own, activity, place.seat)
    answer = jsonify(found)
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@pages.post("/learn/attempts/<attempt_id>/leave")
@needs(*PLAYERS)
def leave_pair(attempt_id: str) -> Reply:
    """He goes, and the other is told; going back to the page sits him down again."""
    _, place = read_own_place(attempt_id)
    with transaction() as connection:
        note_here(connection, place, gone=True)
    return redirect(url_for("learn.home"))


@pages.post("/learn/attempts/<attempt_id>/on-alone")
@needs(*PLAYERS)
def play_on_alone(attempt_id: str) -> Reply:
    """Who began takes both seats in turn, once the other is not there."""
    places, place = read_own_place(attempt_id)
    if not place.host:
        raise NotFound("only who began goes on alone", sentence="Cet essai n'existe plus.")
    with db.engine.connect() as connection:
        attempt = read_attempt(connection, place.organisation, attempt_id)
    play_alone(site().classroom, attempt, places)
    return redirect(url_for("learn.show_attempt", attempt_id=attempt_id))
