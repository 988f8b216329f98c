"""The databases that the tests start themselves."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.fixtures.postgres import Cluster, find_programs


def ask(url: str, *statements: str) -> object:
    """The single value of the last statement."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            for one in statements[:-1]:
                connection.execute(text(one))
            return connection.execute(text(statements[-1])).scalar()
    finally:
        engine.dispose()


def test_each_database_keeps_what_is_written(database_url: str) -> None:
    assert ask(database_url, "CREATE TABLE t (a integer)", "INSERT INTO t VALUES (7)", "SELECT a FROM t") == 7


def test_each_test_gets_an_empty_database(database_url: str) -> None:
    ask(database_url, "CREATE TABLE t (a integer)", "SELECT 1")


def test_postgres_is_a_real_one_in_utf8(postgres_url: str) -> None:
    assert str(ask(postgres_url, "SELECT version()")).startswith("PostgreSQL")
    assert ask(postgres_url, "SELECT length('Ґалаган é')") == 9


def test_a_database_is_copied_from_a_template(make_database: Callable[..., str]) -> None:
    first = make_database()
    ask(first, "CREATE TABLE t (a integer)", "INSERT INTO t VALUES (3)", "SELECT 1")
    assert ask(make_database(template=first.rpartition("/")[2]), "SELECT a FROM t") == 3


def test_postgres_never_runs_as_root(postgres: Cluster) -> None:
    owner = os.stat(f"/proc/{postgres.pid}").st_uid if Path("/proc").exists() else os.geteuid()
    assert owner == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)


@pytest.mark.usefixtures("postgres")
def test_starting_postgres_opens_no_folder_to_others() -> None:
    folders = [*find_programs().parents][:-1]
    assert [
        str(one) for one in folders if one.stat().st_mode & stat.S_IWOTH and not one.stat().st_mode & stat.S_ISVTX
    ] == []


def test_sqlite_is_a_file(sqlite_url: str, tmp_path: Path) -> None:
    ask(sqlite_url, "CREATE TABLE t (a integer)", "SELECT 1")
    assert (tmp_path / "declic.db").stat().st_size > 0
