"""A trainer: a workshop, a list, cards, dates, the board, a learner's very screen, and help from afar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, come_in, come_in_as_trainer, part, wait_until_sent

NAMES = ["Aïcha", "Bernard", "Chloé", "Chloé", "Dmitri", "Éloïse", "Fatou", "Gérard", "Hien"]
PARTS = """() => Object.fromEntries([...document.querySelectorAll(".desk-frame [data-part]")]
  .filter((one) => !one.closest("[hidden]"))
  .map((one) => [one.dataset.part, [
    one.matches("select") ? one.selectedOptions[0]?.text : one.innerText.trim(), one.value ?? "",
    one.getAttribute("aria-pressed"),
    [...one.querySelectorAll("input:checked")].map(({ value }) => value)]]))"""
MODULES = """() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)
  .filter((path) => path.includes("/simulator/") && path.endsWith(".js")).sort()"""


def test_a_workshop_with_its_people_cards_and_dates(page: Page, house: House) -> None:
    come_in_as_trainer(page, house)
    page.get_by_label("Nom de l'atelier").fill("Atelier du jeudi")
    page.get_by_role("button", name="Créer l'atelier").click()
    expect(page.get_by_role("heading", name="Atelier du jeudi")).to_be_visible()
    code = page.locator("main .code").first.inner_text()
    assert re.fullmatch(r"\d{6}", code)
    page.get_by_label("Prénoms").fill("\n".join([NAMES[0] + " ", "", *NAMES[1:]]))
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(len(NAMES))
    expect(page.locator("tbody")).to_contain_text("Éloïse")
    labels = page.locator("tbody th").all_inner_texts()
    assert len(set(labels)) == len(NAMES)
    page.get_by_label("Nouvelle date").fill("2026-12-03")
    page.get_by_role("button", name="Ajouter la date").click()
    expect(page.get_by_text("jeudi 3 décembre 2026")).to_be_visible()
    expect(page.get_by_label("Prénoms")).to_have_value("")
    look_at_cards(page)


def look_at_cards(page: Page) -> None:
    """The link is a PDF of two sheets: eight cards, then one."""
    address = page.get_by_role("link", name="Imprimer les cartes").get_attribute("href")
    answer = page.context.request.get(str(page.evaluate("(path) => new URL(path, location).href", address)))
    document = answer.body()
    assert answer.headers["content-type"] == "application/pdf"
    assert document.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", document)) == 2


def test_a_reset_card_shows_three_new_pictures_that_let_in(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    come_in_as_trainer(page, house)
    page.goto(f"{house.url}/teach/workshops/{house.find_workshop().id}")
    row = page.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=learner.name, exact=True))
    row.get_by_role("button", name="Nouvelles images").click()
    expect(row.locator("img")).to_have_count(3)
    renewed = house.find_learner(learner.name)
    assert renewed.pictures != learner.pictures
    come_in(open_page(), house, renewed)


def test_the_board_shows_who_works_within_two_and_a_half_seconds(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    open_board(page, house)
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "p01-exercice", "guided")
    part(other, "form/next").click()
    wait_until_sent(other)
    expect(find_row(page, learner)).to_have_attribute("data-urgency", "working", timeout=2500)
    expect(find_row(page, learner)).to_contain_text("MonCourrier")


def open_board(page: Page, house: House) -> None:
    """The board of the demonstration's workshop, from the trainer's home."""
    come_in_as_trainer(page, house)
    page.get_by_role("link", name="Ouvrir le tableau").click()
    expect(page.locator("#board .board-row").first).to_be_visible()


def find_row(page: Page, learner: Learner) -> Any:
    """The learner's row."""
    return page.locator(f"#board [data-id='{learner.person}']")


def test_who_calls_stands_first_and_a_word_comes_back(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    open_board(page, house)
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "p01-exercice", "assisted")
    other.locator("#help").click()
    other.get_by_role("button", name="J'appelle l'animateur").click()
    expect(other.locator(".desk-feedback")).to_contain_text("Votre animateur est prévenu.")
    row = find_row(page, learner)
    expect(row).to_contain_text("Appelle", timeout=2500)
    order = page.locator("#board .board-row").evaluate_all("rows => rows.map((row) => row.dataset.urgency)")
    assert order == sorted(order, key=lambda urgency: urgency != "calls")  # others of this house may call too
    row.get_by_role("link", name="Voir son écran").click()
    send_sentence(page, "J'arrive dans une minute.")
    expect(other.locator(".desk-nudge")).to_contain_text("J'arrive dans une minute.")
    other.get_by_role("button", name="J'ai vu").click()
    expect(other.locator(".desk-nudge")).to_be_empty()
    page.get_by_role("link", name="Tableau", exact=True).first.click()
    expect(find_row(page, learner)).not_to_have_attribute("data-urgency", "calls")


def send_sentence(page: Page, sentence: str) -> None:
    """From the mirror."""
    page.get_by_label("Une phrase").fill(sentence)
    page.get_by_role("button", name="Envoyer la phrase").click()
    expect(page.locator("#nudge-state")).to_have_text("Votre phrase est arrivée.")


def test_a_word_reaches_a_page_without_a_desk_and_the_mirror_follows_it(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "m01-lecon")
    open_board(page, house)
    find_row(page, learner).get_by_role("link", name="Voir son écran").click()
    shown = page.locator("#mirror-page")
    step = other.locator(".lesson-step h2").inner_text()
    expect(shown.locator(".lesson-step h2")).to_have_text(step)
    page.get_by_label("Une phrase").fill("Tournez la page.")
    other.get_by_role("button", name="Continuer").click()
    expect(shown.locator(".lesson-step h2")).not_to_have_text(step)
    expect(shown.locator(".lesson-step h2")).to_have_text(other.locator(".lesson-step h2").inner_text())
    page.get_by_role("button", name="Envoyer la phrase").click()
    expect(page.locator("#nudge-state")).to_have_text("Votre phrase est arrivée.")
    expect(other.locator("#nudged")).to_contain_text("Votre animateur vous dit : Tournez la page.")
    other.get_by_role("button", name="J'ai vu").click()
    expect(other.locator("#nudged")).to_have_count(0)
    other.get_by_role("button", name="Continuer").click()
    begin(other, house, "p01-exercice", "guided")
    expect(page.locator("#desk.is-mirror .desk-room:not([hidden]) [data-part]").first).to_be_visible()
    expect(other.locator(".desk-nudge")).to_be_empty()


def test_an_exercise_that_goes_on_is_on_the_board_before_its_next_touch(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    other = open_page()
    come_in(other, house, learner)
    begun = begin(other, house, "p01-exercice", "guided")
    begin(other, house, "m01-quiz")
    open_board(page, house)
    expect(find_row(page, learner)).to_contain_text("Où est passée la flèche")
    other.goto(f"{house.url}/learn/attempts/{begun}")
    expect(find_row(page, learner)).to_contain_text("Télécharger mon attestation")
    expect(find_row(page, learner)).to_contain_text("Envoyer le code")


def test_the_mirror_is_the_learner_s_screen_after_every_touch(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "p01-exercice", "guided")
    open_board(page, house)
    find_row(page, learner).get_by_role("link", name="Voir son écran").click()
    expect(page.locator("#desk.is-mirror .desk-room:not([hidden]) [data-part]").first).to_be_visible()
    compared: list[int] = []

    def compare() -> None:
        told = other.evaluate(PARTS)
        compared.append(len(told))
        wait_for_same(page, told)

    compare()
    touches = Hand(other, house).follow(after=compare)
    assert len(compared) == len(touches) + 1 > 15
    assert page.evaluate(MODULES) == other.evaluate(MODULES)
    assert any("/simulator/procedure/" in one for one in page.evaluate(MODULES))
    assert sum(compared) > 80


def wait_for_same(page: Page, told: dict[str, Any]) -> None:
    """Until the mirror has the same parts with the same words and values."""
    order = "(one) => JSON.stringify(Object.entries(one).sort())"
    same = f"(told) => ({order})(({PARTS})()) === ({order})(told)"
    try:
        page.wait_for_function(same, arg=told, timeout=8000)
    except Exception:
        assert page.evaluate(PARTS) == told
        raise


@pytest.mark.parametrize("activity", ["m05-exercice", "k02-exercice"])
def test_drills_are_mirrored_by_their_own_module_and_the_mirror_touches_nothing(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner, activity: str
) -> None:
    other = open_page()
    come_in(other, house, learner)
    attempt = begin(other, house, activity, "guided")
    come_in_as_trainer(page, house)
    page.goto(f"{house.url}/teach/learners/{learner.person}")
    hand = Hand(other, house)
    for _ in range(2):
        guide = hand.see_guide()
        assert guide is not None
        hand.touch(guide)
        wait_for_same(page, other.evaluate(PARTS))
    before = house.read_attempt(attempt).rev
    page.locator(".desk-glass").click(position={"x": 40, "y": 40})
    assert page.evaluate(MODULES) == other.evaluate(MODULES)
    assert house.read_attempt(attempt).rev == before


def test_a_highlight_reaches_the_learner_by_the_pointer_and_by_the_list(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    other = open_page()
    come_in(other, house, learner)
    begin(other, house, "p01-exercice", "alone")
    come_in_as_trainer(page, house)
    page.goto(f"{house.url}/teach/learners/{learner.person}")
    part(page, "form/next").scroll_into_view_if_needed()
    box = part(page, "form/next").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(part(other, "form/next")).to_have_class(re.compile("is-nudged"))
    expect(other.locator(".desk-nudge")).to_contain_text("Envoyer le code")
    expect(page.locator("#nudge-state")).to_contain_text("Envoyer le code")
    page.get_by_role("button", name="MonCourrier").last.click()
    expect(part(other, "desk/mail")).to_have_class(re.compile("is-nudged"))
    expect(part(other, "form/next")).not_to_have_class(re.compile("is-nudged"))
    part(other, "desk/mail").click()
    expect(other.locator(".desk-nudge")).to_be_empty()
