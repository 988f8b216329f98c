"""Keys, scopes, tokens: what opens, what no longer does, and what a token may not widen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotFound
from lms.partners import tokens
from lms.partners.credentials import (
    HOUR,
    Credential,
    Limits,
    add_credential,
    add_key,
    check_credential,
    expire_credential,
    find_by_id,
    is_use_known,
    note_use,
    read_credentials,
    revoke_credential,
    rotate_secret,
)
from lms.partners.origins import allows_origin
from lms.partners.registry import close_partner
from lms.partners.scopes import SCOPES, read_scopes, widen
from lms.partners.sealing import CannotUnseal, seal, unseal
from lms.partners.tokens import TokenError, make_token, read_token
from tests.room import Room, open_room

KEY = "the instance's key"


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened


def make(room: Room, *scopes: str) -> tuple[str, str, Credential]:
    with transaction() as connection:
        key, secret = add_credential(connection, room.organisation, "Département", scopes)
    found = check(key, secret)
    assert found is not None
    return key, secret, found


def check(key: str, secret: str) -> Credential | None:
    with db.engine.connect() as connection:
        return check_credential(connection, key, secret)


@pytest.mark.parametrize(
    ("given", "may", "may_not"),
    [
        ("all", SCOPES, ()),
        (
            "all/read",
            ("statements/read", "statements/read/mine", "state/read"),
            ("statements/write", "state", "profile"),
        ),
        ("statements/read", ("statements/read/mine",), ("statements/write", "state/read", "all/read")),
        ("statements/read/mine", (), ("statements/read",)),
        ("statements/write", (), ("statements/read/mine",)),
        ("state", ("state/read",), ("profile", "profile/read")),
        ("profile", ("profile/read",), ("state",)),
    ],
)
def test_a_scope_includes_what_the_specification_says(
    given: str, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    wide = widen([given])
    assert {given, *may} <= wide
    assert not wide & set(may_not)


def test_an_unknown_scope_is_named_with_those_that_are_known() -> None:
    assert read_scopes("state, all state") == ("state", "all")
    with pytest.raises(ValueError, match="scope 'everything'; allowed: all, all/read"):
        read_scopes("state everything")


def test_a_new_secret_opens_at_once_and_the_former_for_a_while(room: Room) -> None:
    key, secret, found = make(room, "all")
    with transaction() as connection:
        same, fresh = rotate_secret(connection, room.organisation, found.id)
        with pytest.raises(NotFound):
            rotate_secret(connection, "there", found.id)
    assert same == key, "what it said and will say has one authority"
    assert check(key, fresh) is not None
    assert check(key, secret) is not None
    with transaction() as connection:
        rotate_secret(connection, room.organisation, found.id, overlap=0)
    assert check(key, fresh) is None


def test_an_access_ends_on_its_day(room: Room) -> None:
    key, secret, found = make(room, "all")
    with transaction() as connection:
        expire_credential(connection, room.organisation, found.id, now() + HOUR)
    assert check(key, secret) is not None
    with transaction() as connection:
        expire_credential(connection, room.organisation, found.id, now() - 1)
        with pytest.raises(NotFound):
            expire_credential(connection, "there", found.id, None)
    assert check(key, secret) is None


def test_each_credential_of_a_partner_is_one_of_its_own(room: Room) -> None:
    key, secret, found = make(room, "all")
    with transaction() as connection:
        limits = Limits(frozenset({"g1"}), frozenset({"sums"}))
        other = add_key(connection, room.organisation, found.partner, ["state"], limits, ["https://app.example"])
        with pytest.raises(NotFound):
            add_key(connection, "there", found.partner)
    second = check(*other)
    assert second is not None
    assert (second.partner, second.limits, second.may("statements/write")) == (found.partner, limits, False)
    with transaction() as connection:
        assert allows_origin(connection, "https://app.example")
        assert not allows_origin(connection, "https://app.exampl")
        expire_credential(connection, room.organisation, second.id, now() - 1)
        assert not allows_origin(connection, "https://app.example")
        expire_credential(connection, room.organisation, second.id, None)
        revoke_credential(connection, room.organisation, found.id)
    assert (check(key, secret), check(*other) is not None) == (None, True)
    with transaction() as connection:
        close_partner(connection, room.organisation, found.partner)
        assert not allows_origin(connection, "https://app.example")
        with pytest.raises(NotFound, match="no open partner"):
            add_key(connection, room.organisation, found.partner)
    assert check(*other) is None


@pytest.mark.parametrize("name", ["", " ", "two words", "a "])
def test_a_limit_that_would_be_lost_when_it_is_kept_is_refused(name: str) -> None:
    for limits in ({"groups": frozenset({name})}, {"courses": frozenset({"sums", name})}):
        with pytest.raises(BadRequest, match="the name of a group or a course"):
            Limits(**limits)


@pytest.mark.parametrize("origin", ["", "app.example", "https://app.example/", "https://a.example b", "file:///x"])
def test_an_origin_that_no_browser_says_is_refused(room: Room, origin: str) -> None:
    _, _, found = make(room, "all")
    with transaction() as connection, pytest.raises(BadRequest, match="origin"):
        add_key(connection, room.organisation, found.partner, ["all"], origins=[origin])


def test_the_last_use_is_known_by_the_hour(room: Room) -> None:
    _, _, found = make(room, "all")
    assert not is_use_known(found)
    with transaction() as connection:
        note_use(connection, found)
    with db.engine.connect() as connection:
        again = read_credentials(connection, room.organisation)[0]
    assert is_use_known(again)
    assert again.last_used is not None
    assert again.last_used % HOUR == 0


def test_a_token_carries_no_more_than_was_asked_and_closes_with_its_credential(room: Room) -> None:
    _, _, found = make(room, "all/read", "statements/write")
    answer = make_token(KEY, found, "statements/read")
    assert (answer["token_type"], answer["scope"], answer["expires_in"]) == ("Bearer", "statements/read", 3600)
    with db.engine.connect() as connection:
        read = read_token(partial(find_by_id, connection), KEY, answer["access_token"])
        assert read is not None
        assert (read.key, read.may("statements/read"), read.may("statements/write")) == (found.key, True, False)
        assert read_token(partial(find_by_id, connection), "another key", answer["access_token"]) is None
        assert read_token(partial(find_by_id, connection), KEY, answer["access_token"] + "x") is None
    for scope in ("all", "everything"):
        with pytest.raises(TokenError) as caught:
            make_token(KEY, found, scope)
        assert caught.value.code == "invalid_scope"
    with transaction() as connection:
        revoke_credential(connection, room.organisation, found.id)
        assert read_token(partial(find_by_id, connection), KEY, answer["access_token"]) is None


def test_a_token_ends_by_itself(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, found = make(room, "all")
    token = make_token(KEY, found)["access_token"]
    monkeypatch.setattr(tokens, "LASTS", -1)
    with db.engine.connect() as connection:
        assert read_token(partial(find_by_id, connection), KEY, token) is None


def test_a_sealed_secret_opens_with_the_key_of_the_instance_alone() -> None:
    sealed = seal(KEY, "their secret")
    assert "their secret" not in sealed
    assert unseal(KEY, sealed) == "their secret"
    with pytest.raises(CannotUnseal):
        unseal("another key", sealed)
