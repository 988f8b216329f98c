"""What cannot be read: no JSON, broken numbers, strange addresses. Never an unexpected error, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from lms.database.ids import new_id
from tests.web.house import EXERCISE, LESSON, House, one_event
from tests.web.markup import read_text
from tests.web.test_posted_twice import count

HEADERS = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
DEEP = "[" * 100_000
ACTOR = {"account": {"homePage": "https://example.org", "name": "x"}}
RIGHT = {"actor": ACTOR, "verb": {"id": "https://example.org/read"}, "object": {"id": "https://example.org/page"}}


def post_statements(house: House, body: str | bytes, **more: Any) -> TestResponse:
    auth = (house.here.key, house.here.secret)
    return house.visit().post("/xapi/statements", data=body, headers=HEADERS, auth=auth, **more)


NO_JSON = "Ce n'est pas du JSON."
NO_STATEMENT = "Cette déclaration xAPI n'est pas valable."
UNREADABLE = "Nous n'avons pas compris ce qui a été envoyé."


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        *((text, NO_JSON) for text in ("", "Bonjour", "{", '{"actor": }', "{'actor': 1}")),
        *((text, NO_STATEMENT) for text in ("null", '"a"', "7", '{"a": NaN}', "{}")),
        (DEEP, UNREADABLE),
        (b"\xff\xfe", UNREADABLE),
    ],
)
def test_a_statement_that_is_not_json_is_refused_with_a_sentence(
    house: House, body: str | bytes, sentence: str
) -> None:
    before = count(house, "statement")
    answer = post_statements(house, body)
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["sentence"] == sentence
    assert error["detail"]
    assert count(house, "statement") == before


def test_one_wrong_statement_of_a_batch_refuses_all(house: House) -> None:
    before = count(house, "statement")
    answer = post_statements(house, json.dumps([RIGHT, {**RIGHT, "verb": {"id": "no address"}}]))
    assert answer.status_code == 400
    assert "verb" in answer.get_json()["error"]["detail"]
    assert count(house, "statement") == before
    assert post_statements(house, json.dumps(RIGHT)).status_code == 200
    assert count(house, "statement") == before + 1


def test_without_credential_a_machine_is_asked_for_one(house: House) -> None:
    answer = house.visit().get("/xapi/statements", headers=HEADERS)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "query", ["limit=²", "limit=-1", "limit=1e3", "since=yesterday", "agent={", "limit=" + "9" * 40]
)
def test_a_filter_that_is_not_understood_is_named(house: House, query: str) -> None:
    answer = house.visit().get(f"/xapi/statements?{query}", headers=HEADERS, auth=(house.here.key, house.here.secret))
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.get_json()["error"]["detail"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        DEEP,
        '{"events": []}',
        '{"events": "x"}',
        '{"events": [1]}',
        '{"events": [{"id": "x", "response": {}}]}',
        '{"events": [{"id": "018f0000-0000-7000-8000-000000000001", "response": []}]}',
    ],
)
def test_events_that_are_not_understood_change_nothing(house: House, body: str) -> None:
    before = count(house, "event")
    url = f"/learn/attempts/{house.here.attempts[EXERCISE]}/events"
    answer = house.as_role(house.here, "learner").post(url, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["sentence"]
    assert count(house, "event") == before


@pytest.mark.parametrize(
    "response",
    [
        {"part": None},
        {"part": ["a"], "do": {"x": 1}},
        {"part": "nobody/knows", "do": "click"},
        {"part": "pointer/x", "do": "trace", "value": {"a": [None, True]}},
        {"help": ["where"]},
        {"help": "everything"},
        {"part": "a\u0000b", "do": "type", "value": "\ud83d\ude00\u0000"},
        {},
    ],
)
def test_a_response_that_makes_no_sense_is_answered_and_harmless(house: House, response: dict[str, Any]) -> None:
    client = house.as_role(house.here, "learner")
    url = f"/learn/attempts/{house.here.attempts[EXERCISE]}"
    body = json.loads(one_event(house.here.tokens[EXERCISE])) | {"events": [{"id": new_id(), "response": response}]}
    assert client.post(f"{url}/events", json=body).status_code == 200
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("data", [{}, {"event": "x"}, {"event": "x" * 36}, {"do": "next"}])
def test_an_answer_without_its_number_is_refused(house: House, data: dict[str, str]) -> None:
    path = f"/learn/attempts/{house.here.attempts[LESSON]}"
    before = count(house, "event")
    assert house.as_role(house.here, "learner").post(path, data=data).status_code == 400
    assert count(house, "event") == before


@pytest.mark.parametrize("data", [{"do": "jump"}, {"do": "next", "step": "99"}, {"step": "²"}, {"do": ["a", "b"]}])
def test_an_answer_that_fits_no_step_leaves_the_lesson_where_it_was(house: House, data: dict[str, Any]) -> None:
    path, client = f"/learn/attempts/{house.here.attempts[LESSON]}", house.as_role(house.here, "learner")
    assert client.post(path, data={"event": new_id(), **data}).status_code == 302
    assert "Étape 1 sur" in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("number", ["²", "-1", "9" * 40, "x", "", "1 OR 1", "%00"])
def test_a_number_in_an_address_that_is_none_counts_as_none(house: House, number: str) -> None:
    expected = (200, 400) if number == "%00" else (200,)
    learner, trainer = house.as_role(house.here, "learner"), house.as_role(house.here, "trainer")
    assert learner.get(f"/learn/nudges?after={number}").status_code in expected
    assert trainer.get(f"/teach/statements?before={number}").status_code in expected


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/core/../security.py",
        "/static/x/core/..%2f..%2fapp.py",
        "/static/x/core/%2e%2e/%2e%2e/app.py",
        "/static/x/simulator/pointer/mechanics.py",
        "/static/x/simulator/pointer/simulator.yaml",
        "/static/x/core//etc/passwd",
        "/static/x/core/",
        "/static/x/core",
        "/static/x/nowhere/page.js",
        "/static/x/theme/default/../../templates/layout.html",
        "/static/x/audio/../secret.key",
        "/static/x/core/%00.js",
        "/pictograms/..%2f..%2fmark.svg",
        "/pictograms/%00.svg",
        "/pictograms/nothing.svg",
        "/c/%00",
        "/learn/begin/%00",
        "/learn/begin/no/such",
        "/learn/attempts/%2e%2e",
        "/no/such/page",
    ],
)
def test_addresses_of_nothing_are_told_so(house: House, path: str) -> None:
    answer = house.as_role(house.here, "learner").get(path)
    assert answer.status_code in (400, 404), path
    assert "Revenir à l'accueil" in read_text(answer.get_data(as_text=True))


def test_a_name_with_a_character_that_no_database_keeps_is_refused_and_given_back(house: House) -> None:
    client, before = house.as_role(house.here, "trainer"), count(house, "person")
    path = f"/teach/workshops/{house.here.workshop.id}/learners"
    answer = client.post(path, data={"names": "Anne\nJe\0an"})
    assert answer.status_code == 400
    assert "Anne" in read_text(answer.get_data(as_text=True))
    assert count(house, "person") == before


@pytest.mark.parametrize("date", ["demain", "2026-13-40", "0026-01-01", "9999-12-31", "2026-02-30T10:00", ""])
def test_a_date_that_is_none_says_so_and_stays_in_the_field(house: House, date: str) -> None:
    client, page = house.as_role(house.here, "trainer"), f"/teach/workshops/{house.here.workshop.id}"
    before = count(house, "workshop_date")
    answer = client.post(f"{page}/dates", data={"date": date})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Écrivez la date : jour, mois, année." in text or "Regardez l'année" in read_text(text)
    assert f'value="{date}"' in text
    assert count(house, "workshop_date") == before


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("  \n ,;", "Écrivez au moins un prénom."),
        ("Anne\nanne@example.org", "Écrivez seulement le prénom, sans numéro."),
        ("Anne\nJean 06 12 34 56 78", "Écrivez seulement le prénom, sans numéro."),
        (
            "\n".join(f"Prénom{'abcdefghij'[at % 10]}" for at in range(201)),
            "La liste est longue : 200 prénoms au plus.",
        ),
    ],
)
def test_a_list_that_is_not_only_first_names_is_given_back_whole(house: House, names: str, said: str) -> None:
    client, before = house.as_role(house.here, "trainer"), count(house, "person")
    path = f"/teach/workshops/{house.here.workshop.id}/learners"
    text = client.post(path, data={"names": names}).get_data(as_text=True)
    assert said in read_text(text)
    assert names.strip() in text
    assert count(house, "person") == before
