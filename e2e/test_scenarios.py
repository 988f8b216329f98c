"""Every scenario's hints, followed to the end in Chromium by real pointer and keys, in «Avec moi»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from e2e.conftest import Faults
from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, come_in
from tests.fixtures.browser import keep_warm, visit
from tests.simulators.stage import ROOT

SCENARIOS = sorted(f"{path.parts[-3]}/{path.stem}" for path in (ROOT / "simulators").glob("*/scenarios/*.yaml"))

HIDDEN = """() => [...document.querySelectorAll(".is-pointed")].filter((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return !above || !(one.contains(above) || above.contains(one));
}).map((one) => one.dataset.part)"""
"""Parts that are pointed at while something else, or the edge of the window, hides their middle."""


def find_activity(house: House, scenario: str) -> str:
    """The activity, of whatever course, that plays this scenario."""
    for course in house.classroom.catalogue.courses.values():
        for activity in course.activities.values():
            found = activity.options.get("scenario")
            if found is not None and found.id == scenario:
                return activity.id
    raise LookupError(f"no activity plays {scenario}")


@pytest.fixture(scope="module")
def seated(
    house: House, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[tuple[BrowserContext, Page]]:
    """The browser of somebody who came in once, by hand: a hundred exercises need not each begin at the door."""
    context = browser.new_context(**browser_context_args)
    door = context.new_page()
    come_in(door, house, house.add_learner())
    yield context, keep_warm(context)
    context.close()


@pytest.fixture
def page(seated: tuple[BrowserContext, Page], faults: Faults, foreign_requests: list[str]) -> Iterator[Page]:
    """A new page of that browser, watched."""
    context, keeper = seated
    context.on("page", faults.watch)
    with visit(context, keeper, foreign_requests) as page:
        yield page
    context.remove_listener("page", faults.watch)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_hints_of_every_scenario_lead_to_its_end(page: Page, house: House, scenario: str) -> None:
    activity = find_activity(house, scenario)
    guided = "guided" in house.classroom.find_activity(activity).options["modes"]
    attempt = begin(page, house, activity, "guided" if guided else "alone")
    touches = Hand(page, house, alone=not guided).follow()
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    ended = house.read_attempt(attempt)
    assert ended.ended
    assert ended.state["trapped"] == []
    assert ended.state["help"] == "none"
    assert len(touches) >= 3


@pytest.mark.parametrize("scenario", ["procedure/telecharger-mon-attestation", "browser/comparer-deux-onglets"])
def test_sites_are_gone_through_by_a_finger(phone: Page, house: House, learner: Learner, scenario: str) -> None:
    come_in(phone, house, learner)
    attempt = begin(phone, house, find_activity(house, scenario), "guided")
    hidden: list[str] = []
    Hand(phone, house, finger=True).follow(before=lambda: hidden.extend(phone.evaluate(HIDDEN)))
    assert hidden == []
    expect(phone.locator(".desk-reference")).to_contain_text("ENT-")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert house.read_attempt(attempt).ended
