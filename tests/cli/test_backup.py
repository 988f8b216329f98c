"""A backup holds what an instance is; a restore never overwrites, and what was erased stays erased."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from lms.app import create_app
from lms.database.door import transaction
from lms.learning.attempts import Who, start_attempt
from lms.people.accounts import add_organisation, add_person
from tests.cli.conftest import Run

LESSON = "premiers-pas/m01-lecon"


@pytest.fixture
def lived(home: Path, run: Run) -> Path:
    """An instance with one learner who began two lessons, and content of its own."""
    app = create_app()
    with app.app_context():
        with transaction() as connection:
            organisation = add_organisation(connection, "ici", "Ici")
            person = add_person(connection, organisation, "Monique", ["learner"])
        for lesson in (LESSON, "premiers-pas/m02-lecon"):
            start_attempt(app.extensions["lms"].classroom, Who(organisation, person), lesson, "alone")
    (home / "lms.toml").write_text('locale = "fr"\n')
    assert run("new", "theme", "bleu").exit_code == 0
    return home


def query(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "declic.db")) as connection:
        return connection.execute(sql).fetchall()


def erase(home: Path, statement: object) -> None:
    """An erasure row, and the statement goes: as an erasure does it."""
    with closing(sqlite3.connect(home / "declic.db", isolation_level=None)) as connection:
        told = "SELECT organisation_id, id, 'asked', 1, origin FROM statement WHERE id = ?"
        connection.execute(
            f"INSERT INTO erasure (organisation_id, statement_id, reason, stored, origin) {told}", [statement]
        )
        connection.execute("DELETE FROM statement WHERE id = ?", [statement])


def test_a_restored_instance_is_the_one_that_was_kept(lived: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    there = tmp_path / "there"
    restored = run("restore", tmp_path / "kept.zip", home=there)
    assert restored.exit_code == 0, restored.output
    for name in ("secret.key", "lms.toml", "themes/bleu/theme.yaml"):
        assert (there / name).read_bytes() == (lived / name).read_bytes()
    statements = "SELECT id, body FROM statement ORDER BY id"
    assert len(query(lived, statements)) == 2
    assert query(there, statements) == query(lived, statements)
    assert (there / "secret.key").stat().st_mode & 0o777 == 0o600
    assert run("doctor", "--quick", home=there).exit_code == 0


def test_only_its_owner_may_read_a_backup(lived: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_whole_while_somebody_writes(lived: Path, run: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(lived / "declic.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE person SET first_name = 'Samuel'")
        assert run("backup", tmp_path / "kept.zip").exit_code == 0
        writer.execute("ROLLBACK")
    assert run("restore", tmp_path / "kept.zip", home=tmp_path / "there").exit_code == 0
    assert query(tmp_path / "there", "SELECT first_name FROM person") == [("Monique",)]


def test_a_backup_never_overwrites_a_file(lived: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.zip").write_text("mine")
    told = run("backup", tmp_path / "kept.zip")
    assert told.exit_code == 1
    assert "is there already; nothing was written" in told.output
    assert (tmp_path / "kept.zip").read_text() == "mine"


def test_a_restore_refuses_an_instance_that_is_not_empty(lived: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    before = (lived / "declic.db").read_bytes()
    told = run("restore", tmp_path / "kept.zip")
    assert told.exit_code == 1
    assert f"{lived} is not empty; nothing was changed" in told.output
    assert (lived / "declic.db").read_bytes() == before


def attach(home: Path, statement: str) -> None:
    """An attachment that this statement names."""
    with closing(sqlite3.connect(home / "declic.db")) as connection, connection:
        house = connection.execute("SELECT organisation_id FROM statement LIMIT 1").fetchone()[0]
        connection.execute("INSERT INTO attachment VALUES (?, ?, 1, 1, x'00')", (house, statement))
        connection.execute("INSERT INTO statement_attachment VALUES (?, ?, ?)", (house, statement, statement))


def test_what_was_erased_after_a_backup_is_erased_again(lived: Path, run: Run, tmp_path: Path) -> None:
    gone, stays = (one for (one,) in query(lived, "SELECT id FROM statement ORDER BY id"))
    for statement in (gone, stays):
        attach(lived, str(statement))
    assert run("backup", tmp_path / "early.zip").exit_code == 0
    erase(lived, gone)
    assert run("backup", tmp_path / "late.zip").exit_code == 0
    there = tmp_path / "there"
    told = run("restore", tmp_path / "early.zip", "--erased", tmp_path / "late.zip", home=there)
    assert told.exit_code == 0, told.output
    assert "1 statements erased again." in told.output
    assert query(there, "SELECT id FROM statement") == [(stays,)]
    assert query(there, "SELECT activity FROM progress") == query(there, "SELECT activity FROM statement")
    assert query(there, "SELECT statement_id FROM erasure") == [(gone,)]
    assert query(there, "SELECT sha2 FROM attachment") == query(there, "SELECT sha2 FROM statement_attachment")
    assert query(there, "SELECT sha2 FROM attachment") == [(stays,)]


def test_a_restore_never_touches_another_database(lived: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    there = tmp_path / "there"
    told = run("restore", tmp_path / "kept.zip", home=there, database_url=f"sqlite:///{tmp_path / 'other.db'}")
    assert told.exit_code == 1
    assert "names another database; nothing was changed" in told.output
    assert not there.exists()
    assert not (tmp_path / "other.db").exists()


def test_a_damaged_backup_leaves_nothing_behind(lived: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    whole = (tmp_path / "kept.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    told = run("restore", tmp_path / "cut.zip", home=tmp_path / "there")
    assert told.exit_code == 1
    assert "is no whole zip" in told.output
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("name", ["../outside.py", "/etc/passwd", "courses/../../outside.py", "lms/app.py"])
def test_a_name_that_has_no_place_in_a_backup_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps({"format": 1}))
        archive.writestr("declic.db", b"")
        archive.writestr(name, "mine")
    told = run("restore", tmp_path / "odd.zip", home=tmp_path / "there")
    assert told.exit_code == 1
    assert "has no place in a backup" in told.output
    assert not (tmp_path / "there").exists()
    assert not (tmp_path / "outside.py").exists()


def test_a_database_that_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps({"format": 1}))
        archive.writestr("declic.db", b"not a database" * 100)
    told = run("restore", tmp_path / "odd.zip", home=tmp_path / "there")
    assert told.exit_code == 1
    assert "the database in the backup is damaged: file is not a database" in told.output


def test_postgresql_is_kept_by_its_own_tools(home: Path, run: Run, tmp_path: Path) -> None:
    told = run("backup", tmp_path / "kept.zip", database_url="postgresql+psycopg://me:hidden@db.example/declic")
    assert told.exit_code == 1
    assert "pg_dump --format=custom --file=declic.dump postgresql://USER@db.example/declic" in told.output
    assert "hidden" not in told.output


def list_rows_of(home: Path, person: str) -> dict[str, int]:
    """Table → rows in which this person's id stands anywhere."""
    found = {}
    for (table,) in query(home, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        columns = [row[1] for row in query(home, f"PRAGMA table_info({table})")]
        named = " OR ".join(f"instr(CAST({column} AS TEXT), '{person}')" for column in columns)
        if count := query(home, f"SELECT count(*) FROM {table} WHERE {named}")[0][0]:
            found[str(table)] = int(str(count))
    return found


@pytest.fixture
def left(lived: Path, run: Run) -> str:
    """Monique, who is about to go; Samuel, who began a lesson too, stays."""
    app = create_app()
    ((organisation, monique),) = query(lived, "SELECT organisation_id, id FROM person")
    with app.app_context():
        with transaction() as connection:
            samuel = add_person(connection, str(organisation), "Samuel", ["learner"])
        start_attempt(app.extensions["lms"].classroom, Who(str(organisation), samuel), LESSON, "alone")
    return str(monique)


def test_the_verb_erases_a_whole_person_and_nobody_else(lived: Path, left: str, run: Run) -> None:
    assert {"person", "attempt", "statement", "progress"} <= set(list_rows_of(lived, left))
    told = run("people", "erase", left, "--yes")
    assert told.exit_code == 0, told.output
    assert "Erased: 2 statements" in told.output
    assert list_rows_of(lived, left) == {"person": 1}
    assert query(lived, "SELECT first_name, deleted_at > 0 FROM person ORDER BY first_name") == [
        ("", 1),
        ("Samuel", None),
    ]
    assert query(lived, "SELECT count(*) FROM erasure") == [(2,)]
    assert query(lived, "SELECT count(*) FROM statement") == [(1,)]
    assert "2 statements were erased" in run("doctor", "--quick").output


def test_the_verb_erases_nothing_before_it_is_told_yes(lived: Path, left: str, run: Run) -> None:
    before = list_rows_of(lived, left)
    told = run("people", "erase", left)
    assert told.exit_code == 1
    assert "Erase Monique, with all that is kept? It cannot be undone." in told.output
    assert list_rows_of(lived, left) == before
    assert run("people", "erase", "nobody", "--yes").exit_code == 1


def test_a_person_erased_after_a_backup_is_erased_again_whole(lived: Path, left: str, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "early.zip").exit_code == 0
    assert run("people", "erase", left, "--yes").exit_code == 0
    assert run("backup", tmp_path / "late.zip").exit_code == 0
    there = tmp_path / "there"
    told = run("restore", tmp_path / "early.zip", "--erased", tmp_path / "late.zip", home=there)
    assert told.exit_code == 0, told.output
    assert list_rows_of(there, left) == {"person": 1}
    for sql in (
        "SELECT id, first_name, deleted_at IS NULL FROM person ORDER BY id",
        "SELECT id, body FROM statement ORDER BY id",
        "SELECT statement_id FROM erasure ORDER BY statement_id",
        "SELECT person_id, activity, attempts FROM progress",
    ):
        assert query(there, sql) == query(lived, sql), sql
    assert run("doctor", "--quick", home=there).exit_code == 0
