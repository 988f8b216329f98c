"""Another password, on both databases: what was signed in with the one before is over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Throttle
from lms.errors import TooManyTries
from lms.people.accounts import find_account, set_password
from lms.people.own_password import Typed, WrongField, change_own, find_login
from lms.people.sign_in import WrongPassword, sign_in_staff
from tests.room import Room, count_rows, open_room, read_rows

OLD, NEW = "une-phrase-assez-longue", "sept mots au calme pour ma porte"


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        with transaction() as connection:
            set_password(connection, opened.organisation, opened.person, "monique", OLD)
        yield opened


def read_stamp(room: Room) -> str:
    with db.engine.connect() as connection:
        account = find_account(connection, room.organisation, room.person)
    assert account is not None
    return account.stamp


def test_the_new_one_opens_and_the_stamp_is_another(room: Room) -> None:
    before = read_stamp(room)
    change_own(room.organisation, room.person, Typed(OLD, NEW, NEW))
    assert sign_in_staff("monique", NEW, "")[1] == room.person
    with pytest.raises(WrongPassword):
        sign_in_staff("monique", OLD, "")
    assert read_stamp(room) not in ("", before)
    assert find_login(room.organisation, room.person) == "monique"


def test_what_is_refused_changes_nothing(room: Room) -> None:
    before = read_stamp(room)
    for typed in (Typed("autre", NEW, NEW), Typed(OLD, "court", "court"), Typed(OLD, NEW, "")):
        with pytest.raises(WrongField):
            change_own(room.organisation, room.person, typed)
    assert read_stamp(room) == before


def test_a_password_from_the_house_ends_the_pause_of_whoever_typed_wrong_ones(room: Room) -> None:
    for _ in range(4):
        with pytest.raises(WrongField):
            change_own(room.organisation, room.person, Typed("autre", NEW, NEW))
    with pytest.raises(TooManyTries):
        change_own(room.organisation, room.person, Typed("autre", NEW, NEW))
    (row,) = read_rows(Throttle)
    assert row["until"] > 0, "the pause is kept, though it was raised"
    with transaction() as connection:
        set_password(connection, room.organisation, room.person, "monique", OLD)
    assert count_rows(Throttle) == 0
    change_own(room.organisation, room.person, Typed(OLD, NEW, NEW))
