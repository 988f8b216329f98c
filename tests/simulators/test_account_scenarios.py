"""Accounts: the guide ends each scenario without a trap."""

from __future__ import annotations

import pytest

from lms.content.scenarios import load_scenario
from tests.content.desks import NOW, follow
from tests.simulators.test_files_paper import simulators

NAMES = (
    "creer-un-compte",
    "se-connecter",
    "se-connecter-autrement",
    "clef-citoyenne",
    "mot-de-passe",
    "un-code-sans-demande",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_leads_to_the_end_of_an_account_and_falls_in_no_trap(name: str) -> None:
    desk = load_scenario(simulators(), f"procedure/{name}")
    ended = follow(desk, desk.start(NOW, 1), most=60)[-1]
    assert ended.success
    assert ended.state["trapped"] == []
