"""lms statements: show the newest, export, import."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import IO, TYPE_CHECKING

import click

from lms.cli import lms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lms.lrs.receiving import Received, Sender

ORGANISATION = click.option("--organisation", default="", help="Slug; needed when there are several.")
SHOWN = 20
"""Refusals that are told one by one."""


@lms.group(invoke_without_command=True)
@click.option("--last", default=20, show_default=True, help="How many, newest last.")
@click.option("--json", "as_json", is_flag=True, help="The JSON as stored, one a line.")
@click.pass_context
def statements(context: click.Context, last: int, as_json: bool) -> None:
    """Show the newest statements."""
    if context.invoked_subcommand is not None:
        return
    from lms.database.clock import to_iso
    from lms.database.db import db
    from lms.instance import open_instance
    from lms.lrs.query import read_last, say_statement

    with open_instance().app_context(), db.engine.connect() as connection:
        for row in read_last(connection, last):
            if as_json:
                click.echo(row.body)
                continue
            told = say_statement(json.loads(row.body))
            line = f"{to_iso(row.stored)}  {told['actor']:<8}  {told['verb']}  «{told['object']}»"
            click.echo(line + (f"  ({told['result']})" if told["result"] else ""))


@statements.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=False))
@click.option("--since", default="", help="Only what was stored after this instant (ISO 8601).")
@click.option("--until", default="", help="Only what was stored until this instant.")
@ORGANISATION
def write(file: IO[str], since: str, until: str, organisation: str) -> None:
    """Write every statement of an organisation to FILE (- for the screen), one JSON a line."""
    from lms.cli.people import find_organisation
    from lms.database.db import db
    from lms.instance import open_instance
    from lms.lrs.transfer import count_statements, read_bodies

    count = 0
    with open_instance().app_context(), db.engine.connect() as connection:
        house = find_organisation(connection, organisation)
        bodies = read_bodies(connection, house, _read_instant(since) or 0, _read_instant(until))
        length = count_statements(connection, house) if sys.stderr.isatty() else None
        with click.progressbar(bodies, length=length, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            for body in bar:
                file.write(body + "\n")
                count += 1
    click.echo(f"{count} written", err=True)


def _read_instant(text: str) -> int | None:
    from lms.database.clock import from_iso

    try:
        return from_iso(text) if text else None
    except ValueError as error:
        raise click.ClickException(f"{text!r} is no instant: 2026-11-26 or 2026-11-26T08:00:00Z") from error


@statements.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8", lazy=False))
@click.option("--partner", required=True, help="Whose words they are: name or id of a partner with an open credential.")
@ORGANISATION
def read(file: IO[str], partner: str, organisation: str) -> None:
    """Keep the statements of FILE, one JSON a line, as if a partner posted them. Exit 1 if a line is refused."""
    from lms.app import create_app
    from lms.cli.people import find_organisation
    from lms.database.db import db
    from lms.lrs.listeners import tell_stored
    from lms.lrs.transfer import Report, import_lines

    report, app, kept = Report(), create_app(), list[str]()
    with app.app_context():
        with db.engine.connect() as connection:
            house = find_organisation(connection, organisation)
            sender, whose = _find_sender(connection, house, partner)
        with click.progressbar(length=_find_size(file), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            pass_on = partial(_queue, house, whose, kept)
            for report in import_lines(db.engine, sender, _count_bytes(file, bar), pass_on):
                bar.label = f"{report.new} new"
                tell_stored(app.extensions["lms"].classroom.plugins, house, kept)
                kept.clear()
    for one in report.refused[:SHOWN]:
        click.echo(f"line {one.line}: {one.why}", err=True)
    click.echo(f"{report.new} new, {report.known} known, {len(report.refused)} refused")
    if report.refused:
        sys.exit(1)


def _queue(organisation: str, partner: str, ids: list[str], connection: Connection, kept: Received) -> None:
    """Partners that are sent what others say get this too; `ids` are told to plugins when it is committed."""
    from lms.partners.outbox import enqueue_received

    ids += kept.new
    enqueue_received(connection, organisation, [(partner, kept.new)], kept.relays)


def _find_sender(connection: Connection, organisation: str, partner: str) -> tuple[Sender, str]:
    """Who says it, and the partner's id."""
    from flask import current_app

    from lms.database.clock import now
    from lms.lrs.building import build_authority
    from lms.lrs.receiving import Sender
    from lms.partners.credentials import read_credentials
    from lms.partners.registry import find_partner_id

    found = find_partner_id(connection, organisation, partner)
    for one in read_credentials(connection, organisation, found):
        if one.is_open(now()):
            identity = current_app.extensions["lms"].settings.identity_iri
            return Sender(organisation, one.key, build_authority(identity, organisation, one.key)), found
    raise click.ClickException(f"{partner!r} has no open credential: lms partners key {partner!r}")


def _find_size(file: IO[str]) -> int:
    try:
        return os.fstat(file.fileno()).st_size
    except OSError:
        return 0


def _count_bytes(file: IO[str], bar: click._termui_impl.ProgressBar[int]) -> Iterator[str]:
    for line in file:
        bar.update(len(line.encode("utf-8", "surrogatepass")))
        yield line
