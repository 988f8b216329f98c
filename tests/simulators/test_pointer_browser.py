"""The mouse drills in a real browser: pointer, finger and keys, under the strict CSP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.keys import reach_by_tab
from tests.simulators.hands import find_part, follow_guide, open_at, settle
from tests.simulators.stage import open_stage

NAMES = [
    "survoler-la-cible",
    "cliquer-les-cibles",
    "ouvrir-par-double-clic",
    "ranger-les-courses",
    "lire-en-bas-de-page",
]
SCENES = ["parcourir-les-menus", "lire-les-bulles", "pointer-sur-le-plan", "menu-du-bouton-droit", "un-clic-ou-deux"]
MORE = [*SCENES, "remettre-dans-l-ordre", "lire-le-cadre"]


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_followed_by_the_real_pointer_reaches_the_aim(page: Page, name: str) -> None:
    with open_stage(f"pointer/{name}") as stage:
        faults = open_at(page, stage)
        assert follow_guide(page, stage) == {
            "cliquer-les-cibles": 12,
            "lire-en-bas-de-page": 3,
            "ouvrir-par-double-clic": 4,
        }.get(name, 5)
        assert faults == []


@pytest.mark.parametrize("name", NAMES + MORE)
def test_no_drill_scrolls_sideways_on_a_phone_and_axe_finds_nothing(
    phone: Page, axe: Callable[[Page], list[str]], name: str
) -> None:
    with open_stage(f"pointer/{name}") as stage:
        open_at(phone, stage)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(phone) == []


def test_keys_alone_light_click_open_and_put_away(page: Page) -> None:
    for name in (*NAMES[:4], *SCENES):
        with open_stage(f"pointer/{name}") as stage:
            open_at(page, stage)
            for _ in range(30):
                guide = stage.show()["guide"]
                if guide is None:
                    break
                reach_by_tab(page, find_part(page, guide["part"]))
                page.keyboard.press("Enter")
                settle(page)
            assert stage.show()["guide"] is None, name


def test_the_mouse_opens_a_menu_with_its_right_button_and_a_long_finger_does_as_well(page: Page, phone: Page) -> None:
    with open_stage("pointer/menu-du-bouton-droit") as stage:
        open_at(page, stage)
        find_part(page, "pointer/lettre").click()
        expect(page.get_by_text("C'est le bouton gauche.")).to_be_visible()
        find_part(page, "pointer/lettre").click(button="right")
        find_part(page, "pointer/lettre-imprimer").click()
        settle(page)
        assert stage.world["done"] == ["lettre", "lettre-imprimer"]
    with open_stage("pointer/menu-du-bouton-droit") as stage:
        open_at(phone, stage)
        find_part(phone, "pointer/lettre").dispatch_event(
            "pointerdown", {"pointerType": "touch", "isPrimary": True, "button": 0, "bubbles": True}
        )
        expect(find_part(phone, "pointer/lettre-imprimer")).to_be_visible()


def test_a_menu_that_the_pointer_leaves_closes_and_says_so(page: Page) -> None:
    with open_stage("pointer/parcourir-les-menus") as stage:
        open_at(page, stage)
        find_part(page, "pointer/menu-ville").hover()
        expect(find_part(page, "pointer/marche")).to_be_visible()
        page.mouse.move(5, 5)
        expect(page.get_by_text("le menu s'est fermé")).to_be_visible()


def test_cards_are_sorted_with_the_keyboard_and_the_focus_stays_with_the_card(page: Page) -> None:
    with open_stage("pointer/remettre-dans-l-ordre") as stage:
        open_at(page, stage)
        find_part(page, "pointer/undo").focus()
        page.keyboard.press("Control+z")
        settle(page)
        assert stage.world["undone"] is True
        find_part(page, "pointer/laver").press("Enter")
        settle(page)
        find_part(page, "pointer/cuire").press("Enter")
        settle(page)
        assert stage.world["order"][0] == "laver"
        assert page.evaluate("document.activeElement.dataset.part") == "pointer/cuire"


def test_a_finger_lights_and_picks(phone: Page) -> None:
    with open_stage("pointer/survoler-la-cible") as stage:
        open_at(phone, stage)
        find_part(phone, "pointer/lampe-salon").tap()
        expect(find_part(phone, "pointer/lampe-salon")).to_have_class("thing is-on")
    with open_stage("pointer/cliquer-les-cibles") as stage:
        open_at(phone, stage)
        find_part(phone, "pointer/target").tap()
        expect(phone.get_by_text("1 sur 12")).to_be_visible()


def test_a_press_just_beside_the_smallest_target_counts_and_a_far_one_is_told_kindly(page: Page) -> None:
    with open_stage("pointer/cliquer-les-cibles") as stage:
        stage.state["world"]["pointer"]["hits"] = 8
        open_at(page, stage)
        box = find_part(page, "pointer/target").bounding_box()
        assert box is not None
        assert box["width"] == 24
        x, y = box["x"] + 12, box["y"] + 12
        page.mouse.click(x + 60, y)
        expect(page.get_by_text("Presque. Amenez la flèche au milieu")).to_be_visible()
        page.mouse.click(x + 30, y)
        expect(page.get_by_text("9 sur 12")).to_be_visible()


def test_a_word_after_a_slip_moves_nothing_under_the_hand(page: Page) -> None:
    with open_stage("pointer/cliquer-les-cibles") as stage:
        open_at(page, stage)
        before = find_part(page, "pointer/target").bounding_box()
        assert before is not None
        page.mouse.click(before["x"] + 200, before["y"])
        expect(page.locator(".note")).not_to_be_empty()
        assert find_part(page, "pointer/target").bounding_box() == before


def test_a_single_click_is_answered_with_what_to_do_next_and_enter_opens(page: Page) -> None:
    with open_stage("pointer/ouvrir-par-double-clic") as stage:
        open_at(page, stage)
        find_part(page, "pointer/tiroir-cles").click()
        expect(page.get_by_text("Un clic, c'est choisi.")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Les clés du jardin sont là.")).to_be_visible()


def test_a_thing_is_taken_with_one_click_and_put_with_another(page: Page) -> None:
    with open_stage("pointer/ranger-les-courses") as stage:
        open_at(page, stage)
        find_part(page, "pointer/riz").click()
        expect(find_part(page, "pointer/riz")).to_have_attribute("aria-pressed", "true")
        find_part(page, "pointer/placard").click()
        expect(find_part(page, "pointer/riz")).to_be_hidden()
        assert stage.world["placed"] == {"riz": "placard"}


def test_the_notice_also_scrolls_by_keys_and_by_the_two_buttons(page: Page) -> None:
    with open_stage("pointer/lire-en-bas-de-page") as stage:
        open_at(page, stage)
        find_part(page, "pointer/notice").focus()
        page.keyboard.press("End")
        expect(page.locator("#say")).to_have_text("Choisissez le jour lu en bas de l'avis.")
        find_part(page, "pointer/jeudi").click()
        expect(page.locator("#say")).to_have_text("Remontez en haut de l'avis.")
        for _ in range(8):
            page.get_by_role("button", name="Remonter").click()
            page.wait_for_timeout(350)
        expect(page.locator("#say")).to_have_text("C'est fait.")


def test_the_trainer_sees_the_same_place_and_touches_nothing(page: Page) -> None:
    with open_stage("pointer/lire-en-bas-de-page", readonly=True) as stage:
        stage.state["world"]["pointer"] |= {"place": 100, "seen": True, "answer": "jeudi"}
        open_at(page, stage)
        notice = find_part(page, "pointer/notice")
        assert notice.evaluate("(node) => node.scrollTop + node.clientHeight >= node.scrollHeight - 2")
        find_part(page, "pointer/lundi").click()
        assert page.evaluate("window.sent") == []
        expect(find_part(page, "pointer/jeudi")).to_have_text("✓ Le jeudi")
