"""Courses for professionals: what each module holds, and every conversation played to each of its endings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from lms.content.catalogue import Course, Module
from lms.content.courses import Shelf, load_courses
from lms.content.yaml_source import read_yaml
from lms.contract import Activity, AttemptFacts
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings
from tests.simulators.shelf import load

COURSES = bundled("courses")
CRITERIA = ["r1", "r2", "r3", "r4", "r5"]
FACTS = AttemptFacts(datetime(2026, 11, 27, tzinfo=UTC), 7, "alone", "fr")


@cache
def read_plugins() -> Plugins:
    return load_plugins(Settings(home=Path("/nonexistent")), bundled("plugins"))


@cache
def read_courses() -> list[Course]:
    """Those courses alone: they are few, and the others take long to compile."""
    shelf = Shelf(read_plugins(), load, lambda name: f"/{name}.svg")
    with TemporaryDirectory() as folder:
        for one in sorted(COURSES.iterdir()):
            if read_yaml(one / "course.yaml").data.get("audience") == "professionals":
                (Path(folder) / one.name).symlink_to(one)
        return list(load_courses([Path(folder)], shelf).courses.values())


def list_modules() -> list[tuple[Course, Module]]:
    return [(course, module) for course in read_courses() for module in course.modules]


def find_all(course: Course, module: Module, kind: str) -> list[Activity]:
    return [one for name in module.activities if (one := course.activities[name]).type == kind]


MODULES = [pytest.param(course, module, id=module.id) for course, module in list_modules()]
TALKS = [
    pytest.param(one, id=one.id) for course, module in list_modules() for one in find_all(course, module, "dialogue")
]


@pytest.mark.parametrize(("course", "module"), MODULES)
def test_a_module_has_five_lessons_two_conversations_eight_questions_and_a_case(course: Course, module: Module) -> None:
    assert len(find_all(course, module, "lesson")) >= 5
    assert len(find_all(course, module, "dialogue")) >= 2
    questions = [one for quiz in find_all(course, module, "quiz") for one in quiz.options["questions"]]
    assert len(questions) >= 8
    assert len({one["ask"] for one in questions}) == len(questions)
    assert len(find_all(course, module, "rubric")) >= 1


@pytest.mark.parametrize(("course", "module"), MODULES)
def test_a_case_is_assessed_by_the_five_common_criteria_and_passes_at_eleven(course: Course, module: Module) -> None:
    for case in find_all(course, module, "rubric"):
        assert [one["id"] for one in case.options["criteria"]] == CRITERIA
        assert case.options["pass"] == {"each": 2, "total": 11}


@pytest.mark.parametrize(("course", "module"), MODULES)
def test_one_stands_somewhere_before_and_after_on_the_same_objectives(course: Course, module: Module) -> None:
    before, after = find_all(course, module, "positioning")
    assert (before.id, after.id) == (module.activities[0], module.activities[-1])
    assert [before.options["when"], after.options["when"]] == ["before", "after"]
    assert before.options["module"] == after.options["module"] == module.id
    objectives = [[(one["id"], one["text"]) for one in page.options["objectives"]] for page in (before, after)]
    assert objectives[0] == objectives[1]
    assert 3 <= len(objectives[0]) <= 4


@pytest.mark.parametrize(("course", "module"), MODULES)
def test_every_page_says_where_it_was_checked_when_and_by_when_again(course: Course, module: Module) -> None:
    pages = [course.activities[name] for name in module.activities]
    assert [one.id for one in pages if not (one.source and one.verified_on and one.review_due)] == []
    days = {
        one.id: (datetime.fromisoformat(one.review_due) - datetime.fromisoformat(one.verified_on)).days for one in pages
    }
    assert [name for name, count in days.items() if not 0 < count <= 184] == []


def test_no_two_modules_say_they_are_the_same() -> None:
    names = [
        one.options["module"] for course, module in list_modules() for one in find_all(course, module, "positioning")
    ]
    assert sorted(names) == sorted([*{*names}, *{*names}])


def play(talk: Activity) -> Iterator[tuple[list[int], Any]]:
    """Every way through a conversation, told once for each turn and mood and trust: (places answered, state)."""
    kind = read_plugins().activity_types["dialogue"]
    seen, waiting = set(), [([], kind.start(talk, FACTS))]
    for said, state in waiting:
        data = kind.present(talk, state).data
        if (key := (data["at"], data["trust"])) in seen:
            continue
        seen.add(key)
        yield said, state
        for one in data.get("answers", ()):
            after = kind.evaluate(talk, {"at": data["at"], "answer": one["value"]}, state)
            assert after.feedback is not None
            assert after.feedback.say.strip()
            waiting.append(([*said, after.state["said"][-1]], after.state))


@pytest.mark.parametrize("talk", TALKS)
def test_a_conversation_is_played_to_each_of_its_endings_and_printed(talk: Activity) -> None:
    kind, met = read_plugins().activity_types["dialogue"], {}
    turns = set()
    for said, state in play(talk):
        data = kind.present(talk, state).data
        turns.add(data["at"])
        if data["end"]:
            met[data["at"]] = (said, state)
    assert set(met) == {one["id"] for one in talk.options["endings"]}
    assert turns >= {one["id"] for one in talk.options["turns"]}
    for one in talk.options["endings"]:
        said, state = met[one["id"]]
        outcome = kind.evaluate(talk, {"at": one["id"], "do": "finish"}, state)
        assert (outcome.verb, outcome.completion) == ("passed" if one["good"] else "completed", True)
        paper = kind.print_own(talk, outcome.state)
        assert paper is not None
        assert len(paper.data["told"]) == len(said)
        assert paper.data["end"]["title"] == one["title"]


@pytest.mark.parametrize("talk", TALKS)
def test_the_best_answers_lead_to_a_good_ending_in_several_turns(talk: Activity) -> None:
    kind = read_plugins().activity_types["dialogue"]
    state = kind.start(talk, FACTS)
    while not (data := kind.present(talk, state).data)["end"]:
        turn = next(one for one in talk.options["turns"] if one["id"] == data["at"])
        best = max(turn["choices"], key=lambda one: one["points"])
        assert best["points"] == 2
        letter = next(one["value"] for one in data["answers"] if one["text"] == best["text"])
        state = kind.evaluate(talk, {"at": data["at"], "answer": letter}, state).state
    assert data["end"]["good"]
    assert len(state["said"]) >= 4


@pytest.mark.parametrize("talk", TALKS)
def test_a_hurtful_answer_never_gives_points(talk: Activity) -> None:
    answers = [one for turn in talk.options["turns"] for one in turn["choices"]]
    assert [one["text"] for one in answers if one["points"] == 2 and (one["trust"] < 0 or one["mood"] < 0)] == []
    assert [one["text"] for one in answers if one["trust"] < -1 and one["points"] > 0] == []
