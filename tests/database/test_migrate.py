"""The first migration, on both databases: what it makes, what it protects, what happens when it is run again."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from lms.database.append_only import missing_triggers
from lms.database.clock import now
from lms.database.db import engine_options, prepare_engine
from lms.database.door import write_to
from lms.database.migrate import HERE, check_protected, config, migrate, newest
from lms.database.models import Base, Erasure, Instance, Origin, Statement, StatementKey
from lms.database.partitions import MONTHS_AHEAD, make_partitions
from lms.database.rows import insert_missing, origin, table, take_places
from lms.database.terms import term
from lms.errors import LMSError
from lms.lrs.retrieval import Filters, read_filtered
from lms.lrs.store import AlreadyStored, Entry, store_entries

NAMES = ["statement_no_delete", "statement_no_update"]


@pytest.fixture
def open_engine(database_url: str) -> Iterator[Callable[[], Engine]]:
    """A function that opens one more engine, as another process would."""
    made: list[Engine] = []

    def make() -> Engine:
        made.append(create_engine(database_url, **engine_options(database_url, 5.0)))
        prepare_engine(made[-1])
        return made[-1]

    yield make
    for one in made:
        one.dispose()


@pytest.fixture
def engine(open_engine: Callable[[], Engine]) -> Engine:
    made = open_engine()
    migrate(made)
    return made


def keep(engine: Engine, statement_id: str = "a", organisation: str = "o") -> None:
    entry = Entry(statement_id, 1, "verb", "object", '{"id":"x"}', "declic", "{}")
    with write_to(engine) as connection:
        store_entries(connection, organisation, [entry])


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table(Statement))).scalar_one())


def test_an_empty_database_gets_every_table_once(open_engine: Callable[[], Engine]) -> None:
    engine = open_engine()
    assert migrate(engine) == ["core"]
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
    assert migrate(engine) == []


def test_models_and_migrations_say_the_same(engine: Engine) -> None:
    for model in Base.__subclasses__():
        if not hasattr(model, "__table__"):
            continue
        columns = {one["name"]: one for one in inspect(engine).get_columns(table(model).name)}
        assert set(columns) == set(table(model).columns.keys())
        assert all(columns[one.name]["nullable"] == one.nullable for one in table(model).columns), table(model).name
        keys = inspect(engine).get_pk_constraint(table(model).name)["constrained_columns"]
        assert keys == [one.name for one in table(model).primary_key]


def test_four_processes_that_start_at_once_migrate_once(open_engine: Callable[[], Engine]) -> None:
    engines, moved, gate = [open_engine() for _ in range(4)], [], threading.Barrier(4)

    def start(one: Engine) -> None:
        gate.wait()
        try:
            moved.append(migrate(one))
        except Exception as error:
            moved.append([repr(error)])

    threads = [threading.Thread(target=start, args=(one,)) for one in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == [[], [], [], ["core"]]
    with engines[0].connect() as connection:
        assert connection.execute(select(func.count()).select_from(table(Origin))).scalar_one() == 1


def test_an_instance_keeps_its_origin(engine: Engine) -> None:
    with engine.connect() as connection:
        first = origin(connection)
        assert connection.execute(select(Instance.value).where(Instance.key == "origin")).scalar() == first
    migrate(engine)
    with engine.connect() as connection:
        assert origin(connection) == first


def test_a_newer_database_is_refused_with_a_sentence(engine: Engine) -> None:
    with write_to(engine) as connection:
        connection.execute(text("UPDATE core_version SET version_num = '9999'"))
    with pytest.raises(LMSError, match=f"the database is at core 9999, this version knows {newest(HERE / 'versions')}"):
        migrate(engine)


def test_a_statement_cannot_be_changed_or_deleted(engine: Engine) -> None:
    keep(engine)
    for change in (update(table(Statement)).values(body="{}"), delete(table(Statement))):
        with pytest.raises(DBAPIError, match="append-only"), write_to(engine) as connection:
            connection.execute(change)
    assert count(engine) == 1


def test_a_statement_cannot_be_replaced(engine: Engine) -> None:
    keep(engine)
    with engine.connect() as connection:
        row = dict(connection.execute(select(table(Statement))).mappings().one())
    replace = "INSERT OR REPLACE INTO" if engine.dialect.name == "sqlite" else "INSERT INTO"
    names = ", ".join(row)
    sql = text(f"{replace} statement ({names}) VALUES ({', '.join(f':{name}' for name in row)})")
    with pytest.raises(DBAPIError), write_to(engine) as connection:
        connection.execute(sql, row | {"body": "changed"})
    with engine.connect() as connection:
        assert connection.execute(select(Statement.body)).scalar_one() == row["body"]


def test_a_statement_goes_only_where_an_erasure_stands(engine: Engine) -> None:
    keep(engine, "a")
    keep(engine, "b")
    row = {"organisation_id": "o", "statement_id": "a", "reason": "asked", "stored": now(), "origin": "x"}
    with write_to(engine) as connection:
        connection.execute(insert(table(Erasure)), row)
        connection.execute(delete(table(Statement)).where(Statement.id == "a"))
    assert count(engine) == 1
    with pytest.raises(DBAPIError, match="append-only"), write_to(engine) as connection:
        connection.execute(delete(table(Statement)))
    assert count(engine) == 1


def test_an_erasure_of_another_organisation_opens_nothing(engine: Engine) -> None:
    keep(engine, "a")
    row = {"organisation_id": "other", "statement_id": "a", "reason": "asked", "stored": now(), "origin": "x"}
    with write_to(engine) as connection:
        connection.execute(insert(table(Erasure)), row)
    with pytest.raises(DBAPIError, match="append-only"), write_to(engine) as connection:
        connection.execute(delete(table(Statement)))


def test_truncating_is_refused_also_partition_by_partition(postgres_url: str) -> None:
    engine = create_engine(postgres_url, **engine_options(postgres_url, 5.0))
    prepare_engine(engine)
    migrate(engine)
    keep(engine)
    month = f"statement_{datetime.now(UTC):%Y%m}"
    for name in ("statement", month, "statement_default"):
        with pytest.raises(DBAPIError, match="append-only"), write_to(engine) as connection:
            connection.execute(text(f"TRUNCATE {name}"))
    assert count(engine) == 1
    engine.dispose()


def test_a_missing_trigger_is_noticed_and_made_again_at_the_next_start(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    place = "" if engine.dialect.name == "sqlite" else " ON statement"
    with write_to(engine) as connection:
        connection.execute(text(f"DROP TRIGGER statement_no_update{place}"))
        lost = missing_triggers(connection)
        assert lost[0] == "statement_no_update"
        with pytest.raises(LMSError, match="statements are not protected; missing: statement_no_update"):
            check_protected(connection)
    with caplog.at_level(logging.WARNING):
        assert migrate(engine) == []
    assert "statement_no_update" in caplog.text
    with engine.connect() as connection:
        assert missing_triggers(connection) == []


def test_a_trigger_that_was_switched_off_is_noticed(postgres_url: str) -> None:
    engine = create_engine(postgres_url, **engine_options(postgres_url, 5.0))
    prepare_engine(engine)
    migrate(engine)
    with write_to(engine) as connection:
        connection.execute(text("ALTER TABLE statement DISABLE TRIGGER statement_no_truncate"))
        assert missing_triggers(connection) == ["statement_no_truncate"]
    migrate(engine)
    with engine.connect() as connection:
        assert missing_triggers(connection) == []
    engine.dispose()


def test_months_to_come_have_their_partitions(postgres_url: str) -> None:
    engine = create_engine(postgres_url, **engine_options(postgres_url, 5.0))
    prepare_engine(engine)
    migrate(engine)
    with write_to(engine) as connection:
        assert make_partitions(connection) == []
        made = make_partitions(connection, datetime(2030, 11, 5, tzinfo=UTC))
        months = ("203011", "203012", "203101", "203102", "203103", "203104")
        assert made == [f"{table}_{month}" for table in ("statement", "statement_term") for month in months]
        assert len(made) == 2 * MONTHS_AHEAD
        assert missing_triggers(connection) == []
    keep(engine)
    with engine.connect() as connection:
        place = connection.execute(text("SELECT tableoid::regclass::text FROM statement")).scalar_one()
    assert place == f"statement_{datetime.now(UTC):%Y%m}"
    engine.dispose()


def test_statement_ids_are_unique_in_their_organisation_alone(engine: Engine) -> None:
    keep(engine, "a")
    with pytest.raises(AlreadyStored):
        keep(engine, "a")
    keep(engine, "a", "other")
    assert count(engine) == 2


def test_missing_rows_are_counted(engine: Engine) -> None:
    rows = [{"organisation_id": "o", "id": name, "stored": 1} for name in ("a", "b")]
    with write_to(engine) as connection:
        assert insert_missing(connection, StatementKey, rows[:1]) == 1
        assert insert_missing(connection, StatementKey, rows) == 1
        assert insert_missing(connection, StatementKey, rows) == 0


def test_places_grow_without_a_gap_or_a_double(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[int, int]] = []
    with write_to(engine) as connection:
        for _ in range(3):
            found += take_places(connection, 4)
            monkeypatch.setattr("lms.database.rows.now", lambda: 1)  # the clock is set back
    numbers, instants = [one[0] for one in found], [one[1] for one in found]
    assert numbers == list(range(1, 13))
    if engine.dialect.name == "sqlite":
        assert instants == sorted(set(instants))


def test_the_first_migration_is_never_undone(engine: Engine) -> None:
    from alembic import command

    from lms.database.migrate import config

    with pytest.raises(RuntimeError, match="the beginning"), write_to(engine) as connection:
        command.downgrade(config(connection, "core", Base.metadata, HERE / "versions"), "base")
    with engine.connect() as connection:
        assert missing_triggers(connection) == []


def test_statements_of_before_are_found_by_their_terms(engine: Engine) -> None:
    """The index is filled for what was kept already, whatever its context held."""
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    plain = {"actor": {"mbox": "mailto:a@e.org"}, "verb": {"id": "http://e.org/v"}, "object": {"id": "http://e.org/o"}}
    pointing = plain | {"object": {"objectType": "StatementRef", "id": first.upper()}, "actor": {"openid": "a:b"}}
    broken = plain | {"context": {"contextActivities": {"parent": [1]}}}
    from alembic import command as alembic

    bodies = {first: plain, second: pointing, str(uuid.uuid4()): broken}
    with write_to(engine) as connection:
        for name, body in bodies.items():
            entry = Entry(name, 1, "http://e.org/v", "", json.dumps(body), "p", "{}")
            store_entries(connection, "o", [entry])
        alembic.downgrade(config(connection, "core", Base.metadata, HERE / "versions"), "0005")
    migrate(engine)
    with engine.connect() as connection:
        for kind, value, found in (
            ("activity", "http://e.org/o", [first, second]),
            ("agent", "mbox\nmailto:a@e.org", [first, second]),
            ("agent", "openid\na:b", [second]),
            ("verb", "http://e.org/v", list(bodies)),
        ):
            wanted = Filters(((term(kind, value),),), ascending=True)
            assert [row.id for row in read_filtered(connection, "o", wanted)][: len(found)] == found


def test_a_new_file_is_opened_while_another_process_changes_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "declic.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE held (one)")
    other.execute("BEGIN EXCLUSIVE")
    url = f"sqlite:///{path}"
    engine = create_engine(url, **engine_options(url, 0.0))
    prepare_engine(engine)
    ending = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    ending.start()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    ending.join()
    other.close()
    engine.dispose()


def test_who_wrote_before_goes_on_defining_activities(engine: Engine) -> None:
    from alembic import command as alembic

    from lms.partners.credentials import add_credential, read_credentials

    given = (("statements/write", "state"), ("statements/read",), ("all",), ("define", "statements/write"))
    with write_to(engine) as connection:
        for at, scopes in enumerate(given):
            add_credential(connection, "o", str(at), scopes)
        alembic.downgrade(config(connection, "core", Base.metadata, HERE / "versions"), "0012")
    migrate(engine)
    with engine.connect() as connection:
        found = {one.name: one.scopes for one in read_credentials(connection, "o")}
    assert found == {str(at): frozenset(scopes) | ({"define"} if at == 0 else set()) for at, scopes in enumerate(given)}
