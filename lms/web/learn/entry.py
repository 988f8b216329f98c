"""Coming in and going out: code, name, three pictures; a try without account; «J'ai fini»."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import NotFound, TooManyTries
from lms.learning.board import answer_call, read_call
from lms.learning.sharing import end_shares
from lms.people.accounts import Account
from lms.people.sign_in import WrongCode, WrongPictures, find_workshop, sign_in_learner, throttle_key
from lms.people.throttle import is_paused
from lms.people.workshops import (
    PICTURES,
    LearnerFacts,
    WorkshopFacts,
    find_pictures,
    find_workshop_by_code,
    read_learners,
)
from lms.web.access import begin_guest, begin_visit, find_viewer, open_to_anybody, sign_in, sign_out
from lms.web.languages import find_locale
from lms.web.learn import pages
from lms.web.learn.home import find_tries, keep_look
from lms.web.learn.shares import SHARING
from lms.web.pages import home_url, render

SAID = "said"
"""What the next page says once, in the session."""


@pages.get("/")
@open_to_anybody
def welcome() -> str | Response:
    """«Qui êtes-vous ?», or straight on for who is here already."""
    if find_viewer() is not None:
        return redirect(home_url())
    return render("learn/welcome.html", guest_url=url_for("learn.begin_try"), **session.pop(SAID, {}))


def say_next(endpoint: str, **said: object) -> Response:
    """Lead to a page that shows this once. A form never answers with a page: «back» would ask to send it again."""
    session[SAID] = said
    return redirect(url_for(endpoint))


@pages.post("/learn/code")
@open_to_anybody
def enter_code() -> Response:
    """Six digits typed on the pad."""
    code = "".join(one for one in "".join(request.form.getlist("code")) if one.isdecimal())[:6]
    try:
        return _open_workshop(find_workshop(code, request.remote_addr or ""))
    except (WrongCode, TooManyTries) as error:
        return say_next("learn.welcome", code=code, error=_(error.sentence))


@pages.get("/c/<code>")
@open_to_anybody
def card(code: str) -> Response:
    """The QR of a card: the address and the code, nothing of the person."""
    return _open_workshop(find_workshop(code, request.remote_addr or ""))


def _open_workshop(workshop: WorkshopFacts) -> Response:
    begin_visit()
    session["code"] = workshop.code
    return redirect(url_for("learn.names"))


@pages.get("/learn/name")
@open_to_anybody
def names() -> str | Response:
    """Who of this workshop is here? First names only."""
    workshop = _find_opened()
    if workshop is None:
        return redirect(url_for("learn.welcome"))
    with db.engine.connect() as connection:
        learners = read_learners(connection, workshop.organisation, workshop.group)
    shown = [{"id": one.person, "first_name": one.label, "detail": ""} for one in learners]
    return render(
        "learn/names.html", workshop={"name": workshop.title}, learners=shown, back_url=url_for("learn.welcome")
    )


@pages.post("/learn/name")
@open_to_anybody
def choose_name() -> Response:
    """A name was tapped: on to the pictures."""
    workshop = _find_opened()
    if workshop is None:
        return redirect(url_for("learn.welcome"))
    session["learner"] = _find_learner(workshop, request.form.get("learner", "")).person
    return redirect(url_for("learn.pictures"))


@pages.get("/learn/pictures")
@open_to_anybody
def pictures() -> str | Response:
    """The twelve pictures, or the pause."""
    workshop, person = _find_opened(), str(session.get("learner", ""))
    if workshop is None or not person:
        return redirect(url_for("learn.names"))
    learner, said = _find_learner(workshop, person), session.pop(SAID, {})
    with db.engine.connect() as connection:
        paused = is_paused(connection, throttle_key(workshop.organisation, learner.person))
    return render(
        "learn/pictures.html",
        learner={"id": learner.person, "first_name": learner.label},
        pictures=PICTURES,
        chosen=said.get("chosen", []),
        error="" if paused else said.get("error", ""),
        paused=f"{_(TooManyTries.sentence)} {_(TooManyTries.next)}" if paused else "",
        back_url=url_for("learn.names"),
    )


@pages.post("/learn/pictures")
@open_to_anybody
def enter_pictures() -> Response:
    """One to three pictures; the sign-in when the third is there."""
    workshop = _find_opened()
    if workshop is None:
        return redirect(url_for("learn.welcome"))
    person = request.form.get("learner", "")
    with db.engine.connect() as connection:
        if find_pictures(connection, workshop, person) is None:
            raise _no_learner(person)
    session["learner"] = person
    chosen = [one for one in request.form.getlist("picture") if one in PICTURES][:3]
    if len(chosen) < 3:
        return say_next("learn.pictures", chosen=chosen)
    try:
        sign_in_learner(workshop, person, chosen)
    except (WrongPictures, TooManyTries) as error:
        return say_next("learn.pictures", error=_(error.sentence))
    locale = session.get("locale")
    account = sign_in(workshop.organisation, person)
    if locale and locale != account.locale:
        keep_look(account, {"locale": locale})
    return redirect(url_for("learn.home"))


def _find_opened() -> WorkshopFacts | None:
    """The workshop whose code was entered in this browser."""
    code = session.get("code")
    if not code:
        return None
    with db.engine.connect() as connection:
        return find_workshop_by_code(connection, str(code))


def _find_learner(workshop: WorkshopFacts, person: str) -> LearnerFacts:
    with db.engine.connect() as connection:
        learners = read_learners(connection, workshop.organisation, workshop.group)
    found = next((one for one in learners if one.person == person), None)
    if found is None:
        raise _no_learner(person)
    return found


def _no_learner(person: str) -> NotFound:
    return NotFound(f"no learner {person!r} in this workshop", sentence=_("Ce prénom n'est plus dans la liste."))


@pages.post("/learn/finish")
@open_to_anybody
def finish() -> Response:
    """«J'ai fini»: forget everything of this person on this computer."""
    account = find_viewer()
    guest = account is None
    if account and session.get(SHARING):
        with transaction() as connection:  # nobody sees the screen of the next person
            end_shares(connection, account.organisation, account.person)
    if account:
        end_call(account)
    sign_out()
    answer = redirect(url_for("learn.goodbye", guest=int(guest)))
    if request.is_secure:  # browsers ignore it elsewhere, and say so; every page is `no-store` besides
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def end_call(account: Account) -> None:
    """Who has left waits for nobody any more."""
    with db.engine.connect() as connection:
        calls = read_call(connection, account.organisation, account.person)
    if calls:
        with transaction() as connection:
            answer_call(connection, account.organisation, account.person)


@pages.get("/learn/goodbye")
@open_to_anybody
def goodbye() -> str:
    """Nothing is left; the next person may come."""
    return render("learn/goodbye.html", guest=request.args.get("guest") == "1")


@pages.post("/learn/try")
@open_to_anybody
def begin_try() -> Response:
    """A visitor without account begins."""
    begin_guest()
    return redirect(url_for("learn.try_page"))


@pages.get("/learn/try")
@open_to_anybody
def try_page() -> str | Response:
    """A few exercises to try; nothing of it is kept."""
    if find_viewer() is not None:
        return redirect(home_url())
    if not session.get("guest"):
        begin_guest()
    return render("learn/home.html", can_do=[], **find_tries(find_locale()))
