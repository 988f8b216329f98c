"""Tests reach a part by keys only where the part itself gets the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.fixtures.keys import reach_by_tab

GROUP = "<fieldset id=group><input type=radio></fieldset>"


def test_a_part_whose_child_has_the_focus_is_not_reached(page: Page) -> None:
    page.set_content(GROUP)
    with pytest.raises(AssertionError, match="Tab never reaches"):
        reach_by_tab(page, page.locator("#group"), most=3)


def test_a_group_is_reached_within_where_that_is_asked(page: Page) -> None:
    page.set_content(GROUP)
    reach_by_tab(page, page.locator("#group"), within=True)
    reach_by_tab(page, page.locator("#group input"))
