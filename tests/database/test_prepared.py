"""Statements compiled once: the same answers and the same errors as through SQLAlchemy, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, bindparam, create_engine, insert, select
from sqlalchemy.exc import IntegrityError

from lms.database.db import engine_options, prepare_engine
from lms.database.door import write_to
from lms.database.models import Person
from lms.database.prepared import find_row, find_rows, run, run_many
from lms.database.rows import table

ROW = {
    "organisation_id": "o",
    "id": "p",
    "first_name": "Zoé",
    "locale": "fr",
    "voice": True,
    "changed": 1,
    "origin": "x",
}
_BY_ID = select(Person.first_name, Person.voice, Person.theme).where(Person.id == bindparam("id"))


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    made = create_engine(migrated_url, **engine_options(migrated_url, 5))
    prepare_engine(made)
    yield made
    made.dispose()


@pytest.fixture
def writing(engine: Engine) -> Iterator[Connection]:
    with write_to(engine) as connection:
        yield connection


def test_a_row_is_read_as_it_was_written_with_the_defaults_of_the_model(writing: Connection) -> None:
    run_many(writing, insert(table(Person)), [ROW, ROW | {"id": "q", "voice": None}])
    found = find_row(writing, _BY_ID, {"id": "p"})
    assert (found.first_name, bool(found.voice), found.theme) == ("Zoé", True, "")
    assert find_row(writing, _BY_ID, {"id": "q"}).voice is None


def test_nothing_found_is_none_or_an_empty_list(writing: Connection) -> None:
    assert find_row(writing, _BY_ID, {"id": "nobody"}) is None
    assert find_rows(writing, _BY_ID, {"id": "nobody"}) == []


def add_twice(connection: Connection) -> None:
    run(connection, insert(table(Person)), ROW, tuple(ROW))
    run(connection, insert(table(Person)), ROW, tuple(ROW))


def test_an_error_is_sqlalchemy_s_and_quotes_no_value(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as caught, write_to(engine) as connection:
        add_twice(connection)
    assert "Zoé" not in str(caught.value.params)
    with engine.connect() as connection:
        assert find_row(connection, _BY_ID, {"id": "p"}) is None


def test_postgresql_keeps_its_plans_after_questions_and_nothing_of_a_failed_one(migrated_postgres_url: str) -> None:
    engine = create_engine(migrated_postgres_url, **{**engine_options(migrated_postgres_url, 5), "pool_size": 1})
    prepare_engine(engine)
    for _ in range(8):
        with engine.connect() as connection:
            find_row(connection, _BY_ID, {"id": "p"})
    with pytest.raises(IntegrityError), write_to(engine) as writing:
        add_twice(writing)
    with engine.connect() as connection:
        assert find_row(connection, _BY_ID, {"id": "p"}) is None
        plans = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar_one()
    assert plans == 0, "after an error psycopg begins anew"
    for _ in range(8):
        with engine.connect() as connection:
            find_row(connection, _BY_ID, {"id": "p"})
            plans = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar_one()
    assert plans > 0
    engine.dispose()


def test_who_is_asked_for_by_person_is_found_by_an_index_that_holds_no_partner(engine: Engine) -> None:
    question = "SELECT 1 FROM statement WHERE organisation_id = 'o' AND person_id = 'p' AND activity = 'a'"
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all())
            held = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name LIKE 'ix_statement_org%'").all()
        else:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = str(connection.exec_driver_sql(f"EXPLAIN {question}").all())
            held = connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE tablename = 'statement'").all()
    assert "person_id" in plan
    assert "activity_happen" in plan
    assert any("person_id IS NOT NULL" in one for (one,) in held)
