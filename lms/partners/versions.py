"""What a partner of 1.0.3 is given of a statement of 2.0."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from lms.lrs.members import set_members

OLD = '"1.0.3"'
NEW_MEMBERS = ("contextAgents", "contextGroups")
_SAYS_NEW = re.compile(r'"version"\s*:\s*"2')
"""Most statements need not be read for it."""


def lower_version(body: str) -> str:
    """The statement with `version` changed, which 1.0.3 has to refuse; every other character stays.

    One that names people in a way that 1.0.3 does not know stays whole: the partner is not told less than was said.
    """
    if not _SAYS_NEW.search(body):
        return body
    statement = json.loads(body)
    if not str(statement.get("version", "")).startswith("2.") or _is_new(statement) or _is_new(statement["object"]):
        return body
    return set_members(body, {"version": OLD})


def _is_new(said: Mapping[str, Any]) -> bool:
    """Of a statement, or of its object, which has a context when it is a statement itself."""
    return any(name in said.get("context", {}) for name in NEW_MEMBERS)
