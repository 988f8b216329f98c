"""The keyboard drills: the text decides, keys tell how one got there, and nobody's own data stays."""

from __future__ import annotations

from typing import Any

import pytest

from lms.content.walks import check_scenario
from lms.contract import Advance
from tests.simulators.stage import NOW, ROOT, Stage


def press(stage: Stage, part: str, *trace: str) -> dict[str, Any]:
    """The app's world after keys in a field."""
    stage.state = advance(stage, part, list(trace)).state
    return stage.world


def advance(stage: Stage, part: str, trace: Any) -> Advance:
    return stage.desk.advance(stage.state, {"part": f"keyboard/{part}", "do": "trace", "value": trace}, NOW, 1)


def test_every_keyboard_scenario_passes_the_walks() -> None:
    for path in sorted((ROOT / "simulators/keyboard/scenarios").glob("*.yaml")):
        assert check_scenario(Stage(f"keyboard/{path.stem}").desk) == []


def test_capitals_do_not_count_before_they_are_the_lesson() -> None:
    stage = Stage("keyboard/ecrire-son-prenom")
    assert press(stage, "prenom", "monique", *"monique")["line"] == 1
    stage = Stage("keyboard/majuscules-et-accents")
    assert press(stage, "chloe", "chloé", *"chloé")["line"] == 0
    assert stage.world["note"] == "case"


def test_a_text_on_its_way_gets_no_remark_and_a_slip_gets_a_kind_one() -> None:
    stage = Stage("keyboard/ecrire-son-prenom")
    assert press(stage, "prenom", "Mon", *"Mon")["note"] is None
    assert press(stage, "prenom", "Mom", "Backspace", "m")["note"] == "look"
    assert press(stage, "prenom", "Moniquee", *"iquee")["note"] == "long"


def test_the_caps_lock_key_is_noticed() -> None:
    stage = Stage("keyboard/majuscules-et-accents")
    assert press(stage, "chloe", "cHLO", "CapsLock", *"cHLO")["note"] == "caps"


def test_a_forgotten_accent_is_told_as_an_accent() -> None:
    assert press(Stage("keyboard/majuscules-et-accents"), "chloe", "Chloe", *"Chloe")["note"] == "accent"


def test_each_wrong_word_stands_in_the_field_once_the_one_before_is_mended() -> None:
    stage = Stage("keyboard/corriger-un-mot")
    assert stage.world["text"] == "painn"
    assert press(stage, "pain", "pain", "Backspace")["text"] == "beure"


@pytest.mark.parametrize(
    ("part", "keys"),
    [("pain", ["Backspace"]), ("beurre", ["ArrowLeft", "r"]), ("lait", [*["ArrowLeft"] * 3, "Backspace", "Backspace"])],
)
def test_the_guide_gives_the_keys_from_the_end_of_the_wrong_word(part: str, keys: list[str]) -> None:
    stage = Stage("keyboard/corriger-un-mot")
    while (guide := stage.desk.guide(stage.state)) and guide.part != f"keyboard/{part}":
        press(stage, guide.part.partition("/")[2], *guide.value)
    assert guide is not None
    assert guide.value[1:] == keys


def test_an_address_half_typed_is_kept_and_a_stranger_is_refused_without_being_kept() -> None:
    stage = Stage("keyboard/taper-une-adresse")
    press(stage, "avant-arobase", "enzo.ferrand")
    assert press(stage, "adresse", "enzo.ferrand@courriel.ex")["text"] == "enzo.ferrand@courriel.ex"
    answer = advance(stage, "adresse", ["jean.dupont@poste.fr"])
    assert answer.refused == "real-email"
    assert "jean" not in repr(answer.state)


@pytest.mark.parametrize(
    ("text", "code"),
    [("06 12 34 56 78", "real-phone"), ("1 85 03 75 123 456 78", "real-nir"), ("mon secret " * 6, "too-far")],
)
def test_what_is_one_s_own_is_refused_and_not_kept(text: str, code: str) -> None:
    answer = advance(Stage("keyboard/ecrire-son-prenom"), "prenom", [text, *text[:20]])
    assert answer.refused == code
    assert answer.state["world"]["keyboard"]["text"] == ""


def test_tab_leads_on_and_shift_tab_leads_back() -> None:
    stage = Stage("keyboard/champ-suivant")
    assert press(stage, "carte-prenom", "Samuel", "Tab")["focus"] == "carte-nom"
    assert press(stage, "carte-nom", "Tesfay", "Tab")["tabbed"] == ["carte-nom", "carte-commune"]
    assert press(stage, "carte-commune", "Valcombe", "Shift+Tab")["returned"] == ["carte-nom"]
    assert stage.desk.guide(stage.state) is None


def test_a_field_reached_by_a_click_is_welcome_but_is_not_the_lesson() -> None:
    stage = Stage("keyboard/champ-suivant")
    world = press(stage, "carte-nom", "", "Mouse")
    assert (world["focus"], world["tabbed"], world["note"]) == ("carte-nom", [], "mouse")


def test_a_right_field_spoilt_afterwards_is_no_longer_right() -> None:
    stage = Stage("keyboard/champ-suivant")
    assert press(stage, "carte-prenom", "Samuel")["good"] == ["carte-prenom"]
    assert press(stage, "carte-prenom", "Samu", "Backspace", "Backspace")["good"] == []


def test_the_drawn_keyboard_is_the_learner_s_choice() -> None:
    stage = Stage("keyboard/ecrire-son-prenom")
    event = {"part": "keyboard/layout", "do": "choose", "value": "qwerty"}
    stage.state = stage.desk.advance(stage.state, event, NOW, 1).state
    assert stage.world["layout"] == "qwerty"
    assert stage.desk.advance(stage.state, event | {"value": "dvorak"}, NOW, 1).refused == "layout"


@pytest.mark.parametrize("trace", [None, "Monique", [], [7], ["Monique", "x" * 13], ["a"] * 121])
def test_what_is_no_list_of_keys_is_refused_with_a_sentence(trace: Any) -> None:
    answer = advance(Stage("keyboard/ecrire-son-prenom"), "prenom", trace)
    assert (answer.refused, answer.say) == ("trace", "Ces touches ne sont pas arrivées. Recommencez.")


def click(stage: Stage, part: str) -> dict[str, Any]:
    """The app's world after a button."""
    stage.state = stage.desk.advance(stage.state, {"part": f"keyboard/{part}", "do": "click"}, NOW, 1).state
    return stage.world


@pytest.mark.parametrize("wrote", ["du pin é du lé", "Du pain et du lait.", "dupain et du lait"])
def test_a_dictation_counts_the_words_and_never_their_spelling(wrote: str) -> None:
    stage = Stage("keyboard/ecrire-sous-la-dictee")
    assert press(stage, "courses", wrote)["alike"] is True
    assert click(stage, "written")["wrote"] == [wrote]


def test_half_a_dictated_line_is_heard_again_and_nothing_is_lost() -> None:
    stage = Stage("keyboard/ecrire-sous-la-dictee")
    assert press(stage, "courses", "du pain", "Enter")["note"] == "hear"
    assert (stage.world["text"], stage.world["line"]) == ("du pain", 0)


def test_caps_lock_left_on_is_put_out_first_and_lit_again_for_a_line_of_capitals() -> None:
    stage = Stage("keyboard/verr-maj-allumee")
    assert press(stage, "petite", "DES", *"DES")["note"] == "caps"
    guide = stage.desk.guide(stage.state)
    assert guide is not None
    assert guide.value == ["", "CapsLock"]
    assert press(stage, "petite", "", "CapsLock")["caps"] is False
    press(stage, "petite", "des pâtes de fruits")
    press(stage, "noel", "le dîner de Noël")
    assert press(stage, "ville", "", "CapsLock")["caps"] is True
    assert press(stage, "ville", "SAINT-ORME")["line"] == 3


def test_a_line_is_chosen_copied_and_pasted_by_keys_and_by_buttons_alike() -> None:
    stage = Stage("keyboard/copier-deux-lignes")
    assert press(stage, "case-mail", "", "Control+V")["note"] == "empty"
    assert press(stage, "contact", "", "Part")["note"] == "part"
    press(stage, "contact", "", "Control+A", "Control+C")
    assert press(stage, "case-mail", "", "Control+V")["values"] == {"case-mail": "contact"}
    press(stage, "lieu", "")
    for part in ("all", "copy"):
        click(stage, part)
    press(stage, "case-lieu", "")
    assert click(stage, "paste")["values"]["case-lieu"] == "lieu"
    assert stage.desk.guide(stage.state) is None


def test_the_wrong_line_in_a_case_is_told_kindly_and_may_be_replaced() -> None:
    stage = Stage("keyboard/copier-par-le-menu")
    press(stage, "menu-du-jour", "", "Control+A", "Control+C")
    assert press(stage, "case-dossier", "", "Control+V")["note"] == "other"
    press(stage, "dossier", "", "Control+A", "Control+C")
    assert press(stage, "case-dossier", "", "Control+V")["note"] is None


def test_to_be_in_the_line_first_is_a_right_step_and_no_slip() -> None:
    stage = Stage("keyboard/copier-par-le-menu")
    press(stage, "dossier", "")
    assert stage.state["tries"] == {}
    guide = stage.desk.guide(stage.state)
    assert guide is not None
    assert guide.part == "keyboard/all"
