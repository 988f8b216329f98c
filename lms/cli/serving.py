"""lms serve, migrate, worker, init, demo."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence

import click

from lms.cli import lms
from lms.cli.content import record_voices
from lms.settings import Settings, read_settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (compared with, never listened on by default)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_plugin_verbs(arguments: Sequence[str]) -> None:
    """Ask plugins for verbs only when the one wanted is not ours: `lms serve` need not wait for it."""
    wanted = next((one for one in arguments if not one.startswith("-")), "")
    if wanted and wanted not in lms.commands:
        from lms.cli.console import OpenedHere
        from lms.plugins import bundled, load_plugins

        lms.context_settings["obj"] = OpenedHere()
        load_plugins(read_settings(), bundled("plugins")).call("register_commands", cli=lms)


@lms.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--alone", is_flag=True, hidden=True, help="One process, in the place of one that ended.")
def serve(host: str | None, port: int | None, alone: bool) -> None:
    """Migrate, then serve with granian until stopped."""
    settings = read_settings()
    host, port = host or settings.host, port or settings.port
    os.environ["LMS_HOME"] = str(settings.home.resolve())
    gc.disable()  # until the application is made: all that is read and imported meanwhile stays
    from lms import serving

    if not alone:
        serving.check_address(host, port)
    serving.prepare(settings)
    if alone:
        return serving.serve_alone(settings, host, port)
    tell_addresses(settings, host, port)
    serving.serve(settings, host, port)


def tell_addresses(settings: Settings, host: str, port: int) -> None:
    """Where it is, and on this machine alone how to sign in to the demonstration."""
    from lms.people.demonstration import read_demonstration

    shown = "127.0.0.1" if host in EVERYWHERE else host
    address = f"http://{shown}:{port}"
    click.echo(f"\nDéclic: {address}/   (instance: {settings.home.resolve()})")
    told = read_demonstration(settings.home)
    if told is not None and host in LOOPBACK:
        pictures = ", ".join(told.pictures)
        click.echo(f"  Learner:  code {told.code} → {told.learner} → {pictures}")
        click.echo(f"  Trainer:  {address}/account/sign-in → {told.login} / {told.password}")
        if told.teacher:
            click.echo(f"  Teacher:  {address}/account/sign-in → {told.teacher} / {told.teacher_password}")
            click.echo(f"  Student:  {address}/account/sign-in → {told.student} / {told.student_password}")
    click.echo("  Stop with Ctrl+C. Your data stays.\n")
    sys.stdout.flush()


@lms.command()
def migrate() -> None:
    """Bring the database to the newest migrations of the core and of every plugin."""
    from lms.instance import open_instance

    app = open_instance()
    click.echo(f"Up to date: {app.config['SQLALCHEMY_DATABASE_URI'].split('@')[-1]}")


@lms.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when an organisation exists.")
@click.option("--voices", is_flag=True, help="Record the voice of every instruction too (lms audio).")
def demo(if_empty: bool, voices: bool) -> None:
    """Load the demonstration: one trainer, one workshop today, twelve learners, a school's promotion."""
    from lms.app import create_app
    from lms.learning.school.demonstration import assign_first_module
    from lms.people.demonstration import load_demonstration, needs_demonstration

    settings = read_settings()
    if if_empty and (settings.home / "demonstration.json").is_file():
        return
    app = create_app(settings)
    with app.app_context():
        if not needs_demonstration():
            if if_empty:
                return
            raise click.ClickException(f"{settings.home} already has an organisation; nothing was changed.")
        told = load_demonstration(settings.home)
        assign_first_module(told)
    click.echo(f"Demonstration loaded; how to sign in: {settings.home / 'demonstration.json'}")
    click.echo(f"Workshop «{told.workshop}», code {told.code}")
    if voices and settings.audio_engine != "none":
        record_voices(settings, settings.locale)


@lms.command()
@click.option("--organisation", default="Notre structure", help="Name of the organisation.")
@click.option("--name", default="Animateur", help="First name of the first trainer, who also administers.")
@click.option("--login", default="animateur", help="What is typed to sign in.")
def init(organisation: str, name: str, login: str) -> None:
    """Make an empty instance: database, key, one organisation, its first trainer."""
    from lms.database.door import transaction
    from lms.instance import open_instance
    from lms.people.accounts import add_organisation, add_person, new_password, set_password
    from lms.people.demonstration import needs_demonstration, write_secret
    from lms.people.roles import ADMINISTRATOR, TRAINER

    settings, password = read_settings(), new_password()
    app = open_instance(settings)
    with app.app_context():
        if not needs_demonstration():
            raise click.ClickException(f"{settings.home} already has an organisation; nothing was changed.")
        with transaction() as connection:
            made = add_organisation(connection, "maison", organisation)
            person = add_person(connection, made, name, [TRAINER, ADMINISTRATOR])
            set_password(connection, made, person, login, password)
            file = settings.home / "first-password.txt"
            write_secret(file, f"{login}\n{password}\n")
    click.echo(f"Ready in {settings.home}. Sign-in of {name}: {file} (readable by you alone).")


@lms.command()
@click.option("--once", is_flag=True, help="Run what is due, then stop.")
def worker(once: bool) -> None:
    """Run scheduled jobs in a process of their own (lms serve runs them in a thread)."""
    from lms.app import create_app
    from lms.web.site import Site
    from lms.worker import PAUSE_SECONDS, find_work, watch_once

    settings = read_settings()
    app = create_app(settings)
    site: Site = app.extensions["lms"]
    works = find_work(settings, site.classroom.plugins)
    with app.app_context():
        while True:
            for name, count in watch_once(works, f"worker-{os.getpid()}").items():
                click.echo(f"{name}: {count}")
            if once:
                return
            time.sleep(PAUSE_SECONDS)
