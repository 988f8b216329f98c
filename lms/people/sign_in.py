"""Two ways in: a learner's card (workshop code, name, three pictures), a member of staff's password."""

from __future__ import annotations

from collections.abc import Sequence

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.people.accounts import check_password
from lms.people.throttle import check_open, count_failure, count_wrong, is_paused, staff_key, unlock
from lms.people.workshops import WorkshopFacts, find_pictures, find_workshop_by_code

CODES_PER_ADDRESS = 30
"""Wrong workshop codes from one address before a pause: a whole room shares an address."""


class WrongPictures(BadRequest):
    """The pictures are not the learner's; `left` tries remain."""

    sentence = "Presque. Regardez les trois images de votre carte."

    def __init__(self, left: int) -> None:
        super().__init__(f"wrong pictures, {left} tries left")
        self.left = left


class WrongCode(BadRequest):
    """No workshop has this code."""

    sentence = "Aucun atelier n'a ce code. Regardez les six chiffres de votre carte."


class WrongPassword(BadRequest):
    """Login and password do not fit."""

    sentence = "L'identifiant et le mot de passe ne vont pas ensemble."


def find_workshop(code: str, address: str) -> WorkshopFacts:
    """The workshop of a code typed at `address`. Raises WrongCode, or TooManyTries after many."""
    key = f"address:{address}"
    with db.engine.connect() as connection:
        check_open(connection, key)
        found = find_workshop_by_code(connection, code)
    if found is None:
        with transaction() as connection:
            count_failure(connection, key, CODES_PER_ADDRESS)
        raise WrongCode("unknown workshop code")
    return found


def throttle_key(organisation: str, person: str) -> str:
    """Under which a learner's wrong tries are counted; the trainer unlocks the same."""
    return f"learner:{organisation}:{person}"


def sign_in_learner(workshop: WorkshopFacts, person: str, pictures: Sequence[str]) -> None:
    """Return when the three pictures are right. Raises WrongPictures, or TooManyTries after five."""
    key = throttle_key(workshop.organisation, person)
    with db.engine.connect() as connection:
        counted = check_open(connection, key)
        right = find_pictures(connection, workshop, person)
    if right is not None and tuple(pictures) == right:
        if counted:
            _forget(key)
        return
    raise WrongPictures(count_wrong(key))


def sign_in_staff(login: str, password: str, address: str) -> tuple[str, str]:
    """(organisation, person). Raises WrongPassword, or TooManyTries after five for this login."""
    key = staff_key(login)
    with db.engine.connect() as connection:
        counted = check_open(connection, key)
        check_open(connection, f"address:{address}")
        found = check_password(connection, login, password)
    if found is None:
        count_wrong(key, (f"address:{address}", CODES_PER_ADDRESS))
        raise WrongPassword("wrong login or password")
    if counted:  # most sign-ins are right at once, and write nothing
        _forget(key)
    return found


def _forget(key: str) -> None:
    with transaction() as connection:
        unlock(connection, key)


__all__ = [
    "WrongCode",
    "WrongPassword",
    "WrongPictures",
    "find_workshop",
    "is_paused",
    "sign_in_learner",
    "sign_in_staff",
]
