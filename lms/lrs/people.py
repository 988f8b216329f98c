"""Agents: who is the same one, and the Person that the Agents resource answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from lms.database.terms import name_agent
from lms.lrs.validation.agents import IDENTIFIERS


def hash_texts(*texts: str) -> str:
    """32 hexadecimal characters that stand for these texts; a key of any length then fits an index."""
    return hashlib.blake2b(json.dumps(texts).encode("ascii"), digest_size=16).hexdigest()


def hash_agent(agent: Mapping[str, Any]) -> str:
    """The same for equal agents, whatever else is said of them."""
    return hash_texts(name_agent(agent) or "")


def build_person(agent: Mapping[str, Any]) -> dict[str, Any]:
    """The Person of this agent: what was asked, as arrays. No other personas: we keep no directory of people."""
    names = (name for name in ("name", *IDENTIFIERS) if name in agent)
    return {"objectType": "Person"} | {name: [agent[name]] for name in names}
