"""From needs to a place, a card, the place's answer by its link, and the news back with exactly what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from e2e.house import House, Learner
from e2e.steps import answer_quiz, begin, come_in, come_in_as_trainer
from tests.fixtures.server import run_lms

MOST_TAPS = 12
DAY = (date.today() + timedelta(days=6)).isoformat()


class Hand:
    """Counts every tap: a field counts too, and what is typed into it does not."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, where: Locator) -> None:
        self.taps += 1
        where.click()

    def write(self, where: Locator, text: str) -> None:
        self.taps += 1
        where.fill(text)


def test_from_needs_to_a_card_and_the_news_back_as_agreed(
    page: Page, open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    assert run_lms(house.server.home, "places", "import", "--example").returncode == 0
    learn_something(open_page(), house, learner)
    come_in_as_trainer(page, house)
    link = refer(page, house, learner)
    place_answers(open_page(), link)
    page.reload()
    steps = page.locator("main ol.plain-list")
    expect(steps).to_contain_text("Venu·e (dit par le lieu)")
    expect(steps).to_contain_text("Le lieu a répondu")
    expect(steps).not_to_contain_text("Suivi")
    expect(page.get_by_text("Sait maintenant")).to_be_visible()
    expect(page.locator(".feedback-done li").first).to_contain_text("pointeur")
    take_back(page, open_page(), house, link)


def learn_something(page: Page, house: House, learner: Learner) -> None:
    """She moves the pointer, in Déclic."""
    come_in(page, house, learner)
    begin(page, house, "m01-quiz")
    answer_quiz(page, house)


def refer(page: Page, house: House, learner: Learner) -> str:
    """From the needs of a profile to the card, in few taps; the place's link."""
    hand = Hand()
    page.goto(f"{house.url}/referral/?besoin=apprendre&besoin=Illettrisme")
    hand.taps += 1  # the offer on the page of the profile
    hand.write(page.get_by_label("Où ?"), "Valcombe")
    hand.tap(page.get_by_role("button", name="Chercher").first)
    expect(page.locator(".referral-hits > li")).to_have_count(2)
    hit = page.locator(".referral-hits > li", has_text="Médiathèque des Tilleuls")
    hand.tap(hit.get_by_role("link", name="Orienter ici"))
    hand.write(page.get_by_label("Prénom, ou initiale"), "Monique")
    hand.write(page.get_by_label("Rendez-vous : le jour"), DAY)
    hand.write(page.get_by_label("L'heure"), "14:30")
    expect(page.get_by_role("button", name="Garder et préparer la carte")).to_be_visible()  # the form is here whole
    if page.get_by_label("Votre prénom et votre service").is_visible():  # not where she referred somebody before
        hand.write(page.get_by_label("Votre prénom et votre service"), "Claire, CCAS")
        hand.write(page.get_by_label("Votre téléphone"), "01 99 00 00 20")
    before = hand.taps
    page.get_by_label("Si la suite se passe bien").uncheck()  # what she wishes otherwise, and her card of Déclic
    page.locator("summary", has_text="Ce qui aide l'accueil").click()
    page.get_by_label("Code de l'atelier").fill(learner.code)
    page.get_by_label("Prénom sur la carte").fill(learner.name)
    assert hand.taps == before
    hand.tap(page.get_by_label("Elle a entendu, elle est d'accord aujourd'hui."))
    hand.tap(page.get_by_role("button", name="Garder et préparer la carte"))
    card = page.get_by_role("link", name="Imprimer la carte")
    hand.taps += 1
    assert hand.taps <= MOST_TAPS
    address = str(page.evaluate("(path) => new URL(path, location).href", card.get_attribute("href")))
    assert page.context.request.get(address).body().startswith(b"%PDF-")
    return page.locator(".statement").inner_text()


def place_answers(page: Page, link: str) -> None:
    """Without account, on a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(link)
    expect(page.get_by_role("heading", name="Monique vous est orienté·e")).to_be_visible()
    page.get_by_role("button", name="La personne est venue").click()
    expect(page.get_by_text("C'est noté.")).to_be_visible()
    page.get_by_role("button", name="La suite est prévue avec elle").click()
    expect(page.get_by_text("C'est noté.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def take_back(page: Page, place: Page, house: House, link: str) -> None:
    """She changes her mind: nothing is left, on either side."""
    sheet = page.url
    page.locator("summary", has_text="La personne change d'avis").click()
    page.get_by_role("button", name="Effacer tout").click()
    expect(page.get_by_role("heading", name="Mes suivis")).to_be_visible()
    assert page.context.request.get(sheet).status == 404
    assert page.locator(f"a[href='{sheet.removeprefix(house.url)}']").count() == 0
    answer = place.context.request.get(link)
    assert answer.status == 410
    assert "Monique" not in answer.text()
