"""Shapes of what is sent and answered, for the OpenAPI description; the whole rules stand in lms.lrs.validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def refer(name: str) -> Schema:
    """A pointer to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: tuple[str, ...] = (), **members: Schema) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": members, **needed, "additionalProperties": False}


def _kind(name: str) -> Schema:
    return {"type": "string", "enum": [name]}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
IRI: Schema = {"type": "string", "format": "uri"}
UUID: Schema = {"type": "string", "format": "uuid"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
WORDS: Schema = {"type": "object", "propertyNames": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"}, "additionalProperties": TEXT}
EXTENSIONS: Schema = {"type": "object", "propertyNames": {"format": "uri"}}

_ACCOUNT = _object(("homePage", "name"), homePage=IRI, name=TEXT)
_IDENTIFIERS: Mapping[str, Schema] = {
    "mbox": {"type": "string", "pattern": "^mailto:[a-z0-9.]+@[a-z0-9]+[.][a-z]+$"},
    "mbox_sha1sum": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
    "openid": IRI,
    "account": _ACCOUNT,
}
_ACTIVITIES: Schema = {"oneOf": [refer("Activity"), _array(refer("Activity"))]}
_SCORE = _object(scaled={"type": "number", "minimum": -1, "maximum": 1}, raw=NUMBER, min=NUMBER, max=NUMBER)
_CONTEXT = _object(
    registration=UUID,
    instructor=refer("Agent"),
    team=refer("Group"),
    contextActivities=_object(parent=_ACTIVITIES, grouping=_ACTIVITIES, category=_ACTIVITIES, other=_ACTIVITIES),
    language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    statement=refer("StatementRef"),
    extensions=EXTENSIONS,
)
_ATTACHMENT = _object(
    ("usageType", "display", "contentType", "length", "sha2"),
    usageType=IRI,
    display=WORDS,
    description=WORDS,
    contentType={"type": "string", "pattern": "^[a-z]+/[a-z]+$"},
    length={"type": "integer", "minimum": 0},
    sha2={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    fileUrl=IRI,
)

SCHEMAS: Mapping[str, Schema] = {
    "Agent": {
        "oneOf": [
            _object((name,), objectType=_kind("Agent"), name=TEXT, **{name: rule})
            for name, rule in _IDENTIFIERS.items()
        ]
    },
    "Group": _object(("objectType", "member"), objectType=_kind("Group"), name=TEXT, member=_array(refer("Agent"))),
    "Activity": _object(
        ("id",),
        objectType=_kind("Activity"),
        id=IRI,
        definition=_object(name=WORDS, description=WORDS, type=IRI, moreInfo=IRI, extensions=EXTENSIONS),
    ),
    "StatementRef": _object(("objectType", "id"), objectType=_kind("StatementRef"), id=UUID),
    "Statement": _object(
        ("actor", "verb", "object"),
        id=UUID,
        actor={"oneOf": [refer("Agent"), refer("Group")]},
        verb=_object(("id",), id=IRI, display=WORDS),
        object={"oneOf": [refer("Activity"), refer("StatementRef")]},
        result=_object(
            score=_SCORE,
            success=FLAG,
            completion=FLAG,
            response=TEXT,
            duration={"type": "string", "pattern": "^PT[0-9]{1,3}S$"},
            extensions=EXTENSIONS,
        ),
        context=_CONTEXT,
        timestamp=INSTANT,
        attachments=_array(_ATTACHMENT),
    ),
    "StatementResult": {
        "type": "object",
        "properties": {"statements": _array({"type": "object"}), "more": TEXT},
        "required": ["statements", "more"],
    },
    "Person": {
        "type": "object",
        "properties": {"objectType": _kind("Person")} | {name: _array({}) for name in ("name", *_IDENTIFIERS)},
        "required": ["objectType"],
        "additionalProperties": False,
    },
    "About": _object(("version",), version=_array(TEXT), extensions=EXTENSIONS),
    "TokenRequest": _object(
        ("grant_type",), grant_type=_kind("client_credentials"), client_id=TEXT, client_secret=TEXT, scope=TEXT
    ),
    "Token": {"type": "object", "required": ["access_token", "token_type"]},
    "TokenError": _object(("error",), error=TEXT, error_description=TEXT),
    "Error": _object(
        ("error",), error=_object(("sentence", "detail"), sentence=TEXT, kept=TEXT, next=TEXT, detail=TEXT)
    ),
}
