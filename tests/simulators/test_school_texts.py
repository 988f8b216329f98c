"""Yasmine's texts: read, answer in any words, leave the false one."""

from __future__ import annotations

import pytest

from lms.content.walks import check_scenario
from tests.content.desks import NOW, follow, touch, touch_all
from tests.simulators.shelf import load

TEXTS = "phone/sms-de-l-ecole"


def test_no_walk_gets_stuck_and_the_guide_falls_in_no_trap() -> None:
    desk = load(TEXTS)
    assert desk.persona is not None
    assert desk.persona["id"] == "yasmine"
    assert check_scenario(desk) == []
    ended = follow(desk, desk.start(NOW, 1))[-1]
    assert (ended.success, ended.state["trapped"]) == (True, [])


ANSWERS = ("oui", "daccord", "ouais", "dezolé il é malade", "Il est malade", "Adam ne peut pas venir", "نعم")


@pytest.mark.parametrize("words", ANSWERS)
def test_spelling_is_never_marked(words: str) -> None:
    desk = load(TEXTS)
    state = touch_all(desk, desk.start(NOW, 1), "tel/row-caisse", "tel/close", "tel/row-ecole", ("tel/body", words))
    state = touch_all(desk, state, "tel/send", "tel/close")
    assert touch(desk, state, "tel/row-merci").success


def test_the_false_text_is_a_trap_and_the_guide_leads_back() -> None:
    desk = load(TEXTS)
    state = touch_all(desk, desk.start(NOW, 1), "tel/row-faux", "tel/link")
    assert state["trapped"] == ["paid"]
    assert follow(desk, state)[-1].success


@pytest.mark.parametrize("words", ["…", "?!"])
def test_signs_without_a_word_are_no_answer(words: str) -> None:
    desk = load(TEXTS)
    state = touch_all(desk, desk.start(NOW, 1), "tel/row-ecole", ("tel/body", words), "tel/send")
    assert state["world"]["tel"]["got"] == []
    assert follow(desk, state)[-1].success
