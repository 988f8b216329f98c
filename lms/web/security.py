"""Headers of every answer, and the checks that an unsafe request comes from our own pages and can be read."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from lms.errors import BadRequest, NotAllowed
from lms.web.addresses import is_for_machines

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` would make forms send `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_DRAINED = 64 * 1024 * 1024
PIECE = 256 * 1024


class ForeignPage(NotAllowed):
    """The form or script that sent this stands on another site."""

    sentence = "Cette demande vient d'un autre site."
    next = "Revenez à l'accueil, et recommencez depuis cette page."


def install(app: Flask) -> None:
    """Add the checks before and the headers after each request."""
    app.before_request(check_origin)
    app.before_request(check_text)
    app.after_request(add_headers)
    app.after_request(drain)


def check_origin() -> None:
    """A browser says where a form or fetch comes from; another site's is refused. Machines with a credential pass."""
    if request.method in SAFE or is_for_machines(request.path):
        return
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin and urlsplit(origin).netloc != request.host:
        raise ForeignPage(f"origin {origin!r} is not {request.host!r}")


def check_text() -> None:
    """No name, path or number holds the character NUL; files and databases stumble over it."""
    if "\0" in request.path or (request.query_string and any("\0" in value for value in request.args.values())):
        raise BadRequest("the address holds the character NUL")
    if is_for_machines(request.path):
        return  # their bodies are read as they are, once
    if request.method not in SAFE and any("\0" in text for pair in request.form.items(multi=True) for text in pair):
        raise BadRequest("the form holds the character NUL")


def add_headers(answer: Response) -> Response:
    """Strict CSP without inline code or style; nothing is kept by the browser unless a page says so."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if host := g.get("image_host"):
        answer.headers["Content-Security-Policy"] = POLICY.replace("img-src 'self'", f"img-src 'self' {host}")
    if request.is_secure:
        answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    return answer


def admit_images(url: str) -> None:
    """This answer may show pictures of that address's host: a map's tiles, where the instance has set them."""
    parts = urlsplit(url)
    g.image_host = f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def drain(answer: Response) -> Response:
    """Read what is too large to the end: a browser shows the page only after it has sent everything."""
    if answer.status_code == 413:
        stream, left = request.environ["wsgi.input"], min(request.content_length or 0, MOST_DRAINED)
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
    return answer
