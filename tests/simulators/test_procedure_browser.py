"""Forms in a real browser: lines proposed as one writes, a zero said twice, a message counted, capitals told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.content.desks import lead_to, touch
from tests.simulators.hands import find_part, open_at, settle
from tests.simulators.stage import ROOT, Stage, open_stage
from tests.simulators.test_procedure_fields import FORM

ADDRESS = "9 sentier du Moulin, 00100 Valcombe"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    """A stage with a small form, where the guide first asks for a part; all that comes before is done."""
    with ExitStack() as opened:
        shutil.copytree(ROOT / "simulators/procedure", tmp_path / "procedure", ignore=lambda *_: ["scenarios"])
        (tmp_path / "procedure/scenarios").mkdir()
        (tmp_path / "procedure/scenarios/essai.yaml").write_text(FORM, encoding="utf-8")

        def begin(part: str) -> Stage:
            stage = opened.enter_context(open_stage("procedure/essai", folder=tmp_path))
            stage.state = lead_to(stage.desk, part)
            return stage

        yield begin


def test_a_town_is_begun_and_its_line_chosen_by_keys_alone(page: Page, at: Callable[[str], Stage]) -> None:
    stage = at("form/ville")
    open_at(page, stage)
    find_part(page, "form/ville").fill("coeur")
    expect(find_part(page, "form/ville~1")).to_have_text("Cœur-le-Haut (00)")
    find_part(page, "form/ville").fill("")
    page.keyboard.type("valc")
    page.keyboard.press("Enter")
    expect(find_part(page, "form/ville~2")).to_have_text("Valcombe-le-Bas (00)")
    page.keyboard.press("Tab")
    expect(find_part(page, "form/ville~1")).to_be_focused()
    page.keyboard.press("Enter")
    settle(page)
    expect(find_part(page, "form/ville")).to_have_value("Valcombe (00)")
    assert stage.world["values"] == {"ville": "Valcombe (00)"}


def test_an_address_is_kept_as_it_was_written(page: Page, at: Callable[[str], Stage]) -> None:
    stage = at("form/adresse")
    open_at(page, stage)
    find_part(page, "form/adresse").fill(ADDRESS)
    find_part(page, "form/adresse").blur()
    expect(find_part(page, "form/adresse~1")).to_be_visible()
    find_part(page, "form/adresse~keep").click()
    settle(page)
    expect(page.get_by_text("Conserver ma saisie : c'est noté.")).to_be_visible()
    assert (stage.world["kept"], stage.world["values"]["adresse"]) == (["adresse"], ADDRESS)


@pytest.mark.parametrize(("part", "typed", "offer"), [("adresse", ADDRESS, "keep"), ("somme", "0", "keep")])
def test_what_is_proposed_fits_a_phone_and_axe_finds_nothing(
    phone: Page, axe: Callable[[Page], list[str]], at: Callable[[str], Stage], part: str, typed: str, offer: str
) -> None:
    faults = open_at(phone, at(f"form/{part}"))
    find_part(phone, f"form/{part}").fill(typed)
    find_part(phone, f"form/{part}").blur()
    expect(find_part(phone, f"form/{part}~{offer}")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(phone) == []
    assert faults == []


def test_a_message_is_counted_as_one_writes_and_keeps_its_lines(page: Page, at: Callable[[str], Stage]) -> None:
    stage = at("form/message")
    open_at(page, stage)
    expect(page.get_by_text("Pont!calme")).to_have_count(0)
    box = find_part(page, "form/message")
    box.press_sequentially("Bonjour,\nici Chloé")
    expect(page.get_by_text("18 lettres sur 20.")).to_be_visible()
    box.blur()
    settle(page)
    assert stage.world["values"]["message"] == "Bonjour,\nici Chloé"
    box.fill("x" * 32)
    expect(page.get_by_text("12 lettres de trop.")).to_be_visible()


def test_the_key_of_the_capitals_is_told_where_one_writes_a_password(page: Page, at: Callable[[str], Stage]) -> None:
    open_at(page, at("form/choisi"))
    press = "(node, on) => node.dispatchEvent(new KeyboardEvent('keydown', {key: 'A', modifierCapsLock: on}))"
    told = page.get_by_text("La touche des grandes lettres (Verr. Maj.) est allumée.")
    find_part(page, "form/choisi").evaluate(press, True)
    expect(told).to_be_visible()
    find_part(page, "form/choisi").evaluate(press, False)
    expect(told).to_be_hidden()


def test_who_is_led_to_another_page_is_not_told_the_faults_that_were_left_behind(
    page: Page, at: Callable[[str], Stage]
) -> None:
    stage = at("form/ville")
    stage.state = touch(stage.desk, stage.state, "form/next").state
    open_at(page, stage)
    expect(page.locator(".faults a")).to_have_count(2)
    world = stage.state["world"]
    stage.state = {**stage.state, "world": {**world, "form": {**world["form"], "page": "argent"}}}
    open_at(page, stage)
    expect(find_part(page, "form/somme")).to_be_visible()
    expect(page.locator(".faults")).to_have_count(0)
