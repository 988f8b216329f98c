"""The administrator's page: people of the house and its partners."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import natural_id, new_id
from lms.errors import BadRequest
from lms.partners.credentials import add_credential
from lms.partners.outbox import Backlog, read_backlogs
from lms.partners.registry import read_partners
from lms.people.accounts import add_person, hash_password, keep_password, new_password
from lms.people.roles import LABELS, STAFF
from lms.people.staff import read_staff, read_staff_login
from lms.web.access import needs, sign_in, viewer
from lms.web.pages import render

pages = Blueprint("admin", __name__)


@pages.get("/admin/")
@needs("administrator")
def home(errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """People, partners; a fresh password is shown once."""
    account = viewer()
    with db.engine.connect() as connection:
        people = read_staff(connection, account.organisation)
        partners = read_partners(connection, account.organisation)
        backlogs = {one.partner: one for one in read_backlogs(connection, account.organisation)}
    return render(
        "admin/home.html",
        people=[_show_person(one) for one in people],
        roles=[{"code": role, "label": LABELS[role]} for role in sorted(STAFF)],
        partners=[_show_partner(one, backlogs.get(one.id)) for one in partners],
        fresh=session.pop("fresh", None),
        person_action=url_for("admin.new_person"),
        credential_action=url_for("admin.new_credential"),
        errors=errors or {},
        typed=typed or {},
    )


def _show_person(one: Any) -> dict[str, str]:
    labels = ", ".join(LABELS[role] for role in one.roles)
    url = url_for("admin.new_password_for", person=one.person)
    return {"id": one.person, "name": one.first_name, "login": one.login, "roles": labels, "password_url": url}


def _show_partner(one: Any, backlog: Backlog | None) -> dict[str, Any]:
    url = url_for("partners.show", partner=one.id)
    return {"name": one.name, "url": url, "closed": one.revoked is not None, "backlog": backlog}


def find_made(*typed: str) -> str:
    """The id of what this form makes: posted twice with the same words it makes one thing."""
    form = request.form.get("form", "")
    return natural_id(viewer().organisation, form, *typed) if form else new_id()


@pages.post("/admin/people")
@needs("administrator")
def new_person() -> str | Response:
    """A member of staff, with a password made here and shown once."""
    typed = {name: request.form.get(name, "") for name in ("name", "login", "role")}
    password, account, made = new_password(), viewer(), find_made(typed["login"])
    try:
        if typed["role"] not in STAFF:
            raise BadRequest(f"role {typed['role']!r}")
        if not typed["login"].strip():
            raise BadRequest("login is empty", sentence=_("L'identifiant manque."))
        hashed = hash_password(password)
        with transaction() as connection:
            person = add_person(connection, account.organisation, typed["name"], [typed["role"]], made=made)
            keep_password(connection, account.organisation, person, typed["login"], hashed)
    except BadRequest as error:
        return home({"login" if "login" in str(error) else "name": error.sentence}, typed)
    session["fresh"] = {"key": typed["login"].strip().lower(), "secret": password}
    return redirect(url_for("admin.home"))


@pages.post("/admin/people/<person>/password")
@needs("administrator")
def new_password_for(person: str) -> Response:
    """A new password for a member of staff of this organisation."""
    account, password = viewer(), new_password()
    hashed = hash_password(password)
    with transaction() as connection:
        login = read_staff_login(connection, account.organisation, person)
        keep_password(connection, account.organisation, person, login, hashed)
    if person == account.person:  # every sign-in with the one before ends, but this one goes on to read the new one
        sign_in(account.organisation, person)
    session["fresh"] = {"key": login, "secret": password}
    return redirect(url_for("admin.home"))


@pages.post("/admin/credentials")
@needs("administrator")
def new_credential() -> str | Response:
    """A partner's key and secret; the secret is shown once."""
    name = request.form.get("credential", "").strip()
    if not name:
        return home({"credential": _("Donnez le nom du partenaire.")}, {"credential": name})
    made = find_made(name)
    with transaction() as connection:
        key, secret = add_credential(connection, viewer().organisation, name, made=made)
    session["fresh"] = {"key": key, "secret": secret}
    return redirect(url_for("partners.show", partner=made))
