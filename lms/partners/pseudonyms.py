"""Statements without who acted: each person becomes the same opaque name, for one partner only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from lms.database.terms import name_agent
from lms.lrs.signatures import SIGNATURE
from lms.lrs.validation.agents import IDENTIFIERS


def hide_people(statement: Mapping[str, Any], salt: str, home_page: str) -> Mapping[str, Any]:
    """A copy in which every agent is a pseudonym under `home_page`; same person, same salt, same name.

    The authority stays: it is a system. A group keeps its name and hides its members. A signature goes: it holds the
    whole statement as it was signed, with who acted, and fits the copy no more.
    """
    found = dict(statement)
    if "attachments" in found:
        found["attachments"] = [one for one in found["attachments"] if one["usageType"] != SIGNATURE]
    for name in ("actor", "object"):
        found[name] = _hide(found[name], salt, home_page)
    if isinstance(found.get("context"), Mapping):
        context = {name: _hide_in_context(name, one, salt, home_page) for name, one in found["context"].items()}
        found["context"] = context
    return found


def _hide_in_context(name: str, value: Any, salt: str, home_page: str) -> Any:
    if name in ("instructor", "team"):
        return _hide(value, salt, home_page)
    if name in ("contextAgents", "contextGroups"):
        inner = "agent" if name == "contextAgents" else "group"
        return [{**one, inner: _hide(one.get(inner), salt, home_page)} for one in value]
    return value


def _hide(one: Any, salt: str, home_page: str) -> Any:
    if not isinstance(one, Mapping):
        return one
    kind = one.get("objectType", "Agent" if name_agent(one) else "Activity")
    if kind == "SubStatement":
        return hide_people(one, salt, home_page)
    if kind not in ("Agent", "Group"):
        return one
    kept = {name: value for name, value in one.items() if name not in (*IDENTIFIERS, "member")}
    if kind == "Agent":
        kept.pop("name", None)
    if isinstance(one.get("member"), list):
        kept["member"] = [_hide(member, salt, home_page) for member in one["member"]]
    if name := name_agent(one):
        kept["account"] = {"homePage": home_page, "name": _pseudonym(name, salt)}
    return kept


def _pseudonym(name: str, salt: str) -> str:
    return hmac.new(salt.encode(), name.encode(), hashlib.sha256).hexdigest()[:32]
