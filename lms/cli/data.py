"""lms statements, rebuild."""

from __future__ import annotations

import json

import click

from lms.cli import lms


@lms.command()
@click.option("--last", default=20, show_default=True, help="How many, newest last.")
@click.option("--json", "as_json", is_flag=True, help="The JSON as stored, one a line.")
def statements(last: int, as_json: bool) -> None:
    """Show the newest statements."""
    from lms.app import create_app
    from lms.database.clock import to_iso
    from lms.database.db import db
    from lms.lrs.query import read_last, say_statement

    with create_app().app_context(), db.engine.connect() as connection:
        for row in read_last(connection, last):
            if as_json:
                click.echo(row.body)
                continue
            told = say_statement(json.loads(row.body))
            line = f"{to_iso(row.stored)}  {told['actor']:<8}  {told['verb']}  «{told['object']}»"
            click.echo(line + (f"  ({told['result']})" if told["result"] else ""))


@lms.command()
def rebuild() -> None:
    """Fold all progress anew from the statements, and say what changed."""
    from lms.app import create_app
    from lms.database.door import transaction
    from lms.learning.progress import hold_everyone, snapshot
    from lms.learning.progress import rebuild as fold_all

    with create_app().app_context(), transaction() as connection:
        hold_everyone(connection)
        before = snapshot(connection)
        count = fold_all(connection)
        after = snapshot(connection)
    changed = sum(before.get(key) != after.get(key) for key in before | after)
    click.echo(f"{count} folded; {'nothing changed' if not changed else f'rows that changed: {changed}'}.")
