"""lms partners, relay."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from lms.cli import lms

if TYPE_CHECKING:
    from sqlalchemy import Connection

ORGANISATION = click.option("--organisation", default="", help="Slug; needed when there are several.")
SCOPES = click.option(
    "--scope", "scopes", multiple=True, help="What it may do, several times; see `lms partners scopes`."
)


@contextmanager
def _writing(slug: str) -> Iterator[tuple[Connection, str]]:
    """A connection that may write, and the organisation's id."""
    from lms.cli.people import find_organisation
    from lms.database.door import transaction
    from lms.instance import open_instance

    with open_instance().app_context(), transaction() as connection:
        yield connection, find_organisation(connection, slug)


@contextmanager
def _reading(slug: str) -> Iterator[tuple[Connection, str]]:
    """A connection that only reads, and the organisation's id: nobody who writes waits for it."""
    from lms.cli.people import find_organisation
    from lms.database.db import db
    from lms.instance import open_instance

    with open_instance().app_context(), db.engine.connect() as connection:
        yield connection, find_organisation(connection, slug)


def _tell(pair: tuple[str, str]) -> None:
    click.echo(f"key    {pair[0]}\nsecret {pair[1]}")


@lms.group()
def partners() -> None:
    """Partner systems: their credentials, and what is sent to them."""


@partners.command("scopes")
def tell_scopes() -> None:
    """Show what a credential may be allowed."""
    from lms.partners.scopes import SCOPES as known

    click.echo("\n".join(known))


@partners.command("list")
@ORGANISATION
def list_partners(organisation: str) -> None:
    """Show partners, their credentials and how the relay goes."""
    from lms.database.clock import to_iso
    from lms.partners.credentials import read_credentials
    from lms.partners.outbox import read_backlogs
    from lms.partners.registry import read_partners

    with _reading(organisation) as (connection, house):
        backlogs = {one.partner: one for one in read_backlogs(connection, house)}
        for row in read_partners(connection, house):
            click.echo(f"{row.name}{'  (closed)' if row.revoked else ''}")
            for one in read_credentials(connection, house, row.id):
                used = to_iso(one.last_used) if one.last_used else "never"
                state = "revoked" if one.revoked else f"last used {used}"
                click.echo(f"  key {one.key}  {' '.join(sorted(one.scopes))}  {state}  id {one.id}")
            if row.id in backlogs:
                found = backlogs[row.id]
                click.echo(f"  relay {row.relay_url}  waiting {found.waiting}  parked {found.parked}  {found.error}")


@partners.command("add")
@click.argument("name")
@SCOPES
@ORGANISATION
def add_partner(name: str, scopes: tuple[str, ...], organisation: str) -> None:
    """Make a key and a secret; the secret is shown once."""
    from lms.partners.credentials import USUAL, add_credential

    with _writing(organisation) as (connection, house):
        pair = add_credential(connection, house, name, _check_scopes(scopes) or USUAL)
    _tell(pair)


def _check_scopes(scopes: tuple[str, ...]) -> tuple[str, ...]:
    from lms.partners.scopes import read_scopes

    try:
        return read_scopes(" ".join(scopes))
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@partners.command("key")
@click.argument("partner")
@SCOPES
@click.option("--group", "groups", multiple=True, help="Id of a group: only its learners. Several times.")
@click.option("--course", "courses", multiple=True, help="Only this course. Several times.")
@click.option("--origin", "origins", multiple=True, help="https://… of pages that may use it from a browser.")
@click.option("--days", type=int, help="Days until it ends by itself.")
@ORGANISATION
def add_key(
    partner: str,
    scopes: tuple[str, ...],
    groups: tuple[str, ...],
    courses: tuple[str, ...],
    origins: tuple[str, ...],
    days: int | None,
    organisation: str,
) -> None:
    """Make one more credential of a partner (name or id)."""
    from lms.database.clock import now
    from lms.partners.credentials import USUAL, Limits
    from lms.partners.credentials import add_key as make
    from lms.partners.registry import find_partner_id

    limits = Limits(frozenset(groups), frozenset(courses))
    expires = None if days is None else now() + days * 24 * 3600 * 1_000_000
    with _writing(organisation) as (connection, house):
        found = find_partner_id(connection, house, partner)
        pair = make(connection, house, found, _check_scopes(scopes) or USUAL, limits, origins, expires)
    _tell(pair)


@partners.command("rotate")
@click.argument("credential")
@ORGANISATION
def rotate(credential: str, organisation: str) -> None:
    """Make a new secret of a credential (id); the former opens for a day more."""
    from lms.partners.credentials import rotate_secret

    with _writing(organisation) as (connection, house):
        pair = rotate_secret(connection, house, credential)
    _tell(pair)


@partners.command("revoke")
@click.argument("credential")
@ORGANISATION
def revoke(credential: str, organisation: str) -> None:
    """Close a credential (id) for good, with its tokens."""
    from lms.partners.credentials import revoke_credential

    with _writing(organisation) as (connection, house):
        revoke_credential(connection, house, credential)
    click.echo("closed")


@partners.command("send")
@click.argument("partner")
@click.option("--to", "url", required=True, help="Address of the partner's LRS, https://…/xapi/")
@click.option("--key", default="", help="Key that the partner gave.")
@click.option("--secret", default="", help="Secret that the partner gave; asked for when a key is given alone.")
@click.option("--version", default="1.0.3", show_default=True, help="1.0.3 or 2.0.0.")
@click.option("--what", default="own", show_default=True, help="own: what Déclic says; all: what partners post too.")
@click.option("--course", "courses", multiple=True, help="Only this course. Several times.")
@click.option("--verb", "verbs", multiple=True, help="Only this verb (IRI). Several times.")
@click.option("--pseudonyms", is_flag=True, help="Hide who acted.")
@click.option("--past", is_flag=True, help="Send what is stored already too.")
@ORGANISATION
def send(partner: str, url: str, key: str, secret: str, past: bool, organisation: str, **more: Any) -> None:
    """Send statements to a partner from now on (`lms relay`, or the server itself, does it)."""
    from flask import current_app

    from lms.partners.registry import Wish, find_partner_id, set_relay

    secret = secret or (click.prompt("Secret", hide_input=True) if key else "")
    wish = Wish(url, key, secret, **more)
    with _writing(organisation) as (connection, house):
        found = find_partner_id(connection, house, partner)
        set_relay(connection, str(current_app.config["SECRET_KEY"]), house, found, wish)
        count = _send_past(connection, house, found) if past else 0
    click.echo(f"set; {count} waiting" if past else "set")


def _send_past(connection: Connection, organisation: str, partner: str) -> int:
    from lms.partners.outbox import enqueue_past

    count, after = enqueue_past(connection, organisation, partner, 0, 1000)
    while after:
        more, after = enqueue_past(connection, organisation, partner, after, 1000)
        count += more
    return count


@partners.command("parked")
@click.argument("partner")
@ORGANISATION
def parked(partner: str, organisation: str) -> None:
    """Show what a partner refused, with its answers."""
    from lms.partners.outbox import read_parked
    from lms.partners.registry import find_partner_id

    with _reading(organisation) as (connection, house):
        rows = read_parked(connection, house, find_partner_id(connection, house, partner))
    for row in rows:
        click.echo(f"{row.statement_id}  {row.parked}")
    click.echo(f"{len(rows)} parked")


@partners.command("retry")
@click.argument("partner")
@ORGANISATION
def retry(partner: str, organisation: str) -> None:
    """Send what a partner refused once more, and what waits without waiting."""
    from lms.partners.outbox import retry_now
    from lms.partners.registry import find_partner_id

    with _writing(organisation) as (connection, house):
        count = retry_now(connection, house, find_partner_id(connection, house, partner))
    click.echo(f"{count} to be sent again")


@lms.command()
@click.option("--once", is_flag=True, help="Send what is due, then stop.")
@click.option("--every", default=2.0, show_default=True, help="Seconds between two looks.")
def relay(once: bool, every: float) -> None:
    """Send statements to partners in a process of its own; several may run beside each other."""
    from lms.app import create_app
    from lms.worker import open_relay

    app, stopping = create_app(), False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    with app.app_context():
        sender = open_relay(app)
        while not stopping:
            if count := sender.run(lambda: stopping):
                click.echo(f"{count} sent")
            if once:
                return
            time.sleep(every)
