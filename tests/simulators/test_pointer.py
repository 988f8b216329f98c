"""The mouse drills are judged from gestures alone, and kindly."""

from __future__ import annotations

from typing import Any

import pytest

from lms.content.walks import check_scenario
from lms.contract import Refused
from tests.simulators.stage import NOW, ROOT, Stage

CLICK = [["press", 0, 0, 0], ["lift", 0, 0, 90]]


def touch(stage: Stage, part: str, trace: Any = None) -> dict[str, Any]:
    """The app's world after one gesture on a part."""
    do = "trace" if trace is not None else "click"
    stage.state = stage.desk.advance(stage.state, {"part": f"pointer/{part}", "do": do, "value": trace}, NOW, 1).state
    return stage.world


def test_every_mouse_scenario_passes_the_walks() -> None:
    for path in sorted((ROOT / "simulators/pointer/scenarios").glob("*.yaml")):
        assert check_scenario(Stage(f"pointer/{path.stem}").desk) == []


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


REST = [["over", 0, 0, 0], ["over", 0, 0, 400]]
TWICE = [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 0, 0, 300], ["lift", 0, 0, 380]]
RIGHT = [["right", 2, 2, 0]]


def test_a_menu_opens_under_the_pointer_closes_the_one_beside_and_closes_when_it_is_left() -> None:
    stage = Stage("pointer/parcourir-les-menus")
    touch(stage, "menu-ville", REST)
    assert touch(stage, "marche", REST)["open"] == ["menu-ville", "marche"]
    assert touch(stage, "menu-famille", REST)["open"] == ["menu-famille"]
    world = touch(stage, "menu-famille", [["leave", 0, 300, 900]])
    assert (world["open"], world["note"]) == ([], "away")
    guide = stage.desk.guide(stage.state)
    assert guide is not None
    assert guide.part == "pointer/menu-famille"


def test_a_button_without_words_is_read_before_it_is_clicked_and_a_wrong_one_is_told_kindly() -> None:
    stage = Stage("pointer/lire-les-bulles")
    assert touch(stage, "fleche-ronde", CLICK)["note"] == "press"
    touch(stage, "ciseaux", REST)
    assert touch(stage, "ciseaux", CLICK)["note"] == "wrong-ciseaux"
    touch(stage, "fleche-ronde", REST)
    assert "pivoter" in touch(stage, "fleche-ronde", CLICK)["done"]


def test_the_right_button_opens_a_menu_and_the_left_one_says_which_button_it_is() -> None:
    stage = Stage("pointer/menu-du-bouton-droit")
    assert touch(stage, "photo-couchee", CLICK)["note"] == "left"
    assert touch(stage, "photo-couchee", RIGHT)["open"] == ["photo-couchee"]
    assert touch(stage, "photo-pivoter", RIGHT)["note"] == "right"
    assert touch(stage, "photo-supprimer", CLICK)["note"] == "wrong-photo-supprimer"
    world = touch(stage, "photo-pivoter", CLICK)
    assert (world["open"], world["done"]) == ([], ["photo-couchee", "photo-pivoter"])


def test_a_folder_wants_two_clicks_a_button_one_and_a_second_one_there_does_nothing() -> None:
    stage = Stage("pointer/un-clic-ou-deux")
    assert touch(stage, "dossier-fete", CLICK)["note"] == "once"
    touch(stage, "dossier-fete", TWICE)
    touch(stage, "photo-gateau", TWICE)
    before = stage.world
    assert touch(stage, "fermer-photo", TWICE)["note"] == "twice"
    assert stage.world["open"] == before["open"]
    assert touch(stage, "fermer-photo", CLICK)["open"] == ["dossier-fete"]


def test_on_the_map_a_press_far_from_the_point_is_beside_and_the_neighbour_is_named() -> None:
    stage = Stage("pointer/pointer-sur-le-plan")
    far = [["press", 13 + 14 + 1, 0, 0], ["lift", 13 + 14 + 1, 0, 90]]
    assert touch(stage, "fontaine", far)["note"] == "beside"
    assert touch(stage, "ecole-plan", CLICK)["note"] == "wrong-ecole-plan"
    assert touch(stage, "fontaine", CLICK)["done"] == ["fontaine"]


def test_a_card_dropped_on_another_takes_its_place_and_undo_takes_each_move_back() -> None:
    stage = Stage("pointer/remettre-dans-l-ordre")
    first = stage.world["order"]
    assert touch(stage, "laver", [["press", 0, 0, 0], ["drop", "servir", 0, 0, 300, 60]])["order"][0] == "laver"
    assert touch(stage, "undo")["order"] == first
    assert touch(stage, "undo")["order"] != first
    assert touch(stage, "undo")["note"] == "first"
    touch(stage, "laver", [["key", "Enter"]])
    assert touch(stage, "cuire", [["key", "Enter"]])["order"][0] == "laver"


def test_the_page_s_end_does_not_count_for_the_frame_s() -> None:
    stage = Stage("pointer/lire-le-cadre")
    assert touch(stage, "page", [["scroll", 600, 0]])["note"] == "frame"
    assert touch(stage, "agree")["agreed"] is False
    touch(stage, "frame", [["scroll", 300, 0]])
    assert touch(stage, "send")["note"] == "agree"
    assert touch(stage, "agree")["agreed"] is True
    touch(stage, "page", [["scroll", 600, 0]])
    assert touch(stage, "send")["sent"] is True


def test_the_browser_never_gets_places_or_right_answers() -> None:
    for name in ("ranger-les-courses", "lire-en-bas-de-page", "lire-les-bulles", "remettre-dans-l-ordre"):
        stage = Stage(f"pointer/{name}")
        ref = stage.desk.public(stage.state)["ref"]["pointer"]
        assert not [
            thing
            for thing in [*ref.get("items", []), *ref.get("answers", [])]
            if {"shelf", "right", "say", "hints", "why"} & thing.keys()
        ]
        assert all(thing.get("then", True) is True for thing in ref.get("items", []))


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
