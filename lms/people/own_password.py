"""A member of staff or a student changes the password: the one in force first, then another twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import StaffAccount
from lms.errors import BadRequest
from lms.people.accounts import LONGEST, SHORTEST, check_password, hash_password, keep_password
from lms.people.throttle import check_open, count_wrong, password_key

FEWEST_SIGNS = 5
"""Different ones, so that «aaaaaaaaaaaa» is none."""


class WrongField(BadRequest):
    """One field of the form is refused; `field` is its name, the sentence is for it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field} is refused", sentence=sentence)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """The three fields."""

    current: str
    new: str
    again: str


def find_login(organisation: str, person: str) -> str:
    """Under which this person signs in; empty for whoever has no password here."""
    mine = (StaffAccount.organisation_id == organisation, StaffAccount.person_id == person)
    with db.engine.connect() as connection:
        return connection.execute(select(StaffAccount.login).where(*mine)).scalar() or ""


def change_own(organisation: str, person: str, typed: Typed) -> None:
    """Keep the new one. Raises WrongField, and TooManyTries after five wrong current ones."""
    login, key = find_login(organisation, person), password_key(organisation, person)
    with db.engine.connect() as connection:
        check_open(connection, key)
        right = bool(login) and check_password(connection, login, typed.current) == (organisation, person)
    if not right:
        count_wrong(key)
        raise WrongField("current", "Ce n'est pas votre mot de passe d'aujourd'hui. Regardez les majuscules.")
    check_new(typed, login)
    hashed = hash_password(typed.new)
    with transaction() as connection:
        keep_password(connection, organisation, person, login, hashed)


def check_new(typed: Typed, login: str) -> None:
    """Raises WrongField with the rule that is missed."""
    new = typed.new
    if len(new) < SHORTEST:
        raise WrongField("password", f"C'est court : {len(new)} signes. Il en faut {SHORTEST} au moins.")
    if len(new) > LONGEST:
        raise WrongField("password", f"C'est long : {LONGEST} signes au plus.")
    if len(set(new)) < FEWEST_SIGNS:
        raise WrongField("password", f"Toujours les mêmes signes. Il en faut {FEWEST_SIGNS} différents.")
    if login.lower() in new.lower() or new.lower() in login.lower():
        raise WrongField("password", "Votre identifiant est dedans. Choisissez autre chose.")
    if new == typed.current:
        raise WrongField("password", "C'est le même qu'avant. Choisissez-en un autre.")
    if new != typed.again:
        raise WrongField("again", "Les deux ne sont pas pareils. Tapez encore le nouveau.")
