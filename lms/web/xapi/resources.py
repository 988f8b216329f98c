"""Addresses of the resources, what every answer carries, and which function answers which method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import MethodNotAllowed

from lms.web.access import open_to_credentials
from lms.web.addresses import is_for_machines
from lms.web.xapi.requests import Asked, default_version, read_request
from lms.web.xapi.versions import HEADER

pages = Blueprint("xapi", __name__)

Handler = Callable[[Asked], Response]
PREFIXES = ("/xapi", "/o/<slug>/xapi")
VERSIONS = '<any("1.0.3", "2.0"):xapi_version>'
"""An address may name the version that a request without header is answered with."""


def add_resource(
    name: str,
    path: str,
    handlers: Mapping[str, Handler],
    *,
    access: Callable[[Any], Any] = open_to_credentials,
    versioned: bool = True,
) -> None:
    """Serve `path` under every prefix. HEAD is answered as GET without its body."""

    def answer() -> Response:
        asked = read_request(versioned=versioned)
        if asked.method not in handlers:
            raise MethodNotAllowed(list(handlers))
        return handlers[asked.method](asked)

    for prefix in PREFIXES:
        for place in (f"{prefix}/{path}", f"{prefix}/{VERSIONS}/{path}"):
            pages.add_url_rule(place, name, access(answer), methods=list(handlers))


@pages.url_value_preprocessor
def keep_place(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """What the address says beside the resource."""
    for name in ("slug", "xapi_version"):
        if values and name in values:
            g.setdefault(name if name.startswith("xapi") else f"xapi_{name}", values.pop(name))


@pages.after_app_request
def add_version(answer: Response) -> Response:
    """The version on every answer, also where there is no such resource."""
    if is_for_machines(request.path):
        answer.headers[HEADER] = default_version()
    return answer
