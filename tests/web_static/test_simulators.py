"""A scenario of each simulator, shown from its start to its end in a real browser, without a complaint."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web_static.room import ROOT, Room
from tests.web_static.steps import wait_until

ALL = sorted(f"{one.parts[-3]}/{one.stem}" for one in (ROOT / "simulators").glob("*/scenarios/*.yaml"))
SCENARIOS = [one for one in ALL if one.partition("/")[2] in ("survoler-la-cible", "lire-et-repondre")]
"""One drill and one document: the journeys of `e2e/` play every scenario by hand."""

LONGEST = 60


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_is_shown_to_its_end(open_page: Callable[..., Page], room: Room, scenario: str) -> None:
    page = open_page(reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.goto(room.url + room.start("show", scenario))
    attempt = room.attempts["a1"]
    for _ in range(LONGEST):
        if attempt.state["proof"]:
            break
        before = attempt.rev
        page.get_by_role("button", name="Suivant").click()
        wait_until(page, lambda before=before: attempt.rev > before, f"stuck at {attempt.state['world']}", 10)  # type: ignore[misc]
    expect(page.locator(".desk-end")).to_be_visible()
    assert complaints == []
