"""What was recorded is found by who, what and when; one attempt is followed; nobody sees more than is his."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lms.lrs.query import say_statement
from lms.lrs.vocabulary import CODE, HELP, MODE
from tests.web.house import EXERCISE, LESSON, House
from tests.web.markup import read_text

VERSION = {"X-Experience-API-Version": "1.0.3"}


def ask(house: House, role: str, **filters: str) -> str:
    answer = house.as_role(house.here, role).get("/teach/statements", query_string=filters)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def count(page: str) -> int:
    return page.count('<th scope="row">')


def test_a_trainer_finds_by_who_did_what_on_which_day(house: House) -> None:
    monique, samuel = house.here.learners
    assert count(ask(house, "trainer")) == 3
    assert count(ask(house, "trainer", who=monique.person)) == 3
    assert count(ask(house, "trainer", who=samuel.person)) == 0
    assert count(ask(house, "trainer", did="initialized")) == 3
    assert count(ask(house, "trainer", did="passed")) == 0
    assert count(ask(house, "trainer", what="premiers-pas")) == 3
    assert count(ask(house, "trainer", what="accompagner")) == 0
    assert count(ask(house, "trainer", day="2020-01-01")) == 0
    assert count(ask(house, "trainer", day="no day", did="no verb", before="x")) == 3


def test_one_attempt_is_followed_from_its_beginning(house: House) -> None:
    attempt = house.here.attempts[EXERCISE]
    assert f"/teach/statements?attempt={attempt}" in ask(house, "trainer")
    page = read_text(ask(house, "trainer", attempt=attempt))
    assert house.here.learners[0].label in page
    assert "a commencé" in page
    other = house.there.attempts[LESSON]
    assert count(ask(house, "trainer", attempt=other)) == 0
    assert "Suivre" not in ask(house, "trainer", attempt=other)


def test_a_trainer_never_finds_people_of_another_group_or_a_partners_words(house: House) -> None:
    stranger = house.others.learners[0].person
    assert count(ask(house, "trainer", who=stranger)) == 0
    post_as_partner(house)
    assert "exemple-de-partenaire" not in ask(house, "trainer", voice=house.here.key)


def post_as_partner(house: House, **more: Any) -> None:
    body = {
        "actor": {"mbox": "mailto:someone@example.org"},
        "verb": {"id": "http://example.org/v"},
        "object": {"id": "http://example.org/exemple-de-partenaire"},
        **more,
    }
    client, auth = house.visit(), (house.here.key, house.here.secret)
    assert client.post("/xapi/statements", json=body, auth=auth, headers=VERSION).status_code == 200


def test_an_administrator_sees_the_house_and_who_said_it(house: House) -> None:
    post_as_partner(house)
    page = ask(house, "administrator")
    assert "exemple-de-partenaire" in page
    assert "dit par Partenaire" in page
    assert house.others.learners[0].person in page, "every learner of the house can be chosen"
    assert count(ask(house, "administrator", voice=house.here.key)) == 1
    assert "exemple-de-partenaire" not in ask(house, "administrator", voice="declic")
    assert house.there.learners[0].person not in page


@pytest.mark.parametrize(
    "instant",
    ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"],
)
def test_a_partner_with_a_clock_out_of_the_calendar_closes_the_page_to_nobody(house: House, instant: str) -> None:
    post_as_partner(house, timestamp=instant)
    assert "exemple-de-partenaire" in ask(house, "administrator")


@pytest.mark.parametrize("value", [[], {}, {"a": []}, None, 7, True, "elsewhere"])
def test_what_a_partner_puts_where_we_say_how_it_went_is_told_or_left_out(house: House, value: Any) -> None:
    post_as_partner(house, context={"extensions": {MODE: value, HELP: value, CODE: value}})
    page = ask(house, "administrator")
    assert "exemple-de-partenaire" in page
    told = say_statement({"context": {"extensions": {HELP: value, MODE: value}}})
    assert told["result"] == "", json.dumps(value)


def test_the_first_and_the_last_day_are_days(house: House) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        assert count(ask(house, "administrator", day=day)) == 0
