"""Every statement that Déclic makes keeps to the profile that it publishes; the profile is read as JSON-LD alone."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lms.app import create_app
from lms.contract import Mode, VocabularyTerm
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Statement
from lms.learning.attempts import Who, read_attempt, start_attempt
from lms.learning.submit import Response, submit
from lms.lrs.profile import build_profile, list_foreign
from lms.lrs.validation import find_faults
from lms.people.accounts import add_organisation, add_person
from lms.settings import Settings
from tests.lrs.profile_rules import find_breaches
from tests.room import read_rows

FOREIGN = frozenset(iri for iri, _ in list_foreign())
LESSON, QUIZ = "premiers-pas/m01-lecon", "premiers-pas/m01-quiz"
EXERCISE, TRAPS = "premiers-pas/m02-exercice", "premiers-pas/p02-exercice"
MODES: tuple[Mode, ...] = ("show", "guided", "assisted", "alone")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(home=tmp_path_factory.mktemp("profile")))


@pytest.fixture(scope="module")
def statements(app: Flask) -> list[dict[str, Any]]:
    """What is said when somebody reads, answers, rehearses in every mode, is lost, is helped and falls into a trap."""
    with app.app_context():
        with transaction() as connection:
            house = add_organisation(connection, "here", "Ici")
            who = Who(house, add_person(connection, house, "Monique", ["learner"]))
        play(app, who, LESSON, "alone")
        play(app, who, QUIZ, "alone")
        play(app, who, TRAPS, "assisted")
        for mode in MODES:
            play(app, who, EXERCISE, mode)
        return [json.loads(row["body"]) for row in read_rows(Statement)]


def play(app: Flask, who: Who, name: str, mode: Mode) -> None:
    classroom = app.extensions["lms"].classroom
    attempt = start_attempt(classroom, who, name, mode)
    for response in iter_responses(app, who, name, attempt):
        given = [Response(str(uuid.uuid4()), 0, response)]
        submit(classroom, who.organisation, attempt, given, lambda _: True)


def iter_responses(app: Flask, who: Who, name: str, attempt: str) -> Iterator[dict[str, Any]]:
    """What a learner does next, asked anew after each answer."""
    activity = app.extensions["lms"].classroom.find_activity(name)
    if activity.type == "lesson":
        yield from ({"do": "next"} for _ in range(20))
    if activity.type == "quiz":
        yield from ({"answer": [letter]} for letter in "abcd")
    if activity.type != "simulation":
        return
    yield from ({"help": level} for level in ("lost", "hint", "where", "shown"))
    scenario = activity.options["scenario"]
    for _ in range(60):
        with db.engine.connect() as connection:
            now = read_attempt(connection, who.organisation, attempt)
        guide = None if now.ended else scenario.guide(now.state)
        if guide is None:
            return
        yield {"part": guide.part, "do": guide.do} | ({} if guide.value is None else {"value": guide.value})


def test_everything_that_is_said_keeps_to_the_profile(statements: list[dict[str, Any]]) -> None:
    profile = build_profile()
    for one in statements:
        assert list(find_breaches(one, profile, FOREIGN)) == [], one
        assert list(find_faults(one)) == []
    said = {one["verb"]["id"].rpartition("/")[2] for one in statements}
    assert said >= {"initialized", "experienced", "answered", "completed", "passed", "achieved", "helped"}


def test_a_statement_that_breaks_the_profile_is_noticed(statements: list[dict[str, Any]]) -> None:
    profile = build_profile()
    good = next(one for one in statements if one["verb"]["id"].endswith("/achieved"))
    assert list(find_breaches(good, profile, FOREIGN)) == []
    mode = "https://w3id.org/xapi/declic/extensions/mode"
    for change, words in (
        (lambda one: one["verb"].update(id="https://elsewhere.example/v"), "stands in no profile"),
        (lambda one: one["object"]["definition"].update(type="https://elsewhere.example/t"), "kind of activity"),
        (lambda one: one["context"]["extensions"].update({mode: "fast"}), "does not fit"),
        (lambda one: one["context"]["extensions"].update({"https://elsewhere.example/e": 1}), "stands in no profile"),
        (lambda one: one["context"].pop("registration"), "$.context.registration is missing"),
        (lambda one: one["result"].update(success=False), "$.result.success: [False] is not of [True]"),
    ):
        broken = copy.deepcopy(good)
        change(broken)
        assert any(words in told for told in find_breaches(broken, profile, FOREIGN)), words


def test_words_of_plugins_stand_in_the_profile_with_a_template() -> None:
    added = VocabularyTerm("verb", "applauded", {"fr": "a applaudi", "en": "applauded"}, "Somebody was applauded.")
    profile = build_profile([added])
    iri = "https://w3id.org/xapi/declic/verbs/applauded"
    assert iri in [one["id"] for one in profile["concepts"]]
    assert iri in [one["verb"] for one in profile["templates"]]


def test_the_profile_has_what_xapi_profiles_asks_for() -> None:
    profile = build_profile()
    assert {"@context", "id", "type", "conformsTo", "prefLabel", "definition", "versions", "author"} <= set(profile)
    names = [one["id"] for key in ("concepts", "templates", "versions") for one in profile[key]]
    assert len(names) == len(set(names))
    for one in (*profile["concepts"], *profile["templates"]):
        assert one["inScheme"] == profile["versions"][0]["id"]
        assert one["prefLabel"]["en"]
        assert one["definition"]["en"]


def test_it_is_published_at_its_own_addresses(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/vocabulary")
    assert page.status_code == 200
    assert "a réussi l&#39;étape" in page.text
    whole = client.get("/vocabulary/profile.jsonld")
    assert (whole.mimetype, whole.get_json(force=True)["id"]) == ("application/ld+json", "https://w3id.org/xapi/declic")
    one = client.get("/vocabulary/verbs/achieved", headers={"Accept": "application/ld+json"})
    assert one.get_json(force=True)["type"] == "Verb"
    assert 'id="verbs/achieved" aria-current="true"' in client.get("/vocabulary/verbs/achieved").text
    assert client.get("/vocabulary/verbs/danced").status_code == 404
