"""What tests of referral share: an instance with one house, its directory filled, and the plugin's own modules."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

import lms.cli
from lms.app import create_app
from lms.cli.console import OpenedHere
from lms.database.db import db
from lms.database.door import transaction
from lms.people.accounts import add_organisation, add_person
from lms.plugins import bundled, load_plugins
from lms.plugins.listeners import lend
from lms.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "plugins/referral/data/exemple.csv"


def part(name: str) -> Any:
    """A module of the plugin, as the application imports it."""
    return importlib.import_module(f"lms_plugins.referral.{name}")


@dataclass
class Desk:
    """One instance with one house and somebody of each role that this plugin knows."""

    app: Flask
    home: Path
    house: str
    people: dict[str, str]
    settings: dict[str, str]

    def run(self, *arguments: str) -> Result:
        """`lms …` on this instance."""
        group = click.Group("lms", commands=dict(lms.cli.lms.commands))
        load_plugins(Settings(home=self.home), bundled("plugins")).call("register_commands", cli=group)
        environ = {"LMS_HOME": str(self.home), **self.settings}
        return CliRunner(env=environ).invoke(group, arguments, obj=OpenedHere())

    def fill(self, file: Path = EXAMPLE) -> str:
        """Import a directory; what was said."""
        told = self.run("places", "import", str(file))
        assert told.exit_code == 0, told.output
        return told.output

    def visit(self, role: str = "social_worker", person: str = "") -> FlaskClient:
        """A browser in which somebody of that role is signed in."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{self.house}|{person or self.people[role]}"
            session.permanent = True
        return client

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The plugin's functions may read inside."""
        with self.app.app_context(), db.engine.connect() as connection, lend(connection):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The plugin's functions may write inside."""
        with self.app.app_context(), transaction() as connection, lend(connection):
            yield connection


@contextmanager
def open_desk(home: Path, database_url: str = "", **settings: object) -> Iterator[Desk]:
    """A fresh instance."""
    app = create_app(Settings(home=home, database_url=database_url, **settings))  # type: ignore[arg-type]
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context(), transaction() as connection:
        house = add_organisation(connection, "maison", "Maison de Valcombe")
        roles = ("social_worker", "trainer", "administrator", "learner", "student")
        people = {role: add_person(connection, house, role.title().replace("_", " "), [role]) for role in roles}
        people["other"] = add_person(connection, house, "Nadia", ["social_worker"])
    named = {f"LMS_{name.upper()}": str(value) for name, value in settings.items()}
    yield Desk(app, home, house, people, named | ({"LMS_DATABASE_URL": database_url} if database_url else {}))
    with app.app_context():
        db.engine.dispose()
