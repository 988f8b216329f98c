"""Staff: in with a password, out with a button."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.errors import TooManyTries
from lms.people.sign_in import WrongPassword, sign_in_staff
from lms.web.access import find_viewer, open_to_anybody, sign_in, sign_out
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
