"""Accesses of a partner: made, given another secret, closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from flask import request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.door import transaction
from lms.errors import BadRequest
from lms.partners.credentials import Limits, add_key, revoke_credential, rotate_secret
from lms.partners.origins import check_origin
from lms.people.workshops import read_groups
from lms.web.access import needs, viewer
from lms.web.admin_partner import back, pages
from lms.web.admin_partner.page import SCOPES, show
from lms.web.site import site


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
    return back(partner)


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
    return back(partner)


@pages.post("/keys/<credential>/revoke")
@needs("administrator")
def revoke(partner: str, credential: str) -> Response:
    """Close one access."""
    with transaction() as connection:
        revoke_credential(connection, viewer().organisation, credential)
    site().keyring.forget()
    return back(partner)
