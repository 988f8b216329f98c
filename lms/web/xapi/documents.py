"""GET, PUT, POST and DELETE documents: State, Agent Profile, Activity Profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from flask import Response
from werkzeug.http import http_date, parse_etags

from lms.database.db import reading
from lms.database.door import transaction
from lms.errors import NotFound
from lms.lrs.conditions import ANY, Condition, Need
from lms.lrs.documents import (
    ACTIVITY_PROFILE,
    AGENT_PROFILE,
    STATE,
    Content,
    Place,
    drop_document,
    drop_documents,
    find_document,
    list_documents,
    merge_document,
    put_document,
)
from lms.partners.credentials import Credential
from lms.web.xapi.answers import answer_json, is_known
from lms.web.xapi.credentials import find_credential
from lms.web.xapi.limits import check_agents, check_course
from lms.web.xapi.parameters import read_agent, read_instant, read_iri, read_registration, read_text
from lms.web.xapi.requests import Asked, check_parameters
from lms.web.xapi.resources import add_resource

UNKNOWN_TYPE = "application/octet-stream"
SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""What a partner stored is never run in our name, whatever type it says."""


@dataclass(frozen=True)
class Kind:
    """One of the three resources: what its documents are about, and what names one."""

    kind: str
    scope: str
    name: str
    about: tuple[str, ...]

    def find_place(self, asked: Asked, credential: Credential) -> Place:
        """Where the documents of this request lie. Raises BadRequest naming the parameter, NotAllowed for a limit."""
        agent = read_agent(asked) if "agent" in self.about else None
        activity = read_iri(asked, "activityId") if "activityId" in self.about else ""
        check_agents(credential, {"agent": agent} if agent else {})
        check_course(credential, activity)
        return Place(
            credential.organisation,
            self.kind,
            activity=activity,
            agent=agent,
            registration=read_registration(asked),
        )


STATES = Kind(STATE, "state", "stateId", ("activityId", "agent", "registration"))
AGENT_PROFILES = Kind(AGENT_PROFILE, "profile", "profileId", ("agent",))
ACTIVITY_PROFILES = Kind(ACTIVITY_PROFILE, "profile", "profileId", ("activityId",))


def read(kind: Kind, asked: Asked) -> Response:
    """One document, or the names of all in that place."""
    credential = find_credential(asked, f"{kind.scope}/read")
    check_parameters(asked, (*kind.about, kind.name, "since"))
    place, since = kind.find_place(asked, credential), read_instant(asked, "since")
    if kind.name not in asked.arguments:
        return _list(asked, place, since)
    name = read_text(asked, kind.name)
    with reading() as connection:
        kept = find_document(connection, place, name)
    if kept is None:
        raise NotFound(f"no document {name!r}", sentence="Ce document n'existe pas.")
    headers = {"ETag": f'"{kept.etag}"', "Last-Modified": http_date(kept.stored / 1_000_000), **SAFE}
    if is_known(asked, kept.etag):
        return Response(status=304, headers=headers)
    return Response(kept.content.body, content_type=kept.content.content_type, headers=headers)


def _list(asked: Asked, place: Place, since: int | None) -> Response:
    with reading() as connection:
        rows = list_documents(connection, place, since)
    last = max((stored for _, stored in rows), default=None)
    headers = {} if last is None else {"Last-Modified": http_date(last / 1_000_000)}
    return answer_json(asked, list(dict.fromkeys(name for name, _ in rows)), headers)


def put(kind: Kind, asked: Asked) -> Response:
    """Keep a document whole. In 1.0.3 a state may be replaced blindly, and a profile always needs a condition."""
    place, name = _find_one(kind, asked)
    need: Need = "to replace" if asked.is_new else "never" if kind.kind == STATE else "always"
    with transaction() as connection:
        put_document(connection, place, name, _read_content(asked), read_condition(asked), need)
    return Response(status=204)


def post(kind: Kind, asked: Asked) -> Response:
    """Merge a JSON object into a document."""
    place, name = _find_one(kind, asked)
    with transaction() as connection:
        merge_document(connection, place, name, _read_content(asked), read_condition(asked))
    return Response(status=204)


def drop(kind: Kind, asked: Asked) -> Response:
    """Delete a document; without a name, all states in that place."""
    if kind.kind == STATE and kind.name not in asked.arguments:
        credential = find_credential(asked, kind.scope)
        check_parameters(asked, kind.about)
        place = kind.find_place(asked, credential)
        with transaction() as connection:
            drop_documents(connection, place)
        return Response(status=204)
    place, name = _find_one(kind, asked)
    with transaction() as connection:
        drop_document(connection, place, name, read_condition(asked))
    return Response(status=204)


def _find_one(kind: Kind, asked: Asked) -> tuple[Place, str]:
    credential = find_credential(asked, kind.scope)
    check_parameters(asked, (*kind.about, kind.name))
    return kind.find_place(asked, credential), read_text(asked, kind.name)


def _read_content(asked: Asked) -> Content:
    return Content(asked.headers.get("Content-Type", UNKNOWN_TYPE), asked.body)


def read_condition(asked: Asked) -> Condition:
    """If-Match and If-None-Match. A proxy that packs answers marks our ETags as weak: they are taken all the same."""

    def read_tags(name: str) -> Iterable[str] | None:
        if name not in asked.headers:
            return None
        found = parse_etags(asked.headers[name])
        return [ANY] if found.star_tag else found.as_set(include_weak=True)

    match, none_match = read_tags("If-Match"), read_tags("If-None-Match")
    return Condition(None if match is None else frozenset(match), None if none_match is None else frozenset(none_match))


RESOURCES = {
    "activities/state": STATES,
    "agents/profile": AGENT_PROFILES,
    "activities/profile": ACTIVITY_PROFILES,
}
HANDLERS = {"GET": read, "PUT": put, "POST": post, "DELETE": drop}

for _path, _kind in RESOURCES.items():
    add_resource(_kind.kind, _path, {method: partial(handler, _kind) for method, handler in HANDLERS.items()})
