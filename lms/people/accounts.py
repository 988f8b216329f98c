"""People and their accounts. Only staff have a password; a learner is a first name and nothing more."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, bindparam, insert, select

from lms.database.clock import hybrid, now
from lms.database.ids import new_id
from lms.database.models import Organisation, Person, RoleGrant, StaffAccount
from lms.database.prepared import find_rows
from lms.database.rows import insert_missing, origin, table, upsert
from lms.errors import BadRequest
from lms.people.roles import ROLES
from lms.people.throttle import password_key, staff_key, unlock

NAME_LENGTH = 40


@dataclass(frozen=True)
class Account:
    """Who is signed in: ids, first name, roles; read with one query a request."""

    organisation: str
    person: str
    first_name: str
    roles: frozenset[str]
    locale: str = "fr"
    voice: bool | None = None
    theme: str = ""
    stamp: str = ""
    """Of the password in force: a sign-in made with another one is over. Empty where there is no password."""


def find_organisation(connection: Connection, slug: str) -> str | None:
    """The organisation that stands in addresses under this name."""
    return connection.execute(select(Organisation.id).where(Organisation.slug == slug)).scalar()


def add_organisation(connection: Connection, slug: str, name: str) -> str:
    """A new organisation; its id."""
    made = new_id()
    row = {"id": made, "slug": slug, "name": name, "theme": "", "created": now()}
    connection.execute(insert(table(Organisation)), row)
    return made


def clean_name(text: str, longest: int = NAME_LENGTH) -> str:
    """A first name as typed or pasted, trimmed. Raises BadRequest when it is empty or not a name."""
    name = " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
    if not name:
        raise BadRequest("first name is empty", sentence="Le prénom manque.")
    if len(name) > longest or sum(character.isdigit() for character in name) > 2 or "@" in name:
        raise BadRequest(
            f"not a first name: {len(name)} characters", sentence="Écrivez seulement le prénom, sans numéro."
        )
    return name


def add_person(
    connection: Connection,
    organisation: str,
    first_name: str,
    roles: Iterable[str],
    locale: str = "fr",
    made: str = "",
    longest: int = NAME_LENGTH,
) -> str:
    """A new person with these roles; the id, `made` if given: the same one twice is one person.

    Raises BadRequest on a name or role that is not allowed.
    """
    wanted = set(roles)
    if unknown := wanted - set(ROLES):
        raise BadRequest(f"unknown role {sorted(unknown)[0]!r}; allowed: {', '.join(ROLES)}")
    made = made or new_id()
    row = {"organisation_id": organisation, "id": made, "first_name": clean_name(first_name, longest), "locale": locale}
    insert_missing(connection, Person, [row | merge_marks(connection)])
    insert_missing(
        connection,
        RoleGrant,
        [{"organisation_id": organisation, "person_id": made, "role": one} for one in sorted(wanted)],
    )
    return made


def merge_marks(connection: Connection) -> dict[str, Any]:
    """`changed` and `origin` of a row that is merged between instances."""
    return {"changed": hybrid.tick(), "origin": origin(connection)}


@cache
def _hasher() -> PasswordHasher:
    """OWASP's second choice of argon2id (19 MiB, 2 passes): strong, and bearable on a shared server."""
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


SHORTEST, LONGEST = 12, 200
"""Signs of a password; 12 is what the CNIL asked for in 2022, and wrong tries are counted beside."""


def set_password(connection: Connection, organisation: str, person: str, login: str, password: str) -> None:
    """Give a member of staff a sign-in. Raises BadRequest when the password is too short or the login is taken."""
    if len(password) < SHORTEST:
        sentence = f"Le mot de passe a besoin de {SHORTEST} signes au moins."
        raise BadRequest(f"password shorter than {SHORTEST} characters", sentence=sentence)
    keep_password(connection, organisation, person, login, hash_password(password))


def hash_password(password: str) -> str:
    """Slow on purpose: where many are made, before the write lock is taken."""
    return _hasher().hash(password)


SHOWN_AGAIN = 3600 * 1_000_000
"""A list posted twice within the hour shows its passwords again: the first answer may never have arrived."""


def keep_password(
    connection: Connection, organisation: str, person: str, login: str, hashed: str, *, shown: bool = False
) -> None:
    """A sign-in with a password that was hashed before. Raises BadRequest when the login is taken.

    Wrong tries to sign in and to change the one before are forgotten. `shown`: the list that made it may show it within
    the hour.
    """
    login = login.strip().lower()
    taken = select(StaffAccount.person_id).where(StaffAccount.login == login, StaffAccount.person_id != person)
    if connection.execute(taken).first() is not None:
        raise BadRequest(f"login {login!r} is taken", sentence="Cet identifiant est déjà pris.")
    changed = now() if shown else now() - SHOWN_AGAIN
    row = {"organisation_id": organisation, "person_id": person, "login": login, "changed": changed}
    upsert(connection, StaffAccount, row | {"password_hash": hashed})
    for key in (password_key(organisation, person), staff_key(login)):
        unlock(connection, key)


LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without look-alikes."""


def new_password() -> str:
    """Four groups of four letters and digits without look-alikes: 79 bits, and can be read aloud."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def check_password(connection: Connection, login: str, password: str) -> tuple[str, str] | None:
    """(organisation, person) when login and password fit, else None; takes as long for an unknown login."""
    wanted = select(table(StaffAccount)).where(StaffAccount.login == login.strip().lower())
    row = connection.execute(wanted).first()
    try:
        _hasher().verify(row.password_hash if row else _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return (row.organisation_id, row.person_id) if row else None


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


_account = (
    select(Person.first_name, Person.locale, Person.voice, Person.theme, RoleGrant.role, StaffAccount.password_hash)
    .select_from(Person)
    .outerjoin(
        StaffAccount,
        (StaffAccount.organisation_id == Person.organisation_id) & (StaffAccount.person_id == Person.id),
    )
    .outerjoin(RoleGrant, (RoleGrant.organisation_id == Person.organisation_id) & (RoleGrant.person_id == Person.id))
    .where(
        Person.deleted_at.is_(None),
        Person.organisation_id == bindparam("organisation"),
        Person.id == bindparam("person"),
    )
)
"""Built once: every request asks who is here."""


def find_account(connection: Connection, organisation: str, person: str) -> Account | None:
    """The account of a signed-in person; None when it was deleted."""
    rows = find_rows(connection, _account, {"organisation": organisation, "person": person})
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(row.role for row in rows if row.role)
    voice = None if first.voice is None else bool(first.voice)
    stamp = _stamp(first.password_hash or "")
    return Account(organisation, person, first.first_name, roles, first.locale, voice, first.theme, stamp)


def _stamp(hashed: str) -> str:
    """Says whether it is still the same password, and nothing of it."""
    return hashlib.blake2b(hashed.encode(), digest_size=9).hexdigest() if hashed else ""
