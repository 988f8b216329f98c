"""Contexts and attachments."""

from __future__ import annotations

from typing import Any

from lms.lrs.members import CONTEXTS
from lms.lrs.validation.activities import check_activities, extensions
from lms.lrs.validation.agents import check_actor, check_agent, check_group, context_agents
from lms.lrs.validation.languages import language, language_map
from lms.lrs.validation.shapes import Part, Shape, array_of
from lms.lrs.validation.values import iri, length, media_type, one_of, sha2, string, uuid

_contexts = Shape("contextActivities", {}, dict.fromkeys(CONTEXTS, check_activities))

check_reference = Shape(
    "a StatementRef", {"objectType": one_of({"StatementRef"}), "id": uuid}, required=("objectType", "id")
)

_leaves = {"registration": uuid, "revision": string, "platform": string, "language": language}
_parts: dict[str, Part] = {
    "instructor": check_actor,
    "team": check_group,
    "contextActivities": _contexts,
    "statement": check_reference,
    "extensions": extensions,
}
_more = {
    "contextAgents": context_agents("contextAgent", "agent", check_agent),
    "contextGroups": context_agents("contextGroup", "group", check_group),
}
old_context = Shape("a context", _leaves, _parts)
new_context = Shape("a context", _leaves, {**_parts, **_more})


def check_only_with_activity(statement: dict[str, Any], place: str, faults: list[str]) -> None:
    """revision and platform say something about an Activity only (1.0.3, part 2, 2.4.6)."""
    context, about = statement.get("context"), statement.get("object")
    if type(context) is not dict or type(about) is not dict or about.get("objectType", "Activity") == "Activity":
        return
    for name in ("revision", "platform"):
        if name in context:
            faults.append(f"{place}.{name}: only where the object is an Activity")


_attachment = Shape(
    "an attachment",
    {"usageType": iri, "contentType": media_type, "length": length, "sha2": sha2, "fileUrl": iri},
    {"display": language_map, "description": language_map},
    required=("usageType", "display", "contentType", "length", "sha2"),
)
check_attachments = array_of(_attachment)
