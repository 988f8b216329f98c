"""Sorting messages in a real browser: a finger, 360 px, on the phone and in the mailbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.simulators.hands import find_part, open_at, settle
from tests.simulators.stage import open_stage


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("phone/trier-ses-sms", ("tel/row-colis", "tel/sort-unsure", "tel/ask", "tel/report")),
        ("mail/huit-messages-a-trier", ("mail/row-remb", "mail/lure", "mail/sort-unsure", "mail/ask")),
    ],
)
def test_a_finger_sorts_a_message_at_360_px_and_axe_finds_nothing(
    phone: Page, axe: Callable[[Page], list[str]], name: str, parts: tuple[str, ...]
) -> None:
    with open_stage(name) as stage:
        faults = open_at(phone, stage)
        for part in parts:
            find_part(phone, part).tap()
            settle(phone)
        assert list(stage.world["then"].values()) == ["ask"]
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(phone) == []
        assert faults == []


ARROW = """(row) => {
  row.classList.add("is-pointed");
  const arrow = getComputedStyle(row, "::after"), box = row.closest(".case");
  const left = row.getBoundingClientRect().left + row.clientLeft + parseFloat(arrow.left);
  return [arrow.content, left - (box.getBoundingClientRect().left + box.clientLeft)];
}"""


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("before", [(), ("tel/row-caisse",)], ids=["row", "button"])
def test_the_arrow_at_a_row_and_at_a_button_is_not_cut_by_the_case(
    page: Page, width: int, before: tuple[str, ...]
) -> None:
    with open_stage("phone/sms-de-l-ecole") as stage:
        page.set_viewport_size({"width": width, "height": 740})
        open_at(page, stage)
        for part in before:
            find_part(page, part).click()
            settle(page)
        arrow, left = find_part(page, "tel/send" if before else "tel/row-ecole").evaluate(ARROW)
        assert "➜" in arrow
        assert left >= 0
