"""Two people far apart: one asks to see a rehearsal screen, the other agrees, goes on, and stops it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House
from e2e.steps import begin, come_in, come_in_as_trainer, part

EXERCISE = "p01-exercice"


def test_the_screen_is_seen_while_the_learner_agrees_and_no_longer(
    open_page: Callable[..., Page], house: House, axe: Callable[[Page], list[str]]
) -> None:
    who = house.add_learner()
    learner, worker = open_page(phone=True), open_page()
    come_in(learner, house, who)
    come_in_as_trainer(worker, house)
    worker.goto(f"{house.url}/social/")
    worker.get_by_role("link", name="On fait ensemble, à distance").click()
    worker.get_by_label("Le code de l'atelier").fill(who.code)
    worker.get_by_label("Son prénom").fill(who.name)
    worker.get_by_role("button", name="Demander à la personne").click()
    expect(worker.locator("#screen-sentence")).to_have_text("La demande est sur son écran.")
    assert axe(worker) == []
    expect(learner.locator("#sharing")).to_contain_text("Claire voudrait voir votre écran d'entraînement. D'accord ?")
    assert axe(learner) == []
    attempt = begin(learner, house, EXERCISE, "guided")
    expect(learner.locator("#sharing")).to_contain_text("Claire voudrait voir")
    expect(worker.locator(".desk-frame")).to_have_count(0)
    learner.get_by_role("button", name="D'accord", exact=True).tap()
    expect(learner.locator("#sharing")).to_contain_text("Claire voit votre écran d'entraînement.")
    guide = house.find_guide(attempt)
    assert guide is not None
    expect(part(worker, guide.part)).to_be_visible()
    assert axe(worker) == []
    Hand(learner, house).touch(guide)
    following = house.find_guide(attempt)
    assert following is not None
    expect(part(worker, following.part)).to_be_visible()
    learner.get_by_role("button", name="Arrêter", exact=True).tap()
    expect(learner.locator("#sharing")).to_have_count(0)
    expect(worker.locator("#screen-sentence")).to_have_text("C'est fini : vous ne voyez plus son écran.")
    expect(worker.locator(".desk-frame")).to_have_count(0)
