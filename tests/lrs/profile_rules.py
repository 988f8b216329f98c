"""Holds a statement against an xAPI profile, as its JSON-LD says and nothing else knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_STEP = re.compile(r"\.(\w+)|\['([^']+)'\]|\[(\*)\]")


def find_breaches(statement: Mapping[str, Any], profile: Mapping[str, Any], foreign: frozenset[str]) -> Iterator[str]:
    """What breaks the profile; `foreign` are IRIs of verbs that other profiles define."""
    concepts = {one["id"]: one for one in profile["concepts"]}
    known = foreign | {iri for iri, one in concepts.items() if one["type"] == "Verb"}
    if statement["verb"]["id"] not in known:
        yield f"verb {statement['verb']['id']} stands in no profile"
    kind = statement["object"]["definition"]["type"]
    if concepts.get(kind, {}).get("type") != "ActivityType":
        yield f"kind of activity {kind} stands in no profile"
    for iri, value in statement.get("context", {}).get("extensions", {}).items():
        yield from _find_extension(iri, value, concepts)
    fitting = [
        one
        for one in profile["templates"]
        if (one["verb"], one["objectActivityType"]) == (statement["verb"]["id"], kind)
    ]
    if len(fitting) != 1:
        yield f"{len(fitting)} templates fit {statement['verb']['id']} of {kind}"
    for template in fitting:
        for rule in template["rules"]:
            yield from _find_rule(statement, rule)


def _find_extension(iri: str, value: Any, concepts: Mapping[str, Any]) -> Iterator[str]:
    concept = concepts.get(iri)
    if concept is None or concept["type"] != "ContextExtension":
        yield f"extension {iri} stands in no profile"
        return
    schema = json.loads(concept["inlineSchema"])
    if not isinstance(value, str) or value not in schema.get("enum", [value]):
        yield f"extension {iri}: {value!r} does not fit {schema}"


def _find_rule(statement: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    found = select_path(statement, rule["location"])
    if rule["presence"] == "included" and not found:
        yield f"{rule['location']} is missing"
    if "all" in rule and any(one not in rule["all"] for one in found):
        yield f"{rule['location']}: {found} is not of {rule['all']}"


def select_path(statement: Any, path: str) -> list[Any]:
    """The values at a JSONPath of names and `[*]`."""
    found = [statement]
    for name, quoted, star in _STEP.findall(path.removeprefix("$")):
        step = name or quoted
        if star:
            found = [inner for one in found if isinstance(one, list) for inner in one]
        else:
            found = [one[step] for one in found if isinstance(one, Mapping) and step in one]
    return found
