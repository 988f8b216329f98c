"""Agents: who is the same one, and the Person that the Agents resource answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def identify(agent: Mapping[str, Any]) -> str:
    """The identifier of an agent as one text, equal for equal agents whatever else is said of them."""
    for name in IDENTIFIERS:
        if name in agent:
            return json.dumps([name, *_values(name, agent[name])])
    return json.dumps(["none"])


def _values(name: str, value: Any) -> list[str]:
    if name == "account":
        return [str(value["homePage"]), str(value["name"])]
    if name == "mbox":  # the domain of an address is case-insensitive (xAPI 1.0.3, part 2, 2.3.1)
        box, at, domain = str(value).rpartition("@")
        return [box + at + domain.lower()]
    return [str(value)]


def hash_texts(*texts: str) -> str:
    """32 hexadecimal characters that stand for these texts; a key of any length then fits an index."""
    return hashlib.blake2b(json.dumps(texts).encode("ascii"), digest_size=16).hexdigest()


def build_person(agent: Mapping[str, Any]) -> dict[str, Any]:
    """The Person of this agent: what was asked, as arrays. No other personas: we keep no directory of people."""
    names = (name for name in ("name", *IDENTIFIERS) if name in agent)
    return {"objectType": "Person"} | {name: [agent[name]] for name in names}
