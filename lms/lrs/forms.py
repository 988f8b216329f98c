"""How statements are given back: exactly, with ids alone, or with the definitions known here in one language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lms.lrs.definitions import find_activities
from lms.lrs.validation.activities import COMPONENTS
from lms.lrs.validation.agents import IDENTIFIERS

FORMS = ("exact", "ids", "canonical")
Json = dict[str, Any]
Definitions = Mapping[str, Mapping[str, Any]]


def write(statement: Mapping[str, Any]) -> str:
    """As compact JSON."""
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":"))


def find_iris(statements: Sequence[Mapping[str, Any]]) -> set[str]:
    """Ids of all activities that these statements name."""
    return {str(one["id"]) for statement in statements for one in find_activities(statement)}


def keep_ids(statement: Json) -> Json:
    """Only what identifies agents, activities, verbs (1.0.3, part 3, 2.1.3, `format`)."""
    return _walk(statement, _name_agent, _name_activity, lambda verb: {"id": verb["id"]})


def _name_agent(agent: Json) -> Json:
    kept = {name: agent[name] for name in ("objectType", *IDENTIFIERS) if name in agent}
    if "member" in agent and not any(name in agent for name in IDENTIFIERS):
        kept["member"] = [_name_agent(one) for one in agent["member"]]
    return kept


def _name_activity(activity: Json) -> Json:
    return {"id": activity["id"]}


def make_canonical(statement: Json, definitions: Definitions, languages: Sequence[str]) -> Json:
    """Definitions as they are known here, each text in the one language that is wanted most; agents as they are."""

    def define(activity: Json) -> Json:
        known = definitions.get(str(activity["id"])) or activity.get("definition")
        return {**activity, "definition": _choose(known, languages)} if known else activity

    def speak(verb: Json) -> Json:
        return {**verb, "display": pick(verb["display"], languages)} if "display" in verb else verb

    return _walk(statement, lambda agent: agent, define, speak)


def _choose(definition: Mapping[str, Any], languages: Sequence[str]) -> Json:
    chosen = dict(definition)
    for name in ("name", "description"):
        if name in chosen:
            chosen[name] = pick(chosen[name], languages)
    for name in COMPONENTS:
        if name in chosen:
            chosen[name] = [_choose(one, languages) for one in chosen[name]]
    return chosen


def pick(words: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """One entry of a language map: the first language that is there, also as `fr` for `fr-CA` and the reverse."""
    lower = {tag.lower(): tag for tag in words}
    for wanted in (one.lower() for one in languages):
        near = [tag for tag in lower if tag == wanted or tag.startswith(f"{wanted}-") or wanted.startswith(f"{tag}-")]
        if near:
            best = lower[wanted if wanted in near else near[0]]
            return {best: words[best]}
    return dict(list(words.items())[:1])


Change = Callable[[Json], Json]


def _walk(statement: Json, agent: Change, activity: Change, verb: Change) -> Json:
    """The statement with each agent, activity and verb changed, in a sub-statement too."""
    made = {**statement, "actor": agent(statement["actor"]), "verb": verb(statement["verb"])}
    about = statement["object"]
    kind = about.get("objectType", "Activity")
    if kind == "SubStatement":
        made["object"] = _walk(about, agent, activity, verb)
    elif kind in ("Agent", "Group"):
        made["object"] = agent(about)
    elif kind == "Activity":
        made["object"] = activity(about)
    if "authority" in statement:
        made["authority"] = agent(statement["authority"])
    if "context" in statement:
        made["context"] = _walk_context(statement["context"], agent, activity)
    return made


def _walk_context(context: Json, agent: Change, activity: Change) -> Json:
    made: Json = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            made[name] = agent(context[name])
    for name, member in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            made[name] = [{**one, member: agent(one[member])} for one in context[name]]
    if groups := context.get("contextActivities"):
        made["contextActivities"] = {
            name: [activity(one) for one in (held if isinstance(held, list) else [held])]
            for name, held in groups.items()
        }
    return made
