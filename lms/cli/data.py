"""lms rebuild."""

from __future__ import annotations

import click

from lms.cli import lms


@lms.command()
def rebuild() -> None:
    """Fold all progress anew from the statements, and say what changed."""
    from lms.database.door import transaction
    from lms.instance import open_instance
    from lms.learning.progress import hold_everyone, snapshot
    from lms.learning.progress import rebuild as fold_all

    with open_instance().app_context(), transaction() as connection:
        hold_everyone(connection)
        before = snapshot(connection)
        count = fold_all(connection)
        after = snapshot(connection)
    changed = sum(before.get(key) != after.get(key) for key in before | after)
    click.echo(f"{count} folded; {'nothing changed' if not changed else f'rows that changed: {changed}'}.")
