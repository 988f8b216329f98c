"""Statements that Déclic itself says, built with tincan. Typed text never enters one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
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


def build_statement(speaker: Speaker, statement_id: str, instant: int, outcome: Outcome, mode: str) -> str:
    """The JSON of the statement that an outcome makes about the whole activity."""
    assert outcome.verb is not None
    result = Result(success=outcome.success, completion=outcome.completion)
    if outcome.score is not None:
        result.score = Score(scaled=round(outcome.score, 4))
    about = Activity(
        id=vocabulary.activity_iri(speaker.activity.id),
        definition=ActivityDefinition(
            type=vocabulary.EXERCISE, name=LanguageMap({speaker.activity.locale: speaker.activity.title})
        ),
    )
    return _write(speaker, statement_id, instant, outcome.verb, about, result, mode, outcome.help, "")


def build_fact(speaker: Speaker, statement_id: str, instant: int, fact: Fact, mode: str) -> str:
    """The JSON of the statement about one goal, trap or request for help."""
    about = Activity(
        id=vocabulary.goal_iri(speaker.activity.id, fact.about),
        definition=ActivityDefinition(type=vocabulary.GOAL, name=LanguageMap({"fr": fact.about})),
    )
    return _write(
        speaker, statement_id, instant, fact.verb, about, Result(success=fact.success), mode, fact.help, fact.code
    )


def _write(
    speaker: Speaker,
    statement_id: str,
    instant: int,
    verb: str,
    about: Activity,
    result: Result,
    mode: str,
    help_taken: str | None,
    code: str,
) -> str:
    statement = Statement(
        actor=_actor(speaker),
        verb=Verb(id=vocabulary.verb_iri(verb, speaker.terms), display=LanguageMap(dict(_labels(verb, speaker.terms)))),
        object=about,
        result=result,
        context=_context(speaker, mode, help_taken, code),
    )
    return _finish(statement, statement_id, instant)


def _labels(verb: str, terms: Sequence[VocabularyTerm]) -> dict[str, str]:
    for term in terms:
        if term.kind == "verb" and term.name == verb:
            return dict(term.labels)
    return dict(vocabulary.LABELS[verb])


def build_authority(identity: str, organisation: str, name: str = "declic") -> str:
    """JSON of the Agent that vouches for a statement: Déclic itself, or a partner's credential."""
    account = {"homePage": f"{identity}{organisation}", "name": name}
    return json.dumps({"objectType": "Agent", "account": account}, separators=(",", ":"))


def _actor(speaker: Speaker) -> Agent:
    account = AgentAccount(name=speaker.person, home_page=f"{speaker.identity}{speaker.organisation}")
    return Agent(account=account)


def _context(speaker: Speaker, mode: str, help_taken: str | None, code: str) -> Context:
    extensions = {vocabulary.REVISION: speaker.activity.revision}
    extensions |= {
        iri: value
        for iri, value in (
            (vocabulary.MODE, mode),
            (vocabulary.HELP, help_taken),
            (vocabulary.CODE, code),
        )
        if value
    }
    course = speaker.activity.id.split("/")[0]
    return Context(
        registration=speaker.attempt,
        platform="Déclic",
        language=speaker.activity.locale,
        extensions=extensions,
        context_activities=ContextActivities(parent=[Activity(id=vocabulary.activity_iri(course))]),
    )


def _finish(statement: Statement, statement_id: str, instant: int) -> str:
    """tincan rewrites timestamps: those members are set here, as are what the LRS must set."""
    members: dict[str, Any] = json.loads(statement.to_json(VERSION))
    if not members.get("result"):
        members.pop("result", None)
    members |= {"id": statement_id, "timestamp": to_iso(instant), "version": "1.0.0"}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))
