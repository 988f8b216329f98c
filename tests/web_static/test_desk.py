"""The desk in a real browser: guidance, help, showing, keyboard, the trainer's words, the end."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.keys import reach_by_tab
from tests.web_static.room import Room
from tests.web_static.steps import follow, open_desk, part, touched, wait_until

pytestmark = pytest.mark.usefixtures("faults")


SEEN = """() => [...document.querySelectorAll(".desk-room:not([hidden]) [data-part]")]
  .map((one) => [one.dataset.part, one.textContent, one.value ?? "", one.checked ?? null])"""


def help(page: Page, label: str) -> None:
    page.get_by_role("banner").get_by_role("button", name="Aide").click()
    page.get_by_role("button", name=label, exact=True).click()


def test_in_guided_mode_doing_what_is_pointed_at_leads_to_the_end_and_its_proof(page: Page, room: Room) -> None:
    open_desk(page, room, "guided")
    expect(page.locator(".desk-steps")).to_have_text("Étape 1 sur 5")
    follow(page)
    end = page.locator(".desk-end")
    expect(end).to_contain_text("Référence : ENT-2026-000007")
    expect(end).to_contain_text("Écrire une lettre")
    expect(end.get_by_role("link", name="Continuer")).to_have_attribute("href", "/")
    expect(end).to_be_focused()
    assert "help" not in touched(room)


def test_alone_nothing_is_pointed_at_until_help_is_asked_and_each_help_gives_more(page: Page, room: Room) -> None:
    open_desk(page, room)
    expect(page.locator(".is-pointed")).to_have_count(0)
    help(page, "Un indice")
    expect(page.locator(".desk-say")).to_have_text("Allez dans «\u00a0Bloc-notes\u00a0».")
    expect(page.locator(".is-pointed")).to_have_count(0)
    help(page, "Faites-le avec moi")
    expect(page.locator(".is-pointed")).to_have_attribute("data-part", "desk/model")
    help(page, "Montrez-moi")
    expect(part(page, "desk/model")).to_have_attribute("aria-pressed", "true")
    assert touched(room)[:4] == ["hint", "where", "shown", "desk/model"]


def test_with_me_points_at_every_next_part_until_the_end(page: Page, room: Room) -> None:
    open_desk(page, room)
    help(page, "Faites-le avec moi")
    follow(page)
    expect(page.locator(".desk-end")).to_be_visible()
    assert touched(room).count("where") >= 4


def test_lost_says_where_one_is_and_what_to_do(page: Page, room: Room) -> None:
    open_desk(page, room)
    help(page, "Je suis perdu")
    expect(page.locator(".desk-feedback")).to_contain_text("Vous êtes dans «\u00a0Bloc-notes\u00a0»")
    expect(page.locator(".desk-feedback")).to_contain_text("Faites l'exercice.")
    expect(page.locator(".desk-code")).to_have_text("Écran A1")


def test_calling_the_trainer_says_who_was_told_and_says_what_to_do_without_network(page: Page, room: Room) -> None:
    open_desk(page, room)
    help(page, "J'appelle l'animateur")
    expect(page.locator(".desk-feedback")).to_contain_text("Sophie est prévenue.")
    assert room.attempts["a1"].calls == 1
    page.context.set_offline(True)
    help(page, "J'appelle l'animateur")
    expect(page.locator(".desk-feedback")).to_contain_text("Levez la main.")


def test_there_is_one_help_button_in_the_corner_of_every_page_and_it_opens_the_list(page: Page, room: Room) -> None:
    open_desk(page, room)
    button = page.get_by_role("button", name="Aide", exact=True)
    expect(button).to_have_count(1)
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Montrez-moi", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Montrez-moi", exact=True)).to_be_hidden()
    expect(button).to_be_focused()


def test_the_list_of_help_closes_by_its_button_or_by_going_on_with_the_exercise(page: Page, room: Room) -> None:
    open_desk(page, room)
    help(page, "Fermer l'aide")
    expect(page.locator(".desk-help-list")).to_be_hidden()
    page.get_by_role("button", name="Aide", exact=True).click()
    part(page, "desk/model").click()
    expect(page.locator(".desk-help-list")).to_be_hidden()


def test_at_the_end_help_is_again_the_link_that_every_page_has(page: Page, room: Room) -> None:
    open_desk(page, room, "guided")
    follow(page)
    expect(page.get_by_role("link", name="Aide")).to_have_attribute("href", "/learn/help")
    expect(page.get_by_role("button", name="Aide")).to_have_count(0)


def test_show_plays_to_the_end_by_itself_and_a_touch_of_the_learner_changes_nothing(page: Page, room: Room) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_desk(page, room, "show")
    pause = page.get_by_role("button", name="Pause")
    pause.click()
    part(page, "notes/new").click()
    page.wait_for_timeout(600)
    before = len(touched(room))
    page.wait_for_timeout(3500)
    assert len(touched(room)) == before, "nothing moves while it is paused"
    for _ in range(9):
        if page.locator(".desk-end").count():
            break
        page.get_by_role("button", name="Suivant").click()
        page.wait_for_timeout(400)
    expect(page.locator(".desk-end")).to_be_visible()
    assert touched(room)[0] == "desk/model"


def test_show_goes_on_without_a_click(page: Page, room: Room) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_desk(page, room, "show")
    wait_until(page, lambda: len(touched(room)) >= 1, "the first touch is made", 10)
    expect(page.locator(".desk-pointer")).to_be_visible()


def test_the_keyboard_alone_finishes_the_exercise(page: Page, room: Room) -> None:
    open_desk(page, room, "guided")
    for _ in range(12):
        if page.locator(".desk-end").count():
            break
        name = str(page.locator(".is-pointed").get_attribute("data-part"))
        reach_by_tab(page, part(page, name))
        page.keyboard.press("Space") if name != "notes/text" else page.keyboard.type("Bonjour Madame")
        page.keyboard.press("Shift+Tab") if name == "notes/text" else None
        page.wait_for_timeout(300)
    expect(page.locator(".desk-end")).to_be_visible()


def test_the_trainer_s_highlight_and_sentence_arrive_and_are_put_away(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.attempts["a1"].nudges.append({"id": 1, "kind": "point", "part": "notes/count", "text": ""})
    expect(page.locator(".is-nudged")).to_have_attribute("data-part", "notes/count")
    expect(page.locator(".desk-nudge")).to_contain_text("Votre animateur vous montre :")
    page.get_by_role("button", name="J'ai vu").click()
    expect(page.locator(".is-nudged")).to_have_count(0)
    room.attempts["a1"].nudges.append({"id": 2, "kind": "say", "part": "", "text": "J'arrive."})
    part(page, "notes/count").click()
    expect(page.locator(".desk-nudge")).to_have_text("Votre animateur vous dit : J'arrive.J'ai vu")
    page.reload()
    expect(page.locator(".desk-nudge")).to_contain_text("J'arrive.")
    page.get_by_role("button", name="J'ai vu").click()
    with page.expect_response(lambda answer: "/nudges" in answer.url):
        page.reload()
    page.wait_for_timeout(300)
    expect(page.locator(".desk-nudge")).to_be_empty()


def test_the_mirror_shows_the_learner_s_very_parts_and_touches_nothing(
    open_page: Callable[..., Page], room: Room
) -> None:
    learner, trainer = open_page(), open_page()
    open_desk(learner, room, "guided")
    trainer.goto(room.url + "/teach/screens/a1")
    seen = SEEN
    for name in ("notes/new", "notes/agree"):
        part(learner, name).click()
        learner.wait_for_timeout(400)
        wait_until(trainer, lambda: trainer.evaluate(seen) == learner.evaluate(seen), f"the same after {name}")
    part(learner, "notes/text").fill("Bonjour")
    part(learner, "notes/text").blur()
    wait_until(trainer, lambda: part(trainer, "notes/text").input_value() == "Bonjour", "what is typed shows")
    before = list(touched(room))
    part(trainer, "notes/save").scroll_into_view_if_needed()
    box = part(trainer, "notes/save").bounding_box()
    assert box
    trainer.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(learner.locator(".is-nudged")).to_have_attribute("data-part", "notes/save")
    expect(learner.locator(".desk-nudge")).to_contain_text("Enregistrer")
    assert touched(room) == before


def test_the_trainer_s_page_does_not_scroll_to_what_is_pointed_at(page: Page, room: Room) -> None:
    page.set_viewport_size({"width": 1366, "height": 400})
    room.start("guided", "mail/lire-et-repondre", "a2")
    page.goto(room.url + "/teach/screens/a2")
    expect(page.locator(".is-pointed")).to_have_count(1)
    expect(page.locator(".is-pointed")).not_to_be_in_viewport()
    assert page.evaluate("() => scrollY") == 0


def test_the_trainer_points_by_keyboard_and_writes_a_sentence(open_page: Callable[..., Page], room: Room) -> None:
    learner, trainer = open_page(), open_page()
    open_desk(learner, room)
    trainer.goto(room.url + "/teach/screens/a1")
    trainer.locator("#mirror-parts button", has_text="Regarder le modèle").press("Enter")
    expect(learner.locator(".is-nudged")).to_have_attribute("data-part", "notes/look")
    trainer.get_by_label("Une phrase").fill("Bravo, continuez.")
    trainer.keyboard.press("Enter")
    expect(learner.locator(".desk-nudge")).to_contain_text("Bravo, continuez.")
    expect(trainer.locator("#nudge-state")).to_have_text("Votre phrase est arrivée.")


def test_axe_finds_nothing_on_the_desk_with_help_open_and_at_the_end(
    page: Page, room: Room, axe: Callable[[Page], list[str]]
) -> None:
    open_desk(page, room, "guided")
    page.locator("#help").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    follow(page)
    assert axe(page) == []


def test_a_phone_finds_the_pointed_part_and_scrolls_nothing_sideways(phone: Page, room: Room) -> None:
    open_desk(phone, room, "guided")
    follow(phone)
    expect(phone.locator(".desk-end")).to_be_in_viewport()
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_pointed_part_stands_below_what_stays_at_the_top(phone: Page, room: Room) -> None:
    phone.goto(room.url + room.start("guided", "mail/lire-et-repondre"))
    pointed = phone.locator(".is-pointed")
    expect(pointed).to_be_in_viewport()
    assert phone.evaluate("() => scrollY") > 0
    guide, box = phone.locator(".desk-guide").bounding_box(), pointed.bounding_box()
    assert guide
    assert box
    assert box["y"] > guide["y"] + guide["height"]


def test_on_a_phone_what_is_answered_is_seen_however_far_down_one_touched(phone: Page, room: Room) -> None:
    phone.goto(room.url + room.start("assisted", "browser/choisir-le-bon-resultat"))
    part(phone, "nav/query").fill("caisse familles")
    part(phone, "nav/search").tap()
    phone.wait_for_timeout(700)
    part(phone, "nav/link-avis").scroll_into_view_if_needed()
    part(phone, "nav/link-avis").tap()
    told = phone.locator(".desk-feedback")
    expect(told).to_contain_text("Presque.")
    expect(told).to_be_in_viewport(ratio=1)
    below, title = told.bounding_box(), phone.locator(".sim-browser h2").bounding_box()
    assert below
    assert title
    assert title["y"] >= below["y"] + below["height"]


def test_on_a_phone_a_sentence_that_was_read_folds_to_one_line_and_unfolds(phone: Page, room: Room) -> None:
    open_desk(phone, room)
    say = phone.locator(".desk-guide")
    expect(say.get_by_role("button", name="Réduire")).to_have_attribute("aria-expanded", "true")
    part(phone, "notes/count").click()
    expect(say.get_by_role("button", name="Tout lire")).to_have_attribute("aria-expanded", "false")
    height = say.bounding_box()
    assert height
    assert height["height"] < 80
    say.get_by_role("button", name="Tout lire").click()
    part(phone, "notes/count").click()
    phone.wait_for_timeout(500)
    expect(say.get_by_role("button", name="Réduire")).to_be_visible()


def test_the_desk_weighs_little_and_asks_for_few_files(page: Page, room: Room) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda one: sizes.update({one.url: len(gzip.compress(one.body()))}))
    open_desk(page, room)
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 10
    assert sum(size for url, size in sizes.items() if "/core/" in url) < 32_000


def test_a_press_into_a_field_is_the_first_of_no_double_click(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    part(page, "notes/text").click()
    second = "(node) => node.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, detail: 2}))"
    part(page, "notes/agree").evaluate(second)
    wait_until(page, lambda: "notes/agree" in touched(room), "the press after the field was dropped", seconds=4)
