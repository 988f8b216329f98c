"""Answers with an ETag: who has the same already gets no body (xAPI 1.0.3, part 3, 3.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response
from werkzeug.http import parse_etags

from lms.lrs.documents import find_etag
from lms.web.xapi.requests import Asked


def is_known(asked: Asked, etag: str) -> bool:
    """Whether the asker says that this is what it has."""
    return parse_etags(asked.headers.get("If-None-Match")).contains_weak(etag)


def answer_json(asked: Asked, value: Any, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer with the ETag of its bytes."""
    body = json.dumps(value).encode("ascii")
    etag = find_etag(body)
    known = is_known(asked, etag)
    told = {"ETag": f'"{etag}"', **(headers or {})}
    return Response(status=304, headers=told) if known else Response(body, mimetype="application/json", headers=told)
