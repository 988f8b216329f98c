"""Agents and groups: exactly one identifier, and only agents in a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lms.lrs.validation.shapes import Part, Shape, array_of, tell
from lms.lrs.validation.values import iri, mbox, one_of, sha1, string

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_ONE = f"exactly one of {', '.join(IDENTIFIERS)} is needed"

_account = Shape("an account", {"homePage": iri, "name": string}, required=("homePage", "name"))
_leaves = {"name": string, "mbox": mbox, "mbox_sha1sum": sha1, "openid": iri}
_agent = Shape("an Agent", {"objectType": one_of({"Agent"}), **_leaves}, {"account": _account})


def check_agent(value: Any, place: str, faults: list[str]) -> None:
    """An Agent, never a Group."""
    if _agent.check(value, place, faults) and sum(name in value for name in IDENTIFIERS) != 1:
        faults.append(f"{place}: {_ONE}")


_group = Shape(
    "a Group", {"objectType": one_of({"Group"}), **_leaves}, {"account": _account, "member": array_of(check_agent)}
)


def check_group(value: Any, place: str, faults: list[str]) -> None:
    """A Group: identified, or anonymous with its members."""
    if not _group.check(value, place, faults):
        return
    if value.get("objectType") != "Group":
        faults.append(tell(f"{place}.objectType", "Group is needed", value.get("objectType")))
    given = sum(name in value for name in IDENTIFIERS)
    if given > 1:
        faults.append(f"{place}: at most one of {', '.join(IDENTIFIERS)}")
    if not given and not value.get("member"):
        faults.append(f"{place}.member: an anonymous group needs its members")


def check_actor(value: Any, place: str, faults: list[str]) -> None:
    """An Agent or a Group, as its objectType says."""
    kind = value.get("objectType", "Agent") if type(value) is dict else "Agent"
    if kind == "Group":
        check_group(value, place, faults)
    elif kind == "Agent":
        check_agent(value, place, faults)
    else:
        faults.append(tell(f"{place}.objectType", "Agent or Group is needed", kind))


def check_authority(value: Any, place: str, faults: list[str]) -> None:
    """Who vouches: an Agent, or an anonymous Group of two (OAuth consumer and person)."""
    check_actor(value, place, faults)
    if type(value) is not dict or value.get("objectType") != "Group":
        return
    if any(name in value for name in IDENTIFIERS):
        faults.append(f"{place}: a group that vouches is anonymous")
    members = value.get("member")
    if type(members) is list and len(members) != 2:
        faults.append(f"{place}.member: exactly two members are needed; found {len(members)}")


def find_agent_faults(agent: Any, place: str) -> Iterator[str]:
    """Every fault of an Agent or Group, as in a parameter."""
    faults: list[str] = []
    check_actor(agent, place, faults)
    yield from faults


def context_agents(kind: str, member: str, rule: Part) -> Part:
    """contextAgents and contextGroups of xAPI 2.0: who else matters, and in which part."""
    shape = Shape(
        f"a {kind}",
        {"objectType": one_of({kind})},
        {member: rule, "relevantTypes": array_of(_relevant, empty=False)},
        required=("objectType", member),
    )
    return array_of(shape)


def _relevant(value: Any, place: str, faults: list[str]) -> None:
    if needed := iri(value):
        faults.append(tell(place, needed, value))
