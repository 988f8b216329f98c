"""Clients in a browser (CORS): only pages of origins that a credential names may read an answer."""

from __future__ import annotations

from flask import Response, g, request

from lms.database.db import reading
from lms.partners.origins import allows_origin
from lms.web.xapi.resources import pages
from lms.web.xapi.versions import HEADER

ASKED = ("Authorization", "Content-Type", HEADER, "If-Match", "If-None-Match", "Accept-Language", "Updated")
TOLD = ("ETag", "Last-Modified", HEADER, "X-Experience-API-Consistent-Through", "X-Experience-API-Hash")
MINUTES = 10
OPEN = ("xapi.about", "xapi.openapi")


@pages.after_request
def add_permission(answer: Response) -> Response:
    """Let the page read the answer when its origin was found in the credential; answer its question beforehand."""
    origin = request.headers.get("Origin")
    if origin is None:
        return answer
    answer.vary.add("Origin")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return _answer_question(answer, origin)
    if g.get("xapi_origin") == origin or (_is_nobodys(answer) and _is_named(origin)):
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Expose-Headers"] = ", ".join(TOLD)
    return answer


def _is_nobodys(answer: Response) -> bool:
    """Nothing of a house is in it: it is open to anybody, or a refusal, of which a page must be able to tell why."""
    return request.endpoint in OPEN or answer.status_code >= 400


def _is_named(origin: str) -> bool:
    with reading() as connection:
        return allows_origin(connection, origin)


def _answer_question(answer: Response, origin: str) -> Response:
    """A browser asks before it shows the credential, so any open credential that names the origin is enough."""
    if not _is_named(origin):
        return answer
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, PUT, POST, DELETE"
    answer.headers["Access-Control-Allow-Headers"] = ", ".join(ASKED)
    answer.headers["Access-Control-Max-Age"] = str(MINUTES * 60)
    return answer
