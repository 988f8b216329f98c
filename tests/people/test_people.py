"""People: names as they are pasted, picture codes, the two ways in, pauses."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Card, StaffAccount, Throttle
from lms.errors import BadRequest, NotFound, TooManyTries
from lms.people.accounts import (
    add_organisation,
    add_person,
    check_password,
    clean_name,
    find_account,
    new_password,
    set_password,
)
from lms.people.lists import split_names
from lms.people.sign_in import (
    CODES_PER_ADDRESS,
    WrongCode,
    WrongPassword,
    WrongPictures,
    find_workshop,
    sign_in_learner,
    sign_in_staff,
    throttle_key,
)
from lms.people.throttle import PAUSE, WINDOW, check_open, count_failure, is_paused, unlock
from lms.people.workshops import (
    PICTURES,
    WorkshopFacts,
    add_learners,
    add_workshop,
    read_learners,
    read_workshop,
    remove_learner,
    renew_pictures,
)
from tests.learning.test_submit import at_once
from tests.room import Room, count_rows, read_rows


@pytest.fixture
def workshop(room: Room) -> WorkshopFacts:
    with transaction() as connection:
        trainer = add_person(connection, room.organisation, "Claire", ["trainer"])
        made = add_workshop(connection, room.organisation, trainer, "  Premiers   pas ", "sums")
        return read_workshop(connection, room.organisation, trainer, made)


def learners(workshop: WorkshopFacts) -> list[tuple[str, tuple[str, ...]]]:
    with db.engine.connect() as connection:
        found = read_learners(connection, workshop.organisation, workshop.group)
    return [(one.label, one.pictures) for one in found]


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Monique\nSamuel\n\n  Chloé ", ["Monique", "Samuel", "Chloé"]),
        ("1. Monique\r\n2) Samuel\r\n03 Chloé", ["Monique", "Samuel", "Chloé"]),
        ("- Monique\n• Samuel\n* Chloé\n– Enzo", ["Monique", "Samuel", "Chloé", "Enzo"]),
        ("Monique, Samuel; Chloé\tEnzo", ["Monique", "Samuel", "Chloé", "Enzo"]),
        ("Marie-Ange\nJean  Paul\nN'Golo", ["Marie-Ange", "Jean Paul", "N'Golo"]),
        ("Олена\nفاطمة", ["Олена", "فاطمة"]),
        ("Mo\u202enique\u200b\x00", ["Monique"]),
        ("\n ,;\n", []),
        ("Nom;Prénom;Né le\nCaron;Monique;12/03/1950\nPetit;Samuel;", ["Monique", "Samuel"]),
        ("PRÉNOMS\nMonique\nSamuel", ["Monique", "Samuel"]),
    ],
)
def test_a_pasted_list_is_cleaned(pasted: str, names: list[str]) -> None:
    assert split_names(pasted) == names


@pytest.mark.parametrize("text", ["", "  ", "a" * 41, "monique@example.org", "06 12 34 56 78", "\u200b"])
def test_what_is_no_first_name_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadRequest) as caught:
        clean_name(text)
    assert caught.value.sentence in ("Le prénom manque.", "Écrivez seulement le prénom, sans numéro.")


def test_a_list_says_which_of_its_names_is_none() -> None:
    with pytest.raises(BadRequest) as caught:
        split_names("Monique\nSamuel\n06 12 34 56 78\nChloé")
    assert caught.value.sentence == "« 06 12 34 56 78 » : Écrivez seulement le prénom, sans numéro."


def test_a_list_that_is_too_long_is_refused_whole() -> None:
    with pytest.raises(BadRequest, match="201 names, at most 200"):
        split_names("\n".join(f"P{chr(97 + at % 26)}" for at in range(201)))


def test_homonyms_are_told_apart(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        add_learners(connection, workshop, ["Marie", "Samuel", "Marie"])
    assert [label for label, _ in learners(workshop)] == ["Marie 1", "Marie 2", "Samuel"]


def test_everybody_in_a_group_has_pictures_of_his_own(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        add_learners(connection, workshop, ["Marie"] * 150)
    codes = [pictures for _, pictures in learners(workshop)]
    assert len(set(codes)) == 150
    assert all(len(set(one)) == 3 and set(one) <= set(PICTURES) for one in codes)


def test_two_trainers_who_add_at_once_give_no_code_twice(
    room: Room, workshop: WorkshopFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only eight codes exist in this test: a code given twice would be certain."""
    codes = iter([PICTURES[at : at + 3] for at in range(8)] * 100)
    monkeypatch.setattr("lms.people.workshops.secrets.SystemRandom.sample", lambda *_: list(next(codes)))

    def add(at: int) -> None:
        with transaction() as connection:
            add_learners(connection, workshop, ["Marie"])

    assert at_once(8, add, room) == [None] * 8
    assert len({pictures for _, pictures in learners(workshop)}) == 8


def test_renewed_pictures_replace_the_old_ones_for_learners_of_the_group_alone(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        (person,) = add_learners(connection, workshop, ["Marie"])
        renewed = renew_pictures(connection, workshop, person)
        with pytest.raises(NotFound):
            renew_pictures(connection, workshop, "somebody-else")
    assert learners(workshop) == [("Marie", renewed)]
    assert count_rows(Card) == 1


def test_who_left_the_group_cannot_sign_in(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        (person,) = add_learners(connection, workshop, ["Marie"])
    ((_, pictures),) = learners(workshop)
    sign_in_learner(workshop, person, pictures)
    with transaction() as connection:
        remove_learner(connection, workshop, person)
    with pytest.raises(WrongPictures):
        sign_in_learner(workshop, person, pictures)


def wrong(right: tuple[str, ...]) -> tuple[str, ...]:
    return (right[1], right[0], right[2])


def test_five_wrong_pictures_pause_for_five_minutes_and_the_trainer_opens_at_once(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        (person,) = add_learners(connection, workshop, ["Marie"])
    ((_, right),) = learners(workshop)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPictures) as caught:
            sign_in_learner(workshop, person, wrong(right))
        assert (caught.value.left, caught.value.sentence) == (
            left,
            "Presque. Regardez les trois images de votre carte.",
        )
    with pytest.raises(TooManyTries) as paused:
        sign_in_learner(workshop, person, wrong(right))
    assert paused.value.sentence == "Nous faisons une petite pause."
    with pytest.raises(TooManyTries):
        sign_in_learner(workshop, person, right)
    key = throttle_key(workshop.organisation, person)
    (row,) = read_rows(Throttle)
    assert PAUSE - 60_000_000 < row["until"] - now() <= PAUSE
    with transaction() as connection:
        unlock(connection, key)
    sign_in_learner(workshop, person, right)


def test_the_pause_ends_by_itself_and_a_right_code_forgets_the_wrong_ones(workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        (person,) = add_learners(connection, workshop, ["Marie"])
    ((_, right),) = learners(workshop)
    for _ in range(5):
        with pytest.raises((WrongPictures, TooManyTries)):
            sign_in_learner(workshop, person, wrong(right))
    with transaction() as connection:
        connection.execute(update(Throttle).values(until=now() - 1))
    with pytest.raises(WrongPictures) as caught:
        sign_in_learner(workshop, person, wrong(right))
    assert caught.value.left == 4
    sign_in_learner(workshop, person, right)
    assert count_rows(Throttle) == 0


def test_wrong_tries_at_the_same_instant_are_all_counted(room: Room) -> None:
    def fail(at: int) -> int:
        with transaction() as connection:
            return count_failure(connection, "k", 20)

    assert sorted(at_once(8, fail, room)) == list(range(12, 20))
    with db.engine.connect() as connection:
        assert not is_paused(connection, "k")


def test_old_wrong_tries_are_forgotten(room: Room) -> None:
    with transaction() as connection:
        assert count_failure(connection, "k") == 4
        connection.execute(update(Throttle).values(since=now() - WINDOW - 1))
        assert count_failure(connection, "k") == 4
        assert count_failure(connection, "k") == 3
        check_open(connection, "k")


def test_thirty_wrong_workshop_codes_pause_their_address_alone(workshop: WorkshopFacts) -> None:
    assert find_workshop(f"{workshop.code[:3]} {workshop.code[3:]}", "10.0.0.1").id == workshop.id
    for _ in range(CODES_PER_ADDRESS):
        with pytest.raises(WrongCode):
            find_workshop("000000", "10.0.0.1")
    with pytest.raises(TooManyTries):
        find_workshop(workshop.code, "10.0.0.1")
    assert find_workshop(workshop.code, "10.0.0.2").id == workshop.id


def test_staff_sign_in_with_argon2_and_five_wrong_passwords_pause_that_login(room: Room) -> None:
    password = new_password()
    with transaction() as connection:
        person = add_person(connection, room.organisation, "Claire", ["trainer", "administrator"])
        set_password(connection, room.organisation, person, " Claire ", password)
        with pytest.raises(BadRequest, match="taken"):
            set_password(connection, room.organisation, room.person, "claire", password)
        with pytest.raises(BadRequest, match="shorter than 12"):
            set_password(connection, room.organisation, person, "claire", "short")
    (row,) = read_rows(StaffAccount)
    assert row["password_hash"].startswith("$argon2id$")
    assert password not in row["password_hash"]
    assert sign_in_staff("CLAIRE", password, "10.0.0.1") == (room.organisation, person)
    for _ in range(4):
        with pytest.raises(WrongPassword):
            sign_in_staff("claire", "not-the-password", "10.0.0.1")
    with pytest.raises(TooManyTries):
        sign_in_staff("claire", "not-the-password", "10.0.0.1")
    with pytest.raises(TooManyTries):
        sign_in_staff("claire", password, "10.0.0.2")
    with db.engine.connect() as connection:
        assert check_password(connection, "nobody", password) is None
        account = find_account(connection, room.organisation, person)
    assert account is not None
    assert account.roles == {"trainer", "administrator"}


def test_workshops_are_seen_by_their_trainers_alone(room: Room, workshop: WorkshopFacts) -> None:
    with transaction() as connection:
        other = add_organisation(connection, "there", "Là-bas")
        stranger = add_person(connection, other, "Paul", ["trainer"])
        colleague = add_person(connection, room.organisation, "Paul", ["trainer"])
        for organisation, person in ((other, stranger), (room.organisation, colleague)):
            with pytest.raises(NotFound):
                read_workshop(connection, organisation, person, workshop.id)


def test_an_unknown_role_is_refused(room: Room) -> None:
    with transaction() as connection, pytest.raises(BadRequest, match="unknown role 'king'; allowed: learner"):
        add_person(connection, room.organisation, "Claire", ["king"])
