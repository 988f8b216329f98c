"""One person, from the three questions to a place, a card, a workshop in Déclic, and the news back as she agreed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.house import House, Learner
from e2e.steps import come_in_as_trainer
from e2e.test_detection import ANSWERS, FLASH, tap
from e2e.test_referral import DAY, learn_something, place_answers
from tests.fixtures.server import run_lms


def test_one_person_from_the_first_question_to_the_news_back(
    open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    assert run_lms(house.server.home, "places", "import", "--example").returncode == 0
    worker = open_page(phone=True)
    come_in_as_trainer(worker, house)
    detect(worker, house)
    tap(worker, "Trouver un lieu près d'ici", "link")
    link = refer(worker, learner)
    place_answers(open_page(), link)
    learn_something(open_page(), house, learner)
    worker.reload()
    steps = worker.locator("main ol.plain-list")
    expect(steps).to_contain_text("Venu·e (dit par le lieu)")
    expect(steps).not_to_contain_text("Suivi")
    expect(worker.locator(".feedback-done li")).to_have_count(1)
    expect(worker.locator(".feedback-done li")).to_contain_text("pointeur")


def detect(page: Page, house: House) -> None:
    """Three questions, twelve, and what was understood is right."""
    page.goto(f"{house.url}/detection/")
    tap(page, "Commencer : trois questions")
    for answer in FLASH:
        tap(page, answer)
    tap(page, "Continuer : douze questions", "link")
    for answer in ANSWERS:
        tap(page, answer)
    for _ in range(3):
        tap(page, "Ne souhaite pas répondre")
    tap(page, "Oui, c'est juste")


def refer(page: Page, learner: Learner) -> str:
    """The needs stand already in the search; she gives her card of Déclic, and wishes to tell nothing of the sequel."""
    expect(page.locator("input[name=besoin]:checked").first).to_be_attached()
    page.get_by_label("Où ?").fill("Valcombe")
    tap(page, "Chercher")
    page.locator(".referral-hits > li").first.get_by_role("link", name="Orienter ici").tap()
    page.get_by_label("Prénom, ou initiale").fill("Monique")
    page.get_by_label("Rendez-vous : le jour").fill(DAY)
    page.get_by_label("L'heure").fill("14:30")
    if page.get_by_label("Votre prénom et votre service").is_visible():  # asked once, then known
        page.get_by_label("Votre prénom et votre service").fill("Claire, CCAS")
        page.get_by_label("Votre téléphone").fill("01 99 00 00 20")
    page.get_by_label("Si la suite se passe bien").uncheck()
    page.locator("summary", has_text="Ce qui aide l'accueil").tap()
    page.get_by_label("Code de l'atelier").fill(learner.code)
    page.get_by_label("Prénom sur la carte").fill(learner.name)
    page.get_by_label("Elle a entendu, elle est d'accord aujourd'hui.").check()
    tap(page, "Garder et préparer la carte")
    expect(page.get_by_role("link", name="Imprimer la carte")).to_be_visible()
    return page.locator(".statement").inner_text()
