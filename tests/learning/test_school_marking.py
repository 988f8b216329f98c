"""Marking of a promotion's works, on both databases: who marks, what is blind, who decides, who leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from lms.contract.rubric import CRITERIA
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Statement, Work
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.erasure import erase_person
from lms.learning.progress import rebuild, snapshot
from lms.learning.school.assignments import AssignmentFacts, add_assignment, read_assignment
from lms.learning.school.markings import (
    DECIDES,
    MarkingFacts,
    count_waiting,
    find_marking,
    find_verdict,
    finish_marks,
    is_shared,
    keep_marks,
    list_seen,
    read_markings,
    share_markings,
)
from lms.learning.school.results import give_back
from lms.learning.school.rubric import Verdict, differ, join
from lms.learning.school.works import (
    WorkFacts,
    find_current,
    hand_in,
    open_resit,
    read_own_works,
    read_work,
    save_draft,
)
from lms.people.accounts import add_person
from lms.people.promotions import PromotionFacts, add_promotion, add_teacher, read_promotion, remove_teacher
from lms.people.students import enlist, read_student
from tests.room import Room, open_room

DAY = 24 * 3600 * 1_000_000
TEXT = {"text": "Nous avons lu la lettre ensemble, puis elle a choisi la suite."}


@dataclass
class School:
    """A promotion with teachers and students by name, and one question that two mark blindly."""

    room: Room
    one: PromotionFacts
    teachers: dict[str, str]
    students: dict[str, str]
    given: AssignmentFacts

    def hand(self, student: str) -> WorkFacts:
        """This student's work is in."""
        with transaction() as connection:
            who = read_student(connection, self.one, self.students[student])
            works = read_own_works(connection, self.one.organisation, who.person)
            work = find_current(works, self.given, who.person)
            hand_in(connection, self.given, work, who, TEXT)
            share_markings(connection, self.one)
            return read_work(connection, self.one.organisation, work.id)

    def markings(self, work: WorkFacts) -> list[MarkingFacts]:
        with db.engine.connect() as connection:
            return read_markings(connection, self.one.organisation, [work.id]).get(work.id, [])

    def markers(self, work: WorkFacts) -> list[str]:
        """Names by place; «-» where nobody has it."""
        names = {person: name for name, person in self.teachers.items()}
        return [names.get(one.marker or "", "-") for one in self.markings(work)]

    def mark(self, work: WorkFacts, teacher: str, *marks: int, comment: str = "", done: bool = True) -> None:
        """This teacher's marks, in the order of the criteria."""
        given = dict(zip(CRITERIA, marks, strict=False))
        with transaction() as connection:
            mine = find_marking(self.markings(work), self.teachers[teacher])
            keep_marks(connection, self.one.organisation, mine, given, comment)
            if done:
                finish_marks(connection, self.one.organisation, mine, given)
            share_markings(connection, self.one)

    def give(self) -> int:
        with transaction() as connection:
            return len(give_back(connection, self.room.classroom, self.given))


@pytest.fixture
def school(migrated_url: str, tmp_path: Path) -> Iterator[School]:
    with open_room(migrated_url, tmp_path / "home") as room:
        with transaction() as connection:
            teachers = {
                name: add_person(connection, room.organisation, name, ["teacher"]) for name in ("Ana", "Ben", "Cleo")
            }
            made = add_promotion(connection, room.organisation, teachers["Ana"], "ASS", "sums")
            one = read_promotion(connection, room.organisation, teachers["Ana"], made)
            add_teacher(connection, one, teachers["Ben"])
            students = {
                name: add_person(connection, room.organisation, name, ["student"]) for name in ("Ines", "Malik", "Tom")
            }
            for person in students.values():
                enlist(connection, one, person)
            given = assign(connection, one)
        yield School(room, one, teachers, students, given)


def assign(connection: Any, one: PromotionFacts, **more: Any) -> AssignmentFacts:
    facts: dict[str, Any] = {
        "organisation": one.organisation, "id": "", "promotion": one.id, "group": "", "kind": "answer", "module": "",
        "activity": "", "title": "Question", "brief": "Racontez.", "opens": now() - DAY, "due": now() + DAY,
        "late": False, "markers": 2, "blind": True, **more,
    }  # fmt: skip
    return read_assignment(connection, one.organisation, add_assignment(connection, one, AssignmentFacts(**facts)))


@pytest.mark.parametrize(
    ("marks", "passed"),
    [((2, 2, 2, 2, 2), False), ((3, 2, 2, 2, 2), True), ((3, 3, 3, 3, 1), False), ((3, 3, 3, 3, 3), True)],
)
def test_every_criterion_at_two_and_eleven_in_all_passes(marks: tuple[int, ...], passed: bool) -> None:
    assert Verdict(dict(zip(CRITERIA, marks, strict=True))).passed is passed


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((3, 2, 2, 2, 2), (2, 3, 2, 2, 2), False),
        ((3, 2, 2, 2, 2), (2, 2, 2, 2, 2), True),
        ((3, 3, 3, 3, 3), (3, 3, 3, 3, 1), True),
        ((1, 1, 1, 1, 1), (0, 0, 0, 0, 0), False),
        ((0, 0, 0, 0, 2), (0, 0, 0, 0, 0), True),
    ],
)
def test_two_markers_differ_on_the_verdict_or_by_two_levels(
    one: tuple[int, ...], other: tuple[int, ...], apart: bool
) -> None:
    both = [dict(zip(CRITERIA, marks, strict=True)) for marks in (one, other)]
    assert differ(*both) is differ(*reversed(both)) is apart
    if not apart:
        assert join(both).passed is Verdict(both[0]).passed


def test_works_are_shared_evenly_and_nobody_marks_one_twice(school: School) -> None:
    works = [school.hand(name) for name in school.students]
    assert [sorted(school.markers(work)) for work in works] == [["Ana", "Ben"]] * 3
    with transaction() as connection:
        before = read_markings(connection, school.one.organisation, [work.id for work in works])
        share_markings(connection, school.one)
        assert read_markings(connection, school.one.organisation, [work.id for work in works]) == before


def test_with_one_marker_each_has_as_much_to_do(school: School) -> None:
    with transaction() as connection:
        school.given = assign(connection, school.one, markers=1)
    works = [school.hand(name) for name in school.students]
    markers = [one for work in works for one in school.markers(work)]
    assert sorted(markers.count(name) for name in ("Ana", "Ben")) == [1, 2]


def test_a_place_waits_for_a_second_teacher(school: School) -> None:
    with transaction() as connection:
        remove_teacher(connection, school.one, school.teachers["Ben"])
    work = school.hand("Ines")
    assert school.markers(work) == ["Ana", "-"]
    with transaction() as connection:
        add_teacher(connection, school.one, school.teachers["Cleo"])
        share_markings(connection, school.one)
    assert school.markers(work) == ["Ana", "Cleo"]


def test_nobody_sees_the_other_s_marks_before_both_are_in(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ana", 3, 2, 2, 2, 2)

    def seen(teacher: str) -> list[dict[str, int]]:
        markings = school.markings(work)
        return [
            dict(one.marks)
            for one in list_seen(school.given, find_marking(markings, school.teachers[teacher]), markings)
        ]

    assert seen("Ana") == seen("Ben") == []
    school.mark(work, "Ben", 2, 2, 3, 2, 2)
    assert [list(one.values()) for one in seen("Ana")] == [[2, 2, 3, 2, 2]]
    assert [list(one.values()) for one in seen("Ben")] == [[3, 2, 2, 2, 2]]


def test_two_who_agree_make_the_mean(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ana", 3, 2, 2, 2, 2)
    assert find_verdict(school.given, school.markings(work)) is None
    school.mark(work, "Ben", 3, 3, 2, 2, 2)
    verdict = find_verdict(school.given, school.markings(work))
    assert verdict is not None
    assert (verdict.marks["r2"], verdict.total, verdict.passed) == (2.5, 11.5, True)


def test_a_third_decides_when_two_differ(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ana", 3, 3, 3, 3, 3)
    school.mark(work, "Ben", 1, 1, 1, 1, 1)
    assert school.markers(work)[DECIDES - 1] == "-"
    assert school.give() == 0
    with transaction() as connection:
        add_teacher(connection, school.one, school.teachers["Cleo"])
        share_markings(connection, school.one)
    markings = school.markings(work)
    third = find_marking(markings, school.teachers["Cleo"])
    assert third.place == DECIDES
    assert len(list_seen(school.given, third, markings)) == 2
    school.mark(work, "Cleo", 2, 2, 2, 2, 3)
    verdict = find_verdict(school.given, school.markings(work))
    assert verdict is not None
    assert (verdict.total, verdict.passed) == (11, True)
    assert school.give() == 1


def test_two_who_finish_at_one_instant_are_found_to_differ(school: School) -> None:
    work = school.hand("Ines")
    with transaction() as connection:
        for teacher, marks in (("Ana", (3, 3, 3, 3, 3)), ("Ben", (1, 1, 1, 1, 1))):
            mine = find_marking(school.markings(work), school.teachers[teacher])
            given = dict(zip(CRITERIA, marks, strict=True))
            keep_marks(connection, school.one.organisation, mine, given, "")
            finish_marks(connection, school.one.organisation, mine, given)
    with transaction() as connection:
        assert not is_shared(connection, school.one)
        share_markings(connection, school.one)
        assert is_shared(connection, school.one)
    assert len(school.markings(work)) == DECIDES


def test_a_marker_who_leaves_passes_on_what_he_began_and_keeps_what_he_finished(school: School) -> None:
    finished, begun = school.hand("Ines"), school.hand("Malik")
    school.mark(finished, "Ben", 3, 2, 2, 2, 2, comment="Bien vu.")
    school.mark(begun, "Ben", 2, 1, comment="Un début de lecture.", done=False)
    with transaction() as connection:
        add_teacher(connection, school.one, school.teachers["Cleo"])
        remove_teacher(connection, school.one, school.teachers["Ben"])
        share_markings(connection, school.one)
    assert sorted(school.markers(finished)) == ["Ana", "Ben"]
    passed_on = find_marking(school.markings(begun), school.teachers["Cleo"])
    assert (dict(passed_on.marks), passed_on.comment, passed_on.done) == (
        {"r1": 2, "r2": 1},
        "Un début de lecture.",
        None,
    )
    assert find_marking(school.markings(finished), school.teachers["Ben"]).comment == "Bien vu."
    with db.engine.connect() as connection:
        assert count_waiting(connection, school.one, school.teachers["Ben"]) == 0
        assert count_waiting(connection, school.one, school.teachers["Cleo"]) == 1


def test_a_marker_who_leaves_when_nobody_else_is_there_leaves_a_free_place(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ben", 2, comment="Un début.", done=False)
    with transaction() as connection:
        remove_teacher(connection, school.one, school.teachers["Ben"])
        share_markings(connection, school.one)
    assert sorted(school.markers(work)) == ["-", "Ana"]
    assert "Un début." in [one.comment for one in school.markings(work)]


def test_a_criterion_without_a_mark_is_named_and_the_draft_stays(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ana", 3, 2, 2, 2, comment="Presque.", done=False)
    with pytest.raises(BadRequest) as caught:
        school.mark(work, "Ana", 3, 2, 2, 2)
    assert "R5" in caught.value.sentence
    assert find_marking(school.markings(work), school.teachers["Ana"]).comment == "Presque."


def test_what_is_done_is_not_marked_again(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ana", 3, 2, 2, 2, 2)
    with pytest.raises(BadRequest):
        school.mark(work, "Ana", 0, 0, 0, 0, 0)
    with pytest.raises(NotFound):
        school.mark(work, "Cleo", 3, 3, 3, 3, 3)


def give_all(school: School, *marks: int) -> WorkFacts:
    work = school.hand("Ines")
    for teacher in ("Ana", "Ben"):
        school.mark(work, teacher, *marks, comment=f"Lu par {teacher}.")
    assert school.give() == 1
    with db.engine.connect() as connection:
        return read_work(connection, school.one.organisation, work.id)


def test_results_are_given_back_once_and_do_not_say_who_marked(school: School) -> None:
    work = give_all(school, 3, 2, 2, 2, 2)
    assert school.give() == 0
    assert (work.result["total"], work.result["passed"]) == ("11", True)
    assert sorted(work.result["comments"]) == ["Lu par Ana.", "Lu par Ben."]
    assert not set(school.teachers.values()) & set(str(work.result).split("'"))


def test_a_result_is_said_as_statements_and_progress_can_be_rebuilt(school: School) -> None:
    give_all(school, 3, 2, 2, 2, 1)
    with transaction() as connection:
        rows = connection.execute(select(Statement.verb, Statement.person_id, Statement.activity)).all()
        before = snapshot(connection)
        rebuild(connection)
        assert snapshot(connection) == before
    verbs = [row.verb.rpartition("/")[2] for row in rows]
    assert sorted(verbs) == ["answered"] * 5 + ["failed"]
    assert {(row.person_id, row.activity) for row in rows} == {(school.students["Ines"], f"school/{school.given.id}")}


def test_a_resit_is_a_second_work_and_the_first_stays(school: School) -> None:
    first = give_all(school, 3, 2, 2, 2, 1)
    with transaction() as connection:
        again = open_resit(connection, school.given, first, now() + DAY)
        assert open_resit(connection, school.given, first, now() + DAY).id == again.id
    second = school.hand("Ines")
    assert (second.id, second.number) == (again.id, 2)
    assert sorted(school.markers(second)) == ["Ana", "Ben"]
    with db.engine.connect() as connection:
        works = read_own_works(connection, school.one.organisation, school.students["Ines"])
    assert [work.number for work in works] == [1, 2]
    assert works[0].result["total"] == "10"


def test_no_resit_before_a_result(school: School) -> None:
    work = school.hand("Ines")
    with transaction() as connection, pytest.raises(BadRequest):
        open_resit(connection, school.given, work, now() + DAY)


def test_handed_in_by_two_tabs_at_once_it_is_in_once(school: School) -> None:
    with db.engine.connect() as connection:
        who = read_student(connection, school.one, school.students["Ines"])
    work = find_current([], school.given, who.person)
    news: list[bool] = []

    def send() -> None:
        with school.room.app.app_context(), transaction() as connection:
            news.append(hand_in(connection, school.given, work, who, TEXT))

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(news) == [False, False, False, True]


def test_a_draft_is_not_changed_once_it_is_in(school: School) -> None:
    work = school.hand("Ines")
    with db.engine.connect() as connection:
        who = read_student(connection, school.one, school.students["Ines"])
    with transaction() as connection, pytest.raises(NotAllowed):
        save_draft(connection, school.given, work, who, {"text": "Autre chose."})


def test_a_student_who_is_erased_leaves_no_work_and_no_marks(school: School) -> None:
    work = give_all(school, 3, 2, 2, 2, 2)
    with transaction() as connection:
        erase_person(connection, school.one.organisation, school.students["Ines"], "https://example.org/o/")
        assert read_markings(connection, school.one.organisation, [work.id]) == {}
        assert connection.execute(select(Work.id)).all() == []
        assert connection.execute(select(Statement.id)).all() == []


def test_marks_of_a_teacher_who_is_erased_stay_without_his_name(school: School) -> None:
    work = school.hand("Ines")
    school.mark(work, "Ben", 3, 2, 2, 2, 2, comment="Bien vu.")
    with transaction() as connection:
        erase_person(connection, school.one.organisation, school.teachers["Ben"], "https://example.org/o/")
    assert ("Bien vu.", None) in [(one.comment, one.marker) for one in school.markings(work)]


def test_marks_kept_by_whoever_left_meanwhile_are_refused(school: School) -> None:
    work = school.hand("Ines")
    mine = find_marking(school.markings(work), school.teachers["Ben"])
    with transaction() as connection:
        remove_teacher(connection, school.one, school.teachers["Ben"])
        share_markings(connection, school.one)
    with pytest.raises(NotFound), transaction() as connection:
        keep_marks(connection, school.one.organisation, mine, {"r1": 0}, "Trop tard.")
    assert "Trop tard." not in [one.comment for one in school.markings(work)]
