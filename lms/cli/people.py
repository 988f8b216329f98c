"""lms people add, erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lms.cli import lms

if TYPE_CHECKING:
    from sqlalchemy import Connection


@lms.group()
def people() -> None:
    """Members of staff; erasing anybody."""


def find_organisation(connection: Connection, slug: str) -> str:
    """The organisation of this slug; without one, the only one there is."""
    from sqlalchemy import select

    from lms.database.models import Organisation

    rows = connection.execute(select(Organisation.id, Organisation.slug).order_by(Organisation.slug)).all()
    found = [row.id for row in rows if slug in ("", row.slug)]
    if len(found) != 1:
        known = ", ".join(row.slug for row in rows) or "none yet: lms init"
        raise click.ClickException(f"--organisation: one of {known}")
    return str(found[0])


@people.command("add")
@click.argument("name")
@click.option("--login", required=True, help="What is typed to sign in.")
@click.option("--role", multiple=True, default=["trainer"], show_default=True, help="May be given several times.")
@click.option("--organisation", default="", help="Slug; needed when there are several.")
def add(name: str, login: str, role: tuple[str, ...], organisation: str) -> None:
    """Add a member of staff; the password is made once and kept in the instance folder."""
    from lms.database.door import transaction
    from lms.instance import open_instance
    from lms.people.accounts import add_person, new_password, set_password
    from lms.people.demonstration import write_secret
    from lms.settings import read_settings

    settings, password = read_settings(), new_password()
    with open_instance(settings).app_context(), transaction() as connection:
        where = find_organisation(connection, organisation)
        person = add_person(connection, where, name, role)
        set_password(connection, where, person, login, password)
        file = settings.home / f"password-{person}.txt"
        write_secret(file, f"{login}\n{password}\n")
    click.echo(f"{name} added as {', '.join(role)}; sign-in: {file} (readable by you alone).")


@people.command("erase")
@click.argument("person")
@click.option("--organisation", default="", help="Slug; needed when there are several.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(person: str, organisation: str, yes: bool) -> None:
    """Erase everything about a person (an id), for good. A tombstone without a name stays, and how much was said."""
    from lms.app import create_app
    from lms.database.door import transaction
    from lms.learning.erasure import erase_person
    from lms.plugins.listeners import call_after_commit
    from lms.settings import read_settings

    settings = read_settings()
    app = create_app(settings)
    with app.app_context():
        with transaction() as connection:
            where = find_organisation(connection, organisation)
            name = find_name(connection, where, person)
        if not yes:
            click.confirm(f"Erase {name or person}, with all that is kept? It cannot be undone.", abort=True)
        with transaction() as connection:
            done = erase_person(connection, where, person, settings.identity_iri)
        plugins = app.extensions["lms"].classroom.plugins
        call_after_commit(plugins, "person_erased", organisation=where, person=person)
    (settings.home / f"password-{person}.txt").unlink(missing_ok=True)
    click.echo("Erased: " + ", ".join(f"{count} {what}" for what, count in done.items()) + ".")
    click.echo("Older backups hold it still: restore them with --erased. Partners keep what was sent to them.")


def find_name(connection: Connection, organisation: str, person: str) -> str:
    """The first name, to be sure. Raises ClickException for nobody, and for the last administrator."""
    from sqlalchemy import select

    from lms.database.models import Person, RoleGrant
    from lms.people.roles import ADMINISTRATOR

    wanted = select(Person.first_name).where(Person.organisation_id == organisation, Person.id == person)
    name = connection.execute(wanted).scalar()
    if name is None:
        raise click.ClickException(f"nobody here has the id {person}; nothing was changed")
    leads = select(RoleGrant.person_id).where(
        RoleGrant.organisation_id == organisation, RoleGrant.role == ADMINISTRATOR
    )
    if list(connection.execute(leads).scalars()) == [person]:
        raise click.ClickException("the last administrator: add another one first; nothing was changed")
    return str(name)
