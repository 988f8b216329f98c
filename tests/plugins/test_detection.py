"""The detection grid: its rule against the vectors it came with, properties that hold for any answers, its words."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.plugins import bundled, load_plugins
from lms.settings import Settings

VECTORS = json.loads((Path(__file__).parent / "detection_vectors.json").read_text(encoding="utf-8"))
AXES = {"A": ("q1", "q2"), "U": ("q3", "q4"), "C": ("q5", "q6", "q7"), "M": ("q8", "q9")}
POINTS = {name: (0, 1, 3) if name == "q2" else (0, 1, 2, 3) for names in AXES.values() for name in names}
answers = st.fixed_dictionaries({name: st.sampled_from((None, *points)) for name, points in POINTS.items()})
axis_names = st.sampled_from(sorted(POINTS))


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    load_plugins(Settings(home=tmp_path_factory.mktemp("home")), bundled("plugins"))


def part(name: str) -> ModuleType:
    """A module of the plugin, as it is loaded."""
    return importlib.import_module(f"lms_plugins.detection.{name}")


def score(given: Mapping[str, int | None]) -> Any:
    return part("scoring").find_scores(part("grid").load_shipped(), given)


def propose(given: Mapping[str, int | None]) -> int | None:
    found: int | None = part("scoring").find_profile(score(given))
    return found


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["cas"])
def test_each_vector_gives_what_it_must(vector: dict[str, Any]) -> None:
    scores, expected, scoring = score(vector["reponses"]), vector["attendu"], part("scoring")
    found = {
        "A": scoring.round_score(scores.access),
        "U": scoring.round_score(scores.use),
        "C": scoring.round_score(scores.skills),
        "M": scoring.round_score(scores.motivation),
        "S": scoring.round_score(scores.total),
        "profil_propose": scoring.find_profile(scores),
        "profil_1_possible": scoring.LASTING in scoring.list_choices(scores),
        "alerte_acces": scores.lacks_access,
        "mobiliser_dabord": scores.motivate_first,
    }
    assert found == expected


def test_there_are_six_vectors() -> None:
    assert len(VECTORS) == 6


@given(answers)
def test_a_lasting_relay_is_never_computed(given: dict[str, int | None]) -> None:
    assert propose(given) in (None, 2, 3, 4, 5)


@given(answers)
def test_without_any_answer_on_use_or_skills_nothing_is_proposed(given: dict[str, int | None]) -> None:
    silent = any(all(given[name] is None for name in AXES[axis]) for axis in "UC")
    assert (propose(given) is None) == silent


@given(answers, axis_names)
def test_a_refused_answer_counts_as_a_question_that_was_not_asked(given: dict[str, int | None], name: str) -> None:
    left_out = {one: point for one, point in given.items() if one != name}
    assert score({**given, name: None}) == score(left_out)


@given(answers, axis_names)
def test_a_refused_answer_never_raises_a_score_above_the_best_answer_given(
    given: dict[str, int | None], name: str
) -> None:
    scores = score({**given, name: None})
    for axis, value in zip("AUCM", (scores.access, scores.use, scores.skills, scores.motivation), strict=True):
        said = [point for one in AXES[axis] if one != name and (point := given[one]) is not None]
        assert value is None if not said else min(said) <= value <= max(said)


@given(answers, axis_names)
def test_a_better_answer_never_lowers_the_proposal(given: dict[str, int | None], name: str) -> None:
    if given[name] is None or given[name] == 3:
        return
    better = {**given, name: 3}
    before, after = propose(given), propose(better)
    assert (before is None and after is None) or (before or 0) <= (after or 0)


@given(answers)
def test_access_and_motivation_never_move_the_proposal(given: dict[str, int | None]) -> None:
    for name in AXES["A"] + AXES["M"]:
        for point in (None, *POINTS[name]):
            assert propose({**given, name: point}) == propose(given)


@given(answers)
def test_points_that_an_answer_does_not_have_count_for_nothing(given: dict[str, int | None]) -> None:
    assert score({**given, "q2": 2}) == score({**given, "q2": None})
    assert score({**given, "q3": 900}) == score({**given, "q3": None})


def test_questions_and_axes_are_those_of_the_brief() -> None:
    grid = part("grid").load_shipped()
    assert [one.id for one in grid.questions] == [f"q{number}" for number in range(1, 13)]
    assert {one.id: one.axis for one in grid.questions if one.axis} == {
        name: axis for axis, names in AXES.items() for name in names
    }
    assert {one.id: tuple(a.points for a in one.answers) for one in grid.questions if one.axis} == POINTS
    assert [one.say for one in grid.flash] == [
        "Comment faites-vous d'habitude pour vos démarches ?",
        "Avez-vous de quoi aller sur internet quand vous voulez ?",
        "La dernière fois, vous l'avez fait seul·e, avec quelqu'un, ou quelqu'un l'a fait pour vous ?",
    ]


def found(flags: dict[str, list[str] | None] | None = None, **points: int | None) -> Any:
    return part("advice").Found(score(points), flags or {}, points.get("q9") == 0)


def test_without_access_a_place_with_access_is_looked_for_whatever_the_profile() -> None:
    advice, grid = part("advice"), part("grid").load_shipped()
    for points in ({"q1": 0, "q2": 0}, {"q1": 0, "q2": 0, "q3": 3, "q4": 3, "q5": 3, "q6": 3, "q7": 3}):
        names = advice.find_needs(grid, found(**points))
        assert "Accès internet et matériel informatique" in advice.list_needs(grid, propose(points), [], names)


def test_who_declines_is_not_pushed_and_keeps_another_way() -> None:
    advice, grid = part("advice"), part("grid").load_shipped()
    names = advice.find_needs(grid, found(q8=0, q9=0))
    assert "choix" in names
    assert "envie" not in names


def test_who_cannot_come_gets_help_that_moves_and_who_did_not_say_gets_none() -> None:
    advice, grid = part("advice"), part("grid").load_shipped()
    assert "mobilite" in advice.find_needs(grid, found({"q12": ["proche"]}))
    assert "mobilite" not in advice.find_needs(grid, found({"q12": ["deplacement"]}))
    assert "mobilite" not in advice.find_needs(grid, found({"q12": None}))


def test_a_measure_of_protection_is_acted_on_and_never_kept() -> None:
    advice, grid = part("advice"), part("grid").load_shipped()
    answered = found({"q12": ["proche", "protection"], "q10": ["audio"]})
    assert answered.protected
    assert advice.list_kept(grid, answered.ticked) == ["audio", "proche"]


def iter_told() -> list[str]:
    """Every sentence that the person reads or hears."""
    grid = part("grid").load_shipped()
    asked = [one for question in grid.steps.values() for one in (question.say, *(a.say for a in question.answers))]
    said = [one for profile in grid.profiles.values() for one in (profile.need, profile.more)]
    return [*asked, *said, *grid.actions.values()]


def test_sentences_are_short_and_none_of_them_shames() -> None:
    wrong = re.compile(r"niveau|profil|facile|suffit|mauvais|illettr|erreur", re.IGNORECASE)
    for told in iter_told():
        assert not wrong.search(told), told
        for sentence in re.split(r"[.?!…]\s*", told):
            assert len(sentence.split()) <= 16, sentence
