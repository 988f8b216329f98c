"""Forms with pitfalls in a real browser: by mouse, by keyboard, at 360 px."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.simulators.hands import find_part, follow_guide, open_at, settle
from tests.simulators.stage import open_stage
from tests.simulators.test_pitfalls import SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_form_fits_a_phone_and_axe_finds_nothing(phone: Page, axe: Callable[[Page], list[str]], name: str) -> None:
    with open_stage(f"pitfalls/{name}") as stage:
        faults = open_at(phone, stage)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(phone) == []
        assert faults == []


def test_a_mouse_fills_a_form_and_unticks_what_was_ticked_in_advance(page: Page) -> None:
    with open_stage("pitfalls/cases-deja-cochees") as stage:
        open_at(page, stage)
        assert follow_guide(page, stage) == 8


def test_two_minutes_run_down_in_words_and_one_button_takes_them_away(page: Page) -> None:
    with open_stage("pitfalls/message-en-haut") as stage:
        stage.state = {**stage.state, "switched": ["session"]}
        open_at(page, stage)
        find_part(page, "form/enregistrer").click()
        expect(page.get_by_role("timer")).to_contain_text("Encore 1 min")
        find_part(page, "form/extend").click()
        settle(page)
        expect(page.get_by_role("timer")).to_have_count(0)
        assert stage.world["values"]["prenom"] == "Enzo"


def test_keys_alone_choose_a_file_and_a_heavy_one_is_told_in_place(page: Page) -> None:
    with open_stage("pitfalls/photo-trop-lourde") as stage:
        open_at(page, stage)
        page.locator("input[value=bail-lourd]").press("Space")
        expect(page.get_by_text("Cette photo pèse plus de 5 Mo.").last).to_be_visible()
        find_part(page, "form/reduire").press("Enter")
        settle(page)
        page.locator("input[value=bail-leger]").press("Space")
        find_part(page, "form/continuer").press("Enter")
        settle(page)
        assert stage.world["page"] == "relire"
