"""What a statement must be to be kept: the structure that reading and progress rely on.

The whole of the specification is another step; what stands here is never looser than it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.database.clock import from_iso
from lms.errors import BadRequest

MEMBERS = frozenset(
    ["id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"]
)
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f\ud800-\udfff]+")
VERSION = re.compile(r"1\.0(\.\d+)?")
LONGEST_VERB = 250
UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
OBJECTS = ("Activity", "Agent", "Group", "StatementRef", "SubStatement")


class InvalidStatement(BadRequest):
    """A statement that cannot be kept; the detail names the member."""

    sentence = "Cette déclaration xAPI n'est pas valable."


def check_statement(statement: Any, place: str = "") -> Mapping[str, Any]:
    """The statement itself. Raises InvalidStatement with the first fault: `actor.mbox: …`."""
    for fault in find_faults(statement):
        raise InvalidStatement(f"{place}{fault}")
    assert isinstance(statement, Mapping)
    return statement


def find_faults(statement: Any) -> Iterator[str]:
    """Every fault, as `member: what is wrong`."""
    if not isinstance(statement, Mapping):
        yield "a statement is a JSON object"
        return
    for name in statement:
        if name not in MEMBERS:
            yield f"{name}: not a member of a statement"
    for name in ("actor", "verb", "object"):
        if not isinstance(statement.get(name), Mapping):
            yield f"{name}: an object is required"
            return
    yield from find_agent_faults(statement["actor"], "actor")
    yield from _find_verb_faults(statement)
    yield from _find_object_faults(statement["object"])
    yield from _find_plain_faults(statement)
    yield from _find_attachment_faults(statement, "")


def _find_verb_faults(statement: Mapping[str, Any]) -> Iterator[str]:
    yield from _find_iri_faults(statement["verb"], "verb")
    name = str(statement["verb"].get("id", ""))
    if len(name) > LONGEST_VERB:
        yield f"verb.id: at most {LONGEST_VERB} characters"
    if name.endswith("/verbs/voided") and statement["object"].get("objectType") != "StatementRef":
        yield "object.objectType: a voiding statement points at a StatementRef"


def _find_plain_faults(statement: Mapping[str, Any]) -> Iterator[str]:
    if "id" in statement and not _is_uuid(statement["id"]):
        yield "id: a UUID is needed"
    if "version" in statement and not VERSION.fullmatch(str(statement["version"])):
        yield "version: 1.0 or 1.0.x"
    registration = _member(statement, "context", "registration")
    if registration is not None and not _is_uuid(registration):
        yield "context.registration: a UUID is needed"
    for name in ("timestamp", "stored"):
        if name in statement and not _is_instant(statement[name]):
            yield f"{name}: an ISO 8601 instant is needed"
    scaled = _member(_member(statement, "result") or {}, "score", "scaled")
    if scaled is not None and (isinstance(scaled, bool) or not isinstance(scaled, int | float) or abs(scaled) > 1):
        yield "result.score.scaled: a number from -1 to 1 is needed"
    for name in ("result", "context"):
        if name in statement and not isinstance(statement[name], Mapping):
            yield f"{name}: an object is needed"
    for path in (("result", "success"), ("result", "completion")):
        if (flag := _member(statement, *path)) is not None and not isinstance(flag, bool):
            yield f"{'.'.join(path)}: true or false is needed"


def _member(holder: Any, *path: str) -> Any:
    for name in path:
        if not isinstance(holder, Mapping):
            return None
        holder = holder.get(name)
    return holder


def _is_uuid(value: Any) -> bool:
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def _is_instant(value: Any) -> bool:
    if not isinstance(value, str) or "T" not in value or value.endswith(("-00:00", "-0000", "-00")):
        return False
    try:
        from_iso(value)
    except ValueError:
        return False
    return True


def _find_iri_faults(holder: Mapping[str, Any], place: str) -> Iterator[str]:
    value = holder.get("id")
    if not isinstance(value, str) or not IRI.fullmatch(value):
        yield f"{place}.id: an IRI with a scheme is needed"


def find_agent_faults(actor: Mapping[str, Any], place: str) -> Iterator[str]:
    """Every fault of an agent or a group, as `place.member: what is wrong`."""
    kind = actor.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        yield f"{place}.objectType: Agent or Group"
    given = [name for name in IDENTIFIERS if name in actor]
    if len(given) > 1 or (not given and kind != "Group"):
        yield f"{place}: exactly one of {', '.join(IDENTIFIERS)}"
    if not given and kind == "Group" and not isinstance(actor.get("member"), list):
        yield f"{place}.member: an anonymous group needs its members"
    if "mbox" in actor and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", str(actor["mbox"])):
        yield f"{place}.mbox: mailto: and an address"
    account = actor.get("account")
    if "account" in actor and not (
        isinstance(account, Mapping)
        and isinstance(account.get("name"), str)
        and IRI.fullmatch(str(account.get("homePage", "")))
    ):
        yield f"{place}.account: homePage (IRI) and name are needed"


def _find_object_faults(about: Mapping[str, Any]) -> Iterator[str]:
    kind = about.get("objectType", "Activity")
    if kind not in OBJECTS:
        yield f"object.objectType: one of {', '.join(OBJECTS)}"
    elif kind == "Activity":
        yield from _find_iri_faults(about, "object")
    elif kind == "StatementRef" and not _is_uuid(about.get("id")):
        yield "object.id: a UUID is needed"
    elif kind in ("Agent", "Group"):
        yield from find_agent_faults(about, "object")


def _find_attachment_faults(statement: Mapping[str, Any], place: str) -> Iterator[str]:
    found = statement.get("attachments", [])
    if not isinstance(found, list):
        yield f"{place}attachments: an array is needed"
        return
    for at, one in enumerate(found):
        if not isinstance(one, Mapping):
            yield f"{place}attachments[{at}]: an object is needed"
            continue
        for name in ("usageType", "contentType", "sha2"):
            if not isinstance(one.get(name), str):
                yield f"{place}attachments[{at}].{name}: a text is needed"
    if statement["object"].get("objectType") == "SubStatement":
        if not isinstance(statement["object"].get("object"), Mapping):
            yield f"{place}object.object: an object is required"
        else:
            yield from _find_attachment_faults(statement["object"], f"{place}object.")
