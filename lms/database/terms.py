"""The index of statements: a term for each thing that a filter may ask, 64 bits of a hash of kind and value.

Pure. `agent` and `activity` are who did it and what it is about; `related_…` are all others that a statement names.
`reference` is the statement that it points at, so that filters follow it (xAPI 1.0.3, part 3, 2.1.3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from lms.remembering import remember_short

Json = Mapping[str, Any]


@remember_short(4096)  # each takes half a kilobyte, and making one a microsecond
def term(kind: str, value: str) -> int:
    """A signed 64-bit number."""
    text = f"{kind}\n{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def name_agent(agent: Json) -> str | None:
    """The identifier as one text, equal for equal agents; None for an anonymous group."""
    if (account := agent.get("account")) is not None:
        return f"account\n{account['homePage']}\n{account['name']}"
    if (mbox := agent.get("mbox")) is not None:
        box, at, domain = str(mbox).rpartition("@")
        return f"mbox\n{box}{at}{domain.lower()}"  # a domain is the same in capitals
    if (sha1 := agent.get("mbox_sha1sum")) is not None:
        return f"mbox_sha1sum\n{str(sha1).lower()}"
    return f"openid\n{agent['openid']}" if "openid" in agent else None


def name_all(agent: Json | None) -> Iterator[str]:
    """The agent or group, and the members of a group."""
    if not agent:
        return
    if (name := name_agent(agent)) is not None:
        yield name
    for member in agent.get("member", ()):
        yield from name_all(member)


def find_terms(statement: Json) -> set[int]:
    """The terms of a valid statement itself, without those of what it points at."""
    about = statement["object"]
    kind = about.get("objectType", "Activity")
    found = {term("verb", str(statement["verb"]["id"]))}
    found.update(term("agent", name) for name in name_all(statement["actor"]))
    if kind == "Activity":
        found.add(term("activity", str(about["id"])))
    elif kind == "StatementRef":
        found.add(term("reference", str(about["id"]).lower()))
    elif kind == "SubStatement":
        found.update(_find_inner(about))
    else:
        found.update(term("agent", name) for name in name_all(about))
    found.update(term("related_agent", name) for name in name_all(statement.get("authority")))
    if context := statement.get("context"):
        found.update(_find_context(context))
        if registration := context.get("registration"):
            found.add(term("registration", str(registration).lower()))
    return found


def _find_inner(inner: Json) -> Iterator[int]:
    """Of a sub-statement: everything in it is related."""
    about = inner["object"]
    kind = about.get("objectType", "Activity")
    people = [inner["actor"], about] if kind in ("Agent", "Group") else [inner["actor"]]
    for agent in people:
        yield from (term("related_agent", name) for name in name_all(agent))
    if kind == "Activity":
        yield term("related_activity", str(about["id"]))
    if context := inner.get("context"):
        yield from _find_context(context)


def _find_context(context: Json) -> Iterator[int]:
    people = [context.get("instructor"), context.get("team")]
    people += [one["agent"] for one in context.get("contextAgents", ())]
    people += [one["group"] for one in context.get("contextGroups", ())]
    for agent in people:
        yield from (term("related_agent", name) for name in name_all(agent))
    for held in context.get("contextActivities", {}).values():
        for activity in held if isinstance(held, list) else [held]:
            yield term("related_activity", str(activity["id"]))
