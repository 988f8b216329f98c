"""The phone: SMS, calls, sorting, and its scenarios."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario
from lms.content.simulators import Simulator, load_simulator
from lms.content.walks import check_scenario
from lms.contract import State
from tests.content.desks import NOW, follow, touch, touch_all

ROOT = Path(__file__).resolve().parents[2] / "simulators"
SCENARIOS = sorted(f"phone/{path.stem}" for path in (ROOT / "phone/scenarios").glob("*.yaml"))
CALLER = {"id": "banque", "name": "Banque", "number": "06 39 98 77 20", "said": "Donnez votre code."}
REF: dict[str, Any] = {"tel": {"texts": [], "callers": [CALLER], "voices": [{"id": "v", "said": "Rappelez-moi."}]}}


@cache
def simulators() -> dict[str, Simulator]:
    return {name: load_simulator(ROOT / name) for name in ("phone", "procedure")}


def open_desk(name: str) -> tuple[Desk, State]:
    desk = load_scenario(simulators(), name)
    return desk, desk.start(NOW, 1)


def phone_after(mine: dict[str, Any], *parts: str) -> dict[str, Any]:
    mechanics = simulators()["phone"].mechanics
    world = {"tel": {**simulators()["phone"].start, **mine}}
    for part in parts:
        assert part in mechanics.parts(REF, world, "tel")
        world = mechanics.touch(REF, world, "tel", part, "click", None)
    return world["tel"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_walk_gets_stuck_and_the_guide_ends_in_success(name: str) -> None:
    desk, state = open_desk(name)
    assert check_scenario(desk) == []
    assert follow(desk, state, most=40)[-1].success


def test_a_caller_can_be_declined_or_heard_and_hung_up() -> None:
    assert phone_after({"ring": "banque"}, "decline")["declined"] == ["banque"]
    called = phone_after({"ring": "banque"}, "answer", "hang")
    assert called["answered"] == ["banque"]
    assert called["call"] is None


def test_a_call_stands_before_everything_else() -> None:
    world = {"tel": {**simulators()["phone"].start, "ring": "banque"}}
    assert set(simulators()["phone"].mechanics.parts(REF, world, "tel")) == {"answer", "decline"}


def test_a_voice_message_is_read_in_the_calls() -> None:
    assert phone_after({}, "tab-calls", "voice-v")["heard"] == ["v"]


def test_a_doubt_counts_once_one_asks() -> None:
    desk, state = open_desk("phone/trier-ses-sms")
    state = touch_all(desk, state, "tel/row-colis", "tel/sort-unsure")
    assert "tel.sorted-colis" not in state["met"]
    assert "tel.sorted-colis" in touch(desk, state, "tel/ask").state["met"]


def test_what_is_a_trap_is_not_told_to_the_browser() -> None:
    desk, state = open_desk("phone/trier-ses-sms")
    told = desk.public(state)["ref"]["tel"]["texts"]
    assert all("verdict" not in text and "hints" not in text for text in told)


def test_a_junk_sms_arrives_anywhere_and_answering_it_is_told_kindly() -> None:
    desk, state = open_desk("phone/lire-un-code-par-sms")
    state = {**state, "switched": ["tel.bait"]}
    state = touch_all(desk, state, "desk/tel", "tel/row-bait", ("tel/body", "Oui"), "tel/send")
    assert state["world"]["tel"]["note"].startswith("Presque.")
    assert follow(desk, state, most=15)[-1].success


def test_a_late_sms_comes_when_the_messages_are_asked_for_again() -> None:
    desk, state = open_desk("phone/lire-un-code-par-sms")
    state = {**state, "switched": ["tel.late"]}
    state = touch_all(desk, state, "form/next", "desk/tel")
    assert "tel/row-neuf" not in desk.parts(state)
    assert "tel/row-neuf" in desk.parts(touch_all(desk, state, "tel/tab-texts"))
