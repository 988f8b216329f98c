"""On one phone, at a person's home: from the three questions to the sheet that goes home, and a follow-up erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import Page, expect

from e2e.house import House
from e2e.steps import come_in_as_trainer

FLASH = ("Avec quelqu'un", "Pas toujours", "Quelqu'un l'a fait pour moi")
ANSWERS = (
    "Un téléphone seulement", "Oui, mais c'est limité", "Chaque jour", "Des messages, des vidéos", "Je lis mes e-mails",
    "Moi, avec quelqu'un", "J'appelle quelqu'un", "Je suis inquiet, inquiète", "Oui, avec quelqu'un",
)  # fmt: skip
NARROW, PHONE = {"width": 320, "height": 740}, {"width": 360, "height": 740}


def look(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """axe finds nothing, nothing scrolls sideways, and every target is as large as a fingertip."""
    assert axe(page) == [], page.url
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"], page.url
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for box in (
        one.bounding_box() for one in page.locator("main :is(a.button, button, label:has(input)):visible").all()
    ):
        assert box is not None
        assert box["height"] >= 44, page.url


def tap(page: Page, words: str, role: Literal["button", "link"] = "button") -> None:
    """Touch it and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role(role, name=words).first.tap()


def test_from_the_three_questions_to_the_sheet_that_goes_home(
    open_page: Callable[..., Page], house: House, axe: Callable[[Page], list[str]]
) -> None:
    page = open_page(phone=True)
    come_in_as_trainer(page, house)
    page.goto(f"{house.url}/social/")
    tap(page, "Faire le point avec une personne", "link")
    look(page, axe)
    tap(page, "Commencer : trois questions")
    for answer in FLASH:
        expect(page.locator("h1")).to_be_visible()
        look(page, axe)
        tap(page, answer)
    tap(page, "Continuer : douze questions", "link")
    look(page, axe)
    for number, answer in enumerate(ANSWERS, 1):
        expect(page.locator(".steps")).to_have_text(f"Question {number} sur 12")
        tap(page, answer)
    page.go_back()
    expect(page.locator(".steps")).to_have_text("Question 9 sur 12")
    expect(page.get_by_role("button", name="Oui, avec quelqu'un Votre réponse")).to_be_visible()
    tap(page, "Garder cette réponse", "link")
    page.get_by_label("Écouter", exact=True).check()
    look(page, axe)
    tap(page, "Continuer avec ces réponses")
    tap(page, "Ne souhaite pas répondre")
    page.get_by_label("Je peux me déplacer").check()
    tap(page, "Continuer avec ces réponses")
    expect(page.locator(".detect-need")).to_contain_text("Vous avez besoin de poser les bases.")
    assert page.locator("main").inner_text().lower().count("profil") == 0
    look(page, axe)
    tap(page, "Oui, c'est juste")
    expect(page.locator("main")).to_contain_text("Un atelier pour les bases, avec un animateur.")
    look(page, axe)
    tap(page, "Imprimer pour la personne", "link")
    look(page, axe)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ce que nous avons dit ensemble")).to_be_visible()
    expect(page.get_by_text("Quel jour, à quelle heure")).to_be_visible()
    expect(page.locator(".top")).to_be_hidden()
    expect(page.get_by_role("button", name="Imprimer cette feuille")).to_be_hidden()


def test_a_follow_up_is_kept_with_an_agreement_and_goes_when_it_is_withdrawn(
    open_page: Callable[..., Page], house: House, axe: Callable[[Page], list[str]]
) -> None:
    page = open_page(phone=True)
    come_in_as_trainer(page, house)
    page.goto(f"{house.url}/detection/")
    tap(page, "Aller tout de suite aux douze questions")
    for _ in range(12):
        tap(page, "Ne souhaite pas répondre")
    expect(page.locator(".detect-need")).to_contain_text("Nous n'avons pas assez de réponses")
    look(page, axe)
    page.get_by_label("Vous êtes à l'aise.").check()
    tap(page, "C'est d'accord")
    tap(page, "Garder un suivi, avec son accord", "link")
    look(page, axe)
    page.get_by_label("Prénom ou pseudonyme").fill("Bleuet")
    page.get_by_label("La personne a dit oui, aujourd'hui.").check()
    tap(page, "Garder ce suivi")
    expect(page.get_by_role("heading", name="Bleuet")).to_be_visible()
    look(page, axe)
    tap(page, "C'est fait")
    expect(page.locator(".is-done")).to_have_count(1)
    page.get_by_text("La personne retire son accord").tap()
    tap(page, "Effacer ce suivi maintenant")
    expect(page.locator(".feedback-done")).to_contain_text("Ce suivi est effacé.")
    expect(page.get_by_text("Bleuet")).to_have_count(0)
