"""The keyboard drills in a real browser: real keys, drawn keys, a phone without keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.keys import reach_by_tab
from tests.simulators.hands import find_part, follow_guide, open_at, settle
from tests.simulators.stage import Stage, open_stage

NAMES = ["ecrire-son-prenom", "corriger-un-mot", "majuscules-et-accents", "taper-une-adresse", "champ-suivant"]
MORE = ["compter-au-pave", "ecrire-sous-la-dictee", "verr-maj-allumee", "copier-par-le-menu", "clavier-qwerty"]


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_followed_by_real_keys_reaches_the_aim(page: Page, name: str) -> None:
    with open_stage(f"keyboard/{name}") as stage:
        faults = open_at(page, stage)
        follow_guide(page, stage)
        expect(page.locator("#say")).to_have_text("C'est fait.")
        assert faults == []


@pytest.mark.parametrize(
    ("name", "layout"),
    [(name, "azerty") for name in NAMES]
    + [(name, "qwerty") for name in NAMES[2:4]]
    + [("compter-au-pave", "pave"), ("verr-maj-allumee", "azerty")],
)
def test_touching_each_pointed_key_of_the_drawing_reaches_the_aim_on_a_phone(
    phone: Page, name: str, layout: str
) -> None:
    with open_stage(f"keyboard/{name}") as stage:
        stage.state["world"]["keyboard"]["layout"] = layout
        open_at(phone, stage)
        touch_pointed_keys(phone, stage)
        assert stage.show()["guide"] is None


FIRST = """async (css) => {
  await window.settled();
  const node = [...document.querySelectorAll(css)].find((one) => one.checkVisibility({ visibilityProperty: true }));
  if (!node) return null;
  node.scrollIntoViewIfNeeded();
  const { left, top, width, height } = node.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2], above = document.elementFromPoint(x, y);
  return [x, y, node.contains(above) ? "" : `${node.outerHTML} is under ${above?.outerHTML.slice(0, 200)}`];
}"""
"""Once all is answered: the middle of the first such key that is seen, and what hides it there; null for none."""


def touch_pointed_keys(page: Page, stage: Stage) -> None:
    """Touch Maj or AltGr where it is to be held, then the key that is pointed at, until nothing is."""
    for _ in range(160):
        tap_seen(page, ".is-held")
        if not tap_seen(page, ".is-next"):
            return
    raise AssertionError(stage.world)


def tap_seen(page: Page, css: str) -> bool:
    """A finger on the middle of the first such key that is seen; False where none is."""
    spot = page.evaluate(FIRST, css)
    if spot is None:
        return False
    x, y, under = spot
    assert not under, under
    page.touchscreen.tap(x, y)
    return True


@pytest.mark.parametrize("name", NAMES + MORE)
def test_the_drawing_fits_a_phone_and_axe_finds_nothing(
    phone: Page, axe: Callable[[Page], list[str]], name: str
) -> None:
    with open_stage(f"keyboard/{name}") as stage:
        open_at(phone, stage)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        narrowest = phone.locator(".key:visible").evaluate_all(
            "(keys) => Math.min(99, ...keys.map((key) => key.offsetWidth))"
        )
        assert narrowest >= 24
        models = phone.locator(".model, .copy").all()
        assert models or name == "copier-par-le-menu"
        assert all(model.is_visible() for model in models) or name == "ecrire-sous-la-dictee"
        assert axe(phone) == []


def test_a_voice_says_the_line_and_the_model_shows_itself_only_when_asked(page: Page) -> None:
    with open_stage("keyboard/ecrire-sous-la-dictee") as stage:
        open_at(page, stage)
        expect(page.get_by_role("button", name="Écouter")).to_have_attribute("data-say", "du pain et du lait")
        expect(page.locator(".model")).to_be_hidden()
        page.get_by_role("button", name="Voir le modèle").click()
        expect(page.locator(".model")).to_have_text("du pain et du lait")
        page.keyboard.press("Tab")
        page.keyboard.type("du pin et du lé")
        page.keyboard.press("Enter")
        expect(page.get_by_text("✓ du pin et du lé")).to_be_visible()


def test_what_is_typed_while_caps_lock_is_on_comes_out_large_until_it_is_put_out(page: Page) -> None:
    with open_stage("keyboard/verr-maj-allumee") as stage:
        open_at(page, stage)
        field = find_part(page, "keyboard/petite")
        field.click()
        page.keyboard.type("des")
        expect(field).to_have_value("DES")
        expect(page.locator(".next")).to_have_text("Appuyez sur « Verr Maj ».")
        for _ in range(3):
            page.keyboard.press("Backspace")
        page.keyboard.press("CapsLock")
        page.keyboard.type("des")
        expect(field).to_have_value("des")


def test_a_pad_whose_lamp_is_out_says_so_until_it_writes_figures(page: Page) -> None:
    with open_stage("keyboard/compter-au-pave") as stage:
        open_at(page, stage)
        find_part(page, "keyboard/naissance").click()
        page.keyboard.press("Numpad1")
        expect(page.locator(".note")).to_have_text("Le pavé n'écrit pas. Appuyez une fois sur Verr Num.")
        page.keyboard.press("Shift+Numpad1")
        expect(page.locator(".note")).to_have_text("")
        expect(find_part(page, "keyboard/naissance")).to_have_value("1")


def test_copy_and_paste_bring_a_line_of_the_exercise_and_never_what_the_machine_holds(page: Page) -> None:
    with open_stage("keyboard/copier-deux-lignes") as stage:
        open_at(page, stage)
        assert follow_guide(page, stage) == 6
        expect(find_part(page, "keyboard/case-mail")).to_have_value("accueil@valcombe.example")


def test_typing_without_having_clicked_goes_into_the_field(page: Page) -> None:
    with open_stage("keyboard/ecrire-son-prenom") as stage:
        open_at(page, stage)
        page.keyboard.type("moni")
        expect(find_part(page, "keyboard/prenom")).to_have_value("moni")


def test_a_key_that_goes_down_is_shown_and_the_next_one_is_pointed_at(page: Page) -> None:
    with open_stage("keyboard/ecrire-son-prenom") as stage:
        open_at(page, stage)
        find_part(page, "keyboard/prenom").click()
        page.keyboard.down("KeyO")
        expect(page.locator("[data-code=KeyO]")).to_have_class("key is-down")
        page.keyboard.up("KeyO")
        expect(page.locator(".is-next:visible")).to_have_text("⌫ Effacer")
        page.keyboard.press("Backspace")
        expect(page.locator(".is-next:visible")).to_have_text("M")


def test_the_at_sign_is_told_with_altgr_on_azerty_and_maj_on_qwerty(page: Page) -> None:
    with open_stage("keyboard/taper-une-adresse") as stage:
        stage.state["world"]["keyboard"]["line"] = 1
        open_at(page, stage)
        page.keyboard.type("enzo.ferrand")
        expect(page.locator(".next")).to_have_text("Gardez AltGr enfoncée, puis appuyez sur « à ».")
        find_part(page, "keyboard/layout").select_option("qwerty")
        expect(page.locator(".next")).to_have_text("Gardez Maj enfoncée, puis appuyez sur « 2 ».")
        expect(find_part(page, "keyboard/adresse")).to_have_value("enzo.ferrand")


def test_an_answer_that_arrives_late_does_not_take_away_what_was_typed_meanwhile(page: Page) -> None:
    with open_stage("keyboard/ecrire-son-prenom") as stage:
        open_at(page, stage)
        field = find_part(page, "keyboard/prenom")
        page.keyboard.type("mo")
        page.evaluate("window.room.flush()")
        settle(page)
        page.keyboard.type("ni")
        page.evaluate("window.room.update(window.world)")
        expect(field).to_have_value("moni")
        assert field.evaluate("(node) => node.selectionStart") == 4


def test_one_s_own_number_stays_on_the_screen_alone(page: Page) -> None:
    with open_stage("keyboard/ecrire-son-prenom") as stage:
        open_at(page, stage)
        page.keyboard.type("06 12 34 56 78")
        page.evaluate("window.room.flush()")
        settle(page)
        assert stage.world["text"] == ""


def test_the_trainer_sees_text_and_next_key_and_writes_nothing(page: Page) -> None:
    with open_stage("keyboard/ecrire-son-prenom", readonly=True) as stage:
        stage.state["world"]["keyboard"]["text"] = "mon"
        open_at(page, stage)
        field = find_part(page, "keyboard/prenom")
        expect(field).to_have_value("mon")
        field.click()
        page.keyboard.type("x")
        page.locator("[data-code=KeyI]").click()
        expect(field).to_have_value("mon")
        assert page.evaluate("window.sent") == []


@pytest.mark.parametrize("menu", ["ContextMenu", "Shift+F10"])
def test_copying_by_the_menu_goes_by_keys_alone(page: Page, menu: str) -> None:
    with open_stage("keyboard/copier-par-le-menu") as stage:
        faults = open_at(page, stage)
        for line, case in (("dossier", "case-dossier"), ("prix-repas", "case-prix")):
            reach_by_tab(page, find_part(page, f"keyboard/{line}"))
            page.keyboard.press(menu)
            expect(find_part(page, "keyboard/all")).to_be_focused()
            page.keyboard.press("Enter")
            page.keyboard.press("ArrowRight")
            expect(find_part(page, "keyboard/copy")).to_be_focused()
            page.keyboard.press("Enter")
            reach_by_tab(page, find_part(page, f"keyboard/{case}"))
            page.keyboard.press(menu)
            page.keyboard.press("ArrowLeft")
            expect(find_part(page, "keyboard/paste")).to_be_focused()
            page.keyboard.press("Enter")
            expect(find_part(page, f"keyboard/{case}")).to_have_value(
                {"dossier": "CANT-2026-0417", "prix-repas": "3,20 euros"}[line]
            )
        expect(page.locator("#say")).to_have_text("C'est fait.")
        page.keyboard.press("Escape")
        expect(find_part(page, "keyboard/case-prix")).to_be_focused()
        assert faults == []
