"""A credential for some learners, some courses, or its own words alone; tokens."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import GroupMember
from lms.database.rows import table
from lms.lrs.building import build_authority
from lms.lrs.store import Entry, store_entries
from lms.partners.credentials import Limits, add_key, read_credentials
from lms.people.accounts import add_person
from lms.people.workshops import add_learners, add_workshop, read_learners, read_workshop
from tests.lrs.partner import Partner, tell_fault

IDENTITY = "https://declic.invalid/o/"
OWN = "https://w3id.org/xapi/declic/activities"


@pytest.fixture
def groups(each_partner: Partner) -> dict[str, str]:
    """Group id → a learner of it; each learner was said something of, in two courses."""
    partner, found = each_partner, {}
    with partner.app.app_context(), transaction() as connection:
        trainer = add_person(connection, partner.organisation, "Claire", ["trainer"])
        for name in ("Lundi", "Mardi"):
            made = add_workshop(connection, partner.organisation, trainer, name, "premiers-pas")
            workshop = read_workshop(connection, partner.organisation, trainer, made)
            add_learners(connection, workshop, ["Monique"])
            person = read_learners(connection, partner.organisation, workshop.group)[0].person
            found[workshop.group] = person
            say(connection, partner, person)
    return found


def say(connection: Any, partner: Partner, person: str) -> None:
    """What Déclic itself says of a learner, in two courses."""
    from lms.database.ids import new_xapi_id
    from lms.database.terms import find_terms

    for course in ("premiers-pas", "accompagner"):
        body = build(partner, person) | {
            "id": new_xapi_id(),
            "object": {"id": f"{OWN}/{course}/m01"},
            "context": {"contextActivities": {"parent": [{"id": f"{OWN}/{course}"}]}},
            "timestamp": "2026-11-26T08:00:00.000Z",
            "version": "1.0.0",
        }
        agent = build_authority(IDENTITY, partner.organisation)
        entry = Entry(
            id=body["id"],
            happened=now(),
            verb=body["verb"]["id"],
            object_id=body["object"]["id"],
            body=json.dumps(body),
            authority="declic",
            authority_agent=agent,
            person=person,
            terms=find_terms(body),
        )
        store_entries(connection, partner.organisation, [entry])


def build(partner: Partner, person: str) -> dict[str, Any]:
    return {
        "actor": {"account": {"homePage": f"{IDENTITY}{partner.organisation}", "name": person}},
        "verb": {"id": "http://example.org/v"},
        "object": {"id": "http://example.org/o"},
    }


def open_key(partner: Partner, *scopes: str, **more: Any) -> Partner:
    """The same partner with one more credential."""
    with partner.app.app_context(), transaction() as connection:
        first = read_credentials(connection, partner.organisation)[0].partner
        key, secret = add_key(connection, partner.organisation, first, scopes or ("all",), **more)
    return replace(partner, key=key, secret=secret)


def read_who(partner: Partner, **filters: Any) -> set[tuple[str, str]]:
    """(learner, course) of what it reads."""
    return {
        (one["actor"]["account"]["name"], one["object"]["id"].removeprefix(f"{OWN}/").partition("/")[0])
        for one in partner.read(**filters)
    }


def test_a_credential_for_a_group_reads_what_its_learners_did_and_what_it_said(
    each_partner: Partner, groups: dict[str, str]
) -> None:
    (group, person), (_, other) = groups.items()
    limited = open_key(each_partner, limits=Limits(groups=frozenset({group})))
    both = {(person, "premiers-pas"), (person, "accompagner")}
    assert read_who(limited) == both
    assert read_who(limited, verb="http://example.org/v", ascending="true") == both
    assert read_who(each_partner) == both | {(other, "premiers-pas"), (other, "accompagner")}
    (own,) = limited.keep(build(limited, person))
    assert own in [one["id"] for one in limited.read()]
    hidden = next(one["id"] for one in each_partner.read() if one["actor"]["account"]["name"] == other)
    assert limited.ask("GET", query_string={"statementId": hidden}).status_code == 404
    assert limited.ask("GET", query_string={"statementId": own}).status_code == 200


def test_it_writes_of_its_own_learners_alone(each_partner: Partner, groups: dict[str, str]) -> None:
    (group, person), (_, other) = groups.items()
    limited = open_key(each_partner, limits=Limits(groups=frozenset({group})))
    before = len(each_partner.read())
    answer = limited.ask("POST", json=[build(limited, person), build(limited, other)])
    assert (answer.status_code, tell_fault(answer).partition(":")[0]) == (403, "[1].actor")
    assert len(each_partner.read()) == before
    for who, status in ((person, 204), (other, 403)):
        about = {"agent": json.dumps(build(limited, who)["actor"]), "activityId": "http://e.org/a", "stateId": "s"}
        headers = {"Content-Type": "application/json"}
        asked = limited.ask("PUT", "activities/state", query_string=about, data="{}", headers=headers)
        assert asked.status_code == status
        read = limited.ask("GET", "activities/state", query_string=about)
        assert read.status_code == {204: 200, 403: 403}[status]


def test_a_credential_for_a_course_reads_of_that_course_alone(each_partner: Partner, groups: dict[str, str]) -> None:
    group, person = next(iter(groups.items()))
    limited = open_key(each_partner, limits=Limits(courses=frozenset({"accompagner"})))
    assert {course for _, course in read_who(limited)} == {"accompagner"}
    narrow = open_key(each_partner, limits=Limits(frozenset({group}), frozenset({"accompagner"})))
    assert read_who(narrow) == {(person, "accompagner")}


def test_read_mine_gives_its_own_words_alone(each_partner: Partner, groups: dict[str, str]) -> None:
    mine = open_key(each_partner, "statements/read/mine", "statements/write")
    assert mine.read() == []
    (own,) = mine.keep(build(mine, "somebody"))
    each_partner.keep(build(each_partner, "somebody else"))
    assert [one["id"] for one in mine.read()] == [own]
    assert open_key(each_partner, "statements/write").ask("GET").status_code == 403


def test_read_mine_does_not_give_what_others_say_of_its_words(each_partner: Partner) -> None:
    mine = open_key(each_partner, "statements/read/mine", "statements/write")
    (own,) = mine.keep(build(mine, "somebody"))
    (theirs,) = each_partner.keep(build(each_partner, "somebody else"))
    vouching = mine.read()[0]["authority"]
    each_partner.keep(
        build(each_partner, "gossip") | {"object": point_at(own)},
        build(each_partner, "naming") | {"context": {"instructor": vouching}},
    )
    (pointing,) = mine.keep(build(mine, "asker") | {"object": point_at(theirs)})
    assert [one["id"] for one in mine.read()] == [pointing, own]
    assert [one["id"] for one in mine.read(ascending="true", verb="http://example.org/v")] == [own, pointing]
    told = build(each_partner, "somebody else")["actor"]
    assert mine.read(agent=json.dumps(told)) == [], "what may not be read is not found through what points at it"
    assert len(each_partner.read()) == 5


def point_at(statement: str) -> dict[str, str]:
    return {"objectType": "StatementRef", "id": statement}


def test_a_limit_holds_for_what_points_at_what_may_be_read(each_partner: Partner, groups: dict[str, str]) -> None:
    (group, person), (_, other) = groups.items()
    limited = open_key(each_partner, limits=Limits(groups=frozenset({group})))
    (own, *_) = limited.read(verb="http://example.org/v")
    assert own["actor"]["account"]["name"] == person
    (hidden,) = each_partner.keep(build(each_partner, other) | {"object": point_at(own["id"])})
    assert hidden not in [one["id"] for one in limited.read()]
    assert limited.ask("GET", query_string={"statementId": hidden}).status_code == 404


def test_an_activity_is_described_only_to_who_reads_a_statement_of_it(
    each_partner: Partner, groups: dict[str, str]
) -> None:
    (_, other), (group, person) = groups.items()
    described = {"object": {"id": "http://example.org/described", "definition": {"name": {"fr": "Chez nous"}}}}
    each_partner.keep(build(each_partner, other) | described)
    limited = [
        open_key(each_partner, "statements/read/mine", "statements/write"),
        open_key(each_partner, limits=Limits(groups=frozenset({group}))),
        open_key(each_partner, limits=Limits(courses=frozenset({"accompagner"}))),
    ]
    wanted = {"activityId": "http://example.org/described"}

    def ask() -> list[Any]:
        return [one.ask("GET", "activities", query_string=wanted).get_json().get("definition") for one in limited]

    assert ask() == [None] * 3
    for one in limited:
        one.keep(build(one, person) | {"object": {"id": wanted["activityId"]}})
    assert ask() == [described["object"]["definition"]] * 3


def test_a_token_opens_every_resource_that_its_scope_names(each_partner: Partner) -> None:
    def ask(**form: str) -> Any:
        return each_partner.ask("POST", "oauth/token", data=form, headers={"Content-Type": None})

    answer = ask(grant_type="client_credentials", scope="statements/read")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    bearer = {"Authorization": f"Bearer {answer.get_json()['access_token']}"}
    assert each_partner.ask("GET", auth=None, headers=bearer).status_code == 200
    assert each_partner.ask("POST", auth=None, headers=bearer, json=build(each_partner, "x")).status_code == 403
    wrong = {"Authorization": bearer["Authorization"] + "x"}
    refused = each_partner.ask("GET", auth=None, headers=wrong)
    assert refused.status_code == 401
    assert "Bearer" in refused.headers["WWW-Authenticate"]
    for code, form in (
        ("unsupported_grant_type", {"grant_type": "password"}),
        ("invalid_scope", {"grant_type": "client_credentials", "scope": "everything"}),
    ):
        answer = ask(**form)
        assert (answer.status_code, answer.get_json()["error"]) == (400, code)
    stranger = replace(each_partner, secret="wrong")
    answer = stranger.ask(
        "POST", "oauth/token", data={"grant_type": "client_credentials"}, headers={"Content-Type": None}
    )
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")


def test_a_group_of_hundreds_is_a_limit_like_any_other(each_partner: Partner, groups: dict[str, str]) -> None:
    (group, person), (_, other) = groups.items()
    with each_partner.app.app_context(), transaction() as connection:
        for _ in range(600):
            somebody = add_person(connection, each_partner.organisation, "Monique", ["learner"])
            enrol(connection, each_partner.organisation, group, somebody)
    limited = open_key(each_partner, limits=Limits(frozenset({group}), frozenset({"accompagner"})))
    assert read_who(limited) == {(person, "accompagner")}
    (own,) = limited.keep(build(limited, person))
    assert own in [one["id"] for one in limited.read(limit=2)]
    assert read_who(limited, agent=json.dumps(build(limited, other)["actor"])) == set()


def enrol(connection: Any, organisation: str, group: str, person: str) -> None:
    member = {"organisation_id": organisation, "group_id": group, "person_id": person, "part": "learner"}
    connection.execute(insert(table(GroupMember)), member | {"changed": 1, "origin": "here", "deleted_at": None})
