"""What is sent to a partner: where to, since when, and what it refused; or nothing more at all."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.lrs.retrieval import Key
from lms.partners.delivery import Client
from lms.partners.outbox import FIRST, drop_parked, enqueue_past, retry_now
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
from lms.web.access import needs, viewer
from lms.web.admin_partner import back, pages
from lms.web.admin_partner.page import show
from lms.web.site import site

TRY_SECONDS = 6.0
PAST_AT_ONCE = 1000


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
    return back(partner)


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
        return back(partner)
    verdict = Client(TRY_SECONDS).about(target)
    well = _("L'adresse répond, et notre clé est acceptée.")
    session["told"] = well if verdict.kind == "kept" else _("Pas de réponse utile : %(told)s", told=verdict.told)
    return back(partner)


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
    return back(partner)


@pages.post("/stop")
@needs("administrator")
def stop(partner: str) -> Response:
    """Send nothing more; what waits is dropped, our statements stay."""
    with transaction() as connection:
        stop_relay(connection, viewer().organisation, partner)
    return back(partner)


@pages.post("/retry")
@needs("administrator")
def retry(partner: str) -> Response:
    """Send what was refused once more: one statement, or all."""
    with transaction() as connection:
        retry_now(connection, viewer().organisation, partner, request.form.get("statement", ""))
    return back(partner)


@pages.post("/drop")
@needs("administrator")
def drop(partner: str) -> Response:
    """Give up sending one statement."""
    with transaction() as connection:
        drop_parked(connection, viewer().organisation, partner, request.form.get("statement", ""))
    return back(partner)


@pages.post("/close")
@needs("administrator")
def close(partner: str) -> Response:
    """Close the partner: no access, nothing sent."""
    with transaction() as connection:
        close_partner(connection, viewer().organisation, partner)
    site().keyring.forget()
    return redirect(url_for("admin.home"))
