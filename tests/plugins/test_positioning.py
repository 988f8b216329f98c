"""Activity type «positioning»: one places oneself before and after; nothing is right or wrong; both stand together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from lms.contract import Activity, ActivityType, AttemptFacts, KeptWorld, State
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

NOW = datetime(2026, 11, 27, tzinfo=UTC)
GIVEN = {"ask": "1", "grid": "0", "say": "2"}


@pytest.fixture(scope="module")
def positioning(tmp_path_factory: pytest.TempPathFactory) -> ActivityType:
    plugins = load_plugins(Settings(home=tmp_path_factory.mktemp("home")), bundled("plugins"))
    return plugins.activity_types["positioning"]


def page(when: str, names: tuple[str, ...] = ("ask", "grid", "say")) -> Activity:
    objectives = [{"id": name, "text": f"Je sais {name}.", "more": f"Revenez à {name}."} for name in names]
    options: dict[str, Any] = {"module": "detecter", "when": when, "objectives": objectives}
    return Activity(f"c/{when}", "positioning", "Où j'en suis", "Situez-vous.", (), options, "", "", "fr", "r")


def start(positioning: ActivityType, when: str, kept: KeptWorld | None = None) -> State:
    return positioning.start(page(when), AttemptFacts(NOW, 1, "alone", "fr", kept=kept))


def keep(positioning: ActivityType) -> KeptWorld:
    outcome = positioning.evaluate(page("before"), {"do": "place", **GIVEN}, start(positioning, "before"))
    assert outcome.keeps is not None
    return outcome.keeps


def test_before_a_module_one_stands_somewhere_and_that_is_no_success_nor_score(positioning: ActivityType) -> None:
    outcome = positioning.evaluate(page("before"), {"do": "place", **GIVEN}, start(positioning, "before"))
    assert (outcome.verb, outcome.completion, outcome.success, outcome.score) == ("completed", True, None, None)
    assert [(one.about, one.success, one.code) for one in outcome.facts] == [
        ("ask", None, "level-1"),
        ("grid", None, "level-0"),
        ("say", None, "level-2"),
    ]


def test_the_page_after_asks_for_what_the_page_before_kept(positioning: ActivityType) -> None:
    kept = keep(positioning)
    assert positioning.needs_world(page("after")) == (kept.persona, kept.name)
    assert positioning.needs_world(page("before")) is None


def test_after_a_module_both_stand_side_by_side(positioning: ActivityType) -> None:
    state = start(positioning, "after", keep(positioning))
    assert positioning.present(page("after"), state).data["shown"] is False
    outcome = positioning.evaluate(page("after"), {"do": "place", "ask": "3", "grid": "2", "say": "2"}, state)
    assert outcome.completion is None
    data = positioning.present(page("after"), outcome.state).data
    assert data["shown"]
    assert [(one["before"], one["mark"]) for one in data["rows"]] == [(1, 3), (0, 2), (2, 2)]
    ended = positioning.evaluate(page("after"), {"do": "finish"}, outcome.state)
    assert (ended.verb, ended.completion, ended.success, ended.score) == ("completed", True, None, None)
    paper = positioning.print_own(page("after"), ended.state)
    assert paper is not None
    assert [(one["before"], one["mark"]) for one in paper.data["rows"]] == [(1, 3), (0, 2), (2, 2)]


def test_who_did_not_fill_the_page_before_still_sees_where_he_stands(positioning: ActivityType) -> None:
    outcome = positioning.evaluate(page("after"), {"do": "place", **GIVEN}, start(positioning, "after"))
    data = positioning.present(page("after"), outcome.state).data
    assert data["known"] is False
    assert [(one["before"], one["mark"]) for one in data["rows"]] == [(None, 1), (None, 0), (None, 2)]


def test_one_may_change_ones_mind_and_what_was_placed_stays(positioning: ActivityType) -> None:
    placed = positioning.evaluate(page("after"), {"do": "place", **GIVEN}, start(positioning, "after"))
    again = positioning.evaluate(page("after"), {"do": "again"}, placed.state)
    rows = positioning.present(page("after"), again.state).data["rows"]
    assert [one["mark"] for one in rows] == [1, 0, 2]


@pytest.mark.parametrize("given", ["", "4", "-1", "deux", "²"])
def test_a_line_that_was_left_open_is_asked_for_and_the_others_stay(positioning: ActivityType, given: str) -> None:
    state = start(positioning, "before")
    outcome = positioning.evaluate(page("before"), {"do": "place", **GIVEN, "grid": given}, state)
    assert outcome.completion is None
    assert outcome.feedback is not None
    assert outcome.feedback.say == "Il reste une ligne : Je sais grid."
    assert outcome.state["marks"] == {"ask": 1, "say": 2}


@pytest.mark.parametrize("response", [{}, {"do": "finish"}, {"do": "again"}])
def test_what_is_not_on_screen_changes_nothing(positioning: ActivityType, response: dict[str, str]) -> None:
    state = start(positioning, "before")
    outcome = positioning.evaluate(page("before"), response, state)
    assert outcome.stale
    assert outcome.state == state


def test_the_blank_page_is_printed_and_its_lines_are_said(positioning: ActivityType) -> None:
    blank = positioning.print_own(page("before"), start(positioning, "before"))
    assert blank is not None
    assert [one["mark"] for one in blank.data["rows"]] == [None, None, None]
    assert positioning.print_view(page("before")) == blank
    assert "Je sais ask." in positioning.spoken(page("before"))


@pytest.mark.parametrize(
    ("names", "said"),
    [(("ask", "ask", "say"), "two objectives are called «ask»"), (("ask", "say"), "2 objectives; write 3 to 6")],
)
def test_objectives_have_names_of_their_own_and_are_a_few(
    positioning: ActivityType, names: tuple[str, ...], said: str
) -> None:
    assert said in positioning.check(page("before", names))
    assert positioning.check(page("before")) == []
