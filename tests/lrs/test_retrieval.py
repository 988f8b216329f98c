"""GET statements: filters and all their combinations, statements that point at others, formats, pages, headers."""

from __future__ import annotations

import itertools
import json
import uuid
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from lms.database.bulk import pack
from lms.database.clock import from_iso
from lms.lrs.kept import _KEPT
from lms.lrs.retrieval import _build_keys
from tests.lrs.partner import Partner, tell_fault

SALLY, BOB, TEAM = (
    {"mbox": "mailto:sally@example.org"},
    {"openid": "https://bob.example.org"},
    {"mbox": "mailto:t@e.org"},
)
DID, SAW = {"id": "https://example.org/did"}, {"id": "https://example.org/saw"}
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
ONE, TWO = {"id": "https://example.org/one"}, {"id": "https://example.org/two"}
PLAIN: dict[str, Any] = {"actor": SALLY, "verb": DID, "object": ONE}
THROUGH = "X-Experience-API-Consistent-Through"


def refer(target: str, **more: Any) -> dict[str, Any]:
    return {"actor": BOB, "verb": SAW, "object": {"objectType": "StatementRef", "id": target}, **more}


def ids(partner: Partner, **filters: Any) -> list[str]:
    if "agent" in filters:
        filters["agent"] = json.dumps(filters["agent"])
    return [one["id"] for one in partner.read(ascending="true", **filters)]


def test_each_filter_finds_what_the_specification_says(each_partner: Partner) -> None:
    registration = str(uuid.uuid4())
    group = {"objectType": "Group", "member": [BOB, {**SALLY, "name": "Sally"}]}
    context = {
        "registration": registration.upper(),
        "instructor": {"objectType": "Group", **TEAM, "member": [{"mbox": "mailto:in@e.org"}]},
        "contextActivities": {"grouping": TWO},
    }
    inner = {"objectType": "SubStatement", "actor": BOB, "verb": SAW, "object": TWO}
    plain, grouped, whole, about, sub = each_partner.keep(
        PLAIN,
        {**PLAIN, "actor": group},
        {**PLAIN, "context": context, "verb": SAW},
        {**PLAIN, "actor": BOB, "object": {"objectType": "Agent", "mbox": "mailto:sally@EXAMPLE.org"}},
        {**PLAIN, "object": inner},
    )
    everything = [plain, grouped, whole, about, sub]
    assert ids(each_partner) == everything
    assert ids(each_partner, agent=SALLY) == everything
    assert ids(each_partner, agent=BOB) == [grouped, about]
    assert ids(each_partner, agent=BOB, related_agents="true") == [grouped, about, sub]
    assert ids(each_partner, agent=TEAM) == []
    assert ids(each_partner, agent={"objectType": "Group", **TEAM}, related_agents="true") == [whole]
    assert ids(each_partner, agent={"mbox": "mailto:in@e.org"}, related_agents="true") == [whole]
    authority = each_partner.read(limit=1)[0]["authority"]
    assert ids(each_partner, agent=authority) == []
    assert ids(each_partner, agent=authority, related_agents="true") == everything
    assert ids(each_partner, verb=SAW["id"]) == [whole]
    assert ids(each_partner, activity=ONE["id"]) == [plain, grouped, whole]
    assert ids(each_partner, activity=TWO["id"]) == []
    assert ids(each_partner, activity=TWO["id"], related_activities="true") == [whole, sub]
    assert ids(each_partner, registration=registration) == [whole]
    assert ids(each_partner, agent=BOB, verb=DID["id"], activity=ONE["id"]) == [grouped]
    assert ids(each_partner, agent=BOB, related_agents="true", activity=TWO["id"], related_activities="true") == [sub]
    stored = {one["id"]: one["stored"] for one in each_partner.read()}
    assert ids(each_partner, since=stored[grouped]) == [whole, about, sub]
    assert ids(each_partner, until=stored[grouped]) == [plain, grouped]
    assert ids(each_partner, agent=SALLY, since=stored[plain], until=stored[whole]) == [grouped, whole]
    assert [one["id"] for one in each_partner.read()] == everything[::-1]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_a_statement_is_found_by_what_it_points_at_whichever_came_first(
    each_partner: Partner, order: tuple[int, ...]
) -> None:
    first, second, third = (str(uuid.uuid4()) for _ in range(3))
    chain = [{**PLAIN, "id": first}, refer(first, id=second), refer(second.upper(), id=third)]
    for at in order:
        each_partner.keep(chain[at])
    wanted = [(first, second, third)[at] for at in order]
    assert ids(each_partner, agent=SALLY) == ids(each_partner, activity=ONE["id"]) == wanted
    assert ids(each_partner, verb=SAW["id"]) == [name for name in wanted if name != first]


def test_all_filters_must_fit_one_statement_of_a_chain(each_partner: Partner) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    each_partner.keep({**PLAIN, "id": first}, refer(first, id=second), *[PLAIN] * 3)
    assert ids(each_partner, verb=SAW["id"], agent=BOB) == [second]
    assert ids(each_partner, verb=SAW["id"], agent=SALLY) == []
    assert ids(each_partner, verb=DID["id"], agent=SALLY)[:2] == [first, second]
    page = each_partner.ask("GET", query_string={"verb": DID["id"], "activity": ONE["id"], "limit": 2}).get_json()
    assert (len(page["statements"]), bool(page["more"])) == (2, True)


def test_a_circle_of_references_ends(each_partner: Partner) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    each_partner.keep(refer(second, id=first), refer(first, id=second), refer(first, verb=DID))
    assert len(ids(each_partner, verb=SAW["id"])) == 3


def test_a_voided_statement_is_hidden_but_what_points_at_it_is_found_by_it(each_partner: Partner) -> None:
    target, pointer, voiding = (str(uuid.uuid4()) for _ in range(3))
    each_partner.keep({**PLAIN, "id": target}, refer(target, id=pointer))
    each_partner.keep(refer(target, id=voiding, verb=VOIDED))
    assert ids(each_partner, activity=ONE["id"]) == ids(each_partner) == [pointer, voiding]
    assert each_partner.ask("GET", query_string={"statementId": target}).status_code == 404
    found = each_partner.ask("GET", query_string={"voidedStatementId": target})
    assert (found.status_code, found.get_json()["id"]) == (200, target)
    assert each_partner.ask("GET", query_string={"voidedStatementId": voiding}).status_code == 404


@pytest.mark.parametrize("filters", [{}, {"verb": DID["id"]}, {"agent": json.dumps(SALLY), "related_agents": "true"}])
def test_pages_follow_one_another_while_others_write(each_partner: Partner, filters: dict[str, str]) -> None:
    made = each_partner.keep(*[PLAIN] * 11)
    for ascending in ("true", "false"):
        found, more = list[str](), ""
        answer = each_partner.ask("GET", query_string={**filters, "limit": "4", "ascending": ascending})
        while True:
            page = answer.get_json()
            found += [one["id"] for one in page["statements"]]
            if not (more := page["more"]):
                break
            if ascending == "false":
                each_partner.keep(PLAIN)  # newer than the page: not part of this reading
            assert more.startswith("/xapi/statements?")
            answer = each_partner.ask("GET", more)
        assert found[:11] == (made if ascending == "true" else made[::-1])
        assert len(found) == len(set(found)) == 11


WRONG = [
    ("limit", "-1"), ("limit", "x"), ("format", "all"), ("ascending", "yes"), ("related_agents", "1"),
    ("related_activities", ""), ("attachments", "x"), ("since", "yesterday"), ("until", "2026-11-26T10:00:00-00:00"),
    ("verb", "did"), ("activity", "one"), ("registration", "x"), ("agent", "x"), ("agent", "[]"), ("agent", "{}"),
    ("agent", '{"mbox":"x"}'), ("agent", '{"objectType":"Group","member":[{"mbox":"mailto:a@b.org"}]}'),
    ("cursor", "x"), ("cursor", "٣.x"), ("statementId", "x"), ("voidedStatementId", "x"),
    ("agent", "[" * 5000),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG, ids=[f"{name} {value[:20]!a}" for name, value in WRONG])
def test_a_value_that_is_none_is_named(partner: Partner, name: str, value: str) -> None:
    answer = partner.ask("GET", query_string={name: value})
    assert answer.status_code == 400, answer.text
    assert tell_fault(answer).startswith(name)
    assert from_iso(answer.headers[THROUGH])


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize("other", ["agent", "verb", "limit", "ascending", "since", "voidedStatementId", "statementId"])
def test_one_statement_is_asked_for_alone(partner: Partner, name: str, other: str) -> None:
    if name != other:
        answer = partner.ask("GET", query_string={name: str(uuid.uuid4()), other: "1"})
        assert answer.status_code == 400
    shown = {name: str(uuid.uuid4()), "format": "ids", "attachments": "false"}
    assert partner.ask("GET", query_string=shown).status_code == 404


DEFINED = {**ONE, "definition": {"name": {"fr": "Une", "en-US": "One", "de": "Eins"}, "description": {"en": "The one"}}}
SPOKEN = {**DID, "display": {"en": "did", "fr-CA": "a fait"}}


@pytest.mark.parametrize(
    ("languages", "name", "verb"),
    [
        ("fr", "fr", "fr-CA"),
        ("en-US,en;q=0.5", "en-US", "en"),
        ("en", "en-US", "en"),
        ("es, de;q=0.9, fr;q=0.8", "de", "fr-CA"),
        ("", "fr", "en"),
        ("*", "fr", "en"),
    ],
)
def test_canonical_chooses_one_language(partner: Partner, languages: str, name: str, verb: str) -> None:
    inner = {"objectType": "SubStatement", "actor": SALLY, "verb": SPOKEN, "object": DEFINED}
    context = {"contextActivities": {"parent": [DEFINED]}}
    made = partner.keep({**PLAIN, "verb": SPOKEN, "object": DEFINED}, {**PLAIN, "object": inner, "context": context})
    for at, one in enumerate(made):
        asked = {"statementId": one, "format": "canonical"}
        found = partner.ask("GET", query_string=asked, headers={"Accept-Language": languages}).get_json()
        about = (found["object"], found["object"].get("object"))[at]
        assert list(about["definition"]["name"]) == [name]
        assert list((found["verb"], found["object"].get("verb"))[at]["display"]) == [verb]
        if at:
            assert list(found["context"]["contextActivities"]["parent"][0]["definition"]["name"]) == [name]
    exact = partner.ask("GET", query_string={"statementId": made[0]}, headers={"Accept-Language": languages}).get_json()
    assert exact["object"] == DEFINED


def test_canonical_knows_what_other_statements_said(partner: Partner) -> None:
    partner.keep({**PLAIN, "object": DEFINED})
    (made,) = partner.keep(PLAIN)
    found = partner.ask("GET", query_string={"statementId": made, "format": "canonical"}).get_json()
    assert found["object"]["definition"]["name"] == {"fr": "Une"}
    assert found["actor"] == SALLY


def test_ids_leave_only_what_identifies(partner: Partner) -> None:
    named = {"objectType": "Agent", **SALLY, "name": "Sally"}
    team = {"objectType": "Group", **TEAM, "name": "Team", "member": [named]}
    crowd = {"objectType": "Group", "name": "Crowd", "member": [named]}
    about = {"objectType": "Activity", **DEFINED}
    statement = {
        "actor": crowd,
        "verb": SPOKEN,
        "object": {"objectType": "SubStatement", "actor": named, "verb": SPOKEN, "object": about},
        "context": {"team": team, "contextActivities": {"other": DEFINED}},
    }
    (made,) = partner.keep(statement)
    found = partner.ask("GET", query_string={"statementId": made, "format": "ids"}).get_json()
    assert found["actor"] == {"objectType": "Group", "member": [{"objectType": "Agent", **SALLY}]}
    assert found["verb"] == found["object"]["verb"] == DID
    assert found["object"]["object"] == ONE
    assert found["context"] == {"team": {"objectType": "Group", **TEAM}, "contextActivities": {"other": [ONE]}}


def test_single_context_activities_are_returned_as_arrays_and_nothing_else_changes(partner: Partner) -> None:
    raw = (
        '{"actor": {"mbox":"mailto:sally@example.org"}, "verb":{"id":"https://example.org/did"},\n "object" :'
        '{ "objectType":"SubStatement","actor":{"mbox":"mailto:sally@example.org"},"verb":{"id":"https://example.org/did"},'
        ' "object":'
        '{"id":"a:b"}, "context":{"contextActivities": {"other" :{"id":"a:c"} } } }, "context": {"extensions":'
        '{"a:x":1.50e1},"contextActivities":{"parent": {"id":"a:\\u00e9"},"grouping":[{"id":"a:e"}]}}}'
    )
    answer = partner.ask("POST", data=raw, headers={"Content-Type": "application/json"})
    (made,) = answer.get_json()
    kept = partner.ask("GET", query_string={"statementId": made}).text
    wrapped = raw.replace('{"id":"a:c"}', '[{"id":"a:c"}]').replace('{"id":"a:\\u00e9"}', '[{"id":"a:\\u00e9"}]')
    assert kept.startswith(wrapped[:-1])


def test_2_0_moves_timestamps_to_utc_and_says_when_things_were_stored(new_partner: Partner) -> None:
    raw = json.dumps({**PLAIN, "timestamp": "2023-05-04T12:00:00.1230-05:00"})
    answer = new_partner.ask("POST", data=raw, headers={"Content-Type": "application/json"})
    (made,) = answer.get_json()
    found = new_partner.ask("GET", query_string={"statementId": made})
    told = found.get_json()
    assert (told["timestamp"], told["version"]) == ("2023-05-04T17:00:00.1230Z", "2.0.0")
    assert parsedate_to_datetime(found.headers["Last-Modified"]).timestamp() == from_iso(told["stored"]) // 1_000_000
    assert new_partner.ask("GET").headers["Last-Modified"] == found.headers["Last-Modified"]


def test_1_0_3_keeps_a_timestamp_as_it_was_sent(partner: Partner) -> None:
    partner.keep({**PLAIN, "timestamp": "2023-05-04T12:00:00.1230-05:00"}, PLAIN)
    own, sent = partner.read()
    assert sent["timestamp"] == "2023-05-04T12:00:00.1230-05:00"
    assert own["timestamp"] == own["stored"]
    assert own["version"] == "1.0.0"
    assert "Last-Modified" not in partner.ask("GET").headers


def test_a_statement_is_found_by_its_id_without_walking_through_the_house(migrated_sqlite_url: str) -> None:
    engine = create_engine(migrated_sqlite_url)
    with engine.connect() as connection:
        wanted = {"organisation": "o", "ids": pack("sqlite", ["a"])}
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {_KEPT['sqlite']}"), wanted)]
    engine.dispose()
    searched = [one for one in plan if one.startswith("SEARCH")]
    assert [one.split()[1] for one in searched] == ["k", "s"]
    assert all("id=?" in one for one in searched)


@pytest.mark.parametrize("rare", [20, 60])
def test_a_rare_agent_and_a_common_verb_are_looked_up_by_key_and_never_joined(
    migrated_postgres_url: str, rare: int
) -> None:
    engine = create_engine(migrated_postgres_url)
    row = "INSERT INTO statement_term SELECT 'o', {}, n, n::text FROM generate_series(1, {}) AS n"
    question = _build_keys((1, 1), False, ())
    values = {"organisation": "o", "limit": 51, "term_0_0": 1, "term_1_0": 2}
    with engine.begin() as connection:
        connection.execute(text(row.format(1, rare)))
        connection.execute(text(row.format(2, 50_000)))
        connection.execute(text("ANALYZE statement_term"))
        plan = "\n".join(connection.execute(text(f"EXPLAIN {question}"), values).scalars())
    engine.dispose()
    assert "Join" not in plan, plan
    assert plan.count("SubPlan") >= 2
