"""The drawn phone is judged from gestures alone; each has a second way, and from anywhere the guide leads back."""

from __future__ import annotations

from typing import Any

import pytest

from lms.content.walks import check_scenario
from tests.simulators.stage import NOW, ROOT, Stage

SCENARIOS = sorted(path.stem for path in (ROOT / "simulators/touch/scenarios").glob("*.yaml"))


def touch(stage: Stage, part: str, value: Any = None, do: str = "") -> dict[str, Any]:
    """The app's world after one touch on a part."""
    do = do or ("click" if value is None else "trace")
    stage.state = stage.desk.advance(stage.state, {"part": f"phone/{part}", "do": do, "value": value}, NOW, 1).state
    return stage.world


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_touch_scenario_passes_the_walks(name: str) -> None:
    assert check_scenario(Stage(f"touch/{name}").desk) == []


def test_a_swipe_that_is_short_slanted_or_the_other_way_is_told_kindly() -> None:
    stage = Stage("touch/regarder-les-photos")
    assert touch(stage, "ouvrir", [["swipe", 4, -20]])["note"] == "short"
    assert touch(stage, "ouvrir", [["swipe", 90, -60]])["note"] == "short"
    assert touch(stage, "ouvrir", [["swipe", 0, 80]])["note"] == "way"
    assert touch(stage, "ouvrir", [["swipe", 10, -80]])["page"] == "accueil"


def test_photos_follow_the_finger_and_stop_at_the_last() -> None:
    stage = Stage("touch/regarder-les-photos")
    touch(stage, "way-up")
    touch(stage, "photos")
    for _ in range(2):
        touch(stage, "pellicule", [["swipe", -120, 0]])
    assert touch(stage, "way-left")["note"] == "end"
    assert stage.world["at"]["pellicule"] == 2


def test_a_finger_lifted_too_soon_is_a_tap_and_the_button_then_stays_pressed_for_it() -> None:
    stage = Stage("touch/effacer-une-photo")
    touch(stage, "way-up")
    assert touch(stage, "way-hold")["note"] == "held"
    assert touch(stage, "photo-floue", [["hold", 120]])["note"] == "tap"
    assert touch(stage, "way-hold")["page"] == "choix"


def test_two_fingers_apart_enlarge_one_finger_is_told_so_and_the_buttons_do_as_well() -> None:
    stage = Stage("touch/chercher-sur-le-plan")
    assert touch(stage, "plan", [["tap"]])["note"] == "one"
    assert touch(stage, "plan", [["pinch", 160]])["at"]["plan"] == 1
    assert touch(stage, "way-more")["at"]["plan"] == 2
    assert touch(stage, "plan", [["pinch", 50]])["at"]["plan"] == 1


def test_who_goes_back_too_far_is_led_on_from_there() -> None:
    stage = Stage("touch/regarder-les-photos")
    for part in ("way-up", "photos", "way-left", "back"):
        touch(stage, part)
    guide = stage.desk.guide(stage.state)
    assert guide is not None
    assert (guide.part, guide.say) == ("phone/photos", "Touchez « Photos », une seule fois.")


def test_a_line_counts_whatever_its_capitals_and_a_long_one_is_refused_unkept() -> None:
    stage = Stage("touch/ecrire-du-doigt")
    touch(stage, "notes")
    assert touch(stage, "farine", "Farine  et lait", "type")["done"] == ["notes", "farine"]
    event = {"part": "phone/oeufs", "do": "type", "value": "tout autre chose, et fort longue"}
    answer = stage.desk.advance(stage.state, event, NOW, 1)
    assert answer.refused == "too-far"
    assert "autre chose" not in repr(answer.state)


def test_the_browser_never_gets_which_thing_is_meant() -> None:
    ref = Stage("touch/effacer-une-photo").island()["scenario"]["ref"]["phone"]
    assert not [one for page in ref["pages"] for one in page["things"] if {"say", "why", "stops"} & one.keys()]


@pytest.mark.parametrize("trace", [None, "swipe", [["swipe"]], [["swipe", "x", 0]], [["jump"]], [["tap"]] * 61])
def test_what_is_no_trace_is_refused_and_changes_nothing(trace: Any) -> None:
    stage = Stage("touch/regarder-les-photos")
    event = {"part": "phone/ouvrir", "do": "trace", "value": trace}
    assert stage.desk.advance(stage.state, event, NOW, 1).refused == "trace"
