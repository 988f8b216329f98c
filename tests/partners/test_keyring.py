"""What is remembered of a credential for a moment: shown again it costs no question, closed it opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from lms.database.db import db
from lms.database.door import transaction
from lms.partners import keyring
from lms.partners.credentials import add_credential, revoke_credential
from lms.partners.keyring import Keyring
from tests.room import Room, open_room


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def keys() -> Keyring:
    return Keyring()


@pytest.fixture
def asked(room: Room) -> Iterator[list[str]]:
    """A connection is taken for each question."""
    found: list[str] = []

    def note(*_: object) -> None:
        found.append("a connection")

    event.listen(db.engine, "checkout", note)
    yield found
    event.remove(db.engine, "checkout", note)


def make(room: Room) -> tuple[str, str]:
    with transaction() as connection:
        return add_credential(connection, room.organisation, "Département")


def test_shown_again_it_is_not_asked_again_and_the_secret_is_still_looked_at(
    room: Room, keys: Keyring, asked: list[str]
) -> None:
    key, secret = make(room)
    asked.clear()
    assert keys.open_key(key, secret) is not None
    assert keys.open_key(key, secret) is not None
    assert keys.open_key(key, secret + "x") is None
    assert len(asked) == 1


def test_a_moment_later_it_is_asked_again(room: Room, keys: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    key, secret = make(room)
    found = keys.open_key(key, secret)
    assert found is not None
    named = keys.find_named(found.id)
    assert named is not None
    assert named.credential.key == key
    with transaction() as connection:
        revoke_credential(connection, room.organisation, found.id)
    monkeypatch.setattr(keyring, "MOMENT", 0.0)
    assert keys.open_key(key, secret) is None
    still = keys.find_named(found.id)
    assert still is not None
    assert still.credential.revoked is not None


def test_what_this_process_closes_is_closed_at_once(room: Room, keys: Keyring) -> None:
    key, secret = make(room)
    found = keys.open_key(key, secret)
    assert found is not None
    with transaction() as connection:
        revoke_credential(connection, room.organisation, found.id)
    keys.forget()
    assert keys.open_key(key, secret) is None


def test_keys_that_are_guessed_are_not_remembered(room: Room, keys: Keyring, asked: list[str]) -> None:
    asked.clear()
    assert [keys.open_key("nobody", "nothing") for _ in range(3)] == [None] * 3
    assert len(asked) == 3


def test_no_more_is_remembered_than_there_is_room_for(
    room: Room, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "MOST", 2)
    for key, secret in [make(room) for _ in range(5)]:
        assert keys.open_key(key, secret) is not None
    assert len(keys._seen) <= 2


def test_what_was_read_before_a_change_is_not_remembered_after_it(room: Room, keys: Keyring) -> None:
    key, secret = make(room)

    def change(*_: object) -> None:
        keys.forget()

    event.listen(db.engine, "checkin", change)
    assert keys.open_key(key, secret) is not None
    event.remove(db.engine, "checkin", change)
    assert keys._seen == {}
