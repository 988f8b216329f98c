"""Agents and activities: xAPI 1.0.3, part 3, 2.4 and 2.5."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lms.lrs.definitions import find_activities, merge_definitions
from lms.lrs.people import hash_agent
from lms.lrs.vocabulary import EXERCISE, activity_iri
from tests.lrs.partner import Partner, add_partner, tell_fault
from tests.lrs.test_limits import open_key

ACCOUNT = {"homePage": "https://example.org/", "name": "42"}
IRI = "https://example.org/activities/one"
ROOT = Path(__file__).parents[2]


def statement(**definition: Any) -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:sally@example.org"},
        "verb": {"id": "http://example.org/v"},
        "object": {"id": IRI, "definition": definition},
    }


@pytest.mark.parametrize(
    "agent",
    [
        {"mbox": "mailto:sally@example.org", "name": "Sally"},
        {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
        {"openid": "https://sally.example.org/", "objectType": "Agent"},
        {"account": ACCOUNT},
    ],
)
def test_a_person_is_the_agent_with_arrays(partner: Partner, agent: dict[str, Any]) -> None:
    answer = partner.ask("GET", "agents", query_string={"agent": json.dumps(agent)})
    wanted = {name: [value] for name, value in agent.items() if name != "objectType"}
    assert (answer.status_code, answer.get_json()) == (200, {"objectType": "Person", **wanted})
    etag = answer.headers["ETag"]
    known = partner.ask("GET", "agents", query_string={"agent": json.dumps(agent)}, headers={"If-None-Match": etag})
    assert (known.status_code, known.data) == (304, b"")


def test_who_is_the_same_agent() -> None:
    sally = hash_agent({"mbox": "mailto:sally@example.org"})
    assert hash_agent({"name": "S", "mbox": "mailto:sally@Example.org"}) == sally
    assert hash_agent({"mbox": "mailto:Sally@example.org"}) != sally
    assert hash_agent({"account": {"name": "42", "homePage": "https://example.org/"}}) == hash_agent(
        {"account": ACCOUNT}
    )


def test_an_activity_tells_all_that_statements_said_of_it(each_partner: Partner) -> None:
    asked = {"activityId": IRI}
    assert each_partner.ask("GET", "activities", query_string=asked).get_json() == {"objectType": "Activity", "id": IRI}
    each_partner.keep(
        statement(name={"en-US": "One", "fr-FR": "Un"}, type="http://example.org/t", extensions={"http://e.org/a": 1}),
        statement(name={"en-US": "First"}, extensions={"http://e.org/b": [2]}),
    )
    for _ in range(2):  # what is known already changes nothing
        each_partner.keep(statement(description={"fr-FR": "Le premier"}, moreInfo="http://example.org/more"))
    assert each_partner.ask("GET", "activities", query_string=asked).get_json() == {
        "objectType": "Activity",
        "id": IRI,
        "definition": {
            "name": {"en-US": "First", "fr-FR": "Un"},
            "description": {"fr-FR": "Le premier"},
            "type": "http://example.org/t",
            "moreInfo": "http://example.org/more",
            "extensions": {"http://e.org/a": 1, "http://e.org/b": [2]},
        },
    }
    other = add_partner(each_partner.app)
    assert "definition" not in other.ask("GET", "activities", query_string=asked).get_json()


def test_only_who_may_define_changes_what_is_known_of_an_activity(each_partner: Partner) -> None:
    def say(who: Partner, name: str) -> str:
        (kept,) = who.keep(statement(name={"fr": name}))
        shown = who.ask("GET", query_string={"statementId": kept}).get_json()
        assert shown["object"]["definition"] == {"name": {"fr": name}}, "the statement says what it said"
        known = each_partner.ask("GET", "activities", query_string={"activityId": IRI}).get_json()
        return str(known["definition"]["name"]["fr"])

    writer = open_key(each_partner, "statements/write", "statements/read")
    definer = open_key(each_partner, "statements/write", "statements/read", "define")
    assert [say(each_partner, "one"), say(writer, "two"), say(definer, "three")] == ["one", "one", "three"]


def test_what_is_known_is_noticed_again_after_it_was_said_otherwise(partner: Partner) -> None:
    for name in ("One", "One", "First", "First", "One"):
        partner.keep(statement(name={"en": name}))
        found = partner.ask("GET", "activities", query_string={"activityId": IRI}).get_json()
        assert found["definition"]["name"] == {"en": name}


def keep_elsewhere(partner: Partner, folder: Path, one: dict[str, Any]) -> None:
    """Another process of the same instance keeps it."""
    file = folder / "one.ndjson"
    file.write_text(json.dumps(one), encoding="utf-8")
    settings = partner.app.extensions["lms"].settings
    environ = os.environ | {"LMS_HOME": str(settings.home), "LMS_DATABASE_URL": settings.database_url}
    command = [str(Path(sys.executable).parent / "lms"), "statements", "import", str(file), "--partner", "Partenaire"]
    subprocess.run([*command, "--organisation", partner.slug], env=environ, cwd=ROOT, check=True, capture_output=True)


def test_what_another_process_said_otherwise_meanwhile_is_not_taken_for_what_is_known(
    each_partner: Partner, tmp_path: Path
) -> None:
    for _ in range(3):
        each_partner.keep(statement(name={"en": "One"}))
    keep_elsewhere(each_partner, tmp_path, statement(name={"en": "First"}))
    assert find_name(each_partner) == {"en": "First"}
    each_partner.keep(statement(name={"en": "One"}))
    assert find_name(each_partner) == {"en": "One"}


def find_name(partner: Partner) -> Any:
    return partner.ask("GET", "activities", query_string={"activityId": IRI}).get_json()["definition"]["name"]


def test_a_statement_that_is_refused_teaches_nothing(partner: Partner) -> None:
    assert partner.ask("POST", json=[statement(name={"en": "One"}), {}]).status_code == 400
    assert "definition" not in partner.ask("GET", "activities", query_string={"activityId": IRI}).get_json()


def test_of_our_own_exercises_we_know_best(partner: Partner) -> None:
    own = activity_iri("premiers-pas/m01-lecon")
    found = partner.ask("GET", "activities", query_string={"activityId": own}).get_json()
    assert found["definition"]["type"] == EXERCISE
    assert {"fr", "en"} <= set(found["definition"]["name"])
    told = {**statement(), "object": {"id": own, "definition": {"name": {"fr": "Autre", "de": "Eins"}}}}
    partner.keep(told)
    named = partner.ask("GET", "activities", query_string={"activityId": own}).get_json()["definition"]["name"]
    assert named == {**found["definition"]["name"], "de": "Eins"}
    for unknown in (activity_iri("premiers-pas/zzz"), activity_iri("zzz/m01"), activity_iri("premiers-pas")):
        assert "definition" not in partner.ask("GET", "activities", query_string={"activityId": unknown}).get_json()


def test_every_activity_of_a_statement_is_found() -> None:
    inner = {
        "objectType": "SubStatement",
        "object": {"id": "c"},
        "context": {"contextActivities": {"other": {"id": "d"}}},
    }
    whole = {"object": inner, "context": {"contextActivities": {"parent": [{"id": "a"}, {"id": "b"}]}}}
    assert [one["id"] for one in find_activities(whole)] == ["c", "d", "a", "b"]
    assert list(find_activities({"object": {"objectType": "StatementRef", "id": "x"}})) == []


def test_the_newest_word_counts_and_maps_are_merged() -> None:
    kept = {"type": "a", "name": {"en": "1", "fr": "2"}, "choices": [{"id": "x"}]}
    assert merge_definitions(kept, {"type": "b", "name": {"en": "3"}, "choices": []}) == {
        "type": "b",
        "name": {"en": "3", "fr": "2"},
        "choices": [],
    }


@pytest.mark.parametrize(
    ("path", "words", "asked"),
    [
        ("agents", "agent: this parameter", {}),
        ("agents", "agent: exactly one of", {"agent": "{}"}),
        ("agents", "agent.objectType", {"agent": '{"objectType":"Group","mbox":"mailto:a@e.org"}'}),
        ("agents", "Agent: unknown parameter", {"Agent": "{}"}),
        ("activities", "activityId: this parameter", {}),
        ("activities", "activityId: an IRI", {"activityId": "true"}),
        ("activities", "activityid: unknown parameter", {"activityid": IRI}),
    ],
)
def test_a_wrong_parameter_is_named(partner: Partner, path: str, words: str, asked: dict[str, str]) -> None:
    answer = partner.ask("GET", path, query_string=asked)
    assert (answer.status_code, words in tell_fault(answer)) == (400, True), answer.text
    assert partner.ask("PUT", path, query_string=asked).status_code == 405
