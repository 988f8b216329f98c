"""Members of staff of one organisation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from lms.database.models import Person, RoleGrant, StaffAccount
from lms.errors import NotFound


@dataclass(frozen=True)
class StaffFacts:
    """One member of staff, as the administrator's page shows it."""

    person: str
    first_name: str
    login: str
    roles: tuple[str, ...]


def read_staff(connection: Connection, organisation: str) -> list[StaffFacts]:
    """All who sign in with a password, by name."""
    wanted = (
        select(Person.id, Person.first_name, StaffAccount.login, RoleGrant.role)
        .join(
            StaffAccount,
            (StaffAccount.organisation_id == Person.organisation_id) & (StaffAccount.person_id == Person.id),
        )
        .join(RoleGrant, (RoleGrant.organisation_id == Person.organisation_id) & (RoleGrant.person_id == Person.id))
        .where(Person.organisation_id == organisation, Person.deleted_at.is_(None))
        .order_by(Person.first_name, Person.id, RoleGrant.role)
    )
    found: dict[str, StaffFacts] = {}
    for person, first_name, login, role in connection.execute(wanted):
        before = found[person].roles if person in found else ()
        found[person] = StaffFacts(person, first_name, login, (*before, role))
    return list(found.values())


def read_staff_login(connection: Connection, organisation: str, person: str) -> str:
    """The login of a member of staff. Raises NotFound, also for another organisation's."""
    mine = (StaffAccount.organisation_id == organisation, StaffAccount.person_id == person)
    login = connection.execute(select(StaffAccount.login).where(*mine)).scalar()
    if login is None:
        raise NotFound(f"no staff account of {person!r}")
    return login
