"""The data of one instance: its plugins, its key, its database. No content, no pages."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import DBAPIError

from lms.database.db import connect_database, db
from lms.database.door import explain
from lms.database.migrate import migrate
from lms.errors import SettingsError
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings, read_settings


def open_instance(settings: Settings | None = None) -> Flask:
    """For verbs that show no page: they start in half the time, and a fault in a course stops none of them.

    Raises SettingsError or PluginError when it cannot be opened.
    """
    settings = settings or read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    plugins = load_plugins(settings, bundled("plugins"))
    app = Flask("lms", static_folder=None)
    app.config["SECRET_KEY"] = read_key(settings.home / "secret.key")
    connect_database(app, settings.url, settings.write_wait_seconds)
    open_database(app, settings, plugins)
    return app


def open_database(app: Flask, settings: Settings, plugins: Plugins) -> None:
    """Bring it to the newest migrations. Raises SettingsError when it is no database, or none that answers."""
    try:
        with app.app_context():
            migrate(db.engine, plugins.tables)
    except DBAPIError as error:
        place = db_place(settings)
        raise explain(error) or SettingsError(f"database_url: {place} cannot be used: {error.orig}") from error


def db_place(settings: Settings) -> str:
    """Where the database is, without a password."""
    return settings.url.split("@")[-1]


def read_key(file: Path) -> str:
    """A secret of the instance, made at the first start, readable by its owner alone."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()
