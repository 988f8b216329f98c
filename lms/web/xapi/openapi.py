"""GET openapi.json: what /xapi/ takes and answers, as OpenAPI 3.1, made of the tables that the resources work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from flask import Response

from lms.lrs.multipart import MULTIPART
from lms.partners.scopes import SCOPES
from lms.web.access import open_to_anybody
from lms.web.xapi import about, activities, agents, documents, statements, tokens
from lms.web.xapi.answers import answer_json
from lms.web.xapi.requests import FORM, Asked, check_parameters
from lms.web.xapi.resources import add_resource
from lms.web.xapi.schemas import FLAG, INSTANT, IRI, NAME, SCHEMAS, TEXT, UUID, Schema, refer
from lms.web.xapi.versions import HEADER, NEW, OLD

JSON = "application/json"
ANY_TYPE = "*/*"

PARAMETERS: Mapping[str, tuple[Schema, str]] = {
    "activityId": (IRI, "The activity."),
    "agent": (refer("Agent"), "The agent, as JSON."),
    "registration": (UUID, "The registration."),
    "stateId": (NAME, "The name of the state; without it, all of that place."),
    "profileId": (NAME, "The name of the profile; without it, all of that place."),
    "since": (INSTANT, "Only what was stored after this instant."),
    "until": (INSTANT, "Only what was stored up to this instant."),
    "statementId": (UUID, "One statement."),
    "voidedStatementId": (UUID, "One statement that was voided."),
    "verb": (IRI, "Only statements with this verb."),
    "activity": (IRI, "Only statements about this activity."),
    "related_activities": (FLAG, "The activity may stand anywhere in the statement."),
    "related_agents": (FLAG, "The agent may stand anywhere in the statement."),
    "limit": ({"type": "integer", "minimum": 0}, "At most so many statements; 0: as many as the server gives."),
    "format": ({"type": "string", "enum": ["ids", "exact", "canonical"]}, "How much of each object is told."),
    "attachments": (FLAG, "With the attachments, as multipart/mixed."),
    "ascending": (FLAG, "Oldest first."),
    "cursor": (TEXT, "Where a page begins; `more` has it."),
}

REFUSALS = {
    "400": "Something is wrong with the request; `detail` names it.",
    "401": "No credential, or one that is unknown or closed.",
    "403": "The credential has no scope for this.",
    "413": "The body is larger than the setting upload_megabytes.",
}
_MISSING = {"404": "There is none of that name."}
_CONFLICT = {"409": "It is there already.", "412": "It is not as If-Match or If-None-Match says."}

Handler = Callable[..., Response]


def _parameter(name: str, needed: bool) -> Schema:
    schema, told = PARAMETERS[name]
    place = {"name": name, "in": "query", "required": needed, "description": told}
    return place | ({"content": {JSON: {"schema": schema}}} if name == "agent" else {"schema": schema})


def _header(name: str, schema: Schema, *, needed: bool = False) -> Schema:
    return {"name": name, "in": "header", "required": needed, "schema": schema}


_VERSION = _header(HEADER, {"type": "string", "enum": [OLD, NEW]}, needed=True)
_CONDITIONS = tuple(_header(name, TEXT) for name in ("If-Match", "If-None-Match"))


def describe(
    handler: Handler,
    allowed: Iterable[str],
    needed: Iterable[str],
    answers: Mapping[str, tuple[str, Mapping[str, Schema]]],
    *,
    body: Mapping[str, Schema] | None = None,
    refusals: Mapping[str, str] | None = None,
    headers: Iterable[Schema] = (),
) -> Schema:
    """One operation. `answers`: status → sentence and schema by content type; words come from the handler."""
    told = {code: {"description": words, **_content(types)} for code, (words, types) in answers.items()}
    refused = {**REFUSALS, **(refusals or {})}
    told |= {code: {"description": words, **_content({JSON: refer("Error")})} for code, words in refused.items()}
    parameters = [_parameter(name, name in set(needed)) for name in sorted(allowed)]
    return {
        "summary": (handler.__doc__ or "").partition("\n")[0],
        "parameters": [_VERSION, *headers, *parameters],
        **({"requestBody": {"required": True, **_content(body)}} if body else {}),
        "responses": told,
    }


def _content(types: Mapping[str, Schema]) -> Schema:
    return {"content": {name: {"schema": schema} for name, schema in types.items()}} if types else {}


_BODIES: Mapping[str, Mapping[str, Schema]] = {"PUT": {ANY_TYPE: {}}, "POST": {JSON: {"type": "object"}}}
_NOTHING: Mapping[str, tuple[str, Mapping[str, Schema]]] = {"204": ("Done.", {})}
_KNOWN: Mapping[str, tuple[str, Mapping[str, Schema]]] = {"304": ("If-None-Match names it: nothing new.", {})}


def _found(types: Mapping[str, Schema]) -> Mapping[str, tuple[str, Mapping[str, Schema]]]:
    return {"200": ("Found.", types)}


def _describe_documents(kind: documents.Kind) -> Iterator[tuple[str, Schema]]:
    about_it = [name for name in kind.about if name != "registration"]
    for method, handler in documents.HANDLERS.items():
        reads, all_at_once = (
            method == "GET",
            method in ("GET", "DELETE") and (method == "GET" or kind is documents.STATES),
        )
        yield (
            method,
            describe(
                handler,
                (*kind.about, kind.name, *(["since"] if reads else [])),
                about_it if all_at_once else [*about_it, kind.name],
                {**_found({ANY_TYPE: {}}), **_KNOWN} if reads else _NOTHING,
                body=_BODIES.get(method),
                refusals=_MISSING if reads else _CONFLICT,
                headers=_CONDITIONS,
            ),
        )


def _describe_statements() -> Iterator[tuple[str, Schema]]:
    one, many = refer("Statement"), {"oneOf": [refer("Statement"), {"type": "array", "items": refer("Statement")}]}
    found = _found({JSON: {"anyOf": [refer("StatementResult"), {"type": "object"}]}, MULTIPART: {}})
    yield "GET", describe(statements.read, statements.PARAMETERS, (), found, refusals=_MISSING)
    conflict = {"409": _CONFLICT["409"]}
    yield (
        "PUT",
        describe(statements.put, ["statementId"], ["statementId"], _NOTHING, body={JSON: one}, refusals=conflict),
    )
    ids = {JSON: {"type": "array", "items": UUID}}
    yield "POST", describe(statements.post, (), (), _found(ids), body={JSON: many}, refusals=conflict)


def _describe_rest() -> Iterator[tuple[str, Schema]]:
    person, activity = {JSON: refer("Person")}, {JSON: refer("Activity")}
    yield "agents", describe(agents.show, ["agent"], ["agent"], {**_found(person), **_KNOWN})
    named = ["activityId"]
    yield "activities", describe(activities.show, named, named, {**_found(activity), **_KNOWN})
    open_to_all = {**describe(about.show, (), (), _found({JSON: refer("About")})), "security": []}
    yield "about", open_to_all


def _describe_token() -> Schema:
    """OAuth tells its errors in a shape of its own (RFC 6749, 5.2)."""
    answers = {"200": ("A token.", refer("Token")), "400": ("No such grant.", refer("TokenError"))}
    answers |= {"401": ("Key or secret unknown.", refer("TokenError")), "413": ("Too large.", refer("Error"))}
    return {
        "summary": (tokens.give.__doc__ or "").partition("\n")[0],
        "security": [],
        "requestBody": {"required": True, **_content({FORM: refer("TokenRequest")})},
        "responses": {
            code: {"description": told, **_content({JSON: shape})} for code, (told, shape) in answers.items()
        },
    }


@cache
def build() -> Schema:
    """The whole description."""
    paths = {f"/{path}": _lower(_describe_documents(kind)) for path, kind in documents.RESOURCES.items()}
    paths["/statements"] = _lower(_describe_statements())
    paths |= {f"/{path}": {"get": operation} for path, operation in _describe_rest()}
    paths["/oauth/token"] = {"post": _describe_token()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Déclic: xAPI", "version": NEW, "description": f"xAPI {OLD} and {NEW}."},
        "servers": [{"url": "/xapi"}],
        "security": [{"basic": []}, {"token": []}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "securitySchemes": {"basic": _BASIC, "token": _TOKEN}},
    }


_BASIC: Schema = {"type": "http", "scheme": "basic"}
_TOKEN: Schema = {
    "type": "oauth2",
    "flows": {"clientCredentials": {"tokenUrl": "/xapi/oauth/token", "scopes": dict.fromkeys(SCOPES, "")}},
}


def _lower(operations: Iterable[tuple[str, Schema]]) -> dict[str, Schema]:
    return {method.lower(): operation for method, operation in operations}


def show(asked: Asked) -> Response:
    """This description."""
    check_parameters(asked, ())
    return answer_json(asked, build())


add_resource("openapi", "openapi.json", {"GET": show}, access=open_to_anybody, versioned=False)
