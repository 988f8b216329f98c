"""One handler for all errors: sentences for people, JSON for machines. Nothing typed is lost."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from lms.errors import BadRequest, LMSError, NotAllowed, NotFound, NotSignedIn, StorageBusy, StorageFull, TooLarge
from lms.web.pages import error_values, render
from lms.web.site import site

logger = logging.getLogger("lms.web")

HIDDEN = ("csrf_token", "password", "token", "picture", "code", "event", "secret")
"""Never shown again on an error page."""


class PageTooOld(BadRequest):
    """The page's token belongs to another sign-in."""

    sentence = "Cette page est ouverte depuis longtemps, ou une autre personne est venue."
    next = "Rechargez la page, puis essayez encore."


def install(app: Flask) -> None:
    """Handlers, from the most precise to the widest."""
    app.register_error_handler(LMSError, show_error)
    app.register_error_handler(CSRFError, lambda error: show_error(PageTooOld(str(error.description))))
    app.register_error_handler(DBAPIError, show_database_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_surprise)


def show_error(error: LMSError) -> Response:
    """The page, or the JSON, of one of our errors."""
    if error.status >= 500:
        logger.error("%s: %s", type(error).__name__, error)
    if wants_json():
        return make_response(jsonify(error=error_values(error) | {"detail": str(error)}), error.status)
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return make_response(redirect(url_for("learn.welcome")))
    page = render("error.html", error=error_values(error), status=error.status, typed=read_typed(error), back_url=_back())
    return make_response(page, error.status)


def wants_json() -> bool:
    """Machines and our own scripts get JSON."""
    return request.path.startswith("/xapi/") or request.is_json or request.accept_mimetypes.best == "application/json"


def read_typed(error: LMSError) -> list[dict[str, str]]:
    """What was typed into the form that failed, to be copied back; nothing where the body could not be read."""
    if isinstance(error, TooLarge) or request.method != "POST":
        return []
    return [
        {"label": name, "value": value[:2000]}
        for name, value in request.form.items()
        if name not in HIDDEN and value.strip()
    ]


def _back() -> str:
    referrer = request.referrer or ""
    return referrer if referrer.startswith(request.host_url) else ""


def show_http_error(error: HTTPException) -> Response:
    """Werkzeug's errors in our words."""
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    kinds: dict[int, type[LMSError]] = {404: NotFound, 405: NotFound, 403: NotAllowed, 413: TooLarge}
    kind = kinds.get(code, BadRequest if code < 500 else LMSError)
    limit = site().settings.upload_megabytes
    sentence = f"Ce fichier est trop lourd : {limit} Mo au plus." if code == 413 else None
    made = kind(f"{code} {error.name} on {request.path}", sentence=sentence)
    made.status = code
    return show_error(made)


def show_database_error(error: DBAPIError) -> Response:
    """A full disk or a busy database outside the write door."""
    words = str(error.orig).lower()
    if "full" in words or "no space" in words:
        return show_error(StorageFull(words))
    if "locked" in words or "busy" in words:
        return show_error(StorageBusy(words))
    return show_surprise(error)


def show_surprise(error: Exception) -> Response:
    """What nobody foresaw: logged whole, told calmly."""
    logger.exception("unexpected error on %s %s", request.method, request.path, exc_info=error)
    return show_error(LMSError(f"unexpected {type(error).__name__}"))
