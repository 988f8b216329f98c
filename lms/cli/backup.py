"""lms backup, restore: one zip with the database, the key, the settings and the instance's own content."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import click

from lms.cli import lms
from lms.database.clock import now, to_iso
from lms.settings import Settings, read_settings

DATABASE = "declic.db"
MARK = "backup.json"
SECRETS = ("secret.key", "demonstration.json", "first-password.txt")
OWN = ("courses", "plugins", "simulators", "themes", "translations")
FORMAT = 1


@lms.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Keep the instance in one zip, while it serves. PostgreSQL: says which command to use."""
    settings = read_settings()
    source = find_sqlite(settings)
    if not source.is_file():
        raise click.ClickException(f"{source} is not there: nothing to keep")
    if file.exists():
        raise click.ClickException(f"{file} is there already; nothing was written")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as place:
        copy, part = Path(place) / DATABASE, Path(place) / "part.zip"
        copy_database(source, copy)
        # The key is inside: nobody else may read the zip, from its first byte.
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MARK, json.dumps({"format": FORMAT, "made": to_iso(now())}))
            archive.write(copy, DATABASE)
            for path in find_own(settings.home):
                archive.write(path, path.relative_to(settings.home).as_posix())
        part.replace(file)
    click.echo(f"{file} written ({file.stat().st_size // 1024} kB). It holds the secret key: keep it as you keep keys.")


def find_sqlite(settings: Settings) -> Path:
    """The database file. Raises ClickException for PostgreSQL, naming the command that serves there."""
    if settings.url.startswith("sqlite:///"):
        return Path(settings.url.removeprefix("sqlite:///"))
    address = settings.url.replace("postgresql+psycopg://", "postgresql://")
    shown = address.split("@")[-1]
    raise click.ClickException(
        "the database is PostgreSQL; use its own tools:\n"
        f"  pg_dump --format=custom --file=declic.dump postgresql://USER@{shown}\n"
        f"  pg_restore --clean --if-exists --dbname=postgresql://USER@{shown} declic.dump\n"
        f"and keep the folder {settings.home} (secret.key, lms.toml, own content) beside the dump."
    )


def copy_database(source: Path, target: Path) -> None:
    """SQLite's own online backup: whole, also while others write."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def find_own(home: Path) -> Iterator[Path]:
    """What an instance holds beside its database. Recorded voices stay out: `lms audio` makes them again."""
    yield from (home / name for name in ("lms.toml", *SECRETS) if (home / name).is_file())
    yield from sorted(home.glob("password-*.txt"))
    for folder in OWN:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


@lms.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A later backup: what was erased until then is erased here too.",
)
def restore(file: Path, erased: Path | None) -> None:
    """Unpack a backup into an empty instance folder. What was erased stays erased."""
    home = read_settings().home
    if home.exists() and any(home.iterdir()):
        raise click.ClickException(f"{home} is not empty; nothing was changed. LMS_HOME names another folder.")
    unpack(file, home)
    gone = erase_again(*read_later(erased))
    click.echo(f"Restored into {home.resolve()}." + (f" {gone} statements erased again." if gone else ""))


def unpack(file: Path, home: Path) -> None:
    """All or nothing: unpacked beside the instance, checked, then moved. Raises ClickException."""
    home.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.resolve().parent) as place:
        whole = Path(place) / "instance"
        try:
            with zipfile.ZipFile(file) as archive:
                check_archive(archive)
                archive.extractall(whole)
        except zipfile.BadZipFile as error:
            raise click.ClickException(f"{file} is no whole zip: {error}") from error
        check_database(whole / DATABASE)
        check_place(whole)
        (whole / MARK).unlink()
        for path in (whole / DATABASE, *(whole / name for name in SECRETS), *whole.glob("password-*.txt")):
            if path.is_file():
                path.chmod(0o600)
        if home.exists():
            home.rmdir()
        shutil.move(whole, home)


def check_archive(archive: zipfile.ZipFile) -> None:
    """It is ours, and every name stays inside. Raises ClickException."""
    names = archive.namelist()
    if MARK not in names or DATABASE not in names or json.loads(archive.read(MARK)).get("format") != FORMAT:
        raise click.ClickException(f"{archive.filename} was not made by `lms backup` of this version")
    for name in names:
        path = PurePosixPath(name)
        known = path.parts[0] in OWN or name in (MARK, DATABASE, "lms.toml", *SECRETS) or path.match("password-*.txt")
        if path.is_absolute() or ".." in path.parts or not known:
            raise click.ClickException(f"{archive.filename}: «{name}» has no place in a backup; nothing was changed")


def check_database(file: Path) -> None:
    """SQLite reads it through. Raises ClickException."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise click.ClickException(f"the database in the backup is damaged: {told}")


def check_place(whole: Path) -> None:
    """The restored settings mean the restored database, and no other. Raises ClickException."""
    url = read_settings({**os.environ, "LMS_HOME": str(whole)}).url
    if url != f"sqlite:///{(whole / DATABASE).resolve()}":
        told = "database_url, in the backup's lms.toml or in the environment, names another database"
        raise click.ClickException(f"{told}; nothing was changed. Unpack the zip by hand, or unset it.")


def read_later(later: Path | None) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Erasures of a later backup, and (organisation, person) of the people who were erased whole."""
    if later is None:
        return [], []
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(later) as archive:
        check_archive(archive)
        file = archive.extract(DATABASE, place)
        with closing(sqlite3.connect(file)) as connection:
            people = connection.execute(
                "SELECT organisation_id, id FROM person WHERE deleted_at IS NOT NULL"
            ).fetchall()
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM erasure")], people


def erase_again(later: Iterable[Mapping[str, Any]], people: Iterable[tuple[str, str]]) -> int:
    """Delete what erasures name and the people who are gone, and fold progress anew; how many statements there were."""
    from lms.app import create_app
    from lms.database.door import transaction
    from lms.database.models import Erasure
    from lms.database.rows import insert_missing
    from lms.errors import NotFound
    from lms.learning.erasure import erase_person
    from lms.learning.progress import hold_everyone, rebuild
    from lms.lrs.erasing import erase_statements
    from lms.plugins.listeners import call_after_commit

    app, erased = create_app(), []
    site = app.extensions["lms"]
    with app.app_context():
        with transaction() as connection:
            insert_missing(connection, Erasure, list(later))
            gone = erase_statements(connection)
            for organisation, person in people:
                with suppress(NotFound):  # they came after this backup
                    done = erase_person(connection, organisation, person, site.settings.identity_iri)
                    gone += done["statements"]
                    erased.append((organisation, person))
            if gone:
                hold_everyone(connection)
                rebuild(connection)
        for organisation, person in erased:
            call_after_commit(site.classroom.plugins, "person_erased", organisation=organisation, person=person)
        return gone
