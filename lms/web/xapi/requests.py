"""What a machine asks: method, parameters, headers and body, however they were sent. Views look here, not at Flask."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import current_app, g, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge

from lms.errors import BadRequest
from lms.lrs.repeats import find_repeated
from lms.web.site import site
from lms.web.xapi.versions import HEADER, NEW, find_version, read_version

FORM = "application/x-www-form-urlencoded"
AS_HEADERS = ("Authorization", HEADER, "Content-Type", "Content-Length", "If-Match", "If-None-Match")
"""Form parameters of the alternate request syntax that stand for headers (xAPI 1.0.3, part 3, 1.3)."""
GZIP = 31
"""zlib's number for a gzip wrapper around the largest window."""


class UnknownEncoding(BadRequest):
    """The body is packed in a way that is not taken here."""

    status = 415


@dataclass(frozen=True)
class Asked:
    """One request. `version` is what is followed, 1.0.3 or 2.0.0; `address` the path of the resource, for `more`."""

    method: str
    arguments: Mapping[str, str]
    headers: Headers
    body: bytes
    version: str
    address: str
    slug: str

    @property
    def is_new(self) -> bool:
        """Whether the rules are those of 2.0."""
        return self.version == NEW

    @property
    def text(self) -> str:
        """The body as text. Raises BadRequest."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadRequest("the body is not UTF-8") from error


def default_version() -> str:
    """What an answer to a request without version is marked with: the address says, else the setting."""
    named = str(g.get("xapi_version") or site().settings.xapi_version)
    return find_version(named) or named


def read_request(*, versioned: bool = True) -> Asked:
    """The request of now. Raises BadRequest for a version, an encoding or a form that is not understood."""
    arguments = _read_arguments(list(request.args.items(multi=True)))
    headers: Headers = request.headers
    body = _read_body()
    method = "GET" if request.method == "HEAD" else request.method
    if method == "POST" and "method" in arguments and headers.get("Content-Type", "").startswith(FORM):
        method, arguments, headers, body = _read_form(arguments, headers, body)
    version = default_version()
    if versioned:
        version = read_version(headers.get(HEADER, ""))
        g.xapi_version = version
    return Asked(method, arguments, headers, body, version, request.path, g.get("xapi_slug", ""))


def _read_arguments(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadRequest(f"{find_repeated(name for name, _ in pairs)}: the same parameter twice")
    return found


def _read_body() -> bytes:
    """The bytes sent, unpacked: never more than the setting `upload_megabytes` says."""
    limit = int(current_app.config["MAX_CONTENT_LENGTH"])
    request.max_content_length = limit + 1  # a body sent without its length is cut there, without a word
    body = request.get_data(cache=False)
    if len(body) > limit:
        raise RequestEntityTooLarge
    packed = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packed == "identity" or not body:
        return body
    if packed not in ("gzip", "x-gzip"):
        raise UnknownEncoding(f"Content-Encoding {packed!r}; allowed: gzip, identity")
    unpacker = zlib.decompressobj(GZIP)
    try:
        found = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadRequest("the body is not gzip, as Content-Encoding says") from error
    if len(found) > limit:
        raise RequestEntityTooLarge
    if not unpacker.eof:
        raise BadRequest("the body ends before its gzip does")
    if unpacker.unused_data:
        raise BadRequest("the body goes on behind the end of its gzip, and only one is unpacked")
    return found


def _read_form(query: Mapping[str, str], headers: Headers, body: bytes) -> tuple[str, dict[str, str], Headers, bytes]:
    """The alternate request syntax: a POST whose form holds parameters, headers and content."""
    if set(query) != {"method"}:
        raise BadRequest(f"{min(set(query) - {'method'})}: with `method`, everything else stands in the form")
    try:
        form = _read_arguments(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise BadRequest("the form is not made of application/x-www-form-urlencoded") from error
    content, headers = form.pop("content", ""), Headers(headers)
    for name in ("Content-Type", "Content-Length"):
        headers.remove(name)
    headers["Content-Type"] = "application/json"
    for name in AS_HEADERS:
        if name in form:
            value = form.pop(name)
            if not value.isprintable():
                raise BadRequest(f"{name}: a header is one line of text")
            headers[name] = value
    if find_version(headers.get(HEADER, "")) == NEW:
        raise BadRequest("method: the alternate request syntax is no part of xAPI 2.0")
    return query["method"], form, headers, content.encode()


def check_parameters(asked: Asked, allowed: Collection[str]) -> None:
    """Raises BadRequest naming a parameter that is unknown, or known with other capitals."""
    for name in asked.arguments:
        if name not in allowed:
            raise BadRequest(f"{name}: unknown parameter; allowed: {', '.join(sorted(allowed)) or 'none'}")
