"""Statements that Déclic says itself are valid, and another library reads them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import tincan

from lms.contract import Fact
from lms.database.models import Statement
from lms.lrs import vocabulary
from lms.lrs.building import Speaker, build_fact
from lms.lrs.query import say_statement
from lms.lrs.validation import find_faults
from tests.room import ACTIVITY, Room, read_rows


def test_everything_we_say_is_valid_and_read_by_another_library(room: Room) -> None:
    attempt = room.begin("guided")
    room.send(attempt, {"do": "add"}, {"do": "end", "mode": "guided", "help": "hint"})
    rows = sorted(read_rows(Statement), key=lambda row: row["stored"])
    for row in rows:
        body = json.loads(row["body"])
        assert list(find_faults(body)) == []
        read = tincan.Statement.from_json(row["body"])
        assert (str(read.id), read.verb.id, str(read.context.registration)) == (row["id"], row["verb"], attempt)
        assert read.actor.account.home_page == f"https://declic.invalid/o/{room.organisation}"
        assert read.actor.account.name == room.person
        assert body["authority"]["account"]["name"] == "declic"
        assert "Monique" not in row["body"]
    assert [vocabulary.verb_name(row["verb"]) for row in rows] == ["initialized", "achieved", "passed"]
    ended = json.loads(rows[2]["body"])
    assert ended["result"] == {"success": True, "completion": True, "score": {"scaled": 1.0}}
    assert ended["context"]["extensions"][vocabulary.HELP] == "hint"
    assert ended["object"]["id"] == f"{vocabulary.DECLIC}/activities/{ACTIVITY}"


def test_two_people_who_do_the_same_share_all_but_themselves(room: Room) -> None:
    fact, instant = Fact("achieved", "sent", True, "hint", "late"), 1_764_000_000_000_000
    own = room.classroom.find_activity(ACTIVITY)
    first = Speaker("o", "018f-first", "01a2188c-f0d2-463f-ad2e-d0a9eed71146", "https://declic.invalid/o/", own)
    second = replace(first, person="018f-second", attempt="01a2188c-f0d2-463f-ad2e-d0a9eed71147")
    one, other = (build_fact(who, f"id-{who.person}", instant, fact, "guided") for who in (first, second))
    for who in (first, second):
        one = one.replace(who.person, "P").replace(who.attempt, "R")
        other = other.replace(who.person, "P").replace(who.attempt, "R")
    assert one == other


def test_a_filled_statement_is_the_one_that_tincan_builds_whole(room: Room) -> None:
    own = room.classroom.find_activity(ACTIVITY)
    who = Speaker("o", "018f-first", "01a2188c-f0d2-463f-ad2e-d0a9eed71146", "https://declic.invalid/o/", own)
    body = json.loads(build_fact(who, "id", 0, Fact("achieved", "sent", True, "hint", "late"), "guided"))
    extensions = {"revision": own.revision, "mode": "guided", "help": "hint", "code": "late"}
    course = f"{vocabulary.DECLIC}/activities/{ACTIVITY.partition('/')[0]}"
    whole = tincan.Statement(
        actor=tincan.Agent(account=tincan.AgentAccount(name="018f-first", home_page="https://declic.invalid/o/o")),
        verb=tincan.Verb(
            id=f"{vocabulary.DECLIC}/verbs/achieved", display=tincan.LanguageMap(dict(vocabulary.LABELS["achieved"]))
        ),
        object=tincan.Activity(
            id=f"{vocabulary.DECLIC}/activities/{ACTIVITY}/goals/sent",
            definition=tincan.ActivityDefinition(type=vocabulary.GOAL, name=tincan.LanguageMap({"fr": "sent"})),
        ),
        result=tincan.Result(success=True),
        context=tincan.Context(
            registration="01a2188c-f0d2-463f-ad2e-d0a9eed71146",
            platform="Déclic",
            language=own.locale,
            extensions={f"{vocabulary.DECLIC}/extensions/{name}": value for name, value in extensions.items()},
            context_activities=tincan.ContextActivities(parent=[tincan.Activity(id=course)]),
        ),
    )
    ours = ("id", "timestamp", "version")  # tincan rewrites time; the member `version` is 1.0.0 in 1.0.3
    told = {name: value for name, value in body.items() if name not in ours}
    built = {name: value for name, value in json.loads(whole.to_json("1.0.3")).items() if name not in ours}
    assert told == built


def test_a_statement_is_told_in_words(room: Room) -> None:
    room.send(room.begin("guided"), {"do": "end", "mode": "guided"})
    (row,) = (row for row in read_rows(Statement) if row["verb"].endswith("/passed"))
    told = say_statement(json.loads(row["body"]), "Monique")
    assert told == {
        "actor": "Monique",
        "verb": "a réussi",
        "object": "Ajouter",
        "result": "réussi, avec guidage, sans aide",
    }


def test_what_only_begins_is_not_said_to_be_done_without_help(room: Room) -> None:
    room.begin("guided")
    (row,) = (row for row in read_rows(Statement) if row["verb"].endswith("/initialized"))
    assert say_statement(json.loads(row["body"]))["result"] == "avec guidage"


def test_a_verb_that_nobody_defined_is_refused() -> None:
    with pytest.raises(KeyError):
        vocabulary.verb_iri("danced")
