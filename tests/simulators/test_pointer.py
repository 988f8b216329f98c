"""The mouse drills are judged from gestures alone, and kindly."""

from __future__ import annotations

from typing import Any

import pytest

from lms.content.walks import check_scenario
from lms.contract import Refused
from tests.simulators.stage import NOW, Stage

CLICK = [["press", 0, 0, 0], ["lift", 0, 0, 90]]


def touch(stage: Stage, part: str, trace: Any = None) -> dict[str, Any]:
    """The app's world after one gesture on a part."""
    do = "trace" if trace is not None else "click"
    stage.state = stage.desk.advance(stage.state, {"part": f"pointer/{part}", "do": do, "value": trace}, NOW, 1).state
    return stage.world


def test_every_mouse_scenario_passes_the_walks() -> None:
    for name in (
        "survoler-la-cible",
        "cliquer-les-cibles",
        "ouvrir-par-double-clic",
        "ranger-les-courses",
        "lire-en-bas-de-page",
    ):
        assert check_scenario(Stage(f"pointer/{name}").desk) == []


def test_a_lamp_lights_when_the_pointer_rests_but_not_when_it_goes_through() -> None:
    stage = Stage("pointer/survoler-la-cible")
    assert touch(stage, "lampe-salon", [["over", -50, 0, 0], ["over", 50, 0, 60]])["lit"] == []
    assert stage.world["note"] == "brief"
    assert touch(stage, "lampe-salon", [["over", 10, 4, 0], ["over", 12, 4, 320]])["lit"] == ["lampe-salon"]


def test_a_click_on_a_lamp_is_told_to_be_too_much_and_costs_nothing() -> None:
    stage = Stage("pointer/survoler-la-cible")
    assert touch(stage, "lampe-bain", [["press", 0, 0, 0]])["note"] == "press"
    assert touch(stage, "lampe-bain", [["over", 0, 0, 0], ["over", 0, 0, 400]])["note"] is None


@pytest.mark.parametrize("trace", [[["key", "Enter"]], [["tap", 3, 3, 0]]])
def test_a_finger_or_the_keyboard_lights_a_lamp_too(trace: list[Any]) -> None:
    assert touch(Stage("pointer/survoler-la-cible"), "lampe-couloir", trace)["lit"] == ["lampe-couloir"]


def test_twelve_slow_hits_climb_the_ladder_however_many_misses_lie_between() -> None:
    stage = Stage("pointer/cliquer-les-cibles")
    for _ in range(12):
        touch(stage, "target", [["press", 300, 0, 0], ["lift", 300, 0, 90]])
        touch(stage, "target", [["press", 0, 0, 0], ["lift", 2, 2, 60_000]])
    assert stage.world["hits"] == 12
    assert stage.desk.guide(stage.state) is None


@pytest.mark.parametrize(("hits", "reach"), [(0, 96 / 2 + 20), (4, 48 / 2 + 20), (8, 24 / 2 + 20)])
def test_a_press_within_twenty_pixels_of_a_target_counts_and_one_further_does_not(hits: int, reach: float) -> None:
    stage = Stage("pointer/cliquer-les-cibles")
    for _ in range(hits):
        touch(stage, "target", CLICK)
    assert touch(stage, "target", [["press", reach + 1, 0, 0], ["lift", reach + 1, 0, 90]])["hits"] == hits
    assert touch(stage, "target", [["press", reach, 0, 0], ["lift", 0, reach, 90]])["hits"] == hits + 1


def test_a_slip_between_two_clicks_is_noticed_and_the_second_time_said_in_other_words() -> None:
    stage = Stage("pointer/ouvrir-par-double-clic")
    slip = [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 21, 0, 300], ["lift", 21, 0, 380]]
    assert touch(stage, "tiroir-cles", slip)["note"] == "slip"
    assert touch(stage, "tiroir-cles", slip)["row"] == 2
    notes = stage.desk.public(stage.state)["ref"]["pointer"]["notes"]["slip"]
    assert "Entrée" in notes[1]
    slip[2][1] = slip[3][1] = 20
    assert touch(stage, "tiroir-cles", slip)["open"] == ["tiroir-cles"]


def test_two_clicks_too_slow_give_more_time_until_they_are_fast_enough() -> None:
    stage = Stage("pointer/ouvrir-par-double-clic")
    slow = [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 0, 0, 1400], ["lift", 0, 0, 1480]]
    delays = [touch(stage, "enveloppe-carte", slow)["delay"] for _ in range(3)]
    assert delays[:2] == [1200, 1500]
    assert stage.world["open"] == ["enveloppe-carte"]


def test_one_click_selects_and_the_enter_key_opens() -> None:
    stage = Stage("pointer/ouvrir-par-double-clic")
    assert touch(stage, "tiroir-photos", CLICK)["selected"] == "tiroir-photos"
    assert stage.world["open"] == []
    assert touch(stage, "tiroir-photos", [["key", "Enter"]])["open"] == ["tiroir-photos"]


def test_milk_is_dropped_in_the_fridge_and_kindly_refused_elsewhere() -> None:
    stage = Stage("pointer/ranger-les-courses")
    assert touch(stage, "lait", [["press", 0, 0, 0], ["drop", "placard", 0, 0, 120, 90]])["placed"] == {}
    assert stage.world["note"] == "wrong-lait"
    assert touch(stage, "lait", [["press", 0, 0, 0], ["drop", "frais", 79, 64, 120, 90]])["placed"] == {"lait": "frais"}


def test_a_drop_too_far_from_any_place_leaves_the_thing_on_the_table() -> None:
    stage = Stage("pointer/ranger-les-courses")
    assert touch(stage, "lait", [["press", 0, 0, 0], ["drop", "frais", 81, 0, 120, 90]])["placed"] == {}
    assert touch(stage, "lait", [["press", 0, 0, 0], ["lift", 200, 10, 900]])["note"] == "nowhere"


def test_a_click_on_the_thing_then_on_its_place_is_as_good_as_dragging() -> None:
    stage = Stage("pointer/ranger-les-courses")
    touch(stage, "savon", [["press", 3, 3, 0], ["lift", 9, 3, 200]])
    guide = stage.desk.guide(stage.state)
    assert stage.world["held"] == "savon"
    assert guide is not None
    assert touch(stage, "evier")["placed"] == {"savon": "evier"}


def test_when_the_next_thing_is_in_hand_the_guide_points_at_its_place() -> None:
    stage = Stage("pointer/ranger-les-courses")
    touch(stage, "lait", [["key", "Enter"]])
    guide = stage.desk.guide(stage.state)
    assert guide is not None
    assert (guide.part, guide.do) == ("pointer/frais", "click")


def test_the_answer_counts_only_once_the_bottom_was_read() -> None:
    stage = Stage("pointer/lire-en-bas-de-page")
    assert touch(stage, "jeudi")["note"] == "unread"
    touch(stage, "notice", [["scroll", 300, 300]])
    assert touch(stage, "jeudi")["answer"] is None
    touch(stage, "notice", [["scroll", 590, 10]])
    assert touch(stage, "lundi")["note"] == "other"
    assert touch(stage, "jeudi")["answer"] == "jeudi"
    assert touch(stage, "notice", [["scroll", 0, 600]])["back"] is True


def test_the_browser_never_gets_places_or_right_answers() -> None:
    for name in ("ranger-les-courses", "lire-en-bas-de-page"):
        stage = Stage(f"pointer/{name}")
        ref = stage.desk.public(stage.state)["ref"]["pointer"]
        assert not [
            thing
            for thing in [*ref.get("items", []), *ref.get("answers", [])]
            if {"shelf", "right", "say", "hints"} & thing.keys()
        ]


@pytest.mark.parametrize(
    "trace",
    [
        None,
        "press",
        [["press"]],
        [["press", "x", 0, 0]],
        [[]],
        [["jump", 1, 2, 3]],
        [["press", 0, 0, 0]] * 201,
        [[[1]]],
    ],
)
def test_what_is_no_trace_is_refused_with_a_sentence_and_changes_nothing(trace: Any) -> None:
    stage = Stage("pointer/cliquer-les-cibles")
    before = stage.world
    answer = stage.desk.advance(stage.state, {"part": "pointer/target", "do": "trace", "value": trace}, NOW, 1)
    assert (answer.refused, answer.say) == ("trace", "Ce geste n'est pas arrivé. Recommencez.")
    assert answer.state["world"]["pointer"] == before


def test_mechanics_leave_the_world_they_were_given_as_it_was() -> None:
    stage = Stage("pointer/ranger-les-courses")
    mechanics = stage.desk.simulators["pointer"].mechanics
    ref, world = stage.desk.on(stage.state["clock"]).ref, stage.state["world"]
    frozen = repr(world)
    for part in mechanics.parts(ref, world, "pointer"):
        for value in mechanics.values(ref, world, "pointer", part) if mechanics.values else []:
            try:
                mechanics.touch(ref, world, "pointer", part, "trace", value)
            except (Refused, StopIteration):
                continue
    assert repr(world) == frozen
