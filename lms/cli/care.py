"""lms doctor: is everything that this instance needs there and in order?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lms.cli import lms
from lms.cli.console import count
from lms.errors import LMSError
from lms.settings import Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.exc import SQLAlchemyError

    from lms.plugins import Plugins

LEAST_FREE = 500 * 1024 * 1024
"""Under this a busy room could fill the disk within weeks."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and in a sentence how it is."""

    well: bool
    about: str
    say: str

    def __str__(self) -> str:
        return f"{'well ' if self.well else 'FAULT'}  {self.about}: {self.say}"


@lms.command()
@click.option("--quick", is_flag=True, help="Leave out courses and scenarios, which take some seconds.")
def doctor(quick: bool) -> None:
    """Look at settings, database, disk, key, voice, mail and content; change nothing. Exit 1 on a fault."""
    faults = 0
    for finding in examine(quick):
        click.echo(str(finding))
        faults += not finding.well
    click.echo(f"{faults} to mend." if faults else "All is well.")
    sys.exit(1 if faults else 0)


def examine(quick: bool) -> Iterator[Finding]:
    """Every finding, as soon as it is known."""
    try:
        settings = read_settings()
    except LMSError as error:
        yield Finding(False, "settings", str(error))
        return
    yield _look_at_settings(settings)
    plugins, finding = _look_at_plugins(settings)
    yield finding
    yield from _look_at_database(settings, plugins)
    yield _look_at_disk(settings.home)
    yield _look_at_key(settings.home / "secret.key")
    yield _look_at_voice(settings)
    yield _look_at_mail(settings)
    if plugins is not None and not quick:
        yield _look_at_content(settings, plugins)


def _look_at_settings(settings: Settings) -> Finding:
    from lms.plugins import bundled

    themes = {
        path.parent.name for root in (bundled("themes"), settings.home / "themes") for path in root.glob("*/theme.yaml")
    }
    if settings.theme not in themes:
        return Finding(
            False, "settings", f"theme «{settings.theme}» is not there; there is: {', '.join(sorted(themes))}"
        )
    if settings.host in ("0.0.0.0", "::") and not settings.public_url:  # noqa: S104
        told = "the room is served, but public_url is empty: cards bear the address under which they were printed"
        return Finding(True, "settings", told)
    return Finding(True, "settings", f"read from {settings.home / 'lms.toml'} and the environment")


def _look_at_plugins(settings: Settings) -> tuple[Plugins | None, Finding]:
    from lms.plugins import bundled, load_plugins

    try:
        found = load_plugins(settings, bundled("plugins"))
    except LMSError as error:
        return None, Finding(False, "plugins", str(error))
    if found.skipped:
        return found, Finding(False, "plugins", "; ".join(map(str, found.skipped)))
    return found, Finding(True, "plugins", ", ".join(found.names))


def _look_at_database(settings: Settings, plugins: Plugins | None) -> Iterator[Finding]:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    from lms.database.db import engine_options, prepare_engine

    file = _sqlite_file(settings.url)
    if file is not None and not file.is_file():
        yield Finding(False, "database", f"{file} is not there yet; `lms serve`, `lms init` or `lms demo` makes it")
        return
    try:
        engine = create_engine(settings.url, **engine_options(settings.url, settings.write_wait_seconds))
    except SQLAlchemyError as error:
        yield Finding(False, "database", f"database_url cannot be read: {_first_line(error)}")
        return
    prepare_engine(engine)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        yield Finding(True, "database", f"{engine.dialect.name} answers")
        yield from _look_inside(engine, plugins)
    except SQLAlchemyError as error:
        yield Finding(False, "database", f"it does not answer: {_first_line(error)}")
    finally:
        engine.dispose()


def _sqlite_file(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _look_inside(engine: Engine, plugins: Plugins | None) -> Iterator[Finding]:
    from lms.database.append_only import missing_triggers
    from lms.database.migrate import HERE, pending
    from lms.database.models import Base
    from lms.lrs.erasing import count_erased

    owners = [("core", Base.metadata, HERE / "versions")]
    owners += [(name, one.metadata, one.migrations) for name, one in (plugins.tables if plugins else {}).items()]
    late = [one[0] for one in owners if pending(engine, [one])]
    if late:
        yield Finding(False, "migrations", f"not run yet for {', '.join(late)}; run: lms migrate")
        return
    yield Finding(True, "migrations", "all were run")
    with engine.connect() as connection:
        lost, erased = missing_triggers(connection), count_erased(connection)
    told = f"statements could be changed; missing: {', '.join(lost)}; run: lms migrate"
    yield Finding(not lost, "triggers", told if lost else "statements cannot be changed")
    yield Finding(True, "erasures", f"{erased} statements were erased; their places stay empty")


def _look_at_disk(home: Path) -> Finding:
    if not home.is_dir():
        return Finding(False, "disk", f"the instance folder {home} is not there; LMS_HOME names it")
    free = shutil.disk_usage(home).free
    return Finding(free >= LEAST_FREE, "disk", f"{free // (1024 * 1024)} MB free for {home}")


def _look_at_key(file: Path) -> Finding:
    if not file.is_file():
        return Finding(True, "key", f"{file} is made at the first start")
    mode = file.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding(False, "key", f"others may read {file} (mode {mode:04o}); run: chmod 600 {file}")
    return Finding(True, "key", "readable by its owner alone")


def _look_at_voice(settings: Settings) -> Finding:
    from lms.content.speech import SpeechError, speak

    if settings.audio_engine == "none":
        return Finding(True, "voice", "audio_engine is none: pages use the browser's voice, where it has one")
    try:
        speak("Bonjour.", settings.locale)
    except SpeechError as error:
        return Finding(False, "voice", str(error))
    made = len(list((settings.home / "audio").glob("*.mp3")))
    return Finding(
        True, "voice", f"{settings.audio_engine} speaks; {made} sentences are recorded (lms audio makes the rest)"
    )


def _look_at_mail(settings: Settings) -> Finding:
    from lms.mail import check

    if not settings.smtp_host:
        return Finding(True, "mail", f"smtp_host is empty: letters are files in {settings.home / 'mail'}")
    try:
        check(settings)
    except LMSError as error:
        return Finding(False, "mail", str(error))
    signed = f", signed in as {settings.smtp_user}" if settings.smtp_user else ""
    return Finding(
        True, "mail", f"{settings.smtp_host}:{settings.smtp_port} answers ({settings.smtp_security}{signed})"
    )


def _look_at_content(settings: Settings, plugins: Plugins) -> Finding:
    from lms.content.checks import Notice, check_all, find_folders
    from lms.content.walked import Walked

    walked = Walked(settings.cache_folder)
    problems = check_all(find_folders(settings), plugins, datetime.now(UTC).date(), walked=walked)
    faults = sum(not isinstance(one, Notice) for one in problems)
    told = f"{count(faults, 'fault')}, {count(len(problems) - faults, 'note')}"
    return Finding(not faults, "content", told + ("; run: lms check" if problems else ""))
