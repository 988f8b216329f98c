"""The words of our statements, grouped by the profile that defines them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.contract import VocabularyTerm

DECLIC = "https://w3id.org/xapi/declic"
"""One constant for every instance; to be registered by the owner."""

ADL = "http://adlnet.gov/expapi"

ADL_VERBS = ("initialized", "experienced", "answered", "completed", "passed", "failed", "terminated")

DECLIC_TERMS = (
    VocabularyTerm("verb", "achieved", {"fr": "a réussi l'étape", "en": "achieved"}, "A goal of an exercise is met."),
    VocabularyTerm("verb", "trapped", {"fr": "est tombé dans le piège", "en": "fell into"}, "A known trap was met."),
    VocabularyTerm(
        "verb", "helped", {"fr": "a demandé de l'aide", "en": "asked for help"}, "Help was asked and given."
    ),
    VocabularyTerm("activity", "exercise", {"fr": "exercice", "en": "exercise"}, "A rehearsal on a copy of a service."),
    VocabularyTerm("activity", "goal", {"fr": "étape", "en": "goal"}, "One thing to reach within an exercise."),
    VocabularyTerm("extension", "mode", {"fr": "mode", "en": "mode"}, "show, guided, assisted or alone."),
    VocabularyTerm("extension", "help", {"fr": "aide prise", "en": "help taken"}, "none, hint, where or shown."),
    VocabularyTerm("extension", "code", {"fr": "code", "en": "code"}, "Why a value was not accepted; never the value."),
    VocabularyTerm("extension", "revision", {"fr": "révision", "en": "revision"}, "Hash of the activity's content."),
)

MODE = f"{DECLIC}/extensions/mode"
HELP = f"{DECLIC}/extensions/help"
CODE = f"{DECLIC}/extensions/code"
REVISION = f"{DECLIC}/extensions/revision"
EXERCISE = f"{DECLIC}/activity-types/exercise"
GOAL = f"{DECLIC}/activity-types/goal"

LABELS: Mapping[str, Mapping[str, str]] = {
    "initialized": {"fr": "a commencé", "en": "initialized"},
    "experienced": {"fr": "a vu", "en": "experienced"},
    "answered": {"fr": "a répondu à", "en": "answered"},
    "completed": {"fr": "a terminé", "en": "completed"},
    "passed": {"fr": "a réussi", "en": "passed"},
    "failed": {"fr": "n'a pas encore réussi", "en": "failed"},
    "terminated": {"fr": "a quitté", "en": "terminated"},
    **{term.name: term.labels for term in DECLIC_TERMS if term.kind == "verb"},
}

_FOLDERS = {"verb": "verbs", "activity": "activity-types", "extension": "extensions"}


def term_iri(term: VocabularyTerm) -> str:
    """The IRI of a term of Déclic's own profile."""
    return f"{DECLIC}/{_FOLDERS[term.kind]}/{term.name}"


def verb_iri(name: str, extra: Iterable[VocabularyTerm] = ()) -> str:
    """The IRI of a verb by its short name; KeyError when no profile defines it."""
    if name in ADL_VERBS:
        return f"{ADL}/verbs/{name}"
    for term in (*DECLIC_TERMS, *extra):
        if term.kind == "verb" and term.name == name:
            return term_iri(term)
    raise KeyError(name)


def verb_name(iri: str) -> str:
    """The short name: the last path segment."""
    return iri.rstrip("/").rsplit("/", 1)[-1]


def activity_iri(activity: str) -> str:
    """The IRI of a course's activity, the same in every instance that holds the course."""
    return f"{DECLIC}/activities/{activity}"


def goal_iri(activity: str, goal: str) -> str:
    """The IRI of a goal within an activity."""
    return f"{activity_iri(activity)}/goals/{goal}"
