"""Headers of every answer, and the check that an unsafe request comes from our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from lms.errors import NotAllowed

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
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Add the checks before and the headers after each request."""
    app.before_request(check_origin)
    app.after_request(add_headers)


def check_origin() -> None:
    """A browser says where a form or fetch comes from; another site's is refused. Machines with a credential pass."""
    if request.method in SAFE or request.path.startswith("/xapi/"):
        return
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin and urlsplit(origin).netloc != request.host:
        raise NotAllowed(f"origin {origin!r} is not {request.host!r}")


def add_headers(answer: Response) -> Response:
    """Strict CSP without inline code or style; `same-origin`, since `no-referrer` makes forms send `Origin: null`."""
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cache-Control", "no-store")
    return answer
