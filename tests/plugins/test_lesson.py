"""Activity type «lesson»: without app or database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.content.markdown import render_markdown
from lms.contract import Activity, ActivityType, AttemptFacts, Outcome, State
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

FACTS = AttemptFacts(datetime(2026, 11, 21, 9, tzinfo=UTC), 7, "guided", "fr")
BODY = "## La souris\nPosez la main.\n## La flèche\n- Elle bouge\n- Elle s'arrête\n## Le clic\nAppuyez une fois."


@pytest.fixture
def lesson(tmp_path: Path) -> ActivityType:
    return load_plugins(Settings(home=tmp_path), bundled("plugins")).activity_types["lesson"]


def activity(body: str = BODY) -> Activity:
    html = render_markdown(body, lambda name: f"/{name}.svg")
    return Activity("c/l", "lesson", "Souris", "Lisez.", ("M01",), {"memo": "Doucement."}, body, html, "fr", "r")


def play(lesson: ActivityType, *responses: dict[str, str]) -> list[Outcome]:
    state, outcomes = lesson.start(activity(), FACTS), []
    for response in responses:
        outcomes.append(lesson.evaluate(activity(), response, state))
        state = outcomes[-1].state
    return outcomes


def test_each_heading_begins_a_step(lesson: ActivityType) -> None:
    view = lesson.present(activity(), lesson.start(activity(), FACTS))
    assert (view.step, view.steps) == (1, 3)
    assert view.data["html"].startswith("<h2>La souris</h2>")
    assert "flèche" not in view.data["html"]


def test_continue_moves_one_step_and_says_what_was_read(lesson: ActivityType) -> None:
    (outcome,) = play(lesson, {"do": "next", "step": "0"})
    assert outcome.state["step"] == 1
    assert [(fact.verb, fact.about) for fact in outcome.facts] == [("experienced", "step-1")]
    assert outcome.live is not None
    assert outcome.live.sentence == "La flèche"
    assert outcome.verb is None


def test_the_last_continue_completes_the_lesson(lesson: ActivityType) -> None:
    *_, last = play(lesson, *[{"do": "next", "step": str(step)} for step in range(3)])
    assert (last.verb, last.completion) == ("completed", True)


def test_one_can_go_back_and_a_step_read_twice_counts_once(lesson: ActivityType) -> None:
    outcomes = play(lesson, {"do": "next"}, {"do": "back"}, {"do": "next"})
    assert [outcome.state["step"] for outcome in outcomes] == [1, 0, 1]
    assert outcomes[2].facts == ()


def test_back_at_the_first_step_stays_there(lesson: ActivityType) -> None:
    assert play(lesson, {"do": "back"})[0].state["step"] == 0


def test_continue_from_an_old_page_moves_nothing(lesson: ActivityType) -> None:
    outcomes = play(lesson, {"do": "next", "step": "0"}, {"do": "next", "step": "0"})
    assert outcomes[1].stale
    assert outcomes[1].state["step"] == 1


def test_an_unknown_response_is_stale(lesson: ActivityType) -> None:
    assert play(lesson, {"do": "jump"})[0].stale


def test_the_lesson_is_resumed_at_the_step_one_left(lesson: ActivityType) -> None:
    state = play(lesson, {"do": "next"})[0].state
    view = lesson.present(activity(), state)
    assert view.step == 2
    assert view.data["html"].startswith("<h2>La flèche</h2>")


def test_a_lesson_that_became_shorter_resumes_at_its_last_step(lesson: ActivityType) -> None:
    state: State = {"step": 9, "read": []}
    assert lesson.present(activity(), state).step == 3


def test_the_memo_stands_on_the_last_step_only(lesson: ActivityType) -> None:
    memos = [lesson.present(activity(), {"step": step, "read": []}).data["memo"] for step in range(3)]
    assert memos == ["", "", "Doucement."]


def test_the_voice_reads_words_and_pauses_after_each_line(lesson: ActivityType) -> None:
    said = lesson.present(activity(), {"step": 1, "read": []}).data["say"]
    assert said == ["La flèche. Elle bouge. Elle s'arrête."]
    assert lesson.spoken(activity())[1:2] == said


def test_a_lesson_without_steps_is_a_fault(lesson: ActivityType) -> None:
    assert lesson.check(activity()) == []
    assert "begin every step" in lesson.check(activity("Du texte."))[0]
    assert "stands before the first" in lesson.check(activity("Du texte.\n## Un\nDeux."))[0]


def test_a_lesson_prints_whole_with_its_memo(lesson: ActivityType) -> None:
    view = lesson.print_view(activity())
    assert view is not None
    assert view.data["html"].count("<h2>") == 3
    assert view.data["memo"] == "Doucement."
