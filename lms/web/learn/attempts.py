"""An activity from its choice of mode to its end; forms for those without a desk."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, cast

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from lms.contract import Activity, Feedback, Mode, View
from lms.database.db import db
from lms.database.ids import natural_id
from lms.errors import BadRequest, Conflict, NotFound, NotSignedIn
from lms.learning.attempts import AttemptNow, Who, find_open_attempt, read_attempt, resume_or_start, start_attempt
from lms.learning.events import read_feedback
from lms.learning.progress import read_standings
from lms.learning.seats import find_seated, find_under_way, take_own
from lms.learning.submit import Response, submit
from lms.web.access import find_guest, find_viewer, open_to_anybody
from lms.web.languages import find_locale
from lms.web.learn import pages
from lms.web.learn.gate import check_gate, check_going_on
from lms.web.learn.island import build_island, write_island
from lms.web.learn.partner import show_pair
from lms.web.learn.telling import find_source, find_teller, tell_feedback
from lms.web.learn.voices import find_voice, find_voice_of
from lms.web.pages import find_different_url, render
from lms.web.site import site

GUEST_ORGANISATION = "guest"
MODES = ("show", "guided", "assisted", "alone")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAIR_MODES = frozenset({"assisted", "guided", "alone"})
GONE = "Cet essai n'existe plus."
CHANGED = "L'exercice a changé. Une page neuve est prête."


def find_who() -> Who:
    """The learner of this request, or the guest. Raises NotSignedIn."""
    account, guest = find_viewer(), find_guest()
    if account is not None:
        return Who(account.organisation, account.person, guest=False, locale=account.locale)
    if guest:
        return Who(GUEST_ORGANISATION, guest, guest=True, locale=find_locale())
    raise NotSignedIn("nobody is here")


def read_own(attempt_id: str) -> AttemptNow:
    """An attempt of whoever is here. Raises NotFound for anybody else's."""
    who = find_who()
    with db.engine.connect() as connection:
        attempt = read_attempt(connection, who.organisation, attempt_id)
        if attempt.paired:
            return take_own(connection, site().classroom, attempt, who.person)
    check_own(attempt, who)
    return attempt


def read_said(attempt: AttemptNow, activity: Activity) -> Feedback | None:
    """The last thing said in it, in the learner's language."""
    with db.engine.connect() as connection:
        return tell_feedback(read_feedback(connection, attempt), activity)


def check_own(attempt: AttemptNow, who: Who) -> bool:
    """True, or NotFound: whoever asks for somebody else's attempt need not know that it exists."""
    if attempt.who.person != who.person:
        raise NotFound(f"attempt {attempt.id} is somebody else's", sentence=GONE)
    return True


def check_playable(attempt: AttemptNow) -> bool:
    """True, or why no answer is taken: what was typed was erased, or the exercise is another one since."""
    if attempt.erased:
        raise NotFound(f"attempt {attempt.id} was erased", sentence=GONE)
    now_shown = site().classroom.find_activity(attempt.activity, attempt.who.locale).revision
    if attempt.revision != now_shown and not attempt.ended:
        raise Conflict(f"attempt {attempt.id} is of revision {attempt.revision}, now {now_shown}")
    return True


@pages.get("/learn/begin/<path:activity>")
@open_to_anybody
def begin(activity: str) -> str | Reply:
    """Resume where one was, also in the hours of grace; else choose a mode, or start where there is none to choose."""
    who, classroom = find_who(), site().classroom
    found = classroom.find_activity(activity, who.locale)
    kind = classroom.find_type(found)
    with db.engine.connect() as connection:
        under_way, changed = find_under_way(connection, classroom, who, found)
    going_on = bool(under_way) and "again" not in request.args
    check_gate(who, activity, begun=going_on)
    if going_on:
        return redirect(url_for("learn.show_attempt", attempt_id=under_way))
    modes, seats = offered_modes(found.options.get("modes"), kind.modes), kind.seats(found)
    if not modes:
        return redirect(url_for("learn.show_attempt", attempt_id=start_attempt(classroom, who, activity, "alone")))
    suggested = suggest_mode(who, activity, modes)
    action = url_for("learn.choose_mode", activity=activity)
    return render(
        "learn/mode.html",
        activity=found,
        changed=find_teller(found).tell(CHANGED) if changed else "",
        modes=modes,
        suggested=suggested,
        action=action,
        seats=seats if set(modes) & PAIR_MODES and not who.guest else {},
        different_url=find_different_url(activity),
    )


def offered_modes(own: object, kind: tuple[Mode, ...]) -> list[str]:
    """The modes of the activity's options, else those of its type."""
    return [str(mode) for mode in own if mode in kind] if isinstance(own, list | tuple) and own else list(kind)


def suggest_mode(who: Who, activity: str, modes: list[str]) -> str:
    """One rung above what was reached: with me, on demand, alone."""
    if who.guest:
        return "guided" if "guided" in modes else modes[0]
    with db.engine.connect() as connection:
        standing = read_standings(connection, who.organisation, who.person).get(activity)
    wanted = ("guided", "assisted", "alone", "alone", "alone")[standing.mastery if standing else 0]
    return wanted if wanted in modes else modes[0]


@pages.post("/learn/begin/<path:activity>")
@open_to_anybody
def choose_mode(activity: str) -> Reply:
    """A mode was chosen; an attempt begins, or goes on in the same mode."""
    mode = request.form.get("mode", "guided")
    if mode not in MODES:
        raise BadRequest(f"mode {mode!r}; allowed: {', '.join(MODES)}")
    who = find_who()
    check_gate(who, activity)
    attempt = resume_or_start(site().classroom, who, activity, cast(Mode, mode))
    return redirect(url_for("learn.show_attempt", attempt_id=attempt))


@pages.post("/learn/attempts/<attempt_id>/again")
@open_to_anybody
def again(attempt_id: str) -> Reply:
    """«Recommencer»: a fresh attempt in the same mode, without penalty."""
    attempt = read_own(attempt_id)
    check_gate(find_who(), attempt.activity)
    return redirect(url_for("learn.show_attempt", attempt_id=start_fresh(attempt)))


def start_fresh(attempt: AttemptNow) -> str:
    """A new attempt like this one. Posted twice it is the same: an attempt that nobody touched is fresh already."""
    classroom, who = site().classroom, attempt.who
    revision = classroom.find_activity(attempt.activity, who.locale).revision
    with db.engine.connect() as connection:
        last = find_open_attempt(connection, who, attempt.activity)
    if last and last.rev == 0 and (last.mode, last.revision, last.erased) == (attempt.mode, revision, False):
        return last.id
    return start_attempt(classroom, who, attempt.activity, attempt.mode)


@pages.get("/learn/attempts/<attempt_id>")
@open_to_anybody
def show_attempt(attempt_id: str) -> str | Reply:
    """The activity as it stands in this attempt."""
    attempt, classroom = read_own(attempt_id), site().classroom
    activity = classroom.find_activity(attempt.activity, attempt.who.locale)
    if attempt.erased or activity.revision != attempt.revision:
        done = url_for("learn.done", attempt_id=attempt_id)
        return redirect(done if attempt.ended else url_for("learn.begin", activity=activity.id))
    if not attempt.ended:
        check_gate(find_who(), attempt.activity, begun=True)
    view = classroom.find_type(activity).present(activity, attempt.state)
    if attempt.ended and not view.island:
        return redirect(url_for("learn.done", attempt_id=attempt_id))
    values = show_desk(attempt, activity, view) if view.island else show_form(attempt, activity, view)
    values["source"] = find_source(activity)
    different = find_different_url(activity.id)
    return render("learn/attempt.html", activity=activity, attempt=attempt, different_url=different, **values)


def show_desk(attempt: AttemptNow, activity: Activity, view: View) -> dict[str, Any]:
    """What the page of a desk needs: its island says all the rest."""
    island = build_island(attempt, activity, view)
    if attempt.paired:
        island["pair"] = show_pair(attempt)
    return {"view": replace(view, data={"island": island}), "data": view.data, "island": write_island(island)}


def show_form(attempt: AttemptNow, activity: Activity, view: View) -> dict[str, Any]:
    """What a page with a form needs."""
    tell = find_teller(activity).tell
    seat = attempt.token.rpartition(".")[2] if attempt.paired else ""
    return {
        "view": view,
        "data": view.data,
        "url": url_for("learn.respond", attempt_id=attempt.id),
        "event": natural_id(attempt.id, f"{attempt.rev}.{seat}" if seat else str(attempt.rev)),
        "pair": show_pair(attempt) if attempt.paired else None,
        "feedback": read_said(attempt, activity),
        "audio": find_voice(activity.instruction, activity.locale),
        "voice": lambda texts: find_voice_of(map(tell, texts), activity.locale),
        "tell": tell,
    }


@pages.post("/learn/attempts/<attempt_id>")
@open_to_anybody
def respond(attempt_id: str) -> Reply:
    """A form of an activity; posted twice it counts once, by the event's id that the form carries."""
    who = find_who()
    event = request.form.get("event", "").lower()
    if not UUID.fullmatch(event):
        raise BadRequest("the form has no event id")
    places = find_seated(attempt_id, who) if "seat" in request.form else []
    given = {name: request.form.getlist(name) for name in request.form if name not in ("csrf_token", "event", "seat")}
    response = {name: values[0] if len(values) == 1 else values for name, values in given.items()}

    def allow(attempt: AttemptNow) -> bool:
        return (bool(places) or check_own(attempt, who)) and check_playable(attempt)

    responses = [Response(event, 0, response)]
    answer = submit(site().classroom, who.organisation, attempt_id, responses, allow, places, check_going_on)
    if answer.attempt.ended:
        return redirect(url_for("learn.done", attempt_id=attempt_id))
    return redirect(url_for("learn.show_attempt", attempt_id=attempt_id) + "#answer")
