"""For machines: GET, PUT and POST statements with a credential. One credential belongs to one organisation."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request, url_for

from lms.database.clock import from_iso, to_iso
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, LMSError, NotAllowed, NotFound
from lms.lrs.building import build_authority
from lms.lrs.listeners import tell_stored
from lms.lrs.query import Filters, consistent_through, find_statement, read_cursor, read_filtered, write_cursor
from lms.lrs.receiving import Sender, parse_statements, receive
from lms.partners.credentials import Credential, check_credential
from lms.web.access import open_to_anybody, open_to_credentials
from lms.web.addresses import read_number
from lms.web.site import site

pages = Blueprint("xapi", __name__, url_prefix="/xapi")

VERSIONS = ("1.0.0", "1.0.1", "1.0.2", "1.0.3")
PARAMETERS = frozenset(
    (
        *("statementId", "voidedStatementId", "agent", "verb", "activity", "registration"),
        *("since", "until", "limit", "ascending", "format", "cursor"),
    )
)
LARGEST_PAGE = 500
THROUGH = "X-Experience-API-Consistent-Through"


class NoCredential(LMSError):
    """No credential, or a wrong or revoked one."""

    status = 401
    headers = {"WWW-Authenticate": 'Basic realm="xAPI"'}
    sentence = "Clé ou secret inconnus."
    kept = ""
    next = "Vérifiez l'accès auprès de l'administrateur."


def find_credential(scope: str) -> Credential:
    """The partner of this request. Raises NoCredential, or NotAllowed without the scope."""
    given = request.authorization
    found = None
    if given is not None and given.type == "basic":
        with db.engine.connect() as connection:
            found = check_credential(connection, given.username or "", given.password or "")
    if found is None:
        raise NoCredential("Basic credential missing, unknown or revoked")
    if not found.may(scope):
        raise NotAllowed(f"this credential has no scope {scope}")
    return found


@pages.before_request
def check_version() -> None:
    """Every request but `about` names its version."""
    if request.endpoint == "xapi.about":
        return
    given = request.headers.get("X-Experience-API-Version", "")
    if given not in VERSIONS and given != "1.0":
        raise BadRequest(f"X-Experience-API-Version {given!r}; allowed: {', '.join(VERSIONS)}")


@pages.after_request
def add_headers(answer: Response) -> Response:
    """The version on every answer; how far a reader may trust that nothing is missing."""
    answer.headers["X-Experience-API-Version"] = site().settings.xapi_version
    if request.endpoint == "xapi.read" and THROUGH not in answer.headers:
        with db.engine.connect() as connection:
            answer.headers[THROUGH] = to_iso(consistent_through(connection))
    return answer


@pages.get("/about")
@open_to_anybody
def about() -> Response:
    """Which versions are understood."""
    return jsonify(version=list(VERSIONS))


@pages.get("/statements")
@open_to_credentials
def read() -> Response:
    """One statement by id, or a page of those that fit the filters."""
    credential = find_credential("statements/read")
    if unknown := sorted(set(request.args) - PARAMETERS):
        raise BadRequest(f"{unknown[0]}: unknown parameter; allowed: {', '.join(sorted(PARAMETERS))}")
    for name in ("statementId", "voidedStatementId"):
        if name in request.args:
            return _read_one(credential, name)
    filters = read_filters()
    with db.engine.connect() as connection:
        through = to_iso(consistent_through(connection))  # before reading: what commits in between is not promised
        rows = read_filtered(connection, credential.organisation, filters)
    kept = rows[: filters.limit]
    more = ""
    if len(rows) > filters.limit:
        given = {**request.args.to_dict(), "cursor": write_cursor(kept[-1])}
        more = f"{url_for('xapi.read')}?{urlencode(given)}"
    body = f'{{"statements":[{",".join(row.body for row in kept)}],"more":{json.dumps(more)}}}'
    return Response(body, mimetype="application/json", headers={THROUGH: through})


def _read_one(credential: Credential, name: str) -> Response:
    if set(request.args) - {name, "format"}:
        raise BadRequest(f"{name} goes with no other filter")
    with db.engine.connect() as connection:
        voided = name == "voidedStatementId"
        found = find_statement(connection, credential.organisation, request.args[name], voided=voided)
    if found is None:
        raise NotFound(f"no statement {request.args[name]!r}")
    return Response(found, mimetype="application/json")


def read_filters() -> Filters:
    """The filters of the query string. Raises BadRequest naming the parameter."""
    given = request.args
    return Filters(
        verb=given.get("verb", ""),
        activity=given.get("activity", ""),
        registration=given.get("registration", ""),
        agent=_read_agent(given["agent"]) if "agent" in given else None,
        since=_read_instant("since"),
        until=_read_instant("until"),
        ascending=given.get("ascending", "").lower() == "true",  # tincan writes «True»
        limit=min(_read_number("limit") or LARGEST_PAGE, LARGEST_PAGE),
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


def _read_instant(name: str) -> int | None:
    if name not in request.args:
        return None
    try:
        return from_iso(request.args[name])
    except ValueError as error:
        raise BadRequest(f"{name}: an ISO 8601 instant is needed") from error


def _read_number(name: str) -> int:
    found = read_number(request.args.get(name, "0"), -1)
    if found < 0:
        raise BadRequest(f"{name}: a number is needed")
    return found


@pages.post("/statements")
@open_to_credentials
def post() -> Response:
    """Keep one statement or a batch, all or none."""
    credential = find_credential("statements/write")
    return jsonify(_keep(credential))


@pages.put("/statements")
@open_to_credentials
def put() -> Response:
    """Keep one statement under the id of the query."""
    credential, wanted = find_credential("statements/write"), request.args.get("statementId", "")
    given = parse_statements(_read_text())
    if len(given) != 1 or str(given[0][1].get("id", wanted)).lower() != wanted.lower() or not wanted:
        raise BadRequest("statementId: it must be that of the one statement sent")
    _keep(credential, wanted)
    return Response(status=204)


def _read_text() -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the body is not UTF-8") from error


def _keep(credential: Credential, wanted: str = "") -> list[str]:
    given = parse_statements(_read_text())
    if wanted and "id" not in given[0][1]:
        raw, one = given[0]
        given = [(raw.rstrip()[:-1] + f',"id":{json.dumps(wanted)}}}', {**one, "id": wanted})]
    agent = build_authority(site().settings.identity_iri, credential.organisation, credential.key)
    sender = Sender(credential.organisation, credential.key, agent)
    with transaction() as connection:
        stored = receive(connection, sender, given)
    tell_stored(site().classroom.plugins, credential.organisation, stored)
    return stored
