"""lms partners: who they are, and their credentials."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lms.cli import lms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lms.partners.credentials import Credential

ORGANISATION = click.option("--organisation", default="", help="Slug; needed when there are several.")
SCOPES = click.option(
    "--scope", "scopes", multiple=True, help="What it may do, several times; see `lms partners scopes`."
)


@contextmanager
def writing(slug: str) -> Iterator[tuple[Connection, str]]:
    """A connection that may write, and the organisation's id."""
    from lms.cli.people import find_organisation
    from lms.database.door import transaction
    from lms.instance import open_instance

    with open_instance().app_context(), transaction() as connection:
        yield connection, find_organisation(connection, slug)


@contextmanager
def reading(slug: str) -> Iterator[tuple[Connection, str]]:
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
    from lms.partners.credentials import read_credentials
    from lms.partners.outbox import read_backlogs
    from lms.partners.registry import read_partners

    with reading(organisation) as (connection, house):
        backlogs = {one.partner: one for one in read_backlogs(connection, house)}
        for row in read_partners(connection, house):
            click.echo(f"{row.name}{'  (closed)' if row.revoked else ''}")
            for one in read_credentials(connection, house, row.id):
                click.echo(f"  key {one.key}  {' '.join(sorted(one.scopes))}  {_say_state(one)}  id {one.id}")
            if row.id in backlogs:
                found = backlogs[row.id]
                click.echo(f"  relay {row.relay_url}  waiting {found.waiting}  parked {found.parked}  {found.error}")


def _say_state(one: Credential) -> str:
    """How a credential stands, and to what it is limited."""
    from lms.database.clock import now, to_iso

    used = f"last used {to_iso(one.last_used)}" if one.last_used else "never used"
    said = ["revoked" if one.revoked else used]
    if one.expires is not None:
        said.append(f"{'ends' if one.is_open(now()) else 'ended'} {to_iso(one.expires)}")
    for what, names in (("groups", one.limits.groups), ("courses", one.limits.courses), ("pages", one.origins)):
        if names:
            said.append(f"only {what} {' '.join(sorted(names))}")
    return "  ".join(said)


@partners.command("add")
@click.argument("name")
@SCOPES
@ORGANISATION
def add_partner(name: str, scopes: tuple[str, ...], organisation: str) -> None:
    """Make a key and a secret; the secret is shown once."""
    from lms.partners.credentials import USUAL, add_credential

    with writing(organisation) as (connection, house):
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
@click.option("--days", type=click.IntRange(1), help="Days until it ends by itself.")
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
    from lms.partners.credentials import USUAL, Limits
    from lms.partners.credentials import add_key as make
    from lms.partners.registry import find_partner_id

    limits = Limits(frozenset(groups), frozenset(courses))
    with writing(organisation) as (connection, house):
        found = find_partner_id(connection, house, partner)
        _check_groups(connection, house, groups)
        pair = make(connection, house, found, _check_scopes(scopes) or USUAL, limits, origins, _find_end(days))
    _tell(pair)


def _find_end(days: int | None) -> int | None:
    from lms.database.clock import now

    return None if days is None else now() + days * 24 * 3600 * 1_000_000


def _check_groups(connection: Connection, organisation: str, groups: tuple[str, ...]) -> None:
    from lms.people.workshops import read_groups

    known = read_groups(connection, organisation)
    for one in groups:
        if one not in known:
            told = ", ".join(f"{name} ({label})" for name, label in known.items()) or "none"
            raise click.ClickException(f"no group {one!r}; there are: {told}")


@partners.command("expire")
@click.argument("credential")
@click.option("--days", type=click.IntRange(1), help="Days until it ends by itself; without it, never.")
@ORGANISATION
def expire(credential: str, days: int | None, organisation: str) -> None:
    """Set when a credential (id) ends by itself, or that it does not."""
    from lms.partners.credentials import expire_credential

    with writing(organisation) as (connection, house):
        expire_credential(connection, house, credential, _find_end(days))
    click.echo("never ends" if days is None else f"ends in {days} days")


@partners.command("rotate")
@click.argument("credential")
@ORGANISATION
def rotate(credential: str, organisation: str) -> None:
    """Make a new secret of a credential (id); the former opens for a day more."""
    from lms.partners.credentials import rotate_secret

    with writing(organisation) as (connection, house):
        pair = rotate_secret(connection, house, credential)
    _tell(pair)


@partners.command("revoke")
@click.argument("credential")
@ORGANISATION
def revoke(credential: str, organisation: str) -> None:
    """Close a credential (id) for good, with its tokens."""
    from lms.partners.credentials import revoke_credential

    with writing(organisation) as (connection, house):
        revoke_credential(connection, house, credential)
    click.echo("closed")
