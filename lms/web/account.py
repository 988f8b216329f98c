"""Whoever has a password: in with it, out with a button, another one."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.errors import TooManyTries
from lms.people.accounts import SHORTEST
from lms.people.own_password import FEWEST_SIGNS, Typed, WrongField, change_own, find_login
from lms.people.roles import LABELS, STAFF
from lms.people.sign_in import WrongPassword, sign_in_staff
from lms.web.access import find_viewer, needs, open_to_anybody, sign_in, sign_out, viewer
from lms.web.addresses import find_inside
from lms.web.pages import home_url, render

pages = Blueprint("account", __name__)


@pages.get("/account/sign-in")
@open_to_anybody
def sign_in_page() -> str | Response:
    """The form; straight on for who is in already."""
    if find_viewer() is not None:
        return redirect(home_url())
    return render("account/sign_in.html", next=request.args.get("next", ""))


@pages.post("/account/sign-in")
@open_to_anybody
def enter() -> str | Response:
    """Check login and password; what was typed as login is kept."""
    login = request.form.get("login", "")
    try:
        organisation, person = sign_in_staff(login, request.form.get("password", ""), request.remote_addr or "")
    except (WrongPassword, TooManyTries) as error:
        return render("account/sign_in.html", login=login, error=error.sentence, next=request.form.get("next", ""))
    sign_in(organisation, person)
    return redirect(find_inside(request.form.get("next", ""), home_url()))


@pages.post("/account/sign-out")
@open_to_anybody
def sign_out_page() -> Response:
    """Out; nothing stays."""
    sign_out()
    return redirect(url_for("learn.welcome"))


@pages.get("/account/me")
@needs(*STAFF)
def own() -> str:
    """Who I am here, and a form for another password."""
    return draw_own()


def draw_own(error: WrongField | TooManyTries | None = None) -> str:
    """The page. What was typed is not shown again: these are passwords."""
    account = viewer()
    return render(
        "account/own.html",
        login=find_login(account.organisation, account.person),
        roles=[str(LABELS[role]) for role in LABELS if role in account.roles],
        field_errors={error.field: error.sentence} if isinstance(error, WrongField) else {},
        error=error.sentence if isinstance(error, TooManyTries) else "",
        shortest=SHORTEST,
        fewest=FEWEST_SIGNS,
        changed=request.args.get("changed") == "1",
    )


@pages.post("/account/me")
@needs(*STAFF)
def change_password() -> str | Response:
    """Another password. Sign-ins on other machines end; this one goes on."""
    account, form = viewer(), request.form
    typed = Typed(*(form.get(name, "") for name in ("current", "password", "again")))
    try:
        change_own(account.organisation, account.person, typed)
    except (WrongField, TooManyTries) as error:
        return draw_own(error)
    sign_in(account.organisation, account.person)
    return redirect(url_for("account.own", changed=1))
