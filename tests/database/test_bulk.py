"""Arrays and lists as PostgreSQL and SQLite take them: every character comes out as it went in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from lms.database.bulk import insert_many, insert_together, listed, pack, write_array
from lms.database.db import SHARDED, engine_options, prepare_engine
from lms.database.door import write_to
from lms.database.models import ActivityDefinition, StatementKey, StatementTerm

_TERM = ("organisation_id", "term", "stored", "id")
_TOLD = ("organisation_id", "id", "iri", "definition", "stored")

STRANGE = [
    "",
    "NULL",
    "null",
    '"',
    "\\",
    '\\"',
    "a,b",
    "{}",
    "{",
    "é",
    "\n\t",
    "x" * 5000,
    '{"a":"b\\\\\\"c"}',
    " a ",
    "'",
]


@pytest.mark.parametrize(
    "values",
    [STRANGE, *([one] for one in STRANGE), ["plain", "words"], [None, "a", '"'], [None, None], []],
    ids=range(len(STRANGE) + 5),
)
def test_texts_come_out_of_an_array_as_they_went_in(migrated_postgres_url: str, values: list[Any]) -> None:
    engine = create_engine(migrated_postgres_url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM unnest(CAST(:a AS text[]))"), {"a": write_array(values)})
        assert list(found.scalars()) == values
    engine.dispose()


def test_numbers_and_truths_come_out_of_an_array_as_they_went_in(migrated_postgres_url: str) -> None:
    engine = create_engine(migrated_postgres_url)
    numbers, truths = [0, -(2**63), 2**63 - 1, None], [True, False, None]
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM unnest(CAST(:a AS bigint[]))"), {"a": write_array(numbers)})
        assert list(found.scalars()) == numbers
        found = connection.execute(text("SELECT * FROM unnest(CAST(:a AS boolean[]))"), {"a": write_array(truths)})
        assert list(found.scalars()) == truths
    engine.dispose()


def find_in(engine: Engine, kind: str, wanted: list[Any], among: list[Any]) -> list[Any]:
    sql = listed(f"SELECT value FROM (SELECT :one AS value) AS v WHERE value IN {kind}(:wanted)")[engine.dialect.name]
    with engine.connect() as connection:
        values = [{"one": one, "wanted": pack(engine.dialect.name, wanted)} for one in among]
        return [one["one"] for one in values if connection.execute(sql, one).first() is not None]


def test_a_list_holds_what_it_holds_and_nothing_else(migrated_url: str) -> None:
    engine = create_engine(migrated_url)
    assert find_in(engine, "LIST", STRANGE, [*STRANGE, "b", "a"]) == STRANGE
    assert find_in(engine, "LIST", [], STRANGE) == []
    assert find_in(engine, "NUMBERS", [1, -5], [1, -5, 5]) == [1, -5]
    engine.dispose()


@pytest.mark.parametrize("sharded", [True, False])
def test_three_tables_are_filled_and_the_new_rows_of_the_first_counted(migrated_url: str, sharded: bool) -> None:
    engine = create_engine(migrated_url, **engine_options(migrated_url, 5))
    prepare_engine(engine)
    body = '{"a": "é \\" \\\\ \\n"}'
    key, term = (StatementKey, ("organisation_id", "id", "stored")), (StatementTerm, _TERM)
    for name, new in (("a", 2), ("b", 1)):
        with write_to(engine) as connection:
            connection.info[SHARDED] = sharded
            rows = [("o", name, 1), ("o", "same", 1)]
            told = (ActivityDefinition, _TOLD, [("o", name, "i", body, 1)])
            tables = [(*key, rows), (*term, [("o", -5, 1, name)]), told]
            alone = engine.dialect.name == "postgresql" and not sharded
            assert insert_together(connection, tables, "o", [7, -5]) == (new, name == "b" or not alone)
    with engine.connect() as connection:
        assert list(connection.execute(text("SELECT definition FROM activity_definition")).scalars()) == [body, body]
        assert connection.execute(text("SELECT count(*) FROM statement_term WHERE term = -5")).scalar() == 2
    engine.dispose()


@pytest.mark.parametrize("count", [1, 63, 64, 65, 200])
def test_rows_are_counted_as_new_however_many_there_are(migrated_url: str, count: int) -> None:
    engine = create_engine(migrated_url, **engine_options(migrated_url, 5))
    prepare_engine(engine)
    names = ("organisation_id", "id", "stored")
    rows = [("o", f"{at:03}", at) for at in range(count)]
    with write_to(engine) as connection:
        assert insert_many(connection, StatementKey, names, rows[::2]) == len(rows[::2])
        assert insert_many(connection, StatementKey, names, rows) == len(rows[1::2])
        assert insert_many(connection, StatementKey, names, []) == 0
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(text("SELECT * FROM statement_key ORDER BY id"))] == rows
    engine.dispose()


def test_a_row_that_cannot_be_leaves_nothing_of_those_before_it(migrated_url: str) -> None:
    engine = create_engine(migrated_url, **engine_options(migrated_url, 5))
    prepare_engine(engine)
    rows = [("o", "a", 1), ("o", "b", None), ("o", "c", 3)]
    with pytest.raises(IntegrityError), write_to(engine) as connection:
        insert_many(connection, StatementKey, ("organisation_id", "id", "stored"), rows)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM statement_key")).scalar() == 0
    engine.dispose()
