"""Thousands of touches at random on every bundled scenario: nothing breaks, nobody is stuck, help always speaks."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.content.desk import Desk
from lms.content.walks import GARBAGE, GARBAGE_TRACES
from lms.contract import Activity, ActivityType, AttemptFacts, Mode, State
from lms.plugins import bundled, load_plugins
from lms.settings import Settings
from tests.simulators.shelf import load, read_names

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
NAMES = read_names()
TOUCHES = 120
MODES: tuple[Mode, ...] = ("guided", "assisted", "alone")
HELP = ("hint", "where", "shown", "lost")


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> ActivityType:
    home = Path(tmp_path_factory.mktemp("home"))
    return load_plugins(Settings(home=home), bundled("plugins")).activity_types["simulation"]


def pick(desk: Desk, state: State, chance: random.Random) -> dict[str, object]:
    """A touch of what is on screen, of what is not, or of nothing; the right one now and then, so as to go deep."""
    if (guide := desk.guide(state)) and chance.random() < 0.3:
        return {"part": guide.part, "do": guide.do, "value": guide.value}
    parts = desk.parts(state)
    part = chance.choice([*sorted(parts), "nowhere/nothing", "desk/", ""])
    do = parts.get(part, "click")
    return {"part": part, "do": do, "value": chance.choice(GARBAGE if do in ("type", "choose") else GARBAGE_TRACES)}


@pytest.mark.parametrize("name", NAMES)
def test_a_long_walk_breaks_nothing_and_help_always_speaks(simulation: ActivityType, name: str) -> None:
    chance, desk = random.Random(name), load(name)
    activity = Activity("c/a", "simulation", "Essai", "Essayez.", (), {"scenario": desk}, "", "", "fr", "r")
    for mode in MODES:
        state = simulation.start(activity, AttemptFacts(NOW, 4821, mode, "fr"))
        if mode == "alone":  # where everything happens that can
            state = {**state, "switched": [one.id for one in desk.switches(state)]}
        for touched in range(TOUCHES):
            if state["proof"]:
                break
            state = simulation.evaluate(activity, pick(desk, state, chance), state).state
            if touched % 10 == 0 and not state["proof"]:
                told = simulation.evaluate(activity, {"help": chance.choice(HELP)}, state)
                assert told.feedback is not None, desk.guide(state)
                assert told.feedback.say, desk.guide(state)
                state = told.state


@pytest.mark.parametrize("name", [name for name in NAMES if load(name).seats])
def test_two_people_who_touch_at_random_are_never_stuck_and_help_speaks_to_both(
    simulation: ActivityType, name: str
) -> None:
    chance, desk = random.Random(name), load(name)
    activity = Activity("c/a", "simulation", "Essai", "Essayez.", (), {"scenario": desk}, "", "", "fr", "r")
    state = simulation.start(activity, AttemptFacts(NOW, 4821, "assisted", "fr"))
    seats = sorted(simulation.seats(activity))
    for touched in range(4 * TOUCHES):
        state = simulation.sit(activity, state, chance.choice(seats))
        if state["proof"]:
            break
        seat = state["world"]["seat"]
        state = simulation.evaluate(activity, pick(desk, state, chance), state).state
        assert state["world"]["seat"] == seat
        if touched % 10 == 0 and not state["proof"]:
            told = simulation.evaluate(activity, {"help": chance.choice(HELP)}, state)
            assert told.feedback is not None
            assert told.feedback.say
            state = told.state
    for _ in range(TOUCHES):
        turns = [simulation.sit(activity, state, seat) for seat in seats if not state["proof"]]
        called = [(one, guide) for one in turns if (guide := desk.guide(one)) and guide.part]
        if not called:
            break
        sat, guide = called[0]
        state = simulation.evaluate(activity, {"part": guide.part, "do": guide.do, "value": guide.value}, sat).state
    assert state["proof"]


@pytest.mark.parametrize("name", NAMES)
def test_everybody_begins_at_the_first_step(name: str) -> None:
    """Also where a form is half filled in already: what stands there is no step."""
    desk = load(name)
    reached, steps = desk.steps(desk.start(NOW, 1))
    assert (reached, steps >= 1) == (0, True)


def begin(simulation: ActivityType, name: str, mode: Mode = "assisted") -> tuple[Activity, State]:
    desk = load(name)
    activity = Activity("c/a", "simulation", "Essai", "Essayez.", (), {"scenario": desk}, "", "", "fr", "r")
    return activity, simulation.start(activity, AttemptFacts(NOW, 4821, mode, "fr"))


@pytest.mark.parametrize("name", NAMES)
def test_who_does_what_the_guide_says_is_never_told_almost(simulation: ActivityType, name: str) -> None:
    activity, state = begin(simulation, name)
    desk: Desk = activity.options["scenario"]
    for _ in range(200):
        guide = desk.guide(state)
        if guide is None:
            break
        outcome = simulation.evaluate(activity, {"part": guide.part, "do": guide.do, "value": guide.value}, state)
        assert outcome.feedback is None or outcome.feedback.tone != "almost", (guide, outcome.feedback)
        state = outcome.state
    assert (desk.guide(state), state["help"]) == (None, "none")


def test_taking_a_thing_by_a_click_is_half_a_way_and_a_wrong_shelf_is_hinted_at_for_what_is_now(
    simulation: ActivityType,
) -> None:
    activity, state = begin(simulation, "pointer/ranger-les-courses")
    take = {"part": "pointer/lait", "do": "trace", "value": [["press", 0, 0, 0], ["lift", 0, 0, 90]]}
    wrong = {"part": "pointer/placard", "do": "click"}
    told = []
    for response in (take, wrong, take, wrong):
        outcome = simulation.evaluate(activity, response, state)
        state = outcome.state
        told.append(outcome.feedback.say if outcome.feedback else "")
    assert told == ["", "", "", "Rangez le lait dans le frigo."]
    assert state["tries"] == {"lait": 2}
