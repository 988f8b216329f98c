"""Workshops: make one, paste a list, print cards, add dates, open a paused sign-in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.clock import now, to_datetime
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import natural_id, new_id
from lms.errors import BadRequest, LMSError, NotFound
from lms.learning.board import read_seen
from lms.learning.days import PARIS, find_day, say_day
from lms.people.cards import build_cards
from lms.people.leading import count_learners, read_starts
from lms.people.lists import split_names
from lms.people.sign_in import throttle_key
from lms.people.throttle import find_paused, unlock
from lms.people.workshops import (
    LearnerFacts,
    WorkshopFacts,
    add_date,
    add_learners,
    add_workshop,
    read_dates,
    read_learners,
    read_workshop,
    read_workshops,
    remove_learner,
    renew_pictures,
)
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.site import site
from lms.web.teach import pages

HALF_A_DAY = 12 * 3600 * 1_000_000
YEARS = range(2000, 2100)
"""What is typed as 0026 is the year 26, and no workshop's."""


def find_own(workshop_id: str) -> WorkshopFacts:
    """A workshop that the viewer leads. Raises NotFound for any other."""
    account = viewer()
    with db.engine.connect() as connection:
        return read_workshop(connection, account.organisation, account.person, workshop_id)


def find_member(one: WorkshopFacts, person: str) -> LearnerFacts:
    """A learner of this workshop. Raises NotFound for anybody else."""
    with db.engine.connect() as connection:
        learners = read_learners(connection, one.organisation, one.group)
    found = next((who for who in learners if who.person == person), None)
    if found is None:
        raise NotFound(f"no learner {person!r} in {one.id}", sentence=_("Cette personne n'est pas dans cet atelier."))
    return found


@pages.get("/teach/")
@needs("trainer")
def home(errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """My workshops; today's first."""
    account = viewer()
    with db.engine.connect() as connection:
        found = read_workshops(connection, account.organisation, account.person)
        counts = count_learners(connection, account.organisation, [one.group for one in found])
        starts = read_starts(connection, account.organisation, [one.id for one in found])
    shown = [_summarise(one, counts.get(one.group, 0), starts.get(one.id, [])) for one in found]
    today = next((one for one in shown if one["is_today"]), None)
    return render("teach/home.html", workshops=shown, today=today, errors=errors or {}, typed=typed or {})


def _summarise(one: WorkshopFacts, learners: int, dates: list[int]) -> dict[str, Any]:
    coming = [date for date in dates if not is_past(date)]
    return {
        "id": one.id,
        "name": one.title,
        "url": url_for("teach.workshop", workshop_id=one.id),
        "board_url": url_for("teach.board", workshop_id=one.id),
        "code": one.code,
        "next_date": say_date(coming[0]) if coming else "",
        "learners": learners,
        "is_today": any(_day(date) == _day(now()) for date in dates),
    }


def is_past(instant: int) -> bool:
    """A date is today's until half a day after it began."""
    return instant < now() - HALF_A_DAY


def _day(instant: int) -> str:
    return find_day(instant).isoformat()


def say_date(instant: int) -> str:
    """«samedi 21 novembre 2026, 14:00», in the room's time."""
    return f"{say_day(instant)}, {to_datetime(instant).astimezone(PARIS):%H:%M}"


def read_date(text: str) -> int:
    """An instant of a `date` or `datetime-local` field. Raises BadRequest with what was wrong."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadRequest(f"date {text!r}", sentence=_("Écrivez la date : jour, mois, année.")) from error
    if moment.year not in YEARS:
        raise BadRequest(f"year {moment.year}", sentence=_("Regardez l'année : elle a quatre chiffres."))
    return round(moment.replace(tzinfo=PARIS).astimezone(UTC).timestamp() * 1_000_000)


@pages.post("/teach/workshops")
@needs("trainer")
def new_workshop() -> str | Response:
    """A workshop with its code; the date is optional."""
    account, typed = viewer(), {name: request.form.get(name, "") for name in ("name", "place", "date")}
    course = next(iter(site().classroom.catalogue.courses), "")
    title = typed["name"] + (f" – {typed['place']}" if typed["place"].strip() else "")
    try:
        starts = read_date(typed["date"]) if typed["date"].strip() else None
        with transaction() as connection:
            form = natural_id(account.person, request.form.get("form") or new_id(), title, typed["date"])
            made = add_workshop(connection, account.organisation, account.person, title, course, form)
            if starts is not None:
                add_date(connection, account.organisation, made, starts)
    except BadRequest as error:
        return home({"name" if "titre" in str(error) or "title" in str(error) else "date": error.sentence}, typed)
    return redirect(url_for("teach.workshop", workshop_id=made))


@pages.get("/teach/workshops/<workshop_id>")
@needs("trainer")
def workshop(workshop_id: str, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """One workshop: its people, cards and dates."""
    one = find_own(workshop_id)
    seen = request.args.get("card", "")
    with db.engine.connect() as connection:
        learners = read_learners(connection, one.organisation, one.group)
        dates = read_dates(connection, one.organisation, one.id)
        keys = {throttle_key(one.organisation, who.person): who.person for who in learners}
        paused = [keys[key] for key in find_paused(connection, keys)]
        lasts = read_last_seen(connection, one.organisation, [who.person for who in learners])
    return render(
        "teach/workshop.html",
        workshop={"id": one.id, "name": one.title, "place": "", "code": one.code},
        learners=[_describe(one, who, lasts) for who in learners],
        pictures={who.person: who.pictures for who in learners if who.person == seen},
        paused=paused,
        dates=[{"text": say_date(date), "past": is_past(date)} for date in dates],
        cards_url=url_for("teach.cards", workshop_id=one.id),
        board_url=url_for("teach.board", workshop_id=one.id),
        sessions_url=url_for("teach.sessions"),
        add_action=url_for("teach.paste_learners", workshop_id=one.id),
        date_action=url_for("teach.new_date", workshop_id=one.id),
        errors=errors or {},
        typed=typed or {},
    )


def _describe(one: WorkshopFacts, who: LearnerFacts, lasts: dict[str, str]) -> dict[str, Any]:
    where: dict[str, Any] = {"workshop_id": one.id, "person": who.person}
    return {
        "id": who.person,
        "first_name": who.label,
        "detail": "",
        "last": lasts.get(who.person, ""),
        "see_url": url_for("teach.workshop", workshop_id=one.id, card=who.person),
        "reset_url": url_for("teach.renew_card", **where),
        "remove_url": url_for("teach.take_out", **where),
        "open_url": url_for("teach.open_now", **where),
    }


def read_last_seen(connection: Any, organisation: str, people: list[str]) -> dict[str, str]:
    """When each was last at an exercise, in words."""
    return {person: say_date(seen) for person, seen in read_seen(connection, organisation, people).items()}


@pages.post("/teach/workshops/<workshop_id>/learners")
@needs("trainer")
def paste_learners(workshop_id: str) -> str | Response:
    """A typed or pasted list of first names."""
    one, text = find_own(workshop_id), request.form.get("names", "")
    try:
        names = split_names(text)
        if not names:
            raise BadRequest("no names", sentence=_("Écrivez au moins un prénom."))
    except LMSError as error:
        return workshop(workshop_id, {"names": error.sentence}, {"names": text})
    with transaction() as connection:
        add_learners(connection, one, names, request.form.get("form", ""))
    return redirect(url_for("teach.workshop", workshop_id=workshop_id))


@pages.post("/teach/workshops/<workshop_id>/dates")
@needs("trainer")
def new_date(workshop_id: str) -> str | Response:
    """One more date; the group stays the same."""
    one, text = find_own(workshop_id), request.form.get("date", "")
    try:
        starts = read_date(text)
    except BadRequest as error:
        return workshop(workshop_id, {"date": error.sentence}, {"date": text})
    with transaction() as connection:
        add_date(connection, one.organisation, one.id, starts)
    return redirect(url_for("teach.workshop", workshop_id=workshop_id))


@pages.get("/teach/workshops/<workshop_id>/cards.pdf")
@needs("trainer")
def cards(workshop_id: str) -> Response:
    """Access cards, eight a page, to cut out."""
    one = find_own(workshop_id)
    with db.engine.connect() as connection:
        learners = read_learners(connection, one.organisation, one.group)
    address = (site().settings.public_url or request.host_url).rstrip("/")
    document = build_cards(one, learners, address, site().find_theme("").find_static)
    name = f"cartes-{one.code}.pdf"
    return Response(document, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@pages.post("/teach/workshops/<workshop_id>/learners/<person>/card")
@needs("trainer")
def renew_card(workshop_id: str, person: str) -> Response:
    """New pictures; shown once on the page, and on the next printed card."""
    one = find_own(workshop_id)
    with transaction() as connection:
        renew_pictures(connection, one, person)
        unlock(connection, throttle_key(one.organisation, person))
    return redirect(url_for("teach.workshop", workshop_id=workshop_id, card=person))


@pages.post("/teach/workshops/<workshop_id>/learners/<person>/open")
@needs("trainer")
def open_now(workshop_id: str, person: str) -> Response:
    """One tap ends the pause after five wrong tries."""
    one = find_own(workshop_id)
    find_member(one, person)
    with transaction() as connection:
        unlock(connection, throttle_key(one.organisation, person))
    return redirect(url_for("teach.workshop", workshop_id=workshop_id))


@pages.post("/teach/workshops/<workshop_id>/learners/<person>/remove")
@needs("trainer")
def take_out(workshop_id: str, person: str) -> Response:
    """Out of the group; what was learnt stays."""
    one = find_own(workshop_id)
    with transaction() as connection:
        remove_learner(connection, one, person)
    return redirect(url_for("teach.workshop", workshop_id=workshop_id))
