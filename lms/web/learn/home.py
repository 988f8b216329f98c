"""The learner's home and the help page."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import update
from werkzeug.wrappers import Response

from lms.content.courses import LEARNERS
from lms.contract import Activity
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attempt, Person
from lms.learning.board import call_trainer, read_call
from lms.learning.paths import read_path
from lms.people.accounts import Account, merge_marks
from lms.people.roles import ROLES
from lms.web.access import find_guest, find_viewer, needs, open_to_anybody, viewer
from lms.web.addresses import find_inside
from lms.web.languages import LANGUAGES
from lms.web.learn import pages
from lms.web.pages import home_url, render
from lms.web.site import site

MINUTE = 60_000_000
TRY_ACTIVITIES = 5


@pages.get("/learn/")
@needs(*ROLES)
def home() -> str:
    """One next thing. Whoever follows no course, an author or a social worker, may try what learners do."""
    account = viewer()
    with db.engine.connect() as connection:
        path = read_path(connection, site().classroom, account.organisation, account.person, account.locale)
    if path.next is None and not path.can_do and "learner" not in account.roles:
        return render("learn/home.html", can_do=[], **find_tries(account.locale))
    return render(
        "learn/home.html",
        next=_as_link(path.next) if path.next else None,
        resume=path.resume,
        can_do=path.can_do,
        ask_voice=account.voice is None,
        choices=[_as_link(one, module) for module, one in path.choices],
        sharing="learner" in account.roles,  # whoever asks to see his screen finds him here, too
    )


def find_tries(locale: str) -> dict[str, Any]:
    """A few exercises that anybody may try: the first, and other choices."""
    catalogue, kinds = site().classroom.catalogue, site().classroom.plugins.activity_types
    courses = [one for one in catalogue.courses.values() if one.audience == LEARNERS]
    names = [name for course in courses for name in course.activities]
    found = [one for name in names if (one := catalogue.find_activity(name, locale))]
    shown = [_as_link(one) for one in found if kinds[one.type].modes][:TRY_ACTIVITIES]
    return {"next": shown[0] if shown else None, "choices": shown[1:]}


def _as_link(activity: Activity, module: str = "") -> dict[str, Any]:
    """A choice is a module by its name; the activity that it begins with stands below."""
    url = url_for("learn.begin", activity=activity.id)
    title, detail = (module, activity.title) if module else (activity.title, "")
    return {"title": title, "url": url, "pictogram": activity.pictogram, "module": "", "detail": detail}


@pages.get("/learn/help")
@open_to_anybody
def help_page() -> str:
    """Help outside a desk."""
    account, back = find_viewer(), request.args.get("back", "/")
    called = None
    if account and "learner" in account.roles:
        with db.engine.connect() as connection:
            since = read_call(connection, account.organisation, account.person)
        minutes = (now() - since) // MINUTE if since else 0
        called = {"who": _("Votre animateur"), "since": _say_since(minutes)} if since else None
    return render(
        "learn/help.html",
        back_url=find_inside(back, home_url()),
        call_url=url_for("learn.call") if account and "learner" in account.roles else "",
        called=called,
        here="",
    )


def _say_since(minutes: int) -> str:
    return str(_("à l'instant") if minutes < 1 else _("depuis %(minutes)s min", minutes=minutes))


@pages.post("/learn/call")
@needs("learner")
def call() -> Response:
    """«J'appelle l'animateur»: it stands on the board at once."""
    account = viewer()
    with transaction() as connection:
        call_trainer(connection, account.organisation, account.person)
    return redirect(url_for("learn.help_page", back=request.form.get("back", "/")))


@pages.post("/look")
@open_to_anybody
def look() -> Response:
    """Another theme (more contrast), another language, the voice on or off; for the person, else for this visit."""
    wanted = read_look()
    account = find_viewer()
    if account is None:
        session.update(wanted)
    elif wanted:
        keep_look(account, wanted)
    if "locale" in wanted and (who := account.person if account else find_guest()):
        change_language(who, wanted["locale"])
    return redirect(find_inside(request.form.get("back", ""), "/"))


def keep_look(account: Account, wanted: dict[str, Any]) -> None:
    """What was chosen stays with the person."""
    with transaction() as connection:
        changed = merge_marks(connection)["changed"]
        mine = (Person.organisation_id == account.organisation, Person.id == account.person)
        connection.execute(update(Person).where(*mine).values(changed=changed, **wanted))


def change_language(person: str, locale: str) -> None:
    """Exercises that somebody is in the middle of go on in the new language."""
    with transaction() as connection:
        mine = (Attempt.person_id == person, Attempt.ended.is_(None))
        connection.execute(update(Attempt).where(*mine).values(locale=locale))


@pages.get("/learn/language")
@open_to_anybody
def language() -> str:
    """Each language in its own name."""
    return render("learn/language.html", back_url=find_inside(request.args.get("back", ""), home_url()))


def read_look() -> dict[str, Any]:
    """What the form asks to change; an unknown theme is the instance's own."""
    wanted: dict[str, Any] = {}
    if "theme" in request.form:
        wanted["theme"] = request.form["theme"] if request.form["theme"] in site().themes else ""
    if request.form.get("voice") in ("on", "off"):
        wanted["voice"] = request.form["voice"] == "on"
    if request.form.get("locale") in LANGUAGES:
        wanted["locale"] = request.form["locale"]
    return wanted
