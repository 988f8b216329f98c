"""Statements that Déclic itself says, built with tincan. Typed text never enters one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tincan import (
    Activity,
    ActivityDefinition,
    Agent,
    AgentAccount,
    Context,
    ContextActivities,
    LanguageMap,
    Result,
    Score,
    Statement,
    Verb,
)

from lms.contract import Activity as CourseActivity
from lms.contract import Fact, Outcome, VocabularyTerm
from lms.database.clock import to_iso
from lms.database.terms import term
from lms.lrs import vocabulary

VERSION = "1.0.3"


@dataclass(frozen=True)
class Speaker:
    """What every statement of one attempt shares. `identity` is the prefix of account home pages."""

    organisation: str
    person: str
    attempt: str
    identity: str
    activity: CourseActivity
    terms: Sequence[VocabularyTerm] = ()


@dataclass(frozen=True)
class Told:
    """What one statement says, whoever it is about; people who do the same share it. `labels` are the verb's."""

    home_page: str
    verb: str
    labels: tuple[tuple[str, str], ...]
    object: str
    kind: str
    name: tuple[str, str]
    course: str
    revision: str
    locale: str
    success: bool | None
    completion: bool | None
    score: float | None
    mode: str
    help: str | None
    code: str


def build_statement(speaker: Speaker, statement_id: str, instant: int, outcome: Outcome, mode: str) -> str:
    """The JSON of the statement that an outcome makes about the whole activity."""
    assert outcome.verb is not None
    own = speaker.activity
    about = (vocabulary.activity_iri(own.id), vocabulary.EXERCISE, (own.locale, own.title))
    score = None if outcome.score is None else round(outcome.score, 4)
    result = (outcome.success, outcome.completion, score)
    told = _tell(speaker, outcome.verb, about, result, (mode, outcome.help, ""))
    return _fill(_skeleton(told), speaker, statement_id, instant)


def build_fact(speaker: Speaker, statement_id: str, instant: int, fact: Fact, mode: str) -> str:
    """The JSON of the statement about one goal, trap or request for help."""
    about = (vocabulary.goal_iri(speaker.activity.id, fact.about), vocabulary.GOAL, ("fr", fact.about))
    told = _tell(speaker, fact.verb, about, (fact.success, None, None), (mode, fact.help, fact.code))
    return _fill(_skeleton(told), speaker, statement_id, instant)


def _tell(
    speaker: Speaker,
    verb: str,
    about: tuple[str, str, tuple[str, str]],
    result: tuple[bool | None, bool | None, float | None],
    how: tuple[str, str | None, str],
) -> Told:
    own = speaker.activity
    labels = tuple(_labels(verb, speaker.terms).items())
    course = vocabulary.activity_iri(own.id.split("/")[0])
    shared = (course, own.revision, own.locale)
    home_page = f"{speaker.identity}{speaker.organisation}"
    return Told(home_page, vocabulary.verb_iri(verb, speaker.terms), labels, *about, *shared, *result, *how)


def _labels(verb: str, terms: Sequence[VocabularyTerm]) -> Mapping[str, str]:
    own = (term.labels for term in terms if term.kind == "verb" and term.name == verb)
    return next(own, None) or vocabulary.LABELS[verb]


PERSON, ATTEMPT = "@person@", "00000000-0000-4000-8000-000000000000"
"""What stands in a skeleton for the person's id and the registration; `@` stands in no id of ours."""


@lru_cache(maxsize=2048)
def _skeleton(told: Told) -> str:
    """The statement as tincan builds it, without its end. Building costs more than storing; a room repeats itself."""
    result = Result(success=told.success, completion=told.completion)
    if told.score is not None:
        result.score = Score(scaled=told.score)
    statement = Statement(
        actor=Agent(account=AgentAccount(name=PERSON, home_page=told.home_page)),
        verb=Verb(id=told.verb, display=LanguageMap(dict(told.labels))),
        object=Activity(
            id=told.object,
            definition=ActivityDefinition(type=told.kind, name=LanguageMap(dict([told.name]))),
        ),
        result=result,
        context=_context(told),
    )
    members: dict[str, Any] = json.loads(statement.to_json(VERSION))
    if not members.get("result"):
        members.pop("result", None)
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1]


def _context(told: Told) -> Context:
    named = ((vocabulary.MODE, told.mode), (vocabulary.HELP, told.help), (vocabulary.CODE, told.code))
    return Context(
        registration=ATTEMPT,
        platform="Déclic",
        language=told.locale,
        extensions={vocabulary.REVISION: told.revision} | {iri: value for iri, value in named if value},
        context_activities=ContextActivities(parent=[Activity(id=told.course)]),
    )


def _fill(skeleton: str, speaker: Speaker, statement_id: str, instant: int) -> str:
    """tincan rewrites timestamps: those members are set here, as are what the LRS must set. Ids need no escaping."""
    known = skeleton.replace(PERSON, speaker.person).replace(ATTEMPT, speaker.attempt)
    return f'{known},"id":"{statement_id}","timestamp":"{to_iso(instant)}","version":"1.0.0"}}'


def find_own_terms(speaker: Speaker, verb: str, about: str) -> list[int]:
    """What `lms.database.terms.find_terms` would find in the statement, without reading it."""
    home = f"{speaker.identity}{speaker.organisation}"
    return [
        term("verb", verb),
        term("agent", f"account\n{home}\n{speaker.person}"),
        term("activity", about),
        term("related_activity", vocabulary.activity_iri(speaker.activity.id.split("/")[0])),
        term("related_agent", f"account\n{home}\n{DECLIC}"),
        term("registration", speaker.attempt),
    ]


DECLIC = "declic"
"""Our own name as an authority, within each organisation."""


def build_authority(identity: str, organisation: str, name: str = DECLIC) -> str:
    """JSON of the Agent that vouches for a statement: Déclic itself, or a partner's credential."""
    account = {"homePage": f"{identity}{organisation}", "name": name}
    return json.dumps({"objectType": "Agent", "account": account}, separators=(",", ":"))
