"""`lms doctor` says in a sentence what is wrong and what to do; it changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import create_engine, text

from lms.cli import care
from tests.cli.conftest import Run
from tests.fixtures.server import run_lms


@pytest.fixture
def ready(home: Path, run: Run) -> Path:
    """An instance with its database."""
    assert run("migrate").exit_code == 0
    return home


def say(told: Result) -> str:
    assert told.exit_code == 1, told.output
    return next(line for line in told.output.splitlines() if line.startswith("FAULT"))


def test_a_sound_instance_is_well(ready: Path, run: Run, small: None) -> None:
    told = run("doctor")
    assert told.exit_code == 0, told.output
    assert told.output.count("\nwell ") >= 7
    assert "content: 0 faults" in told.output
    assert told.output.endswith("All is well.\n")


def test_an_instance_without_database_is_told_and_gets_none(home: Path, run: Run) -> None:
    home.mkdir()
    assert "declic.db is not there yet" in say(run("doctor", "--quick"))
    assert list(home.iterdir()) == []


def test_a_wrong_setting_is_told_with_its_place(home: Path, run: Run) -> None:
    home.mkdir()
    (home / "lms.toml").write_text('port = "many"\n')
    assert f"settings: {home / 'lms.toml'}: port: 'many' is not a int" in say(run("doctor", "--quick"))


def test_a_theme_that_is_not_there_is_told(ready: Path, run: Run) -> None:
    assert "theme «nuit» is not there; there is: default, high-contrast" in say(run("doctor", "--quick", theme="nuit"))


def test_a_plugin_that_fails_is_told(ready: Path, run: Run) -> None:
    (ready / "plugins").mkdir()
    (ready / "plugins/broken.py").write_text("raise ValueError('no licence')")
    assert "it raised ValueError: no licence" in say(run("doctor", "--quick"))


def test_a_database_that_does_not_answer_is_told_without_its_password(ready: Path, run: Run) -> None:
    told = run("doctor", "--quick", database_url="postgresql+psycopg://me:hidden@127.0.0.1:1/declic")
    assert "database: it does not answer" in say(told)
    assert "hidden" not in told.output


def test_migrations_that_were_not_run_are_told(ready: Path, run: Run) -> None:
    with closing(sqlite3.connect(ready / "declic.db", isolation_level=None)) as connection:
        connection.execute("UPDATE core_version SET version_num = '0000'")
    assert say(run("doctor", "--quick")) == "FAULT  migrations: not run yet for core; run: lms migrate"


def test_triggers_that_somebody_took_away_are_told_and_migrate_makes_them_again(ready: Path, run: Run) -> None:
    with closing(sqlite3.connect(ready / "declic.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER statement_no_update")
    assert "statements could be changed; missing: statement_no_update" in say(run("doctor", "--quick"))
    assert run("migrate").exit_code == 0
    assert run("doctor", "--quick").exit_code == 0


def test_a_key_that_others_may_read_is_told_with_what_to_do(ready: Path, run: Run) -> None:
    (ready / "secret.key").chmod(0o644)
    assert f"(mode 0644); run: chmod 600 {ready / 'secret.key'}" in say(run("doctor", "--quick"))


def test_a_disk_with_little_room_is_told(ready: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care, "LEAST_FREE", 1 << 62)
    assert f"MB free for {ready}" in say(run("doctor", "--quick"))


def test_a_fault_of_content_is_counted(ready: Path, run: Run, small: None) -> None:
    assert run("new", "course", "jardin").exit_code == 0
    (ready / "courses/jardin/marche.fr.md").unlink()
    assert say(run("doctor")).startswith("FAULT  content: 1 fault,")


def test_a_voice_that_cannot_speak_is_told(ready: Path, run: Run) -> None:
    assert "no voice for «xx»" in say(run("doctor", "--quick", locale="xx"))


def test_the_doctor_changes_nothing(ready: Path, run: Run) -> None:
    before = {file.name: file.read_bytes() for file in ready.iterdir() if file.suffix in (".db", ".key")}
    assert run("doctor", "--quick").exit_code == 0
    assert {file.name: file.read_bytes() for file in ready.iterdir() if file.suffix in (".db", ".key")} == before


def test_a_sound_instance_on_postgresql_is_well_and_lost_triggers_are_told(
    home: Path, run: Run, migrated_postgres_url: str
) -> None:
    home.mkdir()
    assert run_lms(home, "migrate", database_url=migrated_postgres_url).returncode == 0  # the tables of plugins too
    told = run("doctor", "--quick", database_url=migrated_postgres_url)
    assert told.exit_code == 0, told.output
    assert "postgresql answers" in told.output
    engine = create_engine(migrated_postgres_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE statement_default DISABLE TRIGGER statement_no_delete"))
    engine.dispose()
    lost = say(run("doctor", "--quick", database_url=migrated_postgres_url))
    assert "missing: statement_no_delete on statement_default; run: lms migrate" in lost
