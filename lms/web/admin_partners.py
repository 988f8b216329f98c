"""The administrator's page of one partner: what it may do here, what is sent to it, what it refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.clock import to_datetime
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.lrs.retrieval import Key
from lms.partners.credentials import (
    USUAL,
    Credential,
    Limits,
    add_key,
    read_credentials,
    revoke_credential,
    rotate_secret,
)
from lms.partners.delivery import Client
from lms.partners.origins import check_origin
from lms.partners.outbox import FIRST, drop_parked, enqueue_past, read_backlogs, read_parked, retry_now
from lms.partners.registry import (
    VERSIONS,
    Wish,
    WrongRelay,
    close_partner,
    find_partner,
    read_filter,
    read_target,
    set_relay,
    stop_relay,
)
from lms.people.workshops import read_groups
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.site import site

pages = Blueprint("partners", __name__, url_prefix="/admin/partners/<partner>")

TRY_SECONDS = 6.0
PAST_AT_ONCE = 1000

SCOPES: dict[str, Callable[[], str]] = {
    "statements/read": lambda: _("Lire les traces"),
    "statements/read/mine": lambda: _("Lire ses propres traces"),
    "statements/write": lambda: _("Écrire des traces"),
    "state": lambda: _("Garder où en est une personne"),
    "profile": lambda: _("Garder des profils"),
    "define": lambda: _("Décrire des activités"),
    "all/read": lambda: _("Tout lire"),
    "all": lambda: _("Tout lire et tout écrire"),
}


@pages.get("")
@needs("administrator")
def show(partner: str, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """The partner; a fresh secret, and what came of a try, are shown once."""
    house = viewer().organisation
    with db.engine.connect() as connection:
        row = find_partner(connection, house, partner)
        credentials = read_credentials(connection, house, partner)
        backlog = next((one for one in read_backlogs(connection, house) if one.partner == partner), None)
        parked = read_parked(connection, house, partner)
        groups = read_groups(connection, house)
    courses = {name: one.title for name, one in sorted(site().classroom.catalogue.courses.items())}
    return render(
        "admin/partner.html",
        partner=row,
        credentials=[_show_credential(one, groups, courses) for one in credentials],
        scopes=[{"code": code, "label": label(), "on": code in USUAL} for code, label in SCOPES.items()],
        groups=groups,
        courses=courses,
        backlog=_show_backlog(backlog) if backlog else None,
        relay=_show_relay(row, typed),
        versions=VERSIONS,
        parked=[{"id": one.statement_id, "answer": one.parked, "day": _say_time(one.stored)} for one in parked],
        fresh=session.pop("fresh", None),
        told=session.pop("told", ""),
        errors=errors or {},
        typed=typed or {},
    )


def _show_credential(one: Credential, groups: dict[str, str], courses: dict[str, str]) -> dict[str, Any]:
    only = [groups[name] for name in sorted(one.limits.groups) if name in groups]
    only += [courses.get(name, name) for name in sorted(one.limits.courses)]
    return {
        "id": one.id,
        "key": one.key,
        "scopes": ", ".join(SCOPES[name]() for name in SCOPES if name in one.scopes),
        "only": ", ".join(only),
        "origins": ", ".join(sorted(one.origins)),
        "last_used": _say_time(one.last_used) if one.last_used else "",
        "expires": _say_time(one.expires) if one.expires else "",
        "closed": one.revoked is not None,
    }


def _show_backlog(one: Any) -> dict[str, Any]:
    return {
        "waiting": one.waiting,
        "parked": one.parked,
        "sent": one.sent,
        "error": one.error,
        "last": _say_time(one.last) if one.last else "",
        "oldest": _say_time(one.oldest) if one.oldest else "",
    }


def _show_relay(row: Any, typed: dict[str, str] | None) -> dict[str, Any]:
    """What stands in the fields: what was just typed, else what is in force."""
    if typed and "url" in typed:
        return {**typed, "pseudonyms": "pseudonyms" in typed, "courses": request.form.getlist("course")}
    return {
        "courses": read_filter(row).get("courses", ()),
        "url": row.relay_url,
        "key": row.relay_key,
        "version": row.relay_version,
        "what": row.relay_what,
        "pseudonyms": bool(row.pseudonym),
    }


def _say_time(instant: int) -> str:
    return str(format_datetime(to_datetime(instant), "short"))


def _back(partner: str) -> Response:
    return redirect(url_for("partners.show", partner=partner))


@pages.post("/keys")
@needs("administrator")
def new_key(partner: str) -> str | Response:
    """One more access; its secret is shown once."""
    form = request.form
    scopes = [one for one in form.getlist("scope") if one in SCOPES]
    if not scopes:
        return show(partner, {"scope": _("Cochez au moins un droit.")}, form.to_dict())
    try:
        expires = _read_day(form.get("expires", ""))
        origins = _read_origins(form.get("origins", ""))
    except BadRequest as error:
        return show(partner, {str(error): error.sentence}, form.to_dict())
    house = viewer().organisation
    with transaction() as connection:
        limits = _read_limits(read_groups(connection, house))
        key, secret = add_key(connection, house, partner, scopes, limits, origins, expires)
    session["fresh"] = {"key": key, "secret": secret}
    return _back(partner)


def _read_limits(groups: Collection[str]) -> Limits:
    """What was ticked. What is not there any more is no reason to limit less: raises BadRequest."""
    found = {name: frozenset(request.form.getlist(name)) for name in ("group", "course")}
    for name, known in (("group", groups), ("course", site().classroom.catalogue.courses)):
        if missing := found[name].difference(known):
            raise BadRequest(f"{name}: there is no {min(missing)!r}")
    return Limits(found["group"], found["course"])


def _read_day(text: str) -> int | None:
    """The end of that day, in microseconds; None when none was chosen."""
    if not text:
        return None
    try:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1)
    except ValueError as error:
        raise BadRequest("expires", sentence=_("Cette date n'existe pas.")) from error
    return int(day.timestamp()) * 1_000_000


def _read_origins(text: str) -> list[str]:
    found = text.replace(",", " ").split()
    try:
        for one in found:
            check_origin(one)
    except BadRequest as error:
        raise BadRequest("origins", sentence=error.sentence) from error
    return found


@pages.post("/keys/<credential>/rotate")
@needs("administrator")
def rotate(partner: str, credential: str) -> Response:
    """A new secret; the former opens for a day more."""
    with transaction() as connection:
        key, secret = rotate_secret(connection, viewer().organisation, credential)
    site().keyring.forget()
    session["fresh"] = {"key": key, "secret": secret}
    return _back(partner)


@pages.post("/keys/<credential>/revoke")
@needs("administrator")
def revoke(partner: str, credential: str) -> Response:
    """Close one access."""
    with transaction() as connection:
        revoke_credential(connection, viewer().organisation, credential)
    site().keyring.forget()
    return _back(partner)


@pages.post("/relay")
@needs("administrator")
def relay(partner: str) -> str | Response:
    """Send to this address from now on."""
    form = request.form
    wish = Wish(
        url=form.get("url", "").strip(),
        key=form.get("key", "").strip(),
        secret=form.get("secret", "").strip(),
        version=form.get("version", VERSIONS[0]),
        what=form.get("what", "own"),
        courses=[one for one in form.getlist("course") if one in site().classroom.catalogue.courses],
        pseudonyms="pseudonyms" in form,
    )
    house = viewer().organisation
    try:
        with transaction() as connection:
            verbs = read_filter(find_partner(connection, house, partner)).get("verbs", ())  # set by `lms partners send`
            set_relay(connection, _key(), house, partner, replace(wish, verbs=verbs))
    except WrongRelay as error:
        return show(partner, {error.where: error.sentence}, form.to_dict())
    return _back(partner)


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


@pages.post("/try")
@needs("administrator")
def try_address(partner: str) -> Response:
    """Ask the partner's LRS now, and say what it answered."""
    with db.engine.connect() as connection:
        target = read_target(connection, _key(), viewer().organisation, partner)
    if not target.url:
        session["told"] = _("Il n'y a pas encore d'adresse.")
        return _back(partner)
    verdict = Client(TRY_SECONDS).about(target)
    well = _("L'adresse répond, et notre clé est acceptée.")
    session["told"] = well if verdict.kind == "kept" else _("Pas de réponse utile : %(told)s", told=verdict.told)
    return _back(partner)


@pages.post("/past")
@needs("administrator")
def past(partner: str) -> Response:
    """Queue what was stored before the relay began, piece by piece so that nobody waits for the lock."""
    house, count = viewer().organisation, 0
    after: Key | None = FIRST
    while after:
        with transaction() as connection:
            find_partner(connection, house, partner)
            more, after = enqueue_past(connection, house, partner, after, PAST_AT_ONCE)
        count += more
    session["told"] = _("Traces anciennes ajoutées à l'envoi : %(count)s.", count=count)
    return _back(partner)


@pages.post("/stop")
@needs("administrator")
def stop(partner: str) -> Response:
    """Send nothing more; what waits is dropped, our statements stay."""
    with transaction() as connection:
        stop_relay(connection, viewer().organisation, partner)
    return _back(partner)


@pages.post("/retry")
@needs("administrator")
def retry(partner: str) -> Response:
    """Send what was refused once more: one statement, or all."""
    with transaction() as connection:
        retry_now(connection, viewer().organisation, partner, request.form.get("statement", ""))
    return _back(partner)


@pages.post("/drop")
@needs("administrator")
def drop(partner: str) -> Response:
    """Give up sending one statement."""
    with transaction() as connection:
        drop_parked(connection, viewer().organisation, partner, request.form.get("statement", ""))
    return _back(partner)


@pages.post("/close")
@needs("administrator")
def close(partner: str) -> Response:
    """Close the partner: no access, nothing sent."""
    with transaction() as connection:
        close_partner(connection, viewer().organisation, partner)
    site().keyring.forget()
    return redirect(url_for("admin.home"))
