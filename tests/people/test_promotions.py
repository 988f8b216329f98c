"""Promotions: pasted lists, passwords, groups, teams; only their own teachers see them."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import PromotionTeacher, StaffAccount
from lms.database.rows import table
from lms.errors import BadRequest, NotFound
from lms.people.accounts import SHOWN_AGAIN, add_person, check_password, find_account, set_password
from lms.people.promotions import (
    PromotionFacts,
    add_group,
    add_promotion,
    add_teacher,
    find_colleague,
    read_promotion,
    read_promotions,
    read_teachers,
    remove_teacher,
)
from lms.people.students import (
    LARGEST_LIST,
    NewStudent,
    StudentFacts,
    add_students,
    change_student,
    check_names,
    find_enlisted,
    fold_name,
    prepare_students,
    read_enlisted,
    read_students,
    remove_student,
    split_list,
)
from tests.room import Room, count_rows

SECRET = "a-key-of-the-instance"


@pytest.fixture
def promotion(room: Room) -> PromotionFacts:
    with transaction() as connection:
        teacher = add_person(connection, room.organisation, "Hélène", ["teacher"])
        made = add_promotion(connection, room.organisation, teacher, "  ASS   2e année ", "accompagner")
        return read_promotion(connection, room.organisation, teacher, made)


def paste(one: PromotionFacts, text: str, form: str = "form") -> list[NewStudent]:
    names = split_list(text)
    check_names(names)
    with db.engine.connect() as connection:
        made = prepare_students(connection, one, names, form, SECRET)
    with transaction() as connection:
        add_students(connection, one, made)
    return made


def students(one: PromotionFacts) -> list[StudentFacts]:
    with db.engine.connect() as connection:
        return read_students(connection, one)


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Inès Caron\nMalik Roux\n\n", ["Inès Caron", "Malik Roux"]),
        ("Caron\tInès\nRoux;Malik", ["Caron Inès", "Roux Malik"]),
        ("1. Inès Caron\r\n2) Malik Roux", ["Inès Caron", "Malik Roux"]),
        ("- Inès Caron\n• Zoé d'Arc-Évrard", ["Inès Caron", "Zoé d'Arc-Évrard"]),
        ("Олена Бондар", ["Олена Бондар"]),
    ],
)
def test_a_pasted_list_is_one_name_a_line(pasted: str, names: list[str]) -> None:
    assert split_list(pasted) == names


def test_a_hundred_thousand_lines_are_refused_with_their_number_and_nothing_is_made(promotion: PromotionFacts) -> None:
    with pytest.raises(BadRequest) as caught:
        paste(promotion, "\n".join(["Inès Caron"] * 100_000))
    assert caught.value.sentence.startswith("La liste a 100\u202f000 lignes.")
    assert "Aucun compte n'est créé." in caught.value.sentence
    assert students(promotion) == []


@pytest.mark.parametrize("text", ["", "\n \n", "ines@example.org", "Inès Caron 06 12", "x" * 61])
def test_a_list_with_something_else_in_it_makes_nobody(promotion: PromotionFacts, text: str) -> None:
    with pytest.raises(BadRequest):
        paste(promotion, f"{text}\nMalik Roux" if text.strip() else text)
    assert students(promotion) == []


def test_one_more_than_the_largest_list_is_refused() -> None:
    assert len(split_list("\n".join(["Inès Caron"] * LARGEST_LIST))) == LARGEST_LIST
    with pytest.raises(BadRequest):
        split_list("\n".join(["Inès Caron"] * (LARGEST_LIST + 1)))


def test_a_list_makes_accounts_that_sign_in_and_follow_the_course(promotion: PromotionFacts) -> None:
    made = paste(promotion, "Inès Caron\nZoé Œuvrard")
    assert [one.login for one in made] == ["ines.caron", "zoe.oeuvrard"]
    with db.engine.connect() as connection:
        for one in made:
            assert check_password(connection, one.login, one.password) == (promotion.organisation, one.person)
            account = find_account(connection, promotion.organisation, one.person)
            assert account is not None
            assert account.roles == {"student"}
        enlisted = read_enlisted(connection, promotion.organisation, made[0].person)
    assert [(one.title, who.name) for one, who in enlisted] == [("ASS 2e année", "Inès Caron")]


def test_the_same_list_posted_twice_makes_nobody_twice_and_shows_the_same_passwords(promotion: PromotionFacts) -> None:
    first, again = paste(promotion, "Inès Caron\nMalik Roux"), paste(promotion, "Inès Caron\nMalik Roux")
    assert [(one.login, one.password) for one in first] == [(one.login, one.password) for one in again]
    assert count_rows(StaffAccount) == 2


def test_an_hour_later_a_password_is_shown_to_nobody(promotion: PromotionFacts) -> None:
    paste(promotion, "Inès Caron")
    with transaction() as connection:
        connection.execute(update(table(StaffAccount)).values(changed=now() - SHOWN_AGAIN - 1))
    assert [one.password for one in paste(promotion, "Inès Caron")] == [""]


def test_a_password_that_the_house_made_since_is_not_told_as_the_one_of_the_list(promotion: PromotionFacts) -> None:
    (made,) = paste(promotion, "Inès Caron")
    with transaction() as connection:
        set_password(connection, promotion.organisation, made.person, made.login, "une-phrase-assez-longue")
    assert [one.password for one in paste(promotion, "Inès Caron")] == [""]


def test_whoever_is_there_already_gets_no_second_account(promotion: PromotionFacts) -> None:
    paste(promotion, "Inès Caron")
    made = paste(promotion, "caron INÈS\nMalik Roux", form="another")
    assert [one.name for one in made] == ["Malik Roux"]
    assert len(students(promotion)) == 2


def test_two_people_of_one_name_in_the_house_have_two_identifiers(promotion: PromotionFacts, room: Room) -> None:
    paste(promotion, "Inès Caron")
    with transaction() as connection:
        teacher = read_teachers(connection, promotion)[0].person
        made = add_promotion(connection, room.organisation, teacher, "ES 1re année", "accompagner")
        other = read_promotion(connection, room.organisation, teacher, made)
    assert [one.login for one in paste(other, "Inès Caron")] == ["ines.caron2"]


def test_names_are_compared_without_accents_case_or_order() -> None:
    assert fold_name("Éloïse d'Arc") == fold_name("D’ARC Eloise")
    assert fold_name("Léa Cœur") == fold_name("COEUR Lea")
    assert fold_name("Zoé Saint–Orme (Lætitia)") == fold_name("Zoe Saint-Orme Laetitia")
    assert fold_name("Inès Caron") != fold_name("Inès Carron")


def test_a_list_without_joined_letters_makes_no_second_account(promotion: PromotionFacts) -> None:
    paste(promotion, "Léa Cœur")
    assert paste(promotion, "Coeur Lea", form="another") == []
    assert [one.login for one in students(promotion)] == ["lea.coeur"]


def test_of_two_people_of_one_name_each_is_chosen_by_the_identifier(promotion: PromotionFacts) -> None:
    made = paste(promotion, "Inès Caron\nCaron Inès")
    assert [one.login for one in made] == ["ines.caron", "caron.ines"]
    with db.engine.connect() as connection:
        for one in made:
            assert [each.person for each in find_enlisted(connection, promotion, one.login)] == [one.person]
        with pytest.raises(BadRequest, match="a name of two students"):
            find_enlisted(connection, promotion, "Inès Caron")


def test_an_unknown_student_in_a_list_is_named_and_nothing_changes(promotion: PromotionFacts) -> None:
    paste(promotion, "Inès Caron\nMalik Roux")
    with db.engine.connect() as connection, pytest.raises(BadRequest) as caught:
        find_enlisted(connection, promotion, "Inès Caron\nPersonne Inconnue")
    assert "« Personne Inconnue »" in caught.value.sentence
    assert [one.group for one in students(promotion)] == ["", ""]


def test_a_group_is_made_of_names_or_identifiers(promotion: PromotionFacts) -> None:
    paste(promotion, "Inès Caron\nMalik Roux")
    with transaction() as connection:
        group = add_group(connection, promotion, "Groupe A")
        for who in find_enlisted(connection, promotion, "CARON Ines\nmalik.roux"):
            change_student(connection, promotion, who.person, group_id=group)
    assert {one.group for one in students(promotion)} == {group}


def test_a_teacher_sees_only_his_promotions(promotion: PromotionFacts, room: Room) -> None:
    with transaction() as connection:
        other = add_person(connection, room.organisation, "Paul", ["teacher"])
        assert read_promotions(connection, room.organisation, other) == []
        with pytest.raises(NotFound):
            read_promotion(connection, room.organisation, other, promotion.id)
        add_teacher(connection, promotion, other)
        assert read_promotions(connection, room.organisation, other) == [promotion]


def test_a_colleague_is_found_by_identifier_among_teachers_alone(promotion: PromotionFacts, room: Room) -> None:
    with transaction() as connection:
        for name, role in (("Paul", "teacher"), ("Lea", "trainer")):
            person = add_person(connection, room.organisation, name, [role])
            set_password(connection, room.organisation, person, name.lower(), "une-phrase-assez-longue")
        assert find_colleague(connection, room.organisation, " PAUL ").name == "Paul"
        for unknown in ("lea", "nobody", ""):
            with pytest.raises(BadRequest):
                find_colleague(connection, room.organisation, unknown)


def test_the_last_teacher_stays(promotion: PromotionFacts, room: Room) -> None:
    with transaction() as connection:
        first = read_teachers(connection, promotion)[0].person
        with pytest.raises(BadRequest):
            remove_teacher(connection, promotion, first)
        second = add_person(connection, room.organisation, "Paul", ["teacher"])
        add_teacher(connection, promotion, second)
        remove_teacher(connection, promotion, first)
        assert [one.person for one in read_teachers(connection, promotion)] == [second]
        add_teacher(connection, promotion, first)
        assert len(read_teachers(connection, promotion)) == 2
    assert count_rows(PromotionTeacher) == 2


def test_who_left_a_promotion_is_listed_no_more(promotion: PromotionFacts) -> None:
    paste(promotion, "Inès Caron\nMalik Roux")
    with transaction() as connection:
        remove_student(connection, promotion, read_students(connection, promotion)[0])
    assert [one.name for one in students(promotion)] == ["Malik Roux"]


def test_who_needs_an_agreement_waits_for_its_day(promotion: PromotionFacts) -> None:
    (made,) = paste(promotion, "Inès Caron")
    with transaction() as connection:
        change_student(connection, promotion, made.person, guarded=True)
    assert not students(promotion)[0].may_work
    with transaction() as connection:
        change_student(connection, promotion, made.person, consented="2026-11-20")
    assert students(promotion)[0].may_work
