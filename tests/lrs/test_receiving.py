"""What a partner posts: checked, kept character for character, once, in its own organisation."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Erasure, Partner, Statement, StatementKey, Voiding
from lms.database.rows import count_made, table
from lms.errors import BadRequest, LMSError, NotAllowed
from lms.lrs.building import build_authority
from lms.lrs.members import add_members, drop_members, find_members
from lms.lrs.parsing import LARGEST_BATCH, parse_statements
from lms.lrs.query import consistent_through, find_statement
from lms.lrs.receiving import Received, Sender, build_entries, receive
from lms.lrs.retrieval import Filters, find_filters, read_cursor, read_filtered, write_cursor
from lms.lrs.store import VOIDED, AlreadyStored, StoredMeanwhile
from lms.lrs.validation import InvalidStatement
from lms.partners.credentials import add_credential, check_credential, read_credentials, revoke_credential
from tests.learning.test_submit import at_once
from tests.room import Room, count_rows, read_rows

ACTOR = {"mbox": "mailto:sally@example.org"}
VERB = {"id": "http://adlnet.gov/expapi/verbs/experienced"}
OBJECT = {"id": "https://example.org/activities/one"}
SIMPLE: dict[str, Any] = {"actor": ACTOR, "verb": VERB, "object": OBJECT}


def sender(room: Room, name: str = "partner", organisation: str = "") -> Sender:
    where = organisation or room.organisation
    return Sender(where, name, build_authority("https://declic.invalid/o/", where, name))


def post(room: Room, *statements: Any, name: str = "partner", organisation: str = "") -> list[str]:
    text = json.dumps(list(statements), ensure_ascii=False)
    return keep(sender(room, name, organisation), text).new


def keep(who: Sender, text: str) -> Received:
    given = parse_statements(text)
    entries = build_entries(who, given)
    with transaction() as connection:
        return receive(connection, who.organisation, given, entries)


def test_what_was_written_is_kept_character_for_character(room: Room) -> None:
    raw = (
        '{ "actor" : {"mbox":"mailto:sally@example.org"},\n\t"verb": {"id":"http:\\/\\/example.org\\/v", "display":{}},'
        '"object":{"id":"https://example.org/é\\u00e9"}, "result":{"score":{"raw":1.50e2,"scaled":0.10}}}'
    )
    (made,) = keep(sender(room), f"\n {raw} \n").new
    (row,) = read_rows(Statement)
    assert row["body"].startswith(raw.rstrip()[:-1])
    kept = json.loads(row["body"])
    assert (kept["id"], kept["version"], kept["authority"]["account"]["name"]) == (made, "1.0.0", "partner")
    assert {"stored", "timestamp"} <= set(kept)
    assert (row["verb"], row["object_id"]) == ("http://example.org/v", "https://example.org/éé")


def test_only_the_members_that_the_store_sets_are_taken_out(room: Room) -> None:
    raw = (
        '{"stored":"1999-01-01T00:00:00Z" , "actor":{"mbox":"mailto:sally@example.org"}, "verb":{"id":"http://e.org/v"},'
        ' "authority":{"mbox":"mailto:liar@example.org" ,  "name":"[1, 2]"},"object":{"id":"http://e.org/o"}}'
    )
    keep(sender(room), f"[{raw} , {raw}]")
    for row in read_rows(Statement):
        assert '"actor":{"mbox":"mailto:sally@example.org"},"verb":{"id":"http://e.org/v"},"object"' in row["body"]
        assert "1999" not in row["body"]
        assert "liar" not in row["body"]
        assert list(json.loads(row["body"])).count("stored") == row["body"].count('"stored"') == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=5), st.sampled_from([None, 1]), st.booleans())
def test_members_are_found_in_any_json(value: dict[str, Any], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = list(find_members(text))
    assert [name for name, _, _ in found] == list(value)
    assert all(json.loads("{" + text[start:end] + "}") == {name: value[name]} for name, start, end in found)
    name = next(iter(value), "")
    assert json.loads(drop_members(text, {name})) == {key: one for key, one in value.items() if key != name}
    assert json.loads(add_members(text, {"new member": "[1]"})) == value | {"new member": [1]}


def test_one_wrong_statement_of_a_batch_is_named_and_none_is_kept(room: Room) -> None:
    with pytest.raises(InvalidStatement, match=r"^\[1\]\.verb: required"):
        post(room, SIMPLE, {"actor": ACTOR, "object": OBJECT})
    assert count_rows(Statement) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON: Expecting value, line 1 column 1"),
        ("{\n nonsense", "not JSON: .*line 2 column 2"),
        ('{"actor":1}{"actor":2}', "not JSON: Extra data"),
        ('"words"', "a statement, or an array"),
        ('{"actor":{},"actor":{}}', "actor: the same member twice"),
        ('[{"verb":{"id":"a:b","id":"a:c"}}]', "id: the same member twice"),
        ('{"result":{"score":{"raw":NaN}}}', "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words) as caught:
        parse_statements(text)
    assert 400 <= caught.value.status < 500


def test_a_batch_has_a_limit() -> None:
    with pytest.raises(BadRequest, match=rf"^\[{LARGEST_BATCH + 1}\]: more than {LARGEST_BATCH} statements"):
        parse_statements(json.dumps([SIMPLE] * (LARGEST_BATCH + 1)))


def test_a_large_batch_keeps_its_order(room: Room) -> None:
    names = post(room, *[SIMPLE] * 300)
    rows = sorted(read_rows(Statement), key=lambda row: row["stored"])
    assert [row["id"] for row in rows] == names
    assert len({row["stored"] for row in rows}) == 300


def test_another_statement_with_a_known_id_is_a_conflict_and_nothing_is_stored(room: Room) -> None:
    name = str(uuid.uuid4())
    post(room, {**SIMPLE, "id": name})
    other = {**SIMPLE, "id": name.upper(), "verb": {"id": "http://e.org/other"}}
    with pytest.raises(AlreadyStored, match=f"id: {name} is already stored, as another") as caught:
        post(room, SIMPLE, other)
    assert (caught.value.status, caught.value.sentence) == (409, "Cette déclaration est déjà enregistrée.")
    with pytest.raises(BadRequest, match=rf"^\[1\].id: {name} stands twice"):
        post(room, {**SIMPLE, "id": name}, {**SIMPLE, "id": name.upper()})
    assert count_rows(Statement) == 1


def test_the_same_statement_again_is_taken_and_kept_once(room: Room) -> None:
    name = str(uuid.uuid4())
    statement = {**SIMPLE, "id": name, "verb": {**VERB, "display": {"fr": "a vu"}}}
    assert post(room, statement) == [name]
    again = {**statement, "verb": VERB, "timestamp": "2026-11-26T10:00:00Z", "version": "1.0.3"}
    again.pop("timestamp"), again.pop("version")
    found = keep(sender(room), json.dumps([{**again, "id": name.upper()}, SIMPLE]))
    assert found.ids[0] == name
    assert found.new == found.ids[1:]
    assert count_rows(Statement) == 2


def test_what_was_erased_does_not_come_back(room: Room) -> None:
    name = str(uuid.uuid4())
    row = {"organisation_id": room.organisation, "statement_id": name, "reason": "", "stored": 1, "origin": "o"}
    with transaction() as connection:
        connection.execute(insert(table(Erasure)), row)
    with pytest.raises(AlreadyStored, match=f"id: {name} was erased"):
        post(room, {**SIMPLE, "id": name})


def test_only_what_is_new_takes_a_place(room: Room) -> None:
    """Places without a gap: a gap tells that something was erased."""
    one, two, three = ({**SIMPLE, "id": str(uuid.uuid4())} for _ in range(3))
    assert post(room, one, two) == [one["id"], two["id"]]
    assert post(room, two, one) == []
    gone = {"organisation_id": room.organisation, "statement_id": three["id"], "reason": "", "stored": 1, "origin": "o"}
    with transaction() as connection:
        connection.execute(insert(table(Erasure)), gone)
    with pytest.raises(AlreadyStored, match="was erased"):
        post(room, SIMPLE, three)
    (last,) = post(room, one, SIMPLE)
    rows = sorted(read_rows(Statement), key=lambda row: row["origin_seq"])
    assert [row["origin_seq"] for row in rows] == [1, 2, 3]
    assert [row["id"] for row in rows] == [one["id"], two["id"], last]
    assert [row["stored"] for row in rows] == sorted({row["stored"] for row in rows})
    with db.engine.connect() as connection:
        assert count_made(connection) == 3


def test_whoever_waits_for_statements_is_told_of_with_them(room: Room) -> None:
    shared = {"organisation_id": room.organisation, "created": 1, "name": "x"}
    rows: list[dict[str, Any]] = [
        shared | {"id": "nothing"},
        shared | {"id": "own", "relay_url": "https://a.example/"},
        shared | {"id": "all", "relay_url": "https://b.example/", "relay_what": "all"},
        shared | {"id": "gone", "relay_url": "https://c.example/", "relay_what": "all", "revoked": 1},
        shared | {"id": "far", "relay_url": "https://d.example/", "organisation_id": "another"},
    ]
    with transaction() as connection:
        for row in rows:
            connection.execute(insert(table(Partner)), row)
    found = keep(sender(room), json.dumps(SIMPLE))
    assert found.relays == ["all"]


def test_the_same_id_eight_times_at_the_same_instant_is_kept_once(room: Room) -> None:
    statement = {**SIMPLE, "id": str(uuid.uuid4())}

    def send(_: int) -> list[str]:
        while True:
            with suppress(StoredMeanwhile):
                return post(room, statement)

    results = at_once(8, send, room)
    assert sorted(results) == [[]] * 7 + [[statement["id"]]]
    assert (count_rows(Statement), count_rows(StatementKey)) == (1, 1)


def void(name: str) -> dict[str, Any]:
    return {"actor": ACTOR, "verb": {"id": VOIDED}, "object": {"objectType": "StatementRef", "id": name}}


def test_a_partner_voids_what_it_said_and_nothing_else(room: Room) -> None:
    room.begin()
    (ours,) = (row["id"] for row in read_rows(Statement))
    (theirs,) = post(room, SIMPLE)
    (voiding,) = post(room, void(theirs.upper()))
    with db.engine.connect() as connection:
        assert find_statement(connection, room.organisation, theirs, voided=False) is None
        assert find_statement(connection, room.organisation, theirs, voided=True) is not None
        kept = {row.id for row in read_filtered(connection, room.organisation, Filters())}
    assert kept == {ours, voiding}
    for name, other in ((ours, "partner"), (theirs, "another")):
        with pytest.raises(NotAllowed, match=r"object\.id"):
            post(room, void(name), name=other)
    post(room, void(voiding))  # it is kept, and changes nothing
    with db.engine.connect() as connection:
        assert find_statement(connection, room.organisation, voiding, voided=False) is not None
        assert find_statement(connection, room.organisation, theirs, voided=False) is None
    assert len(read_rows(Voiding)) == 1


def test_what_another_voided_before_it_came_is_not_void(room: Room) -> None:
    theirs, both = str(uuid.uuid4()), str(uuid.uuid4())
    post(room, void(theirs), void(both.upper()), name="another")
    post(room, void(both))
    post(room, {**SIMPLE, "id": theirs}, {**SIMPLE, "id": both.upper()})
    with db.engine.connect() as connection:
        assert find_statement(connection, room.organisation, theirs, voided=False) is not None
        assert find_statement(connection, room.organisation, both, voided=False) is None
    post(room, void(theirs))
    with db.engine.connect() as connection:
        assert find_statement(connection, room.organisation, theirs, voided=False) is None


def test_what_voids_cannot_be_voided_by_one_that_came_first(room: Room) -> None:
    early, late = str(uuid.uuid4()), str(uuid.uuid4())
    post(room, void(late))
    post(room, {**void(early), "id": late})
    post(room, {**SIMPLE, "id": early})
    with db.engine.connect() as connection:
        assert find_statement(connection, room.organisation, late, voided=False) is not None
        assert find_statement(connection, room.organisation, early, voided=False) is None


def test_organisations_do_not_see_each_other(room: Room) -> None:
    (here,) = post(room, SIMPLE)
    (there,) = post(room, SIMPLE, organisation="there")
    with db.engine.connect() as connection:
        for organisation, own, other in ((room.organisation, here, there), ("there", there, here)):
            assert [row.id for row in read_filtered(connection, organisation, Filters())] == [own]
            assert find_statement(connection, organisation, other, voided=False) is None


def test_pages_lose_and_repeat_nothing(room: Room) -> None:
    names = post(room, *[SIMPLE] * 25)
    for ascending in (True, False):
        found, after = list[str](), None
        while True:
            with db.engine.connect() as connection:
                filters = Filters(limit=4, ascending=ascending, after=after)
                rows = read_filtered(connection, room.organisation, filters)
            found += [row.id for row in rows[:4]]
            if len(rows) <= 4:
                break
            after = read_cursor(write_cursor(rows[3]))
        assert found == (names if ascending else names[::-1])
    with pytest.raises(BadRequest, match="cursor"):
        read_cursor("٣.x")


def test_filters_by_verb_activity_registration_agent_and_time(room: Room) -> None:
    registration = str(uuid.uuid4())
    bob = {"mbox": "mailto:bob@example.org"}
    one, two, three = post(
        room,
        SIMPLE,
        {**SIMPLE, "verb": {"id": "http://e.org/v"}, "context": {"registration": registration}},
        {**SIMPLE, "actor": bob, "object": {"id": "http://e.org/o"}},
    )
    instants = {row["id"]: row["stored"] for row in read_rows(Statement)}

    def ask(**given: Any) -> list[str]:
        with db.engine.connect() as connection:
            return [
                row.id for row in read_filtered(connection, room.organisation, find_filters(ascending=True, **given))
            ]

    assert ask(verb="http://e.org/v") == ask(registration=registration) == [two]
    assert ask(activity="http://e.org/o") == ask(agent=bob) == [three]
    assert ask(since=instants[one]) == [two, three]
    assert ask(until=instants[one]) == [one]
    assert ask(agent=ACTOR, limit=1) == [one, two]  # one more than asked for: there is a next page


def test_nothing_is_promised_while_a_writer_is_open(room: Room) -> None:
    post(room, SIMPLE)
    gate: list[int] = []

    def look(at: int) -> None:
        with db.engine.connect() as connection:
            gate.append(consistent_through(connection))

    with transaction() as connection:
        given = parse_statements(json.dumps(SIMPLE))
        receive(connection, room.organisation, given, build_entries(sender(room), given))
        at_once(1, look, room)
    stored = sorted(row["stored"] for row in read_rows(Statement))
    assert gate[0] < stored[1]
    with db.engine.connect() as connection:
        assert consistent_through(connection) >= stored[1]


def test_a_credential_belongs_to_one_organisation_and_can_be_closed(room: Room) -> None:
    with transaction() as connection:
        key, secret = add_credential(connection, room.organisation, "Département", ["statements/read"])
    with db.engine.connect() as connection:
        found = check_credential(connection, key, secret)
        assert found is not None
        assert (found.organisation, found.may("statements/read"), found.may("statements/write")) == (
            room.organisation,
            True,
            False,
        )
        assert check_credential(connection, key, secret + "x") is None
        assert check_credential(connection, "nobody", secret) is None
        assert [one.name for one in read_credentials(connection, "there")] == []
    with pytest.raises(LMSError), transaction() as connection:
        revoke_credential(connection, "there", found.id)
    with transaction() as connection:
        revoke_credential(connection, room.organisation, found.id)
        assert check_credential(connection, key, secret) is None
