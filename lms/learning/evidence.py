"""From outcomes to rows: statements, progress, live and outbox, in the transaction of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case

from lms.contract import Activity, Outcome
from lms.contract import Live as LiveSentence
from lms.database.clock import now
from lms.database.ids import new_xapi_id
from lms.database.models import Live
from lms.database.rows import upsert
from lms.learning.classroom import Classroom
from lms.learning.progress import COUNTED, hold_learner, refold
from lms.lrs.building import Speaker, build_authority, build_fact, build_statement, find_own_terms
from lms.lrs.listeners import tell_stored
from lms.lrs.store import Entry, store_entries
from lms.lrs.vocabulary import activity_iri, goal_iri, verb_iri
from lms.partners.outbox import enqueue
from lms.plugins.listeners import call_after_commit

AUTHORITY = "declic"
"""Statements under this authority are evidence."""


@dataclass(frozen=True)
class Judged:
    """Outcomes of one attempt at one instant, to be recorded together."""

    activity: Activity
    attempt: str
    mode: str
    instant: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Recorded:
    """What was written: statement ids, and whether progress was folded again."""

    statements: tuple[str, ...] = ()
    moved: bool = False


def record(
    connection: Connection, classroom: Classroom, organisation: str, person: str, judged: Judged, *, guest: bool
) -> Recorded:
    """Write what these outcomes say. A guest leaves nothing."""
    if guest:
        return Recorded()
    entries = build_entries(classroom, organisation, person, judged)
    if not entries:
        return Recorded()
    moved = any(entry.verb in COUNTED for entry in entries)
    if moved:
        hold_learner(connection, organisation, person)
    stored = store_entries(connection, organisation, entries)
    enqueue(connection, organisation, stored)
    if moved:
        refold(connection, organisation, person, judged.activity.id)
    return Recorded(tuple(stored), moved)


def build_entries(classroom: Classroom, organisation: str, person: str, judged: Judged) -> list[Entry]:
    """One entry for each fact and for each outcome that has a verb, in order."""
    speaker = Speaker(
        organisation=organisation,
        person=person,
        attempt=judged.attempt,
        identity=classroom.settings.identity_iri,
        activity=judged.activity,
        terms=tuple(classroom.plugins.vocabulary.values()),
    )
    entries = []
    for outcome in judged.outcomes:
        mode = outcome.mode or judged.mode
        for fact in outcome.facts:
            body_id = new_xapi_id()
            body = build_fact(speaker, body_id, judged.instant, fact, mode)
            about = goal_iri(judged.activity.id, fact.about)
            entries.append(_entry(speaker, judged, body_id, fact.verb, about, body))
        if outcome.verb is not None:
            body_id = new_xapi_id()
            body = build_statement(speaker, body_id, judged.instant, outcome, mode)
            entries.append(_entry(speaker, judged, body_id, outcome.verb, activity_iri(judged.activity.id), body))
    return entries


def _entry(speaker: Speaker, judged: Judged, body_id: str, verb: str, about: str, body: str) -> Entry:
    """The authority stands in the JSON too: a partner sees who vouches for it."""
    iri = verb_iri(verb, speaker.terms)
    return Entry(
        id=body_id,
        happened=judged.instant,
        verb=iri,
        object_id=about,
        body=body,
        authority=AUTHORITY,
        authority_agent=build_authority(speaker.identity, speaker.organisation),
        terms=find_own_terms(speaker, iri, about),
        person=speaker.person,
        activity=judged.activity.id,
        registration=judged.attempt,
        evidence=True,
    )


def show_live(connection: Connection, organisation: str, person: str, judged: Judged, rev: int, ended: bool) -> None:
    """The board's row of this learner; `since` stays while the goal stays."""
    told = _last_live(judged.outcomes)
    instant = now()
    goal = told.goal if told else ""
    upsert(
        connection,
        Live,
        {
            "organisation_id": organisation,
            "person_id": person,
            "attempt_id": judged.attempt,
            "activity": judged.activity.id,
            "goal": goal,
            "sentence": told.sentence if told else judged.activity.title,
            "since": instant,
            "seen": instant,
            "tries": told.tries if told else 0,
            "ended": ended,
            "rev": rev,
        },
        keep=_keep_since,
    )


def _keep_since(new: Any) -> Mapping[str, Any]:
    same = (Live.goal == new.goal) & (Live.attempt_id == new.attempt_id)
    return {"since": case((same, Live.since), else_=new.since)}


def _last_live(outcomes: Sequence[Outcome]) -> LiveSentence | None:
    return next((outcome.live for outcome in reversed(outcomes) if outcome.live), None)


def tell(classroom: Classroom, organisation: str, person: str, activity: str, recorded: Recorded) -> None:
    """After the commit: plugins hear of it."""
    tell_stored(classroom.plugins, organisation, recorded.statements)
    if recorded.moved:
        call_after_commit(
            classroom.plugins, "progress_changed", organisation=organisation, person=person, activity=activity
        )
