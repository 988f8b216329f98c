"""The call without a screen: what may be said, what it does to the voice, what must be stopped; and in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import load_simulator
from tests.content.desks import NOW, follow, touch
from tests.simulators.hands import follow_guide, open_at
from tests.simulators.stage import open_stage

CALL = load_simulator(Path(__file__).resolve().parents[2] / "simulators" / "call")
NAMES = ("ca-ne-marche-pas", "au-bout-du-fil-samuel", "odette-au-telephone-fixe")


def load(name: str = NAMES[0]) -> Desk:
    return load_scenario({"call": CALL}, f"call/{name}")


def say(desk: Desk, *lines: str) -> Any:
    """What stands after these lines, the call being picked up first."""
    outcome = touch(desk, desk.start(NOW, 1), "call/pick-up")
    for line in lines:
        outcome = touch(desk, outcome.state, f"call/{line}")
    return outcome


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_stops_the_secret_asks_two_proofs_and_then_shows_the_screen(name: str) -> None:
    desk = load(name)
    ended = follow(desk, desk.start(NOW, 1), most=30)[-1]
    mine = ended.state["world"]["call"]
    assert ended.success
    assert (mine["heard"], mine["jargon"], mine["alarm"]) == (False, 0, False)
    assert mine["mood"] == 4
    assert mine["screen"]


def test_a_line_is_offered_only_once_what_it_asks_for_is_known() -> None:
    desk = load()
    before = say(desk, "ask-place").state["world"]["call"]["offer"]
    after = say(desk, "ask-place", "ask-title").state["world"]["call"]["offer"]
    assert "ask-title" in before
    assert "ask-red" not in before
    assert "ask-red" in after
    assert "ask-title" not in after


def test_an_unexplained_word_costs_mood_and_is_said_kindly() -> None:
    outcome = say(load(), "ask-place", "browser")
    assert outcome.state["world"]["call"]["mood"] == 2
    assert outcome.say == "Presque. Ce mot est inconnu d'elle. Donnez un repère."


def test_a_password_that_is_not_stopped_at_once_is_heard() -> None:
    good = ("ask-place", "ask-title", "ask-red", "fix", "press")
    outcome = say(load(), *good, "listen")
    assert outcome.state["world"]["call"]["heard"]
    assert outcome.say == "Presque. Un mot de passe s'arrête tout de suite."
    assert not say(load(), *good, "stop").state["world"]["call"]["heard"]


def test_the_words_one_chose_are_weighed_once_the_call_is_over() -> None:
    desk = load()
    good = ("ask-place", "browser", "ask-title", "ask-red", "fix", "press", "stop", "change", "ask-number")
    before = say(desk, *good).state
    assert before["world"]["call"]["words"] is None
    words = say(desk, *good, "ask-mail", "close", "look").state["world"]["call"]["words"]
    assert [one["word"] for one in words["unknown"]] == ["navigateur", "URL"]
    assert words["marks"][:2] == ["tout en haut", "phrase en rouge"]
    assert len(words["marks"]) == len(set(words["marks"])) == 7


def test_the_advice_at_the_end_is_the_one_for_this_person() -> None:
    good = ("means", "text-message", "need", "way", "sheet", "number", "cut", "three", "proof", "eve", "look")
    said = say(load(NAMES[2]), *good).state["world"]["call"]
    assert said["jargon"] == 1
    assert said["words"]["unknown"] == [{"word": "lien", "say": "nous ferons tout par la voix"}]
    assert said["words"]["marks"] == ["grande feuille", "sur la lettre", "sous le 3230"]


def test_a_line_cannot_weigh_a_word_that_it_does_not_say() -> None:
    lines = [{"id": "url", "text": "Lisez l'adresse.", "words": {"URL": "l'adresse"}}]
    assert CALL.mechanics.goals is not None
    with pytest.raises(ValueError, match="«URL» is not in the text of the line «url»"):
        CALL.mechanics.goals({"call": {"lines": lines, "bye": "url"}}, "call")


def test_the_words_to_explain_do_not_reach_the_page_before_the_end() -> None:
    shown = str(load().public(load().start(NOW, 1)))
    assert "phrase en rouge" in shown
    assert "la petite languette" not in shown


def test_who_hangs_up_is_called_back() -> None:
    desk = load()
    hung = say(desk, "validate", "browser")
    assert hung.state["world"]["call"]["hung"]
    guide = desk.guide(hung.state)
    assert guide is not None
    assert guide.part == "call/ring"
    back = touch(desk, hung.state, "call/ring").state["world"]["call"]
    assert (back["hung"], back["mood"], "ask-place" in back["offer"]) == (False, 2, True)


def test_neither_the_screen_nor_the_answers_reach_the_page_before_the_end() -> None:
    desk = load()
    shown = str(desk.public(desk.start(NOW, 1)))
    assert "MCF-0147" not in shown
    assert "Merci de m'appeler" in shown


def test_a_mouse_leads_the_call_and_sees_the_screen_at_the_end(page: Page, axe: Callable[[Page], list[str]]) -> None:
    with open_stage(f"call/{NAMES[0]}") as stage:
        faults = open_at(page, stage)
        expect(page.locator(".sim-call .shown")).to_have_count(0)
        assert follow_guide(page, stage, most=30) > 11
        expect(page.locator(".sim-call .shown")).to_contain_text("MCF-0147")
        expect(page.locator(".sim-call .words")).to_contain_text("Aucun mot du métier sans explication.")
        expect(page.locator(".sim-call .words")).to_contain_text("« tout en haut »")
        assert axe(page) == []
        assert faults == []
