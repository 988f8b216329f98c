"""Statements that Déclic says itself are valid, and another library reads them."""

from __future__ import annotations

import json

import pytest
import tincan

from lms.database.models import Statement
from lms.lrs import vocabulary
from lms.lrs.query import say_statement
from lms.lrs.validate import find_faults
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


def test_a_verb_that_nobody_defined_is_refused() -> None:
    with pytest.raises(KeyError):
        vocabulary.verb_iri("danced")
