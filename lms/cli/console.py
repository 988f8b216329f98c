"""What the core lends to verbs of plugins: `lms.contract.commands.Console`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


def count(number: int, what: str) -> str:
    """«1 fault», «2 faults»."""
    return f"{number} {what}{'' if number == 1 else 's'}"


class OpenedHere:
    """The instance of the settings in force, opened when a verb asks."""

    @contextmanager
    def open(self, organisation: str = "") -> Iterator[str]:
        """The data, no pages nor courses; the id of that organisation. Raises ClickException naming those there are."""
        from lms.cli.people import find_organisation
        from lms.database.db import db
        from lms.instance import open_instance
        from lms.plugins.listeners import lend_door

        with open_instance().app_context(), lend_door():
            try:
                with db.engine.connect() as connection:
                    where = find_organisation(connection, organisation)
                yield where
            finally:
                db.engine.dispose()
