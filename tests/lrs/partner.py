"""A partner's system at the door of an application; each has a house of its own, so one database serves many tests."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from lms.database.db import db
from lms.database.door import transaction
from lms.instance import open_instance
from lms.partners.credentials import add_credential
from lms.people.accounts import add_organisation
from lms.settings import Settings

VERSION = "X-Experience-API-Version"


@dataclass(frozen=True)
class Partner:
    """Asks with its credential; `version` is what it says it speaks."""

    app: Flask
    organisation: str
    slug: str
    key: str
    secret: str
    version: str = "1.0.3"

    def ask(self, method: str, path: str = "statements", **more: Any) -> TestResponse:
        """One request under /xapi/; headers that are None are left out; `json` may hold lone surrogates."""
        headers: dict[str, str | None] = {VERSION: self.version, **more.pop("headers", {})}
        more.setdefault("auth", (self.key, self.secret))
        if "json" in more:
            more["data"] = json.dumps(more.pop("json"))
            headers.setdefault("Content-Type", "application/json")
        kept = {name: value for name, value in headers.items() if value is not None}
        place = path if path.startswith("/") else f"/xapi/{path}"
        return self.app.test_client().open(place, method=method, headers=kept, **more)

    def read(self, **filters: Any) -> list[dict[str, Any]]:
        """The statements of one page."""
        answer = self.ask("GET", query_string=filters)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.get_json()["statements"]
        return found

    def keep(self, *statements: Mapping[str, Any]) -> list[str]:
        """Post them as one batch; their ids."""
        answer = self.ask("POST", json=list(statements))
        assert answer.status_code == 200, answer.text
        found: list[str] = answer.get_json()
        return found


def open_house(home: Path, database_url: str = "") -> tuple[str, str]:
    """(key, secret) of a partner of a new instance. `lms init` and `lms partners` have tests of their own."""
    app = open_instance(Settings(home=home, database_url=database_url))
    with app.app_context(), transaction() as connection:
        found = add_credential(connection, add_organisation(connection, "maison", "Maison"), "Partenaire", ("all",))
    close(app)
    return found


def add_partner(app: Flask, version: str = "1.0.3") -> Partner:
    """A new house with one credential."""
    slug = f"maison-{uuid.uuid4().hex}"
    with app.app_context(), transaction() as connection:
        house = add_organisation(connection, slug, "Maison")
        key, secret = add_credential(connection, house, "Partenaire", ("all",))
    return Partner(app, house, slug, key, secret, version)


def close(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        db.engine.dispose()


def tell_fault(answer: TestResponse) -> str:
    """What a refusal says to the developer."""
    found: str = answer.get_json()["error"]["detail"]
    return found
