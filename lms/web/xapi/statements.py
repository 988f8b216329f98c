"""GET, PUT and POST statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, jsonify, request, stream_with_context
from sqlalchemy import Connection
from werkzeug.http import http_date, parse_accept_header

from lms.database.clock import to_iso
from lms.database.db import reading
from lms.errors import BadRequest, NotFound
from lms.lrs.attachments import Part, check_parts, read_parts
from lms.lrs.definitions import read_definitions
from lms.lrs.forms import FORMS, find_iris, keep_ids, make_canonical, write
from lms.lrs.listeners import tell_stored
from lms.lrs.members import add_members
from lms.lrs.merging import JSON, is_json
from lms.lrs.multipart import MULTIPART, new_boundary, read_multipart, write_multipart
from lms.lrs.parsing import Given, parse_statements
from lms.lrs.query import consistent_through, find_statement
from lms.lrs.receiving import Received, Sender, build_entries
from lms.lrs.retrieval import Filters, find_filters, read_cursor, read_filtered, write_cursor
from lms.lrs.validation.values import uuid
from lms.partners.credentials import Credential
from lms.partners.deliveries import Delivery
from lms.web.addresses import read_number
from lms.web.site import site
from lms.web.xapi.credentials import find_credential
from lms.web.xapi.limits import build_vouching, check_agents, read_reach
from lms.web.xapi.parameters import read_agent, read_flag, read_instant, read_iri, read_registration
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource, pages

ALONE = ("statementId", "voidedStatementId")
SHOWN = ("format", "attachments")
PARAMETERS = frozenset(
    (
        *(*ALONE, *SHOWN, "agent", "verb", "activity", "registration", "related_activities", "related_agents"),
        *("since", "until", "limit", "ascending", "cursor"),
    )
)
LARGEST_PAGE = 500
THROUGH = "X-Experience-API-Consistent-Through"


@pages.after_request
def add_through(answer: Response) -> Response:
    """How far a reader may trust that nothing is missing, on a refusal too."""
    if request.endpoint == "xapi.statements" and request.method in ("GET", "HEAD") and THROUGH not in answer.headers:
        with reading() as connection:
            answer.headers[THROUGH] = to_iso(consistent_through(connection), 6)
    return answer


def read(asked: Asked) -> Response:
    """One statement by id, or a page of those that fit the filters."""
    credential = find_credential(asked, "statements/read/mine")
    check_parameters(asked, PARAMETERS)
    if asked.arguments.get("format", "exact") not in FORMS:
        raise BadRequest(f"format: one of {', '.join(FORMS)}")
    for name in ALONE:
        if name in asked.arguments:
            return _read_one(asked, credential, name)
    filters = read_filters(asked)
    with reading() as connection:
        through = to_iso(consistent_through(connection), 6)  # before reading: what commits in between is not promised
        reach = read_reach(connection, credential)
        rows = read_filtered(connection, credential.organisation, replace(filters, reach=reach))
        kept = rows[: filters.limit]
        shown = _show(connection, asked, credential, [row.body for row in kept])
    more = ""
    if len(rows) > filters.limit:
        more = f"{asked.address}?{urlencode({**asked.arguments, 'cursor': write_cursor(kept[-1])})}"
    body = f'{{"statements":[{",".join(shown)}],"more":{json.dumps(more)}}}'
    newest = max((row.stored for row in kept), default=None)
    return _answer(asked, credential, body, [row.body for row in kept], _headers(asked, newest, through))


def _read_one(asked: Asked, credential: Credential, name: str) -> Response:
    if more := sorted(set(asked.arguments) - {name, *SHOWN}):
        raise BadRequest(f"{more[0]}: {name} goes with no other parameter than {' and '.join(SHOWN)}")
    wanted = asked.arguments[name]
    if needed := uuid(wanted):
        raise BadRequest(f"{name}: {needed}")
    with reading() as connection:
        through = to_iso(consistent_through(connection), 6)
        found = find_statement(connection, credential.organisation, wanted, voided=name == "voidedStatementId")
        reach = read_reach(connection, credential)
        if found is None or (reach is not None and not reach.allows(json.loads(found.body))):
            raise NotFound(f"no statement {wanted!r}")
        (shown,) = _show(connection, asked, credential, [found.body])
    return _answer(asked, credential, shown, [found.body], _headers(asked, found.stored, through))


def _headers(asked: Asked, newest: int | None, through: str) -> dict[str, str]:
    """2.0 says when the newest of what is answered was stored."""
    modified = {"Last-Modified": http_date(newest // 1_000_000)} if asked.is_new and newest is not None else {}
    return {THROUGH: through, **modified}


def _show(connection: Connection, asked: Asked, credential: Credential, bodies: Sequence[str]) -> list[str]:
    """The statements in the format asked for; `exact` is what is kept, unread."""
    wanted = asked.arguments.get("format", "exact")
    if wanted == "exact":
        return list(bodies)
    statements = [json.loads(body) for body in bodies]
    if wanted == "ids":
        return [write(keep_ids(one)) for one in statements]
    definitions = read_definitions(connection, credential.organisation, sorted(find_iris(statements)))
    languages = [tag for tag, _ in parse_accept_header(asked.headers.get("Accept-Language", ""))]
    return [write(make_canonical(one, definitions, languages)) for one in statements]


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
    return find_filters(
        agent=read_agent(asked, groups=True) if "agent" in given else None,
        verb=read_iri(asked, "verb") if "verb" in given else "",
        activity=read_iri(asked, "activity") if "activity" in given else "",
        registration=read_registration(asked),
        related_agents=read_flag(asked, "related_agents"),
        related_activities=read_flag(asked, "related_activities"),
        since=read_instant(asked, "since"),
        until=read_instant(asked, "until"),
        ascending=read_flag(asked, "ascending"),
        limit=min(_read_number(asked, "limit") or LARGEST_PAGE, LARGEST_PAGE),
        after=read_cursor(given["cursor"]) if "cursor" in given else None,
    )


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
    return jsonify(_keep(asked, credential, parse_statements(text, asked.version), parts).ids)


def put(asked: Asked) -> Response:
    """Keep one statement under the id of the query."""
    credential = find_credential(asked, "statements/write")
    check_parameters(asked, ("statementId",))
    wanted = asked.arguments.get("statementId", "")
    if needed := uuid(wanted):
        raise BadRequest(f"statementId: {needed}")
    text, parts = read_sent(asked)
    given = parse_statements(text, asked.version)
    if len(given) != 1 or str(given[0].statement.get("id", wanted)).lower() != wanted.lower():
        raise BadRequest("statementId: it must be that of the one statement sent")
    one = given[0]
    if "id" not in one.statement:
        one = Given(add_members(one.raw, {"id": json.dumps(wanted)}), {**one.statement, "id": wanted})
    _keep(asked, credential, [one], parts)
    return Response(status=204)


def read_sent(asked: Asked) -> tuple[str, list[Part]]:
    """The JSON of the statements, and the attachments sent with it. Raises BadRequest."""
    kind = asked.headers.get("Content-Type", JSON)
    if is_json(kind):
        return asked.text, []
    if kind.partition(";")[0].strip().lower() == MULTIPART:
        return read_multipart(kind, asked.body)
    raise BadRequest(f"Content-Type {kind!r}; allowed: {JSON}, or {MULTIPART} with attachments")


def _keep(asked: Asked, credential: Credential, given: Sequence[Given], parts: Sequence[Part]) -> Received:
    statements = [one.statement for one in given]
    check_parts(statements, parts)
    check_agents(credential, {f"[{at}].actor": one["actor"] for at, one in enumerate(statements)})
    sender = Sender(credential.organisation, credential.key, build_vouching(credential), credential.may("define"))
    entries = build_entries(sender, given, asked.version)
    found = site().letterbox.keep(Delivery(credential.organisation, credential.partner, given, entries, parts))
    tell_stored(site().classroom.plugins, credential.organisation, found.new)
    return found


add_resource("statements", "statements", {"GET": read, "PUT": put, "POST": post})
