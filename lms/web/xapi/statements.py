"""GET, PUT and POST statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request, stream_with_context

from lms.database.clock import from_iso, to_iso
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotFound
from lms.lrs.attachments import Part, check_parts, keep_parts, read_parts
from lms.lrs.building import build_authority
from lms.lrs.listeners import tell_stored
from lms.lrs.members import add_members
from lms.lrs.merging import JSON, is_json
from lms.lrs.multipart import MULTIPART, new_boundary, read_multipart, write_multipart
from lms.lrs.query import Filters, consistent_through, find_statement, read_cursor, read_filtered, write_cursor
from lms.lrs.receiving import Sender, parse_statements, receive
from lms.partners.credentials import Credential
from lms.partners.outbox import enqueue
from lms.web.addresses import read_number
from lms.web.site import site
from lms.web.xapi.credentials import find_credential
from lms.web.xapi.parameters import read_flag
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource, pages

PARAMETERS = frozenset(
    (
        *("statementId", "voidedStatementId", "agent", "verb", "activity", "registration"),
        *("since", "until", "limit", "ascending", "format", "attachments", "cursor"),
    )
)
LARGEST_PAGE = 500
THROUGH = "X-Experience-API-Consistent-Through"


@pages.after_request
def add_through(answer: Response) -> Response:
    """How far a reader may trust that nothing is missing, on a refusal too."""
    if request.endpoint == "xapi.statements" and request.method in ("GET", "HEAD") and THROUGH not in answer.headers:
        with db.engine.connect() as connection:
            answer.headers[THROUGH] = to_iso(consistent_through(connection))
    return answer


def read(asked: Asked) -> Response:
    """One statement by id, or a page of those that fit the filters."""
    credential = find_credential(asked, "statements/read")
    check_parameters(asked, PARAMETERS)
    for name in ("statementId", "voidedStatementId"):
        if name in asked.arguments:
            return _read_one(asked, credential, name)
    filters = read_filters(asked)
    with db.engine.connect() as connection:
        through = to_iso(consistent_through(connection))  # before reading: what commits in between is not promised
        rows = read_filtered(connection, credential.organisation, filters)
    kept = rows[: filters.limit]
    more = ""
    if len(rows) > filters.limit:
        more = f"{asked.address}?{urlencode({**asked.arguments, 'cursor': write_cursor(kept[-1])})}"
    body = f'{{"statements":[{",".join(row.body for row in kept)}],"more":{json.dumps(more)}}}'
    return _answer(asked, credential, body, [row.body for row in kept], {THROUGH: through})


def _read_one(asked: Asked, credential: Credential, name: str) -> Response:
    if set(asked.arguments) - {name, "format", "attachments"}:
        raise BadRequest(f"{name} goes with no other filter")
    wanted = asked.arguments[name]
    with db.engine.connect() as connection:
        found = find_statement(connection, credential.organisation, wanted, voided=name == "voidedStatementId")
    if found is None:
        raise NotFound(f"no statement {wanted!r}")
    return _answer(asked, credential, found, [found], {})


def _answer(
    asked: Asked, credential: Credential, body: str, statements: Sequence[str], headers: Mapping[str, str]
) -> Response:
    """The JSON; with `attachments=true` inside multipart/mixed, followed by the attachments of these statements."""
    if not read_flag(asked, "attachments"):
        return Response(body, mimetype=JSON, headers=headers)
    parts = read_parts(credential.organisation, [json.loads(one) for one in statements])
    boundary = new_boundary()
    pieces = stream_with_context(write_multipart(boundary, body, parts))
    return Response(pieces, content_type=f"{MULTIPART}; boundary={boundary}", headers=headers)


def read_filters(asked: Asked) -> Filters:
    """The filters of the query string. Raises BadRequest naming the parameter."""
    given = asked.arguments
    return Filters(
        verb=given.get("verb", ""),
        activity=given.get("activity", ""),
        registration=given.get("registration", ""),
        agent=_read_agent(given["agent"]) if "agent" in given else None,
        since=_read_instant(asked, "since"),
        until=_read_instant(asked, "until"),
        ascending=given.get("ascending", "").lower() == "true",  # tincan writes «True»
        limit=min(_read_number(asked, "limit") or LARGEST_PAGE, LARGEST_PAGE),
        after=read_cursor(given["cursor"]) if "cursor" in given else None,
    )


def _read_agent(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadRequest("agent: not JSON") from error
    if not isinstance(found, dict):
        raise BadRequest("agent: a JSON object is needed")
    return found


def _read_instant(asked: Asked, name: str) -> int | None:
    if name not in asked.arguments:
        return None
    try:
        return from_iso(asked.arguments[name])
    except ValueError as error:
        raise BadRequest(f"{name}: an ISO 8601 instant is needed") from error


def _read_number(asked: Asked, name: str) -> int:
    found = read_number(asked.arguments.get(name, "0"), -1)
    if found < 0:
        raise BadRequest(f"{name}: a number is needed")
    return found


def post(asked: Asked) -> Response:
    """Keep one statement or a batch, all or none."""
    credential = find_credential(asked, "statements/write")
    check_parameters(asked, ())
    text, parts = read_sent(asked)
    return jsonify(_keep(credential, parse_statements(text, asked.version), parts))


def put(asked: Asked) -> Response:
    """Keep one statement under the id of the query."""
    credential = find_credential(asked, "statements/write")
    check_parameters(asked, ("statementId",))
    wanted = asked.arguments.get("statementId", "")
    text, parts = read_sent(asked)
    given = parse_statements(text, asked.version)
    if len(given) != 1 or str(given[0][1].get("id", wanted)).lower() != wanted.lower() or not wanted:
        raise BadRequest("statementId: it must be that of the one statement sent")
    raw, one = given[0]
    named = [(add_members(raw, {"id": json.dumps(wanted)}), {**one, "id": wanted})]
    _keep(credential, given if "id" in one else named, parts)
    return Response(status=204)


def read_sent(asked: Asked) -> tuple[str, list[Part]]:
    """The JSON of the statements, and the attachments sent with it. Raises BadRequest."""
    kind = asked.headers.get("Content-Type", JSON)
    if is_json(kind):
        return asked.text, []
    if kind.partition(";")[0].strip().lower() == MULTIPART:
        return read_multipart(kind, asked.body)
    raise BadRequest(f"Content-Type {kind!r}; allowed: {JSON}, or {MULTIPART} with attachments")


def _keep(credential: Credential, given: Sequence[tuple[str, Mapping[str, Any]]], parts: Sequence[Part]) -> list[str]:
    statements = [one for _, one in given]
    check_parts(statements, parts)
    agent = build_authority(site().settings.identity_iri, credential.organisation, credential.key)
    sender = Sender(credential.organisation, credential.key, agent)
    with transaction() as connection:
        stored = receive(connection, sender, given)
        keep_parts(connection, credential.organisation, statements, stored, parts)
        enqueue(connection, credential.organisation, stored, received_from=credential.partner)
    tell_stored(site().classroom.plugins, credential.organisation, stored)
    return stored


add_resource("statements", "statements", {"GET": read, "PUT": put, "POST": post})
