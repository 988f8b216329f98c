"""«On fait ensemble»: whoever accompanies asks to see a learner's rehearsal screen, and sees it while he agrees."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.learning.board import AWAY_AFTER, build_row
from lms.learning.sharing import Share, ask_share, find_watched, leave_share, note_watching
from lms.people.roles import STAFF
from lms.people.throttle import check_open, count_failure, unlock
from lms.people.workshops import find_workshop_by_code, read_learners
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.social import pages
from lms.web.teach.screen import find_running, show_screen

NOBODY = "Nous ne trouvons pas ce prénom avec ce code. Regardez la carte ensemble."
SAID = {
    "asked": "La demande est sur son écran.",
    "on": "",
    "refused": "Cette personne préfère ne pas montrer son écran.",
    "over": "C'est fini : vous ne voyez plus son écran.",
}


@pages.get("/social/together")
@needs(*STAFF)
def together() -> str:
    """Whose screen? The code of the workshop and the first name, both on the learner's card."""
    return render("social/together.html", code="", name="", error="")


@pages.post("/social/together")
@needs(*STAFF)
def ask_together() -> Response | tuple[str, int]:
    """Ask the learner; nothing is seen before he agrees. Wrong names are counted, as wrong sign-ins are."""
    account = viewer()
    code, name = (" ".join(request.form.get(one, "").split())[:80] for one in ("code", "name"))
    key = f"share {account.organisation} {account.person}"
    with transaction() as connection:
        counted = check_open(connection, key)
        person = find_person(connection, account.organisation, code.replace(" ", ""), name)
        if not person:
            count_failure(connection, key)
        elif counted:
            unlock(connection, key)
        made = ask_share(connection, account.organisation, person, account.person) if person else ""
    if not made:
        return render("social/together.html", code=code, name=name, error=NOBODY), 400
    return redirect(url_for("social.together_screen", share=made))


def find_person(connection: Any, organisation: str, code: str, name: str) -> str:
    """The learner of this name in the workshop of this code, in one's own house; empty where there is none."""
    workshop = find_workshop_by_code(connection, code)
    if workshop is None or workshop.organisation != organisation:
        return ""
    learners = read_learners(connection, organisation, workshop.group)
    return next((one.person for one in learners if one.label.casefold() == name.casefold()), "")


def read_share(id: str) -> Share:
    """What the viewer asked for; noted that his page is open. Raises NotFound."""
    account = viewer()
    with db.engine.connect() as connection:
        share = find_watched(connection, account.organisation, account.person, id)
    if share.is_due:
        with transaction() as connection:
            note_watching(connection, share)
    return share


def show_shared(share: Share) -> dict[str, Any]:
    """State, and the screen while the learner agrees; never anything of it otherwise."""
    facts: dict[str, Any] = {"state": share.state, "island": None, "title": "", "sentence": SAID[share.state]}
    if share.state != "on":
        return facts
    live, attempt = find_running(share.person)
    if attempt is None or live is None or live.seen < now() - AWAY_AFTER:
        return facts | {"sentence": "Aucun exercice n'est ouvert. Dites-lui lequel commencer."}
    island, title = show_screen(attempt)
    if island is None:
        return facts | {"title": title, "sentence": "Cet exercice se lit sur des pages : écoutez la personne le lire."}
    island["urls"] = {"live": url_for("social.together_json", share=share.id)}
    row = build_row(share.person, share.person_name, live, now())
    return facts | {"island": island, "title": title, "sentence": row.sentence}


@pages.get("/social/together/<share>")
@needs(*STAFF)
def together_screen(share: str) -> str:
    """Waiting, the screen, or the end."""
    found = read_share(share)
    return render("social/together_screen.html", share=found, **show_shared(found))


@pages.get("/social/together/<share>/screen.json")
@needs(*STAFF)
def together_json(share: str) -> Response:
    """The same, every two seconds; 304 while nothing changed."""
    answer = jsonify(**show_shared(read_share(share)))
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@pages.post("/social/together/<share>/stop")
@needs(*STAFF)
def stop_together(share: str) -> Response:
    """Whoever looks has seen enough; the learner is told by the line that goes."""
    found = read_share(share)
    with transaction() as connection:
        leave_share(connection, found)
    return redirect(url_for("social.together"))
