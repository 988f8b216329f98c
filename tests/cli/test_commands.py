"""The verbs of `lms`, each in a process of its own, as an administrator runs them."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from lms.database.db import connect_database, db
from lms.database.door import transaction
from lms.database.models import Progress, RoleGrant, StaffAccount
from lms.errors import ContentError
from lms.people.accounts import check_password
from lms.people.demonstration import NAMES, read_demonstration
from tests.cli.conftest import Run
from tests.fixtures.server import run_lms
from tests.room import Room, open_room, read_rows


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def open_database(url: str) -> Flask:
    app = Flask("look")
    connect_database(app, url, 5.0)
    return app


def test_init_makes_an_instance_once(tmp_path: Path, database_url: str) -> None:
    home = tmp_path / "home"
    done = run_lms(home, "init", "--name", "Claire", "--login", "claire", database_url=database_url)
    assert done.returncode == 0, done.stderr
    file = home / "first-password.txt"
    assert (mode(file), mode(home / "secret.key")) == (0o600, 0o600)
    login, password = file.read_text().split()
    assert password not in done.stdout
    again = run_lms(home, "init", database_url=database_url)
    assert again.returncode == 1
    assert "already has an organisation; nothing was changed" in again.stderr
    added = run_lms(
        home, "people", "add", "Paul", "--login", "paul", "--role", "author", "--role", "trainer",
        database_url=database_url,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    (secret,) = home.glob("password-*.txt")
    assert mode(secret) == 0o600
    unknown = run_lms(home, "people", "add", "Roi", "--login", "roi", "--role", "king", database_url=database_url)
    assert unknown.returncode == 1
    assert "unknown role 'king'; allowed: learner, trainer" in unknown.stderr
    with open_database(database_url).app_context():
        with db.engine.connect() as connection:
            assert check_password(connection, login, password) is not None
            paul = check_password(connection, *secret.read_text().split())
            assert paul is not None
            wanted = select(RoleGrant.role).where(RoleGrant.person_id == paul[1])
            assert set(connection.execute(wanted).scalars()) == {"author", "trainer"}
            assert len(connection.execute(select(StaffAccount.login)).all()) == 2
        db.engine.dispose()


def test_the_demonstration_is_loaded_once_and_kept_from_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run_lms(home, "demo", "--if-empty")
    assert done.returncode == 0, done.stderr
    assert mode(home / "demonstration.json") == 0o600
    told = read_demonstration(home)
    assert told is not None
    assert told.password not in done.stdout
    assert re.fullmatch(r"[1-9]\d{5}", told.code)
    assert (told.learner, len(told.pictures)) == (NAMES[0], 3)
    assert run_lms(home, "demo", "--if-empty").returncode == 0
    assert read_demonstration(home) == told
    again = run_lms(home, "demo")
    assert again.returncode == 1
    assert "already has an organisation" in again.stderr


@pytest.fixture
def filled(tmp_path: Path, instance_url: str) -> Room:
    """An instance with statements; the content is the instance's own."""
    with open_room(instance_url, tmp_path / "home") as room:
        room.send(room.begin("guided"), {"do": "add"}, {"do": "end", "mode": "guided"})
    return room


def test_statements_and_rebuild_tell_what_there_is(filled: Room, tmp_path: Path, instance_url: str) -> None:
    home = tmp_path / "home"
    last = run_lms(home, "statements", "--last", "2", database_url=instance_url)
    assert last.returncode == 0, last.stderr
    lines = last.stdout.splitlines()
    assert len(lines) == 2
    assert "a réussi l'étape" in lines[0]
    assert lines[1].endswith("a réussi  «Ajouter»  (réussi, avec guidage, sans aide)")
    raw = run_lms(home, "statements", "--json", database_url=instance_url)
    assert [json.loads(line)["version"] for line in raw.stdout.splitlines()] == ["1.0.0"] * 3
    same = run_lms(home, "rebuild", database_url=instance_url)
    assert same.stdout == "1 folded; nothing changed.\n"
    with open_database(instance_url).app_context():
        before = read_rows(Progress)
        with transaction() as connection:
            connection.execute(update(Progress).values(attempts=7))
        changed = run_lms(home, "rebuild", database_url=instance_url)
        assert changed.stdout == "1 folded; rows that changed: 1.\n"
        assert read_rows(Progress) == before
        db.engine.dispose()


def test_partners_get_a_secret_that_is_shown_once(filled: Room, tmp_path: Path, instance_url: str) -> None:
    done = run_lms(tmp_path / "home", "partners", "add", "Département", database_url=instance_url)
    assert re.fullmatch(r"key    [0-9a-f]{24}\nsecret [\w-]{43}\n", done.stdout), done.stderr
    other = run_lms(tmp_path / "home", "partners", "add", "X", "--organisation", "nowhere", database_url=instance_url)
    assert other.returncode == 1
    assert "--organisation: one of here" in other.stderr


def test_the_worker_runs_what_is_due_and_stops(filled: Room, tmp_path: Path, instance_url: str) -> None:
    done = run_lms(tmp_path / "home", "worker", "--once", database_url=instance_url)
    assert done.returncode == 0, done.stderr
    core = ["erase-typed: 0", "erase-guests: 0", "erase-events: 0", "make-partitions: 0"]
    told = done.stdout.splitlines()
    assert told[: len(core)] == core
    assert {line.partition("-")[0] for line in told[len(core) :]} == {"detection", "referral"}, "each plugin's own"
    assert run_lms(tmp_path / "home", "worker", "--once", database_url=instance_url).stdout == ""


def test_migrate_hides_the_password_of_the_database(filled: Room, tmp_path: Path, instance_url: str) -> None:
    done = run_lms(tmp_path / "home", "migrate", database_url=instance_url)
    assert done.stdout.startswith("Up to date: ")
    assert "declic@" not in done.stdout


def test_a_course_with_a_fault_stops_no_verb_of_the_data(home: Path, run: Run) -> None:
    (home / "courses" / "faux").mkdir(parents=True)
    (home / "courses" / "faux" / "course.yaml").write_text("title: Faux\nmodules: non\n", encoding="utf-8")
    verbs = ("init", "migrate", "people add Paul --login paul", "partners list", "statements", "rebuild")
    for verb in verbs:
        done = run(*verb.split())
        assert done.exit_code == 0, done.output
    assert isinstance(run("worker", "--once").exception, ContentError), "what shows or needs content tells the fault"
