"""What the desk sends and asks: events, nudges, calls. JSON, by a write-only token of the attempt or the session."""

from __future__ import annotations

import hmac
from typing import Any

from flask import jsonify, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from lms.contract import Activity, View
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.learning.attempts import AttemptNow, read_attempts, show_opened
from lms.learning.board import call_trainer, find_shown, is_due, note_present, read_nudges
from lms.learning.seats import read_seated
from lms.learning.submit import Answer, Response, submit
from lms.people.accounts import Account
from lms.web.access import find_guest, find_viewer, needs, open_to_anybody, viewer
from lms.web.addresses import read_number
from lms.web.learn import pages
from lms.web.learn.attempts import UUID, check_playable
from lms.web.learn.gate import check_going_on
from lms.web.learn.island import complete_end, find_marks, find_voices, place_apps
from lms.web.learn.shares import tell_shares
from lms.web.learn.telling import tell_feedback, tell_island
from lms.web.site import site

LARGEST_BATCH = 50
MOST_MEASURES = 12
LONGEST_MEASURE = 180_000
"""Three minutes in milliseconds, and far more than any count."""


@pages.post("/learn/attempts/<attempt_id>/events")
@open_to_anybody
def events(attempt_id: str) -> Reply:
    """Judge a batch. The token writes for ever; only the learner himself is told what stands on the screen."""
    body = read_body()
    organisation, token, seat = [*str(body.get("token", "")).split(".", 2), "", ""][:3]
    places = read_seated(organisation, attempt_id, seat) if seat else []
    sender = places[0] if places else None

    def allow(attempt: AttemptNow) -> bool:
        return _is_equal((sender or attempt).token, token) and check_playable(attempt)

    responses = read_responses(body)
    answer = submit(site().classroom, organisation, attempt_id, responses, allow, places, check_going_on)
    if not _is_own(answer.attempt):
        return jsonify(acknowledged=answer.acknowledged)
    return jsonify(show_answer(answer, read_seat(body)))


def _is_equal(token: str, given: str) -> bool:
    return hmac.compare_digest(token.encode(), given.encode())


def read_body() -> dict[str, Any]:
    """The JSON object of a request. Raises BadRequest."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadRequest("the body is not a JSON object")
    return body


def read_responses(body: dict[str, Any]) -> list[Response]:
    """The events of a batch. Raises BadRequest naming the member that is wrong."""
    found = body.get("events")
    if not isinstance(found, list) or not 0 < len(found) <= LARGEST_BATCH:
        raise BadRequest(f"events: a list of 1 to {LARGEST_BATCH} is needed")
    return [_read_response(one, at) for at, one in enumerate(found)]


def _read_response(one: Any, at: int) -> Response:
    if not isinstance(one, dict) or not UUID.fullmatch(str(one.get("id", "")).lower()):
        raise BadRequest(f"events[{at}].id: a UUID is needed")
    if not isinstance(one.get("response"), dict):
        raise BadRequest(f"events[{at}].response: an object is needed")
    rev = one.get("rev", 0)
    return Response(str(one["id"]).lower(), rev if isinstance(rev, int) else 0, _add_measures(one))


def _add_measures(one: dict[str, Any]) -> dict[str, Any]:
    """The response with its measures; one that is no such number is left out: it must never stop an exercise."""
    response = {name: value for name, value in one["response"].items() if name != "measures"}
    given = one.get("measures")
    if not isinstance(given, dict) or len(given) > MOST_MEASURES:
        return response
    found = {name: min(value, LONGEST_MEASURE) for name, value in given.items() if _is_count(value)}
    return {**response, "measures": found} if found else response


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_own(attempt: AttemptNow) -> bool:
    account = find_viewer()
    return attempt.who.person == (account.person if account else find_guest())


def read_seat(body: dict[str, Any]) -> Any:
    """Where the browser believed to sit when it sent the last event of a batch."""
    return body["events"][-1]["response"].get("seat")


def show_answer(answer: Answer, seat: Any) -> dict[str, Any]:
    """The screen as it is now, what was acknowledged, the feedback. From another `seat` it is another scenario."""
    told = tell_feedback(answer.feedback, answer.activity)
    feedback = {"tone": told.tone, "say": told.say, "part": told.part} if told else None
    screen = tell_screen(answer.attempt, answer.activity, seat, feedback)
    return {**screen, "stale": answer.stale, "acknowledged": answer.acknowledged}


def tell_screen(
    attempt: AttemptNow, activity: Activity, seat: Any, feedback: dict[str, str] | None = None
) -> dict[str, Any]:
    """What stands on the screen of whoever sits there, with its voices."""
    view: View = site().classroom.find_type(activity).present(activity, attempt.state)
    island = tell_island(view.data.get("island", {}), activity)
    shown = {
        name: island.get(name) for name in ("world", "here", "guide", "window", "steps", "mode")
    }  # the scenario stays
    if island.get("world", {}).get("seat") not in (None, seat):
        shown |= {"scenario": island["scenario"], "apps": place_apps(island["apps"])}
    ended = island.get("ended")
    said = {**island, "feedback": feedback}
    return {
        **shown,
        "rev": attempt.rev,
        "feedback": feedback,
        "ended": complete_end(attempt, activity, ended) if ended else None,
        "voice": find_voices(said, activity),
        "marks": find_marks(said, activity),
    }


@pages.get("/learn/nudges")
@needs("learner")
def nudges() -> Reply:
    """What the trainer sent after number `after`. A page that was just opened says which attempt stands on it."""
    account, after = viewer(), read_number(request.args.get("after", ""))
    opened = request.args.get("open", "").lower()
    with db.engine.connect() as connection:
        found = read_nudges(connection, account.organisation, account.person, after)
        due = is_due(connection, account.organisation, account.person)
        shares = tell_shares(connection, account)
        moved = find_moved(connection, account, opened) if UUID.fullmatch(opened) else None
    if moved:
        with transaction() as writing:
            show_opened(writing, site().classroom, moved, _say_screen(moved))
    elif due:
        with transaction() as writing:
            note_present(writing, account.organisation, account.person)
    return jsonify(nudges=[_complete_offer(one, account.locale) for one in found], sharing=shares)


def find_moved(connection: Connection, account: Account, opened: str) -> AttemptNow | None:
    """His own attempt `opened`, when it goes on and the board still shows another one."""
    if find_shown(connection, account.organisation, account.person) == opened:
        return None
    attempt = read_attempts(connection, account.organisation, [opened]).get(opened)
    if attempt is None or attempt.paired or not _is_own(attempt) or attempt.ended or attempt.erased:
        return None
    activity = site().classroom.catalogue.find_activity(attempt.activity)
    return attempt if activity and activity.revision == attempt.revision else None


def _say_screen(attempt: AttemptNow) -> str:
    """What the board says of a screen: the next step of a desk, else the instruction."""
    activity = site().classroom.find_activity(attempt.activity)
    view: View = site().classroom.find_type(activity).present(activity, attempt.state)
    guide = view.data.get("island", {}).get("guide") or {}
    return str(guide.get("say") or activity.instruction)


def _complete_offer(nudge: dict[str, Any], locale: str) -> dict[str, Any]:
    """An exercise that the trainer proposes: its title in the learner's language, and its address."""
    activity = site().classroom.catalogue.find_activity(nudge["part"], locale) if nudge["kind"] == "offer" else None
    if activity is None:
        return nudge
    return {**nudge, "text": activity.title, "url": url_for("learn.begin", activity=activity.id)}


@pages.post("/learn/desk/call")
@needs("learner")
def call_from_desk() -> Reply:
    """«J'appelle l'animateur» from inside an exercise."""
    account = viewer()
    with transaction() as connection:
        since = call_trainer(connection, account.organisation, account.person)
    return jsonify(say="Votre animateur est prévenu.", since=since)
