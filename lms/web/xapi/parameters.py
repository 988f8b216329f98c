"""Values of parameters, checked as the same values in statements are; a fault names the parameter."""

from __future__ import annotations

import json
from typing import Any

from lms.database.clock import from_iso
from lms.errors import BadRequest
from lms.lrs.validation import find_agent_faults
from lms.lrs.validation.agents import IDENTIFIERS
from lms.lrs.validation.times import iso_instant, rfc_instant
from lms.lrs.validation.values import iri, uuid
from lms.web.xapi.requests import Asked


def read_text(asked: Asked, name: str) -> str:
    """A parameter that must be there. Raises BadRequest."""
    found = asked.arguments.get(name, "")
    if not found:
        raise BadRequest(f"{name}: this parameter is needed")
    return found


def read_iri(asked: Asked, name: str) -> str:
    """An IRI that must be there. Raises BadRequest."""
    found = read_text(asked, name)
    if needed := iri(found):
        raise BadRequest(f"{name}: {needed}")
    return found


def read_agent(asked: Asked, name: str = "agent", *, groups: bool = False) -> dict[str, Any]:
    """An Agent that must be there, with `groups` also a Group: one identifier. Raises BadRequest naming the member."""
    try:
        found = json.loads(read_text(asked, name))
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{name}: not JSON") from error
    if not isinstance(found, dict):
        raise BadRequest(f"{name}: a JSON object is needed")
    if not groups and found.get("objectType", "Agent") != "Agent":
        raise BadRequest(f"{name}.objectType: Agent; a group is asked for as an Agent with the group's identifier")
    for fault in find_agent_faults(found, name):
        raise BadRequest(fault)
    if not any(one in found for one in IDENTIFIERS):
        raise BadRequest(f"{name}: one of {', '.join(IDENTIFIERS)} is needed")
    return found


def read_registration(asked: Asked) -> str:
    """A UUID in lower case; empty when there is none. Raises BadRequest."""
    found = asked.arguments.get("registration")
    if found is not None and (needed := uuid(found)):
        raise BadRequest(f"registration: {needed}")
    return (found or "").lower()


def read_instant(asked: Asked, name: str) -> int | None:
    """Microseconds since 1970, None when not given. Raises BadRequest."""
    found = asked.arguments.get(name)
    if found is None:
        return None
    if needed := (rfc_instant if asked.is_new else iso_instant)(found):
        raise BadRequest(f"{name}: {needed}")
    try:
        return from_iso(found)
    except (ValueError, OverflowError) as error:
        raise BadRequest(f"{name}: an instant between the years 1 and 9999 is needed") from error


def read_flag(asked: Asked, name: str) -> bool:
    """`true` or `false`, false when not given; tincan writes `True`. Raises BadRequest."""
    found = asked.arguments.get(name, "false").lower()
    if found not in ("true", "false"):
        raise BadRequest(f"{name}: true or false is needed")
    return found == "true"
