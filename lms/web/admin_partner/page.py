"""What the page of a partner shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request, session
from flask_babel import format_datetime
from flask_babel import gettext as _

from lms.database.clock import to_datetime
from lms.database.db import db
from lms.partners.credentials import USUAL, Credential, read_credentials
from lms.partners.outbox import read_backlogs, read_parked
from lms.partners.registry import VERSIONS, find_partner, read_filter
from lms.people.workshops import read_groups
from lms.web.access import needs, viewer
from lms.web.admin_partner import pages
from lms.web.pages import render
from lms.web.site import site

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
