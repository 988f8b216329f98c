"""lms partners send, parked, retry; lms relay: what partners are sent."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any

import click

from lms.cli import lms
from lms.cli.partners import ORGANISATION, partners, reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
    with writing(organisation) as (connection, house):
        found = find_partner_id(connection, house, partner)
        set_relay(connection, str(current_app.config["SECRET_KEY"]), house, found, wish)
        count = _send_past(connection, house, found) if past else 0
    click.echo(f"set; {count} waiting" if past else "set")


def _send_past(connection: Connection, organisation: str, partner: str) -> int:
    from lms.partners.outbox import FIRST, enqueue_past

    count, after = enqueue_past(connection, organisation, partner, FIRST, 1000)
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

    with reading(organisation) as (connection, house):
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

    with writing(organisation) as (connection, house):
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
