"""Statements and sub-statements, by the rules of 1.0.3 or of 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lms.errors import BadRequest
from lms.lrs.validation.activities import check_activity
from lms.lrs.validation.agents import check_actor, check_agent, check_authority, check_group
from lms.lrs.validation.contexts import (
    check_attachments,
    check_only_with_activity,
    check_reference,
    new_context,
    old_context,
)
from lms.lrs.validation.languages import language_map
from lms.lrs.validation.results import check_result
from lms.lrs.validation.shapes import Leaf, Part, Shape, join, tell
from lms.lrs.validation.times import iso_instant, rfc_instant
from lms.lrs.validation.values import iri, matching, uuid

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
REQUIRED = ("actor", "verb", "object")
MOST_TOLD = 5
_version = matching(re.compile(r"[12]\.0(\.[0-9]+)?"), "1.0, 1.0.x, 2.0 or 2.0.x is needed")
_old_version = matching(re.compile(r"1\.0(\.[0-9]+)?"), "1.0 or 1.0.x is needed")
_verb = Shape("a verb", {"id": iri}, {"display": language_map}, required=("id",))


class InvalidStatement(BadRequest):
    """A statement that cannot be kept; the detail names the members."""

    sentence = "Cette déclaration xAPI n'est pas valable."


class Rules:
    """What a statement must be in one version."""

    def __init__(self, context: Part, instant: Leaf, version: Leaf) -> None:
        parts: dict[str, Part] = {
            "actor": check_actor,
            "verb": _verb,
            "result": check_result,
            "context": context,
            "attachments": check_attachments,
        }
        leaves = {"id": uuid, "timestamp": instant, "stored": instant, "version": version}
        whole = {**parts, "object": self.check_object, "authority": check_authority}
        self.statement = Shape("a statement", leaves, whole, REQUIRED)
        inside = {**parts, "object": self.check_inner_object, "objectType": _skip}
        self.substatement = Shape("a SubStatement", {"timestamp": instant}, inside, REQUIRED)
        self.kinds: dict[str, Part] = {
            "Activity": check_activity,
            "Agent": check_agent,
            "Group": check_group,
            "StatementRef": check_reference,
        }

    def check(self, statement: Any, place: str, faults: list[str]) -> None:
        """A whole statement."""
        if not self.statement.check(statement, place, faults):
            return
        check_only_with_activity(statement, join(place, "context"), faults)
        verb, about = statement.get("verb"), statement.get("object")
        if type(verb) is dict and verb.get("id") == VOIDED and type(about) is dict:
            kind = about.get("objectType")
            if kind != "StatementRef":
                faults.append(tell(join(place, "object.objectType"), "a voiding statement needs a StatementRef", kind))

    def check_object(self, value: Any, place: str, faults: list[str]) -> None:
        """What a statement is about."""
        if type(value) is dict and value.get("objectType") == "SubStatement":
            if self.substatement.check(value, place, faults):
                check_only_with_activity(value, join(place, "context"), faults)
            return
        self._check_kind(value, place, faults, "SubStatement")

    def check_inner_object(self, value: Any, place: str, faults: list[str]) -> None:
        """What a sub-statement is about: never another one."""
        self._check_kind(value, place, faults)

    def _check_kind(self, value: Any, place: str, faults: list[str], *more: str) -> None:
        kind = value.get("objectType", "Activity") if type(value) is dict else "Activity"
        if type(kind) is str and kind in self.kinds:
            self.kinds[kind](value, place, faults)
        else:
            allowed = ", ".join(sorted((*self.kinds, *more)))
            faults.append(tell(f"{place}.objectType", f"one of {allowed}", kind))


def _skip(_value: Any, _place: str, _faults: list[str]) -> None:
    """objectType of a sub-statement: it was looked at to know that it is one."""


_old = Rules(old_context, iso_instant, _old_version)
_new = Rules(new_context, rfc_instant, _version)


def find_faults(statement: Any, version: str = "1.0.3") -> Iterator[str]:
    """Every fault, as `actor.member[2].mbox: what is needed; what was found`."""
    yield from _gather(statement, version, "")


def _gather(statement: Any, version: str, place: str) -> list[str]:
    faults: list[str] = []
    (_new if version.startswith("2.") else _old).check(statement, place, faults)
    return faults


def check_statement(statement: Any, place: str = "", version: str = "1.0.3") -> Mapping[str, Any]:
    """The statement itself; `place` is `[3]` within a batch. Raises InvalidStatement with the first faults."""
    if faults := _gather(statement, version, place):
        more = f" (and {len(faults) - MOST_TOLD} more)" if len(faults) > MOST_TOLD else ""
        raise InvalidStatement(" | ".join(faults[:MOST_TOLD]) + more)
    found: Mapping[str, Any] = statement
    return found
