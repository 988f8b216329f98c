"""Activity type «rubric»: one's marks first, then the expert's and why; one level apart still agrees."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from lms.contract import Activity, ActivityType, AttemptFacts, Outcome, State
from lms.contract.rubric import CRITERIA, EACH, TOTAL
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

EXPERT = {"r1": 3, "r2": 2, "r3": 1, "r4": 2, "r5": 3}
GRID: dict[str, Any] = {
    "case": ["Une personne vient."],
    "answer": ["Je l'ai écoutée."],
    "criteria": [
        {"id": name, "title": f"Critère {name}", "levels": ["0", "1", "2", "3"], "expert": mark, "why": f"Car {name}."}
        for name, mark in EXPERT.items()
    ],
    "pass": {"each": 2, "total": 11},
}


@pytest.fixture(scope="module")
def rubric(tmp_path_factory: pytest.TempPathFactory) -> ActivityType:
    plugins = load_plugins(Settings(home=tmp_path_factory.mktemp("home")), bundled("plugins"))
    return plugins.activity_types["rubric"]


def activity(options: dict[str, Any] = GRID) -> Activity:
    return Activity("c/r", "rubric", "Grille", "Notez.", (), options, "", "", "fr", "r")


def mark(rubric: ActivityType, marks: dict[str, Any], state: State | None = None) -> Outcome:
    start = rubric.start(activity(), AttemptFacts(datetime(2026, 11, 26, tzinfo=UTC), 1, "alone", "fr"))
    given = {name: str(value) for name, value in marks.items()}
    return rubric.evaluate(activity(), {"do": "mark", **given}, state or start)


def finish(rubric: ActivityType, marks: dict[str, Any]) -> Outcome:
    return rubric.evaluate(activity(), {"do": "finish"}, mark(rubric, marks).state)


def test_one_level_apart_still_agrees(rubric: ActivityType) -> None:
    outcome = finish(rubric, {"r1": 2, "r2": 3, "r3": 2, "r4": 1, "r5": 3})
    assert (outcome.verb, outcome.success, outcome.score, outcome.completion) == ("passed", True, 1.0, True)


def test_two_levels_apart_do_not_and_two_such_criteria_are_no_success(rubric: ActivityType) -> None:
    outcome = finish(rubric, {"r1": 1, "r2": 2, "r3": 3, "r4": 2, "r5": 3})
    assert (outcome.verb, outcome.success, outcome.score) == ("completed", None, 0.6)


@pytest.mark.parametrize("mark_of_r2", ["", "4", "-1", "deux"])
def test_what_is_no_mark_is_asked_for_and_the_others_stay(rubric: ActivityType, mark_of_r2: str) -> None:
    outcome = mark(rubric, EXPERT | {"r2": mark_of_r2})
    assert outcome.feedback is not None
    assert outcome.feedback.say == "Il reste à noter : Critère r2."
    assert outcome.state["marks"] == {name: value for name, value in EXPERT.items() if name != "r2"}
    assert not outcome.state["shown"]


def test_the_reference_is_hidden_until_one_has_marked(rubric: ActivityType) -> None:
    start = rubric.start(activity(), AttemptFacts(datetime(2026, 11, 26, tzinfo=UTC), 1, "alone", "fr"))
    assert "Car r1." not in str(rubric.present(activity(), start).data)
    data = rubric.present(activity(), mark(rubric, EXPERT).state).data
    assert data["criteria"][2]["why"] == "Car r3."
    assert data["expert"] == {"total": 11, "passed": False}


def test_one_may_mark_again_and_nothing_else_is_taken(rubric: ActivityType) -> None:
    state = mark(rubric, EXPERT).state
    again = rubric.evaluate(activity(), {"do": "again"}, state)
    assert (again.state["shown"], again.state["marks"]) == (False, EXPERT)
    assert rubric.evaluate(activity(), {"do": "mark"}, state).stale
    assert rubric.evaluate(activity(), {"do": "finish"}, again.state).stale


def test_a_criterion_of_the_common_rubric_needs_no_words_of_its_own(rubric: ActivityType) -> None:
    bare = {
        **GRID,
        "criteria": [{"id": one["id"], "expert": one["expert"], "why": one["why"]} for one in GRID["criteria"]],
    }
    bare["criteria"][1]["levels"] = ["zéro", "un", "deux", "trois"]
    assert rubric.check(activity(bare)) == []
    view = rubric.print_view(activity(bare))
    assert view is not None
    assert view.data["criteria"][0]["title"] == CRITERIA["r1"].title
    assert view.data["criteria"][0]["levels"] == list(CRITERIA["r1"].levels)
    assert view.data["criteria"][1]["levels"] == ["zéro", "un", "deux", "trois"]
    given = {name: str(value) for name, value in EXPERT.items()}
    start = rubric.start(activity(bare), AttemptFacts(datetime(2026, 11, 26, tzinfo=UTC), 1, "alone", "fr"))
    shown = rubric.present(activity(bare), rubric.evaluate(activity(bare), {"do": "mark", **given}, start).state).data
    assert shown["criteria"][0]["expert_level"] == CRITERIA["r1"].levels[3]


def test_the_threshold_is_that_of_the_common_rubric_where_none_is_written(rubric: ActivityType) -> None:
    threshold = next(one for one in rubric.options if one.name == "pass")
    assert threshold.default == {"each": EACH, "total": TOTAL}


def broken(change: str) -> dict[str, Any]:
    options = deepcopy(GRID)
    if change == "level":
        options["criteria"][0]["levels"].pop()
    elif change == "title":
        options["criteria"][0] = {"id": "trace", "title": "", "levels": [], "expert": 1, "why": "."}
    elif change == "expert":
        options["criteria"][1]["expert"] = 4
    elif change == "twice":
        options["criteria"][1]["id"] = "r1"
    else:
        options["pass"] = {"each": 2, "total": int(change)}
    return options


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("level", "criterion «r1» has 3 levels; 4 are needed"),
        ("title", "criterion «trace» has no title; only r1, r2, r3, r4, r5 of the common rubric go without"),
        ("title", "criterion «trace» has 0 levels; 4 are needed"),
        ("expert", "criterion «r2»: the expert's mark is 4"),
        ("twice", "two criteria are called «r1»"),
        ("16", "pass.total is 16; 10 to 15 is allowed with 5 criteria"),
        ("9", "pass.total is 9; 10 to 15 is allowed"),
    ],
)
def test_a_grid_that_cannot_be_marked_is_told(rubric: ActivityType, change: str, said: str) -> None:
    assert any(said in fault for fault in rubric.check(activity(broken(change))))
    assert rubric.check(activity()) == []


def test_the_grid_stands_on_paper_without_the_reference(rubric: ActivityType) -> None:
    view = rubric.print_view(activity())
    assert view is not None
    assert len(view.data["criteria"]) == 5
    assert "Car r1." not in str(view.data)
