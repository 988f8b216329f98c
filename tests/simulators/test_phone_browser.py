"""The phone in a real browser: a finger, 360 px."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.simulators.hands import find_part, open_at, settle
from tests.simulators.stage import open_stage


def test_a_finger_sorts_an_sms_at_360_px_and_axe_finds_nothing(phone: Page, axe: Callable[[Page], list[str]]) -> None:
    with open_stage("phone/trier-ses-sms") as stage:
        faults = open_at(phone, stage)
        for part in ("tel/row-colis", "tel/sort-unsure", "tel/ask", "tel/report"):
            find_part(phone, part).tap()
            settle(phone)
        assert stage.world["then"] == {"colis": "ask"}
        assert stage.world["reported"] == ["colis"]
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(phone) == []
        assert faults == []
