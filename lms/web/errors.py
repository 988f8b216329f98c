"""One handler for all errors: sentences for people, JSON for machines. Nothing typed is lost."""

from __future__ import annotations

import logging
from html import escape

from flask import Flask, Response, current_app, jsonify, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from lms.database.door import explain
from lms.errors import BadRequest, LMSError, NotAllowed, NotFound, NotSignedIn, TooLarge
from lms.people.roles import STAFF
from lms.web.access import find_viewer
from lms.web.addresses import find_referrer, is_for_machines
from lms.web.pages import error_values, render
from lms.web.site import site

logger = logging.getLogger("lms.web")

HIDDEN = frozenset(
    (
        "csrf_token", "password", "current", "again", "token", "picture", "code", "event", "secret", "form", "next",
        "back", "learner", "do",
    )
)  # fmt: skip
"""Never shown again on an error page: secrets, and what nobody typed."""
LONGEST_SHOWN = 20_000
FRAME = '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Déclic</title><main>{}</main></html>'


class PageTooOld(BadRequest):
    """The page's token belongs to another sign-in."""

    sentence = "Cette page est ouverte depuis longtemps, ou une autre personne est venue."
    next = "Rechargez la page, puis essayez encore."


class TextTooLong(TooLarge):
    """A form without files is too large: somebody pasted a whole book."""

    sentence = "Ce texte est trop long."
    kept = "Rien n'a été enregistré cette fois. Le reste est gardé."
    next = "Revenez en arrière, et gardez-en une partie."


def install(app: Flask) -> None:
    """Handlers, from the most precise to the widest."""
    app.register_error_handler(LMSError, show_error)
    app.register_error_handler(CSRFError, show_old_page)
    app.register_error_handler(DBAPIError, lambda error: show_error(explain(error) or surprise(error)))
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(RecursionError, lambda error: show_error(BadRequest("the JSON is nested too deeply")))
    app.register_error_handler(Exception, lambda error: show_error(surprise(error)))


def show_error(error: LMSError) -> Response:
    """The page, or the JSON, of one of our errors."""
    if error.status >= 500:
        logger.error("%s: %s", type(error).__name__, error)
    if wants_json():
        later = {"later": True} if error.later else {}
        answer = make_response(jsonify(error=error_values(error) | {"detail": str(error)} | later), error.status)
    elif isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD"):
        answer = make_response(redirect(find_entrance()))
    else:
        answer = make_response(draw_error(error), error.status)
    answer.headers.update(getattr(error, "headers", {}))
    return answer


def wants_json() -> bool:
    """Machines and our own scripts get JSON."""
    return (
        is_for_machines(request.path)
        or request.path.endswith(".json")
        or request.is_json
        or request.accept_mimetypes.best == "application/json"
    )


def find_entrance() -> str:
    """Where one says who one is: staff come back to the page they wanted."""
    view = current_app.view_functions.get(request.endpoint or "")
    access: frozenset[str] = getattr(view, "lms_access", frozenset())
    if access and access <= STAFF:
        return url_for("account.sign_in_page", next=request.full_path.rstrip("?"))
    return url_for("learn.welcome")


def draw_error(error: LMSError) -> str:
    """The error page; a bare one with the same sentences when even that cannot be drawn."""
    try:
        typed = read_typed(error)
        shown = {"error": error_values(error), "status": error.status, "typed": typed, "back_url": find_referrer()}
        return render("error.html", **shown)
    except Exception:
        logger.exception("the error page itself failed")
        told = " ".join(error_values(error).values())
        return FRAME.format(f'<p>{escape(told)}</p><p><a href="/">Continuer</a></p>')


def read_typed(error: LMSError) -> list[dict[str, str]]:
    """What was typed into the form that failed, to be copied back; nothing where the body could not be read."""
    if isinstance(error, TooLarge) or request.method != "POST":
        return []
    return [
        {"label": name, "value": value[:LONGEST_SHOWN]}
        for name, value in request.form.items(multi=True)
        if name not in HIDDEN and value.strip()
    ]


def show_old_page(error: CSRFError) -> Response:
    """A page of an earlier sign-in. To go out when nobody is in needs no token."""
    if request.endpoint in ("learn.finish", "account.sign_out_page") and find_viewer() is None:
        return make_response(redirect(url_for("learn.welcome")))
    return show_error(PageTooOld(str(error.description)))


def show_http_error(error: HTTPException) -> Response:
    """Werkzeug's errors in our words."""
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    made = _translate(error, code)
    made.status = code
    answer = show_error(made)
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def _translate(error: HTTPException, code: int) -> LMSError:
    detail = f"{code} {error.name} on {request.path}"
    if code == 413:
        limit = site().settings.upload_megabytes
        if is_for_machines(request.path):
            told = f"the body is larger than {limit} megabytes (setting upload_megabytes); nothing of it was kept"
            return TooLarge(told, sentence=f"Cet envoi est trop lourd : {limit} Mo au plus.")
        with_file = request.mimetype == "multipart/form-data"
        sentence = f"Ce fichier est trop lourd : {limit} Mo au plus."
        return TooLarge(detail, sentence=sentence) if with_file else TextTooLong(detail)
    kinds: dict[int, type[LMSError]] = {404: NotFound, 405: NotFound, 403: NotAllowed}
    return kinds.get(code, BadRequest if code < 500 else LMSError)(detail)


def surprise(error: Exception) -> LMSError:
    """What nobody foresaw: logged whole, told calmly."""
    logger.exception("unexpected error on %s %s", request.method, request.path, exc_info=error)
    return LMSError(f"unexpected {type(error).__name__}")
