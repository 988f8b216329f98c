"""Déclic's xAPI profile: its words and the shapes of its statements, as JSON-LD (xAPI Profiles 1.0).

What stands here is what `lms.lrs.building` says; a test holds every statement that is made against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.contract import VocabularyTerm
from lms.lrs.vocabulary import (
    ADL,
    ADL_VERBS,
    CODE,
    DECLIC,
    DECLIC_TERMS,
    EXERCISE,
    GOAL,
    HELP,
    LABELS,
    MODE,
    REVISION,
    term_iri,
    verb_iri,
)

CONTEXT = "https://w3id.org/xapi/profiles/context"
CONFORMS = "https://w3id.org/xapi/profiles#1.0"
VERSION = f"{DECLIC}/v1.0"
MADE = "2026-11-26T00:00:00Z"
LANGUAGES = ("fr", "en")

_KINDS = {"verb": "Verb", "activity": "ActivityType", "extension": "ContextExtension"}
_ALLOWED: Mapping[str, Sequence[str]] = {
    MODE: ("show", "guided", "assisted", "alone"),
    HELP: ("none", "hint", "where", "shown"),
}
"""Values of extensions that are words of a list; the others are any text."""


@dataclass(frozen=True)
class Template:
    """The shape of one kind of statement: verb and kind of activity decide which one a statement is held against."""

    name: str
    verb: str
    activity: str
    says: str
    rules: tuple[Mapping[str, Any], ...]


def _included(location: str, says: str) -> Mapping[str, Any]:
    return {"location": location, "presence": "included", "scopeNote": {"en": says}}


def _one_of(location: str, values: Sequence[Any], says: str) -> Mapping[str, Any]:
    return {**_included(location, says), "all": list(values)}


def _extension(iri: str) -> str:
    return f"$.context.extensions['{iri}']"


EVERY = (
    _included("$.actor.account.name", "An opaque id, never a name."),
    _included("$.context.registration", "The attempt."),
    _included("$.context.language", "The language of the activity."),
    _included("$.context.contextActivities.parent[*].id", "The course."),
    _included(_extension(REVISION), "The content as it was."),
    _one_of(_extension(MODE), _ALLOWED[MODE], "How the learner asked to work."),
)
"""What every statement of ours holds."""

_SUCCESS = _one_of("$.result.success", [True], "It succeeded.")
_HELP = _one_of(_extension(HELP), _ALLOWED[HELP], "The most help taken for it.")
_RULES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "achieved": (_SUCCESS, _HELP),
    "trapped": (_one_of("$.result.success", [False], "It led astray."), _included(_extension(CODE), "Which trap.")),
    "helped": (_included(_extension(CODE), "What was asked for, or «lost»."),),
    "passed": (_SUCCESS, _one_of("$.result.completion", [True], "It is done.")),
    "completed": (_one_of("$.result.completion", [True], "It is done."),),
    "answered": (_included("$.result.success", "Whether the answer was right."),),
}
_ABOUT_GOALS = ("achieved", "trapped", "helped", "experienced", "answered")
"""Said of one goal, step or question; the others of a whole activity."""


def list_templates(extra: Iterable[VocabularyTerm] = ()) -> list[Template]:
    """One for each verb that is said; verbs of plugins are about a whole activity."""
    added = [term.name for term in extra if term.kind == "verb"]
    names = dict.fromkeys((*_ABOUT_GOALS, *ADL_VERBS, *added))
    return [
        Template(
            name,
            verb_iri(name, extra),
            GOAL if name in _ABOUT_GOALS else EXERCISE,
            f"«{name}», said of {'a goal of an activity' if name in _ABOUT_GOALS else 'an activity'}.",
            (*EVERY, *_RULES.get(name, ())),
        )
        for name in names
    ]


def list_terms(extra: Iterable[VocabularyTerm] = ()) -> list[VocabularyTerm]:
    """Our own words, then those of plugins."""
    return [*DECLIC_TERMS, *extra]


def build_profile(extra: Sequence[VocabularyTerm] = ()) -> dict[str, Any]:
    """The whole profile; `extra` are the words of plugins."""
    return {
        "@context": CONTEXT,
        "id": DECLIC,
        "type": "Profile",
        "conformsTo": CONFORMS,
        "prefLabel": {"fr": "Déclic", "en": "Déclic"},
        "definition": {
            "fr": "Ce que Déclic dit de personnes qui répètent une démarche en ligne.",
            "en": "What Déclic says of people who rehearse an online procedure.",
        },
        "author": {"type": "Organization", "name": "Déclic"},
        "versions": [{"id": VERSION, "generatedAtTime": MADE}],
        "concepts": [_concept(term) for term in list_terms(extra)],
        "templates": [_template(one) for one in list_templates(extra)],
    }


def _concept(term: VocabularyTerm) -> dict[str, Any]:
    iri = term_iri(term)
    found: dict[str, Any] = {
        "id": iri,
        "type": _KINDS[term.kind],
        "inScheme": VERSION,
        "prefLabel": {language: term.labels.get(language, term.name) for language in LANGUAGES},
        "definition": {"en": term.definition},
    }
    if term.kind == "extension":
        values = _ALLOWED.get(iri)
        schema: dict[str, Any] = {"type": "string"} | ({"enum": list(values)} if values else {})
        found["inlineSchema"] = json.dumps(schema)
    return found


def _template(one: Template) -> dict[str, Any]:
    label = LABELS.get(one.name, {}).get("fr", one.name)
    return {
        "id": f"{DECLIC}/templates/{one.name}",
        "type": "StatementTemplate",
        "inScheme": VERSION,
        "prefLabel": {"fr": label, "en": one.name},
        "definition": {"en": one.says},
        "verb": one.verb,
        "objectActivityType": one.activity,
        "rules": [dict(rule) for rule in one.rules],
    }


def list_foreign() -> list[tuple[str, str]]:
    """(IRI, meaning) of verbs that another profile defines and we say."""
    return [(f"{ADL}/verbs/{name}", LABELS[name]["en"]) for name in ADL_VERBS]
